//! When the marketplace does not say what became of a write: the truth is found by asking, and nothing is done twice.
//!
//! Each of four writes (create, debit, refund, return) meets each mishap. Found at once, the caller notices nothing; else
//! the answer is 50401 or 50202 and a later try with the same key finds the truth. Without a key the truth reaches the
//! developer by itself. What the marketplace has is read from its own file.

mod batch;
mod cart;
mod ledger;
pub mod mischief;

use crate::{
    answer::Answer,
    ask::Ask,
    claim::{self, before_shipment, parcel},
    persona::Persona,
    purchase::{create_body, fen, goods, line},
    world::{World, on_each_wired},
};
use ledger::Ledger;
use mischief::{Mischief, Mishap};
use platform::Calls;
use serde_json::{Value, json};

const CREATE: &str = "/alibaba/order/create";
const PAY: &str = "/alibaba/order/pay/url";

/// A write whose answer goes astray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Create,
    Debit,
    Refund,
    Return,
}

pub const DEEDS: [Deed; 4] = [Deed::Create, Deed::Debit, Deed::Refund, Deed::Return];

/// A deed that is ready to be done, and how things stood before.
pub struct Scene<'a> {
    world: &'a World,
    me: Persona,
    deed: Deed,
    ask: Ask,
    /// The order or refund that it is about; empty for a create.
    subject: String,
    before: Ledger,
}

impl Deed {
    /// How the marketplace's call ends.
    pub fn call(self) -> &'static str {
        match self {
            Self::Create => ".createCrossOrder",
            Self::Debit => ".preparePay",
            Self::Refund => ".createRefund",
            Self::Return => ".returnGoods",
        }
    }

    pub async fn prepare(self, world: &World) -> Scene<'_> {
        let me = world.another().await;
        let (ask, subject) = match self {
            Self::Create => {
                let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
                (Ask::post(CREATE, &create_body(lines)), String::new())
            }
            Self::Debit => {
                let id = world.order(&me, goods::JEANS, &[1]).await.id();
                (Ask::get(PAY, &[("orderId", &id)]), id)
            }
            Self::Refund => {
                let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
                (Ask::post(claim::CREATE, &before_shipment(&bought)), bought.id())
            }
            Self::Return => {
                // He agrees after an hour, and takes an hour to receive.
                let bought = world.received_order(&me, goods::SLOW, &[1]).await;
                let ask = claim::application(&bought, "returnRefund", "aftersaleBuyerReceived");
                let refund = world.apply(&me, ask).await;
                world.advance(3700).await;
                world.until_refund(&me, &refund, "waitbuyersend").await;
                (Ask::post(claim::RETURN, &parcel(&refund)), refund)
            }
        };
        Scene { before: Ledger::of(world), world, me, deed: self, ask, subject }
    }
}

impl Scene<'_> {
    pub async fn send(&self) -> Answer {
        self.world.send(&self.me, self.ask.clone()).await
    }

    pub async fn send_under(&self, key: &str) -> Answer {
        self.world.send(&self.me, self.ask.clone().key(key)).await
    }

    /// The marketplace has none of it.
    pub fn has_nothing(&self) {
        let now = Ledger::of(self.world);
        assert_eq!((now.orders.len(), now.refunds.len()), (self.before.orders.len(), self.before.refunds.len()));
        assert_eq!(now.money, self.before.money);
        if self.deed == Deed::Return {
            assert_eq!(now.steps(&self.subject), self.before.steps(&self.subject));
        }
    }

    /// The marketplace has it exactly once, and the developer sees it.
    pub async fn happened_once(&self) {
        let (world, me, now) = (self.world, &self.me, Ledger::of(self.world));
        let new = |now: &std::collections::BTreeMap<i64, Value>, then: &std::collections::BTreeMap<i64, Value>| {
            now.keys().filter(|id| !then.contains_key(id)).copied().collect::<Vec<_>>()
        };
        let (orders, refunds) = (new(&now.orders, &self.before.orders), new(&now.refunds, &self.before.refunds));
        let made = (usize::from(self.deed == Deed::Create), usize::from(self.deed == Deed::Refund));
        assert_eq!((orders.len(), refunds.len()), made, "new orders and refunds at the marketplace");
        match self.deed {
            Deed::Create => {
                assert_eq!(world.order_count(me).await, 1);
                assert_eq!(world.order_status(me, orders[0]).await, "waitbuyerpay");
            }
            Deed::Debit => {
                let id: i64 = self.subject.parse().expect("digits");
                let detail = world.order_detail(me, id).await;
                assert_eq!(detail["baseInfo"]["status"], "waitsellersend");
                assert_eq!(self.before.money - now.money, fen(&detail["baseInfo"]["totalAmount"]), "one debit");
                assert_eq!(now.order(id)["status"], "WaitSellerSend");
            }
            Deed::Refund => {
                assert_eq!(world.refund_status(me, &format!("TQ{}", refunds[0])).await, "waitselleragree");
            }
            Deed::Return => {
                assert_eq!(now.steps(&self.subject) - self.before.steps(&self.subject), 1, "one return");
                assert_eq!(world.refund_status(me, &self.subject).await, "waitsellerreceive");
            }
        }
    }
}

/// What a start does, while calls may still be on their way.
async fn recover(world: &World) -> usize {
    let left = world.app.platform.take_over_from_the_dead().await.expect("a database");
    world.app.platform.recover(&left, Calls::MayArrive).await
}

/// Plays `scenario` with each deed.
async fn each_deed(scenario: impl AsyncFn(&Mischief, Scene<'_>)) {
    let mischief = Mischief::default();
    on_each_wired(
        || mischief.wiring(),
        async |world| {
            for deed in DEEDS {
                eprintln!("{deed:?}");
                scenario(&mischief, deed.prepare(world).await).await;
                assert!(mischief.has_struck(), "{deed:?} made no such call");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_comes_too_late_is_found_by_asking_at_once() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Late);
        scene.send_under("K").await.accepted();
        scene.happened_once().await;
        let again = scene.send_under("K").await;
        assert!(again.replayed());
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_cut_is_found_by_asking_at_once() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Cut);
        scene.send().await.accepted();
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_arrives_twice_is_done_once_and_succeeds() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Twice);
        scene.send().await.accepted();
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_known_yet_is_told_so_and_the_same_key_finds_it_later() {
    each_deed(async |mischief, scene| {
        mischief.befall_then_silence(scene.deed.call(), Mishap::Late);
        scene.send_under("K").await.refused(50401);
        scene.send_under("K").await.refused(50401);
        mischief.speak_again();
        let truth = scene.send_under("K").await;
        assert!(!truth.replayed(), "nobody has heard it before");
        let truth = truth.accepted();
        scene.happened_once().await;
        let again = scene.send_under("K").await;
        assert!(again.replayed());
        assert_eq!(again.accepted(), truth);
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_never_arrived_is_made_again_under_the_same_key() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Lost);
        scene.send_under("K").await.refused(50401);
        scene.has_nothing();
        scene.send_under("K").await.accepted();
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_arrives_after_its_repeat_does_nothing_more() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Held);
        scene.send_under("K").await.refused(50401);
        scene.send_under("K").await.accepted();
        mischief.let_arrive().await;
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_arrives_between_asking_and_its_repeat_is_the_one_that_counts() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Held);
        scene.send_under("K").await.refused(50401);
        // The repeat is delivered behind the late one: refused for the state that this has made.
        mischief.befall(scene.deed.call(), Mishap::Twice);
        scene.send_under("K").await.accepted();
        mischief.let_arrive().await;
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_the_truth_comes_by_itself() {
    each_deed(async |mischief, scene| {
        mischief.befall_then_silence(scene.deed.call(), Mishap::Late);
        scene.send().await.refused(50401);
        mischief.speak_again();
        assert!(recover(scene.world).await >= 1);
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_a_call_that_arrives_after_it_was_asked_for_is_found_all_the_same() {
    each_deed(async |mischief, scene| {
        mischief.befall(scene.deed.call(), Mishap::Held);
        scene.send().await.refused(50401);
        recover(scene.world).await;
        scene.has_nothing();
        mischief.let_arrive().await;
        recover(scene.world).await;
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_a_second_request_for_the_same_object_does_not_double_it() {
    each_deed(async |mischief, scene| {
        mischief.befall_then_silence(scene.deed.call(), Mishap::Late);
        scene.send().await.refused(50401);
        mischief.speak_again();
        // A second create without a key is a second order; everything else is about one object.
        if scene.deed != Deed::Create {
            let code = scene.send().await.code();
            assert!([200, 40901, 40902, 40907].contains(&code), "{code}");
        }
        recover(scene.world).await;
        scene.happened_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debit_that_says_no_and_went_through_is_one_debit() {
    let mischief = Mischief::default();
    on_each_wired(
        || mischief.wiring(),
        async |world| {
            let scene = Deed::Debit.prepare(world).await;
            mischief.befall(scene.deed.call(), Mishap::Denied);
            assert_eq!(scene.send_under("K").await.accepted()["protocolPaySuccess"], true);
            scene.happened_once().await;
            let second = Deed::Debit.prepare(world).await;
            mischief.befall(second.deed.call(), Mishap::Denied);
            let bulk = json!({"orderIds": [second.subject]});
            let told = world.post(&second.me, "/alibaba/order/batch/submit/to/pay", bulk).await.accepted();
            assert_eq!(told["protocolPaySuccess"], true);
            second.happened_once().await;
            assert!(mischief.has_struck());
        },
    )
    .await;
}
