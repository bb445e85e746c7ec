//! Lists of orders, from the mirror.

use crate::{Caller, Platform, Result, mirror::OwnOrder};
use domain::{OrderId, Timestamp};
use storage::{OrderFilter, Period};

/// What is looked for. Times are inclusive at both ends.
#[derive(Debug, Clone, Default)]
pub struct OrderQuery {
    pub page: u32,
    pub page_size: u32,
    /// Status words of the marketplace; none means any.
    pub statuses: Vec<String>,
    /// Status words that are left out.
    pub not_statuses: Vec<String>,
    pub pay_status: Option<i64>,
    pub refund_status: Option<String>,
    pub created: (Option<Timestamp>, Option<Timestamp>),
    pub modified: (Option<Timestamp>, Option<Timestamp>),
    /// Part of a line's name.
    pub name: Option<String>,
    pub out_order_id: Option<String>,
    pub order_no: Option<String>,
    pub ids: Option<Vec<OrderId>>,
}

/// One page, newest first, and how many there are in all.
#[derive(Debug, Clone)]
pub struct Found {
    pub orders: Vec<OwnOrder>,
    pub total: i64,
}

impl Platform {
    pub async fn orders(&self, caller: &Caller, query: OrderQuery) -> Result<Found> {
        let period = |(from, to): (Option<Timestamp>, Option<Timestamp>)| Period { from, to };
        if query.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Found { orders: Vec::new(), total: 0 });
        }
        let filter = OrderFilter {
            user: Some(caller.user),
            statuses: query.statuses,
            not_statuses: query.not_statuses,
            refund_statuses: query.refund_status.into_iter().collect(),
            pay_status: query.pay_status,
            order_ids: query.ids.unwrap_or_default(),
            out_order_id: query.out_order_id,
            order_no: query.order_no,
            created: period(query.created),
            modified: period(query.modified),
            name: query.name,
        };
        let offset = i64::from(query.page.saturating_sub(1)) * i64::from(query.page_size);
        let found = self.storage.orders(caller.developer.id, &filter, offset, i64::from(query.page_size)).await?;
        let (records, total) = (found.items, found.total);
        let orders: Vec<OwnOrder> = records.into_iter().map(OwnOrder::read).collect::<Result<_>>()?;
        orders.iter().for_each(OwnOrder::show);
        Ok(Found { orders, total })
    }
}
