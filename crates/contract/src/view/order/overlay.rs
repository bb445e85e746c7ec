//! The core laid over the document: what the state machine owns is printed from it, everything else as received.

use super::{AlibabaOrderVO, BaseInfo, ProductItem};
use crate::{
    dialect::Dialect,
    scalar::{IdNumber, Text},
};
use domain::{
    Timestamp,
    order::{Closer, Line, Order},
    purchase::Receiver,
    refund::RefundStatus,
};

impl<D: Dialect> AlibabaOrderVO<D> {
    /// Reads the marketplace's record.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// Lays the core over the record. The number that the marketplace knows the order by is ours and is not printed;
    /// see [`Self::set_caller_number`].
    pub fn overlay(&mut self, order: &Order) {
        self.base_info.get_or_insert_default().overlay(order);
        for item in &mut self.product_items.0 {
            let line = item.sub_item_id.and_then(|id| order.lines.iter().find(|l| l.id.get() == id.0));
            if let Some(line) = line {
                item.overlay(line);
            }
        }
    }

    /// The caller's own number of the order.
    pub fn set_caller_number(&mut self, number: Option<&str>) {
        self.base_info.get_or_insert_default().out_order_id = number.map(Text::from);
    }

    /// The receiver as the record has it.
    pub fn receiver(&self) -> Receiver {
        let Some(to) = &self.native_logistics else {
            return Receiver::default();
        };
        let text = |field: &Option<Text>| field.as_deref().unwrap_or_default().to_owned();
        Receiver {
            full_name: text(&to.contact_person),
            mobile: text(&to.mobile),
            phone: text(&to.telephone),
            post_code: text(&to.zip),
            province: text(&to.province),
            city: text(&to.city),
            area: text(&to.area),
            town: text(&to.town),
            address: text(&to.address),
            district_code: text(&to.area_code),
        }
    }
}

impl<D: Dialect> BaseInfo<D> {
    fn overlay(&mut self, order: &Order) {
        self.id = Some(IdNumber(order.id.get()));
        self.id_of_str = Some(order.id.to_string().into());
        self.status = Some(order.status.word().into());
        self.refund_status = order.refund_in_sale.map(word);
        self.refund_status_for_as = order.refund_after_sale.map(word);
        self.total_amount = Some(order.total().into());
        self.sum_product_payment = Some(order.goods().into());
        self.shipping_fee = Some(order.shipping_fee.into());
        self.refund = Some(order.refunded.into());
        self.out_order_id = None;
        self.overlay_times(order);
        if let Some(by) = order.closed_by {
            self.close_operate_type = Some(close_word(by).into());
        }
        if let Some(reason) = &order.close_reason {
            self.close_reason = Some(reason.as_str().into());
        }
    }

    fn overlay_times(&mut self, order: &Order) {
        let print = |at: Timestamp| Text(at.compact());
        self.create_time = Some(print(order.created_at));
        self.modify_time = Some(print(order.modified_at));
        self.pay_time = order.paid_at.map(print);
        self.all_delivered_time = order.shipped_at.map(print);
        self.receiving_time = order.received_at.map(print);
        self.complete_time = order.completed_at.map(print);
    }
}

impl<D: Dialect> ProductItem<D> {
    fn overlay(&mut self, line: &Line) {
        self.status = Some(line.status.0.as_str().into());
        self.item_amount = Some(line.amount.into());
        self.refund = Some(line.refunded.into());
        self.refund_id = line.refund_in_sale.map(|id| Text(id.to_string()));
        self.refund_id_for_as = line.refund_after_sale.map(|id| Text(id.to_string()));
        if let Some(share) = line.share_postage {
            self.share_postage = Some(share.into());
        }
    }
}

fn word(status: RefundStatus) -> Text {
    status.word().into()
}

fn close_word(by: Closer) -> &'static str {
    match by {
        Closer::Buyer => "CLOSE_TRADE_BY_BUYER",
        Closer::Seller => "CLOSE_TRADE_BY_SELLER",
        Closer::Platform => "CLOSE_TRADE_BY_BOPS",
        Closer::Timeout => "CLOSE_TRADE_BY_SYSTEM",
    }
}
