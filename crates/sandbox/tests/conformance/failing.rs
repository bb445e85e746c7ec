//! What is known when a call fails on its way, and whose tokens are used.

use super::{
    Market,
    market::{entries, refused},
    stage::Seller,
};
use connector::{Effect, Kind};
use domain::refund::{DisputeRequest, GoodsStatus};

pub async fn an_account_that_was_never_authorised_is_unauthorised(market: Market) {
    let nobody = market.stage.unauthorised();
    let ask = market.ask(market.stage.cargo(Seller::Obliging, 1));
    let ordering = market.ordering();
    refused(Kind::Unauthorized, ordering.create(nobody, &ask).await);
    refused(Kind::Unauthorized, ordering.find(nobody, &ask.own_number).await);
    assert!(ordering.find(market.buyer(), &ask.own_number).await.expect("a list").is_empty());
}

pub async fn tokens_that_end_are_renewed_without_notice(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    market.stage.let_tokens_end().await;
    assert_eq!(market.order(order.id).await.id, order.id);
    assert_ne!(market.order_of(Seller::Obliging, 1).await.id, order.id);
}

pub async fn a_line_that_is_cut_had_no_effect(market: Market) {
    let order = market.order_of(Seller::Obliging, 1).await;
    market.stage.cut_the_line();
    refused(Kind::Unreachable, market.ordering().order(market.buyer(), order.id).await);
    refused(Kind::Unreachable, market.payment().debit(market.buyer(), order.id).await);
}

pub async fn a_lost_answer_to_a_create_is_found_by_the_own_number(market: Market) {
    let ask = market.ask(market.stage.cargo(Seller::Obliging, 1));
    let ordering = market.ordering();
    market.stage.lose_the_next_answer();
    let lost = ordering.create(market.buyer(), &ask).await.expect_err("nothing came back");
    assert_eq!(lost.effect, Effect::Unknown, "{lost}");
    let found = ordering.find(market.buyer(), &ask.own_number).await.expect("a list");
    assert_eq!(found.len(), 1, "sent once, made once");
    assert_eq!(ordering.create(market.buyer(), &ask).await.expect("the same order"), found);
}

pub async fn a_lost_answer_to_an_application_is_found_at_the_order(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let all = entries(&order);
    let ask = market.application(&order, &all, DisputeRequest::Refund, GoodsStatus::WaitSellerSend).await;
    market.stage.lose_the_next_answer();
    let lost = market.aftersale().apply(market.buyer(), &ask).await.expect_err("nothing came back");
    assert_eq!(lost.effect, Effect::Unknown, "{lost}");
    let found = market.aftersale().refunds_of(market.buyer(), order.id).await.expect("a list");
    assert!(found.len() == 1 && found[0].covers(all[0]), "{found:?}");
}
