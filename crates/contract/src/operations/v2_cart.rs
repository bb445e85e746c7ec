//! The shopping cart in v2: that of v1, with products under opaque ids.

use super::{
    operation, twin,
    v1_cart::{CartCreateOrder, CartDelete, CartEditQuantity},
};
use crate::{
    dialect::V2,
    request::{CartAddV2Body, CartPreviewBody, Nothing},
    scalar::List,
    view::{cart::AlibabaCart, order::AlibabaOrderPreview},
};

operation! {
    /// Cart.
    V2CartList = "v2_alibaba_cart_list", Get "/v2/alibaba/cart/list", V2, "alibaba1688/cart", "Cart", reads;
    request Nothing, answer AlibabaCart<V2>;
    errors [CapabilityNotOffered];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Add to the cart.
    V2CartAdd = "v2_alibaba_cart_add", Post "/v2/alibaba/cart/add", V2, "alibaba1688/cart", "Add to the cart", writes;
    request CartAddV2Body, answer bool;
    errors [MixedSellers, AmountNotAllowed, ObjectNotFound, ProductNotFound, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"offerMapId":"743470146022","specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1,"sellerOpenId":""}"#];
    query [];
    body Json, BODY_LIMIT;
}

twin! {
    /// Delete cart rows.
    V2CartDelete of CartDelete = "v2_alibaba_cart_delete", "/v2/alibaba/cart/delete", V2, "alibaba1688/cart";
}

twin! {
    /// Change the quantity.
    V2CartEditQuantity of CartEditQuantity = "v2_alibaba_cart_edit_quantity", "/v2/alibaba/cart/edit-quantity", V2, "alibaba1688/cart";
}

operation! {
    /// Preview an order from the cart.
    V2CartPreviewOrder = "v2_alibaba_cart_preview_order", Post "/v2/alibaba/cart/preview/order", V2, "alibaba1688/cart", "Preview an order from the cart", reads;
    request CartPreviewBody, answer List<AlibabaOrderPreview<V2>>;
    errors [ObjectNotFound, CapabilityNotOffered];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cartIds":[75,76]}"#];
    query [];
    body Json, BODY_LIMIT;
}

twin! {
    /// Create orders from the cart.
    V2CartCreateOrder of CartCreateOrder = "v2_alibaba_cart_create_order", "/v2/alibaba/cart/create/order", V2, "alibaba1688/cart";
}
