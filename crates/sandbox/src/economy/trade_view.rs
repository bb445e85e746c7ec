//! An order as the upstream prints it: the record in the wire's shape.

use super::{
    carriers,
    record::{Goods, OrderRecord, Parcel, RefundRecord},
    trade::PAY_WITHIN_MS,
    world::World,
};
use crate::catalogue::Seller;
use alibaba1688::wire::{
    Int, Text, Time, Yuan,
    order::{
        BaseInfo, Contact, LogisticsItem, LogisticsStep, LogisticsTrace, NativeLogistics, OrderBizInfo, OrderRateInfo,
        ProductItem, ReceiverInfo, SellerContact, SkuInfo, Trade, TradeTerm,
    },
};
use domain::{
    Fen, Timestamp,
    order::{Closer, Line, Order, OrderStatus, Shipment},
    refund::RefundStatus,
};
use serde_json::Number;

/// An order with what is looked up beside it.
pub struct View<'a> {
    pub record: &'a OrderRecord,
    pub seller: Option<&'a Seller>,
    /// Its refunds in the order of their opening.
    pub refunds: Vec<&'a RefundRecord>,
    pub now: Timestamp,
    pub base_url: &'a str,
}

impl World<'_> {
    /// An order with what is looked up beside it.
    pub fn view<'s>(&'s self, record: &'s OrderRecord) -> View<'s> {
        let refunds = self.state.refunds_of(record.order.id).collect();
        View { record, seller: self.seller_of(record), refunds, now: self.now, base_url: self.base_url }
    }
}

impl View<'_> {
    /// A row of the list: without shipments.
    pub fn row(&self) -> Trade {
        let order = &self.record.order;
        let items = order.lines.iter().zip(&self.record.goods).enumerate();
        Trade {
            native_logistics: Some(self.logistics()),
            product_items: Some(items.map(|(i, (line, goods))| self.item(i, line, goods)).collect()),
            trade_terms: Some(vec![self.terms()]),
            order_rate_info: Some(OrderRateInfo {
                buyer_rate_status: Some(Int(5)),
                seller_rate_status: Some(Int(5)),
                ..OrderRateInfo::default()
            }),
            base_info: Some(self.base()),
            order_biz_info: Some(OrderBizInfo {
                ods_cyd: Some(false),
                credit_order: Some(false),
                is_cz: Some(false),
                is_dz: Some(false),
                dz: Some(false),
                dropshipping: Some(false),
                ..OrderBizInfo::default()
            }),
            from_encrypt_order: Some(false),
            ..Trade::default()
        }
    }

    /// The whole order.
    pub fn detail(&self) -> Trade {
        let mut trade = self.row();
        if let Some(logistics) = trade.native_logistics.as_mut().filter(|_| !self.record.parcels.is_empty()) {
            let items = self.record.parcels.iter().enumerate().map(|(i, p)| self.parcel(i, p));
            logistics.logistics_items = Some(items.collect());
        }
        trade
    }

    /// The parcels and where they have been.
    pub fn traces(&self) -> Vec<LogisticsTrace> {
        let parcels = self.record.parcels.iter();
        parcels
            .map(|p| LogisticsTrace {
                logistics_id: Some(Text::from(p.logistics_id.as_str())),
                order_id: Some(Int(self.record.order.id.get())),
                logistics_bill_no: Some(Text::from(p.bill.as_str())),
                logistics_steps: Some(carriers::passed(p.sent_at, self.now).map(step).collect()),
            })
            .collect()
    }

    fn base(&self) -> BaseInfo {
        let record = self.record;
        let order = &record.order;
        let asked: Fen = record.goods.iter().map(|g| g.asked).sum();
        let latest = self.refunds.last().map(|r| Text::from(r.refund.id.to_string()));
        BaseInfo {
            id: Some(Int(order.id.get())),
            id_of_str: Some(Text::from(order.id.to_string())),
            status: Some(order.status.word().to_owned()),
            refund_status: order.refund_in_sale.map(|s| s.word().to_owned()),
            refund_status_for_as: order.refund_after_sale.map(|s| s.word().to_owned()),
            refund_id: latest,
            total_amount: Some(Yuan(order.total())),
            sum_product_payment: Some(Yuan(order.goods())),
            shipping_fee: Some(Yuan(order.shipping_fee)),
            discount: Some(Int(order.goods().minus(asked).0)),
            coupon_fee: Some(Yuan(Fen::ZERO)),
            refund: Some(Yuan(order.refunded)),
            refund_payment: Some(Int(order.refunded.0)),
            create_time: Some(Time(order.created_at)),
            modify_time: Some(Time(order.modified_at)),
            pay_time: order.paid_at.map(Time),
            all_delivered_time: order.shipped_at.map(Time),
            receiving_time: order.received_at.map(Time),
            confirmed_time: order.received_at.map(Time),
            complete_time: order.completed_at.map(Time),
            pay_timeout: Some(Int(PAY_WITHIN_MS / 1000)),
            pay_timeout_type: Some(Int(0)),
            close_reason: order.close_reason.clone(),
            close_remark: record.close_remark.clone(),
            close_operate_type: order.closed_by.map(|by| closer(by).to_owned()),
            alipay_trade_id: record.payment_id.as_deref().map(Text::from),
            trade_type: Some("50060".to_owned()),
            trade_type_desc: Some("担保交易".to_owned()),
            trade_type_code: Some(record.trade_type.clone()),
            business_type: Some("cb".to_owned()),
            pay_channel_list: Some(vec!["支付宝".to_owned()]),
            pay_channel_code_list: Some(vec!["alipay".to_owned()]),
            flow_template_code: Some("assureTrade".to_owned()),
            seller_order: Some(false),
            buyer_login_id: Some(order.buyer.login_id.clone()),
            buyer_id: Some(Text::from(order.buyer.member_id.as_str())),
            buyer_user_id: Some(Int(order.buyer.user_id)),
            buyer_feedback: record.message.clone(),
            buyer_contact: Some(Contact {
                name: Some(order.buyer.login_id.clone()),
                im_in_platform: Some(order.buyer.login_id.clone()),
                ..Contact::default()
            }),
            seller_login_id: Some(order.seller.login_id.clone()),
            seller_id: Some(Text::from(order.seller.member_id.as_str())),
            seller_user_id: Some(Int(order.seller.user_id)),
            seller_contact: Some(self.seller_contact(order)),
            receiver_info: Some(self.receiver()),
            step_pay_all: Some(false),
            new_step_order_list: record.printed_stages(),
            over_sea_order: Some(false),
            out_order_id: order.out_order_id.as_deref().map(Text::from),
            ..BaseInfo::default()
        }
    }

    fn seller_contact(&self, order: &Order) -> SellerContact {
        SellerContact {
            name: self.seller.map(|s| s.contact.clone()),
            mobile: self.seller.map(|s| s.mobile.clone()),
            company_name: self.seller.map(|s| s.company.clone()),
            shop_name: self.seller.map(|s| s.company.clone()),
            im_in_platform: Some(order.seller.login_id.clone()),
            ..SellerContact::default()
        }
    }

    fn receiver(&self) -> ReceiverInfo {
        let r = &self.record.receiver;
        let area = [&r.province, &r.city, &r.area, &r.town, &r.address];
        let area: Vec<&str> = area.into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
        ReceiverInfo {
            to_full_name: Some(r.full_name.clone()),
            to_division_code: given(&r.district_code),
            to_mobile: given(&r.mobile),
            to_phone: given(&r.phone),
            to_post: given(&r.post_code),
            to_town_code: None,
            to_area: Some(area.join(" ")),
        }
    }

    fn logistics(&self) -> NativeLogistics {
        let r = &self.record.receiver;
        NativeLogistics {
            address: given(&r.address),
            area: given(&r.area),
            area_code: given(&r.district_code),
            city: given(&r.city),
            contact_person: given(&r.full_name),
            mobile: given(&r.mobile),
            province: given(&r.province),
            telephone: given(&r.phone),
            zip: given(&r.post_code),
            town: given(&r.town),
            ..NativeLogistics::default()
        }
    }

    fn parcel(&self, index: usize, parcel: &Parcel) -> LogisticsItem {
        let r = &self.record.receiver;
        let carrier = carriers::by_code(&parcel.carrier);
        let entries: Vec<String> = parcel.entries.iter().map(ToString::to_string).collect();
        let from = |field: fn(&Seller) -> &String| self.seller.map(|s| field(s).clone());
        LogisticsItem {
            delivered_time: Some(parcel.sent_at.compact()),
            logistics_code: Some(Text::from(parcel.logistics_id.as_str())),
            kind: Some("0".to_owned()),
            id: Some(Int(self.record.order.id.get() / 1_000_000 + i64::try_from(index).unwrap_or(0))),
            status: Some("alreadysend".to_owned()),
            gmt_modified: Some(parcel.sent_at.compact()),
            gmt_create: Some(parcel.sent_at.compact()),
            carriage: Some(Yuan(self.record.order.shipping_fee)),
            from_province: from(|s| &s.province),
            from_city: from(|s| &s.city),
            from_area: from(|s| &s.district),
            from_address: from(|s| &s.address),
            from_mobile: from(|s| &s.mobile),
            logistics_company_id: carrier.map(|c| Int(c.id)),
            logistics_company_no: Some(Text::from(parcel.carrier.as_str())),
            logistics_company_name: carrier.map(|c| c.name.to_owned()),
            logistics_bill_no: Some(Text::from(parcel.bill.as_str())),
            sub_item_ids: Some(Text::from(entries.join(","))),
            to_province: given(&r.province),
            to_city: given(&r.city),
            to_area: given(&r.area),
            to_address: given(&r.address),
            to_phone: given(&r.phone),
            to_mobile: given(&r.mobile),
            to_post: given(&r.post_code),
            ..LogisticsItem::default()
        }
    }

    fn terms(&self) -> TradeTerm {
        let order = &self.record.order;
        TradeTerm {
            pay_status: Some(pay_status(order).into()),
            pay_time: order.paid_at.map(Timestamp::compact),
            pay_way: Some("1".into()),
            phas_amount: Some(Yuan(order.total())),
            phase: Some(Int(order.id.get())),
            card_pay: Some(false),
            express_pay: Some(false),
            pay_way_desc: Some("支付宝".to_owned()),
            ..TradeTerm::default()
        }
    }

    fn item(&self, index: usize, line: &Line, goods: &Goods) -> ProductItem {
        let order = &self.record.order;
        let infos = line.attributes.iter();
        let infos = infos.map(|(name, value)| SkuInfo { name: Some(name.clone()), value: Some(value.clone()) });
        let id = |refund: Option<domain::RefundId>| refund.map(|r| Text::from(r.to_string()));
        ProductItem {
            cargo_number: goods.cargo_number.clone(),
            item_amount: Some(Yuan(line.amount)),
            name: Some(line.name.clone()),
            price: Some(Yuan(line.unit_price)),
            product_id: Some(Int(line.offer_id.get())),
            product_img_url: Some(vec![self.picture(&goods.thumbnail), self.picture(&line.image)]),
            product_snapshot_url: Some(format!(
                "https://trade.1688.com/order/offer_snapshot.htm?order_entry_id={}",
                line.id
            )),
            quantity: Some(Number::from(line.quantity)),
            refund: Some(Yuan(line.refunded)),
            sku_id: line.sku_id.map(|s| Int(s.get())),
            sort: Some(Int(i64::try_from(index).unwrap_or(0))),
            status: Some(line.status.0.clone()),
            sub_item_id: Some(Int(line.id.get())),
            kind: Some("common".to_owned()),
            unit: Some(goods.unit.clone()),
            weight: goods.weight_g.map(|g| Text::from(g.to_string())),
            weight_unit: goods.weight_g.map(|_| "g".to_owned()),
            guarantees_terms: Some(Vec::new()),
            sku_infos: Some(infos.collect()),
            entry_discount: Some(Int(line.amount.minus(goods.asked).0)),
            spec_id: line.spec_id.as_ref().map(|s| Text::from(s.as_str())),
            quantity_factor: Some(Number::from(1)),
            status_str: Some(status_text(&line.status.0).to_owned()),
            refund_status: self.item_refund(line).map(|s| item_refund(s).to_owned()),
            close_reason: order.close_reason.clone().filter(|_| !line.is_live() || order.closed_by.is_some()),
            logistics_status: Some(Int(logistics_status(line.shipment))),
            gmt_create: Some(Time(order.created_at)),
            gmt_modified: Some(Time(order.modified_at)),
            gmt_completed: order.completed_at.map(Time),
            gmt_pay_expire_time: Some(order.created_at.plus_ms(PAY_WITHIN_MS).text()),
            refund_id: id(line.refund_in_sale),
            sub_item_id_string: Some(Text::from(line.id.to_string())),
            refund_id_for_as: id(line.refund_after_sale),
            share_postage: line.share_postage.map(Yuan),
            ..ProductItem::default()
        }
    }

    /// Pictures of our own are kept as paths.
    fn picture(&self, kept: &str) -> String {
        if kept.starts_with('/') { format!("{}{kept}", self.base_url) } else { kept.to_owned() }
    }

    /// The line's word follows its in-sale refund; one after the sale has an id and no word here.
    fn item_refund(&self, line: &Line) -> Option<RefundStatus> {
        let id = line.refund_in_sale?;
        self.refunds.iter().find(|r| r.refund.id == id).map(|r| r.refund.status)
    }
}

fn step((at, stop): (Timestamp, &'static carriers::Stop)) -> LogisticsStep {
    LogisticsStep { accept_time: Some(at.text()), remark: Some(stop.remark.to_owned()) }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

const fn closer(by: Closer) -> &'static str {
    match by {
        Closer::Buyer => "CLOSE_TRADE_BY_BUYER",
        Closer::Seller => "CLOSE_TRADE_BY_SELLER",
        Closer::Platform => "CLOSE_TRADE_BY_BOPS",
        Closer::Timeout => "CLOSE_TRADE_BY_SYSTEM",
    }
}

fn pay_status(order: &Order) -> &'static str {
    match order.status {
        OrderStatus::WaitBuyerPay => "1",
        OrderStatus::Cancel => "8",
        OrderStatus::Terminated => "4",
        OrderStatus::ConfirmGoods | OrderStatus::Success => "6",
        OrderStatus::WaitSellerSend | OrderStatus::WaitBuyerReceive | OrderStatus::Other(_) => "2",
    }
}

const fn logistics_status(shipment: Shipment) -> i64 {
    match shipment {
        Shipment::NotShipped => 1,
        Shipment::Shipped => 2,
        Shipment::Received => 3,
    }
}

/// The item's own words for the state of its refund.
const fn item_refund(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::WaitSellerAgree => "WAIT_SELLER_AGREE",
        RefundStatus::WaitBuyerModify => "WAIT_BUYER_MODIFY",
        RefundStatus::WaitBuyerSend => "WAIT_BUYER_SEND",
        RefundStatus::WaitSellerReceive => "WAIT_SELLER_RECEIVE",
        RefundStatus::Success => "REFUND_SUCCESS",
        RefundStatus::Close => "REFUND_CLOSED",
    }
}

fn status_text(word: &str) -> &'static str {
    match OrderStatus::parse(word) {
        OrderStatus::WaitBuyerPay => "等待买家付款",
        OrderStatus::WaitSellerSend => "等待卖家发货",
        OrderStatus::WaitBuyerReceive => "等待买家收货",
        OrderStatus::ConfirmGoods => "已收货",
        OrderStatus::Success => "交易成功",
        OrderStatus::Cancel => "交易取消",
        OrderStatus::Terminated => "交易终止",
        OrderStatus::Other(_) => "",
    }
}
