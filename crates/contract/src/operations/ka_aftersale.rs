//! After-sales in ka; the only edition that can withdraw a refund.

use super::operation;
use crate::{
    request::{Nothing, RefundCreateBody, RefundIdBody, RefundReasonBody, RefundReturnBody, VoucherUploadBody},
    scalar::List,
    view::refund::{
        KaRefundDetail, LogisticsCompanyRow, RefundCreateResult, RefundReasonList, RefundReturnResult,
        VoucherUploadResult,
    },
};

operation! {
    /// Refund detail.
    KaRefundGet = "ka_refund_detail", Post "/alibaba/ka/refund/detail", Ka, "alibaba1688/aftersale", "Refund detail", reads;
    request RefundIdBody, answer KaRefundDetail;
    errors [RefundNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ262615407388136042"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Cancel a refund.
    KaRefundCancel = "ka_refund_cancel", Post "/alibaba/ka/refund/cancel", Ka, "alibaba1688/aftersale", "Cancel a refund", writes;
    request RefundIdBody, answer String;
    errors [RefundNotFound, RefundStateConflict, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ260923837649136042"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Refund reasons.
    KaRefundReasons = "ka_refund_reason_list", Post "/alibaba/ka/refund/reason/list", Ka, "alibaba1688/aftersale", "Refund reasons", reads;
    request RefundReasonBody, answer RefundReasonList;
    errors [OrderNotFound, OrderStateConflict, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":586683458994743215,"orderEntryIds":[586683458997743215],"goodsStatus":"aftersaleBuyerNotReceived"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Upload a refund voucher.
    KaRefundVoucherUpload = "ka_refund_voucher_upload", Post "/alibaba/ka/refund/voucher/upload", Ka, "alibaba1688/aftersale", "Upload a refund voucher", writes;
    request VoucherUploadBody, answer VoucherUploadResult;
    errors [FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"imageData":"/9j/4AAQSkZJRgABAQEASABIAAD/2wBD"}"#];
    query [];
    body MultipartOrJson, UPLOAD_LIMIT;
}

operation! {
    /// Create a refund.
    KaRefundCreate = "ka_refund_create", Post "/alibaba/ka/refund/create", Ka, "alibaba1688/aftersale", "Create a refund", writes;
    request RefundCreateBody, answer RefundCreateResult;
    errors [OrderNotFound, OrderStateConflict, AmountNotAllowed, FileNotAllowed, DuplicateRefund, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":506683458994743225,"orderEntryIds":[506683458996743225],"disputeRequest":"returnRefund","applyPayment":1,"applyCarriage":0,"applyReasonId":20028,"description":"测试","goodsStatus":"refundBuyerReceived","orderEntryCountList":[{"id":506683458996743225,"count":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Declare the return parcel.
    KaRefundGoodsReturn = "ka_refund_goods_return", Post "/alibaba/ka/refund/goods/return", Ka, "alibaba1688/aftersale", "Declare the return parcel", writes;
    request RefundReturnBody, answer RefundReturnResult;
    errors [RefundNotFound, RefundStateConflict, FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ36706338027991577","logisticsCompanyNo":"ZTO","freightBill":"3110044550034338","description":"发货说明","vouchers":["https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg"]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Logistics companies.
    KaLogisticsCompanies = "ka_logistics_company_list", Get "/alibaba/ka/logistics/company/list", Ka, "alibaba1688/aftersale", "Logistics companies", reads;
    request Nothing, answer List<LogisticsCompanyRow>;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}
