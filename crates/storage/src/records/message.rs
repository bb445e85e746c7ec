//! Outgoing messages, where each stands, and what each attempt brought.

use crate::{column::words, record::record};
use domain::{DeveloperId, MessageId, Timestamp};

words! {
    /// What a message is about.
    ObjectKind { Order = "order", Refund = "refund" }
    /// Where a delivery stands.
    DeliveryState {
        /// Waits for its time, or is being delivered under a lease.
        Pending = "pending",
        /// Acknowledged by the receiver.
        Done = "done",
        /// Given up after the last attempt; replay revives it.
        Dead = "dead",
        /// There is no verified callback to send it to.
        Held = "held",
    }
}

record! {
    Message in "messages" as Message by [developer_id, id] {
        developer_id: DeveloperId,
        id: MessageId,
        object_kind: ObjectKind,
        object_id: i64,
        /// Counts the messages about one object.
        sequence: i64,
        message_type: String,
        platform: i64,
        edition: String,
        /// The messageBody as composed.
        body: String,
        /// JSON of the event, from which the body can be composed again.
        event: String,
        /// The request that caused it, where one did.
        request_id: Option<String>,
        created_at: Timestamp,
    }
}

record! {
    Delivery in "deliveries" as Delivery by [developer_id, message_id] {
        developer_id: DeveloperId,
        message_id: MessageId,
        state: DeliveryState,
        /// World time of the next attempt.
        due_at: Timestamp,
        /// Since it was queued or replayed.
        failed_attempts: i64,
        /// All attempts ever made; the number of the last one.
        attempts: i64,
        /// Wall time until which somebody delivers it; zero when nobody does.
        lease_until: Timestamp,
        /// Counts the leases given; only the holder of the last one may finish.
        lease_token: i64,
    }
}

impl Delivery {
    /// A delivery that waits for `due_at`, or is held where there is nowhere to send it.
    pub fn queued(message: &Message, state: DeliveryState, due_at: Timestamp) -> Self {
        Self {
            developer_id: message.developer_id,
            message_id: message.id,
            state,
            due_at,
            failed_attempts: 0,
            attempts: 0,
            lease_until: Timestamp(0),
            lease_token: 0,
        }
    }
}

record! {
    Attempt in "attempts" as Attempt by [developer_id, message_id, number] {
        developer_id: DeveloperId,
        message_id: MessageId,
        /// Counts from 1 over the life of the message.
        number: i64,
        at: Timestamp,
        /// HTTP status, where an answer came.
        status: Option<i64>,
        error: Option<String>,
        duration_ms: i64,
        /// The first KB of the answer.
        answer: String,
    }
}
