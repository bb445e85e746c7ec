//! Requests about payment.

use super::Id;
use crate::error::Fault;
use domain::OrderId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One bulk payment has at most this many orders.
const ORDERS_MAX: usize = 100;

/// The order to be paid, in the query string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayUrlQuery {
    pub order_id: Id,
}

impl PayUrlQuery {
    pub fn order(&self) -> Result<OrderId, Fault> {
        self.order_id.parse("orderId")
    }
}

/// Orders to be paid together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmitToPayBody {
    /// 1 to 100 order ids; one that stands there twice counts once.
    pub order_ids: Vec<Id>,
}

impl SubmitToPayBody {
    pub fn orders(&self) -> Result<Vec<OrderId>, Fault> {
        if !(1..=ORDERS_MAX).contains(&self.order_ids.len()) {
            return Err(Fault::invalid("orderIds", format_args!("1 to {ORDERS_MAX} order ids")));
        }
        let mut orders: Vec<OrderId> = Vec::with_capacity(self.order_ids.len());
        for (at, id) in self.order_ids.iter().enumerate() {
            let id = id.parse(&format!("orderIds[{at}]"))?;
            if !orders.contains(&id) {
                orders.push(id);
            }
        }
        Ok(orders)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulk_payment_has_1_to_100_orders_each_once() {
        let body = |ids: Vec<&str>| SubmitToPayBody { order_ids: ids.into_iter().map(Id::from).collect() }.orders();
        let orders = body(vec!["2059624776425880794", "2060506524492880794", "2059624776425880794"]).unwrap();
        assert_eq!(
            orders.iter().map(|id| id.get()).collect::<Vec<_>>(),
            [2_059_624_776_425_880_794, 2_060_506_524_492_880_794]
        );
        for bad in [vec![], vec!["1"; 101]] {
            assert_eq!(body(bad).unwrap_err().field.as_deref(), Some("orderIds"));
        }
        assert_eq!(body(vec!["1", "x"]).unwrap_err().field.as_deref(), Some("orderIds[1]"));
    }
}
