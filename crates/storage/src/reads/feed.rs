//! The feed: messages in the order of their positions.

use crate::{
    Error, Storage,
    record::Record,
    records::Message,
    value::{Column, Row, Statement},
};
use domain::DeveloperId;

/// A message with its place in the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    pub position: i64,
    pub message: Message,
}

/// What follows a position, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    pub entries: Vec<FeedEntry>,
    /// More follows already.
    pub more: bool,
    /// The last position that was given out, to whomever: nothing will appear at it or before it.
    pub end: i64,
}

const END: &str = "SELECT position FROM rounds WHERE name = 'feed'";

impl Storage {
    /// The messages of a developer behind the position `after` (0: from the beginning), `limit` at most. Whoever goes on
    /// behind the last one that he got misses none and gets none twice.
    pub async fn feed(&self, developer: DeveloperId, after: i64, limit: i64) -> Result<FeedPage, Error> {
        let columns: Vec<String> = Message::COLUMNS.iter().map(|c| format!("m.{c}")).collect();
        let sql = format!(
            "SELECT f.position, {} FROM feed f JOIN messages m ON m.developer_id = f.developer_id AND m.id = f.message_id \
             WHERE f.developer_id = $1 AND f.position > $2 ORDER BY f.position LIMIT $3",
            columns.join(", ")
        );
        let rows = Statement::new(sql, vec![developer.value(), after.value(), (limit + 1).value()]);
        let mut answers = self.backend.read(vec![rows, Statement::new(END, Vec::new())]).await?.into_iter();
        let found = answers.next().unwrap_or_default();
        let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > limit;
        let taken = usize::try_from(limit).unwrap_or_default();
        let entries = found.into_iter().take(taken).map(entry).collect::<Result<_, _>>()?;
        Ok(FeedPage { entries, more, end: end_of(answers.next())? })
    }
}

fn end_of(rows: Option<Vec<Row>>) -> Result<i64, Error> {
    let row = rows.into_iter().flatten().next();
    row.map_or(Ok(0), |row| row.cells("rounds").next("position"))
}

fn entry(row: Row) -> Result<FeedEntry, Error> {
    let mut values = row.0;
    let position = values.drain(..1).collect();
    let position = Row(position).cells("feed").next("position")?;
    Ok(FeedEntry { position, message: Message::from_row(Row(values))? })
}
