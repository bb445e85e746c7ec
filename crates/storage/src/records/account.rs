//! Purchasing accounts at marketplaces, held by the operator and shared by developers.

use crate::{Secret, record::record};
use domain::{AccountId, Marketplace};

record! {
    Account in "accounts" as Account by [id] {
        id: AccountId,
        marketplace: Marketplace,
        login_id: String,
        member_id: String,
        /// The marketplace's tokens as the platform writes them; `None` before authorisation. Encrypted at rest; plain here.
        tokens: Option<Secret>,
        /// Buys for users without an account of their own.
        is_default: bool,
        version: i64,
    }
}
