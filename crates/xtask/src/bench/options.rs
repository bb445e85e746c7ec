//! What a call chooses: rows, scale, number of runs.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    B1,
    B2,
    B3,
    B4,
    B5,
    B6,
    B7,
    B8,
}

impl Row {
    pub const ALL: [Self; 8] = [Self::B1, Self::B2, Self::B3, Self::B4, Self::B5, Self::B6, Self::B7, Self::B8];

    pub const fn name(self) -> &'static str {
        match self {
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::B3 => "B3",
            Self::B4 => "B4",
            Self::B5 => "B5",
            Self::B6 => "B6",
            Self::B7 => "B7",
            Self::B8 => "B8",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::B1 => "signed read",
            Self::B2 => "signed durable write",
            Self::B3 => "callbacks",
            Self::B4 => "noisy neighbours",
            Self::B5 => "push ingest",
            Self::B6 => "order lists at size",
            Self::B7 => "footprint",
            Self::B8 => "sandbox",
        }
    }

    /// Why it is not faster, as far as profiles have told; for rows that miss a goal.
    pub const fn held_back(self) -> Option<&'static str> {
        match self {
            Self::B1 => Some(
                "One log line a request and the batches of the request log share the cores with the load; on PostgreSQL the \
                 server's own processes do too.",
            ),
            Self::B2 => Some(
                "Processor time. A create takes about 0.75 ms of it: half reads, checks and prints the JSON of an order of two \
                 hundred fields (two answers of the marketplace, the message, the caller's answer), a quarter is the writer's \
                 (fifteen pages a write, because keys that callers choose lie anywhere in their index), the rest is waking \
                 threads. With 64 connections in a closed loop the p99 is the queue before the two cores.",
            ),
            Self::B3 => Some("A paced event waits for two commits, each for the disk, whose syncs are uneven."),
            Self::B7 => Some(
                "The sandbox's catalogue, and the reading, printing and schema code of each request and answer type.",
            ),
            Self::B8 => Some(
                "Through the platform a cycle reads the order ten times at the marketplace: each push queues a look, also \
                 where an own write has just brought the same news.",
            ),
            Self::B6 => Some(
                "A page takes 0.2 ms for one caller alone, at any place in the list. Sixteen callers on two cores wait for \
                 the four readers, and for the threads that each of a page's two reads is handed to and from.",
            ),
            Self::B4 | Self::B5 => None,
        }
    }

    /// What the row measures, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::B1 => {
                "A developer asks for a refund of 6.4 KB: key lookup, time window, nonce recorded, signature, limits, \
                 mirror read, envelope; every answer is compared byte for byte. The limit is bare axum that checks \
                 window, signature and nonce and answers the same bytes prepared; the peers check the same and print a \
                 record that they have at hand; nginx passes requests on to the bare one."
            }
            Self::B2 => {
                "A developer creates an order, or asks for a refund, with an Idempotency-Key: intent, upstream call, \
                 then outcome with entity, outgoing message and kept answer, all on disk before the 200. The upstream is \
                 a stub in the process that answers at once and keeps nothing. The limit is the same rows in the same two \
                 commits (group commit over SQLite) without HTTP or decisions; pgbench inserts the same rows in \
                 PostgreSQL, two transactions a write."
            }
            Self::B3 => {
                "20,000 messages of 1.2 KB to one endpoint, or 2,000 to ten, wait in the outbox; the server is started and \
                 signs and posts them, every attempt durable. The rate is from the first to the last receipt. The limit \
                 is a bare outbox that reads in order, signs, posts and commits each attempt. The paced times run from \
                 the moment an event is due, through its commit, to its receipt."
            }
            Self::B4 => {
                "B3 to ten endpoints of which one never answers and one answers 500: the rate and the times of the eight \
                 healthy ones are compared with the same run in which all are healthy."
            }
            Self::B5 => {
                "The marketplace pushes, three of ten repeated: signature, de-duplication, the push and its queued look \
                 on disk before the 200. The looks that follow run beside it and find no difference."
            }
            Self::B6 => {
                "A database of ten million orders (documents of 200 bytes): one developer has a tenth of them, eighty have \
                 a hundredth each, the others a hundred. Pages of 20 at the storage's door, 16 callers at once, by page \
                 number, with exact totals, by user and by state, by a period that begins and ends within a day, and by \
                 both. Beside it, one caller alone: COUNT with OFFSET, and a page that follows a known row without a total."
            }
            Self::B7 => {
                "From exec on an empty data folder to the first signed 200 of the developer's profile, memory at rest and \
                 after a load, and the size of the one file."
            }
            Self::B8 => {
                "A whole life of an order of two lines: preview, create, look, pay, ship, receive one line, refund the \
                 other, which closes the order, look; 64 buyers. Alone: signed param2 calls to the durable sandbox in the \
                 measuring process, without sockets, its pushes proved there. Through the platform: signed HTTP to the \
                 released binary, callbacks proved by a receiver. The jump moves the clock by 30 days over 10,000 open \
                 orders, two of five unpaid, two shipped, one with a refund that waits for its seller. Every message \
                 that an order must bring comes once and no other comes, else the run fails; lives count with their \
                 last message. Goods are restocked and accounts filled by the control API; the limits on calls of the \
                 marketplace (`upstream.rate`, `upstream.concurrency`) are configured away; indexes are ready before it \
                 begins. The ratio is to one bare create order of B2, of which a life has four writes and six messages."
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    pub rows: Vec<Row>,
    pub small: bool,
    pub runs: usize,
    /// Orders in the big database.
    pub orders: u64,
    /// Told by the caller; goes into the document as it is.
    pub date: Option<String>,
    /// The call, as it may be repeated.
    pub command: String,
}

impl Options {
    pub fn parse(arguments: &[&str]) -> Result<Self, String> {
        let mut options = Self {
            rows: Row::ALL.to_vec(),
            small: false,
            runs: 0,
            orders: 0,
            date: None,
            command: ["cargo xtask bench"].iter().chain(arguments).copied().collect::<Vec<_>>().join(" "),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            if *argument == "--small" {
                options.small = true;
                continue;
            }
            let (option, value) = match argument.split_once('=') {
                Some((option, value)) => (option, value),
                None => (*argument, *rest.next().ok_or(format!("{argument} needs a value"))?),
            };
            match option {
                "--only" => options.rows = value.split(',').map(|name| row(name.trim())).collect::<Result<_, _>>()?,
                "--runs" => options.runs = value.parse().ok().filter(|n| *n > 0).ok_or("--runs: expected a number")?,
                "--orders" => {
                    options.orders = value
                        .parse()
                        .ok()
                        .filter(|n| *n >= 1000)
                        .ok_or("--orders: expected a number, at least 1000")?;
                }
                "--date" => options.date = Some(value.to_owned()),
                _ => {
                    return Err(format!(
                        "unknown option {option}; there are --only, --small, --runs, --orders and --date"
                    ));
                }
            }
        }
        if options.runs == 0 {
            options.runs = if options.small { 1 } else { 5 };
        }
        if options.orders == 0 {
            options.orders = options.scaled(10_000_000, 20_000);
        }
        Ok(options)
    }

    /// Seconds of one turn under load.
    pub fn seconds(&self) -> f64 {
        if self.small { 0.7 } else { 3.0 }
    }

    /// `full` in a full run, `small` in a small one.
    pub fn scaled<T>(&self, full: T, small: T) -> T {
        if self.small { small } else { full }
    }
}

fn row(name: &str) -> Result<Row, String> {
    let found = Row::ALL.into_iter().find(|row| row.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("unknown row `{name}`; the rows are {}", names()))
}

/// All names, separated by commas.
pub fn names() -> String {
    Row::ALL.map(Row::name).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_runs_of_everything_are_the_default() {
        let options = Options::parse(&[]).unwrap();
        assert_eq!((options.rows.len(), options.runs, options.small), (8, 5, false));
        assert_eq!(options.command, "cargo xtask bench");
    }

    #[test]
    fn rows_scale_and_date_are_chosen() {
        let options = Options::parse(&["--only", "b3,B1", "--small", "--runs=3", "--date", "2026-04-03"]).unwrap();
        assert_eq!((options.orders, Options::parse(&["--orders=5000"]).unwrap().orders), (20_000, 5000));
        assert_eq!(options.rows, [Row::B3, Row::B1]);
        assert_eq!((options.runs, options.small, options.date.as_deref()), (3, true, Some("2026-04-03")));
        for bad in [&["--only", "B9"][..], &["--runs", "0"], &["--but", "x"], &["--only"]] {
            assert!(Options::parse(bad).is_err(), "{bad:?}");
        }
    }
}
