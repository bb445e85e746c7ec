//! The upload of a voucher: one jpg under 1 MB, judged by its content and never by its name.

use crate::error::{Code, Fault};
use base64::{Engine, engine::general_purpose::STANDARD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A voucher has fewer bytes than this.
pub const VOUCHER_MAX: usize = 1_048_576;

/// One image: a file part of this name in a form, or base64 text in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VoucherUploadBody {
    /// Base64 of a jpg under 1 MB; a `data:` prefix is dropped.
    pub image_data: String,
}

impl VoucherUploadBody {
    /// The body that carries these bytes.
    pub fn of(jpg: &[u8]) -> Self {
        Self { image_data: STANDARD.encode(jpg) }
    }

    /// The image. 40003 for a text that is not base64, 40006 for anything but a small jpg.
    pub fn jpg(&self) -> Result<Vec<u8>, Fault> {
        let text = self.image_data.trim();
        let text = match text.strip_prefix("data:") {
            Some(rest) => rest.split_once(',').map_or(rest, |(_, data)| data),
            None => text,
        };
        let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let bytes = STANDARD.decode(compact).map_err(|_| Fault::invalid("imageData", "base64 of a jpg"))?;
        let refuse = |expected| Err(Fault::field(Code::FileNotAllowed, "imageData", expected));
        if bytes.len() >= VOUCHER_MAX {
            return refuse("expected fewer than 1048576 bytes");
        }
        if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return refuse("expected a jpg");
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_jpgs_pass() {
        let jpg = [0xff, 0xd8, 0xff, 0xe0, 0x00];
        assert_eq!(VoucherUploadBody::of(&jpg).jpg().unwrap(), jpg);
        let with_prefix = format!("data:image/jpeg;base64,{}", VoucherUploadBody::of(&jpg).image_data);
        assert_eq!(VoucherUploadBody { image_data: with_prefix }.jpg().unwrap(), jpg);
        let code = |body: VoucherUploadBody| body.jpg().unwrap_err().code;
        assert_eq!(code(VoucherUploadBody::of(b"\x89PNG")), Code::FileNotAllowed);
        assert_eq!(code(VoucherUploadBody { image_data: "*".into() }), Code::InvalidParameter);
        let mut large = jpg.to_vec();
        large.resize(VOUCHER_MAX, 0);
        assert_eq!(code(VoucherUploadBody::of(&large)), Code::FileNotAllowed);
        large.pop();
        assert!(VoucherUploadBody::of(&large).jpg().is_ok());
    }
}
