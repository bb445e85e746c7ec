//! What a product is, in words of the vocabulary: its kind and what is said of it. Titles in all languages follow from it.

use super::{kinds::Choices, words::Word};

/// A kind with at most one word of each sort, and its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    pub kind: &'static Word,
    pub material: Option<&'static Word>,
    pub style: Option<&'static Word>,
    pub audience: Option<&'static Word>,
    pub season: Option<&'static Word>,
    pub features: Vec<&'static Word>,
}

impl Goods {
    /// Everything that is said of the goods beside what they are.
    pub fn said(&self) -> impl Iterator<Item = &'static Word> {
        let single = [self.material, self.style, self.audience, self.season];
        single.into_iter().flatten().chain(self.features.iter().copied())
    }

    /// The `number`-th of the combinations that a kind allows; different numbers below [`combinations`] are different
    /// goods. They are taken far apart, so that the first twenty already show every word.
    pub fn of(kind: &'static Word, choices: &Choices, number: usize) -> Self {
        let all = combinations(choices);
        let mut left = number * stride(all) % all;
        let mut take = |list: &[&'static Word]| {
            let place = left % list.len().max(1);
            left /= list.len().max(1);
            list.get(place).copied()
        };
        let material = take(&choices.materials);
        let style = take(&choices.styles);
        let features = [take(&choices.first_features), take(&choices.second_features)];
        let audience = take(&choices.audiences);
        let season = take(&choices.seasons);
        Self { kind, material, style, audience, season, features: features.into_iter().flatten().collect() }
    }
}

/// How many different goods a kind allows.
pub fn combinations(choices: &Choices) -> usize {
    let Choices { materials, styles, first_features, second_features, audiences, seasons } = choices;
    [materials, styles, first_features, second_features, audiences, seasons].iter().map(|l| l.len().max(1)).product()
}

/// About the golden part of `all`, and without a common divisor, so that multiples visit every number once.
fn stride(all: usize) -> usize {
    let golden = all * 618 / 1000;
    (golden..=golden + all).find(|n| *n > 0 && common_divisor(*n, all) == 1).unwrap_or(1)
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
