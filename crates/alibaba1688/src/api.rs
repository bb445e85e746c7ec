//! The upstream calls that the connector makes: names, and whether a repeat could do something twice.

/// One call of the open platform.
#[derive(Debug, PartialEq, Eq)]
pub struct Api {
    pub namespace: &'static str,
    pub name: &'static str,
    /// Making it twice changes nothing.
    pub read: bool,
    /// Its answer is about the caller's own things or about goods, so a caller may see it as received.
    pub open: bool,
}

impl Api {
    /// Its answer lists what others bought with the same account, or holds tokens.
    const fn closed(self) -> Self {
        Self { open: false, ..self }
    }
}

/// The name under which a call is recorded, by the path of its address: `namespace/name`. Calls about tokens have none.
pub fn recorded_name(path: &str) -> Option<String> {
    let mut parts = path.split('/').rev().skip(1);
    let (name, namespace) = (parts.next()?, parts.next()?);
    let is_call = path.contains("/param2/") && namespace != TOKEN.namespace;
    is_call.then(|| format!("{namespace}/{name}"))
}

const PRODUCT: &str = "com.alibaba.fenxiao.crossborder";
const TRADE: &str = "com.alibaba.trade";
const CATEGORIES: &str = "com.alibaba.product";
const ACCOUNT: &str = "com.alibaba.account";
const LOGISTICS: &str = "com.alibaba.logistics";
const PUSH: &str = "cn.alibaba.open";

const fn read(namespace: &'static str, name: &'static str) -> Api {
    Api { namespace, name, read: true, open: true }
}

const fn write(namespace: &'static str, name: &'static str) -> Api {
    Api { namespace, name, read: false, open: true }
}

pub static SEARCH: Api = read(PRODUCT, "product.search.keywordQuery");
pub static PRODUCT_DETAIL: Api = read(PRODUCT, "product.search.queryProductDetail");
/// A second upload gives the picture another id.
pub static IMAGE_UPLOAD: Api = read(PRODUCT, "product.image.upload");
pub static IMAGE_SEARCH: Api = read(PRODUCT, "product.search.imageQuery");
pub static STORE_SEARCH: Api = read(PRODUCT, "product.search.querySellerOfferList");
pub static RECOMMENDED: Api = read(PRODUCT, "product.search.offerRecommend");
pub static RELATED: Api = read(PRODUCT, "product.related.recommend");
pub static RANKING: Api = read(PRODUCT, "product.topList.query");
pub static CATEGORY: Api = read(PRODUCT, "category.translation.getById");
pub static CATEGORY_TREE: Api = read(CATEGORIES, "alibaba.category.get");
pub static FREIGHT: Api = read(PRODUCT, "product.freight.estimate");
pub static POOL: Api = read(PRODUCT, "pool.product.pull");
pub static CHAT_NAME: Api = read(ACCOUNT, "wangwangnick.openuid.decrypt");
pub static CHAT_LINK: Api = read(ACCOUNT, "account.wangwangUrl.get");
pub static PREVIEW: Api = read(TRADE, "alibaba.createOrder.preview");
pub static CREATE: Api = write(TRADE, "alibaba.trade.createCrossOrder");
pub static ORDER: Api = read(TRADE, "alibaba.trade.get.buyerView");
pub static ORDERS: Api = read(TRADE, "alibaba.trade.getBuyerOrderList").closed();
pub static CANCEL: Api = write(TRADE, "alibaba.trade.cancel");
pub static RECEIVE: Api = write(TRADE, "trade.receivegoods.confirm");
pub static TRACES: Api = read(LOGISTICS, "alibaba.trade.getLogisticsTraceInfo.buyerView");
pub static CASHIER: Api = read(TRADE, "alibaba.alipay.url.get");
pub static DEBIT: Api = write(TRADE, "alibaba.trade.pay.protocolPay.preparePay");
pub static REASONS: Api = read(TRADE, "alibaba.trade.getRefundReasonList");
/// A second upload leaves a file that nobody names.
pub static VOUCHER: Api = read(TRADE, "alibaba.trade.uploadRefundVoucher");
pub static REFUND_CREATE: Api = write(TRADE, "alibaba.trade.createRefund");
pub static REFUND_RETURN: Api = write(TRADE, "alibaba.trade.refund.returnGoods");
pub static REFUND_CANCEL: Api = write(TRADE, "alibaba.trade.cancelRefund");
pub static REFUND: Api = read(TRADE, "alibaba.trade.refund.OpQueryOrderRefund");
pub static REFUNDS: Api = read(TRADE, "alibaba.trade.refund.buyer.queryOrderRefundList").closed();
pub static COMPANIES: Api = read(LOGISTICS, "alibaba.logistics.OpQueryLogisticCompanyList.offline");
pub static MISSED: Api = read(PUSH, "push.query.messageList");
/// A second confirmation confirms nothing more.
pub static CONFIRM: Api = read(PUSH, "push.message.confirm");
/// Answers the time as JSON text; needs no token.
pub static TIME: Api = read("system", "currentTime");
pub static TOKEN: Api = write("system.oauth2", "getToken").closed();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_recorded_under_its_name_and_token_calls_are_not() {
        let path = "/openapi/param2/1/com.alibaba.trade/alibaba.trade.cancel/1688001";
        assert_eq!(recorded_name(path).as_deref(), Some("com.alibaba.trade/alibaba.trade.cancel"));
        for other in ["/openapi/param2/1/system.oauth2/getToken/1688001", "/auth/authorize.htm", "", "/a/b/c"] {
            assert_eq!(recorded_name(other), None, "{other}");
        }
    }

    #[test]
    fn answers_over_a_whole_account_are_not_for_callers() {
        let closed: Vec<&str> = [&ORDERS, &REFUNDS, &TOKEN, &ORDER, &REFUND, &CREATE, &SEARCH]
            .into_iter()
            .filter(|api| !api.open)
            .map(|api| api.name)
            .collect();
        assert_eq!(closed, [ORDERS.name, REFUNDS.name, TOKEN.name]);
    }
}
