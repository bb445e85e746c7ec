//! Paying: debit without password, or the cashier page.

use crate::{
    Alibaba1688, api,
    classify::unusable,
    wire::{
        Flag, Int,
        envelope::Nested,
        order::{CashierAnswer, CashierAsk, DebitAsk, DebitParam, DebitResult},
    },
};
use async_trait::async_trait;
use connector::{Payment, Result, payment::Cashier};
use domain::{AccountId, OrderId};

#[async_trait]
impl Payment for Alibaba1688 {
    async fn debit(&self, account: AccountId, order: OrderId) -> Result<bool> {
        let param = DebitParam { order_id: Some(Int(order.get())), ..DebitParam::default() };
        let fields = DebitAsk { trade_withhold_prepare_pay_param: Some(param) };
        let answer = self.ask(&api::DEBIT, account, &fields).await?;
        let debit: Nested<DebitResult> = answer.read()?;
        let result = debit.result.and_then(|outcome| outcome.result);
        let result = result.ok_or_else(|| unusable(&api::DEBIT, "the answer says nothing of the payment"))?;
        Ok(result.pay_success == Some(Flag(true)))
    }

    async fn cashier(&self, account: AccountId, orders: &[OrderId]) -> Result<Cashier> {
        let fields = CashierAsk { order_id_list: Some(orders.iter().map(|id| Int(id.get())).collect()) };
        let answer = self.ask(&api::CASHIER, account, &fields).await?;
        let page: CashierAnswer = answer.read()?;
        let left_out = page.pay_failure_order_list.unwrap_or_default();
        let left_out: Option<Vec<OrderId>> = left_out.into_iter().map(|id| OrderId::new(id.0).ok()).collect();
        Ok(Cashier {
            url: page.pay_url.filter(|url| !url.is_empty()),
            left_out: left_out.ok_or_else(|| unusable(&api::CASHIER, "payFailureOrderList holds no order id"))?,
        })
    }
}
