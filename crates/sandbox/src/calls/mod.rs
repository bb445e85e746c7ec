//! The calls of the open platform, one function each: parameters in, JSON out. Which name leads to which function is the
//! table of [`crate::server`].

pub mod order;
pub mod payment;
pub mod product;
pub mod push;
pub mod refund;
pub mod system;
