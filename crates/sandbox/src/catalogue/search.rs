//! Finding products by a keyword: in Chinese, in English and in the language that the caller reads.
//!
//! What is searched is the vocabulary, not the texts: a few hundred words, category names and titles written by hand are
//! compared with the keyword, and what they are said of is found. So two thousand products in thirteen languages are
//! searched in under a millisecond with less than two megabytes, ready with the first search, and a word that was translated once
//! is found everywhere. Rejected: a full-text index (tantivy with jieba) over 29,000 titles, which are made of these very
//! words: 110 more crates to build, 5 MB of dictionary in the binary, and an index to keep in step. Stems are Snowball's
//! (frostem), normal forms are Unicode's. Text without spaces is cut at the longest words that the vocabulary knows.
//!
//! Every word must fit; only when no product has them all, half of them are enough, and pairs of characters of unknown
//! words.

mod phrase;
mod query;
mod text;

use super::{Catalogue, Category, Product, category, language::Language, made, words::words};
use phrase::Phrase;
use query::Query;
use std::collections::HashMap;

/// How much a hit counts, by what was hit.
mod weight {
    /// What goods are called.
    pub const KIND: u32 = 20;
    /// A title that was written by hand.
    pub const TITLE: u32 = 10;
    /// A word that is said of the goods.
    pub const SAID: u32 = 8;
    pub const CATEGORY: u32 = 6;
    /// A value of an attribute.
    pub const VALUE: u32 = 2;
    /// Added where the whole keyword is one of the names.
    pub const WHOLE: u32 = 100;
}

/// What can be searched: phrases, and which products they are said of.
#[derive(Debug)]
pub struct Index {
    phrases: Vec<Phrase>,
    /// For each product in its place: phrases with the weight of a hit.
    said: Vec<Vec<(u16, u32)>>,
    /// All phrases that text without spaces is cut at.
    known: HashMap<Language, text::Known>,
}

struct Builder<'a> {
    catalogue: &'a Catalogue,
    phrases: Vec<Phrase>,
    words: HashMap<*const super::words::Word, u16>,
    categories: HashMap<i64, u16>,
}

impl Index {
    fn of(catalogue: &Catalogue) -> Self {
        let mut builder = Builder { catalogue, phrases: Vec::new(), words: HashMap::new(), categories: HashMap::new() };
        builder.vocabulary();
        let written: Vec<_> = catalogue.written().iter().map(|p| builder.written(p)).collect();
        let made = (0..made::count()).map(|number| builder.made(number));
        let said = written.into_iter().chain(made).collect();
        let phrases = builder.phrases;
        let known = Language::ALL.into_iter().map(|l| (l, text::Known::of(&phrases, l))).collect();
        Self { phrases, said, known }
    }
}

impl Builder<'_> {
    fn add(&mut self, phrase: Phrase) -> u16 {
        self.phrases.push(phrase);
        u16::try_from(self.phrases.len() - 1).unwrap_or(u16::MAX)
    }

    fn vocabulary(&mut self) {
        for word in words().all() {
            let place = self.add(Phrase::of(|language| word.searched(language).map(str::to_owned).collect()));
            self.words.insert(word, place);
        }
        for category in self.catalogue.categories() {
            let place = self.add(Phrase::of(|language| vec![category.name(language).to_owned()]));
            self.categories.insert(category.id, place);
        }
    }

    fn goods(&self, goods: &super::goods::Goods, said: u32) -> Vec<(u16, u32)> {
        let kind = self.words.get(&std::ptr::from_ref(goods.kind)).map(|place| (*place, weight::KIND));
        let rest = goods.said().filter_map(|w| Some((*self.words.get(&std::ptr::from_ref(w))?, said)));
        kind.into_iter().chain(rest).collect()
    }

    fn path(&self, category: i64) -> Vec<(u16, u32)> {
        let path: Vec<&Category> = category::path(self.catalogue.categories(), category);
        path.iter().filter_map(|c| Some((*self.categories.get(&c.id)?, weight::CATEGORY))).collect()
    }

    fn made(&self, number: usize) -> Vec<(u16, u32)> {
        let goods = made::goods(number);
        [self.goods(&goods, weight::SAID), self.colours(number), self.path(made::kind(number).category)].concat()
    }

    fn colours(&self, number: usize) -> Vec<(u16, u32)> {
        let colours = made::offer_id(number).map(|id| made::colours(number, id)).unwrap_or_default();
        colours.iter().filter_map(|w| Some((*self.words.get(&std::ptr::from_ref(*w))?, weight::VALUE))).collect()
    }

    /// A product written by hand is found by its own texts as well.
    fn written(&mut self, product: &Product) -> Vec<(u16, u32)> {
        let own = product.attributes.iter().chain(product.skus.iter().flat_map(|s| &s.attributes));
        let mut values: Vec<(&str, &str)> = own.map(|a| (a.value_zh.as_str(), a.value_en.as_str())).collect();
        values.sort_unstable();
        values.dedup();
        let pair = |(zh, en): (&str, &str)| Phrase::written(&[zh], &[en]);
        let mut said = vec![
            (self.add(pair((&product.title_zh, &product.title_en))), weight::TITLE),
            (self.add(Phrase::written(&product.keywords_zh, &product.keywords_en)), weight::KIND),
        ];
        said.extend(values.into_iter().map(|v| (self.add(pair(v)), weight::VALUE)).collect::<Vec<_>>());
        let goods = product.goods.iter().flat_map(|g| self.goods(g, weight::SAID));
        said.extend(goods.collect::<Vec<_>>());
        said.extend(self.path(product.category));
        said
    }
}

impl Catalogue {
    /// Makes ready what a search needs. Done by the first search, if nobody asked before.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    pub fn is_indexed(&self) -> bool {
        self.index.get().is_some()
    }

    /// Products that fit the keyword in Chinese or English, best first: by fit, then by sales, then by id. An empty
    /// keyword fits nothing.
    pub fn find(&self, keyword: &str) -> Vec<&Product> {
        self.find_in(keyword, Language::English)
    }

    /// As [`Catalogue::find`], for a keyword in Chinese, English or this language.
    pub fn find_in(&self, keyword: &str, language: Language) -> Vec<&Product> {
        let index = self.index();
        let query = Query::of(keyword, language, &index.known);
        let strict = self.rank(&query, query.len(), phrase::Reading::Strict);
        let hits =
            if strict.is_empty() { self.rank(&query, query.len().div_ceil(2), phrase::Reading::Loose) } else { strict };
        let mut found: Vec<(u32, &Product)> =
            hits.into_iter().filter_map(|(score, place)| Some((score, self.at(place)?))).collect();
        found.sort_by_key(|(score, p)| (std::cmp::Reverse((*score, p.month_sold)), p.offer_id));
        found.into_iter().map(|(_, p)| p).collect()
    }

    /// Places of products that at least `at_least` words of the query fit, with their scores.
    fn rank(&self, query: &Query, at_least: usize, reading: phrase::Reading) -> Vec<(u32, usize)> {
        let index = self.index();
        if query.len() == 0 {
            return Vec::new();
        }
        // How well each word of the query fits each phrase; then each product takes the best of its own.
        let fits: Vec<Vec<u32>> =
            query.words().iter().map(|w| index.phrases.iter().map(|p| p.closeness(w, reading)).collect()).collect();
        let whole: Vec<bool> = index.phrases.iter().map(|p| p.is_said_by(query.words())).collect();
        let score = |said: &[(u16, u32)]| {
            let best =
                |fit: &Vec<u32>| said.iter().map(|(at, weight)| fit[usize::from(*at)] * weight).max().unwrap_or(0);
            let scores: Vec<u32> = fits.iter().map(best).filter(|s| *s > 0).collect();
            let named = said.iter().any(|(at, _)| whole[usize::from(*at)]);
            (scores.len() >= at_least).then(|| scores.iter().sum::<u32>() + if named { weight::WHOLE } else { 0 })
        };
        index.said.iter().enumerate().filter_map(|(place, said)| Some((score(said)?, place))).collect()
    }
}

#[cfg(test)]
mod tests;
