//! Products in bigMajor; as in v1.

use super::{asks, product_examples as example};
use crate::{dialect::V1Info, request::DetailBody, view::product::ProductDetail};

asks! {
    /// Product detail with the customer's prices.
    BigMajorProductGet = "bigmajor_product_detail_get", "/alibaba/bigMajor/product/detail/get", BigMajor, "bigmajor/product", "Product detail (bigMajor)";
    DetailBody => ProductDetail<V1Info>;
    errors [ProductNotFound];
    examples [example::DETAIL];
    BODY_LIMIT;
}
