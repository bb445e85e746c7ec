//! Making the signature.

use super::{
    ALGORITHM, LABEL,
    base::{Message, base, printed},
    mac, parameter,
};
use crate::error::Fault;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::Mac;
use sfv::{BareItem, InnerList, Item, Key, KeyRef, Parameters};

/// Who signs, and when.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    pub access_key: &'a str,
    pub created: i64,
    pub nonce: &'a str,
}

/// What is added to the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub signature_input: String,
    pub signature: String,
}

impl Signer<'_> {
    /// Covers what the profile wants covered of this message, which has its `content-digest` already.
    pub fn sign(&self, message: &Message<'_>, secret: &str) -> Result<Signed, Fault> {
        let items = message.wanted().into_iter().map(|name| text(name, name).map(Item::new));
        let input = InnerList::with_params(items.collect::<Result<_, _>>()?, self.parameters()?);
        let base = base(&input, message)?;
        let bytes = mac(secret.as_bytes(), &base).finalize().into_bytes();
        Ok(Signed {
            signature_input: format!("{LABEL}={}", printed(&input)),
            signature: format!("{LABEL}=:{}:", STANDARD.encode(bytes)),
        })
    }

    fn parameters(&self) -> Result<Parameters, Fault> {
        let created = BareItem::try_from(self.created)
            .map_err(|_| Fault::invalid(parameter::CREATED, "a number of at most 15 digits"))?;
        Ok(Parameters::from_iter([
            (key(parameter::CREATED)?, created),
            (key(parameter::NONCE)?, text(parameter::NONCE, self.nonce)?),
            (key(parameter::KEY_ID)?, text(parameter::KEY_ID, self.access_key)?),
            (key(parameter::ALG)?, text(parameter::ALG, ALGORITHM)?),
        ]))
    }
}

fn key(name: &str) -> Result<Key, Fault> {
    KeyRef::from_str(name).map(ToOwned::to_owned).map_err(|_| Fault::invalid(name, "a key of structured fields"))
}

fn text(name: &str, value: &str) -> Result<BareItem, Fault> {
    let text = sfv::String::from_string(value.to_owned());
    text.map(BareItem::String).map_err(|_| Fault::invalid(name, "printable ASCII characters"))
}
