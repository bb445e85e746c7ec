//! Work queues: one statement hands out leases. A lease that runs out makes the work claimable again; the token of the last
//! lease is the only one that finishes, so a worker that was too slow cannot undo what its successor did.

mod deliveries;
mod feed;
mod observations;
mod rounds;

pub use deliveries::{ClaimedDelivery, Outcome, Receiver, Report, Share};
pub use observations::ClaimedObservation;
pub use rounds::{ClaimedRound, RoundClaim};
