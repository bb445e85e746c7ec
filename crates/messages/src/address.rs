//! Which addresses a callback may go to. A callback URL is chosen by a stranger and called from inside the operator's
//! network, so only what is public on the internet is called; the operator may add ranges.
//!
//! The rule looks at resolved addresses, never at names: a name can point elsewhere a second later. IPv6 is judged the
//! other way round from IPv4, by what is allowed (global unicast), because nearly all of its space is unassigned.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("the address is {0}")]
    Range(&'static str),
    #[error("http is only for the addresses that the operator allows; use https")]
    PlainHttp,
}

/// A text that is not a range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a range of addresses such as 10.1.0.0/16 or fd00:1::/32")]
pub struct InvalidRange(pub String);

/// The operator's exceptions. The default has none.
#[derive(Debug, Clone, Default)]
pub struct AddressRule {
    allowed: Vec<IpNet>,
}

impl AddressRule {
    /// `allowed`: ranges that may be called though they are not public, and by plain http too.
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// From ranges in CIDR form, as a configuration has them.
    pub fn parse<T: AsRef<str>>(ranges: &[T]) -> Result<Self, InvalidRange> {
        let net = |text: &T| text.as_ref().parse().map_err(|_| InvalidRange(text.as_ref().to_owned()));
        ranges.iter().map(net).collect::<Result<_, _>>().map(Self::new)
    }

    /// Loopback only: for one machine that runs both ends.
    pub fn loopback() -> Self {
        Self::new(vec![
            IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)),
            IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128)),
        ])
    }

    /// Judges one resolved address for a call by https (`secure`) or http.
    pub fn judge(&self, address: IpAddr, secure: bool) -> Result<(), Denied> {
        let address = address.to_canonical();
        if self.allowed.iter().any(|net| net.contains(&address)) {
            return Ok(());
        }
        if let Some(range) = not_public(address) {
            return Err(Denied::Range(range));
        }
        if secure { Ok(()) } else { Err(Denied::PlainHttp) }
    }

    /// Whether plain http can reach anything at all.
    pub fn allows_some(&self) -> bool {
        !self.allowed.is_empty()
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

/// IANA's special-purpose registry for IPv4, with multicast and the reserved rest.
const NOT_PUBLIC_V4: [(Ipv4Net, &str); 17] = [
    (v4(0, 0, 0, 0, 8), "unspecified"),
    (v4(10, 0, 0, 0, 8), "private"),
    (v4(100, 64, 0, 0, 10), "shared by a carrier (CGNAT)"),
    (v4(127, 0, 0, 0, 8), "loopback"),
    (v4(169, 254, 0, 0, 16), "link-local"),
    (v4(172, 16, 0, 0, 12), "private"),
    (v4(192, 0, 0, 0, 24), "reserved for protocols"),
    (v4(192, 0, 2, 0, 24), "for documentation"),
    (v4(192, 88, 99, 0, 24), "a 6to4 relay"),
    (v4(192, 168, 0, 0, 16), "private"),
    (v4(198, 18, 0, 0, 15), "for benchmarks"),
    (v4(198, 51, 100, 0, 24), "for documentation"),
    (v4(203, 0, 113, 0, 24), "for documentation"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(233, 252, 0, 0, 24), "for documentation"),
    (v4(255, 255, 255, 255, 32), "broadcast"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

const fn v6(head: [u16; 3], bits: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(head[0], head[1], head[2], 0, 0, 0, 0, 0), bits)
}

/// The only block of IPv6 that is handed out to the public.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0], 3);
const TRANSLATED: Ipv6Net = v6([0x64, 0xff9b, 0], 96);
const SIX_TO_FOUR: Ipv6Net = v6([0x2002, 0, 0], 16);
const TEREDO: Ipv6Net = v6([0x2001, 0, 0], 32);

/// What is not public, named; inside the global block, or outside it where a name says more than "reserved".
const NOT_PUBLIC_V6: [(Ipv6Net, &str); 10] = [
    (v6([0, 0, 0], 96), "an IPv4-compatible form"),
    (v6([0x64, 0xff9b, 1], 48), "a local translation (NAT64)"),
    (v6([0x100, 0, 0], 64), "discarded"),
    (v6([0x2001, 0, 0], 23), "reserved for protocols"),
    (v6([0x2001, 0xdb8, 0], 32), "for documentation"),
    (v6([0x3fff, 0, 0], 20), "for documentation"),
    (v6([0xfc00, 0, 0], 7), "private (unique local)"),
    (v6([0xfe80, 0, 0], 10), "link-local"),
    (v6([0xfec0, 0, 0], 10), "private (site-local)"),
    (v6([0xff00, 0, 0], 8), "multicast"),
];

fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(a) => not_public_v4(a),
        IpAddr::V6(a) => not_public_v6(a),
    }
}

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    NOT_PUBLIC_V4.iter().find(|(net, _)| net.contains(&address)).map(|(_, name)| *name)
}

fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    if address.is_unspecified() {
        return Some("unspecified");
    }
    if address.is_loopback() {
        return Some("loopback");
    }
    if let Some(inner) = embedded(address) {
        return inner.iter().find_map(|a| not_public_v4(*a));
    }
    let named = NOT_PUBLIC_V6.iter().find(|(net, _)| net.contains(&address)).map(|(_, name)| *name);
    named.or_else(|| (!GLOBAL_V6.contains(&address)).then_some("reserved"))
}

/// The IPv4 addresses that a transition form leads to; `None` for a plain IPv6 address.
fn embedded(address: Ipv6Addr) -> Option<Vec<Ipv4Addr>> {
    let bits = address.to_bits();
    let at = |shift: u32| Ipv4Addr::from_bits((bits >> shift) as u32);
    if TRANSLATED.contains(&address) {
        Some(vec![at(0)])
    } else if SIX_TO_FOUR.contains(&address) {
        Some(vec![at(80)])
    } else if TEREDO.contains(&address) {
        // Server in the clear, client with its bits turned over.
        Some(vec![at(64), Ipv4Addr::from_bits(!at(0).to_bits())])
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENIED: &[&str] = &[
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:0:808:808::f5ff:fffe",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "2002:c0a8:101::1",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ];
    const PUBLIC: &[&str] = &[
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "128.0.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2400:3200::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "2001:0:808:808::f7f7:f7f7",
    ];

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_public_addresses_are_called() {
        let rule = AddressRule::default();
        for text in DENIED {
            assert!(matches!(rule.judge(ip(text), true), Err(Denied::Range(_))), "{text} must be denied");
        }
        for text in PUBLIC {
            assert_eq!(rule.judge(ip(text), true), Ok(()), "{text} must be allowed");
            assert_eq!(rule.judge(ip(text), false), Err(Denied::PlainHttp), "{text} needs https");
        }
    }

    #[test]
    fn the_reason_names_the_range() {
        let rule = AddressRule::default();
        assert_eq!(rule.judge(ip("255.255.255.255"), true), Err(Denied::Range("broadcast")));
        assert_eq!(rule.judge(ip("::ffff:192.168.0.1"), true), Err(Denied::Range("private")));
        assert_eq!(rule.judge(ip("fd00::1"), true).unwrap_err().to_string(), "the address is private (unique local)");
    }

    #[test]
    fn a_range_of_the_configuration_that_is_none_is_named() {
        let error = AddressRule::parse(&["10.0.0.0/8", "10.0.0.0/33"]).unwrap_err();
        assert!(error.to_string().starts_with("\"10.0.0.0/33\" is not a range"), "{error}");
    }

    #[test]
    fn an_allowed_range_opens_itself_and_nothing_else() {
        let rule = AddressRule::parse(&["10.1.0.0/16", "fd00:1::/32"]).unwrap();
        for (text, allowed) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("10.2.0.1", false),
            ("fd00:1::5", true),
            ("fd00:2::5", false),
            ("64:ff9b::a01:203", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(rule.judge(ip(text), false).is_ok(), allowed, "{text}");
        }
        assert!(AddressRule::loopback().judge(ip("127.0.0.1"), false).is_ok());
        assert!(AddressRule::loopback().judge(ip("::1"), false).is_ok());
        assert!(AddressRule::loopback().judge(ip("10.0.0.1"), true).is_err());
    }
}
