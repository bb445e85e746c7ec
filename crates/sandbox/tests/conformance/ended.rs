//! `Ordering::cancel`: closing an order.

use super::{
    market::{Market, refused},
    stage::Seller,
};
use connector::{Kind, ordering::CancelReason};
use domain::{
    OrderId,
    order::{Closer, OrderStatus},
};

fn reason() -> CancelReason {
    CancelReason { reason: "buyerCancel".to_owned(), remark: Some("changed my mind".to_owned()) }
}

async fn cancel(market: &Market, order: OrderId) -> connector::Result<()> {
    market.ordering().cancel(market.buyer(), order, &reason()).await
}

pub async fn an_unpaid_order_is_closed_after_ten_seconds(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    refused(Kind::OrderState, cancel(&market, order.id).await);
    assert_eq!(market.order(order.id).await.status, OrderStatus::WaitBuyerPay);
    market.stage.pass(10).await;
    cancel(&market, order.id).await.expect("ten seconds old");
    let closed = market.order(order.id).await;
    assert_eq!((closed.status, closed.closed_by), (OrderStatus::Cancel, Some(Closer::Buyer)));
}

pub async fn a_paid_or_closed_order_is_not_closed(market: Market) {
    let closed = market.order_of(Seller::Obliging, 1).await;
    let paid = market.paid_order_of(Seller::Obliging, 1).await;
    market.stage.pass(11).await;
    refused(Kind::OrderState, cancel(&market, paid.id).await);
    assert_eq!(market.order(paid.id).await.status, OrderStatus::WaitSellerSend);
    cancel(&market, closed.id).await.expect("an unpaid order");
    refused(Kind::OrderState, cancel(&market, closed.id).await);
}

pub async fn nobody_closes_what_is_not_his(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    market.stage.pass(11).await;
    let foreign = market.ordering().cancel(market.stage.stranger(), order.id, &reason()).await;
    refused(Kind::OrderNotFound, foreign);
    assert_eq!(market.order(order.id).await.status, OrderStatus::WaitBuyerPay);
}
