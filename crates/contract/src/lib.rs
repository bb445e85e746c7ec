//! The public wire: operations, views and their dialects, envelope, error codes, signatures of requests and callbacks.
//!
//! Pure: no I/O, no clock, no randomness. Quirks of the contract (yuan beside fen, JSON inside JSON, odd spellings) live
//! here and nowhere further inside; each is written once with the contract's example as its test.

pub mod callback;
pub mod carried;
pub mod dialect;
pub mod envelope;
pub mod error;
pub mod ids;
mod json_text;
pub mod limits;
pub mod offer;
pub mod offering;
pub mod openapi;
pub mod operation;
pub mod operations;
pub mod redaction;
pub mod request;
pub mod scalar;
pub mod signature;
pub mod strong;
pub mod upstream;
pub mod view;

pub use envelope::{Envelope, RequestId};
pub use error::{Code, Fault};
pub use operation::{Content, Edition, Entry, Method, Operation};
pub use operations::OPERATIONS;
