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
mod product;
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
pub use product::{Attribute, Freight, Mix, Product, Quote, ReturnAddress, Seller, Sku, Tier};

use crate::pictures::Motif;
use domain::OfferId;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, OnceLock},
};

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

#[cfg(test)]
mod tests;
