//! Two requests about one object at the same moment: exactly one wins, and the other is told why with a code of the table.
//!
//! Each race is run many times, and who is a little later is drawn; so over the runs each order of events comes about.

mod create;
mod order;
mod refund;

use crate::{answer::Answer, kill::draw::Draw};
use std::time::Duration;

const RUNS: usize = 50;
/// The later one is at most so late: about the time that a write takes.
const LATE: Duration = Duration::from_millis(12);

/// Both at once, or one a little after the other.
async fn at_once<A, B>(draw: &mut Draw, one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let late = draw.time(LATE);
    let waits = match draw.number() % 3 {
        0 => [Duration::ZERO; 2],
        1 => [late, Duration::ZERO],
        _ => [Duration::ZERO, late],
    };
    let one = async {
        tokio::time::sleep(waits[0]).await;
        one.await
    };
    let other = async {
        tokio::time::sleep(waits[1]).await;
        other.await
    };
    tokio::join!(one, other)
}

/// One was accepted, and the other refused with one of these codes and a reason.
#[track_caller]
fn one_wins(one: &Answer, other: &Answer, codes: &[u32]) {
    let (winner, loser) = if one.code() == 200 { (one, other) } else { (other, one) };
    assert_eq!(winner.code(), 200, "{} and {}", one.text, other.text);
    assert!(codes.contains(&loser.code()) && !loser.msg().is_empty(), "{} and {}", winner.text, loser.text);
}
