//! `Health`: whether the marketplace can be used.

use super::Market;

pub async fn a_check_tells_their_time(market: Market) {
    let health = market.health();
    // It needs no purchasing account, so tokens that have ended do not matter.
    market.stage.let_tokens_end().await;
    let told = health.check().await.expect("it answers");
    let apart_ms = told.ms_since(market.stage.wall()).abs();
    assert!(apart_ms < 60_000, "{apart_ms} ms from our clock");
}
