//! Whether a server answers where the key file says, is ready, and has our time.

use super::finding::Finding;
use crate::cli::{access::Global, exit::Failure};
use client::{Client, ClientError, Plain, Request, Sources};
use domain::Timestamp;
use http::Method;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);
/// A clock this far off is told; at [`contract::signature::WINDOW_MS`] every signature fails.
const SKEW_MS: i64 = 60_000;

/// The findings, and whether it is worth asking the server more.
pub async fn check(global: &Global) -> (Vec<Finding>, bool) {
    let client = match client(global) {
        Ok(client) => client,
        Err(failure) => {
            let todo = "start `sampan serve`, or name its folder with --data or its address and key";
            return (vec![Finding::bad("server", failure.to_string(), todo)], false);
        }
    };
    let alive = match probe(&client, "/healthz").await {
        Ok(answer) => answer,
        Err(error) => return (vec![absent(client.base_url(), &error)], false),
    };
    if alive.status != 200 {
        let says = format!("{}/healthz answers HTTP {}", client.base_url(), alive.status);
        return (vec![Finding::bad("server", says, "look whether another program listens there")], false);
    }
    let mut findings = vec![ready(&client).await];
    findings.push(clock(&alive, Sources::system().now()));
    (findings, true)
}

/// The operator's key where it can be read, else the developer's: the address is what counts.
fn client(global: &Global) -> Result<Client, Failure> {
    Ok(global.operator().or_else(|_| global.developer())?.with_timeout(PATIENCE)?)
}

async fn probe(client: &Client, path: &str) -> Result<Plain, ClientError> {
    client.fetch(&Request::new(Method::GET, path)).await
}

fn absent(base_url: &str, error: &ClientError) -> Finding {
    let todo = match error {
        ClientError::Unreachable { .. } => "start `sampan serve`; if it runs, --base-url names where",
        _ => "look at the server's log; --base-url names another address",
    };
    Finding::bad("server", format!("nothing usable answers at {base_url}: {error}"), todo)
}

async fn ready(client: &Client) -> Finding {
    match probe(client, "/readyz").await {
        Ok(answer) if answer.status == 200 => Finding::good("server", format!("{} is ready", client.base_url())),
        Ok(_) | Err(_) => {
            let todo = "wait; if it stays so, its log says what it waits for";
            Finding::bad("server", format!("{} answers but is not ready", client.base_url()), todo)
        }
    }
}

fn clock(answer: &Plain, now: Timestamp) -> Finding {
    let date = answer.headers.get(http::header::DATE).and_then(|v| v.to_str().ok()).and_then(Timestamp::from_http);
    let Some(date) = date else {
        let todo = "compare the clocks by hand; a proxy may have taken the header away";
        return Finding::warn("clock", "the server does not tell its time", todo);
    };
    let skew_ms = now.ms_since(date);
    let says = format!("this machine and the server differ by {} s", skew_ms.abs() / 1000);
    let todo = "set both clocks by a time service (NTP); a signature holds for 600 s to either side";
    if skew_ms.abs() <= SKEW_MS {
        Finding::good("clock", says)
    } else if skew_ms.abs() <= contract::signature::WINDOW_MS {
        Finding::warn("clock", says, todo)
    } else {
        Finding::bad("clock", says, todo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::finding::State;
    use http::HeaderMap;

    #[test]
    fn a_clock_is_judged_by_the_date_of_an_answer() {
        let mut headers = HeaderMap::new();
        headers.insert("date", "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        let answer = Plain { status: 200, headers, text: String::new() };
        let there = Timestamp::from_iso("1994-11-06T08:49:37Z").unwrap();
        let state = |seconds| clock(&answer, there.plus_secs(seconds)).state;
        assert_eq!(
            [state(0), state(-60), state(61), state(600), state(-601)],
            [State::Good, State::Good, State::Warn, State::Warn, State::Bad]
        );
        let silent = Plain { headers: HeaderMap::new(), ..answer };
        assert_eq!(clock(&silent, there).state, State::Warn);
    }
}
