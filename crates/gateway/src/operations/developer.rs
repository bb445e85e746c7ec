//! A developer's own account.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    callback::Base,
    carried::CarriedText,
    operations::developer::{
        CallbackGet, CallbackSet, CallbackVerify, EventList, MessageList, MessageReplay, Profile, SecretReset,
    },
    request::{FeedPlace, ReplayChoice},
    view::developer::{
        AttemptRow, CallbackVerifyResult, CallbackView, DeveloperProfile, DeveloperUser, EventPage, EventRow,
        MessagePage, MessageRow, NewKey, ReplayResult,
    },
};
use domain::RefundId;
use platform::{
    Problem,
    developer::{
        self, Callback, CallbackChange, DeliveryState, Message, MessageEntry, MessageQuery, ObjectKind, Replay,
    },
    feed::{FeedEntry, From},
};
use serde_json::value::RawValue;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<Profile, _, _, _>(profile)
        .on::<CallbackGet, _, _, _>(callback_get)
        .on::<CallbackSet, _, _, _>(callback_set)
        .on::<CallbackVerify, _, _, _>(callback_verify)
        .on::<MessageList, _, _, _>(messages)
        .on::<EventList, _, _, _>(events)
        .on::<MessageReplay, _, _, _>(replay)
        .on::<SecretReset, _, _, _>(reset)
}

async fn profile(call: Call<Profile>) -> Result<DeveloperProfile, Refusal> {
    let found = call.platform.profile(call.caller.developer.id).await?;
    Ok(DeveloperProfile {
        develop_id: found.developer.id.to_string(),
        name: found.developer.name,
        access_key: call.caller.access_key.clone(),
        editions: call.caller.developer.editions().to_vec(),
        default_user_id: found.developer.default_user.to_string(),
        users: found.users.into_iter().map(user).collect(),
        callback: view(found.callback),
        created_at: found.developer.created_at.into(),
    })
}

fn user(user: developer::User) -> DeveloperUser {
    DeveloperUser {
        user_id: user.user_id.to_string(),
        name: user.name,
        enabled: user.status == developer::Standing::Active,
    }
}

fn view(callback: Callback) -> CallbackView {
    let state = match (&callback.url, callback.verified_at, callback.paused_at) {
        (None, _, _) => "none",
        (Some(_), Some(_), _) => "verified",
        (Some(_), None, Some(_)) => "paused",
        (Some(_), None, None) => "unverified",
    };
    CallbackView {
        state: state.to_owned(),
        failing_since: callback.failing_since.map(Into::into),
        paused_at: callback.paused_at.map(Into::into),
        verified: callback.verified_at.is_some(),
        url: callback.url,
        verified_at: callback.verified_at.map(Into::into),
        message_edition: callback.edition,
        signature_base: callback.base,
    }
}

async fn callback_get(call: Call<CallbackGet>) -> Result<CallbackView, Refusal> {
    Ok(view(call.platform.callback(&call.caller).await?))
}

async fn callback_set(call: Call<CallbackSet>) -> Result<CallbackView, Refusal> {
    let change = CallbackChange {
        url: call.request.url.as_deref().map(|url| url.trim().to_owned()),
        edition: call.request.edition()?.map(str::to_owned),
        base: call.request.base()?.map(|base| match base {
            Base::RawBody => "rawBody",
            Base::MessageBody => "messageBody",
        }),
    };
    Ok(view(call.platform.set_callback(&call.caller, &call.ticket, change).await?))
}

async fn callback_verify(call: Call<CallbackVerify>) -> Result<CallbackVerifyResult, Refusal> {
    let outcome = call.platform.verify_callback(&call.caller, &call.ticket).await?;
    Ok(CallbackVerifyResult {
        passed: outcome.acknowledged(),
        status: outcome.status.map(i64::from),
        error: outcome.error(),
        duration_ms: outcome.duration_ms,
    })
}

async fn messages(call: Call<MessageList>) -> Result<MessagePage, Refusal> {
    let filter = call.request.filter()?;
    let query = MessageQuery {
        created: (filter.created.from, filter.created.to),
        state: filter.state.as_deref().and_then(DeliveryState::parse),
        message_type: filter.message_type,
        object_id: filter.object_id,
        page: filter.page,
        page_size: filter.size,
    };
    let (entries, total) = call.platform.messages(&call.caller, query).await?;
    let records = entries.into_iter().map(message).collect();
    Ok(MessagePage { records, total, size: i64::from(filter.size), current: i64::from(filter.page) })
}

async fn events(call: Call<EventList>) -> Result<EventPage, Refusal> {
    let from = match call.request.place()? {
        FeedPlace::Beginning => From::Beginning,
        FeedPlace::End => From::End,
        FeedPlace::Behind(place) => From::Behind(place),
    };
    let found = call.platform.feed(&call.caller, from, call.request.size()?).await?;
    let rows = found.entries.into_iter().map(event).collect::<Result<_, _>>()?;
    Ok(EventPage { rows, next_cursor: found.next.to_string(), has_more: found.more })
}

fn event(entry: FeedEntry) -> Result<EventRow, Problem> {
    let FeedEntry { position, message } = entry;
    let message_body = RawValue::from_string(message.body.clone())
        .map_err(|error| Problem::Internal(format!("message {} is not JSON: {error}", message.id)))?;
    Ok(EventRow {
        id: message.id.to_string(),
        cursor: position.to_string(),
        object_id: object_id(&message),
        message_type: message.message_type,
        message_platform: message.platform,
        object_kind: message.object_kind.word().to_owned(),
        sequence: message.sequence,
        message_body: CarriedText(message_body),
        request_id: message.request_id,
        created_at: message.created_at.into(),
    })
}

fn object_id(message: &Message) -> String {
    match message.object_kind {
        ObjectKind::Order => message.object_id.to_string(),
        ObjectKind::Refund => {
            RefundId::new(message.object_id).map_or_else(|_| message.object_id.to_string(), |id| id.to_string())
        }
    }
}

fn message(entry: MessageEntry) -> MessageRow {
    let MessageEntry { message, delivery, attempts } = entry;
    let waits = matches!(delivery.state, DeliveryState::Pending | DeliveryState::Held);
    MessageRow {
        id: message.id.to_string(),
        object_id: object_id(&message),
        message_type: message.message_type,
        message_platform: message.platform,
        object_kind: message.object_kind.word().to_owned(),
        sequence: message.sequence,
        state: delivery.state.word().to_owned(),
        message_body: message.body,
        created_at: message.created_at.into(),
        request_id: message.request_id,
        next_attempt_at: waits.then(|| delivery.due_at.into()),
        attempts: attempts.into_iter().map(attempt).collect(),
    }
}

fn attempt(attempt: developer::Attempt) -> AttemptRow {
    AttemptRow {
        number: attempt.number,
        at: attempt.at.into(),
        status: attempt.status,
        error: attempt.error,
        duration_ms: attempt.duration_ms,
        answer: attempt.answer,
    }
}

async fn replay(call: Call<MessageReplay>) -> Result<ReplayResult, Refusal> {
    let what = match call.request.choice()? {
        ReplayChoice::One(id) => Replay::One(id),
        ReplayChoice::Range { from, to } => Replay::Range(from, to),
        ReplayChoice::Since(since) => Replay::Since(since),
    };
    Ok(ReplayResult { replayed: call.platform.replay(&call.caller, &call.ticket, what).await? })
}

async fn reset(call: Call<SecretReset>) -> Result<NewKey, Refusal> {
    let overlap = call.request.overlap()?;
    Ok(new_key(call.platform.reset_secret(call.caller.developer.id, &call.ticket, overlap).await?))
}

pub(super) fn new_key(key: developer::NewKey) -> NewKey {
    NewKey {
        access_key: key.access_key,
        access_secret: key.secret,
        previous_key_until: key.previous_until.map(Into::into),
    }
}
