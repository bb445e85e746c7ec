//! Selections and rankings in v2.

use super::{asks, product_examples as example};
use crate::{
    dialect::V2,
    request::{HotListBody, KeywordBody},
    view::product::{ProductPageV2, Ranking},
};

asks! {
    /// Keyword search within the global strict selection.
    V2GlobalSelection = "v2_alibaba_global_selection_keywords", "/v2/alibaba/product/globalSelection/query", V2, "alibaba1688/marketing", "Global strict selection: keyword search";
    KeywordBody => ProductPageV2;
    errors [];
    examples [example::KEYWORDS_V2];
    BODY_LIMIT;
}

asks! {
    /// Keyword search within the strict selection of 1688.
    V2Selection1688 = "v2_alibaba_1688_selection_keywords", "/v2/alibaba/product/selection1688/query", V2, "alibaba1688/marketing", "1688 strict selection: keyword search";
    KeywordBody => ProductPageV2;
    errors [];
    examples [example::KEYWORDS_V2];
    BODY_LIMIT;
}

asks! {
    /// A ranking of a category.
    V2HotList = "v2_alibaba_hot_list", "/v2/alibaba/product/topList/query", V2, "alibaba1688/marketing", "Hot selling list";
    HotListBody => Ranking<V2>;
    errors [ObjectNotFound];
    examples [example::HOT_LIST];
    BODY_LIMIT;
}
