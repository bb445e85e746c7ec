//! What a developer asks to buy: lines and the receiver inside China, with the rules that hold before any marketplace is
//! asked.

use crate::{Fen, OfferId, SkuId, SpecId};
use serde::{Deserialize, Serialize};

/// At most this many lines in one order.
pub const MAX_LINES: usize = 50;

/// One line of an order to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CargoLine {
    pub offer_id: OfferId,
    /// `None` for products without SKUs.
    pub spec_id: Option<SpecId>,
    pub quantity: u32,
}

/// Adds up lines of the same spec; keeps the order of first appearance.
pub fn merge(lines: Vec<CargoLine>) -> Vec<CargoLine> {
    let mut out: Vec<CargoLine> = Vec::with_capacity(lines.len());
    for line in lines {
        match out.iter_mut().find(|l| l.offer_id == line.offer_id && l.spec_id == line.spec_id) {
            Some(same) => same.quantity = same.quantity.saturating_add(line.quantity),
            None => out.push(line),
        }
    }
    out
}

/// The receiver of an order. Which fields are needed: [`Receiver::missing`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    pub full_name: String,
    pub mobile: String,
    pub phone: String,
    pub post_code: String,
    pub province: String,
    pub city: String,
    pub area: String,
    pub town: String,
    pub address: String,
    /// Six-digit GB code; wins over the place names.
    pub district_code: String,
}

impl Receiver {
    /// The first thing that is needed and not there, as the contract names it.
    pub fn missing(&self) -> Option<&'static str> {
        let blank = |s: &str| s.trim().is_empty();
        if blank(&self.full_name) {
            Some("fullName")
        } else if blank(&self.address) {
            Some("address")
        } else if blank(&self.mobile) && blank(&self.phone) {
            Some("mobile")
        } else if !blank(&self.district_code) {
            None
        } else if blank(&self.province) {
            Some("provinceText")
        } else if blank(&self.city) {
            Some("cityText")
        } else {
            None
        }
    }
}

/// One order that the marketplace would make of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewOrder {
    pub goods: Fen,
    pub carriage: Fen,
    pub ok: bool,
    /// The marketplace's code and text where `ok` is false.
    pub refusal: Option<(String, String)>,
    pub lines: Vec<PreviewLine>,
    /// Words that may be sent as trade type.
    pub trade_modes: Vec<String>,
    /// Promotion ids that may be sent along.
    pub promotions: Vec<String>,
}

impl PreviewOrder {
    pub fn total(&self) -> Fen {
        self.goods.plus(self.carriage)
    }
}

/// One line of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewLine {
    pub offer_id: OfferId,
    pub spec_id: Option<SpecId>,
    pub sku_id: Option<SkuId>,
    pub open_offer_id: String,
    pub unit_price: Fen,
    pub amount: Fen,
    pub message: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_spec_twice_is_added_up() {
        let line = |offer, quantity| CargoLine { offer_id: OfferId::new(offer).unwrap(), spec_id: None, quantity };
        assert_eq!(merge(vec![line(1, 2), line(2, 1), line(1, 3)]), vec![line(1, 5), line(2, 1)]);
    }

    #[test]
    fn a_district_code_stands_for_the_place_names() {
        let mut r =
            Receiver { full_name: "test".into(), address: "x".into(), mobile: "1".into(), ..Default::default() };
        assert_eq!(r.missing(), Some("provinceText"));
        r.district_code = "451481".into();
        assert_eq!(r.missing(), None);
        r.mobile.clear();
        assert_eq!(r.missing(), Some("mobile"));
    }
}
