//! A PostgreSQL server that a test may stop, kill and freeze; the one of the run belongs to everybody.

use std::{
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::{MetadataExt, chown},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

/// Where Debian puts the server, a folder for each major version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Whatever becomes of the test, nothing of the server is left.
const TIDY_UP: &str = r#"read -r _ || :; "$1/pg_ctl" -D "$2/data" -m immediate stop; rm -rf "$2""#;

pub struct Cluster {
    pub url: String,
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    /// PostgreSQL does not run as root.
    user: Option<(u32, u32)>,
    guardian: Child,
}

impl Cluster {
    /// A fresh server, started; `None` where the machine has none that may run here.
    pub fn start() -> Option<Self> {
        let binaries = binaries()?;
        let root = std::fs::metadata("/proc/self").ok()?.uid() == 0;
        let user = if root { Some(postgres_user()?) } else { None };
        let folder = TempDir::new().expect("a folder").keep();
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).expect("root gives folders away");
        }
        let port = free_port();
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let mut watch = as_user(Command::new("sh"), user);
        watch.args(["-c", TIDY_UP, "guardian"]).arg(&binaries).arg(&folder).stdin(Stdio::piped());
        let guardian = watch.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().expect("sh runs");
        let cluster = Self { url, binaries, folder, port, user, guardian };
        let data = cluster.data();
        cluster.run("initdb", |c| c.args(["-U", "postgres", "-A", "trust", "--no-sync", "-D"]).arg(&data));
        cluster.up();
        Some(cluster)
    }

    /// Starts a stopped or killed server; returns when it answers.
    pub fn up(&self) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", self.port);
        let (data, log) = (self.data(), self.folder.join("log"));
        self.run("pg_ctl", |c| c.args(["-w", "-o", &options, "-D"]).arg(&data).arg("-l").arg(&log).arg("start"));
    }

    /// The orderly stop of an upgrade: sessions are ended.
    pub fn stop(&self) {
        let data = self.data();
        self.run("pg_ctl", |c| c.args(["-w", "-m", "fast", "-D"]).arg(&data).arg("stop"));
    }

    /// `kill -9` of the server's first process; the others notice and go.
    pub fn kill(&self) {
        signal("-KILL", &[self.postmaster()]);
    }

    /// No process of it does anything until [`Cluster::thaw`]; its connections stay.
    pub fn freeze(&self) -> Frozen {
        let first = self.postmaster();
        let children = Command::new("pgrep").args(["-P", &first]).output().expect("pgrep runs").stdout;
        let children = String::from_utf8(children).expect("numbers");
        let all: Vec<String> = children.split_whitespace().map(str::to_owned).chain([first]).collect();
        signal("-STOP", &all);
        Frozen(all)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn postmaster(&self) -> String {
        let text = std::fs::read_to_string(self.data().join("postmaster.pid")).expect("the server runs");
        text.lines().next().expect("its number comes first").trim().to_owned()
    }

    fn run(&self, program: &str, arguments: impl FnOnce(&mut Command) -> &mut Command) {
        let mut command = as_user(Command::new(self.binaries.join(program)), self.user);
        // The server inherits what its starter writes to, so that is nothing.
        arguments(&mut command).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(command.status().expect("the program runs").success(), "{program}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        drop(self.guardian.wait());
    }
}

/// Thawed when dropped.
pub struct Frozen(Vec<String>);

impl Drop for Frozen {
    fn drop(&mut self) {
        signal("-CONT", &self.0);
    }
}

fn signal(what: &str, to: &[String]) {
    // One that has ended meanwhile needs no signal.
    Command::new("kill").arg(what).args(to).stderr(Stdio::null()).status().expect("kill runs");
}

fn as_user(mut command: Command, user: Option<(u32, u32)>) -> Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.current_dir("/");
    command
}

fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    versions
        .filter(|folder| is_server(folder))
        .max()
        .or_else(|| std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| is_server(folder)))
}

fn is_server(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file())
}

fn postgres_user() -> Option<(u32, u32)> {
    let number = |option: &str| {
        let Output { stdout, status, .. } = Command::new("id").args([option, "postgres"]).output().ok()?;
        status.success().then(|| String::from_utf8(stdout).ok()?.trim().parse().ok())?
    };
    Some((number("-u")?, number("-g")?))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
