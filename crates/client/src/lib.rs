//! The Rust SDK: signs calls, reads answers, proves callbacks.
//!
//! A first signed call, with the key that an embedded installation writes to `test-developer.json`:
//!
//! ```no_run
//! use client::{Client, ClientError, Credentials, Request};
//! use http::Method;
//!
//! # async fn first_call() -> Result<(), ClientError> {
//! let credentials = Credentials::new("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
//!     .for_user("2100000000001");
//! let client = Client::new("http://127.0.0.1:8080", credentials)?;
//!
//! let refund = Request::new(Method::POST, "/alibaba/ka/refund/detail")
//!     .json(r#"{"refundId":"TQ36706338027991577"}"#)
//!     .reading();
//! match client.send(&refund).await?.accepted() {
//!     Ok(reply) => println!("{}", reply.data_text()),
//!     Err(ClientError::Api(refusal)) if refusal.name == "REFUND_NOT_FOUND" => println!("no such refund"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::call`] does the same with the types of an operation in `contract`. A write that may have to be repeated goes
//! through [`Client::call_keyed`]: the same `Idempotency-Key` gives the first answer again.
//!
//! [`Credentials::strongly`] signs with HTTP Message Signatures (RFC 9421) instead of v1: method, path, query, user and body
//! are covered then, and a developer may be set to take nothing else.
//!
//! Callbacks are proved by [`verify_callback`] before anything of them is read:
//!
//! ```no_run
//! # fn receive(headers: &http::HeaderMap, raw_body: &[u8], access_key: &str, secret: &str) -> u16 {
//! match client::verify_callback(headers, raw_body, access_key, secret) {
//!     Ok(message) => {
//!         println!("{} {}", message.message_type, message.body);
//!         200
//!     }
//!     Err(reason) => {
//!         println!("not believed: {reason}");
//!         401
//!     }
//! }
//! # }
//! ```
//!
//! What came while the receiver was down is read afterwards: [`Client::feed`] walks the developer's events.
//!
//! Time and randomness enter through [`Sources`] only, so a test can know every header beforehand.

mod callback;
mod client;
mod credentials;
mod error;
mod feed;
mod reply;
mod request;
mod retry;
mod sign;
mod sources;
mod strong;
mod transport;

pub use callback::{CallbackError, Message, ProvedBy, verify_callback, verify_callback_over};
pub use client::{Client, DEFAULT_TIMEOUT};
pub use contract::callback::Base;
pub use credentials::{Credentials, Scheme, Secret};
pub use error::{ApiError, ClientError};
pub use feed::Feed;
pub use reply::{Envelope, Plain, Reply};
pub use request::Request;
pub use retry::Retries;
pub use sign::SystemHeaders;
pub use sources::{NoRandomness, Sources};
pub use strong::{StrongHeaders, Target};
pub use transport::install_tls;
