//! Requests about products.

use super::{Id, paging, set, word};
use crate::error::Fault;
use domain::{Fen, OfferId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Language codes of `country`.
const LANGUAGES: &[&str] = &["en", "ru", "vi", "ja", "ko", "fr", "pt", "es", "th", "id", "ar", "uz", "cn"];
const SORT_KEYS: &[&str] = &["price", "rePurchaseRate", "monthSold", "onePPrice"];
const FILTERS: &[&str] = &[
    "totalEpScoreLv1",
    "totalEpScoreLv2",
    "totalEpScoreLv3",
    "totalEpScoreLv4",
    "getRate24HLv1",
    "getRate24HLv2",
    "getRate24HLv3",
    "getRate48HLv1",
    "getRate48HLv2",
    "getRate48HLv3",
    "qrr0",
    "qrr1",
    "qrr5",
    "qrr10",
    "certifiedFactory",
    "shipInToday",
    "shipIn24Hours",
    "shipIn48Hours",
    "noReason7DReturn",
    "isOnePsale",
    "isOnePsaleFreePost",
    "new7",
    "new30",
    "1688Selection",
    "isQqyx",
    "jxhy",
    "isSelect",
    "ksCiphertext",
    "JPFL",
    "USFL",
    "KRFL",
    "VNFL",
    "SAFL",
    "RUFL",
    "KZFL",
    "HKFL",
    "MOFL",
    "TWFL",
];

/// A checked keyword search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSearch {
    /// Empty where only a category is given.
    pub keyword: String,
    pub category_id: Option<i64>,
    pub page: u32,
    pub page_size: u32,
    /// Language code, e.g. `en`.
    pub language: String,
    /// Comma-joined words.
    pub filter: Option<String>,
    /// JSON text with one key, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    pub price_from: Option<Fen>,
    pub price_to: Option<Fen>,
    pub out_member_id: Option<String>,
}

/// A checked product query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductAsk {
    pub offer: OfferId,
    pub language: String,
    pub out_member_id: Option<String>,
}

/// Keyword search. An empty text in an optional field means not set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeywordBody {
    /// This or `categoryId` must be given.
    pub keyword: Option<String>,
    /// From 1; default 1.
    pub begin_page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// Language code: en (default), ru, vi, ja, ko, fr, pt, es, th, id, ar, uz or cn.
    pub country: Option<String>,
    /// Comma-joined words, all of which must hold, e.g. `shipInToday,qrr0`.
    pub filter: Option<String>,
    /// JSON text with one key (price, rePurchaseRate, monthSold, onePPrice) and asc or desc, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    /// The caller's own end-user id, at most 64 letters and digits.
    pub out_member_id: Option<String>,
    /// Lowest wholesale price, decimal yuan, inclusive.
    pub price_start: Option<String>,
    /// Highest wholesale price, decimal yuan, inclusive.
    pub price_end: Option<String>,
    pub category_id: Option<Id>,
}

impl KeywordBody {
    pub fn search(&self) -> Result<ProductSearch, Fault> {
        let category_id = self.category()?;
        let keyword = set(self.keyword.as_ref()).unwrap_or_default().to_owned();
        if keyword.is_empty() && category_id.is_none() {
            return Err(Fault::missing("keyword"));
        }
        if keyword.chars().count() > 200 {
            return Err(Fault::invalid("keyword", "at most 200 characters"));
        }
        let (page, page_size) = paging(("beginPage", self.begin_page), ("pageSize", self.page_size))?;
        let (price_from, price_to) = self.prices()?;
        Ok(ProductSearch {
            keyword,
            category_id,
            page,
            page_size,
            language: language(self.country.as_ref())?,
            filter: filter(self.filter.as_ref())?,
            sort: sort(self.sort.as_ref())?,
            price_from,
            price_to,
            out_member_id: member(self.out_member_id.as_ref())?,
        })
    }

    fn category(&self) -> Result<Option<i64>, Fault> {
        let Some(text) = set(self.category_id.as_ref().map(|id| &id.0)) else { return Ok(None) };
        let id = text.parse().ok().filter(|id| *id > 0);
        id.map(Some).ok_or_else(|| Fault::invalid("categoryId", "a category id"))
    }

    fn prices(&self) -> Result<(Option<Fen>, Option<Fen>), Fault> {
        let read = |field, text: Option<&String>| {
            let wrong = || Fault::invalid(field, "decimal yuan, e.g. 633.69");
            set(text).map(|text| Fen::from_yuan(text).ok_or_else(wrong)).transpose()
        };
        let (from, to) = (read("priceStart", self.price_start.as_ref())?, read("priceEnd", self.price_end.as_ref())?);
        match (from, to) {
            (Some(low), Some(high)) if low > high => Err(Fault::invalid("priceEnd", "a price not below priceStart")),
            found => Ok(found),
        }
    }
}

/// Product detail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetailBody {
    pub offer_id: Id,
    /// Language code; default en.
    pub country: Option<String>,
    /// The caller's own end-user id; may be empty.
    pub out_member_id: Option<String>,
}

impl DetailBody {
    pub fn ask(&self) -> Result<ProductAsk, Fault> {
        Ok(ProductAsk {
            offer: self.offer_id.parse("offerId")?,
            language: language(self.country.as_ref())?,
            out_member_id: member(self.out_member_id.as_ref())?,
        })
    }
}

fn language(text: Option<&String>) -> Result<String, Fault> {
    let code = set(text).unwrap_or("en");
    word("country", code, LANGUAGES)?;
    Ok(code.to_owned())
}

fn filter(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let words: Result<Vec<&str>, Fault> = text
        .split(',')
        .map(str::trim)
        // The tag key of the same mark has the longer spelling; both are taken.
        .map(|name| if name == "isOnePsaleFreePostage" { "isOnePsaleFreePost" } else { name })
        .map(|name| word("filter", name, FILTERS).map(|()| name))
        .collect();
    words.map(|words| Some(words.join(",")))
}

fn sort(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let wrong = || Fault::invalid("sort", r#"JSON text with one key, e.g. {"price":"asc"}"#);
    let keys: BTreeMap<String, String> = serde_json::from_str(text).map_err(|_| wrong())?;
    let mut pairs = keys.iter();
    match (pairs.next(), pairs.next()) {
        (Some((key, direction)), None)
            if SORT_KEYS.contains(&key.as_str()) && matches!(direction.as_str(), "asc" | "desc") =>
        {
            Ok(Some(format!(r#"{{"{key}":"{direction}"}}"#)))
        }
        _ => Err(wrong()),
    }
}

fn member(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let fits = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits { Ok(Some(text.to_owned())) } else { Err(Fault::invalid("outMemberId", "at most 64 letters and digits")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use serde_json::json;

    fn search(body: serde_json::Value) -> Result<ProductSearch, Fault> {
        serde_json::from_value::<KeywordBody>(body).unwrap().search()
    }

    #[test]
    fn the_published_search_is_understood() {
        let found = search(json!({"keyword": "男鞋", "beginPage": 1, "pageSize": 20, "country": "en",
            "filter": "shipInToday,ksCiphertext", "sort": "{\"price\":\"desc\"}", "outMemberId": "",
            "priceStart": "633.69", "priceEnd": "647.60", "categoryId": ""}))
        .unwrap();
        assert_eq!((found.price_from, found.price_to), (Some(Fen(63_369)), Some(Fen(64_760))));
        assert_eq!(found.sort.as_deref(), Some(r#"{"price":"desc"}"#));
        assert_eq!((found.category_id, found.out_member_id), (None, None));
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(search(json!({"keyword": " "})).unwrap_err().code, Code::MissingParameter);
        for (field, value) in [
            ("beginPage", json!(0)),
            ("pageSize", json!(51)),
            ("country", json!("zz")),
            ("filter", json!("shipInToday,nothing")),
            ("sort", json!("{\"price\":\"up\"}")),
            ("sort", json!("{\"price\":\"asc\",\"monthSold\":\"asc\"}")),
            ("priceStart", json!("1.234")),
            ("categoryId", json!("x")),
            ("outMemberId", json!("a-b")),
        ] {
            let mut body = json!({"keyword": "x"});
            body[field] = value;
            let fault = search(body).unwrap_err();
            assert_eq!((fault.code, fault.field.as_deref()), (Code::InvalidParameter, Some(field)));
        }
        let fault = search(json!({"categoryId": 7, "priceStart": "2", "priceEnd": "1"})).unwrap_err();
        assert_eq!(fault.field.as_deref(), Some("priceEnd"));
    }
}
