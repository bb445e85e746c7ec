//! What the operator does for the installation itself: backups, master keys.

use super::operation;
use crate::{
    request::{BackupBody, Nothing},
    view::care::{BackupMade, KeyRotated},
};

operation! {
    /// Copy the database while it is written to.
    BackupMake = "operator_backup", Post "/operator/backup", Operator, "operator", "Make a backup", writes;
    request BackupBody, answer BackupMade;
    errors [CapabilityNotOffered, IdempotencyConflict, StillRunning];
    examples [r#"{"file":"before-upgrade.db"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Exchange the master key.
    KeyRotate = "operator_key_rotate", Post "/operator/key/rotate", Operator, "operator", "Exchange the master key", writes;
    request Nothing, answer KeyRotated;
    errors [CapabilityNotOffered, IdempotencyConflict, StillRunning];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}
