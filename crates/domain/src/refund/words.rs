//! The words of after-sales.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// `None` for a word that the contract does not know.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

words! {
    /// State of a refund.
    RefundStatus {
        WaitSellerAgree = "waitselleragree",
        WaitBuyerModify = "waitbuyermodify",
        WaitBuyerSend = "waitbuyersend",
        WaitSellerReceive = "waitsellerreceive",
        Success = "refundsuccess",
        Close = "refundclose",
    }
    /// What is asked for.
    DisputeRequest { Refund = "refund", ReturnRefund = "returnRefund" }
    /// Where the goods are, as the applicant says it.
    GoodsStatus {
        WaitSellerSend = "refundWaitSellerSend",
        WaitBuyerReceive = "refundWaitBuyerReceive",
        BuyerReceived = "refundBuyerReceived",
        AftersaleNotReceived = "aftersaleBuyerNotReceived",
        AftersaleReceived = "aftersaleBuyerReceived",
    }
    /// Who acts.
    Actor { Buyer = "buyer", Seller = "seller", System = "system" }
    /// The upstream's action words that our arrows use. PROCOTOL is its spelling.
    Action {
        BuyerApply = "BUYER_APPLY_REFUND",
        SellerAgreeRefund = "SELLER_AGREE_REFUND",
        SellerAgreeReturn = "SELLER_AGREE_REFUND_PROCOTOL",
        SellerReject = "SELLER_REJECT_REFUND_PROCOTOL",
        SellerRejectParcel = "SELLER_REJECT_REFUND",
        SellerReceive = "SELLER_RECEIVE_GOODS",
        SystemAgreeRefund = "SYSTEM_AGREE_REFUND",
        SystemAgreeProtocol = "SYSTEM_AGREE_REFUND_PROTOCOL",
        SystemModify = "SYSTEM_MODIFY_REFUND_PROTOCOL",
        BuyerModify = "BUYER_MODIFY_REFUND_PROTOCOL",
        BuyerSend = "BUYER_SEND_GOODS",
        BuyerCancel = "BUYER_CANCEL_REFUND_CLOSE",
        BuyerReceiveClose = "BUYER_RECEIVE_CLOSE",
        SellerSendClose = "SELLER_SEND_GOODS_CLOSE",
        /// Closed because nothing was sent back in time; the upstream's own word is unknown, this one is ours.
        SendTimeout = "SYSTEM_SEND_TIMEOUT_CLOSE",
    }
}

impl RefundStatus {
    pub const fn is_final(self) -> bool {
        match self {
            Self::Success | Self::Close => true,
            Self::WaitSellerAgree | Self::WaitBuyerModify | Self::WaitBuyerSend | Self::WaitSellerReceive => false,
        }
    }
}

impl Actor {
    /// `operatorRoleId`: 1 buyer, 2 seller, 4 system.
    pub const fn role_id(self) -> i64 {
        match self {
            Self::Buyer => 1,
            Self::Seller => 2,
            Self::System => 4,
        }
    }
}
