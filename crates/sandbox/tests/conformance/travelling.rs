//! `Ordering`: receipt and traces.

use super::{
    market::{Market, entries, refused},
    stage::Seller,
};
use connector::Kind;
use domain::{
    EntryId, OrderId,
    order::{OrderStatus, Shipment},
};
use serde_json::Value;

async fn receive(market: &Market, order: OrderId, entries: &[EntryId]) -> connector::Result<()> {
    market.ordering().confirm_receipt(market.buyer(), order, entries).await
}

pub async fn receipt_of_what_travels_ends_the_trade(market: Market) {
    let order = market.paid_order_of(Seller::Shipping, 1).await;
    assert_eq!(order.status, OrderStatus::WaitBuyerReceive);
    receive(&market, order.id, &entries(&order)).await.expect("it travels");
    let after = market.order(order.id).await;
    assert_eq!(after.status, OrderStatus::Success);
    assert!(after.lines.iter().all(|l| l.shipment == Shipment::Received) && after.completed_at.is_some());
}

pub async fn receipt_may_be_confirmed_in_part(market: Market) {
    let order = market.paid_order_of(Seller::Shipping, 2).await;
    let all = entries(&order);
    receive(&market, order.id, &all[..1]).await.expect("the first travels");
    let after = market.order(order.id).await;
    assert_eq!(after.status, OrderStatus::WaitBuyerReceive);
    assert_eq!([after.lines[0].shipment, after.lines[1].shipment], [Shipment::Received, Shipment::Shipped]);
    receive(&market, order.id, &all[1..]).await.expect("so does the second");
    assert_eq!(market.order(order.id).await.status, OrderStatus::Success);
}

pub async fn receipt_of_what_does_not_travel_is_refused_in_their_words(market: Market) {
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let error = refused(Kind::Refused, receive(&market, order.id, &entries(&order)).await);
    assert!(error.code.is_some_and(|c| !c.is_empty()) && error.text.is_some_and(|t| !t.is_empty()));
    assert_eq!(market.order(order.id).await.status, OrderStatus::WaitSellerSend);
}

pub async fn shipments_are_traced_once_they_exist(market: Market) {
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    refused(Kind::ShipmentNotFound, market.ordering().traces(market.buyer(), order.id).await);
    market.stage.ship(order.id).await;
    market.stage.pass(3 * 3600).await;
    let document = market.ordering().traces(market.buyer(), order.id).await.expect("it was shipped");
    let shipments: Value = serde_json::from_str(document.as_str()).expect("documents are JSON");
    let [shipment] = shipments.as_array().expect("a list of shipments").as_slice() else { panic!("{shipments}") };
    assert!(shipment["logisticsId"].is_string(), "{shipment}");
    let steps = shipment["logisticsSteps"].as_array().expect("a shipment has steps");
    assert!(steps.len() > 1, "after three hours it has moved: {steps:?}");
    refused(Kind::OrderNotFound, market.ordering().traces(market.stage.stranger(), order.id).await);
}
