//! Paying in bulk, and what waits for the operator.

use super::{BATCHES, PAY};
use crate::{
    ask::Ask,
    persona::Persona,
    purchase::{Bought, goods},
    world::{World, on_each},
};
use futures::future::join_all;
use serde_json::{Value, json};

const LIST: &str = "/operator/payment/list";
const APPROVE: &str = "/operator/payment/approve";
const REFUSE: &str = "/operator/payment/refuse";

/// Jeans cost 29.00 and 6.00 to send.
const JEANS: i64 = 3500;

async fn jeans(world: &World, who: &Persona) -> Bought {
    world.order(who, goods::JEANS, &[1]).await
}

async fn submit(world: &World, who: &Persona, path: &str, orders: &[&Bought]) -> Value {
    let ids: Vec<String> = orders.iter().map(|b| b.id()).collect();
    world.post(who, path, json!({ "orderIds": ids })).await.accepted()
}

async fn listed(world: &World, state: &str) -> Vec<Value> {
    let page = world.post(&world.operator, LIST, json!({ "state": state })).await.accepted();
    assert_eq!(page["total"].as_i64(), page["records"].as_array().map(|r| r.len() as i64));
    page["records"].as_array().unwrap().clone()
}

/// An order that waits for the operator, and its payment.
async fn waiting(world: &World, who: &Persona) -> (Bought, String) {
    world.set_balance(0).await;
    let bought = jeans(world, who).await;
    submit(world, who, BATCHES[0][2], &[&bought]).await;
    let rows = listed(world, "waiting").await;
    let row = rows.iter().find(|row| row["orderId"] == bought.id()).expect("it waits");
    (bought, row["paymentId"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn what_the_balance_covers_is_debited_in_order_and_the_rest_waits() {
    on_each(async |world| {
        let me = world.another().await;
        for [_, _, submit_to_pay] in BATCHES {
            let (a, b, c) = (jeans(world, &me).await, jeans(world, &me).await, jeans(world, &me).await);
            let paid = world.paid_order(&me, goods::TOTE_BAG, &[1]).await;
            world.set_balance(2 * JEANS + 1).await;
            let ids = json!([a.id(), b.id(), c.id(), a.id(), paid.id(), "5"]);
            let told = world.post(&me, submit_to_pay, json!({ "orderIds": ids })).await.accepted();
            let expected = json!({"orderId": null, "protocolPaySuccess": false, "payUrl": null, "cantPayOrderList": [paid.order, 5]});
            assert_eq!(told, expected);
            for (bought, status) in [(&a, "waitsellersend"), (&b, "waitsellersend"), (&c, "waitbuyerpay")] {
                assert_eq!(world.order_status(&me, bought.order).await, status);
            }
            let rows = listed(world, "waiting").await;
            assert_eq!(rows.len(), 1);
            assert_eq!((&rows[0]["orderId"], &rows[0]["amount"], &rows[0]["state"]), (&json!(c.id()), &json!(JEANS), &json!("waiting")));
            assert_eq!((&rows[0]["account"], &rows[0]["developId"]), (&json!("sampan-test"), &json!(me.develop_id)));
            // Money has come: the same call pays the rest, and nothing waits any more.
            world.set_balance(JEANS).await;
            let told = submit(world, &me, submit_to_pay, &[&c]).await;
            assert_eq!((&told["protocolPaySuccess"], &told["cantPayOrderList"]), (&json!(true), &json!([])));
            assert_eq!(listed(world, "waiting").await, Vec::<Value>::new());
            assert_eq!(listed(world, "all").await.iter().filter(|row| row["state"] == "paid").count(), listed(world, "all").await.len());
            world.set_balance(100_000_000).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_operator_approves_with_money_or_pays_at_the_cashier() {
    on_each(async |world| {
        let me = world.another().await;
        let operator = &world.operator;
        let (first, payment) = waiting(world, &me).await;
        let told = world.post(operator, APPROVE, json!({ "paymentId": payment })).await.accepted();
        assert_eq!((&told["protocolPaySuccess"], &told["state"]), (&json!(false), &json!("approved")));
        let url = told["payUrl"].as_str().expect("a cashier page");
        assert!(url.contains(&first.id()), "{url}");
        assert_eq!(listed(world, "waiting").await.len(), 0);
        assert_eq!(listed(world, "approved").await.len(), 1);

        let (second, payment) = waiting(world, &me).await;
        world.set_balance(JEANS).await;
        let ask = || Ask::post(APPROVE, &json!({ "paymentId": payment })).key("k");
        let told = world.send(operator, ask()).await.accepted();
        assert_eq!(
            (&told["protocolPaySuccess"], &told["payUrl"], &told["state"]),
            (&json!(true), &json!(null), &json!("paid"))
        );
        assert_eq!(world.order_status(&me, second.order).await, "waitsellersend");
        assert!(world.send(operator, ask()).await.replayed());
        world.post(operator, APPROVE, json!({ "paymentId": payment })).await.refused(40901);
        world.post(operator, REFUSE, json!({ "paymentId": payment })).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn a_refused_payment_waits_again_only_when_it_is_submitted_again() {
    on_each(async |world| {
        let me = world.another().await;
        let (bought, payment) = waiting(world, &me).await;
        let body = json!({"paymentId": payment, "reason": "over the limit"});
        let row = world.post(&world.operator, REFUSE, body.clone()).await.accepted();
        assert_eq!((&row["state"], &row["reason"]), (&json!("refused"), &json!("over the limit")));
        assert!(row["decidedAt"].is_string());
        assert_eq!(listed(world, "refused").await, [row]);
        for again in [REFUSE, APPROVE] {
            world.post(&world.operator, again, body.clone()).await.refused(40901);
        }
        assert_eq!(world.order_status(&me, bought.order).await, "waitbuyerpay");
        submit(world, &me, BATCHES[0][2], &[&bought]).await;
        let rows = listed(world, "waiting").await;
        assert_eq!((rows.len(), &rows[0]["paymentId"], &rows[0]["reason"]), (1, &json!(payment), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_paid_or_closed_waits_no_more() {
    on_each(async |world| {
        let me = world.another().await;
        let (paid, _) = waiting(world, &me).await;
        let (closed, payment) = waiting(world, &me).await;
        world.set_balance(JEANS).await;
        world.get(&me, PAY, &[("orderId", &paid.id())]).await.accepted();
        world.advance(11).await;
        let cancel = json!({"webSite": "1688", "orderId": closed.order, "cancelReason": "other"});
        world.post(&me, super::CANCEL, cancel).await.accepted();
        assert_eq!(listed(world, "waiting").await.len(), 0);
        let all = listed(world, "all").await;
        assert_eq!(all.iter().map(|row| row["state"].as_str().unwrap()).collect::<Vec<_>>(), ["paid", "closed"]);
        world.post(&world.operator, APPROVE, json!({ "paymentId": payment })).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn payments_are_the_operator_s_and_unknown_ones_are_not_found() {
    on_each(async |world| {
        let me = world.another().await;
        let (_, payment) = waiting(world, &me).await;
        for path in [LIST, APPROVE, REFUSE] {
            world.post(&me, path, json!({ "paymentId": payment })).await.refused(40301);
        }
        for id in [json!("5"), json!("x"), json!(99)] {
            for path in [APPROVE, REFUSE] {
                world.post(&world.operator, path, json!({ "paymentId": id })).await.refused_for(40406, "paymentId");
            }
        }
        world.post(&world.operator, LIST, json!({"state": "lost"})).await.refused_for(40003, "state");
        let too_many: Vec<String> = (1..=101).map(|n| n.to_string()).collect();
        for [_, _, submit_to_pay] in BATCHES {
            let me = world.another().await;
            for ids in [json!([]), json!(too_many)] {
                world.post(&me, submit_to_pay, json!({ "orderIds": ids })).await.refused_for(40003, "orderIds");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_approval_and_a_refusal_at_the_same_moment_one_wins() {
    on_each(async |world| {
        let me = world.another().await;
        let (bought, payment) = waiting(world, &me).await;
        world.set_balance(JEANS).await;
        let body = json!({ "paymentId": payment });
        let asks = [APPROVE, REFUSE].map(|path| world.post(&world.operator, path, body.clone()));
        let codes: Vec<u32> = join_all(asks).await.iter().map(crate::answer::Answer::code).collect();
        let paid = world.order_status(&me, bought.order).await == "waitsellersend";
        assert!(codes == [200, 40901] && paid || codes == [40901, 200] && !paid, "{codes:?}, paid {paid}");
    })
    .await;
}
