//! What the log of requests may keep of a request: one table of fields by class.
//!
//! A text is kept only where its field is in a class that is kept and the text has that class's shape: an order number that
//! holds a sentence is not an order number. Everything else (names, addresses, phones, messages, pictures, search words,
//! fields that nobody knows) becomes [`HIDDEN`]. So a new field is hidden until somebody gives it a class. Rejected: a list
//! of what to hide, which forgets the next field.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::Value;
use std::borrow::Cow;

/// Stands where something was not kept.
pub const HIDDEN: &str = "***";

/// A longer record is not kept at all.
const LONGEST: usize = 16 * 1024;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A number or name of an object: kept when it looks like one.
    Id,
    /// A word of an enumeration, or several.
    Word,
    /// An amount, a count or a page, as number or text.
    Number,
    Time,
    /// An address of a picture: kept without its query.
    Link,
    /// An address that may hold a secret in its path: scheme and host are kept.
    Site,
    /// Never kept, not even as a number.
    Hidden,
}

/// The class of a field; `None` for one that nobody has given a class, which is hidden too.
pub fn class(field: &str) -> Option<Class> {
    Some(match field {
        "orderId" | "orderIds" | "orderNo" | "orderEntryIds" | "outOrderId" | "refundId" | "offerId" | "specId"
        | "id" | "fromId" | "toId" | "cursor" | "objectId" | "categoryId" | "aliId" | "shopPromotionId"
        | "freightBill" | "developId" | "userId" | "requestId" | "sellerOpenId" | "logisticsId" | "paymentId"
        | "accountId" | "offerMapId" | "offerIds" | "skuId" | "openUid" | "rankId" | "parentCateId" | "cateId"
        | "offerPoolId" | "taskId" | "cartIds" | "ids" => Class::Id,
        "flow" | "tradeType" | "webSite" | "disputeRequest" | "goodsStatus" | "country" | "filter" | "sort"
        | "orderStatus" | "refundStatus" | "state" | "status" | "messageType" | "messageEdition" | "signatureBase"
        | "editions" | "nonceRule" | "logisticsCompanyNo" | "marketplace" | "language" | "rankType" | "region"
        | "sortField" | "sortType" | "includeUpstream" | "signatureRule" => Class::Word,
        "page" | "pageSize" | "beginPage" | "priceStart" | "priceEnd" | "payStatus" | "quantity" | "count"
        | "applyPayment" | "applyCarriage" | "applyReasonId" | "overlapSeconds" | "platformOrder" | "pageNo"
        | "limit" | "number" | "totalNum" | "toProvinceCode" | "toCityCode" | "toCountryCode" | "price"
        | "amountOnSale" => Class::Number,
        "since" | "until" | "createStartTime" | "createEndTime" | "modifyStartTime" | "modifyEndTime" | "startTime"
        | "endTime" => Class::Time,
        "vouchers" | "imageAddress" | "itemPic" => Class::Link,
        "url" => Class::Site,
        "fullName"
        | "mobile"
        | "phone"
        | "postCode"
        | "provinceText"
        | "cityText"
        | "areaText"
        | "townText"
        | "address"
        | "districtCode"
        | "name"
        | "message"
        | "remark"
        | "description"
        | "cancelReason"
        | "keyword"
        | "productName"
        | "outMemberId"
        | "imageData"
        | "imageBase64"
        | "file"
        | "reason"
        | "productNo"
        | "container"
        | "staffName"
        | "transferAccountImgs"
        | "transferAccountRemark"
        | "itemTitle"
        | "properties"
        | "sellerNickName"
        | "updateTime" => Class::Hidden,
        _ => return None,
    })
}

/// A text of this field as it may be kept.
pub fn text<'a>(field: &str, text: &'a str) -> Cow<'a, str> {
    let short = |most: usize, allowed: fn(u8) -> bool| text.len() <= most && text.bytes().all(allowed);
    let kept = match class(field) {
        Some(Class::Id) => short(64, |b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b)),
        Some(Class::Word) => short(200, |b| b.is_ascii_alphanumeric() || b"-_.,:!{}\"".contains(&b)),
        Some(Class::Number) => short(32, |b| b.is_ascii_digit() || b"-.".contains(&b)),
        Some(Class::Time) => short(40, |b| b.is_ascii_digit() || b"-:.+ TZ".contains(&b)),
        Some(Class::Link) => return link(text).map_or(Cow::Borrowed(HIDDEN), Cow::Borrowed),
        Some(Class::Site) => return site(text).map_or(Cow::Borrowed(HIDDEN), Cow::Owned),
        Some(Class::Hidden) | None => text.is_empty(),
    };
    Cow::Borrowed(if kept { text } else { HIDDEN })
}

/// Scheme, host and path of a web address without user and query.
fn link(text: &str) -> Option<&str> {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let plain = &text[..end];
    let good = plain.starts_with("https://") || plain.starts_with("http://");
    let shape = plain.len() <= 512 && plain.bytes().all(|b| b.is_ascii_graphic() && !b"@\"'<>".contains(&b));
    (good && shape).then_some(plain)
}

fn site(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    let plain = link(text)?;
    let after = plain.find("://")? + 3;
    match plain[after..].find('/') {
        None => Some(plain.to_owned()),
        Some(path) => Some(format!("{}/{HIDDEN}", &plain[..after + path])),
    }
}

/// A request as it may be kept: JSON text of the same shape.
pub fn redacted(fields: &Value) -> String {
    let kept = serde_json::to_string(&Kept { field: "", value: fields }).unwrap_or_default();
    if kept.len() > LONGEST { format!("{{\"{HIDDEN}\":\"{} bytes\"}}", kept.len()) } else { kept }
}

/// A value of a field. The elements of a list are of its field, the members of an object of their own.
struct Kept<'a> {
    field: &'a str,
    value: &'a Value,
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Null => to.serialize_unit(),
            Value::Bool(yes) => to.serialize_bool(*yes),
            Value::Number(number) => match class(self.field) {
                Some(Class::Hidden) | None => to.serialize_str(HIDDEN),
                Some(_) => number.serialize(to),
            },
            Value::String(found) => to.serialize_str(&text(self.field, found)),
            Value::Array(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                for value in items {
                    list.serialize_element(&Kept { field: self.field, value })?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(field_name(name), &Kept { field: name, value })?;
                }
                map.end()
            }
        }
    }
}

/// Names are the caller's too: one that is no name of a field is not kept.
pub fn field_name(name: &str) -> &str {
    let plain =
        (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if plain { name } else { HIDDEN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OPERATIONS;
    use serde_json::{Map, json};
    use std::collections::BTreeSet;

    /// What no field may let through.
    const PRIVATE: &str = "王小明, 13800000000, Taihe Road 8";

    /// Fields of a schema that hold a scalar or a list of scalars, with those of its objects.
    fn fields(schema: &Value, root: &Value, out: &mut BTreeSet<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            return fields(root.pointer(&reference[1..]).expect("a definition"), root, out);
        }
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            if !holds_objects(inner, root) {
                out.insert(name.clone());
            }
            fields(inner, root, out);
        }
        fields_of_parts(schema, root, out);
    }

    fn fields_of_parts(schema: &Value, root: &Value, out: &mut BTreeSet<String>) {
        for part in ["anyOf", "oneOf", "allOf"] {
            schema[part].as_array().into_iter().flatten().for_each(|inner| fields(inner, root, out));
        }
        if schema["items"].is_object() {
            fields(&schema["items"], root, out);
        }
    }

    fn holds_objects(schema: &Value, root: &Value) -> bool {
        let mut inside = BTreeSet::new();
        fields(schema, root, &mut inside);
        !inside.is_empty()
    }

    fn all_fields() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for operation in OPERATIONS {
            let schema = operation.request_document();
            fields(&schema, &schema, &mut found);
            found.extend(operation.query.iter().map(|field| field.name.to_owned()));
        }
        found
    }

    #[test]
    fn every_field_of_every_operation_has_a_class() {
        let found = all_fields();
        assert!(found.len() > 60, "{found:?}");
        let unknown: Vec<_> = found.iter().filter(|name| class(name).is_none()).collect();
        assert!(unknown.is_empty(), "give these fields a class (Hidden, if in doubt): {unknown:?}");
    }

    #[test]
    fn nothing_private_passes_whatever_field_it_is_put_into() {
        let everywhere = |value: &Value| -> Value {
            all_fields().into_iter().map(|name| (name, value.clone())).collect::<Map<_, _>>().into()
        };
        for value in [json!(PRIVATE), json!([PRIVATE]), json!({"unheard": PRIVATE, PRIVATE: 1})] {
            let kept = redacted(&everywhere(&value));
            for part in ["王", "13800000000", "Taihe"] {
                assert!(!kept.contains(part), "{kept}");
            }
        }
        let phone = redacted(&json!({"mobile": 13_800_000_000_i64, "unheard": 13_800_000_000_i64}));
        assert_eq!(phone, r#"{"mobile":"***","unheard":"***"}"#);
    }

    #[test]
    fn what_explains_a_call_is_kept() {
        let body = json!({
            "orderId": "3296622397215134260", "orderEntryIds": [3_296_622_397_216_134_260_i64], "flow": "general",
            "applyPayment": 2900, "description": "broken", "sort": "{\"price\":\"asc\"}", "since": "2026-04-20 00:00:00",
            "vouchers": ["https://cbu01.example/a.jpg?token=x", "ftp://x", "https://user:pw@h/a.jpg"],
            "addressParam": {"fullName": "Wang", "mobile": null, "address": ""}, "misspelt": true,
        });
        let expected = r#"{"orderId":"3296622397215134260","orderEntryIds":[3296622397216134260],"flow":"general","applyPayment":2900,"description":"***","sort":"{\"price\":\"asc\"}","since":"2026-04-20 00:00:00","vouchers":["https://cbu01.example/a.jpg","***","***"],"addressParam":{"fullName":"***","mobile":null,"address":""},"misspelt":true}"#;
        assert_eq!(redacted(&body), expected);
        assert_eq!(text("url", "https://shop.example/hooks/secret"), "https://shop.example/***");
        assert_eq!(text("url", "https://shop.example"), "https://shop.example");
        assert_eq!(text("url", ""), "");
    }

    #[test]
    fn a_long_record_is_not_kept() {
        let long = json!({ "orderIds": vec!["3296622397215134260"; 2000] });
        assert_eq!(redacted(&long), r#"{"***":"44014 bytes"}"#);
    }
}
