//! How long the source files are: most can be read without scrolling much.

/// A file of more lines is a long one.
const LONG: usize = 150;
/// So many of ten may be long.
const MOST_OF_TEN: usize = 3;

/// How many files there are, and how many of them are long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub files: usize,
    pub long: usize,
}

pub fn sizes<'a>(texts: impl Iterator<Item = &'a str>) -> Sizes {
    let lengths: Vec<usize> = texts.map(|text| text.lines().count()).collect();
    Sizes { files: lengths.len(), long: lengths.iter().filter(|lines| **lines > LONG).count() }
}

pub fn findings(sizes: Sizes) -> Vec<String> {
    let Sizes { files, long } = sizes;
    let too_many = long * 10 > files * MOST_OF_TEN;
    let text = format!("{long} of {files} files have more than {LONG} lines; {MOST_OF_TEN} of ten are the most");
    too_many.then_some(text).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_ten_may_be_long() {
        let (long, short) = ("\n".repeat(LONG + 1), "\n".repeat(LONG));
        let mixed = |long_ones: usize| {
            let texts: Vec<&str> = (0..10).map(|at| if at < long_ones { long.as_str() } else { &short }).collect();
            sizes(texts.into_iter())
        };
        assert_eq!(mixed(3), Sizes { files: 10, long: 3 });
        assert!(findings(mixed(3)).is_empty());
        assert_eq!(findings(mixed(4)).len(), 1);
    }
}
