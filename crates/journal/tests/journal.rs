//! What callers of the journal rely on: all or nothing, alone when failing, durable when answered, refused when full.

use journal::{BackupError, Error, Journal, Options};
use rusqlite::Connection;
use std::{path::Path, sync::mpsc, time::Duration};

fn open(dir: &Path, options: Options) -> Journal {
    Journal::open(dir.join("test.db"), options).unwrap()
}

async fn with_table(dir: &Path, options: Options) -> Journal {
    let journal = open(dir, options);
    journal
        .write(|c| c.execute_batch("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL)"))
        .await
        .unwrap()
        .unwrap();
    journal
}

fn insert(id: i64) -> impl FnMut(&Connection) -> Result<(), rusqlite::Error> + Send + 'static {
    move |c| c.prepare_cached("INSERT INTO t VALUES (?1, 1)")?.execute([id]).map(drop)
}

async fn count(journal: &Journal) -> i64 {
    journal.read(|c| c.query_row("SELECT count(*) FROM t", [], |r| r.get(0)).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_caller_that_errs_leaves_nothing_and_hurts_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    let bad = journal.write(|c| {
        c.execute("INSERT INTO t VALUES (1, 1)", []).unwrap();
        Err::<(), _>("refused")
    });
    let (bad, good, twice) = tokio::join!(bad, journal.write(insert(2)), journal.write(insert(2)));
    assert_eq!(bad.unwrap(), Err("refused"));
    good.unwrap().unwrap();
    twice.unwrap().unwrap_err();
    assert_eq!(count(&journal).await, 1);
}

#[tokio::test]
async fn a_panic_is_told_to_its_caller_only() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    let bad = journal.write(|c| -> Result<(), ()> {
        c.execute("INSERT INTO t VALUES (1, 1)", []).unwrap();
        panic!("on purpose")
    });
    assert!(matches!(bad.await, Err(Error::Panicked)));
    assert!(matches!(journal.read(|_| -> () { panic!("on purpose") }).await, Err(Error::Panicked)));
    journal.write(insert(2)).await.unwrap().unwrap();
    assert_eq!(count(&journal).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_writers_all_get_through() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    let writers: Vec<_> = (0..1000)
        .map(|id| {
            let journal = journal.clone();
            tokio::spawn(async move { journal.write(insert(id)).await.unwrap() })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(count(&journal).await, 1000);
}

#[tokio::test]
async fn what_was_answered_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    journal.write(insert(7)).await.unwrap().unwrap();
    // A copy of the files as they lie on disk is what a crash would leave.
    let crash = tempfile::tempdir().unwrap();
    for name in ["test.db", "test.db-wal"] {
        std::fs::copy(dir.path().join(name), crash.path().join(name)).unwrap();
    }
    assert_eq!(count(&open(crash.path(), Options::default())).await, 1);
    journal.close().await;
    assert!(matches!(journal.write(insert(8)).await, Err(Error::Closed)));
    assert!(matches!(journal.read(|_| ()).await, Err(Error::Closed)));
    assert_eq!(count(&open(dir.path(), Options::default())).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_refuses_at_once_and_closing_drains_it() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options { capacity: 2, ..Options::default() }).await;
    let (started, has_started) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let blocker = tokio::spawn({
        let journal = journal.clone();
        async move {
            journal
                .write(move |_| {
                    started.send(()).unwrap();
                    released.recv().map_err(drop)
                })
                .await
        }
    });
    has_started.recv_timeout(Duration::from_secs(5)).unwrap();
    let mut queued: Vec<_> = (0..2).map(|id| Box::pin(journal.write(insert(id)))).collect();
    for write in &mut queued {
        tokio::select! { biased; _ = write => panic!("the writer is held"), () = async {} => {} }
    }
    assert!(matches!(journal.write(insert(9)).await, Err(Error::Overloaded)));
    let closing = tokio::spawn({
        let journal = journal.clone();
        async move { journal.close().await }
    });
    release.send(()).unwrap();
    blocker.await.unwrap().unwrap().unwrap();
    for write in queued {
        write.await.unwrap().unwrap();
    }
    closing.await.unwrap();
    assert_eq!(count(&open(dir.path(), Options::default())).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_folded_in_when_it_grows() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options { checkpoint_bytes: 64 << 10, ..Options::default() }).await;
    let log = || std::fs::metadata(dir.path().join("test.db-wal")).unwrap().len();
    for id in 0..200 {
        journal.write(insert(id)).await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // A page of 4 KiB at least for each commit.
    assert!(log() < 400 << 10, "the log was never begun anew: {}", log());
    assert_eq!(count(&journal).await, 200);
    journal.close().await;
    assert!(!dir.path().join("test.db-wal").exists(), "a closed journal is one file");
}

#[tokio::test]
async fn readers_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    journal.read(|c| c.execute("DELETE FROM t", []).map(drop)).await.unwrap().unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_what_was_acknowledged_and_does_not_stop_the_writer() {
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    for id in 0..100 {
        journal.write(insert(id)).await.unwrap().unwrap();
    }
    let writing = journal.clone();
    let writer = tokio::spawn(async move {
        for id in 100..400 {
            writing.write(insert(id)).await.unwrap().unwrap();
        }
    });
    let to = dir.path().join("copy.db");
    let size = journal.backup(&to).await.unwrap();
    writer.await.unwrap();
    assert_eq!(std::fs::metadata(&to).unwrap().len(), size);
    let copy = Connection::open(&to).unwrap();
    let found: i64 = copy.query_row("SELECT count(*) FROM t WHERE id < 100", [], |r| r.get(0)).unwrap();
    assert_eq!(found, 100);
    let gapless = "SELECT count(*) = max(id) + 1 FROM t";
    assert!(copy.query_row(gapless, [], |r| r.get::<_, bool>(0)).unwrap(), "one snapshot");
    assert_eq!(count(&journal).await, 400);
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_private_and_takes_nobodys_place() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let journal = with_table(dir.path(), Options::default()).await;
    let to = dir.path().join("copy.db");
    let (one, other) = tokio::join!(journal.backup(&to), journal.backup(&to));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert!(matches!(journal.backup(&to).await, Err(BackupError::Taken(path)) if path == to));
    assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(journal.backup(dir.path().join("no/copy.db")).await, Err(BackupError::Io { .. })));
    let names = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.contains("partial")), "nothing is left behind");
}
