//! What was shown, so that no event is shown twice: the ids of the newest messages, and how far the feed has been shown
//! without a gap. Kept in the data folder, so that the next `listen` knows what it missed.

use crate::{cli::access::Global, data::write_private};
use client::Client;
use serde::{Deserialize, Serialize};
use std::{collections::VecDeque, fs, path::PathBuf};

const FILE: &str = "listen.json";
/// Ids that are remembered; an older message comes again only by a replay.
const IDS: usize = 4096;

#[derive(Debug)]
pub struct Shown {
    /// `None`: there is no data folder to keep it in.
    file: Option<PathBuf>,
    kept: Kept,
    /// Messages of the feed behind the cursor, in its order, up to where it was read.
    ahead: VecDeque<(i64, String)>,
}

/// As it lies in the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    base_url: String,
    access_key: String,
    cursor: Option<String>,
    ids: VecDeque<i64>,
}

impl Shown {
    /// What an earlier `listen` to the same server with the same key has left.
    pub fn load(global: &Global, client: &Client) -> Self {
        let file = global.data.is_dir().then(|| global.data.join(FILE));
        let of = Kept {
            base_url: client.base_url().to_owned(),
            access_key: client.credentials().access_key.clone(),
            ..Kept::default()
        };
        let text = file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        let left: Option<Kept> = text.and_then(|text| serde_json::from_str(&text).ok());
        let same = left.filter(|left| (&left.base_url, &left.access_key) == (&of.base_url, &of.access_key));
        Self { file, kept: same.unwrap_or(of), ahead: VecDeque::new() }
    }

    /// Behind it nothing of the feed is known to have been shown; `None` before the feed was read for the first time.
    pub fn cursor(&self) -> Option<&str> {
        self.kept.cursor.as_deref()
    }

    /// True for a message that is shown for the first time.
    pub fn is_new(&mut self, id: i64) -> bool {
        if self.kept.ids.contains(&id) {
            return false;
        }
        self.kept.ids.push_back(id);
        if self.kept.ids.len() > IDS {
            self.kept.ids.pop_front();
        }
        true
    }

    /// A message of the feed, with the cursor behind it.
    pub fn is_behind(&mut self, id: i64, cursor: &str) {
        self.ahead.push_back((id, cursor.to_owned()));
    }

    /// The feed begins here for us.
    pub fn begin(&mut self, cursor: &str) {
        self.kept.cursor = Some(cursor.to_owned());
        self.ahead.clear();
    }

    /// Moves the cursor over what was shown, and writes down where that is. That it cannot be written is no reason to end:
    /// the next `listen` then shows more than it has to.
    pub fn keep(&mut self) {
        while let Some((id, cursor)) = self.ahead.front()
            && self.kept.ids.contains(id)
        {
            self.kept.cursor = Some(cursor.clone());
            self.ahead.pop_front();
        }
        if let (Some(file), Ok(text)) = (&self.file, serde_json::to_string(&self.kept)) {
            let _ = write_private(file, text.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Shown {
        Shown { file: None, kept: Kept::default(), ahead: VecDeque::new() }
    }

    #[test]
    fn the_cursor_waits_for_what_was_not_shown() {
        let mut shown = shown();
        shown.begin("10");
        for (id, cursor) in [(1, "11"), (2, "12"), (3, "13")] {
            shown.is_behind(id, cursor);
        }
        assert!(shown.is_new(1) && shown.is_new(3) && !shown.is_new(3));
        shown.keep();
        assert_eq!(shown.cursor(), Some("11"));
        assert!(shown.is_new(2));
        shown.keep();
        assert_eq!(shown.cursor(), Some("13"));
    }

    #[test]
    fn only_the_newest_are_remembered() {
        let mut shown = shown();
        (0..=IDS as i64).for_each(|id| assert!(shown.is_new(id)));
        assert!(!shown.is_new(1) && shown.is_new(0));
    }
}
