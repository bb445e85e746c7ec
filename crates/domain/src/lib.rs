//! The vocabulary and the rules of cross-border sourcing: ids, money, orders, refunds and their state machines.
//!
//! Pure: no I/O, no clock, no async. Time comes in as an argument. Both the platform and the embedded sandbox use these
//! rules, so a refusal means the same on either side; what only one marketplace knows stays in its connector.

pub mod cart;
pub mod catalog;
pub mod document;
pub mod event;
pub mod ids;
pub mod money;
pub mod offering;
pub mod opaque;
pub mod order;
pub mod purchase;
pub mod refund;
pub mod time;

pub use document::Document;
pub use ids::{
    AccountId, CartRowId, DeveloperId, EntryId, Marketplace, MessageId, OfferId, OrderId, RefundId, RowId, SkuId,
    SpecId, UserId,
};
pub use money::Fen;
pub use opaque::{IdCipher, IdKey, OpaqueId};
pub use time::Timestamp;
