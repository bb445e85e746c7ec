//! What an order brings of messages, each once, by how it has lived.

use super::cycle::Open;

/// What an order is told of, by where it stands, at the upstream and by the platform.
pub struct Told {
    pub whole: &'static [&'static str],
    pub open: fn(Open) -> &'static [&'static str],
    pub after_jump: fn(Open) -> &'static [&'static str],
}

/// The trace of a parcel is the upstream's alone. Refunds of a willing seller are applied for and agreed to at once: the
/// platform sees the end of it.
pub const AT_UPSTREAM: Told = Told {
    whole: &[
        "ORDER_BUYER_VIEW_BUYER_MAKE",
        "ORDER_BUYER_VIEW_ORDER_PAY",
        "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
        "LOGISTICS_BUYER_VIEW_TRACE:CONSIGN",
        "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:waitselleragree",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:refundsuccess",
    ],
    open: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_BUYER_MAKE"],
        Open::Shipped => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
            "LOGISTICS_BUYER_VIEW_TRACE:CONSIGN",
        ],
        Open::RefundWaitsForSeller => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:waitselleragree",
        ],
    },
    after_jump: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"],
        Open::Shipped => &[
            "LOGISTICS_BUYER_VIEW_TRACE:ACCEPT",
            "LOGISTICS_BUYER_VIEW_TRACE:TRANSPORT",
            "LOGISTICS_BUYER_VIEW_TRACE:DELIVERING",
            "LOGISTICS_BUYER_VIEW_TRACE:SIGN",
            "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
            "ORDER_BUYER_VIEW_ORDER_SUCCESS",
        ],
        Open::RefundWaitsForSeller => &["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:refundsuccess"],
    },
};

pub const BY_PLATFORM: Told = Told {
    whole: &[
        "ORDER_BUYER_VIEW_BUYER_MAKE",
        "ORDER_BUYER_VIEW_ORDER_PAY",
        "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
        "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:refundsuccess",
        "ORDER_BUYER_VIEW_ORDER_SUCCESS",
    ],
    open: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_BUYER_MAKE"],
        Open::Shipped => {
            &["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PAY", "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS"]
        }
        Open::RefundWaitsForSeller => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:waitselleragree",
        ],
    },
    after_jump: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"],
        Open::Shipped => &["ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS", "ORDER_BUYER_VIEW_ORDER_SUCCESS"],
        Open::RefundWaitsForSeller => &["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:refundsuccess"],
    },
};
