//! Whether and how requests are encrypted on their way: by the server itself, or by a proxy in front of it.
//!
//! A signature of v1 covers no body, so whoever sees a request can change it. Plain http is therefore served on loopback
//! alone, unless the operator says that a proxy does the rest.

use super::ConfigError;
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// Certificate and those that vouch for it, PEM.
    pub cert: Option<PathBuf>,
    /// The certificate's private key, PEM.
    pub key: Option<PathBuf>,
    /// A proxy in front of the server speaks TLS; plain http is served to other machines too.
    pub by_proxy: bool,
}

impl Tls {
    /// What the command line says wins.
    pub fn with_flags(self, cert: Option<&PathBuf>, key: Option<&PathBuf>, by_proxy: bool) -> Self {
        Self { cert: cert.cloned().or(self.cert), key: key.cloned().or(self.key), by_proxy: by_proxy || self.by_proxy }
    }

    /// Certificate and key, where the server speaks TLS itself.
    pub fn files(&self) -> Option<(&Path, &Path)> {
        self.cert.as_deref().zip(self.key.as_deref())
    }

    /// That both files are named or none, and that no other machine is spoken to in the clear.
    pub fn check(&self, listen: SocketAddr) -> Result<(), ConfigError> {
        let refuse = |text: String| Err(ConfigError(format!("configuration: {text}")));
        match (&self.cert, &self.key) {
            (Some(_), None) => return refuse("tls.key: expected the file with the key of tls.cert".to_owned()),
            (None, Some(_)) => return refuse("tls.cert: expected the file with the certificate of tls.key".to_owned()),
            (Some(_), Some(_)) if self.by_proxy => {
                return refuse(
                    "tls.by_proxy: expected no certificate beside it; either the proxy or the server speaks TLS"
                        .to_owned(),
                );
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        if self.files().is_some() || self.by_proxy || listen.ip().to_canonical().is_loopback() {
            return Ok(());
        }
        refuse(format!(
            "listen: {listen} is reached by other machines, and requests would travel in the clear: name tls.cert and \
             tls.key, or say tls.by_proxy (--tls-by-proxy) where a proxy in front speaks TLS"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(tls: Tls, listen: &str) -> Result<(), String> {
        tls.check(listen.parse().unwrap()).map_err(|error| error.0)
    }

    fn file() -> Option<PathBuf> {
        Some(PathBuf::from("x.pem"))
    }

    #[test]
    fn plain_http_is_for_loopback_or_behind_a_proxy() {
        for loopback in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "[::ffff:127.0.0.1]:80"] {
            assert!(checked(Tls::default(), loopback).is_ok(), "{loopback}");
        }
        for open in ["0.0.0.0:80", "[::]:80", "192.0.2.1:80", "10.0.0.1:80"] {
            let text = checked(Tls::default(), open).unwrap_err();
            assert!(text.contains("listen") && text.contains("tls.cert") && text.contains("tls.by_proxy"), "{text}");
            assert!(checked(Tls { by_proxy: true, ..Tls::default() }, open).is_ok());
            assert!(checked(Tls { cert: file(), key: file(), by_proxy: false }, open).is_ok());
        }
    }

    #[test]
    fn half_a_pair_and_two_who_speak_tls_are_named() {
        for (tls, named) in [
            (Tls { cert: file(), ..Tls::default() }, "tls.key"),
            (Tls { key: file(), ..Tls::default() }, "tls.cert"),
            (Tls { cert: file(), key: file(), by_proxy: true }, "tls.by_proxy"),
        ] {
            let text = checked(tls, "127.0.0.1:80").unwrap_err();
            assert!(text.starts_with(&format!("configuration: {named}: ")), "{text}");
        }
    }
}
