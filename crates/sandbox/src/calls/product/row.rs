//! One product as each list shows it.

use super::Shop;
use crate::{
    catalogue::{
        Language, Product, Seller,
        figures::{Figures, percent},
    },
    pictures,
};
use alibaba1688::wire::{
    Int,
    product::{
        ImageProduct, InvoiceInfo, KeywordProduct, OfferDataInfo, PriceInfo, ProductTradeInfo, PromotionModel,
        RecommendPriceInfo, RecommendProduct, RelatedPriceInfo, RelatedProduct, SellerDataInfoList, SellerOffer,
        SimpleShippingInfo, StorePriceInfo,
    },
};

/// A product with everything that printing it needs.
pub struct Row<'a> {
    shop: &'a Shop,
    pub product: &'a Product,
    seller: &'a Seller,
    pub figures: Figures<'a>,
    language: Language,
}

impl<'a> Row<'a> {
    /// `None` for a product without a shop.
    pub fn of(shop: &'a Shop, product: &'a Product, language: Language) -> Option<Self> {
        let seller = shop.seller(product)?;
        Some(Self { shop, product, seller, figures: Figures::of(product, seller), language })
    }

    pub fn picture(&self) -> Option<String> {
        Some(pictures::url(&self.shop.base, self.product.offer_id, 1))
    }

    pub fn title(&self) -> Option<String> {
        self.product.title_translated(self.language)
    }

    fn id(&self) -> Option<Int> {
        Some(Int(self.product.offer_id.get()))
    }

    fn price(&self) -> Option<String> {
        Some(self.product.lowest_price().yuan().to_string())
    }

    fn is_single(&self) -> bool {
        self.figures.has_tag("isOnePsale")
    }

    /// What one piece costs, where it is sent singly.
    fn single_price(&self) -> Option<String> {
        self.price().filter(|_| self.is_single())
    }

    fn prices(&self) -> PriceInfo {
        PriceInfo { price: self.price(), consign_price: self.single_price(), ..PriceInfo::default() }
    }

    fn level(&self, level: usize) -> Option<Int> {
        self.shop.catalogue.path(self.product.category).get(level).map(|c| Int(c.id))
    }
}

pub fn keyword(row: &Row<'_>) -> KeywordProduct {
    let (product, figures) = (row.product, &row.figures);
    KeywordProduct {
        image_url: row.picture(),
        subject: Some(product.title_zh.clone()),
        subject_trans: row.title(),
        offer_id: row.id(),
        is_jxhy: Some(false),
        price_info: Some(row.prices()),
        repurchase_rate: Some(product.repurchase.clone()),
        month_sold: Some(Int(product.month_sold)),
        trace_info: Some(trace(product)),
        is_one_psale: Some(row.is_single()),
        seller_identities: Some(figures.seller_identities()),
        offer_identities: Some(figures.offer_identities()),
        trade_score: Some(row.seller.score.clone()),
        white_image: Some(pictures::url(&row.shop.base, product.offer_id, 0)),
        promotion_model: Some(no_promotion()),
        top_category_id: row.level(0),
        second_category_id: row.level(1),
        third_category_id: row.level(2),
        is_patent_product: Some(false),
        create_date: Some(product.created.clone()),
        modify_date: Some(product.created.clone()),
        is_select: Some(figures.has_tag("select")),
        min_order_quantity: Some(Int(product.min_order.into())),
        seller_data_info: Some(seller_data(row.seller, figures)),
        product_simple_shipping_info: Some(shipping(figures)),
        sales7d: Some(figures.sold_week().to_string()),
        product_trade_info: Some(trade(product, figures)),
        invoice_info: Some(invoices(figures)),
        ..KeywordProduct::default()
    }
}

/// The image search shows what the keyword search shows, and who sells it.
pub fn image(row: &Row<'_>) -> ImageProduct {
    let shown = keyword(row);
    ImageProduct {
        image_url: shown.image_url,
        subject: shown.subject,
        subject_trans: shown.subject_trans,
        price_info: shown.price_info,
        offer_id: shown.offer_id,
        is_jxhy: shown.is_jxhy,
        repurchase_rate: shown.repurchase_rate,
        month_sold: shown.month_sold,
        trace_info: shown.trace_info,
        is_one_psale: shown.is_one_psale,
        seller_identities: shown.seller_identities,
        offer_identities: shown.offer_identities,
        trade_score: shown.trade_score,
        promotion_model: shown.promotion_model,
        top_category_id: shown.top_category_id,
        second_category_id: shown.second_category_id,
        third_category_id: shown.third_category_id,
        is_patent_product: shown.is_patent_product,
        create_date: shown.create_date,
        modify_date: shown.modify_date,
        is_select: shown.is_select,
        seller_data_info: shown.seller_data_info,
        product_simple_shipping_info: shown.product_simple_shipping_info,
        min_order_quantity: shown.min_order_quantity,
        token: None,
        promotion_url: None,
        company_name: Some(row.seller.company.clone()),
        company_address: Some(format!("{}{}", row.seller.province, row.seller.city)),
        offer_data_info: Some(offer_data(row)),
        sales7d: shown.sales7d,
        product_trade_info: shown.product_trade_info,
        invoice_info: shown.invoice_info,
    }
}

fn offer_data(row: &Row<'_>) -> OfferDataInfo {
    let guarantee = row.figures.guarantee().unwrap_or_default();
    OfferDataInfo {
        offer_applause_rate: Some(percent(row.figures.fulfilled())),
        kj_featured_services: Some(guarantee.to_owned()),
        quality_rfd_rate30d: Some(percent(row.figures.quality_returns())),
        repurchase_rate30d: Some(row.product.repurchase.clone()),
        pickup_rate24h30d: Some(percent(row.figures.picked_up_24h())),
    }
}

pub fn store(row: &Row<'_>) -> SellerOffer {
    let product = row.product;
    SellerOffer {
        image_url: row.picture(),
        subject: Some(product.title_zh.clone()),
        subject_trans: row.title(),
        offer_id: row.id(),
        is_jxhy: Some(false),
        repurchase_rate: Some(product.repurchase.clone()),
        month_sold: Some(Int(product.month_sold)),
        trace_info: Some(trace(product)),
        is_one_psale: Some(row.is_single()),
        price_info: Some(StorePriceInfo {
            price: row.price(),
            consign_price: row.single_price(),
            ..StorePriceInfo::default()
        }),
        create_date: Some(product.created.clone()),
        modify_date: Some(product.created.clone()),
        is_patent_product: Some(false),
        offer_identities: Some(row.figures.offer_identities()),
        is_select: Some(row.figures.has_tag("select").to_string()),
        ..SellerOffer::default()
    }
}

pub fn recommended(row: &Row<'_>) -> RecommendProduct {
    let product = row.product;
    RecommendProduct {
        image_url: row.picture(),
        subject: Some(product.title_zh.clone()),
        subject_trans: row.title(),
        price_info: Some(RecommendPriceInfo { price: row.price(), consign_price: row.single_price() }),
        offer_id: row.id(),
        month_sold: Some(Int(product.month_sold)),
        repurchase_rate: Some(product.repurchase.clone()),
        trace_info: Some(trace(product)),
        is_select: Some(row.figures.has_tag("select")),
        promotion_url: None,
        one_psale: Some(row.is_single()),
        seller_identities: Some(row.figures.seller_identities()),
    }
}

pub fn related(row: &Row<'_>) -> RelatedProduct {
    RelatedProduct {
        image_url: row.picture(),
        subject: Some(row.product.title_zh.clone()),
        subject_trans: row.title(),
        price_info: Some(RelatedPriceInfo { price: row.price() }),
        offer_id: row.id(),
        // Of 90 days in this list.
        month_sold: Some(Int(row.product.month_sold.saturating_mul(3))),
        seller_identities: Some(row.figures.seller_identities()),
        offer_identities: Some(row.figures.offer_identities()),
        top_category_id: row.level(0),
        second_category_id: row.level(1),
        third_category_id: row.level(2),
    }
}

/// The tracking text that a caller reports back with an order.
pub(super) fn trace(product: &Product) -> String {
    format!("object_id@{}^object_type@offer", product.offer_id)
}

pub(super) fn no_promotion() -> PromotionModel {
    PromotionModel { has_promotion: Some(false), promotion_type: None }
}

pub(super) fn invoices(figures: &Figures<'_>) -> InvoiceInfo {
    let (general, types) =
        if figures.is_factory() { (true, vec!["普票", "专票"]) } else { (false, vec!["普票"]) };
    InvoiceInfo {
        support_online_invoice: Some(true),
        support_fast_invoice: Some(general),
        invoice_types: Some(types.into_iter().map(str::to_owned).collect()),
        taxpayer_type: Some(if general { "一般纳税人" } else { "小规模纳税人" }.to_owned()),
    }
}

fn seller_data(seller: &Seller, figures: &Figures<'_>) -> SellerDataInfoList {
    SellerDataInfoList {
        trade_medal_level: Some(seller.medal.clone()),
        composite_service_score: Some(seller.score.clone()),
        logistics_experience_score: Some(figures.part_score(1)),
        dispute_complaint_score: Some(figures.part_score(2)),
        offer_experience_score: Some(figures.part_score(3)),
        after_sales_experience_score: Some(figures.part_score(4)),
        consulting_experience_score: Some(figures.part_score(5)),
        repeat_purchase_percent: Some(seller.repeat_percent.clone()),
        tp_year: Some(Int(seller.years.into())),
    }
}

fn shipping(figures: &Figures<'_>) -> SimpleShippingInfo {
    SimpleShippingInfo {
        shipping_time_guarantee: figures.guarantee().map(str::to_owned),
        perfect_fulfillment_rate30d: Some(percent(figures.fulfilled())),
        pickup_within24h_rate30d: Some(percent(figures.picked_up_24h())),
        quality_return_rate30d: Some(percent(figures.quality_returns())),
        perfect_fulfillment_rate7d: Some(percent(figures.fulfilled())),
        pickup_within24h_rate7d: Some(percent(figures.picked_up_24h())),
        delayed_shipping_rate7d: Some(percent(10_000 - figures.picked_up_48h())),
    }
}

fn trade(product: &Product, figures: &Figures<'_>) -> ProductTradeInfo {
    let (week, month) = (figures.sold_week(), product.month_sold);
    ProductTradeInfo {
        add_cart_count7d: Some(figures.buyers(week, 140)),
        pay_buyer_count7d: Some(figures.buyers(week, 62)),
        add_cart_count30d: Some(figures.buyers(month, 140)),
        pay_buyer_count30d: Some(figures.buyers(month, 62)),
    }
}
