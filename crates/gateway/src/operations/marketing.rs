//! Selections, rankings, and the way to a seller.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    dialect::Dialect,
    offer::HideIds,
    operation::Operation,
    operations::{
        ka_product::KaSellerChat,
        v1_marketing::{GlobalSelection, HotList, Selection1688},
        v1_product::SellerChat,
        v2_marketing::{V2GlobalSelection, V2HotList, V2Selection1688},
        v2_product::V2SellerChat,
    },
    request::{HotListBody, KeywordBody, OpenUidBody},
    view::product::{ProductPage, Ranking},
};
use domain::Marketplace::Alibaba1688;
use platform::chat::Way;
use serde::de::DeserializeOwned;

/// The filter words that make a keyword search one of a selection.
const GLOBAL: &str = "isQqyx";
const OF_1688: &str = "1688Selection";

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .on::<GlobalSelection, _, _, _>(async |call| select(call, GLOBAL).await)
        .on::<V2GlobalSelection, _, _, _>(async |call| select(call, GLOBAL).await)
        .on::<Selection1688, _, _, _>(async |call| select(call, OF_1688).await)
        .on::<V2Selection1688, _, _, _>(async |call| select(call, OF_1688).await)
        .on::<HotList, _, _, _>(ranking)
        .on::<V2HotList, _, _, _>(ranking);
    routes
        .on::<SellerChat, _, _, _>(chat_link)
        .on::<KaSellerChat, _, _, _>(chat_link)
        .on::<V2SellerChat, _, _, _>(chat_name)
}

async fn select<T, R>(call: Call<T>, word: &str) -> Result<ProductPage<R>, Refusal>
where
    T: Operation<Request = KeywordBody, Answer = ProductPage<R>>,
    R: HideIds + DeserializeOwned,
{
    let mut query = call.request.query()?;
    query.listing = query.listing.also(word);
    call.view(&call.platform.search(Alibaba1688, &query).await?)
}

async fn ranking<T, D>(call: Call<T>) -> Result<Ranking<D>, Refusal>
where
    T: Operation<Request = HotListBody, Answer = Ranking<D>>,
    D: Dialect,
{
    let query = call.request.query()?;
    call.view(&call.platform.ranking(Alibaba1688, &query).await?)
}

async fn chat_link<T: Operation<Request = OpenUidBody>>(call: Call<T>) -> Result<String, Refusal> {
    let (offer, seller) = (call.request.offer()?, call.request.seller()?);
    Ok(call.platform.chat(&call.caller, Alibaba1688, offer, &seller, Way::Link).await?)
}

async fn chat_name(call: Call<V2SellerChat>) -> Result<String, Refusal> {
    let (offer, seller) = (call.request.any_offer(&call.caller.developer.ids)?, call.request.seller()?);
    Ok(call.platform.chat(&call.caller, Alibaba1688, offer, &seller, Way::Name).await?)
}
