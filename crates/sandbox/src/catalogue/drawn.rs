//! Numbers that look like chance and never change: a hash of what they are drawn for.

/// One number for these words, always the same.
pub fn draw(object: i64, step: &str) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325_u64 ^ (object as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = step.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    finish(mixed)
}

/// From 0 to `bound` - 1; 0 where there is nothing to choose.
pub fn below(object: i64, step: &str, bound: usize) -> usize {
    usize::try_from(draw(object, step) % (bound.max(1) as u64)).unwrap_or(0)
}

/// Both ends inclusive.
pub fn between(object: i64, step: &str, (low, high): (u32, u32)) -> u32 {
    low + u32::try_from(below(object, step, (high.saturating_sub(low) as usize) + 1)).unwrap_or(0)
}

/// Spreads neighbouring numbers over the whole range.
fn finish(mut n: u64) -> u64 {
    n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}
