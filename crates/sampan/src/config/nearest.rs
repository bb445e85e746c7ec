//! What somebody meant who wrote a key that does not exist. The known keys are taken from the refusal itself, which lists
//! them, so that they cannot fall behind.

/// Letters that may differ.
const SLIPS: usize = 3;

/// The refusal of an unknown key, with the one that was meant where it is near enough.
pub fn with_hint(refusal: &str) -> String {
    match hint(refusal) {
        Some(meant) => format!("{refusal}; did you mean {meant}?"),
        None => refusal.to_owned(),
    }
}

fn hint(refusal: &str) -> Option<String> {
    let (_, told) = refusal.split_once("unknown field ")?;
    let mut names = told.split('`').skip(1).step_by(2);
    let unknown = names.next()?;
    // Behind the list the place is named, which is no candidate.
    let (_, expected) = told.split_once("expected ")?;
    let expected = expected.split(" for key").next()?;
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let of_section = known.iter().find_map(|name| Some((*name, unknown.strip_prefix(*name)?.strip_prefix('_')?)));
    if let Some((section, key)) = of_section {
        let variable = format!("{section}__{key}").to_uppercase();
        return Some(format!("`{section}.{key}` (as a variable SAMPAN_{variable})"));
    }
    let near = known.into_iter().map(|name| (distance(unknown, name), name)).min()?;
    (near.0 <= SLIPS && near.0 < unknown.len()).then(|| format!("`{}`", near.1))
}

/// Letters to put in, take out or change (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, known) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *known);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (one, other, letters) in [("", "ab", 2), ("listen", "listen", 0), ("lisen", "listen", 1), ("abc", "bca", 2)]
        {
            assert_eq!((distance(one, other), distance(other, one)), (letters, letters));
        }
    }

    #[test]
    fn what_is_far_from_everything_gets_no_hint() {
        assert_eq!(
            with_hint("unknown field `colour`, expected `listen` or `data`"),
            "unknown field `colour`, expected `listen` or `data`"
        );
        assert_eq!(with_hint("missing field `app_key`"), "missing field `app_key`");
    }
}
