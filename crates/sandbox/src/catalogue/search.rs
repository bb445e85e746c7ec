//! Finding products by a keyword in Chinese or English.
//!
//! A word is searched by its script: Latin words match whole words (plural or not, or as a beginning), Chinese ones match
//! as text inside text, since nothing separates words there. Every word must match; only when no product has them all,
//! a looser reading is tried (half of the words; pairs of characters). Rejected: a search index crate, for 100 products.

use super::{Catalogue, Category, Product, category};

/// The searchable words of a product, made once.
#[derive(Debug)]
pub struct Text {
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    /// Lower case.
    text: String,
    /// Latin words of `text`, without plural endings.
    words: Vec<String>,
    weight: u32,
}

/// How strictly a keyword is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Strict,
    Loose,
}

impl Field {
    fn new(text: &str, weight: u32) -> Self {
        let text = text.to_lowercase();
        let words = latin_words(&text).map(stem).collect();
        Self { text, words, weight }
    }
}

impl Text {
    pub fn of(product: &Product, categories: &[Category]) -> Self {
        let mut fields = vec![Field::new(&product.title_zh, 10), Field::new(&product.title_en, 10)];
        fields.extend(product.keywords_zh.iter().chain(&product.keywords_en).map(|k| Field::new(k, 20)));
        for c in category::path(categories, product.category) {
            fields.extend([Field::new(&c.zh, 6), Field::new(&c.en, 6)]);
        }
        let own = product.attributes.iter().chain(product.skus.iter().flat_map(|s| &s.attributes));
        fields.extend(own.flat_map(|a| [Field::new(&a.value_zh, 2), Field::new(&a.value_en, 2)]));
        Self { fields }
    }

    /// How well one word of the keyword fits: 0 not at all.
    fn score(&self, word: &str, reading: Reading) -> u32 {
        let near = self.fields.iter().map(|f| f.weight * closeness(f, word)).max().unwrap_or(0);
        if near > 0 || reading == Reading::Strict || word.is_ascii() { near } else { self.pairs(word) }
    }

    /// How many neighbouring characters of `word` are here, if at least a third; for a pair, 1 when both characters are.
    fn pairs(&self, word: &str) -> u32 {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() <= 2 {
            return u32::from(self.fields.iter().any(|f| chars.iter().all(|c| f.text.contains(*c))));
        }
        let pairs = chars.windows(2).map(|pair| pair.iter().collect::<String>());
        let found = pairs.filter(|pair| self.fields.iter().any(|f| f.text.contains(pair))).count();
        if 3 * found >= chars.len() - 1 { found as u32 } else { 0 }
    }
}

/// 3 the field is the word, 2 holds it, 1 has a word that begins so.
fn closeness(field: &Field, word: &str) -> u32 {
    if field.text == word {
        return 3;
    }
    if !word.is_ascii() {
        return if field.text.contains(word) { 2 } else { 0 };
    }
    let wanted = stem(word);
    if field.words.contains(&wanted) {
        return 2;
    }
    u32::from(wanted.len() >= 4 && field.words.iter().any(|w| w.starts_with(&wanted)))
}

fn latin_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w.len() > 1)
}

/// Without the ending of a plural, so that `shoes` finds `shoe` and the other way round.
fn stem(word: &str) -> String {
    let cut = match word {
        w if w.len() > 4 && w.ends_with("ies") => return format!("{}y", &w[..w.len() - 3]),
        w if w.len() > 4 && ["ses", "xes", "shes", "ches"].iter().any(|e| w.ends_with(e)) => &w[..w.len() - 2],
        w if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") => &w[..w.len() - 1],
        w => w,
    };
    cut.strip_suffix('e').filter(|s| s.len() > 2).unwrap_or(cut).to_owned()
}

/// Words that carry no meaning in a search.
const FILLERS: &[&str] = &["a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with", "s"];

fn words(keyword: &str) -> Vec<String> {
    let lower = keyword.to_lowercase();
    let all = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    all.filter(|w| !FILLERS.contains(w)).map(str::to_owned).collect()
}

impl Catalogue {
    /// Products that fit the keyword, best first: by fit, then by sales, then by id. An empty keyword fits nothing.
    pub fn find(&self, keyword: &str) -> Vec<&Product> {
        let words = words(keyword);
        if words.is_empty() {
            return Vec::new();
        }
        let strict = self.rank(&words, words.len(), Reading::Strict);
        if strict.is_empty() { self.rank(&words, words.len().div_ceil(2), Reading::Loose) } else { strict }
    }

    fn rank(&self, words: &[String], at_least: usize, reading: Reading) -> Vec<&Product> {
        let mut hits: Vec<(u32, &Product)> = Vec::new();
        for (product, text) in self.products().iter().zip(self.texts()) {
            let scores: Vec<u32> = words.iter().map(|w| text.score(w, reading)).filter(|s| *s > 0).collect();
            if scores.len() >= at_least {
                hits.push((scores.iter().sum(), product));
            }
        }
        hits.sort_by_key(|(score, p)| (std::cmp::Reverse((*score, p.month_sold)), p.offer_id));
        hits.into_iter().map(|(_, p)| p).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(keyword: &str) -> Vec<String> {
        Catalogue::embedded().find(keyword).into_iter().map(|p| p.title_zh.clone()).collect()
    }

    #[test]
    fn both_languages_find_the_same_thing() {
        for (keyword, part) in [("jeans", "牛仔裤"), ("Jean", "牛仔裤"), ("牛仔裤", "牛仔裤"), ("保温杯", "保温杯")]
        {
            let found = titles(keyword);
            assert!(!found.is_empty() && found[0].contains(part), "{keyword}: {found:?}");
        }
    }

    #[test]
    fn a_mens_search_shows_nothing_for_women_first() {
        assert!(titles("men's shoes").iter().all(|t| !t.contains("女")), "{:?}", titles("men's shoes"));
    }

    #[test]
    fn loose_reading_only_when_nothing_fits() {
        assert!(!titles("男鞋").is_empty());
        assert!(!titles("黑色超薄牛仔长裤").is_empty());
        assert!(titles("qzxwv").is_empty() && titles("  ").is_empty() && titles("龘靐").is_empty());
    }

    #[test]
    fn plurals_meet() {
        for (a, b) in
            [("shoes", "shoe"), ("dresses", "dress"), ("boxes", "box"), ("batteries", "battery"), ("vases", "vase")]
        {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
    }
}
