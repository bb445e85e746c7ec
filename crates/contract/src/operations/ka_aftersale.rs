//! After-sales in ka; the only edition that can withdraw a refund.

use super::{
    operation, twin,
    v1_aftersale::{LogisticsCompanies, RefundCreate, RefundGoodsReturn, RefundReasons, RefundVoucherUpload},
};
use crate::{request::RefundIdBody, view::refund::KaRefundDetail};

operation! {
    /// Refund detail.
    KaRefundGet = "ka_refund_detail", Post "/alibaba/ka/refund/detail", Ka, "alibaba1688/aftersale", "Refund detail", reads;
    request RefundIdBody, answer KaRefundDetail;
    errors [RefundNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnauthorized];
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

twin! {
    /// Refund reasons.
    KaRefundReasons of RefundReasons = "ka_refund_reason_list", "/alibaba/ka/refund/reason/list", Ka, "alibaba1688/aftersale";
}

twin! {
    /// Upload a refund voucher.
    KaRefundVoucherUpload of RefundVoucherUpload = "ka_refund_voucher_upload", "/alibaba/ka/refund/voucher/upload", Ka, "alibaba1688/aftersale";
}

twin! {
    /// Create a refund.
    KaRefundCreate of RefundCreate = "ka_refund_create", "/alibaba/ka/refund/create", Ka, "alibaba1688/aftersale";
}

twin! {
    /// Declare the return parcel.
    KaRefundGoodsReturn of RefundGoodsReturn = "ka_refund_goods_return", "/alibaba/ka/refund/goods/return", Ka, "alibaba1688/aftersale";
}

twin! {
    /// Logistics companies.
    KaLogisticsCompanies of LogisticsCompanies = "ka_logistics_company_list", "/alibaba/ka/logistics/company/list", Ka, "alibaba1688/aftersale";
}
