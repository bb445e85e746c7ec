//! The kinds of goods that products are made of, read once from `data/goods/kinds.txt` and `sizes.txt`.

use super::words::{Role, Word, words};
use std::{collections::HashMap, sync::LazyLock};

/// A kind of goods: what it is called, where it stands, and the words that fit it.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static Word,
    pub category: i64,
    /// A word of [`crate::pictures`].
    pub shape: &'static str,
    pub unit: &'static Word,
    /// Lowest and highest price in yuan.
    pub yuan: (u32, u32),
    pub grams: (u32, u32),
    pub size_cm: Vec<f64>,
    /// What a buyer chooses, in order.
    pub axes: Vec<Axis>,
    pub choices: Choices,
    /// A row of `trades.txt`.
    pub trade: &'static str,
}

/// The words of which each product of a kind takes one. An empty list says nothing.
#[derive(Debug)]
pub struct Choices {
    pub materials: Vec<&'static Word>,
    pub styles: Vec<&'static Word>,
    pub first_features: Vec<&'static Word>,
    pub second_features: Vec<&'static Word>,
    pub audiences: Vec<&'static Word>,
    pub seasons: Vec<&'static Word>,
}

/// One thing that a buyer chooses.
#[derive(Debug, Clone, Copy)]
pub enum Axis {
    Colour,
    Size(&'static Sizes),
}

/// A row of values in rising order.
#[derive(Debug)]
pub struct Sizes {
    pub attribute: &'static Word,
    pub values: Vec<&'static str>,
}

static SIZES: LazyLock<HashMap<&'static str, Sizes>> = LazyLock::new(|| {
    rows(include_str!("../../data/goods/sizes.txt")).map(sizes).collect::<Option<_>>().expect("read by a test")
});

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    rows(include_str!("../../data/goods/kinds.txt")).map(kind).collect::<Option<_>>().expect("read by a test")
});

/// The kinds of the binary.
pub fn kinds() -> &'static [Kind] {
    &KINDS
}

/// The lines of a table without its comments.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn sizes(line: &'static str) -> Option<(&'static str, Sizes)> {
    let [name, attribute, values] = line.split('|').collect::<Vec<_>>().try_into().ok()?;
    let attribute = words().find(Role::Name, attribute)?;
    Some((name, Sizes { attribute, values: values.split(',').collect() }))
}

fn kind(line: &'static str) -> Option<Kind> {
    let cells: [&'static str; 14] = line.split('|').collect::<Vec<_>>().try_into().ok()?;
    let [
        name,
        category,
        shape,
        unit,
        yuan,
        grams,
        size_cm,
        axes,
        materials,
        styles,
        features,
        audiences,
        seasons,
        trade,
    ] = cells;
    let (first, second) = features.split_once('/')?;
    Some(Kind {
        name: words().find(Role::Kind, name)?,
        category: category.parse().ok()?,
        shape,
        unit: words().find(Role::Unit, unit)?,
        yuan: range(yuan)?,
        grams: range(grams)?,
        size_cm: size_cm.split('x').map(|n| n.parse().ok()).collect::<Option<_>>()?,
        axes: axes.split('+').map(axis).collect::<Option<_>>()?,
        choices: Choices {
            materials: list(Role::Material, materials)?,
            styles: list(Role::Style, styles)?,
            first_features: list(Role::Feature, first)?,
            second_features: list(Role::Feature, second)?,
            audiences: list(Role::Audience, audiences)?,
            seasons: list(Role::Season, seasons)?,
        },
        trade,
    })
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (low, high) = text.split_once('-')?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

fn axis(name: &'static str) -> Option<Axis> {
    if name == "colour" { Some(Axis::Colour) } else { SIZES.get(name).map(Axis::Size) }
}

fn list(role: Role, text: &str) -> Option<Vec<&'static Word>> {
    text.split(',').filter(|w| !w.is_empty()).map(|w| words().find(role, w)).collect()
}
