//! Orders in v2: those of v1, with opaque offer ids and the caller's notes where one previews and buys.

use super::{
    operation, twin,
    v1_order::{OrderCancel, OrderPage, OrderPayUrl, OrderReceiveGoods, OrderSubmitToPay, OrderTrace},
};
use crate::{
    dialect::{V1Info, V2},
    request::{OrderPreviewV2Body, TransferCreateBody},
    scalar::List,
    view::order::{AlibabaOrderPreview, AlibabaOrderVO},
};

operation! {
    /// Preview before an order.
    V2OrderPreview = "v2_alibaba_order_create_preview", Post "/v2/alibaba/order/create/preview", V2, "alibaba1688/order", "Preview before an order", reads;
    request OrderPreviewV2Body, answer AlibabaOrderPreview<V2>;
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create an order.
    V2OrderCreate = "v2_alibaba_order_create", Post "/v2/alibaba/order/create", V2, "alibaba1688/order", "Create an order", writes;
    request TransferCreateBody, answer List<AlibabaOrderVO<V1Info>>;
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1001","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

twin! {
    /// Order list.
    V2OrderPage of OrderPage = "v2_alibaba_order_page", "/v2/alibaba/order/page", V2, "alibaba1688/order";
}

twin! {
    /// Pay an order.
    V2OrderPayUrl of OrderPayUrl = "v2_alibaba_order_pay_url", "/v2/alibaba/order/pay/url", V2, "alibaba1688/order";
}

twin! {
    /// Cancel before payment.
    V2OrderCancel of OrderCancel = "v2_alibaba_order_cancel", "/v2/alibaba/order/cancel", V2, "alibaba1688/order";
}

twin! {
    /// Confirm receipt.
    V2OrderReceiveGoods of OrderReceiveGoods = "v2_alibaba_order_receivegoods", "/v2/alibaba/order/receivegoods", V2, "alibaba1688/order";
}

operation! {
    /// Preview before orders of several merchants.
    V2OrderPreviewBatch = "v2_alibaba_order_create_previewbatch", Post "/v2/alibaba/order/create/previewbatch", V2, "alibaba1688/order", "Preview before orders of several merchants", reads;
    request OrderPreviewV2Body, answer List<AlibabaOrderPreview<V2>>;
    errors [MixedSellers, ObjectNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create orders of several merchants.
    V2OrderCreateBatch = "v2_alibaba_order_batch_create", Post "/v2/alibaba/order/batch/create", V2, "alibaba1688/order", "Create orders of several merchants", writes;
    request TransferCreateBody, answer List<AlibabaOrderVO<V1Info>>;
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1002","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

twin! {
    /// Submit orders for payment in bulk.
    V2OrderSubmitToPay of OrderSubmitToPay = "v2_alibaba_order_batch_submit_to_pay", "/v2/alibaba/order/batch/submit/to/pay", V2, "alibaba1688/order";
}

twin! {
    /// Shipment tracking of an order.
    V2OrderTrace of OrderTrace = "v2_alibaba_order_logistics_trace", "/v2/alibaba/order/logistics/trace", V2, "alibaba1688/order";
}
