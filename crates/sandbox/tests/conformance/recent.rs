//! `Recent`: what was modified lately.

use super::{Market, stage::Seller};
use connector::{
    push::Subject,
    recent::{Modified, Span},
};
use domain::{OrderId, Timestamp};
use std::collections::BTreeSet;

const DAY_MS: i64 = 86_400_000;

/// The day after `from`.
fn day(from: Timestamp) -> Span {
    Span { from, to: from.plus_ms(DAY_MS) }
}

async fn orders(market: &Market, span: Span) -> Vec<Modified> {
    let listed = market.recent().orders(market.buyer(), span).await.expect("a list");
    assert!(listed.whole, "{listed:?}");
    listed.rows
}

async fn refunds(market: &Market, span: Span) -> Vec<Modified> {
    let listed = market.recent().refunds(market.buyer(), span).await.expect("a list");
    assert!(listed.whole, "{listed:?}");
    listed.rows
}

pub async fn a_list_has_what_was_modified_in_its_span_and_when(market: Market) {
    market.recent();
    let first = market.order_of(Seller::Obliging, 1).await;
    market.stage.pass(3600).await;
    let second = market.paid_order_of(Seller::Obliging, 1).await;
    let row = |id, at| Modified { subject: Subject::Order(id), at };
    let both = orders(&market, day(first.created_at)).await;
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both.contains(&row(first.id, first.modified_at)) && both.contains(&row(second.id, second.modified_at)));
    // Both ends are inside.
    let ends = Span { from: second.modified_at, to: second.modified_at };
    assert_eq!(orders(&market, ends).await, [row(second.id, second.modified_at)]);
    assert_eq!(orders(&market, day(second.modified_at.plus_ms(1))).await, []);

    market.stage.pass(3600).await;
    market.stage.ship(second.id).await;
    let shipped = market.order(second.id).await;
    let later = orders(&market, day(second.modified_at.plus_ms(1))).await;
    assert_eq!(later, [row(second.id, shipped.modified_at)], "it moved on with the order");
}

pub async fn a_refund_is_listed_with_its_order(market: Market) {
    market.recent();
    let order = market.paid_order_of(Seller::Silent, 1).await;
    let refund = market.refund_unshipped(&order).await;
    let asked = market.refund(refund).await;
    let row = |at| Modified { subject: Subject::Refund { refund, order: order.id }, at };
    assert_eq!(refunds(&market, day(asked.applied_at)).await, [row(asked.modified_at)]);
    market.stage.pass(60).await;
    market.stage.agree(refund).await;
    let agreed = market.refund(refund).await;
    let later = refunds(&market, day(asked.modified_at.plus_ms(1))).await;
    assert_eq!(later, [row(agreed.modified_at)]);
}

pub async fn a_long_list_has_each_order_once(market: Market) {
    const MANY: usize = 45;
    market.recent();
    let mut made = BTreeSet::new();
    let first = market.order_of(Seller::Obliging, 1).await;
    made.insert(first.id);
    for _ in 1..MANY {
        made.insert(market.order_of(Seller::Obliging, 1).await.id);
    }
    let rows = orders(&market, day(first.created_at)).await;
    let of = |row: &Modified| if let Subject::Order(id) = row.subject { Some(id) } else { None };
    let seen: Option<BTreeSet<OrderId>> = rows.iter().map(of).collect();
    assert_eq!((rows.len(), seen), (MANY, Some(made)));
}

pub async fn nobody_is_told_of_what_others_bought(market: Market) {
    market.recent();
    let order = market.paid_order_of(Seller::Silent, 1).await;
    market.refund_unshipped(&order).await;
    let (recent, stranger, span) = (market.recent(), market.stage.stranger(), day(order.created_at));
    for listed in [recent.orders(stranger, span).await, recent.refunds(stranger, span).await] {
        let listed = listed.expect("a list");
        assert_eq!((listed.rows, listed.whole), (Vec::new(), true));
    }
}
