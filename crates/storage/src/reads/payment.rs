//! Payments that wait, or waited, for the operator.

use super::{Page, query::Query};
use crate::{
    Error, Storage,
    record::{self, Record},
    records::{Payment, PaymentState},
    value::Column,
};
use domain::{DeveloperId, OrderId};

/// Which payments. What is absent asks nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    pub developer: Option<DeveloperId>,
    pub state: Option<PaymentState>,
    /// Of orders that wait for payment (true), or of others (false).
    pub unpaid: Option<bool>,
}

impl PaymentFilter {
    fn query(&self) -> Query {
        let query = Query::default()
            .and("p.id >", &0)
            .and_some("p.developer_id =", self.developer.as_ref())
            .and_some("p.state =", self.state.as_ref());
        let waits = &["waitbuyerpay".to_owned()];
        match self.unpaid {
            Some(true) => query.and_in("o.status", waits),
            Some(false) => query.and_not_in("o.status", waits),
            None => query,
        }
    }
}

const JOINED: &str = "payments p JOIN orders o ON o.developer_id = p.developer_id AND o.order_id = p.order_id";

impl Storage {
    /// The payment, whosever order it is for: the operator's.
    pub async fn payment(&self, id: i64) -> Result<Option<Payment>, Error> {
        self.first(record::select::<Payment>("WHERE id = $1", vec![id.value()])).await
    }

    pub async fn payment_of(&self, developer: DeveloperId, order: OrderId) -> Result<Option<Payment>, Error> {
        let tail = "WHERE developer_id = $1 AND order_id = $2";
        self.first(record::select::<Payment>(tail, vec![developer.value(), order.value()])).await
    }

    /// A page of payments over all developers, the longest waiting first.
    pub async fn payments(&self, filter: PaymentFilter, offset: i64, limit: i64) -> Result<Page<Payment>, Error> {
        let query = filter.query();
        let columns: Vec<String> = Payment::COLUMNS.iter().map(|c| format!("p.{c}")).collect();
        let select = format!("SELECT {} FROM {JOINED}", columns.join(", "));
        let count = query.count(JOINED);
        self.page(count, query.page(&select, "p.submitted_at, p.id", offset, limit)).await
    }
}
