//! Who calls, and with which accounts we buy for them.

use crate::{
    Error, Storage, record,
    records::{AccessKey, Account, Binding, Developer, InstallationSecret, Meta, User},
    rotation::Sealed,
    value::{Column, Statement},
};
use domain::{AccountId, DeveloperId, Marketplace, Timestamp, UserId};

impl Storage {
    /// The key with its secret, expired or not.
    pub async fn access_key(&self, access_key: &str) -> Result<Option<AccessKey>, Error> {
        let found = self.first::<AccessKey>(record::by_key::<AccessKey>(vec![access_key.to_owned().value()])).await?;
        found.map(|key| key.open(&self.keys.current())).transpose()
    }

    /// All keys of a developer, the newest first.
    pub async fn access_keys(&self, developer: DeveloperId) -> Result<Vec<AccessKey>, Error> {
        let tail = "WHERE developer_id = $1 ORDER BY created_at DESC, access_key";
        let found = self.all::<AccessKey>(record::select::<AccessKey>(tail, vec![developer.value()])).await?;
        found.into_iter().map(|key| key.open(&self.keys.current())).collect()
    }

    pub async fn developer(&self, id: DeveloperId) -> Result<Option<Developer>, Error> {
        self.first(record::by_key::<Developer>(vec![id.value()])).await
    }

    /// All developers, the oldest first.
    pub async fn developers(&self) -> Result<Vec<Developer>, Error> {
        self.all(record::select::<Developer>("ORDER BY created_at, id", Vec::new())).await
    }

    /// Since when the developer's receiver has failed, by the world's clock; `None` while it takes what it is sent.
    pub async fn receiver_fails_since(&self, developer: DeveloperId) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT since FROM failing_receivers WHERE developer_id = $1";
        let found = self.rows(Statement::new(sql, vec![developer.value()])).await?.into_iter().next();
        found.map(|row| row.cells("failing_receivers").next("since")).transpose()
    }

    pub async fn user(&self, developer: DeveloperId, user: UserId) -> Result<Option<User>, Error> {
        self.first(record::by_key::<User>(vec![developer.value(), user.value()])).await
    }

    pub async fn users(&self, developer: DeveloperId) -> Result<Vec<User>, Error> {
        self.all(record::select::<User>("WHERE developer_id = $1 ORDER BY user_id", vec![developer.value()])).await
    }

    /// The account that buys for a user, where one was chosen.
    pub async fn binding(
        &self,
        developer: DeveloperId,
        user: UserId,
        marketplace: Marketplace,
    ) -> Result<Option<Binding>, Error> {
        let key = vec![developer.value(), user.value(), marketplace.value()];
        self.first(record::by_key::<Binding>(key)).await
    }

    /// The bindings of an account, by developer and user.
    pub async fn bindings_of(&self, account: AccountId) -> Result<Vec<Binding>, Error> {
        let tail = "WHERE account_id = $1 ORDER BY developer_id, user_id";
        self.all(record::select::<Binding>(tail, vec![account.value()])).await
    }

    /// The account with its tokens.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, Error> {
        let found = self.first::<Account>(record::by_key::<Account>(vec![id.value()])).await?;
        found.map(|account| account.open(&self.keys.current())).transpose()
    }

    /// All accounts at a marketplace, the default first.
    pub async fn accounts(&self, marketplace: Marketplace) -> Result<Vec<Account>, Error> {
        let tail = "WHERE marketplace = $1 ORDER BY is_default DESC, id";
        let found = self.all::<Account>(record::select::<Account>(tail, vec![marketplace.value()])).await?;
        found.into_iter().map(|account| account.open(&self.keys.current())).collect()
    }

    /// The same by their ids alone, with no secret opened.
    pub async fn account_ids(&self, marketplace: Marketplace) -> Result<Vec<AccountId>, Error> {
        let sql = "SELECT id FROM accounts WHERE marketplace = $1 ORDER BY id";
        let rows = self.rows(Statement::new(sql, vec![marketplace.value()])).await?;
        rows.into_iter().map(|row| row.cells("accounts").next("id")).collect()
    }

    /// The account that buys for users without one of their own.
    pub async fn default_account(&self, marketplace: Marketplace) -> Result<Option<Account>, Error> {
        Ok(self.accounts(marketplace).await?.into_iter().next().filter(|account| account.is_default))
    }

    /// A secret of the installation itself.
    pub async fn installation_secret(&self, name: &str) -> Result<Option<InstallationSecret>, Error> {
        let statement = record::by_key::<InstallationSecret>(vec![name.to_owned().value()]);
        let found = self.first::<InstallationSecret>(statement).await?;
        found.map(|secret| secret.open(&self.keys.current())).transpose()
    }

    /// A fact of the installation.
    pub async fn meta(&self, name: &str) -> Result<Option<String>, Error> {
        let found = self.first::<Meta>(record::by_key::<Meta>(vec![name.to_owned().value()])).await?;
        Ok(found.map(|meta| meta.value))
    }
}
