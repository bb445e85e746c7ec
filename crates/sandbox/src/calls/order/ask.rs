//! What an order call asks: the receiver and the lines, as the economy takes them.

use crate::{
    api::{ApiError, Params},
    economy::{Failure, Refusal, purchase::Purchase},
};
use alibaba1688::wire::order::{AddressParam, CargoParam};
use domain::{
    OfferId, SpecId,
    purchase::{CargoLine, Receiver, merge},
};
use serde_json::{Number, Value};

/// Why an ask cannot be taken: the gateway's error, or a refusal in the call's own wrapper.
pub enum Bad {
    Api(ApiError),
    Refused(Refusal),
}

impl Bad {
    pub fn wrapped(self, wrap: impl FnOnce(Refusal) -> Value) -> ApiError {
        match self {
            Self::Api(error) => error,
            Self::Refused(refusal) => Failure::Refused(refusal).wrapped(wrap),
        }
    }
}

impl From<ApiError> for Bad {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// What is ordered.
pub fn purchase(params: &Params) -> Result<Purchase, Bad> {
    Ok(Purchase {
        receiver: receiver(params)?,
        lines: lines(params)?,
        flow: params.require("flow")?.to_owned(),
        message: params.str("message").map(str::to_owned),
        trade_type: params.str("tradeType").map(str::to_owned),
        out_order_id: params.str("outOrderId").map(str::to_owned),
    })
}

/// The receiver in the text form or the district code form; this world has no saved addresses.
pub fn receiver(params: &Params) -> Result<Receiver, Bad> {
    let param: AddressParam = params.require_json("addressParam")?;
    if param.address_id.is_some() {
        return Err(Bad::Refused(Refusal::new("AddressId invalid", "AddressId invalid")));
    }
    let text = |field: Option<String>| field.unwrap_or_default();
    let receiver = Receiver {
        full_name: text(param.full_name),
        mobile: text(param.mobile),
        phone: text(param.phone),
        post_code: text(param.post_code),
        province: text(param.province_text),
        city: text(param.city_text),
        area: text(param.area_text),
        town: text(param.town_text),
        address: text(param.address),
        district_code: text(param.district_code),
    };
    match receiver.missing() {
        Some(field) => Err(Bad::Refused(Refusal::new("ADDRESS_ERROR", format!("addressParam.{field} is missing")))),
        None => Ok(receiver),
    }
}

/// The lines, the same specification added up.
pub fn lines(params: &Params) -> Result<Vec<CargoLine>, Bad> {
    let cargo: Vec<CargoParam> = params.require_json("cargoParamList")?;
    cargo.into_iter().map(line).collect::<Result<Vec<_>, _>>().map(merge)
}

fn line(param: CargoParam) -> Result<CargoLine, Bad> {
    let bad = |what: &str| Bad::Api(ApiError::invalid("cargoParamList", what));
    let offer = param.offer_id.and_then(|id| OfferId::new(id.0).ok()).ok_or_else(|| bad("an offerId in each line"))?;
    let spec = param.spec_id.filter(|s| !s.is_empty());
    let spec_id = spec.map(|s| SpecId::parse(&s)).transpose();
    let foreign = |_| Refusal::of_line("500_003", "specId is not of this offer", offer, None);
    Ok(CargoLine {
        offer_id: offer,
        spec_id: spec_id.map_err(|e| Bad::Refused(foreign(e)))?,
        quantity: param.quantity.as_ref().and_then(whole).ok_or_else(|| bad("a whole quantity from 1 in each line"))?,
    })
}

/// `2.0` is 2.
fn whole(number: &Number) -> Option<u32> {
    let value = number.as_f64().filter(|v| v.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(v))?;
    // In range and whole, as was just checked.
    Some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_whole_numbers_in_either_form() {
        let read = |text: &str| whole(&serde_json::from_str::<Number>(text).unwrap());
        assert_eq!((read("2"), read("2.0")), (Some(2), Some(2)));
        for bad in ["0", "-1", "1.5", "1e20"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
