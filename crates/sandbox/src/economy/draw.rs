//! Every decision and id of the economy: a hash of (seed, object, step).
//!
//! Never a shared stream: the same calls on an object give the same life however calls interleave. Rejected: a seeded
//! generator, whose next value depends on who asked before.

use domain::{EntryId, OrderId, RefundId, Timestamp};
use sha2::{Digest, Sha256};

/// The seed of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// A number drawn for one step of one object.
    pub fn draw(self, object: &str, step: &str) -> u64 {
        u64::from_be_bytes(self.bytes(object, step)[..8].try_into().expect("a digest has 32 bytes"))
    }

    /// `2 * n` hex digits, for tokens and file names; `n` at most 32.
    pub fn hex(self, object: &str, step: &str, n: usize) -> String {
        hex::encode(&self.bytes(object, step)[..n.min(32)])
    }

    /// A number of exactly `digits` decimal digits, as text.
    pub fn digits(self, object: &str, step: &str, digits: u32) -> String {
        format!("{:0width$}", self.below(object, step, 10_i64.pow(digits)), width = digits as usize)
    }

    /// A number from 0 to `bound` - 1.
    pub fn below(self, object: &str, step: &str, bound: i64) -> i64 {
        let bound = bound.max(1).unsigned_abs();
        i64::try_from(self.draw(object, step) % bound).expect("below an i64")
    }

    fn bytes(self, object: &str, step: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.0.to_be_bytes());
        hash.update((object.len() as u64).to_be_bytes());
        hash.update(object.as_bytes());
        hash.update(step.as_bytes());
        hash.finalize().into()
    }
}

/// The last six digits of the orders of a buyer: those of the user id with the last two pairs exchanged.
fn order_tail(user_id: i64) -> i64 {
    let six = user_id.rem_euclid(1_000_000);
    let (first, second, third) = (six / 10_000, six / 100 % 100, six % 100);
    first * 10_000 + third * 100 + second
}

/// A 19-digit order number of this buyer, drawn for `object`; `attempt` counts up when a number is taken.
pub fn order_id(seed: Seed, user_id: i64, object: &str, attempt: u32) -> OrderId {
    let head = 2_000_000_000_000 + seed.below(object, &format!("order number {attempt}"), 3_000_000_000_000);
    OrderId::new(head * 1_000_000 + order_tail(user_id)).expect("19 digits below 2^63")
}

/// Sub-orders: the order's own number for a single line, else the numbers after it.
pub fn entry_id(order: OrderId, index: usize, lines: usize) -> EntryId {
    let after = if lines == 1 { 0 } else { i64::try_from(index).unwrap_or(0) + 1 };
    EntryId::new(order.get() + after * 1_000_000).expect("an order number leaves room above it")
}

/// The refund number `step` of an order: 12 drawn digits and the last six of the buyer's user id.
pub fn refund_id(seed: Seed, user_id: i64, order: OrderId, step: u32, attempt: u32) -> RefundId {
    let object = format!("order {order}");
    let head = 100_000_000_000 + seed.below(&object, &format!("refund {step} {attempt}"), 300_000_000_000);
    RefundId::new(head * 1_000_000 + user_id.rem_euclid(1_000_000)).expect("18 digits")
}

/// Serial of an operation: grows within a refund.
pub fn operation_id(seed: Seed, refund: RefundId, step: u32) -> i64 {
    let object = format!("refund {refund}");
    let base = 5_000_000_000_000 + seed.below(&object, "operations", 900_000_000_000);
    base + i64::from(step) * 1_000_000 + seed.below(&object, &format!("operation {step}"), 1_000_000)
}

/// Alipay's number of a payment: origin mark, date of payment, drawn digits, the buyer's last six digits.
pub fn payment_id(seed: Seed, user_id: i64, order: OrderId, paid_at: Timestamp) -> String {
    let drawn = seed.digits(&format!("order {order}"), "payment", 8);
    format!("111506000{}{drawn}{:06}", paid_at.beijing().strftime("%y%m%d"), user_id.rem_euclid(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_as_the_contract_says() {
        let buyer = 2_218_390_136_042;
        let order = order_id(Seed(7), buyer, "account 1 number A", 0);
        assert_eq!(order.to_string().len(), 19);
        assert!(order.to_string().ends_with("134260"));
        assert!(refund_id(Seed(7), buyer, order, 1, 0).to_string().ends_with("136042"));
        assert_eq!(order_tail(2_217_011_889_407), 880_794);
    }

    #[test]
    fn a_single_line_shares_the_number_of_its_order_and_several_follow_it() {
        let order = OrderId::new(3_296_622_397_215_134_260).unwrap();
        assert_eq!(entry_id(order, 0, 1).get(), order.get());
        assert_eq!(entry_id(order, 0, 2).get(), 3_296_622_397_216_134_260);
        assert_eq!(entry_id(order, 1, 2).get(), 3_296_622_397_217_134_260);
    }

    #[test]
    fn draws_depend_on_seed_object_and_step_alone() {
        assert_eq!(Seed(1).draw("order 1", "a"), Seed(1).draw("order 1", "a"));
        assert_ne!(Seed(1).draw("order 1", "a"), Seed(2).draw("order 1", "a"));
        assert_ne!(Seed(1).draw("order 1", "a"), Seed(1).draw("order 1a", ""));
    }

    #[test]
    fn operations_are_numbered_upwards_and_payments_have_29_digits() {
        let refund = RefundId::new(262_615_407_388_136_042).unwrap();
        assert!(operation_id(Seed(1), refund, 1) < operation_id(Seed(1), refund, 2));
        let paid = Timestamp::from_text("2026-04-20 10:00:00").unwrap();
        let id = payment_id(Seed(1), 2_218_390_136_042, OrderId::new(5).unwrap(), paid);
        assert!(id.len() == 29 && id.starts_with("111506000260420") && id.ends_with("136042"), "{id}");
    }
}
