//! A world of its own for each test, with a clock on the wall that the test moves.

use crate::{
    api::{Answer, ApiError, Caller, Params},
    calls::{order, payment, refund},
    catalogue::{Catalogue, Habit, Product},
    economy::{Economy, Setup},
    pictures::Look,
};
use bytes::Bytes;
use domain::{AccountId, OrderId, RefundId, Timestamp};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tempfile::TempDir;

/// 2026-10-01 10:00:00 in UTC+8.
pub const START: i64 = 1_790_820_000_000;
pub const SECRET: &str = "sample-secret";

pub struct World {
    pub economy: Economy,
    pub wall: Arc<AtomicI64>,
    pub dir: TempDir,
}

impl World {
    pub async fn new() -> Self {
        Self::seeded(7).await
    }

    pub async fn seeded(seed: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let wall = Arc::new(AtomicI64::new(START));
        let economy = open(&dir, &wall, seed).await;
        Self { economy, wall, dir }
    }

    /// Lets the process die without a word and starts the next on the same file.
    pub async fn restart(self) -> Self {
        let Self { economy, wall, dir } = self;
        drop(economy);
        let economy = open(&dir, &wall, 99).await;
        Self { economy, wall, dir }
    }

    /// The world as it lies on disk at this moment, in a process of its own: what a kill would leave.
    pub async fn as_on_disk(&self) -> Self {
        let dir = TempDir::new().unwrap();
        for entry in std::fs::read_dir(self.dir.path()).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
        }
        drop(std::fs::remove_file(dir.path().join("economy.sqlite-shm")));
        let wall = self.wall.clone();
        Self { economy: open(&dir, &wall, 99).await, wall, dir }
    }

    pub fn wait_ms(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }

    pub async fn preview(&self, cargo: &Value) -> Value {
        body(order::preview(&self.economy, &buyer(), &params(&address_and(cargo, &[]))).await)
    }

    pub async fn create(&self, cargo: &Value, number: &str) -> Value {
        let fields = address_and(cargo, &[("flow", "general"), ("outOrderId", number)]);
        body(order::create_cross_order(&self.economy, &buyer(), &params(&fields)).await)
    }

    /// Makes an order and answers its id.
    pub async fn order(&self, cargo: &Value, number: &str) -> OrderId {
        let made = self.create(cargo, number).await;
        assert_eq!(made["success"], true, "{made}");
        made["result"]["orderId"].as_str().unwrap().parse().unwrap()
    }

    pub async fn paid_order(&self, habit: Habit) -> OrderId {
        let id = self.order(&cargo_of(habit, 2), &format!("{habit:?}")).await;
        self.economy.pay(id).await.unwrap();
        id
    }

    pub async fn detail(&self, id: OrderId) -> Value {
        let fields = [("webSite", "1688".to_owned()), ("orderId", id.to_string())];
        body(order::get_buyer_view(&self.economy, &buyer(), &params(&fields)).await)["result"].take()
    }

    pub async fn cancel(&self, id: OrderId) -> Value {
        let fields = [("tradeID", id.to_string()), ("cancelReason", "buyerCancel".to_owned())];
        body(order::cancel(&self.economy, &buyer(), &params(&fields)).await)
    }

    pub async fn receive(&self, id: OrderId) -> Value {
        let fields = [("orderId", id.to_string()), ("orderEntryIds", json!(entries(&self.economy, id)).to_string())];
        body(order::receivegoods_confirm(&self.economy, &buyer(), &params(&fields)).await)
    }

    pub async fn debit(&self, id: OrderId) -> Value {
        let fields = [("tradeWithholdPreparePayParam", json!({"orderId": id}).to_string())];
        body(payment::prepare_pay(&self.economy, &buyer(), &params(&fields)).await)
    }

    pub async fn apply(&self, ask: &Ask) -> Value {
        body(refund::create_refund(&self.economy, &buyer(), &params(&ask.fields())).await)
    }

    /// Opens a refund and answers its id.
    pub async fn refund(&self, ask: &Ask) -> RefundId {
        let made = self.apply(ask).await;
        assert_eq!(made["result"]["success"], true, "{made}");
        made["result"]["result"]["refundId"].as_str().unwrap().parse().unwrap()
    }

    pub async fn refund_detail(&self, id: RefundId) -> Value {
        self.refund_detail_of(buyer(), id).await
    }

    pub async fn refund_detail_of(&self, who: Caller, id: RefundId) -> Value {
        let yes = || "true".to_owned();
        let fields = [("refundId", id.to_string()), ("needTimeOutInfo", yes()), ("needOrderRefundOperation", yes())];
        let mut answer = body(refund::op_query_order_refund(&self.economy, &who, &params(&fields)).await);
        answer["result"]["opOrderRefundModelDetail"].take()
    }

    pub async fn send_back(&self, id: RefundId, company: &str, bill: &str) -> Value {
        let fields = [
            ("refundId", id.to_string()),
            ("logisticsCompanyNo", company.to_owned()),
            ("freightBill", bill.to_owned()),
            ("description", "发货说明".to_owned()),
        ];
        body(refund::return_goods(&self.economy, &buyer(), &params(&fields)).await)
    }

    pub async fn cancel_refund(&self, id: RefundId) -> Value {
        let fields = [("refundId", id.to_string())];
        body(refund::cancel_refund(&self.economy, &Caller { account: None }, &params(&fields)).await)
    }

    pub async fn upload(&self, bytes: Vec<u8>) -> Value {
        let files = BTreeMap::from([("imageData".to_owned(), Bytes::from(bytes))]);
        let params = Params::new(BTreeMap::new(), files);
        body(refund::upload_refund_voucher(&self.economy, &buyer(), &params).await)
    }

    /// Topics of the messages of an order that nobody has acknowledged, oldest first.
    pub fn topics(&self, id: OrderId) -> Vec<String> {
        self.economy.undelivered().into_iter().filter(|p| p.order == id).map(|p| p.topic).collect()
    }

    pub fn status(&self, id: OrderId) -> String {
        self.economy.order(id).unwrap().order.status.word().to_owned()
    }

    pub fn refund_status(&self, id: RefundId) -> &'static str {
        self.economy.refund(id).unwrap().refund.status.word()
    }
}

/// An application; [`Ask::all`] asks for everything of an order.
#[derive(Clone)]
pub struct Ask {
    pub order: OrderId,
    pub entries: Value,
    pub request: &'static str,
    pub goods: &'static str,
    pub payment: i64,
    pub carriage: i64,
    pub reason: i64,
    pub description: String,
    pub vouchers: Value,
    pub counts: Option<Value>,
}

impl Ask {
    pub fn all(economy: &Economy, order: OrderId, request: &'static str, goods: &'static str) -> Self {
        let record = economy.order(order).unwrap().order;
        Self {
            order,
            entries: json!(record.lines.iter().map(|l| l.id).collect::<Vec<_>>()),
            request,
            goods,
            payment: record.goods().0,
            carriage: record.shipping_fee.0,
            reason: 20028,
            description: "不想要了".to_owned(),
            vouchers: json!([]),
            counts: None,
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("orderId", self.order.to_string()),
            ("orderEntryIds", self.entries.to_string()),
            ("disputeRequest", self.request.to_owned()),
            ("goodsStatus", self.goods.to_owned()),
            ("applyPayment", self.payment.to_string()),
            ("applyCarriage", self.carriage.to_string()),
            ("applyReasonId", self.reason.to_string()),
            ("description", self.description.clone()),
            ("vouchers", self.vouchers.to_string()),
        ];
        fields.extend(self.counts.as_ref().map(|c| ("orderEntryCountList", c.to_string())));
        fields
    }
}

pub async fn open(dir: &TempDir, wall: &Arc<AtomicI64>, seed: u64) -> Economy {
    let clock = wall.clone();
    let setup = Setup {
        path: dir.path().join("economy.sqlite"),
        seed,
        wall: Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))),
        catalogue: Catalogue::embedded(),
        look: Look::in_folder(Catalogue::embedded(), dir.path()),
        public_url: "http://sandbox.test".to_owned(),
        app_secret: SECRET.to_owned(),
    };
    Economy::open(setup).await.unwrap()
}

/// The account for general use.
pub fn buyer() -> Caller {
    account(3)
}

pub fn account(id: i64) -> Caller {
    Caller { account: Some(AccountId::new(id).unwrap()) }
}

/// Lines of a product with this habit: up to `lines` specifications, its minimum of each.
pub fn cargo_of(habit: Habit, lines: usize) -> Value {
    let catalogue = Catalogue::embedded();
    let fits = |p: &&Product| p.habit == habit && p.skus.len() >= lines && p.batch == 1;
    let product = catalogue.written().iter().find(fits).unwrap_or_else(|| panic!("no product for {habit:?}"));
    cargo(product, lines, product.min_order.max(1))
}

pub fn cargo(product: &Product, lines: usize, quantity: u32) -> Value {
    let skus = product.skus.iter().take(lines);
    let line = |spec: &str| json!({"offerId": product.offer_id, "specId": spec, "quantity": f64::from(quantity)});
    Value::Array(skus.map(|s| line(s.spec_id.as_str())).collect())
}

pub fn entries(economy: &Economy, id: OrderId) -> Vec<i64> {
    economy.order(id).unwrap().order.lines.iter().map(|l| l.id.get()).collect()
}

pub fn params<N: AsRef<str>>(fields: &[(N, String)]) -> Params {
    Params::new(fields.iter().map(|(n, v)| (n.as_ref().to_owned(), v.clone())).collect(), BTreeMap::new())
}

/// The JSON of an answer, failure or not.
pub fn body(answer: Answer) -> Value {
    match answer {
        Ok(value) | Err(ApiError::Answer(value)) => value,
        Err(ApiError::Gateway { code, message, .. }) => json!({"error_code": code, "error_message": message}),
    }
}

fn address_and(cargo: &Value, more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let address = json!({
        "fullName": "test", "mobile": "13800000000", "postCode": "532600", "cityText": "崇左市",
        "provinceText": "凭祥市区", "areaText": "凭祥市区", "address": "测试", "districtCode": "451481",
    });
    let mut fields = vec![("addressParam", address.to_string()), ("cargoParamList", cargo.to_string())];
    fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    fields
}

/// The smallest picture that is a jpg.
pub fn jpg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(2, 2).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}
