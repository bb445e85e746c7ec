//! All calls of the marketplace, in one table.

use crate::{
    api::{Answer, Caller, Params},
    calls::{order, payment, product, push, refund, system},
    economy::Economy,
};
use std::pin::Pin;

/// A call under way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// One call.
pub struct Call {
    pub namespace: &'static str,
    pub api: &'static str,
    pub needs_token: bool,
    /// Parameters without which the gateway refuses.
    pub required: &'static [&'static str],
    pub handler: for<'a> fn(&'a Economy, &'a Caller, &'a Params) -> Answering<'a>,
}

/// The call of this name.
pub fn find(namespace: &str, api: &str) -> Option<&'static Call> {
    CALLS.iter().find(|c| c.namespace == namespace && c.api == api)
}

const TOKEN: bool = true;
const OPEN: bool = false;

const PRODUCT: &str = "com.alibaba.fenxiao.crossborder";
const CATEGORY: &str = "com.alibaba.product";
const ACCOUNT: &str = "com.alibaba.account";
const TRADE: &str = "com.alibaba.trade";
const LOGISTICS: &str = "com.alibaba.logistics";
const FENXIAO: &str = "com.alibaba.fenxiao";
const PUSH: &str = "cn.alibaba.open";

macro_rules! calls {
    ($($namespace:ident $api:literal $token:ident [$($required:literal),*] $handler:path;)*) => {
        &[$(Call {
            namespace: $namespace,
            api: $api,
            needs_token: $token,
            required: &[$($required),*],
            handler: |economy, caller, params| Box::pin($handler(economy, caller, params)),
        }),*]
    };
}

const SYSTEM: &str = "system";

/// The table.
pub const CALLS: &[Call] = calls! {
    SYSTEM "currentTime" OPEN [] system::current_time;

    PRODUCT "product.search.keywordQuery" TOKEN ["offerQueryParam"] product::keyword_query;
    PRODUCT "product.search.queryProductDetail" TOKEN ["offerDetailParam"] product::query_product_detail;
    PRODUCT "product.image.upload" TOKEN ["uploadImageParam"] product::image_upload;
    PRODUCT "product.search.imageQuery" TOKEN ["offerQueryParam"] product::image_query;
    PRODUCT "product.search.querySellerOfferList" TOKEN ["offerQueryParam"] product::query_seller_offer_list;
    PRODUCT "product.search.offerRecommend" TOKEN ["recommendOfferParam"] product::offer_recommend;
    PRODUCT "product.related.recommend" TOKEN ["relatedQueryParams"] product::related_recommend;
    PRODUCT "product.topList.query" TOKEN ["rankQueryParams"] product::top_list_query;
    PRODUCT "category.translation.getById" TOKEN ["language", "categoryId"] product::category_translation;
    CATEGORY "alibaba.category.get" OPEN ["categoryID"] product::category_get;
    PRODUCT "product.freight.estimate" TOKEN ["productFreightQueryParamsNew"] product::freight_estimate;
    PRODUCT "pool.product.pull" TOKEN ["offerPoolQueryParam"] product::pool_pull;
    ACCOUNT "wangwangnick.openuid.decrypt" TOKEN ["openUid", "_aop_timestamp"] product::wangwang_nick;
    ACCOUNT "account.wangwangUrl.get" TOKEN ["toOpenUid", "_aop_timestamp"] product::wangwang_url;

    TRADE "alibaba.createOrder.preview" TOKEN ["addressParam", "cargoParamList"] order::preview;
    TRADE "alibaba.trade.createCrossOrder" TOKEN ["addressParam", "cargoParamList", "flow"] order::create_cross_order;
    TRADE "alibaba.trade.get.buyerView" TOKEN ["webSite", "orderId"] order::get_buyer_view;
    TRADE "alibaba.trade.getBuyerOrderList" TOKEN [] order::get_buyer_order_list;
    TRADE "alibaba.trade.cancel" TOKEN ["webSite", "tradeID", "cancelReason"] order::cancel;
    TRADE "trade.receivegoods.confirm" TOKEN ["orderId", "orderEntryIds"] order::receivegoods_confirm;
    LOGISTICS "alibaba.trade.getLogisticsTraceInfo.buyerView" TOKEN ["orderId", "webSite"]
        order::get_logistics_trace_info;
    LOGISTICS "alibaba.trade.getLogisticsInfos.buyerView" TOKEN ["orderId", "webSite"] order::get_logistics_infos;

    TRADE "alibaba.alipay.url.get" TOKEN ["orderIdList"] payment::alipay_url_get;
    TRADE "alibaba.trade.pay.protocolPay.preparePay" TOKEN ["tradeWithholdPreparePayParam"] payment::prepare_pay;

    TRADE "alibaba.trade.getRefundReasonList" TOKEN ["orderId", "orderEntryIds", "goodsStatus"]
        refund::get_refund_reason_list;
    // A missing picture, carrier or waybill has an error of the call's own.
    TRADE "alibaba.trade.uploadRefundVoucher" TOKEN [] refund::upload_refund_voucher;
    TRADE "alibaba.trade.createRefund" TOKEN [
        "orderId", "orderEntryIds", "disputeRequest", "applyPayment", "applyCarriage", "applyReasonId", "description",
        "goodsStatus"
    ] refund::create_refund;
    TRADE "alibaba.trade.refund.returnGoods" TOKEN ["refundId"] refund::return_goods;
    TRADE "alibaba.trade.cancelRefund" OPEN ["refundId"] refund::cancel_refund;
    TRADE "alibaba.trade.refund.OpQueryOrderRefund" TOKEN ["refundId"] refund::op_query_order_refund;
    TRADE "alibaba.trade.refund.OpQueryBatchRefundByOrderIdAndStatus" TOKEN ["orderId", "queryType"]
        refund::op_query_batch_refund;
    TRADE "alibaba.trade.refund.buyer.queryOrderRefundList" TOKEN [] refund::query_order_refund_list;
    TRADE "alibaba.trade.refund.OpQueryOrderRefundOperationList" TOKEN ["refundId", "pageNo", "pageSize"]
        refund::op_query_order_refund_operation_list;
    LOGISTICS "alibaba.logistics.OpQueryLogisticCompanyList" TOKEN [] refund::op_query_logistic_company_list;
    LOGISTICS "alibaba.logistics.OpQueryLogisticCompanyList.offline" TOKEN []
        refund::op_query_logistic_company_list_offline;
    TRADE "alibaba.trade.getMaxRefundFee" TOKEN ["input"] refund::get_max_refund_fee;
    FENXIAO "refund.address.get" TOKEN ["mainOrderId"] refund::refund_address_get;

    PUSH "push.query.messageList" OPEN [] push::query_message_list;
    PUSH "push.cursor.messageList" OPEN [] push::cursor_message_list;
    PUSH "push.message.confirm" OPEN [] push::message_confirm;
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_name_is_there_once() {
        let names: HashSet<_> = CALLS.iter().map(|c| (c.namespace, c.api)).collect();
        assert_eq!(names.len(), CALLS.len());
        assert!(find("com.alibaba.trade", "alibaba.trade.cancel").is_some());
        assert!(find("com.alibaba.trade", "alibaba.trade.cancel.").is_none());
    }
}
