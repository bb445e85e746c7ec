//! Products: searches, details, choices, categories, freight. One handler serves all editions of an operation; what differs
//! is in the types of their answers.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    dialect::Dialect,
    offer::HideIds,
    operation::Operation,
    operations::{
        bigmajor_product::BigMajorProductGet,
        ka_product::{
            KaCategoryGet, KaFreightEstimate, KaPoolList, KaProductGet, KaProductGetMulti, KaProductImageSearch,
            KaProductSearch,
        },
        v1_product::{
            CategoryGet, CategoryTreeGet, ProductGet, ProductImageSearch, ProductRecommend, ProductRelated,
            ProductSearch, ProductStoreSearch,
        },
        v2_product::{
            V2CategoryGet, V2ProductGet, V2ProductImageSearch, V2ProductRecommend, V2ProductRelated, V2ProductSearch,
            V2ProductStoreSearch,
        },
    },
    request::{CategoryBody, DetailBody, ImageBody, KeywordBody, RecommendBody, RelatedBody, SellerOfferBody},
    scalar::List,
    view::product::{
        Category, CategoryNode, FreightEstimate, PoolProduct, ProductDetail, ProductPage, RecommendProduct,
        RelatedProduct,
    },
};
use domain::{Document, Marketplace::Alibaba1688};
use serde::de::DeserializeOwned;

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .on::<ProductSearch, _, _, _>(search)
        .on::<V2ProductSearch, _, _, _>(search)
        .on::<KaProductSearch, _, _, _>(search)
        .on::<ProductImageSearch, _, _, _>(search_image)
        .on::<V2ProductImageSearch, _, _, _>(search_image)
        .on::<KaProductImageSearch, _, _, _>(search_image)
        .on::<ProductStoreSearch, _, _, _>(search_store)
        .on::<V2ProductStoreSearch, _, _, _>(search_store);
    let routes = routes
        .on::<ProductGet, _, _, _>(detail)
        .on::<V2ProductGet, _, _, _>(detail)
        .on::<KaProductGet, _, _, _>(detail)
        .on::<KaProductGetMulti, _, _, _>(details)
        .on::<BigMajorProductGet, _, _, _>(async |call| Ok(detail(call).await?.with_customer_prices()))
        .on::<ProductRecommend, _, _, _>(recommended)
        .on::<V2ProductRecommend, _, _, _>(recommended)
        .on::<ProductRelated, _, _, _>(related)
        .on::<V2ProductRelated, _, _, _>(related);
    routes
        .on::<CategoryGet, _, _, _>(category)
        .on::<V2CategoryGet, _, _, _>(category)
        .on::<KaCategoryGet, _, _, _>(category)
        .on::<CategoryTreeGet, _, _, _>(category_tree)
        .on::<KaFreightEstimate, _, _, _>(freight)
        .on::<KaPoolList, _, _, _>(pool)
}

impl<T: Operation> Call<T> {
    /// A document as this developer may see it.
    pub(super) fn view<V: HideIds + DeserializeOwned>(&self, document: &Document) -> Result<V, Refusal> {
        Ok(V::read(document.as_str(), &self.caller.developer.ids)?)
    }
}

async fn search<T, R>(call: Call<T>) -> Result<ProductPage<R>, Refusal>
where
    T: Operation<Request = KeywordBody, Answer = ProductPage<R>>,
    R: HideIds + DeserializeOwned,
{
    let query = call.request.query()?;
    call.view(&call.platform.search(Alibaba1688, &query).await?)
}

async fn search_image<T, R>(call: Call<T>) -> Result<ProductPage<R>, Refusal>
where
    T: Operation<Request = ImageBody, Answer = ProductPage<R>>,
    R: HideIds + DeserializeOwned,
{
    let query = call.request.query()?;
    call.view(&call.platform.search_image(Alibaba1688, &query).await?)
}

async fn search_store<T, R>(call: Call<T>) -> Result<ProductPage<R>, Refusal>
where
    T: Operation<Request = SellerOfferBody, Answer = ProductPage<R>>,
    R: HideIds + DeserializeOwned,
{
    let query = call.request.query()?;
    call.view(&call.platform.search_store(Alibaba1688, &query).await?)
}

async fn detail<T, D>(call: Call<T>) -> Result<ProductDetail<D>, Refusal>
where
    T: Operation<Request = DetailBody, Answer = ProductDetail<D>>,
    D: Dialect,
{
    let query = call.request.query::<D>(&call.caller.developer.ids)?;
    call.view(&call.platform.product(Alibaba1688, &query).await?)
}

async fn details(call: Call<KaProductGetMulti>) -> Result<<KaProductGetMulti as Operation>::Answer, Refusal> {
    let found = call.platform.products(Alibaba1688, call.request.queries()?).await?;
    let views: Result<Vec<_>, Refusal> = found.iter().map(|document| call.view(document)).collect();
    Ok(views?.into())
}

async fn recommended<T, D>(call: Call<T>) -> Result<List<RecommendProduct<D>>, Refusal>
where
    T: Operation<Request = RecommendBody, Answer = List<RecommendProduct<D>>>,
    D: Dialect,
{
    let query = call.request.query()?;
    call.view(&call.platform.recommended(Alibaba1688, &query).await?)
}

async fn related<T, D>(call: Call<T>) -> Result<List<RelatedProduct<D>>, Refusal>
where
    T: Operation<Request = RelatedBody, Answer = List<RelatedProduct<D>>>,
    D: Dialect,
{
    let query = call.request.query::<D>(&call.caller.developer.ids)?;
    call.view(&call.platform.related(Alibaba1688, &query).await?)
}

async fn category<T: Operation<Request = CategoryBody, Answer = Category>>(call: Call<T>) -> Result<Category, Refusal> {
    let found = call.platform.category(Alibaba1688, &call.request.query()?).await?;
    Ok(serde_json::from_str(found.as_str())?)
}

async fn category_tree(call: Call<CategoryTreeGet>) -> Result<List<CategoryNode>, Refusal> {
    let found = call.platform.category_tree(Alibaba1688, call.request.category()?).await?;
    Ok(serde_json::from_str(found.as_str())?)
}

async fn freight(call: Call<KaFreightEstimate>) -> Result<FreightEstimate, Refusal> {
    let found = call.platform.freight(Alibaba1688, &call.request.query()?).await?;
    Ok(serde_json::from_str(found.as_str())?)
}

async fn pool<D: Dialect>(call: Call<KaPoolList>) -> Result<List<PoolProduct<D>>, Refusal> {
    call.view(&call.platform.pool(Alibaba1688, &call.request.query()?).await?)
}
