//! Orders: who may do what when, and the events that a difference gives.

use crate::world::{NOW, all, entry, paid, unpaid};
use domain::{
    Fen,
    event::OrderEvent,
    order::{BatchPay, Closer, OrderStatus, Refused, diff},
};

#[test]
fn a_cancel_waits_ten_seconds_and_an_order_is_paid_once() {
    let mut order = unpaid(&[300], 0);
    assert_eq!(order.close(Closer::Buyer, "buyerCancel", NOW.plus_ms(9_999)), Err(Refused::TooEarly));
    order.pay(NOW).unwrap();
    assert_eq!(order.pay(NOW), Err(Refused::State(OrderStatus::WaitSellerSend)));
    assert!(order.close(Closer::Buyer, "buyerCancel", NOW.plus_secs(60)).is_err());
}

#[test]
fn shipping_in_two_parcels_then_receiving_in_two_steps() {
    let mut order = paid(&[300, 600], 100);
    assert_eq!(order.ship(&[entry(1)], NOW), Ok(vec![OrderEvent::PartShipped]));
    assert_eq!(order.status, OrderStatus::WaitSellerSend);
    assert!(order.ship(&[entry(1)], NOW).is_err());
    assert_eq!(order.receive(&[entry(2)], NOW), Err(Refused::NotShipped(entry(2))));
    assert_eq!(order.ship(&[entry(2)], NOW), Ok(vec![OrderEvent::Shipped]));
    assert_eq!(order.receive(&[entry(1)], NOW), Ok(vec![OrderEvent::ReceiptConfirmed]));
    assert_eq!(order.receive(&[entry(2)], NOW), Ok(vec![OrderEvent::ReceiptConfirmed, OrderEvent::Succeeded]));
    assert_eq!(order.status, OrderStatus::Success);
    assert!(order.receive(&all(&order), NOW).is_err());
}

#[test]
fn the_price_changes_before_payment_only() {
    let mut order = unpaid(&[300], 100);
    let before = order.clone();
    order.modify_price(&[Fen(285)], Fen(100), NOW).unwrap();
    assert_eq!(diff::events(Some(&before), &order), vec![OrderEvent::PriceModified]);
    assert_eq!(order.modify_price(&[], Fen(100), NOW), Err(Refused::Amount));
    order.pay(NOW).unwrap();
    assert!(order.modify_price(&[Fen(1)], Fen(0), NOW).is_err());
}

#[test]
fn a_difference_over_several_steps_names_each_of_them() {
    let before = unpaid(&[300], 0);
    let mut after = before.clone();
    after.pay(NOW).unwrap();
    after.ship(&all(&before), NOW).unwrap();
    after.receive(&all(&before), NOW).unwrap();
    let expected = vec![OrderEvent::Paid, OrderEvent::Shipped, OrderEvent::ReceiptConfirmed, OrderEvent::Succeeded];
    assert_eq!(diff::events(Some(&before), &after), expected);
    assert_eq!(diff::events(Some(&after), &after), vec![]);
    assert_eq!(diff::events(None, &before), vec![OrderEvent::Created]);
}

#[test]
fn each_stage_is_told_and_the_last_one_pays_the_order() {
    let before = unpaid(&[300], 0);
    let mut after = before.clone();
    assert_eq!(after.pay_stage(false, NOW), Ok(vec![OrderEvent::StagePaid]));
    assert_eq!((after.was_paid(), after.status.clone()), (false, OrderStatus::WaitBuyerPay));
    let half = after.clone();
    assert_eq!(after.pay_stage(true, NOW), Ok(vec![OrderEvent::StagePaid, OrderEvent::Paid]));
    assert!(after.pay_stage(true, NOW).is_err());
    assert_eq!(diff::events(Some(&before), &half), vec![OrderEvent::StagePaid]);
    assert_eq!(diff::events(Some(&half), &after), vec![OrderEvent::StagePaid, OrderEvent::Paid]);
    let both = vec![OrderEvent::StagePaid, OrderEvent::StagePaid, OrderEvent::Paid];
    assert_eq!(diff::events(Some(&before), &after), both);
}

#[test]
fn a_payment_in_a_batch_is_told_once_and_its_success_stands() {
    use BatchPay::{Failed, Succeeded};
    let mut order = unpaid(&[300], 0);
    let mut told = Vec::new();
    for word in [None, Some(Failed), Some(Failed), Some(Succeeded), None, Some(Failed)] {
        let mut next = order.clone();
        next.batch_pay = BatchPay::after(order.batch_pay, word);
        told.push(diff::events(Some(&order), &next).len());
        order = next;
    }
    assert_eq!((told, order.batch_pay), (vec![0, 1, 0, 1, 0, 0], Some(Succeeded)));
}

#[test]
fn every_way_of_closing_has_its_event() {
    for (by, event) in [
        (Closer::Buyer, OrderEvent::ClosedByBuyer),
        (Closer::Seller, OrderEvent::ClosedBySeller),
        (Closer::Timeout, OrderEvent::ClosedByPlatform),
    ] {
        let before = unpaid(&[300], 0);
        let mut after = before.clone();
        assert_eq!(after.close(by, "other", NOW.plus_secs(11)), Ok(vec![event]));
        assert_eq!(diff::events(Some(&before), &after), vec![event]);
    }
}

#[test]
fn a_refund_of_what_was_left_moves_the_order_on() {
    let mut order = paid(&[300, 600], 100);
    order.ship(&[entry(1)], NOW).unwrap();
    let mut on_its_way = order.clone();
    on_its_way.book_refund(&[(entry(2), Fen(600))], Fen(0), NOW);
    assert_eq!(on_its_way.status, OrderStatus::WaitBuyerReceive, "nothing is left to ship");
    order.receive(&[entry(1)], NOW).unwrap();
    order.book_refund(&[(entry(2), Fen(600))], Fen(0), NOW);
    assert_eq!(order.status, OrderStatus::Success, "nothing is left to ship or to receive");
}
