//! After-sales in v2.

use super::operation;
use crate::{
    request::{Nothing, RefundCreateBody, RefundIdBody, RefundReasonBody, RefundReturnBody, VoucherUploadBody},
    scalar::List,
    view::refund::{
        AlibabaRefundInfo, LogisticsCompanyRow, RefundCreateResult, RefundReasonList, RefundReturnResult,
        VoucherUploadResult,
    },
};

operation! {
    /// Refund detail.
    V2RefundInfo = "v2_alibaba_refund_info", Post "/v2/alibaba/refund/info", V2, "alibaba1688/aftersale", "Refund detail", reads;
    request RefundIdBody, answer AlibabaRefundInfo;
    errors [RefundNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ142969441872889407"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Refund reasons.
    V2RefundReasons = "v2_alibaba_refund_reason_list", Post "/v2/alibaba/refund/reason/list", V2, "alibaba1688/aftersale", "Refund reasons", reads;
    request RefundReasonBody, answer RefundReasonList;
    errors [OrderNotFound, OrderStateConflict, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":586683458994743215,"orderEntryIds":[586683458997743215],"goodsStatus":"aftersaleBuyerNotReceived"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Upload a refund voucher.
    V2RefundVoucherUpload = "v2_alibaba_refund_voucher_upload", Post "/v2/alibaba/refund/voucher/upload", V2, "alibaba1688/aftersale", "Upload a refund voucher", writes;
    request VoucherUploadBody, answer VoucherUploadResult;
    errors [FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"imageData":"/9j/4AAQSkZJRgABAQEASABIAAD/2wBD"}"#];
    query [];
    body MultipartOrJson, UPLOAD_LIMIT;
}

operation! {
    /// Create a refund.
    V2RefundCreate = "v2_alibaba_refund_detail_create", Post "/v2/alibaba/refund/detail/create", V2, "alibaba1688/aftersale", "Create a refund", writes;
    request RefundCreateBody, answer RefundCreateResult;
    errors [OrderNotFound, OrderStateConflict, AmountNotAllowed, FileNotAllowed, DuplicateRefund, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"orderId":506683458994743225,"orderEntryIds":[506683458996743225],"disputeRequest":"returnRefund","applyPayment":1,"applyCarriage":0,"applyReasonId":20028,"description":"测试","goodsStatus":"refundBuyerReceived","orderEntryCountList":[{"id":506683458996743225,"count":1}]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Declare the return parcel.
    V2RefundGoodsReturn = "v2_alibaba_refund_goods_return", Post "/v2/alibaba/refund/goods/return", V2, "alibaba1688/aftersale", "Declare the return parcel", writes;
    request RefundReturnBody, answer RefundReturnResult;
    errors [RefundNotFound, RefundStateConflict, FileNotAllowed, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"refundId":"TQ36706338027991577","logisticsCompanyNo":"ZTO","freightBill":"3110044550034338","description":"发货说明","vouchers":["https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg"]}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Logistics companies.
    V2LogisticsCompanies = "v2_alibaba_logistics_company_list", Get "/v2/alibaba/logistics/company/list", V2, "alibaba1688/aftersale", "Logistics companies", reads;
    request Nothing, answer List<LogisticsCompanyRow>;
    errors [CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}
