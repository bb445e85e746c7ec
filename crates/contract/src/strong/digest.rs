//! `Content-Digest` (RFC 9530): `sha-256` and `sha-512`. Other algorithms may stand beside them and are not looked at.

use crate::{
    error::{Code, Fault},
    signature::header,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sfv::{Dictionary, ListEntry, Parser};
use sha2::{Digest, Sha256, Sha512};

/// The value of the field for a body.
pub fn of(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// Every digest that is known here must be the body's, and one must be known.
pub fn check(field: &str, body: &[u8]) -> Result<(), Fault> {
    let wrong = |text: &str| Fault::field(Code::SignatureMismatch, header::CONTENT_DIGEST, text);
    let read: Result<Dictionary, _> = Parser::new(field).parse();
    let given = read.map_err(|_| wrong("expected a dictionary of structured fields (RFC 9651)"))?;
    let mut known = false;
    for (algorithm, digest) in given {
        let expected = match algorithm.as_str() {
            "sha-256" => Sha256::digest(body).to_vec(),
            "sha-512" => Sha512::digest(body).to_vec(),
            _ => continue,
        };
        let ListEntry::Item(item) = digest else { return Err(wrong("expected bytes between colons")) };
        let bytes = item.bare_item.as_byte_sequence().ok_or_else(|| wrong("expected bytes between colons"))?;
        if bytes != expected {
            return Err(wrong("is not the digest of the body that arrived"));
        }
        known = true;
    }
    if known { Ok(()) } else { Err(wrong("expected sha-256 or sha-512")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9421, B.2 (test-request).
    const BODY: &[u8] = br#"{"hello": "world"}"#;
    const SHA_512: &str =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    const SHA_256: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";

    #[test]
    fn the_published_digests_hold() {
        assert_eq!(of(BODY), SHA_256);
        for field in [SHA_256, SHA_512, &format!("{SHA_512}, {SHA_256}"), &format!("md5=:AAAA:,{SHA_256}")] {
            check(field, BODY).unwrap();
            assert_eq!(check(field, b"{}").unwrap_err().code, Code::SignatureMismatch, "{field}");
        }
    }

    #[test]
    fn what_is_no_digest_is_told() {
        let other = of(b"other");
        for (field, why) in [
            ("", "sha-256 or sha-512"),
            ("md5=:AAAA:", "sha-256 or sha-512"),
            ("SHA-256=:AAAA:", "dictionary"),
            ("sha-256=X48E9", "bytes"),
            ("sha-256=(1 2)", "bytes"),
            ("sha-256=:AAAA:", "body"),
            (&format!("{SHA_512}, {other}"), "body"),
        ] {
            let fault = check(field, BODY).unwrap_err();
            assert!(fault.message.starts_with("content-digest: ") && fault.message.contains(why), "{field}: {fault}");
        }
    }
}
