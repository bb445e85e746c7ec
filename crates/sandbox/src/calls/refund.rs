//! The after-sales calls that change something, and what is asked before them.

mod read;

pub use read::{
    op_query_batch_refund, op_query_order_refund, op_query_order_refund_operation_list, query_order_refund_list,
};

use super::order::{done, entry_ids, order_id, printed, undone};
use crate::{
    api::{Answer, ApiError, Caller, Params},
    economy::{
        Economy, Refusal, World,
        aftersale::Declared,
        carriers::{self, CARRIERS, Carrier},
    },
};
use alibaba1688::wire::{
    Flag, Int, Text,
    envelope::{Flat, Nested},
    refund::{CompanyRow, EntryCount, ReasonList, ReasonRow, RefundCreated, VoucherUploaded},
};
use domain::{
    AccountId, EntryId, Fen, RefundId,
    refund::{Application, Command, DisputeRequest, EntryShare, GoodsStatus},
};
use serde::Deserialize;
use serde_json::{Value, json};

fn nested(refusal: Refusal) -> Value {
    printed(&Nested::<Value>::failed(refusal.code, &refusal.text))
}

/// `alibaba.trade.getRefundReasonList`.
pub async fn get_refund_reason_list(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let order = order_id(params, "orderId")?;
    let entries = entry_ids(params, "orderEntryIds")?;
    let goods = params.require("goodsStatus")?.to_owned();
    let found = economy.decide(|world| {
        let goods = GoodsStatus::parse(&goods).ok_or_else(|| Refusal::new("5003", "goods status not legal"))?;
        world.reasons(account, order, &entries, goods)
    });
    let reasons = found.await.map_err(|f| f.wrapped(nested))?;
    let row = |r: domain::refund::Reason| ReasonRow {
        id: Some(Int(r.id)),
        name: Some(r.name),
        need_voucher: Some(r.need_voucher),
        no_refund_carriage: Some(r.no_refund_carriage),
        tip: Some(r.tip),
    };
    Ok(printed(&Nested::ok(ReasonList { reasons: Some(reasons.into_iter().map(row).collect()) })))
}

/// `alibaba.trade.uploadRefundVoucher`: the file part `imageData`, one jpg under 1 MB.
pub async fn upload_refund_voucher(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    caller.account()?;
    let missing = || ApiError::Answer(nested(Refusal::new("4000", "imageData is missing")));
    let jpg = params.file("imageData").cloned().ok_or_else(missing)?;
    let path = economy.upload_voucher(jpg).await.map_err(|f| f.wrapped(nested))?;
    let uploaded = VoucherUploaded { image_domain: Some(economy.base_url()), image_relative_url: Some(path) };
    Ok(printed(&Nested::ok(uploaded)))
}

/// `alibaba.trade.createRefund`.
pub async fn create_refund(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let ask = Asked::read(params)?;
    let made = economy.decide(|world| {
        world.order_for_refund(account, ask.order)?;
        let (application, goods) = ask.application()?;
        let id = world.apply(account, &application, goods)?;
        world.refund(id)
    });
    let made = made.await.map_err(|f| f.wrapped(nested))?;
    Ok(printed(&Nested::ok(RefundCreated {
        refund_id: Some(Text::from(made.refund.id.to_string())),
        inner_reason_id: Some(Int(made.refund.reason_id)),
        inner_reason: Some(made.reason),
        inner_post_fee: Some(Int(made.refund.apply_carriage.0)),
        is_voucher: Some(if ask.vouchers.is_empty() { "0" } else { "1" }.into()),
        refund_official_solution_cost: Some(Int(0)),
    })))
}

/// The parameters of a create, before their words are judged.
struct Asked {
    order: domain::OrderId,
    entries: Vec<EntryId>,
    request: String,
    goods: String,
    payment: Fen,
    carriage: Fen,
    reason_id: i64,
    description: String,
    vouchers: Vec<String>,
    counts: Option<Vec<EntryCount>>,
}

impl Asked {
    fn read(params: &Params) -> Result<Self, ApiError> {
        let number = |name| params.i64(name)?.ok_or_else(|| ApiError::missing(name));
        Ok(Self {
            order: order_id(params, "orderId")?,
            entries: entry_ids(params, "orderEntryIds")?,
            request: params.require("disputeRequest")?.to_owned(),
            goods: params.require("goodsStatus")?.to_owned(),
            payment: Fen(number("applyPayment")?),
            carriage: Fen(number("applyCarriage")?),
            reason_id: number("applyReasonId")?,
            description: params.require("description")?.to_owned(),
            vouchers: params.json("vouchers")?.unwrap_or_default(),
            counts: params.json::<Vec<EntryCount>>("orderEntryCountList")?.filter(|c| !c.is_empty()),
        })
    }

    fn application(&self) -> Result<(Application, GoodsStatus), Refusal> {
        let goods = GoodsStatus::parse(&self.goods).ok_or_else(|| Refusal::new("5003", "goods status not legal"))?;
        let request = DisputeRequest::parse(&self.request);
        let request = request.ok_or_else(|| Refusal::new("5010", "disputeRequest is refund or returnRefund"))?;
        let counts = self.counts.as_ref().map(|c| c.iter().map(count).collect::<Result<Vec<_>, _>>()).transpose()?;
        let application = Application {
            order_id: self.order,
            entries: self.entries.clone(),
            request,
            goods,
            payment: self.payment,
            carriage: self.carriage,
            reason_id: self.reason_id,
            description: self.description.clone(),
            vouchers: self.vouchers.clone(),
            counts,
        };
        Ok((application, goods))
    }
}

fn count(row: &EntryCount) -> Result<EntryShare, Refusal> {
    let bad = || Refusal::new("5013", "return quantity not allowed");
    let entry = row.id.and_then(|id| EntryId::new(id.0).ok()).ok_or_else(bad)?;
    let count = row.count.and_then(|c| u32::try_from(c.0).ok()).ok_or_else(bad)?;
    Ok(EntryShare { entry, count })
}

/// `alibaba.trade.refund.returnGoods`.
pub async fn return_goods(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account().map_err(|_| ApiError::Answer(undone(Refusal::new("4001", "not authorised"))))?;
    let refund = params.require("refundId")?.to_owned();
    let vouchers: Vec<String> = params.json("vouchers")?.unwrap_or_default();
    let (company, bill) = (params.str("logisticsCompanyNo"), params.str("freightBill"));
    let description = params.str("description").unwrap_or_default().to_owned();
    let sent = economy.decide(|world| {
        let id = refund_id(&refund)?;
        if world.refund(id)?.account != account {
            return Err(Refusal::new("4006", "not your refund"));
        }
        world.may_send_back(id)?;
        let parcel = declared(world, company, bill, description, vouchers)?;
        world.send_back(id, &parcel)
    });
    sent.await.map_err(|f| f.wrapped(undone))?;
    Ok(done())
}

fn declared(
    world: &World<'_>,
    company: Option<&str>,
    bill: Option<&str>,
    description: String,
    vouchers: Vec<String>,
) -> Result<Declared, Refusal> {
    let (Some(company), Some(bill)) = (company, bill.map(str::trim)) else {
        return Err(Refusal::new("4002", "carrier and waybill are required"));
    };
    let carrier = carriers::by_code(company).filter(|c| c.offline && carriers::plausible(bill));
    let carrier = carrier.ok_or_else(|| Refusal::new("4004", "carrier and waybill do not fit"))?;
    if vouchers.len() > 10 || vouchers.iter().any(|url| !world.knows_voucher(url)) {
        return Err(Refusal::new("4003", "too many or malformed vouchers"));
    }
    Ok(Declared { carrier, bill: bill.to_owned(), description, vouchers })
}

fn refund_id(text: &str) -> Result<RefundId, Refusal> {
    text.parse().map_err(|_| Refusal::new("4008", "refund number malformed"))
}

/// `alibaba.trade.cancelRefund`. Needs no token; one that was sent must be the buyer's.
pub async fn cancel_refund(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let refund = params.require("refundId")?.to_owned();
    let cancelled = economy.decide(|world| {
        let id = refund_id(&refund)?;
        if caller.account.is_some_and(|account| world.refund(id).is_ok_and(|r| r.account != account)) {
            return Err(Refusal::new("4006", "not your refund"));
        }
        world.step_refund(id, &Command::BuyerCancel)
    });
    cancelled.await.map_err(|f| f.wrapped(undone))?;
    Ok(done())
}

/// `alibaba.logistics.OpQueryLogisticCompanyList`.
pub async fn op_query_logistic_company_list(_: &Economy, _: &Caller, _: &Params) -> Answer {
    Ok(companies(CARRIERS.iter()))
}

/// `alibaba.logistics.OpQueryLogisticCompanyList.offline`: those by which goods may be sent back.
pub async fn op_query_logistic_company_list_offline(_: &Economy, _: &Caller, _: &Params) -> Answer {
    Ok(companies(CARRIERS.iter().filter(|c| c.offline)))
}

fn companies<'a>(carriers: impl Iterator<Item = &'a Carrier>) -> Value {
    let row = |c: &Carrier| CompanyRow {
        id: Some(Int(c.id)),
        company_name: Some(c.name.to_owned()),
        company_no: Some(c.code.into()),
        company_phone: Some(c.phone.into()),
        support_print: Some(c.support_print),
        spelling: Some(c.spelling.to_owned()),
    };
    let rows: Vec<CompanyRow> = carriers.map(row).collect();
    printed(&Flat { result: Some(rows), success: Some(Flag(true)), ..Flat::default() })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MaxFee {
    goods_status: String,
    order_id: Int,
    refund_id: Option<String>,
    refund_goods_count_list: Vec<EntryCount>,
}

/// `alibaba.trade.getMaxRefundFee`.
pub async fn get_max_refund_fee(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let ask: MaxFee = params.require_json("input")?;
    let fee = economy.decide(|world| max_fee(world, account, &ask));
    let (goods, post) = fee.await.map_err(|f| f.wrapped(nested))?;
    Ok(printed(&Nested::ok(json!({
        "maxGoodsFee": goods, "maxPostFee": post, "maxRefundFee": goods.plus(post), "maxSubstituteFetchFee": 0,
    }))))
}

fn max_fee(world: &World<'_>, account: AccountId, ask: &MaxFee) -> Result<(Fen, Fen), Refusal> {
    let unknown = || Refusal::new("5001", "order does not exist");
    let order = domain::OrderId::new(ask.order_id.0).map_err(|_| unknown())?;
    let goods = GoodsStatus::parse(&ask.goods_status).ok_or_else(|| Refusal::new("5003", "goods status not legal"))?;
    if let Some(id) = &ask.refund_id
        && !world.refund(refund_id(id)?)?.refund.is_open()
    {
        return Err(Refusal::new("5010", "the refund is not open"));
    }
    let entries = ask.refund_goods_count_list.iter().map(|c| count(c).map(|s| s.entry));
    let caps = world.refund_caps(account, order, &entries.collect::<Result<Vec<_>, _>>()?, goods)?;
    Ok((caps.payment, caps.carriage))
}

/// `refund.address.get`: where the goods of an order go back to.
pub async fn refund_address_get(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "mainOrderId")?;
    let found = economy.decide(|world| {
        let record = world.order_of(account, id)?;
        let Some(seller) = world.seller_of(&record) else { return Ok(Vec::new()) };
        let to = &seller.return_address;
        let row = |offer: &domain::OfferId| {
            json!({
                "provinceText": seller.province, "cityText": seller.city, "districtText": seller.district,
                "townText": null, "townCode": null, "streetAddress": to.address, "streetAddressCode": null,
                "zipCode": null, "receiverName": to.name, "mobile": to.mobile, "phone": null,
                "contactPhone": to.mobile, "offerId": offer.to_string(),
            })
        };
        let mut offers: Vec<_> = record.order.lines.iter().map(|l| l.offer_id).collect();
        offers.dedup();
        Ok(offers.iter().map(row).collect())
    });
    let refused = |r: Refusal| json!({"data": null, "success": false, "errorCode": r.code, "errorInfo": r.text});
    let rows: Vec<Value> = found.await.map_err(|f| f.wrapped(refused))?;
    Ok(json!({"data": rows, "success": true, "errorCode": null, "errorInfo": null}))
}
