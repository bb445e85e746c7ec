//! The delivery loop: claim what is due, deliver, record.
//!
//! - What is claimed is under a lease of wall time; whoever dies leaves it to be claimed again, so a message is delivered at
//!   least once and its id tells the receiver of doubles.
//! - When a message is due is world time; what its envelope says and is signed with is wall time.
//! - Isolation: storage gives places in turns over the developers, a receiver has more of them under way only once it has
//!   proven itself ([`windows`]), calls to proven receivers have places that others cannot take, and every delivery is a
//!   task of its own. So a receiver that never answers costs its own messages time and nobody else's.
//!
//! Rejected: a queue in memory fed by commits. It would be a second truth beside the table, to be rebuilt after a crash.

mod one;
mod pause;
mod round;
mod windows;

use crate::{
    address::AddressRule,
    callback_url::{CallbackUrl, UrlError},
    connect::platform_tls,
    post::{Outcome as Posted, PostLimits, Poster},
    resolve::{Resolve, SystemResolver},
    schedule::Schedule,
    target::{Credentials, Target},
    topics::MessageEdition,
    verify::{VerifyError, verify},
};
use domain::{DeveloperId, Timestamp};
use futures::FutureExt;
use std::{fmt, future::Future, sync::Arc, time::Duration};
use storage::{CommitError, Dates, Storage};
use tokio::{sync::Notify, task::JoinSet};
use windows::Windows;

/// A clock that differs by less was not set back: machines that share a database are never quite of one mind.
const SET_BACK_MS: i64 = 60_000;

/// An instant, asked for.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The two times of the house.
#[derive(Clone)]
pub struct Clocks {
    /// What others measure: leases, signatures, the envelope's timestamp.
    pub wall: Clock,
    /// What the story measures: when an attempt is due.
    pub world: Clock,
}

#[derive(Debug, Clone)]
pub struct DeliverConfig {
    /// Wall time that a receiver has for a complete answer head.
    pub timeout_ms: u64,
    /// Attempts in all, the first one included.
    pub attempts: i64,
    /// World time from a failed attempt to the next.
    pub interval_ms: i64,
    /// World time after which a receiver that took nothing in it is sent nothing more, until its URL passes again; zero for
    /// never.
    pub pause_after_ms: i64,
    /// Wall time after which a delivery that nobody finished is claimed again. Well above the timeout.
    pub lease_ms: i64,
    /// Deliveries at the same time in this process, those included that wait for their receiver.
    pub workers: usize,
    /// Addresses that may be called though they are not public.
    pub allowed: AddressRule,
    /// How long to sleep when nothing wakes the loop: commits of other processes and due retries are found by looking.
    pub poll_ms: u64,
}

impl Default for DeliverConfig {
    fn default() -> Self {
        let Schedule { attempts, interval_ms } = Schedule::default();
        let PostLimits { timeout_ms, .. } = PostLimits::default();
        let allowed = AddressRule::default();
        Self {
            timeout_ms,
            attempts,
            interval_ms,
            pause_after_ms: 3 * 24 * 3_600_000,
            lease_ms: 10_000,
            workers: 4096,
            allowed,
            poll_ms: 200,
        }
    }
}

impl DeliverConfig {
    fn schedule(&self) -> Schedule {
        Schedule { attempts: self.attempts, interval_ms: self.interval_ms }
    }
}

/// Delivers messages to receivers.
pub struct Deliverer {
    storage: Storage,
    clocks: Clocks,
    config: DeliverConfig,
    credentials: Arc<dyn Credentials>,
    poster: Poster,
    windows: Windows,
    wake: Notify,
}

impl fmt::Debug for Deliverer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliverer").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Deliverer {
    /// With the system's name lookup and trust roots.
    pub fn new(storage: Storage, clocks: Clocks, config: DeliverConfig, credentials: Arc<dyn Credentials>) -> Self {
        Self::with_network(storage, clocks, config, credentials, Arc::new(SystemResolver::default()), platform_tls())
    }

    /// With another name lookup or other trust roots (`None`: https fails).
    pub fn with_network(
        storage: Storage,
        clocks: Clocks,
        config: DeliverConfig,
        credentials: Arc<dyn Credentials>,
        resolver: Arc<dyn Resolve>,
        tls: Option<Arc<rustls::ClientConfig>>,
    ) -> Self {
        let limits = PostLimits { timeout_ms: config.timeout_ms, ..PostLimits::default() };
        let poster = Poster::new(config.allowed.clone(), resolver, tls, &limits);
        Self { storage, clocks, config, credentials, poster, windows: Windows::default(), wake: Notify::new() }
    }

    /// Reads a callback URL as a developer sets it, with the reason where no call could reach it.
    pub fn accept(&self, url: &str) -> Result<CallbackUrl, UrlError> {
        CallbackUrl::accept(url, &self.config.allowed)
    }

    /// Posts the verification to `target.url` once; [`Posted::acknowledged`] says whether the URL has passed.
    pub async fn verify(
        &self,
        developer: DeveloperId,
        edition: MessageEdition,
        target: &Target,
    ) -> Result<Posted, VerifyError> {
        verify(&self.poster, &self.config.allowed, developer, edition, target, (self.clocks.wall)()).await
    }

    /// Says that something may be due: after a commit with messages, and after a jump of the world's clock.
    pub fn notify(&self) {
        self.wake.notify_one();
    }

    /// Puts right what was dated by a clock that has been set back since: it would wait for that clock to come round again.
    pub async fn mend(&self) -> Result<(), CommitError> {
        let (world, wall) = ((self.clocks.world)(), (self.clocks.wall)());
        let dates = Dates {
            now: world,
            latest_due: world.plus_ms(self.config.interval_ms).plus_ms(SET_BACK_MS),
            latest_lease: wall.plus_ms(self.config.lease_ms).plus_ms(SET_BACK_MS),
        };
        if self.storage.mend_deliveries(dates).await? {
            tracing::warn!("the clock was set back; deliveries that were dated ahead are due now");
            self.notify();
        }
        Ok(())
    }

    /// Delivers until `shutdown` is ready, then waits for what is under way.
    pub async fn run(self: Arc<Self>, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = std::pin::pin!(shutdown);
        let mut tasks = JoinSet::new();
        loop {
            let claimed = self.round(&mut tasks).await;
            tokio::select! {
                () = &mut shutdown => break,
                () = self.until_worthwhile(&mut tasks, claimed) => {}
            }
        }
        while tasks.join_next().await.is_some() {}
    }

    /// Waits until another claim is worth its statement: something was committed, time has passed, or a good part of what
    /// was claimed last is done and more may have waited behind it.
    async fn until_worthwhile(&self, tasks: &mut JoinSet<()>, claimed: usize) {
        let enough = (claimed / 2).clamp(1, 128);
        let finished = async {
            if tasks.is_empty() {
                std::future::pending::<()>().await;
            }
            let mut done = 0;
            while done < enough && tasks.join_next().await.is_some() {
                done += 1 + std::iter::from_fn(|| tasks.join_next().now_or_never().flatten()).count();
            }
        };
        tokio::select! {
            () = self.wake.notified() => {}
            () = tokio::time::sleep(Duration::from_millis(self.config.poll_ms)) => {}
            () = finished => {}
        }
    }
}
