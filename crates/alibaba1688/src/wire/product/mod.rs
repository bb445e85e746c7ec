//! Products: search pages, details, choices, categories, freight, chat, and the arguments of their calls.

mod ask;
mod category;
mod chat;
mod choice;
mod detail;
mod freight;
mod page;
mod row;

pub use ask::{
    CategoryAsk, CategoryTreeAsk, DetailAsk, FreightAsk, ImageUploadAsk, KeywordAsk, LogisticsSkuNumModel,
    OfferDetailParam, OfferPoolQueryParam, OfferQueryParam, PoolAsk, ProductFreightQueryParams, RankQueryParams,
    RankingAsk, RecommendAsk, RecommendOfferParam, RelatedAsk, RelatedQueryParams, UploadImageParam,
};
pub use category::{Category, CategoryNode, CategoryTree, ChildCategory, FeatureInfo};
pub use chat::{ChatLink, ChatLinkAsk, ChatName, ChatNameAsk};
pub use choice::{
    PoolProduct, RankProduct, Ranking, RecommendPriceInfo, RecommendProduct, RelatedPriceInfo, RelatedProduct,
};
pub use detail::{
    Certificate, ChannelPrice, ChannelSkuPrice, FenxiaoPrice, FenxiaoSale, PriceRange, ProductAttribute, ProductDetail,
    ProductImage, ProductSale, ProductShipping, ProductSku, SellerDataInfoDetail, SellerMixSetting, SkuAttribute,
    SkuShipping, SkuShippingDetail, TagInfo, UnitInfo,
};
pub use freight::{FreightEstimate, FreightSkuInfo};
pub use page::{
    ImagePage, InvoiceInfo, KeywordPage, KeywordProduct, Page, PicRegionInfo, PriceInfo, ProductTradeInfo,
    PromotionModel, SellerDataInfoList, SellerOfferPage, SimpleShippingInfo,
};
pub use row::{ImageProduct, OfferDataInfo, SellerOffer, StorePriceInfo};
