//! Delivers push messages and lets time pass. Both run until [`Economy::run`] is told to stop.
//!
//! Messages of one order go out one after the other, orders side by side. A message is removed once it was acknowledged
//! with HTTP 200; when the process dies between the two it is posted again: at least once, as at the upstream.

use super::{
    Economy, Failure,
    outbox::{Push, Travel},
    state::Meta,
};
use crate::faults::PushFault;
use alibaba1688::sign;
use async_trait::async_trait;
use futures::StreamExt;
use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
    time::Duration,
};

/// Messages in one round: what is noted of them is one decision.
const ROUND: usize = 1024;
/// Orders whose messages travel side by side.
const AT_ONCE: usize = 256;
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the clocks are looked at when nothing rings the bell.
const TICK: Duration = Duration::from_millis(250);

/// A message ready to be posted as the form fields `message` and `_aop_signature`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPush {
    pub message: String,
    pub signature: String,
}

impl SignedPush {
    /// The body, `application/x-www-form-urlencoded`.
    pub fn form(&self) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("message", &self.message).append_pair("_aop_signature", &self.signature);
        form.finish()
    }
}

/// Where push messages go.
#[async_trait]
pub trait PushTarget: Send + Sync {
    /// Posts the form and answers the HTTP status; `None` when nobody answered.
    async fn post(&self, push: &SignedPush) -> Option<u16>;
}

impl Economy {
    /// Sets or replaces where push messages go. Without a target they wait for the read-back calls.
    pub fn set_push_target(&self, target: Arc<dyn PushTarget>) {
        *self.inner.target.write().unwrap_or_else(PoisonError::into_inner) = Some(target);
        self.inner.bell.notify_one();
    }

    /// Fires what becomes due as time passes and delivers messages, until `shutdown` is ready.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = shutdown => {}
            () = self.let_time_pass() => {}
            () = self.deliver_forever() => {}
        }
    }

    async fn let_time_pass(&self) {
        loop {
            let now = self.now();
            let due = self.state().next_timer().is_some_and(|(at, _)| at <= now);
            if due {
                // Nothing happens while it cannot be written down; it is late then, and not lost.
                drop(self.decide(|_| Ok(())).await);
            }
            tokio::time::sleep(TICK).await;
        }
    }

    async fn deliver_forever(&self) {
        loop {
            match self.deliver_due().await {
                // What cannot be written down is pushed again when it can.
                Err(_) | Ok(0) => self.rest().await,
                Ok(_) => {}
            }
        }
    }

    async fn rest(&self) {
        // Either way the clocks are looked at again.
        drop(tokio::time::timeout(TICK, self.inner.bell.notified()).await);
    }

    /// One round of deliveries; answers how many messages were tried.
    pub async fn deliver_due(&self) -> Result<usize, Failure> {
        let target = self.inner.target.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(target) = target else { return Ok(0) };
        if self.travel() != Travel::Posted || !self.anything_due() {
            return Ok(0);
        }
        let due = self.decide(|world| Ok(world.state.due_pushes(world.now, world.wall, ROUND))).await?;
        let mut orders: BTreeMap<_, Vec<Push>> = BTreeMap::new();
        for push in due {
            orders.entry(push.order).or_default().push(push);
        }
        let delivered =
            orders.into_values().map(|pushes| tokio::spawn(self.clone().deliver_order(target.clone(), pushes)));
        let delivered = futures::stream::iter(delivered).buffer_unordered(AT_ONCE);
        // What panicked was not acknowledged: it is due again.
        let tried: Vec<(i64, bool)> =
            delivered.filter_map(async |done| done.ok()).collect::<Vec<_>>().await.into_iter().flatten().collect();
        self.settle(&tried).await?;
        Ok(tried.len())
    }

    fn anything_due(&self) -> bool {
        let (now, wall) = (self.now(), self.wall());
        !self.state().due_pushes(now, wall, 1).is_empty()
    }

    async fn settle(&self, tried: &[(i64, bool)]) -> Result<(), Failure> {
        self.decide(|world| {
            for (id, acknowledged) in tried {
                if *acknowledged {
                    world.state.drop_push(*id);
                } else if let Some(mut push) = world.state.push(*id).cloned() {
                    push.failed(world.now);
                    world.state.put_push(push);
                }
            }
            Ok(())
        })
        .await
    }

    /// Messages that nobody has acknowledged, oldest first.
    pub fn undelivered(&self) -> Vec<Push> {
        if self.travel() == Travel::Withheld {
            return Vec::new();
        }
        let wall = self.wall();
        let mut left: Vec<Push> = self.state().pushes().filter(|p| p.hold_until <= wall).cloned().collect();
        left.sort_by_key(|p| (p.born_at, p.order, p.serial));
        left
    }

    /// What becomes of messages now.
    pub fn travel(&self) -> Travel {
        self.state().meta.pushes
    }

    /// How many messages nobody has acknowledged.
    pub fn waiting(&self) -> usize {
        self.state().pushes().count()
    }

    /// Lets messages travel, or keeps them from it, those that wait already included.
    pub async fn let_travel(&self, pushes: Travel) -> Result<(), Failure> {
        self.decide(|world| {
            let meta = world.state.meta;
            world.state.set_meta(Meta { pushes, ..meta });
            Ok(())
        })
        .await
    }

    /// Takes messages as acknowledged; unknown ids are left out. Answers how many there were.
    pub async fn confirm(&self, ids: &[i64]) -> Result<usize, Failure> {
        self.decide(|world| Ok(ids.iter().filter(|id| world.state.drop_push(**id)).count())).await
    }

    async fn deliver_order(self, target: Arc<dyn PushTarget>, pushes: Vec<Push>) -> Vec<(i64, bool)> {
        let mut tried = Vec::with_capacity(pushes.len());
        for push in pushes {
            tried.push((push.id, self.deliver(target.as_ref(), &push).await));
        }
        tried
    }

    async fn deliver(&self, target: &dyn PushTarget, push: &Push) -> bool {
        let secret = self.inner.app_secret.as_str();
        let mut genuine = signed(secret, &push.body);
        let mut copies = push.copies.max(1);
        match self.faults().of_push(self, push) {
            None => {}
            Some(PushFault::BadSignature) => genuine.signature = sign::push("of somebody else", &push.body),
            Some(PushFault::Duplicate) => copies += 1,
            Some(PushFault::Foreign) => {
                if let Some(foreign) = self.faults().foreign(self, push) {
                    post(target, &signed(secret, &foreign)).await;
                }
            }
        }
        let mut acknowledged = false;
        for _ in 0..copies {
            acknowledged |= post(target, &genuine).await;
        }
        acknowledged
    }
}

fn signed(secret: &str, message: &str) -> SignedPush {
    SignedPush { message: message.to_owned(), signature: sign::push(secret, message) }
}

/// Whether it was acknowledged.
async fn post(target: &dyn PushTarget, push: &SignedPush) -> bool {
    tokio::time::timeout(PATIENCE, target.post(push)).await.ok().flatten() == Some(200)
}
