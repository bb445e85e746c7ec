//! `sampan listen` of the real binary while its server ends and begins again, and what it tells of the time between.

use super::doctor::Running;
use crate::purchase::{create_body, goods, line};
use serde_json::{Value, json};
use std::{collections::HashSet, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

const PATIENCE: Duration = Duration::from_secs(30);

struct Listening {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Listening {
    async fn start(server: &Running) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sampan"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SAMPAN_")) {
            command.env_remove(name);
        }
        command.arg("--data").arg(&server.data).args(["--json", "listen", "--set"]);
        let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the binary starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut listening = Self { child, lines };
        assert!(listening.next().await["listening"].is_string());
        assert_eq!(listening.next().await["messageType"], "VERIFY");
        listening
    }

    async fn next(&mut self) -> Value {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await.expect("a line in time");
        serde_json::from_str(&line.expect("readable").expect("it goes on")).expect("JSON")
    }

    /// The ids of so many events, each with whether it was missed.
    async fn events(&mut self, count: usize) -> Vec<(i64, bool)> {
        let mut seen = Vec::new();
        while seen.len() < count {
            let event = self.next().await;
            seen.push((event["id"].as_i64().expect("an id"), event["missed"] == true));
        }
        seen
    }

    async fn end(mut self) {
        self.child.kill().await.expect("it ends");
    }
}

/// One event each.
async fn order(server: &Running) {
    let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
    let reply = server.post("/alibaba/order/create", create_body(lines)).await;
    assert!(reply.is_success(), "{}", reply.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_survives_the_server_and_shows_each_event_once() {
    let mut server = Running::start().await;
    let mut listening = Listening::start(&server).await;
    order(&server).await;
    let mut seen = listening.events(1).await;
    assert!(!seen[0].1, "its callback came");

    server.stop().await;
    // Long enough for it to notice.
    tokio::time::sleep(Duration::from_secs(3)).await;
    server.begin_again().await;
    order(&server).await;
    seen.extend(listening.events(1).await);
    // The feed has to be read beyond what was shown, so that the next one begins there.
    tokio::time::sleep(Duration::from_secs(4)).await;
    listening.end().await;

    order(&server).await;
    order(&server).await;
    let mut next = Listening::start(&server).await;
    let away = next.events(2).await;
    seen.extend(&away);
    order(&server).await;
    let last = next.events(1).await;
    assert!(!last[0].1, "its callback came: {last:?}");
    seen.extend(last);
    let ids: HashSet<i64> = seen.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), 5, "each once, none left out: {seen:?}");
    assert!(away.iter().any(|(_, missed)| *missed), "what came while nobody listened is marked: {away:?}");
    next.end().await;
    server.stop().await;
}
