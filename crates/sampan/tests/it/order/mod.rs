//! `/alibaba/order/...` and `/alibaba/ka/order/...`.

mod cancel;
mod create;
mod foreign;
mod ka_create;
mod lines;
mod once;
mod page;
mod pay;
mod preview;
mod receive;

pub const CREATE: &str = "/alibaba/order/create";
pub const PREVIEW: &str = "/alibaba/order/create/preview";
pub const DETAIL: &str = "/alibaba/order/detail";
pub const PAGE: &str = "/alibaba/order/page";
pub const PAY: &str = "/alibaba/order/pay/url";
pub const CANCEL: &str = "/alibaba/order/cancel";
pub const RECEIVE: &str = "/alibaba/order/receivegoods";
pub const KA_CREATE: &str = "/alibaba/ka/order/create";
pub const KA_PREVIEW: &str = "/alibaba/ka/order/create/preview";
