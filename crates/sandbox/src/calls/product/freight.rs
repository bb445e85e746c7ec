//! What shipping inside China costs, by the shop's rule: the same that an order pays.

use super::{Shop, detail::kilograms, failure, gone};
use crate::{
    api::ApiError,
    catalogue::{Product, Seller, Sku},
    economy::pricing,
};
use alibaba1688::wire::{
    Int,
    product::{FreightEstimate, FreightSkuInfo, LogisticsSkuNumModel, ProductFreightQueryParams},
};
use domain::{Fen, OfferId};
use serde_json::Number;

pub fn estimate(shop: &Shop, query: &ProductFreightQueryParams) -> Result<FreightEstimate, ApiError> {
    let required = [
        ("toProvinceCode", query.to_province_code.is_some()),
        ("toCityCode", query.to_city_code.is_some()),
        ("toCountryCode", query.to_country_code.is_some()),
        ("logisticsSkuNumModels", query.logistics_sku_num_models.is_some()),
    ];
    if let Some((name, _)) = required.iter().find(|(_, there)| !there) {
        return Err(ApiError::missing(&format!("productFreightQueryParamsNew.{name}")));
    }
    let missing = |name| ApiError::missing(&format!("productFreightQueryParamsNew.{name}"));
    let id = query.offer_id.ok_or_else(|| missing("offerId"))?;
    let total = query.total_num.ok_or_else(|| missing("totalNum"))?;
    let pieces = u32::try_from(total.0).ok().filter(|n| *n > 0);
    let pieces = pieces.ok_or_else(|| failure("400", "totalNum counts from 1"))?;
    let product = OfferId::new(id.0).ok().and_then(|id| shop.catalogue.offer(id)).ok_or_else(gone)?;
    let seller = shop.seller(product).ok_or_else(gone)?;
    let lines = query.logistics_sku_num_models.iter().flatten();
    let skus = lines.map(|line| sku_of(product, line)).collect::<Result<Vec<_>, _>>()?;
    Ok(printed(product, seller, &skus, pieces))
}

fn sku_of<'a>(product: &'a Product, line: &LogisticsSkuNumModel) -> Result<&'a Sku, ApiError> {
    let named = |sku: &&Sku| line.sku_id.as_deref() == Some(sku.sku_id.to_string().as_str());
    product.skus.iter().find(named).ok_or_else(|| failure("500_003", "sku is not of this offer"))
}

fn printed(product: &Product, seller: &Seller, skus: &[&Sku], pieces: u32) -> FreightEstimate {
    let yuan = |amount: Fen| Some(amount.yuan().to_string());
    let rule = seller.freight;
    let freight = pricing::freight(rule, pieces);
    let side = |side: usize| product.size_cm.get(side).copied().and_then(Number::from_f64);
    let grams = product.weight_g.or_else(|| product.skus.first().map(|sku| sku.weight_g));
    let sku_info = |sku: &&Sku| FreightSkuInfo {
        sku_id: Some(sku.sku_id.to_string()),
        single_sku_weight: kilograms(sku.weight_g),
        single_sku_length: side(0),
        single_sku_width: side(1),
        single_sku_height: side(2),
    };
    FreightEstimate {
        offer_id: Some(Int(product.offer_id.get())),
        freight: yuan(freight),
        template_id: Some(Int(seller.user_id)),
        single_product_weight: grams.and_then(kilograms),
        single_product_length: side(0),
        single_product_width: side(1),
        single_product_height: side(2),
        template_type: Some(Int(2)),
        template_name: Some("默认运费模板".to_owned()),
        sub_template_type: Some(Int(0)),
        sub_template_name: Some("快递".to_owned()),
        first_fee: yuan(rule.first_fen),
        first_unit: Some(rule.first_units.to_string()),
        next_fee: yuan(rule.next_fen),
        next_unit: Some(rule.next_units.to_string()),
        discount: Some("1".to_owned()),
        // By pieces.
        charge_type: Some("1".to_owned()),
        free_postage: Some(freight == Fen::ZERO),
        product_freight_sku_info_models: Some(skus.iter().map(sku_info).collect()),
        size_value_type: Some(Int(if skus.is_empty() { 1 } else { 2 })),
    }
}
