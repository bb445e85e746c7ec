//! The catalogue is whole, large, and the same on every machine.

use super::*;
use domain::Fen;
use sha2::{Digest, Sha256};
use std::collections::HashSet;

#[test]
fn the_embedded_catalogue_is_whole() {
    let c = Catalogue::embedded();
    let mut leaves = HashSet::new();
    for p in c.products() {
        assert!(c.seller(&p.seller).is_some(), "{} has no seller", p.offer_id);
        assert!(p.lowest_price() > Fen::ZERO && p.batch > 0 && p.min_order > 0, "{}", p.offer_id);
        assert!(!p.skus.is_empty() || p.stock.is_some(), "{} has no stock", p.offer_id);
        assert!(p.skus.len() <= 40 && !p.tiers.is_empty() && p.size_cm.len() == 3, "{}", p.offer_id);
        assert!(c.category(p.category).is_some(), "{}", p.offer_id);
        leaves.insert(p.category);
    }
    assert!(c.len() >= 2000 && leaves.len() >= 60, "{} products in {} categories", c.len(), leaves.len());
    assert_eq!(c.by_offer.len(), c.len(), "offer ids are unique");
    assert_eq!(c.by_login.len(), c.sellers().len(), "login ids are unique");
    assert!(c.categories().iter().filter(|c| c.leaf).all(|c| leaves.contains(&c.id)), "no leaf is empty");
}

#[test]
fn specifications_are_told_apart_by_their_ids_and_by_their_values() {
    let c = Catalogue::embedded();
    let mut ids = HashSet::new();
    for p in c.products() {
        let values: HashSet<Vec<&str>> =
            p.skus.iter().map(|s| s.attributes.iter().map(|a| a.value_zh.as_str()).collect()).collect();
        assert_eq!(values.len(), p.skus.len(), "{}", p.offer_id);
        assert!(p.skus.iter().all(|s| ids.insert(s.sku_id) && !s.attributes.is_empty()), "{}", p.offer_id);
    }
}

#[test]
fn every_product_has_a_title_of_its_own_in_every_language() {
    let c = Catalogue::embedded();
    for language in Language::ALL {
        let mut seen = HashSet::new();
        for p in c.products() {
            let title = p.title_translated(language).unwrap_or_else(|| p.title_zh.clone());
            assert!(title.chars().count() >= 3, "{} {}", p.offer_id, language.code());
            assert!(seen.insert((&p.seller, title.clone())), "{}: {title} twice at {}", language.code(), p.seller);
        }
    }
}

#[test]
fn made_goods_are_told_in_every_language_and_the_others_in_english() {
    let c = Catalogue::embedded();
    for language in Language::ALL.into_iter().filter(|l| *l != Language::Chinese) {
        for p in c.products().skip(c.written().len()) {
            let all = p.attributes.iter().chain(p.skus.iter().flat_map(|s| &s.attributes));
            for a in all {
                assert!(a.name_translated(language).is_some(), "{} {}", a.name_zh, language.code());
                assert!(a.value_translated(language).is_some(), "{} {}", a.value_zh, language.code());
            }
            assert!(p.unit_translated(language).is_some(), "{}", p.unit_zh);
        }
    }
    assert!(c.products().all(|p| p.title_translated(Language::Chinese).is_none()));
}

/// Changes when a table or a rule changes: then say so in the change log, since test data of others goes by it.
#[test]
fn the_catalogue_is_the_same_everywhere() {
    let c = Catalogue::embedded();
    let mut hash = Sha256::new();
    for p in c.products() {
        let skus: Vec<String> =
            p.skus.iter().map(|s| format!("{} {} {} {}", s.sku_id, s.spec_id, s.price_fen.0, s.stock)).collect();
        hash.update(format!("{} {} {} {} {:?} {:?}\n", p.offer_id, p.seller, p.title_zh, p.created, p.tiers, skus));
    }
    assert_eq!(hex::encode(&hash.finalize()[..8]), "bacb04073a9a7207");
}
