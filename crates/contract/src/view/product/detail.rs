//! The product detail, as the marketplace gives it.

use super::{
    facts::{InvoiceInfo, ProductImage, PromotionModel, SellerDataInfoDetail},
    sale::{ChannelPrice, ChannelSkuPrice, ProductSaleInfo, ProductSkuInfo, SellerMixSetting},
    shipping::ProductShippingInfo,
    trace::TraceInfo,
};
use crate::{
    dialect::Dialect,
    offer::{HideIds, Offer},
    scalar::{IdNumber, List, Text, Whole},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct ProductDetail<D: Dialect> {
    pub offer_id: Option<Offer<D>>,
    pub category_id: Option<IdNumber>,
    pub category_name: Option<Text>,
    pub subject: Option<Text>,
    pub subject_trans: Option<Text>,
    /// Raw HTML with 1688 image maps and links.
    pub description: Option<Text>,
    pub main_video: Option<Text>,
    pub detail_video: Option<Text>,
    pub product_image: Option<ProductImage>,
    pub product_attribute: List<ProductAttribute>,
    pub product_sku_infos: List<ProductSkuInfo>,
    pub product_sale_info: Option<ProductSaleInfo>,
    pub product_shipping_info: Option<ProductShippingInfo>,
    pub is_jxhy: Option<bool>,
    /// Encrypted seller id.
    pub seller_open_id: Option<Text>,
    pub min_order_quantity: Option<Whole>,
    /// Pieces per lot.
    pub batch_number: Option<Whole>,
    /// Listing state, e.g. `published`.
    pub status: Option<Text>,
    pub tag_info_list: List<TagInfo>,
    pub trace_info: Option<TraceInfo<D>>,
    pub seller_mix_setting: Option<SellerMixSetting>,
    pub product_cargo_number: Option<Text>,
    pub seller_data_info: Option<SellerDataInfoDetail>,
    /// Units sold.
    pub sold_out: Option<Text>,
    pub channel_price: Option<ChannelPrice>,
    pub promotion_model: Option<PromotionModel>,
    pub trade_score: Option<Text>,
    pub top_category_id: Option<IdNumber>,
    pub second_category_id: Option<IdNumber>,
    pub third_category_id: Option<IdNumber>,
    pub selling_point: List<Text>,
    pub offer_identities: List<Text>,
    pub create_date: Option<Text>,
    pub is_select: Option<Text>,
    pub certificate_list: List<Certificate>,
    pub promotion_url: Option<Text>,
    pub description_trans: Option<Text>,
    pub product_image_trans: Option<ProductImage>,
    /// Seller company.
    pub company_name: Option<Text>,
    pub invoice_info: Option<InvoiceInfo>,
}

/// One attribute of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductAttribute {
    pub attribute_id: Option<Text>,
    pub attribute_name: Option<Text>,
    pub value: Option<Text>,
    pub attribute_name_trans: Option<Text>,
    pub value_trans: Option<Text>,
}

/// One mark of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TagInfo {
    pub key: Option<Text>,
    pub value: Option<bool>,
}

/// One certificate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub certificate_name: Option<Text>,
    pub certificate_code: Option<Text>,
    pub certificate_photo_list: List<Text>,
}

impl<D: Dialect> HideIds for ProductDetail<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.offer_id.hide_ids(ids);
        self.trace_info.hide_ids(ids);
    }
}

impl<D: Dialect> ProductDetail<D> {
    /// With the price that this customer pays for each SKU, where the marketplace names none: the promotional price before
    /// the SKU's own, and where the quantity decides, the price of the smallest quantity.
    #[must_use]
    pub fn with_customer_prices(mut self) -> Self {
        if self.channel_price.as_ref().is_some_and(|prices| !prices.channel_sku_price_list.is_empty()) {
            return self;
        }
        let ranges = self.product_sale_info.iter().flat_map(|sale| sale.price_range_list.iter());
        let smallest = ranges.min_by_key(|range| range.start_quantity);
        let of_quantity = smallest.and_then(|range| range.promotion_price.as_ref().or(range.price.as_ref()));
        let prices = self.product_sku_infos.iter().map(|sku| ChannelSkuPrice {
            sku_id: sku.sku_id,
            current_price: sku.promotion_price.as_ref().or(sku.price.as_ref()).or(of_quantity).cloned(),
        });
        self.channel_price = Some(ChannelPrice { channel_sku_price_list: prices.collect::<Vec<_>>().into() });
        self
    }
}
