//! Requests of a developer about its own account.

use super::{Id, listing::between, pages, paging, set, short, word};
use crate::{
    RequestId,
    callback::Base,
    dialect::read_time,
    error::{Code, Fault},
    request::Between,
};
use domain::{MessageId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of a message has at most this many characters.
const TYPE_MAX: usize = 100;

/// A request without fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Nothing {}

/// Set the callback. A changed URL has to pass the verification again before anything is sent to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallbackSetBody {
    /// `https://...`; an empty text removes the callback. Left out: the present one stays.
    pub url: Option<String>,
    /// In which form messages are written: `v1`, `v2` or `ka`. Left out: as before.
    pub message_edition: Option<String>,
    /// What follows the access key in the base of `Authorization`: `rawBody` or `messageBody`. Left out: as before.
    pub signature_base: Option<String>,
}

impl CallbackSetBody {
    /// The edition, checked.
    pub fn edition(&self) -> Result<Option<&str>, Fault> {
        let Some(edition) = set(self.message_edition.as_ref()) else { return Ok(None) };
        word("messageEdition", edition, &["v1", "v2", "ka"])?;
        Ok(Some(edition))
    }

    /// The base, checked.
    pub fn base(&self) -> Result<Option<Base>, Fault> {
        match set(self.signature_base.as_ref()) {
            None => Ok(None),
            Some("rawBody") => Ok(Some(Base::RawBody)),
            Some("messageBody") => Ok(Some(Base::MessageBody)),
            Some(_) => Err(Fault::invalid("signatureBase", "rawBody or messageBody")),
        }
    }
}

/// Filter of the message list. Times are ISO-8601, `yyyy-MM-dd HH:mm:ss` (UTC+8) or epoch milliseconds, as text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePageBody {
    /// By creation time, inclusive.
    pub since: Option<String>,
    /// By creation time, inclusive.
    pub until: Option<String>,
    /// `pending`, `done`, `dead` or `held`.
    pub state: Option<String>,
    pub message_type: Option<String>,
    /// The order or refund that the message is about.
    pub object_id: Option<Id>,
    /// From 1; default 1.
    pub page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
}

/// A checked filter of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFilter {
    pub created: Between,
    /// `pending`, `done`, `dead` or `held`.
    pub state: Option<String>,
    pub message_type: Option<String>,
    pub object_id: Option<i64>,
    pub page: u32,
    pub size: u32,
}

impl MessagePageBody {
    pub fn filter(&self) -> Result<MessageFilter, Fault> {
        let (page, size) = paging(("page", self.page), ("pageSize", self.page_size))?;
        let state = set(self.state.as_ref());
        state.map_or(Ok(()), |state| word("state", state, &["pending", "done", "dead", "held"]))?;
        Ok(MessageFilter {
            created: between(("since", self.since.as_ref()), ("until", self.until.as_ref()))?,
            state: state.map(str::to_owned),
            message_type: short("messageType", self.message_type.as_ref(), TYPE_MAX)?,
            object_id: self.object_id.as_ref().map(object).transpose()?,
            page,
            size,
        })
    }
}

/// An order id, or a refund id with or without its letters.
fn object(id: &Id) -> Result<i64, Fault> {
    let text = id.0.trim();
    let digits = text.strip_prefix("TQ").unwrap_or(text);
    let id = digits.parse().ok().filter(|id| *id > 0);
    id.ok_or_else(|| Fault::invalid("objectId", "an order id or a refund id"))
}

/// What is sent again: exactly one of `id`, `fromId` with `toId`, or `since`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageReplayBody {
    pub id: Option<Id>,
    /// First of a range, inclusive.
    pub from_id: Option<Id>,
    /// Last of a range, inclusive.
    pub to_id: Option<Id>,
    /// All messages made at or after this time.
    pub since: Option<String>,
}

/// What is sent again, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayChoice {
    One(MessageId),
    Range { from: MessageId, to: MessageId },
    Since(Timestamp),
}

impl MessageReplayBody {
    pub fn choice(&self) -> Result<ReplayChoice, Fault> {
        match (&self.id, &self.from_id, &self.to_id, set(self.since.as_ref())) {
            (Some(id), None, None, None) => Ok(ReplayChoice::One(id.parse("id")?)),
            (None, Some(from), Some(to), None) => {
                let (from, to) = (from.parse("fromId")?, to.parse("toId")?);
                if from > to {
                    Err(Fault::invalid("toId", "an id not below fromId"))
                } else {
                    Ok(ReplayChoice::Range { from, to })
                }
            }
            (None, None, None, Some(since)) => {
                let wrong = || Fault::invalid("since", "ISO-8601, yyyy-MM-dd HH:mm:ss (UTC+8) or epoch milliseconds");
                read_time(since).map(ReplayChoice::Since).ok_or_else(wrong)
            }
            (None, Some(_), None, None) => Err(Fault::missing("toId")),
            (None, None, Some(_), None) => Err(Fault::missing("fromId")),
            (None, None, None, None) => Err(Fault::missing("id")),
            _ => Err(Fault::invalid("id", "exactly one of id, fromId with toId, or since")),
        }
    }
}

/// Which part of the feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPageBody {
    /// `nextCursor` of the last answer, unchanged: what follows it is answered. Left out: from the oldest event that is kept.
    /// `end`: nothing but a cursor behind everything that there is.
    pub cursor: Option<Id>,
    /// 1 to 200; default 20.
    pub page_size: Option<i64>,
}

/// A place in the feed, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedPlace {
    Beginning,
    End,
    Behind(i64),
}

impl EventPageBody {
    /// Behind this cursor.
    pub fn behind(cursor: &str, page_size: i64) -> Self {
        Self { cursor: Some(cursor.into()), page_size: Some(page_size) }
    }

    pub fn place(&self) -> Result<FeedPlace, Fault> {
        let text = self.cursor.as_ref().map_or("", |cursor| cursor.0.trim());
        match text {
            "" => Ok(FeedPlace::Beginning),
            "end" => Ok(FeedPlace::End),
            number => {
                let place = number.parse().ok().filter(|place| *place >= 0);
                place
                    .map(FeedPlace::Behind)
                    .ok_or_else(|| Fault::invalid("cursor", "a nextCursor of this feed, or end"))
            }
        }
    }

    pub fn size(&self) -> Result<u32, Fault> {
        Ok(pages(("page", None), ("pageSize", self.page_size), 200)?.1)
    }
}

/// One request of the log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestGetBody {
    /// As the envelope gave it.
    pub request_id: String,
}

impl RequestGetBody {
    /// What cannot be an id is unknown.
    pub fn request(&self) -> Result<RequestId, Fault> {
        let unknown =
            |_| Fault::field(Code::ObjectNotFound, "requestId", "no such request; they are kept for a week, at most");
        self.request_id.trim().parse().map_err(unknown)
    }
}

/// Exchange the secret.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretResetBody {
    /// How long the present key goes on being accepted, 0 to 604800; default 0.
    pub overlap_seconds: Option<i64>,
}

impl SecretResetBody {
    /// Seconds.
    pub fn overlap(&self) -> Result<u32, Fault> {
        overlap(self.overlap_seconds)
    }
}

pub(super) fn overlap(seconds: Option<i64>) -> Result<u32, Fault> {
    let seconds = u32::try_from(seconds.unwrap_or(0)).ok().filter(|s| *s <= 604_800);
    seconds.ok_or_else(|| Fault::invalid("overlapSeconds", "0 to 604800"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_replay_names_exactly_one_thing() {
        let choice = |body| serde_json::from_value::<MessageReplayBody>(body).unwrap().choice();
        let id = |n| MessageId::new(n).unwrap();
        assert_eq!(choice(json!({"id": 224})).unwrap(), ReplayChoice::One(id(224)));
        let range = choice(json!({"fromId": "1", "toId": 2})).unwrap();
        assert_eq!(range, ReplayChoice::Range { from: id(1), to: id(2) });
        let since = choice(json!({"since": "1779263269913"})).unwrap();
        assert_eq!(since, ReplayChoice::Since(Timestamp(1_779_263_269_913)));
        assert_eq!(choice(json!({})).unwrap_err().code, Code::MissingParameter);
        assert_eq!(choice(json!({"fromId": 1})).unwrap_err().field.as_deref(), Some("toId"));
        assert_eq!(choice(json!({"id": 1, "since": "1779263269913"})).unwrap_err().code, Code::InvalidParameter);
    }

    #[test]
    fn a_cursor_is_a_number_or_the_end() {
        let place = |body| serde_json::from_value::<EventPageBody>(body).unwrap().place();
        assert_eq!(place(json!({})).unwrap(), FeedPlace::Beginning);
        assert_eq!(place(json!({"cursor": ""})).unwrap(), FeedPlace::Beginning);
        assert_eq!(place(json!({"cursor": "end"})).unwrap(), FeedPlace::End);
        assert_eq!(place(json!({"cursor": 512})).unwrap(), FeedPlace::Behind(512));
        for wrong in ["-1", "9".repeat(40).as_str(), "start"] {
            assert_eq!(place(json!({"cursor": wrong})).unwrap_err().field.as_deref(), Some("cursor"));
        }
    }

    #[test]
    fn message_filters_are_checked() {
        let filter = |body| serde_json::from_value::<MessagePageBody>(body).unwrap().filter();
        assert_eq!(filter(json!({"objectId": "TQ5"})).unwrap().object_id, Some(5));
        assert_eq!(filter(json!({"state": "lost"})).unwrap_err().field.as_deref(), Some("state"));
    }
}
