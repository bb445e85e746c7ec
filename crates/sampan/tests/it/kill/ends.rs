//! How the binary begins and ends: one owner of a folder, private key files, one message about bad configuration, a drain
//! on SIGTERM, the exit codes.

use super::server::{Place, Server, credentials, sampan};
use client::{Credentials, Sources, SystemHeaders};
use serde_json::Value;
use std::{
    os::unix::fs::PermissionsExt,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const DRAIN: Duration = Duration::from_secs(10);
/// How long a command may run that has to end by itself.
const LONGEST: Duration = Duration::from_secs(20);

async fn running() -> Server {
    let server = Server::new(Place::Sqlite);
    server.start().await;
    server
}

/// Runs it to its end; one that does not end is killed, and shows so by having no exit code.
async fn output(mut command: Command) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let deadline = Instant::now() + LONGEST;
    while child.try_wait().expect("the child can be asked").is_none() && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(child.kill());
    child.wait_with_output().expect("the child has ended")
}

/// The one line that a refused start prints.
async fn refusal(command: Command) -> String {
    let output = output(command).await;
    let text = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_names_the_first_until_it_is_killed() {
    let first = running().await;
    let mut second = sampan();
    second.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&first.data);
    let text = refusal(second).await;
    let owner = format!("process {}", first.pid());
    assert!(text.contains(&owner), "expected {owner}: {text}");
    first.kill();
    first.start().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn key_files_are_private_and_survive_a_kill() {
    let server = running().await;
    let read = |name: &str| {
        let path = server.data.join(name);
        let mode = std::fs::metadata(&path).expect("the file is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        serde_json::from_str::<Value>(&text).expect("the file is JSON")
    };
    let developer = read("test-developer.json");
    for field in ["baseUrl", "developId", "accessKey", "accessSecret", "userId"] {
        assert!(developer[field].is_string(), "{field}: {developer}");
    }
    assert_eq!(developer["baseUrl"], format!("http://{}", server.address));
    let operator = read("operator.json");
    assert_eq!(operator["baseUrl"], developer["baseUrl"]);
    server.kill();
    server.start().await;
    assert_eq!((read("test-developer.json"), read("operator.json")), (developer, operator));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_lets_a_request_under_way_end_and_kills_nothing() {
    let server = running().await;
    let mut connection = TcpStream::connect(server.address).await.expect("the server listens");
    let body = "{}";
    let (half, rest) = body.split_at(1);
    connection.write_all(head(&credentials(&server.data), body.len()).as_bytes()).await.expect("sent");
    connection.write_all(half.as_bytes()).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.terminate();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(TcpStream::connect(server.address).await.is_err(), "a stopping server takes nobody new");
    connection.write_all(rest.as_bytes()).await.expect("the request under way may be sent to its end");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("the answer comes, then the end");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"developId\""), "{answer}");
    let status = server.ended(DRAIN).await.expect("it ends within ten seconds");
    assert_eq!(status.code(), Some(0), "{}", server.log_tail());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_needs_no_kill_when_a_request_never_ends() {
    let server = running().await;
    let mut connection = TcpStream::connect(server.address).await.expect("the server listens");
    connection.write_all(head(&credentials(&server.data), 1000).as_bytes()).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.terminate();
    let status = server.ended(DRAIN + Duration::from_secs(1)).await.expect("it ends though a client dawdles");
    assert_eq!(status.code(), Some(0), "{}", server.log_tail());
}

/// A signed call of the profile whose body is still to come.
fn head(credentials: &Credentials, length: usize) -> String {
    let signed = SystemHeaders::fresh(credentials, &Sources::system()).expect("a signature");
    let headers: String = signed.pairs().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!(
        "POST /developer/profile HTTP/1.1\r\nhost: sampan\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_configuration_ends_the_start_before_anything_can_be_killed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let serve = || {
        let mut command = sampan();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
        command
    };
    for (variable, value, key) in [
        ("SAMPAN_CAPACITY", "0", "capacity"),
        ("SAMPAN_CAPACITY", "many", "capacity"),
        ("SAMPAN_SANDBX__SEED", "7", "sandbx"),
        ("SAMPAN_SANDBOX__SEED", "-1", "seed"),
        ("SAMPAN_CALLBACKS__ALLOW", "everything", "callbacks.allow"),
        ("SAMPAN_PUBLIC_URL", "ftp://x", "public_url"),
        ("SAMPAN_LOG", "sampan=loud", "log"),
        ("SAMPAN_MASTER_KEY", "short", "master_key"),
        ("SAMPAN_MASTER_KEY", &format!("1:{}", "00".repeat(32)), "the key of version 1 is one of an example"),
        ("SAMPAN_TLS__CERT", "cert.pem", "tls.key"),
        ("SAMPAN_LISEN", "127.0.0.1:0", "did you mean `listen`?"),
        ("SAMPAN_DATABASE_URL", "mysql://x", "database_url"),
    ] {
        let mut command = serve();
        command.env(variable, value);
        let text = refusal(command).await;
        assert!(text.contains(key), "{variable}={value}: expected {key}: {text}");
    }
    let mut open = sampan();
    open.args(["serve", "--listen", "0.0.0.0:0", "--data"]).arg(&data);
    assert!(refusal(open).await.contains("--tls-by-proxy"), "plain http is for this machine");
    let file = folder.path().join("sampan.toml");
    std::fs::write(&file, "listn = \"127.0.0.1:0\"\n").expect("the file can be written");
    let mut command = serve();
    command.arg("--config").arg(&file);
    assert!(refusal(command).await.contains("listn"));
    assert!(!data.join("sampan.db").exists(), "a refused start leaves no database");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_tells_the_story_once_without_a_kill() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut demo = sampan();
    demo.args(["demo", "--once", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data"));
    let output = output(demo).await;
    let text = String::from_utf8(output.stdout).expect("the story is UTF-8");
    assert_eq!(output.status.code(), Some(0), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains(&format!("{} steps in ", sampan::story::STEPS.len())), "{text}");
    assert!(!text.contains('\x1b'), "no colour in a pipe");
}
