//! Signatures of the 1688 open platform: HMAC-SHA1 in upper-case hex, for requests (`param2`) and for pushes.
//!
//! Verification compares in constant time and takes either case. Rejected: signing over the encoded form body; the
//! upstream signs the plain values.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// The name of the parameter that carries a signature; never part of what is signed.
pub const SIGNATURE: &str = "_aop_signature";

/// Signs a request. `path` begins with `param2`: `param2/1/{namespace}/{api}/{appKey}`; `params` are the unencoded names
/// and values of every parameter but files, in any order.
pub fn request<'a>(secret: &str, path: &str, params: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut params: Vec<_> = params.into_iter().filter(|(name, _)| *name != SIGNATURE).collect();
    params.sort_unstable();
    let mut parts = vec![path];
    parts.extend(params.iter().flat_map(|(name, value)| [*name, *value]));
    seal(secret, &parts)
}

/// Signs the `message` field of a push.
pub fn push(secret: &str, message: &str) -> String {
    seal(secret, &["message", message])
}

/// Whether `given` is the signature of this request.
pub fn verify_request<'a>(
    secret: &str,
    path: &str,
    params: impl IntoIterator<Item = (&'a str, &'a str)>,
    given: &str,
) -> bool {
    same(&request(secret, path, params), given)
}

/// Whether `given` is the signature of this push.
pub fn verify_push(secret: &str, message: &str, given: &str) -> bool {
    same(&push(secret, message), given)
}

fn same(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.to_ascii_uppercase().as_bytes()).into()
}

fn seal(secret: &str, parts: &[&str]) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part.as_bytes());
    }
    hex::encode_upper(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_vector_holds() {
        let path = "param2/1/system/currentTime/1000000a1b2";
        assert_eq!(request("test123", path, []), "33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88");
    }

    #[test]
    fn parameters_are_sorted_and_the_signature_itself_is_left_out() {
        let path = "param2/1/com.alibaba.trade/alibaba.trade.cancel/1234567";
        let params = [
            ("webSite", "1688"),
            ("tradeID", "2542285634920880794"),
            ("_aop_signature", "anything"),
            ("cancelReason", "buyerCancel"),
            ("access_token", "sample-token"),
            ("_aop_timestamp", "1775221032000"),
        ];
        let signature = "83ADF4D9A9D41384F4E9E3DD69CA669C4E2140E5";
        assert_eq!(request("sample-secret", path, params), signature);
        assert!(verify_request("sample-secret", path, params, &signature.to_lowercase()));
        assert!(!verify_request("other-secret", path, params, signature));
    }

    #[test]
    fn pushes_follow_the_request_rule_without_a_path() {
        let message = "{\"bizKey\":\"1\",\"data\":{},\"gmtBorn\":1,\"msgId\":1,\"type\":\"ORDER_BUYER_VIEW_ORDER_PAY\",\"userInfo\":\"b2b-1\"}";
        let signature = "ED475C31619C622ED6F8E0EE9EE2EF7B30AE565D";
        assert_eq!(push("sample-secret", message), signature);
        assert!(verify_push("sample-secret", message, signature));
        assert!(!verify_push("sample-secret", &message.replace('1', "2"), signature));
        assert!(!verify_push("sample-secret", message, ""));
    }
}
