//! Views of products: carried documents, typed once, printed as they are.

mod detail;
mod facts;
mod sale;
mod search;
mod shipping;

pub use detail::{Certificate, ProductAttribute, ProductDetail, TagInfo};
pub use facts::{InvoiceInfo, ProductImage, PromotionModel, SellerDataInfoDetail};
pub use sale::{
    ChannelPrice, ChannelSkuPrice, FenxiaoPriceInfo, FenxiaoSaleInfo, PriceRange, ProductSaleInfo, ProductSkuInfo,
    SellerMixSetting, SkuAttribute, UnitInfo,
};
pub use search::{KeywordPage, KeywordProduct, PriceInfo, ProductTradeInfo, SellerDataInfoList, SimpleShippingInfo};
pub use shipping::{ProductShippingInfo, SkuShippingDetail, SkuShippingInfo};
