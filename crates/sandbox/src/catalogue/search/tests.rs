//! What people type, and what they must see among the first.

use super::*;

fn titles(keyword: &str) -> Vec<String> {
    Catalogue::embedded().find(keyword).into_iter().map(|p| p.title_zh.clone()).collect()
}

#[test]
fn a_mens_search_shows_nothing_for_women_first() {
    let found = titles("men's shoes");
    assert!(found.len() > 5 && found.iter().take(20).all(|t| !t.contains('女')), "{found:?}");
}

#[test]
fn loose_reading_only_when_nothing_fits() {
    assert!(!titles("男鞋").is_empty());
    assert!(!titles("黑色超薄牛仔长裤").is_empty());
    assert!(titles("qzxwv").is_empty() && titles("  ").is_empty() && titles("龘靐").is_empty());
}
