//! The picture of an image search, judged by its content.

use crate::{
    error::{Code, Fault},
    request::set,
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// A picture has at most this many bytes.
pub const PICTURE_MAX: usize = 3 * 1024 * 1024;

const FIELD: &str = "imageBase64";
/// How a jpg and a png begin.
const KINDS: [&[u8]; 2] = [&[0xff, 0xd8, 0xff], &[0x89, b'P', b'N', b'G']];

/// The bytes of a picture: 40003 for what is no plain base64, 40006 for anything but a jpg or png of a bearable size.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, Fault> {
    let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(compact);
    let bytes = bytes.map_err(|_| Fault::invalid(FIELD, "plain base64 of a jpg or png, without a data: prefix"))?;
    let refuse = |expected| Err(Fault::field(Code::FileNotAllowed, FIELD, expected));
    if bytes.len() > PICTURE_MAX {
        return refuse("expected at most 3 MB");
    }
    if !KINDS.iter().any(|kind| bytes.starts_with(kind)) {
        return refuse("expected a jpg or png");
    }
    Ok(bytes)
}

pub(super) fn address(text: &str) -> Result<String, Fault> {
    let web = ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    let plain = text.len() <= 1000 && text.bytes().all(|b| b.is_ascii_graphic());
    if web && plain { Ok(text.to_owned()) } else { Err(Fault::invalid("imageAddress", "a web address")) }
}

/// Four comma-joined whole numbers.
pub(super) fn region(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let parts: Option<Vec<u32>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    match parts.as_deref() {
        Some([x0, x1, y0, y1]) => Ok(Some(format!("{x0},{x1},{y0},{y1}"))),
        _ => Err(Fault::invalid("region", "four comma-joined whole numbers, e.g. 266,799,48,581")),
    }
}
