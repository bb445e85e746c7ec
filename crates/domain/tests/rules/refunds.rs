//! Refunds walked at random: no sequence of commands leaves the contract's states, and money stays within what was paid.

use crate::world::{NOW, all, ask, open, paid};
use domain::{
    Fen, Timestamp,
    order::{Order, OrderStatus},
    refund::{
        Command, Deadlines, DisputeRequest, GoodsStatus, Refund, RefundStatus, ReturnParcel, apply, machine::split,
    },
};
use proptest::prelude::*;

/// The contract's arrows, written out once more by hand: from, to.
const ARROWS: &[(RefundStatus, RefundStatus)] = &[
    (RefundStatus::WaitSellerAgree, RefundStatus::Success),
    (RefundStatus::WaitSellerAgree, RefundStatus::WaitBuyerSend),
    (RefundStatus::WaitSellerAgree, RefundStatus::WaitBuyerModify),
    (RefundStatus::WaitSellerAgree, RefundStatus::Close),
    (RefundStatus::WaitBuyerModify, RefundStatus::WaitSellerAgree),
    (RefundStatus::WaitBuyerModify, RefundStatus::Close),
    (RefundStatus::WaitBuyerSend, RefundStatus::WaitSellerReceive),
    (RefundStatus::WaitBuyerSend, RefundStatus::Close),
    (RefundStatus::WaitSellerReceive, RefundStatus::Success),
    (RefundStatus::WaitSellerReceive, RefundStatus::WaitBuyerModify),
    (RefundStatus::WaitSellerReceive, RefundStatus::Close),
];

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::SellerAgree),
        Just(Command::SellerReject { reason: "no".into() }),
        Just(Command::SellerReceive),
        Just(Command::InstantAgree),
        Just(Command::BuyerModify),
        Just(Command::BuyerSend(ReturnParcel { company: "ZTO".into(), bill: "31100".into() })),
        Just(Command::BuyerCancel),
        Just(Command::OrderReceived),
        Just(Command::OrderShipped),
        Just(Command::Timeout),
    ]
}

fn shipped(amounts: &[i64]) -> Order {
    let mut order = paid(amounts, 600);
    order.ship(&all(&order), NOW).unwrap();
    order
}

proptest! {
    #[test]
    fn no_walk_leaves_the_contracts_states(walk in prop::collection::vec((commands(), 0..20_000_000i64), 1..30), ret in any::<bool>()) {
        let order = shipped(&[900]);
        let mut asked = ask(&order, 900, 600);
        asked.goods = if ret { GoodsStatus::BuyerReceived } else { GoodsStatus::WaitBuyerReceive };
        asked.request = if ret { DisputeRequest::ReturnRefund } else { DisputeRequest::Refund };
        let mut refund = open(&order, &[], &asked).unwrap();
        let mut now = NOW;
        for (command, ms) in walk {
            now = now.plus_ms(ms);
            let Ok(step) = refund.step(&command, now, &Deadlines::default()) else { continue };
            prop_assert!(!refund.status.is_final(), "nothing follows a final state");
            prop_assert!(ARROWS.contains(&(refund.status, step.after.status)), "{:?} -> {:?}", refund.status, step.after.status);
            if command == Command::Timeout {
                prop_assert!(refund.timeout_at.is_some_and(|at| now >= at));
            }
            let paid_back = step.after.refund_payment.plus(step.after.refund_carriage);
            let expected = if step.after.status == RefundStatus::Success { Fen(1500) } else { Fen::ZERO };
            prop_assert_eq!(paid_back, expected);
            prop_assert_eq!(step.after.completed_at.is_some(), step.after.status.is_final());
            refund = step.after;
        }
    }

    #[test]
    fn refunds_never_exceed_what_was_paid(asks in prop::collection::vec((1..2000i64, 0..900i64, 1..4usize, any::<bool>()), 1..25)) {
        let mut order = shipped(&[900, 301]);
        let paid_in_all = order.total();
        let mut refunds: Vec<Refund> = Vec::new();
        for (payment, carriage, mask, agree) in asks {
            let mut asked = ask(&order, payment, carriage);
            asked.goods = GoodsStatus::WaitBuyerReceive;
            asked.entries = order.lines.iter().enumerate().filter(|(i, _)| mask & (i + 1) != 0).map(|(_, l)| l.id).collect();
            let Ok(refund) = open(&order, &refunds, &asked) else { continue };
            let command = if agree { Command::SellerAgree } else { Command::BuyerCancel };
            let done = refund.step(&command, NOW.plus_ms(refunds.len() as i64), &Deadlines::default()).unwrap().after;
            if done.status == RefundStatus::Success {
                let shares = apply::shares_of(&order, &refunds, &done);
                prop_assert_eq!(shares.iter().map(|(_, s)| *s).sum::<Fen>(), done.refund_payment);
                order.book_refund(&shares, done.refund_carriage, NOW);
            }
            refunds.push(done);
            prop_assert!(order.refunded <= paid_in_all, "{:?} of {:?}", order.refunded, paid_in_all);
            for line in &order.lines {
                prop_assert!(line.refunded <= line.amount);
                prop_assert_eq!(line.refunded, apply::refunded_goods(&order, line.id, &refunds), "both ledgers agree");
            }
        }
        let whole = order.lines.iter().all(|l| l.refunded == l.amount);
        prop_assert_eq!(whole, order.status == OrderStatus::Terminated);
    }

    #[test]
    fn a_split_is_exact_and_within_every_rest(rests in prop::collection::vec(0..10_000i64, 1..6), part in 0..=1000i64) {
        let keyed: Vec<_> = rests.iter().enumerate().map(|(i, r)| (i, Fen(*r))).collect();
        let whole: Fen = keyed.iter().map(|(_, r)| *r).sum();
        let payment = whole.share(Fen(part), Fen(1000));
        let shares = split(payment, &keyed);
        prop_assert_eq!(shares.iter().map(|(_, s)| *s).sum::<Fen>(), payment);
        for ((_, share), (_, rest)) in shares.iter().zip(&keyed) {
            prop_assert!(*share >= Fen::ZERO && share <= rest);
        }
    }
}

#[test]
fn an_unanswered_refund_before_shipment_succeeds_after_24_hours() {
    let order = paid(&[5800], 600);
    let refund = open(&order, &[], &ask(&order, 5800, 600)).unwrap();
    assert_eq!(refund.timeout_at, Some(NOW.plus_secs(24 * 3600)));
    let early = refund.step(&Command::Timeout, NOW.plus_secs(24 * 3600 - 1), &Deadlines::default());
    assert!(early.is_err());
    let step = refund.step(&Command::Timeout, NOW.plus_secs(24 * 3600), &Deadlines::default()).unwrap();
    assert_eq!((step.after.status, step.operate_type, step.by.role_id()), (RefundStatus::Success, 8, 4));
    assert_eq!(step.after.timeout_at, refund.timeout_at, "a final state keeps the last deadline");
}

#[test]
fn shipping_closes_a_refund_that_was_asked_before_it() {
    let order = paid(&[5800], 600);
    let refund = open(&order, &[], &ask(&order, 5800, 600)).unwrap();
    let step = refund.step(&Command::OrderShipped, NOW, &Deadlines::default()).unwrap();
    assert_eq!((step.after.status, step.operate_type), (RefundStatus::Close, 9));
    assert_eq!(step.action.word(), "SELLER_SEND_GOODS_CLOSE");
    let late = Timestamp(NOW.0 + 1);
    assert!(step.after.step(&Command::BuyerCancel, late, &Deadlines::default()).is_err());
}
