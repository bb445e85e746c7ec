//! Orders in ka: mandatory preview, amounts in fen.

use super::operation;
use crate::{
    request::{KaCreateBody, KaOrderIdBody, KaOrderPageBody, KaPreviewBody},
    scalar::List,
    view::order::{AlibabaPayOrderVO, KaOrder, KaOrderDetail, KaOrderPage, KaOrderPreview, LogisticsTrace},
};

operation! {
    /// Order preview (mandatory before create).
    KaOrderPreviewCreate = "ka_order_create_preview", Post "/alibaba/ka/order/create/preview", Ka, "alibaba1688/order", "Order preview (mandatory before create)", reads;
    request KaPreviewBody, answer List<KaOrderPreview>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"fenxiaonew","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create an order.
    KaOrderCreate = "ka_order_create", Post "/alibaba/ka/order/create", Ka, "alibaba1688/order", "Create an order", writes;
    request KaCreateBody, answer List<KaOrder>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, PriceChanged, PreviewRequired, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1001","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Pay an order.
    KaOrderPay = "ka_order_pay", Post "/alibaba/ka/order/pay", Ka, "alibaba1688/order", "Pay an order", writes;
    request KaOrderIdBody, answer AlibabaPayOrderVO;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"PO202605200001"}"#, r#"{"orderId":"3305075341149134260"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order list.
    KaOrderList = "ka_order_page", Post "/alibaba/ka/order/page", Ka, "alibaba1688/order", "Order list", reads;
    request KaOrderPageBody, answer KaOrderPage;
    errors [];
    examples [r#"{"page":1,"orderStatus":"WAITING_FOR_SENT","payStatus":2,"startTime":"2026-05-20 00:00:00"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order detail.
    KaOrderGet = "ka_order_detail", Post "/alibaba/ka/order/detail", Ka, "alibaba1688/order", "Order detail", reads;
    request KaOrderIdBody, answer KaOrderDetail;
    errors [OrderNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"PO202605200001"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Shipment tracking of an order.
    KaOrderTrace = "ka_order_logistics", Post "/alibaba/ka/order/logistics", Ka, "alibaba1688/order", "Shipment tracking of an order", reads;
    request KaOrderIdBody, answer List<LogisticsTrace>;
    errors [OrderNotFound, ShipmentNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"PO202605200001"}"#];
    query [];
    body Json, BODY_LIMIT;
}
