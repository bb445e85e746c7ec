//! Contenders that take turns: A B A B, one warm-up turn each that is not counted. So a machine that grows slower or
//! faster in the course of a run does it to all of them.

use super::{
    finding::{Series, Unit},
    options::Options,
};
use serde_json::Value;

/// One that is measured: a name, and a turn that answers what was measured.
pub struct Contender<'a> {
    pub name: String,
    turn: Box<dyn FnMut() -> Result<Value, String> + 'a>,
}

impl<'a> Contender<'a> {
    pub fn new(name: impl Into<String>, turn: impl FnMut() -> Result<Value, String> + 'a) -> Self {
        Self { name: name.into(), turn: Box::new(turn) }
    }
}

/// What each contender's turns brought.
pub struct Results {
    all: Vec<(String, Vec<Value>)>,
}

/// Lets them run in turns. A wrong answer in any turn ends it all.
pub fn run(options: &Options, contenders: Vec<Contender<'_>>) -> Result<Results, String> {
    take_turns(options.runs, true, contenders)
}

/// For contenders that begin with a fresh process each turn: a small run does without the warm-up.
pub fn run_fresh(options: &Options, contenders: Vec<Contender<'_>>) -> Result<Results, String> {
    take_turns(options.runs, !options.small, contenders)
}

fn take_turns(runs: usize, warm_up: bool, mut contenders: Vec<Contender<'_>>) -> Result<Results, String> {
    let mut all: Vec<(String, Vec<Value>)> = contenders.iter().map(|c| (c.name.clone(), Vec::new())).collect();
    for run in usize::from(!warm_up)..=runs {
        for (contender, (name, results)) in contenders.iter_mut().zip(&mut all) {
            let result = (contender.turn)().map_err(|error| format!("{name}: {error}"))?;
            let wrong = result["wrong"].as_u64().unwrap_or(0);
            if wrong > 0 {
                return Err(format!("{name}: {wrong} wrong answers, e.g. {}", result["example"]));
            }
            if run > 0 {
                results.push(result);
            }
        }
    }
    Ok(Results { all })
}

impl Results {
    /// A field of a contender's results over its runs.
    pub fn series(&self, name: &str, field: &str, unit: Unit) -> Result<Series, String> {
        let found = self.all.iter().find(|(known, _)| known == name).ok_or_else(|| format!("no contender {name}"))?;
        let values: Option<Vec<f64>> = found.1.iter().map(|result| result[field].as_f64()).collect();
        let values = values.ok_or_else(|| format!("{name} did not measure {field}"))?;
        Ok(Series::new(name, unit, values))
    }

    pub fn rate(&self, name: &str) -> Result<Series, String> {
        self.series(name, "rate", Unit::PerSecond)
    }

    pub fn p99(&self, name: &str) -> Result<Series, String> {
        self.series(name, "p99_ms", Unit::Milliseconds)
    }

    pub fn has(&self, name: &str) -> bool {
        self.all.iter().any(|(known, _)| known == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::cell::RefCell;

    #[test]
    fn they_take_turns_and_the_first_turn_does_not_count() {
        let order = RefCell::new(String::new());
        let contender = |name: &'static str| {
            let order = &order;
            let mut turn = 0.0;
            Contender::new(name, move || {
                order.borrow_mut().push_str(name);
                turn += 1.0;
                Ok(json!({ "rate": turn }))
            })
        };
        let results = take_turns(2, true, vec![contender("a"), contender("b")]).unwrap();
        assert_eq!(*order.borrow(), "ababab");
        let rate = results.rate("a").unwrap();
        assert_eq!((rate.min(), rate.max()), (2.0, 3.0));
        assert!(results.rate("c").is_err() && results.p99("a").is_err());
        assert_eq!(take_turns(1, false, vec![contender("a")]).unwrap().rate("a").unwrap().median(), 1.0);
    }

    #[test]
    fn one_wrong_answer_fails_the_run() {
        let error = take_turns(1, false, vec![Contender::new("a", || Ok(json!({"wrong": 2, "example": "500"})))])
            .err()
            .unwrap();
        assert_eq!(error, "a: 2 wrong answers, e.g. \"500\"");
    }
}
