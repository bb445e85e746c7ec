//! What share of a goal is asked for: all of it in a full run, half of it in the small run that belongs to the tests. Of a
//! goal that `docs/BENCHMARKS.md` confesses to miss, half of what it says was reached: so a test holds what there is.

use super::{finding::Finding, options::Options};
use crate::cargo;
use std::fs;

pub struct Demand {
    share: f64,
    confessed: Vec<Confession>,
}

/// A row of the document that tells of a miss.
#[derive(Debug, PartialEq)]
struct Confession {
    row: String,
    work: String,
    beside: String,
    reached: f64,
}

impl Demand {
    pub fn of(options: &Options) -> Result<Self, String> {
        if !options.small {
            return Ok(Self { share: 1.0, confessed: Vec::new() });
        }
        let path = cargo::root().join("docs/BENCHMARKS.md");
        let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok(Self { share: 0.5, confessed: text.lines().filter_map(confession).collect() })
    }

    pub fn is_met(&self, finding: &Finding) -> bool {
        let beside = finding.against.as_ref().map_or("-", |other| &other.name);
        let told = self.confessed.iter().find(|told| {
            (told.row.as_str(), told.work.as_str(), told.beside.as_str()) == (finding.row.name(), &finding.work, beside)
        });
        finding.is_met(self.share * told.map_or(1.0, |told| told.reached))
    }

    pub fn are_met(&self, findings: &[Finding]) -> bool {
        findings.iter().all(|finding| self.is_met(finding))
    }
}

fn confession(line: &str) -> Option<Confession> {
    let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let (row, work, beside) = (cells.first()?, cells.get(1)?, cells.get(4)?);
    let percent = cells.get(9)?.strip_prefix("missed: ")?.strip_suffix(" % of it")?;
    let reached = percent.parse::<f64>().ok()? / 100.0;
    Some(Confession { row: (*row).to_owned(), work: (*work).to_owned(), beside: (*beside).to_owned(), reached })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::{
        finding::{Goal, Series, Unit},
        options::Row,
    };

    const TABLE: &str = "\
| row | work | ours | min to max | beside | its median | its min to max | ratio | goal | |
| --- | --- | --: | --- | --- | --: | --- | --: | --- | --- |
| B1 | read | 9/s | 9/s to 9/s | bare axum | 9/s | 9/s to 9/s | 0.53 | at least 0.57x | met |
| B2 | write | 9/s | 9/s to 9/s | bare | 90/s | 9/s to 9/s | 0.10 | at least 0.2x | missed: 50 % of it |
";

    fn demand(share: f64) -> Demand {
        Demand { share, confessed: TABLE.lines().filter_map(confession).collect() }
    }

    fn found(row: Row, work: &str, value: f64) -> Finding {
        let series = |name: &str, value: f64| Series::new(name, Unit::PerSecond, vec![value]);
        Finding::new(row, work, series("ours", value), Goal::AtLeastTimes(0.2)).against(&series("bare", 100.0))
    }

    #[test]
    fn half_of_a_goal_is_asked_for_and_half_of_what_was_reached_where_it_is_missed() {
        assert_eq!(demand(0.5).confessed.len(), 1);
        assert!(demand(0.5).is_met(&found(Row::B2, "write", 5.1)));
        assert!(!demand(0.5).is_met(&found(Row::B2, "write", 4.9)));
        assert!(!demand(0.5).is_met(&found(Row::B2, "another", 9.9)));
        assert!(!demand(0.5).are_met(&[found(Row::B2, "another", 10.1), found(Row::B1, "write", 9.9)]));
    }
}
