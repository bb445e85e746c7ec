//! What is there for a developer, by marketplace.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    OPERATIONS,
    error::Code,
    offering::{Need, needs},
    operation::Entry,
    operations::developer::DeveloperOffering,
    view::offering::{DeveloperCapabilities, MarketplaceCapabilities, MarketplaceOffering, OfferedOperation},
};
use platform::{account::Account, offering::Offering};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.on::<DeveloperOffering, _, _, _>(offering)
}

async fn offering(call: Call<DeveloperOffering>) -> Result<DeveloperCapabilities, Refusal> {
    let account = &call.caller.developer;
    let found = call.platform.offerings(&call.caller).await?;
    Ok(DeveloperCapabilities {
        editions: account.editions().to_vec(),
        include_upstream: account.include_upstream,
        marketplaces: found.iter().map(|offering| marketplace(offering, account)).collect(),
    })
}

fn marketplace(offering: &Offering, account: &Account) -> MarketplaceOffering {
    let row = |entry: &Entry| {
        let (marketplace, need) = needs(entry)?;
        (marketplace == offering.marketplace).then(|| operation(entry, has(offering, need), account))
    };
    MarketplaceOffering {
        marketplace: offering.marketplace.name().to_owned(),
        connected: offering.connected,
        buys: offering.buys,
        capabilities: MarketplaceCapabilities {
            catalog: offering.catalog,
            ordering: offering.ordering,
            payment: offering.payment,
            aftersale: offering.aftersale,
            pushes: offering.pushes,
        },
        operations: OPERATIONS.iter().filter_map(row).collect(),
    }
}

fn has(offering: &Offering, need: Need) -> bool {
    match need {
        Need::Catalog => offering.catalog,
        Need::Ordering => offering.ordering,
        Need::Payment => offering.payment,
        Need::Aftersale => offering.aftersale,
    }
}

fn operation(entry: &Entry, offered: bool, account: &Account) -> OfferedOperation {
    let refusal = if !account.granted(entry.edition.name()) {
        Some(Code::OperationNotGranted)
    } else if offered {
        None
    } else {
        Some(Code::CapabilityNotOffered)
    };
    OfferedOperation {
        id: entry.id.to_owned(),
        method: entry.method.name().to_owned(),
        path: entry.path.to_owned(),
        edition: entry.edition.name().to_owned(),
        available: refusal.is_none(),
        refusal: refusal.map(|code| i64::from(code.number())),
    }
}
