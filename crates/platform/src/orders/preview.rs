//! Previews. Key accounts must preview before they create, so what a preview said is kept for a while.

use super::{AT_ONCE, Failed, Share, Wanted};
use crate::{Caller, Platform, Problem, Result, mirror};
use connector::ordering::{Preview, PreviewAsk};
use domain::{
    AccountId, Fen, Marketplace, Timestamp,
    purchase::{CargoLine, PreviewOrder, Receiver},
};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{Changes, records};

/// A preview as the caller may see it.
#[derive(Debug, Clone)]
pub struct Previewed {
    pub orders: Vec<PreviewOrder>,
    /// The marketplace's answer.
    pub document: domain::Document,
}

/// Lines of several merchants that are to be previewed.
#[derive(Debug, Clone)]
pub struct PreviewAll {
    pub lines: Vec<Wanted>,
    pub receiver: Receiver,
}

/// The preview of one merchant's goods, or why there is none.
pub type MerchantPreview = std::result::Result<Previewed, Failed>;

/// What is kept of a preview: goods and freight of each order, and what may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Amounts {
    pub orders: Vec<(Fen, Fen)>,
}

impl Amounts {
    fn of(orders: &[PreviewOrder]) -> Self {
        Self { orders: orders.iter().map(|o| (o.goods, o.carriage)).collect() }
    }
}

impl Platform {
    /// Checks lines and says what they would cost. Keeps what it said where a create will need it.
    pub async fn preview(&self, caller: &Caller, marketplace: Marketplace, ask: PreviewAsk) -> Result<Previewed> {
        let account = self.account_of(caller, marketplace).await?;
        let Preview { orders, document } = self.ordering(marketplace)?.preview(account, &ask).await?;
        if orders.iter().all(|o| o.ok) {
            let kept = records::Preview {
                developer_id: caller.developer.id,
                user_id: caller.user,
                lines_hash: lines_hash(marketplace, &ask.lines),
                created_at: self.clocks.wall(),
                amounts: mirror::text(&Amounts::of(&orders))?,
            };
            self.storage.commit(Changes::new().put_preview(&kept)).await?;
        }
        Ok(Previewed { orders, document })
    }

    /// Previews the goods of each merchant by itself; one that fails harms no other.
    pub async fn preview_all(
        &self,
        caller: &Caller,
        marketplace: Marketplace,
        ask: PreviewAll,
    ) -> Result<Vec<MerchantPreview>> {
        let shares = self.shares(marketplace, &ask.lines, true).await?;
        Ok(self.preview_shares(caller, marketplace, &ask.receiver, shares).await)
    }

    pub(crate) async fn preview_shares(
        &self,
        caller: &Caller,
        marketplace: Marketplace,
        receiver: &Receiver,
        shares: Vec<Share>,
    ) -> Vec<MerchantPreview> {
        let previews = shares.into_iter().map(|share| {
            let one = PreviewAsk { lines: share.lines.clone(), receiver: receiver.clone(), flow: None };
            async move { self.preview(caller, marketplace, one).await.map_err(|problem| share.failed(problem)) }
        });
        stream::iter(previews.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await
    }

    /// The mandatory preview of a create: there, young enough, and still what the marketplace says.
    pub(crate) async fn hold_to_preview(
        &self,
        caller: &Caller,
        marketplace: Marketplace,
        account: AccountId,
        ask: &PreviewAsk,
    ) -> Result<Vec<PreviewOrder>> {
        let since = Timestamp(self.clocks.wall().0 - self.config.preview_ms);
        let hash = lines_hash(marketplace, &ask.lines);
        let found = self.storage.preview(caller.developer.id, caller.user, &hash, since).await?;
        let kept = found.ok_or_else(|| {
            Problem::PreviewRequired("cargoParamList: these lines have not been previewed in time".to_owned())
        })?;
        let kept: Amounts = serde_json::from_str(&kept.amounts)
            .map_err(|e| Problem::Internal(format!("a kept preview cannot be read: {e}")))?;
        let now = self.ordering(marketplace)?.preview(account, ask).await?;
        if Amounts::of(&now.orders) != kept {
            let text = "goods or freight differ from the preview; preview again".to_owned();
            return Err(Problem::PriceChanged(text));
        }
        Ok(now.orders)
    }
}

/// The same set of offer, spec and quantity has the same hash, in whatever order.
fn lines_hash(marketplace: Marketplace, lines: &[CargoLine]) -> String {
    let mut sorted = lines.to_vec();
    sorted.sort();
    let mut hash = Sha256::new();
    hash.update(marketplace.name());
    for line in sorted {
        let spec = line.spec_id.as_ref().map_or("", |s| s.as_str());
        hash.update(format!("|{}:{spec}:{}", line.offer_id, line.quantity));
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::OfferId;

    #[test]
    fn the_order_of_lines_does_not_count_but_quantities_do() {
        let line = |offer, quantity| CargoLine { offer_id: OfferId::new(offer).unwrap(), spec_id: None, quantity };
        let hash = |lines: &[CargoLine]| lines_hash(Marketplace::Alibaba1688, lines);
        assert_eq!(hash(&[line(1, 1), line(2, 2)]), hash(&[line(2, 2), line(1, 1)]));
        assert_ne!(hash(&[line(1, 1)]), hash(&[line(1, 2)]));
    }
}
