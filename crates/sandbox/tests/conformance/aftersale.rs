//! `Aftersale`: reasons, vouchers, refunds, returns.

use super::{
    market::{Market, entries, refused},
    stage::Seller,
};
use bytes::Bytes;
use connector::{Kind, aftersale::SendBack};
use domain::{
    Fen, OrderId, RefundId,
    order::{Order, OrderStatus},
    refund::{Application, DisputeRequest, Goods, GoodsStatus, RefundStatus},
};
use std::collections::BTreeSet;

const JPG: &[u8] = include_bytes!("voucher.jpg");

async fn apply(market: &Market, ask: &Application) -> connector::Result<RefundId> {
    market.aftersale().apply(market.buyer(), ask).await
}

async fn money_back(market: &Market, order: &Order) -> Application {
    market.application(order, &entries(order), DisputeRequest::Refund, GoodsStatus::WaitSellerSend).await
}

/// A return of a completed order, to which the seller has agreed.
async fn agreed_return(market: &Market) -> RefundId {
    let order = received(market).await;
    let ask = market
        .application(&order, &entries(&order), DisputeRequest::ReturnRefund, GoodsStatus::AftersaleReceived)
        .await;
    apply(market, &ask).await.expect("a return is opened")
}

async fn received(market: &Market) -> Order {
    let order = market.paid_order_of(Seller::Shipping, 1).await;
    market.ordering().confirm_receipt(market.buyer(), order.id, &entries(&order)).await.expect("received");
    market.order(order.id).await
}

async fn parcel(market: &Market, refund: RefundId) -> SendBack {
    let companies = market.aftersale().companies().await.expect("a list of carriers");
    SendBack {
        refund,
        company: companies[0].code.clone(),
        bill: "3110044550034338".to_owned(),
        description: Some("发货说明".to_owned()),
        vouchers: Vec::new(),
    }
}

pub async fn reasons_fit_the_goods(market: Market) {
    let aftersale = market.aftersale();
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let all = entries(&order);
    let unsent = aftersale.reasons(market.buyer(), order.id, &all, GoodsStatus::WaitSellerSend).await.expect("reasons");
    let ids: BTreeSet<i64> = unsent.iter().map(|r| r.id).collect();
    assert!(!unsent.is_empty() && ids.len() == unsent.len() && unsent.iter().all(|r| !r.name.is_empty()));
    market.stage.ship(order.id).await;
    let here = aftersale.reasons(market.buyer(), order.id, &all, GoodsStatus::BuyerReceived).await.expect("reasons");
    assert!(here.iter().any(|r| r.need_voucher), "goods that are here can be shown: {here:?}");
}

pub async fn reasons_that_do_not_fit_are_refused(market: Market) {
    let aftersale = market.aftersale();
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let asked = aftersale.reasons(market.buyer(), order.id, &entries(&order), GoodsStatus::BuyerReceived).await;
    refused(Kind::OrderState, asked);
}

pub async fn a_voucher_gets_an_address_that_an_application_may_name(market: Market) {
    let voucher = market.aftersale().upload_voucher(market.buyer(), Bytes::from_static(JPG)).await.expect("a jpg");
    assert!(voucher.url().starts_with("http") && voucher.url().ends_with(&voucher.path), "{voucher:?}");
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let ask = Application { vouchers: vec![voucher.url()], ..money_back(&market, &order).await };
    apply(&market, &ask).await.expect("a voucher that was uploaded");
}

pub async fn what_is_no_voucher_is_refused(market: Market) {
    let upload = async |bytes: Vec<u8>| market.aftersale().upload_voucher(market.buyer(), bytes.into()).await;
    let mut large = JPG.to_vec();
    large.resize(1 << 20, 0);
    for bytes in [b"\x89PNG\r\n\x1a\n".to_vec(), large] {
        let error = upload(bytes).await.expect_err("one jpg of under 1 MB");
        assert_eq!(error.effect, connector::Effect::None, "{error}");
    }
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let foreign = "https://example.com/voucher.jpg".to_owned();
    let ask = Application { vouchers: vec![foreign], ..money_back(&market, &order).await };
    refused(Kind::Refused, apply(&market, &ask).await);
}

pub async fn an_application_opens_a_refund_that_reads_back(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let ask = money_back(&market, &order).await;
    let id = apply(&market, &ask).await.expect("a refund is opened");
    let seen = market.aftersale().refund(market.buyer(), id).await.expect("it is there");
    let refund = seen.core;
    assert_eq!((refund.id, refund.order_id, refund.status), (id, order.id, RefundStatus::WaitSellerAgree));
    assert_eq!((refund.apply_payment, refund.apply_carriage), (order.goods(), order.shipping_fee));
    assert_eq!((refund.refund_payment, refund.refund_carriage), (Fen::ZERO, Fen::ZERO));
    assert_eq!((refund.request, refund.reason_id), (DisputeRequest::Refund, ask.reason_id));
    assert!(!refund.after_sale && refund.before_shipment && refund.covers(order.lines[0].id));
    assert!(refund.timeout_at.is_some_and(|at| at > refund.applied_at), "the seller has a deadline");
    serde_json::from_str::<serde_json::Value>(seen.document.as_str()).expect("documents are JSON");
    market.stage.agree(id).await;
    let after = market.refund(id).await;
    assert_eq!((after.status, after.refund_payment, after.refund_carriage), {
        (RefundStatus::Success, order.goods(), order.shipping_fee)
    });
    let order = market.order(order.id).await;
    assert_eq!((&order.status, order.refunded), (&OrderStatus::Terminated, order.total()));
    assert!(after.steps > refund.steps && after.completed_at.is_some());
}

pub async fn applications_against_the_rules_are_refused(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let good = money_back(&market, &order).await;
    let with = |change: fn(&mut Application)| {
        let mut ask = good.clone();
        change(&mut ask);
        ask
    };
    for (kind, ask) in [
        (Kind::AmountNotAllowed, with(|a| a.payment = a.payment.plus(Fen(1)))),
        (Kind::AmountNotAllowed, with(|a| a.payment = a.payment.minus(Fen(1)))),
        (Kind::InvalidParameter, with(|a| a.reason_id = 1)),
        (Kind::InvalidParameter, with(|a| a.description = "x".to_owned())),
        (Kind::RefundState, with(|a| a.goods = GoodsStatus::BuyerReceived)),
        (Kind::RefundState, with(|a| a.request = DisputeRequest::ReturnRefund)),
    ] {
        let result = apply(&market, &ask).await;
        assert!(result.as_ref().is_err_and(|e| e.kind == kind), "{ask:?}: expected {kind:?}: {result:?}");
    }
    let unknown = OrderId::new(order.id.get() + 1_000_000_007).expect("an id");
    refused(Kind::OrderNotFound, apply(&market, &Application { order_id: unknown, ..good.clone() }).await);
    refused(Kind::OrderNotFound, market.aftersale().apply(market.stage.stranger(), &good).await);
    assert!(market.aftersale().refunds_of(market.buyer(), order.id).await.expect("a list").is_empty());
    apply(&market, &good).await.expect("the rules are kept");
}

pub async fn a_second_application_for_the_same_goods_is_refused(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let ask = money_back(&market, &order).await;
    let first = apply(&market, &ask).await.expect("a refund is opened");
    refused(Kind::RefundState, apply(&market, &ask).await);
    let all = market.aftersale().refunds_of(market.buyer(), order.id).await.expect("a list");
    assert_eq!(all.iter().map(|r| r.id).collect::<Vec<_>>(), [first]);
}

pub async fn a_refund_of_nobody_or_of_somebody_else_is_not_found(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let refund = market.refund_unshipped(&order).await;
    let unknown = RefundId::new(refund.get() + 1_000_000_007).expect("an id");
    refused(Kind::RefundNotFound, market.aftersale().refund(market.buyer(), unknown).await);
    refused(Kind::RefundNotFound, market.aftersale().refund(market.stage.stranger(), refund).await);
    refused(Kind::RefundNotFound, {
        let ask = parcel(&market, unknown).await;
        market.aftersale().send_back(market.buyer(), &ask).await
    });
}

pub async fn all_refunds_of_an_order_are_listed(market: Market) {
    let aftersale = market.aftersale();
    let order = market.paid_order_of(Seller::Shipping, 2).await;
    let all = entries(&order);
    assert!(aftersale.refunds_of(market.buyer(), order.id).await.expect("a list").is_empty(), "none yet");
    // Before the end of the trade, agreed at once; the second line goes on to its end, after which it is returned.
    let ask = market.application(&order, &all[..1], DisputeRequest::Refund, GoodsStatus::WaitBuyerReceive).await;
    let in_sale = apply(&market, &ask).await.expect("a refund of the first line");
    market.ordering().confirm_receipt(market.buyer(), order.id, &all[1..]).await.expect("the second was received");
    let order = market.order(order.id).await;
    let ask = market.application(&order, &all[1..], DisputeRequest::ReturnRefund, GoodsStatus::AftersaleReceived).await;
    let after_sale = apply(&market, &ask).await.expect("a return of the second line");
    let mut refunds = aftersale.refunds_of(market.buyer(), order.id).await.expect("a list");
    refunds.sort_by_key(|r| r.after_sale);
    let rows: Vec<_> = refunds.iter().map(|r| (r.id, r.after_sale, r.is_open())).collect();
    assert_eq!(rows, [(in_sale, false, false), (after_sale, true, true)]);
    for refund in refunds {
        assert_eq!(refund, market.refund(refund.id).await, "a list says what a look says");
    }
}

pub async fn goods_go_back_when_the_seller_waits_for_them(market: Market) {
    let id = agreed_return(&market).await;
    assert_eq!(market.refund(id).await.status, RefundStatus::WaitBuyerSend);
    let ask = parcel(&market, id).await;
    market.aftersale().send_back(market.buyer(), &ask).await.expect("the seller waits for it");
    let sent = market.refund(id).await;
    let declared = sent.return_parcel.as_ref().expect("the parcel is declared");
    assert_eq!((&declared.company, &declared.bill, sent.goods), (&ask.company, &ask.bill, Goods::SentBack));
    market.stage.take_back(id).await;
    let after = market.refund(id).await;
    assert_eq!((after.status, after.refund_payment), (RefundStatus::Success, after.apply_payment));
}

pub async fn a_parcel_that_nobody_waits_for_is_refused(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let id = market.refund_unshipped(&order).await;
    let ask = parcel(&market, id).await;
    refused(Kind::RefundState, market.aftersale().send_back(market.buyer(), &ask).await);
    let sent = agreed_return(&market).await;
    let ask = parcel(&market, sent).await;
    market.aftersale().send_back(market.buyer(), &ask).await.expect("once");
    refused(Kind::RefundState, market.aftersale().send_back(market.buyer(), &ask).await);
}

pub async fn a_parcel_by_nobody_is_refused(market: Market) {
    let id = agreed_return(&market).await;
    let ask = SendBack { company: "NOBODY".to_owned(), ..parcel(&market, id).await };
    refused(Kind::InvalidParameter, market.aftersale().send_back(market.buyer(), &ask).await);
    assert_eq!(market.refund(id).await.status, RefundStatus::WaitBuyerSend);
}

pub async fn an_open_refund_is_withdrawn_and_a_final_one_is_not(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let id = market.refund_unshipped(&order).await;
    assert!(market.aftersale().cancel(market.stage.stranger(), id).await.is_err(), "not his");
    market.aftersale().cancel(market.buyer(), id).await.expect("it is open");
    assert_eq!(market.refund(id).await.status, RefundStatus::Close);
    refused(Kind::RefundState, market.aftersale().cancel(market.buyer(), id).await);
    let again = market.refund_unshipped(&order).await;
    assert_ne!(again, id, "a closed refund leaves the goods free");
}

pub async fn a_refund_that_nobody_answers_ends_by_itself(market: Market) {
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let id = market.refund_unshipped(&order).await;
    market.stage.pass(24 * 3600 - 60).await;
    assert_eq!(market.refund(id).await.status, RefundStatus::WaitSellerAgree);
    market.stage.pass(60).await;
    assert_eq!(market.refund(id).await.status, RefundStatus::Success);
}

pub async fn a_refusal_carries_its_reason(market: Market) {
    let order = market.paid_order_of(Seller::Refusing, 1).await;
    let id = market.refund_unshipped(&order).await;
    let refund = market.refund(id).await;
    assert_eq!((refund.status, refund.reject_times), (RefundStatus::WaitBuyerModify, 1));
    assert!(refund.reject_reason.is_some_and(|reason| !reason.is_empty()));
}

pub async fn carriers_are_told_apart_by_their_codes(market: Market) {
    let companies = market.aftersale().companies().await.expect("a list of carriers");
    let codes: BTreeSet<&str> = companies.iter().map(|c| c.code.as_str()).collect();
    assert!(!companies.is_empty() && codes.len() == companies.len());
    assert!(companies.iter().all(|c| !c.name.is_empty() && !c.code.is_empty()));
}
