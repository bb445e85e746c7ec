//! After-sales: the record, its calls and their arguments.

mod answer;
mod ask;
mod detail;

pub use answer::{
    CompanyRow, DetailResult, OperationsResult, OrderRefundsResult, ReasonList, ReasonRow, RefundCreated, RefundPage,
    VoucherUploaded,
};
pub use ask::{CreateAsk, DetailAsk, EntryCount, ListAsk, ReasonsAsk, RefundAsk, ReturnAsk};
pub use detail::{LogisticsCompany, RefundDetail, RefundOperation};
