//! The steps of the test in their order, and which of them a call chooses.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Format,
    Lints,
    House,
    Deny,
    Tests,
    DocTests,
    Release,
    Story,
    Contract,
    Schemathesis,
    Bench,
}

impl Step {
    /// In the order in which they run: the quick ones first.
    pub const ALL: [Self; 11] = [
        Self::Format,
        Self::Lints,
        Self::House,
        Self::Deny,
        Self::Tests,
        Self::DocTests,
        Self::Release,
        Self::Story,
        Self::Contract,
        Self::Schemathesis,
        Self::Bench,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Lints => "clippy",
            Self::House => "house",
            Self::Deny => "deny",
            Self::Tests => "test",
            Self::DocTests => "doc",
            Self::Release => "release",
            Self::Story => "story",
            Self::Contract => "contract",
            Self::Schemathesis => "schemathesis",
            Self::Bench => "bench",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Format => "the format of the code",
            Self::Lints => "the lints, warnings refused",
            Self::House => "the rules of the house",
            Self::Deny => "licences, crates and sources of what is used",
            Self::Tests => "all tests, on SQLite and PostgreSQL",
            Self::DocTests => "the examples in the documentation",
            Self::Release => "the release build",
            Self::Story => "the story, from the first signed request to the last callback",
            Self::Contract => "the served OpenAPI document against the contract",
            Self::Schemathesis => "requests made up from the served OpenAPI document",
            Self::Bench => "the benchmarks at small scale, goals at half",
        }
    }
}

/// Reads `--only a,b` and `--skip c`; without options all steps but the benchmarks are chosen, which need a machine that does
/// nothing else and run where they are named.
pub fn parse(arguments: &[&str]) -> Result<Vec<Step>, String> {
    let mut chosen = Step::ALL.to_vec();
    if !arguments.iter().any(|argument| argument.starts_with("--only")) {
        chosen.retain(|step| *step != Step::Bench);
    }
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (option, value) = match argument.split_once('=') {
            Some((option, value)) => (option, value),
            None => (*argument, *rest.next().ok_or(format!("{argument} needs the names of steps"))?),
        };
        let named = named(value)?;
        match option {
            "--only" => chosen.retain(|step| named.contains(step)),
            "--skip" => chosen.retain(|step| !named.contains(step)),
            _ => return Err(format!("unknown option {option}; there are --only and --skip")),
        }
    }
    if chosen.is_empty() { Err("no step is left".to_owned()) } else { Ok(chosen) }
}

fn named(names: &str) -> Result<Vec<Step>, String> {
    names.split(',').map(|name| one(name.trim())).collect()
}

fn one(name: &str) -> Result<Step, String> {
    let found = Step::ALL.into_iter().find(|step| step.name() == name);
    found.ok_or_else(|| format!("unknown step `{name}`; the steps are {}", names()))
}

/// All names, separated by commas.
pub fn names() -> String {
    Step::ALL.map(Step::name).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_benchmarks_is_the_default_and_the_order_is_ours() {
        assert_eq!(parse(&[]).unwrap(), Step::ALL[..10]);
        assert_eq!(parse(&["--skip", "story"]).unwrap().len(), 9);
        assert_eq!(parse(&["--only", "bench"]).unwrap(), [Step::Bench]);
        assert_eq!(parse(&["--only", "doc,fmt"]).unwrap(), [Step::Format, Step::DocTests]);
        assert_eq!(parse(&["--only=test,story", "--skip=story"]).unwrap(), [Step::Tests]);
    }

    #[test]
    fn a_misspelt_step_or_option_is_not_ignored() {
        assert!(
            parse(&["--only", "tests"]).unwrap_err().starts_with("unknown step `tests`; the steps are fmt, clippy")
        );
        assert!(parse(&["--skip"]).unwrap_err().contains("needs the names"));
        assert!(parse(&["--but", "fmt"]).unwrap_err().contains("unknown option --but"));
        assert_eq!(parse(&["--only", "fmt", "--skip", "fmt"]).unwrap_err(), "no step is left");
    }
}
