//! Requests of the operator.

use super::{Id, developer::overlap, paging, set};
use crate::error::{Code, Fault};
use domain::DeveloperId;
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
        let name = self.name.trim();
        let fits = (1..=100).contains(&name.chars().count());
        if fits { Ok(name) } else { Err(Fault::invalid("name", "1 to 100 characters")) }
    }

    pub fn editions(&self) -> Result<Vec<&'static str>, Fault> {
        let Some(asked) = self.editions.as_ref().filter(|list| !list.is_empty()) else { return Ok(vec!["v1", "ka"]) };
        let known = |name: &String| EDITIONS.iter().copied().find(|e| e == name);
        let found: Option<Vec<_>> = asked.iter().map(known).collect();
        found.ok_or_else(|| Fault::invalid("editions", format_args!("some of {}", EDITIONS.join(", "))))
    }

    pub fn message_edition(&self) -> Result<&str, Fault> {
        let edition = set(self.message_edition.as_ref()).unwrap_or("v1");
        super::word("messageEdition", edition, &["v1", "v2", "ka"])?;
        Ok(edition)
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
