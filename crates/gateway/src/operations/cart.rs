//! The 1688 cart in v1 and v2. What both editions have is one handler; preview and create are told as those of the calls
//! for several merchants.

use super::order::{Orders, bought, merchant_preview};
use crate::{Call, Done, Routes, handler::Refusal};
use contract::{
    dialect::Dialect,
    offer::{HideIds, NamedOffer, Offer},
    operation::Operation,
    operations::{
        v1_cart::{CartAdd, CartCreateOrder, CartDelete, CartEditQuantity, CartList, CartPreviewOrder},
        v2_cart::{V2CartAdd, V2CartCreateOrder, V2CartDelete, V2CartEditQuantity, V2CartList, V2CartPreviewOrder},
    },
    request::{AddsToCart, CartAddition, CartCreateBody, CartDeleteBody, CartEditBody, CartPreviewBody},
    scalar::{IdNumber, List, Text, Whole},
    view::{
        cart::{AlibabaCart, CartItemInfo},
        order::AlibabaOrderPreview,
    },
};
use domain::Marketplace::Alibaba1688;
use platform::cart::{Addition, CartPreview, CartPurchase, CartRow, Change, Preferred};

pub(crate) fn routes(routes: Routes) -> Routes {
    let v1 = routes
        .on::<CartList, _, _, _>(list)
        .on::<CartAdd, _, _, _>(add)
        .on::<CartDelete, _, _, _>(delete)
        .on::<CartEditQuantity, _, _, _>(edit)
        .on::<CartPreviewOrder, _, _, _>(preview)
        .on::<CartCreateOrder, _, _, _>(create);
    v1.on::<V2CartList, _, _, _>(list)
        .on::<V2CartAdd, _, _, _>(add)
        .on::<V2CartDelete, _, _, _>(delete)
        .on::<V2CartEditQuantity, _, _, _>(edit)
        .on::<V2CartPreviewOrder, _, _, _>(preview)
        .on::<V2CartCreateOrder, _, _, _>(create)
}

async fn list<T, D>(call: Call<T>) -> Result<AlibabaCart<D>, Refusal>
where
    T: Operation<Answer = AlibabaCart<D>>,
    D: Dialect,
{
    let mut cart = AlibabaCart::default();
    for row in call.platform.cart(&call.caller, Alibaba1688).await? {
        cart.put(row.buyable, &row.seller, row.facts.seller_name.as_deref(), item(&row));
    }
    Ok(cart.hidden(&call.caller.developer.ids))
}

fn item<D: Dialect>(row: &CartRow) -> CartItemInfo<D> {
    let text = |text: &Option<String>| text.as_deref().map(Text::from);
    CartItemInfo {
        id: Some(IdNumber(row.id.get())),
        offer: NamedOffer { id: Some(Offer::new(row.offer.get())) },
        spec_id: Some(row.spec.as_ref().map_or("", |spec| spec.as_str()).into()),
        sku_id: row.facts.sku.map(|sku| sku.to_string().into()),
        item_title: Some(row.facts.title.as_str().into()),
        item_pic: text(&row.facts.image),
        price: row.facts.price.map(Into::into),
        quantity: Some(Whole(row.pieces)),
        amount_on_sale: row.facts.stock.map(Whole),
        properties: text(&row.facts.properties),
    }
}

async fn add<T: Operation<Request: AddsToCart>>(call: Call<T>) -> Result<bool, Refusal> {
    let asked = call.request.addition(&call.caller.developer.ids)?;
    call.platform.add_to_cart(&call.caller, &call.ticket, Alibaba1688, addition(asked)).await?;
    Ok(true)
}

fn addition(asked: CartAddition) -> Addition {
    let CartAddition {
        offer,
        spec,
        pieces,
        seller,
        title,
        picture: image,
        properties,
        seller_name,
        product_no,
        container,
    } = asked;
    let preferred = Preferred { title, image, properties, seller_name };
    Addition { offer, spec, pieces, seller, preferred, product_no, container }
}

async fn delete<T: Operation<Request = CartDeleteBody>>(call: Call<T>) -> Result<bool, Refusal> {
    call.platform.delete_from_cart(&call.caller, &call.ticket, &call.request.rows()?);
    Ok(true)
}

async fn edit<T: Operation<Request = CartEditBody>>(call: Call<T>) -> Result<bool, Refusal> {
    let asked = call.request.change()?;
    let change =
        Change { row: asked.row, pieces: asked.pieces, product_no: asked.product_no, container: asked.container };
    call.platform.edit_cart(&call.caller, &call.ticket, Alibaba1688, change).await?;
    Ok(true)
}

async fn preview<T, D>(call: Call<T>) -> Result<List<AlibabaOrderPreview<D>>, Refusal>
where
    T: Operation<Request = CartPreviewBody, Answer = List<AlibabaOrderPreview<D>>>,
    D: Dialect,
{
    let ids = &call.caller.developer.ids;
    let (rows, receiver) = call.request.preview()?;
    let ask = CartPreview { marketplace: Alibaba1688, rows, receiver };
    let previews = call.platform.preview_cart(&call.caller, ask).await?;
    previews.into_iter().map(|preview| merchant_preview(preview, ids)).collect::<Result<Vec<_>, _>>().map(List)
}

async fn create<T: Operation<Request = CartCreateBody>>(call: Call<T>) -> Result<Done<Orders>, Refusal> {
    let asked = call.request.purchase()?;
    let ask = CartPurchase {
        marketplace: Alibaba1688,
        rows: asked.rows,
        receiver: asked.receiver,
        flow: asked.flow,
        message: asked.message,
        trade_type: asked.trade_type,
        promotion_id: asked.promotion_id,
        staff_name: asked.staff_name,
        edition: T::EDITION.name(),
    };
    bought(call.platform.create_from_cart(&call.caller, &call.ticket, ask).await?)
}
