//! Order lines as they are asked for.

use super::Id;
use crate::error::Fault;
use domain::{
    SpecId,
    purchase::{CargoLine, MAX_LINES, merge},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

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

impl FastCargo {
    fn line(&self, at: usize) -> Result<CargoLine, Fault> {
        let field = |name: &str| format!("cargoParamList[{at}].{name}");
        let spec = self.spec_id.trim();
        let spec_id = (!spec.is_empty())
            .then(|| SpecId::parse(spec).map_err(|e| Fault::invalid(field("specId"), e.expected)))
            .transpose()?;
        Ok(CargoLine {
            offer_id: self.offer_id.parse(&field("offerId"))?,
            spec_id,
            quantity: quantity(&self.quantity)
                .ok_or_else(|| Fault::invalid(field("quantity"), "a whole number from 1 on"))?,
        })
    }
}

/// 1 to 50 lines with whole quantities; the same spec twice is added up.
pub(super) fn lines(cargo: &[FastCargo]) -> Result<Vec<CargoLine>, Fault> {
    if !(1..=MAX_LINES).contains(&cargo.len()) {
        return Err(Fault::invalid("cargoParamList", format_args!("1 to {MAX_LINES} lines")));
    }
    let lines: Result<Vec<_>, Fault> = cargo.iter().enumerate().map(|(at, line)| line.line(at)).collect();
    lines.map(merge)
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

    fn cargo(quantity: &str) -> FastCargo {
        serde_json::from_str(&format!(r#"{{"offerId":"889512351602","specId":"","quantity":{quantity}}}"#)).unwrap()
    }

    #[test]
    fn quantities_are_whole_and_the_same_spec_is_added_up() {
        let merged = lines(&[cargo("2.0"), cargo("3")]).unwrap();
        assert_eq!((merged.len(), merged[0].quantity, merged[0].spec_id.is_none()), (1, 5, true));
        for bad in ["0", "-1", "1.5", "4294967296", "1e300"] {
            let fault = lines(&[cargo("1"), cargo(bad)]).unwrap_err();
            assert_eq!(fault.code, Code::InvalidParameter, "{bad}");
            assert_eq!(fault.field.as_deref(), Some("cargoParamList[1].quantity"));
        }
        assert!(lines(&[]).is_err());
        assert!(lines(&vec![cargo("1"); 51]).is_err());
    }
}
