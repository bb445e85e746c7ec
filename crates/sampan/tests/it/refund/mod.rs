//! `/alibaba/refund/...` and `/alibaba/ka/refund/...`.

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
/// The two creates and the two returns are the same.
pub const CREATES: [&str; 2] = ["/alibaba/refund/detail/create", "/alibaba/ka/refund/create"];
pub const RETURNS: [&str; 2] = ["/alibaba/refund/goods/return", "/alibaba/ka/refund/goods/return"];
pub const REASON_LISTS: [&str; 2] = ["/alibaba/refund/reason/list", "/alibaba/ka/refund/reason/list"];
/// Counts as uploaded in the sandbox.
pub const EXAMPLE_VOUCHER: &str = "https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg";
