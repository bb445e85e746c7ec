//! B5: pushes of the marketplace, three of ten repeated.

use crate::bench::{
    finding::{Finding, Goal},
    options::{Options, Row},
    rounds::{self, Contender},
    yard::{Server, Storage, Yard, text},
};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::TcpStream,
};

const RATE: &str = "2000";
/// Of ten pushes so many are new.
const NEW_OF_TEN: f64 = 7.0;

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let mut servers = Vec::new();
    for storage in yard.storages() {
        servers.push((storage, yard.serve(storage)?));
    }
    let mut contenders = Vec::new();
    for (storage, server) in &servers {
        for (kind, rate) in [("closed", None), ("open", Some(RATE))] {
            let (yard, seconds) = (&*yard, options.seconds());
            let name = format!("{kind}, {}", storage.name());
            contenders.push(Contender::new(name, move || push(yard, server, seconds, rate)));
        }
    }
    let results = rounds::run(options, contenders)?;
    let mut findings = Vec::new();
    for (storage, server) in &servers {
        no_message_came_of_it(server)?;
        let goal = |goal| if *storage == Storage::Sqlite { goal } else { Goal::None };
        let storage = storage.name();
        let rate = results.rate(&format!("closed, {storage}"))?;
        let work = format!("durable acknowledgements, 64 connections, {storage}");
        findings.push(Finding::new(Row::B5, work, rate, goal(Goal::AtLeast(10_000.0))));
        let p99 = results.p99(&format!("open, {storage}"))?;
        let work = format!("p99 at {RATE}/s open loop, {storage}");
        findings.push(Finding::new(Row::B5, work, p99, goal(Goal::AtMost(10.0))));
    }
    Ok(findings)
}

fn push(yard: &Yard, server: &Server, seconds: f64, rate: Option<&str>) -> Result<Value, String> {
    let before = counted(server)?;
    let seconds = seconds.to_string();
    let mut words = vec!["load", "--to", &server.address, "--key", text(&server.key)?, "--scenario", "push"];
    words.extend(["--seconds", &seconds]);
    words.extend(rate.into_iter().flat_map(|rate| ["--rate", rate]));
    let result = yard.tool(&words)?;
    let after = counted(server)?;
    let (new, repeated) = (after.0 - before.0, after.1 - before.1);
    let sent = result["done"].as_f64().unwrap_or_default();
    // The last ten may be cut off anywhere.
    if (new - sent * NEW_OF_TEN / 10.0).abs() > 80.0 || (new + repeated - sent).abs() > 0.5 {
        return Err(format!("of {sent} pushes {new} were taken as new and {repeated} as repeated"));
    }
    Ok(result)
}

/// Pushes so far: new ones and repeats.
fn counted(server: &Server) -> Result<(f64, f64), String> {
    let metrics = metrics(server)?;
    let of = |result: &str| {
        let wanted = format!("result=\"{result}\"");
        let lines = metrics.lines().filter(|line| line.starts_with("sampan_pushes_total{") && line.contains(&wanted));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    };
    Ok((of("new"), of("repeated")))
}

/// The orders do not change, so however often they are pushed and looked at, nobody is told of anything.
fn no_message_came_of_it(server: &Server) -> Result<(), String> {
    let metrics = metrics(server)?;
    let told = metrics.lines().find(|line| line.starts_with("sampan_callback_attempts_total"));
    told.map_or(Ok(()), |line| Err(format!("a push that changed nothing became an event: {line}")))
}

fn metrics(server: &Server) -> Result<String, String> {
    let mut text = String::new();
    TcpStream::connect(&server.address)
        .and_then(|mut socket| {
            socket.write_all(b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
            socket.read_to_string(&mut text)
        })
        .map_err(|error| format!("/metrics cannot be read: {error}"))?;
    Ok(text)
}
