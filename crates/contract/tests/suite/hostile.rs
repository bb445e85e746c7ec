//! What comes from outside, as strange as it can be; the same functions are the bodies of the fuzz targets.

#[path = "../../../../fuzz/bodies/id_text.rs"]
mod id_text;
#[path = "../../../../fuzz/bodies/signature.rs"]
mod signature;
#[path = "../../../../fuzz/bodies/strong.rs"]
mod strong;

use proptest::{collection::vec, prelude::*};

proptest! {
    #[test]
    fn any_bytes_are_signed_headers_or_not(data in vec(any::<u8>(), 0..300)) {
        signature::run(&data);
    }

    #[test]
    fn headers_that_nearly_fit(
        data in "[0-9a-f]{32}\n([0-9]{0,20}|[+-]?[0-9.e]{1,12})\n\\PC{0,70}\n[0-9a-fA-F]{30,34}\n[ -~]{0,40}",
    ) {
        signature::run(data.as_bytes());
    }

    #[test]
    fn any_bytes_are_strong_headers_or_not(data in vec(any::<u8>(), 0..300)) {
        strong::run(&data);
    }

    #[test]
    fn strong_headers_that_nearly_fit(
        data in "sampan=\\((\"@?[a-z-]{1,12}\"(;[a-z]{1,3})? ?){0,4}\\)(;(created|expires)=-?[0-9]{1,16})?(;(keyid|nonce|alg)=\"[ -~&&[^\"\\\\]]{0,12}\"){0,3}\nsampan=:([A-Za-z0-9+/]{4}){0,11}:\n/[!-~]{0,20}\n[ -~]{0,20}\n\\PC{0,40}",
    ) {
        strong::run(data.as_bytes());
    }

    #[test]
    fn any_bytes_are_an_id_or_not(data in vec(any::<u8>(), 0..60)) {
        id_text::run(&data);
    }

    #[test]
    fn texts_that_nearly_are_ids(
        data in " ?(-?[0-9]{1,25}([.e][0-9]{1,3})?|\"(TQ|PO)?-?[0-9]{0,35}\"|\"[A-Za-z0-9_-]{20,24}\"|\"\\PC{0,20}\"|null|true)\n?",
    ) {
        id_text::run(data.as_bytes());
    }
}
