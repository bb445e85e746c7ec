//! 1688 orders in v1: the marketplace's own record, overlaid with what the platform owns.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    dialect::V1Info,
    operations::v1_order::{
        OrderCancel, OrderCreate, OrderDetail, OrderPage, OrderPayUrl, OrderPreview, OrderReceiveGoods,
    },
    request::{OrderFilter, Preview, Purchase, Words},
    scalar::List,
    view::order::{AlibabaOrderPage, AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, ReceiveGoodsResult},
};
use domain::Marketplace;
use platform::{
    mirror::OwnOrder,
    orders::{CancelReason, NewPurchase, OrderQuery, Paid, PreviewAsk},
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
}

async fn preview(call: Call<OrderPreview>) -> Result<AlibabaOrderPreview, Refusal> {
    let ask = preview_ask(call.request.preview()?);
    let previewed = call.platform.preview(&call.caller, Marketplace::Alibaba1688, ask).await?;
    Ok(AlibabaOrderPreview::read(previewed.document.as_str())?)
}

async fn create(call: Call<OrderCreate>) -> Result<List<AlibabaOrderVO<V1Info>>, Refusal> {
    let purchase = new_purchase(call.request.purchase()?, "v1", false);
    let orders = call.platform.create_orders(&call.caller, &call.ticket, purchase).await?;
    views(&orders).map(List)
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

pub(super) fn preview_ask(ask: Preview) -> PreviewAsk {
    PreviewAsk { lines: ask.lines, receiver: ask.receiver, flow: ask.flow }
}

pub(super) fn new_purchase(ask: Purchase, edition: &'static str, needs_preview: bool) -> NewPurchase {
    NewPurchase {
        marketplace: Marketplace::Alibaba1688,
        lines: ask.lines,
        receiver: ask.receiver,
        flow: ask.flow,
        message: ask.message,
        trade_type: ask.trade_type,
        promotion_id: ask.promotion_id,
        out_order_id: ask.out_order_id,
        edition,
        needs_preview,
    }
}

pub(super) fn paid(paid: Paid) -> AlibabaPayOrderVO {
    if paid.debited {
        AlibabaPayOrderVO::paid(paid.order)
    } else {
        AlibabaPayOrderVO::cashier(paid.order, paid.cashier_url, &paid.left_out)
    }
}

pub(super) fn query(filter: OrderFilter) -> OrderQuery {
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let (statuses, not_statuses) = match filter.status {
        Words::Any => (Vec::new(), Vec::new()),
        Words::OneOf(words) => (owned(words), Vec::new()),
        Words::NoneOf(words) => (Vec::new(), owned(words)),
    };
    OrderQuery {
        page: filter.page,
        page_size: filter.size,
        statuses,
        not_statuses,
        pay_status: filter.paid.map(|paid| if paid { 2 } else { 1 }),
        refund_status: filter.refund_status.map(|s| s.word().to_owned()),
        created: (filter.created.from, filter.created.to),
        modified: (filter.modified.from, filter.modified.to),
        name: filter.product_name,
        out_order_id: filter.out_order_id,
        order_no: filter.order_no,
        ids: filter.order_ids,
    }
}
