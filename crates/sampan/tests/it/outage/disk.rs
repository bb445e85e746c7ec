//! A data folder on a disk that is full for a while. It is a small file system in memory of the test's own, so only root can
//! run this.

use crate::kill::{
    evidence,
    load::Load,
    random::all_is_well,
    server::{Place, Server},
};
use serde_json::json;
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const SIZE: &str = "size=160m";
const HEALED: Duration = Duration::from_secs(20);
const BUYERS: usize = 4;
/// What callers are told when there is no room: a fault of the platform, or of the marketplace that lives in the folder too.
const REFUSALS: [&str; 4] = ["50001", "50301", "50202", "50401"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_in_words_and_works_again_when_there_is_room() {
    let server = Server::new(Place::Sqlite);
    let Some(disk) = Disk::mount(&server.data) else {
        println!("SKIPPED: this user may not mount a file system");
        return;
    };
    server.start().await;
    let load = Load::at(&server).await;
    let harm = async {
        for _ in 0..2 {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            disk.fill();
            refuses(&load).await;
            let told = load.purchases();
            load.sees(&told).await;
            evidence::ask(&load.client, "/alibaba/order/page", json!({})).await;
            disk.make_room();
            load.heals_within(HEALED).await;
        }
        load.stop();
    };
    tokio::join!(harm, load.run(BUYERS));
    eprintln!("{} purchases, {:?}", load.purchases().len(), load.answers());
    let answers = load.answers();
    let strange: Vec<_> = answers.keys().filter(|word| *word != "200" && !REFUSALS.contains(&word.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}\n{}", server.log_tail());
    // What it could not keep it did not acknowledge: the same after a crash.
    server.kill();
    server.start().await;
    all_is_well(&server, &load).await;
}

/// Every buyer has heard that it does not go on.
async fn refuses(load: &Load) {
    let refusals = || REFUSALS.iter().filter_map(|word| load.answers().get(*word).copied()).sum::<usize>();
    let (began, before) = (Instant::now(), refusals());
    while refusals() < before + 20 * BUYERS {
        assert!(began.elapsed() < Duration::from_secs(20), "nobody notices: {:?}", load.answers());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A mounted file system, gone when dropped.
struct Disk {
    place: PathBuf,
}

impl Disk {
    fn mount(place: &Path) -> Option<Self> {
        std::fs::create_dir(place).expect("a new folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(place).stdout(Stdio::null()).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|status| status.success());
        mounted.then(|| Self { place: place.to_owned() })
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut filler = File::create(self.filler()).expect("a file");
        for chunk in [vec![0; 1 << 20], vec![0; 4096]] {
            while filler.write_all(&chunk).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("a file goes");
    }

    fn filler(&self) -> PathBuf {
        self.place.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.place).status());
    }
}
