//! Reads, one file a noun. Each answers what was committed before it was asked.

mod cart;
mod developer;
mod feed;
mod message;
mod order;
mod order_page;
mod payment;
mod query;
mod queues;
mod refund;
mod repeat;
mod request;

pub use feed::{FeedEntry, FeedPage};
pub use message::{MessageEntry, MessageFilter};
pub use order::OrderFilter;
pub use payment::PaymentFilter;
pub use queues::Queues;

use domain::Timestamp;

/// A part of a longer list, with the length of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: i64,
}

/// From (inclusive) to (inclusive); an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}
