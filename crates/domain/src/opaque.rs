//! Opaque ids: what stands for a marketplace's id where an edition hides it. 22 characters of base64url, the same each
//! time for a developer and an id, without meaning for anybody else.
//!
//! One AES-128 block of eight zero bytes and the id, under a key of the developer's. The zeros are the proof: a text that
//! was made under another key decrypts to noise, and noise begins with eight zero bytes once in 2^64 times. Nothing is
//! stored, so an id that was given out holds as long as the installation's key. Rejected: a table of random texts, a write
//! for every row of a search.

use crate::DeveloperId;
use aes::{
    Aes128,
    cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// Bytes of a block and of a key.
const BLOCK: usize = 16;
/// Characters of a block in base64url.
pub const OPAQUE_LEN: usize = 22;

/// The key of an installation, from which those of its developers are derived. Whoever changes it makes every id that was
/// given out meaningless.
#[derive(Clone)]
pub struct IdKey([u8; 32]);

impl IdKey {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The cipher of one developer.
    pub fn of(&self, developer: DeveloperId) -> IdCipher {
        // HMAC's own padding, done here so that nothing can fail.
        let mut padded = [0; 64];
        padded[..self.0.len()].copy_from_slice(&self.0);
        let mac = Hmac::<Sha256>::new(&padded.into()).chain_update(developer.get().to_be_bytes());
        let mut key = [0; BLOCK];
        key.copy_from_slice(&mac.finalize().into_bytes()[..BLOCK]);
        IdCipher(Aes128::new(&key.into()))
    }
}

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Turns the ids that one developer sees into opaque texts and back.
#[derive(Clone)]
pub struct IdCipher(Aes128);

impl IdCipher {
    pub fn seal(&self, id: i64) -> OpaqueId {
        let mut block = [0; BLOCK];
        block[BLOCK / 2..].copy_from_slice(&id.to_be_bytes());
        let mut block = block.into();
        self.0.encrypt_block(&mut block);
        OpaqueId(URL_SAFE_NO_PAD.encode(block))
    }

    /// The id behind a text; `None` for one that was not made for this developer.
    pub fn open(&self, text: &str) -> Option<i64> {
        let block: [u8; BLOCK] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let mut block = block.into();
        self.0.decrypt_block(&mut block);
        let number = u128::from_be_bytes(block.0);
        // Above 63 bits the zeros are missing, or the number is none that an id can be.
        i64::try_from(number).ok().filter(|id| *id > 0)
    }
}

impl fmt::Debug for IdCipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// An id that was made opaque.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OpaqueId(String);

impl OpaqueId {
    /// Takes what has the form of one; whose it is, is not asked.
    pub fn parse(text: &str) -> Option<Self> {
        let formed = text.len() == OPAQUE_LEN && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        formed.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OpaqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cipher(developer: i64) -> IdCipher {
        IdKey::new([7; 32]).of(DeveloperId::new(developer).unwrap())
    }

    proptest! {
        #[test]
        fn an_id_comes_back_for_its_developer_alone(id in 1..=i64::MAX, me in 1..=i64::MAX, other in 1..=i64::MAX) {
            let text = cipher(me).seal(id);
            prop_assert_eq!(cipher(me).open(text.as_str()), Some(id));
            prop_assert_eq!(&cipher(me).seal(id), &text);
            prop_assert_eq!(OpaqueId::parse(text.as_str()), Some(text.clone()));
            prop_assert!(me == other || cipher(other).open(text.as_str()).is_none());
        }

        #[test]
        fn two_ids_never_share_a_text(a in 1..=i64::MAX, b in 1..=i64::MAX) {
            prop_assert_eq!(cipher(1).seal(a) == cipher(1).seal(b), a == b);
        }

        #[test]
        fn any_other_text_is_refused(text in "[A-Za-z0-9_-]{0,40}|\\PC{0,24}", id in 1..=i64::MAX) {
            let made = cipher(1).seal(id);
            prop_assert!(text == made.as_str() || cipher(1).open(&text).is_none());
            for cut in 0..OPAQUE_LEN {
                prop_assert_eq!(cipher(1).open(&made.as_str()[..cut]), None);
            }
            let longer = format!("{made}A");
            prop_assert_eq!(cipher(1).open(&longer), None);
        }
    }

    /// What was given out must be understood by every later version.
    #[test]
    fn the_form_is_fixed() {
        let text = cipher(1_110_890_638_347_337_996).seal(706_627_393_257);
        assert_eq!(text.as_str(), "R-aUoSC327iDB9FRRbQ_IA");
        // The last character carries four bits that mean nothing: only one spelling counts.
        let last = (0..=u8::MAX).map(char::from).filter(char::is_ascii_graphic);
        let spelt = last.map(|last| format!("{}{last}", &text.as_str()[..OPAQUE_LEN - 1]));
        assert_eq!(spelt.filter(|t| cipher(1_110_890_638_347_337_996).open(t).is_some()).count(), 1);
    }

    #[test]
    fn another_installation_understands_nothing() {
        let developer = DeveloperId::new(1).unwrap();
        let text = IdKey::new([7; 32]).of(developer).seal(1);
        assert_eq!(IdKey::new([8; 32]).of(developer).open(text.as_str()), None);
        assert_eq!(format!("{:?} {:?}", IdKey::new([7; 32]), cipher(1)), "*** ***");
    }
}
