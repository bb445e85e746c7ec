//! Orders and refunds as the contract describes them: 1688-orders.yaml, 1688-aftersale.yaml, messages.yaml, and for the
//! sellers SANDBOX.md.

pub mod order;
pub mod refund;
pub mod rules;
pub mod told;

/// Times of the world in milliseconds.
pub const SECOND: i64 = 1000;
pub const HOUR: i64 = 3600 * SECOND;
pub const DAY: i64 = 24 * HOUR;

/// A moment that is known to lie between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    pub early: i64,
    pub late: i64,
}

impl When {
    pub fn plus(self, ms: i64) -> Self {
        Self { early: self.early + ms, late: self.late + ms }
    }

    /// Somewhere from one to the other.
    pub fn to(self, other: Self) -> Self {
        Self { early: self.early, late: other.late }
    }
}

/// What a seller does by himself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    AgreesAtOnce,
    Ships,
    ShipsHalf,
    AgreesLater,
    Refuses,
    Never,
    Instant,
    Cheaper,
}

impl Habit {
    /// The habits that a walk meets. Late pushes would only slow it down, and who sells out sells once.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "agrees_at_once" | "pushes_twice" | "pushes_out_of_order" => Self::AgreesAtOnce,
            "ships_after_payment" => Self::Ships,
            "ships_half" => Self::ShipsHalf,
            "agrees_after_an_hour" => Self::AgreesLater,
            "refuses_with_reason" => Self::Refuses,
            "never_answers" => Self::Never,
            "instant_refund" => Self::Instant,
            "changes_price_after_order" => Self::Cheaper,
            _ => return None,
        })
    }
}
