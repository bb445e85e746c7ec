//! `/alibaba/refund/...` and its twins in v2 and ka.

mod apply;
mod companies;
mod coupling;
mod goods_return;
mod habits;
mod lookup;
mod order_of_checks;
mod partial;
mod reasons;
mod voucher;
mod withdraw;

pub const CANCEL: &str = "/alibaba/ka/refund/cancel";
pub const INFO: &str = "/alibaba/refund/info";
pub const DETAIL: &str = "/alibaba/ka/refund/detail";
pub const V2_INFO: &str = "/v2/alibaba/refund/info";
/// What the editions have in common is asked under each of these.
pub const CREATES: [&str; 3] =
    ["/alibaba/refund/detail/create", "/alibaba/ka/refund/create", "/v2/alibaba/refund/detail/create"];
pub const RETURNS: [&str; 3] =
    ["/alibaba/refund/goods/return", "/alibaba/ka/refund/goods/return", "/v2/alibaba/refund/goods/return"];
pub const REASON_LISTS: [&str; 3] =
    ["/alibaba/refund/reason/list", "/alibaba/ka/refund/reason/list", "/v2/alibaba/refund/reason/list"];
/// Counts as uploaded in the sandbox.
pub const EXAMPLE_VOUCHER: &str = "https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg";
