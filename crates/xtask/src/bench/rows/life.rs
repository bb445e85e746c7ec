//! B8: whole lives of orders, and a jump of the clock over open ones; at the upstream's protocol alone and through the
//! platform.

use super::write;
use crate::bench::{
    finding::{Finding, Goal, Unit},
    options::{Options, Row},
    rounds::{self, Contender, Results},
    yard::{Storage, Yard, text},
};
use serde_json::Value;
use std::{cell::RefCell, fs};

const ALONE: &str = "protocol alone";
const PLATFORM: &str = "through the platform";
const LIMIT: &str = "bare commits";
/// What the embedded marketplace would allow a real app is not what is measured.
const NO_QUOTA: [(&str, &str); 2] = [("SAMPAN_UPSTREAM__RATE", "1000000"), ("SAMPAN_UPSTREAM__CONCURRENCY", "1000000")];

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let mock = "A static mock server beside B8: none is installed; the bare commits of B2 stand there.".to_owned();
    if !yard.missing.contains(&mock) {
        yard.missing.push(mock);
    }
    let yard = RefCell::new(yard);
    let (orders, seconds) = (options.scaled("10000", "2000"), options.seconds().to_string());
    let (lives, jumps) = (["--seconds", seconds.as_str()], ["--jump", orders]);
    let results = rounds::run_fresh(
        options,
        vec![
            Contender::new(ALONE, || alone(&mut yard.borrow_mut(), &lives)),
            Contender::new(PLATFORM, || through_platform(&mut yard.borrow_mut(), &lives)),
            Contender::new(LIMIT, || bare(&mut yard.borrow_mut(), options)),
            Contender::new(jump(ALONE), || alone(&mut yard.borrow_mut(), &jumps)),
            Contender::new(jump(PLATFORM), || through_platform(&mut yard.borrow_mut(), &jumps)),
        ],
    )?;
    findings(&results)
}

fn findings(results: &Results) -> Result<Vec<Finding>, String> {
    let limit = results.rate(LIMIT)?;
    let millis = |place: &str, field| results.series(&jump(place), field, Unit::Milliseconds);
    let row = |work: String, ours, goal| Finding::new(Row::B8, work, ours, goal);
    Ok(vec![
        row(format!("whole lives, {ALONE}"), results.rate(ALONE)?, Goal::AtLeast(1000.0)).against(&limit),
        row(format!("whole lives, {PLATFORM}, SQLite"), results.rate(PLATFORM)?, Goal::AtLeast(250.0)).against(&limit),
        row(
            format!("30 days over open orders, until all is pushed, {ALONE}"),
            millis(ALONE, "jump_ms")?,
            Goal::AtMost(2000.0),
        ),
        row(
            format!("30 days over open orders, until the clock answers, {ALONE}"),
            millis(ALONE, "answered_ms")?,
            Goal::None,
        ),
        row(
            format!("30 days over open orders, until the last callback, {PLATFORM}, SQLite"),
            millis(PLATFORM, "jump_ms")?,
            Goal::None,
        ),
    ])
}

fn jump(place: &str) -> String {
    format!("jump, {place}")
}

fn alone(yard: &mut Yard, words: &[&str]) -> Result<Value, String> {
    let folder = yard.fresh("life")?;
    let all = [&["life", "--folder", text(&folder)?][..], words].concat();
    let result = yard.tool(&all)?;
    fs::remove_dir_all(&folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
    Ok(result)
}

fn through_platform(yard: &mut Yard, words: &[&str]) -> Result<Value, String> {
    let server = yard.serve_with(Storage::Sqlite, &NO_QUOTA)?;
    let all = [&["life", "--to", &server.address, "--key", text(&server.key)?][..], words].concat();
    let result = yard.tool(&all)?;
    drop(server.running);
    fs::remove_dir_all(&server.folder)
        .map_err(|error| format!("cannot remove {}: {error}", server.folder.display()))?;
    Ok(result)
}

fn bare(yard: &mut Yard, options: &Options) -> Result<Value, String> {
    let folder = yard.fresh("limit")?;
    write::bare(yard, &write::WRITES[0], &folder, options.seconds())
}
