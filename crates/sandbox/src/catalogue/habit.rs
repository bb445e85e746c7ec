//! The habits of sellers, chosen by product like test cards: what the seller of a product does by itself.
//!
//! The names are those of the data and of the control API; what each does in time is the economy's.

use serde::{Deserialize, Serialize};

macro_rules! habits {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $says:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Habit { $($(#[$doc])* #[serde(rename = $name)] $variant),* }

        impl Habit {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What the seller does, for people.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says),* }
            }
        }
    };
}

habits! {
    AgreesAtOnce = "agrees_at_once", "agrees to every refund at once, confirms a returned parcel at once; ships only when told to";
    AgreesAfterAnHour = "agrees_after_an_hour", "agrees to a refund an hour of world time after the application";
    RefusesWithReason = "refuses_with_reason", "refuses a refund with a reason; the buyer's deadline begins";
    NeverAnswers = "never_answers", "never answers a refund, so that the timeout acts";
    ChangesPriceAfterOrder = "changes_price_after_order", "makes the goods 5 % cheaper right after the order, before payment";
    ShipsAfterPayment = "ships_after_payment", "ships everything the moment the order is paid";
    ShipsHalf = "ships_half", "ships the first half of the lines on payment, the rest when told to";
    OutOfStockAfterPreview = "out_of_stock_after_preview", "the first create after a preview finds no stock, once for an account";
    PushesTwice = "pushes_twice", "each push message of the order is posted twice";
    PushesLate = "pushes_late", "push messages of the order travel 20 seconds late";
    PushesOutOfOrder = "pushes_out_of_order", "every other push message of the order is overtaken by the next one";
    InstantRefund = "instant_refund", "money-only refunds are paid back by the platform before the seller is asked";
}
