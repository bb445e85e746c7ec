//! Request signature v1: `UPPER(HEX(MD5(access-key + timestamp + nonce-str + AccessSecret)))`, header text as sent.
//!
//! Weak, and kept because existing clients speak it; it covers neither path nor body. The replay rule and the time window
//! need state and a clock and live in the gateway. An absent nonce is signed as the empty text. The strong scheme is
//! [`crate::strong`].

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

/// Names of the system headers.
pub mod header {
    pub const ACCESS_KEY: &str = "access-key";
    pub const TIMESTAMP: &str = "timestamp";
    pub const NONCE: &str = "nonce-str";
    pub const USER_ID: &str = "user-id";
    /// The field of both schemes: hex digits in v1, a dictionary in the strong one.
    pub const SIGNATURE: &str = "signature";
    /// Its presence makes a request a strong one.
    pub const SIGNATURE_INPUT: &str = "signature-input";
    pub const CONTENT_DIGEST: &str = "content-digest";
    pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
    /// In answers, in callbacks and in what is asked of marketplaces: the requestId.
    pub const REQUEST_ID: &str = "x-request-id";
    /// W3C Trace Context, taken and handed on.
    pub const TRACE_PARENT: &str = "traceparent";
    /// How ids are printed: `string` or `number`. The query parameter `ids` says the same.
    pub const IDS: &str = "X-Ids";
    /// `true`: the answer carries the marketplace's own beside ours.
    pub const INCLUDE_UPSTREAM: &str = "X-Include-Upstream";
    pub const IDEMPOTENT_REPLAYED: &str = "Idempotent-Replayed";
    /// In answers: what is left of the limits that hold, and these (draft-ietf-httpapi-ratelimit-headers-11).
    pub const RATE_LIMIT: &str = "RateLimit";
    pub const RATE_LIMIT_POLICY: &str = "RateLimit-Policy";
}

/// How far a timestamp may lie from the server's time, either side.
pub const WINDOW_MS: i64 = 600_000;

/// How long a nonce is remembered: a timestamp may lie a window ahead and be used for a window after.
pub const NONCE_MEMORY_MS: i64 = 2 * WINDOW_MS;

/// A nonce has at most this many characters.
pub const NONCE_MAX: usize = 64;

/// The four texts that are signed, in this order and without separators.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    pub access_key: &'a str,
    pub timestamp: &'a str,
    /// Empty when the header is absent.
    pub nonce: &'a str,
}

impl Signed<'_> {
    fn digest(&self, secret: &str) -> [u8; 16] {
        let mut md5 = Md5::new();
        for part in [self.access_key, self.timestamp, self.nonce, secret] {
            md5.update(part.as_bytes());
        }
        md5.finalize().into()
    }

    /// 32 upper-case hex digits.
    pub fn sign(&self, secret: &str) -> String {
        hex::encode_upper(self.digest(secret))
    }

    /// Compares in constant time; either case of the hex digits holds.
    pub fn verify(&self, signature: &str, secret: &str) -> bool {
        let mut given = [0_u8; 16];
        let well_formed = hex::decode_to_slice(signature, &mut given).is_ok();
        let equal: bool = given.ct_eq(&self.digest(secret)).into();
        well_formed && equal
    }
}

/// Reads the `timestamp` header as milliseconds: a value of 10^12 or more is milliseconds, a smaller one seconds.
pub fn timestamp_ms(text: &str) -> Option<i64> {
    let digits = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let value: i64 = text.parse().ok().filter(|_| digits)?;
    Some(if value >= 1_000_000_000_000 { value } else { value * 1000 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const SECRET: &str = "fedcba9876543210fedcba9876543210";
    const NONCE: &str = "abcdefghijklmnopqrstuvwxyz012345";

    #[test]
    fn the_published_vectors_hold() {
        for (timestamp, nonce, signature) in [
            ("1775221032", NONCE, "D5020791EE13AABD86A11338056566AB"),
            ("1775221032000", NONCE, "28CAD89675F46B26895DA83BE15F373C"),
            ("1775221032", "", "9ED8DD185825C40786AF9D7BB032B61D"),
        ] {
            let signed = Signed { access_key: KEY, timestamp, nonce };
            assert_eq!(signed.sign(SECRET), signature);
            assert!(signed.verify(signature, SECRET));
            assert!(signed.verify(&signature.to_lowercase(), SECRET));
            assert!(!signed.verify(signature, "another secret"));
            for malformed in ["", "D502", "zz020791EE13AABD86A11338056566AB", &format!("{signature}00")] {
                assert!(!signed.verify(malformed, SECRET), "{malformed}");
            }
        }
    }

    #[test]
    fn seconds_and_milliseconds_are_the_same_instant() {
        assert_eq!(timestamp_ms("1775221032"), Some(1_775_221_032_000));
        assert_eq!(timestamp_ms("1775221032000"), Some(1_775_221_032_000));
        for bad in ["", "-1", "+1775221032", "17752210.32", "1775221032 ", "9999999999999999"] {
            assert_eq!(timestamp_ms(bad), None, "{bad}");
        }
    }
}
