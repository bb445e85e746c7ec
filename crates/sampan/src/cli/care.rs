//! `backup` and `operator`: care of a running installation.

use super::{
    access::Global,
    accounts,
    answer::ask,
    exit::{Exit, Failure},
    payments,
    screen::Screen,
};
use clap::{Args, Subcommand};
use client::Client;
use contract::{
    operations::care::{BackupMake, KeyRotate},
    request::{BackupBody, Nothing},
    view::care::{BackupMade, KeyRotated},
};
use std::{path::PathBuf, time::Duration};

const BACKUP: &str = "\
Examples:
  sampan backup before-upgrade.db
  sampan --data /var/lib/sampan backup /var/backups/sampan/2026-05-20.db

The server writes FILE, and FILE.sandbox where the sandbox lives in it, while it goes on working; so a path means its
machine. Nothing is overwritten. The master keys are not part of it: without master.key a backup opens nothing, so keep
that file too, somewhere else.";

const ROTATE: &str = "\
Examples:
  sampan operator rotate-key

The server adds a new version to its key file, or takes one that you have added to it, and seals every secret anew while
it goes on working. Backups made before still need the old versions.";

/// A large database takes its time, and so do many secrets.
const PATIENCE: Duration = Duration::from_secs(3600);

/// Back the running server's data up (operator)
#[derive(Debug, Args)]
#[command(after_help = BACKUP)]
pub struct Backup {
    /// File that the server makes; a relative path begins in this folder
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Look after the installation (operator)
#[derive(Debug, Args)]
pub struct Operator {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Exchange the master key
    #[command(after_help = ROTATE)]
    RotateKey,
    Payments(payments::Payments),
    Accounts(accounts::Accounts),
}

pub async fn backup(backup: &Backup, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let shown = backup.file.display();
    let file = std::path::absolute(&backup.file).map_err(|error| Failure::Usage(format!("{shown}: {error}")))?;
    let file = file.into_os_string().into_string().map_err(|_| Failure::Usage(format!("{shown} is not UTF-8")))?;
    ask::<BackupMake>(&patient(global)?, &BackupBody { file }, screen, show_backup).await?;
    Ok(Exit::Done)
}

pub async fn operator(operator: &Operator, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    match &operator.command {
        Command::RotateKey => {
            ask::<KeyRotate>(&patient(global)?, &Nothing {}, screen, show_rotated).await?;
        }
        Command::Payments(asked) => payments::run(asked, global, screen).await?,
        Command::Accounts(asked) => accounts::run(asked, global, screen).await?,
    }
    Ok(Exit::Done)
}

fn patient(global: &Global) -> Result<Client, Failure> {
    Ok(global.operator()?.with_timeout(PATIENCE)?)
}

fn show_backup(made: &BackupMade, screen: &mut Screen) {
    let mut pairs = vec![("file", format!("{}  {}", made.file, size(made.bytes)))];
    if let (Some(file), Some(bytes)) = (&made.sandbox_file, made.sandbox_bytes) {
        pairs.push(("sandbox", format!("{file}  {}", size(bytes))));
    }
    pairs.push(("took", format!("{} ms", made.took_ms)));
    screen.pairs(&pairs);
    screen.note("the master keys are not in it; keep them too, somewhere else");
}

fn show_rotated(rotated: &KeyRotated, screen: &mut Screen) {
    let unused: Vec<_> = rotated.unused.iter().map(i64::to_string).collect();
    screen.pairs(&[
        ("version", rotated.version.to_string()),
        ("sealed anew", rotated.resealed.to_string()),
        ("no longer needed", unused.join(", ")),
        ("key file", rotated.file.clone()),
    ]);
    screen.note("take old versions out of the key file only once no backup needs them");
}

/// Bytes as people say them.
fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{}.{} KiB", bytes >> 10, ((bytes % 1024) * 10) >> 10),
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes % 1_048_576) * 10) >> 20),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_said_in_units() {
        assert_eq!(
            [0, 1023, 1536, 1_048_575, 5_242_880].map(super::size),
            ["0 B", "1023 B", "1.5 KiB", "1023.9 KiB", "5.0 MiB"]
        );
    }
}
