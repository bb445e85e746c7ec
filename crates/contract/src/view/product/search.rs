//! A page of a search: one wrapper, a row for each search and one for all of v2.

use super::{
    item::{ProductItemV2, SellerOfferItemV2},
    row::{ImageProduct, KeywordProduct, SellerOffer},
};
use crate::{
    offer::HideIds,
    scalar::{List, Whole},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Page wrapper inside the envelope data, so rows sit at data.data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PageOf{R}")]
pub struct ProductPage<R> {
    /// At most 2000.
    pub total_records: Option<Whole>,
    /// Floor(totalRecords / pageSize) + 1, not a ceiling: 2000 by 5 gives 401, 323 by 5 gives 65.
    pub total_page: Option<Whole>,
    pub page_size: Option<Whole>,
    pub current_page: Option<Whole>,
    pub data: List<R>,
}

pub type KeywordPage = ProductPage<KeywordProduct>;
pub type ImagePage = ProductPage<ImageProduct>;
pub type SellerOfferPage = ProductPage<SellerOffer>;
pub type ProductPageV2 = ProductPage<ProductItemV2>;
pub type SellerOfferPageV2 = ProductPage<SellerOfferItemV2>;

impl<R: HideIds> HideIds for ProductPage<R> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.data.hide_ids(ids);
    }
}
