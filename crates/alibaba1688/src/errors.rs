//! What the upstream's codes mean to us: one table. Rows of a call stand before rows for all calls; the first that fits
//! decides. A code that is not here is a plain refusal, which hands code and text on.

use crate::api;
use connector::{Effect, Kind};

/// How a row is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Code(&'static str),
    /// Code or text begin so: some failures carry a sentence in place of a code.
    Begins(&'static str),
    /// Four digits beginning with this one.
    Class(char),
    /// Every failure of the call.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// `None`: every call.
    pub call: Option<&'static str>,
    pub sign: Sign,
    pub kind: Kind,
    pub effect: Effect,
}

const fn of(api: &api::Api, sign: Sign, kind: Kind) -> Row {
    Row { call: Some(api.name), sign, kind, effect: Effect::None }
}

const fn all(code: &'static str, kind: Kind) -> Row {
    Row { call: None, sign: Sign::Code(code), kind, effect: Effect::None }
}

/// A failure on their side in the middle of a write: nobody knows how far it came.
const fn halfway(api: &api::Api, sign: Sign) -> Row {
    Row { call: Some(api.name), sign, kind: Kind::Refused, effect: Effect::Unknown }
}

use Sign::{Any, Begins, Class, Code};

pub(crate) const TABLE: &[Row] = &[
    all("401", Kind::Unauthorized),
    all("gw.APIACLDecline", Kind::Unauthorized),
    all("gw.SignatureMissing", Kind::Unauthorized),
    all("gw.SignatureInvalid", Kind::Unauthorized),
    all("gw.AppKeyMissing", Kind::Unauthorized),
    all("gw.QosAppFrequencyLimit", Kind::RateLimited),
    // The gateway took the call; the service behind it did not answer.
    Row { call: None, sign: Begins("gw.RemoteService"), kind: Kind::Unreachable, effect: Effect::Unknown },
    Row { call: None, sign: Begins("gw."), kind: Kind::Refused, effect: Effect::None },
    // The upstream documents no code for these; 500_1 is its example of an error of the category tree.
    of(&api::CATEGORY_TREE, Code("500_1"), Kind::ObjectNotFound),
    of(&api::IMAGE_UPLOAD, Code("400"), Kind::FileNotAllowed),
    of(&api::CATEGORY, Code("404"), Kind::ObjectNotFound),
    of(&api::STORE_SEARCH, Code("404"), Kind::ObjectNotFound),
    of(&api::RANKING, Code("404"), Kind::ObjectNotFound),
    of(&api::POOL, Code("404"), Kind::ObjectNotFound),
    of(&api::CHAT_LINK, Code("404"), Kind::ObjectNotFound),
    of(&api::REFUND_CREATE, Code("5001"), Kind::OrderNotFound),
    of(&api::REFUND_CREATE, Code("5002"), Kind::OrderNotFound),
    of(&api::REFUND_CREATE, Code("5003"), Kind::InvalidParameter),
    of(&api::REFUND_CREATE, Code("5004"), Kind::InvalidParameter),
    of(&api::REFUND_CREATE, Code("5005"), Kind::MissingParameter),
    of(&api::REFUND_CREATE, Code("5006"), Kind::AmountNotAllowed),
    of(&api::REFUND_CREATE, Code("5010"), Kind::RefundState),
    of(&api::REFUND_CREATE, Code("5011"), Kind::AmountNotAllowed),
    of(&api::REFUND_CREATE, Code("5012"), Kind::InvalidParameter),
    of(&api::REFUND_CREATE, Code("5013"), Kind::AmountNotAllowed),
    of(&api::REFUND_CREATE, Code("5100"), Kind::Refused),
    halfway(&api::REFUND_CREATE, Class('4')),
    of(&api::REFUND_RETURN, Code("4001"), Kind::Unauthorized),
    of(&api::REFUND_RETURN, Code("4002"), Kind::MissingParameter),
    of(&api::REFUND_RETURN, Code("4003"), Kind::FileNotAllowed),
    of(&api::REFUND_RETURN, Code("4004"), Kind::InvalidParameter),
    of(&api::REFUND_RETURN, Code("4005"), Kind::RefundNotFound),
    of(&api::REFUND_RETURN, Code("4006"), Kind::RefundNotFound),
    of(&api::REFUND_RETURN, Code("4007"), Kind::RefundState),
    of(&api::REFUND_RETURN, Code("4008"), Kind::InvalidParameter),
    of(&api::REFUND_RETURN, Code("5001"), Kind::Refused),
    halfway(&api::REFUND_RETURN, Code("5002")),
    halfway(&api::REFUND_RETURN, Code("5003")),
    of(&api::REFUND_CANCEL, Any, Kind::RefundState),
    of(&api::REFUND, Code("500"), Kind::RefundNotFound),
    of(&api::REASONS, Class('5'), Kind::OrderState),
    of(&api::REASONS, Class('4'), Kind::Refused),
    of(&api::VOUCHER, Code("4000"), Kind::Refused),
    of(&api::RECEIVE, Any, Kind::Refused),
    of(&api::TRACES, Code("404"), Kind::ShipmentNotFound),
    of(&api::TRACES, Code("500_2"), Kind::ShipmentNotFound),
    of(&api::TRACES, Code("order.createtime.history"), Kind::ShipmentNotFound),
    all("order.nopermission.buyer", Kind::OrderNotFound),
    all("500_001", Kind::ProductNotFound),
    all("500_002", Kind::MixedSellers),
    all("500_003", Kind::MixedSellers),
    all("500_004", Kind::OutOfStock),
    all("500_005", Kind::BelowMinimum),
    all("500_006", Kind::BelowMinimum),
    all("500_007", Kind::NotGranted),
    all("500_008", Kind::ProductNotFound),
    all("500_009", Kind::BelowMinimum),
    all("ORDER_STATUS_ERROR", Kind::OrderState),
    all("CLOSE_ORDER_TOO_FAST", Kind::OrderState),
    all("400_3", Kind::OrderNotFound),
    all("ORDER_NOT_EXIST", Kind::OrderNotFound),
    all("PRODUCT_TRADE_STAT_ERROR", Kind::OutOfStock),
    Row { call: None, sign: Begins("not support tradeType"), kind: Kind::InvalidParameter, effect: Effect::None },
    Row { call: None, sign: Begins("AddressId invalid"), kind: Kind::InvalidParameter, effect: Effect::None },
    Row {
        call: None,
        sign: Begins("Batch pay : not surport MANUAL-TRADE!"),
        kind: Kind::OrderState,
        effect: Effect::None,
    },
];

/// Kind and effect of a failure of `call`.
pub(crate) fn meaning(call: &str, code: &str, text: &str) -> (Kind, Effect) {
    TABLE
        .iter()
        .find(|row| row.call.is_none_or(|c| c == call) && row.sign.fits(code, text))
        .map_or((Kind::Refused, Effect::None), |row| (row.kind, row.effect))
}

impl Sign {
    fn fits(self, code: &str, text: &str) -> bool {
        match self {
            Code(wanted) => code == wanted,
            Begins(start) => code.starts_with(start) || text.starts_with(start),
            Class(first) => code.len() == 4 && code.starts_with(first) && code.bytes().all(|b| b.is_ascii_digit()),
            Any => true,
        }
    }
}
