//! Finding goods: what the upstream answers is handed on as documents, without their wrappers.

use crate::{
    Alibaba1688,
    api::{self, Api},
    gateway::{Answer, Ask},
    map::{self, listing},
    wire::{
        Int,
        envelope::Nested,
        product::{
            CategoryAsk, CategoryTreeAsk, ChatLink, ChatLinkAsk, ChatName, ChatNameAsk, DetailAsk, FreightAsk,
            KeywordAsk, LogisticsSkuNumModel, OfferDetailParam, OfferPoolQueryParam, OfferQueryParam, PoolAsk,
            ProductFreightQueryParams, RankQueryParams, RankingAsk, RecommendAsk, RecommendOfferParam, RelatedAsk,
            RelatedQueryParams,
        },
    },
};
use async_trait::async_trait;
use connector::{Catalog, Error, Kind, Result};
use domain::{
    Document, OfferId,
    catalog::{
        CategoryQuery, FreightQuery, ImageQuery, KeywordQuery, PoolQuery, ProductQuery, RankingQuery, RecommendQuery,
        RelatedQuery, SellerQuery,
    },
    offering::Offering,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// In which a product is asked for where its texts do not matter.
pub(crate) const LANGUAGE: &str = "en";
/// Words of `status` that mean: not to be bought any more.
const OFF_SALE: [&str; 6] = ["member expired", "auto expired", "expired", "member deleted", "deleted", "TBD"];

#[async_trait]
impl Catalog for Alibaba1688 {
    async fn search(&self, query: &KeywordQuery) -> Result<Document> {
        let param = OfferQueryParam { keyword: Some(query.keyword.clone()), ..listing(&query.listing) };
        self.document(&api::SEARCH, &KeywordAsk { offer_query_param: Some(param) }, None).await
    }

    async fn search_image(&self, query: &ImageQuery) -> Result<Document> {
        self.look_alike(query).await
    }

    async fn search_store(&self, query: &SellerQuery) -> Result<Document> {
        let param = OfferQueryParam {
            keyword: query.keyword.clone(),
            seller_open_id: Some(query.seller_open_id.clone()),
            ..listing(&query.listing)
        };
        let ask = KeywordAsk { offer_query_param: Some(param) };
        self.document(&api::STORE_SEARCH, &ask, Some(Kind::ObjectNotFound)).await
    }

    async fn product(&self, query: &ProductQuery) -> Result<Document> {
        let param = OfferDetailParam {
            offer_id: Some(Int(query.offer.get())),
            country: Some(query.language.clone()),
            out_member_id: query.out_member_id.clone(),
        };
        let ask = DetailAsk { offer_detail_param: Some(param) };
        let detail = self.document(&api::PRODUCT_DETAIL, &ask, Some(Kind::ProductNotFound)).await?;
        let Sale { status, offer_id } = crate::gateway::read(&api::PRODUCT_DETAIL, detail.as_str())?;
        if offer_id.is_some_and(|id| id.0 != query.offer.get()) {
            return Err(crate::classify::unusable(&api::PRODUCT_DETAIL, "the answer is of another product"));
        }
        match status {
            Some(word) if OFF_SALE.contains(&word.as_str()) => {
                Err(Error::refused(Kind::ProductNotFound, api::PRODUCT_DETAIL.name, "", word))
            }
            _ => Ok(detail),
        }
    }

    async fn offering(&self, offer: OfferId) -> Result<Offering> {
        let query = ProductQuery { offer, language: LANGUAGE.to_owned(), out_member_id: None };
        let product = self.product(&query).await?;
        let detail: map::Detail = crate::gateway::read(&api::PRODUCT_DETAIL, product.as_str())?;
        map::offering(offer, &detail).map_err(|odd| crate::classify::unusable(&api::PRODUCT_DETAIL, odd.0))
    }

    async fn recommended(&self, query: &RecommendQuery) -> Result<Document> {
        let param = RecommendOfferParam {
            begin_page: Some(Int(query.page.into())),
            page_size: Some(Int(query.page_size.into())),
            country: Some(query.language.clone()),
            out_member_id: Some(query.out_member_id.clone()),
        };
        self.list(&api::RECOMMENDED, &RecommendAsk { recommend_offer_param: Some(param) }).await
    }

    async fn related(&self, query: &RelatedQuery) -> Result<Document> {
        let param = RelatedQueryParams {
            offer_id: Some(Int(query.offer.get())),
            page_no: Some(Int(query.page.into())),
            page_size: Some(Int(query.page_size.into())),
            language: Some(query.language.clone()),
        };
        self.list(&api::RELATED, &RelatedAsk { related_query_params: Some(param) }).await
    }

    async fn category(&self, query: &CategoryQuery) -> Result<Document> {
        let ask = CategoryAsk {
            language: Some(query.language.clone()),
            category_id: Some(Int(query.category_id)),
            parent_cate_id: query.parent_id.map(Int),
            out_member_id: query.out_member_id.clone(),
        };
        self.document(&api::CATEGORY, &ask, Some(Kind::ObjectNotFound)).await
    }

    async fn category_tree(&self, category_id: i64) -> Result<Document> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Tree {
            category_info: Option<Box<RawValue>>,
        }
        let ask = Ask::new(&api::CATEGORY_TREE, &CategoryTreeAsk { category_id: Some(Int(category_id)) })?;
        // Needs no token.
        let Tree { category_info } = self.make(ask, None).await?.read()?;
        category_info.as_deref().map(document).ok_or_else(|| none(&api::CATEGORY_TREE, Kind::ObjectNotFound))
    }

    async fn ranking(&self, query: &RankingQuery) -> Result<Document> {
        let param = RankQueryParams {
            rank_id: Some(query.category_id.clone()),
            rank_type: Some(query.ranking.clone()),
            limit: Some(Int(query.limit.into())),
            language: Some(query.language.clone()),
        };
        let ask = RankingAsk { rank_query_params: Some(param) };
        self.document(&api::RANKING, &ask, Some(Kind::ObjectNotFound)).await
    }

    async fn freight(&self, query: &FreightQuery) -> Result<Document> {
        let line = |(sku, number): &(String, i64)| LogisticsSkuNumModel {
            sku_id: Some(sku.clone()),
            number: Some(Int(*number)),
        };
        let param = ProductFreightQueryParams {
            offer_id: Some(Int(query.offer.get())),
            to_province_code: Some(query.province_code.clone()),
            to_city_code: Some(query.city_code.clone()),
            to_country_code: Some(query.district_code.clone()),
            total_num: Some(Int(query.total)),
            logistics_sku_num_models: Some(query.skus.iter().map(line).collect()),
        };
        let ask = FreightAsk { product_freight_query_params_new: Some(param) };
        self.document(&api::FREIGHT, &ask, Some(Kind::ProductNotFound)).await
    }

    async fn pool(&self, query: &PoolQuery) -> Result<Document> {
        let param = OfferPoolQueryParam {
            offer_pool_id: Some(Int(query.pool_id)),
            cate_id: query.category_id.map(Int),
            task_id: Some(query.task_id.clone()),
            language: query.language.clone(),
            page_no: Some(Int(query.page.into())),
            page_size: Some(Int(query.page_size.into())),
            sort_field: query.sort_field.clone(),
            sort_type: query.sort_type.clone(),
        };
        self.list(&api::POOL, &PoolAsk { offer_pool_query_param: Some(param) }).await
    }

    async fn chat_link(&self, seller_open_id: &str) -> Result<String> {
        #[derive(Deserialize)]
        struct Wrapped {
            result: Option<ChatLink>,
        }
        let ask = ChatLinkAsk { to_open_uid: Some(seller_open_id.to_owned()) };
        let Wrapped { result } = self.ask_for_all(&api::CHAT_LINK, &ask).await?.read()?;
        let link = result.and_then(|link| link.result).filter(|link| !link.is_empty());
        link.ok_or_else(|| none(&api::CHAT_LINK, Kind::ObjectNotFound))
    }

    async fn chat_name(&self, seller_open_id: &str) -> Result<String> {
        let ask = ChatNameAsk { open_uid: Some(seller_open_id.to_owned()) };
        let ChatName { wangwang_nick } = self.ask_for_all(&api::CHAT_NAME, &ask).await?.read()?;
        let name = wangwang_nick.filter(|name| !name.is_empty());
        name.ok_or_else(|| none(&api::CHAT_NAME, Kind::ObjectNotFound))
    }
}

/// Which product it is, and whether it is on sale.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sale {
    offer_id: Option<Int>,
    status: Option<String>,
}

impl Alibaba1688 {
    /// The answer's payload. A success without one means that there is no such thing (`absent`), or, where there always is
    /// one, that the answer cannot be used.
    pub(crate) async fn document<T: Serialize>(
        &self,
        api: &'static Api,
        ask: &T,
        absent: Option<Kind>,
    ) -> Result<Document> {
        let payload = payload(&self.ask_for_all(api, ask).await?)?;
        let missing = || match absent {
            Some(kind) => none(api, kind),
            None => crate::classify::unusable(api, "a success without a result"),
        };
        payload.as_deref().map(document).ok_or_else(missing)
    }

    /// As [`Alibaba1688::document`] for a list, which is empty where the answer has none.
    async fn list<T: Serialize>(&self, api: &'static Api, ask: &T) -> Result<Document> {
        let payload = payload(&self.ask_for_all(api, ask).await?)?;
        Ok(payload.as_deref().map_or_else(|| Document("[]".to_owned()), document))
    }
}

/// What the wrapper holds. One published answer shows success, code and message beside `result` instead of around it: then
/// `result` is the payload itself.
fn payload(answer: &Answer) -> Result<Option<Box<RawValue>>> {
    #[derive(Deserialize)]
    struct Beside {
        success: Option<Box<RawValue>>,
        result: Option<Box<RawValue>>,
    }
    let Beside { success, result } = answer.read()?;
    if success.is_some() {
        return Ok(result.filter(|payload| payload.get() != "null"));
    }
    let nested: Nested<Box<RawValue>> = answer.read()?;
    Ok(nested.result.and_then(|outcome| outcome.result).filter(|payload| payload.get() != "null"))
}

fn document(payload: &RawValue) -> Document {
    Document(payload.get().to_owned())
}

fn none(api: &'static Api, kind: Kind) -> Error {
    Error::refused(kind, api.name, "", "nothing in the answer")
}
