//! What an operation needs of its marketplace: the marketplace by name and one of its capabilities.
//!
//! It follows from the operation's group, so that a new operation says nothing twice; only what also moves money is named.
//! Operations of our own (developer, operator) need no marketplace.

use crate::operation::{Edition, Entry};
use domain::Marketplace;

/// One of the capabilities of a marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Catalog,
    Ordering,
    Payment,
    Aftersale,
}

impl Need {
    pub const ALL: [Self; 4] = [Self::Catalog, Self::Ordering, Self::Payment, Self::Aftersale];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Ordering => "ordering",
            Self::Payment => "payment",
            Self::Aftersale => "aftersale",
        }
    }
}

/// Ends of the paths of operations that pay.
const PAYS: &[&str] = &["/pay/url", "/order/pay", "/submit/to/pay"];

/// What the operation needs; `None` for one that needs no marketplace.
pub fn needs(entry: &Entry) -> Option<(Marketplace, Need)> {
    match entry.edition {
        Edition::Developer | Edition::Operator => None,
        Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor => {
            let (market, topic) = entry.group.split_once('/')?;
            let marketplace = match market {
                "alibaba1688" | "bigmajor" => Marketplace::Alibaba1688,
                _ => return None,
            };
            let need = match topic {
                "product" | "marketing" => Need::Catalog,
                "order" if PAYS.iter().any(|end| entry.path.ends_with(end)) => Need::Payment,
                "order" => Need::Ordering,
                // A cart previews and buys its goods; for the rest it looks them up.
                "cart" if entry.path.ends_with("/order") => Need::Ordering,
                "cart" => Need::Catalog,
                "aftersale" => Need::Aftersale,
                _ => return None,
            };
            Some((marketplace, need))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OPERATIONS;

    #[test]
    fn every_operation_of_a_marketplace_says_what_it_needs() {
        for entry in OPERATIONS {
            let ours = matches!(entry.edition, Edition::Developer | Edition::Operator);
            assert_eq!(needs(entry).is_none(), ours, "{} ({})", entry.id, entry.group);
        }
        let payers: Vec<_> = OPERATIONS
            .iter()
            .filter(|entry| needs(entry).is_some_and(|(_, need)| need == Need::Payment))
            .map(|entry| entry.id)
            .collect();
        assert_eq!(
            payers,
            [
                "alibaba_order_pay_url",
                "alibaba_order_batch_submit_to_pay",
                "ka_order_pay",
                "v2_alibaba_order_pay_url",
                "v2_alibaba_order_batch_submit_to_pay",
            ]
        );
    }
}
