//! Takes what may not be shown out of JSON and leaves every other byte as it came.
//!
//! The text is walked, not read into a tree: numbers keep their digits and fields their order, so that what is left can be
//! compared with what was sent. JSON text inside a text is walked too. What is hidden becomes [`HIDDEN`], or 0 where it was
//! a number, so that the shape stays readable.

mod classes;
mod walk;

pub use classes::{Case, Secrets};

use std::borrow::Cow;
use walk::Walk;

/// Stands where something was taken out.
pub const HIDDEN: &str = "***";

/// What becomes of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Keep,
    Hide,
    /// Only this much of it is kept.
    Cut(String),
}

/// Which values may stay, by the name of their field.
pub trait Rule {
    /// Everything under this name is hidden, whatever it is.
    fn hides(&self, name: &str) -> bool;
    fn text(&self, name: &str, text: &str) -> Verdict;
}

/// The JSON text without what the rule hides; `None` for a text that is no JSON.
pub fn json<'a>(text: &'a str, rule: &dyn Rule) -> Option<Cow<'a, str>> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let mut walk = Walk { text, rule, out: String::new(), copied: 0 };
    walk.value(walk.blank(0), "", false);
    Some(walk.end())
}

/// A text that stands under this name outside of JSON, e.g. a parameter.
pub fn parameter<'a>(name: &str, text: &'a str, rule: &dyn Rule) -> Cow<'a, str> {
    if rule.hides(name) && !text.is_empty() {
        return Cow::Borrowed(HIDDEN);
    }
    if let Some(inner) = inside(text, rule) {
        return inner;
    }
    match rule.text(name, text) {
        Verdict::Keep => Cow::Borrowed(text),
        Verdict::Hide => Cow::Borrowed(HIDDEN),
        Verdict::Cut(part) => Cow::Owned(part),
    }
}

/// A text that holds a JSON object or list.
fn inside<'a>(text: &'a str, rule: &dyn Rule) -> Option<Cow<'a, str>> {
    text.trim_start().starts_with(['{', '[']).then(|| json(text, rule)).flatten()
}
