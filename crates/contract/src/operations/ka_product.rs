//! Products in ka; bodies and answers as in v1.

use super::{asks, product_examples as example};
use crate::{
    dialect::V1Info,
    request::{CategoryBody, DetailBody, DetailMultiBody, FreightBody, ImageBody, KeywordBody, OpenUidBody, PoolBody},
    scalar::List,
    view::product::{Category, FreightEstimate, ImagePage, KeywordPage, PoolProduct, ProductDetail},
};

asks! {
    /// Keyword search.
    KaProductSearch = "ka_product_keywords_query", "/alibaba/ka/product/keywords/query", Ka, "alibaba1688/product", "Keyword search";
    KeywordBody => KeywordPage;
    errors [];
    examples [example::KEYWORDS];
    BODY_LIMIT;
}

asks! {
    /// Product detail.
    KaProductGet = "ka_product_detail_get", "/alibaba/ka/product/detail/get", Ka, "alibaba1688/product", "Product detail";
    DetailBody => ProductDetail<V1Info>;
    errors [ProductNotFound];
    examples [example::DETAIL];
    BODY_LIMIT;
}

asks! {
    /// Details of several products.
    KaProductGetMulti = "ka_product_detail_multi", "/alibaba/ka/product/detail/multi", Ka, "alibaba1688/product", "Product details of several offers";
    DetailMultiBody => List<ProductDetail<V1Info>>;
    errors [];
    examples [example::DETAILS];
    BODY_LIMIT;
}

asks! {
    /// Image search.
    KaProductImageSearch = "ka_product_image_query", "/alibaba/ka/product/image/query", Ka, "alibaba1688/product", "Image search";
    ImageBody => ImagePage;
    errors [FileNotAllowed];
    examples [example::IMAGE, example::IMAGE_ADDRESS];
    IMAGE_LIMIT;
}

asks! {
    /// A category with its translation.
    KaCategoryGet = "ka_product_category_get", "/alibaba/ka/product/category/get", Ka, "alibaba1688/product", "Category";
    CategoryBody => Category;
    errors [ObjectNotFound];
    examples [example::CATEGORY];
    BODY_LIMIT;
}

asks! {
    /// Freight inside China.
    KaFreightEstimate = "ka_product_freight_estimate", "/alibaba/ka/product/freight/estimate/get", Ka, "alibaba1688/product", "Freight estimate inside China";
    FreightBody => FreightEstimate;
    errors [ProductNotFound, MixedSellers];
    examples [example::FREIGHT];
    BODY_LIMIT;
}

asks! {
    /// A page of a pool of offers.
    KaPoolList = "ka_product_pool_list", "/alibaba/ka/product/pool/list", Ka, "alibaba1688/product", "Offer pool";
    PoolBody => List<PoolProduct<V1Info>>;
    errors [ObjectNotFound];
    examples [example::POOL];
    BODY_LIMIT;
}

asks! {
    /// A link to chat with a seller.
    KaSellerChat = "ka_im_openuid_decrypt", "/alibaba/ka/im/openuid/decrypt", Ka, "alibaba1688/product", "Seller chat link (IM)";
    OpenUidBody => String;
    errors [ProductNotFound, ObjectNotFound];
    examples [example::CHAT];
    BODY_LIMIT;
}
