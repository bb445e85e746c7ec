//! A product, its shop and its specifications, as the data has them.
//!
//! Texts are in Chinese and English, as they are printed most; other languages are looked up in the vocabulary when they
//! are asked for.

use super::{
    goods::Goods,
    habit::Habit,
    language::Language,
    title,
    words::{Role, words},
};
use domain::{Fen, OfferId, SkuId, SpecId};
use serde::Deserialize;

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
    /// What it is, in words that every language has.
    #[serde(skip)]
    pub goods: Option<Goods>,
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

impl Attribute {
    /// Its name in another language; `None` for Chinese and where there is no translation.
    pub fn name_translated(&self, language: Language) -> Option<String> {
        let known = || words().translated(Role::Name, &self.name_zh, language).map(str::to_owned);
        if language == Language::English { Some(self.name_en.clone()) } else { known() }
    }

    /// Its value in another language, as [`Attribute::name_translated`].
    pub fn value_translated(&self, language: Language) -> Option<String> {
        if language == Language::English {
            Some(self.value_en.clone())
        } else {
            words().value(&self.value_zh, language)
        }
    }
}

impl Product {
    /// Its title in another language; `None` for Chinese, which is no translation.
    pub fn title_translated(&self, language: Language) -> Option<String> {
        match language {
            Language::Chinese => None,
            Language::English => Some(self.title_en.clone()),
            other => self.goods.as_ref().map(|goods| title::compose(goods, other)),
        }
    }

    /// What one of it is called, e.g. `pair`; `None` for Chinese.
    pub fn unit_translated(&self, language: Language) -> Option<String> {
        let known = || words().translated(Role::Unit, &self.unit_zh, language).map(str::to_owned);
        if language == Language::English { Some(self.unit_en.clone()) } else { known() }
    }

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
