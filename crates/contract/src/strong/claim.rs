//! What a signed request claims: read before the key is looked up, judged after.

use super::{
    ALGORITHM, LABEL,
    base::{Message, base, wrong},
    digest, mac, parameter,
};
use crate::{
    error::{Code, Fault},
    signature::{header, timestamp_ms},
};
use hmac::Mac;
use sfv::{BareItem, Dictionary, InnerList, ListEntry, Parser};

/// The signature labelled [`LABEL`] of a request, unproven.
#[derive(Debug, Clone)]
pub struct Claim {
    pub access_key: String,
    /// Seconds, or milliseconds from 10^12 on, as [`crate::signature::timestamp_ms`] reads them.
    pub created: String,
    /// As `created`.
    expires: Option<String>,
    /// Empty when the parameter is absent.
    pub nonce: String,
    algorithm: String,
    input: InnerList,
    signature: Vec<u8>,
}

impl Claim {
    /// Reads the two fields. What is absent is 40101, what cannot be read 40103.
    pub fn read(signature_input: &str, signature: Option<&str>) -> Result<Self, Fault> {
        let Some(signature) = signature.filter(|text| !text.trim().is_empty()) else {
            return Err(missing(header::SIGNATURE, "the header is required"));
        };
        let input = match member(signature_input, header::SIGNATURE_INPUT)? {
            ListEntry::InnerList(input) => input,
            ListEntry::Item(_) => return Err(wrong("expected a list of components in brackets")),
        };
        let signature = match member(signature, header::SIGNATURE)? {
            ListEntry::Item(item) => item.bare_item.as_byte_sequence().map(<[u8]>::to_vec),
            ListEntry::InnerList(_) => None,
        };
        let unlike = || Fault::field(Code::SignatureMismatch, header::SIGNATURE, "expected bytes between colons");
        Ok(Self {
            access_key: text(&input, parameter::KEY_ID)?.ok_or_else(|| absent(parameter::KEY_ID))?,
            created: time(&input, parameter::CREATED)?.ok_or_else(|| absent(parameter::CREATED))?,
            expires: time(&input, parameter::EXPIRES)?,
            nonce: text(&input, parameter::NONCE)?.unwrap_or_default(),
            algorithm: text(&input, parameter::ALG)?.ok_or_else(|| absent(parameter::ALG))?,
            signature: signature.ok_or_else(unlike)?,
            input,
        })
    }

    /// Whether the signer said that it is good no longer; one that says so in a way that cannot be read is not good either.
    pub fn is_expired(&self, now_ms: i64) -> bool {
        self.expires.as_deref().is_some_and(|text| timestamp_ms(text).is_none_or(|ms| ms < now_ms))
    }

    /// The signature as hex digits; it counts as the nonce of a request without one.
    pub fn digits(&self) -> String {
        hex::encode(&self.signature)
    }

    /// Whether the profile is kept, the body is the digest's and the signature is the secret's. In constant time as far as the
    /// secret is concerned.
    pub fn verify(&self, message: &Message<'_>, body: &[u8], secret: &str) -> Result<(), Fault> {
        let base = self.base(message, body)?;
        let holds = mac(secret.as_bytes(), &base).verify_slice(&self.signature).is_ok();
        if holds { Ok(()) } else { Err(Fault::new(Code::SignatureMismatch, "signature: does not match")) }
    }

    /// The text that has to be signed, once the profile is kept and the body is the digest's.
    pub fn base(&self, message: &Message<'_>, body: &[u8]) -> Result<String, Fault> {
        if self.algorithm != ALGORITHM {
            return Err(wrong(format_args!("expected alg {ALGORITHM:?}")));
        }
        if !body.is_empty() && !message.has(header::CONTENT_DIGEST) {
            return Err(missing(header::CONTENT_DIGEST, "the header is required with a body"));
        }
        for component in message.wanted() {
            if !self.covers(component) {
                return Err(wrong(format_args!("must cover {component:?}")));
            }
        }
        if let Some(given) = (message.field)(header::CONTENT_DIGEST) {
            digest::check(&given, body)?;
        }
        base(&self.input, message)
    }

    fn covers(&self, component: &str) -> bool {
        self.input.items.iter().any(|item| item.bare_item.as_string().is_some_and(|name| name.as_str() == component))
    }
}

/// Our member of one of the two dictionaries.
fn member(field: &str, name: &'static str) -> Result<ListEntry, Fault> {
    let read: Result<Dictionary, _> = Parser::new(field).parse();
    let Ok(mut all) = read else {
        return Err(Fault::field(
            Code::SignatureMismatch,
            name,
            "expected a dictionary of structured fields (RFC 9651)",
        ));
    };
    let labels = format!("expected a member labelled {LABEL:?}");
    all.swap_remove(LABEL).ok_or_else(|| missing(name, labels))
}

fn text(input: &InnerList, name: &str) -> Result<Option<String>, Fault> {
    match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::String(text)) => Ok(Some(text.as_str().to_owned())),
        Some(_) => Err(wrong(format_args!("expected {name} as text in quotes"))),
    }
}

fn time(input: &InnerList, name: &str) -> Result<Option<String>, Fault> {
    match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::Integer(time)) => Ok(Some(time.to_string())),
        Some(_) => {
            let expected = format_args!("expected {name} as a whole number");
            Err(Fault::field(Code::TimestampOutOfRange, header::SIGNATURE_INPUT, expected))
        }
    }
}

fn absent(parameter: &str) -> Fault {
    missing(header::SIGNATURE_INPUT, format_args!("the parameter {parameter} is required"))
}

fn missing(field: &str, text: impl std::fmt::Display) -> Fault {
    Fault::field(Code::MissingCredentials, field, text)
}
