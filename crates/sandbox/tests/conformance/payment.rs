//! `Payment`: debit and cashier.

use super::{
    market::{Market, refused},
    stage::Seller,
};
use connector::Kind;
use domain::{Fen, OrderId, order::OrderStatus};

async fn debit(market: &Market, order: OrderId) -> connector::Result<bool> {
    market.payment().debit(market.buyer(), order).await
}

pub async fn a_debit_pays(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    assert!(debit(&market, order.id).await.expect("a debit"));
    let paid = market.order(order.id).await;
    assert!(paid.was_paid() && paid.status == OrderStatus::WaitSellerSend);
}

pub async fn a_debit_without_money_or_agreement_says_no(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    let purses = [(true, order.total().minus(Fen(1))), (false, order.total())];
    for (agreed, money) in purses {
        market.stage.purse(agreed, money).await;
        let answer = debit(&market, order.id).await;
        let no = match &answer {
            Ok(paid) => !paid,
            Err(error) => error.kind == Kind::InsufficientBalance,
        };
        assert!(no, "{answer:?}");
        assert!(!market.order(order.id).await.was_paid());
    }
    market.stage.purse(true, order.total()).await;
    assert!(debit(&market, order.id).await.expect("just enough"));
}

pub async fn a_debit_of_what_does_not_wait_for_payment_is_refused(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    let foreign = market.payment().debit(market.stage.stranger(), order.id).await;
    refused(Kind::OrderNotFound, foreign);
    assert!(!market.order(order.id).await.was_paid());
    assert!(debit(&market, order.id).await.expect("a debit"));
    refused(Kind::OrderState, debit(&market, order.id).await);
}

pub async fn a_cashier_page_leaves_out_what_cannot_be_paid(market: Market) {
    let paid = market.paid_order_of(Seller::Obliging, 1).await.id;
    let unpaid = market.order_of(Seller::Obliging, 1).await.id;
    let page = market.payment().cashier(market.buyer(), &[paid, unpaid]).await.expect("a page");
    assert!(page.url.is_some_and(|url| url.starts_with("http")));
    assert_eq!(page.left_out, [paid]);
    let whole = market.payment().cashier(market.buyer(), &[unpaid]).await.expect("a page");
    assert!(whole.left_out.is_empty() && whole.url.is_some());
    market.stage.pay(unpaid).await;
    refused(Kind::OrderState, market.payment().cashier(market.buyer(), &[unpaid]).await);
}
