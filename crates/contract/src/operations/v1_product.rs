//! Products in v1.

use super::operation;
use crate::{
    request::{DetailBody, KeywordBody},
    view::product::{KeywordPage, ProductDetail},
};

operation! {
    /// Keyword search.
    ProductSearch = "alibaba_product_keywords_query", Post "/alibaba/product/keywords/query", V1, "alibaba1688/product", "Keyword search", reads;
    request KeywordBody, answer KeywordPage;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"keyword":"男鞋","beginPage":1,"pageSize":20,"country":"en","filter":"shipInToday,ksCiphertext","sort":"{\"price\":\"desc\"}","outMemberId":"","priceStart":"633.69","priceEnd":"647.60","categoryId":""}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Product detail.
    ProductGet = "alibaba_product_detail_get", Post "/alibaba/product/detail/get", V1, "alibaba1688/product", "Product detail", reads;
    request DetailBody, answer ProductDetail;
    errors [ProductNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"offerId":706627393257,"country":"en","outMemberId":""}"#];
    query [];
    body Json, BODY_LIMIT;
}
