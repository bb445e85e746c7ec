//! Follows the server by the developer's feed: what came while nobody listened, and whether the server is there.
//!
//! A task of its own that tells the screen what it found, since a server that does not answer must not hold up the messages
//! that arrive. What the feed says while all is well is not shown: the callback of it is on its way.

use crate::cli::callback;
use client::{Client, ClientError};
use contract::{
    operations::developer::{CallbackGet, EventList},
    request::{EventPageBody, Nothing},
    view::developer::{EventPage, EventRow},
};
use std::time::Duration;
use tokio::sync::mpsc;

/// How often the feed is asked while all is well.
const INTERVAL: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that has come back first delivers what it could not.
const GRACE: Duration = Duration::from_secs(1);
const PAGE: i64 = 100;

/// What there is to say of the server.
#[derive(Debug)]
pub enum News {
    /// From here on the feed is followed.
    Begins(String),
    /// What the feed has; shown where it was missed.
    Told {
        rows: Vec<EventRow>,
        missed: bool,
    },
    /// It does not answer.
    Away(String),
    Back,
    /// The callback URL was set to this receiver again.
    Registered,
    /// What cannot be helped by waiting.
    Trouble(String),
}

pub struct Follow {
    client: Client,
    news: mpsc::Sender<News>,
    /// The receiver that is to be the callback URL.
    receiver: Option<String>,
    cursor: Option<String>,
    /// What is read is news to the screen: at the start, and after the server was away.
    missed: bool,
    away: bool,
}

impl Follow {
    pub fn new(client: Client, cursor: Option<String>, receiver: Option<String>, news: mpsc::Sender<News>) -> Self {
        Self { client, news, receiver, cursor, missed: true, away: false }
    }

    /// Until nobody reads the news, or the feed is not for us.
    pub async fn run(mut self) {
        let mut pause = FIRST_PAUSE;
        while !self.news.is_closed() {
            match self.read().await {
                Ok(true) => pause = FIRST_PAUSE,
                Ok(false) => {
                    (self.missed, pause) = (false, FIRST_PAUSE);
                    tokio::time::sleep(INTERVAL).await;
                }
                Err(error) if self.is_lost(&error) => {
                    self.say(News::Trouble(format!("the place in the feed is lost ({error}); it goes on at its end")))
                        .await;
                    self.cursor = None;
                }
                Err(error) if may_pass(&error) => {
                    if !std::mem::replace(&mut self.away, true) {
                        self.say(News::Away(error.to_string())).await;
                    }
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(error) => {
                    return self.say(News::Trouble(format!("missed events cannot be shown: {error}"))).await;
                }
            }
        }
    }

    /// A page; true where more follows at once.
    async fn read(&mut self) -> Result<bool, ClientError> {
        let from = self.cursor.as_deref().unwrap_or("end");
        if self.away {
            // Any answer says that it is there.
            self.page(from, 1).await?;
            self.come_back().await?;
        }
        let from = self.cursor.as_deref().unwrap_or("end");
        let page = self.page(from, PAGE).await?;
        match self.cursor.replace(page.next_cursor.clone()) {
            Some(_) => self.say(News::Told { rows: page.rows, missed: self.missed }).await,
            None => self.say(News::Begins(page.next_cursor)).await,
        }
        Ok(page.has_more)
    }

    async fn page(&self, from: &str, size: i64) -> Result<EventPage, ClientError> {
        self.client.call::<EventList>(&EventPageBody::behind(from, size)).await
    }

    async fn come_back(&mut self) -> Result<(), ClientError> {
        self.say(News::Back).await;
        (self.away, self.missed) = (false, true);
        if let Some(url) = self.receiver.clone() {
            self.register(&url).await?;
        }
        tokio::time::sleep(GRACE).await;
        Ok(())
    }

    /// Sets the receiver again where the server has forgotten it; one that somebody else has set stays.
    async fn register(&self, url: &str) -> Result<(), ClientError> {
        let callback = self.client.call::<CallbackGet>(&Nothing {}).await?;
        match &callback.url {
            Some(present) if present != url => {
                self.say(News::Trouble(format!("the callback URL is {present} now; messages go there"))).await;
            }
            Some(_) if callback.verified => {}
            Some(_) | None => match callback::register(&self.client, url).await {
                Ok(()) => self.say(News::Registered).await,
                Err(failure) => self.say(News::Trouble(format!("not registered again: {failure}"))).await,
            },
        }
        Ok(())
    }

    fn is_lost(&self, error: &ClientError) -> bool {
        self.cursor.is_some() && matches!(error, ClientError::Api(refusal) if refusal.code == 40003)
    }

    async fn say(&self, news: News) {
        // Nobody reads any more when `listen` is about to end.
        let _ = self.news.send(news).await;
    }
}

/// Whether a server that answers so may answer better later: also one that is just starting, or stands behind a proxy.
fn may_pass(error: &ClientError) -> bool {
    match error {
        ClientError::Api(refusal) => refusal.status >= 500 || refusal.status == 429,
        ClientError::NotThePlatform { status, .. } => *status >= 500,
        ClientError::Unreachable { .. } | ClientError::Interrupted { .. } => true,
        ClientError::UnexpectedData(_) | ClientError::Request(_) | ClientError::NoRandomness(_) => false,
    }
}
