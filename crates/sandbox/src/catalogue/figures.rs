//! Figures that a shop would have and the data does not say: shipping rates, identities, scores. Each follows from the
//! product and its seller alone, so that a filter and the printed row always agree.

use super::{Product, Seller};
use domain::{Fen, Timestamp};

const DAY_MS: i64 = 86_400_000;

/// What is printed of one product in a list, beside its own data. Rates are hundredths of a percent.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    product: &'a Product,
    seller: &'a Seller,
}

/// A rate as the marketplace prints it: `99.12%`.
pub fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl<'a> Figures<'a> {
    pub fn of(product: &'a Product, seller: &'a Seller) -> Self {
        Self { product, seller }
    }

    /// A number from 0 to `below` that is always the same for this product and salt.
    fn draw(&self, salt: i64, below: i64) -> i64 {
        let mixed =
            self.product.offer_id.get().wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64).wrapping_add(salt * 7919);
        ((mixed as u64) >> 33) as i64 % below
    }

    /// The composite score in tenths.
    pub fn score_tenths(&self) -> i64 {
        Fen::from_yuan(&self.seller.score).map_or(0, |f| f.0 / 10)
    }

    pub fn picked_up_24h(&self) -> i64 {
        match self.product.ship_within_hours {
            ..=24 => 9900 + self.draw(1, 100),
            25..=48 => 9500 + self.draw(1, 350),
            _ => 8800 + self.draw(1, 600),
        }
    }

    pub fn picked_up_48h(&self) -> i64 {
        match self.product.ship_within_hours {
            ..=48 => 9900 + self.draw(2, 100),
            _ => 9400 + self.draw(2, 450),
        }
    }

    pub fn fulfilled(&self) -> i64 {
        9700 + self.draw(3, 300)
    }

    pub fn quality_returns(&self) -> i64 {
        match self.score_tenths() {
            47.. => self.draw(4, 2) * self.draw(5, 80),
            43..47 => self.draw(5, 180),
            _ => 300 + self.draw(5, 400),
        }
    }

    /// Among the words `super_factory`, `powerful_merchants`, `tp_member`.
    pub fn seller_identities(&self) -> Vec<String> {
        let mut words = vec!["tp_member"];
        if self.seller.years >= 5 && self.score_tenths() >= 45 {
            words.insert(0, "powerful_merchants");
        }
        if self.is_factory() {
            words.insert(0, "super_factory");
        }
        words.into_iter().map(str::to_owned).collect()
    }

    pub fn is_factory(&self) -> bool {
        self.seller.years >= 8 && self.score_tenths() >= 45
    }

    pub fn has_tag(&self, tag: &str) -> bool {
        self.product.tags.iter().any(|t| t == tag)
    }

    pub fn offer_identities(&self) -> Vec<String> {
        let known = [("1688_yx", "yx"), ("select", "select")];
        known.iter().filter(|(tag, _)| self.has_tag(tag)).map(|(_, word)| (*word).to_owned()).collect()
    }

    /// `shipIn24Hours` or `shipIn48Hours`; slower shops guarantee nothing.
    pub fn guarantee(&self) -> Option<&'static str> {
        match self.product.ship_within_hours {
            ..=24 => Some("shipIn24Hours"),
            25..=48 => Some("shipIn48Hours"),
            _ => None,
        }
    }

    /// Listed in the last `days` days.
    pub fn is_new(&self, days: i64, now: Timestamp) -> bool {
        Timestamp::from_text(&self.product.created).is_some_and(|t| (0..=days * DAY_MS).contains(&now.ms_since(t)))
    }

    /// Share of buyers of this product who came back, in percent.
    pub fn repurchase(&self) -> i64 {
        self.product.repurchase.trim_end_matches('%').parse().unwrap_or(0)
    }

    /// Sold in the last 7 days.
    pub fn sold_week(&self) -> i64 {
        self.product.month_sold * (20 + self.draw(6, 8)) / 100
    }

    /// A score near the composite one, e.g. `4.5`.
    pub fn part_score(&self, salt: i64) -> String {
        let tenths = (self.score_tenths() - 2 + self.draw(10 + salt, 5)).clamp(30, 50);
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    /// Buyers who put it into their cart, or paid, for each hundred pieces sold.
    pub fn buyers(&self, sold: i64, per_hundred: i64) -> String {
        (sold * per_hundred / 100).to_string()
    }
}
