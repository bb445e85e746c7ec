//! `/alibaba/order/...` and its twins in v2, ka and bigMajor.

mod batch;
mod bulk;
mod cancel;
mod create;
mod editions;
mod foreign;
mod ka_create;
mod lines;
mod once;
mod page;
mod pay;
mod preview;
mod receive;
mod trace;

pub const CREATE: &str = "/alibaba/order/create";
pub const PREVIEW: &str = "/alibaba/order/create/preview";
pub const DETAIL: &str = "/alibaba/order/detail";
pub const PAGE: &str = "/alibaba/order/page";
pub const PAY: &str = "/alibaba/order/pay/url";
pub const CANCEL: &str = "/alibaba/order/cancel";
pub const RECEIVE: &str = "/alibaba/order/receivegoods";
pub const KA_CREATE: &str = "/alibaba/ka/order/create";
pub const KA_PREVIEW: &str = "/alibaba/ka/order/create/preview";
pub const V2_CREATE: &str = "/v2/alibaba/order/create";
pub const V2_PREVIEW: &str = "/v2/alibaba/order/create/preview";
pub const BIG_CREATE: &str = "/alibaba/bigMajor/order/create";
pub const BIG_PREVIEW: &str = "/alibaba/bigMajor/order/create/preview";
pub const TRACE: &str = "/alibaba/order/logistics/trace";

/// The calls for several merchants, by edition: preview, create, submit to pay.
pub const BATCHES: [[&str; 3]; 2] = [
    ["/alibaba/order/create/previewbatch", "/alibaba/order/batch/create", "/alibaba/order/batch/submit/to/pay"],
    [
        "/v2/alibaba/order/create/previewbatch",
        "/v2/alibaba/order/batch/create",
        "/v2/alibaba/order/batch/submit/to/pay",
    ],
];
