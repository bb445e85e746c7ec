//! How much of each crate stands somewhere else as well. A copy is what the copy finders of the trade call one (jscpd's
//! defaults): at least fifty tokens in a row, over at least five lines, exactly the same in another place of the
//! workspace; comments and white space do not count. Names, numbers and texts must be equal too: code of the same shape
//! about other things is no copy, and where it could be one function is for readers to judge.
//!
//! Of both places all lines count. Tests count with their crate: a copied test is read twice like any other code.

use super::tokens::{Token, tokens};
use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

const TOKENS: usize = 50;
const LINES: usize = 5;
/// Odd, so that nothing is lost in 64 bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// Percent of a crate's lines.
pub const MOST: f64 = 10.0;

/// What one crate holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub lines: usize,
    pub copied: usize,
}

impl Share {
    #[expect(clippy::cast_precision_loss, reason = "lines of a crate are far fewer than an f64 tells apart")]
    pub fn percent(self) -> f64 {
        if self.lines == 0 { 0.0 } else { 100.0 * self.copied as f64 / self.lines as f64 }
    }
}

/// The share of each crate; sources are pairs of a crate's name and a file's text.
pub fn shares<'a>(sources: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, Share> {
    let files: Vec<Vec<Token<'_>>> = sources.iter().map(|(_, text)| tokens(text)).collect();
    let copied = copied(&files);
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for (((name, text), tokens), starts) in sources.iter().zip(&files).zip(&copied) {
        let share = shares.entry(name).or_default();
        share.lines += text.lines().count();
        share.copied += lines_of(tokens, starts);
    }
    shares
}

/// Crates with more than [`MOST`].
pub fn findings(shares: &BTreeMap<&str, Share>) -> Vec<String> {
    let above = shares.iter().filter(|(_, share)| share.percent() > MOST);
    above
        .map(|(name, share)| {
            format!("{name}: {:.1} % of its lines stand elsewhere too; {MOST} are the most", share.percent())
        })
        .collect()
}

/// For each file the tokens at which a run begins that stands somewhere else, too.
fn copied(files: &[Vec<Token<'_>>]) -> Vec<Vec<usize>> {
    let mut places: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (file, tokens) in files.iter().enumerate() {
        for (at, sum) in sums(tokens).into_iter().enumerate() {
            places.entry(sum).or_default().push((file, at));
        }
    }
    let mut starts = vec![Vec::new(); files.len()];
    for same in places.values() {
        for (file, at) in same {
            // What repeats within itself is a table, not a copy.
            if same.iter().any(|(other, there)| other != file || there.abs_diff(*at) >= TOKENS) {
                starts[*file].push(*at);
            }
        }
    }
    starts.iter_mut().for_each(|starts| starts.sort_unstable());
    starts
}

/// A number for each run of [`TOKENS`], which equal runs have in common; each is made of the one before it. That other
/// runs have it too is as good as impossible: 64 bits for a million runs.
fn sums(tokens: &[Token<'_>]) -> Vec<u64> {
    let numbers: Vec<u64> = tokens.iter().map(|token| number(token.text)).collect();
    let Some(first) = numbers.get(..TOKENS) else { return Vec::new() };
    let shift = |sum: u64, next: u64| sum.wrapping_mul(BASE).wrapping_add(next);
    let mut sum = first.iter().fold(0, |sum, next| shift(sum, *next));
    let mut sums = vec![sum];
    let oldest = (0..TOKENS).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    for (gone, next) in numbers.iter().zip(&numbers[TOKENS..]) {
        sum = shift(sum, *next).wrapping_sub(gone.wrapping_mul(oldest));
        sums.push(sum);
    }
    sums
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Lines of the runs that begin at these tokens, where a run of runs is long enough.
fn lines_of(tokens: &[Token<'_>], starts: &[usize]) -> usize {
    let runs = starts.chunk_by(|before, after| after - before <= TOKENS);
    let lines = runs.map(|run| tokens[run[run.len() - 1] + TOKENS - 1].line + 1 - tokens[run[0]].line);
    lines.filter(|lines| *lines >= LINES).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty tokens over six lines that begin with a name.
    fn passage(name: &str) -> String {
        (0..6).map(|line| format!("{name} a{line} b c d e f g h ;\n")).collect()
    }

    fn share_of(sources: &[(&str, &str)], name: &str) -> (usize, usize) {
        let share = shares(sources)[name];
        (share.lines, share.copied)
    }

    #[test]
    fn what_stands_in_two_crates_counts_in_both() {
        let (one, other) = (format!("one\n{}", passage("x")), format!("{}two\n// three\n", passage("x")));
        let sources = [("a", one.as_str()), ("b", other.as_str())];
        assert_eq!((share_of(&sources, "a"), share_of(&sources, "b")), ((7, 6), (8, 6)));
        assert_eq!(findings(&shares(&sources)).len(), 2);
    }

    #[test]
    fn other_names_fewer_tokens_and_fewer_lines_are_no_copies() {
        let (x, y) = (passage("x"), passage("y"));
        let few: String = x.lines().take(4).map(|line| format!("{line}\n")).collect();
        let flat = x.replace('\n', " ");
        for (one, other) in [(&x, &y), (&few, &few), (&flat, &flat)] {
            let sources = [("a", one.as_str()), ("b", other.as_str())];
            assert_eq!(share_of(&sources, "a").1, 0, "{one}");
        }
    }

    #[test]
    fn a_table_of_equal_rows_is_no_copy_and_a_passage_twice_in_a_file_is() {
        let table = "Row { a: 1 },\n".repeat(30);
        let inside: String = table.lines().take(12).map(|line| format!("{line}\n")).collect();
        assert_eq!(share_of(&[("a", &inside)], "a").1, 0);
        let twice = format!("{}between\n{}", passage("x"), passage("x"));
        assert_eq!(share_of(&[("a", &twice)], "a"), (13, 12));
    }
}
