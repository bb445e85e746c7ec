//! Orders in v1.

use super::operation;
use crate::{
    dialect::V1Info,
    operation::QueryField,
    request::{
        CancelBody, OrderCreateBatchBody, OrderCreateBody, OrderDetailBody, OrderPageBody, OrderPreviewBatchBody,
        OrderPreviewBody, PayUrlQuery, ReceiveGoodsBody, SubmitToPayBody, TraceQuery,
    },
    scalar::List,
    view::order::{
        AlibabaOrderPage, AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, LogisticsTrace, ReceiveGoodsResult,
    },
};

operation! {
    /// Preview before an order.
    OrderPreview = "alibaba_order_create_preview", Post "/alibaba/order/create/preview", V1, "alibaba1688/order", "Preview before an order", reads;
    request OrderPreviewBody, answer AlibabaOrderPreview<V1Info>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create an order.
    OrderCreate = "alibaba_order_create", Post "/alibaba/order/create", V1, "alibaba1688/order", "Create an order", writes;
    request OrderCreateBody, answer List<AlibabaOrderVO<V1Info>>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1001","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order detail.
    OrderDetail = "alibaba_order_detail", Post "/alibaba/order/detail", V1, "alibaba1688/order", "Order detail", reads;
    request OrderDetailBody, answer AlibabaOrderVO<V1Info>;
    errors [OrderNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnauthorized];
    examples [r#"{"webSite":"1688","orderId":"2019601741959504495"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order list.
    OrderPage = "alibaba_order_page", Post "/alibaba/order/page", V1, "alibaba1688/order", "Order list", reads;
    request OrderPageBody, answer AlibabaOrderPage;
    errors [];
    examples [r#"{"page":1,"pageSize":20,"orderStatus":"waitsellersend","createStartTime":"2026-04-01 00:00:00"}"#, r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Pay an order.
    OrderPayUrl = "alibaba_order_pay_url", Get "/alibaba/order/pay/url", V1, "alibaba1688/order", "Pay an order", writes;
    request PayUrlQuery, answer AlibabaPayOrderVO;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"2019601741959504495"}"#];
    query [QueryField { name: "orderId", required: true, note: "1688 order id" }];
    body Json, BODY_LIMIT;
}

operation! {
    /// Cancel before payment.
    OrderCancel = "alibaba_order_cancel", Post "/alibaba/order/cancel", V1, "alibaba1688/order", "Cancel before payment", writes;
    request CancelBody, answer bool;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"webSite":"1688","orderId":2019601741959504495,"cancelReason":"buyerCancel","remark":null}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Confirm receipt.
    OrderReceiveGoods = "alibaba_order_receivegoods", Post "/alibaba/order/receivegoods", V1, "alibaba1688/order", "Confirm receipt", writes;
    request ReceiveGoodsBody, answer ReceiveGoodsResult;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":2019601741959504495,"orderEntryIds":[2019601741960504495]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Preview before orders of several merchants.
    OrderPreviewBatch = "alibaba_order_create_previewbatch", Post "/alibaba/order/create/previewbatch", V1, "alibaba1688/order", "Preview before orders of several merchants", reads;
    request OrderPreviewBatchBody, answer List<AlibabaOrderPreview<V1Info>>;
    errors [MixedSellers, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1,"sellerOpenId":""}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Create orders of several merchants.
    OrderCreateBatch = "alibaba_order_batch_create", Post "/alibaba/order/batch/create", V1, "alibaba1688/order", "Create orders of several merchants", writes;
    request OrderCreateBatchBody, answer List<AlibabaOrderVO<V1Info>>;
    errors [MixedSellers, ProductNotFound, OutOfStock, BelowMinimum, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1002","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1,"sellerOpenId":""}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Submit orders for payment in bulk.
    OrderSubmitToPay = "alibaba_order_batch_submit_to_pay", Post "/alibaba/order/batch/submit/to/pay", V1, "alibaba1688/order", "Submit orders for payment in bulk", writes;
    request SubmitToPayBody, answer AlibabaPayOrderVO;
    errors [IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderIds":["2059624776425880794","2060506524492880794","2060771847808880794"]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Shipment tracking of an order.
    OrderTrace = "alibaba_order_logistics_trace", Get "/alibaba/order/logistics/trace", V1, "alibaba1688/order", "Shipment tracking of an order", reads;
    request TraceQuery, answer List<LogisticsTrace>;
    errors [OrderNotFound, ShipmentNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"2019601741959504495","webSite":"1688"}"#];
    query [QueryField { name: "orderId", required: true, note: "1688 order id" }, QueryField { name: "webSite", required: false, note: "1688" }, QueryField { name: "logisticsId", required: false, note: "picks one shipment" }];
    body Json, BODY_LIMIT;
}
