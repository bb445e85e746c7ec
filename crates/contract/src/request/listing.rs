//! Filters of order lists. v1 and ka have their own fields and words; both become one filter.

use super::{Id, OrderRef, paging, set, short};
use crate::{dialect::read_time, error::Fault};
use domain::{OrderId, Timestamp, refund::RefundStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Both ends are inclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Between {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// Which words of the marketplace an order's state may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Any,
    OneOf(&'static [&'static str]),
    NoneOf(&'static [&'static str]),
}

/// A checked filter of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFilter {
    /// From 1.
    pub page: u32,
    /// 1 to 50.
    pub size: u32,
    pub status: Words,
    pub paid: Option<bool>,
    /// Of the in-sale or after-sale refund.
    pub refund_status: Option<RefundStatus>,
    pub created: Between,
    pub modified: Between,
    /// Part of the name of any line.
    pub product_name: Option<String>,
    /// The caller's own number, exact.
    pub out_order_id: Option<String>,
    /// Unknown ones are left out.
    pub order_ids: Option<Vec<OrderId>>,
    /// The platform's purchase number, exact.
    pub order_no: Option<String>,
}

/// The states that the v1 filter takes, each as the list of itself.
const V1_STATES: &[(&str, &[&str])] = &[
    ("success", &["success"]),
    ("cancel", &["cancel"]),
    ("waitbuyerpay", &["waitbuyerpay"]),
    ("waitsellersend", &["waitsellersend"]),
    ("waitbuyerreceive", &["waitbuyerreceive"]),
];

const KA_STATES: &[(&str, &[&str])] = &[
    ("WAITING_FOR_PAYMENT", &["waitbuyerpay"]),
    ("WAITING_FOR_SENT", &["waitsellersend"]),
    ("WAITING_FOR_RECEIVE", &["waitbuyerreceive"]),
    ("SUCCESS", &["confirm_goods", "success"]),
    ("CANCEL", &["cancel"]),
    ("CLOSED", &["terminated"]),
];

const KNOWN: &[&str] =
    &["waitbuyerpay", "waitsellersend", "waitbuyerreceive", "confirm_goods", "success", "cancel", "terminated"];

/// The list of v1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderPageBody {
    /// From 1; default 1.
    pub page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// `success`, `cancel`, `waitbuyerpay`, `waitsellersend` or `waitbuyerreceive`.
    pub order_status: Option<String>,
    /// A refund status, e.g. `waitselleragree`.
    pub refund_status: Option<String>,
    /// `yyyy-MM-dd HH:mm:ss` (UTC+8) or ISO-8601; both ends are inclusive.
    pub create_start_time: Option<String>,
    pub create_end_time: Option<String>,
    pub modify_start_time: Option<String>,
    pub modify_end_time: Option<String>,
    /// Part of a name, any line.
    pub product_name: Option<String>,
    /// The caller's own number, exact.
    pub out_order_id: Option<String>,
    /// At most 50; unknown ids are left out.
    pub order_ids: Option<Vec<Id>>,
}

impl OrderPageBody {
    pub fn filter(&self) -> Result<OrderFilter, Fault> {
        let (page, size) = paging(("page", self.page), ("pageSize", self.page_size))?;
        Ok(OrderFilter {
            page,
            size,
            status: state(self.order_status.as_ref(), V1_STATES)?.unwrap_or(Words::Any),
            paid: None,
            refund_status: refund_status(self.refund_status.as_ref())?,
            created: between(
                ("createStartTime", self.create_start_time.as_ref()),
                ("createEndTime", self.create_end_time.as_ref()),
            )?,
            modified: between(
                ("modifyStartTime", self.modify_start_time.as_ref()),
                ("modifyEndTime", self.modify_end_time.as_ref()),
            )?,
            product_name: short("productName", self.product_name.as_ref(), 200)?,
            out_order_id: short("outOrderId", self.out_order_id.as_ref(), 200)?,
            order_ids: self.order_ids.as_deref().map(orders).transpose()?,
            order_no: None,
        })
    }
}

/// The list of ka.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderPageBody {
    /// From 1; default 1.
    pub page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// The 1688 order id, or the purchase number.
    pub order_id: Option<Id>,
    /// The purchase number.
    pub order_no: Option<String>,
    /// The caller's own number, exact.
    pub out_order_id: Option<String>,
    /// WAITING_FOR_PAYMENT, WAITING_FOR_SENT, WAITING_FOR_RECEIVE, SUCCESS, CANCEL, CLOSED or OTHER.
    pub order_status: Option<String>,
    /// 1 unpaid, 2 paid.
    pub pay_status: Option<i64>,
    /// `yyyy-MM-dd HH:mm:ss` (UTC+8) or ISO-8601, by creation time; both ends are inclusive.
    pub start_time: Option<String>,
    pub end_time: Option<String>,
}

impl KaOrderPageBody {
    pub fn filter(&self) -> Result<OrderFilter, Fault> {
        let (page, size) = paging(("page", self.page), ("pageSize", self.page_size))?;
        let named = self.order_id.as_ref().filter(|id| !id.0.trim().is_empty());
        let (order_ids, number) = match named.map(|id| id.order_ref("orderId")).transpose()? {
            Some(OrderRef::Id(id)) => (Some(vec![id]), None),
            Some(OrderRef::Number(number)) => (None, Some(number)),
            None => (None, None),
        };
        Ok(OrderFilter {
            page,
            size,
            status: self.status()?,
            paid: self.paid()?,
            refund_status: None,
            created: between(("startTime", self.start_time.as_ref()), ("endTime", self.end_time.as_ref()))?,
            modified: Between::default(),
            product_name: None,
            out_order_id: short("outOrderId", self.out_order_id.as_ref(), 200)?,
            order_ids,
            order_no: short("orderNo", self.order_no.as_ref(), 64)?.or(number),
        })
    }

    fn status(&self) -> Result<Words, Fault> {
        match set(self.order_status.as_ref()) {
            Some("OTHER") => Ok(Words::NoneOf(KNOWN)),
            _ => Ok(state(self.order_status.as_ref(), KA_STATES)?.unwrap_or(Words::Any)),
        }
    }

    fn paid(&self) -> Result<Option<bool>, Fault> {
        match self.pay_status {
            None => Ok(None),
            Some(1) => Ok(Some(false)),
            Some(2) => Ok(Some(true)),
            Some(_) => Err(Fault::invalid("payStatus", "1 or 2")),
        }
    }
}

fn state(text: Option<&String>, states: &[(&'static str, &'static [&'static str])]) -> Result<Option<Words>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    let found = states.iter().find(|(word, _)| *word == text);
    found.map(|(_, words)| Some(Words::OneOf(words))).ok_or_else(|| {
        let words: Vec<_> = states.iter().map(|(word, _)| *word).collect();
        Fault::invalid("orderStatus", format_args!("one of {}", words.join(", ")))
    })
}

fn refund_status(text: Option<&String>) -> Result<Option<RefundStatus>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    RefundStatus::parse(text).map(Some).ok_or_else(|| Fault::invalid("refundStatus", "a refund status"))
}

/// Two times of which either may be left out; the first must not lie after the second.
pub(super) fn between(
    (from_field, from): (&'static str, Option<&String>),
    (to_field, to): (&'static str, Option<&String>),
) -> Result<Between, Fault> {
    let read = |field, text: Option<&String>| {
        let wrong = || Fault::invalid(field, "yyyy-MM-dd HH:mm:ss (UTC+8) or ISO-8601");
        set(text).map(|text| read_time(text).ok_or_else(wrong)).transpose()
    };
    let found = Between { from: read(from_field, from)?, to: read(to_field, to)? };
    match (found.from, found.to) {
        (Some(from), Some(to)) if from > to => {
            Err(Fault::invalid(to_field, format_args!("a time not before {from_field}")))
        }
        _ => Ok(found),
    }
}

fn orders(ids: &[Id]) -> Result<Vec<OrderId>, Fault> {
    if ids.len() > 50 {
        return Err(Fault::invalid("orderIds", "at most 50 ids"));
    }
    ids.iter().enumerate().map(|(at, id)| id.parse(&format!("orderIds[{at}]"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn v1(body: serde_json::Value) -> Result<OrderFilter, Fault> {
        serde_json::from_value::<OrderPageBody>(body).unwrap().filter()
    }

    fn ka(body: serde_json::Value) -> Result<OrderFilter, Fault> {
        serde_json::from_value::<KaOrderPageBody>(body).unwrap().filter()
    }

    #[test]
    fn pages_count_from_one_and_hold_at_most_fifty() {
        let filter = v1(json!({"page": null, "orderStatus": ""})).unwrap();
        assert_eq!((filter.page, filter.size, filter.status), (1, 20, Words::Any));
        for (body, field) in [
            (json!({"page": 0}), "page"),
            (json!({"pageSize": 51}), "pageSize"),
            (json!({"orderStatus": "terminated"}), "orderStatus"),
            (json!({"refundStatus": "x"}), "refundStatus"),
            (json!({"createStartTime": "yesterday"}), "createStartTime"),
            (
                json!({"createStartTime": "2026-04-02 00:00:00", "createEndTime": "2026-04-01 00:00:00"}),
                "createEndTime",
            ),
            (json!({"orderIds": [1, "x"]}), "orderIds[1]"),
        ] {
            assert_eq!(v1(body.clone()).unwrap_err().field.as_deref(), Some(field), "{body}");
        }
    }

    #[test]
    fn times_without_a_zone_are_utc_plus_8() {
        let body = json!({"modifyStartTime": "2026-04-20 15:24:07", "modifyEndTime": "2026-04-20T07:24:07Z"});
        let filter = v1(body).unwrap();
        assert_eq!(filter.modified.from, filter.modified.to);
    }

    #[test]
    fn ka_words_stand_for_words_of_the_marketplace() {
        assert_eq!(ka(json!({"orderStatus": "SUCCESS"})).unwrap().status, Words::OneOf(&["confirm_goods", "success"]));
        assert_eq!(ka(json!({"orderStatus": "OTHER"})).unwrap().status, Words::NoneOf(KNOWN));
        assert!(ka(json!({"orderStatus": "success"})).is_err());
        assert_eq!(ka(json!({"payStatus": 2})).unwrap().paid, Some(true));
        assert_eq!(ka(json!({"orderId": "PO202605200001"})).unwrap().order_no.as_deref(), Some("PO202605200001"));
    }
}
