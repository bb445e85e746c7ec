//! What must be undone whatever happens: a small shell that waits for this process to end, and then tidies up.
//!
//! It reads from a pipe whose other end only this process holds. The end comes when the guard is dropped, and just as
//! well when this process is interrupted, killed or crashes; signal handlers (rejected) do not see the last two.

use std::{
    ffi::OsStr,
    fs::DirBuilder,
    io,
    os::unix::{
        fs::{DirBuilderExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    sync::atomic::{AtomicU32, Ordering},
};

/// A user of this machine by its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

/// A command that runs as `user` (or as who runs this), with nothing but a search path in its environment.
pub fn command_as(program: impl AsRef<OsStr>, user: Option<User>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
    if let Some(User { uid, gid }) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// Runs `script` (with `arguments` as `$1`, `$2`, ...) when it is dropped or this process ends.
pub struct Guardian {
    child: Child,
}

impl Guardian {
    pub fn watch(script: &str, arguments: &[&OsStr], user: Option<User>) -> io::Result<Self> {
        let mut shell = command_as("sh", user);
        // A process group of its own: ctrl-c ends this process, and must not end the one that tidies up after it.
        shell.process_group(0).args(["-c", &format!("read -r _ || :; {script}"), "guardian"]).args(arguments);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self { child: shell.spawn()? })
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // A guardian that cannot be waited for has ended already.
        drop(self.child.wait());
    }
}

/// An empty folder of its own, mode 0700, that belongs to `user`.
pub fn new_folder(user: Option<User>) -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Another user may not be able to enter our own temporary directory; /tmp is everybody's.
    let parent = if user.is_some() { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let path = parent.join(format!("sampan-test-{}-{}", id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    DirBuilder::new().mode(0o700).create(&path)?;
    if let Some(User { uid, gid }) = user {
        chown(&path, Some(uid), Some(gid))?;
    }
    Ok(path)
}

/// A folder for what a run writes, removed at its end.
pub struct Scratch {
    path: PathBuf,
    _guardian: Guardian,
}

impl Scratch {
    pub fn new() -> Result<Self, String> {
        let path = new_folder(None).map_err(|error| format!("cannot make a temporary folder: {error}"))?;
        // The second try is for a program that was still writing when the first one ran.
        let remove = r#"rm -rf "$1" || { sleep 1; rm -rf "$1"; }"#;
        let guardian = Guardian::watch(remove, &[path.as_os_str()], None).map_err(|error| error.to_string())?;
        Ok(Self { path, _guardian: guardian })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn a_scratch_folder_is_private_and_gone_afterwards() {
        let scratch = Scratch::new().unwrap();
        let path = scratch.path().to_owned();
        fs::write(path.join("file"), "text").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        drop(scratch);
        assert!(!path.exists());
    }

    #[test]
    fn the_guardian_acts_when_its_holder_is_killed() {
        let scratch = Scratch::new().unwrap();
        let mark = scratch.path().join("mark");
        let guardian = Guardian::watch(r#"echo "$1" > "$2""#, &["done".as_ref(), mark.as_os_str()], None).unwrap();
        assert!(!mark.exists());
        drop(guardian);
        assert_eq!(fs::read_to_string(mark).unwrap(), "done\n");
    }
}
