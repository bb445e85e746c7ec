//! B7: time to the first answer, memory, size, beside a bare probe and the peers.

use crate::bench::{
    finding::{Finding, Goal, Series, Unit},
    options::{Options, Row},
    peers::{self, Site},
    rounds::{self, Contender, Results},
    running::free_address,
    yard::{Storage, Yard, text},
};
use serde_json::Value;
use std::{cell::RefCell, fs, path::Path};

const PROBE: &str = "bare probe";
const OURS: &str = "Sampan";

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let site = site(yard)?;
    let busy = busy_mb(yard, options)?;
    let peers = if options.small { Vec::new() } else { peers::services(yard) };
    let yard = RefCell::new(yard);
    let mut contenders = vec![
        Contender::new(OURS, || ours(&mut yard.borrow_mut())),
        Contender::new(PROBE, || probe(&mut yard.borrow_mut(), &site)),
    ];
    for peer in &peers {
        let (yard, site) = (&yard, &site);
        contenders.push(Contender::new(peer.name(), move || {
            let yard = &mut *yard.borrow_mut();
            let address = free_address()?;
            let (program, environment) = peer.command(yard, site, &address)?;
            let words: Vec<&str> =
                environment.iter().map(String::as_str).chain(program.iter().map(String::as_str)).collect();
            start(yard, &address, &site.key, &[&["env"], words.as_slice()].concat())
        }));
    }
    let results = rounds::run_fresh(options, contenders)?;
    let size = fs::metadata(&yard.borrow().sampan).map_err(|error| error.to_string())?.len();
    let size = Series::new(OURS, Unit::Megabytes, vec![size as f64 / 1e6]);
    findings(&results, busy, size, &peers.iter().map(|peer| peer.name()).collect::<Vec<_>>())
}

/// A key and an answer for programs that have none of their own.
fn site(yard: &mut Yard) -> Result<Site, String> {
    let folder = yard.fresh("site")?;
    let site = Site { key: folder.join("key.json"), body: folder.join("body.json") };
    let key = r#"{"accessKey":"0123456789abcdef0123456789abcdef","accessSecret":"fedcba9876543210fedcba9876543210"}"#;
    let body = r#"{"requestId":"00000000000000000000000000000000","code":200,"developId":"1","msg":"成功","data":{}}"#;
    fs::write(&site.key, key).and_then(|()| fs::write(&site.body, body)).map_err(|error| error.to_string())?;
    Ok(site)
}

fn start(yard: &mut Yard, address: &str, key: &Path, program: &[&str]) -> Result<Value, String> {
    let log = yard.fresh("start")?.join("log");
    let words = ["start", "--at", address, "--key", text(key)?, "--log", text(&log)?, "--"];
    yard.tool(&[&words, program].concat())
}

fn ours(yard: &mut Yard) -> Result<Value, String> {
    let folder = yard.fresh("empty")?;
    let address = free_address()?;
    let program = yard.sampan.clone();
    let words = [text(&program)?, "serve", "--listen", &address, "--data", text(&folder)?];
    start(yard, &address, &folder.join("test-developer.json"), &words)
}

fn probe(yard: &mut Yard, site: &Site) -> Result<Value, String> {
    let address = free_address()?;
    let program = yard.bare.clone();
    let words = [text(&program)?, "read", "--listen", &address, "--key", text(&site.key)?, "--body", text(&site.body)?];
    start(yard, &address, &site.key, &words)
}

/// Memory after reads and pushes at full speed.
fn busy_mb(yard: &mut Yard, options: &Options) -> Result<Series, String> {
    let server = yard.serve(Storage::Sqlite)?;
    let seconds = options.scaled("10", "1");
    for scenario in ["refund-detail", "push"] {
        let words = ["load", "--to", &server.address, "--key", text(&server.key)?, "--scenario", scenario];
        yard.tool(&[&words[..], &["--seconds", seconds]].concat())?;
    }
    Ok(Series::new(OURS, Unit::Megabytes, vec![server.running.resident_mb()?]))
}

fn findings(results: &Results, busy: Series, size: Series, peers: &[&str]) -> Result<Vec<Finding>, String> {
    let start = |name: &str| results.series(name, "start_ms", Unit::Milliseconds);
    let idle = |name: &str| results.series(name, "idle_kib", Unit::Megabytes).map(|kib| kib.scaled(1.0 / 1024.0));
    let mut findings = vec![
        Finding::new(Row::B7, "exec to first signed 200, empty folder", start(OURS)?, Goal::AtMost(60.0))
            .against(&start(PROBE)?),
        Finding::new(Row::B7, "memory at rest", idle(OURS)?, Goal::AtMost(40.0)).against(&idle(PROBE)?),
        Finding::new(Row::B7, "memory after a load", busy, Goal::AtMost(150.0)),
        Finding::new(Row::B7, "size of the file", size, Goal::AtMost(30.0)),
    ];
    for peer in peers {
        findings
            .push(Finding::new(Row::B7, "exec to first signed 200", start(OURS)?, Goal::None).against(&start(peer)?));
        findings.push(Finding::new(Row::B7, "memory at rest", idle(OURS)?, Goal::None).against(&idle(peer)?));
    }
    Ok(findings)
}
