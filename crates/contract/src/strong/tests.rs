//! The RFC's vector, ours, and what a changed request does to a signature.

use super::{Claim, Message, Signer, base, digest, mac};
use crate::error::{Code, Fault};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::Mac;
use sfv::{List, ListEntry, Parser};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const SECRET: &str = "fedcba9876543210fedcba9876543210";
const NONCE: &str = "abcdefghijklmnopqrstuvwxyz012345";
const CREATED: i64 = 1_775_221_032;
const BODY: &[u8] = br#"{"refundId":"TQ36706338027991577"}"#;
/// The published vector; docs/SIGNING.md has it for others.
const INPUT: &str = r#"sampan=("@method" "@path" "@query" "user-id" "content-digest");created=1775221032;nonce="abcdefghijklmnopqrstuvwxyz012345";keyid="0123456789abcdef0123456789abcdef";alg="hmac-sha256""#;
const SIGNATURE: &str = "sampan=:JWIBx4Vi4Y7/jmaV0qhlV+7i3xx83WixfthfgYK8mSU=:";

/// RFC 9421, B.2.5, under the secret of B.1.5.
#[test]
fn the_rfc_s_vector_holds() {
    let secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
    let field = |name: &str| match name {
        "date" => Some("Tue, 20 Apr 2021 02:07:55 GMT".to_owned()),
        "host" => Some("example.com".to_owned()),
        "content-type" => Some("application/json".to_owned()),
        _ => None,
    };
    let message = Message { method: "POST", path: "/foo", query: Some("param=Value&Pet=dog"), field: &field };
    let input = r#"("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#;
    let list: List = Parser::new(input).parse().unwrap();
    let [ListEntry::InnerList(input)] = list.as_slice() else { panic!("one list") };
    let text = base::base(input, &message).unwrap();
    let signature = mac(&STANDARD.decode(secret).unwrap(), &text).finalize().into_bytes();
    assert_eq!(STANDARD.encode(signature), "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
}

/// A request whose parts a test changes.
#[derive(Clone)]
struct Sent {
    method: &'static str,
    path: &'static str,
    query: Option<&'static str>,
    user: Option<&'static str>,
    digest: Option<String>,
    body: &'static [u8],
    input: String,
    signature: String,
}

fn sent() -> Sent {
    Sent {
        method: "POST",
        path: "/alibaba/ka/refund/detail",
        query: Some("ids=string"),
        user: Some("2100000000001"),
        digest: Some(digest::of(BODY)),
        body: BODY,
        input: INPUT.to_owned(),
        signature: SIGNATURE.to_owned(),
    }
}

impl Sent {
    fn field(&self, name: &str) -> Option<String> {
        match name {
            "user-id" => self.user.map(str::to_owned),
            "content-digest" => self.digest.clone(),
            _ => None,
        }
    }

    fn judged(&self, secret: &str) -> Result<Claim, Fault> {
        let claim = Claim::read(&self.input, Some(&self.signature))?;
        let field = |name: &str| self.field(name);
        let message = Message { method: self.method, path: self.path, query: self.query, field: &field };
        claim.verify(&message, self.body, secret).map(|()| claim)
    }

    /// Signed anew, as it is now.
    fn signed(mut self) -> Self {
        let field = |name: &str| self.field(name);
        let message = Message { method: self.method, path: self.path, query: self.query, field: &field };
        let signer = Signer { access_key: KEY, created: CREATED, nonce: NONCE };
        let signed = signer.sign(&message, SECRET).unwrap();
        (self.input, self.signature) = (signed.signature_input, signed.signature);
        self
    }
}

#[test]
fn our_vector_holds_and_is_what_we_sign() {
    let claim = sent().judged(SECRET).unwrap();
    assert_eq!((claim.access_key.as_str(), claim.nonce.as_str(), claim.created.as_str()), (KEY, NONCE, "1775221032"));
    let signed = sent().signed();
    assert_eq!((signed.input.as_str(), signed.signature.as_str()), (INPUT, SIGNATURE));
    let bare =
        Sent { method: "GET", path: "/alibaba/cart/list", query: None, user: None, digest: None, body: b"", ..sent() };
    let bare = bare.signed();
    assert!(bare.input.starts_with(r#"sampan=("@method" "@path");created="#), "{}", bare.input);
    assert_eq!(bare.signature, "sampan=:IqveamNs20zNnDU5hGLcvmtpjJTmLg2VvmPAfHUFhdI=:");
    bare.judged(SECRET).unwrap();
}

#[test]
fn whatever_is_changed_the_signature_no_longer_holds() {
    let other: &'static [u8] = br#"{"refundId":"TQ36706338027991578"}"#;
    for changed in [
        Sent { method: "GET", ..sent() },
        Sent { path: "/alibaba/ka/refund/cancel", ..sent() },
        Sent { query: Some("ids=number"), ..sent() },
        Sent { query: None, ..sent() },
        Sent { user: Some("2100000000002"), ..sent() },
        Sent { user: None, ..sent() },
        Sent { body: other, ..sent() },
        Sent { body: other, digest: Some(digest::of(other)), ..sent() },
        Sent { input: INPUT.replace("1775221032", "1775221033"), ..sent() },
        Sent { input: INPUT.replace(NONCE, "another"), ..sent() },
        Sent { input: INPUT.replace("sampan=(\"@method\" ", "sampan=("), ..sent() },
        Sent { signature: SIGNATURE.replace("JWIB", "JWIC"), ..sent() },
        Sent { signature: "sampan=:AAAA:".to_owned(), ..sent() },
        Sent { signature: "sampan=::".to_owned(), ..sent() },
    ] {
        let fault = changed.judged(SECRET).unwrap_err();
        assert_eq!(fault.code, Code::SignatureMismatch, "{fault}");
    }
    assert_eq!(sent().judged("fedcba9876543210fedcba9876543211").unwrap_err().code, Code::SignatureMismatch);
}

#[test]
fn what_the_profile_wants_covered_must_be() {
    for (component, left) in [
        ("@method", r#"("@path" "@query" "user-id" "content-digest")"#),
        ("@path", r#"("@method" "@query" "user-id" "content-digest")"#),
        ("@query", r#"("@method" "@path" "user-id" "content-digest")"#),
        ("user-id", r#"("@method" "@path" "@query" "content-digest")"#),
        ("content-digest", r#"("@method" "@path" "@query" "user-id")"#),
    ] {
        let all = r#"("@method" "@path" "@query" "user-id" "content-digest")"#;
        let fault = Sent { input: INPUT.replace(all, left), ..sent() }.judged(SECRET).unwrap_err();
        assert_eq!(fault.code, Code::SignatureMismatch);
        assert!(fault.message.contains(&format!("must cover {component:?}")), "{fault}");
    }
    let fault = Sent { digest: None, ..sent() }.judged(SECRET).unwrap_err();
    assert_eq!((fault.code, fault.field.as_deref()), (Code::MissingCredentials, Some("content-digest")));
}

#[test]
fn malformed_and_foreign_signatures_are_told_apart() {
    use Code::{MissingCredentials as Missing, SignatureMismatch as Mismatch, TimestampOutOfRange as Time};
    let changed = |from: &str, to: &str| Sent { input: INPUT.replace(from, to), ..sent() };
    for (sent, code, named) in [
        (changed("sampan=", "sig1="), Missing, "sampan"),
        (changed(r#";alg="hmac-sha256""#, ""), Missing, "alg"),
        (changed(r#";keyid="0123456789abcdef0123456789abcdef""#, ""), Missing, "keyid"),
        (changed(";created=1775221032", ""), Missing, "created"),
        (changed("created=1775221032", "created=\"now\""), Time, "created"),
        (changed("hmac-sha256", "hmac-sha512"), Mismatch, "alg"),
        (changed(r#"nonce=""#, r#"nonce=1;x=""#), Mismatch, "nonce"),
        (changed(r#""@path""#, r#""@path" "@path""#), Mismatch, "once"),
        (changed(r#""@path""#, r#""@path" "Host""#), Mismatch, "lower case"),
        (changed(r#""@path""#, r#""@path" "@status""#), Mismatch, "@status"),
        (changed(r#""@path""#, r#""@path" "x-ids""#), Mismatch, "x-ids"),
        (changed(r#""user-id""#, r#""user-id";sf"#), Mismatch, "without parameters"),
        (Sent { input: "sampan=1".to_owned(), ..sent() }, Mismatch, "brackets"),
        (Sent { input: "(((".to_owned(), ..sent() }, Mismatch, "dictionary"),
        (Sent { signature: "D5020791EE13AABD86A11338056566AB".to_owned(), ..sent() }, Mismatch, "signature"),
        (Sent { signature: "sig1=:AAAA:".to_owned(), ..sent() }, Missing, "sampan"),
        (Sent { signature: "sampan=text".to_owned(), ..sent() }, Mismatch, "bytes"),
        (Sent { signature: " ".to_owned(), ..sent() }, Missing, "signature"),
    ] {
        let fault = sent.judged(SECRET).unwrap_err();
        assert!(fault.code == code && fault.message.contains(named), "{named}: {fault}");
    }
}

#[test]
fn further_fields_and_other_forms_of_the_same_list_are_taken() {
    let spaced = INPUT.replace("\"@method\" ", "  \"@method\"   ").replace(";created", "; created");
    Sent { input: format!("sig1=(\"date\");x, {spaced}"), signature: format!("sig1=:AAAA:, {SIGNATURE}"), ..sent() }
        .judged(SECRET)
        .unwrap();
}
