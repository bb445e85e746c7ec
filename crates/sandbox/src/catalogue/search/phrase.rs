//! A phrase that can be hit: a word of the vocabulary, a category or a text written by hand, in its languages.

use super::text::{fold, runs, runs_on, stem};
use crate::catalogue::language::Language;

/// How strictly a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Strict,
    /// Pairs of characters count where the word as a whole is nowhere.
    Loose,
}

#[derive(Debug)]
pub struct Phrase {
    forms: Vec<(Language, Vec<Form>)>,
}

/// A text of a phrase in one language.
#[derive(Debug)]
struct Form {
    folded: String,
    stems: Vec<String>,
}

/// A word of a keyword, as it is compared with phrases.
#[derive(Debug)]
pub struct Asked {
    /// Folded.
    pub text: String,
    /// The languages that it may be of, with its stem in each.
    pub stems: Vec<(Language, String)>,
}

impl Form {
    fn new(text: &str, language: Language) -> Self {
        let folded = fold(text);
        let words = runs(&folded).into_iter().filter(|run| !run.starts_with(runs_on));
        let stems = words.map(|w| stem(w, language)).collect();
        Self { folded, stems }
    }
}

impl Phrase {
    /// Of texts in every language.
    pub fn of(texts: impl Fn(Language) -> Vec<String>) -> Self {
        let forms = |language| texts(language).iter().map(|t| Form::new(t, language)).collect();
        Self { forms: Language::ALL.into_iter().map(|l| (l, forms(l))).collect() }
    }

    /// Of texts in Chinese and English.
    pub fn written<T: AsRef<str>>(zh: &[T], en: &[T]) -> Self {
        let forms = |texts: &[T], language| (language, texts.iter().map(|t| Form::new(t.as_ref(), language)).collect());
        Self { forms: vec![forms(zh, Language::Chinese), forms(en, Language::English)] }
    }

    /// Its texts in a language, folded.
    pub fn texts(&self, language: Language) -> impl Iterator<Item = &str> {
        self.of_language(language).iter().map(|f| f.folded.as_str())
    }

    fn of_language(&self, language: Language) -> &[Form] {
        self.forms.iter().find(|(l, _)| *l == language).map_or(&[], |(_, forms)| forms)
    }

    /// Whether the words, taken together, are one of its texts: `portable chargers` are a word for power banks.
    pub fn is_said_by(&self, words: &[Asked]) -> bool {
        let stem_of =
            |asked: &Asked, language| asked.stems.iter().find(|(l, _)| *l == language).map(|(_, stem)| stem.clone());
        self.forms.iter().any(|(language, forms)| {
            let asked: Option<Vec<String>> = words.iter().map(|w| stem_of(w, *language)).collect();
            words.len() > 1 && asked.is_some_and(|stems| forms.iter().any(|form| form.stems == stems && !has_run(form)))
        })
    }

    /// 4 the phrase is the word, 3 it is another word for it, 2 holds it, 1 has a word that begins so; 0 does not fit.
    pub fn closeness(&self, asked: &Asked, reading: Reading) -> u32 {
        let fits = |(language, stem): &(Language, String)| {
            let each = self.of_language(*language).iter().enumerate();
            each.map(|(place, form)| closeness(form, place, asked, stem, reading)).max().unwrap_or(0)
        };
        asked.stems.iter().map(fits).max().unwrap_or(0)
    }
}

fn closeness(form: &Form, place: usize, asked: &Asked, stem: &str, reading: Reading) -> u32 {
    let whole = form.folded == asked.text || (form.stems.len() == 1 && form.stems[0] == stem && !has_run(form));
    if whole {
        return if place == 0 { 4 } else { 3 };
    }
    if asked.text.starts_with(runs_on) {
        let loose = || u32::from(reading == Reading::Loose && shares_pairs(form, &asked.text));
        return if form.folded.contains(&asked.text) { 2 } else { loose() };
    }
    if form.stems.iter().any(|s| s == stem) {
        return 2;
    }
    u32::from(stem.chars().count() >= 4 && form.stems.iter().any(|s| s.starts_with(stem)))
}

fn has_run(form: &Form) -> bool {
    form.folded.contains(runs_on)
}

/// Whether at least a third of the neighbouring characters of `word` are here; both characters, for a pair.
fn shares_pairs(form: &Form, word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() <= 2 {
        return chars.iter().all(|c| form.folded.contains(*c));
    }
    let pairs = chars.windows(2).filter(|pair| form.folded.contains(&pair.iter().collect::<String>()));
    3 * pairs.count() >= chars.len() - 1
}
