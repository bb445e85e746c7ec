//! The payment calls: the cashier link and the password-free debit.

use super::order::printed;
use crate::{
    api::{Answer, ApiError, Caller, Params},
    cashier,
    economy::{Economy, Refusal},
};
use alibaba1688::wire::{
    Flag, Int,
    envelope::Nested,
    order::{CashierAnswer, DebitParam, DebitResult},
};
use domain::{Fen, OrderId};
use serde_json::Value;

const MAX_ORDERS: usize = 100;

/// `alibaba.alipay.url.get`: a link for the orders that wait for payment; the others are named.
pub async fn alipay_url_get(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let ids: Vec<Int> = params.require_json("orderIdList")?;
    if ids.is_empty() || ids.len() > MAX_ORDERS {
        return Err(ApiError::invalid("orderIdList", "1 to 100 order ids"));
    }
    let sorted = economy.decide(|world| {
        let payable = |id: &Int| {
            let record = OrderId::new(id.0).ok().and_then(|id| world.order_of(account, id).ok())?;
            record.order.may_pay().ok().map(|()| record.order.id)
        };
        let (good, bad): (Vec<_>, Vec<_>) = ids.iter().map(|id| (payable(id), *id)).partition(|(ok, _)| ok.is_some());
        let good: Vec<OrderId> = good.into_iter().filter_map(|(id, _)| id).collect();
        let bad: Vec<Int> = bad.into_iter().map(|(_, id)| id).collect();
        Ok((good, bad))
    });
    let (payable, failed) = sorted.await.map_err(|f| f.wrapped(no_link))?;
    if payable.is_empty() {
        return Ok(printed(&CashierAnswer {
            success: Some(Flag(false)),
            error_code: Some("ORDER_STATUS_ERROR".into()),
            erro_msg: Some("none of the orders waits for payment".to_owned()),
            pay_failure_order_list: Some(failed),
            ..CashierAnswer::default()
        }));
    }
    Ok(printed(&CashierAnswer {
        pay_url: Some(cashier::url(&economy.base_url(), &payable)),
        success: Some(Flag(true)),
        pay_failure_order_list: Some(failed),
        ..CashierAnswer::default()
    }))
}

fn no_link(refusal: Refusal) -> Value {
    printed(&CashierAnswer {
        success: Some(Flag(false)),
        error_code: Some(refusal.code.into()),
        erro_msg: Some(refusal.text),
        ..CashierAnswer::default()
    })
}

/// `alibaba.trade.pay.protocolPay.preparePay`: `paySuccess` is false without an agreement or without the money.
pub async fn prepare_pay(economy: &Economy, caller: &Caller, params: &Params) -> Answer {
    let account = caller.account()?;
    let name = "tradeWithholdPreparePayParam";
    let param: DebitParam = params.require_json(name)?;
    let id = param.order_id.and_then(|id| OrderId::new(id.0).ok());
    let id = id.ok_or_else(|| ApiError::invalid(name, "an orderId"))?;
    let amount = param.pay_amount.map(|a| Fen(a.0));
    let paid = economy.decide(|world| {
        let total = world.order_of(account, id)?.order.total();
        if amount.is_some_and(|a| a != total) {
            return Err(Refusal::new("PAY_AMOUNT_ERROR", format!("expected payAmount {}", total.0)));
        }
        world.debit(account, id)
    });
    let paid = paid.await.map_err(|f| f.wrapped(not_paid))?;
    Ok(printed(&Nested::ok(DebitResult { pay_channel: Some("alipay".to_owned()), pay_success: Some(Flag(paid)) })))
}

fn not_paid(refusal: Refusal) -> Value {
    printed(&Nested::<DebitResult>::failed(refusal.code, &refusal.text))
}
