//! Bounds of a shopping cart.

/// A user's cart of one marketplace has at most this many rows.
pub const MAX_ROWS: usize = 100;
/// A row has at most this many pieces.
pub const MAX_PIECES: u32 = 1_000_000;
