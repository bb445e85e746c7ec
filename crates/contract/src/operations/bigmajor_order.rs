//! Orders in bigMajor, the forerunner of ka, in its shapes.

use super::operation;
use crate::{
    request::{KaCreateBody, KaOrderIdBody, KaOrderPageBody, KaPreviewBody},
    scalar::List,
    view::order::{KaOrder, KaOrderDetail, KaOrderPage, KaOrderPreview},
};

operation! {
    /// Order preview (mandatory before create).
    BigMajorOrderPreviewCreate = "bigmajor_order_create_preview", Post "/alibaba/bigMajor/order/create/preview", BigMajor, "bigmajor/order", "Order preview (mandatory before create)", reads;
    request KaPreviewBody, answer List<KaOrderPreview>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"fenxiaonew","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create an order.
    BigMajorOrderCreate = "bigmajor_order_create", Post "/alibaba/bigMajor/order/create", BigMajor, "bigmajor/order", "Create an order", writes;
    request KaCreateBody, answer List<KaOrder>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, PriceChanged, PreviewRequired, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1001","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order list.
    BigMajorOrderList = "bigmajor_order_page", Post "/alibaba/bigMajor/order/page", BigMajor, "bigmajor/order", "Order list", reads;
    request KaOrderPageBody, answer KaOrderPage;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"page":1,"orderStatus":"WAITING_FOR_SENT","payStatus":2,"startTime":"2026-05-20 00:00:00"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order detail.
    BigMajorOrderGet = "bigmajor_order_detail", Post "/alibaba/bigMajor/order/detail", BigMajor, "bigmajor/order", "Order detail", reads;
    request KaOrderIdBody, answer KaOrderDetail;
    errors [OrderNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"PO202605200001"}"#];
    query [];
    body Json, BODY_LIMIT;
}
