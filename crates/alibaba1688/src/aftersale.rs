//! Refunds and returns.

use crate::{
    Alibaba1688, api,
    classify::unusable,
    gateway::{Ask, read},
    map,
    ordering::{done, missing},
    wire::{
        Int,
        envelope::{Flat, Nested},
        refund::{
            CompanyRow, CreateAsk, DetailAsk, DetailResult, EntryCount, ListAsk, ReasonList, ReasonRow, ReasonsAsk,
            RefundAsk, RefundCreated, RefundDetail, RefundPage, ReturnAsk, VoucherUploaded,
        },
    },
};
use async_trait::async_trait;
use bytes::Bytes;
use connector::{
    Aftersale, Kind, Observed, Result,
    aftersale::{Company, SendBack, Voucher},
};
use domain::{
    AccountId, Document, EntryId, OrderId, RefundId,
    refund::{Application, GoodsStatus, Reason, Refund},
};
use serde_json::{json, value::RawValue};

/// Rows of one page of the refund list, and how many pages are read at most.
const PAGE: i64 = 50;
const PAGES: i64 = 40;

#[async_trait]
impl Aftersale for Alibaba1688 {
    async fn reasons(
        &self,
        account: AccountId,
        order: OrderId,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Vec<Reason>> {
        let fields = ReasonsAsk {
            order_id: Some(Int(order.get())),
            order_entry_ids: Some(ids(entries)),
            goods_status: Some(goods.word().to_owned()),
        };
        let answer = self.ask(&api::REASONS, account, &fields).await?;
        let list: Nested<ReasonList> = answer.read()?;
        let list = list.result.and_then(|outcome| outcome.result).unwrap_or_default();
        list.reasons.unwrap_or_default().into_iter().map(reason).collect()
    }

    async fn upload_voucher(&self, account: AccountId, jpg: Bytes) -> Result<Voucher> {
        let ask = Ask { file: Some(jpg), ..Ask::new(&api::VOUCHER, &json!({}))? };
        let answer = self.make(ask, Some(account)).await?;
        let uploaded: Nested<VoucherUploaded> = answer.read()?;
        let place = uploaded.result.and_then(|outcome| outcome.result).unwrap_or_default();
        match (place.image_domain, place.image_relative_url) {
            (Some(domain), Some(path)) => Ok(Voucher { domain, path }),
            _ => Err(unusable(&api::VOUCHER, "the answer does not say where the image lies")),
        }
    }

    async fn apply(&self, account: AccountId, ask: &Application) -> Result<RefundId> {
        let answer = self.ask(&api::REFUND_CREATE, account, &application(ask)).await?;
        let created: Nested<RefundCreated> = answer.read()?;
        let id = created.result.and_then(|outcome| outcome.result).and_then(|r| r.refund_id);
        id.and_then(|id| id.0.parse().ok()).ok_or_else(|| unusable(&api::REFUND_CREATE, "the answer names no refund"))
    }

    async fn refund(&self, account: AccountId, id: RefundId) -> Result<Observed<Refund>> {
        let fields = DetailAsk {
            refund_id: Some(id.to_string()),
            need_time_out_info: Some(true),
            need_order_refund_operation: Some(true),
        };
        let answer = self.ask(&api::REFUND, account, &fields).await?;
        let found: Flat<DetailResult<Box<RawValue>>> = answer.read()?;
        let record = found.result.and_then(|r| r.op_order_refund_model_detail);
        let record = record.ok_or_else(|| missing(&api::REFUND, Kind::RefundNotFound))?;
        let detail: RefundDetail = read(&api::REFUND, record.get())?;
        let core = map::refund(&detail).map_err(|odd| unusable(&api::REFUND, odd.0))?;
        if core.id != id {
            return Err(unusable(&api::REFUND, "the answer is of another refund"));
        }
        Ok(Observed { core, document: Document(record.get().to_owned()) })
    }

    /// Rows of the list carry no steps, so each refund that it names is read by itself.
    async fn refunds_of(&self, account: AccountId, order: OrderId) -> Result<Vec<Refund>> {
        let mut refunds = Vec::new();
        for id in self.refund_ids(account, order).await? {
            refunds.push(self.refund(account, id).await?.core);
        }
        Ok(refunds)
    }

    async fn send_back(&self, account: AccountId, ask: &SendBack) -> Result<()> {
        let fields = ReturnAsk {
            refund_id: Some(ask.refund.to_string()),
            logistics_company_no: Some(ask.company.clone()),
            freight_bill: Some(ask.bill.clone()),
            description: ask.description.clone(),
            vouchers: Some(ask.vouchers.clone()).filter(|v| !v.is_empty()),
        };
        done(&self.ask(&api::REFUND_RETURN, account, &fields).await?)
    }

    async fn cancel(&self, account: AccountId, id: RefundId) -> Result<()> {
        let fields = RefundAsk { refund_id: Some(id.to_string()) };
        done(&self.ask(&api::REFUND_CANCEL, account, &fields).await?)
    }

    async fn companies(&self) -> Result<Vec<Company>> {
        let answer = self.ask_for_all(&api::COMPANIES, &json!({})).await?;
        let rows: Flat<Vec<CompanyRow>> = answer.read()?;
        rows.result.unwrap_or_default().into_iter().map(company).collect()
    }
}

impl Alibaba1688 {
    /// All pages, until as many refunds as the list counts have been seen. Pages are documented to begin at 0; where they
    /// begin at 1, the first comes twice and nothing is missed.
    async fn refund_ids(&self, account: AccountId, order: OrderId) -> Result<Vec<RefundId>> {
        let mut seen: Vec<RefundId> = Vec::new();
        for page in 0..PAGES {
            let (rows, total) = self.refund_page(account, order, page).await?;
            let short = i64::try_from(rows.len()).is_ok_and(|n| n < PAGE);
            seen.extend(rows);
            seen.sort_unstable();
            seen.dedup();
            let all = i64::try_from(seen.len()).unwrap_or(i64::MAX);
            if total.map_or(short, |total| all >= total) {
                return Ok(seen);
            }
        }
        Err(unusable(&api::REFUNDS, "the list has fewer refunds than it counts"))
    }

    async fn refund_page(&self, account: AccountId, order: OrderId, page: i64) -> Result<(Vec<RefundId>, Option<i64>)> {
        let fields = ListAsk {
            order_id: Some(Int(order.get())),
            current_page_num: Some(Int(page)),
            page_size: Some(Int(PAGE)),
            dipsute_type: Some(Int(0)),
            ..ListAsk::default()
        };
        let answer = self.ask(&api::REFUNDS, account, &fields).await?;
        let list: Flat<RefundPage> = answer.read()?;
        let list = list.result.ok_or_else(|| unusable(&api::REFUNDS, "an answer without a list"))?;
        let rows = list.op_order_refund_models.unwrap_or_default();
        let ids: Option<Vec<RefundId>> =
            rows.into_iter().map(|row| row.refund_id.and_then(|id| id.0.parse().ok())).collect();
        let ids = ids.ok_or_else(|| unusable(&api::REFUNDS, "a refund without id"))?;
        Ok((ids, list.total_count.map(|n| n.0)))
    }
}

fn ids(entries: &[EntryId]) -> Vec<Int> {
    entries.iter().map(|e| Int(e.get())).collect()
}

fn application(ask: &Application) -> CreateAsk {
    let count = |share: &domain::refund::EntryShare| EntryCount {
        id: Some(Int(share.entry.get())),
        count: Some(Int(share.count.into())),
    };
    CreateAsk {
        order_id: Some(Int(ask.order_id.get())),
        order_entry_ids: Some(ids(&ask.entries)),
        dispute_request: Some(ask.request.word().to_owned()),
        apply_payment: Some(Int(ask.payment.0)),
        apply_carriage: Some(Int(ask.carriage.0)),
        apply_reason_id: Some(Int(ask.reason_id)),
        description: Some(ask.description.clone()),
        goods_status: Some(ask.goods.word().to_owned()),
        vouchers: Some(ask.vouchers.clone()).filter(|v| !v.is_empty()),
        order_entry_count_list: ask.counts.as_ref().map(|counts| counts.iter().map(count).collect()),
    }
}

fn reason(row: ReasonRow) -> Result<Reason> {
    Ok(Reason {
        id: row.id.ok_or_else(|| unusable(&api::REASONS, "a reason without id"))?.0,
        name: row.name.unwrap_or_default(),
        need_voucher: row.need_voucher.unwrap_or_default(),
        no_refund_carriage: row.no_refund_carriage.unwrap_or_default(),
        tip: row.tip.unwrap_or_default(),
    })
}

fn company(row: CompanyRow) -> Result<Company> {
    let odd = || unusable(&api::COMPANIES, "a carrier without id, name or code");
    Ok(Company {
        id: row.id.ok_or_else(odd)?.0,
        name: row.company_name.ok_or_else(odd)?,
        code: row.company_no.ok_or_else(odd)?.0,
        phone: row.company_phone.map(|phone| phone.0),
        support_print: row.support_print.unwrap_or_default(),
        spelling: row.spelling,
    })
}
