//! Where the parcels of an order are.

use super::TRACE;
use crate::{
    ask::Ask,
    purchase::{Bought, goods},
    world::on_each,
};
use serde_json::json;

const V2_TRACE: &str = "/v2/alibaba/order/logistics/trace";
const KA_TRACE: &str = "/alibaba/ka/order/logistics";

fn calls(order: &str) -> [Ask; 3] {
    [
        Ask::get(TRACE, &[("orderId", order)]),
        Ask::get(V2_TRACE, &[("orderId", order), ("webSite", "1688")]),
        Ask::post(KA_TRACE, &json!({ "orderId": order })),
    ]
}

#[tokio::test]
async fn nothing_is_there_before_shipment_and_the_parcel_after_it() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::JEANS, &[1]).await;
        for call in calls(&bought.id()) {
            world.send(&me, call).await.refused(40405);
        }
        world.ship(bought.order).await;
        world.until_order(&me, bought.order, "waitbuyerreceive").await;
        let mut told = Vec::new();
        for call in calls(&bought.id()) {
            told.push(world.send(&me, call).await.accepted());
        }
        assert!(told.iter().all(|t| *t == told[0]), "{told:#?}");
        let parcel = &told[0][0];
        assert_eq!(parcel["orderId"], bought.order);
        let (id, bill) = (parcel["logisticsId"].as_str().unwrap(), parcel["logisticsBillNo"].as_str().unwrap());
        assert!(id.starts_with("LP") && !bill.is_empty(), "{parcel}");
        assert!(parcel["logisticsSteps"][0]["acceptTime"].is_string());
        for path in [TRACE, V2_TRACE] {
            let one = |wanted: &str| Ask::get(path, &[("orderId", &bought.id()), ("logisticsId", wanted)]);
            assert_eq!(world.send(&me, one(id)).await.accepted(), told[0]);
            world.send(&me, one("LP5")).await.refused(40405);
            let elsewhere = Ask::get(path, &[("orderId", &bought.id()), ("webSite", "alibaba")]);
            world.send(&me, elsewhere).await.refused_for(40003, "webSite");
        }
    })
    .await;
}

#[tokio::test]
async fn another_s_order_is_not_found() {
    on_each(async |world| {
        let me = world.another().await;
        let bought: Bought = world.shipped_order(&me, goods::TOTE_BAG, &[1]).await;
        let other = world.another().await;
        let second = world.second_user(&me).await;
        for who in [&other, &second] {
            for call in calls(&bought.id()) {
                world.send(who, call).await.refused_for(40403, "orderId");
            }
        }
    })
    .await;
}
