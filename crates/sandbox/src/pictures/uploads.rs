//! Pictures that callers upload to search by: kept as files under an id that follows from their content.
//!
//! The same picture has the same id. An upload is on disk before it is answered. The folder is bounded: the oldest
//! pictures go when there are too many, as the marketplace's own ids end some day.

use image::{ImageFormat, ImageReader, Limits, RgbImage};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, Cursor},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A picture must be smaller than this.
pub const MAX_BYTES: usize = 3 << 20;
/// Longest edge in pixels.
const MAX_EDGE: u32 = 10_000;
/// What decoding may take.
const MAX_DECODED: u64 = 160 << 20;
/// The folder holds at most so many pictures, and bytes.
const KEPT: usize = 1000;
const KEPT_BYTES: u64 = 128 << 20;

/// Why a picture was not taken.
#[derive(Debug)]
pub enum Refused {
    /// No jpg or png below 3 MB.
    NotAPicture,
    Io(io::Error),
}

/// A rectangle of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

impl Region {
    /// Reads `266,799,48,581`: left, right, top, bottom.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<Vec<u32>>>()?;
        let [left, right, top, bottom] = numbers.try_into().ok()?;
        (left < right && top < bottom).then_some(Self { left, right, top, bottom })
    }

    /// What of the picture lies in it; the whole picture when nothing does.
    pub fn of(self, picture: RgbImage) -> RgbImage {
        let (right, bottom) = (self.right.min(picture.width()), self.bottom.min(picture.height()));
        if self.left >= right || self.top >= bottom {
            return picture;
        }
        image::imageops::crop_imm(&picture, self.left, self.top, right - self.left, bottom - self.top).to_image()
    }
}

/// The folder of uploads.
#[derive(Debug)]
pub struct Uploads {
    dir: PathBuf,
}

impl Uploads {
    pub fn in_folder(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Keeps a picture and answers its id, 19 digits. Blocks on the disk.
    pub fn keep(&self, bytes: &[u8]) -> Result<String, Refused> {
        if bytes.len() >= MAX_BYTES || decoded(bytes).is_none() {
            return Err(Refused::NotAPicture);
        }
        let id = id(bytes);
        self.write(&id, bytes).map_err(Refused::Io)?;
        self.tidy();
        Ok(id)
    }

    /// The picture of an id; `None` when it was never uploaded, or has gone. Blocks on the disk.
    pub fn picture(&self, id: &str) -> Option<RgbImage> {
        let plain = id.len() == 19 && id.bytes().all(|b| b.is_ascii_digit());
        decoded(&fs::read(self.file(id)).ok().filter(|_| plain)?)
    }

    fn file(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.image"))
    }

    /// Under another name first, so that a crash leaves no half of it. A second upload makes it young again.
    fn write(&self, id: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        let fresh = self.dir.join(format!("{id}.new"));
        let file = fs::File::create(&fresh)?;
        io::Write::write_all(&mut &file, bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, self.file(id))
    }

    /// Removes the oldest pictures beyond the bounds. A file that cannot be removed stays until the next upload.
    fn tidy(&self) {
        let mut kept = files(&self.dir);
        kept.sort_by_key(|(age, ..)| std::cmp::Reverse(*age));
        let mut bytes = 0;
        for (place, (_, size, path)) in kept.into_iter().enumerate() {
            bytes += size;
            if place >= KEPT || bytes > KEPT_BYTES {
                let _ = fs::remove_file(path);
            }
        }
    }
}

fn files(dir: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let described = entries.filter_map(|entry| {
        let about = entry.metadata().ok()?;
        Some((about.modified().ok()?, about.len(), entry.path()))
    });
    described.collect()
}

/// The picture in these bytes: a jpg or png of bearable size.
pub fn decoded(bytes: &[u8]) -> Option<RgbImage> {
    let format = image::guess_format(bytes).ok().filter(|f| matches!(f, ImageFormat::Jpeg | ImageFormat::Png))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_EDGE), Some(MAX_EDGE));
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    reader.decode().ok().map(|picture| picture.to_rgb8())
}

/// 19 digits drawn from the content.
fn id(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let number = u64::from_be_bytes(hash[..8].try_into().expect("a digest has 32 bytes"));
    (1_000_000_000_000_000_000 + number % 8_000_000_000_000_000_000).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(side: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(side, side).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn an_upload_is_found_by_its_id_also_by_another_process() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::in_folder(dir.path().join("uploads"));
        let id = uploads.keep(&png(8)).unwrap();
        assert!(id.len() == 19 && id.bytes().all(|b| b.is_ascii_digit()), "{id}");
        assert_eq!(uploads.keep(&png(8)).unwrap(), id);
        let again = Uploads::in_folder(dir.path().join("uploads"));
        assert_eq!(again.picture(&id).map(|p| p.width()), Some(8));
        for unknown in ["1490507813791335080", "../x", ""] {
            assert!(again.picture(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::in_folder(dir.path().to_owned());
        assert!(matches!(uploads.keep(b"GIF89a"), Err(Refused::NotAPicture)));
        assert!(matches!(uploads.keep(&png(8)[..20]), Err(Refused::NotAPicture)));
        assert!(matches!(uploads.keep(&vec![0; MAX_BYTES]), Err(Refused::NotAPicture)));
    }

    #[test]
    fn the_folder_is_bounded() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::in_folder(dir.path().to_owned());
        for number in 0..KEPT + 5 {
            fs::write(uploads.file(&format!("{number:019}")), b"x").unwrap();
        }
        let id = uploads.keep(&png(8)).unwrap();
        assert_eq!(files(dir.path()).len(), KEPT);
        assert!(uploads.picture(&id).is_some(), "the newest stays");
    }

    #[test]
    fn regions_lie_within_their_picture() {
        let region = Region::parse("2,6,1,4").unwrap();
        let part = region.of(RgbImage::new(8, 8));
        assert_eq!((part.width(), part.height()), (4, 3));
        assert_eq!(region.of(RgbImage::new(2, 2)).width(), 2, "outside of the picture");
        for bad in ["", "1,2,3", "6,2,1,4", "a,b,c,d", "1,2,-3,4"] {
            assert_eq!(Region::parse(bad), None, "{bad}");
        }
    }
}
