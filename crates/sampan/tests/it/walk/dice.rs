//! Decisions of a walk, drawn from its seed and from nothing else.

use crate::kill::draw::Draw;

pub struct Dice(Draw);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Draw(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)))
    }

    /// 0 to `bound - 1`.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a bound");
        usize::try_from(self.0.number() % bound).expect("a small number")
    }

    /// `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).expect("low is not above high");
        low + i64::try_from(self.below(span)).expect("a small number")
    }

    /// True once in so many.
    pub fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
