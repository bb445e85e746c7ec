//! The vocabulary of goods, with every word in every language, read once from `data/goods/words.txt`.
//!
//! A product names words instead of carrying texts, so a translation is written once however many goods use it. Rejected:
//! texts a product in 13 languages, which is megabytes of machine noise that nobody can check.

use super::language::{COLUMNS, Language};
use std::{collections::HashMap, sync::LazyLock};

/// What a word is said about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Material,
    Style,
    Feature,
    Audience,
    Season,
    Colour,
    /// The name of an attribute.
    Name,
    /// A value of an attribute that is none of the above.
    Value,
    Unit,
    /// What goods are called.
    Kind,
}

impl Role {
    const ALL: [Self; 10] = [
        Self::Material,
        Self::Style,
        Self::Feature,
        Self::Audience,
        Self::Season,
        Self::Colour,
        Self::Name,
        Self::Value,
        Self::Unit,
        Self::Kind,
    ];

    /// Its heading in the file.
    const fn heading(self) -> &'static str {
        match self {
            Self::Material => "[material]",
            Self::Style => "[style]",
            Self::Feature => "[feature]",
            Self::Audience => "[audience]",
            Self::Season => "[season]",
            Self::Colour => "[colour]",
            Self::Name => "[name]",
            Self::Value => "[value]",
            Self::Unit => "[unit]",
            Self::Kind => "[kind]",
        }
    }
}

/// A word in all languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub role: Role,
    cells: [&'static str; COLUMNS],
}

impl Word {
    fn cell(&self, language: Language) -> &'static str {
        self.cells[language.column()]
    }

    /// The word as it stands alone.
    pub fn text(&self, language: Language) -> &'static str {
        let said = self.cell(language).split(';').next().unwrap_or_default();
        said.split('/').next().unwrap_or_default()
    }

    /// The word as it stands in a title, e.g. in the case that its preposition asks for.
    pub fn in_title(&self, language: Language) -> &'static str {
        let said = self.cell(language).split(';').next().unwrap_or_default();
        said.rsplit('/').next().unwrap_or_default()
    }

    /// The word and the other words that people search for when they mean it.
    pub fn searched(&self, language: Language) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(language).split([';', '/'])
    }
}

/// All words, found by their English or Chinese.
#[derive(Debug)]
pub struct Words {
    all: Vec<Word>,
    by_text: HashMap<(Role, &'static str), usize>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::read(include_str!("../../data/goods/words.txt")).expect("the embedded words are read by a test")
});

/// The vocabulary of the binary.
pub fn words() -> &'static Words {
    &WORDS
}

impl Words {
    fn read(text: &'static str) -> Option<Self> {
        let (mut all, mut by_text, mut role) = (Vec::new(), HashMap::new(), None);
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if line.starts_with('[') {
                role = Role::ALL.into_iter().find(|r| r.heading() == line);
                continue;
            }
            let word = Word { role: role?, cells: cells(line)? };
            by_text.insert((word.role, word.text(Language::Chinese)), all.len());
            by_text.insert((word.role, word.text(Language::English)), all.len());
            all.push(word);
        }
        Some(Self { all, by_text })
    }

    pub fn all(&self) -> &[Word] {
        &self.all
    }

    /// The word of a role by its Chinese or English text.
    pub fn find(&self, role: Role, text: &str) -> Option<&Word> {
        self.by_text.get(&(role, text)).map(|i| &self.all[*i])
    }

    /// A value of an attribute in another language: word by word where there are several. Numbers and Latin letters
    /// are the same everywhere. `None` for Chinese and where a word has no translation.
    pub fn value(&self, chinese: &str, language: Language) -> Option<String> {
        let part = |part: &str| {
            let neutral = part.is_ascii().then_some(part);
            neutral.map(str::to_owned).or_else(|| self.word_of_value(part).map(|w| w.text(language).to_owned()))
        };
        let parts = chinese.split('，').map(part).collect::<Option<Vec<_>>>();
        parts.filter(|_| language != Language::Chinese).map(|p| p.join(", "))
    }

    fn word_of_value(&self, chinese: &str) -> Option<&Word> {
        let roles =
            [Role::Colour, Role::Material, Role::Feature, Role::Style, Role::Audience, Role::Season, Role::Value];
        roles.into_iter().find_map(|role| self.find(role, chinese))
    }

    /// The translation of a word by its Chinese; `None` for Chinese itself.
    pub fn translated(&self, role: Role, chinese: &str, language: Language) -> Option<&'static str> {
        self.find(role, chinese).filter(|_| language != Language::Chinese).map(|w| w.text(language))
    }
}

/// The cells of a row, one a language.
pub(super) fn cells(line: &'static str) -> Option<[&'static str; COLUMNS]> {
    line.split('|').map(str::trim).collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_every_language() {
        for word in words().all() {
            for language in Language::ALL {
                assert!(word.searched(language).all(|t| !t.is_empty()), "{word:?} {}", language.code());
            }
        }
    }

    #[test]
    fn no_word_of_a_role_is_written_twice() {
        let count: usize = words().all().len();
        let distinct: std::collections::HashSet<_> =
            words().all().iter().map(|w| (w.role, w.text(Language::Chinese))).collect();
        assert_eq!(count, distinct.len());
    }

    #[test]
    fn values_are_translated_word_by_word() {
        let value = |text, language| words().value(text, language);
        assert_eq!(value("黑色", Language::French).as_deref(), Some("noir"));
        assert_eq!(value("透气，宽松", Language::English).as_deref(), Some("breathable, loose fit"));
        assert_eq!(value("500ml", Language::Thai).as_deref(), Some("500ml"));
        assert_eq!(value("黑色【328】DLN", Language::Thai), None);
        assert_eq!(value("黑色", Language::Chinese), None);
    }
}
