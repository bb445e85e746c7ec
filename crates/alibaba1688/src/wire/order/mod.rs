//! Orders: the record, its calls and their arguments.

mod annex;
mod answer;
mod ask;
mod base_info;
mod item;
mod logistics;
mod preview;
mod trade;

pub use annex::{
    Customs, CustomsAttribute, ExtAttribute, GuaranteesTerms, OrderBizInfo, OrderInvoiceInfo, OrderRateInfo,
    OverseasExtraAddress, Rate, TradeTerm,
};
pub use answer::{AccountPeriod, CancelAnswer, CashierAnswer, CreateResult, CreatedOrder, DebitResult, FailedOffer};
pub use ask::{
    AddressParam, CancelAsk, CargoParam, CashierAsk, CreateAsk, DebitAsk, DebitParam, ListAsk, OrderAsk, PreviewAsk,
    ReceiveAsk, TraceAsk,
};
pub use base_info::{BaseInfo, Contact, ReceiverInfo, SellerContact, StepOrder};
pub use item::{ProductItem, SkuInfo};
pub use logistics::{LogisticsItem, LogisticsStep, LogisticsTrace, NativeLogistics, TraceAnswer};
pub use preview::{PayChannelInfo, PreviewAnswer, PreviewCargo, PreviewPart, Promotion, TradeModel};
pub use trade::Trade;
