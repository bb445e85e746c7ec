//! What answers and messages carry: the contract's field names and types, built from a document and the core.

pub mod care;
pub mod cart;
pub mod developer;
pub mod health;
pub mod message;
pub mod offering;
pub mod operator;
pub mod order;
pub mod payment;
pub mod product;
pub mod quota;
pub mod refund;
pub mod request;
