//! Talking to a seller: a link or a name for an encrypted seller id. The marketplace wants this on a user's click only, so
//! a user may do it ten times a minute, and neither is kept. Counted in this process: a cluster allows as many for each of
//! its processes.

use crate::{Caller, Platform, Problem, Result};
use connector::Catalog;
use domain::{DeveloperId, Marketplace, OfferId, Timestamp, UserId, catalog::ProductQuery};
use moka::sync::Cache;
use serde::Deserialize;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

const MINUTE_MS: i64 = 60_000;
/// Calls of a user in a minute.
const A_MINUTE: usize = 10;
const USERS: u64 = 100_000;

/// The moments at which each user asked, within the last minute.
pub(crate) struct Clicks(Cache<(DeveloperId, UserId), Arc<Mutex<VecDeque<Timestamp>>>>);

impl Clicks {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(USERS).time_to_idle(Duration::from_secs(120)).build())
    }

    /// Counts one more, or says how long to wait.
    fn count(&self, caller: &Caller, now: Timestamp) -> Result<()> {
        let times = self.0.get_with((caller.developer.id, caller.user), Arc::default);
        let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
        while times.front().is_some_and(|at| now.ms_since(*at) >= MINUTE_MS) {
            times.pop_front();
        }
        if let (true, Some(first)) = (times.len() >= A_MINUTE, times.front()) {
            let wait = (MINUTE_MS - now.ms_since(*first)).max(0).unsigned_abs().div_ceil(1000);
            return Err(Problem::TooMany { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) });
        }
        times.push_back(now);
        Ok(())
    }
}

/// How a seller is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Link,
    Name,
}

/// Who sells a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seller {
    seller_open_id: Option<String>,
}

impl Platform {
    /// The way to the seller `open_id`, who must be the seller of `offer`.
    pub async fn chat(
        &self,
        caller: &Caller,
        marketplace: Marketplace,
        offer: OfferId,
        open_id: &str,
        way: Way,
    ) -> Result<String> {
        let catalog = self.catalog_of(marketplace)?;
        self.clicks.count(caller, self.clocks.wall())?;
        let seller = seller_of(catalog.as_ref(), offer).await?;
        let told = match way {
            Way::Link => catalog.chat_link(open_id).await?,
            Way::Name => catalog.chat_name(open_id).await?,
        };
        if seller.as_deref() == Some(open_id) {
            Ok(told)
        } else {
            Err(Problem::Invalid { field: "openUid", expected: "the seller of offerId".to_owned() })
        }
    }
}

async fn seller_of(catalog: &dyn Catalog, offer: OfferId) -> Result<Option<String>> {
    let query = ProductQuery { offer, language: "cn".to_owned(), out_member_id: None };
    let product = catalog.product(&query).await?;
    let Seller { seller_open_id } = serde_json::from_str(product.as_str())
        .map_err(|e| Problem::Internal(format!("a product does not say who sells it: {e}")))?;
    Ok(seller_open_id)
}
