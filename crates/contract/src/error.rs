//! The table of error codes and the one shape in which an operation refuses.
//!
//! The number is stable and the HTTP status follows from it. A [`Fault`] holds only what the caller may read; what only the
//! operator may know is logged by whoever makes the fault, so it cannot leak from here.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = ($number:literal, $name:literal, $http:literal, $meaning:literal),)*) => {
        /// A result code of the envelope.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant),* }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The number in `code`.
            pub const fn number(self) -> u32 {
                match self { $(Self::$variant => $number),* }
            }

            /// The name in capitals, as documents and logs give it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The HTTP status that goes with it.
            pub const fn http(self) -> u16 {
                match self { $(Self::$variant => $http),* }
            }

            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),* }
            }
        }
    };
}

codes! {
    /// Success, msg 成功.
    Success = (200, "SUCCESS", 200, "success, msg 成功"),
    /// Body is not a JSON object, wrong content type or broken encoding.
    MalformedRequest = (40001, "MALFORMED_REQUEST", 400, "body is not a JSON object, wrong content type or broken encoding"),
    /// A required business parameter is missing or null.
    MissingParameter = (40002, "MISSING_PARAMETER", 400, "a required business parameter is missing or null"),
    /// Wrong type, format, length, range or enum value.
    InvalidParameter = (40003, "INVALID_PARAMETER", 400, "wrong type, format, length, range or enum value"),
    /// Lines of different sellers in a one-seller call, or a spec that is not of the offer.
    MixedSellers = (40004, "MIXED_SELLERS", 400, "lines of different sellers in a one-seller call, or a spec that is not of the offer"),
    /// Amount or quantity outside what may be ordered or refunded.
    AmountNotAllowed = (40005, "AMOUNT_NOT_ALLOWED", 400, "amount or quantity outside what may be ordered or refunded"),
    /// Upload too big or of a wrong kind, or a voucher URL that no upload gave.
    FileNotAllowed = (40006, "FILE_NOT_ALLOWED", 400, "upload too big or of a wrong kind, or a voucher URL that no upload gave"),
    /// A required system header is missing.
    MissingCredentials = (40101, "MISSING_CREDENTIALS", 401, "a required system header is missing"),
    /// Access-key unknown or reset.
    UnknownAccessKey = (40102, "UNKNOWN_ACCESS_KEY", 401, "access-key unknown or reset"),
    /// Signature does not match.
    SignatureMismatch = (40103, "SIGNATURE_MISMATCH", 401, "signature does not match"),
    /// Timestamp not a number or more than 600 s away.
    TimestampOutOfRange = (40104, "TIMESTAMP_OUT_OF_RANGE", 401, "timestamp not a number or more than 600 s away"),
    /// A request that changes state has a nonce that was seen before (strict setting: any request).
    NonceReplayed = (40105, "NONCE_REPLAYED", 401, "a request that changes state has a nonce that was seen before (strict setting: any request)"),
    /// The developer demands the strong signature, v1 was sent.
    StrongSignatureRequired = (40106, "STRONG_SIGNATURE_REQUIRED", 401, "the developer demands the strong signature, v1 was sent"),
    /// Operation, edition or upstream relation not granted.
    OperationNotGranted = (40301, "OPERATION_NOT_GRANTED", 403, "operation, edition or upstream relation not granted"),
    /// User-id unknown or of another developer.
    UserNotAllowed = (40302, "USER_NOT_ALLOWED", 403, "user-id unknown or of another developer"),
    /// Developer or user disabled.
    AccountDisabled = (40303, "ACCOUNT_DISABLED", 403, "developer or user disabled"),
    /// The marketplace, or its configuration here, does not offer this.
    CapabilityNotOffered = (40304, "CAPABILITY_NOT_OFFERED", 403, "the marketplace, or its configuration here, does not offer this"),
    /// No such path or method.
    RouteNotFound = (40401, "ROUTE_NOT_FOUND", 404, "no such path or method"),
    /// Product unknown, off sale or not orderable.
    ProductNotFound = (40402, "PRODUCT_NOT_FOUND", 404, "product unknown, off sale or not orderable"),
    /// Order unknown, or of another developer or user.
    OrderNotFound = (40403, "ORDER_NOT_FOUND", 404, "order unknown, or of another developer or user"),
    /// After-sales order unknown, or of another developer or user.
    RefundNotFound = (40404, "REFUND_NOT_FOUND", 404, "after-sales order unknown, or of another developer or user"),
    /// No shipment or no tracking yet.
    ShipmentNotFound = (40405, "SHIPMENT_NOT_FOUND", 404, "no shipment or no tracking yet"),
    /// Anything else: cart row, address, pool, render id, opaque id.
    ObjectNotFound = (40406, "OBJECT_NOT_FOUND", 404, "anything else: cart row, address, pool, render id, opaque id"),
    /// Order state does not allow this, or too early (cancel within 10 s).
    OrderStateConflict = (40901, "ORDER_STATE_CONFLICT", 409, "order state does not allow this, or too early (cancel within 10 s)"),
    /// After-sales state does not allow this.
    RefundStateConflict = (40902, "REFUND_STATE_CONFLICT", 409, "after-sales state does not allow this"),
    /// Own order number or Idempotency-Key used before with other content.
    IdempotencyConflict = (40903, "IDEMPOTENCY_CONFLICT", 409, "own order number or Idempotency-Key used before with other content"),
    /// Stock too low.
    OutOfStock = (40904, "OUT_OF_STOCK", 409, "stock too low"),
    /// Below the minimum order quantity or mixed-batch rule.
    BelowMinimum = (40905, "BELOW_MINIMUM", 409, "below the minimum order quantity or mixed-batch rule"),
    /// Price differs from the one sent or previewed.
    PriceChanged = (40906, "PRICE_CHANGED", 409, "price differs from the one sent or previewed"),
    /// The sub-order already has an open refund.
    DuplicateRefund = (40907, "DUPLICATE_REFUND", 409, "the sub-order already has an open refund"),
    /// Create without the mandatory preview.
    PreviewRequired = (40908, "PREVIEW_REQUIRED", 409, "create without the mandatory preview"),
    /// Payment or prepaid balance not sufficient.
    InsufficientBalance = (40909, "INSUFFICIENT_BALANCE", 409, "payment or prepaid balance not sufficient"),
    /// The same Idempotency-Key is being worked on.
    StillRunning = (40910, "STILL_RUNNING", 409, "the same Idempotency-Key is being worked on"),
    /// Body over the limit of the route.
    BodyTooLarge = (41301, "BODY_TOO_LARGE", 413, "body over the limit of the route"),
    /// Too many requests; Retry-After tells when.
    RateLimited = (42901, "RATE_LIMITED", 429, "too many requests; Retry-After tells when"),
    /// Daily or package quota used up.
    QuotaExceeded = (42902, "QUOTA_EXCEEDED", 429, "daily or package quota used up"),
    /// Fault of the platform.
    InternalError = (50001, "INTERNAL_ERROR", 500, "fault of the platform"),
    /// Upstream refused; its code and text are in msg.
    UpstreamRefused = (50201, "UPSTREAM_REFUSED", 502, "upstream refused; its code and text are in msg"),
    /// Upstream cannot be reached or its answer is unusable.
    UpstreamUnreachable = (50202, "UPSTREAM_UNREACHABLE", 502, "upstream cannot be reached or its answer is unusable"),
    /// Upstream authorisation missing, expired or too small.
    UpstreamUnauthorized = (50203, "UPSTREAM_UNAUTHORIZED", 502, "upstream authorisation missing, expired or too small"),
    /// Shed to stay healthy; Retry-After tells when.
    Overloaded = (50301, "OVERLOADED", 503, "shed to stay healthy; Retry-After tells when"),
    /// Upstream did not answer in time.
    UpstreamTimeout = (50401, "UPSTREAM_TIMEOUT", 504, "upstream did not answer in time"),
}

impl Code {
    /// The code with this number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.number() == number)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number(), self.name())
    }
}

/// A refusal as the caller sees it: English, with the field and what was expected, and nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Fault {
    pub code: Code,
    pub message: String,
    /// The field at fault, as the contract names it or as a JSON pointer.
    pub field: Option<String>,
    /// Seconds after which another try makes sense (42901, 42902, 50301).
    pub retry_after: Option<u32>,
}

impl Fault {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, retry_after: None }
    }

    /// A fault of one field; the message names it.
    pub fn field(code: Code, field: impl Into<String>, expected: impl fmt::Display) -> Self {
        let field = field.into();
        Self { code, message: format!("{field}: {expected}"), field: Some(field), retry_after: None }
    }

    /// 40002: a required field is missing or null.
    pub fn missing(field: impl Into<String>) -> Self {
        Self::field(Code::MissingParameter, field, "is required")
    }

    /// 40003: `expected` says what would be right.
    pub fn invalid(field: impl Into<String>, expected: impl fmt::Display) -> Self {
        Self::field(Code::InvalidParameter, field, format_args!("expected {expected}"))
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_names_are_unique_and_the_status_is_the_class() {
        let numbers: BTreeSet<_> = Code::ALL.iter().map(|c| c.number()).collect();
        let names: BTreeSet<_> = Code::ALL.iter().map(|c| c.name()).collect();
        assert_eq!((numbers.len(), names.len()), (Code::ALL.len(), Code::ALL.len()));
        for code in Code::ALL {
            assert_eq!(Code::from_number(code.number()), Some(*code));
            let class = if *code == Code::Success { 200 } else { code.number() / 100 };
            assert_eq!(u32::from(code.http()), class, "{code}");
        }
    }

    #[test]
    fn a_fault_names_its_field() {
        let fault = Fault::invalid("pageSize", "1 to 50");
        assert_eq!(fault.message, "pageSize: expected 1 to 50");
        assert_eq!(fault.code.to_string(), "40003 INVALID_PARAMETER");
    }
}
