//! What the operator does to developers, and how the installation is.

use super::operation;
use crate::{
    request::{DeveloperCreateBody, DeveloperIdBody, DeveloperListBody, DeveloperSecretBody, Nothing},
    view::{
        developer::NewKey,
        health::OperatorHealth,
        operator::{DeveloperCreated, DeveloperPage, DeveloperRow},
    },
};

operation! {
    /// Make a developer.
    DeveloperCreate = "operator_developer_create", Post "/operator/developer/create", Operator, "operator", "Make a developer", writes;
    request DeveloperCreateBody, answer DeveloperCreated;
    errors [IdempotencyConflict, StillRunning];
    examples [r#"{"name":"Shop","editions":["v1","ka"],"messageEdition":"v1"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Developers.
    DeveloperList = "operator_developer_list", Post "/operator/developer/list", Operator, "operator", "Developers", reads;
    request DeveloperListBody, answer DeveloperPage;
    errors [];
    examples [r#"{"page":1,"pageSize":20}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// One developer.
    DeveloperShow = "operator_developer_show", Post "/operator/developer/show", Operator, "operator", "One developer", reads;
    request DeveloperIdBody, answer DeveloperRow;
    errors [ObjectNotFound];
    examples [r#"{"developId":"1356764224096829747"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Exchange the key of a developer.
    DeveloperResetSecret = "operator_developer_reset_secret", Post "/operator/developer/reset-secret", Operator, "operator", "Exchange the key of a developer", writes;
    request DeveloperSecretBody, answer NewKey;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","overlapSeconds":3600}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// How the installation is.
    Health = "operator_health", Post "/operator/health", Operator, "operator", "How the installation is", reads;
    request Nothing, answer OperatorHealth;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}
