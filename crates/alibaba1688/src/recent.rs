//! What was modified lately, by the lists of orders and refunds.
//!
//! Rows leave a span when they are modified again, and then the pages shift. So a list counts as whole only when as many
//! rows were seen as it says that there are.

use crate::{
    Alibaba1688, api,
    classify::unusable,
    wire::{
        Int, Time,
        envelope::Flat,
        order::{ListAsk as OrdersAsk, Trade},
        refund::{ListAsk as RefundsAsk, RefundDetail, RefundPage},
    },
};
use async_trait::async_trait;
use connector::{
    Recent, Result,
    push::Subject,
    recent::{Listed, Modified, Span},
};
use domain::{AccountId, OrderId};

/// Rows of one page, and how many pages are read of one span.
const PAGE: i64 = 20;
const PAGES: i64 = 20;

/// Rows of a page as they were printed, and how many rows there are in all.
type Page = (Vec<Modified>, Option<i64>);

#[derive(Clone, Copy)]
enum List {
    Orders,
    Refunds,
}

#[async_trait]
impl Recent for Alibaba1688 {
    async fn orders(&self, account: AccountId, span: Span) -> Result<Listed> {
        self.gathered(List::Orders, account, span).await
    }

    async fn refunds(&self, account: AccountId, span: Span) -> Result<Listed> {
        self.gathered(List::Refunds, account, span).await
    }
}

impl Alibaba1688 {
    async fn gathered(&self, list: List, account: AccountId, span: Span) -> Result<Listed> {
        let mut listed = Listed::default();
        let mut expected = 0;
        for page in 0..PAGES {
            let (rows, total) = match list {
                List::Orders => self.orders_page(account, span, page + 1).await?,
                List::Refunds => self.refunds_page(account, span, page).await?,
            };
            let short = i64::try_from(rows.len()).is_ok_and(|n| n < PAGE);
            for row in rows {
                if !listed.rows.iter().any(|seen| seen.subject == row.subject) {
                    listed.rows.push(row);
                }
            }
            let seen = i64::try_from(listed.rows.len()).unwrap_or(i64::MAX);
            expected = expected.max(total.unwrap_or(0));
            listed.whole = seen >= expected && (short || total.is_some());
            if short || listed.whole {
                break;
            }
        }
        Ok(listed)
    }

    async fn orders_page(&self, account: AccountId, span: Span, page: i64) -> Result<Page> {
        let fields = OrdersAsk {
            page: Some(Int(page)),
            page_size: Some(Int(PAGE)),
            modify_start_time: Some(Time(span.from)),
            modify_end_time: Some(Time(span.to)),
            ..OrdersAsk::default()
        };
        let answer = self.ask(&api::ORDERS, account, &fields).await?;
        let list: Flat<Vec<Trade>> = answer.read()?;
        let rows = list.result.unwrap_or_default();
        let rows: Option<Vec<Modified>> = rows.iter().map(order).collect();
        let rows = rows.ok_or_else(|| unusable(&api::ORDERS, "an order without id or modifyTime"))?;
        Ok((rows, list.total_record.map(|n| n.0)))
    }

    /// Pages are documented to begin at 0; where they begin at 1, the first comes twice.
    async fn refunds_page(&self, account: AccountId, span: Span, page: i64) -> Result<Page> {
        let fields = RefundsAsk {
            current_page_num: Some(Int(page)),
            page_size: Some(Int(PAGE)),
            dipsute_type: Some(Int(0)),
            modify_start_time: Some(Time(span.from)),
            modify_end_time: Some(Time(span.to)),
            ..RefundsAsk::default()
        };
        let answer = self.ask(&api::REFUNDS, account, &fields).await?;
        let list: Flat<RefundPage> = answer.read()?;
        let list = list.result.unwrap_or_default();
        let rows = list.op_order_refund_models.unwrap_or_default();
        let rows: Option<Vec<Modified>> = rows.iter().map(refund).collect();
        let rows = rows.ok_or_else(|| unusable(&api::REFUNDS, "a refund without id, orderId or gmtModified"))?;
        Ok((rows, list.total_count.map(|n| n.0)))
    }
}

fn order(trade: &Trade) -> Option<Modified> {
    let base = trade.base_info.as_ref()?;
    let id = OrderId::new(base.id?.0).ok()?;
    Some(Modified { subject: Subject::Order(id), at: base.modify_time?.0 })
}

fn refund(row: &RefundDetail) -> Option<Modified> {
    let refund = row.refund_id.as_ref()?.0.parse().ok()?;
    let order = OrderId::new(row.order_id?.0).ok()?;
    Some(Modified { subject: Subject::Refund { refund, order }, at: row.gmt_modified?.0 })
}
