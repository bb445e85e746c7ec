//! The parcels of an order and where they have been.

use super::{order_id, printed};
use crate::{
    api::{Answer, Caller, Params},
    catalogue::Seller,
    economy::{
        Economy, Refusal, World, carriers,
        record::{OrderRecord, Parcel},
    },
};
use alibaba1688::wire::{Flag, order::TraceAnswer};
use domain::{AccountId, EntryId, OrderId, Timestamp};
use serde_json::{Value, json};

const YEAR_MS: i64 = 365 * 24 * 3_600_000;

/// `alibaba.trade.getLogisticsTraceInfo.buyerView`.
pub async fn get_logistics_trace_info(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "orderId")?;
    let wanted = params.str("logisticsId");
    let found = economy.decide(|world| {
        let record = own(world, account, id)?;
        if world.now.ms_since(record.order.created_at) > YEAR_MS {
            return Err(Refusal::new("order.createtime.history", "the order is older than one year"));
        }
        let mut traces = world.view(&record).traces();
        traces.retain(|t| wanted.is_none_or(|w| t.logistics_id.as_ref().is_some_and(|id| id.as_str() == w)));
        if traces.is_empty() { Err(Refusal::new("404", "no trace")) } else { Ok(traces) }
    });
    let traces = found.await.map_err(|f| f.wrapped(untraced))?;
    Ok(printed(&TraceAnswer { logistics_trace: Some(traces), success: Some(Flag(true)), ..TraceAnswer::default() }))
}

fn untraced(refusal: Refusal) -> Value {
    printed(&TraceAnswer::<Value> {
        success: Some(Flag(false)),
        error_code: Some(refusal.code.into()),
        error_message: Some(refusal.text),
        ..TraceAnswer::default()
    })
}

fn own(world: &World<'_>, account: AccountId, id: OrderId) -> Result<OrderRecord, Refusal> {
    let foreign = |_| Refusal::new("order.nopermission.buyer", "not this buyer's order");
    world.order_of(account, id).map_err(foreign)
}

/// `alibaba.trade.getLogisticsInfos.buyerView`.
pub async fn get_logistics_infos(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "orderId")?;
    let found = economy.decide(|world| {
        let record = own(world, account, id)?;
        if record.parcels.is_empty() {
            return Err(Refusal::new("500_2", "not shipped yet"));
        }
        let seller = world.seller_of(&record);
        Ok(record.parcels.iter().map(|p| parcel(&record, p, seller, world.now)).collect::<Vec<_>>())
    });
    let refused = |r: Refusal| json!({"success": false, "errorCode": r.code, "errorMessage": r.text});
    let parcels = found.await.map_err(|f| f.wrapped(refused))?;
    Ok(json!({"result": parcels, "success": true, "errorCode": null, "errorMessage": null}))
}

fn parcel(record: &OrderRecord, parcel: &Parcel, seller: Option<&Seller>, now: Timestamp) -> Value {
    let carrier = carriers::by_code(&parcel.carrier);
    let entries: Vec<String> = parcel.entries.iter().map(EntryId::to_string).collect();
    let last = carriers::passed(parcel.sent_at, now).last();
    let lines = || record.order.lines.iter().zip(&record.goods).filter(|(l, _)| parcel.entries.contains(&l.id));
    let goods = lines().map(|(l, g)| json!({"goodName": l.name, "quantity": l.quantity.to_string(), "unit": g.unit}));
    let orders = lines().map(|(l, g)| {
        json!({
            "logisticsId": parcel.logistics_id, "tradeOrderId": record.order.id.to_string(),
            "tradeOrderItemId": l.id.to_string(), "description": l.name, "quantity": l.quantity.to_string(),
            "unit": g.unit, "productName": l.name,
        })
    });
    let r = &record.receiver;
    json!({
        "logisticsId": parcel.logistics_id,
        "logisticsBillNo": parcel.bill,
        "orderEntryIds": entries.join(","),
        "status": last.map(|(_, stop)| stop.status),
        "logisticsCompanyId": carrier.map(|c| c.id.to_string()),
        "logisticsCompanyName": carrier.map(|c| c.name),
        "logisticsCompanyNo": parcel.carrier,
        "remarks": null,
        "serviceFeature": null,
        "gmtSystemSend": parcel.sent_at.compact(),
        "sendGoods": goods.collect::<Vec<_>>(),
        "receiver": {
            "receiverName": r.full_name, "receiverPhone": r.phone, "receiverMobile": r.mobile,
            "receiverProvinceCode": null, "receiverCityCode": null, "receiverCountyCode": r.district_code,
            "receiverAddress": r.address, "receiverProvince": r.province, "receiverCity": r.city,
            "receiverCounty": r.area, "encrypt": null,
        },
        "sender": seller.map(|s| json!({
            "senderName": s.contact, "senderPhone": null, "senderMobile": s.mobile, "senderProvinceCode": null,
            "senderCityCode": null, "senderCountyCode": null, "senderAddress": s.address,
            "senderProvince": s.province, "senderCity": s.city, "senderCounty": s.district, "encrypt": null,
        })),
        "logisticsOrderGoods": orders.collect::<Vec<_>>(),
    })
}
