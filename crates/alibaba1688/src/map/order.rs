//! An order record to what of it has rules.

use super::{Mapped, amount, filled, needed, odd, pieces, unknown_word};
use crate::wire::{
    Int, Text, Time, Yuan,
    order::{BaseInfo, ProductItem, Trade},
};
use domain::{
    EntryId, Fen, OfferId, OrderId, RefundId, SkuId, SpecId,
    order::{Closer, Line, LineStatus, Order, OrderStatus, Party, Shipment},
    refund::RefundStatus,
};

pub(crate) fn order(trade: &Trade) -> Mapped<Order> {
    let base = needed("baseInfo", trade.base_info.as_ref())?;
    let items = needed("productItems", trade.product_items.as_ref())?;
    let at = |time: &Option<Time>| time.map(|t| t.0);
    Ok(Order {
        id: order_id(base)?,
        buyer: party(base.buyer_id.as_ref(), base.buyer_user_id, base.buyer_login_id.as_ref()),
        seller: party(base.seller_id.as_ref(), base.seller_user_id, base.seller_login_id.as_ref()),
        status: OrderStatus::parse(needed("baseInfo.status", base.status.as_deref())?),
        lines: items.iter().map(line).collect::<Mapped<_>>()?,
        shipping_fee: amount("baseInfo.shippingFee", base.shipping_fee)?,
        refunded: amount("baseInfo.refund", base.refund.or(NOTHING))?,
        created_at: needed("baseInfo.createTime", at(&base.create_time))?,
        modified_at: needed("baseInfo.modifyTime", at(&base.modify_time))?,
        paid_at: at(&base.pay_time),
        shipped_at: at(&base.all_delivered_time),
        received_at: at(&base.receiving_time).or(at(&base.confirmed_time)),
        completed_at: at(&base.complete_time),
        closed_by: base.close_operate_type.as_deref().and_then(closer),
        close_reason: base.close_reason.clone().filter(|r| !r.is_empty()),
        refund_in_sale: status("baseInfo.refundStatus", base.refund_status.as_deref()),
        refund_after_sale: status("baseInfo.refundStatusForAs", base.refund_status_for_as.as_deref()),
        out_order_id: filled(base.out_order_id.as_ref()).map(str::to_owned),
        stages_paid: stages_paid(base),
        batch_pay: None,
    })
}

/// What was never paid back is left out.
const NOTHING: Option<Yuan> = Some(Yuan(Fen::ZERO));

/// An order that is paid at once is printed as one stage; it has none.
fn stages_paid(base: &BaseInfo) -> u32 {
    const PAID: Int = Int(2);
    let stages = base.new_step_order_list.as_deref().unwrap_or_default();
    let paid = stages.iter().filter(|s| s.pay_status == Some(PAID)).count();
    if stages.len() > 1 { u32::try_from(paid).unwrap_or(u32::MAX) } else { 0 }
}

fn order_id(base: &BaseInfo) -> Mapped<OrderId> {
    let id = match base.id {
        Some(id) => OrderId::new(id.0),
        None => needed("baseInfo.id", filled(base.id_of_str.as_ref()))?.parse(),
    };
    id.map_err(|_| odd("baseInfo.id", base.id))
}

fn party(member: Option<&Text>, user: Option<Int>, login: Option<&String>) -> Party {
    Party {
        member_id: member.map(|m| m.0.clone()).unwrap_or_default(),
        user_id: user.map_or(0, |u| u.0),
        login_id: login.cloned().unwrap_or_default(),
    }
}

fn closer(word: &str) -> Option<Closer> {
    match word {
        "" => None,
        "CLOSE_TRADE_BY_BUYER" => Some(Closer::Buyer),
        "CLOSE_TRADE_BY_SELLER" => Some(Closer::Seller),
        "CLOSE_TRADE_BY_BOPS" | "CLOSE_TRADE_BY_CREADIT" => Some(Closer::Platform),
        "CLOSE_TRADE_BY_SYSTEM" => Some(Closer::Timeout),
        other => {
            unknown_word("baseInfo.closeOperateType", other);
            None
        }
    }
}

fn status(field: &'static str, word: Option<&str>) -> Option<RefundStatus> {
    let word = word.filter(|w| !w.is_empty())?;
    let status = RefundStatus::parse(word);
    if status.is_none() {
        unknown_word(field, word);
    }
    status
}

fn line(item: &ProductItem) -> Mapped<Line> {
    let entry = needed("productItems.subItemID", item.sub_item_id)?;
    let offer = needed("productItems.productID", item.product_id)?;
    let images = item.product_img_url.as_deref().unwrap_or_default();
    Ok(Line {
        id: EntryId::new(entry.0).map_err(|_| odd("productItems.subItemID", entry))?,
        offer_id: OfferId::new(offer.0).map_err(|_| odd("productItems.productID", offer))?,
        sku_id: sku(item.sku_id)?,
        spec_id: spec(item.spec_id.as_ref())?,
        name: item.name.clone().unwrap_or_default(),
        image: images.first().cloned().unwrap_or_default(),
        attributes: attributes(item),
        quantity: pieces("productItems.quantity", item.quantity.as_ref())?,
        unit_price: amount("productItems.price", item.price)?,
        amount: amount("productItems.itemAmount", item.item_amount)?,
        share_postage: item.share_postage.map(|p| amount("productItems.sharePostage", Some(p))).transpose()?,
        status: LineStatus(needed("productItems.status", item.status.clone())?),
        shipment: shipment(item.logistics_status)?,
        refunded: amount("productItems.refund", item.refund.or(NOTHING))?,
        refund_in_sale: refund_id("productItems.refundId", item.refund_id.as_ref())?,
        refund_after_sale: refund_id("productItems.refundIdForAs", item.refund_id_for_as.as_ref())?,
    })
}

/// Absent or zero for products without SKUs.
pub(super) fn sku(id: Option<Int>) -> Mapped<Option<SkuId>> {
    let id = id.filter(|id| id.0 != 0);
    id.map(|id| SkuId::new(id.0).map_err(|_| odd("skuId", id))).transpose()
}

/// Absent or empty for products without SKUs.
pub(super) fn spec(id: Option<&Text>) -> Mapped<Option<SpecId>> {
    filled(id).map(|id| SpecId::parse(id).map_err(|_| odd("specId", id))).transpose()
}

fn attributes(item: &ProductItem) -> Vec<(String, String)> {
    let infos = item.sku_infos.iter().flatten();
    infos.map(|i| (i.name.clone().unwrap_or_default(), i.value.clone().unwrap_or_default())).collect()
}

/// 1 not shipped, 2 shipped, 3 received, 4 returned (it had been received), 5 partly shipped, 8 no logistics order yet.
fn shipment(status: Option<Int>) -> Mapped<Shipment> {
    match status.map(|s| s.0) {
        None | Some(1 | 8) => Ok(Shipment::NotShipped),
        Some(2 | 5) => Ok(Shipment::Shipped),
        Some(3 | 4) => Ok(Shipment::Received),
        Some(other) => {
            unknown_word("productItems.logisticsStatus", &other.to_string());
            Err(odd("productItems.logisticsStatus", other))
        }
    }
}

fn refund_id(field: &str, id: Option<&Text>) -> Mapped<Option<RefundId>> {
    filled(id).map(|id| id.parse().map_err(|_| odd(field, id))).transpose()
}
