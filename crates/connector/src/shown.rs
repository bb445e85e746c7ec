//! What a marketplace answered while a request was worked on, for a caller who asked to see it.
//!
//! Kept on the request's trail and only where somebody asked. Answers are as received but for tokens and keys; all of them
//! together are bounded, and what finds no room is counted.

use crate::{
    scrub::{self, Secrets},
    trail,
};
use domain::Timestamp;

/// Bytes of all texts together.
pub const ROOM: usize = 1 << 20;

/// What was answered, and what was taken from the mirror instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// In the order in which the answers came.
    pub calls: Vec<Answered>,
    pub mirror: Vec<Mirrored>,
    /// Answers and documents that found no room.
    pub left_out: usize,
    used: usize,
}

/// An answer of the upstream to one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The upstream's name of the call.
    pub operation: &'static str,
    /// JSON text; `None` where it is not for callers, or was no JSON.
    pub answer: Option<String>,
}

/// A record of the marketplace as it was kept at an earlier look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirrored {
    /// `order` or `refund`.
    pub object: &'static str,
    pub id: String,
    pub as_of: Timestamp,
    /// JSON text.
    pub document: String,
}

impl Shown {
    fn fits(&mut self, length: usize) -> bool {
        let fits = self.used.saturating_add(length) <= ROOM && self.calls.len() + self.mirror.len() < trail::MOST_CALLS;
        if fits {
            self.used += length;
        } else {
            self.left_out += 1;
        }
        fits
    }

    pub(crate) fn answered(&mut self, operation: &'static str, answer: Option<&str>) {
        let answer = answer.and_then(|text| scrub::json(text, &Secrets)).map(|text| text.into_owned());
        if self.fits(answer.as_ref().map_or(0, String::len)) {
            self.calls.push(Answered { operation, answer });
        }
    }

    pub(crate) fn mirrored(&mut self, object: &'static str, id: String, as_of: Timestamp, document: &str) {
        if self.mirror.iter().any(|known| known.object == object && known.id == id) {
            return;
        }
        let Some(document) = scrub::json(document, &Secrets) else { return };
        if self.fits(document.len()) {
            self.mirror.push(Mirrored { object, id, as_of, document: document.into_owned() });
        }
    }
}

/// Notes an answer for the caller of the request at hand, where it asked to see them.
pub fn answered(operation: &'static str, answer: Option<&str>) {
    trail::shown(|shown| shown.answered(operation, answer));
}

/// Notes that this record was taken from the mirror.
pub fn mirrored(object: &'static str, id: impl ToString, as_of: Timestamp, document: &str) {
    trail::shown(|shown| shown.mirrored(object, id.to_string(), as_of, document));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trail::{Trail, follow};
    use std::sync::Arc;

    #[tokio::test]
    async fn answers_are_kept_only_for_who_asked() {
        let trail = Arc::new(Trail::new(1, None));
        follow(trail.clone(), async { answered("a", Some("{}")) }).await;
        assert_eq!(trail.take_shown(), None);
        trail.show();
        follow(trail.clone(), async {
            answered("a", Some(r#"{"access_token":"x","n":1.10}"#));
            answered("b", Some("<html>"));
            mirrored("order", 7, Timestamp(5), "{\"a\":1}");
            mirrored("order", 7, Timestamp(6), "{}");
        })
        .await;
        let shown = trail.take_shown().unwrap();
        let answers: Vec<_> = shown.calls.iter().map(|call| (call.operation, call.answer.as_deref())).collect();
        assert_eq!(answers, [("a", Some(r#"{"access_token":"***","n":1.10}"#)), ("b", None)]);
        assert_eq!((shown.mirror.len(), shown.mirror[0].as_of, shown.left_out), (1, Timestamp(5), 0));
    }

    #[test]
    fn together_they_are_bounded() {
        let mut shown = Shown::default();
        let long = format!("\"{}\"", "x".repeat(ROOM / 2));
        for _ in 0..3 {
            shown.answered("a", Some(&long));
        }
        shown.answered("b", Some("1"));
        assert_eq!((shown.calls.len(), shown.left_out), (2, 2));
    }
}
