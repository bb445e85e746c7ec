//! The request for what shipping inside China costs.

use crate::{error::Fault, request::Id};
use domain::catalog::FreightQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Freight inside China for some pieces of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FreightBody {
    pub offer_id: Id,
    /// Administrative code of the province, e.g. 330000.
    pub to_province_code: String,
    /// Administrative code of the city, e.g. 330100.
    pub to_city_code: String,
    /// Administrative code of the district, despite the name, e.g. 330108.
    pub to_country_code: String,
    /// Pieces in all.
    pub total_num: i64,
    pub logistics_sku_num_models: Vec<LogisticsSkuNum>,
}

/// Pieces of one SKU.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogisticsSkuNum {
    pub sku_id: Id,
    pub number: i64,
}

/// Lines of one question.
const LINES: usize = 200;

impl FreightBody {
    pub fn query(&self) -> Result<FreightQuery, Fault> {
        if self.logistics_sku_num_models.len() > LINES {
            return Err(Fault::invalid("logisticsSkuNumModels", format_args!("at most {LINES} lines")));
        }
        let line = |(place, line): (usize, &LogisticsSkuNum)| {
            let field = |name| format!("logisticsSkuNumModels[{place}].{name}");
            let id = line.sku_id.0.trim();
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Fault::invalid(field("skuId"), "a SKU id"));
            }
            Ok((id.to_owned(), pieces(&field("number"), line.number)?))
        };
        Ok(FreightQuery {
            offer: self.offer_id.parse("offerId")?,
            province_code: code("toProvinceCode", &self.to_province_code)?,
            city_code: code("toCityCode", &self.to_city_code)?,
            district_code: code("toCountryCode", &self.to_country_code)?,
            total: pieces("totalNum", self.total_num)?,
            skus: self.logistics_sku_num_models.iter().enumerate().map(line).collect::<Result<_, _>>()?,
        })
    }
}

fn code(field: &'static str, text: &str) -> Result<String, Fault> {
    let text = text.trim();
    let fits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(text.to_owned()) } else { Err(Fault::invalid(field, "an administrative code of six digits")) }
}

fn pieces(field: &str, number: i64) -> Result<i64, Fault> {
    if (1..=1_000_000).contains(&number) { Ok(number) } else { Err(Fault::invalid(field, "1 to 1000000 pieces")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn asked(field: &str, value: Value) -> Result<FreightQuery, Fault> {
        let mut body = json!({"offerId": 670_291_644_950_i64, "toProvinceCode": "330000", "toCityCode": "330100",
            "toCountryCode": "330108", "totalNum": 5, "logisticsSkuNumModels": [{"skuId": "4829152353068", "number": 5}]});
        body[field] = value;
        serde_json::from_value::<FreightBody>(body).unwrap().query()
    }

    #[test]
    fn the_published_question_is_understood_and_each_wrong_field_is_named() {
        let published = asked("totalNum", json!(5)).unwrap();
        assert_eq!(published.skus, [("4829152353068".to_owned(), 5)]);
        for (field, value, named) in [
            ("offerId", json!("x"), "offerId"),
            ("toProvinceCode", json!("33"), "toProvinceCode"),
            ("toCityCode", json!("33010x"), "toCityCode"),
            ("toCountryCode", json!("CN"), "toCountryCode"),
            ("totalNum", json!(0), "totalNum"),
            ("logisticsSkuNumModels", json!([{"skuId": "a", "number": 1}]), "logisticsSkuNumModels[0].skuId"),
            ("logisticsSkuNumModels", json!([{"skuId": "1", "number": 0}]), "logisticsSkuNumModels[0].number"),
        ] {
            assert_eq!(asked(field, value).unwrap_err().field.as_deref(), Some(named));
        }
    }
}
