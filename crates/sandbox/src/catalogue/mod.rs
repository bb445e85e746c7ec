//! The goods of the simulated marketplace: categories, sellers, products. They never change; stock and prices agreed in
//! orders belong to the economy.
//!
//! Some products are written by hand, each with its seller's habit (`data/catalogue.json`); the others are [`made`] from a
//! vocabulary when somebody first asks for them. Both are in the binary, so that every installation has the same world
//! without a download.

pub mod category;
pub(crate) mod drawn;
pub mod figures;
pub mod filter;
pub mod goods;
pub mod habit;
pub mod kinds;
pub mod language;
mod made;
pub mod search;
pub mod selection;
mod shops;
mod specifications;
pub mod title;
pub mod words;
mod written;

pub use category::Category;
pub use habit::Habit;
pub use language::Language;

use crate::pictures::Motif;
use domain::{Fen, OfferId, SkuId, SpecId};
use goods::Goods;
use serde::Deserialize;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, OnceLock},
};
use words::{Role, words};

static EMBEDDED: LazyLock<Arc<Catalogue>> =
    LazyLock::new(|| Arc::new(Catalogue::read().expect("the embedded catalogue is read by a test")));

/// All goods, with indexes.
#[derive(Debug)]
pub struct Catalogue {
    categories: Vec<Category>,
    sellers: Vec<Seller>,
    written: Vec<Product>,
    made: Vec<Made>,
    by_offer: HashMap<OfferId, usize>,
    by_login: HashMap<String, usize>,
    index: OnceLock<search::Index>,
}

/// A made product: known by its number until somebody looks at it.
#[derive(Debug)]
struct Made {
    offer_id: OfferId,
    /// Place of its shop among the sellers.
    seller: usize,
    product: OnceLock<Product>,
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

impl Catalogue {
    /// The catalogue of the binary, read once.
    pub fn embedded() -> Arc<Self> {
        EMBEDDED.clone()
    }

    fn read() -> Option<Self> {
        let categories = category::read(include_str!("../../data/goods/categories.txt"))?;
        let (mut sellers, written) = written::read()?;
        let shops = shops::shops();
        let made = (0..made::count()).map(|n| made_at(n, &shops, sellers.len())).collect::<Option<Vec<_>>>()?;
        sellers.extend(shops.into_iter().map(|(_, seller)| seller));
        let offers = written.iter().map(|p| p.offer_id).chain(made.iter().map(|m| m.offer_id));
        let by_offer = offers.enumerate().map(|(i, id)| (id, i)).collect();
        let by_login = sellers.iter().enumerate().map(|(i, s)| (s.login_id.clone(), i)).collect();
        Some(Self { categories, sellers, written, made, by_offer, by_login, index: OnceLock::new() })
    }

    /// The products that were written by hand, whose sellers have habits like test cards.
    pub fn written(&self) -> &[Product] {
        &self.written
    }

    /// How many products there are.
    pub fn len(&self) -> usize {
        self.written.len() + self.made.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All products, those written by hand first. Whoever walks to the end has made them all.
    pub fn products(&self) -> impl Iterator<Item = &Product> {
        (0..self.len()).filter_map(|place| self.at(place))
    }

    /// The product at a place, made when it is first looked at.
    pub(crate) fn at(&self, place: usize) -> Option<&Product> {
        let Some(number) = place.checked_sub(self.written.len()) else { return self.written.get(place) };
        let made = self.made.get(number)?;
        let seller = self.sellers.get(made.seller)?;
        Some(made.product.get_or_init(|| made::product(number, made.offer_id, seller)))
    }

    /// The category of the product at a place, without making it.
    fn category_at(&self, place: usize) -> i64 {
        match place.checked_sub(self.written.len()) {
            None => self.written[place].category,
            Some(number) => made::kind(number).category,
        }
    }

    /// Places of everything that a shop sells.
    fn places_of_seller(&self, login: &str) -> Vec<usize> {
        let written = self.written.iter().enumerate().filter(|(_, p)| p.seller == login).map(|(place, _)| place);
        let shop = self.by_login.get(login);
        let made = self.made.iter().enumerate().filter(|(_, m)| Some(&m.seller) == shop);
        written.chain(made.map(|(number, _)| self.written.len() + number)).collect()
    }

    /// What the pictures of the product at a place show, without making it.
    pub(crate) fn motif_at(&self, place: usize) -> Option<Motif<'_>> {
        let Some(number) = place.checked_sub(self.written.len()) else {
            return self.written.get(place).map(|p| Motif::of(p, 0));
        };
        let offer_id = self.made.get(number)?.offer_id;
        Some(Motif::new(offer_id, made::kind(number).shape, made::colour(number, offer_id)))
    }

    pub fn sellers(&self) -> &[Seller] {
        &self.sellers
    }

    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    pub fn category(&self, id: i64) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == id)
    }

    /// The categories right below `parent`; those of the first level below 0.
    pub fn children(&self, parent: i64) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(move |c| c.parent == parent)
    }

    pub fn offer(&self, id: OfferId) -> Option<&Product> {
        self.at(*self.by_offer.get(&id)?)
    }

    /// A shop by its login id.
    pub fn seller(&self, login: &str) -> Option<&Seller> {
        self.by_login.get(login).map(|i| &self.sellers[*i])
    }

    /// A shop by the encrypted id that callers know it by.
    pub fn seller_by_open_id(&self, open_id: &str) -> Option<&Seller> {
        self.sellers.iter().find(|s| s.open_id == open_id)
    }

    /// The category and those above it, from the top down.
    pub fn path(&self, category: i64) -> Vec<&Category> {
        category::path(&self.categories, category)
    }
}

/// Who sells the made product of a number: a shop of its trade. `before` sellers stand before the shops.
fn made_at(number: usize, shops: &[(&'static str, Seller)], before: usize) -> Option<Made> {
    let trade = made::kind(number).trade;
    let first = shops.iter().position(|(of, _)| *of == trade)?;
    let seller = before + first + made::place_of_shop(number, shops::A_TRADE);
    Some(Made { offer_id: made::offer_id(number)?, seller, product: OnceLock::new() })
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

#[cfg(test)]
mod tests;
