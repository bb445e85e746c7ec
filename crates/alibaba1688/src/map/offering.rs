//! A product detail to what a buyer must know of it. Prices are decimal text in yuan; that ends here.

use super::{
    Mapped, filled, needed, odd,
    order::{sku, spec},
};
use crate::wire::{
    Int, Text,
    product::{ChannelPrice, PriceRange, ProductImage, ProductSale, ProductSku, SkuAttribute},
};
use domain::{
    Fen, OfferId, SkuId,
    offering::{Offering, Spec, Tier},
};
use serde::Deserialize;

/// Words of `quoteType`: the quantity decides, without specifications and with them.
const BY_QUANTITY: [i64; 2] = [0, 2];

/// What is read of a detail; the rest of it decides nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Detail {
    subject: Option<String>,
    product_image: Option<ProductImage>,
    product_sku_infos: Option<Vec<ProductSku>>,
    product_sale_info: Option<ProductSale>,
    seller_open_id: Option<String>,
    company_name: Option<String>,
    channel_price: Option<ChannelPrice>,
}

pub(crate) fn offering(offer: OfferId, detail: &Detail) -> Mapped<Offering> {
    let sale = detail.product_sale_info.clone().unwrap_or_default();
    let agreed = detail.channel_price.clone().unwrap_or_default();
    let skus = detail.product_sku_infos.as_deref().unwrap_or_default();
    let specs = match skus {
        [] => vec![Spec { stock: sale.amount_on_sale.map(|n| n.0), ..Spec::default() }],
        // One without a specification's id cannot be ordered.
        skus => {
            let named = skus.iter().filter(|sku| filled(sku.spec_id.as_ref()).is_some());
            named.map(|sku| specification(sku, &agreed)).collect::<Mapped<_>>()?
        }
    };
    let mut tiers = sale.price_range_list.iter().flatten().map(tier).collect::<Mapped<Vec<_>>>()?;
    tiers.sort_by_key(|tier| tier.from);
    let images = detail.product_image.as_ref().and_then(|images| images.images.as_ref());
    Ok(Offering {
        offer,
        seller: needed("sellerOpenId", detail.seller_open_id.clone().filter(|id| !id.is_empty()))?,
        seller_name: detail.company_name.clone().filter(|name| !name.trim().is_empty()),
        title: detail.subject.clone().unwrap_or_default(),
        image: images.and_then(|images| images.first().cloned()),
        priced_by_quantity: sale.quote_type.is_some_and(|word| BY_QUANTITY.contains(&word.0)),
        tiers,
        specs,
    })
}

fn specification(of: &ProductSku, agreed: &ChannelPrice) -> Mapped<Spec> {
    let id = sku(of.sku_id)?;
    let attributes = of.sku_attributes.as_deref().unwrap_or_default();
    Ok(Spec {
        id: spec(of.spec_id.as_ref())?,
        sku: id,
        image: attributes.iter().find_map(|a| a.sku_image_url.clone()).filter(|url| !url.is_empty()),
        agreed: price_of(id, agreed)?,
        price: first_price("productSkuInfos.price", [of.promotion_price.as_ref(), of.price.as_ref()])?,
        stock: of.amount_on_sale.map(|n| n.0),
        attributes: Some(words(attributes)?),
    })
}

fn price_of(sku: Option<SkuId>, agreed: &ChannelPrice) -> Mapped<Option<Fen>> {
    let is_of = |id: Option<Int>| id.map(|id| id.0) == sku.map(SkuId::get);
    let rows = agreed.channel_sku_price_list.iter().flatten();
    let price = rows.filter(|row| row.sku_id.is_some() && is_of(row.sku_id)).find_map(|row| row.current_price.as_ref());
    first_price("channelSkuPriceList.currentPrice", [price])
}

fn tier(range: &PriceRange) -> Mapped<Tier> {
    let from = needed("priceRangeList.startQuantity", range.start_quantity)?;
    let price = first_price("priceRangeList.price", [range.promotion_price.as_ref(), range.price.as_ref()])?;
    Ok(Tier {
        from: u32::try_from(from.0).map_err(|_| odd("priceRangeList.startQuantity", from))?,
        price: needed("priceRangeList.price", price)?,
    })
}

/// The first of these that says something.
fn first_price<const N: usize>(field: &str, texts: [Option<&String>; N]) -> Mapped<Option<Fen>> {
    let text = texts.into_iter().flatten().map(|text| text.trim()).find(|text| !text.is_empty());
    text.map(|text| Fen::from_yuan(text).ok_or_else(|| odd(field, Text::from(text)))).transpose()
}

/// The attributes as JSON text; pictures have a place of their own.
fn words(attributes: &[SkuAttribute]) -> Mapped<String> {
    let plain = |a: &SkuAttribute| SkuAttribute { sku_image_url: None, sku_image_url_trans: None, ..a.clone() };
    let plain: Vec<SkuAttribute> = attributes.iter().map(plain).collect();
    serde_json::to_string(&plain).map_err(|e| odd("skuAttributes", e.to_string()))
}
