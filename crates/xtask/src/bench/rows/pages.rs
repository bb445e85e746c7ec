//! B6: pages of orders in a big database, and how long the product takes to start on it.

use crate::bench::{
    finding::{Finding, Goal, Series, Unit},
    options::{Options, Row},
    rounds::{self, Contender, Results},
    running::free_address,
    yard::{Yard, text},
};
use std::{fs, path::Path};

const OURS: &str = "Sampan";
const SIZES: [&str; 3] = ["big", "mid", "small"];
const PLACES: [&str; 3] = ["first", "middle", "last"];

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let folder = yard.fresh("orders")?;
    let (path, orders) = (text(&folder)?.to_owned(), options.orders.to_string());
    let filled = yard.tool(&["orders", "--folder", &path, "--orders", &orders])?;
    let seconds = filled["seconds"].as_f64().unwrap_or_default();
    let size = fs::metadata(folder.join("sampan.db")).map_err(|error| error.to_string())?.len();
    println!("{orders} orders in {seconds:.0} s, {:.1} GB", size as f64 / 1e9);
    yard.notes.push(format!("B6: {orders} orders were made in {seconds:.0} s and take {:.1} GB", size as f64 / 1e9));
    let each = options.scaled("0.3", "0.05");
    let results = {
        let yard = &*yard;
        let turn = || yard.tool(&["pages", "--folder", &path, "--orders", &orders, "--seconds", each]);
        rounds::run_fresh(options, vec![Contender::new(OURS, turn)])?
    };
    let mut findings = findings(&results)?;
    findings.push(start(yard, options, &folder)?);
    fs::remove_dir_all(&folder).map_err(|error| format!("cannot remove {path}: {error}"))?;
    Ok(findings)
}

fn findings(results: &Results) -> Result<Vec<Finding>, String> {
    let series = |case: &str, field: &str| results.series(OURS, &format!("{case} {field}"), Unit::Milliseconds);
    let mut findings = Vec::new();
    for (size, filter) in SIZES.iter().flat_map(|size| ["all", "status", "time", "both"].map(|f| (*size, f))) {
        for place in PLACES {
            let work = format!("p99 of the {place} page, {size} developer, {}", in_words(filter));
            let p99 = series(&format!("{size} {filter} {place}"), "p99_ms")?;
            findings.push(Finding::new(Row::B6, work, p99, Goal::AtMost(2.0)));
        }
    }
    for size in SIZES {
        let first = series(&format!("{size} all first"), "p50_ms")?.named("first page");
        let last = series(&format!("{size} all last"), "p50_ms")?;
        let work = format!("p50 of the last page, {size} developer");
        findings.push(Finding::new(Row::B6, work, last, Goal::AtMostTimes(1.5)).against(&first));
    }
    for (place, other, name) in [
        ("middle", "naive middle", "COUNT and OFFSET, alone"),
        ("last", "naive last", "COUNT and OFFSET, alone"),
        ("middle", "keyset", "page after a known row, alone"),
    ] {
        let ours = series(&format!("big all {place}"), "p50_ms")?;
        let other = series(other, "p50_ms")?.named(name);
        findings.push(
            Finding::new(Row::B6, format!("p50 of the {place} page, big developer"), ours, Goal::None).against(&other),
        );
    }
    Ok(findings)
}

fn in_words(filter: &str) -> &'static str {
    match filter {
        "status" => "by state",
        "time" => "by period",
        "both" => "by state and period",
        _ => "all orders",
    }
}

/// The first start makes the test developer; what is measured are the starts after it.
fn start(yard: &mut Yard, options: &Options, folder: &Path) -> Result<Finding, String> {
    let mut times = Vec::new();
    for turn in 0..=options.runs {
        let address = free_address()?;
        let log = yard.fresh("start")?.join("log");
        let key = folder.join("test-developer.json");
        let mut words = vec!["start", "--at", &address, "--key", text(&key)?, "--log", text(&log)?, "--"];
        words.extend([text(&yard.sampan)?, "serve", "--listen", &address, "--data", text(folder)?]);
        let took = yard.tool(&words)?;
        if turn > 0 {
            times.extend(took["start_ms"].as_f64());
        }
    }
    let goal = Goal::AtMost(150.0);
    let work = "exec to first signed 200, database of B6";
    Ok(Finding::new(Row::B7, work, Series::new(OURS, Unit::Milliseconds, times), goal))
}
