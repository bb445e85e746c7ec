//! Callback messages: what a developer is told ([`compose`]), and how it reaches a receiver ([`deliver`]).
//!
//! Composing is pure and happens inside the use case that commits the change, so that a message exists if and only if the
//! change does. Delivering is a loop over the outbox of storage: claim, sign, post, record. Receivers are strangers; what
//! is called is judged in [`address`] and nothing of one receiver can hold up another.

pub mod address;
pub mod callback_url;
pub mod compose;
mod connect;
pub mod deliver;
pub mod envelope;
mod gates;
pub mod post;
pub mod resolve;
pub mod schedule;
pub mod stored;
pub mod target;
pub mod topics;
pub mod verify;

pub use address::AddressRule;
pub use callback_url::{CallbackUrl, UrlError};
pub use compose::{ComposeError, Composed, Facts, RefundFacts, compose};
pub use connect::{ConnectError, platform_tls};
pub use deliver::{Clock, Clocks, DeliverConfig, Deliverer};
pub use post::{Failure, Outcome, PostLimits, Poster};
pub use resolve::{Resolve, SystemResolver};
pub use schedule::Schedule;
pub use stored::StoredCredentials;
pub use target::{Credentials, LookupError, Target};
pub use topics::MessageEdition;
pub use verify::{VerifyError, verify};
