//! Walks the feed: every event once, from a cursor on.

use crate::{client::Client, error::ClientError};
use contract::{operations::developer::EventList, request::EventPageBody, view::developer::EventRow};

/// Rows of one call.
const PAGE: i64 = 200;

/// A place in the feed of a developer. What was taken in is the caller's to keep together with [`Feed::cursor`]: a program
/// that dies between the two gets those events again, and drops them by their id.
#[derive(Debug, Clone)]
pub struct Feed {
    client: Client,
    cursor: Option<String>,
}

impl Client {
    /// The feed behind `cursor`, which an earlier [`Feed::cursor`] gave; `None`: from the oldest event that is kept.
    pub fn feed(&self, cursor: Option<String>) -> Feed {
        Feed { client: self.clone(), cursor }
    }
}

impl Feed {
    /// Behind what was read.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The events that follow, the oldest first; none where there are no more yet. Where it fails the place stays.
    pub async fn read(&mut self) -> Result<Vec<EventRow>, ClientError> {
        let page =
            self.client.call::<EventList>(&EventPageBody::behind(self.cursor().unwrap_or_default(), PAGE)).await?;
        self.cursor = Some(page.next_cursor);
        Ok(page.rows)
    }
}
