//! Refunds.

use crate::{
    Error, Storage, record,
    records::Refund,
    value::{Column, Value},
};
use domain::{DeveloperId, OrderId, RefundId, Timestamp};

impl Storage {
    pub async fn refund(&self, developer: DeveloperId, id: RefundId) -> Result<Option<Refund>, Error> {
        self.first(record::by_key::<Refund>(vec![developer.value(), id.value()])).await
    }

    /// All refunds of an order, by id.
    pub async fn refunds_of(&self, developer: DeveloperId, order: OrderId) -> Result<Vec<Refund>, Error> {
        let tail = "WHERE developer_id = $1 AND order_id = $2 ORDER BY refund_id";
        self.all(record::select::<Refund>(tail, vec![developer.value(), order.value()])).await
    }

    /// Refunds that may still change and were not looked at since `before`, the longest unseen first.
    pub async fn open_refunds(&self, before: Timestamp, limit: i64) -> Result<Vec<Refund>, Error> {
        let tail = "WHERE status NOT IN ('refundsuccess', 'refundclose') AND observed_at < $1 \
            ORDER BY observed_at LIMIT $2";
        self.all(record::select::<Refund>(tail, vec![before.value(), Value::Int(limit)])).await
    }
}
