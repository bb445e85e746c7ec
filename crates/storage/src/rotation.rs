//! The exchange of master keys while the house runs: new keys seal at once, and what older ones sealed is sealed again in
//! batches.

use crate::{
    CommitError, Error, MasterKey, Storage, changes,
    record::{self, Record},
    records::{AccessKey, Account, Idempotency, InstallationSecret},
    step::Step,
    value::{Column, Statement, Value},
};
use std::time::Duration;

/// Rows of one batch, each of which is one commit.
const BATCH: i64 = 200;
/// How long a commit that was begun with the old keys may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What an exchange of master keys did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The version that seals from now on.
    pub version: u8,
    /// Secrets that were sealed again.
    pub resealed: u64,
    /// Versions that no secret needs any more.
    pub unused: Vec<u8>,
}

/// A secret as it lies in its row.
struct Found {
    /// Values of the row's key, in the order of the statement.
    id: Vec<Value>,
    identity: String,
    sealed: Vec<u8>,
}

impl Storage {
    /// Takes new master keys into use, which must open what the present ones sealed, and seals every secret anew under
    /// their newest version. On an error some secrets may be sealed by the new and some by the old: all of them open, and
    /// calling it again does the rest.
    pub async fn rotate(&self, keys: MasterKey) -> Result<Rotated, CommitError> {
        let (version, mut unused) = (keys.version(), keys.versions().collect::<Vec<_>>());
        unused.retain(|v| *v != version);
        if !self.keys.exchange(keys, PATIENCE).await {
            return Err(Error::unavailable("a commit with the old master keys does not end").into());
        }
        Ok(Rotated { version, resealed: self.reseal().await?, unused })
    }

    /// Seals every secret that an older key sealed under the newest one; answers how many. After it the old key may go.
    /// A secret that changes at the same moment is sealed by its writer, and left alone.
    pub async fn reseal(&self) -> Result<u64, CommitError> {
        let text = || Value::text("");
        let keys = self.reseal_table::<AccessKey>("secret", vec![text()]).await?;
        let accounts = self.reseal_table::<Account>("tokens", vec![Value::Int(0)]).await?;
        let answers = self.reseal_table::<Idempotency>("answer", vec![Value::Int(0), text(), text()]).await?;
        let own = self.reseal_table::<InstallationSecret>("value", vec![text()]).await?;
        Ok(keys + accounts + answers + own)
    }

    /// The secrets of one table, whose keys all come after `first`.
    async fn reseal_table<R>(&self, column: &str, first: Vec<Value>) -> Result<u64, CommitError>
    where
        R: Record,
        Found: From<R>,
    {
        let (table, key) = (R::TABLE, R::KEY.join(", "));
        let places: Vec<String> = (1..=R::KEY.len()).map(|n| format!("${n}")).collect();
        let tail =
            format!("WHERE ({key}) > ({}) AND {column} IS NOT NULL ORDER BY {key} LIMIT {BATCH}", places.join(", "));
        let same: Vec<String> = R::KEY.iter().zip(2..).map(|(k, n)| format!("{k} = ${n}")).collect();
        let update = format!(
            "UPDATE {table} SET {column} = $1 WHERE {} AND {column} = ${} RETURNING {key}",
            same.join(" AND "),
            R::KEY.len() + 2
        );
        let (mut count, mut after) = (0, first);
        loop {
            let found = self.all::<R>(record::select::<R>(&tail, after.clone())).await?;
            let found: Vec<Found> = found.into_iter().map(Found::from).collect();
            let Some(last) = found.last() else { return Ok(count) };
            after = last.id.clone();
            count += self.reseal_batch(&update, found).await?;
        }
    }

    /// Whether the master keys at hand open what is kept; of each version one secret is tried. `Sealed` names one that
    /// stays shut.
    pub async fn check_keys(&self) -> Result<(), Error> {
        const KEYS: &str = "SELECT MIN(access_key) FROM access_keys GROUP BY substr(secret, 1, 1)";
        const ACCOUNTS: &str = "SELECT MIN(id) FROM accounts WHERE tokens IS NOT NULL GROUP BY substr(tokens, 1, 1)";
        const OWN: &str = "SELECT MIN(name) FROM secrets GROUP BY substr(value, 1, 1)";
        for row in self.rows(Statement::new(KEYS, Vec::new())).await? {
            self.access_key(&row.cells("access_keys").next::<String>("access_key")?).await?;
        }
        for row in self.rows(Statement::new(ACCOUNTS, Vec::new())).await? {
            self.account(row.cells("accounts").next("id")?).await?;
        }
        for row in self.rows(Statement::new(OWN, Vec::new())).await? {
            self.installation_secret(&row.cells("secrets").next::<String>("name")?).await?;
        }
        Ok(())
    }

    /// One commit; answers how many rows it changed.
    async fn reseal_batch(&self, sql: &str, found: Vec<Found>) -> Result<u64, CommitError> {
        let key = self.keys.current();
        let mut steps = Vec::new();
        for Found { id, identity, sealed } in found.into_iter().filter(|f| f.sealed.first() != Some(&key.version())) {
            let new = key.seal(key.open(&sealed, &identity)?.expose(), &identity)?;
            let mut params = vec![Value::Blob(new)];
            params.extend(id);
            params.push(Value::Blob(sealed));
            steps.push(Step::any(Statement::new(sql.to_owned(), params)));
        }
        if steps.is_empty() {
            return Ok(0);
        }
        let changed = self.backend.write(steps).await?;
        Ok(changed.iter().map(|rows| rows.len() as u64).sum())
    }
}

impl From<AccessKey> for Found {
    fn from(key: AccessKey) -> Self {
        let identity = changes::key_identity(&key.access_key);
        Self { id: vec![key.access_key.value()], identity, sealed: key.secret.expose().to_vec() }
    }
}

impl From<Account> for Found {
    fn from(account: Account) -> Self {
        let identity = changes::account_identity(&account);
        let sealed = account.tokens.as_ref().map(|t| t.expose().to_vec()).unwrap_or_default();
        Self { id: vec![account.id.value()], identity, sealed }
    }
}

impl From<Idempotency> for Found {
    fn from(idempotency: Idempotency) -> Self {
        let identity = changes::answer_identity(&idempotency);
        let sealed = idempotency.answer.as_ref().map(|a| a.expose().to_vec()).unwrap_or_default();
        let id = vec![idempotency.developer_id.value(), idempotency.operation.value(), idempotency.key.value()];
        Self { id, identity, sealed }
    }
}

impl From<InstallationSecret> for Found {
    fn from(secret: InstallationSecret) -> Self {
        let identity = changes::secret_identity(&secret.name);
        Self { id: vec![secret.name.value()], identity, sealed: secret.value.expose().to_vec() }
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

impl Sealed for InstallationSecret {
    fn open(self, key: &MasterKey) -> Result<Self, Error> {
        let value = key.open(self.value.expose(), &changes::secret_identity(&self.name))?;
        Ok(Self { value, ..self })
    }
}

impl Sealed for Idempotency {
    fn open(self, key: &MasterKey) -> Result<Self, Error> {
        let identity = changes::answer_identity(&self);
        let answer = self.answer.as_ref().map(|a| key.open(a.expose(), &identity)).transpose()?;
        Ok(Self { answer, ..self })
    }
}
