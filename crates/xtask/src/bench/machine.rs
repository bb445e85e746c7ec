//! The machine that was measured on, as the document tells it.

use super::yard::{Yard, file_system};
use crate::process;
use std::{fs, process::Command, thread};

/// Lines of `name: value`.
pub fn describe(yard: &Yard) -> Result<Vec<(String, String)>, String> {
    let mut lines = vec![
        told("cores", thread::available_parallelism().map_or(0, usize::from).to_string()),
        told("processor", field("/proc/cpuinfo", "model name")),
        told("memory", memory()),
        told("kernel", first_line(Command::new("uname").args(["-sr"]))),
        told("file system of the data folders", file_system(yard.folder())?),
        told("fsync", fsync(yard)?),
        told("compiler", first_line(Command::new("rustc").arg("--version"))),
    ];
    if let Ok(mut postgres) = yard.postgres_program("postgres") {
        lines.push(told("PostgreSQL", first_line(postgres.arg("--version"))));
    }
    for (name, program, arguments) in [
        ("Node", "node".into(), &["--version"][..]),
        ("Python", yard.peers.join("venv/bin/python"), &["--version"]),
        ("FastAPI", yard.peers.join("venv/bin/python"), &["-c", "import fastapi; print(fastapi.__version__)"]),
        ("uvicorn", yard.peers.join("venv/bin/python"), &["-c", "import uvicorn; print(uvicorn.__version__)"]),
    ] {
        let version = first_line(Command::new(program).args(arguments));
        if !version.is_empty() {
            lines.push(told(name, version));
        }
    }
    Ok(lines)
}

fn told(name: &str, value: String) -> (String, String) {
    (name.to_owned(), value)
}

/// What a durable write of 4 KiB costs on this disk.
fn fsync(yard: &Yard) -> Result<String, String> {
    let folder = super::yard::text(yard.folder())?;
    let measured = yard.tool(&["disk", "--folder", folder])?;
    let micros = |name: &str| measured[name].as_u64().unwrap_or_default();
    Ok(format!(
        "an append of 4 KiB with fdatasync takes {} us (median), {} us (p99), {} us (max)",
        micros("median_us"),
        micros("p99_us"),
        micros("max_us")
    ))
}

fn memory() -> String {
    let kib = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").trim().parse::<f64>().unwrap_or_default();
    format!("{:.1} GiB", kib / 1024.0 / 1024.0)
}

fn field(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'));
    line.unwrap_or("unknown").trim().to_owned()
}

/// Empty where the program does not run.
fn first_line(command: &mut Command) -> String {
    let text = process::output(command).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_owned()
}
