//! The operator's requests about purchasing accounts.

use super::{Id, set};
use crate::error::{Code, Fault};
use domain::{AccountId, DeveloperId, Marketplace, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Have an account buy for a user, at the account's marketplace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserBindBody {
    pub develop_id: Id,
    pub user_id: Id,
    pub account_id: Id,
}

impl UserBindBody {
    pub fn user(&self) -> Result<(DeveloperId, UserId), Fault> {
        user(&self.develop_id, &self.user_id)
    }

    pub fn account(&self) -> Result<AccountId, Fault> {
        let unknown = |_| Fault::field(Code::ObjectNotFound, "accountId", "no such purchasing account");
        self.account_id.0.trim().parse().map_err(unknown)
    }
}

/// Have the default account buy for a user again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserUnbindBody {
    pub develop_id: Id,
    pub user_id: Id,
    /// Default `alibaba1688`.
    pub marketplace: Option<String>,
}

impl UserUnbindBody {
    pub fn user(&self) -> Result<(DeveloperId, UserId), Fault> {
        user(&self.develop_id, &self.user_id)
    }

    pub fn marketplace(&self) -> Result<Marketplace, Fault> {
        let text = set(self.marketplace.as_ref()).unwrap_or(Marketplace::Alibaba1688.name());
        text.parse().map_err(|_| {
            let names: Vec<_> = Marketplace::ALL.iter().map(|m| m.name()).collect();
            Fault::invalid("marketplace", format_args!("one of {}", names.join(", ")))
        })
    }
}

fn user(developer: &Id, user: &Id) -> Result<(DeveloperId, UserId), Fault> {
    let unknown = |field, what| move |_| Fault::field(Code::ObjectNotFound, field, what);
    Ok((
        developer.0.trim().parse().map_err(unknown("developId", "no such developer"))?,
        user.0.trim().parse().map_err(unknown("userId", "no such user"))?,
    ))
}
