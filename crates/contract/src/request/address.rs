//! The receiver inside China. The contract spells it so.

use super::short;
use crate::error::Fault;
use domain::purchase::Receiver;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text of an address has at most this many characters.
const TEXT_MAX: usize = 200;

/// Receiver inside China. Needed are `fullName`, `address`, one of `mobile` and `phone`, and either `districtCode` or
/// `provinceText` with `cityText`; the code wins over the names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub struct FastAdress {
    /// Receiver.
    pub full_name: Option<String>,
    pub mobile: Option<String>,
    pub phone: Option<String>,
    pub post_code: Option<String>,
    /// Chinese place name, e.g. 杭州市.
    pub city_text: Option<String>,
    /// E.g. 浙江省.
    pub province_text: Option<String>,
    /// District, e.g. 西湖区.
    pub area_text: Option<String>,
    pub town_text: Option<String>,
    /// Street.
    pub address: Option<String>,
    /// Six-digit GB code, e.g. 451481.
    pub district_code: Option<String>,
}

impl FastAdress {
    /// Complete by the contract's rule, else 40002 with the first field that is missing.
    pub fn receiver(&self) -> Result<Receiver, Fault> {
        let text =
            |field, value: &Option<String>| short(field, value.as_ref(), TEXT_MAX).map(Option::unwrap_or_default);
        let receiver = Receiver {
            full_name: text("addressParam.fullName", &self.full_name)?,
            mobile: text("addressParam.mobile", &self.mobile)?,
            phone: text("addressParam.phone", &self.phone)?,
            post_code: text("addressParam.postCode", &self.post_code)?,
            province: text("addressParam.provinceText", &self.province_text)?,
            city: text("addressParam.cityText", &self.city_text)?,
            area: text("addressParam.areaText", &self.area_text)?,
            town: text("addressParam.townText", &self.town_text)?,
            address: text("addressParam.address", &self.address)?,
            district_code: text("addressParam.districtCode", &self.district_code)?,
        };
        match receiver.missing() {
            Some(field) => Err(Fault::missing(format!("addressParam.{field}"))),
            None => Ok(receiver),
        }
    }

    /// As answers print it: what is empty is null.
    pub fn of(receiver: &Receiver) -> Self {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let Receiver { full_name, mobile, phone, post_code, province, city, area, town, address, district_code } =
            receiver;
        Self {
            full_name: text(full_name),
            mobile: text(mobile),
            phone: text(phone),
            post_code: text(post_code),
            city_text: text(city),
            province_text: text(province),
            area_text: text(area),
            town_text: text(town),
            address: text(address),
            district_code: text(district_code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn the_first_missing_field_is_named() {
        let mut address = FastAdress {
            full_name: Some("sample".into()),
            mobile: Some("13800000000".into()),
            address: Some("x".into()),
            city_text: Some("杭州市".into()),
            ..FastAdress::default()
        };
        let fault = address.receiver().unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (Code::MissingParameter, Some("addressParam.provinceText")));
        address.province_text = Some("浙江省".into());
        let receiver = address.receiver().unwrap();
        assert_eq!(FastAdress::of(&receiver), address);
    }
}
