//! What the words and texts of product requests may be.

use crate::{
    error::Fault,
    request::{set, word},
};
use domain::Fen;
use std::collections::BTreeMap;

/// Language codes of `country` and `language`.
const LANGUAGES: &[&str] = &["en", "ru", "vi", "ja", "ko", "fr", "pt", "es", "th", "id", "ar", "uz", "cn"];
const SORT_KEYS: &[&str] = &["price", "rePurchaseRate", "monthSold", "onePPrice"];
const RANKINGS: &[&str] =
    &["complex", "hot", "goodPrice", "anchorHot", "anchorNew", "anchorRecommend", "VNHot", "VNTrend"];
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

/// A language code; English where none is given.
pub(super) fn language(field: &'static str, text: Option<&String>) -> Result<String, Fault> {
    let code = set(text).unwrap_or("en");
    word(field, code, LANGUAGES)?;
    Ok(code.to_owned())
}

/// A language code that must be given.
pub(super) fn told_language(field: &'static str, text: &String) -> Result<String, Fault> {
    required(field, text)?;
    language(field, Some(text))
}

/// The text of a required field, which may not be empty.
pub(super) fn required<'a>(field: &'static str, text: &'a String) -> Result<&'a str, Fault> {
    set(Some(text)).ok_or_else(|| Fault::missing(field))
}

pub(super) fn filter(text: Option<&String>) -> Result<Option<String>, Fault> {
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

pub(super) fn sort(text: Option<&String>) -> Result<Option<String>, Fault> {
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

pub(super) fn ranking(text: &String) -> Result<String, Fault> {
    let name = required("rankType", text)?;
    word("rankType", name, RANKINGS)?;
    Ok(name.to_owned())
}

/// The caller's own end user.
pub(super) fn member(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let fits = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits { Ok(Some(text.to_owned())) } else { Err(Fault::invalid("outMemberId", "at most 64 letters and digits")) }
}

/// A price range in yuan, both ends inclusive.
pub(super) fn prices(start: Option<&String>, end: Option<&String>) -> Result<(Option<Fen>, Option<Fen>), Fault> {
    let read = |field, text: Option<&String>| {
        let wrong = || Fault::invalid(field, "decimal yuan, e.g. 633.69");
        set(text).map(|text| Fen::from_yuan(text).ok_or_else(wrong)).transpose()
    };
    match (read("priceStart", start)?, read("priceEnd", end)?) {
        (Some(low), Some(high)) if low > high => Err(Fault::invalid("priceEnd", "a price not below priceStart")),
        found => Ok(found),
    }
}

/// An encrypted id of a seller.
pub(super) fn open_id(field: &'static str, text: &String) -> Result<String, Fault> {
    let text = required(field, text)?;
    let fits = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if fits { Ok(text.to_owned()) } else { Err(Fault::invalid(field, "an encrypted seller id")) }
}
