//! Orders in v2: those of v1 with opaque offer ids and the caller's notes.

use super::operation;
use crate::{
    dialect::{V1Info, V2},
    operation::QueryField,
    request::{
        CancelBody, OrderPageBody, OrderPreviewV2Body, PayUrlQuery, ReceiveGoodsBody, SubmitToPayBody, TraceQuery,
        TransferCreateBody,
    },
    scalar::List,
    view::order::{
        AlibabaOrderPage, AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, LogisticsTrace, ReceiveGoodsResult,
    },
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
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, PriceChanged, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1001","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Order list.
    V2OrderPage = "v2_alibaba_order_page", Post "/v2/alibaba/order/page", V2, "alibaba1688/order", "Order list", reads;
    request OrderPageBody, answer AlibabaOrderPage;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"page":1,"pageSize":20,"orderStatus":"waitsellersend","createStartTime":"2026-04-01 00:00:00"}"#, r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Pay an order.
    V2OrderPayUrl = "v2_alibaba_order_pay_url", Get "/v2/alibaba/order/pay/url", V2, "alibaba1688/order", "Pay an order", writes;
    request PayUrlQuery, answer AlibabaPayOrderVO;
    errors [OrderNotFound, OrderStateConflict, InsufficientBalance, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"2019601741959504495"}"#];
    query [QueryField { name: "orderId", required: true, note: "1688 order id" }];
    body Json, BODY_LIMIT;
}

operation! {
    /// Cancel before payment.
    V2OrderCancel = "v2_alibaba_order_cancel", Post "/v2/alibaba/order/cancel", V2, "alibaba1688/order", "Cancel before payment", writes;
    request CancelBody, answer bool;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"webSite":"1688","orderId":2542285634920880794,"cancelReason":"不想要了"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Confirm receipt.
    V2OrderReceiveGoods = "v2_alibaba_order_receivegoods", Post "/v2/alibaba/order/receivegoods", V2, "alibaba1688/order", "Confirm receipt", writes;
    request ReceiveGoodsBody, answer ReceiveGoodsResult;
    errors [OrderNotFound, OrderStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":2019601741959504495,"orderEntryIds":[2019601741960504495]}"#];
    query [];
    body Json, BODY_LIMIT;
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
    errors [MixedSellers, ObjectNotFound, ProductNotFound, OutOfStock, BelowMinimum, PriceChanged, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"flow":"general","outOrderId":"A-1002","addressParam":{"fullName":"sample","mobile":"13800000000","phone":"13800000000","postCode":"100000","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"xxxxxxx"},"cargoParamList":[{"offerId":743470146022,"specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Submit orders for payment in bulk.
    V2OrderSubmitToPay = "v2_alibaba_order_batch_submit_to_pay", Post "/v2/alibaba/order/batch/submit/to/pay", V2, "alibaba1688/order", "Submit orders for payment in bulk", writes;
    request SubmitToPayBody, answer AlibabaPayOrderVO;
    errors [IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderIds":["2059624776425880794","2060506524492880794","2060771847808880794"]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Shipment tracking of an order.
    V2OrderTrace = "v2_alibaba_order_logistics_trace", Get "/v2/alibaba/order/logistics/trace", V2, "alibaba1688/order", "Shipment tracking of an order", reads;
    request TraceQuery, answer List<LogisticsTrace>;
    errors [OrderNotFound, ShipmentNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":"2019601741959504495","webSite":"1688"}"#];
    query [QueryField { name: "orderId", required: true, note: "1688 order id" }, QueryField { name: "webSite", required: false, note: "1688" }, QueryField { name: "logisticsId", required: false, note: "picks one shipment" }];
    body Json, BODY_LIMIT;
}
