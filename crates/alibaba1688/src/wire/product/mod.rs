//! Products: search pages, detail, and the arguments of their calls.

mod ask;
mod detail;
mod page;

pub use ask::{DetailAsk, KeywordAsk, OfferDetailParam, OfferQueryParam};
pub use detail::{
    Certificate, ChannelPrice, ChannelSkuPrice, FenxiaoPrice, FenxiaoSale, PriceRange, ProductAttribute, ProductDetail,
    ProductImage, ProductSale, ProductShipping, ProductSku, SellerDataInfoDetail, SellerMixSetting, SkuAttribute,
    SkuShipping, SkuShippingDetail, TagInfo, UnitInfo,
};
pub use page::{
    InvoiceInfo, KeywordPage, KeywordProduct, PriceInfo, ProductTradeInfo, PromotionModel, SellerDataInfoList,
    SimpleShippingInfo,
};
