//! Orders.

use super::{Page, Period, query::Query};
use crate::{
    Error, Storage,
    record::{self, Record},
    records::Order,
    value::{Column, Value},
};
use domain::{DeveloperId, Marketplace, OrderId, Timestamp, UserId};

/// Which orders of a developer. What is empty or absent asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    pub user: Option<UserId>,
    pub statuses: Vec<String>,
    pub not_statuses: Vec<String>,
    pub refund_statuses: Vec<String>,
    pub pay_status: Option<i64>,
    pub order_ids: Vec<OrderId>,
    pub out_order_id: Option<String>,
    pub order_no: Option<String>,
    pub created: Period,
    pub modified: Period,
    /// Part of a line's name, in whatever case.
    pub name: Option<String>,
}

impl OrderFilter {
    /// Whether orders are counted by all that is asked: user, state and when they were made.
    pub(super) fn is_counted(&self) -> bool {
        let Self { user, refund_statuses, order_ids, out_order_id, order_no, modified, name, .. } = self;
        user.is_some()
            && refund_statuses.is_empty()
            && order_ids.is_empty()
            && out_order_id.is_none()
            && order_no.is_none()
            && *modified == Period::default()
            && name.as_ref().is_none_or(String::is_empty)
    }

    /// The conditions by state, whose columns orders and their counts share.
    pub(super) fn states(&self, query: Query) -> Query {
        query
            .and_in("status", &self.statuses)
            .and_not_in("status", &self.not_statuses)
            .and_some("pay_status =", self.pay_status.as_ref())
    }

    fn query(&self, developer: DeveloperId) -> Query {
        let owned = Query::default().and("developer_id =", &developer).and_some("user_id =", self.user.as_ref());
        self.states(owned)
            .and_in("refund_status", &self.refund_statuses)
            .and_in("order_id", &self.order_ids)
            .and_some("out_order_id =", self.out_order_id.as_ref())
            .and_some("order_no =", self.order_no.as_ref())
            .and_within("created_at", self.created)
            .and_within("modified_at", self.modified)
            .and_contains("names", self.name.as_deref())
    }
}

impl Storage {
    pub async fn order(&self, developer: DeveloperId, id: OrderId) -> Result<Option<Order>, Error> {
        self.first(record::by_key::<Order>(vec![developer.value(), id.value()])).await
    }

    /// The order whoever owns it, for what a marketplace tells us.
    pub async fn owned_order(&self, marketplace: Marketplace, id: OrderId) -> Result<Option<Order>, Error> {
        let tail = "WHERE marketplace = $1 AND order_id = $2";
        self.first(record::select::<Order>(tail, vec![marketplace.value(), id.value()])).await
    }

    pub async fn order_by_no(&self, developer: DeveloperId, order_no: &str) -> Result<Option<Order>, Error> {
        let tail = "WHERE developer_id = $1 AND order_no = $2";
        self.first(record::select::<Order>(tail, vec![developer.value(), order_no.to_owned().value()])).await
    }

    /// The orders that carry the caller's number, by id.
    pub async fn orders_by_out_order_id(
        &self,
        developer: DeveloperId,
        user: UserId,
        out_order_id: &str,
    ) -> Result<Vec<Order>, Error> {
        let tail = "WHERE developer_id = $1 AND user_id = $2 AND out_order_id = $3 ORDER BY order_id";
        let params = vec![developer.value(), user.value(), out_order_id.to_owned().value()];
        self.all(record::select::<Order>(tail, params).short()).await
    }

    /// The orders that were made under our own number, by id.
    pub async fn orders_by_own_number(&self, developer: DeveloperId, own: &str) -> Result<Vec<Order>, Error> {
        let tail = "WHERE developer_id = $1 AND own_number = $2 ORDER BY order_id";
        self.all(record::select::<Order>(tail, vec![developer.value(), own.to_owned().value()]).short()).await
    }

    /// A page of orders: the last made first, the larger id first where two were made at once.
    pub async fn orders(
        &self,
        developer: DeveloperId,
        filter: &OrderFilter,
        offset: i64,
        limit: i64,
    ) -> Result<Page<Order>, Error> {
        if filter.is_counted() {
            return self.counted_orders(developer, filter, offset, limit).await;
        }
        let query = filter.query(developer);
        let count = query.count(Order::TABLE);
        let select = format!("SELECT {} FROM {}", Order::COLUMNS.join(", "), Order::TABLE);
        self.page(count, query.page(&select, "created_at DESC, order_id DESC", offset, limit)).await
    }

    /// Orders that may still change and were not looked at since `before`, the longest unseen first.
    pub async fn open_orders(
        &self,
        marketplace: Marketplace,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<Order>, Error> {
        let tail = "WHERE status NOT IN ('success', 'cancel', 'terminated') AND observed_at < $1 \
            AND marketplace = $2 ORDER BY observed_at LIMIT $3";
        self.all(record::select::<Order>(tail, vec![before.value(), marketplace.value(), Value::Int(limit)])).await
    }

    pub(super) async fn page<R: Record>(
        &self,
        count: crate::value::Statement,
        page: crate::value::Statement,
    ) -> Result<Page<R>, Error> {
        let mut answers = self.backend.read(vec![count, page]).await?.into_iter();
        let mut next = || answers.next().unwrap_or_default();
        let total = match next().into_iter().next() {
            Some(row) => row.cells(R::TABLE).next("count")?,
            None => 0,
        };
        Ok(Page { items: next().into_iter().map(R::from_row).collect::<Result<_, _>>()?, total })
    }
}
