//! After-sales of 1688. What the editions share is one handler; v1 and ka differ in the detail, v2 is as v1, and only ka
//! can cancel.

use super::ka_order::items;
use crate::{Call, Done, Routes, handler::Refusal};
use contract::{
    error::Fault,
    ids::IdForm,
    operation::Operation,
    operations::{
        ka_aftersale::{
            KaLogisticsCompanies, KaRefundCancel, KaRefundCreate, KaRefundGet, KaRefundGoodsReturn, KaRefundReasons,
            KaRefundVoucherUpload,
        },
        v1_aftersale::{
            LogisticsCompanies, RefundCreate, RefundGoodsReturn, RefundInfo, RefundReasons, RefundVoucherUpload,
        },
        v2_aftersale::{
            V2LogisticsCompanies, V2RefundCreate, V2RefundGoodsReturn, V2RefundInfo, V2RefundReasons,
            V2RefundVoucherUpload,
        },
    },
    request::{Nothing, RefundCreateBody, RefundIdBody, RefundReasonBody, RefundReturnBody, VoucherUploadBody},
    scalar::List,
    view::refund::{
        AlibabaRefundInfo, Audit, KaRefundDetail, LogisticsCompanyRow, RefundCreateResult, RefundDetail,
        RefundReasonList, RefundReturnResult, VoucherUploadResult,
    },
};
use domain::{EntryId, Marketplace, OrderId};
use platform::{
    aftersale::{Company, Return},
    mirror::OwnRefund,
    sight::Sight,
};

/// What a cancel answers.
const CANCELLED: &str = "售后订单取消成功";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<RefundInfo, _, _, _>(info)
        .on::<V2RefundInfo, _, _, _>(info)
        .on::<KaRefundGet, _, _, _>(ka_detail)
        .on::<KaRefundCancel, _, _, _>(cancel)
        .on::<RefundReasons, _, _, _>(reasons)
        .on::<V2RefundReasons, _, _, _>(reasons)
        .on::<KaRefundReasons, _, _, _>(reasons)
        .on::<RefundVoucherUpload, _, _, _>(upload)
        .on::<V2RefundVoucherUpload, _, _, _>(upload)
        .on::<KaRefundVoucherUpload, _, _, _>(upload)
        .on::<RefundCreate, _, _, _>(create)
        .on::<V2RefundCreate, _, _, _>(create)
        .on::<KaRefundCreate, _, _, _>(create)
        .on::<RefundGoodsReturn, _, _, _>(goods_return)
        .on::<V2RefundGoodsReturn, _, _, _>(goods_return)
        .on::<KaRefundGoodsReturn, _, _, _>(goods_return)
        .on::<LogisticsCompanies, _, _, _>(companies)
        .on::<V2LogisticsCompanies, _, _, _>(companies)
        .on::<KaLogisticsCompanies, _, _, _>(companies)
}

async fn info<T: Operation<Request = RefundIdBody>>(call: Call<T>) -> Result<Done<AlibabaRefundInfo>, Refusal> {
    let sight = call.platform.refund(&call.caller, call.request.refund()?).await?;
    Ok(Done::Printed(sight.print(named(call.ids, "v1", "v1, ids as text"), |sight| {
        Ok::<_, Refusal>(call.ids.print(&info_view(&sight.refund)?)?)
    })?))
}

/// What a view is kept under, by the form of its ids.
fn named(ids: IdForm, numbers: &'static str, texts: &'static str) -> &'static str {
    match ids {
        IdForm::Number => numbers,
        IdForm::Text => texts,
    }
}

fn info_view(refund: &OwnRefund) -> Result<AlibabaRefundInfo, Refusal> {
    let audit = Audit {
        created_by: refund.audit.created_by,
        created_at: refund.audit.created_at,
        updated_by: refund.audit.updated_by,
        updated_at: refund.audit.updated_at,
    };
    let mut view = AlibabaRefundInfo::read(refund.document.as_str())?;
    view.overlay(&refund.core, &audit);
    Ok(view)
}

async fn ka_detail(call: Call<KaRefundGet>) -> Result<Done<KaRefundDetail>, Refusal> {
    let sight = call.platform.refund(&call.caller, call.request.refund()?).await?;
    Ok(Done::Printed(sight.print(named(call.ids, "ka", "ka, ids as text"), |sight| {
        Ok::<_, Refusal>(call.ids.print(&ka_view(sight)?)?)
    })?))
}

fn ka_view(Sight { refund, order, open_lines, .. }: &Sight) -> Result<KaRefundDetail, Refusal> {
    let mut refund_detail = RefundDetail::read(refund.document.as_str())?;
    refund_detail.overlay(&refund.core);
    let product_list = List(items(order, |entry| refund.core.covers(entry), open_lines)?);
    Ok(KaRefundDetail { refund_detail, product_list })
}

async fn cancel(call: Call<KaRefundCancel>) -> Result<String, Refusal> {
    call.platform.cancel_refund(&call.caller, &call.ticket, call.request.refund()?).await?;
    Ok(CANCELLED.to_owned())
}

async fn reasons<T: Operation<Request = RefundReasonBody>>(call: Call<T>) -> Result<RefundReasonList, Refusal> {
    let (order, entries, goods) = match call.request.ask() {
        Ok(ask) => ask,
        Err(fault) => return Err(after_the_order(&call, call.request.target()?, fault).await),
    };
    let reasons = call.platform.refund_reasons(&call.caller, order, &entries, goods).await?;
    Ok(RefundReasonList::of(&reasons))
}

async fn upload<T: Operation<Request = VoucherUploadBody>>(call: Call<T>) -> Result<VoucherUploadResult, Refusal> {
    let jpg = call.request.jpg()?;
    let marketplace = Marketplace::Alibaba1688;
    let voucher = call.platform.upload_voucher(&call.caller, &call.ticket, marketplace, jpg.into()).await?;
    Ok(VoucherUploadResult { image_domain: voucher.domain, image_relative_url: voucher.path })
}

async fn create<T: Operation<Request = RefundCreateBody>>(call: Call<T>) -> Result<RefundCreateResult, Refusal> {
    let application = match call.request.application() {
        Ok(application) => application,
        Err(fault) => return Err(after_the_order(&call, call.request.target()?, fault).await),
    };
    let refund = call.platform.apply_refund(&call.caller, &call.ticket, application).await?;
    Ok(RefundCreateResult::of(refund))
}

/// A wrong word is told only to whoever has the order: by the contract's order of checks an unknown order, or a sub-order
/// that is not of it, comes first.
async fn after_the_order<T: Operation>(
    call: &Call<T>,
    (order, entries): (OrderId, Vec<EntryId>),
    fault: Fault,
) -> Refusal {
    match call.platform.check_entries(&call.caller, order, &entries).await {
        Ok(()) => fault.into(),
        Err(problem) => problem.into(),
    }
}

async fn goods_return<T: Operation<Request = RefundReturnBody>>(call: Call<T>) -> Result<RefundReturnResult, Refusal> {
    let ask = Return {
        refund: call.request.refund()?,
        company: call.request.logistics_company_no.trim().to_owned(),
        bill: call.request.freight_bill.trim().to_owned(),
        description: call.request.description.clone().filter(|text| !text.is_empty()),
        vouchers: call.request.vouchers.clone().unwrap_or_default(),
    };
    call.platform.send_back(&call.caller, &call.ticket, ask).await?;
    Ok(RefundReturnResult::done())
}

async fn companies<T: Operation<Request = Nothing>>(call: Call<T>) -> Result<List<LogisticsCompanyRow>, Refusal> {
    let companies = call.platform.logistics_companies(Marketplace::Alibaba1688).await?;
    Ok(List(companies.into_iter().map(row).collect()))
}

fn row(company: Company) -> LogisticsCompanyRow {
    LogisticsCompanyRow {
        id: Some(contract::scalar::IdNumber(company.id)),
        company_name: Some(company.name.into()),
        company_no: Some(company.code.into()),
        company_phone: company.phone.map(Into::into),
        support_print: Some(company.support_print),
        spelling: company.spelling.map(Into::into),
    }
}
