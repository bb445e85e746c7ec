//! Vouchers: one jpg of under 1 MB, judged by content. Only what an upload of the developer gave may be used later.

use crate::{Caller, Platform, Problem, Result, Ticket};
use bytes::Bytes;
use connector::aftersale::Voucher;
use domain::Marketplace;
use storage::{Changes, records};

/// An image must be smaller than this.
const LIMIT: usize = 1_048_576;
/// How a jpg begins and ends.
const JPG: ([u8; 3], [u8; 2]) = ([0xff, 0xd8, 0xff], [0xff, 0xd9]);

impl Platform {
    pub async fn upload_voucher(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        marketplace: Marketplace,
        image: Bytes,
    ) -> Result<Voucher> {
        check(&image)?;
        let account = self.account_of(caller, marketplace).await?;
        let voucher = self.aftersale(marketplace)?.upload_voucher(account, image).await?;
        let kept =
            records::Voucher { developer_id: caller.developer.id, url: voucher.url(), created_at: self.clocks.wall() };
        let known = self.storage.voucher_exists(caller.developer.id, &kept.url).await?;
        // The same picture may get the same address again.
        let changes = if known { Changes::new() } else { Changes::new().insert_voucher(&kept) };
        ticket.decide(changes);
        Ok(voucher)
    }

    /// The first of these URLs that no upload gave is an error.
    pub(crate) async fn check_vouchers(&self, caller: &Caller, urls: &[String]) -> Result<()> {
        for url in urls {
            let known = self.config.known_vouchers.contains(url)
                || self.storage.voucher_exists(caller.developer.id, url).await?;
            if !known {
                return Err(file("vouchers", "expected URLs that the voucher upload gave"));
            }
        }
        Ok(())
    }
}

fn check(image: &[u8]) -> Result<()> {
    if image.len() >= LIMIT {
        return Err(file("imageData", "expected fewer than 1048576 bytes"));
    }
    let trimmed = image.trim_ascii_end();
    if image.starts_with(&JPG.0) && trimmed.ends_with(&JPG.1) {
        Ok(())
    } else {
        Err(file("imageData", "expected a jpg"))
    }
}

pub(crate) fn file(field: &'static str, expected: &str) -> Problem {
    Problem::File { field, expected: expected.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voucher_is_a_small_jpg_by_content() {
        assert!(check(&[0xff, 0xd8, 0xff, 0xe0, 1, 0xff, 0xd9]).is_ok());
        for bad in [&b""[..], b"\x89PNG\r\n", &[0xff, 0xd8, 0xff, 0xe0]] {
            assert!(matches!(check(bad), Err(Problem::File { .. })));
        }
        let mut large = vec![0; LIMIT];
        large[..3].copy_from_slice(&JPG.0);
        assert!(check(&large).is_err());
    }
}
