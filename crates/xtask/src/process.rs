//! Running programs: loudly (the user sees the output), copied (seen and kept, to be counted), or for their output only.
//!
//! Children stay in this process group, so that ctrl-c and a time limit from outside end them together with this one.

use std::{
    ffi::OsStr,
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Runs with this terminal as output; an exit status other than 0 is the error.
pub fn run(command: &mut Command) -> Result<(), String> {
    announce(command);
    let status = command.stdin(Stdio::null()).status().map_err(|error| cannot_start(command, &error))?;
    judge(command, status)
}

/// Like [`run`], but ends the program after `limit`.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<(), String> {
    announce(command);
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| cannot_start(command, &error))?;
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return judge(command, status);
        }
        if Instant::now() > deadline {
            child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
            return Err(format!("`{}` was ended after {} s", line(command), limit.as_secs()));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Like [`run`], and gives back what the program printed on both outputs beside how it ended.
pub fn run_copied(command: &mut Command) -> (String, Result<(), String>) {
    announce(command);
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return (String::new(), Err(cannot_start(command, &error))),
    };
    let kept = Arc::new(Mutex::new(Vec::new()));
    let readers = [
        child.stdout.take().map(|from| copy(from, io::stdout(), kept.clone())),
        child.stderr.take().map(|from| copy(from, io::stderr(), kept.clone())),
    ];
    let ended = child.wait();
    for reader in readers.into_iter().flatten() {
        // A reader that panicked has shown its panic; what it kept until then still counts.
        drop(reader.join());
    }
    let kept = kept.lock().map(|kept| String::from_utf8_lossy(&kept).into_owned()).unwrap_or_default();
    (kept, ended.map_err(|error| error.to_string()).and_then(|status| judge(command, status)))
}

/// What the program prints on its standard output; its error output becomes part of the error.
pub fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error))?;
    judge(command, output.status)
        .map(|()| output.stdout)
        .map_err(|error| format!("{error}\n{}", String::from_utf8_lossy(&output.stderr).trim_end()))
}

/// Whether the program starts and ends well, seen by nobody.
pub fn works(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn copy(
    from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    kept: Arc<Mutex<Vec<u8>>>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            // A closed terminal must not end the run; what was printed is kept for counting all the same.
            drop(to.write_all(&line).and_then(|()| to.flush()));
            if let Ok(mut kept) = kept.lock() {
                kept.extend_from_slice(&line);
            }
            line.clear();
        }
    })
}

fn announce(command: &Command) {
    println!("$ {}", line(command));
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let words = std::iter::once(program.file_name().unwrap_or(program.as_os_str())).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &io::Error) -> String {
    format!("cannot start `{}`: {error}", line(command))
}

fn judge(command: &Command, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", line(command))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_outputs_are_kept_and_the_status_is_told() {
        let (text, result) = run_copied(&mut shell("echo one; echo two >&2; exit 3"));
        assert!(text.contains("one\n") && text.contains("two\n"), "{text}");
        assert!(result.unwrap_err().ends_with("ended with exit status: 3"));
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let started = Instant::now();
        let error = run_within(Command::new("sleep").arg("30"), Duration::from_millis(100)).unwrap_err();
        assert!(error.contains("`sleep 30` was ended"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn the_error_output_explains_a_failed_command() {
        assert_eq!(output(&mut shell("printf fine")).unwrap(), b"fine");
        assert!(output(&mut shell("echo because >&2; exit 1")).unwrap_err().ends_with("because"));
        assert!(output(&mut Command::new("/nowhere/at/all")).unwrap_err().starts_with("cannot start"));
    }
}
