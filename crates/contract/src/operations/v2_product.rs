//! Products in v2: as in v1, under opaque ids, with one shorter row for all searches.

use super::{asks, product_examples as example};
use crate::{
    dialect::V2,
    request::{
        CategoryBody, DetailBody, ImageBody, KeywordBody, OpenUidBody, RecommendBody, RelatedBody, SellerOfferBody,
    },
    scalar::List,
    view::product::{Category, ProductDetail, ProductPageV2, RecommendProduct, RelatedProduct, SellerOfferPageV2},
};

asks! {
    /// Keyword search.
    V2ProductSearch = "v2_alibaba_product_keywords_query", "/v2/alibaba/product/keywords/query", V2, "alibaba1688/product", "Keyword search";
    KeywordBody => ProductPageV2;
    errors [];
    examples [example::KEYWORDS_V2];
    BODY_LIMIT;
}

asks! {
    /// Product detail.
    V2ProductGet = "v2_alibaba_product_detail_get", "/v2/alibaba/product/detail/get", V2, "alibaba1688/product", "Product detail";
    DetailBody => ProductDetail<V2>;
    errors [ProductNotFound, ObjectNotFound];
    examples [example::DETAIL_V2];
    BODY_LIMIT;
}

asks! {
    /// Image search.
    V2ProductImageSearch = "v2_alibaba_product_image_query", "/v2/alibaba/product/image/query", V2, "alibaba1688/product", "Image search";
    ImageBody => ProductPageV2;
    errors [FileNotAllowed];
    examples [example::IMAGE_V2, example::IMAGE_ADDRESS];
    IMAGE_LIMIT;
}

asks! {
    /// Products of one seller.
    V2ProductStoreSearch = "v2_alibaba_product_query_selleroffer", "/v2/alibaba/product/query/selleroffer", V2, "alibaba1688/product", "Store search";
    SellerOfferBody => SellerOfferPageV2;
    errors [ObjectNotFound];
    examples [example::STORE_V2];
    BODY_LIMIT;
}

asks! {
    /// A category with its translation.
    V2CategoryGet = "v2_alibaba_category_translation_get", "/v2/alibaba/product/category/get", V2, "alibaba1688/product", "Multilingual category by id";
    CategoryBody => Category;
    errors [ObjectNotFound];
    examples [example::CATEGORY];
    BODY_LIMIT;
}

asks! {
    /// What an end user may like.
    V2ProductRecommend = "v2_alibaba_product_recommend", "/v2/alibaba/product/productRecommendQuery", V2, "alibaba1688/product", "Product recommendation";
    RecommendBody => List<RecommendProduct<V2>>;
    errors [];
    examples [example::RECOMMEND];
    BODY_LIMIT;
}

asks! {
    /// Products like one.
    V2ProductRelated = "v2_alibaba_product_related_recommend", "/v2/alibaba/product/productRelatedRecommendQuery", V2, "alibaba1688/product", "Related products";
    RelatedBody => List<RelatedProduct<V2>>;
    errors [ProductNotFound, ObjectNotFound];
    examples [example::RELATED_V2];
    BODY_LIMIT;
}

asks! {
    /// The name of a seller in its chat.
    V2SellerChat = "v2_alibaba_product_openuid_decrypt", "/v2/alibaba/product/openuid/decrypt", V2, "alibaba1688/product", "Seller chat nickname from an encrypted seller id";
    OpenUidBody => String;
    errors [ProductNotFound, ObjectNotFound];
    examples [example::CHAT];
    BODY_LIMIT;
}
