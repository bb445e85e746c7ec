//! What may be asked: each rule of the contract with its refusal.

use crate::world::{NOW, all, ask, entry, open, paid, reason, unpaid};
use domain::{
    Fen,
    refund::{
        Command, Deadlines, DisputeRequest, EntryShare, GoodsStatus, Reason, Refund, apply,
        apply::{ApplyError, CarriageRule, PaymentRule},
    },
};

fn succeed(refund: &Refund) -> Refund {
    refund.step(&Command::SellerAgree, NOW, &Deadlines::default()).unwrap().after
}

#[test]
fn before_shipment_the_goods_money_is_all_or_nothing() {
    let order = paid(&[2900, 2900], 600);
    assert!(open(&order, &[], &ask(&order, 5800, 600)).is_ok());
    assert!(open(&order, &[], &ask(&order, 5800, 0)).is_ok());
    let partly = open(&order, &[], &ask(&order, 5799, 600));
    assert_eq!(partly, Err(ApplyError::Payment { expected: PaymentRule::Exactly(Fen(5800)) }));
    let freight = open(&order, &[], &ask(&order, 5800, 601));
    assert_eq!(freight, Err(ApplyError::Carriage { expected: CarriageRule::AtMost(Fen(600)) }));
}

#[test]
fn nothing_may_be_asked_before_payment_and_only_what_fits_the_state_after() {
    let order = unpaid(&[300], 0);
    assert!(matches!(open(&order, &[], &ask(&order, 300, 0)), Err(ApplyError::NotAllowed { .. })));
    let mut order = paid(&[300], 0);
    let mut ret = ask(&order, 300, 0);
    ret.request = DisputeRequest::ReturnRefund;
    assert!(matches!(open(&order, &[], &ret), Err(ApplyError::NotAllowed { .. })));
    order.ship(&all(&order), NOW).unwrap();
    ret.goods = GoodsStatus::WaitBuyerReceive;
    assert!(matches!(open(&order, &[], &ret), Err(ApplyError::NotAllowed { .. })));
    ret.goods = GoodsStatus::BuyerReceived;
    assert!(open(&order, &[], &ret).is_ok());
}

#[test]
fn one_open_refund_for_a_sub_order_and_the_rest_after_success() {
    let mut order = paid(&[900], 0);
    order.ship(&all(&order), NOW).unwrap();
    let mut first = ask(&order, 400, 0);
    first.goods = GoodsStatus::WaitBuyerReceive;
    let refund = open(&order, &[], &first).unwrap();
    assert_eq!(open(&order, std::slice::from_ref(&refund), &first), Err(ApplyError::AlreadyOpen(entry(1))));
    let done = succeed(&refund);
    let again = open(&order, std::slice::from_ref(&done), &first).unwrap();
    assert_eq!(again.can_refund, Fen(500));
    first.payment = Fen(501);
    let over = open(&order, &[done], &first);
    assert_eq!(over, Err(ApplyError::Payment { expected: PaymentRule::AtMost(Fen(500)) }));
}

#[test]
fn pieces_are_given_only_for_an_in_sale_return_and_never_beyond_the_rest() {
    let mut order = paid(&[900], 0);
    order.ship(&all(&order), NOW).unwrap();
    let mut ret = ask(&order, 300, 0);
    ret.request = DisputeRequest::ReturnRefund;
    ret.goods = GoodsStatus::BuyerReceived;
    ret.counts = Some(vec![EntryShare { entry: entry(1), count: 2 }]);
    let refund = open(&order, &[], &ret).unwrap();
    assert_eq!(refund.entries, vec![EntryShare { entry: entry(1), count: 2 }]);
    let mut done = refund;
    for command in [
        Command::SellerAgree,
        Command::BuyerSend(domain::refund::ReturnParcel { company: "ZTO".into(), bill: "1".into() }),
        Command::SellerReceive,
    ] {
        done = done.step(&command, NOW, &Deadlines::default()).unwrap().after;
    }
    assert_eq!(open(&order, &[done], &ret), Err(ApplyError::Count { entry: entry(1), asked: 2, left: 1 }));
    let mut counted = ask(&order, 300, 0);
    counted.goods = GoodsStatus::WaitBuyerReceive;
    counted.counts = Some(vec![]);
    assert_eq!(open(&order, &[], &counted), Err(ApplyError::CountsNotAllowed));
}

#[test]
fn reasons_carry_their_own_rules() {
    let order = paid(&[300], 100);
    let check = |reason: Reason, change: fn(&mut domain::refund::Application)| {
        let mut ask = ask(&order, 300, 100);
        change(&mut ask);
        apply::check(&order, &[], &[reason], &ask)
    };
    let strict = Reason { need_voucher: true, no_refund_carriage: true, ..reason() };
    assert_eq!(check(strict.clone(), |_| {}), Err(ApplyError::Carriage { expected: CarriageRule::None }));
    assert_eq!(check(strict, |a| a.carriage = Fen(0)), Err(ApplyError::VoucherNeeded));
    assert_eq!(check(Reason { id: 1, ..reason() }, |_| {}), Err(ApplyError::Reason(20006)));
    assert_eq!(check(reason(), |a| a.description = "x".into()), Err(ApplyError::Description));
    assert_eq!(check(reason(), |a| a.vouchers = vec!["u".into(); 6]), Err(ApplyError::TooManyVouchers));
}

/// What came back with one sub-order is not taken from the share of another.
#[test]
fn the_freight_of_a_sub_order_is_left_when_others_came_back() {
    let mut order = paid(&[300, 300, 300], 300);
    order.lines.iter_mut().for_each(|line| line.share_postage = Some(Fen(100)));
    order.ship(&all(&order), NOW).unwrap();
    let of = |lines: &[i64], payment, carriage| {
        let entries = lines.iter().map(|line| entry(*line)).collect();
        domain::refund::Application { entries, goods: GoodsStatus::WaitBuyerReceive, ..ask(&order, payment, carriage) }
    };
    let first = succeed(&open(&order, &[], &of(&[1, 2], 100, 200)).unwrap());
    let earlier = std::slice::from_ref(&first);
    assert!(open(&order, earlier, &of(&[1, 3], 100, 100)).is_ok());
    let over = open(&order, earlier, &of(&[1, 3], 100, 101));
    assert_eq!(over, Err(ApplyError::Carriage { expected: CarriageRule::AtMost(Fen(100)) }));
    let over = open(&order, earlier, &of(&[2], 100, 1));
    assert_eq!(over, Err(ApplyError::Carriage { expected: CarriageRule::AtMost(Fen(0)) }));
}
