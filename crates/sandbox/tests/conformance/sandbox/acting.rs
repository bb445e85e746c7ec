//! What the embedded marketplace is made to do, and what it has to offer for it.

use super::{SECRET, World, id};
use crate::album;
use crate::conformance::stage::{Known, Posted, Seller, Stage};
use alibaba1688::sign;
use async_trait::async_trait;
use domain::{
    AccountId, Fen, OfferId, OrderId, RefundId, Timestamp,
    purchase::{CargoLine, Receiver},
    refund::Command,
};
use sandbox::{
    SignedPush, Travel,
    catalogue::{Catalogue, Habit, Product},
};
use std::{sync::atomic::Ordering, time::Duration};

/// Login ids of the accounts that buy and that look on.
const BUYER: &str = "sampan-test";
const STRANGER: &str = "xportcn";
/// Longer than an access token lives, shorter than what renews it.
const TOKENS_END_MS: i64 = 11 * 3_600_000;
/// How long pushes may take.
const PATIENCE: Duration = Duration::from_secs(10);

#[async_trait]
impl Stage for World {
    fn buyer(&self) -> AccountId {
        self.account(BUYER)
    }

    fn stranger(&self) -> AccountId {
        self.account(STRANGER)
    }

    fn unauthorised(&self) -> AccountId {
        id(99)
    }

    fn receiver(&self) -> Receiver {
        Receiver {
            full_name: "王小明".to_owned(),
            mobile: "13800000000".to_owned(),
            province: "广东省".to_owned(),
            city: "广州市".to_owned(),
            area: "白云区".to_owned(),
            address: "太和镇物流园 8 号".to_owned(),
            ..Receiver::default()
        }
    }

    fn known(&self) -> Known {
        Known { keyword: "牛仔裤", offer: OfferId::new(889_512_351_602).expect("an offer id") }
    }

    fn picture(&self) -> (Vec<u8>, OfferId) {
        album::put(self.folder());
        let offer = self.known().offer;
        let catalogue = Catalogue::embedded();
        let product = catalogue.offer(offer).expect("the known product");
        (sandbox::pictures::draw(product, 1, 310).expect("a picture"), offer)
    }

    fn pool(&self) -> i64 {
        1001
    }

    fn cargo(&self, seller: Seller, lines: usize) -> Vec<CargoLine> {
        let habit = habit(seller);
        cargo(&product(|p| p.habit == habit && p.skus.len() >= lines), lines, 1)
    }

    fn of_two_sellers(&self) -> Vec<CargoLine> {
        let first = product(|_| true);
        let second = product(|p| p.seller != first.seller);
        [cargo(&first, 1, 1), cargo(&second, 1, 1)].concat()
    }

    fn beyond_stock(&self) -> Vec<CargoLine> {
        let product = product(|_| true);
        cargo(&product, 1, product.skus[0].stock + 1)
    }

    fn below_minimum(&self) -> Vec<CargoLine> {
        let catalogue = Catalogue::embedded();
        let strict = |p: &&Product| {
            let mix = catalogue.seller(&p.seller).map(|s| s.mix.enabled);
            p.min_order > 1 && mix == Some(false) && !p.skus.is_empty()
        };
        cargo(catalogue.written().iter().find(strict).expect("a product with a minimum"), 1, 1)
    }

    fn unknown_offer(&self) -> OfferId {
        OfferId::new(1_000_000_000_001).expect("an offer id")
    }

    fn flow_not_granted(&self) -> &'static str {
        "saleproxy"
    }

    async fn pay(&self, order: OrderId) {
        self.sandbox.economy().pay(order).await.expect("the order waits for payment");
    }

    async fn ship(&self, order: OrderId) {
        self.sandbox.economy().ship(order, None).await.expect("the order waits for its goods");
    }

    async fn agree(&self, refund: RefundId) {
        self.sandbox.economy().seller_steps(refund, Command::SellerAgree).await.expect("the refund waits for it");
    }

    async fn take_back(&self, refund: RefundId) {
        let economy = self.sandbox.economy();
        // An obliging seller has done it already.
        if economy.refund(refund).is_some_and(|record| record.refund.is_open()) {
            economy.seller_steps(refund, Command::SellerReceive).await.expect("the parcel is on its way");
        }
    }

    async fn pass(&self, seconds: i64) {
        self.sandbox.economy().advance(seconds).await.expect("time moves on");
    }

    async fn purse(&self, agreed: bool, money: Fen) {
        let (economy, buyer) = (self.sandbox.economy(), self.buyer());
        economy.set_agreement(buyer, agreed).await.expect("an agreement");
        economy.set_balance(buyer, money).await.expect("a balance");
    }

    fn wall(&self) -> Timestamp {
        Timestamp(self.wall.load(Ordering::SeqCst))
    }

    async fn let_tokens_end(&self) {
        self.wall.fetch_add(TOKENS_END_MS, Ordering::SeqCst);
    }

    fn cut_the_line(&self) {
        self.line.cut.store(true, Ordering::SeqCst);
    }

    fn lose_the_next_answer(&self) {
        self.line.loses_next_answer.store(true, Ordering::SeqCst);
    }

    async fn pushed(&self, order: OrderId, count: usize) -> Vec<Posted> {
        let told = order.to_string();
        let about = || -> Vec<Posted> {
            self.pushes.posted().iter().filter(|push| push.message.contains(&told)).map(posted).collect()
        };
        let waiting = async {
            while about().len() < count {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("the pushes come");
        about()
    }

    async fn lose_pushes(&self) {
        self.sandbox.economy().let_travel(Travel::ReadBack).await.expect("it is written down");
    }

    fn push_of_nothing(&self) -> Posted {
        let message = r#"{"msgId":7,"gmtBorn":1779249600000,"type":"PRODUCT_NEW_ARRIVAL","userInfo":"b2b","data":{}}"#;
        posted(&SignedPush { message: message.to_owned(), signature: sign::push(SECRET, message) })
    }

    fn touched(&self, push: &Posted) -> Posted {
        let mut fields: Vec<(String, String)> = form_urlencoded::parse(&push.body).into_owned().collect();
        for (_, message) in fields.iter_mut().filter(|(name, _)| name == "message") {
            message.push(' ');
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Posted { body: body.into_bytes(), ..push.clone() }
    }
}

fn posted(push: &SignedPush) -> Posted {
    Posted { content_type: "application/x-www-form-urlencoded".to_owned(), body: push.form().into_bytes() }
}

fn habit(seller: Seller) -> Habit {
    match seller {
        Seller::Obliging => Habit::AgreesAtOnce,
        Seller::Shipping => Habit::ShipsAfterPayment,
        Seller::Refusing => Habit::RefusesWithReason,
        Seller::Silent => Habit::NeverAnswers,
        Seller::SellingOut => Habit::OutOfStockAfterPreview,
    }
}

/// A product that is sold by the piece.
fn product(fits: impl Fn(&Product) -> bool) -> Product {
    let catalogue = Catalogue::embedded();
    let single = |p: &&Product| p.min_order == 1 && p.batch == 1 && !p.skus.is_empty() && fits(p);
    catalogue.written().iter().find(single).expect("a product for it").clone()
}

fn cargo(product: &Product, lines: usize, quantity: u32) -> Vec<CargoLine> {
    let skus = product.skus.iter().take(lines);
    let line = |spec| CargoLine { offer_id: product.offer_id, spec_id: Some(spec), quantity };
    skus.map(|sku| line(sku.spec_id.clone())).collect()
}
