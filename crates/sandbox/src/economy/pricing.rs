//! What some lines would cost and whether they may be bought: stock, minimums, mixed batches, prices, freight.
//!
//! Checks come in the order of the upstream's codes, line by line, and leave nothing behind.

use super::{refusal::Refusal, state::State, world::World};
use crate::catalogue::{Freight, Product, Seller, Sku};
use domain::{
    Fen, OfferId,
    purchase::{CargoLine, MAX_LINES},
};

/// What the lines of one seller come to.
#[derive(Debug, Clone)]
pub struct Priced<'a> {
    pub seller: &'a Seller,
    pub lines: Vec<PricedLine<'a>>,
    pub freight: Fen,
}

#[derive(Debug, Clone, Copy)]
pub struct PricedLine<'a> {
    pub product: &'a Product,
    pub sku: Option<&'a Sku>,
    pub quantity: u32,
    pub unit_price: Fen,
    pub amount: Fen,
}

impl Priced<'_> {
    pub fn goods(&self) -> Fen {
        self.lines.iter().map(|l| l.amount).sum()
    }

    pub fn total(&self) -> Fen {
        self.goods().plus(self.freight)
    }

    /// The freight divided over the lines by amount, rounded down, the rest on the last.
    pub fn postage(&self) -> Vec<Fen> {
        let amounts: Vec<Fen> = self.lines.iter().map(|l| l.amount).collect();
        postage(self.freight, &amounts)
    }
}

/// `freight` divided by `amounts`, rounded down, the rest on the last.
pub fn postage(freight: Fen, amounts: &[Fen]) -> Vec<Fen> {
    let goods: Fen = amounts.iter().copied().sum();
    let mut shares: Vec<Fen> = amounts.iter().map(|a| freight.share(*a, goods)).collect();
    let rest = freight.minus(shares.iter().copied().sum());
    if let Some(last) = shares.last_mut() {
        *last = last.plus(rest);
    }
    shares
}

/// Freight of an order of `pieces`.
pub fn freight(rule: Freight, pieces: u32) -> Fen {
    let beyond = pieces.saturating_sub(rule.first_units);
    rule.first_fen.plus(rule.next_fen.times(beyond.div_ceil(rule.next_units.max(1))))
}

impl<'a> World<'a> {
    /// Prices lines that were merged before, or says why they cannot be bought.
    pub fn price(&self, lines: &[CargoLine], flow: &str) -> Result<Priced<'a>, Refusal> {
        if lines.is_empty() || lines.len() > MAX_LINES || lines.iter().any(|l| l.quantity == 0) {
            return Err(Refusal::new("500_005", format!("expected 1 to {MAX_LINES} lines of at least one piece")));
        }
        let found = lines.iter().map(|l| self.find(l)).collect::<Result<Vec<_>, _>>()?;
        let seller = self.one_seller(&found)?;
        if flow == "saleproxy" {
            return Err(Refusal::new("500_007", "no distribution relation with this seller, saleproxy is not allowed"));
        }
        for line in &found {
            self.in_stock(line)?;
        }
        let lines: Vec<PricedLine<'a>> = found.iter().map(|l| priced(l, &found)).collect::<Result<_, _>>()?;
        minimums(seller, &lines)?;
        let pieces = lines.iter().fold(0_u32, |sum, l| sum.saturating_add(l.quantity));
        Ok(Priced { seller, freight: freight(seller.freight, pieces), lines })
    }

    fn find(&self, line: &CargoLine) -> Result<Found<'a>, Refusal> {
        let fixed = self.fixed;
        let at = |code, text: &str| Refusal::of_line(code, text, line.offer_id, line.spec_id.clone());
        let product =
            fixed.catalogue.offer(line.offer_id).ok_or_else(|| at("500_001", "offer cannot be traded online"))?;
        let sku = match &line.spec_id {
            None if product.skus.is_empty() => None,
            None => return Err(at("500_002", "specId is missing")),
            Some(spec) => Some(product.sku(spec).ok_or_else(|| at("500_003", "specId is not of this offer"))?),
        };
        Ok(Found { product, sku, quantity: line.quantity })
    }

    fn one_seller(&self, found: &[Found<'_>]) -> Result<&'a Seller, Refusal> {
        let fixed = self.fixed;
        let login = found.first().map_or("", |l| l.product.seller.as_str());
        if let Some(other) = found.iter().find(|l| l.product.seller != login) {
            return Err(other.refused("500_002", "offers of different sellers"));
        }
        fixed.catalogue.seller(login).ok_or_else(|| Refusal::new("500_001", "offer cannot be traded online"))
    }

    fn in_stock(&self, line: &Found<'_>) -> Result<(), Refusal> {
        if i64::from(line.quantity) <= left(self.state, line.product, line.sku) {
            return Ok(());
        }
        Err(line.refused("500_004", "stock too low for the spec"))
    }
}

/// Pieces that may still be bought.
pub fn left(state: &State, product: &Product, sku: Option<&Sku>) -> i64 {
    let at_first = sku.map(|s| s.stock).or(product.stock).unwrap_or(0);
    i64::from(at_first) - state.taken((product.offer_id, sku.map(|s| s.sku_id)))
}

#[derive(Clone, Copy)]
struct Found<'a> {
    product: &'a Product,
    sku: Option<&'a Sku>,
    quantity: u32,
}

impl Found<'_> {
    fn refused(&self, code: &'static str, text: &str) -> Refusal {
        Refusal::of_line(code, text, self.product.offer_id, self.sku.map(|s| s.spec_id.clone()))
    }
}

/// Tiers count all pieces of the product, over its specifications.
fn priced<'a>(line: &Found<'a>, all: &[Found<'a>]) -> Result<PricedLine<'a>, Refusal> {
    let offer = line.product.offer_id;
    let of_product =
        all.iter().filter(|l| l.product.offer_id == offer).fold(0_u32, |n, l| n.saturating_add(l.quantity));
    let unit_price = line.product.unit_price(line.sku, of_product);
    if unit_price <= Fen::ZERO {
        return Err(line.refused("500_008", "spec price is 0"));
    }
    let Found { product, sku, quantity } = *line;
    Ok(PricedLine { product, sku, quantity, unit_price, amount: unit_price.times(quantity) })
}

/// A product below its minimum may still be bought where the shop's mixed batch is met by quantity or by amount.
fn minimums(seller: &Seller, lines: &[PricedLine<'_>]) -> Result<(), Refusal> {
    let pieces_of = |offer: OfferId| {
        lines.iter().filter(|l| l.product.offer_id == offer).fold(0_u32, |n, l| n.saturating_add(l.quantity))
    };
    for line in lines {
        let pieces = pieces_of(line.product.offer_id);
        let refused =
            |code, text: &str| Refusal::of_line(code, text, line.product.offer_id, line.sku.map(|s| s.spec_id.clone()));
        if pieces < line.product.min_order && !seller.mix.enabled {
            return Err(refused("500_005", "below the minimum order quantity"));
        }
        if pieces < line.product.min_order && !mixed(seller, lines) {
            return Err(refused("500_006", "mixed-batch quantity and amount are both not met"));
        }
        if !pieces.is_multiple_of(line.product.batch.max(1)) {
            return Err(refused("500_009", "below the batch-sale minimum"));
        }
    }
    Ok(())
}

fn mixed(seller: &Seller, lines: &[PricedLine<'_>]) -> bool {
    let pieces = lines.iter().fold(0_u32, |n, l| n.saturating_add(l.quantity));
    let amount: Fen = lines.iter().map(|l| l.amount).sum();
    pieces >= seller.mix.number || amount >= seller.mix.amount_fen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freight_counts_groups_begun() {
        let rule = Freight { first_units: 20, first_fen: Fen(600), next_units: 10, next_fen: Fen(200) };
        assert_eq!(freight(rule, 2), Fen(600));
        assert_eq!(freight(rule, 20), Fen(600));
        assert_eq!(freight(rule, 21), Fen(800));
        assert_eq!(freight(rule, 31), Fen(1000));
        assert_eq!(freight(Freight { next_units: 0, ..rule }, 22), Fen(1000));
    }

    #[test]
    fn the_odd_fen_of_the_freight_lies_on_the_last_line() {
        assert_eq!(postage(Fen(600), &[Fen(2900), Fen(2900)]), [Fen(300), Fen(300)]);
        assert_eq!(postage(Fen(1000), &[Fen(1), Fen(1), Fen(1)]), [Fen(333), Fen(333), Fen(334)]);
        assert_eq!(postage(Fen(5), &[]), []);
    }
}
