//! The goods of the simulated marketplace: categories, sellers, products. They never change; stock and prices agreed in
//! orders belong to the economy.
//!
//! The data is a file in the binary, so that every installation has the same world without a download.

pub mod category;
pub mod figures;
pub mod filter;
pub mod habit;
pub mod search;

pub use category::Category;
pub use habit::Habit;

use domain::{Fen, OfferId, SkuId, SpecId};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc, sync::LazyLock};

static EMBEDDED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
    let text = include_str!("../../data/catalogue.json");
    Arc::new(Catalogue::read(text).expect("the embedded catalogue is read by a test"))
});

/// All goods, with indexes.
#[derive(Debug)]
pub struct Catalogue {
    categories: Vec<Category>,
    sellers: Vec<Seller>,
    products: Vec<Product>,
    by_offer: HashMap<OfferId, usize>,
    by_login: HashMap<String, usize>,
    texts: Vec<search::Text>,
}

#[derive(Debug, Deserialize)]
struct Data {
    categories: Vec<Category>,
    sellers: Vec<Seller>,
    products: Vec<Product>,
}

/// A shop.
#[derive(Debug, Clone, Deserialize)]
pub struct Seller {
    pub login_id: String,
    pub member_id: String,
    pub user_id: i64,
    pub open_id: String,
    pub company: String,
    pub province: String,
    pub city: String,
    pub district: String,
    pub address: String,
    pub contact: String,
    pub mobile: String,
    /// Trade medal level, `1` to `5`.
    pub medal: String,
    /// Composite service score, e.g. `4.6`.
    pub score: String,
    pub years: u32,
    /// Share of buyers who come back, e.g. `0.52`.
    pub repeat_percent: String,
    pub return_address: ReturnAddress,
    pub freight: Freight,
    pub mix: Mix,
}

/// Where goods are sent back to.
#[derive(Debug, Clone, Deserialize)]
pub struct ReturnAddress {
    pub name: String,
    pub mobile: String,
    pub address: String,
}

/// Freight of one order of a shop: the first units, then each further group begun.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Freight {
    pub first_units: u32,
    pub first_fen: Fen,
    pub next_units: u32,
    pub next_fen: Fen,
}

/// Mixed wholesale: different products of a shop add up to its minimum.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Mix {
    pub enabled: bool,
    pub amount_fen: Fen,
    pub number: u32,
}

/// One offer.
#[derive(Debug, Clone, Deserialize)]
pub struct Product {
    pub offer_id: OfferId,
    /// Login id of the shop.
    pub seller: String,
    pub category: i64,
    pub title_zh: String,
    pub title_en: String,
    pub keywords_zh: Vec<String>,
    pub keywords_en: Vec<String>,
    pub unit_zh: String,
    pub unit_en: String,
    pub attributes: Vec<Attribute>,
    /// Empty for a product that is sold without specifications.
    pub skus: Vec<Sku>,
    /// Unit price by quantity, in rising order of `from`.
    pub tiers: Vec<Tier>,
    pub quote: Quote,
    pub min_order: u32,
    /// Quantities must be multiples of this.
    pub batch: u32,
    pub month_sold: i64,
    pub total_sold: i64,
    /// e.g. `24%`.
    pub repurchase: String,
    /// `yyyy-MM-dd HH:mm:ss`, UTC+8.
    pub created: String,
    /// Length, width, height of one packed piece.
    pub size_cm: Vec<f64>,
    pub ship_within_hours: i64,
    pub tags: Vec<String>,
    pub habit: Habit,
    /// `#rrggbb`, for its picture.
    pub colour: String,
    /// A word of [`crate::pictures`], e.g. `trousers`.
    pub shape: String,
    /// Only of products without specifications.
    #[serde(default)]
    pub price_fen: Option<Fen>,
    #[serde(default)]
    pub stock: Option<u32>,
    #[serde(default)]
    pub weight_g: Option<u32>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Attribute {
    pub id: i64,
    pub name_zh: String,
    pub name_en: String,
    pub value_zh: String,
    pub value_en: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Sku {
    pub sku_id: SkuId,
    pub spec_id: SpecId,
    pub attributes: Vec<Attribute>,
    pub price_fen: Fen,
    /// Pieces at the beginning of the world.
    pub stock: u32,
    pub weight_g: u32,
    pub cargo_number: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Tier {
    pub from: u32,
    pub price_fen: Fen,
}

/// What decides the unit price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quote {
    /// The specification (`quoteType` 1).
    Sku,
    /// The quantity, by tiers (`quoteType` 0).
    Quantity,
}

impl Catalogue {
    /// The catalogue of the binary, read once.
    pub fn embedded() -> Arc<Self> {
        EMBEDDED.clone()
    }

    fn read(text: &str) -> serde_json::Result<Self> {
        let data: Data = serde_json::from_str(text)?;
        let by_offer = data.products.iter().enumerate().map(|(i, p)| (p.offer_id, i)).collect();
        let by_login = data.sellers.iter().enumerate().map(|(i, s)| (s.login_id.clone(), i)).collect();
        let texts = data.products.iter().map(|p| search::Text::of(p, &data.categories)).collect();
        let Data { categories, sellers, products } = data;
        Ok(Self { categories, sellers, products, by_offer, by_login, texts })
    }

    pub fn products(&self) -> &[Product] {
        &self.products
    }

    pub fn sellers(&self) -> &[Seller] {
        &self.sellers
    }

    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    pub fn offer(&self, id: OfferId) -> Option<&Product> {
        self.by_offer.get(&id).map(|i| &self.products[*i])
    }

    /// A shop by its login id.
    pub fn seller(&self, login: &str) -> Option<&Seller> {
        self.by_login.get(login).map(|i| &self.sellers[*i])
    }

    /// The category and those above it, from the top down.
    pub fn path(&self, category: i64) -> Vec<&Category> {
        category::path(&self.categories, category)
    }

    pub(crate) fn texts(&self) -> &[search::Text] {
        &self.texts
    }
}

impl Product {
    pub fn sku(&self, spec: &SpecId) -> Option<&Sku> {
        self.skus.iter().find(|s| s.spec_id == *spec)
    }

    /// The unit price of a specification (or of the product itself) for `quantity` pieces.
    pub fn unit_price(&self, sku: Option<&Sku>, quantity: u32) -> Fen {
        let own = sku.map(|s| s.price_fen).or(self.price_fen);
        let tier = || self.tiers.iter().rev().find(|t| t.from <= quantity).or(self.tiers.first());
        match self.quote {
            Quote::Sku => own.or_else(|| tier().map(|t| t.price_fen)).unwrap_or_default(),
            Quote::Quantity => tier().map(|t| t.price_fen).or(own).unwrap_or_default(),
        }
    }

    /// The lowest unit price that a buyer of the smallest quantity can pay.
    pub fn lowest_price(&self) -> Fen {
        let skus = self.skus.iter().map(|s| self.unit_price(Some(s), self.min_order));
        skus.min().unwrap_or_else(|| self.unit_price(None, self.min_order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_embedded_catalogue_is_whole() {
        let c = Catalogue::embedded();
        assert!(c.products().len() >= 60);
        let kinds: HashSet<i64> = c.products().iter().map(|p| c.path(p.category)[0].id).collect();
        assert!(kinds.len() >= 15, "{} top categories", kinds.len());
        assert_eq!(c.by_offer.len(), c.products().len(), "offer ids are unique");
        for p in c.products() {
            assert!(c.seller(&p.seller).is_some(), "{} has no seller", p.offer_id);
            assert!(p.lowest_price() > Fen::ZERO && p.batch > 0 && p.min_order > 0, "{}", p.offer_id);
            assert!(!p.skus.is_empty() || p.stock.is_some(), "{} has no stock", p.offer_id);
            assert!(!p.tiers.is_empty() && p.size_cm.len() == 3, "{}", p.offer_id);
        }
    }
}
