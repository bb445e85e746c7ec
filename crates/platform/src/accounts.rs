//! Purchasing accounts: which there are, and who buys with which.

use crate::{Platform, Problem, Result, Ticket, problem::Thing};
use domain::{AccountId, DeveloperId, Marketplace, UserId};
use storage::{Changes, records::Account};

pub use storage::records::Binding;

/// A purchasing account and the users that are bound to it. Its tokens stay inside.
#[derive(Debug, Clone)]
pub struct AccountEntry {
    pub id: AccountId,
    pub marketplace: Marketplace,
    pub login_id: String,
    pub is_default: bool,
    pub users: Vec<Binding>,
}

impl Platform {
    /// All purchasing accounts, those that buy by default first.
    pub async fn purchasing_accounts(&self) -> Result<Vec<AccountEntry>> {
        let mut entries = Vec::new();
        for marketplace in Marketplace::ALL {
            for Account { id, marketplace, login_id, is_default, .. } in self.storage.accounts(marketplace).await? {
                let users = self.storage.bindings_of(id).await?;
                entries.push(AccountEntry { id, marketplace, login_id, is_default, users });
            }
        }
        Ok(entries)
    }

    /// From now on this account buys for the user at its marketplace. Orders that exist stay with theirs.
    pub async fn bind_user(
        &self,
        ticket: &Ticket,
        developer: DeveloperId,
        user: UserId,
        account: AccountId,
    ) -> Result<Binding> {
        self.known_user(developer, user).await?;
        let account = self.storage.account(account).await?.ok_or(Problem::NotFound(Thing::Account))?;
        let marketplace = account.marketplace;
        let binding = Binding { developer_id: developer, user_id: user, marketplace, account_id: account.id };
        ticket.decide_account(Changes::new().bind(&binding));
        Ok(binding)
    }

    /// From now on the default account buys for the user.
    pub async fn unbind_user(
        &self,
        ticket: &Ticket,
        developer: DeveloperId,
        user: UserId,
        marketplace: Marketplace,
    ) -> Result<()> {
        self.known_user(developer, user).await?;
        let binding = self.storage.binding(developer, user, marketplace).await?;
        if let Some(binding) = &binding {
            ticket.decide_account(Changes::new().unbind(binding));
        }
        Ok(())
    }

    async fn known_user(&self, developer: DeveloperId, user: UserId) -> Result<()> {
        self.storage.user(developer, user).await?.map(drop).ok_or(Problem::NotFound(Thing::User))
    }
}
