//! A keyword as words to look for.

use super::{
    phrase::Asked,
    text::{Known, fold, runs, runs_on, stem},
};
use crate::catalogue::language::Language;
use std::collections::HashMap;

/// Words that carry no meaning in a search.
const FILLERS: &[&str] = &[
    "a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with", "s", "de", "en", "para", "pour", "из", "для",
    "в",
];

#[derive(Debug)]
pub struct Query {
    words: Vec<Asked>,
}

impl Query {
    /// Reads a keyword that may be in Chinese, English or `language`.
    pub fn of(keyword: &str, language: Language, known: &HashMap<Language, Known>) -> Self {
        let mut languages = vec![Language::Chinese, Language::English, language];
        languages.dedup();
        let folded = fold(keyword);
        let own: Vec<&Known> = languages.iter().filter_map(|l| known.get(l)).collect();
        let words =
            runs(&folded).into_iter().flat_map(|run| if run.starts_with(runs_on) { cut(run, &own) } else { vec![run] });
        let asked = |word: &str| Asked {
            text: word.to_owned(),
            stems: languages.iter().map(|l| (*l, stem(word, *l))).collect(),
        };
        Self { words: words.filter(|w| !FILLERS.contains(w)).map(asked).collect() }
    }

    pub fn words(&self) -> &[Asked] {
        &self.words
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// Cuts a run at the longest known words; what lies between them stays together.
fn cut<'a>(run: &'a str, known: &[&Known]) -> Vec<&'a str> {
    let (mut words, mut unknown, mut at) = (Vec::new(), 0, 0);
    while let Some(next) = run[at..].chars().next() {
        match known.iter().filter_map(|k| k.longest(&run[at..])).max() {
            Some(length) => {
                words.extend([&run[unknown..at], &run[at..at + length]]);
                at += length;
                unknown = at;
            }
            None => at += next.len_utf8(),
        }
    }
    words.push(&run[unknown..]);
    words.retain(|w| !w.is_empty());
    words
}
