//! Ids in requests: a JSON number or a text, kept digit by digit until its type is known.

use crate::{
    dialect::Dialect,
    error::{Code, Fault},
};
use domain::{DeveloperId, EntryId, IdCipher, MessageId, OfferId, OrderId, RefundId, ids::InvalidId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use std::{borrow::Cow, fmt, str::FromStr};

/// An id as it was sent. A number with a fraction or an exponent is refused, since it went through a double.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Id(pub String);

impl Id {
    /// The id as `T`, or 40003 with the field.
    pub fn parse<T: FromStr<Err = InvalidId>>(&self, field: &str) -> Result<T, Fault> {
        self.0.trim().parse().map_err(|InvalidId { expected }| Fault::invalid(field, expected))
    }

    /// A refund id. One that cannot be an id is unknown (40404), with or without the letters `TQ`.
    pub fn refund(&self) -> Result<RefundId, Fault> {
        self.0.trim().parse().map_err(|_| Fault::field(Code::RefundNotFound, "refundId", "no such after-sales order"))
    }

    /// A product. Where the dialect hides ids it goes by its opaque id alone, and a text that is none of this developer's is
    /// unknown (40406).
    pub fn offer<D: Dialect>(&self, field: &str, ids: &IdCipher) -> Result<OfferId, Fault> {
        if D::HIDES_IDS { self.opaque_offer(field, ids) } else { self.parse(field) }
    }

    /// A product by its real id or by its opaque one, where the contract takes both.
    pub fn any_offer(&self, field: &str, ids: &IdCipher) -> Result<OfferId, Fault> {
        self.parse(field).or_else(|_| self.opaque_offer(field, ids))
    }

    fn opaque_offer(&self, field: &str, ids: &IdCipher) -> Result<OfferId, Fault> {
        let unknown = || Fault::field(Code::ObjectNotFound, field, "no such opaque id");
        ids.open(self.0.trim()).and_then(|id| OfferId::new(id).ok()).ok_or_else(unknown)
    }

    /// A ka order: its 1688 id, or its purchase number.
    pub fn order_ref(&self, field: &str) -> Result<OrderRef, Fault> {
        let text = self.0.trim();
        match text.strip_prefix("PO") {
            Some(digits) if (12..=30).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
                Ok(OrderRef::Number(text.to_owned()))
            }
            Some(_) => Err(Fault::invalid(field, "an order id or a purchase number (PO and digits)")),
            None => self.parse(field).map(OrderRef::Id),
        }
    }
}

/// What names a ka order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderRef {
    Id(OrderId),
    /// `orderNo`, e.g. `PO202605200001`.
    Number(String),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! made_of {
    ($($id:ty),*) => {$(
        impl From<$id> for Id {
            fn from(id: $id) -> Self {
                Self(id.to_string())
            }
        }
    )*};
}

made_of!(&str, i64, OrderId, RefundId, EntryId, OfferId, MessageId, DeveloperId);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id as whole number or text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_owned()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }

        deserializer.deserialize_any(IdVisitor)
    }
}

impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["integer", "string"], "format": "int64"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(json: &str) -> Id {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_and_texts_keep_every_digit() {
        for json in ["3296622397216134260", "\"3296622397216134260\""] {
            assert_eq!(id(json).parse::<OrderId>("orderId").unwrap().get(), 3_296_622_397_216_134_260);
        }
        for bad in ["1.5", "1e18", "true", "[]", "99999999999999999999999"] {
            assert!(serde_json::from_str::<Id>(bad).is_err(), "{bad}");
        }
        let fault = id("\"x\"").parse::<OrderId>("orderId").unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (Code::InvalidParameter, Some("orderId")));
    }

    #[test]
    fn a_malformed_refund_id_is_an_unknown_one() {
        assert_eq!(id("262615407388136042").refund().unwrap(), id("\"TQ262615407388136042\"").refund().unwrap());
        assert_eq!(id("\"TD1\"").refund().unwrap_err().code, Code::RefundNotFound);
    }

    #[test]
    fn a_product_goes_by_the_id_of_its_edition() {
        use crate::dialect::{V1Info, V2};
        let key = domain::IdKey::new([7; 32]);
        let (mine, other) = (key.of(DeveloperId::new(1).unwrap()), key.of(DeveloperId::new(2).unwrap()));
        let real = OfferId::new(706_627_393_257).unwrap();
        let opaque = Id(mine.seal(real.get()).to_string());
        assert_eq!(opaque.offer::<V2>("offerId", &mine), Ok(real));
        assert_eq!(opaque.any_offer("offerId", &mine), Ok(real));
        assert_eq!(Id::from(real).any_offer("offerId", &mine), Ok(real));
        assert_eq!(Id::from(real).offer::<V1Info>("offerId", &mine), Ok(real));
        let code = |found: Result<OfferId, Fault>| found.unwrap_err().code;
        assert_eq!(code(opaque.offer::<V2>("offerId", &other)), Code::ObjectNotFound);
        assert_eq!(code(opaque.any_offer("offerId", &other)), Code::ObjectNotFound);
        assert_eq!(code(Id::from(real).offer::<V2>("offerId", &mine)), Code::ObjectNotFound);
        assert_eq!(code(opaque.offer::<V1Info>("offerId", &mine)), Code::InvalidParameter);
        assert_eq!(code(Id::from("f6vE-dfY1NV37oG_fz9WSA").offer::<V2>("offerId", &mine)), Code::ObjectNotFound);
    }

    #[test]
    fn ka_orders_have_two_names() {
        let by_number = id("\"PO202605200001\"").order_ref("orderId").unwrap();
        assert_eq!(by_number, OrderRef::Number("PO202605200001".into()));
        assert_eq!(id("5").order_ref("orderId").unwrap(), OrderRef::Id(OrderId::new(5).unwrap()));
        assert!(id("\"PO1\"").order_ref("orderId").is_err());
    }
}
