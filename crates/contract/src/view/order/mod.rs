//! The order view of v1: the marketplace's record, printed whole, with the core laid over it.
//!
//! A field that no rule reads is carried from the document; a field that the core owns is printed from the core, so an
//! answer never contradicts the state machine. Absent values print null and absent lists `[]`; messages leave nulls out.

mod base;
mod delivery;
mod item;
pub mod ka;
mod overlay;
mod parcels;
mod preview;
mod terms;

pub use base::{BaseInfo, BuyerContact, OrderBizInfo, ReceiverInfo, SellerContact, StepOrder};
pub use delivery::{Customs, CustomsLine, LogisticsItem, NativeLogistics, OverseasExtraAddress};
pub use item::{ProductItem, SkuInfo};
pub use ka::{KaOrder, KaOrderDetail, KaOrderItem, KaOrderPage};
pub use parcels::{AlibabaPayOrderVO, LogisticsStep, LogisticsTrace, ReceiveGoodsResult};
pub use preview::{
    AlibabaOrderPreview, KaOrderPreview, KaPreviewItem, OrderPreviewPart, PayChannel, PreviewCargo, Promotion,
    TradeModel, with_surcharge,
};
pub use terms::{ExtAttribute, GuaranteesTerms, OrderInvoiceInfo, OrderRateInfo, Rate, TradeTerm};

use crate::{
    carried::Carried,
    dialect::{V1Info, view},
    scalar::List,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

view! {
    /// The marketplace's order with the state that the core owns laid over it. Times are the marketplace's texts
    /// (`20180614101942000+0800`); amounts are yuan where a field does not say fen.
    pub struct AlibabaOrderVO<D> {
        pub guarantees_terms: Option<GuaranteesTerms<D>>,
        /// Null so far.
        pub international_logistics: Option<Carried>,
        pub native_logistics: Option<NativeLogistics<D>>,
        /// One for each sub-order.
        pub product_items: List<ProductItem<D>>,
        pub trade_terms: Option<Vec<TradeTerm<D>>>,
        pub ext_attributes: Option<Vec<ExtAttribute<D>>>,
        pub order_rate_info: Option<OrderRateInfo<D>>,
        pub order_invoice_info: Option<OrderInvoiceInfo<D>>,
        pub customs: Option<Customs<D>>,
        pub overseas_extra_address: Option<OverseasExtraAddress<D>>,
        pub base_info: Option<BaseInfo<D>>,
        pub order_biz_info: Option<OrderBizInfo<D>>,
        pub quote_list: Option<Vec<Carried>>,
        pub from_encrypt_order: Option<bool>,
        pub encrypt_out_order_info: Option<Carried>,
        /// May be null.
        pub out_channel: Option<Carried>,
    }
}

/// A page of orders, newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlibabaOrderPage {
    pub records: List<AlibabaOrderVO<V1Info>>,
    pub total: i64,
    pub size: i64,
    pub current: i64,
}
