//! Record and replay: an operator's real case becomes a scenario of the sandbox.

use crate::{claim::before_shipment, database::Database, purchase::goods, refund::CANCEL, world::World};
use connector::{
    cassette::{self, Recorded},
    scrub::{self, Case},
};
use sampan::config::Config;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const PAY: &str = "/alibaba/order/pay/url";
const DETAIL: &str = "/alibaba/product/detail/get";

async fn world(change: impl FnOnce(&mut Config)) -> World {
    let folder = TempDir::new().expect("a folder");
    let database = Database::file(folder.path());
    let mut config = World::config(&folder, &database);
    change(&mut config);
    World::run(folder, database, config).await
}

async fn recording(case: &Path) -> World {
    world(|config| config.record.dir = Some(case.to_owned())).await
}

/// A world with another seed, which would draw other ids by itself.
async fn replaying(case: &Path) -> World {
    world(|config| {
        config.sandbox.seed = 4711;
        config.sandbox.replay = Some(case.to_owned());
    })
    .await
}

/// A view without what a recording does not keep.
fn scrubbed(view: &Value) -> Value {
    let text = view.to_string();
    serde_json::from_str(&scrub::json(&text, &Case::Answer).expect("JSON")).expect("JSON")
}

/// Buys, pays, asks for a refund and withdraws it; answers what the developer was shown.
async fn refund_case(world: &World) -> Vec<Value> {
    let me = &world.developer;
    let bought = world.paid_order(me, goods::SILENT, &[1]).await;
    let id = world.apply(me, before_shipment(&bought)).await;
    let open = world.refund(me, &id).await;
    world.post(me, CANCEL, json!({"refundId": id})).await.accepted();
    let closed = world.refund(me, &id).await;
    assert_eq!((&open["status"], &closed["status"]), (&json!("waitselleragree"), &json!("refundclose")));
    let order = world.order_detail(me, bought.order).await;
    vec![json!([bought.id(), id]), open, closed, order["baseInfo"].clone(), order["productItems"].clone()]
}

#[tokio::test]
async fn a_recorded_refund_case_is_seen_again_in_a_fresh_sandbox() {
    let case = TempDir::new().unwrap();
    let live = recording(case.path()).await;
    let seen = refund_case(&live).await;
    live.end().await;

    let calls = cassette::load(case.path()).unwrap();
    assert!(calls.iter().any(|call| call.call.ends_with("/alibaba.trade.createRefund")), "{}", calls.len());
    for entry in std::fs::read_dir(case.path()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for private in ["王小明", "13800000000", "物流园", "不想要了", "\"access_token\":\"sb"] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }

    let fresh = replaying(case.path()).await;
    let again = refund_case(&fresh).await;
    let (status, left) =
        fresh.page(fresh.operator.request(&crate::ask::Ask::get("/sandbox/control/replay", &[]))).await;
    fresh.end().await;
    for (then, now) in seen.iter().zip(&again) {
        assert_eq!(scrubbed(then), scrubbed(now));
    }
    assert_eq!(status, 200);
    assert_eq!(serde_json::from_str::<Value>(&left).unwrap()["calls"], calls.len());

    // Without the recording the same world draws other ids: the answers above were the recorded ones.
    let other = world(|config| config.sandbox.seed = 4711).await;
    let bought = other.order(&other.developer, goods::SILENT, &[1]).await;
    other.end().await;
    assert_ne!(json!(bought.id()), seen[0][0]);
}

#[tokio::test]
async fn a_recorded_refusal_is_refused_again() {
    let case = TempDir::new().unwrap();
    let live = recording(case.path()).await;
    live.set_balance(0).await;
    let bought = live.order(&live.developer, goods::JEANS, &[1]).await;
    let poor = live.get(&live.developer, PAY, &[("orderId", &bought.id())]).await;
    assert_ne!(poor.data()["protocolPaySuccess"], true, "{}", poor.text);
    live.end().await;

    let fresh = replaying(case.path()).await;
    let again = fresh.order(&fresh.developer, goods::JEANS, &[1]).await;
    assert_eq!(again.order, bought.order);
    let told = fresh.get(&fresh.developer, PAY, &[("orderId", &again.id())]).await;
    assert_eq!(told.code(), poor.code(), "{}", told.text);
    assert_eq!(told.data()["protocolPaySuccess"], poor.data()["protocolPaySuccess"], "the account has money here");
    fresh.end().await;
}

#[tokio::test]
async fn a_case_is_loaded_and_forgotten_while_the_sandbox_runs() {
    let case = TempDir::new().unwrap();
    let live = recording(case.path()).await;
    let me = live.developer.clone();
    let body = json!({"offerId": goods::JEANS, "country": "en"});
    let whole = live.post(&me, DETAIL, body.clone()).await.accepted();
    live.end().await;
    let recorded = cassette::load(case.path()).unwrap();
    let detail = recorded.into_iter().find(|call| call.call.ends_with("queryProductDetail")).expect("the call");
    let refusal = json!({"error_code": "500_1", "error_message": "out of order", "exception": "out of order"});
    let refused = Recorded { status: 400, answer: serde_json::value::to_raw_value(&refusal).ok(), ..detail };

    let fresh = world(|_| {}).await;
    let me = &fresh.developer;
    let told = fresh.control("/sandbox/control/replay", json!({"calls": [refused]})).await;
    assert_eq!(told, json!({"calls": 1, "left": 1}));
    let answer = fresh.post(me, DETAIL, body.clone()).await;
    assert!(answer.status >= 400 && answer.msg().contains("out of order"), "{}", answer.text);
    let other = json!({"offerId": goods::TOTE_BAG, "country": "en"});
    fresh.post(me, DETAIL, other).await.accepted();
    fresh.control("/sandbox/control/replay", json!({"calls": []})).await;
    let again = fresh.post(me, DETAIL, body).await.accepted();
    assert_eq!(again["offerId"], whole["offerId"]);
    let (status, text) = fresh.control_answer("/sandbox/control/replay", json!({"calls": [{}]})).await;
    assert!(status == 400 && text.contains("calls"), "{text}");
    fresh.end().await;
}
