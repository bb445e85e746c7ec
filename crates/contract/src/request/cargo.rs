//! Order lines as they are asked for.

use super::{Id, set};
use crate::error::Fault;
use domain::{
    IdCipher, OfferId, SpecId,
    purchase::{CargoLine, MAX_LINES},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// An encrypted seller id has at most this many characters.
const SELLER_MAX: usize = 100;

/// A caller's own number of a product or box has at most this many characters.
const OWN_MAX: usize = 100;

/// A checked line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    pub cargo: CargoLine,
    /// The seller that the caller names.
    pub seller: Option<String>,
    /// The caller's own number of the product, and of the box it belongs into.
    pub product_no: Option<String>,
    pub container: Option<String>,
}

impl OrderLine {
    fn of(cargo: CargoLine, seller: Option<String>) -> Self {
        Self { cargo, seller, product_no: None, container: None }
    }
}

/// A line of a request.
pub trait Cargo {
    /// The line that stands at this place, from zero. `ids` opens opaque ids.
    fn line(&self, at: usize, ids: &IdCipher) -> Result<OrderLine, Fault>;
}

/// One order line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FastCargo {
    pub offer_id: Id,
    /// The 1688 spec id, 32 hex digits; empty for products without SKUs.
    pub spec_id: String,
    /// Whole pieces from 1 on; 2.0 is 2.
    pub quantity: Number,
}

impl Cargo for FastCargo {
    fn line(&self, at: usize, _: &IdCipher) -> Result<OrderLine, Fault> {
        let offer_id = self.offer_id.parse(&field(at, "offerId"))?;
        Ok(OrderLine::of(cargo(at, offer_id, &self.spec_id, &self.quantity)?, None))
    }
}

/// One order line of the calls for several merchants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FastCargoBatch {
    pub offer_id: Id,
    /// The 1688 spec id, 32 hex digits; empty for products without SKUs.
    pub spec_id: String,
    /// Whole pieces from 1 on; 2.0 is 2.
    pub quantity: Number,
    /// `sellerOpenId` of the product; the lines are grouped by it. Empty: the seller of the offer.
    pub seller_open_id: String,
}

impl Cargo for FastCargoBatch {
    fn line(&self, at: usize, _: &IdCipher) -> Result<OrderLine, Fault> {
        let offer_id = self.offer_id.parse(&field(at, "offerId"))?;
        let cargo = cargo(at, offer_id, &self.spec_id, &self.quantity)?;
        Ok(OrderLine::of(cargo, seller(&field(at, "sellerOpenId"), Some(&self.seller_open_id))?))
    }
}

/// One order line of v2: one of `offerMapId` and `offerId`, and `quantity`, must be there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FastCargoV2 {
    /// `sellerOpenId` of the product; the calls for several merchants group the lines by it.
    pub seller_open_id: Option<String>,
    /// Opaque offer id; wins over `offerId`.
    pub offer_map_id: Option<Id>,
    /// The 1688 offer id.
    pub offer_id: Option<Id>,
    /// The 1688 spec id, 32 hex digits; left out for products without SKUs.
    pub spec_id: Option<String>,
    /// Whole pieces from 1 on; 2.0 is 2.
    pub quantity: Option<Number>,
    /// The caller's own product number, at most 100 characters.
    pub product_no: Option<String>,
    /// The caller's own box number, at most 100 characters.
    pub container: Option<String>,
}

impl Cargo for FastCargoV2 {
    fn line(&self, at: usize, ids: &IdCipher) -> Result<OrderLine, Fault> {
        let named = |id: &&Id| !id.0.trim().is_empty();
        let offer_id = match (self.offer_map_id.as_ref().filter(named), self.offer_id.as_ref().filter(named)) {
            (Some(opaque), _) => opaque.any_offer(&field(at, "offerMapId"), ids)?,
            (None, Some(real)) => real.any_offer(&field(at, "offerId"), ids)?,
            (None, None) => return Err(Fault::missing(field(at, "offerMapId"))),
        };
        let quantity = self.quantity.as_ref().ok_or_else(|| Fault::missing(field(at, "quantity")))?;
        let spec = self.spec_id.as_deref().unwrap_or_default();
        Ok(OrderLine {
            cargo: cargo(at, offer_id, spec, quantity)?,
            seller: seller(&field(at, "sellerOpenId"), self.seller_open_id.as_ref())?,
            product_no: own(at, "productNo", self.product_no.as_ref())?,
            container: own(at, "container", self.container.as_ref())?,
        })
    }
}

fn own(at: usize, name: &str, text: Option<&String>) -> Result<Option<String>, Fault> {
    match set(text) {
        Some(text) if text.chars().count() > OWN_MAX => {
            Err(Fault::invalid(field(at, name), format_args!("at most {OWN_MAX} characters")))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

fn field(at: usize, name: &str) -> String {
    format!("cargoParamList[{at}].{name}")
}

fn cargo(at: usize, offer_id: OfferId, spec: &str, pieces: &Number) -> Result<CargoLine, Fault> {
    let spec = spec.trim();
    let spec_id = (!spec.is_empty())
        .then(|| SpecId::parse(spec).map_err(|e| Fault::invalid(field(at, "specId"), e.expected)))
        .transpose()?;
    let quantity = quantity(pieces).ok_or_else(|| Fault::invalid(field(at, "quantity"), "a whole number from 1 on"))?;
    Ok(CargoLine { offer_id, spec_id, quantity })
}

/// The seller that a caller names, as a product detail names it.
pub(super) fn seller(field: &str, text: Option<&String>) -> Result<Option<String>, Fault> {
    match set(text) {
        Some(text) if text.len() > SELLER_MAX || !text.bytes().all(|b| b.is_ascii_graphic()) => {
            Err(Fault::invalid(field, "the sellerOpenId of a product"))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// 1 to 50 lines with whole quantities.
pub(super) fn lines<C: Cargo>(cargo: &[C], ids: &IdCipher) -> Result<Vec<OrderLine>, Fault> {
    if !(1..=MAX_LINES).contains(&cargo.len()) {
        return Err(Fault::invalid("cargoParamList", format_args!("1 to {MAX_LINES} lines")));
    }
    cargo.iter().enumerate().map(|(at, line)| line.line(at, ids)).collect()
}

fn quantity(number: &Number) -> Option<u32> {
    let whole = match number.as_u64() {
        Some(whole) => u32::try_from(whole).ok()?,
        None => {
            let double = number.as_f64()?;
            let fits = double.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&double);
            fits.then_some(double as u32)?
        }
    };
    (whole >= 1).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn ids() -> IdCipher {
        domain::IdKey::new([7; 32]).of(domain::DeveloperId::new(1).unwrap())
    }

    fn cargo(quantity: &str) -> FastCargo {
        serde_json::from_str(&format!(r#"{{"offerId":"889512351602","specId":"","quantity":{quantity}}}"#)).unwrap()
    }

    #[test]
    fn quantities_are_whole() {
        let read = lines(&[cargo("2.0"), cargo("3")], &ids()).unwrap();
        assert_eq!(read.iter().map(|l| l.cargo.quantity).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(read[0].cargo.spec_id, None);
        for bad in ["0", "-1", "1.5", "4294967296", "1e300"] {
            let fault = lines(&[cargo("1"), cargo(bad)], &ids()).unwrap_err();
            assert_eq!(fault.code, Code::InvalidParameter, "{bad}");
            assert_eq!(fault.field.as_deref(), Some("cargoParamList[1].quantity"));
        }
        assert!(lines::<FastCargo>(&[], &ids()).is_err());
        assert!(lines(&vec![cargo("1"); 51], &ids()).is_err());
    }

    #[test]
    fn a_batch_line_names_its_seller_or_leaves_it_to_the_offer() {
        let line = |seller: &str| {
            let text = format!(r#"{{"offerId":1,"specId":"","quantity":1,"sellerOpenId":"{seller}"}}"#);
            serde_json::from_str::<FastCargoBatch>(&text).unwrap().line(0, &ids())
        };
        assert_eq!(line("BBBgGWh2O6JFI6v1aQuZVgRIA").unwrap().seller.as_deref(), Some("BBBgGWh2O6JFI6v1aQuZVgRIA"));
        assert_eq!(line(" ").unwrap().seller, None);
        for bad in ["a b", "订单", &"x".repeat(101)] {
            assert_eq!(line(bad).unwrap_err().field.as_deref(), Some("cargoParamList[0].sellerOpenId"));
        }
    }

    #[test]
    fn a_v2_line_goes_by_its_opaque_id_or_by_the_real_one() {
        let line = |text: &str| serde_json::from_str::<FastCargoV2>(text).unwrap().line(3, &ids());
        let opaque = ids().seal(743_470_146_022);
        let by_opaque =
            line(&format!(r#"{{"offerMapId":"{opaque}","offerId":1,"quantity":1,"container":"B 7"}}"#)).unwrap();
        assert_eq!((by_opaque.cargo.offer_id.get(), by_opaque.container.as_deref()), (743_470_146_022, Some("B 7")));
        for real in [r#"{"offerId":743470146022,"quantity":1}"#, r#"{"offerMapId":"743470146022","quantity":1}"#] {
            assert_eq!(line(real).unwrap().cargo, by_opaque.cargo);
        }
        for (text, code, field) in [
            (r#"{"quantity":1}"#, Code::MissingParameter, "cargoParamList[3].offerMapId"),
            (r#"{"offerId":1}"#, Code::MissingParameter, "cargoParamList[3].quantity"),
            (
                r#"{"offerMapId":"L0PTnwSnx_dWNZWCtgK7Gg","quantity":1}"#,
                Code::ObjectNotFound,
                "cargoParamList[3].offerMapId",
            ),
        ] {
            let fault = line(text).unwrap_err();
            assert_eq!((fault.code, fault.field.as_deref()), (code, Some(field)));
        }
    }
}
