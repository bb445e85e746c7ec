//! What a killed server must not lose, shown from outside: the real binary on a real folder, the story of the library
//! told through a gate that chooses the moment of each `kill -9`.
//!
//! Invariants that every telling ends with: what was acknowledged is there, the marketplace has each order and refund
//! once, every callback arrived. Rejected: failing points inside the product; they would test the points that somebody
//! thought of.

mod batch;
mod cart;
mod database;
pub mod draw;
mod ends;
pub mod evidence;
mod gate;
pub mod load;
mod market;
pub mod random;
pub mod server;
mod telling;

use server::Place;
use telling::Moments;

/// Names another seed, to look for moments that nobody has tried.
const OTHER_SEED: &str = "SAMPAN_TEST_KILL_SEED";

/// Draws the moments; another one gives other moments.
fn seed() -> u64 {
    let other = std::env::var(OTHER_SEED).ok().map(|text| text.parse().expect("a number"));
    other.unwrap_or(20_260_520)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_at_any_moment_of_each_step() {
    telling::told_whole(Place::Sqlite, Moments::AnyTime(seed())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_after_a_write_of_each_step_was_sent() {
    telling::told_whole(Place::Sqlite, Moments::WriteSent(seed())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_when_the_answer_to_a_write_of_each_step_is_on_its_way() {
    telling::told_whole(Place::Sqlite, Moments::WriteAnswered(seed())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_at_any_moment_of_each_step_on_postgresql() {
    database::with(async |url| telling::told_whole(Place::Postgres(url), Moments::AnyTime(seed() + 1)).await).await;
}
