//! The languages that goods are told in: those that the marketplace lists for its `country` and `language` parameters.

/// A language of the catalogue. Its number is the column of its words in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Chinese,
    English,
    Russian,
    Vietnamese,
    Japanese,
    Korean,
    French,
    Portuguese,
    Spanish,
    Thai,
    Indonesian,
    Arabic,
    Uzbek,
}

/// How many columns a table of words has.
pub const COLUMNS: usize = Language::ALL.len();

impl Language {
    /// In the order of the columns.
    pub const ALL: [Self; 13] = [
        Self::Chinese,
        Self::English,
        Self::Russian,
        Self::Vietnamese,
        Self::Japanese,
        Self::Korean,
        Self::French,
        Self::Portuguese,
        Self::Spanish,
        Self::Thai,
        Self::Indonesian,
        Self::Arabic,
        Self::Uzbek,
    ];

    /// The code that callers send. `cn` is Chinese, in which the goods are written: nothing of it is a translation.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "cn",
            Self::English => "en",
            Self::Russian => "ru",
            Self::Vietnamese => "vi",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::French => "fr",
            Self::Portuguese => "pt",
            Self::Spanish => "es",
            Self::Thai => "th",
            Self::Indonesian => "id",
            Self::Arabic => "ar",
            Self::Uzbek => "uz",
        }
    }

    /// Reads a code; `None` for one that the catalogue does not speak.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    pub(crate) const fn column(self) -> usize {
        self as usize
    }
}
