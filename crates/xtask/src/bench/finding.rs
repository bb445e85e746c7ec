//! What was found: the runs of ours, what it is compared with, the goal, and whether it is met.

use super::options::Row;
use std::fmt;

/// The same thing measured several times.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub unit: Unit,
    values: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    PerSecond,
    Milliseconds,
    Megabytes,
}

impl Unit {
    pub const fn word(self) -> &'static str {
        match self {
            Self::PerSecond => "/s",
            Self::Milliseconds => " ms",
            Self::Megabytes => " MB",
        }
    }
}

impl Series {
    /// `values`: at least one.
    pub fn new(name: impl Into<String>, unit: Unit, mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self { name: name.into(), unit, values }
    }

    /// The same under another name.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// The same in another unit, or as a share.
    #[must_use]
    pub fn scaled(mut self, factor: f64) -> Self {
        self.values.iter_mut().for_each(|value| *value *= factor);
        self
    }

    /// The middle one; of an even number the mean of the two in the middle.
    pub fn median(&self) -> f64 {
        let n = self.values.len();
        let at = |i: usize| self.values.get(i).copied().unwrap_or(f64::NAN);
        if n % 2 == 1 { at(n / 2) } else { (at((n / 2).wrapping_sub(1)) + at(n / 2)) / 2.0 }
    }

    pub fn min(&self) -> f64 {
        self.values.first().copied().unwrap_or(f64::NAN)
    }

    pub fn max(&self) -> f64 {
        self.values.last().copied().unwrap_or(f64::NAN)
    }

    /// `1234/s` or `1.23 ms`.
    pub fn show(&self, value: f64) -> String {
        let digits = if value >= 100.0 {
            0
        } else if value >= 10.0 {
            1
        } else {
            2
        };
        format!("{value:.digits$}{}", self.unit.word())
    }

    pub fn shown(&self) -> String {
        self.show(self.median())
    }

    pub fn range(&self) -> String {
        format!("{} to {}", self.show(self.min()), self.show(self.max()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// So many times what it is compared with, or more.
    AtLeastTimes(f64),
    /// So many times what it is compared with, or less.
    AtMostTimes(f64),
    AtLeast(f64),
    AtMost(f64),
    /// Told for orientation.
    None,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub row: Row,
    pub work: String,
    pub ours: Series,
    pub against: Option<Series>,
    pub goal: Goal,
}

impl Finding {
    pub fn new(row: Row, work: impl Into<String>, ours: Series, goal: Goal) -> Self {
        Self { row, work: work.into(), ours, against: None, goal }
    }

    #[must_use]
    pub fn against(mut self, other: &Series) -> Self {
        self.against = Some(other.clone());
        self
    }

    /// Ours in terms of what it is compared with.
    pub fn ratio(&self) -> Option<f64> {
        self.against.as_ref().map(|other| self.ours.median() / other.median())
    }

    /// How much of the goal is reached; 1 and more is met. `None` without a goal.
    pub fn reached(&self) -> Option<f64> {
        let ours = self.ours.median();
        match self.goal {
            Goal::AtLeastTimes(times) => Some(self.ratio()? / times),
            Goal::AtMostTimes(times) => Some(times / self.ratio()?),
            Goal::AtLeast(value) => Some(ours / value),
            Goal::AtMost(value) => Some(value / ours),
            Goal::None => None,
        }
    }

    /// Whether so much of the goal is reached as is demanded.
    pub fn is_met(&self, demand: f64) -> bool {
        // A ratio that is not a number is a measurement that failed.
        self.reached().is_none_or(|reached| reached >= demand)
    }

    pub fn goal_in_words(&self) -> String {
        match self.goal {
            Goal::AtLeastTimes(times) => format!("at least {times}x"),
            Goal::AtMostTimes(times) => format!("at most {times}x"),
            Goal::AtLeast(value) => format!("at least {}", self.ours.show(value)),
            Goal::AtMost(value) => format!("at most {}", self.ours.show(value)),
            Goal::None => "-".to_owned(),
        }
    }

    pub fn verdict(&self) -> String {
        match self.reached() {
            None => "-".to_owned(),
            Some(reached) if reached >= 1.0 => "met".to_owned(),
            Some(reached) => format!("missed: {:.0} % of it", reached * 100.0),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, work, ours, .. } = self;
        write!(f, "{} {work}: {} ({})", row.name(), ours.shown(), ours.range())?;
        if let (Some(other), Some(ratio)) = (&self.against, self.ratio()) {
            write!(f, " = {ratio:.2}x {} {}", other.name, other.shown())?;
        }
        write!(f, "; goal {}: {}", self.goal_in_words(), self.verdict())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Series {
        Series::new("x", Unit::PerSecond, values.to_vec())
    }

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        let odd = series(&[3.0, 1.0, 2.0]);
        assert_eq!((odd.median(), odd.min(), odd.max()), (2.0, 1.0, 3.0));
        assert_eq!(series(&[4.0, 1.0, 2.0, 3.0]).median(), 2.5);
        assert_eq!(series(&[1234.4]).shown(), "1234/s");
    }

    #[test]
    fn half_of_a_goal_satisfies_the_small_run_only() {
        let found = |goal| Finding::new(Row::B1, "w", series(&[30.0]), goal).against(&series(&[100.0]));
        for goal in [Goal::AtLeastTimes(0.5), Goal::AtLeast(50.0), Goal::AtMost(18.0), Goal::AtMostTimes(0.18)] {
            let finding = found(goal);
            assert!(finding.is_met(0.5) && !finding.is_met(1.0), "{goal:?}");
            assert_eq!(finding.verdict(), "missed: 60 % of it");
        }
        assert_eq!(found(Goal::AtLeastTimes(0.3)).verdict(), "met");
        assert_eq!(found(Goal::None).verdict(), "-");
    }

    #[test]
    fn nothing_measured_is_not_a_goal_met() {
        let finding = Finding::new(Row::B1, "w", series(&[]), Goal::AtLeast(1.0));
        assert!(!finding.is_met(0.5));
    }
}
