//! The lines of the order view.

use crate::{
    carried::Carried,
    dialect::view,
    scalar::{Decimal, IdNumber, List, Text, Whole, YuanNumber},
};

view! {
    /// One sub-order.
    pub struct ProductItem<D> {
        /// SKU-level seller code.
        pub cargo_number: Option<Text>,
        pub description: Option<Text>,
        /// Yuan, paid amount of the line.
        pub item_amount: Option<YuanNumber>,
        pub name: Option<Text>,
        /// Yuan, original unit price.
        pub price: Option<YuanNumber>,
        #[serde(rename = "productID")]
        pub product_id: Option<IdNumber>,
        /// First is an 80x80 thumbnail, second the full image.
        pub product_img_url: List<Text>,
        pub product_snapshot_url: Option<Text>,
        pub quantity: Option<Decimal>,
        /// Yuan.
        pub refund: Option<YuanNumber>,
        #[serde(rename = "skuID")]
        pub sku_id: Option<IdNumber>,
        pub sort: Option<Whole>,
        /// The marketplace's word, e.g. `waitsellersend`; more words than an order's.
        pub status: Option<Text>,
        /// Sub-order id = orderEntryId elsewhere.
        #[serde(rename = "subItemID")]
        pub sub_item_id: Option<IdNumber>,
        /// E.g. common.
        pub r#type: Option<Text>,
        pub unit: Option<Text>,
        pub weight: Option<Text>,
        pub weight_unit: Option<Text>,
        pub guarantees_terms: List<Carried>,
        pub product_cargo_number: Option<Text>,
        pub sku_infos: List<SkuInfo<D>>,
        /// Fen, price raise or cut on the line.
        pub entry_discount: Option<Whole>,
        pub spec_id: Option<Text>,
        pub quantity_factor: Option<Decimal>,
        pub status_str: Option<Text>,
        pub refund_status: Option<Text>,
        pub close_reason: Option<Text>,
        pub logistics_status: Option<Whole>,
        pub gmt_create: Option<Text>,
        pub gmt_modified: Option<Text>,
        pub gmt_completed: Option<Text>,
        /// yyyy-MM-dd HH:mm:ss, stock hold expiry.
        pub gmt_pay_expire_time: Option<Text>,
        /// In-sale refund id.
        pub refund_id: Option<Text>,
        #[serde(rename = "subItemIDString")]
        pub sub_item_id_string: Option<Text>,
        /// After-sale refund id.
        pub refund_id_for_as: Option<Text>,
        /// Yuan, the line's share of the freight.
        pub share_postage: Option<YuanNumber>,
    }

    /// One attribute of a SKU.
    pub struct SkuInfo<D> {
        pub name: Option<Text>,
        pub value: Option<Text>,
    }
}
