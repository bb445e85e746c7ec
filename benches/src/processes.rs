//! Programs that are measured: started, their memory read from `/proc`, ended.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// Where free ports are looked for.
const FIRST_PORT: u16 = 20_000;
const PORTS: u16 = 10_000;

/// A child that is ended when this is dropped: first politely, after ten seconds not.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program; what it says on its error output goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let log = fs::File::create(log).map_err(|e| format!("{}: {e}", log.display()))?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn();
        Ok(Self { child: child.map_err(|e| format!("cannot start {name}: {e}"))? })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn is_gone(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to end and waits.
    pub fn stop(&mut self) {
        drop(Command::new("kill").args(["-TERM", &self.pid().to_string()]).stderr(Stdio::null()).status());
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if self.is_gone() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_gone() {
            self.stop();
        }
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

/// Resident memory in KiB of a process and of all that it has started.
pub fn resident_kib(pid: u32) -> u64 {
    let all: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id: u32| Some((id, parent(id)?)))
        .collect();
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(&one) = family.get(at) {
        family.extend(all.iter().filter(|(_, parent)| *parent == one).map(|(id, _)| *id));
        at += 1;
    }
    family.into_iter().filter_map(own_kib).sum()
}

fn parent(pid: u32) -> Option<u32> {
    field(pid, "PPid:")?.parse().ok()
}

fn own_kib(pid: u32) -> Option<u64> {
    field(pid, "VmRSS:")?.trim_end_matches(" kB").trim().parse().ok()
}

fn field(pid: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned())
}
