//! The commands as someone at a shell meets them: words in, text and exit code out, a server of wiremock behind.

mod account;
mod call;
mod care;
mod listen;
mod local;
mod sandbox;

use super::{Command, Global, exit::Exit, run_on, screen::Screen};
use clap::Parser;
use serde_json::{Value, json};
use std::{
    fs, io,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

const ACCESS_KEY: &str = "0123456789abcdef0123456789abcdef";
const SECRET: &str = "fedcba9876543210fedcba9876543210";
const OPERATOR_KEY: &str = "00000000000000000000000000000001";

#[derive(Debug, Parser)]
#[command(name = "sampan")]
struct Program {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// How a command ended and what it wrote.
#[derive(Debug)]
struct Ended {
    exit: Exit,
    out: String,
    notes: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// A data folder with both key files, and the server that they name.
struct Desk {
    server: MockServer,
    folder: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let (server, folder) = (MockServer::start().await, TempDir::new().unwrap());
        let key =
            |access_key: &str| json!({ "baseUrl": server.uri(), "accessKey": access_key, "accessSecret": SECRET });
        let mut developer = key(ACCESS_KEY);
        developer["developId"] = json!("7");
        developer["userId"] = json!("2100000000001");
        fs::write(folder.path().join("test-developer.json"), developer.to_string()).unwrap();
        fs::write(folder.path().join("operator.json"), key(OPERATOR_KEY).to_string()).unwrap();
        Self { server, folder }
    }

    /// Answers `path` with an envelope of this code and data.
    async fn answers(&self, path: &str, status: u16, code: u32, data: &str) {
        let msg = if code == 200 { "成功" } else { "said no" };
        let body = format!(
            r#"{{"requestId":"0000000000000000000000000000000a","code":{code},"developId":"7","msg":"{msg}","data":{data}}}"#
        );
        self.answers_plain(path, status, &body).await;
    }

    async fn answers_plain(&self, path: &str, status: u16, body: &str) {
        let answer = ResponseTemplate::new(status).set_body_raw(body, "application/json");
        Mock::given(matchers::path(path)).respond_with(answer).mount(&self.server).await;
    }

    async fn run(&self, words: &[&str]) -> Ended {
        run_in(self.folder.path().to_str().unwrap(), words).await
    }

    async fn requests(&self) -> Vec<Request> {
        self.server.received_requests().await.unwrap()
    }
}

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn run_in(folder: &str, words: &[&str]) -> Ended {
    run_onto(Paper::default(), folder, words).await
}

/// Runs a command that writes to `out`, which others may read meanwhile.
async fn run_onto(out: Paper, folder: &str, words: &[&str]) -> Ended {
    let all = ["sampan", "--data", folder].into_iter().chain(words.iter().copied());
    let program = match Program::try_parse_from(all) {
        Ok(program) => program,
        Err(error) => {
            let exit = if error.exit_code() == 0 { Exit::Done } else { Exit::Usage };
            return Ended { exit, out: String::new(), notes: error.to_string() };
        }
    };
    let notes = Paper::default();
    let mut screen = Screen::into(program.global.json, out.clone(), notes.clone());
    let exit = run_on(&program.command, &program.global, &mut screen).await;
    Ended { exit, out: out.text(), notes: notes.text() }
}

#[test]
fn the_words_of_all_commands_are_well_formed() {
    use clap::CommandFactory;
    Program::command().debug_assert();
}

#[test]
fn every_command_shows_an_example() {
    use clap::CommandFactory;
    fn walk(command: &mut clap::Command) {
        if !command.has_subcommands() {
            let (name, help) = (command.get_name().to_owned(), command.render_long_help().to_string());
            assert!(help.contains("Examples:\n  sampan ") || help.contains("Example:\n  sampan "), "{name}: {help}");
        }
        command.get_subcommands_mut().filter(|c| c.get_name() != "help").for_each(walk);
    }
    walk(&mut Program::command());
}
