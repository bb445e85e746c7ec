//! Secrets at rest: sealed under a master key with a version, so that keys can be exchanged while the house runs.
//!
//! A sealed secret is `version (1 byte) || nonce (24 bytes) || XChaCha20-Poly1305 ciphertext`. The identity of its record
//! is authenticated with it, so that a secret copied to another row does not open. The long nonce is random: no counter
//! has to survive a restore from a backup.

use crate::Error;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretSlice};
use std::{fmt, sync::Arc};

const NONCE: usize = 24;

/// Bytes that must not be seen; prints as `***`.
#[derive(Clone)]
pub struct Secret(SecretSlice<u8>);

impl Secret {
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(SecretSlice::from(bytes.into()))
    }

    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// The secret as text; `None` where it is not UTF-8.
    pub fn expose_text(&self) -> Option<&str> {
        std::str::from_utf8(self.expose()).ok()
    }
}

impl PartialEq for Secret {
    /// Takes the same time wherever the two differ.
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.expose(), other.expose());
        a.len() == b.len() && a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y)) == 0
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Why a text is not a set of master keys. Never holds the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeys {
    #[error("line {0}: expected `version:key`, a number from 1 to 255 and 64 hex digits")]
    Line(usize),
    #[error("line {0}: this version was given before")]
    Twice(usize),
    #[error("expected at least one line `version:key`")]
    Empty,
    #[error("the operating system gave no random bytes")]
    Random,
    #[error("version 255 is in use and there is none above it")]
    Last,
}

/// Fills a buffer with random bytes; an error ends the write that needed them.
pub type Random = fn(&mut [u8]) -> Result<(), getrandom::Error>;

/// The master keys: the one with the highest version seals, all open.
#[derive(Clone)]
pub struct MasterKey {
    keys: Arc<[(u8, XChaCha20Poly1305)]>,
    random: Random,
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey(version {}, ***)", self.version())
    }
}

impl MasterKey {
    /// Reads lines `version:hex` (32 bytes each); blank lines do not count.
    pub fn parse(text: &str) -> Result<Self, InvalidKeys> {
        Self::parse_with(text, getrandom::fill)
    }

    /// As [`MasterKey::parse`], with the source of nonces injected.
    pub fn parse_with(text: &str, random: Random) -> Result<Self, InvalidKeys> {
        let mut keys: Vec<(u8, XChaCha20Poly1305)> = Vec::new();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let (version, key) = read_line(line).ok_or(InvalidKeys::Line(i + 1))?;
            if keys.iter().any(|(v, _)| *v == version) {
                return Err(InvalidKeys::Twice(i + 1));
            }
            keys.push((version, key));
        }
        keys.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        if keys.is_empty() { Err(InvalidKeys::Empty) } else { Ok(Self { keys: keys.into(), random }) }
    }

    /// A fresh key of version 1 as the text that [`MasterKey::parse`] reads.
    pub fn generate() -> Result<String, InvalidKeys> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| InvalidKeys::Random)?;
        Ok(format!("1:{}\n", hex::encode(key)))
    }

    /// A line with a fresh key of the version after this one's, which seals once it is added to the text of this one.
    pub fn generate_next(&self) -> Result<String, InvalidKeys> {
        let version = self.version().checked_add(1).ok_or(InvalidKeys::Last)?;
        let first = Self::generate()?;
        Ok(first.replacen("1:", &format!("{version}:"), 1))
    }

    /// All versions, the newest first.
    pub fn versions(&self) -> impl Iterator<Item = u8> {
        self.keys.iter().map(|(version, _)| *version)
    }

    /// The version that seals.
    pub fn version(&self) -> u8 {
        self.keys.first().map_or(0, |(version, _)| *version)
    }

    /// Seals `secret` for the record that `identity` names.
    pub fn seal(&self, secret: &[u8], identity: &str) -> Result<Vec<u8>, Error> {
        let (version, key) = self.keys.first().ok_or_else(|| Error::Sealed(identity.to_owned()))?;
        let mut nonce = [0; NONCE];
        (self.random)(&mut nonce).map_err(Error::unavailable)?;
        let payload = Payload { msg: secret, aad: identity.as_bytes() };
        let sealed = key.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::Sealed(identity.to_owned()))?;
        Ok([&[*version][..], &nonce, &sealed].concat())
    }

    /// Opens what [`MasterKey::seal`] made for the same identity.
    pub fn open(&self, sealed: &[u8], identity: &str) -> Result<Secret, Error> {
        self.try_open(sealed, identity).ok_or_else(|| Error::Sealed(identity.to_owned()))
    }

    fn try_open(&self, sealed: &[u8], identity: &str) -> Option<Secret> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, msg) = rest.split_at_checked(NONCE)?;
        let (_, key) = self.keys.iter().find(|(v, _)| v == version)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        key.decrypt(&XNonce::from(nonce), Payload { msg, aad: identity.as_bytes() }).ok().map(Secret::new)
    }
}

fn read_line(line: &str) -> Option<(u8, XChaCha20Poly1305)> {
    let (version, key) = line.trim().split_once(':')?;
    let version = version.parse().ok().filter(|v| *v > 0)?;
    let key = XChaCha20Poly1305::new_from_slice(&hex::decode(key).ok()?).ok()?;
    Some((version, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(version: u8) -> String {
        format!("{version}:{}\n", format!("{version:02x}").repeat(32))
    }

    #[test]
    fn a_secret_opens_for_its_record_only() {
        let key = MasterKey::parse(&line(1)).unwrap();
        let sealed = key.seal(b"fedcba", "access_key:a").unwrap();
        assert_eq!(key.open(&sealed, "access_key:a").unwrap().expose(), b"fedcba");
        key.open(&sealed, "access_key:b").unwrap_err();
        let mut torn = sealed.clone();
        *torn.last_mut().unwrap() ^= 1;
        key.open(&torn, "access_key:a").unwrap_err();
        for short in 0..sealed.len() {
            key.open(&sealed[..short], "access_key:a").unwrap_err();
        }
        assert_ne!(sealed, key.seal(b"fedcba", "access_key:a").unwrap(), "nonces differ");
    }

    #[test]
    fn old_versions_open_and_the_newest_seals() {
        let old = MasterKey::parse(&line(1)).unwrap();
        let both = MasterKey::parse(&(line(1) + "\n" + &line(2))).unwrap();
        assert_eq!(both.open(&old.seal(b"x", "r").unwrap(), "r").unwrap().expose(), b"x");
        let new = both.seal(b"x", "r").unwrap();
        assert_eq!(new[0], 2);
        old.open(&new, "r").unwrap_err();
    }

    #[test]
    fn bad_keys_are_refused_by_line() {
        assert_eq!(MasterKey::parse("").unwrap_err(), InvalidKeys::Empty);
        assert_eq!(MasterKey::parse(&(line(1) + &line(1))).unwrap_err(), InvalidKeys::Twice(2));
        for bad in ["1", "0:00", "256:00", "1:zz", "1:0011"] {
            assert_eq!(MasterKey::parse(bad).unwrap_err(), InvalidKeys::Line(1), "{bad}");
        }
        MasterKey::parse(&MasterKey::generate().unwrap()).unwrap();
    }

    #[test]
    fn a_next_version_is_added_until_there_is_none() {
        let old = MasterKey::parse(&line(1)).unwrap();
        let both = MasterKey::parse(&(line(1) + &old.generate_next().unwrap())).unwrap();
        assert_eq!(both.versions().collect::<Vec<_>>(), [2, 1]);
        assert_eq!(both.open(&old.seal(b"x", "r").unwrap(), "r").unwrap().expose(), b"x");
        assert_eq!(MasterKey::parse(&line(255)).unwrap().generate_next().unwrap_err(), InvalidKeys::Last);
    }

    #[test]
    fn secrets_print_as_stars() {
        assert_eq!(format!("{0} {0:?}", Secret::new("open")), "*** ***");
    }
}
