//! The contract's examples against what this crate prints and takes.

mod carts;
mod hostile;
mod openapi;
mod orders;
mod products;
mod refunds;
mod requests;
mod sample;
