//! Views of after-sales: one set of columns, three places that print it.

mod answers;
mod columns;
mod ext_info;
mod ka;
mod operation;
mod v1;

pub use answers::{
    LogisticsCompanyRow, ReasonRow, RefundCreateResult, RefundReasonList, RefundReturnResult, VoucherUploadResult,
};
pub use columns::RefundColumns;
pub use ext_info::{EntryCounts, ExtInfo};
pub use ka::{KaRefundDetail, RefundDetail};
pub use operation::{LogisticsCompany, RefundOperation};
pub use v1::{AlibabaRefundInfo, Audit, RefundMessageBody};
