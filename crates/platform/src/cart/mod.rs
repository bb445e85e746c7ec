//! Shopping carts: what a user means to buy, and what the marketplace says of it now.
//!
//! A row is ours and never goes by itself. Price, title and stock are read at the marketplace whenever the cart is looked
//! at; what has gone there is shown as such, and where the marketplace does not answer in time, what it said when the row
//! was added.

mod buy;
mod change;
mod hold;

pub use buy::{CartPreview, CartPurchase};
pub(crate) use change::no_room;
pub use change::{Addition, Change};
pub(crate) use hold::HeldRow;

use crate::{Caller, Platform, Problem, Result};
use connector::{Catalog, Effect, Kind};
use domain::{
    CartRowId, Fen, Marketplace, OfferId, SkuId, SpecId,
    offering::{Offering, Spec},
};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use storage::{CartOf, records};

/// Products that are asked about side by side.
const SIDE_BY_SIDE: usize = 10;
/// So long the marketplace may take to tell of all of them.
const PATIENCE: Duration = Duration::from_secs(5);

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartRow {
    pub id: CartRowId,
    pub offer: OfferId,
    /// `None` for products without specifications.
    pub spec: Option<SpecId>,
    pub pieces: i64,
    pub seller: String,
    pub facts: Facts,
    /// Whether it can be bought, as far as is known.
    pub buyable: bool,
}

/// What a product is, for somebody who looks into a cart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub title: String,
    pub image: Option<String>,
    /// Of one piece.
    pub price: Option<Fen>,
    pub stock: Option<i64>,
    pub sku: Option<SkuId>,
    /// JSON text of the specification's attributes.
    pub properties: Option<String>,
    pub seller_name: Option<String>,
}

/// What the caller wants to see in place of the marketplace's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferred {
    /// Only where the marketplace has none.
    pub title: Option<String>,
    pub image: Option<String>,
    pub properties: Option<String>,
    pub seller_name: Option<String>,
}

/// What is kept of both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// When it was added.
    facts: Facts,
    preferred: Preferred,
}

/// What the marketplace says of a product now.
enum Now {
    There(Box<Offering>),
    Gone,
}

impl Facts {
    fn of(offering: &Offering, spec: &Spec, pieces: u32) -> Self {
        Self {
            title: offering.title.clone(),
            image: spec.image.clone().or_else(|| offering.image.clone()),
            price: offering.price(spec, pieces),
            stock: spec.stock,
            sku: spec.sku,
            properties: spec.attributes.clone(),
            seller_name: offering.seller_name.clone(),
        }
    }

    fn with(self, preferred: &Preferred) -> Self {
        let Preferred { title, image, properties, seller_name } = preferred.clone();
        Self {
            title: if self.title.is_empty() { title.unwrap_or_default() } else { self.title },
            image: image.or(self.image),
            properties: properties.or(self.properties),
            seller_name: seller_name.or(self.seller_name),
            ..self
        }
    }
}

impl Platform {
    /// The rows of this caller's cart, in the order in which they were added.
    pub async fn cart(&self, caller: &Caller, marketplace: Marketplace) -> Result<Vec<CartRow>> {
        let catalog = self.catalog_of(marketplace)?;
        let kept = self.kept_cart(caller, marketplace).await?;
        let offers: HashSet<OfferId> = kept.iter().map(|row| row.offer_id).collect();
        let now = look(catalog.as_ref(), offers).await;
        let pieces_of = |offer| kept.iter().filter(|row| row.offer_id == offer).map(|row| row.quantity).sum::<i64>();
        kept.iter().map(|row| shown(row, pieces_of(row.offer_id), now.get(&row.offer_id))).collect()
    }

    async fn kept_cart(&self, caller: &Caller, marketplace: Marketplace) -> Result<Vec<records::CartRow>> {
        Ok(self.storage.cart(caller.developer.id, caller.user, marketplace).await?)
    }
}

fn cart_of(caller: &Caller) -> CartOf {
    CartOf { developer: caller.developer.id, user: caller.user }
}

/// Asks for all of them; those of which nothing was heard in time are left out.
async fn look(catalog: &dyn Catalog, offers: HashSet<OfferId>) -> HashMap<OfferId, Now> {
    let wanted = offers.len();
    let asking = offers.into_iter().map(|offer| async move { (offer, catalog.offering(offer).await) });
    let told = stream::iter(asking.collect::<Vec<_>>()).buffer_unordered(SIDE_BY_SIDE);
    let in_time = told.take_until(Box::pin(tokio::time::sleep(PATIENCE)));
    let heard = in_time.filter_map(async |(offer, told)| match told {
        Ok(offering) => Some((offer, Now::There(Box::new(offering)))),
        Err(error) if error.kind == Kind::ProductNotFound && error.effect == Effect::None => Some((offer, Now::Gone)),
        Err(error) => {
            tracing::debug!(%offer, %error, "a product of a cart cannot be looked at");
            None
        }
    });
    let heard: HashMap<OfferId, Now> = heard.collect().await;
    if heard.len() < wanted {
        tracing::warn!(wanted, heard = heard.len(), "a cart is shown in part as it was when it was filled");
    }
    heard
}

fn shown(row: &records::CartRow, pieces_of_offer: i64, now: Option<&Now>) -> Result<CartRow> {
    let kept: Kept = serde_json::from_str(&row.facts)
        .map_err(|e| Problem::Internal(format!("cart row {} cannot be read: {e}", row.id)))?;
    let spec = spec_of(row)?;
    let gone = || (Facts { stock: Some(0), ..kept.facts.clone() }, false);
    let (facts, buyable) = match now {
        None => (kept.facts.clone(), true),
        Some(Now::Gone) => gone(),
        Some(Now::There(offering)) => offering.spec(spec.as_ref()).map_or_else(gone, |found| {
            let pieces = u32::try_from(pieces_of_offer).unwrap_or(u32::MAX);
            let facts = Facts::of(offering, found, pieces);
            let sold_out = facts.stock.is_some_and(|stock| stock <= 0);
            (facts, !sold_out)
        }),
    };
    Ok(CartRow {
        id: row.id,
        offer: row.offer_id,
        spec,
        pieces: row.quantity,
        seller: row.seller.clone(),
        facts: facts.with(&kept.preferred),
        buyable,
    })
}

fn spec_of(row: &records::CartRow) -> Result<Option<SpecId>> {
    let parsed = (!row.spec_id.is_empty()).then(|| SpecId::parse(&row.spec_id));
    parsed.transpose().map_err(|e| Problem::Internal(format!("cart row {}: {e}", row.id)))
}
