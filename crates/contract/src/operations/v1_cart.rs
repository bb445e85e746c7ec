//! The shopping cart in v1.

use super::operation;
use crate::{
    dialect::V1Info,
    request::{CartAddBody, CartCreateBody, CartDeleteBody, CartEditBody, CartPreviewBody, Nothing},
    scalar::List,
    view::{
        cart::AlibabaCart,
        order::{AlibabaOrderPreview, AlibabaOrderVO},
    },
};

operation! {
    /// Cart.
    CartList = "alibaba_cart_list", Get "/alibaba/cart/list", V1, "alibaba1688/cart", "Cart", reads;
    request Nothing, answer AlibabaCart<V1Info>;
    errors [CapabilityNotOffered];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Add to the cart.
    CartAdd = "alibaba_cart_add", Post "/alibaba/cart/add", V1, "alibaba1688/cart", "Add to the cart", writes;
    request CartAddBody, answer bool;
    errors [MixedSellers, AmountNotAllowed, ProductNotFound, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1,"sellerOpenId":""}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Delete cart rows.
    CartDelete = "alibaba_cart_delete", Post "/alibaba/cart/delete", V1, "alibaba1688/cart", "Delete cart rows", writes;
    request CartDeleteBody, answer bool;
    errors [IdempotencyConflict, StillRunning];
    examples [r#"{"ids":[75,76]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Change the quantity.
    CartEditQuantity = "alibaba_cart_edit_quantity", Post "/alibaba/cart/edit-quantity", V1, "alibaba1688/cart", "Change the quantity", writes;
    request CartEditBody, answer bool;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"id":75,"quantity":3,"productNo":"P-1","container":null}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Preview an order from the cart.
    CartPreviewOrder = "alibaba_cart_preview_order", Post "/alibaba/cart/preview/order", V1, "alibaba1688/cart", "Preview an order from the cart", reads;
    request CartPreviewBody, answer List<AlibabaOrderPreview<V1Info>>;
    errors [ObjectNotFound, CapabilityNotOffered];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cartIds":[75,76]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create orders from the cart.
    CartCreateOrder = "alibaba_cart_create_order", Post "/alibaba/cart/create/order", V1, "alibaba1688/cart", "Create orders from the cart", writes;
    request CartCreateBody, answer List<AlibabaOrderVO<V1Info>>;
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","message":"please pack well","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cartIds":[75,76],"staffName":"sample"}"#];
    query [];
    body Json, BODY_LIMIT;
}
