//! Orders and their refunds. A refund is reachable only through a change of its order, so it cannot be written without
//! the order's version being expected.

use super::{Changes, tally::Tally};
use crate::{
    What,
    record::{self, Record},
    records::{Order, Refund},
    step::Step,
    value::{Column, Statement},
};

/// A change of one order, with its refunds.
#[derive(Debug, Clone)]
#[must_use = "a change does nothing until it is part of Changes"]
pub struct OrderChange {
    steps: Vec<Step>,
    tally: Tally,
}

impl OrderChange {
    /// A new order. Conflicts where it, or its `order_no`, exists; also under another developer.
    pub fn insert(order: &Order) -> Self {
        let mut tally = Tally::default();
        tally.add(order, 1);
        Self { steps: vec![Step::one(What::Order, record::insert(&searchable(order)))], tally }
    }

    /// Overwrites the order. Expects the version that it was read with, and `was` as it was read.
    pub fn update(was: &Order, order: &Order) -> Self {
        let mut tally = Tally::default();
        if (&was.status, was.pay_status) != (&order.status, order.pay_status) {
            tally.add(was, -1);
            tally.add(order, 1);
        }
        Self { steps: vec![Step::one(What::Order, record::update(&searchable(order)))], tally }
    }

    /// Leaves the order as it is but for its version, for a change of its refunds alone.
    pub fn touch(order: &Order) -> Self {
        const SQL: &str = "UPDATE orders SET version = version + 1 \
            WHERE developer_id = $1 AND order_id = $2 AND version = $3";
        let params = vec![order.developer_id.value(), order.order_id.value(), order.version.value()];
        Self { steps: vec![Step::one(What::Order, Statement::new(SQL, params))], tally: Tally::default() }
    }

    pub fn insert_refund(self, refund: &Refund) -> Self {
        self.refund(record::insert(refund))
    }

    /// Overwrites the refund. Expects the version that it was read with.
    pub fn update_refund(self, refund: &Refund) -> Self {
        self.refund(record::update(refund))
    }

    fn refund(mut self, statement: Statement) -> Self {
        self.steps.push(Step::one(Refund::WHAT, statement));
        self
    }
}

impl Changes {
    pub fn order(mut self, change: OrderChange) -> Self {
        self.steps.extend(change.steps);
        self.tally.merge(change.tally);
        self
    }
}

fn searchable(order: &Order) -> Order {
    Order { names: order.names.to_lowercase(), ..order.clone() }
}
