//! What is asked and what the answer must be.

use super::{Options, push};
use crate::{clock, stub};
use bytes::Bytes;
use contract::signature::{Signed, header};
use http::{Request, StatusCode, header::CONTENT_TYPE};
use http_body_util::Full;
use serde::Deserialize;
use serde_json::json;
use std::{fs, path::Path};

/// The refund of the contract's example, which every new world holds.
const REFUND: &str = r#"{"refundId":"TQ262615407388136042"}"#;
/// How every envelope begins; 32 digits of the request id follow.
const HEAD: &[u8] = br#"{"requestId":""#;
const REQUEST_ID: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Refund detail of key accounts
    RefundDetail,
    CreateOrder,
    CreateRefund,
    /// Pushes of the marketplace, three of ten repeated
    Push,
    Profile,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    access_key: String,
    access_secret: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Facts {
    offer_id: i64,
    spec_id: String,
    lines: Vec<i64>,
    goods: i64,
    freight: i64,
    reason_id: i64,
}

pub struct Scenario {
    kind: Kind,
    key: Key,
    facts: Facts,
    /// Makes nonces and keys of this run unlike those of another.
    run: u64,
    first: u64,
    requests: u64,
    expected: Option<Vec<u8>>,
}

impl Scenario {
    pub fn new(options: &Options) -> Result<Self, String> {
        let [a, b, c, d, e, f, g, h, ..] = clock::random();
        let expected = options.expect.as_deref().map(|path| fs::read(path).map_err(|e| shown(path, e))).transpose()?;
        Ok(Self {
            kind: options.scenario,
            key: json_of(&options.key)?,
            facts: options.facts.as_deref().map(json_of).transpose()?.unwrap_or_default(),
            run: u64::from_be_bytes([a, b, c, d, e, f, g, h]),
            first: options.first,
            requests: options.requests.unwrap_or(u64::MAX),
            expected,
        })
    }

    /// Whether there is nothing left to ask.
    pub fn is_over(&self, ticket: u64) -> bool {
        ticket >= self.requests
    }

    pub fn request(&self, ticket: u64) -> Request<Full<Bytes>> {
        match self.kind {
            Kind::RefundDetail => self.signed("/alibaba/ka/refund/detail", ticket, None, REFUND.into()),
            Kind::Profile => self.signed("/developer/profile", ticket, None, "{}".into()),
            Kind::CreateOrder => {
                self.signed("/alibaba/order/create", ticket, Some(self.unique(ticket)), self.order().into())
            }
            Kind::CreateRefund => {
                let body = self.refund(ticket).into();
                self.signed("/alibaba/refund/detail/create", ticket, Some(self.unique(ticket)), body)
            }
            Kind::Push => built(
                Request::post("/hooks/alibaba1688").header(CONTENT_TYPE, "application/x-www-form-urlencoded"),
                push::form(self.run, ticket).into(),
            ),
        }
    }

    /// 32 hex digits that no other request has.
    fn unique(&self, ticket: u64) -> String {
        format!("{:016x}{ticket:016x}", self.run)
    }

    fn signed(&self, path: &str, ticket: u64, idempotency: Option<String>, body: Bytes) -> Request<Full<Bytes>> {
        let timestamp = clock::wall().0.to_string();
        let nonce = self.unique(ticket);
        let access_key = self.key.access_key.as_str();
        let signature = Signed { access_key, timestamp: &timestamp, nonce: &nonce }.sign(&self.key.access_secret);
        let mut request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(header::ACCESS_KEY, access_key)
            .header(header::TIMESTAMP, timestamp)
            .header(header::NONCE, nonce)
            .header(header::SIGNATURE, signature);
        if let Some(key) = idempotency {
            request = request.header(header::IDEMPOTENCY_KEY, key);
        }
        built(request, body)
    }

    fn order(&self) -> String {
        json!({
            "flow": "general",
            "addressParam": {"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省",
                "cityText": "广州市", "areaText": "白云区", "address": "太和镇物流园 8 号"},
            "cargoParamList": [{"offerId": self.facts.offer_id, "specId": self.facts.spec_id, "quantity": 1}],
        })
        .to_string()
    }

    fn refund(&self, ticket: u64) -> String {
        let number = i64::try_from(self.first.saturating_add(ticket)).unwrap_or(i64::MAX);
        let order = stub::PAID.saturating_add(stub::STRIDE.saturating_mul(number));
        let entries: Vec<i64> = self.facts.lines.iter().map(|plus| order.saturating_add(*plus)).collect();
        json!({
            "orderId": order, "orderEntryIds": entries, "disputeRequest": "refund",
            "applyPayment": self.facts.goods, "applyCarriage": self.facts.freight,
            "applyReasonId": self.facts.reason_id, "description": "不想要了", "goodsStatus": "refundWaitSellerSend",
        })
        .to_string()
    }

    /// What is wrong with an answer, in words.
    pub fn judge(&self, status: StatusCode, body: &[u8]) -> Result<(), String> {
        let told = || format!("{status}: {}", String::from_utf8_lossy(&body[..body.len().min(300)]));
        if status != StatusCode::OK {
            return Err(told());
        }
        if self.kind == Kind::Push {
            return Ok(());
        }
        let rest = body.strip_prefix(HEAD).and_then(|rest| rest.get(REQUEST_ID..)).ok_or_else(told)?;
        let same = match &self.expected {
            Some(expected) => expected.get(HEAD.len() + REQUEST_ID..) == Some(rest),
            None => rest.starts_with(br#"","code":200,"#),
        };
        if same { Ok(()) } else { Err(told()) }
    }
}

fn built(request: http::request::Builder, body: Bytes) -> Request<Full<Bytes>> {
    request.header("host", "127.0.0.1").body(Full::new(body)).expect("paths and headers are plain texts")
}

fn json_of<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read(path).map_err(|e| shown(path, e))?;
    serde_json::from_slice(&text).map_err(|e| shown(path, e))
}

fn shown(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
