//! What the operator changes of developers and their users.

use super::operation;
use crate::{
    request::{DeveloperSetBody, UserCreateBody, UserSetBody},
    view::operator::{DeveloperRow, UserRow},
};

operation! {
    /// Change a developer.
    DeveloperSet = "operator_developer_set", Post "/operator/developer/set", Operator, "operator", "Change a developer", writes;
    request DeveloperSetBody, answer DeveloperRow;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","status":"active","nonceRule":"strict"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Make a user of a developer.
    UserCreate = "operator_user_create", Post "/operator/user/create", Operator, "operator", "Make a user of a developer", writes;
    request UserCreateBody, answer UserRow;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","name":"Warehouse North"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Enable or disable a user.
    UserSet = "operator_user_set", Post "/operator/user/set", Operator, "operator", "Enable or disable a user", writes;
    request UserSetBody, answer UserRow;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","userId":"2100000000002","status":"disabled"}"#];
    query [];
    body Json, BODY_LIMIT;
}
