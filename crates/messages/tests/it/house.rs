//! A house with a deliverer: storage in a folder of its own, two clocks that a test moves, developers with receivers.

use domain::{DeveloperId, MessageId, Timestamp, UserId};
use messages::{AddressRule, Clock, Clocks, DeliverConfig, Deliverer, StoredCredentials};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use storage::{
    Changes, MasterKey, Secret, Storage,
    records::{AccessKey, Attempt, Delivery, DeliveryState, Developer, Message, ObjectKind, Standing},
};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

pub const WALL: Timestamp = Timestamp(1_779_263_269_913);
pub const WORLD: Timestamp = Timestamp(1_800_000_000_000);
pub const SECRET: &str = "fedcba9876543210fedcba9876543210";

pub fn developer(n: i64) -> DeveloperId {
    DeveloperId::new(n).unwrap()
}

pub fn access_key(n: i64) -> String {
    format!("{n:032x}")
}

pub struct House {
    pub storage: Storage,
    pub wall: Arc<AtomicI64>,
    pub world: Arc<AtomicI64>,
    _folder: TempDir,
}

fn clock(hand: &Arc<AtomicI64>) -> Clock {
    let hand = Arc::clone(hand);
    Arc::new(move || Timestamp(hand.load(Ordering::SeqCst)))
}

impl House {
    pub async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::parse(&MasterKey::generate().unwrap()).unwrap();
        let storage = Storage::open_sqlite(folder.path().join("sampan.db"), key).await.unwrap();
        let hand = |at: Timestamp| Arc::new(AtomicI64::new(at.0));
        Self { storage, wall: hand(WALL), world: hand(WORLD), _folder: folder }
    }

    pub fn deliverer(&self, timeout_ms: u64) -> Arc<Deliverer> {
        let allowed = AddressRule::loopback();
        let config = DeliverConfig { timeout_ms, allowed, poll_ms: 20, ..DeliverConfig::default() };
        let clocks = Clocks { wall: clock(&self.wall), world: clock(&self.world) };
        let credentials = StoredCredentials::new(self.storage.clone(), clock(&self.wall));
        Arc::new(Deliverer::new(self.storage.clone(), clocks, config, Arc::new(credentials)))
    }

    /// A deliverer that runs until it is stopped.
    pub fn delivering(&self, timeout_ms: u64) -> Running {
        let deliverer = self.deliverer(timeout_ms);
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(Arc::clone(&deliverer).run(async move {
            stopped.await.ok();
        }));
        Running { deliverer, stop, task }
    }

    pub async fn developer(&self, n: i64, url: Option<String>, verified: bool) -> Developer {
        let developer = Developer {
            id: developer(n),
            name: format!("developer {n}"),
            editions: "v1,v2,ka".to_owned(),
            message_edition: "v1".to_owned(),
            status: Standing::Active,
            default_user: UserId::new(2_100_000_000_000 + n).unwrap(),
            callback_url: url,
            callback_verified_at: verified.then_some(WALL),
            callback_paused_at: None,
            settings: "{}".to_owned(),
            created_at: WALL,
            version: 1,
        };
        let key = AccessKey {
            access_key: access_key(n),
            developer_id: developer.id,
            secret: Secret::new(SECRET.as_bytes().to_vec()),
            created_at: WALL,
            expires_at: None,
        };
        self.storage.commit(Changes::new().insert_developer(&developer).insert_access_key(&key)).await.unwrap();
        developer
    }

    /// Commits a message about order 1 whose delivery waits.
    pub async fn message(&self, n: i64, id: i64) -> MessageId {
        let message = Message {
            developer_id: developer(n),
            id: MessageId::new(id).unwrap(),
            object_kind: ObjectKind::Order,
            object_id: 1,
            sequence: id,
            message_type: "ORDER_BUYER_VIEW_ORDER_PAY".to_owned(),
            platform: 1,
            edition: "v1".to_owned(),
            body: r#"{"baseInfo":{"id":3296622397216134260}}"#.to_owned(),
            event: "{}".to_owned(),
            request_id: None,
            created_at: WORLD,
        };
        let delivery = Delivery::queued(&message, DeliveryState::Pending, WORLD);
        self.storage.commit(Changes::new().message(&message, &delivery)).await.unwrap();
        message.id
    }

    pub fn pass_world(&self, ms: i64) {
        self.world.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn pass_wall(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }

    pub async fn delivery(&self, n: i64, id: MessageId) -> Delivery {
        self.storage.delivery(developer(n), id).await.unwrap().unwrap()
    }

    pub async fn attempts(&self, n: i64, id: MessageId) -> Vec<Attempt> {
        let filter = storage::MessageFilter { ids: vec![id], ..Default::default() };
        let page = self.storage.messages(developer(n), &filter, 0, 1).await.unwrap();
        page.items.into_iter().next().unwrap().attempts
    }

    /// Waits until a delivery is as wanted; fails after five seconds with how it stands.
    pub async fn until(&self, n: i64, id: MessageId, wanted: impl Fn(&Delivery) -> bool) -> Delivery {
        for _ in 0..500 {
            let delivery = self.delivery(n, id).await;
            if wanted(&delivery) {
                return delivery;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("still {:?}", self.delivery(n, id).await);
    }

    pub async fn until_state(&self, n: i64, id: MessageId, state: DeliveryState) -> Delivery {
        self.until(n, id, |d| d.state == state).await
    }
}

pub struct Running {
    pub deliverer: Arc<Deliverer>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    pub async fn stop(self) {
        self.stop.send(()).ok();
        self.task.await.unwrap();
    }
}
