//! A callback URL as a developer may set it: parsed once, so that what is called is what was checked. Names are not
//! resolved here; the connector does that at each call.

use crate::address::{AddressRule, Denied};
use http::Uri;
use std::{fmt, net::IpAddr};
use url::{Host, Url};

/// Longest callback URL, in bytes.
pub const MAX_URL: usize = 2048;

/// Why a text is not a callback URL. The texts are for the developer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    #[error("the URL is longer than 2048 characters")]
    TooLong,
    #[error("not an absolute URL such as https://example.com/callback")]
    Malformed,
    #[error("the URL must begin with https://")]
    Scheme,
    #[error("the URL must not hold a user name or password")]
    UserInfo,
    #[error("{0}")]
    Denied(#[from] Denied),
}

/// An absolute http or https URL without userinfo, in normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackUrl {
    url: Url,
    uri: Uri,
}

impl CallbackUrl {
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.len() > MAX_URL {
            return Err(UrlError::TooLong);
        }
        // The parser forgives spaces and control characters; what is stored should be what is called.
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(UrlError::Malformed);
        }
        let mut url = Url::parse(text).map_err(|_| UrlError::Malformed)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(UrlError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::UserInfo);
        }
        url.set_fragment(None);
        let uri: Uri = url.as_str().parse().map_err(|_| UrlError::Malformed)?;
        match uri.host() {
            Some(host) if !host.is_empty() => Ok(Self { url, uri }),
            _ => Err(UrlError::Malformed),
        }
    }

    /// Parses and refuses what no call could reach under `rule`: a denied address written out, or http where the
    /// operator allows no address.
    pub fn accept(text: &str, rule: &AddressRule) -> Result<Self, UrlError> {
        let url = Self::parse(text)?;
        if let Some(address) = url.literal() {
            rule.judge(address, url.is_secure())?;
        } else if !url.is_secure() && !rule.allows_some() {
            return Err(UrlError::Scheme);
        }
        Ok(url)
    }

    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// `host:port`: what one receiver is, for limits and isolation.
    pub fn endpoint(&self) -> String {
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", self.url.host_str().unwrap_or_default())
    }

    fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(a) => Some(IpAddr::V4(a)),
            Host::Ipv6(a) => Some(IpAddr::V6(a)),
            Host::Domain(_) => None,
        }
    }
}

impl fmt::Display for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_refused_with_the_reason() {
        let rule = AddressRule::default();
        let denied = |range| UrlError::Denied(Denied::Range(range));
        let long = format!("https://example.com/{}", "a".repeat(MAX_URL));
        for (text, expected) in [
            ("", UrlError::Malformed),
            ("example.com/callback", UrlError::Malformed),
            ("https://", UrlError::Malformed),
            ("https:///path", UrlError::Malformed),
            ("https://exa mple.com/", UrlError::Malformed),
            ("https://example.com/\r\nX: y", UrlError::Malformed),
            ("https://example.com:99999/", UrlError::Malformed),
            ("ftp://example.com/", UrlError::Scheme),
            ("file:///etc/passwd", UrlError::Scheme),
            ("http://example.com/", UrlError::Scheme),
            ("https://me@example.com/", UrlError::UserInfo),
            ("https://me:secret@example.com/", UrlError::UserInfo),
            ("https://127.0.0.1/", denied("loopback")),
            ("https://2130706433/", denied("loopback")),
            ("https://0x7f.1/", denied("loopback")),
            ("https://[::1]/", denied("loopback")),
            ("https://[::ffff:10.0.0.1]/", denied("private")),
            ("http://8.8.8.8/", UrlError::Denied(Denied::PlainHttp)),
            (long.as_str(), UrlError::TooLong),
        ] {
            match CallbackUrl::accept(text, &rule) {
                // `https:///path` is read as host `path` by the URL standard; either way nothing internal is reached.
                Ok(url) if text == "https:///path" => assert_eq!(url.endpoint(), "path:443"),
                other => assert_eq!(other.unwrap_err(), expected, "{text}"),
            }
        }
    }

    #[test]
    fn endpoints_are_host_and_port() {
        for (text, endpoint) in [
            ("https://Example.com/a?b=c#d", "example.com:443"),
            ("https://example.com:8443", "example.com:8443"),
            ("https://[2606:4700::1111]/", "[2606:4700::1111]:443"),
            ("http://127.0.0.1:9999/cb", "127.0.0.1:9999"),
            ("http://localhost:1/cb", "localhost:1"),
        ] {
            assert_eq!(CallbackUrl::accept(text, &AddressRule::loopback()).unwrap().endpoint(), endpoint);
        }
        assert_eq!(CallbackUrl::parse("https://a.example/x#y").unwrap().as_str(), "https://a.example/x");
    }
}
