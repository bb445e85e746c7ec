//! Where an order goes and how: receiver, parcels, the address abroad, customs.

use crate::{
    dialect::view,
    scalar::{Decimal, IdNumber, List, Text, Whole, YuanNumber},
};

view! {
    /// The receiver inside China and the parcels.
    pub struct NativeLogistics<D> {
        pub address: Option<Text>,
        pub area: Option<Text>,
        /// E.g. 330106.
        pub area_code: Option<Text>,
        pub city: Option<Text>,
        pub contact_person: Option<Text>,
        pub fax: Option<Text>,
        pub mobile: Option<Text>,
        pub province: Option<Text>,
        pub telephone: Option<Text>,
        pub zip: Option<Text>,
        /// Null until shipped.
        pub logistics_items: Option<Vec<LogisticsItem<D>>>,
        pub town_code: Option<Text>,
        pub town: Option<Text>,
        pub caid: Option<Text>,
        /// In the v2 answer.
        pub real_logistics_company_no: Option<Text>,
    }

    /// One parcel of the order.
    pub struct LogisticsItem<D> {
        pub delivered_time: Option<Text>,
        /// E.g. LP..., BX...
        pub logistics_code: Option<Text>,
        /// 0 seller's own shipping, 1 online shipping, 2 no logistics.
        pub r#type: Option<Text>,
        pub id: Option<IdNumber>,
        /// E.g. alreadysend.
        pub status: Option<Text>,
        pub gmt_modified: Option<Text>,
        pub gmt_create: Option<Text>,
        /// Yuan.
        pub carriage: Option<YuanNumber>,
        pub from_province: Option<Text>,
        pub from_city: Option<Text>,
        pub from_area: Option<Text>,
        pub from_address: Option<Text>,
        pub from_phone: Option<Text>,
        pub from_mobile: Option<Text>,
        pub from_post: Option<Text>,
        pub logistics_company_id: Option<IdNumber>,
        pub logistics_company_no: Option<Text>,
        pub logistics_company_name: Option<Text>,
        /// Carrier waybill number.
        pub logistics_bill_no: Option<Text>,
        /// Comma-separated sub-order ids.
        pub sub_item_ids: Option<Text>,
        pub to_province: Option<Text>,
        pub to_city: Option<Text>,
        pub to_area: Option<Text>,
        pub to_address: Option<Text>,
        pub to_phone: Option<Text>,
        pub to_mobile: Option<Text>,
        pub to_post: Option<Text>,
        pub no_logistics_name: Option<Text>,
        pub no_logistics_tel: Option<Text>,
        pub no_logistics_bill_no: Option<Text>,
        /// 1 third party/truck, 2 freight or price difference, 3 seller delivers, 4 buyer collects, 5 other.
        pub no_logistics_condition: Option<Text>,
    }


    /// Where the goods go abroad.
    pub struct OverseasExtraAddress<D> {
        pub channel_name: Option<Text>,
        pub channel_id: Option<Text>,
        pub shipping_company_id: Option<Text>,
        pub shipping_company_name: Option<Text>,
        pub country_code: Option<Text>,
        pub country: Option<Text>,
        pub email: Option<Text>,
    }


    /// A customs form.
    pub struct Customs<D> {
        pub id: Option<IdNumber>,
        pub gmt_create: Option<Text>,
        pub gmt_modified: Option<Text>,
        pub buyer_id: Option<IdNumber>,
        pub order_id: Option<Text>,
        /// 1 customs form.
        pub r#type: Option<Whole>,
        pub attributes: List<CustomsLine<D>>,
    }

    /// One row of a customs form.
    pub struct CustomsLine<D> {
        pub sku: Option<Text>,
        pub c_name: Option<Text>,
        pub en_name: Option<Text>,
        pub amount: Option<Decimal>,
        pub quantity: Option<Decimal>,
        pub weight: Option<Decimal>,
        pub currency: Option<Text>,
    }
}
