//! 1688 orders in v1: the marketplace's own record, overlaid with what the platform owns.

use super::asking::{Sellers, new_purchase, paid, preview_all, preview_ask, query};
use crate::{Call, Done, Routes, fault::fault, handler::Refusal};
use contract::{
    dialect::V1Info,
    envelope::SUCCESS,
    operations::v1_order::{
        OrderCancel, OrderCreate, OrderCreateBatch, OrderDetail, OrderPage, OrderPayUrl, OrderPreview,
        OrderPreviewBatch, OrderReceiveGoods, OrderSubmitToPay, OrderTrace,
    },
    scalar::List,
    view::order::{
        AlibabaOrderPage, AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, LogisticsTrace, ReceiveGoodsResult,
    },
};
use domain::Marketplace;
use platform::{
    mirror::OwnOrder,
    orders::{CancelReason, Failed, MerchantPreview, Purchase},
    problem::{Problem, Thing},
};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<OrderPreview, _, _, _>(preview)
        .on::<OrderCreate, _, _, _>(create)
        .numbered("outOrderId")
        .on::<OrderDetail, _, _, _>(detail)
        .on::<OrderPage, _, _, _>(page)
        .on::<OrderPayUrl, _, _, _>(pay_url)
        .on::<OrderCancel, _, _, _>(cancel)
        .on::<OrderReceiveGoods, _, _, _>(receive)
        .on::<OrderPreviewBatch, _, _, _>(preview_batch)
        .on::<OrderCreateBatch, _, _, _>(create_batch)
        .numbered("outOrderId")
        .on::<OrderSubmitToPay, _, _, _>(submit_to_pay)
        .on::<OrderTrace, _, _, _>(trace)
}

async fn preview(call: Call<OrderPreview>) -> Result<AlibabaOrderPreview, Refusal> {
    let ask = preview_ask(call.request.preview()?);
    let previewed = call.platform.preview(&call.caller, Marketplace::Alibaba1688, ask).await?;
    Ok(AlibabaOrderPreview::read(previewed.document.as_str())?)
}

async fn preview_batch(call: Call<OrderPreviewBatch>) -> Result<List<AlibabaOrderPreview>, Refusal> {
    let ask = preview_all(call.request.preview()?);
    let previews = call.platform.preview_all(&call.caller, Marketplace::Alibaba1688, ask).await?;
    previews.into_iter().map(merchant_preview).collect::<Result<Vec<_>, _>>().map(List)
}

fn merchant_preview(preview: MerchantPreview) -> Result<AlibabaOrderPreview, Refusal> {
    match preview {
        Ok(previewed) => Ok(AlibabaOrderPreview::read(previewed.document.as_str())?),
        Err(Failed { problem: Problem::Upstream(upstream), .. }) if upstream.code.is_some() => {
            let text = upstream.text.as_deref().unwrap_or_default();
            Ok(AlibabaOrderPreview::failed(upstream.code.as_deref().unwrap_or_default(), text))
        }
        Err(Failed { problem, .. }) => {
            let fault = fault(problem);
            Ok(AlibabaOrderPreview::failed(&fault.code.number().to_string(), &fault.message))
        }
    }
}

async fn create(call: Call<OrderCreate>) -> Result<Done<List<AlibabaOrderVO<V1Info>>>, Refusal> {
    let ask = new_purchase(call.request.purchase()?, "v1", Sellers::One);
    bought(call.platform.create_orders(&call.caller, &call.ticket, ask).await?)
}

async fn create_batch(call: Call<OrderCreateBatch>) -> Result<Done<List<AlibabaOrderVO<V1Info>>>, Refusal> {
    let ask = new_purchase(call.request.purchase()?, "v1", Sellers::Several);
    bought(call.platform.create_orders(&call.caller, &call.ticket, ask).await?)
}

/// The orders that were made; the text names the sellers of those that were not, each with its code.
fn bought(purchase: Purchase) -> Result<Done<List<AlibabaOrderVO<V1Info>>>, Refusal> {
    let made = List(views(&purchase.orders)?);
    if purchase.failed.is_empty() {
        return Ok(Done::View(made));
    }
    let failed = purchase.failed.into_iter().map(|f| format!("; {}: {}", f.seller, fault(f.problem).code.number()));
    Ok(Done::Told(made, format!("{SUCCESS}{}", failed.collect::<String>())))
}

async fn detail(call: Call<OrderDetail>) -> Result<AlibabaOrderVO<V1Info>, Refusal> {
    let id = call.request.order()?;
    view(&call.platform.order(&call.caller, &id.to_string()).await?)
}

async fn page(call: Call<OrderPage>) -> Result<AlibabaOrderPage, Refusal> {
    let filter = call.request.filter()?;
    let (size, current) = (i64::from(filter.size), i64::from(filter.page));
    let found = call.platform.orders(&call.caller, query(filter)).await?;
    Ok(AlibabaOrderPage { records: List(views(&found.orders)?), total: found.total, size, current })
}

async fn pay_url(call: Call<OrderPayUrl>) -> Result<AlibabaPayOrderVO, Refusal> {
    let id = call.request.order()?;
    Ok(paid(call.platform.pay(&call.caller, &call.ticket, &id.to_string()).await?))
}

async fn submit_to_pay(call: Call<OrderSubmitToPay>) -> Result<AlibabaPayOrderVO, Refusal> {
    let submitted = call.platform.submit_to_pay(&call.caller, &call.ticket, call.request.orders()?).await?;
    let all = !submitted.debited.is_empty() && submitted.waiting.is_empty();
    Ok(AlibabaPayOrderVO::submitted(all, &submitted.left_out))
}

async fn trace(call: Call<OrderTrace>) -> Result<List<LogisticsTrace>, Refusal> {
    let document = call.platform.traces(&call.caller, &call.request.order()?.to_string()).await?;
    let mut traces = LogisticsTrace::read_all(document.as_str())?;
    traces.0.retain(|trace| call.request.wants(trace.logistics_id.as_deref()));
    if traces.is_empty() { Err(Problem::NotFound(Thing::Shipment).into()) } else { Ok(traces) }
}

async fn cancel(call: Call<OrderCancel>) -> Result<bool, Refusal> {
    let order = call.request.order()?;
    let (reason, remark) = call.request.reason()?;
    call.platform.cancel_order(&call.caller, &call.ticket, order, CancelReason { reason, remark }).await?;
    Ok(true)
}

async fn receive(call: Call<OrderReceiveGoods>) -> Result<ReceiveGoodsResult, Refusal> {
    let (order, entries) = call.request.receipt()?;
    let received = call.platform.receive_goods(&call.caller, &call.ticket, order, entries).await?;
    Ok(match received {
        Ok(()) => ReceiveGoodsResult::confirmed(),
        Err(declined) => ReceiveGoodsResult::refused(&declined.code, &declined.text),
    })
}

fn view(own: &OwnOrder) -> Result<AlibabaOrderVO<V1Info>, Refusal> {
    let mut view = AlibabaOrderVO::read(own.document.as_str())?;
    view.overlay(&own.core);
    view.set_caller_number(own.out_order_id.as_deref());
    Ok(view)
}

fn views(orders: &[OwnOrder]) -> Result<Vec<AlibabaOrderVO<V1Info>>, Refusal> {
    orders.iter().map(view).collect()
}
