//! What a call is about: the orders, offers and sellers that its parameters name, and those that follow from them.

use super::{Blow, Fault, Faults, blow::Kind};
use crate::{
    api::Params,
    economy::{Economy, record::OrderRecord},
    replay,
};
use domain::{OfferId, OrderId, RefundId};
use serde_json::Value;

const ORDERS: &[&str] = &["orderId", "orderIds", "orderIdList", "tradeID", "tradeId", "mainOrderId"];
const OFFERS: &[&str] = &["offerId", "offerIds", "offerIdList"];
const SELLERS: &[&str] = &["sellerOpenId", "openUid", "toOpenUid"];

#[derive(Debug, Clone, Default)]
pub struct Subject {
    orders: Vec<OrderId>,
    refunds: Vec<RefundId>,
    offers: Vec<OfferId>,
    /// Sellers by each of their ids.
    sellers: Vec<String>,
}

impl Faults {
    /// The fault that strikes this call.
    pub(crate) fn of_call(&self, economy: &Economy, api: &str, params: &Params) -> Option<Blow> {
        if self.is_empty() {
            return None;
        }
        let subject = Subject::of_call(economy, params);
        let mut what = api.to_owned();
        for (name, value) in replay::lasting(params.fields().clone()) {
            what.extend([" ", &name, "=", &value]);
        }
        self.strike(&what, |fault| match &fault.kind {
            Kind::Way(way) if fault.call.as_deref().is_none_or(|call| call == api) && subject.fits(fault) => {
                Some(Blow { fault: way.clone(), when: fault.when })
            }
            Kind::Way(_) | Kind::Push(_) => None,
        })
    }
}

impl Subject {
    fn of_call(economy: &Economy, params: &Params) -> Self {
        let mut subject = Self::default();
        for (name, text) in params.fields() {
            match serde_json::from_str(text) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => subject.note(name, &value),
                Ok(_) | Err(_) => subject.note_text(name, text),
            }
        }
        for refund in std::mem::take(&mut subject.refunds) {
            subject.orders.extend(economy.refund(refund).map(|record| record.refund.order_id));
        }
        for order in subject.orders.clone() {
            if let Some(record) = economy.order(order) {
                subject.note_order(&record);
            }
        }
        for offer in subject.offers.clone() {
            let catalogue = economy.catalogue();
            if let Some(seller) = catalogue.offer(offer).and_then(|product| catalogue.seller(&product.seller)) {
                subject.sellers.push(seller.login_id.clone());
            }
        }
        subject.name_sellers(economy);
        subject
    }

    /// Of a message about an order.
    pub(super) fn of_order(economy: &Economy, order: OrderId) -> Self {
        let mut subject = Self { orders: vec![order], ..Self::default() };
        if let Some(record) = economy.order(order) {
            subject.note_order(&record);
        }
        subject.name_sellers(economy);
        subject
    }

    /// Whether the fault's order, offer and seller are among them; what it does not name is not looked at.
    pub(super) fn fits(&self, fault: &Fault) -> bool {
        fault.order.is_none_or(|order| self.orders.contains(&order))
            && fault.offer.is_none_or(|offer| self.offers.contains(&offer))
            && fault.seller.as_ref().is_none_or(|seller| self.sellers.contains(seller))
    }

    fn note(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.note(name, value)),
            Value::Array(rows) => rows.iter().for_each(|row| self.note(name, row)),
            Value::String(text) => self.note_text(name, text),
            Value::Number(number) => self.note_text(name, &number.to_string()),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn note_text(&mut self, name: &str, text: &str) {
        let text = text.trim().trim_matches('"');
        if ORDERS.contains(&name) {
            self.orders.extend(text.parse::<OrderId>());
        } else if OFFERS.contains(&name) {
            self.offers.extend(text.parse::<OfferId>());
        } else if name == "refundId" {
            self.refunds.extend(text.parse::<RefundId>());
        } else if SELLERS.contains(&name) {
            self.sellers.push(text.to_owned());
        }
    }

    fn note_order(&mut self, record: &OrderRecord) {
        self.offers.extend(record.order.lines.iter().map(|line| line.offer_id));
        self.sellers.push(record.order.seller.login_id.clone());
        self.sellers.push(record.order.seller.member_id.clone());
    }

    /// All names of each seller that is known by one.
    fn name_sellers(&mut self, economy: &Economy) {
        let all = economy.catalogue().sellers().iter().map(|s| [&s.login_id, &s.member_id, &s.open_id]);
        let meant = all.filter(|names| names.iter().any(|name| self.sellers.contains(name)));
        let names: Vec<String> = meant.flatten().cloned().collect();
        self.sellers.extend(names);
    }
}
