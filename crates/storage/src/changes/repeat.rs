//! What makes a repeat harmless: nonces, idempotency keys and intents.

use super::Changes;
use crate::{
    Secret, What,
    record::{self, Record},
    records::{Idempotency, IdempotencyState, Intent, IntentState, Nonce},
    step::Step,
    value::{Column, Statement},
};
use domain::{DeveloperId, Timestamp};

impl Changes {
    /// Records a nonce. Conflicts while the same one is remembered; `now` is wall time.
    pub fn nonce(self, nonce: &Nonce, now: Timestamp) -> Self {
        self.claim_key(nonce, now)
    }

    /// Takes an idempotency key. Conflicts while the key is remembered, running or done; `now` is wall time.
    pub fn begin_idempotency(self, idempotency: &Idempotency, now: Timestamp) -> Self {
        self.claim_key(idempotency, now)
    }

    /// Takes over a key whose try is running but was given up: conflicts unless it is still that try's.
    pub fn retake_idempotency(self, idempotency: &Idempotency, earlier: Timestamp) -> Self {
        const SQL: &str = "UPDATE idempotency SET started_at = $1, intent_id = $2 \
            WHERE developer_id = $3 AND operation = $4 AND key = $5 AND state = $6 AND started_at = $7";
        let params = vec![
            idempotency.started_at.value(),
            idempotency.intent_id.value(),
            idempotency.developer_id.value(),
            idempotency.operation.value(),
            idempotency.key.value(),
            IdempotencyState::Running.value(),
            earlier.value(),
        ];
        self.step(Step::one(What::Idempotency, Statement::new(SQL, params)))
    }

    /// Keeps the answer under the key. Conflicts unless the try that began at `idempotency.started_at` holds it.
    pub fn finish_idempotency(self, idempotency: &Idempotency, answer: &str) -> Self {
        const SQL: &str = "UPDATE idempotency SET state = $1, answer = $2 \
            WHERE developer_id = $3 AND operation = $4 AND key = $5 AND state = $6 AND started_at = $7";
        let params = vec![
            IdempotencyState::Done.value(),
            Secret::new(answer.as_bytes()).value(),
            idempotency.developer_id.value(),
            idempotency.operation.value(),
            idempotency.key.value(),
            IdempotencyState::Running.value(),
            idempotency.started_at.value(),
        ];
        let step = Step::one(What::Idempotency, Statement::new(SQL, params));
        self.step(step.sealing(1, answer_identity(idempotency)))
    }

    /// Frees a key whose try had no effect. Conflicts unless the try that began at `idempotency.started_at` holds it.
    pub fn abandon_idempotency(self, idempotency: &Idempotency) -> Self {
        const SQL: &str = "DELETE FROM idempotency \
            WHERE developer_id = $1 AND operation = $2 AND key = $3 AND state = $4 AND started_at = $5";
        let params = vec![
            idempotency.developer_id.value(),
            idempotency.operation.value(),
            idempotency.key.value(),
            IdempotencyState::Running.value(),
            idempotency.started_at.value(),
        ];
        self.step(Step::one(What::Idempotency, Statement::new(SQL, params)))
    }

    pub fn begin_intent(self, intent: &Intent) -> Self {
        self.insert(intent)
    }

    /// Writes how it ended. Conflicts unless it is running: somebody else has settled it.
    pub fn finish_intent(self, developer: DeveloperId, id: &str, state: IntentState, outcome: &str) -> Self {
        const SQL: &str = "UPDATE intents SET state = $1, outcome = $2 \
            WHERE developer_id = $3 AND id = $4 AND state = $5";
        let params = vec![
            state.value(),
            outcome.to_owned().value(),
            developer.value(),
            id.to_owned().value(),
            IntentState::Running.value(),
        ];
        self.step(Step::one(What::Intent, Statement::new(SQL, params)))
    }

    /// Inserts a record that expires, or takes the place of one that has expired.
    fn claim_key<R: Record>(self, record: &R, now: Timestamp) -> Self {
        let mut statement = record::replace(record);
        statement.params.push(now.value());
        let place = statement.params.len();
        statement.sql = format!("{} WHERE {}.expires_at <= ${place}", statement.sql, R::TABLE).into();
        self.step(Step::one(R::WHAT, statement))
    }
}

pub(crate) fn answer_identity(idempotency: &Idempotency) -> String {
    let Idempotency { developer_id, operation, key, .. } = idempotency;
    // As the texts lie in the row: a NUL is another character there.
    format!("answer:{developer_id}:{operation}:{key}").replace('\0', "\u{fffd}")
}
