//! Texts as they are compared: normal forms, words, stems, and the cutting of text that has no spaces.

use super::phrase::Phrase;
use crate::catalogue::language::Language;
use frostem::{Algorithm, Stemmer};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The longest word that text is cut at, in characters.
const LONGEST: usize = 16;

/// Lower case, in one form for each letter, without the accents of Latin letters: `Áo thun` and `ao thun` are the same.
pub fn fold(text: &str) -> String {
    let without = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c) && !is_apostrophe(*c));
    let plain = without.nfc().flat_map(char::to_lowercase);
    plain.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Signs within words of Uzbek and English that people leave out.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2bb}' | '\u{2bc}' | '\u{2018}')
}

/// Whether a character belongs to a script that puts no spaces between words.
pub fn runs_on(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '々')
}

/// Runs of letters and digits of one sort of script: `T恤男` is three characters in two runs.
pub fn runs(folded: &str) -> Vec<&str> {
    let (mut runs, mut start, mut before) = (Vec::new(), 0, None);
    for (at, c) in folded.char_indices() {
        let now = (c.is_alphanumeric() || runs_on(c)).then(|| runs_on(c));
        if now != before {
            runs.extend(before.map(|_| &folded[start..at]));
            (start, before) = (at, now);
        }
    }
    runs.extend(before.map(|_| &folded[start..]));
    runs
}

/// The stem of a folded word; the word itself in a language whose words do not bend, or are not known to.
pub fn stem(word: &str, language: Language) -> String {
    let algorithm = match language {
        Language::English => Algorithm::English,
        Language::Russian => Algorithm::Russian,
        Language::French => Algorithm::French,
        Language::Portuguese => Algorithm::Portuguese,
        Language::Spanish => Algorithm::Spanish,
        Language::Indonesian => Algorithm::Indonesian,
        Language::Arabic => Algorithm::Arabic,
        Language::Chinese
        | Language::Vietnamese
        | Language::Japanese
        | Language::Korean
        | Language::Thai
        | Language::Uzbek => return word.to_owned(),
    };
    Stemmer::new(algorithm).stem(word).into_owned()
}

/// The words of a language that text without spaces is cut at.
#[derive(Debug, Default)]
pub struct Known {
    words: HashSet<String>,
}

impl Known {
    pub fn of(phrases: &[Phrase], language: Language) -> Self {
        let texts = phrases.iter().flat_map(|p| p.texts(language)).filter(|t| t.chars().count() <= LONGEST);
        let whole = texts.flat_map(|t| runs(t)).filter(|run| run.starts_with(runs_on));
        Self { words: whole.map(str::to_owned).collect() }
    }

    /// The longest known word that `text` begins with, in bytes.
    pub fn longest(&self, text: &str) -> Option<usize> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).collect::<Vec<_>>();
        ends.into_iter().rev().find(|end| self.words.contains(&text[..*end]))
    }
}
