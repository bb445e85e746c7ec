//! API6: money and pieces that nobody has. Cancel and pay at once is a race of its own (`race::order`).

use super::watch::Watch;
use crate::{
    ask::Ask,
    claim::{CREATE, application, before_shipment, with},
    purchase::{address, goods},
    world::{World, on_each},
};
use serde_json::{Value, json};

const BUYING: [&str; 9] = [
    "/alibaba/order/create",
    "/alibaba/order/create/preview",
    "/alibaba/order/create/previewbatch",
    "/alibaba/order/batch/create",
    "/v2/alibaba/order/create",
    "/v2/alibaba/order/batch/create",
    "/alibaba/ka/order/create",
    "/alibaba/ka/order/create/preview",
    "/alibaba/bigMajor/order/create",
];
/// JSON numbers that are no amount.
const WRONG: [&str; 9] = [
    "-1",
    "-9223372036854775808",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "1e308",
    "-1e308",
    "0.5",
    "1e-300",
];

async fn balance(world: &World) -> Value {
    world.control("/sandbox/control/accounts/3", json!({})).await["balance"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_paid_back_more_than_was_paid() {
    on_each(async |world| {
        let (me, watch) = (world.another().await, Watch::over(world));
        let unshipped = world.paid_order(&me, goods::SILENT, &[2]).await;
        let received = world.received_order(&me, goods::TOTE_BAG, &[2]).await;
        let before = balance(world).await;
        let bodies = [
            (before_shipment(&unshipped), &unshipped),
            (application(&received, "refund", "aftersaleBuyerReceived"), &received),
            (application(&received, "returnRefund", "aftersaleBuyerReceived"), &received),
        ];
        for path in [CREATE, "/v2/alibaba/refund/detail/create", "/alibaba/ka/refund/create"] {
            for (body, bought) in &bodies {
                for (payment, carriage) in [
                    (bought.goods() + 1, bought.freight),
                    (bought.goods(), bought.freight + 1),
                    (bought.goods() + bought.freight, 0),
                    (2 * bought.goods(), 2 * bought.freight),
                    (-1, bought.freight),
                    (bought.goods(), -1),
                    (-bought.goods(), 3 * bought.goods()),
                    (0, 0),
                    (i64::MAX, 0),
                    (i64::MAX, i64::MAX),
                    (i64::MAX, 1),
                    (i64::MIN, i64::MIN),
                    (i64::MIN, i64::MAX),
                    (bought.goods() + (1 << 32), bought.freight),
                ] {
                    let ask = with(body, json!({"applyPayment": payment, "applyCarriage": carriage}));
                    let answer = world.post(&me, path, ask).await;
                    Watch::refusal(path, answer.msg());
                    answer.refused_for(40005, "apply");
                }
                for number in &WRONG[3..] {
                    let text = with(body, json!({"applyPayment": "AMOUNT"})).to_string().replace("\"AMOUNT\"", number);
                    world.send(&me, Ask::raw(path, text)).await.refused_for(40003, "applyPayment");
                }
            }
        }
        watch.look("orders", &world.order_detail(&me, received.order).await.to_string());
        for bought in [&unshipped, &received] {
            let detail = world.order_detail(&me, bought.order).await;
            assert!(detail["productItems"][0]["refundIdForAs"].is_null(), "{detail}");
        }
        assert_eq!(balance(world).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sends_back_more_pieces_than_were_bought() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.shipped_order(&me, goods::TOTE_BAG, &[2]).await;
        let other = world.shipped_order(&me, goods::TOTE_BAG, &[5]).await;
        let counts = |rows: Value| {
            let ask = application(&bought, "returnRefund", "refundBuyerReceived");
            with(&ask, json!({"orderEntryCountList": rows, "applyPayment": 1, "applyCarriage": 0}))
        };
        let mine = bought.entries[0];
        for count in [3, 4, 0, -1, i64::from(u32::MAX), (1 << 32) + 1, i64::MAX, i64::MIN] {
            world
                .post(&me, CREATE, counts(json!([{"id": mine, "count": count}])))
                .await
                .refused_for(40005, "orderEntryCountList");
        }
        // The same sub-order in parts; a sub-order of another order.
        let twice = json!([{"id": mine, "count": 1}, {"id": mine.to_string(), "count": 2}]);
        world.post(&me, CREATE, counts(twice)).await.refused_for(40003, "orderEntryCountList[1]");
        let foreign = json!([{"id": other.entries[0], "count": 1}]);
        assert_eq!(world.post(&me, CREATE, counts(foreign)).await.status, 400);
        let entries = with(&counts(json!([])), json!({"orderEntryIds": [mine, mine]}));
        world.post(&me, CREATE, entries).await.refused_for(40003, "orderEntryIds[1]");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_paid_back_is_not_paid_back_again() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::JEANS, &[1]).await;
        let before = balance(world).await.as_i64().expect("fen");
        let refund = world.apply(&me, before_shipment(&bought)).await;
        world.until_refund(&me, &refund, "refundsuccess").await;
        let after = balance(world).await.as_i64().expect("fen");
        for path in [CREATE, "/v2/alibaba/refund/detail/create", "/alibaba/ka/refund/create"] {
            for request in ["refund", "returnRefund"] {
                for goods in ["refundWaitSellerSend", "refundBuyerReceived", "aftersaleBuyerReceived"] {
                    let answer = world.post(&me, path, application(&bought, request, goods)).await;
                    assert_eq!(answer.status, 409, "{request} {goods}: {}", answer.text);
                }
            }
        }
        assert!(after - before <= bought.goods() + bought.freight);
        assert_eq!(balance(world).await, after);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_quantity_overflows_into_a_small_sum() {
    on_each(async |world| {
        let (me, watch) = (world.another().await, Watch::over(world));
        let spec = world.specs(goods::JEANS).await.remove(0);
        let seller = world.seller(goods::JEANS).await;
        let before = balance(world).await;
        for path in BUYING {
            let lines = |quantity: &str| {
                let line =
                    json!({"offerId": goods::JEANS.to_string(), "specId": spec, "quantity": 0, "sellerOpenId": seller});
                let line = line.to_string().replace("\"quantity\":0", &format!("\"quantity\":{quantity}"));
                format!(r#"{{"flow":"general","addressParam":{},"cargoParamList":[{line},{line}]}}"#, address())
            };
            for quantity in WRONG.into_iter().chain(["0", "4294967296"]) {
                let answer = world.send(&me, Ask::raw(path, lines(quantity))).await;
                answer.refused_for(40003, "cargoParamList[0].quantity");
            }
            // As much as a quantity can be, twice: more than there is, never a small sum.
            for quantity in ["4294967295", "2147483648", "1e9"] {
                let answer = world.send(&me, Ask::raw(path, lines(quantity))).await;
                watch.look(path, &answer.text);
                let told = path.ends_with("previewbatch") && answer.code() == 200;
                assert!(told || (400..500).contains(&answer.status), "{path} {quantity}: {}", answer.text);
            }
        }
        for quantity in WRONG.into_iter().chain(["0", "1000001"]) {
            let body = crate::cart::bag(7).to_string().replace("\"quantity\":7", &format!("\"quantity\":{quantity}"));
            world.send(&me, Ask::raw("/alibaba/cart/add", body)).await.refused_for(40003, "quantity");
        }
        assert_eq!(world.order_count(&me).await, 0);
        assert_eq!(world.cart_rows(&me).await, []);
        assert_eq!(balance(world).await, before);
    })
    .await;
}
