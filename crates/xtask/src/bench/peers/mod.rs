//! Peers: programs of other make that give the same answer. Installed here from Debian, Python and Node packages into a
//! folder of the target directory; one that cannot be had is named with the reason, and the others run without it.

use super::{
    running::Running,
    yard::{Yard, text},
};
use crate::{process, suite::provision};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

pub const FASTAPI: &str = "FastAPI, a process a core";
pub const NODE: &str = "Node, a process a core";
pub const NGINX: &str = "nginx as a proxy of the bare one";

const FASTAPI_SCRIPT: &str = include_str!("fastapi.py");
const NODE_SCRIPT: &str = include_str!("node.js");
const NGINX_CONFIGURATION: &str = include_str!("nginx.conf");

/// What every peer serves: the key that it checks with and the bytes that it answers.
pub struct Site {
    pub key: PathBuf,
    pub body: PathBuf,
}

/// A peer that serves the answer by itself.
pub enum Service {
    FastApi { python: PathBuf },
    Node,
}

/// A peer that passes requests on.
pub struct Nginx {
    binary: PathBuf,
}

/// Those that can be had. The others become notes of the yard.
pub fn services(yard: &mut Yard) -> Vec<Service> {
    let fastapi = fastapi(&yard.peers).map(|python| Service::FastApi { python });
    let node = node(&yard.peers).map(|()| Service::Node);
    [(FASTAPI, fastapi), (NODE, node)].into_iter().filter_map(|(name, found)| had(yard, name, found)).collect()
}

pub fn nginx(yard: &mut Yard) -> Option<Nginx> {
    let found = find_nginx(&yard.peers).map(|binary| Nginx { binary });
    had(yard, NGINX, found)
}

fn had<T>(yard: &mut Yard, name: &str, found: Result<T, String>) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(reason) => {
            let note = format!("{name}: {}", reason.lines().next().unwrap_or_default());
            println!("missing: {note}");
            if !yard.missing.contains(&note) {
                yard.missing.push(note);
            }
            None
        }
    }
}

impl Service {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::FastApi { .. } => FASTAPI,
            Self::Node => NODE,
        }
    }

    /// The program with its arguments, and the environment that it needs (`NAME=value`).
    pub fn command(&self, yard: &Yard, site: &Site, address: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let port = address.rsplit(':').next().unwrap_or_default();
        let folder = text(&yard.peers)?;
        let mut environment =
            vec![format!("BENCH_KEY={}", text(&site.key)?), format!("BENCH_BODY={}", text(&site.body)?)];
        let program = match self {
            Self::FastApi { python } => {
                let cores = thread::available_parallelism().map_or(1, usize::from);
                let words = format!(
                    "-m uvicorn sampan_peer:app --host 127.0.0.1 --port {port} --workers {cores} --no-access-log \
                     --log-level warning --loop uvloop --http httptools --app-dir"
                );
                let mut program = vec![text(python)?.to_owned()];
                program.extend(words.split_whitespace().map(str::to_owned));
                program.push(folder.to_owned());
                program
            }
            Self::Node => {
                environment.push(format!("BENCH_PORT={port}"));
                vec!["node".to_owned(), format!("{folder}/peer.js")]
            }
        };
        Ok((program, environment))
    }

    pub fn start(&self, yard: &mut Yard, site: &Site, address: &str) -> Result<Running, String> {
        let log = yard.fresh("peer")?.join("log");
        let (program, environment) = self.command(yard, site, address)?;
        let mut command = Command::new("env");
        command.args(environment).args(program);
        Running::start(&mut command, &log, address, None)
    }
}

impl Nginx {
    /// Listens at `address` and passes on to `upstream`.
    pub fn start(&self, yard: &mut Yard, upstream: &str, address: &str) -> Result<Running, String> {
        let folder = yard.fresh("nginx")?;
        let configuration = NGINX_CONFIGURATION
            .replace("FOLDER", text(&folder)?)
            .replace("UPSTREAM", upstream)
            .replace("LISTEN", address);
        let path = folder.join("nginx.conf");
        fs::write(&path, configuration).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.binary);
        command.arg("-p").arg(&folder).arg("-e").arg("stderr").arg("-c").arg(&path);
        Running::start(&mut command, &folder.join("log"), address, None)
    }
}

/// A virtual environment with FastAPI; the path of its Python.
fn fastapi(folder: &Path) -> Result<PathBuf, String> {
    write(folder, "sampan_peer.py", FASTAPI_SCRIPT)?;
    provision::python_packages(
        &folder.join("venv"),
        "fastapi, uvicorn, uvloop, httptools",
        &["fastapi", "uvicorn[standard]"],
    )
}

fn node(folder: &Path) -> Result<(), String> {
    write(folder, "peer.js", NODE_SCRIPT)?;
    let works = || process::works(Command::new("node").arg("--version"));
    if !works() {
        let script = "apt-get update\napt-get install -y --no-install-recommends nodejs";
        provision::install("Node", script)?;
    }
    if works() { Ok(()) } else { Err("node does not run after its installation".to_owned()) }
}

/// nginx of this machine, or Debian's package unpacked beside the other peers: installed, it would start a server.
fn find_nginx(folder: &Path) -> Result<PathBuf, String> {
    let unpacked = folder.join("nginx/usr/sbin/nginx");
    for binary in [PathBuf::from("nginx"), PathBuf::from("/usr/sbin/nginx"), unpacked.clone()] {
        if process::works(Command::new(&binary).arg("-v")) {
            return Ok(binary);
        }
    }
    let target = folder.join("nginx");
    fs::create_dir_all(&target).map_err(|error| error.to_string())?;
    process::output(Command::new("apt-get").args(["download", "nginx"]).current_dir(&target))?;
    let package = fs::read_dir(&target)
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"));
    let package = package.ok_or("apt-get downloaded no package")?;
    process::output(Command::new("dpkg").arg("-x").arg(package).arg(&target))?;
    if process::works(Command::new(&unpacked).arg("-v")) {
        Ok(unpacked)
    } else {
        Err("the unpacked program does not run".to_owned())
    }
}

fn write(folder: &Path, name: &str, script: &str) -> Result<(), String> {
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join(name), script))
        .map_err(|error| format!("cannot write {name}: {error}"))
}
