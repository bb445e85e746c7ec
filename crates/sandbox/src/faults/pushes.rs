//! Push messages that go wrong on their way.

use super::{Faults, PushFault, Subject, blow::Kind};
use crate::economy::{Economy, Push, draw};
use domain::OrderId;
use serde_json::json;

/// Numbers of foreign messages begin above those of the economy's own.
const FOREIGN_IDS: i64 = 1_000_000_000_000_000;

impl Faults {
    /// The fault that strikes this delivery of a message.
    pub(crate) fn of_push(&self, economy: &Economy, push: &Push) -> Option<PushFault> {
        if self.is_empty() {
            return None;
        }
        let subject = Subject::of_order(economy, push.order);
        self.strike(&format!("push {}", push.id), |fault| match fault.kind {
            Kind::Push(kind) if fault.topic.as_ref().is_none_or(|t| *t == push.topic) && subject.fits(fault) => {
                Some(kind)
            }
            Kind::Push(_) | Kind::Way(_) => None,
        })
    }

    /// A message in this one's name about an order that does not exist; `None` where the message's own does not either.
    pub(crate) fn foreign(&self, economy: &Economy, push: &Push) -> Option<String> {
        let buyer = economy.order(push.order)?.order.buyer;
        let what = format!("push {} {}", push.id, push.tries);
        let order = (0..).map(|n| self.order_id(&what, buyer.user_id, n)).find(|id| economy.order(*id).is_none())?;
        let message = json!({
            "bizKey": order.to_string(),
            "data": {
                "buyerMemberId": buyer.member_id,
                "sellerMemberId": "b2b-0",
                "orderId": order,
                "currentStatus": "waitsellersend",
                "msgSendTime": push.born_at.text(),
            },
            "gmtBorn": push.born_at.0,
            "msgId": FOREIGN_IDS + self.seed.below(&what, "foreign message", FOREIGN_IDS),
            "type": "ORDER_BUYER_VIEW_ORDER_PAY",
            "userInfo": push.member,
        });
        Some(message.to_string())
    }

    fn order_id(&self, what: &str, buyer: i64, attempt: u32) -> OrderId {
        draw::order_id(self.seed, buyer, &format!("foreign {what}"), attempt)
    }
}
