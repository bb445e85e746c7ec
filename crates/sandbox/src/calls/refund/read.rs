//! The after-sales calls that only look.

use super::super::order::{order_id, printed};
use crate::{
    api::{Answer, ApiError, Caller, Params},
    calls::order::within,
    economy::{
        Economy, Refusal, World,
        record::RefundRecord,
        refund_view::{self, Wanted},
    },
};
use alibaba1688::wire::{
    Flag, Int,
    envelope::Flat,
    refund::{DetailResult, OperationsResult, OrderRefundsResult, RefundDetail, RefundPage},
};
use domain::{AccountId, RefundId, Timestamp, refund::RefundStatus};
use serde::Serialize;
use serde_json::{Value, json};

const DEFAULT_SIZE: i64 = 20;
const MAX_SIZE: i64 = 100;
/// How far back `applyStartTime` may lie.
const OLDEST_MS: i64 = 730 * 24 * 3_600_000;

/// `alibaba.trade.refund.OpQueryOrderRefund`.
pub async fn op_query_order_refund(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = params.require("refundId")?.to_owned();
    let wanted = Wanted {
        timeout: params.bool("needTimeOutInfo")?.unwrap_or(false),
        operations: params.bool("needOrderRefundOperation")?.unwrap_or(false),
    };
    let found = economy.decide(|world| {
        let record = own(world, account, &id)?;
        let order = world.order(record.refund.order_id)?;
        Ok(refund_view::detail(&record, &order, wanted))
    });
    let detail = found.await.map_err(|f| f.wrapped(flat))?;
    Ok(ok(DetailResult { op_order_refund_model_detail: Some(detail) }))
}

/// `alibaba.trade.refund.OpQueryOrderRefundOperationList`: pages count from 1.
pub async fn op_query_order_refund_operation_list(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = params.require("refundId")?.to_owned();
    let page = params.i64("pageNo")?.unwrap_or(1).max(1);
    let size = params.i64("pageSize")?.unwrap_or(DEFAULT_SIZE).clamp(1, MAX_SIZE);
    let found = economy.decide(|world| Ok(refund_view::operations(&own(world, account, &id)?)));
    let mut steps = found.await.map_err(|f| f.wrapped(flat))?;
    steps = page_of(steps, page - 1, size);
    Ok(ok(OperationsResult { op_order_refund_operation_models: Some(steps) }))
}

/// `alibaba.trade.refund.OpQueryBatchRefundByOrderIdAndStatus`: in-sale refunds of an order.
pub async fn op_query_batch_refund(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "orderId")?;
    let wanted: fn(&RefundRecord) -> bool = match params.require("queryType")? {
        "1" => |r| r.refund.is_open(),
        "3" => |r| r.refund.status == RefundStatus::Success,
        _ => return Err(ApiError::invalid("queryType", "1 or 3")),
    };
    let found = economy.decide(|world| {
        let unknown = |_| Refusal::new("500", json!({"errorCode": "ORDER_NOT_EXIST"}).to_string());
        let order = world.order_of(account, id).map_err(unknown)?;
        let rows = world.state.refunds_of(id).filter(|r| !r.refund.after_sale && wanted(r));
        Ok(rows.map(|r| refund_view::row(r, &order)).collect::<Vec<RefundDetail>>())
    });
    let rows = found.await.map_err(|f| f.wrapped(flat))?;
    Ok(ok(OrderRefundsResult { op_order_refund_models: Some(rows) }))
}

/// What the list is narrowed to.
struct Filter {
    order: Option<i64>,
    applied: (Option<Timestamp>, Option<Timestamp>),
    modified: (Option<Timestamp>, Option<Timestamp>),
    statuses: Vec<String>,
    seller: Option<String>,
    bill: Option<String>,
    /// 1 in-sale, 2 after-sale, 0 all.
    kind: i64,
}

/// `alibaba.trade.refund.buyer.queryOrderRefundList`: last changed first, pages count from 0.
pub async fn query_order_refund_list(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let filter = Filter::read(params)?;
    let page = params.i64("currentPageNum")?.unwrap_or(0).max(0);
    let size = params.i64("pageSize")?.unwrap_or(DEFAULT_SIZE).clamp(1, MAX_SIZE);
    let found = economy.decide(|world| {
        if filter.applied.0.is_some_and(|t| world.now.ms_since(t) > OLDEST_MS) {
            return Err(Refusal::new("APPLY_TIME_ERROR", "applyStartTime is more than 730 days back"));
        }
        let rows: Vec<_> = world.refunds_of_buyer(account, filter.order);
        let rows: Vec<_> = rows.into_iter().filter(|r| filter.lets(world, r)).collect();
        let total = rows.len();
        let print = |r: &RefundRecord| world.order(r.refund.order_id).map(|o| refund_view::row(r, &o));
        let rows = page_of(rows, page, size).into_iter().map(print).collect::<Result<Vec<_>, _>>()?;
        Ok((rows, total))
    });
    let (rows, total) = found.await.map_err(|f| f.wrapped(list_refusal))?;
    Ok(printed(&Flat {
        result: Some(RefundPage {
            op_order_refund_models: Some(rows),
            total_count: Some(Int(i64::try_from(total).unwrap_or(i64::MAX))),
            current_page_num: Some(Int(page)),
        }),
        success: Some(Flag(true)),
        ..Flat::default()
    }))
}

impl Filter {
    fn read(params: &Params) -> Result<Self, ApiError> {
        let text = |name| params.str(name).map(str::to_owned);
        let time = |name| crate::calls::order::time(params, name);
        Ok(Self {
            order: params.i64("orderId")?,
            applied: (time("applyStartTime")?, time("applyEndTime")?),
            modified: (time("modifyStartTime")?, time("modifyEndTime")?),
            statuses: params.json("refundStatusSet")?.unwrap_or_default(),
            seller: text("sellerMemberId"),
            bill: text("logisticsNo"),
            kind: params.i64("dipsuteType")?.unwrap_or(0),
        })
    }

    fn lets(&self, world: &World<'_>, record: &RefundRecord) -> bool {
        let refund = &record.refund;
        let seller = || world.state.order(refund.order_id).map(|o| o.order.seller.member_id.as_str());
        let bill = || refund.return_parcel.as_ref().map(|p| p.bill.as_str());
        within(self.applied, refund.applied_at)
            && within(self.modified, refund.modified_at)
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| s == refund.status.word()))
            && self.seller.as_deref().is_none_or(|s| seller() == Some(s))
            && self.bill.as_deref().is_none_or(|b| bill() == Some(b))
            && match self.kind {
                1 => !refund.after_sale,
                2 => refund.after_sale,
                _ => true,
            }
    }
}

/// A refund of this account; anything else is the one refusal that this call has.
fn own(world: &World<'_>, account: AccountId, id: &str) -> Result<RefundRecord, Refusal> {
    let found = id.parse::<RefundId>().ok().and_then(|id| world.refund(id).ok());
    let own = found.filter(|r| r.account == account);
    own.ok_or_else(|| Refusal::new("500", "退款单不存在或不属于当前用户，退款编号应以TD开头"))
}

fn page_of<T>(rows: Vec<T>, page: i64, size: i64) -> Vec<T> {
    let skip = usize::try_from(page.saturating_mul(size)).unwrap_or(usize::MAX);
    rows.into_iter().skip(skip).take(usize::try_from(size).unwrap_or(0)).collect()
}

fn ok<T: Serialize>(result: T) -> Value {
    printed(&Flat { result: Some(result), ..Flat::default() })
}

fn flat(refusal: Refusal) -> Value {
    printed(&Flat::<Value> {
        error_code: Some(refusal.code.into()),
        error_message: Some(refusal.text),
        ..Flat::default()
    })
}

fn list_refusal(refusal: Refusal) -> Value {
    printed(&Flat::<Value> {
        success: Some(Flag(false)),
        error_code: Some(refusal.code.into()),
        error_msg: Some(refusal.text),
        ..Flat::default()
    })
}
