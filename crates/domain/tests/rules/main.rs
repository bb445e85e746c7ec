//! The rules of orders and refunds, walked at random and checked at the contract's own examples.

mod apply;
mod orders;
mod refunds;
mod world;
