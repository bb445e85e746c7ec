//! SQLite, through the journal: one file, one writer, group commit.

use super::Backend;
use crate::{
    BackupError, CommitError, Error,
    migrations::{self, MIGRATIONS, Spelling},
    step::Step,
    value::{Row, Statement, Value},
};
use async_trait::async_trait;
use journal::{Journal, Options};
use rusqlite::{
    Connection, ToSql,
    types::{ToSqlOutput, ValueRef},
};
use std::path::{Path, PathBuf};

const SPELLING: Spelling = Spelling { blob: "BLOB", rowless: "WITHOUT ROWID", counted: "INTEGER PRIMARY KEY" };

pub struct Sqlite {
    journal: Journal,
}

impl Sqlite {
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { journal: Journal::open(path, Options::default())? })
    }
}

#[async_trait]
impl Backend for Sqlite {
    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, Error> {
        let short = statements.iter().all(|s| s.short);
        let read = move |c: &Connection| statements.iter().map(|s| run(c, s).map(|(rows, _)| rows)).collect();
        if short { self.journal.look(read).await? } else { self.journal.read(read).await? }
    }

    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Vec<Row>>, CommitError> {
        self.journal.write(move |c| steps.iter().map(|step| take(c, step)).collect()).await?
    }

    /// One writer: what a batch changes is shared by its callers.
    fn locks_rows(&self) -> bool {
        false
    }

    async fn migrate(&self) -> Result<(), Error> {
        self.journal.write(migrate).await?
    }

    async fn backup(&self, to: PathBuf) -> Result<u64, BackupError> {
        Ok(self.journal.backup(to).await?)
    }

    async fn close(&self) {
        self.journal.close().await;
    }
}

fn take(connection: &Connection, step: &Step) -> Result<Vec<Row>, CommitError> {
    let (rows, touched) = run(connection, &step.statement)?;
    step.expect.check(touched).map_err(CommitError::Conflict)?;
    Ok(rows)
}

/// The returned rows, and how many rows were read or changed.
fn run(connection: &Connection, statement: &Statement) -> Result<(Vec<Row>, usize), Error> {
    if statement.keep {
        execute(&mut *connection.prepare_cached(&statement.sql)?, &statement.params)
    } else {
        execute(&mut connection.prepare(&statement.sql)?, &statement.params)
    }
}

fn execute(prepared: &mut rusqlite::Statement<'_>, params: &[Value]) -> Result<(Vec<Row>, usize), Error> {
    debug_assert!(in_order(prepared), "parameters must be numbered by first appearance");
    let params = rusqlite::params_from_iter(params);
    let width = prepared.column_count();
    if width == 0 {
        return Ok((Vec::new(), prepared.execute(params)?));
    }
    let mut found = prepared.query(params)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(Row((0..width).map(|i| cell(row.get_ref(i)?)).collect::<Result<_, Error>>()?));
    }
    let count = rows.len();
    Ok((rows, count))
}

fn in_order(prepared: &rusqlite::Statement<'_>) -> bool {
    (1..=prepared.parameter_count()).all(|i| prepared.parameter_name(i) == Some(&format!("${i}")))
}

fn cell(value: ValueRef<'_>) -> Result<Value, Error> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(n) => Ok(Value::Int(n)),
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
        ValueRef::Text(_) => Ok(Value::Text(value.as_str().map_err(Error::unavailable)?.to_owned())),
        ValueRef::Real(_) => Err(Error::Corrupt { place: "a column".into(), expected: "no fractions" }),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Null => ValueRef::Null,
        }))
    }
}

fn migrate(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch(migrations::TABLE)?;
    let found = connection.query_row(migrations::CURRENT, [], |row| row.get(0))?;
    migrations::check(found)?;
    for (version, sql) in MIGRATIONS.iter().filter(|(v, _)| *v > found) {
        connection.execute_batch(&SPELLING.text(sql))?;
        connection.execute(migrations::RECORD, [version])?;
    }
    Ok(())
}
