//! The words of order states. The marketplace's own words for a line are many and open; what a rule needs is their phase.

use serde::{Deserialize, Serialize};
use std::fmt;

/// State of a main order (`baseInfo.status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderStatus {
    WaitBuyerPay,
    WaitSellerSend,
    WaitBuyerReceive,
    ConfirmGoods,
    Success,
    Cancel,
    Terminated,
    /// A word that the contract does not list; printed as it came.
    Other(String),
}

impl OrderStatus {
    pub fn parse(word: &str) -> Self {
        match word {
            "waitbuyerpay" => Self::WaitBuyerPay,
            "waitsellersend" => Self::WaitSellerSend,
            "waitbuyerreceive" => Self::WaitBuyerReceive,
            "confirm_goods" => Self::ConfirmGoods,
            "success" => Self::Success,
            "cancel" => Self::Cancel,
            "terminated" => Self::Terminated,
            other => Self::Other(other.to_owned()),
        }
    }

    pub fn word(&self) -> &str {
        match self {
            Self::WaitBuyerPay => "waitbuyerpay",
            Self::WaitSellerSend => "waitsellersend",
            Self::WaitBuyerReceive => "waitbuyerreceive",
            Self::ConfirmGoods => "confirm_goods",
            Self::Success => "success",
            Self::Cancel => "cancel",
            Self::Terminated => "terminated",
            Self::Other(word) => word,
        }
    }

    /// The trade is complete: refunds that are asked for from now on are after-sales.
    pub fn is_complete(&self) -> bool {
        match self {
            Self::ConfirmGoods | Self::Success => true,
            Self::WaitBuyerPay
            | Self::WaitSellerSend
            | Self::WaitBuyerReceive
            | Self::Cancel
            | Self::Terminated
            | Self::Other(_) => false,
        }
    }

    /// Nothing follows but after-sales.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Success | Self::Cancel | Self::Terminated => true,
            Self::WaitBuyerPay
            | Self::WaitSellerSend
            | Self::WaitBuyerReceive
            | Self::ConfirmGoods
            | Self::Other(_) => false,
        }
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The raw word of a line (`productItems.status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineStatus(pub String);

/// What the raw words mean to the after-sales rules (contract, what_may_be_asked).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinePhase {
    NotShipped,
    Shipped,
    Completed,
    /// Unpaid, closed or a word that we do not know: nothing may be asked.
    Closed,
}

impl LineStatus {
    pub fn of(status: &OrderStatus) -> Self {
        Self(status.word().to_owned())
    }

    pub fn phase(&self) -> LinePhase {
        match self.0.as_str() {
            "waitsellersend" | "paid_but_not_fund" | "waitsellerconfirm" | "waitselleract" | "waitsellerpush" => {
                LinePhase::NotShipped
            }
            "waitlogisticstakein"
            | "waitbuyerreceive"
            | "send_goods_but_not_fund"
            | "waitbuyersign"
            | "signinfailed"
            | "waitbuyerconfirm"
            | "waitbuyerconfirmaction" => LinePhase::Shipped,
            "confirm_goods"
            | "success"
            | "confirm_goods_but_not_fund"
            | "confirm_goods_and_has_subsidy"
            | "signinsuccess" => LinePhase::Completed,
            _ => LinePhase::Closed,
        }
    }
}
