//! A write as one value: a use case gathers here what it decided, and storage commits all of it or nothing.
//!
//! An insert conflicts where the record exists; an update conflicts where its version has moved on. Each method names one
//! thing that a use case may do, so there is no way to write a record that has no rule.

mod cart;
mod order;
mod queue;
mod repeat;
mod tally;

pub use cart::{CartEdit, CartOf};
pub use order::OrderChange;
pub use queue::QueuedObservation;
pub(crate) use queue::forgive;
pub(crate) use repeat::answer_identity;
pub(crate) use tally::{DAY_MS, RUN_DAYS, Span};

use crate::{
    What,
    record::{self, Record},
    records::{
        AccessKey, Account, Binding, Developer, InstallationSecret, Meta, Payment, Preview, Request, User, Voucher,
    },
    step::Step,
    value::{Column, Statement},
};
use domain::{DeveloperId, Timestamp};
use tally::Tally;

/// What a use case decided. Committed by [`crate::Storage::commit`].
#[derive(Debug, Clone, Default)]
#[must_use = "changes do nothing until they are committed"]
pub struct Changes {
    steps: Vec<Step>,
    /// Of orders; its statements come last.
    tally: Tally,
}

impl Changes {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.tally.is_empty()
    }

    /// Everything of `other`, after what is here.
    pub fn and(mut self, other: Self) -> Self {
        self.steps.extend(other.steps);
        self.tally.merge(other.tally);
        self
    }

    /// `parts`: counts are spread over several rows, because rows are locked until the commit.
    pub(crate) fn into_steps(self, parts: bool) -> Vec<Step> {
        let mut steps = self.steps;
        steps.extend(self.tally.steps(parts));
        steps
    }

    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn insert<R: Record>(self, record: &R) -> Self {
        self.step(Step::one(R::WHAT, record::insert(record)))
    }

    fn update<R: Record>(self, record: &R) -> Self {
        self.step(Step::one(R::WHAT, record::update(record)))
    }

    fn replace<R: Record>(self, record: &R) -> Self {
        self.step(Step::any(record::replace(record)))
    }

    pub fn insert_developer(self, developer: &Developer) -> Self {
        self.insert(developer)
    }

    /// Expects the version that `developer` was read with.
    pub fn update_developer(self, developer: &Developer) -> Self {
        self.update(developer)
    }

    pub fn insert_user(self, user: &User) -> Self {
        self.insert(user)
    }

    /// The last one to write wins: a user has no version.
    pub fn replace_user(self, user: &User) -> Self {
        self.replace(user)
    }

    /// The secret is sealed on its way to the database.
    pub fn insert_access_key(self, key: &AccessKey) -> Self {
        let step = Step::one(What::AccessKey, record::insert(key));
        self.step(step.sealing(2, key_identity(&key.access_key)))
    }

    /// Conflicts where the key is not the developer's.
    pub fn expire_access_key(self, developer: DeveloperId, access_key: &str, at: Timestamp) -> Self {
        const SQL: &str = "UPDATE access_keys SET expires_at = $1 WHERE access_key = $2 AND developer_id = $3";
        let params = vec![at.value(), access_key.to_owned().value(), developer.value()];
        self.step(Step::one(What::AccessKey, Statement::new(SQL, params)))
    }

    pub fn delete_access_key(self, developer: DeveloperId, access_key: &str) -> Self {
        const SQL: &str = "DELETE FROM access_keys WHERE access_key = $1 AND developer_id = $2";
        let params = vec![access_key.to_owned().value(), developer.value()];
        self.step(Step::one(What::AccessKey, Statement::new(SQL, params)))
    }

    /// The tokens are sealed on their way to the database.
    pub fn insert_account(self, account: &Account) -> Self {
        self.step(Step::one(What::Account, record::insert(account)).sealing(4, account_identity(account)))
    }

    /// Expects the version that `account` was read with.
    pub fn update_account(self, account: &Account) -> Self {
        self.step(Step::one(What::Account, record::update(account)).sealing(3, account_identity(account)))
    }

    /// Takes the place of the account that bought for the user before.
    pub fn bind(self, binding: &Binding) -> Self {
        self.replace(binding)
    }

    /// The marketplace's default buys for the user again.
    pub fn unbind(self, binding: &Binding) -> Self {
        let Binding { developer_id, user_id, marketplace, .. } = binding;
        let key = vec![developer_id.value(), user_id.value(), marketplace.value()];
        self.step(Step::any(record::delete::<Binding>(key)))
    }

    /// Conflicts where the order has a payment already.
    pub fn insert_payment(self, payment: &Payment) -> Self {
        self.insert(payment)
    }

    /// Expects the version that `payment` was read with.
    pub fn update_payment(self, payment: &Payment) -> Self {
        self.update(payment)
    }

    /// Takes the place of the last preview of the same lines.
    pub fn put_preview(self, preview: &Preview) -> Self {
        self.replace(preview)
    }

    pub fn insert_voucher(self, voucher: &Voucher) -> Self {
        self.insert(voucher)
    }

    /// The value is sealed on its way to the database. Conflicts where there is one of this name.
    pub fn insert_installation_secret(self, secret: &InstallationSecret) -> Self {
        let step = Step::one(What::InstallationSecret, record::insert(secret));
        self.step(step.sealing(1, secret_identity(&secret.name)))
    }

    /// Conflicts where the fact is known already.
    pub fn insert_meta(self, meta: &Meta) -> Self {
        self.insert(meta)
    }

    pub fn put_meta(self, meta: &Meta) -> Self {
        self.replace(meta)
    }

    /// Takes the place of what was said of the same request.
    pub fn put_request(self, request: &Request) -> Self {
        self.replace(request)
    }

    /// Adds to a counter of the developer, which begins with zero.
    pub fn add(self, developer: DeveloperId, name: &str, n: i64) -> Self {
        self.step(Step::any(crate::numbers::add(Some(developer), name, n)))
    }
}

pub(crate) fn key_identity(access_key: &str) -> String {
    format!("access_key:{access_key}")
}

pub(crate) fn secret_identity(name: &str) -> String {
    format!("secret:{name}")
}

pub(crate) fn account_identity(account: &Account) -> String {
    format!("account:{}", account.id)
}
