//! A random walk over whole lives of orders, beside a model of them that was written from the contract alone.
//!
//! Each step is one call of a buyer, one deed of the seller or a leap of the clock, about one of a dozen orders that live side
//! by side, allowed or not. The model says first what must be answered and how everything stands afterwards; then order and
//! refund views, totals of lists and callbacks are compared with it. Where the contract leaves something open, the model
//! holds each reading that it allows and takes up the one that it sees. Nothing here uses `domain`: two copies of one
//! mistake would agree.

mod act;
mod asks;
mod buy;
mod claim;
mod dice;
mod heard;
mod look;
mod market;
mod model;
mod refunds;
mod time;
mod walker;

use crate::{database::Database, world::World};
use tempfile::TempDir;
use walker::Walk;

/// Names another number of steps.
const STEPS: &str = "SAMPAN_TEST_WALK_STEPS";
const USUAL_STEPS: usize = 10_000;
/// Names the seed of the first walk, to walk it again or to walk elsewhere.
const SEED: &str = "SAMPAN_TEST_WALK_SEED";
const USUAL_SEED: u64 = 1;
/// One installation is walked in so many steps at most; then another begins, with the next seed.
const LEG: usize = 2_500;
/// On PostgreSQL, one step for so many on SQLite.
const SHARE: usize = 5;

fn number(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name}: expected a number, not {text}")))
}

fn steps() -> usize {
    number(STEPS).map_or(USUAL_STEPS, |steps| usize::try_from(steps).expect("a number of steps"))
}

/// Their hashes, which a marketplace would make in the time of the walk.
async fn pictures(folder: &TempDir) {
    let dir = folder.path().join("sandbox");
    let put = move || {
        std::fs::create_dir_all(&dir).expect("a folder");
        crate::album::put(&dir);
    };
    tokio::task::spawn_blocking(put).await.expect("no panic");
}

async fn leg(database: impl AsyncFnOnce(&TempDir) -> Option<Database>, seed: u64, steps: usize) {
    let folder = TempDir::new().expect("a folder");
    let Some(database) = database(&folder).await else { return };
    pictures(&folder).await;
    eprintln!("{SEED}={seed} {STEPS}={steps} walks this again");
    Walk::begin(World::start(folder, database).await, seed).await.through(steps).await;
}

/// Legs of `steps` in all; `lane` of two lanes, which are walked side by side.
async fn lane(steps: usize, lane: u64) {
    let first = number(SEED).unwrap_or(USUAL_SEED);
    let legs = steps.div_ceil(LEG);
    for leg_number in 0..legs {
        let at = u64::try_from(leg_number).expect("a number");
        if at % 2 == lane {
            let rest = (steps - leg_number * LEG).min(LEG);
            leg(async |folder| Some(Database::file(folder.path())), first + at, rest).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_over_lives_of_orders_agrees_with_the_contract() {
    tokio::join!(lane(steps(), 0), lane(steps(), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_over_lives_of_orders_agrees_with_the_contract_on_postgresql() {
    let seed = number(SEED).unwrap_or(USUAL_SEED) + 1000;
    leg(async |_| Database::schema().await, seed, steps() / SHARE).await;
}
