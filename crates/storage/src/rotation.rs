//! Sealing old secrets again under the newest master key, while the house runs.

use crate::{
    CommitError, Error, MasterKey, Storage, changes,
    record::{self, Record},
    records::{AccessKey, Account},
    step::Step,
    value::{Column, Statement, Value},
};

impl Storage {
    /// Seals every secret that an older key sealed under the newest one; answers how many. After it the old key may go.
    /// A secret that changes at the same moment is sealed by its writer, and left alone.
    pub async fn reseal(&self) -> Result<u64, CommitError> {
        let mut count = 0;
        for key in self.all::<AccessKey>(record::select::<AccessKey>("", Vec::new())).await? {
            let identity = changes::key_identity(&key.access_key);
            let sql = "UPDATE access_keys SET secret = $1 WHERE access_key = $2 AND secret = $3";
            count += self.reseal_one(sql, key.access_key.value(), key.secret.expose(), &identity).await?;
        }
        for account in self.all::<Account>(record::select::<Account>("WHERE tokens IS NOT NULL", Vec::new())).await? {
            let identity = changes::account_identity(&account);
            let sql = "UPDATE accounts SET tokens = $1 WHERE id = $2 AND tokens = $3";
            let sealed = account.tokens.as_ref().map_or(&[][..], |t| t.expose());
            count += self.reseal_one(sql, account.id.value(), sealed, &identity).await?;
        }
        Ok(count)
    }

    async fn reseal_one(&self, sql: &'static str, id: Value, old: &[u8], identity: &str) -> Result<u64, CommitError> {
        if old.first() == Some(&self.key.version()) {
            return Ok(0);
        }
        let plain = self.key.open(old, identity)?;
        let new = self.key.seal(plain.expose(), identity)?;
        let statement = Statement::new(sql, vec![Value::Blob(new), id, Value::Blob(old.to_vec())]);
        self.backend.write(vec![Step::any(statement)]).await?;
        Ok(1)
    }
}

/// Records that hold a secret, which lies sealed in the row and is opened after reading.
pub trait Sealed: Record {
    fn open(self, key: &MasterKey) -> Result<Self, Error>;
}

impl Sealed for AccessKey {
    fn open(self, key: &MasterKey) -> Result<Self, Error> {
        let secret = key.open(self.secret.expose(), &changes::key_identity(&self.access_key))?;
        Ok(Self { secret, ..self })
    }
}

impl Sealed for Account {
    fn open(self, key: &MasterKey) -> Result<Self, Error> {
        let identity = changes::account_identity(&self);
        let tokens = self.tokens.as_ref().map(|t| key.open(t.expose(), &identity)).transpose()?;
        Ok(Self { tokens, ..self })
    }
}
