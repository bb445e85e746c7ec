//! The contract's examples against what this crate prints and takes.

mod openapi;
mod orders;
mod products;
mod refunds;
mod requests;
mod sample;
