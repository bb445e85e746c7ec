//! Refunds.

use crate::{
    Error, Storage, record,
    records::Refund,
    value::{Column, Value},
};
use domain::{DeveloperId, Marketplace, OrderId, RefundId, Timestamp};

impl Storage {
    pub async fn refund(&self, developer: DeveloperId, id: RefundId) -> Result<Option<Refund>, Error> {
        self.first(record::by_key::<Refund>(vec![developer.value(), id.value()])).await
    }

    /// All refunds of an order, by id.
    pub async fn refunds_of(&self, developer: DeveloperId, order: OrderId) -> Result<Vec<Refund>, Error> {
        let tail = "WHERE developer_id = $1 AND order_id = $2 ORDER BY refund_id";
        self.all(record::select::<Refund>(tail, vec![developer.value(), order.value()]).short()).await
    }

    /// Refunds that may still change and were not looked at since `before`, the longest unseen first.
    pub async fn open_refunds(
        &self,
        marketplace: Marketplace,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<Refund>, Error> {
        let tail = "WHERE status NOT IN ('refundsuccess', 'refundclose') AND observed_at < $1 \
            AND EXISTS (SELECT 1 FROM orders o WHERE o.developer_id = refunds.developer_id \
            AND o.order_id = refunds.order_id AND o.marketplace = $2) ORDER BY observed_at LIMIT $3";
        self.all(record::select::<Refund>(tail, vec![before.value(), marketplace.value(), Value::Int(limit)])).await
    }
}
