//! The products that were written by hand: `data/catalogue.json`, and what each is in words of the vocabulary.

use super::{
    Product, Seller,
    goods::Goods,
    kinds::rows,
    words::{Role, Word, words},
};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Data {
    sellers: Vec<Seller>,
    products: Vec<Product>,
}

/// Their sellers and themselves.
pub fn read() -> Option<(Vec<Seller>, Vec<Product>)> {
    let Data { sellers, mut products } = serde_json::from_str(include_str!("../../data/catalogue.json")).ok()?;
    let mut goods = rows(include_str!("../../data/goods/written.txt")).map(row).collect::<Option<HashMap<_, _>>>()?;
    for product in &mut products {
        product.goods = Some(goods.remove(&product.offer_id.get())?);
    }
    goods.is_empty().then_some((sellers, products))
}

/// `offer | kind | material | style | for whom | season | features`
fn row(line: &'static str) -> Option<(i64, Goods)> {
    let [offer, kind, material, style, audience, season, features] =
        line.split('|').collect::<Vec<_>>().try_into().ok()?;
    let goods = Goods {
        kind: words().find(Role::Kind, kind)?,
        material: word(Role::Material, material)?,
        style: word(Role::Style, style)?,
        audience: word(Role::Audience, audience)?,
        season: word(Role::Season, season)?,
        features: features
            .split(',')
            .filter(|f| !f.is_empty())
            .map(|f| words().find(Role::Feature, f))
            .collect::<Option<_>>()?,
    };
    Some((offer.parse().ok()?, goods))
}

/// An empty cell says nothing; a word that does not exist is an error.
fn word(role: Role, text: &str) -> Option<Option<&'static Word>> {
    if text.is_empty() { Some(None) } else { words().find(role, text).map(Some) }
}
