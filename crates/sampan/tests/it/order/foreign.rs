//! Another developer's order, or another user's, is not there.

use super::{CANCEL, DETAIL, PAY, RECEIVE};
use crate::{
    claim::{self, REASONS, before_shipment},
    persona::Persona,
    purchase::{Bought, goods},
    world::{World, on_each},
};
use serde_json::json;

async fn sees_nothing(world: &World, who: &Persona, bought: &Bought) {
    let (id, entries) = (bought.id(), &bought.entries);
    for (path, body) in [
        (DETAIL, json!({"webSite": "1688", "orderId": id})),
        (CANCEL, json!({"webSite": "1688", "orderId": id, "cancelReason": "other"})),
        (RECEIVE, json!({"orderId": id, "orderEntryIds": entries})),
        ("/alibaba/ka/order/detail", json!({"orderId": id})),
        ("/alibaba/ka/order/pay", json!({"orderId": id})),
        ("/alibaba/ka/order/logistics", json!({"orderId": id})),
        ("/alibaba/bigMajor/order/detail", json!({"orderId": id})),
        ("/v2/alibaba/order/cancel", json!({"webSite": "1688", "orderId": id, "cancelReason": "other"})),
        ("/v2/alibaba/order/receivegoods", json!({"orderId": id, "orderEntryIds": entries})),
        (REASONS, json!({"orderId": id, "orderEntryIds": entries, "goodsStatus": "refundWaitSellerSend"})),
        (
            "/alibaba/ka/refund/reason/list",
            json!({"orderId": id, "orderEntryIds": entries, "goodsStatus": "refundWaitSellerSend"}),
        ),
        (claim::CREATE, before_shipment(bought)),
        ("/alibaba/ka/refund/create", before_shipment(bought)),
    ] {
        let answer = world.post(who, path, body.clone()).await.refused_for(40403, "orderId");
        // The same words as for one that does not exist.
        let mut unknown = body;
        unknown["orderId"] = json!("5");
        assert_eq!(answer.msg(), world.post(who, path, unknown).await.refused(40403).msg(), "{path}");
    }
    world.get(who, PAY, &[("orderId", &id)]).await.refused_for(40403, "orderId");
    let page = world.post(who, "/alibaba/ka/order/page", json!({"orderId": id})).await.accepted();
    assert_eq!(page["total"], 0);
}

#[tokio::test]
async fn another_developer_or_user_finds_no_order() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        sees_nothing(world, &world.another().await, &bought).await;
        sees_nothing(world, &world.second_user(me).await, &bought).await;
        let number = world.ka(me, "order/detail", json!({"orderId": bought.id()})).await["orderNo"].clone();
        let other = world.another().await;
        world.post(&other, "/alibaba/ka/order/detail", json!({"orderId": number})).await.refused_for(40403, "orderId");
        assert_eq!(world.order_status(me, bought.order).await, "waitsellersend", "nothing has changed");
    })
    .await;
}
