//! Pictures that a buyer uploads to prove a claim: one jpg each, kept with the economy, served under their own address.

use super::{Economy, Failure, World, refusal::Refusal};
use bytes::Bytes;
use image::{ImageFormat, ImageReader};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// A voucher must be smaller than this.
pub const MAX_BYTES: usize = 1_048_576;
/// The path under which vouchers are served.
pub const FOLDER: &str = "sandbox/vouchers";
/// The URL of the contract's goods/return example counts as uploaded.
const EXAMPLE: &str = "https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg";

impl Economy {
    /// Keeps a jpg and answers its path, to be appended to [`Economy::base_url`]. The same picture has the same path.
    pub async fn upload_voucher(&self, jpg: Bytes) -> Result<String, Failure> {
        if jpg.len() >= MAX_BYTES || !is_jpg(&jpg) {
            return Err(Refusal::new("4000", "imageData must be one jpg under 1 MB").into());
        }
        let name = format!("{}.jpg", hex::encode(&Sha256::digest(&jpg)[..16]));
        let path = format!("{FOLDER}/{name}");
        let file = &self.inner.file;
        self.decide(|world| {
            if !world.state.has_voucher(&path) {
                world.state.note_voucher(path.clone());
                file.queue_voucher(path.clone(), jpg);
            }
            Ok(path)
        })
        .await
    }

    /// The picture at a path that [`Economy::upload_voucher`] answered.
    pub async fn voucher(&self, path: &str) -> Option<Bytes> {
        self.inner.file.voucher(path.to_owned()).await
    }
}

impl World<'_> {
    /// Whether the URL came from an upload.
    pub fn knows_voucher(&self, url: &str) -> bool {
        let own = url.strip_prefix(self.base_url).and_then(|rest| rest.strip_prefix('/'));
        url == EXAMPLE || own.is_some_and(|path| self.state.has_voucher(path))
    }
}

/// Judged by content: a readable jpg header.
fn is_jpg(bytes: &[u8]) -> bool {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && reader.into_dimensions().is_ok()
}
