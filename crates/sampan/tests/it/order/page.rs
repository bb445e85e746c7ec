//! Lists of orders: pages, filters, newest first.

use super::PAGE;
use crate::{
    persona::Persona,
    purchase::{create_body, goods, line},
    world::{World, on_each},
};
use serde_json::{Value, json};

const V2_PAGE: &str = "/v2/alibaba/order/page";
const KA_PAGE: &str = "/alibaba/ka/order/page";
const BIG_PAGE: &str = "/alibaba/bigMajor/order/page";

/// The page that both editions show.
async fn page_of(world: &World, me: &Persona, [one, other]: [&str; 2], ask: Value) -> Value {
    let page = world.post(me, one, ask.clone()).await.accepted();
    assert_eq!(world.post(me, other, ask).await.accepted(), page);
    page
}

async fn ids(world: &World, me: &Persona, ask: Value) -> Vec<i64> {
    let page = page_of(world, me, [PAGE, V2_PAGE], ask).await;
    page["records"].as_array().unwrap().iter().map(|r| r["baseInfo"]["id"].as_i64().unwrap()).collect()
}

async fn ka_ids(world: &World, me: &Persona, ask: Value) -> Vec<String> {
    let page = page_of(world, me, [KA_PAGE, BIG_PAGE], ask).await;
    page["records"].as_array().unwrap().iter().map(|r| r["orderId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_are_newest_first_and_end_in_an_empty_one() {
    on_each(async |world| {
        let me = world.another().await;
        let mut made = Vec::new();
        for _ in 0..3 {
            made.push(world.order(&me, goods::JEANS, &[1]).await.order);
        }
        made.reverse();
        assert_eq!(ids(world, &me, json!({})).await, made);
        assert_eq!(ids(world, &me, json!({"page": 1, "pageSize": 2})).await, made[..2]);
        assert_eq!(ids(world, &me, json!({"page": 2, "pageSize": 2})).await, made[2..]);
        assert_eq!(ids(world, &me, json!({"page": 3, "pageSize": 2})).await, Vec::<i64>::new());
        for path in [PAGE, V2_PAGE, KA_PAGE, BIG_PAGE] {
            let page = world.post(&me, path, json!({"page": 2, "pageSize": 2})).await.accepted();
            assert_eq!((&page["total"], &page["size"], &page["current"]), (&json!(3), &json!(2), &json!(2)));
            let keys: Vec<&String> = page.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["records", "total", "size", "current"]);
        }
        let texts: Vec<String> = made.iter().map(i64::to_string).collect();
        assert_eq!(ka_ids(world, &me, json!({})).await, texts);
        assert_eq!(ids(world, &world.another().await, json!({"orderIds": made})).await, Vec::<i64>::new(), "another's");
    })
    .await;
}

#[tokio::test]
async fn filters_of_v1_pick_and_combine() {
    on_each(async |world| {
        let me = world.another().await;
        let unpaid = world.order(&me, goods::JEANS, &[1]).await.order;
        let paid = world.paid_order(&me, goods::SILENT, &[1]).await;
        let mut body = create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]));
        body["outOrderId"] = json!("mine-9");
        let mine =
            world.post(&me, "/alibaba/order/create", body).await.accepted()[0]["baseInfo"]["id"].as_i64().unwrap();
        world.apply(&me, crate::claim::before_shipment(&paid)).await;
        for (ask, expected) in [
            (json!({"orderStatus": "waitbuyerpay"}), vec![mine, unpaid]),
            (json!({"orderStatus": "waitsellersend"}), vec![paid.order]),
            (json!({"orderStatus": "success"}), vec![]),
            (json!({"orderStatus": ""}), vec![mine, paid.order, unpaid]),
            (json!({"refundStatus": "waitselleragree"}), vec![paid.order]),
            (json!({"refundStatus": "refundsuccess"}), vec![]),
            (json!({"outOrderId": "mine-9"}), vec![mine]),
            (json!({"outOrderId": "mine"}), vec![]),
            (json!({"productName": "猫砂盆"}), vec![paid.order]),
            (json!({"productName": "%"}), vec![]),
            (json!({"orderIds": [unpaid, mine.to_string(), 5]}), vec![mine, unpaid]),
            (json!({"orderIds": []}), vec![]),
            (json!({"orderIds": [unpaid, paid.order], "orderStatus": "waitbuyerpay"}), vec![unpaid]),
        ] {
            assert_eq!(ids(world, &me, ask.clone()).await, expected, "{ask}");
        }
    })
    .await;
}

#[tokio::test]
async fn times_are_inclusive_and_utc_plus_8_without_a_zone() {
    on_each(async |world| {
        let me = world.another().await;
        let order = world.order(&me, goods::JEANS, &[1]).await.order;
        let detail = world.ka(&me, "order/detail", json!({"orderId": order})).await;
        let at = detail["tbCreateTime"].as_str().unwrap().to_owned();
        let later = at.replace("20", "21").chars().take(4).collect::<String>() + &at[4..];
        for (ask, there) in [
            (json!({"createStartTime": at}), true),
            (json!({"createStartTime": later}), false),
            (json!({"createEndTime": later}), true),
            (json!({"createStartTime": "2020-01-01 00:00:00", "createEndTime": "2020-01-02 00:00:00"}), false),
            (json!({"modifyStartTime": at, "modifyEndTime": later}), true),
            (json!({"createStartTime": format!("{}+08:00", at.replace(' ', "T"))}), true),
        ] {
            assert_eq!(ids(world, &me, ask.clone()).await.len(), usize::from(there), "{ask}");
        }
        let ka = json!({"startTime": at, "endTime": later});
        assert_eq!(ka_ids(world, &me, ka).await.len(), 1);
        assert_eq!(ka_ids(world, &me, json!({"startTime": later})).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn filters_of_ka_have_words_of_their_own() {
    on_each(async |world| {
        let me = world.another().await;
        let unpaid = world.order(&me, goods::JEANS, &[1]).await.id();
        let shipped = world.shipped_order(&me, goods::TOTE_BAG, &[1]).await.id();
        let done = world.received_order(&me, goods::TOTE_BAG, &[1]).await.id();
        let number = world.ka(&me, "order/detail", json!({"orderId": shipped})).await["orderNo"].clone();
        for (ask, expected) in [
            (json!({"orderStatus": "WAITING_FOR_PAYMENT"}), vec![&unpaid]),
            (json!({"orderStatus": "WAITING_FOR_RECEIVE"}), vec![&shipped]),
            (json!({"orderStatus": "SUCCESS"}), vec![&done]),
            (json!({"orderStatus": "CLOSED"}), vec![]),
            (json!({"orderStatus": "OTHER"}), vec![]),
            (json!({"payStatus": 1}), vec![&unpaid]),
            (json!({"payStatus": 2}), vec![&done, &shipped]),
            (json!({"orderId": unpaid}), vec![&unpaid]),
            (json!({"orderId": number}), vec![&shipped]),
            (json!({"orderNo": number}), vec![&shipped]),
            (json!({"orderNo": number, "payStatus": 1}), vec![]),
        ] {
            assert_eq!(
                ka_ids(world, &me, ask.clone()).await,
                expected.into_iter().cloned().collect::<Vec<_>>(),
                "{ask}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_named() {
    on_each(async |world| {
        for (path, ask, field) in [
            (PAGE, json!({"page": 0}), "page"),
            (PAGE, json!({"page": -1}), "page"),
            (PAGE, json!({"pageSize": 0}), "pageSize"),
            (PAGE, json!({"pageSize": 51}), "pageSize"),
            (PAGE, json!({"orderStatus": "terminated"}), "orderStatus"),
            (PAGE, json!({"orderStatus": "WAITING_FOR_SENT"}), "orderStatus"),
            (PAGE, json!({"refundStatus": "REFUND_SUCCESS"}), "refundStatus"),
            (PAGE, json!({"createStartTime": "yesterday"}), "createStartTime"),
            (PAGE, json!({"modifyEndTime": "2026-13-01 00:00:00"}), "modifyEndTime"),
            (
                PAGE,
                json!({"createStartTime": "2026-02-01 00:00:00", "createEndTime": "2026-01-01 00:00:00"}),
                "createEndTime",
            ),
            (PAGE, json!({"orderIds": ["x"]}), "orderIds[0]"),
            (KA_PAGE, json!({"orderStatus": "waitsellersend"}), "orderStatus"),
            (KA_PAGE, json!({"payStatus": 3}), "payStatus"),
            (KA_PAGE, json!({"pageSize": 51}), "pageSize"),
            (KA_PAGE, json!({"startTime": "x"}), "startTime"),
        ] {
            let twin = if path == PAGE { V2_PAGE } else { BIG_PAGE };
            for path in [path, twin] {
                world.post(&world.developer, path, ask.clone()).await.refused_for(40003, field);
            }
        }
    })
    .await;
}
