//! `docs/BENCHMARKS.md`, written whole from what was measured.

use super::{
    finding::Finding,
    machine,
    options::{Options, Row},
    yard::Yard,
};
use crate::cargo;
use std::{fs, path::PathBuf};

const OPENING: &str = "\
# Benchmarks

Each row is measured beside a limit: a bare program that does only the unavoidable part of the work. The ratio to it can be
taken on any machine, the rates cannot. All contenders of a row run in the same run on the same machine and take turns
(A B A B) after a warm-up turn each; numbers are medians, with the smallest and largest beside them. The load comes from the
same cores. One error or wrong body fails the run. Durable writes go to a real disk: SQLite in WAL mode with
`synchronous=FULL`, PostgreSQL with `fsync` and `synchronous_commit` on.
";

/// Writes the document and answers where it lies.
pub fn write(yard: &mut Yard, options: &Options, findings: &[Finding]) -> Result<PathBuf, String> {
    let machine = machine::describe(yard)?;
    let text = compose(options, &machine, findings, &yard.missing, &yard.notes);
    let path = cargo::root().join("docs/BENCHMARKS.md");
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(path)
}

fn compose(
    options: &Options,
    machine: &[(String, String)],
    findings: &[Finding],
    missing: &[String],
    notes: &[String],
) -> String {
    let mut text = OPENING.to_owned();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("\nMeasured by `{}` with {} runs", options.command, options.runs));
    line(
        options.date.as_ref().map_or("on a day that the caller did not tell.".to_owned(), |date| format!("on {date}.")),
    );
    line("\n## Machine\n".to_owned());
    machine.iter().for_each(|(name, value)| line(format!("- {name}: {value}")));
    line("\n## Goals\n".to_owned());
    line("| row | work | ours | min to max | beside | its median | its min to max | ratio | goal | |".to_owned());
    line("| --- | --- | --: | --- | --- | --: | --- | --: | --- | --- |".to_owned());
    findings.iter().for_each(|finding| line(table_row(finding)));
    line("\n## What each row measures\n".to_owned());
    for row in &options.rows {
        line(format!("- **{} {}.** {}", row.name(), row.title(), row.sentence()));
    }
    let missed = |row: Row| findings.iter().any(|finding| finding.row == row && !finding.is_met(1.0));
    let reasons: Vec<String> = Row::ALL
        .into_iter()
        .filter(|row| missed(*row))
        .filter_map(|row| Some(format!("**{} {}.** {}", row.name(), row.title(), row.held_back()?)))
        .collect();
    for (title, lines) in [("What holds it back", reasons.as_slice()), ("Missing peers", missing), ("Notes", notes)] {
        if !lines.is_empty() {
            line(format!("\n## {title}\n"));
            lines.iter().for_each(|entry| line(format!("- {entry}")));
        }
    }
    text
}

fn table_row(finding: &Finding) -> String {
    let Finding { row, work, ours, against, .. } = finding;
    let (name, median, range) = match against {
        Some(other) => (other.name.as_str(), other.shown(), other.range()),
        None => ("-", "-".to_owned(), "-".to_owned()),
    };
    let ratio = finding.ratio().map_or("-".to_owned(), |ratio| format!("{ratio:.2}"));
    let cells = [
        row.name(),
        work,
        &ours.shown(),
        &ours.range(),
        name,
        &median,
        &range,
        &ratio,
        &finding.goal_in_words(),
        &finding.verdict(),
    ];
    format!("| {} |", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::finding::{Goal, Series, Unit};

    #[test]
    fn a_missed_goal_says_by_how_much_and_a_missing_peer_is_named() {
        let options = Options::parse(&["--only", "B1", "--date", "2026-04-03"]).unwrap();
        let of = |name: &str, values: &[f64]| Series::new(name, Unit::PerSecond, values.to_vec());
        let finding =
            Finding::new(Row::B1, "64 connections", of("ours", &[300.0, 290.0, 310.0]), Goal::AtLeastTimes(0.5))
                .against(&of("bare axum", &[1000.0]));
        let machine = [("cores".to_owned(), "2".to_owned())];
        let text = compose(&options, &machine, &[finding], &["FastAPI: no network".to_owned()], &[]);
        assert!(text.contains(
            "| B1 | 64 connections | 300/s | 290/s to 310/s | bare axum | 1000/s | 1000/s to 1000/s | 0.30 | at least 0.5x | missed: 60 % of it |"
        ));
        assert!(
            text.contains("on 2026-04-03.") && text.contains("- cores: 2") && text.contains("- FastAPI: no network")
        );
        assert!(!text.contains("## Notes"));
    }
}
