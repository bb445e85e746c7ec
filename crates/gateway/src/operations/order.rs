//! 1688 orders in v1 and v2: the marketplace's own record, overlaid with what the platform owns. What both editions have
//! is one handler; the operation says which lines it takes and in which dialect it answers.

use super::asking::{Sellers, new_purchase, paid, preview_all, preview_ask, query};
use crate::{Call, Done, Routes, fault::fault, handler::Refusal};
use contract::{
    dialect::{Dialect, V1Info},
    envelope::SUCCESS,
    offer::HideIds,
    operation::Operation,
    operations::{
        v1_order::{
            OrderCancel, OrderCreate, OrderCreateBatch, OrderDetail, OrderPage, OrderPayUrl, OrderPreview,
            OrderPreviewBatch, OrderReceiveGoods, OrderSubmitToPay, OrderTrace,
        },
        v2_order::{
            V2OrderCancel, V2OrderCreate, V2OrderCreateBatch, V2OrderPage, V2OrderPayUrl, V2OrderPreview,
            V2OrderPreviewBatch, V2OrderReceiveGoods, V2OrderSubmitToPay, V2OrderTrace,
        },
    },
    request::{
        Buys, CancelBody, Cargo, OrderPageBody, PayUrlQuery, PreviewBody, ReceiveGoodsBody, SubmitToPayBody, TraceQuery,
    },
    scalar::List,
    view::order::{
        AlibabaOrderPage, AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, LogisticsTrace, ReceiveGoodsResult,
    },
};
use domain::{IdCipher, Marketplace};
use platform::{
    mirror::OwnOrder,
    orders::{CancelReason, Failed, MerchantPreview, Purchase},
    problem::{Problem, Thing},
};

pub(super) type Orders = List<AlibabaOrderVO<V1Info>>;

pub(crate) fn routes(routes: Routes) -> Routes {
    v2(v1(routes))
}

fn v1(routes: Routes) -> Routes {
    routes
        .on::<OrderPreview, _, _, _>(preview)
        .on::<OrderPreviewBatch, _, _, _>(preview_batch)
        .on::<OrderCreate, _, _, _>(create)
        .numbered("outOrderId")
        .on::<OrderCreateBatch, _, _, _>(create_batch)
        .numbered("outOrderId")
        .on::<OrderDetail, _, _, _>(detail)
        .on::<OrderPage, _, _, _>(page)
        .on::<OrderPayUrl, _, _, _>(pay_url)
        .on::<OrderSubmitToPay, _, _, _>(submit_to_pay)
        .on::<OrderCancel, _, _, _>(cancel)
        .on::<OrderReceiveGoods, _, _, _>(receive)
        .on::<OrderTrace, _, _, _>(trace)
}

fn v2(routes: Routes) -> Routes {
    routes
        .on::<V2OrderPreview, _, _, _>(preview)
        .on::<V2OrderPreviewBatch, _, _, _>(preview_batch)
        .on::<V2OrderCreate, _, _, _>(create)
        .numbered("outOrderId")
        .on::<V2OrderCreateBatch, _, _, _>(create_batch)
        .numbered("outOrderId")
        .on::<V2OrderPage, _, _, _>(page)
        .on::<V2OrderPayUrl, _, _, _>(pay_url)
        .on::<V2OrderSubmitToPay, _, _, _>(submit_to_pay)
        .on::<V2OrderCancel, _, _, _>(cancel)
        .on::<V2OrderReceiveGoods, _, _, _>(receive)
        .on::<V2OrderTrace, _, _, _>(trace)
}

async fn preview<T, C, D>(call: Call<T>) -> Result<AlibabaOrderPreview<D>, Refusal>
where
    T: Operation<Request = PreviewBody<C>, Answer = AlibabaOrderPreview<D>>,
    C: Cargo,
    D: Dialect,
{
    let ids = &call.caller.developer.ids;
    let ask = preview_ask(call.request.preview(ids)?);
    let previewed = call.platform.preview(&call.caller, Marketplace::Alibaba1688, ask).await?;
    Ok(AlibabaOrderPreview::read(previewed.document.as_str())?.hidden(ids))
}

async fn preview_batch<T, C, D>(call: Call<T>) -> Result<List<AlibabaOrderPreview<D>>, Refusal>
where
    T: Operation<Request = PreviewBody<C>, Answer = List<AlibabaOrderPreview<D>>>,
    C: Cargo,
    D: Dialect,
{
    let ids = &call.caller.developer.ids;
    let ask = preview_all(call.request.preview(ids)?);
    let previews = call.platform.preview_all(&call.caller, Marketplace::Alibaba1688, ask).await?;
    previews.into_iter().map(|preview| merchant_preview(preview, ids)).collect::<Result<Vec<_>, _>>().map(List)
}

pub(super) fn merchant_preview<D: Dialect>(
    preview: MerchantPreview,
    ids: &IdCipher,
) -> Result<AlibabaOrderPreview<D>, Refusal> {
    match preview {
        Ok(previewed) => Ok(AlibabaOrderPreview::read(previewed.document.as_str())?.hidden(ids)),
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

async fn create<T: Operation<Answer = Orders, Request: Buys>>(call: Call<T>) -> Result<Done<Orders>, Refusal> {
    buy(call, Sellers::One).await
}

async fn create_batch<T: Operation<Answer = Orders, Request: Buys>>(call: Call<T>) -> Result<Done<Orders>, Refusal> {
    buy(call, Sellers::Several).await
}

async fn buy<T: Operation<Request: Buys>>(call: Call<T>, sellers: Sellers) -> Result<Done<Orders>, Refusal> {
    let asked = call.request.purchase(&call.caller.developer.ids)?;
    let ask = new_purchase(asked, T::EDITION, sellers);
    bought(call.platform.create_orders(&call.caller, &call.ticket, ask).await?)
}

/// The orders that were made; the text names the sellers of those that were not, each with its code.
pub(super) fn bought(purchase: Purchase) -> Result<Done<Orders>, Refusal> {
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

async fn page<T: Operation<Request = OrderPageBody>>(call: Call<T>) -> Result<AlibabaOrderPage, Refusal> {
    let filter = call.request.filter()?;
    let (size, current) = (i64::from(filter.size), i64::from(filter.page));
    let found = call.platform.orders(&call.caller, query(filter)).await?;
    Ok(AlibabaOrderPage { records: List(views(&found.orders)?), total: found.total, size, current })
}

async fn pay_url<T: Operation<Request = PayUrlQuery>>(call: Call<T>) -> Result<AlibabaPayOrderVO, Refusal> {
    let id = call.request.order()?;
    Ok(paid(call.platform.pay(&call.caller, &call.ticket, &id.to_string()).await?))
}

async fn submit_to_pay<T: Operation<Request = SubmitToPayBody>>(call: Call<T>) -> Result<AlibabaPayOrderVO, Refusal> {
    let submitted = call.platform.submit_to_pay(&call.caller, &call.ticket, call.request.orders()?).await?;
    let all = !submitted.debited.is_empty() && submitted.waiting.is_empty();
    Ok(AlibabaPayOrderVO::submitted(all, &submitted.left_out))
}

async fn trace<T: Operation<Request = TraceQuery>>(call: Call<T>) -> Result<List<LogisticsTrace>, Refusal> {
    let document = call.platform.traces(&call.caller, &call.request.order()?.to_string()).await?;
    let mut traces = LogisticsTrace::read_all(document.as_str())?;
    traces.0.retain(|trace| call.request.wants(trace.logistics_id.as_deref()));
    if traces.is_empty() { Err(Problem::NotFound(Thing::Shipment).into()) } else { Ok(traces) }
}

async fn cancel<T: Operation<Request = CancelBody>>(call: Call<T>) -> Result<bool, Refusal> {
    let order = call.request.order()?;
    let (reason, remark) = call.request.reason()?;
    call.platform.cancel_order(&call.caller, &call.ticket, order, CancelReason { reason, remark }).await?;
    Ok(true)
}

async fn receive<T: Operation<Request = ReceiveGoodsBody>>(call: Call<T>) -> Result<ReceiveGoodsResult, Refusal> {
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
