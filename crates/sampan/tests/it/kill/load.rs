//! Callers who buy, pay and ask for their money back without a pause, as real clients do: a step whose answer did not come
//! is sent again under the same `Idempotency-Key`, signed anew, until there is an answer. What was acknowledged is
//! remembered, and is what an installation must still know after whatever befell it.

use super::server::{Server, credentials};
use crate::purchase::{create_body, goods, line};
use client::{Client, ClientError, Request};
use http::Method;
use sampan::story::Inbox;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// How long a step is repeated before it counts as stuck.
const AGAIN_FOR: Duration = Duration::from_secs(60);
/// How long a buyer waits for an answer; longer than any may take.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);
/// So many purchases show that it goes on.
const ENOUGH: usize = 8;
/// Answers after which a client with a key tries again. 40105: signed just before a start, to be signed anew.
const AGAIN: [u32; 7] = [40105, 40910, 50001, 50202, 50301, 50401, 42901];
/// Their sellers agree to refunds; one of them has its pushes posted twice, one out of order.
const OFFERS: [i64; 3] = [goods::JEANS, goods::PUSHES_TWICE, goods::OUT_OF_ORDER];

/// What a purchase has come to, as far as its buyer was told.
#[derive(Debug, Clone, Default)]
pub struct Purchase {
    pub order: Option<i64>,
    pub paid: bool,
    pub refund: Option<String>,
}

/// Buyers at work.
pub struct Load {
    pub client: Client,
    pub inbox: Inbox,
    run: String,
    specs: Vec<(i64, String)>,
    purchases: Mutex<Vec<Purchase>>,
    answers: Mutex<BTreeMap<String, usize>>,
    longest_step: Mutex<Duration>,
    longest_answer: Mutex<Duration>,
    stopped: AtomicBool,
}

impl Load {
    /// Buyers of a started server, whose receiver is registered; nobody buys yet.
    pub async fn at(server: &Server) -> Self {
        let credentials = credentials(&server.data);
        let client = Client::new(format!("http://{}", server.address), credentials.clone()).expect("a client");
        let load = Self {
            client: client.with_timeout(PATIENCE).expect("a client"),
            inbox: Inbox::open(credentials).await.expect("a receiver"),
            run: hex::encode(&sampan::app::random()[..4]),
            specs: Vec::new(),
            purchases: Mutex::default(),
            answers: Mutex::default(),
            longest_step: Mutex::default(),
            longest_answer: Mutex::default(),
            stopped: AtomicBool::new(false),
        };
        load.post("set", "/developer/callback/set", json!({"url": load.inbox.url})).await;
        let passed = load.post("verify", "/developer/callback/verify", json!({})).await;
        assert_eq!(passed["passed"], true, "{passed}");
        let mut specs = Vec::new();
        for offer in OFFERS {
            let ask = json!({"offerId": offer, "country": "en"});
            let product = super::evidence::ask(&load.client, "/alibaba/product/detail/get", ask).await;
            specs.push((offer, product["productSkuInfos"][0]["specId"].as_str().expect("a text").to_owned()));
        }
        Self { specs, ..load }
    }

    /// So many buyers, each with one purchase after the other until the load is stopped; the last ones are finished.
    pub async fn run(&self, buyers: usize) {
        futures::future::join_all((0..buyers).map(|_| self.buy_on())).await;
    }

    /// No purchase begins any more.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    async fn buy_on(&self) {
        while !self.stopped.load(Ordering::SeqCst) {
            self.buy(self.begin()).await;
        }
    }

    fn begin(&self) -> usize {
        let mut purchases = lock(&self.purchases);
        purchases.push(Purchase::default());
        purchases.len() - 1
    }

    async fn buy(&self, number: usize) {
        let (offer, spec) = &self.specs[number % self.specs.len()];
        let body = create_body(json!([line(*offer, spec, 1)]));
        let created = self.post(&format!("{number}-create"), "/alibaba/order/create", body).await;
        let bought = crate::purchase::Bought::of(&created[0]);
        assert_eq!(created.as_array().map(Vec::len), Some(1), "{created}");
        self.told(number, |purchase| purchase.order = Some(bought.order));
        let pay = Request::new(Method::GET, "/alibaba/order/pay/url").query("orderId", bought.id());
        let paid = self.step(&format!("{number}-pay"), pay).await;
        assert_eq!(paid["protocolPaySuccess"], true, "{paid}");
        self.told(number, |purchase| purchase.paid = true);
        let application = crate::claim::before_shipment(&bought);
        let opened = self.post(&format!("{number}-refund"), crate::claim::CREATE, application).await;
        let refund = opened["refundId"].as_str().expect("a text").to_owned();
        self.told(number, |purchase| purchase.refund = Some(refund));
    }

    fn told(&self, number: usize, what: impl FnOnce(&mut Purchase)) {
        what(&mut lock(&self.purchases)[number]);
    }

    async fn post(&self, name: &str, path: &str, body: Value) -> Value {
        self.step(name, Request::new(Method::POST, path).json(body.to_string())).await
    }

    /// One write, to its end.
    async fn step(&self, name: &str, request: Request) -> Value {
        let key = format!("{}-{name}", self.run);
        let request = request.idempotency_key(&key).expect("a key");
        let began = Instant::now();
        loop {
            let sent = Instant::now();
            let told = self.client.send(&request).await.and_then(client::Reply::accepted);
            longer(&self.longest_answer, sent.elapsed());
            self.count(&told);
            match told {
                Ok(reply) => {
                    longer(&self.longest_step, began.elapsed());
                    return reply.data().expect("JSON");
                }
                Err(error) if is_passing(&error) && began.elapsed() < AGAIN_FOR => tokio::time::sleep(PAUSE).await,
                Err(error) => panic!("{name} after {:?}: {error}", began.elapsed()),
            }
        }
    }

    fn count(&self, told: &Result<client::Reply, ClientError>) {
        let word = match told {
            Ok(_) => "200".to_owned(),
            Err(ClientError::Api(refusal)) => refusal.code.to_string(),
            Err(ClientError::Unreachable { .. }) => "unreachable".to_owned(),
            Err(ClientError::Interrupted { .. }) => "interrupted".to_owned(),
            Err(other) => other.to_string(),
        };
        *lock(&self.answers).entry(word).or_default() += 1;
    }

    /// What every buyer was told so far.
    pub fn purchases(&self) -> Vec<Purchase> {
        lock(&self.purchases).clone()
    }

    /// How often each answer came, by code; what brought no answer by its kind.
    pub fn answers(&self) -> BTreeMap<String, usize> {
        lock(&self.answers).clone()
    }

    /// The longest that a step took to its end, repeats included.
    pub fn longest_step(&self) -> Duration {
        *lock(&self.longest_step)
    }

    /// The longest that one try waited for its answer.
    pub fn longest_answer(&self) -> Duration {
        *lock(&self.longest_answer)
    }

    /// Waits until purchases come to their end again, though nobody has touched the server.
    pub async fn heals_within(&self, limit: Duration) {
        let (began, before) = (Instant::now(), self.finished());
        while self.finished() < before + ENOUGH {
            assert!(began.elapsed() < limit, "no purchase comes to its end any more: {:?}", self.answers());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        eprintln!("at work again after {:?}", began.elapsed());
    }

    /// How many purchases have come to their end.
    pub fn finished(&self) -> usize {
        lock(&self.purchases).iter().filter(|purchase| purchase.refund.is_some()).count()
    }

    /// Everything that was acknowledged is there for its buyer.
    pub async fn sees(&self, purchases: &[Purchase]) {
        for purchase in purchases {
            let Some(order) = purchase.order else { continue };
            let body = json!({"webSite": "1688", "orderId": order.to_string()});
            let detail = super::evidence::ask(&self.client, "/alibaba/order/detail", body).await;
            let unpaid = detail["baseInfo"]["status"] == "waitbuyerpay";
            assert!(!(purchase.paid && unpaid), "order {order} was paid, and is not any more");
            if let Some(refund) = &purchase.refund {
                let body = json!({"refundId": refund});
                let info = super::evidence::ask(&self.client, "/alibaba/refund/info", body).await;
                assert_eq!(info["refundId"], refund.as_str(), "{info}");
            }
        }
    }
}

/// Whether a client with a key would try again.
fn is_passing(error: &ClientError) -> bool {
    error.is_temporary() || matches!(error, ClientError::Api(refusal) if AGAIN.contains(&refusal.code))
}

fn longer(longest: &Mutex<Duration>, took: Duration) {
    let mut longest = lock(longest);
    *longest = longest.max(took);
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
