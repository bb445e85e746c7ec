//! `alibaba.trade.getBuyerOrderList`: the buyer's orders, newest first.

use super::printed;
use crate::{
    api::{Answer, ApiError, Caller, Params},
    economy::{Economy, record::OrderRecord},
};
use alibaba1688::wire::{Flag, Int, envelope::Flat};
use domain::{OrderId, Timestamp};

const DEFAULT_SIZE: i64 = 20;
const MAX_SIZE: i64 = 50;

/// What the list is narrowed to.
struct Filter {
    status: Option<String>,
    refund: Option<String>,
    created: (Option<Timestamp>, Option<Timestamp>),
    modified: (Option<Timestamp>, Option<Timestamp>),
    product: Option<String>,
    seller_member: Option<String>,
    seller_login: Option<String>,
    number: Option<String>,
    ids: Option<Vec<OrderId>>,
    /// The history table, which a young world has not.
    history: bool,
}

pub async fn get_buyer_order_list(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let filter = Filter::read(params)?;
    let page = params.i64("page")?.unwrap_or(1).max(1);
    let size = params.i64("pageSize")?.unwrap_or(DEFAULT_SIZE).clamp(1, MAX_SIZE);
    let skip = usize::try_from((page - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let found = economy.decide(|world| {
        let records: Vec<&OrderRecord> = world.state.orders_of(account).filter(|r| filter.lets(r)).collect();
        let rows = records.iter().skip(skip).take(usize::try_from(size).unwrap_or(0));
        let rows: Vec<_> = rows.map(|r| world.view(r).row()).collect();
        Ok((rows, records.len()))
    });
    let (rows, total) = found.await.map_err(|f| f.wrapped(super::flat_refusal))?;
    Ok(printed(&Flat {
        result: Some(rows),
        total_record: Some(Int(i64::try_from(total).unwrap_or(i64::MAX))),
        success: Some(Flag(true)),
        ..Flat::default()
    }))
}

impl Filter {
    fn read(params: &Params) -> Result<Self, ApiError> {
        let text = |name| params.str(name).map(str::to_owned);
        let ids: Option<Vec<Int>> = params.json("orderIds")?;
        Ok(Self {
            status: text("orderStatus"),
            refund: text("refundStatus"),
            created: (time(params, "createStartTime")?, time(params, "createEndTime")?),
            modified: (time(params, "modifyStartTime")?, time(params, "modifyEndTime")?),
            product: text("productName"),
            seller_member: text("sellerMemberId"),
            seller_login: text("sellerLoginId"),
            number: text("outOrderId"),
            ids: ids.map(|ids| ids.into_iter().filter_map(|id| OrderId::new(id.0).ok()).collect()),
            history: params.bool("isHis")?.unwrap_or(false),
        })
    }

    fn lets(&self, record: &OrderRecord) -> bool {
        let order = &record.order;
        let is = |wanted: &Option<String>, word: &str| wanted.as_deref().is_none_or(|w| w == word);
        let refund = |w: &str| [order.refund_in_sale, order.refund_after_sale].iter().flatten().any(|s| s.word() == w);
        !self.history
            && is(&self.status, order.status.word())
            && self.refund.as_deref().is_none_or(refund)
            && within(self.created, order.created_at)
            && within(self.modified, order.modified_at)
            && self.product.as_deref().is_none_or(|p| order.lines.iter().any(|l| l.name.contains(p)))
            && is(&self.seller_member, &order.seller.member_id)
            && is(&self.seller_login, &order.seller.login_id)
            && self.number.as_deref().is_none_or(|n| order.out_order_id.as_deref() == Some(n))
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&order.id))
    }
}

/// Both ends are inside.
pub fn within((from, to): (Option<Timestamp>, Option<Timestamp>), at: Timestamp) -> bool {
    from.is_none_or(|t| t <= at) && to.is_none_or(|t| at <= t)
}

/// The upstream's form; the plain text form is taken as well.
pub fn time(params: &Params, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let read = |t: &str| Timestamp::from_compact(t).or_else(|| Timestamp::from_text(t));
    params.str(name).map(|t| read(t).ok_or_else(|| ApiError::invalid(name, "yyyyMMddHHmmssSSSZ"))).transpose()
}
