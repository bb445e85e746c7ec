//! How many tests passed, failed and were skipped, read from what the test runners print.
//!
//! nextest prints one summary; `cargo test` prints a result for each binary. A nextest run shows the results of single
//! tests inside the output of failed ones, so they are read only where no summary is.

use std::{fmt, ops::AddAssign};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// Counts a whole output; `None` if no runner came to its end in it.
pub fn of_output(output: &str) -> Option<Count> {
    let plain = without_colour(output);
    let summary = plain.lines().rev().find_map(nextest_summary);
    summary.or_else(|| {
        let results = plain.lines().filter_map(cargo_test_result);
        results.fold(None, |sum, result| {
            let mut sum = sum.unwrap_or_default();
            sum += result;
            Some(sum)
        })
    })
}

/// `Summary [   1.2s] 9/12 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 3 skipped`
fn nextest_summary(line: &str) -> Option<Count> {
    let line = line.trim_start().strip_prefix("Summary [")?;
    let (_, results) = line.split_once(" run: ")?;
    Some(tally(&without_parentheses(results), ','))
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s`
fn cargo_test_result(line: &str) -> Option<Count> {
    let (_, results) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(tally(results, ';'))
}

fn tally(results: &str, separator: char) -> Count {
    let mut count = Count::default();
    for (number, what) in results.split(separator).filter_map(|result| result.trim().split_once(' ')) {
        let Ok(number) = number.parse::<u64>() else { continue };
        match what.trim() {
            "passed" => count.passed += number,
            "skipped" | "ignored" => count.skipped += number,
            "failed" | "timed out" | "exec failed" => count.failed += number,
            _ => {}
        }
    }
    count
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(keep).collect()
}

/// Takes out the sequences that begin with ESC `[` and end with a letter.
fn without_colour(text: &str) -> String {
    let mut pieces = text.split("\x1b[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).get(1..).unwrap_or_default());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64, skipped: u64) -> Option<Count> {
        Some(Count { passed, failed, skipped })
    }

    #[test]
    fn a_nextest_summary_is_counted() {
        let text = "    PASS [ 0.1s] a\n     Summary [   0.123s] 12 tests run: 12 passed, 0 skipped\n";
        assert_eq!(of_output(text), count(12, 0, 0));
        assert_eq!(of_output("  Summary [ 0.0s] 1 test run: 1 passed (1 slow), 3 skipped"), count(1, 0, 3));
        assert_eq!(of_output("  Summary [ 0.0s] 0 tests run: 0 passed, 0 skipped"), count(0, 0, 0));
    }

    #[test]
    fn all_ways_to_fail_are_failures() {
        let text = "Summary [ 9.0s] 9/12 tests run: 5 passed (1 slow, 1 leaky), 2 failed, 1 exec failed, 1 timed out, 3 skipped";
        assert_eq!(of_output(text), count(5, 4, 3));
    }

    #[test]
    fn colour_does_not_hide_the_summary() {
        let text = "\x1b[31;1m     Summary\x1b[0m [   0.018s] \x1b[1m2\x1b[0m tests run: \x1b[1m1\x1b[0m \x1b[32;1mpassed\x1b[0m, \x1b[1m1\x1b[0m \x1b[31;1mfailed\x1b[0m, \x1b[1m4\x1b[0m \x1b[33;1mskipped\x1b[0m";
        assert_eq!(of_output(text), count(1, 1, 4));
    }

    #[test]
    fn results_inside_a_nextest_failure_are_not_counted_twice() {
        let text = "test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 7 filtered out\n Summary [ 0.1s] 8 tests run: 7 passed, 1 failed, 0 skipped\n";
        assert_eq!(of_output(text), count(7, 1, 0));
    }

    #[test]
    fn the_results_of_cargo_test_are_added_up() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n\
                    test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(of_output(text), count(7, 2, 1));
    }

    #[test]
    fn an_output_without_any_result_is_not_a_success() {
        assert_eq!(of_output("error: could not compile `domain`\n"), None);
    }

    #[test]
    fn the_closing_line_reads_as_promised() {
        let mut sum = Count { passed: 1, failed: 0, skipped: 2 };
        sum += Count { passed: 3, failed: 1, skipped: 0 };
        assert_eq!(sum.to_string(), "4 passed, 1 failed, 2 skipped");
    }
}
