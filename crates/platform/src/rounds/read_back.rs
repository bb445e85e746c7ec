//! Pushes that were never acknowledged are read back: kept like any push, then confirmed.

use super::Done;
use crate::{Platform, Result, ingest::Received};
use domain::Marketplace;

/// Pages of one round; what is left is read in the next.
const PAGES: usize = 20;

impl Platform {
    /// A push is confirmed once it is kept: a crash between the two reads it again, which is a repeat.
    pub(super) async fn read_back(&self, marketplace: Marketplace) -> Result<Done> {
        let desk = self.push(marketplace)?;
        let mut last = Vec::new();
        for _ in 0..PAGES {
            let missed = desk.missed().await?;
            let ids: Vec<String> = missed.iter().map(|pushed| pushed.message_id.clone()).collect();
            // The same again: the marketplace does not take the confirmation.
            if ids.is_empty() || ids == last {
                return Ok(Done { position: None, more: false });
            }
            for pushed in missed {
                let result = match self.take_in(marketplace, pushed).await? {
                    Received::New => "new",
                    Received::Repeated => "repeated",
                };
                metrics::counter!("sampan_pushes_read_back_total", "marketplace" => marketplace.name(), "result" => result)
                    .increment(1);
            }
            desk.confirm(&ids).await?;
            last = ids;
        }
        Ok(Done { position: None, more: true })
    }
}
