//! What was done before: idempotency keys, intents, previews and vouchers.

use crate::{
    Error, Storage, record,
    records::{Idempotency, Intent, Preview, Voucher},
    rotation::Sealed,
    value::{Column, Value},
};
use domain::{DeveloperId, Timestamp, UserId};

impl Storage {
    /// What is kept under an idempotency key, expired or not.
    pub async fn idempotency(
        &self,
        developer: DeveloperId,
        operation: &str,
        key: &str,
    ) -> Result<Option<Idempotency>, Error> {
        let params = vec![developer.value(), operation.to_owned().value(), key.to_owned().value()];
        let found = self.first::<Idempotency>(record::by_key::<Idempotency>(params)).await?;
        found.map(|kept| kept.open(&self.keys.current())).transpose()
    }

    /// The intents of one write, the oldest first. An operator's write may be about another developer's order, so the id
    /// alone is asked for.
    pub async fn intents_of_write(&self, write: &str) -> Result<Vec<Intent>, Error> {
        let tail = "WHERE write_id = $1 OR id = $1 ORDER BY created_at, id";
        self.all(record::select::<Intent>(tail, vec![write.to_owned().value()]).short()).await
    }

    /// Intents of all developers without an outcome that were begun before `before`, the oldest first.
    pub async fn running_intents(&self, before: Timestamp, limit: i64) -> Result<Vec<Intent>, Error> {
        let tail = "WHERE state = 'running' AND created_at < $1 ORDER BY created_at, id LIMIT $2";
        self.all(record::select::<Intent>(tail, vec![before.value(), Value::Int(limit)])).await
    }

    /// Those that were begun before `before` or, by their date, after `after`.
    pub async fn running_intents_beyond(
        &self,
        before: Timestamp,
        after: Timestamp,
        limit: i64,
    ) -> Result<Vec<Intent>, Error> {
        let tail = "WHERE state = 'running' AND (created_at < $1 OR created_at > $2) ORDER BY created_at, id LIMIT $3";
        self.all(record::select::<Intent>(tail, vec![before.value(), after.value(), Value::Int(limit)])).await
    }

    /// Those of [`Storage::running_intents`] that one installation began, and that were begun before `before`.
    pub async fn running_intents_of(&self, instance: i64, before: Timestamp, limit: i64) -> Result<Vec<Intent>, Error> {
        let tail = "WHERE state = 'running' AND instance = $1 AND created_at < $2 ORDER BY created_at, id LIMIT $3";
        self.all(record::select::<Intent>(tail, vec![Value::Int(instance), before.value(), Value::Int(limit)])).await
    }

    /// Intents of a developer about one subject, the oldest first.
    pub async fn intents_of(&self, developer: DeveloperId, subject: &str) -> Result<Vec<Intent>, Error> {
        let tail = "WHERE developer_id = $1 AND subject = $2 ORDER BY created_at, id";
        self.all(record::select::<Intent>(tail, vec![developer.value(), subject.to_owned().value()]).short()).await
    }

    /// The preview of these lines, where it was made after `since`.
    pub async fn preview(
        &self,
        developer: DeveloperId,
        user: UserId,
        lines_hash: &str,
        since: Timestamp,
    ) -> Result<Option<Preview>, Error> {
        let params = vec![developer.value(), user.value(), lines_hash.to_owned().value()];
        let found = self.first::<Preview>(record::by_key::<Preview>(params)).await?;
        Ok(found.filter(|preview| preview.created_at > since))
    }

    /// Whether an upload of this developer gave the URL.
    pub async fn voucher_exists(&self, developer: DeveloperId, url: &str) -> Result<bool, Error> {
        let params = vec![developer.value(), url.to_owned().value()];
        Ok(self.first::<Voucher>(record::by_key::<Voucher>(params)).await?.is_some())
    }
}
