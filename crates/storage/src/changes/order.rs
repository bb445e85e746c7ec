//! Orders and their refunds. A refund is reachable only through a change of its order, so it cannot be written without
//! the order's version being expected.

use super::Changes;
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
}

impl OrderChange {
    /// A new order. Conflicts where it, or its `order_no`, exists; also under another developer.
    pub fn insert(order: &Order) -> Self {
        Self { steps: vec![Step::one(What::Order, record::insert(&searchable(order)))] }
    }

    /// Overwrites the order. Expects the version that it was read with.
    pub fn update(order: &Order) -> Self {
        Self { steps: vec![Step::one(What::Order, record::update(&searchable(order)))] }
    }

    /// Leaves the order as it is but for its version, for a change of its refunds alone.
    pub fn touch(order: &Order) -> Self {
        const SQL: &str = "UPDATE orders SET version = version + 1 \
            WHERE developer_id = $1 AND order_id = $2 AND version = $3";
        let params = vec![order.developer_id.value(), order.order_id.value(), order.version.value()];
        Self { steps: vec![Step::one(What::Order, Statement::new(SQL, params))] }
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
        self
    }
}

fn searchable(order: &Order) -> Order {
    Order { names: order.names.to_lowercase(), ..order.clone() }
}
