//! `X-Include-Upstream`: the marketplace's own answers beside ours, for who may see them.

use crate::{
    ask::Ask,
    claim::before_shipment,
    persona::Persona,
    purchase::goods,
    world::{World, on_each, until},
};
use serde_json::{Value, json};

const HEADER: &str = "x-include-upstream";
const DETAIL: &str = "/alibaba/product/detail/get";

async fn asked(world: &World, persona: &Persona, path: &str, body: &Value) -> crate::answer::Answer {
    world.send(persona, Ask::post(path, body).header(HEADER, "true")).await
}

/// What is said of an answer that was made without asking the marketplace.
async fn settled(world: &World, persona: &Persona, path: &str, body: &Value) -> Value {
    until("an answer of the mirror alone", async || {
        let answer = asked(world, persona, path, body).await;
        let told = answer.json["upstream"].clone();
        assert!(told["calls"] != json!([]) || told["mirror"] != json!([]), "{}", answer.text);
        (told["calls"] == json!([])).then_some(told)
    })
    .await
}

fn calls(answer: &Value) -> Vec<&str> {
    answer["upstream"]["calls"].as_array().expect("calls").iter().map(|c| c["api"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn an_answer_carries_what_the_marketplace_said() {
    on_each(async |world| {
        let me = &world.developer;
        let body = json!({"offerId": goods::JEANS, "country": "en"});
        let plain = world.post(me, DETAIL, body.clone()).await;
        assert!(plain.json.get("upstream").is_none(), "nobody asked");
        let answer = asked(world, me, DETAIL, &body).await;
        assert_eq!(answer.data(), plain.data(), "ours is the same");
        assert_eq!(calls(&answer.json), ["product.search.queryProductDetail"]);
        let theirs = &answer.json["upstream"]["calls"][0]["answer"];
        assert_eq!(theirs["result"]["result"]["offerId"], goods::JEANS, "{theirs}");
        assert_eq!(answer.json["upstream"]["mirror"], json!([]));
        // A refusal of the marketplace is where one wants to see it most.
        let unknown = asked(world, me, DETAIL, &json!({"offerId": 5, "country": "en"})).await.refused(40402);
        assert_eq!(calls(&unknown.json).len(), 1, "{}", unknown.text);
    })
    .await;
}

#[tokio::test]
async fn a_record_of_the_mirror_comes_with_its_time() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let body = json!({"webSite": "1688", "orderId": bought.id()});
        // The marketplace may still report the payment, which is looked into first.
        let told = settled(world, me, "/alibaba/order/detail", &body).await;
        assert_eq!(told["mirror"].as_array().map(Vec::len), Some(1), "{told}");
        let record = &told["mirror"][0];
        assert_eq!((&record["object"], &record["id"]), (&json!("order"), &json!(bought.id())));
        assert_eq!(record["document"]["baseInfo"]["id"], bought.order, "{record}");
        let as_of = domain::Timestamp::from_iso(record["asOf"].as_str().unwrap()).expect("a time");
        assert!((crate::persona::now_ms() - as_of.0).abs() < 60_000, "{record}");

        let applied = asked(world, me, "/alibaba/ka/refund/create", &before_shipment(&bought)).await;
        let made = calls(&applied.json);
        assert!(made.contains(&"alibaba.trade.createRefund"), "{made:?}");
        for call in applied.json["upstream"]["calls"].as_array().unwrap() {
            let lists = call["api"] == "alibaba.trade.refund.buyer.queryOrderRefundList";
            assert_eq!(
                call["answer"].is_null(),
                lists,
                "what others bought with the same account is not shown: {call}"
            );
        }
        let refund = applied.accepted()["refundId"].as_str().expect("an id").to_owned();
        for _ in 0..2 {
            let seen = settled(world, me, "/alibaba/refund/info", &json!({"refundId": refund})).await;
            let objects: Vec<_> = seen["mirror"].as_array().unwrap().iter().map(|r| &r["object"]).collect();
            assert_eq!(objects, ["refund", "order"], "{seen}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_was_granted_it_sees_it_and_nobody_in_v2() {
    on_each(async |world| {
        let other = world.another().await;
        let body = json!({"offerId": goods::JEANS, "country": "en"});
        let refused = asked(world, &other, DETAIL, &body).await.refused_for(40301, "X-Include-Upstream");
        assert!(refused.json.get("upstream").is_none());
        let unasked = world.send(&other, Ask::post(DETAIL, &body).header(HEADER, "false")).await;
        assert!(unasked.json.get("upstream").is_none());
        unasked.accepted();
        world.set_developer(&other, json!({"includeUpstream": true})).await;
        let granted = asked(world, &other, DETAIL, &body).await;
        assert_eq!(calls(&granted.json).len(), 1);
        let v2 = asked(world, &other, "/v2/alibaba/product/detail/get", &body).await.refused_for(40301, "v2");
        assert!(v2.json.get("upstream").is_none());
        let word = Ask::post(DETAIL, &body).header(HEADER, "yes");
        world.send(&other, word).await.refused_for(40003, "X-Include-Upstream");
        world.set_developer(&other, json!({"includeUpstream": false})).await;
        asked(world, &other, DETAIL, &body).await.refused(40301);
    })
    .await;
}

#[tokio::test]
async fn a_repeat_of_a_write_made_no_calls_and_says_so() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let body = before_shipment(&bought);
        let ask = || Ask::post("/alibaba/refund/detail/create", &body).key("shown").header(HEADER, "true");
        let first = world.send(me, ask()).await;
        assert!(!calls(&first.json).is_empty());
        let again = world.send(me, ask()).await;
        assert!(again.replayed());
        assert_eq!(again.json["upstream"], json!({"calls": [], "mirror": [], "leftOut": 0}));
        assert_eq!(again.data(), first.data());
    })
    .await;
}
