//! Intents: a write at a marketplace is committed before it is sent, and its outcome after.
//!
//! A crash or a silence between the two is settled by asking the marketplace, never by sending again: by our own number
//! where the call has one, else by looking whether the object has changed.

use crate::{
    Caller, Platform, Problem, Result, Ticket, cart::HeldRow, mirror, observe::Look, orders::Remarks, requests::Asked,
};
use connector::{Effect, Kind};
use domain::{
    AccountId, DeveloperId, EntryId, Marketplace, OrderId, RefundId, Timestamp, UserId,
    order::{Order, OrderStatus, Shipment},
    purchase::Receiver,
    refund::{Refund, RefundStatus, ReturnParcel},
};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use storage::{
    Changes,
    records::{Intent, IntentState},
};

/// How long a caller waits for the answer to what became of a silent call; beyond the call's own time limit.
const ASK_AT_ONCE: Duration = Duration::from_secs(5);

/// What is about to be done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Deed {
    CreateOrder(Box<NewOrder>),
    PayOrder {
        order: OrderId,
        /// Together with others.
        #[serde(default)]
        in_bulk: bool,
    },
    CancelOrder {
        order: OrderId,
    },
    ReceiveGoods {
        order: OrderId,
        entries: Vec<EntryId>,
    },
    ApplyRefund {
        order: OrderId,
        entries: Vec<EntryId>,
        known: Vec<RefundId>,
    },
    SendBack {
        order: OrderId,
        refund: RefundId,
        #[serde(default)]
        parcel: Option<ReturnParcel>,
    },
    CancelRefund {
        order: OrderId,
        refund: RefundId,
    },
}

/// What must be known to take a new order over when its create was never answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NewOrder {
    pub marketplace: Marketplace,
    pub account: AccountId,
    pub user: UserId,
    pub own_number: String,
    pub out_order_id: Option<String>,
    pub edition: String,
    pub receiver: Receiver,
    pub request_id: String,
    /// Whose goods they are, where one write buys from several merchants.
    #[serde(default)]
    pub merchant: Option<String>,
    #[serde(default)]
    pub remarks: Option<Remarks>,
    /// The rows of the user's cart that it buys.
    #[serde(default)]
    pub cart: Vec<HeldRow>,
}

impl Deed {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::CreateOrder(_) => "order.create",
            Self::PayOrder { .. } => "order.pay",
            Self::CancelOrder { .. } => "order.cancel",
            Self::ReceiveGoods { .. } => "order.receive",
            Self::ApplyRefund { .. } => "refund.apply",
            Self::SendBack { .. } => "refund.send_back",
            Self::CancelRefund { .. } => "refund.cancel",
        }
    }

    /// Whether an object that stands as wanted is this deed's doing, or as good. What makes a new object is not told from
    /// another one like it.
    fn is_seen_in_its_object(&self) -> bool {
        match self {
            Self::CreateOrder(_) | Self::ApplyRefund { .. } => false,
            Self::PayOrder { .. }
            | Self::CancelOrder { .. }
            | Self::ReceiveGoods { .. }
            | Self::SendBack { .. }
            | Self::CancelRefund { .. } => true,
        }
    }

    pub(crate) fn subject(&self) -> String {
        match self {
            Self::CreateOrder(new) => new.own_number.clone(),
            Self::PayOrder { order, .. } | Self::CancelOrder { order } | Self::ReceiveGoods { order, .. } => {
                order.to_string()
            }
            Self::ApplyRefund { order, .. } => order.to_string(),
            Self::SendBack { refund, .. } | Self::CancelRefund { refund, .. } => refund.to_string(),
        }
    }
}

impl Deed {
    /// The marketplace took the call and named an object that it does not have: an answer that cannot be used.
    pub(crate) fn names_nothing(&self) -> connector::Error {
        let detail = "the object that the answer names is not there";
        connector::Error::transport(Kind::Unreachable, Effect::Unknown, self.kind(), detail)
    }

    /// What tells the parts of one write apart, the same in each of its tries.
    pub(crate) fn part(&self) -> String {
        match self {
            Self::CreateOrder(new) => new.merchant.clone().unwrap_or_default(),
            Self::PayOrder { .. }
            | Self::CancelOrder { .. }
            | Self::ReceiveGoods { .. }
            | Self::ApplyRefund { .. }
            | Self::SendBack { .. }
            | Self::CancelRefund { .. } => self.subject(),
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// Orders that the create made.
    Orders(Vec<OrderId>),
    Refund(RefundId),
    /// It was done to an object that existed.
    Done,
    /// The marketplace refused, or was never reached.
    Refused(String),
}

/// What asking brought.
pub(crate) enum Settled {
    Done(Outcome),
    /// The marketplace knows nothing of it: it may be done anew.
    Nothing,
    /// It is done, and another write did it.
    ByAnother,
}

/// An intent that was committed and waits for its outcome.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub developer: DeveloperId,
    pub id: String,
    pub deed: Deed,
    /// The request that began it, as far as it is known.
    request_id: Option<String>,
    /// Who sent it.
    by: Option<UserId>,
    /// The same request, while it is being worked on. A write of several parts is told as a whole, so none of them has it.
    asked: Option<Arc<Asked>>,
}

/// What an intent keeps, so that whoever settles it knows what it was about.
#[derive(Serialize, Deserialize)]
struct Payload {
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    by: Option<UserId>,
    #[serde(flatten)]
    deed: Deed,
}

/// What belongs into the commit that ends a write: the end of its intent, and the entry of the request log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ending {
    intent: Changes,
    asked: Option<Arc<Asked>>,
}

impl Ending {
    /// As things stand at this moment: calls that were made since are in the entry.
    pub(crate) fn changes(&self) -> Result<Changes> {
        let entry = self.asked.as_ref().map_or_else(|| Ok(Changes::new()), |asked| asked.tell_success())?;
        Ok(self.intent.clone().and(entry))
    }

    /// What is left where somebody else has ended the intent.
    pub(crate) fn without_intent(&self) -> Self {
        Self { intent: Changes::new(), asked: self.asked.clone() }
    }
}

impl Open {
    /// A deed that begins now as a part of `write`, and its row.
    pub(crate) fn begin(
        caller: &Caller,
        (write, id): (&str, String),
        deed: Deed,
        asked: Option<Arc<Asked>>,
        created_at: Timestamp,
        instance: i64,
    ) -> Result<(Self, Intent)> {
        let payload = Payload { request_id: Some(caller.request_id.clone()), by: Some(caller.user), deed };
        let intent = Intent {
            developer_id: caller.developer.id,
            id: id.clone(),
            kind: payload.deed.kind().to_owned(),
            subject: payload.deed.subject(),
            payload: mirror::text(&payload)?,
            state: IntentState::Running,
            created_at,
            outcome: None,
            instance,
            write_id: Some(write.to_owned()),
        };
        let Payload { request_id, by, deed } = payload;
        Ok((Self { developer: caller.developer.id, id, deed, request_id, by, asked }, intent))
    }

    pub(crate) fn read(intent: &Intent) -> Result<Self> {
        let Payload { request_id, by, deed } = serde_json::from_str(&intent.payload)
            .map_err(|e| Problem::Internal(format!("intent {} cannot be read: {e}", intent.id)))?;
        Ok(Self { developer: intent.developer_id, id: intent.id.clone(), deed, request_id, by, asked: None })
    }

    /// Whether nobody knew of this refund when the intent was made.
    pub(crate) fn is_new(&self, refund: RefundId) -> bool {
        matches!(&self.deed, Deed::ApplyRefund { known, .. } if !known.contains(&refund))
    }

    /// Whether this refund may be what the deed applied for.
    pub(crate) fn applied_for(&self, refund: &Refund) -> bool {
        let covered = |entries: &[EntryId]| entries.iter().all(|e| refund.covers(*e));
        matches!(&self.deed, Deed::ApplyRefund { entries, .. } if self.is_new(refund.id) && covered(entries))
    }

    /// Whether things stand as this deed leaves them. A create is found by its number instead.
    pub(crate) fn happened(&self, order: &Order, refund: Option<&Refund>) -> bool {
        let seen = |id: RefundId| refund.filter(|r| r.id == id);
        let received = |id: &EntryId| order.line(*id).is_some_and(|l| l.shipment == Shipment::Received);
        match &self.deed {
            Deed::CreateOrder(_) => false,
            Deed::PayOrder { .. } => order.was_paid(),
            Deed::CancelOrder { .. } => order.status == OrderStatus::Cancel,
            Deed::ReceiveGoods { entries, .. } => entries.iter().all(received),
            Deed::ApplyRefund { .. } => refund.is_some_and(|r| self.applied_for(r)),
            // Another parcel is somebody else's answer to the same question.
            Deed::SendBack { refund, parcel, .. } => seen(*refund)
                .and_then(|r| r.return_parcel.as_ref())
                .is_some_and(|sent| parcel.as_ref().is_none_or(|own| own == sent)),
            Deed::CancelRefund { refund, .. } => seen(*refund).is_some_and(|r| r.status == RefundStatus::Close),
        }
    }

    /// A look in the name of whoever wanted it.
    pub(crate) fn look(&self, order: OrderId, refund: Option<RefundId>) -> Look {
        let in_bulk = matches!(self.deed, Deed::PayOrder { in_bulk: true, .. });
        let (by, request_id) = (self.by, self.request_id.clone());
        Look { refund, by, request_id, in_bulk, ..Look::at(self.developer, order) }
    }

    /// The change that ends it. A refusal's entry of the request log is for whoever tells the caller.
    pub(crate) fn end(&self, outcome: &Outcome) -> Result<Ending> {
        let refused = matches!(outcome, Outcome::Refused(_));
        let state = if refused { IntentState::Failed } else { IntentState::Done };
        let ended = Changes::new().finish_intent(self.developer, &self.id, state, &mirror::text(outcome)?);
        let intent = ended.and(self.end_rows(outcome));
        Ok(Ending { intent, asked: self.asked.clone().filter(|_| !refused) })
    }
}

impl Platform {
    /// After a call that did not say that it was done: asks the marketplace at once what became of it. Silence may have had
    /// its effect, and so may a refusal for the state of things, where the call was delivered twice and the second one
    /// answered; unless it was another request that did it. What is not there yet may still be on its way, so silence leaves
    /// the intent open.
    pub(crate) async fn find_out(&self, open: &Open, ticket: &Ticket, error: connector::Error) -> Result<Outcome> {
        let state = matches!(error.kind, Kind::OrderState | Kind::RefundState | Kind::Refused);
        let twice = state && open.deed.is_seen_in_its_object();
        let problem = Problem::from(error);
        if !twice && !problem.is_ambiguous() {
            return Err(self.give_up(open, ticket, problem).await);
        }
        match tokio::time::timeout(ASK_AT_ONCE, self.ask(open)).await {
            Ok(Ok(Settled::Done(outcome))) => {
                metrics::counter!("sampan_intents_settled_total", "kind" => open.deed.kind()).increment(1);
                Ok(outcome)
            }
            Ok(Ok(Settled::ByAnother)) => Err(self.give_up(open, ticket, open.deed.too_late()).await),
            Ok(Ok(Settled::Nothing) | Err(_)) | Err(_) => Err(self.give_up(open, ticket, problem).await),
        }
    }

    /// After a failed call: a refusal ends the intent; silence leaves it open for whoever asks next.
    pub(crate) async fn give_up(&self, open: &Open, ticket: &Ticket, problem: Problem) -> Problem {
        if problem.is_ambiguous() {
            ticket.leave_open();
            return problem;
        }
        let text = format!("{problem:?}");
        let ended = match open.end(&Outcome::Refused(text)).and_then(|ending| ending.changes()) {
            Ok(changes) => self.storage.commit(changes).await.map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        match ended {
            Ok(()) => ticket.refused(),
            Err(error) => {
                ticket.leave_open();
                tracing::warn!(intent = open.id, ?error, "a refused intent stays open");
            }
        }
        problem
    }

    /// Ends an intent; that somebody else has ended it meanwhile is as good.
    pub(crate) async fn commit_end(&self, ending: &Ending) -> Result<()> {
        match self.storage.commit(ending.changes()?).await {
            Ok(()) => Ok(()),
            Err(storage::CommitError::Conflict(storage::What::Intent)) => {
                Ok(self.storage.commit(ending.without_intent().changes()?).await?)
            }
            Err(error) => Err(error.into()),
        }
    }
}
