//! The developer's own account: what is there for it, callback, messages, key.

use super::operation;
use crate::{
    request::{
        CallbackSetBody, EventPageBody, MessagePageBody, MessageReplayBody, Nothing, RequestGetBody, SecretResetBody,
    },
    view::{
        developer::{
            CallbackVerifyResult, CallbackView, DeveloperProfile, EventPage, MessagePage, NewKey, ReplayResult,
        },
        offering::DeveloperCapabilities,
        quota::DeveloperQuota,
        request::RequestEntry,
    },
};

operation! {
    /// The own account.
    Profile = "developer_profile", Post "/developer/profile", Developer, "developer", "The own account", reads;
    request Nothing, answer DeveloperProfile;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// What is there, by marketplace.
    DeveloperOffering = "developer_capabilities", Post "/developer/capabilities", Developer, "developer", "What is there, by marketplace", reads;
    request Nothing, answer DeveloperCapabilities;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// What may still be asked.
    QuotaGet = "developer_quota_get", Post "/developer/quota/get", Developer, "developer", "What may still be asked", reads;
    request Nothing, answer DeveloperQuota;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Where messages go.
    CallbackGet = "developer_callback_get", Post "/developer/callback/get", Developer, "developer", "Where messages go", reads;
    request Nothing, answer CallbackView;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Set the callback.
    CallbackSet = "developer_callback_set", Post "/developer/callback/set", Developer, "developer", "Set the callback", writes;
    request CallbackSetBody, answer CallbackView;
    errors [IdempotencyConflict, StillRunning];
    examples [r#"{"url":"https://shop.example/hooks/sampan","messageEdition":"v1","signatureBase":"rawBody"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Verify the callback.
    CallbackVerify = "developer_callback_verify", Post "/developer/callback/verify", Developer, "developer", "Verify the callback", writes;
    request Nothing, answer CallbackVerifyResult;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Messages with their attempts.
    MessageList = "developer_message_page", Post "/developer/message/page", Developer, "developer", "Messages with their attempts", reads;
    request MessagePageBody, answer MessagePage;
    errors [];
    examples [r#"{"state":"dead","since":"2026-04-20 00:00:00","page":1,"pageSize":20}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Events after the fact, from a cursor on.
    EventList = "developer_event_page", Post "/developer/event/page", Developer, "developer", "Events after the fact, from a cursor on", reads;
    request EventPageBody, answer EventPage;
    errors [];
    examples [r#"{"pageSize":50}"#, r#"{"cursor":"end"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Send messages again.
    MessageReplay = "developer_message_replay", Post "/developer/message/replay", Developer, "developer", "Send messages again", writes;
    request MessageReplayBody, answer ReplayResult;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"id":"224"}"#, r#"{"fromId":"224","toId":"230"}"#, r#"{"since":"2026-04-20T00:00:00+08:00"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Exchange the key.
    SecretReset = "developer_secret_reset", Post "/developer/secret/reset", Developer, "developer", "Exchange the key", writes;
    request SecretResetBody, answer NewKey;
    errors [IdempotencyConflict, StillRunning];
    examples [r#"{"overlapSeconds":3600}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// What became of a request.
    RequestGet = "developer_request_get", Post "/developer/request/get", Developer, "developer", "What became of a request", reads;
    request RequestGetBody, answer RequestEntry;
    errors [ObjectNotFound];
    examples [r#"{"requestId":"ef3eb87802e645708d5896b548410756"}"#];
    query [];
    body Json, BODY_LIMIT;
}
