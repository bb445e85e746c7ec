//! Products in v1.

use super::{asks, product_examples as example};
use crate::{
    dialect::V1Info,
    request::{
        CategoryBody, CategoryTreeBody, DetailBody, ImageBody, KeywordBody, OpenUidBody, RecommendBody, RelatedBody,
        SellerOfferBody,
    },
    scalar::List,
    view::product::{
        Category, CategoryNode, ImagePage, KeywordPage, ProductDetail, RecommendProduct, RelatedProduct,
        SellerOfferPage,
    },
};

asks! {
    /// Keyword search.
    ProductSearch = "alibaba_product_keywords_query", "/alibaba/product/keywords/query", V1, "alibaba1688/product", "Keyword search";
    KeywordBody => KeywordPage;
    errors [];
    examples [example::KEYWORDS];
    BODY_LIMIT;
}

asks! {
    /// Product detail.
    ProductGet = "alibaba_product_detail_get", "/alibaba/product/detail/get", V1, "alibaba1688/product", "Product detail";
    DetailBody => ProductDetail<V1Info>;
    errors [ProductNotFound];
    examples [example::DETAIL];
    BODY_LIMIT;
}

asks! {
    /// Image search.
    ProductImageSearch = "alibaba_product_image_query", "/alibaba/product/image/query", V1, "alibaba1688/product", "Image search";
    ImageBody => ImagePage;
    errors [FileNotAllowed];
    examples [example::IMAGE, example::IMAGE_ADDRESS];
    IMAGE_LIMIT;
}

asks! {
    /// Products of one seller.
    ProductStoreSearch = "alibaba_product_query_selleroffer", "/alibaba/product/query/selleroffer", V1, "alibaba1688/product", "Store search (offers of one seller)";
    SellerOfferBody => SellerOfferPage;
    errors [ObjectNotFound];
    examples [example::STORE];
    BODY_LIMIT;
}

asks! {
    /// A category with its translation.
    CategoryGet = "alibaba_category_translation_get", "/alibaba/product/category/get", V1, "alibaba1688/product", "Multilingual category by id";
    CategoryBody => Category;
    errors [ObjectNotFound];
    examples [example::CATEGORY];
    BODY_LIMIT;
}

asks! {
    /// The Chinese category tree.
    CategoryTreeGet = "alibaba_category_get", "/alibaba/category/get", V1, "alibaba1688/product", "Category tree (Chinese)";
    CategoryTreeBody => List<CategoryNode>;
    errors [ObjectNotFound];
    examples [example::CATEGORY_TREE];
    BODY_LIMIT;
}

asks! {
    /// What an end user may like.
    ProductRecommend = "alibaba_product_recommend", "/alibaba/product/productRecommendQuery", V1, "alibaba1688/product", "Product recommendation";
    RecommendBody => List<RecommendProduct<V1Info>>;
    errors [];
    examples [example::RECOMMEND];
    BODY_LIMIT;
}

asks! {
    /// Products like one.
    ProductRelated = "alibaba_product_related_recommend", "/alibaba/product/productRelatedRecommendQuery", V1, "alibaba1688/product", "Related products";
    RelatedBody => List<RelatedProduct<V1Info>>;
    errors [ProductNotFound];
    examples [example::RELATED];
    BODY_LIMIT;
}

asks! {
    /// A link to chat with a seller.
    SellerChat = "alibaba_product_openuid_decrypt", "/alibaba/product/openuid/decrypt", V1, "alibaba1688/product", "Seller chat link from an encrypted seller id (Wangwang)";
    OpenUidBody => String;
    errors [ProductNotFound, ObjectNotFound];
    examples [example::CHAT];
    BODY_LIMIT;
}
