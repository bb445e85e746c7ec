//! The v1 signature: four texts, each as strange as a header can be.

use contract::signature::{NONCE_MEMORY_MS, Signed, timestamp_ms};

/// `access-key`, `timestamp`, `nonce-str` and `signature`, separated by line feeds, the secret after them.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(5, '\n');
    let [access_key, timestamp, nonce, given, secret] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let signed = Signed { access_key, timestamp, nonce };
    let right = signed.sign(secret);
    assert!(right.len() == 32 && right.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b)));
    assert!(signed.verify(&right, secret) && signed.verify(&right.to_lowercase(), secret));
    assert_eq!(signed.verify(given, secret), given.eq_ignore_ascii_case(&right));
    for cut in 0..right.len() {
        assert!(!signed.verify(&right[..cut], secret));
    }
    if let Some(ms) = timestamp_ms(timestamp) {
        assert!(ms >= 0 && timestamp.bytes().all(|b| b.is_ascii_digit()));
        // Neither the window nor the memory of nonces overflows on any instant that is read.
        assert!(ms.checked_add(NONCE_MEMORY_MS).is_some());
    }
}
