//! Requests for categories.

use super::words::{member, told_language};
use crate::{
    error::Fault,
    request::{Id, set},
};
use domain::catalog::CategoryQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A category with its translation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryBody {
    /// 0 is the root.
    pub category_id: Id,
    /// Language code.
    pub language: String,
    pub parent_cate_id: Option<Id>,
    /// The caller's own end-user id, at most 64 letters and digits.
    pub out_member_id: Option<String>,
}

impl CategoryBody {
    pub fn query(&self) -> Result<CategoryQuery, Fault> {
        let parent = self.parent_cate_id.as_ref().filter(|id| set(Some(&id.0)).is_some());
        Ok(CategoryQuery {
            category_id: category("categoryId", &self.category_id)?,
            parent_id: parent.map(|id| category("parentCateId", id)).transpose()?,
            language: told_language("language", &self.language)?,
            out_member_id: member(self.out_member_id.as_ref())?,
        })
    }
}

/// A category in Chinese, with its children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryTreeBody {
    /// 0 = all categories of the first level.
    pub category_id: Id,
}

impl CategoryTreeBody {
    pub fn category(&self) -> Result<i64, Fault> {
        category("categoryId", &self.category_id)
    }
}

fn category(field: &'static str, id: &Id) -> Result<i64, Fault> {
    let number = id.0.trim().parse().ok().filter(|number| *number >= 0);
    number.ok_or_else(|| Fault::invalid(field, "a category id, 0 for the root"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_root_is_a_category_and_each_wrong_field_is_named() {
        let asked = |field: &str, value: Value| {
            let mut body = json!({"categoryId": 0, "language": "ja", "parentCateId": ""});
            body[field] = value;
            serde_json::from_value::<CategoryBody>(body).unwrap().query()
        };
        assert_eq!(asked("outMemberId", json!("")).unwrap().category_id, 0);
        for (field, value) in [
            ("categoryId", json!(-1)),
            ("parentCateId", json!("x")),
            ("language", json!("xx")),
            ("outMemberId", json!("-")),
        ] {
            assert_eq!(asked(field, value).unwrap_err().field.as_deref(), Some(field));
        }
    }
}
