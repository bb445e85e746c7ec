//! Where it is measured: the programs, a folder on a real disk, a PostgreSQL server of this run.

use super::{
    json,
    options::Options,
    running::{Running, free_address},
};
use crate::{
    cargo, process,
    product::{self, Profile},
    suite::{guardian::Guardian, postgres::Postgres, provision},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// File systems that lose everything at once and so make a durable write cheap.
const NOT_A_DISK: [&str; 2] = ["tmpfs", "ramfs"];

pub struct Yard {
    pub sampan: PathBuf,
    pub bench: PathBuf,
    pub bare: PathBuf,
    /// Where the peers are installed; kept from run to run.
    pub peers: PathBuf,
    /// Peers that could not be had, with the reason.
    pub missing: Vec<String>,
    /// What stands beside the table, e.g. versions of peers.
    pub notes: Vec<String>,
    folder: PathBuf,
    postgres: Option<(Postgres, PathBuf)>,
    folders: u32,
    _guardian: Guardian,
}

/// A started server with what a load needs to reach it.
pub struct Server {
    pub running: Running,
    pub address: String,
    pub key: PathBuf,
    pub folder: PathBuf,
}

impl Yard {
    pub fn open(options: &Options) -> Result<Self, String> {
        let sampan = product::build(Profile::Release)?;
        process::run(&mut cargo::command(&["build", "--release", "--package", "bench"]))?;
        let target = cargo::target_directory()?;
        let folder = target.join(format!("bench-data-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let remove = r#"rm -rf "$1" || { sleep 1; rm -rf "$1"; }"#;
        let guardian = Guardian::watch(remove, &[folder.as_os_str()], None).map_err(|error| error.to_string())?;
        let kind = file_system(&folder)?;
        if NOT_A_DISK.contains(&kind.as_str()) {
            return Err(format!("{} is on {kind}; durable writes need a disk", folder.display()));
        }
        // The small run measures the embedded profile only.
        let postgres = if options.small {
            None
        } else {
            let programs = provision::postgresql()?;
            Some((Postgres::start(&programs)?, programs))
        };
        Ok(Self {
            sampan,
            bench: target.join("release/bench"),
            bare: target.join("release/bare"),
            peers: target.join("bench-peers"),
            missing: Vec::new(),
            notes: Vec::new(),
            folder,
            postgres,
            folders: 0,
            _guardian: guardian,
        })
    }

    /// The folder of this run itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// An empty folder on the disk.
    pub fn fresh(&mut self, name: &str) -> Result<PathBuf, String> {
        self.folders += 1;
        let path = self.folder.join(format!("{name}-{}", self.folders));
        fs::create_dir(&path).map_err(|error| format!("cannot make {}: {error}", path.display()))?;
        Ok(path)
    }

    /// The storages of this run by name.
    pub fn storages(&self) -> Vec<Storage> {
        if self.postgres.is_some() { vec![Storage::Sqlite, Storage::Postgres] } else { vec![Storage::Sqlite] }
    }

    /// A new database on the server of this run; nothing for SQLite.
    pub fn database(&mut self, storage: Storage) -> Result<Option<String>, String> {
        let Storage::Postgres = storage else { return Ok(None) };
        self.folders += 1;
        let name = format!("bench_{}", self.folders);
        let (postgres, programs) = self.postgres.as_ref().ok_or("no PostgreSQL in this run")?;
        let mut psql = Command::new(programs.join("psql"));
        process::output(psql.args([postgres.url(), "-qc", &format!("CREATE DATABASE {name}")]))?;
        let base = postgres.url().strip_suffix("/postgres").ok_or("the server's URL names no database")?;
        Ok(Some(format!("{base}/{name}")))
    }

    /// A program of the PostgreSQL that is installed, e.g. `pgbench`.
    pub fn postgres_program(&self, name: &str) -> Result<Command, String> {
        let (_, programs) = self.postgres.as_ref().ok_or("no PostgreSQL in this run")?;
        Ok(Command::new(programs.join(name)))
    }

    /// `sampan serve` on an empty data folder, with the sandbox embedded.
    pub fn serve(&mut self, storage: Storage) -> Result<Server, String> {
        self.serve_with(storage, &[])
    }

    /// The same with configuration by variables.
    pub fn serve_with(&mut self, storage: Storage, variables: &[(&str, &str)]) -> Result<Server, String> {
        let folder = self.fresh("serve")?;
        let address = free_address()?;
        let mut command = cargo::program(&self.sampan);
        command.args(["serve", "--listen", &address, "--data"]).arg(&folder).envs(variables.iter().copied());
        if let Some(url) = self.database(storage)? {
            command.env("SAMPAN_DATABASE_URL", url);
        }
        let key = folder.join("test-developer.json");
        let running = Running::start(&mut command, &folder.join("log"), &address, Some(&key))?;
        Ok(Server { running, address, key, folder })
    }

    /// The product with an upstream in the process that answers at once.
    pub fn serve_stub(&mut self, storage: Storage, paid_orders: usize) -> Result<Server, String> {
        let folder = self.fresh("stub")?;
        let address = free_address()?;
        let mut command = cargo::program(&self.bench);
        command.args(["product", "--listen", &address, "--folder"]).arg(&folder);
        command.args(["--paid-orders", &paid_orders.to_string()]);
        if let Some(url) = self.database(storage)? {
            command.args(["--database", &url]);
        }
        let key = folder.join("bench-developer.json");
        let running = Running::start(&mut command, &folder.join("log"), &address, Some(&key))?;
        Ok(Server { running, address, key, folder })
    }

    /// Runs one of the measuring tools and reads its line.
    pub fn tool(&self, arguments: &[&str]) -> Result<Value, String> {
        json(cargo::program(&self.bench).args(arguments))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    Sqlite,
    Postgres,
}

impl Storage {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The kind of file system that a folder lies on.
pub fn file_system(folder: &Path) -> Result<String, String> {
    let kind = process::output(Command::new("stat").args(["-f", "-c", "%T"]).arg(folder))?;
    Ok(String::from_utf8_lossy(&kind).trim().to_owned())
}

/// A path as an argument.
pub fn text(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} is not text", path.display()))
}
