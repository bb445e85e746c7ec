//! Finding products by a picture: uploads, the album of all pictures, and the likeness between them.

use super::{
    album::Album,
    draw::{Motif, picture},
    exists,
    likeness::{Likeness, SIDE},
    uploads::{Refused, Region, Uploads},
};
use crate::catalogue::{Catalogue, Product};
use bytes::Bytes;
use domain::OfferId;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// The image search of a marketplace.
#[derive(Debug)]
pub struct Look {
    catalogue: Arc<Catalogue>,
    uploads: Uploads,
    file: PathBuf,
    album: OnceLock<Album>,
    /// Held by the one who makes the album.
    making: Mutex<()>,
}

impl Look {
    /// Keeps uploads and the album in `dir`.
    pub fn in_folder(catalogue: Arc<Catalogue>, dir: &Path) -> Arc<Self> {
        let (uploads, file) = (Uploads::in_folder(dir.join("uploads")), dir.join("pictures.hash"));
        Arc::new(Self { catalogue, uploads, file, album: OnceLock::new(), making: Mutex::new(()) })
    }

    /// Whether a search answers at once. Before that it waits for the album.
    pub fn is_ready(&self) -> bool {
        self.album.get().is_some()
    }

    /// Makes the album ready; whoever searches meanwhile waits for the same work. Blocks for seconds in a new folder, unless
    /// `stopped` says that nobody waits for it any more.
    pub fn prepare(&self, stopped: &dyn Fn() -> bool) -> Option<&Album> {
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if self.album.get().is_none() {
            let made = Album::open(&self.catalogue, &self.file, stopped)?;
            // Nobody else sets it while the lock is held.
            let _ = self.album.set(made);
        }
        self.album.get()
    }

    /// Keeps a jpg or png below 3 MB and answers its id.
    pub async fn upload(self: Arc<Self>, bytes: Bytes) -> Result<String, Refused> {
        let keeping = tokio::task::spawn_blocking(move || self.uploads.keep(&bytes));
        keeping.await.unwrap_or_else(|error| Err(Refused::Io(std::io::Error::other(error))))
    }

    /// How an upload looks, or the region of it that shows the goods; `None` for an unknown id.
    pub async fn uploaded(self: Arc<Self>, id: String, region: Option<Region>) -> Option<Likeness> {
        let looking = move || {
            let whole = self.uploads.picture(&id)?;
            Some(Likeness::of(&match region {
                Some(region) => region.of(whole),
                None => whole,
            }))
        };
        tokio::task::spawn_blocking(looking).await.ok().flatten()
    }

    /// How one of our own pictures looks, by its address; `None` for any other address.
    pub fn addressed(&self, url: &str) -> Option<Likeness> {
        let (_, path) = url.split_once("/sandbox/pictures/")?;
        let (offer, file) = path.split_once('/')?;
        let number = file.split('.').next()?.parse().ok()?;
        let product = self.catalogue.offer(offer.parse::<OfferId>().ok()?).filter(|p| exists(p, number))?;
        Some(Likeness::of(&picture(&Motif::of(product, number), number, SIDE)))
    }

    /// The products that look most like this, the most alike first.
    pub async fn alike(self: Arc<Self>, likeness: Likeness) -> Vec<OfferId> {
        let ids = move || {
            let album = self.prepare(&|| false);
            let found: Vec<&Product> = album.map(|a| a.alike(&self.catalogue, &likeness)).unwrap_or_default();
            found.into_iter().map(|p| p.offer_id).collect()
        };
        tokio::task::spawn_blocking(ids).await.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
