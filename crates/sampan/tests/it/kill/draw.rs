//! Numbers from a seed: the same seed draws the same ones.

use std::time::Duration;

/// splitmix64.
pub struct Draw(pub u64);

impl Draw {
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A time below `limit`.
    pub fn time(&mut self, limit: Duration) -> Duration {
        let part = f64::from(u32::try_from(self.number() >> 32).unwrap_or_default()) / f64::from(u32::MAX);
        limit.mul_f64(part)
    }
}
