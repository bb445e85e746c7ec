//! B3 and B4: callbacks to healthy receivers, and beside receivers that are not.

use crate::bench::{
    finding::{Finding, Goal, Unit},
    options::{Options, Row},
    rounds::{self, Contender, Results},
    yard::{Storage, Yard, text},
};
use serde_json::Value;
use std::{cell::RefCell, path::Path};

const LIMIT: &str = "bare outbox";
/// Events a second, and the most that a time may be at the ninety-ninth percentile.
const PACES: [(&str, f64); 2] = [("300", 10.0), ("1000", 25.0)];

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let yard = RefCell::new(yard);
    let (many, few) = (options.scaled("20000", "4000"), options.scaled("2000", "1000"));
    let mut contenders = Vec::new();
    let storages = yard.borrow().storages();
    for storage in &storages {
        let storage = *storage;
        let drained = |name: &str, endpoints: &'static str, messages: &'static str| {
            let yard = &yard;
            Contender::new(format!("{name}, {}", storage.name()), move || {
                let words = ["--endpoints", endpoints, "--messages", messages];
                backlog(&mut yard.borrow_mut(), storage, &words)
            })
        };
        contenders.push(drained("1 endpoint", "1", many));
        contenders.push(drained("10 endpoints", "10", few));
    }
    contenders.push(Contender::new(LIMIT, || bare_backlog(&mut yard.borrow_mut(), many)));
    for storage in &storages {
        contenders.extend(PACES.map(|(rate, _)| pace(&yard, *storage, rate, options.scaled("5", "2"))));
    }
    let results = rounds::run_fresh(options, contenders)?;
    findings(&storages, &results)
}

fn pace<'a>(
    yard: &'a RefCell<&mut Yard>,
    storage: Storage,
    rate: &'static str,
    seconds: &'static str,
) -> Contender<'a> {
    Contender::new(format!("{rate}/s, {}", storage.name()), move || {
        paced(&mut yard.borrow_mut(), storage, &["--rate", rate, "--seconds", seconds])
    })
}

fn findings(storages: &[Storage], results: &Results) -> Result<Vec<Finding>, String> {
    let limit = results.rate(LIMIT)?;
    let mut findings = Vec::new();
    for storage in storages {
        let storage = storage.name();
        // The goals are those of the embedded profile; the other is told beside it.
        let goal = |goal| if storage == Storage::Sqlite.name() { goal } else { Goal::None };
        let ours = results.rate(&format!("1 endpoint, {storage}"))?;
        let work = format!("messages to 1 endpoint, {storage}");
        findings.push(Finding::new(Row::B3, work, ours, goal(Goal::AtLeast(10_000.0))).against(&limit));
        let ours = results.rate(&format!("10 endpoints, {storage}"))?;
        let work = format!("messages to 10 endpoints, {storage}");
        findings.push(Finding::new(Row::B3, work, ours, goal(Goal::AtLeast(10_000.0))).against(&limit));
        for (rate, most) in PACES {
            let ours = results.p99(&format!("{rate}/s, {storage}"))?;
            let work = format!("p99 from event to receiver at {rate}/s, {storage}");
            findings.push(Finding::new(Row::B3, work, ours, goal(Goal::AtMost(most))));
        }
    }
    Ok(findings)
}

/// B4: the same to ten endpoints, all healthy and with two that are not.
pub fn measure_neighbours(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let yard = RefCell::new(yard);
    let messages = options.scaled("20000", "4000");
    let seconds = options.scaled("5", "2");
    let sick = ["--silent", "1", "--failing", "1"];
    let well: [&str; 0] = [];
    let drained = |name: &'static str, receivers: Vec<&'static str>| {
        let yard = &yard;
        Contender::new(name, move || {
            let words = [&["--endpoints", "10", "--messages", messages][..], &receivers].concat();
            backlog(&mut yard.borrow_mut(), Storage::Sqlite, &words)
        })
    };
    let paced_beside = |name: &'static str, receivers: Vec<&'static str>| {
        let yard = &yard;
        Contender::new(name, move || {
            let words = [&["--endpoints", "10", "--rate", "300", "--seconds", seconds][..], &receivers].concat();
            paced(&mut yard.borrow_mut(), Storage::Sqlite, &words)
        })
    };
    let results = rounds::run_fresh(
        options,
        vec![
            drained("10 healthy", well.to_vec()),
            drained("8 of 10 healthy", sick.to_vec()),
            paced_beside("10 healthy, paced", well.to_vec()),
            paced_beside("8 of 10 healthy, paced", sick.to_vec()),
        ],
    )?;
    neighbour_findings(&results)
}

fn neighbour_findings(results: &Results) -> Result<Vec<Finding>, String> {
    // Of one endpoint: two receivers that take nothing leave more of the machine to the others.
    let rate = results.rate("8 of 10 healthy")?.scaled(1.0 / 8.0);
    let undisturbed = results.rate("10 healthy")?.scaled(1.0 / 10.0);
    let p99 = results.p99("8 of 10 healthy, paced")?;
    let memory = |name| results.series(name, "memory_last_kib", Unit::Megabytes).map(|kib| kib.scaled(1.0 / 1024.0));
    let (sick, well) = (memory("8 of 10 healthy")?, memory("10 healthy")?);
    Ok(vec![
        Finding::new(Row::B4, "rate of a healthy endpoint, SQLite", rate, Goal::AtLeastTimes(0.95))
            .against(&undisturbed),
        Finding::new(Row::B4, "p99 of the healthy at 300/s, SQLite", p99, Goal::AtMostTimes(2.0))
            .against(&results.p99("10 healthy, paced")?),
        Finding::new(Row::B4, "memory at the end, SQLite", sick, Goal::AtMostTimes(1.25)).against(&well),
    ])
}

fn backlog(yard: &mut Yard, storage: Storage, words: &[&str]) -> Result<Value, String> {
    let folder = yard.fresh("backlog")?;
    let database = yard.database(storage)?;
    let program = yard.sampan.clone();
    tool(yard, "backlog", &folder, database.as_deref(), &[&["--program", text(&program)?], words].concat())
}

fn bare_backlog(yard: &mut Yard, messages: &str) -> Result<Value, String> {
    let folder = yard.fresh("outbox")?;
    let program = yard.bare.clone();
    tool(yard, "backlog", &folder, None, &["--bare", "--program", text(&program)?, "--messages", messages])
}

fn paced(yard: &mut Yard, storage: Storage, words: &[&str]) -> Result<Value, String> {
    let folder = yard.fresh("paced")?;
    let database = yard.database(storage)?;
    tool(yard, "paced", &folder, database.as_deref(), words)
}

/// The folder is of no use afterwards, and a run makes many.
fn tool(yard: &Yard, name: &str, folder: &Path, database: Option<&str>, words: &[&str]) -> Result<Value, String> {
    let mut all = vec![name, "--folder", text(folder)?];
    all.extend(database.into_iter().flat_map(|url| ["--database", url]));
    all.extend(words);
    let result = yard.tool(&all)?;
    std::fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
    Ok(result)
}
