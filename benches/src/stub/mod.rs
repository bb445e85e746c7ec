//! An upstream that answers at once and keeps nothing, in the protocol of the 1688 open platform.
//!
//! Its answers are those that the sandbox gave once, at the start, with other ids put in; so they cannot drift from the
//! protocol. An id says what an order is: those that a create makes wait for payment, those of [`PAID`] are paid. The
//! number of a refund is that of its order.

mod learn;
mod template;

pub use learn::{Facts, learn};

use bytes::Bytes;
use connector::{Transport, transport::Failure};
use http::{Request, Response, StatusCode};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use template::Template;
use tower::service_fn;

/// Orders that creates make.
const UNPAID: i64 = 4_100_000_000_000_000_000;
/// Orders that are there and paid.
pub const PAID: i64 = 4_200_000_000_000_000_000;
/// From one order's id to the next; the ids between are its sub-orders.
pub const STRIDE: i64 = 100;

/// The answers, by call.
pub struct Answers {
    create: Template,
    unpaid: Template,
    paid: Template,
    reasons: Template,
    no_refunds: Template,
    apply: Template,
    refund: Template,
}

/// A transport that ends in the stub.
pub fn transport(answers: Answers) -> Transport {
    let answers = Arc::new(answers);
    let made = Arc::new(AtomicI64::new(0));
    Transport::new(service_fn(move |request: Request<Bytes>| {
        let answer = answers.answer(&request, &made);
        std::future::ready(answer)
    }))
}

impl Answers {
    fn answer(&self, request: &Request<Bytes>, made: &AtomicI64) -> Result<Response<Bytes>, Failure> {
        let call = call(request.uri().path());
        let (template, order) = match call {
            "alibaba.trade.createCrossOrder" => {
                (&self.create, UNPAID + STRIDE * (1 + made.fetch_add(1, Ordering::Relaxed)))
            }
            "alibaba.trade.get.buyerView" => {
                let order = number(request.body(), "orderId");
                (if order < PAID { &self.unpaid } else { &self.paid }, order)
            }
            "alibaba.trade.getRefundReasonList" => (&self.reasons, 0),
            "alibaba.trade.refund.buyer.queryOrderRefundList" => (&self.no_refunds, 0),
            "alibaba.trade.createRefund" => (&self.apply, number(request.body(), "orderId")),
            "alibaba.trade.refund.OpQueryOrderRefund" => (&self.refund, number(request.body(), "refundId")),
            other => return Err(Failure::NotSent(format!("the stub does not know {other}"))),
        };
        let mut response = Response::new(template.with(order));
        *response.status_mut() = StatusCode::OK;
        Ok(response)
    }
}

/// The call's name: the part before the app key.
fn call(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

/// A number of the form, with or without the letters of a refund.
fn number(form: &[u8], name: &str) -> i64 {
    let value = form_urlencoded::parse(form).find(|(key, _)| key == name).map(|(_, value)| value);
    value.and_then(|text| text.trim_start_matches("TQ").parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_and_the_order_are_read_from_a_request() {
        assert_eq!(
            call("/openapi/param2/1/com.alibaba.trade/alibaba.trade.createRefund/1688001"),
            "alibaba.trade.createRefund"
        );
        assert_eq!(number(b"webSite=1688&orderId=4200000000000000100", "orderId"), PAID + STRIDE);
        assert_eq!(number(b"refundId=TQ4200000000000000100", "refundId"), PAID + STRIDE);
    }
}
