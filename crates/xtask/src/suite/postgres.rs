//! A PostgreSQL server of our own for one run: a fresh cluster on a free loopback port, gone afterwards.
//!
//! It is durable as in production (fsync stays on), so that what the tests prove about commits is true. PostgreSQL
//! refuses to run as root; then it runs as the user `postgres`. It asks for a password drawn for this run, because
//! every user of the machine can reach a loopback port and a superuser of PostgreSQL can start programs.

use super::guardian::{Guardian, User, command_as, new_folder};
use crate::process;
use std::{
    fs::{self, File},
    io::Read,
    net::TcpListener,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::Command,
};

const TIDY_UP: &str = r#""$1/pg_ctl" -D "$2/data" -m immediate -w stop; rm -rf "$2""#;

/// A running server; dropping it stops the server and removes its files.
pub struct Postgres {
    url: String,
    _guardian: Guardian,
}

impl Postgres {
    /// Starts a server with the programs in `binaries`.
    pub fn start(binaries: &Path) -> Result<Self, String> {
        let user = if is_root()? { Some(postgres_user()?) } else { None };
        let folder = new_folder(user).map_err(|error| format!("cannot make a folder for PostgreSQL: {error}"))?;
        let guardian = Guardian::watch(TIDY_UP, &[binaries.as_os_str(), folder.as_os_str()], user)
            .map_err(|error| format!("cannot watch over PostgreSQL: {error}"))?;
        let cluster = Cluster { binaries, folder, user };
        let password = random_hex()?;
        cluster.create(&password)?;
        let port = free_port()?;
        cluster.start(port)?;
        Ok(Self { url: format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres"), _guardian: guardian })
    }

    /// Where the superuser of the fresh cluster connects, with password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

struct Cluster<'a> {
    binaries: &'a Path,
    folder: PathBuf,
    user: Option<User>,
}

impl Cluster<'_> {
    fn create(&self, password: &str) -> Result<(), String> {
        let secret = self.folder.join("password");
        self.write(&secret, password)?;
        let mut initdb = self.program("initdb");
        initdb.args(["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        initdb.arg("--pwfile").arg(&secret).arg("--pgdata").arg(self.folder.join("data"));
        process::output(&mut initdb)?;
        self.write(&self.folder.join("data/postgresql.auto.conf"), SETTINGS)
    }

    fn start(&self, port: u16) -> Result<(), String> {
        let log = self.folder.join("log");
        let mut start = self.program("pg_ctl");
        start.args(["-w", "-t", "60", "-o", &format!("-p {port}"), "-l"]).arg(&log);
        start.arg("-D").arg(self.folder.join("data")).arg("start");
        process::output(&mut start)
            .map(drop)
            .map_err(|error| format!("{error}\n{}", fs::read_to_string(&log).unwrap_or_default()))
    }

    fn program(&self, name: &str) -> Command {
        command_as(self.binaries.join(name), self.user)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), String> {
        let owner = |user: User| chown(path, Some(user.uid), Some(user.gid));
        fs::write(path, text)
            .and_then(|()| self.user.map_or(Ok(()), owner))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))
    }
}

/// Durable, small, and reachable by TCP on loopback only.
const SETTINGS: &str = "\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = on
synchronous_commit = on
max_connections = 200
shared_buffers = 128MB
max_wal_size = 1GB
timezone = 'UTC'
";

fn is_root() -> Result<bool, String> {
    fs::metadata("/proc/self").map(|own| own.uid() == 0).map_err(|error| format!("who runs this? {error}"))
}

/// The user `postgres`, made if the machine has none.
fn postgres_user() -> Result<User, String> {
    if !process::works(Command::new("id").arg("postgres")) {
        process::output(Command::new("useradd").args(["--system", "--user-group", "--no-create-home", "postgres"]))?;
    }
    Ok(User { uid: number("-u")?, gid: number("-g")? })
}

fn number(option: &str) -> Result<u32, String> {
    let text = process::output(Command::new("id").args([option, "postgres"]))?;
    let text = String::from_utf8_lossy(&text);
    text.trim().parse().map_err(|_| format!("`id {option} postgres` printed {text:?}"))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free loopback port: {error}"))
}

fn random_hex() -> Result<String, String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|error| format!("no randomness: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::provision;
    use std::net::TcpStream;

    #[test]
    fn a_server_answers_while_it_is_held_and_leaves_nothing_behind() {
        let Some(binaries) = provision::find_postgresql() else {
            println!("SKIPPED: no PostgreSQL is installed on this machine");
            return;
        };
        let postgres = Postgres::start(&binaries).unwrap();
        let (_, address) = postgres.url().rsplit_once('@').unwrap();
        let address = address.trim_end_matches("/postgres").to_owned();
        let query = |database: &str| {
            process::output(Command::new(binaries.join("psql")).args([database, "-Atc", "SHOW fsync"]))
        };
        assert_eq!(query(postgres.url()).unwrap(), b"on\n");
        let guessed = postgres.url().replacen("//postgres:", "//postgres:no", 1);
        assert!(query(&guessed).is_err(), "a wrong password was accepted");
        drop(postgres);
        assert!(TcpStream::connect(address).is_err());
    }
}
