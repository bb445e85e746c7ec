//! Several orders paid at the cashier at once, of which the marketplace tells by one message for each buyer.

use super::{Economy, Failure, refusal::Refusal, world::World};
use domain::{AccountId, OrderId, order::Order};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What became of each order.
pub type Paid = Vec<(OrderId, Result<Order, Refusal>)>;

impl Economy {
    /// The buyer pays these orders at the cashier, in one go; each that can be paid is.
    pub async fn pay_together(&self, ids: &[OrderId]) -> Result<Paid, Failure> {
        self.decide(|world| Ok(world.pay_together(ids))).await
    }
}

impl World<'_> {
    fn pay_together(&mut self, ids: &[OrderId]) -> Paid {
        let paid: Paid = ids.iter().map(|id| (*id, self.pay(*id).and_then(|()| Ok(self.order(*id)?.order)))).collect();
        if paid.len() > 1 {
            self.tell_together(&paid);
        }
        paid
    }

    fn tell_together(&mut self, paid: &Paid) {
        let mut of_buyers: BTreeMap<AccountId, Vec<(OrderId, Value)>> = BTreeMap::new();
        for (id, outcome) in paid {
            let status = if outcome.is_ok() { "successed" } else { "PARAM_ILLEGAL" };
            let Ok(record) = self.order(*id) else { continue };
            let told = json!({"orderId": id.to_string(), "status": status});
            of_buyers.entry(record.account).or_default().push((*id, told));
        }
        for orders in of_buyers.into_values() {
            // The message is numbered among those of the first order.
            let Some(mut first) = orders.first().and_then(|(id, _)| self.order(*id).ok()) else { continue };
            let rows: Vec<Value> = orders.into_iter().map(|(_, told)| told).collect();
            self.send(&mut first, "ORDER_BATCH_PAY", json!({ "batchPay": rows }));
            self.state.put_order(first);
        }
    }
}
