//! The likenesses of all pictures that products are found by, in memory, and in a file beside the economy.
//!
//! To draw and hash them takes some seconds, so it is done once for a folder and a version of the drawings; afterwards
//! the file is read. It holds nothing that cannot be made again: a file that cannot be read or written is no error.

use super::{
    VIEWS,
    draw::picture,
    likeness::{LENGTH, Likeness, SIDE},
};
use crate::catalogue::{Catalogue, Product};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, path::Path};

/// Bytes of the mark that a file begins with.
const MARK: usize = 16;

/// Pictures of products in their places, [`VIEWS`] + 1 of each.
#[derive(Debug)]
pub struct Album {
    likenesses: Vec<Likeness>,
}

impl Album {
    /// Reads the album from its file, or makes it and keeps it there; `None` when it was stopped before the end.
    pub fn open(catalogue: &Catalogue, file: &Path, stopped: &dyn Fn() -> bool) -> Option<Self> {
        let mark = mark(catalogue);
        if let Some(kept) = std::fs::read(file).ok().and_then(|bytes| Self::read(&bytes, &mark, catalogue)) {
            return Some(kept);
        }
        let made = Self::of(catalogue, stopped)?;
        if let Err(error) = made.keep(file, &mark) {
            tracing::warn!(%error, "the album of pictures cannot be kept; it is made again after a restart");
        }
        Some(made)
    }

    fn of(catalogue: &Catalogue, stopped: &dyn Fn() -> bool) -> Option<Self> {
        let mut likenesses = Vec::with_capacity(catalogue.len() * of_each());
        for place in 0..catalogue.len() {
            if stopped() {
                return None;
            }
            let motif = catalogue.motif_at(place)?;
            likenesses.extend((0..=VIEWS).map(|number| Likeness::of(&picture(&motif, number, SIDE))));
        }
        Some(Self { likenesses })
    }

    fn read(bytes: &[u8], mark: &[u8], catalogue: &Catalogue) -> Option<Self> {
        let likenesses =
            bytes.strip_prefix(mark)?.chunks(LENGTH).map(Likeness::from_bytes).collect::<Option<Vec<_>>>()?;
        (likenesses.len() == catalogue.len() * of_each()).then_some(Self { likenesses })
    }

    /// Under another name first, so that a crash leaves no half of it.
    fn keep(&self, file: &Path, mark: &[u8]) -> std::io::Result<()> {
        let bytes: Vec<u8> = mark.iter().chain(self.likenesses.iter().flat_map(|l| l.bytes())).copied().collect();
        let fresh = file.with_extension("new");
        std::fs::write(&fresh, bytes)?;
        std::fs::rename(&fresh, file)
    }

    /// Products by how much their most alike picture looks like this one.
    pub fn alike<'a>(&self, catalogue: &'a Catalogue, wanted: &Likeness) -> Vec<&'a Product> {
        let mut nearest: HashMap<usize, u32> = HashMap::new();
        for (place, likeness) in self.likenesses.iter().enumerate() {
            let (product, distance) = (place / of_each(), wanted.distance(likeness));
            nearest.entry(product).and_modify(|d| *d = distance.min(*d)).or_insert(distance);
        }
        let mut all: Vec<(u32, usize)> = nearest.into_iter().map(|(place, distance)| (distance, place)).collect();
        all.sort_unstable();
        all.truncate(SHOWN);
        all.into_iter().filter_map(|(_, place)| catalogue.at(place)).collect()
    }
}

/// What looks less alike than so many others is no find.
const SHOWN: usize = 200;

fn of_each() -> usize {
    VIEWS as usize + 1
}

/// Changes with the pictures: a hash of a sample of them and of what there is.
fn mark(catalogue: &Catalogue) -> [u8; MARK] {
    let mut hash = Sha256::new();
    hash.update((catalogue.len() as u64).to_be_bytes());
    for place in (0..catalogue.len()).step_by(catalogue.len() / SAMPLE + 1) {
        let Some(motif) = catalogue.motif_at(place) else { continue };
        hash.update(motif.offer.to_be_bytes());
        hash.update(Likeness::of(&picture(&motif, 1, SIDE)).bytes());
    }
    let mut mark = [0; MARK];
    mark.copy_from_slice(&hash.finalize()[..MARK]);
    mark
}

/// So many pictures are drawn to see whether the file is of the same drawings.
const SAMPLE: usize = 24;
