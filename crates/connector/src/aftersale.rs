//! Refunds and returns.

use crate::{Observed, Result};
use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    AccountId, EntryId, OrderId, RefundId,
    refund::{Application, GoodsStatus, Reason, Refund},
};
use serde::{Deserialize, Serialize};

/// Where an uploaded voucher lies: `domain/path` is its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    pub domain: String,
    pub path: String,
}

impl Voucher {
    pub fn url(&self) -> String {
        format!("{}/{}", self.domain, self.path)
    }
}

/// A carrier by which goods may be sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    pub id: i64,
    pub name: String,
    pub code: String,
    pub phone: Option<String>,
    pub support_print: bool,
    pub spelling: Option<String>,
}

/// The parcel that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendBack {
    pub refund: RefundId,
    pub company: String,
    pub bill: String,
    pub description: Option<String>,
    pub vouchers: Vec<String>,
}

#[async_trait]
pub trait Aftersale: Send + Sync {
    /// The reasons that may be given for these sub-orders with this goods status.
    async fn reasons(
        &self,
        account: AccountId,
        order: OrderId,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Vec<Reason>>;

    /// Uploads one jpg of under 1 MB.
    async fn upload_voucher(&self, account: AccountId, jpg: Bytes) -> Result<Voucher>;

    /// Opens a refund. It has no number of ours: after `Effect::Unknown` ask [`Aftersale::refunds_of`].
    async fn apply(&self, account: AccountId, ask: &Application) -> Result<RefundId>;

    /// The refund as it is now. `RefundNotFound` when unknown or not of this account.
    async fn refund(&self, account: AccountId, id: RefundId) -> Result<Observed<Refund>>;

    /// All refunds of an order, in-sale and after-sale, open and closed.
    async fn refunds_of(&self, account: AccountId, order: OrderId) -> Result<Vec<Refund>>;

    /// Declares the return parcel. `RefundState` unless the refund waits for it.
    async fn send_back(&self, account: AccountId, ask: &SendBack) -> Result<()>;

    /// Withdraws an open refund. `RefundState` when it is final.
    async fn cancel(&self, account: AccountId, id: RefundId) -> Result<()>;

    async fn companies(&self) -> Result<Vec<Company>>;
}
