//! Lines by merchant: each gets an order, and a preview, of its own.
//!
//! Who sells an offer is asked at the marketplace and remembered. Lines of an offer that nobody knows stand under the
//! seller that the caller names, else by themselves: that they cannot be bought is the marketplace's to say.

use super::Failed;
use crate::{Platform, Problem, Result, cart::HeldRow};
use connector::{Effect, Kind};
use domain::{
    Marketplace, OfferId,
    purchase::{CargoLine, merge},
};
use futures::{StreamExt, TryStreamExt, stream};
use moka::sync::Cache;
use std::{sync::Arc, time::Duration};

/// Offers that are asked about at the same time.
const AT_ONCE: usize = 8;

/// Who sells an offer: an encrypted id.
pub(crate) type Sellers = Cache<(Marketplace, OfferId), Arc<str>>;

pub(crate) fn sellers() -> Sellers {
    Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(3600)).build()
}

/// A line as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub line: CargoLine,
    /// The seller that the caller names.
    pub seller: Option<String>,
}

/// The goods of one merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    /// `None` where the call is about one merchant, whoever that is.
    seller: Option<Arc<str>>,
    pub lines: Vec<CargoLine>,
    /// The rows of the cart that the lines come from.
    pub rows: Vec<HeldRow>,
}

impl Share {
    /// A row of the cart under its seller.
    pub(crate) fn of_row(seller: &str, row: HeldRow) -> Self {
        Self { seller: Some(seller.into()), lines: vec![row.line.clone()], rows: vec![row] }
    }

    /// One more row of the same seller.
    pub(crate) fn put(&mut self, row: HeldRow) {
        self.lines.push(row.line.clone());
        self.rows.push(row);
    }

    pub(crate) fn is_of(&self, seller: &str) -> bool {
        self.seller.as_deref() == Some(seller)
    }

    pub(crate) fn merchant(&self) -> Option<String> {
        self.seller.as_deref().map(str::to_owned)
    }

    pub(crate) fn failed(&self, problem: Problem) -> Failed {
        Failed { seller: self.merchant().unwrap_or_default(), problem }
    }
}

impl Platform {
    /// The lines of each merchant, in the order of first appearance, the same specification added up.
    pub(crate) async fn shares(&self, marketplace: Marketplace, lines: &[Wanted], several: bool) -> Result<Vec<Share>> {
        if !several {
            let lines = merge(lines.iter().map(|w| w.line.clone()).collect());
            return Ok(vec![Share { seller: None, lines, rows: Vec::new() }]);
        }
        let asking: Vec<_> = lines.iter().map(|w| self.seller(marketplace, w.line.offer_id)).collect();
        let sellers: Vec<Option<Arc<str>>> = stream::iter(asking).buffered(AT_ONCE).try_collect().await?;
        let mut shares: Vec<Share> = Vec::new();
        for (at, (wanted, seller)) in lines.iter().zip(sellers).enumerate() {
            let seller = named(at, wanted, seller)?;
            match shares.iter_mut().find(|share| share.seller.as_ref() == Some(&seller)) {
                Some(share) => share.lines.push(wanted.line.clone()),
                None => {
                    let lines = vec![wanted.line.clone()];
                    shares.push(Share { seller: Some(seller), lines, rows: Vec::new() });
                }
            }
        }
        for share in &mut shares {
            share.lines = merge(std::mem::take(&mut share.lines));
        }
        Ok(shares)
    }

    /// Who sells an offer; nobody where the marketplace does not know it.
    async fn seller(&self, marketplace: Marketplace, offer: OfferId) -> Result<Option<Arc<str>>> {
        if let Some(known) = self.sellers.get(&(marketplace, offer)) {
            return Ok(Some(known));
        }
        match self.ordering(marketplace)?.seller(offer).await {
            Ok(seller) => {
                let seller: Arc<str> = seller.into();
                self.sellers.insert((marketplace, offer), seller.clone());
                Ok(Some(seller))
            }
            Err(error) if error.kind == Kind::ProductNotFound && error.effect == Effect::None => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn named(at: usize, wanted: &Wanted, found: Option<Arc<str>>) -> Result<Arc<str>> {
    match (&wanted.seller, found) {
        (Some(given), Some(found)) if **given != *found => Err(Problem::OtherSeller(Some(at))),
        (_, Some(found)) => Ok(found),
        (Some(given), None) => Ok(given.as_str().into()),
        (None, None) => Ok(format!("offer {}", wanted.line.offer_id).into()),
    }
}
