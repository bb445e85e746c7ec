//! A fault as it is asked for: read field by field, so that what is wrong is told by the field's name.

use super::blow::{Kind, PushFault, WayFault, When};
use crate::{economy::outbox::TOPICS, server::CALLS};
use domain::{Marketplace, OfferId, OrderId};
use serde_json::{Map, Value, json};
use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

/// The call by which tokens are got; it stands beside the table of calls.
pub(crate) const GET_TOKEN: &str = "getToken";
const TIMES: RangeInclusive<u64> = 1..=1_000_000;
const PERCENT: RangeInclusive<u64> = 1..=100;
const STATUS: RangeInclusive<u64> = 400..=599;
const LONGEST_TEXT: usize = 1000;
/// Fits a 64-bit number and is too much for any sum.
const HUGE: &str = "9223372036854775807";

/// Which calls or messages are meant, and what becomes of them. What is left out is not looked at.
#[derive(Debug, Clone)]
pub struct Fault {
    pub(super) kind: Kind,
    pub(super) call: Option<String>,
    pub(super) topic: Option<String>,
    /// Login id, member id or `sellerOpenId`.
    pub(super) seller: Option<String>,
    pub(super) order: Option<OrderId>,
    pub(super) offer: Option<OfferId>,
    pub(super) times: Option<u32>,
    pub(super) percent: Option<u32>,
    pub(super) when: When,
}

impl Fault {
    /// Reads it; an error names the field and what was expected.
    pub fn read(fields: Map<String, Value>) -> Result<Self, String> {
        let mut fields = Fields(fields);
        fields.marketplace()?;
        let name = fields.text("fault")?.ok_or_else(|| expected("fault", one_of(&Kind::NAMES)))?;
        let kind = kind(&name, &mut fields)?;
        let fault = match &kind {
            Kind::Way(_) => Self {
                call: fields.known("call", is_call, "the name of a call, e.g. alibaba.trade.get.buyerView")?,
                topic: None,
                offer: fields.id("offer")?,
                when: fields.when()?,
                ..Self::of(kind, &mut fields)?
            },
            Kind::Push(_) => Self {
                topic: fields.known("topic", |name| TOPICS.contains(&name), &one_of(TOPICS))?,
                ..Self::of(kind, &mut fields)?
            },
        };
        match fields.0.keys().next() {
            None => Ok(fault),
            Some(left) => Err(format!("{left}: there is no such field with the fault {name}")),
        }
    }

    fn of(kind: Kind, fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            kind,
            call: None,
            topic: None,
            seller: fields.text("seller")?,
            order: fields.id("order")?,
            offer: None,
            times: fields.whole("times", TIMES)?,
            percent: fields.whole("percent", PERCENT)?,
            when: When::default(),
        })
    }

    /// As it was asked for.
    pub fn printed(&self) -> Value {
        let mut row = Map::from_iter([("fault".to_owned(), json!(self.kind.name()))]);
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                row.insert(name.to_owned(), value);
            }
        };
        match &self.kind {
            Kind::Way(WayFault::Code { code, message }) => {
                put("code", json!(code));
                put("message", json!(message));
            }
            Kind::Way(WayFault::Http { status }) => put("status", json!(status)),
            Kind::Way(WayFault::HugeNumbers { number }) => put("number", json!(number)),
            Kind::Way(_) | Kind::Push(_) => {}
        }
        put("call", json!(self.call));
        put("topic", json!(self.topic));
        put("seller", json!(self.seller));
        put("order", text(self.order));
        put("offer", text(self.offer));
        put("percent", json!(self.percent));
        if let Kind::Way(_) = self.kind {
            put("when", json!(if self.when == When::After { "after" } else { "before" }));
        }
        Value::Object(row)
    }
}

/// Ids are longer than a double holds.
fn text<T: Display>(id: Option<T>) -> Value {
    json!(id.map(|id| id.to_string()))
}

fn is_call(name: &str) -> bool {
    name == GET_TOKEN || CALLS.iter().any(|call| call.api == name)
}

fn kind(name: &str, fields: &mut Fields) -> Result<Kind, String> {
    Ok(match name {
        "code" => {
            let code = fields.text("code")?.ok_or_else(|| expected("code", "a code of the marketplace"))?;
            let message = fields.text("message")?.unwrap_or_else(|| "refused by a fault of the sandbox".to_owned());
            Kind::Way(WayFault::Code { code, message })
        }
        "http" => {
            let status: Option<u16> = fields.whole("status", STATUS)?;
            Kind::Way(WayFault::Http { status: status.unwrap_or(500) })
        }
        "huge_numbers" => Kind::Way(WayFault::HugeNumbers { number: fields.number()? }),
        "hang" => Kind::Way(WayFault::Hang),
        "drip" => Kind::Way(WayFault::Drip),
        "cut" => Kind::Way(WayFault::Cut),
        "html" => Kind::Way(WayFault::Html),
        "truncated_json" => Kind::Way(WayFault::TruncatedJson),
        "wrong_types" => Kind::Way(WayFault::WrongTypes),
        "bad_gzip" => Kind::Way(WayFault::BadGzip),
        "huge_body" => Kind::Way(WayFault::HugeBody),
        "bad_signature" => Kind::Push(PushFault::BadSignature),
        "duplicate" => Kind::Push(PushFault::Duplicate),
        "foreign" => Kind::Push(PushFault::Foreign),
        _ => return Err(expected("fault", one_of(&Kind::NAMES))),
    })
}

/// What was sent; a field that was read is gone. Null counts as left out.
struct Fields(Map<String, Value>);

impl Fields {
    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() && text.len() <= LONGEST_TEXT => Ok(Some(text)),
            Some(_) => Err(expected(name, format!("a text of 1 to {LONGEST_TEXT} bytes"))),
        }
    }

    fn known(&mut self, name: &str, is_one: impl Fn(&str) -> bool, what: &str) -> Result<Option<String>, String> {
        match self.text(name)? {
            Some(text) if !is_one(&text) => Err(expected(name, what)),
            known => Ok(known),
        }
    }

    fn whole<T: TryFrom<u64>>(&mut self, name: &str, range: RangeInclusive<u64>) -> Result<Option<T>, String> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let number = value.as_u64().filter(|n| range.contains(n)).and_then(|n| T::try_from(n).ok());
        number.map(Some).ok_or_else(|| expected(name, format!("{} to {}", range.start(), range.end())))
    }

    /// An id, bare or as text.
    fn id<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, String> {
        let text = match self.take(name) {
            None => return Ok(None),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        };
        text.parse().map(Some).map_err(|_| expected(name, "an id of digits"))
    }

    fn when(&mut self) -> Result<When, String> {
        match self.text("when")?.as_deref() {
            None => Ok(When::default()),
            Some("before") => Ok(When::Before),
            Some("after") => Ok(When::After),
            Some(_) => Err(expected("when", "before or after")),
        }
    }

    /// The text of a JSON number, of any size.
    fn number(&mut self) -> Result<String, String> {
        let Some(text) = self.text("number")? else { return Ok(HUGE.to_owned()) };
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && serde_json::from_str::<&serde_json::value::RawValue>(&text)
                .is_ok_and(|raw| raw.get().len() == text.len());
        if is_number { Ok(text) } else { Err(expected("number", "the text of a number, e.g. 1e400")) }
    }

    fn marketplace(&mut self) -> Result<(), String> {
        let is_here = |name: &str| name.parse() == Ok(Marketplace::Alibaba1688);
        self.known("marketplace", is_here, Marketplace::Alibaba1688.name()).map(drop)
    }
}

fn expected(field: &str, what: impl Display) -> String {
    format!("{field}: expected {what}")
}

fn one_of<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("one of {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Fault, String> {
        Fault::read(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn every_kind_has_the_name_that_it_is_read_by() {
        for name in Kind::NAMES {
            let code = if name == "code" { r#", "code": "500_004""# } else { "" };
            let fault = read(&format!(r#"{{"fault": "{name}"{code}}}"#)).unwrap();
            assert_eq!((fault.kind.name(), &fault.printed()["fault"]), (name, &json!(name)));
        }
    }

    #[test]
    fn what_is_printed_is_read_again() {
        for text in [
            r#"{"fault":"code","code":"500_004","message":"gone","call":"alibaba.trade.createCrossOrder","seller":"a","order":"3296622397216134260","offer":"5","percent":10,"when":"after"}"#,
            r#"{"fault":"http","status":503,"call":"getToken","when":"before"}"#,
            r#"{"fault":"huge_numbers","number":"1e400","when":"before"}"#,
            r#"{"fault":"foreign","topic":"ORDER_BUYER_VIEW_ORDER_PAY","order":"5"}"#,
        ] {
            assert_eq!(read(text).unwrap().printed().to_string(), text);
        }
        let bare = read(r#"{"fault": "hang", "order": 3296622397216134260, "marketplace": "alibaba1688"}"#).unwrap();
        assert_eq!(bare.printed()["order"], "3296622397216134260");
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        for (text, field) in [
            ("{}", "fault"),
            (r#"{"fault": "explode"}"#, "fault"),
            (r#"{"fault": 1}"#, "fault"),
            (r#"{"fault": "code"}"#, "code"),
            (r#"{"fault": "hang", "code": "1"}"#, "code"),
            (r#"{"fault": "hang", "status": 500}"#, "status"),
            (r#"{"fault": "http", "status": 200}"#, "status"),
            (r#"{"fault": "huge_numbers", "number": "many"}"#, "number"),
            (r#"{"fault": "huge_numbers", "number": "1 2"}"#, "number"),
            (r#"{"fault": "huge_numbers", "number": "1,\"a\":2"}"#, "number"),
            (r#"{"fault": "hang", "call": "alibaba.trade"}"#, "call"),
            (r#"{"fault": "hang", "times": 0}"#, "times"),
            (r#"{"fault": "hang", "times": "3"}"#, "times"),
            (r#"{"fault": "hang", "times": 1000001}"#, "times"),
            (r#"{"fault": "hang", "percent": 0}"#, "percent"),
            (r#"{"fault": "hang", "percent": 10.5}"#, "percent"),
            (r#"{"fault": "hang", "order": "TQ5"}"#, "order"),
            (r#"{"fault": "hang", "offer": [5]}"#, "offer"),
            (r#"{"fault": "hang", "seller": ""}"#, "seller"),
            (r#"{"fault": "hang", "when": "later"}"#, "when"),
            (r#"{"fault": "hang", "topic": "ORDER_BATCH_PAY"}"#, "topic"),
            (r#"{"fault": "hang", "marketplace": "taobao"}"#, "marketplace"),
            (r#"{"fault": "foreign", "call": "alibaba.trade.cancel"}"#, "call"),
            (r#"{"fault": "foreign", "when": "after"}"#, "when"),
            (r#"{"fault": "foreign", "topic": "ORDER"}"#, "topic"),
            (r#"{"fault": "hang", "shop": "a"}"#, "shop"),
        ] {
            let why = read(text).unwrap_err();
            assert!(why.starts_with(&format!("{field}: ")), "{text}: {why}");
        }
    }
}
