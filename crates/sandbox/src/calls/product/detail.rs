//! The detail of one product: everything that the catalogue says, with the stock of this moment.

use super::{Shop, Stock, gone, language, row};
use crate::{
    api::ApiError,
    catalogue::{Attribute, Language, Product, Quote, Seller, Sku, figures::Figures, figures::percent},
    page::escaped,
    pictures,
};
use alibaba1688::wire::{
    Int, Text,
    product::{
        FenxiaoSale, OfferDetailParam, PriceRange, ProductAttribute, ProductDetail, ProductImage, ProductSale,
        ProductShipping, ProductSku, SellerDataInfoDetail, SellerMixSetting, SkuAttribute, SkuShipping,
        SkuShippingDetail, TagInfo, UnitInfo,
    },
};
use domain::OfferId;
use serde_json::Number;

/// Tags that a detail tells of every product, true or false.
const TAGS: [&str; 7] =
    ["isOnePsale", "isOnePsaleFreePostage", "isSupportMix", "noReason7DReturn", "1688_yx", "isQqyx", "select"];

/// The product and the language that were asked for.
pub fn asked<'a>(shop: &'a Shop, query: &OfferDetailParam) -> Result<(&'a Product, Language), ApiError> {
    let id = query.offer_id.ok_or_else(|| ApiError::missing("offerDetailParam.offerId"))?;
    let country = query.country.as_deref().filter(|c| !c.trim().is_empty());
    let country = country.ok_or_else(|| ApiError::missing("offerDetailParam.country"))?;
    let found = OfferId::new(id.0).ok().and_then(|id| shop.catalogue.offer(id));
    Ok((found.ok_or_else(gone)?, language(country)))
}

pub fn of(shop: &Shop, product: &Product, language: Language, stock: &Stock) -> Result<ProductDetail, ApiError> {
    let seller = shop.seller(product).ok_or_else(gone)?;
    Ok(Printer { shop, product, seller, language, stock, figures: Figures::of(product, seller) }.detail())
}

struct Printer<'a> {
    shop: &'a Shop,
    product: &'a Product,
    seller: &'a Seller,
    language: Language,
    stock: &'a Stock,
    figures: Figures<'a>,
}

impl Printer<'_> {
    fn detail(&self) -> ProductDetail {
        let p = self.product;
        let path = self.shop.catalogue.path(p.category);
        let level = |i: usize| path.get(i).map(|c| Int(c.id));
        ProductDetail {
            offer_id: Some(Int(p.offer_id.get())),
            category_id: Some(Int(p.category)),
            category_name: path.last().map(|c| c.zh.clone()),
            subject: Some(p.title_zh.clone()),
            subject_trans: p.title_translated(self.language),
            description: Some(self.description(&p.title_zh, |a| Some((a.name_zh.clone(), a.value_zh.clone())))),
            product_image: Some(self.images()),
            product_attribute: Some(p.attributes.iter().map(|a| self.attribute(a)).collect()),
            product_sku_infos: Some(p.skus.iter().enumerate().map(|(i, s)| self.sku(i, s)).collect()),
            product_sale_info: Some(self.sale()),
            product_shipping_info: Some(self.shipping()),
            is_jxhy: Some(false),
            seller_open_id: Some(self.seller.open_id.clone()),
            min_order_quantity: Some(Int(p.min_order.into())),
            batch_number: Some(Int(p.batch.into())),
            status: Some("published".to_owned()),
            tag_info_list: Some(TAGS.iter().map(|t| self.tag(t)).collect()),
            trace_info: Some(row::trace(p)),
            seller_mix_setting: Some(self.mix()),
            product_cargo_number: p.skus.first().map(|s| s.cargo_number.clone()),
            seller_data_info: Some(self.seller_data()),
            sold_out: Some(p.total_sold.to_string()),
            promotion_model: Some(row::no_promotion()),
            trade_score: Some(self.seller.score.clone()),
            top_category_id: level(0),
            second_category_id: level(1),
            third_category_id: level(2),
            selling_point: Some(p.attributes.iter().take(3).map(|a| a.value_zh.clone()).collect()),
            offer_identities: Some(self.figures.offer_identities()),
            create_date: Some(p.created.clone()),
            is_select: Some(self.figures.has_tag("select").to_string()),
            certificate_list: Some(Vec::new()),
            description_trans: p.title_translated(self.language).map(|title| {
                self.description(&title, |a| {
                    Some((a.name_translated(self.language)?, a.value_translated(self.language)?))
                })
            }),
            // The pictures carry no text: a translation shows the same ones.
            product_image_trans: self.is_translated().then(|| self.images()),
            company_name: Some(self.seller.company.clone()),
            invoice_info: Some(row::invoices(&self.figures)),
            ..ProductDetail::default()
        }
    }

    fn is_translated(&self) -> bool {
        self.language != Language::Chinese
    }

    fn images(&self) -> ProductImage {
        let url = |n| pictures::url(&self.shop.base, self.product.offer_id, n);
        ProductImage { images: Some((1..=pictures::VIEWS).map(url).collect()), white_image: Some(url(0)) }
    }

    /// `words` leaves out an attribute that it has no words for.
    fn description(&self, title: &str, words: impl Fn(&Attribute) -> Option<(String, String)>) -> String {
        let rows = self.product.attributes.iter().filter_map(words);
        let rows: String =
            rows.map(|(n, v)| format!("<tr><th>{}</th><td>{}</td></tr>", escaped(&n), escaped(&v))).collect();
        let picture = |n| format!("<img src=\"{}\">", pictures::url(&self.shop.base, self.product.offer_id, n));
        let pictures: String = (1..=pictures::VIEWS).map(picture).collect();
        format!("<div id=\"offer-template-0\"></div><h2>{}</h2><table>{rows}</table>{pictures}", escaped(title))
    }

    fn attribute(&self, a: &Attribute) -> ProductAttribute {
        ProductAttribute {
            attribute_id: Some(a.id.to_string()),
            attribute_name: Some(a.name_zh.clone()),
            value: Some(a.value_zh.clone()),
            attribute_name_trans: a.name_translated(self.language),
            value_trans: a.value_translated(self.language),
        }
    }

    fn sku(&self, index: usize, sku: &Sku) -> ProductSku {
        let attributes =
            sku.attributes.iter().enumerate().map(|(i, a)| self.sku_attribute(a, (i == 0).then_some(index)));
        ProductSku {
            amount_on_sale: self.stock.0.get(index).copied().map(Int),
            // Left out where the quantity decides.
            price: (self.product.quote == Quote::Sku).then(|| sku.price_fen.yuan().to_string()),
            sku_id: Some(Int(sku.sku_id.get())),
            spec_id: Some(Text::from(sku.spec_id.as_str())),
            sku_attributes: Some(attributes.collect()),
            cargo_number: Some(sku.cargo_number.clone()),
            ..ProductSku::default()
        }
    }

    /// `pictured`: place of the specification whose picture stands at this attribute.
    fn sku_attribute(&self, a: &Attribute, pictured: Option<usize>) -> SkuAttribute {
        let number = pictured.and_then(|i| u32::try_from(i).ok()).map(|i| pictures::SKU_BASE + i);
        let image = number.map(|n| pictures::url(&self.shop.base, self.product.offer_id, n));
        SkuAttribute {
            attribute_id: Some(Int(a.id)),
            attribute_name: Some(a.name_zh.clone()),
            attribute_name_trans: a.name_translated(self.language),
            value: Some(a.value_zh.clone()),
            value_trans: a.value_translated(self.language),
            sku_image_url_trans: image.clone().filter(|_| self.is_translated()),
            sku_image_url: image,
        }
    }

    fn sale(&self) -> ProductSale {
        let p = self.product;
        let tiers = p.tiers.iter().map(|t| PriceRange {
            start_quantity: Some(Int(t.from.into())),
            price: Some(t.price_fen.yuan().to_string()),
            ..PriceRange::default()
        });
        ProductSale {
            amount_on_sale: Some(Int(self.stock.0.iter().sum())),
            price_range_list: Some(tiers.collect()),
            quote_type: Some(Int(quote_type(p))),
            unit_info: Some(UnitInfo { unit: Some(p.unit_zh.clone()), trans_unit: p.unit_translated(self.language) }),
            fenxiao_sale_info: Some(FenxiaoSale {
                one_piece_free_postage: Some(self.figures.has_tag("isOnePsaleFreePostage")),
                start_quantity: Some(Int(p.min_order.into())),
                ..FenxiaoSale::default()
            }),
            ..ProductSale::default()
        }
    }

    fn shipping(&self) -> ProductShipping {
        let p = self.product;
        let grams = p.weight_g.or_else(|| p.skus.first().map(|s| s.weight_g));
        ProductShipping {
            send_goods_address_text: Some(format!("{}{}", self.seller.province, self.seller.city)),
            weight: grams.and_then(kilograms),
            length: self.size(0),
            width: self.size(1),
            height: self.size(2),
            sku_shipping_info_list: Some(p.skus.iter().map(|s| self.sku_shipping(s)).collect()),
            sku_shipping_details: Some(p.skus.iter().map(|s| self.sku_shipping_detail(s)).collect()),
            shipping_time_guarantee: self.figures.guarantee().map(str::to_owned),
            pkg_size_source: Some("商家自填".to_owned()),
            ..ProductShipping::default()
        }
    }

    fn size(&self, side: usize) -> Option<Number> {
        self.product.size_cm.get(side).copied().and_then(Number::from_f64)
    }

    fn sku_shipping(&self, sku: &Sku) -> SkuShipping {
        SkuShipping {
            spec_id: Some(Text::from(sku.spec_id.as_str())),
            sku_id: Some(Int(sku.sku_id.get())),
            length: self.size(0),
            width: self.size(1),
            height: self.size(2),
            weight: Some(Int(sku.weight_g.into())),
        }
    }

    fn sku_shipping_detail(&self, sku: &Sku) -> SkuShippingDetail {
        SkuShippingDetail {
            sku_id: Some(sku.sku_id.to_string()),
            length: self.size(0),
            width: self.size(1),
            height: self.size(2),
            weight: kilograms(sku.weight_g),
            pkg_size_source: Some("商家自填".to_owned()),
            ..SkuShippingDetail::default()
        }
    }

    fn tag(&self, tag: &str) -> TagInfo {
        TagInfo { key: Some(tag.to_owned()), value: Some(self.figures.has_tag(tag)) }
    }

    fn mix(&self) -> SellerMixSetting {
        let mix = self.seller.mix;
        SellerMixSetting {
            general_hunpi: Some(mix.enabled),
            mix_amount: Some(Int(mix.amount_fen.0 / 100)),
            mix_number: Some(Int(mix.number.into())),
        }
    }

    fn seller_data(&self) -> SellerDataInfoDetail {
        let f = &self.figures;
        SellerDataInfoDetail {
            trade_medal_level: Some(self.seller.medal.clone()),
            composite_service_score: Some(self.seller.score.clone()),
            logistics_experience_score: Some(f.part_score(1)),
            dispute_complaint_score: Some(f.part_score(2)),
            offer_experience_score: Some(f.part_score(3)),
            after_sales_experience_score: Some(f.part_score(4)),
            consulting_experience_score: Some(f.part_score(5)),
            repeat_purchase_percent: Some(self.seller.repeat_percent.clone()),
            collect30_day_within48_h_percent: Some(percent(f.picked_up_48h())),
            quality_refund_within30_day: Some(percent(f.quality_returns())),
        }
    }
}

/// What decides the price: 0 the quantity, without specifications; 1 the specification; 2 the quantity, with them.
fn quote_type(product: &Product) -> i64 {
    match product.quote {
        Quote::Sku => 1,
        Quote::Quantity if product.skus.is_empty() => 0,
        Quote::Quantity => 2,
    }
}

pub(super) fn kilograms(grams: u32) -> Option<Number> {
    Number::from_f64(f64::from(grams) / 1000.0)
}
