//! A server that is measured: started in the background, waited for, ended when it is dropped.

use crate::process;
use std::{
    fs::{self, File},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);
/// Where free ports are looked for.
const FIRST_PORT: u16 = 20_000;
const PORTS: u16 = 10_000;
const DRAIN: Duration = Duration::from_secs(12);

pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program whose words go to `log`, and waits until `address` answers and `file` is there.
    pub fn start(command: &mut Command, log: &Path, address: &str, file: Option<&Path>) -> Result<Self, String> {
        let words = File::create(log).map_err(|error| format!("cannot make {}: {error}", log.display()))?;
        let copy = words.try_clone().map_err(|error| error.to_string())?;
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(words).stderr(copy).spawn();
        let mut running = Self { child: child.map_err(|error| format!("cannot start `{name}`: {error}"))? };
        running.wait_for(address, file).map_err(|error| {
            let log = fs::read_to_string(log).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(5).collect();
            format!("`{name}`: {error}\n{}", tail.into_iter().rev().collect::<Vec<_>>().join("\n"))
        })?;
        Ok(running)
    }

    fn wait_for(&mut self, address: &str, file: Option<&Path>) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() || file.is_some_and(|file| !file.is_file()) {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("ended with {status}"));
            }
            if Instant::now() > deadline {
                return Err(format!("does not answer at {address}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Resident memory in MB, its own only.
    pub fn resident_mb(&self) -> Result<f64, String> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).map_err(|e| e.to_string())?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|text| text.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| "the kernel does not tell its memory".to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        process::works(Command::new("kill").args(["-TERM", &self.child.id().to_string()]));
        let deadline = Instant::now() + DRAIN;
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        // One that does not end when asked is ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A loopback address that was free a moment ago. Below the range from which outgoing connections take their ports, since
/// one of those could come in between.
pub fn free_address() -> Result<String, String> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let ports = FIRST_PORT..FIRST_PORT + PORTS;
    for _ in ports {
        let turn = std::process::id().wrapping_mul(31).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = FIRST_PORT + (turn % u32::from(PORTS)) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(format!("127.0.0.1:{port}"));
        }
    }
    Err("no free loopback port".to_owned())
}
