//! One way in: an own write, a push, a stale read and reconciliation all end here.
//!
//! The object is read again from the marketplace and compared with the mirror under its version; the difference gives the
//! events; mirror and messages are committed together. No difference, no event. On a conflict somebody else has observed
//! at the same moment, so it is done again from the new mirror.

use crate::{
    Platform, Problem, Result,
    intent::{Ending, Open},
    mirror::{self, Audit, OwnOrder, OwnRefund},
    problem::Thing,
};
use connector::Observed;
use domain::{
    DeveloperId, OrderId, RefundId, Timestamp, UserId,
    event::Event,
    order::{BatchPay, Order, diff},
    refund::{Refund, RefundStatus},
};
use messages::{Facts, MessageEdition, RefundFacts, compose};
use moka::sync::Cache;
use std::time::Duration;
use storage::{
    Changes, CommitError, OrderChange, What,
    records::{self, Delivery, DeliveryState, Developer, IntentState, Message, ObjectKind},
};

const TRIES: usize = 16;

/// What to look at, and who caused it.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub developer: DeveloperId,
    pub order: OrderId,
    pub refund: Option<RefundId>,
    /// The user whose call this is; nobody for a push.
    pub by: Option<UserId>,
    pub request_id: Option<String>,
    /// What was heard of a payment of several orders; a look does not show it.
    pub batch: Option<BatchPay>,
    /// Whoever wanted it pays several orders at once.
    pub in_bulk: bool,
}

impl Look {
    /// A look at an order that nobody has caused.
    pub(crate) fn at(developer: DeveloperId, order: OrderId) -> Self {
        Self { developer, order, refund: None, by: None, request_id: None, batch: None, in_bulk: false }
    }
}

/// What was seen.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub order: Order,
    pub refund: Option<Refund>,
    /// What the mirror did not have, and has by this look.
    pub news: Option<News>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    Order,
    /// Of the refund, whether or not the order has changed with it.
    Refund,
}

/// When orders were last looked at without a difference. Only a hint: a look too many does no harm.
pub(crate) struct Looks(Cache<(DeveloperId, OrderId), Timestamp>);

impl Looks {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(200_000).time_to_live(Duration::from_secs(3600)).build())
    }
}

impl Platform {
    /// Looks, compares, commits.
    pub(crate) async fn observe(&self, look: Look) -> Result<Seen> {
        self.observe_with(look, &Ending::default()).await
    }

    /// As [`Platform::observe`], with the end of a write in the same commit.
    pub(crate) async fn observe_with(&self, look: Look, with: &Ending) -> Result<Seen> {
        for _ in 0..TRIES {
            if let Some(seen) = self.try_observe(&look, with).await? {
                return Ok(seen);
            }
        }
        Err(Problem::Internal(format!("order {} changes faster than it can be read", look.order)))
    }

    /// What is seen, and the change that it makes of the mirror, if any; nothing is committed.
    pub(crate) async fn compare(&self, look: &Look) -> Result<(Seen, Option<Changes>)> {
        let (_, seen, changes) = self.compared(look, self.now()).await?;
        Ok((seen, changes))
    }

    fn now(&self) -> Now {
        Now { wall: self.clocks.wall(), world: self.clocks.world() }
    }

    async fn compared(&self, look: &Look, now: Now) -> Result<(OwnOrder, Seen, Option<Changes>)> {
        let record = self.storage.order(look.developer, look.order).await?.ok_or(Problem::NotFound(Thing::Order))?;
        let own = OwnOrder::read(record)?;
        let refund = self.look_at_refund(look, &own).await?;
        // The order is read after its refund: what a refund has changed in it is there.
        let mut order = self.ordering(own.record.marketplace)?.order(own.record.account_id, look.order).await?;
        order.core.batch_pay = BatchPay::after(own.core.batch_pay, look.batch);
        let news = if refund.as_ref().is_some_and(RefundLook::differs) { News::Refund } else { News::Order };
        let seen =
            Seen { order: order.core.clone(), refund: refund.as_ref().map(|r| r.after.core.clone()), news: Some(news) };
        let changes = self.difference(look, &own, order, refund, now).await?;
        Ok((own, seen, changes))
    }

    async fn try_observe(&self, look: &Look, with: &Ending) -> Result<Option<Seen>> {
        let now = self.now();
        let (own, seen, changes) = self.compared(look, now).await?;
        let Some(changes) = changes else {
            return Ok(self.same(look, own, with, now).await?.then_some(Seen { news: None, ..seen }));
        };
        match self.storage.commit(changes.and(with.changes()?)).await {
            Ok(()) => {
                self.sights.outdate(look.order);
                self.deliverer.notify();
                Ok(Some(seen))
            }
            Err(CommitError::Conflict(What::Order | What::Refund | What::Message)) => Ok(None),
            Err(CommitError::Conflict(What::Intent)) => Box::pin(self.try_observe(look, &with.without_intent())).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Nothing has changed. That somebody has looked is written down only now and then, since most looks find nothing;
    /// false when the order has changed meanwhile.
    async fn same(&self, look: &Look, own: OwnOrder, with: &Ending, now: Now) -> Result<bool> {
        self.looks.0.insert((look.developer, look.order), now.wall);
        self.commit_end(with).await?;
        if now.wall.ms_since(own.record.observed_at).abs() < self.config.stale_ms {
            return Ok(true);
        }
        let mut change =
            OrderChange::update(&own.record, &records::Order { observed_at: now.wall, ..own.record.clone() });
        if let Some(id) = look.refund
            && let Some(refund) = self.storage.refund(look.developer, id).await?
        {
            change = change.update_refund(&records::Refund { observed_at: now.wall, ..refund });
        }
        match self.storage.commit(Changes::new().order(change)).await {
            Ok(()) => Ok(true),
            Err(CommitError::Conflict(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn look_at_refund(&self, look: &Look, own: &OwnOrder) -> Result<Option<RefundLook>> {
        let Some(id) = look.refund else { return Ok(None) };
        let before = match self.storage.refund(look.developer, id).await? {
            Some(record) => Some(OwnRefund::read(record)?),
            None => None,
        };
        let after = self.aftersale(own.record.marketplace)?.refund(own.record.account_id, id).await?;
        if after.core.order_id != look.order {
            return Err(Problem::NotFound(Thing::Refund));
        }
        Ok(Some(RefundLook { before, after }))
    }

    /// The change that a look makes, or nothing.
    async fn difference(
        &self,
        look: &Look,
        own: &OwnOrder,
        mut seen: Observed<Order>,
        refund: Option<RefundLook>,
        now: Now,
    ) -> Result<Option<Changes>> {
        let refund = refund.filter(RefundLook::differs);
        if refund.is_none() && own.document == seen.document && own.core.batch_pay == seen.core.batch_pay {
            return Ok(None);
        }
        let developer = self.storage.developer(look.developer).await?.ok_or(Problem::NotFound(Thing::Developer))?;
        let author = self.author(look, &own.core, &seen.core, refund.as_ref()).await?;
        if self.was_paid_in_bulk(&author, &own.core, &seen.core).await? {
            seen.core.batch_pay = Some(BatchPay::Succeeded);
        }
        let events: Vec<Event> = diff::events(Some(&own.core), &seen.core).into_iter().map(Event::Order).collect();
        let mut record = own.record.clone();
        let mut letters = Letters::new(self, &developer, &author, &own.record, now);
        letters.order(&mut record.sequence, &events, &seen).await?;
        let saved = match &refund {
            Some(refund) => Some((letters.refund(refund, own, &seen).await?, refund.before.is_some())),
            None => None,
        };
        let messages = letters.changes;
        let latest = match &refund {
            Some(refund) => Some(self.latest_status(own, &refund.after.core).await?),
            None => None,
        };
        let record = fresh(record, &seen, latest, now)?;
        let mut change = OrderChange::update(&own.record, &record);
        if let Some((saved, existed)) = &saved {
            change = if *existed { change.update_refund(saved) } else { change.insert_refund(saved) };
        }
        Ok(Some(Changes::new().order(change).and(messages)))
    }

    /// Whether an order that was handed over together with others is seen paid for the first time.
    async fn was_paid_in_bulk(&self, author: &Look, was: &Order, is: &Order) -> Result<bool> {
        let newly = is.was_paid() && !was.was_paid();
        Ok(newly && (author.in_bulk || self.storage.payment_of(author.developer, author.order).await?.is_some()))
    }

    /// Where the refund of an order stands that moved last; the one that was just seen need not be it.
    async fn latest_status(&self, own: &OwnOrder, seen: &Refund) -> Result<RefundStatus> {
        let mirrored = self.refunds_of(own).await?;
        let others = mirrored.iter().filter(|refund| refund.id != seen.id);
        let latest = others.chain([seen]).max_by_key(|refund| (refund.modified_at, refund.id));
        Ok(latest.map_or(seen.status, |refund| refund.status))
    }

    /// The look in the name of the caller whose call is still being answered: a push may tell of it first.
    async fn author(&self, look: &Look, was: &Order, is: &Order, refund: Option<&RefundLook>) -> Result<Look> {
        if look.by.is_some() {
            return Ok(look.clone());
        }
        let before = refund.and_then(|r| r.before.as_ref()).map(|r| &r.core);
        let after = refund.map(|r| &r.after.core);
        let refund_id = after.map(|r| r.id.to_string());
        for subject in std::iter::once(look.order.to_string()).chain(refund_id) {
            for intent in self.storage.intents_of(look.developer, &subject).await? {
                if intent.state == IntentState::Running
                    && let Ok(open) = Open::read(&intent)
                    && open.happened(is, after)
                    && !open.happened(was, before)
                {
                    return Ok(open.look(look.order, look.refund));
                }
            }
        }
        Ok(look.clone())
    }

    /// Whether somebody has looked since, with or without a difference.
    pub(crate) fn looked_since(&self, developer: DeveloperId, order: OrderId, since: Timestamp) -> bool {
        self.looks.0.get(&(developer, order)).is_some_and(|at| at >= since)
    }

    /// Whether the mirror of an order is too old to be shown.
    pub(crate) async fn is_due(&self, own: &OwnOrder) -> Result<bool> {
        let key = (own.record.developer_id, own.core.id);
        let last = self.looks.0.get(&key).unwrap_or_default().max(own.record.observed_at);
        // Seen far ahead is seen under a clock that was set back since.
        if self.clocks.wall().ms_since(last).abs() >= self.config.stale_ms && !own.core.status.is_final() {
            return Ok(true);
        }
        Ok(self.storage.observation_pending(own.record.marketplace, own.core.id).await?)
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Now {
    pub wall: Timestamp,
    pub world: Timestamp,
}

struct RefundLook {
    before: Option<OwnRefund>,
    after: Observed<Refund>,
}

impl RefundLook {
    fn differs(&self) -> bool {
        self.before.as_ref().is_none_or(|b| b.document != self.after.document)
    }
}

/// The order's record as it is to be saved.
pub(crate) fn fresh(
    mut record: records::Order,
    seen: &Observed<Order>,
    latest_refund: Option<RefundStatus>,
    now: Now,
) -> Result<records::Order> {
    record.status = seen.core.status.word().to_owned();
    record.pay_status = mirror::pay_status(&seen.core);
    record.modified_at = seen.core.modified_at;
    record.names = mirror::names(&seen.core);
    record.core = mirror::text(&seen.core)?;
    record.document = seen.document.0.clone();
    record.observed_at = now.wall;
    if let Some(status) = latest_refund {
        record.refund_status = Some(status.word().to_owned());
    }
    Ok(record)
}

/// Composes the messages of one commit.
pub(crate) struct Letters<'a> {
    platform: &'a Platform,
    developer: &'a Developer,
    look: &'a Look,
    order_no: &'a str,
    caller_number: Option<&'a str>,
    now: Now,
    pub changes: Changes,
}

impl<'a> Letters<'a> {
    pub(crate) fn new(
        platform: &'a Platform,
        developer: &'a Developer,
        look: &'a Look,
        order: &'a records::Order,
        now: Now,
    ) -> Self {
        let (order_no, caller_number) = (order.order_no.as_str(), order.out_order_id.as_deref());
        Self { platform, developer, look, order_no, caller_number, now, changes: Changes::new() }
    }

    pub(crate) async fn order(&mut self, sequence: &mut i64, events: &[Event], seen: &Observed<Order>) -> Result<()> {
        for event in events {
            let object = (ObjectKind::Order, seen.core.id.get());
            self.write(*event, object, sequence, seen, None).await?;
        }
        Ok(())
    }

    async fn refund(&mut self, look: &RefundLook, own: &OwnOrder, seen: &Observed<Order>) -> Result<records::Refund> {
        let now = self.now;
        let before = look.before.as_ref();
        let audit = Audit {
            created_by: before.map_or(self.look.by, |b| b.audit.created_by),
            created_at: before.map_or(now.world, |b| b.audit.created_at),
            updated_by: self.look.by,
            updated_at: now.world,
        };
        let mut record = refund_record(&own.record, &look.after, &audit, now)?;
        if let Some(before) = before {
            record.sequence = before.record.sequence;
            record.version = before.record.version;
        }
        self.refund_letter(&mut record.sequence, &look.after, &audit, seen).await?;
        Ok(record)
    }

    pub(crate) async fn refund_letter(
        &mut self,
        sequence: &mut i64,
        refund: &Observed<Refund>,
        audit: &Audit,
        order: &Observed<Order>,
    ) -> Result<()> {
        let facts =
            RefundFacts { core: &refund.core, document: refund.document.as_str(), created_at: audit.created_at };
        let object = (ObjectKind::Refund, refund.core.id.get());
        self.write(Event::Refund, object, sequence, order, Some(facts)).await
    }

    async fn write(
        &mut self,
        event: Event,
        object: (ObjectKind, i64),
        sequence: &mut i64,
        order: &Observed<Order>,
        refund: Option<RefundFacts<'_>>,
    ) -> Result<()> {
        let edition = MessageEdition::parse(&self.developer.message_edition).unwrap_or(MessageEdition::V1);
        let facts = Facts {
            order: &order.core,
            document: order.document.as_str(),
            order_no: self.order_no,
            caller_number: self.caller_number,
            refund,
        };
        let composed = compose(edition, event, facts)
            .map_err(|e| Problem::Internal(format!("a message cannot be composed: {e}")))?;
        let Some(composed) = composed else { return Ok(()) };
        *sequence += 1;
        let id = self.platform.storage.ids(1).await?;
        let message = Message {
            developer_id: self.developer.id,
            id: domain::MessageId::new(id).map_err(|e| Problem::Internal(e.to_string()))?,
            object_kind: object.0,
            object_id: object.1,
            sequence: *sequence,
            message_type: composed.message_type,
            platform: composed.platform,
            edition: edition.word().to_owned(),
            body: composed.body,
            event: mirror::text(&event)?,
            request_id: self.look.request_id.clone(),
            created_at: self.now.world,
        };
        let listens = self.developer.callback_url.is_some() && self.developer.callback_verified_at.is_some();
        let state = if listens { DeliveryState::Pending } else { DeliveryState::Held };
        let delivery = Delivery::queued(&message, state, self.now.world);
        self.changes = std::mem::take(&mut self.changes).message(&message, &delivery);
        Ok(())
    }
}

/// A refund's record on its first save; sequence and version are the caller's to carry on.
pub(crate) fn refund_record(
    order: &records::Order,
    refund: &Observed<Refund>,
    audit: &Audit,
    now: Now,
) -> Result<records::Refund> {
    Ok(records::Refund {
        developer_id: order.developer_id,
        refund_id: refund.core.id,
        user_id: order.user_id,
        order_id: order.order_id,
        status: refund.core.status.word().to_owned(),
        core: mirror::text(&refund.core)?,
        document: refund.document.0.clone(),
        audit: mirror::text(audit)?,
        modified_at: refund.core.modified_at,
        observed_at: now.wall,
        sequence: 0,
        version: 1,
    })
}
