//! The signature base (RFC 9421, section 2.5): a line for each covered component, and last the parameters.

use super::component;
use crate::{
    error::{Code, Fault},
    signature::header,
};
use sfv::{FieldType, InnerList, List, ListEntry};
use std::collections::BTreeSet;

/// What of a request can be covered.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    pub method: &'a str,
    /// As sent, percent-encoded.
    pub path: &'a str,
    /// As sent, without the question mark.
    pub query: Option<&'a str>,
    /// Value of a header field: its lines, trimmed, joined by a comma and a space. `None` where the request has none.
    pub field: &'a dyn Fn(&str) -> Option<String>,
}

impl Message<'_> {
    fn component(&self, name: &str) -> Option<String> {
        match name {
            component::METHOD => Some(self.method.to_owned()),
            component::PATH => Some(if self.path.is_empty() { "/".to_owned() } else { self.path.to_owned() }),
            component::QUERY => Some(format!("?{}", self.query.unwrap_or_default())),
            component::AUTHORITY => (self.field)("host").map(|host| host.to_ascii_lowercase()),
            derived if derived.starts_with('@') => None,
            field => (self.field)(field),
        }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        (self.field)(field).is_some()
    }

    /// What the profile wants covered of this request.
    pub(super) fn wanted(&self) -> Vec<&'static str> {
        let mut wanted = vec![component::METHOD, component::PATH];
        if self.query.is_some_and(|query| !query.is_empty()) {
            wanted.push(component::QUERY);
        }
        wanted.extend([header::USER_ID, header::CONTENT_DIGEST].into_iter().filter(|field| self.has(field)));
        wanted
    }
}

/// The text that is signed.
pub(super) fn base(input: &InnerList, message: &Message<'_>) -> Result<String, Fault> {
    let (mut text, mut seen) = (String::new(), BTreeSet::new());
    for item in &input.items {
        let name = item.bare_item.as_string().filter(|_| item.params.is_empty());
        let name = name.ok_or_else(|| wrong("expected components as texts without parameters"))?.as_str();
        if name.bytes().any(|b| b.is_ascii_uppercase()) || !seen.insert(name) {
            return Err(wrong(format_args!("expected each component once and in lower case, not {name:?}")));
        }
        let value = message.component(name);
        let value = value.ok_or_else(|| wrong(format_args!("the request has no {name:?} to cover")))?;
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    text.push_str(&format!("\"@signature-params\": {}", printed(input)));
    Ok(text)
}

/// The list as a structured field, in its one canonical form.
pub(super) fn printed(input: &InnerList) -> String {
    let list: List = vec![ListEntry::InnerList(input.clone())];
    list.serialize().unwrap_or_default()
}

/// 40103 for what cannot be a signature of this request.
pub(super) fn wrong(text: impl std::fmt::Display) -> Fault {
    Fault::field(Code::SignatureMismatch, header::SIGNATURE_INPUT, text)
}
