//! The nouns that are kept, one file each. Fields are columns; JSON texts are opaque here.

mod account;
mod cart;
mod developer;
mod idempotency;
mod intent;
mod message;
mod observation;
mod order;
mod payment;
mod preview;
mod refund;
mod request;
mod secret;

pub use account::Account;
pub use cart::CartRow;
pub use developer::{AccessKey, Binding, Developer, Standing, User};
pub use idempotency::{Idempotency, IdempotencyState, Nonce};
pub use intent::{Intent, IntentState};
pub use message::{Attempt, Delivery, DeliveryState, Message, ObjectKind};
pub use observation::{Observation, Push};
pub use order::Order;
pub use payment::{Payment, PaymentState};
pub use preview::{Meta, Preview, Voucher};
pub use refund::Refund;
pub use request::Request;
pub use secret::InstallationSecret;
