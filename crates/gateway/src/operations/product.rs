//! Products: search and detail, the same in v1 and ka.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    operation::Operation,
    operations::{
        ka_product::{KaProductGet, KaProductSearch},
        v1_product::{ProductGet, ProductSearch},
    },
    request::{DetailBody, KeywordBody},
    view::product::{KeywordPage, ProductDetail},
};
use domain::Marketplace;
use platform::catalog::KeywordQuery;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<ProductSearch, _, _, _>(search)
        .on::<KaProductSearch, _, _, _>(search)
        .on::<ProductGet, _, _, _>(detail)
        .on::<KaProductGet, _, _, _>(detail)
}

async fn search<T: Operation<Request = KeywordBody>>(call: Call<T>) -> Result<KeywordPage, Refusal> {
    let ask = call.request.search()?;
    let query = KeywordQuery {
        keyword: ask.keyword,
        category_id: ask.category_id,
        page: ask.page,
        page_size: ask.page_size,
        language: ask.language,
        filter: ask.filter,
        sort: ask.sort,
        price_from: ask.price_from,
        price_to: ask.price_to,
        out_member_id: ask.out_member_id,
    };
    let document = call.platform.search(Marketplace::Alibaba1688, &query).await?;
    Ok(KeywordPage::read(document.as_str())?)
}

async fn detail<T: Operation<Request = DetailBody>>(call: Call<T>) -> Result<ProductDetail, Refusal> {
    let ask = call.request.ask()?;
    let member = ask.out_member_id.as_deref();
    let document = call.platform.product(Marketplace::Alibaba1688, ask.offer, &ask.language, member).await?;
    Ok(ProductDetail::read(document.as_str())?)
}
