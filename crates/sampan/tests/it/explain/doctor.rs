//! The commands of the real binary against a server of this process: `doctor` and `requests show`.

use crate::{persona::Persona, receiver::Receiver};
use sampan::{app::App, config::Config, serve::serve};
use serde_json::{Value, json};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Output,
};
use tokio_util::sync::CancellationToken;

/// Runs a command with no setting of whoever runs the test.
async fn run(data: &Path, words: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_sampan"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAMPAN_") {
            command.env_remove(name);
        }
    }
    command.arg("--data").arg(data).args(words).output().await.expect("the binary starts")
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

/// The findings that are not good, as `check state`.
fn troubles(document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().expect("findings");
    let bad = findings.iter().filter(|finding| finding["state"] != "good");
    bad.map(|f| format!("{} {}", f["check"].as_str().expect("a text"), f["state"].as_str().expect("a text"))).collect()
}

pub(super) struct Running {
    pub(super) data: PathBuf,
    config: Config,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<Result<(), String>>,
    _folder: tempfile::TempDir,
}

impl Running {
    pub(super) async fn start() -> Self {
        sampan::install_tls();
        let folder = tempfile::tempdir().expect("a folder");
        let listen = "127.0.0.1:0".parse().expect("an address");
        let data = folder.path().join("data");
        let config = Config { listen, data: data.clone(), ..Config::default() };
        let app = App::start(&config).await.expect("it starts");
        let config = Config { listen: app.address, ..config };
        let stop = CancellationToken::new();
        let task = tokio::spawn(serve(app, stop.clone()));
        Self { data, config, stop, task, _folder: folder }
    }

    /// Begins again where [`Running::stop`] has ended it, at the same address.
    pub(super) async fn begin_again(&mut self) {
        let app = App::start(&self.config).await.expect("it starts again");
        self.stop = CancellationToken::new();
        self.task = tokio::spawn(serve(app, self.stop.clone()));
    }

    async fn doctor(&self) -> (Option<i32>, Value) {
        let output = run(&self.data, &["--json", "doctor"]).await;
        (output.status.code(), json_of(&output))
    }

    fn client(&self) -> client::Client {
        let path = self.data.join("test-developer.json");
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("a file")).expect("JSON");
        let persona = Persona::of_file(&path);
        let credentials = client::Credentials::new(persona.access_key, persona.access_secret);
        client::Client::new(file["baseUrl"].as_str().expect("a text"), credentials).expect("a client")
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> client::Reply {
        let request = client::Request::new(http::Method::POST, path).json(body.to_string());
        self.client().send(&request).await.expect("an answer")
    }

    /// Ends the server; its folder stays.
    pub(super) async fn stop(&mut self) {
        self.stop.cancel();
        (&mut self.task).await.expect("no panic").expect("a good end");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_nothing_in_a_new_installation_and_names_what_goes_wrong() {
    let mut running = Running::start().await;
    let (exit, found) = running.doctor().await;
    assert_eq!((exit, troubles(&found)), (Some(0), vec![]), "{found}");
    assert_eq!(found["well"], true);
    let checks: Vec<&str> =
        found["findings"].as_array().unwrap().iter().map(|f| f["check"].as_str().unwrap()).collect();
    for check in ["configuration", "data folder", "server", "clock", "database", "alibaba1688", "queues", "callback"] {
        assert!(checks.contains(&check), "{checks:?}");
    }

    let receiver = Receiver::open().await;
    running.post("/developer/callback/set", json!({"url": receiver.url})).await;
    let (exit, found) = running.doctor().await;
    assert_eq!((exit, troubles(&found)), (Some(1), vec!["callback bad".to_owned()]), "{found}");
    running.post("/developer/callback/verify", json!({})).await;
    assert_eq!(running.doctor().await.0, Some(0));

    let key = running.data.join("master.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    let (exit, found) = running.doctor().await;
    assert_eq!((exit, troubles(&found)), (Some(1), vec!["secrets bad".to_owned()]), "{found}");
    let said = String::from_utf8(run(&running.data, &["doctor"]).await.stdout).expect("UTF-8");
    assert!(said.contains(&format!("-> chmod 600 {}\n", key.display())), "{said}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("a mode");

    let folder = running.data.clone();
    let wrong = folder.join("wrong.toml");
    std::fs::write(&wrong, "capacity = 0\n").expect("a file");
    let output = run(&folder, &["--json", "doctor", "--config", wrong.to_str().expect("a text")]).await;
    assert_eq!((output.status.code(), troubles(&json_of(&output))), (Some(1), vec!["configuration bad".to_owned()]));

    running.stop().await;
    let output = run(&folder, &["--json", "doctor"]).await;
    assert_eq!((output.status.code(), troubles(&json_of(&output))), (Some(1), vec!["server bad".to_owned()]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_shown_and_its_curl_can_be_pasted() {
    let mut running = Running::start().await;
    let ask = json!({"refundId": "TQ262615407388136042"});
    let reply = running.post("/alibaba/ka/refund/detail", ask).await;
    assert!(reply.is_success(), "{}", reply.text);
    let id = reply.envelope.request_id.clone().expect("an id");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let shown = run(&running.data, &["requests", "show", &id]).await;
    let text = String::from_utf8(shown.stdout).expect("UTF-8");
    assert!(shown.status.success() & text.contains(&id) & text.contains("ka_refund_detail"), "{text}");
    assert!(text.contains("200 成功"), "{text}");

    let secret = Persona::of_file(&running.data.join("test-developer.json")).access_secret;
    let call = &text[text.find("SAMPAN_BASE_URL=").expect("a call for a shell")..];
    let pasted = tokio::process::Command::new("sh")
        .args(["-c", call])
        .env("SAMPAN_ACCESS_SECRET", secret)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .await
        .expect("a shell");
    if String::from_utf8_lossy(&pasted.stderr).contains("not found") {
        println!("skipped the shell: curl or md5sum is not there");
    } else {
        assert_eq!(json_of(&pasted)["data"], reply.data::<Value>().expect("JSON"), "{pasted:?}");
    }

    let unknown = run(&running.data, &["--json", "requests", "show", "0000000000000000000000000000000a"]).await;
    assert_eq!((unknown.status.code(), &json_of(&unknown)["error"]["code"]), (Some(1), &json!(40406)));
    running.stop().await;
}
