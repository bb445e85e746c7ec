//! After-sales in v1.

use super::operation;
use crate::{
    operation::QueryField,
    request::{Nothing, RefundCreateBody, RefundIdBody, RefundReasonBody, RefundReturnBody, VoucherUploadBody},
    scalar::List,
    view::refund::{
        AlibabaRefundInfo, LogisticsCompanyRow, RefundCreateResult, RefundReasonList, RefundReturnResult,
        VoucherUploadResult,
    },
};

operation! {
    /// Refund detail.
    RefundInfo = "alibaba_refund_info", Post "/alibaba/refund/info", V1, "alibaba1688/aftersale", "Refund detail", reads;
    request RefundIdBody, answer AlibabaRefundInfo;
    errors [RefundNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnauthorized];
    examples [r#"{"refundId":"TQ142969441872889407"}"#];
    query [QueryField { name: "refundId", required: false, note: "TQ and digits; the body wins" }];
    body Json, BODY_LIMIT;
}

operation! {
    /// Refund reasons.
    RefundReasons = "alibaba_refund_reason_list", Post "/alibaba/refund/reason/list", V1, "alibaba1688/aftersale", "Refund reasons", reads;
    request RefundReasonBody, answer RefundReasonList;
    errors [OrderNotFound, OrderStateConflict, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":586683458994743215,"orderEntryIds":[586683458997743215],"goodsStatus":"aftersaleBuyerNotReceived"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Upload a refund voucher.
    RefundVoucherUpload = "alibaba_refund_voucher_upload", Post "/alibaba/refund/voucher/upload", V1, "alibaba1688/aftersale", "Upload a refund voucher", writes;
    request VoucherUploadBody, answer VoucherUploadResult;
    errors [FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"imageData":"/9j/4AAQSkZJRgABAQEASABIAAD/2wBD"}"#];
    query [];
    body MultipartOrJson, UPLOAD_LIMIT;
}

operation! {
    /// Create a refund.
    RefundCreate = "alibaba_refund_detail_create", Post "/alibaba/refund/detail/create", V1, "alibaba1688/aftersale", "Create a refund", writes;
    request RefundCreateBody, answer RefundCreateResult;
    errors [OrderNotFound, OrderStateConflict, AmountNotAllowed, FileNotAllowed, DuplicateRefund, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":506683458994743225,"orderEntryIds":[506683458996743225],"disputeRequest":"returnRefund","applyPayment":1,"applyCarriage":0,"applyReasonId":20028,"description":"测试","goodsStatus":"refundBuyerReceived","orderEntryCountList":[{"id":506683458996743225,"count":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Declare the return parcel.
    RefundGoodsReturn = "alibaba_refund_goods_return", Post "/alibaba/refund/goods/return", V1, "alibaba1688/aftersale", "Declare the return parcel", writes;
    request RefundReturnBody, answer RefundReturnResult;
    errors [RefundNotFound, RefundStateConflict, FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ36706338027991577","logisticsCompanyNo":"ZTO","freightBill":"3110044550034338","description":"发货说明","vouchers":["https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg"]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Logistics companies.
    LogisticsCompanies = "alibaba_logistics_company_list", Get "/alibaba/logistics/company/list", V1, "alibaba1688/aftersale", "Logistics companies", reads;
    request Nothing, answer List<LogisticsCompanyRow>;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}
