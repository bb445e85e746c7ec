//! Two writes about one object at the same moment: one wins, and the other is told why.

use super::{CANCEL, CREATE, PAY};
use crate::{
    answer::Answer,
    ask::Ask,
    claim::{self, before_shipment},
    purchase::{create_body, goods, line},
    world::on_each,
};
use futures::future::join_all;
use serde_json::json;

fn codes(answers: &[Answer]) -> Vec<u32> {
    answers.iter().map(Answer::code).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_cancel_and_pay_one_wins() {
    on_each(async |world| {
        let me = world.another().await;
        for _ in 0..4 {
            let bought = world.order(&me, goods::JEANS, &[1]).await;
            world.advance(11).await;
            let cancel = json!({"webSite": "1688", "orderId": bought.order, "cancelReason": "buyerCancel"});
            let (cancel, pay) = (Ask::post(CANCEL, &cancel), Ask::get(PAY, &[("orderId", &bought.id())]));
            let answers = join_all([world.send(&me, cancel), world.send(&me, pay)]).await;
            let status = world.order_status(&me, bought.order).await;
            let won = codes(&answers);
            assert!(
                won == [200, 40901] && status == "cancel" || won == [40901, 200] && status == "waitsellersend",
                "{won:?}, and the order is {status}"
            );
            let loser = answers.iter().find(|a| a.code() == 40901).unwrap();
            assert!(!loser.msg().is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_refunds_of_one_sub_order_one_is_opened() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        let ask = |text: &str| claim::with(&before_shipment(&bought), json!({ "description": text }));
        let asks = ["改主意了", "不想要了", "买错了"].map(|text| world.post(&me, claim::CREATE, ask(text)));
        let answers = join_all(asks).await;
        let mut told = codes(&answers);
        told.sort_unstable();
        assert_eq!(told, [200, 40907, 40907]);
        assert!(answers.iter().filter(|a| a.code() == 40907).all(|a| a.msg().contains("orderEntryIds")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_creates_under_one_number_with_other_lines_one_is_made() {
    on_each(async |world| {
        let me = world.another().await;
        let numbered = |quantity| {
            let mut body = create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)]));
            body["outOrderId"] = json!("N-1");
            world.post(&me, CREATE, body)
        };
        let mut told = codes(&join_all([numbered(1), numbered(2)]).await);
        told.sort_unstable();
        assert!(told == [200, 40903] || told == [200, 40910], "{told:?}");
        assert_eq!(world.order_count(&me).await, 1);
    })
    .await;
}
