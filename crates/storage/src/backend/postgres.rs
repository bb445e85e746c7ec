//! PostgreSQL, and databases that speak its protocol: a pool, prepared statements kept per connection, a transaction for
//! each commit. A transaction that the server itself calls off for another's sake is run again.

use super::Backend;
use crate::{
    BackupError, CommitError, Error,
    migrations::{self, MIGRATIONS, Spelling},
    step::Step,
    value::{Row, Statement, Value},
};
use async_trait::async_trait;
use bytes::BytesMut;
use deadpool_postgres::{
    GenericClient, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType, Timeouts,
};
use std::{error::Error as StdError, path::PathBuf, time::Duration};
use tokio_postgres::{
    IsolationLevel, NoTls,
    error::SqlState,
    types::{IsNull, ToSql, Type, to_sql_checked},
};

const CONNECTIONS: usize = 16;
const WAIT: Duration = Duration::from_secs(5);
/// From the first statement to the last answer. A server that does not answer is away, however well its machine is.
const LIMIT: Duration = Duration::from_secs(8);
const TRIES: u32 = 6;
/// Any number that no other program locks on the same database.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7233740321)";
const SPELLING: Spelling =
    Spelling { blob: "BYTEA", rowless: "", counted: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" };

pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Opens a pool for a URL `postgres://user:password@host/database`. Connects when first used.
    pub fn open(url: &str) -> Result<Self, Error> {
        let config: tokio_postgres::Config = url.parse()?;
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let timeouts = Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(Error::unavailable)?;
        Ok(Self { pool })
    }

    async fn client(&self) -> Result<Object, Error> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(TimeoutType::Wait) => Error::Overloaded,
            other => Error::unavailable(other),
        })
    }

    /// Works on a connection, within the time limit. One that is not done by then is closed, since nobody knows how it
    /// stands, and what it was doing may or may not be done.
    async fn within_limit<T, E: From<Error>>(
        &self,
        work: impl AsyncFnOnce(&mut Object) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut client = self.client().await?;
        match tokio::time::timeout(LIMIT, work(&mut client)).await {
            Ok(done) => done,
            Err(late) => {
                drop(Object::take(client));
                Err(Error::unavailable(late).into())
            }
        }
    }
}

async fn snapshot(client: &mut Object, statements: &[Statement]) -> Result<Vec<Vec<Row>>, Error> {
    let level = IsolationLevel::RepeatableRead;
    let transaction = client.build_transaction().isolation_level(level).read_only(true).start().await?;
    let mut answers = Vec::with_capacity(statements.len());
    for statement in statements {
        answers.push(run(&transaction, statement).await?.0);
    }
    transaction.commit().await?;
    Ok(answers)
}

async fn commit(client: &mut Object, steps: &[Step]) -> Result<Vec<Vec<Row>>, Failed> {
    let transaction = client.transaction().await?;
    let mut answers = Vec::with_capacity(steps.len());
    for step in steps {
        let (rows, touched) = run(&transaction, &step.statement).await?;
        step.expect.check(touched).map_err(CommitError::Conflict)?;
        answers.push(rows);
    }
    transaction.commit().await?;
    Ok(answers)
}

#[async_trait]
impl Backend for Postgres {
    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, Error> {
        match statements.as_slice() {
            [one] => self.within_limit(async |client| Ok(vec![run(client, one).await?.0])).await,
            several => self.within_limit(async |client| snapshot(client, several).await).await,
        }
    }

    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Vec<Row>>, CommitError> {
        for turn in 0..TRIES {
            match self.within_limit(async |client| commit(client, &steps).await).await {
                Ok(answers) => return Ok(answers),
                Err(Failed::CalledOff(error)) => {
                    tracing::debug!(turn, %error, "transaction called off by the server");
                    tokio::time::sleep(Duration::from_millis(2 << turn)).await;
                }
                Err(Failed::Final(error)) => return Err(error),
            }
        }
        Err(CommitError::Overloaded)
    }

    fn locks_rows(&self) -> bool {
        true
    }

    async fn migrate(&self) -> Result<(), Error> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        transaction.batch_execute(MIGRATION_LOCK).await?;
        transaction.batch_execute(migrations::TABLE).await?;
        let found: i64 = transaction.query_one(migrations::CURRENT, &[]).await?.get(0);
        migrations::check(found)?;
        for (version, sql) in MIGRATIONS.iter().filter(|(v, _)| *v > found) {
            transaction.batch_execute(&SPELLING.text(sql)).await?;
            transaction.execute(migrations::RECORD, &[version]).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn backup(&self, _: PathBuf) -> Result<u64, BackupError> {
        Err(BackupError::NotHere)
    }

    async fn close(&self) {
        self.pool.close();
    }
}

/// Why a transaction did not commit.
enum Failed {
    /// Deadlock or serialization failure: nothing is wrong with it, run it again.
    CalledOff(Error),
    Final(CommitError),
}

impl From<tokio_postgres::Error> for Failed {
    fn from(error: tokio_postgres::Error) -> Self {
        let again = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
        if error.code().is_some_and(|code| again.contains(code)) {
            Self::CalledOff(error.into())
        } else {
            Self::Final(Error::from(error).into())
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Final(error.into())
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::CalledOff(error) | Failed::Final(CommitError::Unavailable(error)) => error,
            Failed::Final(CommitError::Overloaded) => Self::Overloaded,
            // A read expects nothing, so it has nothing to conflict with.
            Failed::Final(error @ CommitError::Conflict(_)) => Self::unavailable(error),
        }
    }
}

impl From<CommitError> for Failed {
    fn from(error: CommitError) -> Self {
        Self::Final(error)
    }
}

/// The returned rows, and how many rows were read or changed.
async fn run(session: &impl GenericClient, statement: &Statement) -> Result<(Vec<Row>, usize), Failed> {
    let prepared = match statement.keep {
        true => session.prepare_cached(&statement.sql).await?,
        false => session.prepare(&statement.sql).await?,
    };
    let params: Vec<&(dyn ToSql + Sync)> = statement.params.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
    if prepared.columns().is_empty() {
        let touched = session.execute(&prepared, &params).await?;
        return Ok((Vec::new(), usize::try_from(touched).unwrap_or(usize::MAX)));
    }
    let found = session.query(&prepared, &params).await?;
    let rows: Vec<Row> = found.iter().map(row).collect::<Result<_, _>>()?;
    let count = rows.len();
    Ok((rows, count))
}

fn row(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    let cell = |(i, column): (usize, &tokio_postgres::Column)| match *column.type_() {
        Type::TEXT | Type::VARCHAR => row.try_get::<_, Option<String>>(i).map(|v| v.map_or(Value::Null, Value::Text)),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(i).map(|v| v.map_or(Value::Null, Value::Blob)),
        _ => row.try_get::<_, Option<i64>>(i).map(|v| v.map_or(Value::Null, Value::Int)),
    };
    row.columns().iter().enumerate().map(cell).collect::<Result<_, _>>().map(Row)
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Int(n) => n.to_sql_checked(ty, out),
            Self::Text(text) => text.to_sql_checked(ty, out),
            Self::Blob(bytes) => bytes.to_sql_checked(ty, out),
            Self::Null => Ok(IsNull::Yes),
        }
    }

    /// Whether a value fits is known only with the value: each kind checks its own type.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
