//! What is there for a caller, by marketplace.

use crate::{Caller, Platform, Problem, Result};
use domain::Marketplace;

/// What one marketplace has here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub marketplace: Marketplace,
    pub connected: bool,
    /// A purchasing account buys for the caller.
    pub buys: bool,
    pub catalog: bool,
    pub ordering: bool,
    pub payment: bool,
    pub aftersale: bool,
    pub pushes: bool,
}

impl Platform {
    /// Every marketplace that is known, connected or not.
    pub async fn offerings(&self, caller: &Caller) -> Result<Vec<Offering>> {
        let mut offerings = Vec::new();
        for marketplace in Marketplace::ALL {
            let connected = self.marketplaces.get(&marketplace);
            let buys = match self.account_of(caller, marketplace).await {
                Ok(_) => connected.is_some(),
                Err(Problem::NotOffered(_)) => false,
                Err(problem) => return Err(problem),
            };
            let has = connected.cloned().unwrap_or_default();
            offerings.push(Offering {
                marketplace,
                connected: connected.is_some(),
                buys,
                catalog: has.catalog.is_some(),
                ordering: has.ordering.is_some(),
                payment: has.payment.is_some(),
                aftersale: has.aftersale.is_some(),
                pushes: has.push.is_some(),
            });
        }
        Ok(offerings)
    }
}
