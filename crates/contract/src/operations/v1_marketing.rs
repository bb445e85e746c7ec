//! Selections and rankings in v1.

use super::{asks, product_examples as example};
use crate::{
    dialect::V1Info,
    request::{HotListBody, KeywordBody},
    view::product::{KeywordPage, Ranking},
};

asks! {
    /// Keyword search within the global strict selection.
    GlobalSelection = "alibaba_marketing_global_selection", "/alibaba/product/globalSelection/query", V1, "alibaba1688/marketing", "Marketing: global strict selection";
    KeywordBody => KeywordPage;
    errors [];
    examples [example::KEYWORDS];
    BODY_LIMIT;
}

asks! {
    /// Keyword search within the strict selection of 1688.
    Selection1688 = "alibaba_marketing_1688_selection", "/alibaba/product/selection1688/query", V1, "alibaba1688/marketing", "Marketing: 1688 strict selection";
    KeywordBody => KeywordPage;
    errors [];
    examples [example::KEYWORDS];
    BODY_LIMIT;
}

asks! {
    /// A ranking of a category.
    HotList = "alibaba_marketing_hot_list", "/alibaba/product/topList/query", V1, "alibaba1688/marketing", "Marketing: hot selling list";
    HotListBody => Ranking<V1Info>;
    errors [ObjectNotFound];
    examples [example::HOT_LIST];
    BODY_LIMIT;
}
