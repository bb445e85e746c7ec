//! B2: a signed durable write, beside the bare commits and pgbench.

use crate::bench::{
    finding::{Finding, Goal, Series, Unit},
    json,
    options::{Options, Row},
    rounds::{self, Contender, Results},
    yard::{Server, Storage, Yard, text},
};
use crate::{cargo, process};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

const LIMIT: &str = "bare commits";
const PGBENCH: &str = "pgbench";

/// A kind of write, with the sizes of its rows in the product in bytes.
pub struct Write {
    name: &'static str,
    scenario: &'static str,
    intent: usize,
    entity: usize,
    message: usize,
    answer: usize,
}

pub const WRITES: [Write; 2] = [
    Write { name: "create order", scenario: "create-order", intent: 450, entity: 5500, message: 2700, answer: 4650 },
    Write { name: "create refund", scenario: "create-refund", intent: 120, entity: 9600, message: 2300, answer: 80 },
];

pub fn measure(yard: &mut Yard, options: &Options) -> Result<Vec<Finding>, String> {
    let refunds = options.scaled(10_000, 1_500);
    let mut findings = Vec::new();
    for write in &WRITES {
        let mut servers = Vec::new();
        let is_refund = write.scenario == "create-refund";
        for storage in yard.storages() {
            let paid = if is_refund { refunds * (options.runs + 1) } else { 0 };
            servers.push((storage, yard.serve_stub(storage, paid)?));
        }
        let limit = yard.fresh("limit")?;
        let pgbench = if options.small { None } else { Some(Pgbench::prepare(yard, write)?) };
        let next = Cell::new(0);
        let mut contenders: Vec<Contender<'_>> = servers
            .iter()
            .map(|(storage, server)| {
                let first = Cell::new(1);
                let (yard, seconds) = (&*yard, options.seconds());
                Contender::new(storage.name(), move || {
                    let count = is_refund.then_some(refunds);
                    let result = load(yard, server, write, seconds, first.get(), count);
                    first.set(first.get() + refunds);
                    result
                })
            })
            .collect();
        contenders.push(Contender::new(LIMIT, || {
            next.set(next.get() + 1);
            bare(yard, write, &limit.join(next.get().to_string()), options.seconds())
        }));
        if let Some(pgbench) = &pgbench {
            contenders.push(Contender::new(PGBENCH, || pgbench.run(yard, options.seconds())));
        }
        let results = rounds::run(options, contenders)?;
        findings.extend(judge(yard, write, &results)?);
    }
    if !options.small {
        findings.extend(with_the_sandbox(yard, options)?);
    }
    Ok(findings)
}

fn load(
    yard: &Yard,
    server: &Server,
    write: &Write,
    seconds: f64,
    first: usize,
    count: Option<usize>,
) -> Result<Value, String> {
    let facts = server.folder.join("facts.json");
    // A counted load ends with its count; the time is only a bound then.
    let seconds = if count.is_some() { 60.0 } else { seconds }.to_string();
    let (first, count) = (first.to_string(), count.map(|count| count.to_string()));
    let mut words = vec!["load", "--to", &server.address, "--key", text(&server.key)?];
    words.extend(["--scenario", write.scenario, "--facts", text(&facts)?, "--seconds", &seconds, "--first", &first]);
    words.extend(count.iter().flat_map(|count| ["--requests", count]));
    yard.tool(&words)
}

/// The rows of a write in its two commits, bare.
pub fn bare(yard: &Yard, write: &Write, folder: &Path, seconds: f64) -> Result<Value, String> {
    let mut command = cargo::program(&yard.bare);
    command.arg("commits").arg("--folder").arg(folder).args(["--seconds", &seconds.to_string()]);
    let sizes = [write.intent, write.entity, write.message, write.answer].map(|size| size.to_string());
    for (option, size) in ["--intent", "--entity", "--message", "--answer"].into_iter().zip(&sizes) {
        command.args([option, size]);
    }
    json(&mut command)
}

fn judge(yard: &Yard, write: &Write, results: &Results) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    let limit = results.rate(LIMIT)?;
    let pgbench = if results.has(PGBENCH) { Some(results.rate(PGBENCH)?) } else { None };
    for storage in yard.storages() {
        let work = format!("{}, {}", write.name, storage.name());
        let ours = results.rate(storage.name())?;
        let (of_limit, of_pgbench) = match storage {
            Storage::Sqlite => (Goal::AtLeastTimes(0.3), Goal::AtLeastTimes(1.6)),
            Storage::Postgres => (Goal::None, Goal::AtLeastTimes(0.6)),
        };
        findings.push(Finding::new(Row::B2, &work, ours.clone(), of_limit).against(&limit));
        if let Some(pgbench) = &pgbench {
            findings.push(Finding::new(Row::B2, &work, ours, of_pgbench).against(pgbench));
        }
        let goal = if storage == Storage::Sqlite { Goal::AtMost(15.0) } else { Goal::None };
        findings.push(Finding::new(Row::B2, format!("p99 of {work}"), results.p99(storage.name())?, goal));
    }
    Ok(findings)
}

/// Orders that one turn makes of the sandbox's stock, which is finite.
const OF_STOCK: usize = 50;

/// The same with the embedded, durable sandbox as the upstream, whose limits are those of a real one. Told without goal.
fn with_the_sandbox(yard: &mut Yard, options: &Options) -> Result<Option<Finding>, String> {
    let server = yard.serve(Storage::Sqlite)?;
    let stub = yard.serve_stub(Storage::Sqlite, 0)?;
    fs::copy(stub.folder.join("facts.json"), server.folder.join("facts.json")).map_err(|error| error.to_string())?;
    drop(stub);
    let mut rates = Vec::new();
    for _ in 0..options.runs.min(3) {
        let result = load(yard, &server, &WRITES[0], options.seconds(), 1, Some(OF_STOCK))?;
        if result["wrong"].as_u64() != Some(0) {
            // The upstream's stock and quota are the upstream's.
            yard.notes.push(format!("B2 with the durable sandbox was refused: {}", result["example"]));
            return Ok(None);
        }
        rates.extend(result["rate"].as_f64());
    }
    let ours = Series::new("SQLite", Unit::PerSecond, rates);
    Ok(Some(Finding::new(Row::B2, "create order with the durable sandbox, SQLite", ours, Goal::None)))
}

/// pgbench with the same inserts: two transactions a write.
struct Pgbench {
    url: String,
    script: PathBuf,
    texts: Vec<String>,
}

const TABLES: &str = "\
CREATE TABLE nonces (key text, nonce text, expires bigint NOT NULL, PRIMARY KEY (key, nonce));
CREATE TABLE idempotency (developer bigint, key text, answer text, PRIMARY KEY (developer, key));
CREATE TABLE intents (developer bigint, id text, payload text NOT NULL, state text NOT NULL, PRIMARY KEY (developer, id));
CREATE TABLE entities (developer bigint, id bigint, document text NOT NULL, PRIMARY KEY (developer, id));
CREATE TABLE messages (developer bigint, id bigint, body text NOT NULL, PRIMARY KEY (developer, id));
CREATE TABLE deliveries (developer bigint, message bigint, state text NOT NULL, due bigint NOT NULL,
  PRIMARY KEY (developer, message));
CREATE INDEX deliveries_due ON deliveries (developer, due) WHERE state = 'pending';
CREATE SEQUENCE numbers;";

const SCRIPT: &str = "\
SELECT nextval('numbers') AS n \\gset
BEGIN;
INSERT INTO nonces VALUES ('0123456789abcdef0123456789abcdef', lpad(:n::text, 32, '0'), :n);
INSERT INTO idempotency VALUES (1, lpad(:n::text, 32, '0'), NULL);
INSERT INTO intents VALUES (1, lpad(:n::text, 32, '0'), :intent::text, 'running');
COMMIT;
BEGIN;
UPDATE intents SET state = 'done' WHERE developer = 1 AND id = lpad(:n::text, 32, '0');
INSERT INTO entities VALUES (1, :n, :entity::text);
INSERT INTO messages VALUES (1, :n, :message::text);
INSERT INTO deliveries VALUES (1, :n, 'held', :n);
UPDATE idempotency SET answer = :answer::text WHERE developer = 1 AND key = lpad(:n::text, 32, '0');
COMMIT;
";

impl Pgbench {
    fn prepare(yard: &mut Yard, write: &Write) -> Result<Self, String> {
        let url = yard.database(Storage::Postgres)?.ok_or("no PostgreSQL in this run")?;
        process::output(yard.postgres_program("psql")?.args([&url, "-qc", TABLES]))?;
        let script = yard.fresh("pgbench")?.join("script.sql");
        fs::write(&script, SCRIPT).map_err(|error| error.to_string())?;
        let sizes =
            [("intent", write.intent), ("entity", write.entity), ("message", write.message), ("answer", write.answer)];
        let texts = sizes.into_iter().map(|(name, size)| format!("{name}={}", filling(size))).collect();
        Ok(Self { url, script, texts })
    }

    fn run(&self, yard: &Yard, seconds: f64) -> Result<Value, String> {
        let mut command = yard.postgres_program("pgbench")?;
        command.args(["-n", "-M", "prepared", "-c", "64", "-j", "2", "-T", &seconds.ceil().to_string(), "-f"]);
        command.arg(&self.script);
        for text in &self.texts {
            command.args(["-D", text]);
        }
        let output = process::output(command.arg(&self.url))?;
        let output = String::from_utf8_lossy(&output);
        let rate = output.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
        rate.map(|rate| json!({ "rate": rate })).ok_or_else(|| format!("pgbench told no rate:\n{output}"))
    }
}

/// Text of a size that PostgreSQL does not compress to nothing: the product's documents are texts, too.
fn filling(size: usize) -> String {
    let mut state = 88_172_645_463_325_252_u64;
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + (state % 26) as u8)
    };
    (0..size).map(letter).collect()
}
