//! Finding goods: search pages and product details are handed on as documents.

use crate::{
    Alibaba1688, api,
    gateway::Answer,
    wire::{
        Int,
        envelope::Nested,
        product::{DetailAsk, KeywordAsk, OfferDetailParam, OfferQueryParam},
    },
};
use async_trait::async_trait;
use connector::{Catalog, Error, Kind, Result, catalog::KeywordQuery};
use domain::{Document, OfferId};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Words of `status` that mean: not to be bought any more.
const OFF_SALE: [&str; 6] = ["member expired", "auto expired", "expired", "member deleted", "deleted", "TBD"];

#[async_trait]
impl Catalog for Alibaba1688 {
    async fn search(&self, query: &KeywordQuery) -> Result<Document> {
        let answer = self.ask_for_all(&api::SEARCH, &KeywordAsk { offer_query_param: Some(param(query)) }).await?;
        let page = inner(&answer)?.ok_or_else(|| crate::classify::unusable(&api::SEARCH, "no page in the answer"))?;
        Ok(Document(page.get().to_owned()))
    }

    async fn product(&self, offer: OfferId, language: &str, out_member_id: Option<&str>) -> Result<Document> {
        let param = OfferDetailParam {
            offer_id: Some(Int(offer.get())),
            country: Some(language.to_owned()),
            out_member_id: out_member_id.map(str::to_owned),
        };
        let answer = self.ask_for_all(&api::PRODUCT_DETAIL, &DetailAsk { offer_detail_param: Some(param) }).await?;
        let detail = inner(&answer)?.ok_or_else(|| gone("no product in the answer"))?;
        let Sale { status } = crate::gateway::read(&api::PRODUCT_DETAIL, detail.get())?;
        match status {
            Some(word) if OFF_SALE.contains(&word.as_str()) => Err(gone(&word)),
            _ => Ok(Document(detail.get().to_owned())),
        }
    }
}

/// Whether a product is on sale.
#[derive(Deserialize)]
struct Sale {
    status: Option<String>,
}

fn gone(text: &str) -> Error {
    Error::refused(Kind::ProductNotFound, api::PRODUCT_DETAIL.name, "", text)
}

fn inner(answer: &Answer) -> Result<Option<Box<RawValue>>> {
    let nested: Nested<Box<RawValue>> = answer.read()?;
    Ok(nested.result.and_then(|outcome| outcome.result))
}

fn param(query: &KeywordQuery) -> OfferQueryParam {
    OfferQueryParam {
        keyword: Some(query.keyword.clone()),
        begin_page: Some(Int(query.page.into())),
        page_size: Some(Int(query.page_size.into())),
        filter: query.filter.clone(),
        sort: query.sort.clone(),
        out_member_id: query.out_member_id.clone(),
        price_start: query.price_from.map(|fen| fen.yuan().to_string()),
        price_end: query.price_to.map(|fen| fen.yuan().to_string()),
        category_id: query.category_id.map(Int),
        country: Some(query.language.clone()),
    }
}
