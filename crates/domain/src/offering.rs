//! What a buyer must know of a product before it is ordered: who sells it, and its specifications with prices and stock.
//!
//! Only what rules read is here; everything else that the marketplace tells of a product is a document.

use crate::{Fen, OfferId, SkuId, SpecId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub offer: OfferId,
    /// Encrypted id of the seller.
    pub seller: String,
    /// The seller's company, where the marketplace names it.
    pub seller_name: Option<String>,
    pub title: String,
    pub image: Option<String>,
    /// The quantity decides the price before the specification does.
    pub priced_by_quantity: bool,
    /// By rising quantity.
    pub tiers: Vec<Tier>,
    /// One without an id for products without specifications.
    pub specs: Vec<Spec>,
}

/// The unit price from so many pieces on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    pub from: u32,
    pub price: Fen,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spec {
    pub id: Option<SpecId>,
    pub sku: Option<SkuId>,
    pub image: Option<String>,
    /// What this buyer has agreed with the seller; wins over every other price.
    pub agreed: Option<Fen>,
    pub price: Option<Fen>,
    /// Pieces that are left, where the marketplace tells.
    pub stock: Option<i64>,
    /// JSON text of its attributes; `None` for products without specifications.
    pub attributes: Option<String>,
}

impl Offering {
    pub fn spec(&self, id: Option<&SpecId>) -> Option<&Spec> {
        self.specs.iter().find(|spec| spec.id.as_ref() == id)
    }

    /// The unit price of a specification where `pieces` of the product are bought, over all its specifications.
    pub fn price(&self, spec: &Spec, pieces: u32) -> Option<Fen> {
        let tier = self.tiers.iter().rev().find(|tier| tier.from <= pieces).or(self.tiers.first()).map(|t| t.price);
        let listed = if self.priced_by_quantity { tier.or(spec.price) } else { spec.price.or(tier) };
        spec.agreed.or(listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offering(priced_by_quantity: bool) -> Offering {
        Offering {
            offer: OfferId::new(1).unwrap(),
            seller: "BBB".into(),
            seller_name: None,
            title: "bag".into(),
            image: None,
            priced_by_quantity,
            tiers: vec![Tier { from: 2, price: Fen(900) }, Tier { from: 100, price: Fen(700) }],
            specs: vec![
                Spec { id: Some(SpecId::parse("a").unwrap()), price: Some(Fen(1000)), ..Spec::default() },
                Spec { id: Some(SpecId::parse("b").unwrap()), agreed: Some(Fen(500)), ..Spec::default() },
            ],
        }
    }

    #[test]
    fn the_price_follows_the_quantity_or_the_specification() {
        let price =
            |offering: &Offering, spec: usize, pieces| offering.price(&offering.specs[spec], pieces).map(|fen| fen.0);
        for (pieces, expected) in [(1, 900), (2, 900), (99, 900), (100, 700)] {
            assert_eq!(price(&offering(true), 0, pieces), Some(expected), "{pieces}");
            assert_eq!(price(&offering(false), 0, pieces), Some(1000));
            assert_eq!(price(&offering(true), 1, pieces), Some(500), "agreed");
        }
        let bare = Offering { tiers: Vec::new(), specs: vec![Spec::default()], ..offering(true) };
        assert_eq!(price(&bare, 0, 1), None);
    }

    #[test]
    fn a_specification_is_one_of_the_product() {
        let spec = |id: &str| offering(true).spec(Some(&SpecId::parse(id).unwrap())).is_some();
        assert!(spec("a") && !spec("c") && offering(true).spec(None).is_none());
    }
}
