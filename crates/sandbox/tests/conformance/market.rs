//! A marketplace under test: what it offers, and the stage that it stands on.

use super::stage::{Seller, Stage};
use connector::{
    Aftersale, Capabilities, Catalog, Effect, Error, Health, Kind, Ordering, Payment, Push, Recent, ordering::CreateAsk,
};
use domain::{
    AccountId, EntryId, Fen, OrderId, RefundId,
    order::Order,
    purchase::CargoLine,
    refund::{Application, DisputeRequest, GoodsStatus, Refund},
};
use std::sync::atomic::{AtomicU32, Ordering as Memory};

pub struct Market {
    pub capabilities: Capabilities,
    pub stage: Box<dyn Stage>,
    numbers: AtomicU32,
}

impl Market {
    pub fn new(capabilities: Capabilities, stage: Box<dyn Stage>) -> Self {
        Self { capabilities, stage, numbers: AtomicU32::new(0) }
    }

    pub fn catalog(&self) -> &dyn Catalog {
        offered("a catalogue", self.capabilities.catalog.as_deref())
    }

    pub fn ordering(&self) -> &dyn Ordering {
        offered("ordering", self.capabilities.ordering.as_deref())
    }

    pub fn payment(&self) -> &dyn Payment {
        offered("payment", self.capabilities.payment.as_deref())
    }

    pub fn aftersale(&self) -> &dyn Aftersale {
        offered("after-sales", self.capabilities.aftersale.as_deref())
    }

    pub fn push(&self) -> &dyn Push {
        offered("pushes", self.capabilities.push.as_deref())
    }

    pub fn recent(&self) -> &dyn Recent {
        offered("lists of what was modified", self.capabilities.recent.as_deref())
    }

    pub fn health(&self) -> &dyn Health {
        offered("a health check", self.capabilities.health.as_deref())
    }

    pub fn buyer(&self) -> AccountId {
        self.stage.buyer()
    }

    /// A number that was not used before.
    pub fn own_number(&self) -> String {
        format!("SPconformance{}", self.numbers.fetch_add(1, Memory::Relaxed))
    }

    pub fn ask(&self, lines: Vec<CargoLine>) -> CreateAsk {
        CreateAsk {
            own_number: self.own_number(),
            lines,
            receiver: self.stage.receiver(),
            flow: "general".to_owned(),
            message: None,
            trade_type: None,
            promotion_id: None,
        }
    }

    pub async fn create(&self, ask: &CreateAsk) -> OrderId {
        let made = self.ordering().create(self.buyer(), ask).await.expect("the order is made");
        let [id] = made.as_slice() else { panic!("one seller makes one order: {made:?}") };
        *id
    }

    /// An unpaid order.
    pub async fn order_of(&self, seller: Seller, lines: usize) -> Order {
        let id = self.create(&self.ask(self.stage.cargo(seller, lines))).await;
        self.order(id).await
    }

    pub async fn paid_order_of(&self, seller: Seller, lines: usize) -> Order {
        let id = self.order_of(seller, lines).await.id;
        self.stage.pay(id).await;
        self.order(id).await
    }

    pub async fn order(&self, id: OrderId) -> Order {
        self.ordering().order(self.buyer(), id).await.expect("the order can be read").core
    }

    pub async fn refund(&self, id: RefundId) -> Refund {
        self.aftersale().refund(self.buyer(), id).await.expect("the refund can be read").core
    }

    /// An application for these lines and all their money, with a reason that the list gives for it.
    pub async fn application(
        &self,
        order: &Order,
        entries: &[EntryId],
        request: DisputeRequest,
        goods: GoodsStatus,
    ) -> Application {
        let reasons = self.aftersale().reasons(self.buyer(), order.id, entries, goods).await.expect("a reason list");
        let reason = reasons.iter().find(|r| !r.need_voucher && !r.no_refund_carriage).expect("a reason without terms");
        let payment = order.lines.iter().filter(|l| entries.contains(&l.id)).map(|l| l.amount).sum();
        let whole = entries.len() == order.lines.len() && goods == GoodsStatus::WaitSellerSend;
        Application {
            order_id: order.id,
            entries: entries.to_vec(),
            request,
            goods,
            payment,
            carriage: if whole { order.shipping_fee } else { Fen::ZERO },
            reason_id: reason.id,
            description: "不想要了".to_owned(),
            vouchers: Vec::new(),
            counts: None,
        }
    }

    /// Applies for all of an order that was not shipped.
    pub async fn refund_unshipped(&self, order: &Order) -> RefundId {
        let ask = self.application(order, &entries(order), DisputeRequest::Refund, GoodsStatus::WaitSellerSend).await;
        self.aftersale().apply(self.buyer(), &ask).await.expect("the refund is opened")
    }
}

fn offered<'a, T: ?Sized>(what: &str, capability: Option<&'a T>) -> &'a T {
    capability.unwrap_or_else(|| panic!("the marketplace does not offer {what}"))
}

pub fn entries(order: &Order) -> Vec<EntryId> {
    order.lines.iter().map(|l| l.id).collect()
}

/// A refusal of this kind: it names its call and had no effect.
pub fn refused<T: std::fmt::Debug>(kind: Kind, result: connector::Result<T>) -> Error {
    let error = result.expect_err("a refusal");
    assert_eq!((error.kind, error.effect), (kind, Effect::None), "{error}");
    assert!(!error.operation.is_empty());
    error
}
