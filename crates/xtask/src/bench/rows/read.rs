//! B1: a signed read, beside bare axum and the peers.

use crate::bench::{
    finding::{Finding, Goal},
    options::{Options, Row},
    peers::{self, Site},
    rounds::{self, Contender, Results},
    running::{Running, free_address},
    yard::{Server, Storage, Yard, text},
};
use crate::cargo;
use serde_json::Value;
use std::path::{Path, PathBuf};

const LIMIT: &str = "bare axum";
/// Requests a second of the open loop.
const RATE: &str = "5000";

/// A server that answers the same question.
struct Side {
    name: String,
    address: String,
    key: PathBuf,
    body: PathBuf,
    _running: Vec<Running>,
}

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let mut ours = Vec::new();
    for storage in yard.storages() {
        ours.push(our_side(yard, storage)?);
    }
    let first = ours.first().ok_or("nothing to measure")?;
    let site = Site { key: first.key.clone(), body: first.body.clone() };
    let limit = limit_side(yard, &site)?;
    let mut sides: Vec<&Side> = ours.iter().collect();
    sides.push(&limit);
    let peers = if options.small { Vec::new() } else { peer_sides(yard, &site, &limit)? };
    sides.extend(&peers);

    let closed = rounds::run(options, turns(yard, &sides, options, None))?;
    let measured: Vec<&Side> = ours.iter().chain([&limit]).collect();
    let open = rounds::run(options, turns(yard, &measured, options, Some(RATE)))?;
    findings(yard, &closed, &open)
}

fn our_side(yard: &mut Yard, storage: Storage) -> Result<Side, String> {
    let Server { running, address, key, folder } = yard.serve(storage)?;
    let body = folder.join("answer.json");
    save(yard, &address, &key, &body)?;
    Ok(Side { name: format!("Sampan, {}", storage.name()), address, key, body, _running: vec![running] })
}

/// Keeps one answer, with which all others are compared.
fn save(yard: &Yard, address: &str, key: &Path, body: &Path) -> Result<(), String> {
    let words = ["load", "--to", address, "--key", text(key)?, "--scenario", "refund-detail", "--save", text(body)?];
    yard.tool(&words).map(drop)
}

fn limit_side(yard: &mut Yard, site: &Site) -> Result<Side, String> {
    let address = free_address()?;
    let running = bare_read(yard, site, &address)?;
    Ok(side(LIMIT, address, site, vec![running]))
}

/// The bare server on its own.
pub fn bare_read(yard: &mut Yard, site: &Site, address: &str) -> Result<Running, String> {
    let log = yard.fresh("limit")?.join("log");
    let mut command = cargo::program(&yard.bare);
    command.args(["read", "--listen", address, "--key"]).arg(&site.key).arg("--body").arg(&site.body);
    Running::start(&mut command, &log, address, None)
}

fn side(name: &str, address: String, site: &Site, running: Vec<Running>) -> Side {
    let (key, body) = (site.key.clone(), site.body.clone());
    Side { name: name.to_owned(), address, key, body, _running: running }
}

fn peer_sides(yard: &mut Yard, site: &Site, limit: &Side) -> Result<Vec<Side>, String> {
    let mut sides = Vec::new();
    for peer in peers::services(yard) {
        let address = free_address()?;
        let running = peer.start(yard, site, &address)?;
        // What it prints differs in the order of its bytes from what others print, and must be the same each time.
        let body = yard.fresh("peer-answer")?.join("answer.json");
        save(yard, &address, &site.key, &body)?;
        let site = Site { key: site.key.clone(), body };
        sides.push(side(peer.name(), address, &site, vec![running]));
    }
    if let Some(nginx) = peers::nginx(yard) {
        let address = free_address()?;
        let running = nginx.start(yard, &limit.address, &address)?;
        sides.push(side(peers::NGINX, address, site, vec![running]));
    }
    Ok(sides)
}

fn turns<'a>(yard: &'a Yard, sides: &[&'a Side], options: &Options, rate: Option<&'a str>) -> Vec<Contender<'a>> {
    let seconds = options.seconds();
    let turn = |side: &'a Side| {
        Contender::new(side.name.clone(), move || ask(yard, &side.address, &side.key, &side.body, seconds, rate))
    };
    sides.iter().map(|side| turn(side)).collect()
}

fn ask(yard: &Yard, address: &str, key: &Path, body: &Path, seconds: f64, rate: Option<&str>) -> Result<Value, String> {
    let seconds = seconds.to_string();
    let mut words = vec!["load", "--to", address, "--key", text(key)?, "--scenario", "refund-detail"];
    words.extend(["--expect", text(body)?, "--seconds", &seconds]);
    words.extend(rate.into_iter().flat_map(|rate| ["--rate", rate]));
    yard.tool(&words)
}

fn findings(yard: &Yard, closed: &Results, open: &Results) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    let limit = closed.rate(LIMIT)?;
    for storage in yard.storages() {
        let name = format!("Sampan, {}", storage.name());
        let work = format!("64 connections, {}", storage.name());
        let ours = closed.rate(&name)?;
        let finding = |goal| Finding::new(Row::B1, work.clone(), ours.clone(), goal);
        findings.push(finding(Goal::AtLeastTimes(0.57)).against(&limit));
        for (peer, goal) in [
            (peers::FASTAPI, Goal::AtLeastTimes(6.0)),
            (peers::NODE, Goal::AtLeastTimes(1.3)),
            (peers::NGINX, Goal::None),
        ] {
            if closed.has(peer) {
                findings.push(finding(goal).against(&closed.rate(peer)?));
            }
        }
        let work = format!("p99 at {RATE}/s open loop, {}", storage.name());
        findings.push(Finding::new(Row::B1, work, open.p99(&name)?, Goal::AtMost(2.0)).against(&open.p99(LIMIT)?));
    }
    Ok(findings)
}
