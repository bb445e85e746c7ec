//! The id of a product as an edition shows it: the marketplace's own number, or an opaque text of the developer's.
//!
//! A view reads what the marketplace said, so it begins with real ids; [`HideIds`] exchanges them where the dialect hides
//! ids. A real id that is left in such a dialect refuses to print, so a forgotten exchange is a failed answer and never a
//! leak. Rejected: exchanging texts in the printed answer, which finds what looks like an id and not what is one.

use crate::{
    dialect::{Absent, Dialect},
    ids,
    scalar::List,
};
use domain::{IdCipher, OpaqueId, opaque::OPAQUE_LEN};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned, IgnoredAny, MapAccess, Visitor},
    ser::{self, SerializeMap},
};
use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

/// What ids a view holds becomes opaque, where its dialect hides ids.
pub trait HideIds: Sized {
    fn hide_ids(&mut self, ids: &IdCipher);

    #[must_use]
    fn hidden(mut self, ids: &IdCipher) -> Self {
        self.hide_ids(ids);
        self
    }

    /// The view of the marketplace's document, as this developer may see it.
    fn read(document: &str, ids: &IdCipher) -> Result<Self, serde_json::Error>
    where
        Self: DeserializeOwned,
    {
        serde_json::from_str::<Self>(document).map(|view| view.hidden(ids))
    }
}

impl<T: HideIds> HideIds for Option<T> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.iter_mut().for_each(|inner| inner.hide_ids(ids));
    }
}

impl<T: HideIds> HideIds for Vec<T> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.iter_mut().for_each(|row| row.hide_ids(ids));
    }
}

impl<T: HideIds> HideIds for List<T> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.0.hide_ids(ids);
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Real(i64),
    Opaque(OpaqueId),
}

/// The id of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<D> {
    shown: Shown,
    dialect: PhantomData<D>,
}

impl<D: Dialect> Offer<D> {
    pub const fn new(id: i64) -> Self {
        Self { shown: Shown::Real(id), dialect: PhantomData }
    }
}

impl<D: Dialect> HideIds for Offer<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        if let (true, Shown::Real(id)) = (D::HIDES_IDS, &self.shown) {
            self.shown = Shown::Opaque(ids.seal(*id));
        }
    }
}

impl<D: Dialect> Serialize for Offer<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.shown {
            Shown::Real(_) if D::HIDES_IDS => Err(ser::Error::custom("a real id in an edition that hides ids")),
            Shown::Real(id) => ids::print(*id, serializer),
            Shown::Opaque(text) => serializer.serialize_str(text.as_str()),
        }
    }
}

impl<'de, D: Dialect> Deserialize<'de> for Offer<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        deserializer.deserialize_any(OfferVisitor(PhantomData))
    }
}

struct OfferVisitor<D>(PhantomData<D>);

impl<D: Dialect> Visitor<'_> for OfferVisitor<D> {
    type Value = Offer<D>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if D::HIDES_IDS { "an offer id, real or opaque" } else { "an offer id" })
    }

    fn visit_i64<E: de::Error>(self, id: i64) -> Result<Offer<D>, E> {
        Ok(Offer::new(id))
    }

    fn visit_u64<E: de::Error>(self, id: u64) -> Result<Offer<D>, E> {
        i64::try_from(id).map(Offer::new).map_err(|_| E::custom("an offer id beyond 64 bits"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Offer<D>, E> {
        if let Ok(id) = text.parse() {
            return Ok(Offer::new(id));
        }
        let opaque = OpaqueId::parse(text).filter(|_| D::HIDES_IDS);
        let opaque = opaque.ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))?;
        Ok(Offer { shown: Shown::Opaque(opaque), dialect: PhantomData })
    }
}

impl<D: Dialect> JsonSchema for Offer<D> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Offer_{}", D::schema_name()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        if D::HIDES_IDS {
            json_schema!({
                "type": "string", "minLength": OPAQUE_LEN, "maxLength": OPAQUE_LEN,
                "description": "opaque id, the same each time for a developer"
            })
        } else {
            ids::schema()
        }
    }
}

impl<D> Absent for Offer<D> {
    fn is_absent(&self) -> bool {
        false
    }
}

/// The id of a product under the name that the dialect has for it in carts and order lines: a record of one field, to be
/// flattened into the line. It reads the marketplace's name as well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedOffer<D> {
    pub id: Option<Offer<D>>,
}

impl<D: Dialect> HideIds for NamedOffer<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.id.hide_ids(ids);
    }
}

impl<D: Dialect> Serialize for NamedOffer<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(D::OFFER_FIELD, &self.id)?;
        map.end()
    }
}

impl<'de, D: Dialect> Deserialize<'de> for NamedOffer<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        struct Line<D>(PhantomData<D>);

        impl<'de, D: Dialect> Visitor<'de> for Line<D> {
            type Value = NamedOffer<D>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a line with the id of a product")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<NamedOffer<D>, A::Error> {
                let mut id = None;
                while let Some(name) = fields.next_key::<String>()? {
                    if name == D::OFFER_FIELD || (name == "offerId" && id.is_none()) {
                        id = fields.next_value()?;
                    } else {
                        fields.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(NamedOffer { id })
            }
        }

        deserializer.deserialize_map(Line(PhantomData))
    }
}

impl<D: Dialect> JsonSchema for NamedOffer<D> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("NamedOffer_{}", D::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<Option<Offer<D>>>();
        json_schema!({"type": "object", "properties": {D::OFFER_FIELD: id}})
    }
}

/// The opaque id of a product beside the real one, in dialects that hide ids elsewhere; nothing in others. A record of at
/// most one field, to be flattened into the line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpaqueOffer<D> {
    id: Option<OpaqueId>,
    dialect: PhantomData<D>,
}

impl<D: Dialect> OpaqueOffer<D> {
    /// What stands beside this real id.
    pub fn seal(&mut self, real: Option<i64>, ids: &IdCipher) {
        self.id = real.filter(|_| D::HIDES_IDS).map(|id| ids.seal(id));
    }
}

impl<D: Dialect> Serialize for OpaqueOffer<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(usize::from(D::HIDES_IDS)))?;
        if D::HIDES_IDS {
            map.serialize_entry(D::OFFER_FIELD, &self.id.as_ref().map(OpaqueId::as_str))?;
        }
        map.end()
    }
}

impl<'de, D: Dialect> Deserialize<'de> for OpaqueOffer<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        let fields = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
        let text = fields.get(D::OFFER_FIELD).and_then(serde_json::Value::as_str);
        Ok(Self { id: text.filter(|_| D::HIDES_IDS).and_then(OpaqueId::parse), dialect: PhantomData })
    }
}

impl<D: Dialect> JsonSchema for OpaqueOffer<D> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OpaqueOffer_{}", D::schema_name()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        if D::HIDES_IDS {
            json_schema!({"type": "object", "properties": {D::OFFER_FIELD: {
                "type": ["string", "null"], "description": "opaque id, the same each time for a developer"
            }}})
        } else {
            json_schema!({"type": "object"})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Ka, V1Info, V2};
    use domain::{DeveloperId, IdKey};
    use serde_json::json;

    fn ids() -> IdCipher {
        IdKey::new([7; 32]).of(DeveloperId::new(1_110_890_638_347_337_996).unwrap())
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase", bound = "")]
    #[schemars(bound = "")]
    struct CartRow<D: Dialect> {
        quantity: i64,
        #[serde(flatten)]
        offer: NamedOffer<D>,
        sku_id: i64,
    }

    #[test]
    fn a_real_id_does_not_print_where_ids_are_hidden() {
        let read = || serde_json::from_str::<Vec<Offer<V2>>>("[706627393257, \"706627393257\"]").unwrap();
        assert!(serde_json::to_string(&read()).is_err());
        let shown = serde_json::to_string(&read().hidden(&ids())).unwrap();
        assert_eq!(shown, "[\"R-aUoSC327iDB9FRRbQ_IA\",\"R-aUoSC327iDB9FRRbQ_IA\"]");
        let again: Vec<Offer<V2>> = serde_json::from_str(&shown).unwrap();
        assert_eq!(again, read().hidden(&ids()), "a client reads what was printed");
        assert!(serde_json::from_str::<Offer<V2>>("\"706627393257x\"").is_err());
    }

    #[test]
    fn elsewhere_it_is_the_marketplaces_number() {
        let offer: Offer<V1Info> = serde_json::from_str("\"706627393257\"").unwrap();
        assert_eq!(serde_json::to_string(&offer.hidden(&ids())).unwrap(), "706627393257");
        assert!(serde_json::from_str::<Offer<Ka>>("\"R-aUoSC327iDB9FRRbQ_IA\"").is_err());
    }

    #[test]
    fn a_line_names_it_as_its_dialect_does() {
        let row = json!({"quantity": 2, "offerId": 706_627_393_257_i64, "skuId": 5});
        let plain: CartRow<V1Info> = serde_json::from_value(row.clone()).unwrap();
        assert_eq!(serde_json::to_value(&plain).unwrap(), row);
        let mut hidden: CartRow<V2> = serde_json::from_value(row).unwrap();
        assert!(serde_json::to_value(&hidden).is_err());
        hidden.offer.hide_ids(&ids());
        let printed = serde_json::to_value(&hidden).unwrap();
        assert_eq!(printed, json!({"quantity": 2, "offerMapId": "R-aUoSC327iDB9FRRbQ_IA", "skuId": 5}));
        let schema = schemars::schema_for!(CartRow<V2>).to_value();
        assert_eq!(schema["properties"]["offerMapId"]["type"], json!(["string", "null"]));
        assert!(schema["properties"].get("offerId").is_none());
    }
}
