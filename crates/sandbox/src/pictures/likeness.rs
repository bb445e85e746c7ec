//! How pictures look: perceptual hashes of their brightness and colours, whose distance tells how alike they are.
//!
//! Brightness alone (as most hashes have it) takes a red shirt for a green one, so the two differences of colour are
//! hashed as well. The hashes are those of `image_hasher`; ours is only what they are taken of. Of its hashes the median of
//! the cosine transform kept every tried copy (smaller, JPEG of quality 60, cut by a twentieth) nearer to its picture than
//! to any other; gradients and means mistook copies of pictures on white.

use image::{GrayImage, Luma, RgbImage, imageops};
use image_hasher::{FilterType, HashAlg, Hasher, HasherConfig};
use std::sync::LazyLock;

/// Pictures are compared at this size: more would show nothing more to a hash of [`EDGE`].
pub const SIDE: u32 = 32;
/// A hash has so many bits each way: the lowest frequencies, which a smaller, coarser or slightly cut copy keeps.
const EDGE: u32 = 12;
/// Of one plane.
const BYTES: usize = (EDGE * EDGE / 8) as usize;
/// Bytes of a likeness.
pub const LENGTH: usize = 3 * BYTES;

static HASHER: LazyLock<Hasher<Vec<u8>>> = LazyLock::new(|| {
    let config = HasherConfig::with_bytes_type().hash_size(EDGE, EDGE).hash_alg(HashAlg::Median);
    config.resize_filter(FilterType::Triangle).preproc_dct().to_hasher()
});

/// What a picture looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness([u8; LENGTH]);

impl Likeness {
    pub fn of(picture: &RgbImage) -> Self {
        let small = imageops::resize(picture, SIDE, SIDE, FilterType::Triangle);
        let mut all = [0; LENGTH];
        for (place, plane) in all.chunks_exact_mut(BYTES).zip(PLANES) {
            place.copy_from_slice(HASHER.hash_image(&plane_of(&small, plane)).as_bytes());
        }
        Self(all)
    }

    /// How many bits differ: 0 for the same picture, about half of all for pictures that have nothing in common.
    pub fn distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    pub fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

/// Weights of red, green and blue, and what is added: brightness, and how much bluer and redder than that it is.
const PLANES: [([f32; 3], f32); 3] =
    [([0.299, 0.587, 0.114], 0.0), ([-0.169, -0.331, 0.5], 128.0), ([0.5, -0.419, -0.081], 128.0)];

fn plane_of(picture: &RgbImage, (weights, add): ([f32; 3], f32)) -> GrayImage {
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let sum: f32 = picture.get_pixel(x, y).0.iter().zip(weights).map(|(v, w)| f32::from(*v) * w).sum();
        Luma([(sum + add).clamp(0.0, 255.0) as u8])
    })
}
