//! The rules of orders and refunds, walked at random and checked at the contract's own examples; ids as they come in.

mod apply;
mod ids;
mod orders;
mod refunds;
mod world;
