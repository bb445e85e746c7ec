//! The clock on the wall and fresh randomness, read in one place.

use domain::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the measuring programs have no other clock")]
pub fn wall() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Sixteen random bytes. Without them the run cannot go on.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
