//! Pictures of goods, drawn by us from an offer's shape word and colour, so that nothing points outside.
//!
//! A picture depends on nothing but the offer and its number: the same file on every machine. Number 0 is the shape on
//! white, 1 to [`VIEWS`] are views of the product, [`SKU_BASE`] + i shows the i-th specification in its colour.

mod album;
mod canvas;
mod colour;
mod draw;
mod likeness;
mod look;
mod scene;
mod shapes;
mod uploads;

pub use colour::hex;
pub use draw::{Motif, draw, picture};
pub use likeness::Likeness;
pub use look::Look;
pub use uploads::{MAX_BYTES as MAX_UPLOAD, Refused, Region};

use crate::catalogue::{Catalogue, Product};
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use domain::OfferId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Views of a product, numbered from 1.
pub const VIEWS: u32 = 4;
/// Number of the picture of the first specification.
pub const SKU_BASE: u32 = 10;
/// Edge length in pixels of a picture without a size in its name.
const FULL: u32 = 800;
const SIZES: [u32; 3] = [80, 310, FULL];
/// Drawn pictures kept in memory; a full cache is emptied, since drawing again costs milliseconds.
const KEPT: usize = 512;

/// The picture `number` of an offer, 800 pixels wide.
pub fn url(base: &str, offer: OfferId, number: u32) -> String {
    format!("{}/sandbox/pictures/{offer}/{number}.png", base.trim_end_matches('/'))
}

/// The same, 80 pixels wide.
pub fn thumbnail(base: &str, offer: OfferId, number: u32) -> String {
    format!("{}/sandbox/pictures/{offer}/{number}.80x80.png", base.trim_end_matches('/'))
}

/// What a file name asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Wanted {
    offer: OfferId,
    number: u32,
    size: u32,
}

impl Wanted {
    /// Reads `1.png` or `1.80x80.png`.
    fn parse(offer: &str, file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".png")?;
        let (number, size) = match stem.split_once('.') {
            None => (stem, FULL),
            Some((number, size)) => (number, SIZES.into_iter().find(|s| format!("{s}x{s}") == size)?),
        };
        let plain = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        Some(Self { offer: offer.parse().ok()?, number: number.parse().ok().filter(|_| plain)?, size })
    }
}

fn exists(product: &Product, number: u32) -> bool {
    let skus = u32::try_from(product.skus.len()).unwrap_or(0);
    number <= VIEWS || (SKU_BASE..SKU_BASE + skus).contains(&number)
}

#[derive(Clone)]
struct Gallery {
    catalogue: Arc<Catalogue>,
    drawn: Arc<Mutex<HashMap<Wanted, Bytes>>>,
}

/// Serves all pictures of the catalogue.
pub fn router(catalogue: Arc<Catalogue>) -> Router {
    let gallery = Gallery { catalogue, drawn: Arc::default() };
    Router::new().route("/sandbox/pictures/{offer}/{file}", get(show)).with_state(gallery)
}

async fn show(State(gallery): State<Gallery>, Path((offer, file)): Path<(String, String)>) -> Response {
    let Some(wanted) = Wanted::parse(&offer, &file) else { return StatusCode::NOT_FOUND.into_response() };
    if !gallery.catalogue.offer(wanted.offer).is_some_and(|p| exists(p, wanted.number)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match gallery.png(wanted).await {
        Some(png) => {
            let head = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=86400")];
            (head, png).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Gallery {
    async fn png(&self, wanted: Wanted) -> Option<Bytes> {
        if let Some(png) = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(&wanted) {
            return Some(png.clone());
        }
        let catalogue = self.catalogue.clone();
        let work = move || catalogue.offer(wanted.offer).and_then(|p| draw(p, wanted.number, wanted.size));
        let png = Bytes::from(tokio::task::spawn_blocking(work).await.ok().flatten()?);
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.len() >= KEPT {
            drawn.clear();
        }
        drawn.insert(wanted, png.clone());
        Some(png)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures() {
        assert_eq!(Wanted::parse("7", "1.png").map(|w| (w.number, w.size)), Some((1, 800)));
        assert_eq!(Wanted::parse("7", "12.80x80.png").map(|w| (w.number, w.size)), Some((12, 80)));
        for bad in ["1.jpg", "x.png", "1.81x81.png", "1.80x80.80x80.png", "+1.png", ".png", "99999.png"] {
            assert_eq!(Wanted::parse("7", bad), None, "{bad}");
        }
    }

    #[test]
    fn every_product_has_a_shape_of_its_own_word() {
        for product in Catalogue::embedded().products() {
            assert!(shapes::of(&product.shape).is_some(), "{} {}", product.offer_id, product.shape);
        }
    }
}
