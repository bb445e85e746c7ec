//! Requests for one product, and for products without a search: several, related, recommended, ranked, pooled.

use super::words::{language, member, ranking, required, told_language};
use crate::{
    dialect::Dialect,
    error::Fault,
    request::{Id, pages, paging, set, word},
};
use domain::{
    IdCipher,
    catalog::{PoolQuery, ProductQuery, RankingQuery, RecommendQuery, RelatedQuery},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Product detail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetailBody {
    /// The marketplace's id; in v2 the opaque one.
    pub offer_id: Id,
    /// Language code; default en.
    pub country: Option<String>,
    /// The caller's own end-user id; may be empty.
    pub out_member_id: Option<String>,
}

impl DetailBody {
    pub fn query<D: Dialect>(&self, ids: &IdCipher) -> Result<ProductQuery, Fault> {
        Ok(ProductQuery {
            offer: self.offer_id.offer::<D>("offerId", ids)?,
            language: language("country", self.country.as_ref())?,
            out_member_id: member(self.out_member_id.as_ref())?,
        })
    }
}

/// Details of several products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetailMultiBody {
    /// 1 to 20; the answer keeps this order.
    #[schemars(length(min = 1, max = 20))]
    pub offer_ids: Vec<Id>,
    /// Language code; default en.
    pub country: Option<String>,
}

impl DetailMultiBody {
    pub fn queries(&self) -> Result<Vec<ProductQuery>, Fault> {
        let language = language("country", self.country.as_ref())?;
        let query = |(place, id): (usize, &Id)| {
            let offer = id.parse(&format!("offerIds[{place}]"))?;
            Ok(ProductQuery { offer, language: language.clone(), out_member_id: None })
        };
        self.offer_ids.iter().enumerate().map(query).collect()
    }
}

/// What an end user may like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecommendBody {
    /// From 1.
    pub begin_page: i64,
    /// 1 to 50.
    pub page_size: i64,
    /// Language code.
    pub country: String,
    /// The caller's own end-user id, at most 64 letters and digits; drives the personalisation.
    pub out_member_id: String,
}

impl RecommendBody {
    pub fn query(&self) -> Result<RecommendQuery, Fault> {
        let (page, page_size) = paging(("beginPage", Some(self.begin_page)), ("pageSize", Some(self.page_size)))?;
        Ok(RecommendQuery {
            page,
            page_size,
            language: told_language("country", &self.country)?,
            out_member_id: member(Some(&self.out_member_id))?.ok_or_else(|| Fault::missing("outMemberId"))?,
        })
    }
}

/// Products like one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelatedBody {
    /// The marketplace's id; in v2 the opaque one.
    pub offer_id: Id,
    /// From 1.
    pub page_no: i64,
    /// 1 to 10.
    pub page_size: i64,
    /// Language code.
    pub language: String,
}

impl RelatedBody {
    pub fn query<D: Dialect>(&self, ids: &IdCipher) -> Result<RelatedQuery, Fault> {
        let (page, page_size) = pages(("pageNo", Some(self.page_no)), ("pageSize", Some(self.page_size)), 10)?;
        let language = told_language("language", &self.language)?;
        Ok(RelatedQuery { offer: self.offer_id.offer::<D>("offerId", ids)?, page, page_size, language })
    }
}

/// A ranking of a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HotListBody {
    /// Category id.
    pub rank_id: Id,
    /// complex, hot, goodPrice, anchorHot, anchorNew, anchorRecommend, VNHot or VNTrend.
    pub rank_type: String,
    /// 1 to 20.
    pub limit: i64,
    /// Language code.
    pub language: String,
}

impl HotListBody {
    pub fn query(&self) -> Result<RankingQuery, Fault> {
        let category_id = required("rankId", &self.rank_id.0)?;
        if !category_id.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::invalid("rankId", "a category id"));
        }
        let limit = u32::try_from(self.limit).ok().filter(|n| (1..=20).contains(n));
        Ok(RankingQuery {
            category_id: category_id.to_owned(),
            ranking: ranking(&self.rank_type)?,
            limit: limit.ok_or_else(|| Fault::invalid("limit", "1 to 20"))?,
            language: told_language("language", &self.language)?,
        })
    }
}

/// A page of a pool of offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PoolBody {
    /// Granted for each business.
    pub offer_pool_id: Id,
    pub cate_id: Option<Id>,
    /// One value for all pages of one pull.
    pub task_id: String,
    /// Language code.
    pub language: Option<String>,
    /// From 1.
    pub page_no: i64,
    /// 1 to 50.
    pub page_size: i64,
    /// order1m or buyer1m.
    pub sort_field: Option<String>,
    /// ASC or DESC.
    pub sort_type: Option<String>,
}

impl PoolBody {
    pub fn query(&self) -> Result<PoolQuery, Fault> {
        let number = |field, id: &Id| id.0.trim().parse().map_err(|_| Fault::invalid(field, "a whole number"));
        let (page, page_size) = paging(("pageNo", Some(self.page_no)), ("pageSize", Some(self.page_size)))?;
        let one_of = |field, text: &Option<String>, words: &[&str]| {
            let Some(text) = set(text.as_ref()) else { return Ok(None) };
            word(field, text, words).map(|()| Some(text.to_owned()))
        };
        let task = required("taskId", &self.task_id)?;
        if task.chars().count() > 64 {
            return Err(Fault::invalid("taskId", "at most 64 characters"));
        }
        let category = self.cate_id.as_ref().filter(|id| !id.0.trim().is_empty());
        let named = set(self.language.as_ref());
        Ok(PoolQuery {
            pool_id: number("offerPoolId", &self.offer_pool_id)?,
            category_id: category.map(|id| number("cateId", id)).transpose()?,
            task_id: task.to_owned(),
            language: named.map(|_| language("language", self.language.as_ref())).transpose()?,
            page,
            page_size,
            sort_field: one_of("sortField", &self.sort_field, &["order1m", "buyer1m"])?,
            sort_type: one_of("sortType", &self.sort_type, &["ASC", "DESC"])?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    fn read<T: DeserializeOwned>(mut body: Value, field: &str, value: &Value) -> T {
        body[field] = value.clone();
        serde_json::from_value(body).unwrap()
    }

    fn is(fault: &Fault, code: Code, field: &str) {
        assert_eq!((fault.code, fault.field.as_deref()), (code, Some(field)), "{fault}");
    }

    #[test]
    fn each_wrong_field_is_named() {
        use Code::{InvalidParameter as Invalid, MissingParameter as Missing};
        let recommend = json!({"beginPage": 1, "pageSize": 20, "country": "en", "outMemberId": "a1"});
        for (field, value, code) in [
            ("beginPage", json!(0), Invalid),
            ("pageSize", json!(51), Invalid),
            ("country", json!("zz"), Invalid),
            ("country", json!(""), Missing),
            ("outMemberId", json!(" "), Missing),
            ("outMemberId", json!("a b"), Invalid),
        ] {
            is(&read::<RecommendBody>(recommend.clone(), field, &value).query().unwrap_err(), code, field);
        }
        let hot = json!({"rankId": "1031910", "rankType": "hot", "limit": 20, "language": "en"});
        for (field, value, code) in [
            ("rankId", json!("shoes"), Invalid),
            ("rankId", json!(""), Missing),
            ("rankType", json!("best"), Invalid),
            ("limit", json!(21), Invalid),
            ("limit", json!(0), Invalid),
            ("language", json!("english"), Invalid),
        ] {
            is(&read::<HotListBody>(hot.clone(), field, &value).query().unwrap_err(), code, field);
        }
        let pool = json!({"offerPoolId": 1001, "taskId": "t", "pageNo": 1, "pageSize": 50});
        for (field, value, code) in [
            ("offerPoolId", json!("x"), Invalid),
            ("cateId", json!("x"), Invalid),
            ("taskId", json!(""), Missing),
            ("language", json!("zz"), Invalid),
            ("pageNo", json!(0), Invalid),
            ("pageSize", json!(51), Invalid),
            ("sortField", json!("price"), Invalid),
            ("sortType", json!("asc"), Invalid),
        ] {
            is(&read::<PoolBody>(pool.clone(), field, &value).query().unwrap_err(), code, field);
        }
        let several: DetailMultiBody = serde_json::from_value(json!({"offerIds": [1, "x"]})).unwrap();
        is(&several.queries().unwrap_err(), Invalid, "offerIds[1]");
    }
}
