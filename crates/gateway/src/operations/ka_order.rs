//! 1688 orders of key accounts, in ka and in its forerunner bigMajor: flat, every amount in fen, a preview before each create.

use super::asking::{Sellers, new_purchase, paid, preview_ask, query};
use crate::{Call, Routes, handler::Refusal};
use contract::{
    operation::Operation,
    operations::{
        bigmajor_order::{BigMajorOrderCreate, BigMajorOrderGet, BigMajorOrderList, BigMajorOrderPreviewCreate},
        ka_order::{KaOrderCreate, KaOrderGet, KaOrderList, KaOrderPay, KaOrderPreviewCreate, KaOrderTrace},
    },
    request::{Buys, FastAdress, KaCreateBody, KaOrderIdBody, KaOrderPageBody, KaPreviewBody, OrderRef},
    scalar::List,
    view::order::{
        AlibabaPayOrderVO, KaOrder, KaOrderDetail, KaOrderItem, KaOrderPage, KaOrderPreview, LogisticsTrace,
    },
};
use domain::Marketplace;
use platform::{mirror::OwnOrder, problem::Problem};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<KaOrderPreviewCreate, _, _, _>(preview)
        .on::<KaOrderCreate, _, _, _>(create)
        .numbered("outOrderId")
        .on::<KaOrderPay, _, _, _>(pay)
        .on::<KaOrderList, _, _, _>(list)
        .on::<KaOrderGet, _, _, _>(detail)
        .on::<KaOrderTrace, _, _, _>(trace)
        .on::<BigMajorOrderPreviewCreate, _, _, _>(preview)
        .on::<BigMajorOrderCreate, _, _, _>(create)
        .numbered("outOrderId")
        .on::<BigMajorOrderList, _, _, _>(list)
        .on::<BigMajorOrderGet, _, _, _>(detail)
}

async fn preview<T: Operation<Request = KaPreviewBody>>(call: Call<T>) -> Result<List<KaOrderPreview>, Refusal> {
    let ask = preview_ask(call.request.preview(&call.caller.developer.ids)?);
    let previewed = call.platform.preview(&call.caller, Marketplace::Alibaba1688, ask).await?;
    let surcharge = call.platform.config().surcharge_bp;
    Ok(List(previewed.orders.iter().map(|order| KaOrderPreview::of(order, surcharge)).collect()))
}

async fn create<T: Operation<Request = KaCreateBody>>(call: Call<T>) -> Result<List<KaOrder>, Refusal> {
    let ask = new_purchase(call.request.purchase(&call.caller.developer.ids)?, T::EDITION, Sellers::OnePreviewed);
    let made = call.platform.create_orders(&call.caller, &call.ticket, ask).await?;
    Ok(List(made.orders.iter().map(summary).collect()))
}

async fn pay(call: Call<KaOrderPay>) -> Result<AlibabaPayOrderVO, Refusal> {
    let id = reference(call.request.order()?);
    Ok(paid(call.platform.pay(&call.caller, &call.ticket, &id).await?))
}

async fn list<T: Operation<Request = KaOrderPageBody>>(call: Call<T>) -> Result<KaOrderPage, Refusal> {
    let filter = call.request.filter()?;
    let (size, current) = (i64::from(filter.size), i64::from(filter.page));
    let found = call.platform.orders(&call.caller, query(filter)).await?;
    Ok(KaOrderPage { records: List(found.orders.iter().map(summary).collect()), total: found.total, size, current })
}

async fn detail<T: Operation<Request = KaOrderIdBody>>(call: Call<T>) -> Result<KaOrderDetail, Refusal> {
    let id = reference(call.request.order()?);
    let own = call.platform.order(&call.caller, &id).await?;
    let logistics_list = match call.platform.shipments(&own).await? {
        Some(document) => LogisticsTrace::read_all(document.as_str())?,
        None => List::default(),
    };
    Ok(KaOrderDetail {
        order: summary(&own),
        address_param: FastAdress::of(&own.receiver),
        product_list: List(items(&own, |_| true, &call.platform.open_lines(&own).await?)?),
        logistics_list,
    })
}

async fn trace(call: Call<KaOrderTrace>) -> Result<List<LogisticsTrace>, Refusal> {
    let document = call.platform.traces(&call.caller, &reference(call.request.order()?)).await?;
    Ok(LogisticsTrace::read_all(document.as_str())?)
}

fn reference(order: OrderRef) -> String {
    match order {
        OrderRef::Id(id) => id.to_string(),
        OrderRef::Number(number) => number,
    }
}

fn summary(own: &OwnOrder) -> KaOrder {
    KaOrder::of(&own.core, &own.order_no, own.out_order_id.as_deref(), own.latest_refund)
}

/// The lines that `wanted` picks; `open` are those with an open refund.
pub(super) fn items(
    own: &OwnOrder,
    wanted: impl Fn(domain::EntryId) -> bool,
    open: &[domain::EntryId],
) -> Result<Vec<KaOrderItem>, Refusal> {
    let lines = own.core.lines.iter().filter(|line| wanted(line.id));
    lines
        .map(|line| {
            let row = own.rows.iter().find(|row| row.entry == line.id);
            let row = row.ok_or_else(|| Problem::Internal(format!("sub-order {} has no row", line.id)))?;
            Ok(KaOrderItem::of(&own.core, line, row.id, row.service_fee, open.contains(&line.id)))
        })
        .collect()
}
