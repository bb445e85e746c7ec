//! Rows of the searches in v2: one model for all of them, under opaque ids.

use super::row::PriceInfo;
use crate::{
    dialect::V2,
    offer::{HideIds, Offer},
    scalar::{Text, Whole},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Item of the keyword and the image search of v2.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductItemV2 {
    pub image_url: Option<Text>,
    /// Chinese title.
    pub subject: Option<Text>,
    /// Translated title.
    pub subject_trans: Option<Text>,
    /// Opaque; the value that `offerMapId` takes in cart and order calls.
    pub offer_id: Option<Offer<V2>>,
    pub is_jxhy: Option<bool>,
    pub price_info: Option<PriceInfo>,
    /// Percent text, e.g. 10%.
    pub repurchase_rate: Option<Text>,
    /// Sales of 30 days.
    pub month_sold: Option<Whole>,
}

impl HideIds for ProductItemV2 {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.offer_id.hide_ids(ids);
    }
}

/// Item of the store search of v2.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerOfferItemV2 {
    #[serde(flatten)]
    pub item: ProductItemV2,
    /// Dropshipping of a single piece. Some answers of the marketplace leave out the `is`.
    #[serde(alias = "onePsale")]
    pub is_one_psale: Option<bool>,
}

impl HideIds for SellerOfferItemV2 {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.item.hide_ids(ids);
    }
}
