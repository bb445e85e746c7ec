//! The real binary as a child: started, killed, started again on the same folder and port.

use std::{
    fs::{File, OpenOptions},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// How long a start may take.
const START: Duration = Duration::from_secs(30);

/// Where the platform keeps its records. The marketplace's are in the folder in any case.
pub enum Place {
    Sqlite,
    Postgres(String),
}

/// A server that may be dead at the moment.
pub struct Server {
    pub address: SocketAddr,
    pub data: PathBuf,
    log: PathBuf,
    public_url: Option<String>,
    place: Place,
    child: Mutex<Option<Child>>,
    _folder: tempfile::TempDir,
}

/// The binary with no setting of whoever runs the test.
pub fn sampan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sampan"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAMPAN_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

impl Server {
    /// A server with an empty folder; it is not started.
    pub fn new(place: Place) -> Self {
        sampan::install_tls();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (data, log) = (folder.path().join("data"), folder.path().join("log"));
        let child = Mutex::new(None);
        Self { address: free_address(), data, log, public_url: None, place, child, _folder: folder }
    }

    /// Clients reach the server there rather than at its own address.
    pub fn behind(mut self, public_url: String) -> Self {
        self.public_url = Some(public_url);
        self
    }

    /// Starts it and kills it so soon after; ready or not.
    pub async fn stumble(&self, after: Duration) {
        *self.child() = Some(self.command().spawn().expect("the binary starts"));
        tokio::time::sleep(after).await;
        self.kill();
    }

    /// Starts it and waits until it is ready.
    pub async fn start(&self) {
        let mut child = self.command().spawn().expect("the binary starts");
        let deadline = Instant::now() + START;
        loop {
            if let Some(status) = child.try_wait().expect("the child can be asked") {
                panic!("the server ended while it started, with {status}\n{}", self.log_tail());
            }
            if is_ready(self.address).await {
                break;
            }
            assert!(Instant::now() < deadline, "the server is not ready in time\n{}", self.log_tail());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        *self.child() = Some(child);
    }

    fn command(&self) -> Command {
        let mut command = sampan();
        command.args(["serve", "--listen", &self.address.to_string(), "--data"]).arg(&self.data);
        command.env("SAMPAN_LOG", "info");
        if let Some(url) = &self.public_url {
            command.env("SAMPAN_PUBLIC_URL", url);
        }
        if let Place::Postgres(url) = &self.place {
            command.env("SAMPAN_DATABASE_URL", url);
        }
        command.stderr(self.open_log());
        command
    }

    fn open_log(&self) -> File {
        OpenOptions::new().create(true).append(true).open(&self.log).expect("the log can be written")
    }

    /// `kill -9`; true when it was alive.
    pub fn kill(&self) -> bool {
        let Some(mut child) = self.child().take() else { return false };
        child.kill().expect("a child can be killed");
        child.wait().expect("a killed child ends");
        true
    }

    pub fn pid(&self) -> u32 {
        self.child().as_ref().expect("the server runs").id()
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for its end at most so long; `None` when it still runs.
    pub async fn ended(&self, within: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + within;
        while Instant::now() < deadline {
            let status = self.child().as_mut().expect("the server was started").try_wait().expect("it can be asked");
            if status.is_some() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    }

    /// The end of what it has logged, over all its lives.
    pub fn log_tail(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }

    fn child(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The key file that a first start writes.
pub fn credentials(data: &Path) -> client::Credentials {
    let text = std::fs::read_to_string(data.join("test-developer.json")).expect("the key file is there");
    let file: serde_json::Value = serde_json::from_str(&text).expect("the key file is JSON");
    let field = |name: &str| file[name].as_str().expect("the key file has all fields");
    client::Credentials::new(field("accessKey"), field("accessSecret")).for_user(field("userId"))
}

async fn is_ready(address: SocketAddr) -> bool {
    let ask = reqwest::get(format!("http://{address}/readyz")).await;
    ask.is_ok_and(|answer| answer.status().is_success())
}

/// Below the ports that a system gives to outgoing connections: while the server is dead nobody else may take its port.
/// Tests of one process count on, tests of others begin elsewhere.
fn free_address() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(37).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = 20_000 + u16::try_from(number % 10_000).expect("below 10000");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
