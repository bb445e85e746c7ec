//! Push messages: when they travel, how often, and that nobody loses one.

use super::kit::{SECRET, World, cargo_of};
use crate::{
    catalogue::Habit,
    economy::{PushTarget, SignedPush},
};
use alibaba1688::sign;
use async_trait::async_trait;
use serde_json::Value;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

/// Remembers what it was sent and answers as told.
struct Receiver {
    seen: Mutex<Vec<SignedPush>>,
    status: AtomicU16,
}

#[async_trait]
impl PushTarget for Receiver {
    async fn post(&self, push: &SignedPush) -> Option<u16> {
        self.seen.lock().unwrap().push(push.clone());
        Some(self.status.load(Ordering::SeqCst)).filter(|s| *s != 0)
    }
}

impl Receiver {
    fn answering(status: u16) -> Arc<Self> {
        Arc::new(Self { seen: Mutex::default(), status: AtomicU16::new(status) })
    }

    fn topics(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|p| read(p)["type"].as_str().unwrap().to_owned()).collect()
    }
}

fn read(push: &SignedPush) -> Value {
    serde_json::from_str(&push.message).unwrap()
}

#[tokio::test]
async fn a_message_is_signed_delivered_once_and_gone() {
    let world = World::new().await;
    let receiver = Receiver::answering(200);
    world.economy.set_push_target(receiver.clone());
    let id = world.order(&cargo_of(Habit::AgreesAtOnce, 1), "p").await;
    assert_eq!(world.economy.deliver_due().await.unwrap(), 1);
    assert_eq!(world.economy.deliver_due().await.unwrap(), 0);
    let push = receiver.seen.lock().unwrap()[0].clone();
    assert!(sign::verify_push(SECRET, &push.message, &push.signature));
    assert!(push.form().starts_with("message=%7B") && push.form().contains("&_aop_signature="));
    let message = read(&push);
    assert_eq!(message["type"], "ORDER_BUYER_VIEW_BUYER_MAKE");
    assert_eq!(message["data"]["orderId"], id.get());
    assert_eq!(message["data"]["currentStatus"], "waitbuyerpay");
    assert_eq!(message["userInfo"], message["data"]["buyerMemberId"]);
    assert!(world.economy.undelivered().is_empty());
}

#[tokio::test]
async fn a_refused_message_is_repeated_after_one_five_and_thirty_minutes() {
    let world = World::new().await;
    let receiver = Receiver::answering(500);
    world.economy.set_push_target(receiver.clone());
    world.order(&cargo_of(Habit::AgreesAtOnce, 1), "p").await;
    assert_eq!(world.economy.deliver_due().await.unwrap(), 1);
    for minutes in [1, 5, 30] {
        world.economy.advance(minutes * 60 - 1).await.unwrap();
        assert_eq!(world.economy.deliver_due().await.unwrap(), 0, "{minutes}");
        world.economy.advance(1).await.unwrap();
        assert_eq!(world.economy.deliver_due().await.unwrap(), 1, "{minutes}");
    }
    world.economy.advance(86_400).await.unwrap();
    assert_eq!(world.economy.deliver_due().await.unwrap(), 0, "then it is left there");
    let world = world.restart().await;
    let left = world.economy.undelivered();
    assert_eq!(left.iter().map(|p| p.tries).collect::<Vec<_>>(), [4]);
    assert_eq!(world.economy.confirm(&[left[0].id, 5]).await.unwrap(), 1);
    assert!(world.economy.undelivered().is_empty());
}

#[tokio::test]
async fn pushes_twice_with_the_same_number() {
    let world = World::new().await;
    let receiver = Receiver::answering(200);
    world.economy.set_push_target(receiver.clone());
    world.order(&cargo_of(Habit::PushesTwice, 1), "p").await;
    world.economy.deliver_due().await.unwrap();
    let seen = receiver.seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 2);
    assert_eq!(read(&seen[0])["msgId"], read(&seen[1])["msgId"]);
}

#[tokio::test]
async fn pushes_late_by_the_wall() {
    let world = World::new().await;
    let receiver = Receiver::answering(200);
    world.economy.set_push_target(receiver.clone());
    world.order(&cargo_of(Habit::PushesLate, 1), "p").await;
    world.economy.advance(600).await.unwrap();
    assert_eq!(world.economy.deliver_due().await.unwrap(), 0, "a jump of the world's clock brings it no nearer");
    world.wait_ms(20_000);
    assert_eq!(world.economy.deliver_due().await.unwrap(), 1);
}

#[tokio::test]
async fn pushes_out_of_order() {
    let world = World::new().await;
    let receiver = Receiver::answering(200);
    world.economy.set_push_target(receiver.clone());
    let id = world.order(&cargo_of(Habit::PushesOutOfOrder, 1), "p").await;
    world.economy.deliver_due().await.unwrap();
    world.economy.pay(id).await.unwrap();
    world.economy.deliver_due().await.unwrap();
    world.wait_ms(5_000);
    world.economy.deliver_due().await.unwrap();
    assert_eq!(receiver.topics(), ["ORDER_BUYER_VIEW_ORDER_PAY", "ORDER_BUYER_VIEW_BUYER_MAKE"]);
}

#[tokio::test]
async fn the_running_economy_delivers_by_itself_and_stops_when_told() {
    let world = World::new().await;
    let receiver = Receiver::answering(200);
    world.economy.set_push_target(receiver.clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(world.economy.clone().run(async { drop(stopped.await) }));
    world.order(&cargo_of(Habit::AgreesAtOnce, 1), "p").await;
    for _ in 0..100 {
        if !receiver.topics().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(receiver.topics(), ["ORDER_BUYER_VIEW_BUYER_MAKE"]);
    stop.send(()).unwrap();
    running.await.unwrap();
}

#[tokio::test]
async fn a_parcel_tells_its_stops() {
    let world = World::new().await;
    let id = world.paid_order(Habit::ShipsAfterPayment).await;
    world.economy.advance(3 * 86_400).await.unwrap();
    let stops: Vec<String> = world
        .economy
        .undelivered()
        .iter()
        .filter_map(|p| {
            serde_json::from_str::<Value>(&p.body).unwrap()["data"]["OrderLogisticsTracingModel"]["statusChanged"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(stops, ["CONSIGN", "ACCEPT", "TRANSPORT", "DELIVERING", "SIGN"]);
    let view = world.detail(id).await;
    assert_eq!(view["productItems"][0]["logisticsStatus"], 2);
}
