//! What came in from marketplaces, and the looks at their objects that are due because of it.

use crate::record::record;
use domain::{Marketplace, OrderId, Timestamp};

record! {
    /// A push as received; the second one with the same number is a conflict.
    Push in "pushes" as Push by [marketplace, message_id] {
        marketplace: Marketplace,
        /// The marketplace's number.
        message_id: String,
        topic: String,
        raw: String,
        received_at: Timestamp,
    }
}

record! {
    /// A look at an object that is due. One row a subject: queueing it again counts the generation up, so that a
    /// look that began before cannot take the new one for done.
    Observation in "observations" as Observation by [marketplace, subject] {
        marketplace: Marketplace,
        /// What is to be looked at, as the platform spells it.
        subject: String,
        order_id: OrderId,
        /// Wall time.
        due_at: Timestamp,
        /// Failed looks since it was first queued.
        attempts: i64,
        first_queued_at: Timestamp,
        generation: i64,
        /// Wall time until which somebody looks; zero when nobody does.
        lease_until: Timestamp,
        lease_token: i64,
    }
}
