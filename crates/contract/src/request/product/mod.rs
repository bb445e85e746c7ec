//! Requests about products. Each becomes a query of the catalogue ([`domain::catalog`]) once it is checked.

mod category;
mod chat;
mod freight;
mod lookup;
mod picture;
mod search;
mod words;

pub use category::{CategoryBody, CategoryTreeBody};
pub use chat::OpenUidBody;
pub use freight::{FreightBody, LogisticsSkuNum};
pub use lookup::{DetailBody, DetailMultiBody, HotListBody, PoolBody, RecommendBody, RelatedBody};
pub use picture::PICTURE_MAX;
pub use search::{ImageBody, KeywordBody, SellerOfferBody};
