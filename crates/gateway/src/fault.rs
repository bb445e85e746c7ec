//! The one place where a problem of the platform becomes a public code. Inside messages end here: they are logged under
//! the request id, the caller reads the public text.

use connector_kind::Kind;
use contract::error::{Code, Fault};
use platform::problem::{Problem, Thing, Upstream, kind as connector_kind};

pub(crate) fn fault(problem: Problem) -> Fault {
    if let Some(inside) = problem.inside() {
        tracing::error!(inside, "a call failed inside");
    }
    match problem {
        Problem::Missing { field } => Fault::missing(field),
        Problem::Invalid { field, expected } => Fault::invalid(field, expected),
        Problem::Amount { field, expected } => Fault::field(Code::AmountNotAllowed, field, expected),
        Problem::File { field, expected } => Fault::field(Code::FileNotAllowed, field, expected),
        Problem::NotFound(thing) => not_found(thing),
        Problem::OrderState(text) => Fault::new(Code::OrderStateConflict, text),
        Problem::RefundState(text) => Fault::new(Code::RefundStateConflict, text),
        Problem::DuplicateRefund(text) => Fault::field(Code::DuplicateRefund, "orderEntryIds", text),
        Problem::PriceChanged(text) => Fault::new(Code::PriceChanged, text),
        Problem::PreviewRequired(text) => Fault::new(Code::PreviewRequired, text),
        Problem::OtherSeller(line) => {
            let line = line.map_or_else(String::new, |at| format!("cargoParamList[{at}]."));
            Fault::field(Code::MixedSellers, format!("{line}sellerOpenId"), "expected the offer's seller")
        }
        Problem::NotOffered(what) => Fault::new(Code::CapabilityNotOffered, format!("{what} is not offered here")),
        Problem::Elsewhere(text) => Fault::new(Code::CapabilityNotOffered, text),
        Problem::NotGranted => Fault::new(Code::OperationNotGranted, "this is not granted to the developer"),
        Problem::NonceReplayed => {
            Fault::new(Code::NonceReplayed, "nonce-str: was used before; a write needs a new one")
        }
        Problem::KeyConflict(key) => Fault::field(Code::IdempotencyConflict, key, "was used before with other content"),
        Problem::StillRunning(key) => {
            Fault::field(Code::StillRunning, key, "the first try is being worked on").retry_after(1)
        }
        Problem::Upstream(upstream) => refusal(&upstream),
        Problem::TooMany { retry_after_s } => {
            Fault::new(Code::RateLimited, "too many calls of this user").retry_after(retry_after_s)
        }
        Problem::Overloaded => Fault::new(Code::Overloaded, "too much to do at the moment").retry_after(1),
        Problem::Internal(_) => {
            Fault::new(Code::InternalError, "a fault of the platform; the requestId finds it in the log")
        }
    }
}

fn not_found(thing: Thing) -> Fault {
    match thing {
        Thing::Product => Fault::field(Code::ProductNotFound, "offerId", "unknown, off sale or not orderable"),
        Thing::Order => Fault::field(Code::OrderNotFound, "orderId", "no such order"),
        Thing::Refund => Fault::field(Code::RefundNotFound, "refundId", "no such refund"),
        Thing::Shipment => Fault::new(Code::ShipmentNotFound, "nothing has been shipped yet"),
        Thing::Message => Fault::field(Code::ObjectNotFound, "id", "no such message"),
        Thing::Callback => Fault::field(Code::ObjectNotFound, "url", "there is no callback URL; set one first"),
        Thing::Developer => Fault::field(Code::ObjectNotFound, "developId", "no such developer"),
        Thing::User => Fault::field(Code::ObjectNotFound, "userId", "no such user"),
        Thing::Request => {
            Fault::field(Code::ObjectNotFound, "requestId", "no such request; they are kept for a week, at most")
        }
        Thing::Account => Fault::field(Code::ObjectNotFound, "accountId", "no such purchasing account"),
        Thing::Payment => Fault::field(Code::ObjectNotFound, "paymentId", "no such payment"),
        Thing::Specification => Fault::field(Code::ProductNotFound, "specId", "no such specification of the product"),
        Thing::CartRow { field, id } => {
            Fault::field(Code::ObjectNotFound, field, format_args!("the cart has no row {id}"))
        }
    }
}

/// `error_map` of the upstream: the connector has found the kind, here it gets its number.
fn refusal(upstream: &Upstream) -> Fault {
    let code = match upstream.kind {
        Kind::ProductNotFound => Code::ProductNotFound,
        Kind::OrderNotFound => Code::OrderNotFound,
        Kind::RefundNotFound => Code::RefundNotFound,
        Kind::ShipmentNotFound => Code::ShipmentNotFound,
        Kind::ObjectNotFound => Code::ObjectNotFound,
        Kind::MissingParameter => Code::MissingParameter,
        Kind::InvalidParameter => Code::InvalidParameter,
        Kind::MixedSellers => Code::MixedSellers,
        Kind::AmountNotAllowed => Code::AmountNotAllowed,
        Kind::FileNotAllowed => Code::FileNotAllowed,
        Kind::NotGranted => Code::OperationNotGranted,
        Kind::OrderState => Code::OrderStateConflict,
        Kind::RefundState => Code::RefundStateConflict,
        Kind::OutOfStock => Code::OutOfStock,
        Kind::BelowMinimum => Code::BelowMinimum,
        Kind::InsufficientBalance => Code::InsufficientBalance,
        Kind::RateLimited => Code::RateLimited,
        Kind::Refused => Code::UpstreamRefused,
        Kind::Unreachable => Code::UpstreamUnreachable,
        Kind::Unauthorized => Code::UpstreamUnauthorized,
        Kind::Timeout => Code::UpstreamTimeout,
    };
    let fault = Fault::new(code, upstream.public_text());
    match upstream.retry_after_ms {
        Some(ms) => fault.retry_after(u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX)),
        None if code == Code::RateLimited => fault.retry_after(1),
        None => fault,
    }
}
