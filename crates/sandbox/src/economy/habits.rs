//! What the habits of sellers mean in time: one row a habit. The words and their texts are the catalogue's.
//!
//! The first line's product decides for an order, and an order keeps its habit for life.

use crate::catalogue::Habit;

/// What the seller ships by himself when an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ships {
    Nothing,
    Everything,
    /// The first half of the lines, rounded down.
    Half,
}

/// How the seller answers a refund, and the parcel that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    AtOnce,
    AfterAnHour,
    /// Refuses the request.
    Refuses,
    Never,
    /// The platform refunds money-only requests at once; a return is agreed to at once by the seller.
    Instantly,
}

/// How push messages of the order travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushes {
    Once,
    Twice,
    /// Twenty seconds of wall time after they were born.
    Late,
    /// Every other message waits five seconds of wall time, so that the one after it overtakes.
    OutOfOrder,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conduct {
    pub ships: Ships,
    pub answers: Answers,
    pub pushes: Pushes,
    /// Goods become 5 % cheaper a second after the order was made.
    pub lowers_price: bool,
    /// The create right after a preview finds no stock, once for an account and offer.
    pub sells_out_after_preview: bool,
}

/// How long [`Answers::AfterAnHour`] takes.
pub const HOUR_MS: i64 = 3_600_000;
/// How long after the order the price falls.
pub const LOWERS_AFTER_MS: i64 = 1_000;
/// How long [`Pushes::Late`] waits.
pub const LATE_MS: i64 = 20_000;
/// How long a message of [`Pushes::OutOfOrder`] waits.
pub const OVERTAKEN_MS: i64 = 5_000;
/// What the refusing seller says.
pub const REFUSAL: &str = "商品已按订单备货，不同意退款，请与卖家协商后再申请";

const PLAIN: Conduct = Conduct {
    ships: Ships::Nothing,
    answers: Answers::AtOnce,
    pushes: Pushes::Once,
    lowers_price: false,
    sells_out_after_preview: false,
};

/// The table.
pub const fn conduct(habit: Habit) -> Conduct {
    match habit {
        Habit::AgreesAtOnce => PLAIN,
        Habit::AgreesAfterAnHour => Conduct { answers: Answers::AfterAnHour, ..PLAIN },
        Habit::RefusesWithReason => Conduct { answers: Answers::Refuses, ..PLAIN },
        Habit::NeverAnswers => Conduct { answers: Answers::Never, ..PLAIN },
        Habit::ChangesPriceAfterOrder => Conduct { lowers_price: true, ..PLAIN },
        Habit::ShipsAfterPayment => Conduct { ships: Ships::Everything, ..PLAIN },
        Habit::ShipsHalf => Conduct { ships: Ships::Half, ..PLAIN },
        Habit::OutOfStockAfterPreview => Conduct { sells_out_after_preview: true, ..PLAIN },
        Habit::PushesTwice => Conduct { pushes: Pushes::Twice, ..PLAIN },
        Habit::PushesLate => Conduct { pushes: Pushes::Late, ..PLAIN },
        Habit::PushesOutOfOrder => Conduct { pushes: Pushes::OutOfOrder, ..PLAIN },
        Habit::InstantRefund => Conduct { answers: Answers::Instantly, ..PLAIN },
    }
}
