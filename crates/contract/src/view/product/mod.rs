//! Views of products: carried documents, typed once, printed as they are.

mod category;
mod choice;
mod detail;
mod facts;
mod freight;
mod item;
mod row;
mod sale;
mod search;
mod shipping;
mod trace;

pub use category::{Category, CategoryNode, ChildCategory, FeatureInfo};
pub use choice::{
    PoolProduct, RankProduct, Ranking, RecommendPriceInfo, RecommendProduct, RelatedPriceInfo, RelatedProduct,
};
pub use detail::{Certificate, ProductAttribute, ProductDetail, TagInfo};
pub use facts::{InvoiceInfo, ProductImage, PromotionModel, SellerDataInfoDetail};
pub use freight::{FreightEstimate, FreightSkuInfo};
pub use item::{ProductItemV2, SellerOfferItemV2};
pub use row::{
    ImageProduct, KeywordProduct, OfferDataInfo, PriceInfo, ProductTradeInfo, SellerDataInfoList, SellerOffer,
    SimpleShippingInfo, StorePriceInfo,
};
pub use sale::{
    ChannelPrice, ChannelSkuPrice, FenxiaoPriceInfo, FenxiaoSaleInfo, PriceRange, ProductSaleInfo, ProductSkuInfo,
    SellerMixSetting, SkuAttribute, UnitInfo,
};
pub use search::{ImagePage, KeywordPage, ProductPage, ProductPageV2, SellerOfferPage, SellerOfferPageV2};
pub use shipping::{ProductShippingInfo, SkuShippingDetail, SkuShippingInfo};
pub use trace::TraceInfo;
