//! The 1688 open platform as it is on the wire: names with their misspellings, numbers that drift into text, everything
//! optional. The connector reads what the embedded marketplace writes and the other way round; nobody else sees these types.
//!
//! Every field is an `Option`, since the upstream leaves out what it likes; which of them must be there is decided where
//! they are mapped. Rejected: attributes on each field for the drift; a number type that reads both forms says it once.

pub mod envelope;
pub mod form;
pub mod int;
pub mod oauth;
pub mod order;
pub mod product;
pub mod push;
pub mod refund;
pub mod time;
pub mod yuan;

pub use int::{Flag, Int, Text};
pub use time::Time;
pub use yuan::Yuan;
