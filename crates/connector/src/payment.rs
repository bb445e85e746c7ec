//! Paying.

use crate::Result;
use async_trait::async_trait;
use domain::{AccountId, OrderId};

/// A page where a person pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cashier {
    pub url: Option<String>,
    /// Orders that the page leaves out.
    pub left_out: Vec<OrderId>,
}

#[async_trait]
pub trait Payment: Send + Sync {
    /// Debits the account without a password where it has such an agreement.
    ///
    /// - `Ok(true)`: paid. `Ok(false)`: not paid as far as the marketplace knows; read the order before anything else,
    ///   since the debit may have gone through all the same.
    /// - `OrderState` when the order does not wait for payment.
    async fn debit(&self, account: AccountId, order: OrderId) -> Result<bool>;

    /// The cashier page for these orders.
    async fn cashier(&self, account: AccountId, orders: &[OrderId]) -> Result<Cashier>;
}
