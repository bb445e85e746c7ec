//! The order calls: preview, create, look, cancel, receive.

mod ask;
mod list;
mod logistics;

pub use list::get_buyer_order_list;
pub(super) use list::{time, within};
pub use logistics::{get_logistics_infos, get_logistics_trace_info};

use crate::{
    api::{Answer, ApiError, Caller, Params},
    economy::{Economy, Refusal, pricing::Priced},
};
use alibaba1688::wire::{
    Flag, Int, Text, Yuan,
    envelope::{Coded, Done, DoneResult, Flat},
    order::{
        CancelAnswer, CreateResult, FailedOffer, PayChannelInfo, PreviewAnswer, PreviewCargo, PreviewPart, Trade,
        TradeModel,
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{EntryId, OfferId, OrderId, order::Closer};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// `alibaba.createOrder.preview`.
pub async fn preview(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let refused = |r: Refusal| {
        printed(&PreviewAnswer {
            success: Some(Flag(false)),
            error_code: Some(r.code.into()),
            error_msg: Some(r.text),
            order_preview_resuslt: Some(Vec::new()),
            ..PreviewAnswer::default()
        })
    };
    let flow = params.str("flow").unwrap_or("general").to_owned();
    let asked = ask::receiver(params).and_then(|_| ask::lines(params));
    let lines = asked.map_err(|e| e.wrapped(refused))?;
    let part = economy.decide(|world| Ok(part(&world.preview(account, &lines, &flow)?, &flow))).await;
    let part = part.map_err(|f| f.wrapped(refused))?;
    Ok(printed(&PreviewAnswer {
        order_preview_resuslt: Some(vec![part]),
        success: Some(Flag(true)),
        post_fee_by_desc_offer_list: Some(Vec::new()),
        consign_offer_list: Some(Vec::new()),
        unsupported_cross_border_pay_offer_list: Some(Vec::new()),
        ..PreviewAnswer::default()
    }))
}

fn part(priced: &Priced<'_>, flow: &str) -> PreviewPart {
    let model = |word: &str| TradeModel {
        trade_way: None,
        name: Some(trade_name(word).to_owned()),
        trade_type: Some(word.to_owned()),
        description: Some("买家付款到支付宝，收货后卖家收款".to_owned()),
        op_support: Some(true),
    };
    PreviewPart {
        discount_fee: Some(Int(0)),
        trade_mode_name_list: Some(priced.trade_types().into_iter().map(str::to_owned).collect()),
        status: Some(true),
        tao_sample_single_promotion: Some(false),
        sum_payment: Some(Int(priced.total().0)),
        message: None,
        sum_carriage: Some(Int(priced.freight.0)),
        result_code: None,
        sum_payment_no_carriage: Some(Int(priced.goods().0)),
        additional_fee: Some(Int(0)),
        flow_flag: Some(flow.to_owned()),
        cargo_list: Some(cargo(priced)),
        shop_promotion_list: Some(Vec::new()),
        trade_model_list: Some(priced.trade_types().into_iter().map(model).collect()),
        pay_channel_infos: Some(vec![PayChannelInfo {
            name: Some("alipay".to_owned()),
            amount_limit: Some(Int(10_000_000_000)),
        }]),
    }
}

fn trade_name(word: &str) -> &'static str {
    match word {
        "assureTrade" => "交易4.0",
        "37staged" | "631staged" => "分阶段付款",
        _ => "担保交易",
    }
}

fn cargo(priced: &Priced<'_>) -> Vec<PreviewCargo> {
    let lines = priced.lines.iter();
    lines
        .map(|l| PreviewCargo {
            amount: Some(Yuan(l.amount)),
            message: None,
            final_unit_price: Some(Yuan(l.unit_price)),
            spec_id: l.sku.map(|s| Text::from(s.spec_id.as_str())),
            sku_id: l.sku.map(|s| Int(s.sku_id.get())),
            result_code: None,
            offer_id: Some(Int(l.product.offer_id.get())),
            open_offer_id: Some(open_offer_id(l.product.offer_id)),
            cargo_promotion_list: Some(Vec::new()),
        })
        .collect()
}

/// The encrypted offer id: 16 bytes in base64. The one that the contract's example shows is recorded.
fn open_offer_id(offer: OfferId) -> String {
    if offer.get() == 889_512_351_602 {
        return "+vIWvlcT2JMpWVABRdm+WQ==".to_owned();
    }
    STANDARD.encode(&Sha256::digest(format!("open offer {offer}"))[..16])
}

/// `alibaba.trade.createCrossOrder`: the same `outOrderId` again gives the same orders.
pub async fn create_cross_order(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let ask = ask::purchase(params).map_err(|e| e.wrapped(not_created))?;
    let made = economy.decide(|world| {
        let ids = world.create(account, &ask)?;
        ids.into_iter().map(|id| world.order(id)).collect::<Result<Vec<_>, _>>()
    });
    let made = made.await.map_err(|f| f.wrapped(not_created))?;
    let first = made.first().map(|r| &r.order);
    let result = CreateResult {
        success: Some(Flag(true)),
        order_id: first.map(|o| Text::from(o.id.to_string())),
        total_success_amount: first.map(|o| Int(o.total().0)),
        post_fee: first.map(|o| Int(o.shipping_fee.0)),
        ..CreateResult::default()
    };
    Ok(printed(&Coded { result: Some(result), success: Some(Flag(true)), code: None, message: None }))
}

fn not_created(refusal: Refusal) -> Value {
    let Refusal { code, text, line } = refusal;
    let failed = line.map(|(offer, spec)| FailedOffer {
        offer_id: Some(Text::from(offer.to_string())),
        spec_id: spec.map(|s| Text::from(s.as_str())),
        error_code: Some(code.into()),
        error_message: Some(text.clone()),
    });
    let result = CreateResult {
        success: Some(Flag(false)),
        code: Some(code.into()),
        message: Some(text.clone()),
        failed_offer_list: failed.map(|f| vec![f]),
        ..CreateResult::default()
    };
    printed(&Coded { result: Some(result), success: Some(Flag(false)), code: Some(code.into()), message: Some(text) })
}

/// `alibaba.trade.get.buyerView`.
pub async fn get_buyer_view(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "orderId")?;
    let found = economy.decide(|world| {
        let record = world.order_of(account, id)?;
        Ok(world.view(&record).detail())
    });
    let trade = found.await.map_err(|f| f.wrapped(flat_refusal))?;
    Ok(printed(&Flat { result: Some(trade), success: Some(Flag(true)), ..Flat::default() }))
}

fn flat_refusal(refusal: Refusal) -> Value {
    printed(&Flat::<Trade> {
        success: Some(Flag(false)),
        error_code: Some(refusal.code.into()),
        error_message: Some(refusal.text),
        ..Flat::default()
    })
}

/// `alibaba.trade.cancel`: unpaid orders, not in their first ten seconds.
pub async fn cancel(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "tradeID")?;
    let (reason, remark) = (params.require("cancelReason")?, params.str("remark"));
    let closed = economy.decide(|world| {
        let order = world.order(id)?;
        if order.account != account {
            return Err(Refusal::new("400_3", "the caller is neither buyer nor seller"));
        }
        world.close(id, Closer::Buyer, reason, remark)
    });
    closed.await.map_err(|f| f.wrapped(not_cancelled))?;
    Ok(printed(&CancelAnswer { success: Some(Flag(true)), error_code: None, error_message: None }))
}

fn not_cancelled(refusal: Refusal) -> Value {
    printed(&CancelAnswer {
        success: Some(Flag(false)),
        error_code: Some(refusal.code.into()),
        error_message: Some(refusal.text),
    })
}

/// `trade.receivegoods.confirm`.
pub async fn receivegoods_confirm(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let id = order_id(params, "orderId")?;
    let entries = entry_ids(params, "orderEntryIds")?;
    let received = economy.decide(|world| {
        world.order_of(account, id).map_err(|r| Refusal { code: "4003", ..r })?;
        if entries.is_empty() {
            return Err(Refusal::new("ORDER_ENTRY_NOT_EXIST", "no sub-order is named"));
        }
        world.receive(id, &entries)
    });
    received.await.map_err(|f| f.wrapped(undone))?;
    Ok(done())
}

/// The answer of the calls that only say that they did it.
pub(super) fn done() -> Value {
    printed(&Done {
        result: Some(DoneResult {
            success: Some(Flag(true)),
            error_code: Some("".into()),
            error_info: Some(String::new()),
        }),
    })
}

pub(super) fn undone(refusal: Refusal) -> Value {
    printed(&Done {
        result: Some(DoneResult {
            success: Some(Flag(false)),
            error_code: Some(refusal.code.into()),
            error_info: Some(refusal.text),
        }),
    })
}

pub(super) fn printed<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("wire types have text keys only")
}

/// An order id; one that cannot be an id is of no order.
pub(super) fn order_id(params: &Params, name: &str) -> Result<OrderId, ApiError> {
    params.require(name)?.trim().trim_matches('"').parse().map_err(|_| ApiError::invalid(name, "an order id"))
}

/// Sub-order ids, each once.
pub(super) fn entry_ids(params: &Params, name: &str) -> Result<Vec<EntryId>, ApiError> {
    let ids: Vec<Int> = params.require_json(name)?;
    let id = |id: Int| EntryId::new(id.0).map_err(|_| ApiError::invalid(name, "sub-order ids"));
    let mut once: Vec<EntryId> = Vec::with_capacity(ids.len());
    for id in ids.into_iter().map(id) {
        let id = id?;
        if !once.contains(&id) {
            once.push(id);
        }
    }
    Ok(once)
}
