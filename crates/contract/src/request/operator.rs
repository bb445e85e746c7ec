//! Requests of the operator.

use super::{Id, developer::overlap, paging, set};
use crate::error::{Code, Fault};
use domain::{DeveloperId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The editions that may be granted.
const EDITIONS: &[&str] = &["v1", "v2", "ka", "bigmajor"];

/// Make a developer with one user and one key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperCreateBody {
    /// For people, 1 to 100 characters.
    pub name: String,
    /// Granted editions: v1, v2, ka, bigmajor; v1 and ka where it is left out.
    pub editions: Option<Vec<String>>,
    /// In which form messages are written: v1, v2 or ka; v1 where it is left out.
    pub message_edition: Option<String>,
}

impl DeveloperCreateBody {
    pub fn name(&self) -> Result<&str, Fault> {
        name(&self.name)
    }

    pub fn editions(&self) -> Result<Vec<&'static str>, Fault> {
        Ok(editions(self.editions.as_ref())?.unwrap_or_else(|| vec!["v1", "ka"]))
    }

    pub fn message_edition(&self) -> Result<&str, Fault> {
        Ok(message_edition(self.message_edition.as_ref())?.unwrap_or("v1"))
    }
}

/// The editions that are asked for; `None` where nothing is said of them.
fn editions(asked: Option<&Vec<String>>) -> Result<Option<Vec<&'static str>>, Fault> {
    let Some(asked) = asked.filter(|list| !list.is_empty()) else { return Ok(None) };
    let known = |name: &String| EDITIONS.iter().copied().find(|e| e == name);
    let found: Option<Vec<_>> = asked.iter().map(known).collect();
    // What is kept is a text: a list that repeats itself would grow without bound.
    let found = found.filter(|found| EDITIONS.iter().all(|e| found.iter().filter(|f| f == &e).count() <= 1));
    found.map(Some).ok_or_else(|| Fault::invalid("editions", format_args!("each once of {}", EDITIONS.join(", "))))
}

fn message_edition(asked: Option<&String>) -> Result<Option<&str>, Fault> {
    let Some(edition) = set(asked) else { return Ok(None) };
    super::word("messageEdition", edition, &["v1", "v2", "ka"])?;
    Ok(Some(edition))
}

fn enabled(status: Option<&String>) -> Result<Option<bool>, Fault> {
    match set(status) {
        None => Ok(None),
        Some("active") => Ok(Some(true)),
        Some("disabled") => Ok(Some(false)),
        Some(_) => Err(Fault::invalid("status", "active or disabled")),
    }
}

fn name(text: &str) -> Result<&str, Fault> {
    let name = text.trim();
    let fits = (1..=100).contains(&name.chars().count());
    if fits { Ok(name) } else { Err(Fault::invalid("name", "1 to 100 characters")) }
}

/// Change a developer; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperSetBody {
    pub develop_id: Id,
    /// `active` or `disabled`.
    pub status: Option<String>,
    /// Granted editions.
    pub editions: Option<Vec<String>>,
    /// In which form messages are written: v1, v2 or ka.
    pub message_edition: Option<String>,
    /// Which requests need a new nonce: `standard` (those that change state), `strict` (all, and none may be absent) or
    /// `off`.
    pub nonce_rule: Option<String>,
    /// Whether requests may ask for the marketplace's own answers (`X-Include-Upstream`), which show more of how the operator
    /// buys than ours do.
    pub include_upstream: Option<bool>,
    /// Which request signatures are taken: `any`, or `strong` (RFC 9421) only, and v1 answers 40106.
    pub signature_rule: Option<String>,
}

impl DeveloperSetBody {
    pub fn developer(&self) -> Result<DeveloperId, Fault> {
        developer(&self.develop_id)
    }

    pub fn enabled(&self) -> Result<Option<bool>, Fault> {
        enabled(self.status.as_ref())
    }

    pub fn editions(&self) -> Result<Option<Vec<&'static str>>, Fault> {
        editions(self.editions.as_ref())
    }

    pub fn message_edition(&self) -> Result<Option<&str>, Fault> {
        message_edition(self.message_edition.as_ref())
    }

    pub fn nonce_rule(&self) -> Result<Option<&str>, Fault> {
        let Some(rule) = set(self.nonce_rule.as_ref()) else { return Ok(None) };
        super::word("nonceRule", rule, &["standard", "strict", "off"])?;
        Ok(Some(rule))
    }

    pub fn signature_rule(&self) -> Result<Option<&str>, Fault> {
        let Some(rule) = set(self.signature_rule.as_ref()) else { return Ok(None) };
        super::word("signatureRule", rule, &["any", "strong"])?;
        Ok(Some(rule))
    }
}

/// Make a user (sub-account).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserCreateBody {
    pub develop_id: Id,
    /// For people, 1 to 100 characters.
    pub name: String,
}

impl UserCreateBody {
    pub fn developer(&self) -> Result<DeveloperId, Fault> {
        developer(&self.develop_id)
    }

    pub fn name(&self) -> Result<&str, Fault> {
        name(&self.name)
    }
}

/// Enable or disable a user.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserSetBody {
    pub develop_id: Id,
    pub user_id: Id,
    /// `active` or `disabled`.
    pub status: String,
}

impl UserSetBody {
    pub fn developer(&self) -> Result<DeveloperId, Fault> {
        developer(&self.develop_id)
    }

    pub fn user(&self) -> Result<UserId, Fault> {
        self.user_id.0.trim().parse().map_err(|_| Fault::field(Code::ObjectNotFound, "userId", "no such user"))
    }

    pub fn enabled(&self) -> Result<bool, Fault> {
        enabled(Some(&self.status))?.ok_or_else(|| Fault::missing("status"))
    }
}

/// The list of developers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperListBody {
    /// From 1; default 1.
    pub page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
}

impl DeveloperListBody {
    /// Page and size.
    pub fn paging(&self) -> Result<(u32, u32), Fault> {
        paging(("page", self.page), ("pageSize", self.page_size))
    }
}

/// One developer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperIdBody {
    pub develop_id: Id,
}

impl DeveloperIdBody {
    pub fn developer(&self) -> Result<DeveloperId, Fault> {
        developer(&self.develop_id)
    }
}

/// Exchange the secret of a developer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperSecretBody {
    pub develop_id: Id,
    /// How long the present key goes on being accepted, 0 to 604800; default 0.
    pub overlap_seconds: Option<i64>,
}

impl DeveloperSecretBody {
    pub fn developer(&self) -> Result<DeveloperId, Fault> {
        developer(&self.develop_id)
    }

    /// Seconds.
    pub fn overlap(&self) -> Result<u32, Fault> {
        overlap(self.overlap_seconds)
    }
}

fn developer(id: &Id) -> Result<DeveloperId, Fault> {
    id.parse("developId").map_err(|_| Fault::field(Code::ObjectNotFound, "developId", "no such developer"))
}
