//! A marketplace that fails all the time is left alone for a while, and asked again by itself.

use super::{DETAIL, struck};
use crate::{ambiguity::mischief::impatient, purchase::goods, world::on_each_wired};
use connector::Policy;
use sampan::wiring::Wiring;
use serde_json::json;
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(2);

fn touchy() -> Wiring {
    let usual = impatient();
    let upstream = Policy { retries: 0, breaker_failures: 3, breaker_pause: PAUSE, ..usual.upstream };
    Wiring { upstream, ..usual }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_breaker_opens_and_closes_without_a_restart() {
    on_each_wired(touchy, async |world| {
        let me = &world.developer;
        let ask = || world.post(me, "/alibaba/product/detail/get", json!({"offerId": goods::JEANS, "country": "en"}));
        ask().await.accepted();
        for fault in [json!({"fault": "http", "call": DETAIL}), json!({"fault": "hang", "call": DETAIL})] {
            let code = if fault["fault"] == "hang" { 50401 } else { 50202 };
            world.fault(fault).await;
            for _ in 0..3 {
                ask().await.refused(code);
            }
            let seen = struck(&world.faults().await);
            let told = ask().await.refused(50202);
            assert!(told.headers.contains_key("retry-after"), "{told:?}");
            assert_eq!(struck(&world.faults().await), seen, "it was not asked");

            tokio::time::sleep(PAUSE).await;
            ask().await.refused(code);
            assert_eq!(struck(&world.faults().await), seen + 1, "one call tries");
            ask().await.refused(50202);

            world.heal().await;
            tokio::time::sleep(PAUSE).await;
            for _ in 0..3 {
                ask().await.accepted();
            }
        }
    })
    .await;
}
