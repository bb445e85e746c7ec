//! After-sales in v2: those of v1. The refund's id stands in the body alone.

use super::{
    operation, twin,
    v1_aftersale::{LogisticsCompanies, RefundCreate, RefundGoodsReturn, RefundReasons, RefundVoucherUpload},
};
use crate::{request::RefundIdBody, view::refund::AlibabaRefundInfo};

operation! {
    /// Refund detail.
    V2RefundInfo = "v2_alibaba_refund_info", Post "/v2/alibaba/refund/info", V2, "alibaba1688/aftersale", "Refund detail", reads;
    request RefundIdBody, answer AlibabaRefundInfo;
    errors [RefundNotFound, CapabilityNotOffered, UpstreamRefused, UpstreamUnauthorized];
    examples [r#"{"refundId":"TQ142969441872889407"}"#];
    query [];
    body Json, BODY_LIMIT;
}

twin! {
    /// Refund reasons.
    V2RefundReasons of RefundReasons = "v2_alibaba_refund_reason_list", "/v2/alibaba/refund/reason/list", V2, "alibaba1688/aftersale";
}

twin! {
    /// Upload a refund voucher.
    V2RefundVoucherUpload of RefundVoucherUpload = "v2_alibaba_refund_voucher_upload", "/v2/alibaba/refund/voucher/upload", V2, "alibaba1688/aftersale";
}

twin! {
    /// Create a refund.
    V2RefundCreate of RefundCreate = "v2_alibaba_refund_detail_create", "/v2/alibaba/refund/detail/create", V2, "alibaba1688/aftersale";
}

twin! {
    /// Declare the return parcel.
    V2RefundGoodsReturn of RefundGoodsReturn = "v2_alibaba_refund_goods_return", "/v2/alibaba/refund/goods/return", V2, "alibaba1688/aftersale";
}

twin! {
    /// Logistics companies.
    V2LogisticsCompanies of LogisticsCompanies = "v2_alibaba_logistics_company_list", "/v2/alibaba/logistics/company/list", V2, "alibaba1688/aftersale";
}
