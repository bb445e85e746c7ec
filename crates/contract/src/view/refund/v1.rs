//! The after-sales record of v1: as an answer with the platform's audit columns, and as the body of a message.

use super::RefundColumns;
use crate::{
    dialect::{Time, V1Info, V1Message},
    scalar::{IdNumber, Text},
};
use domain::{Timestamp, UserId, refund::Refund};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who made and who last changed the record of a refund, and when. `None` when a message from the marketplace did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit {
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub updated_by: Option<UserId>,
    pub updated_at: Timestamp,
}

/// The answer of the v1 refund query. `extInfo`, `orderEntryCountMap`, `orderEntryIdList` and `refundOperationList` are
/// JSON text in the form of the v1 message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlibabaRefundInfo {
    /// Numeric part of `refundId`.
    pub id: Option<IdNumber>,
    /// A user-id, or `system`.
    pub create_by: Option<Text>,
    /// A user-id, or 0.
    pub create_by_id: Option<IdNumber>,
    pub create_time: Option<Time<V1Info>>,
    /// A user-id, or `system`.
    pub update_by: Option<Text>,
    /// A user-id, or 0.
    pub update_by_id: Option<IdNumber>,
    pub update_time: Option<Time<V1Info>>,
    /// Null.
    pub remark: Option<Text>,
    #[serde(flatten)]
    pub columns: RefundColumns<V1Info>,
    /// Text here, a number everywhere else.
    pub seller_user_id: Option<Text>,
}

impl AlibabaRefundInfo {
    /// Reads the marketplace's record.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// Lays over what the state machine and the platform own.
    pub fn overlay(&mut self, refund: &Refund, audit: &Audit) {
        self.id = Some(IdNumber(refund.id.get()));
        (self.create_by, self.create_by_id) = actor(audit.created_by);
        (self.update_by, self.update_by_id) = actor(audit.updated_by);
        self.create_time = Some(audit.created_at.into());
        self.update_time = Some(audit.updated_at.into());
        self.columns.overlay(refund);
    }
}

fn actor(user: Option<UserId>) -> (Option<Text>, Option<IdNumber>) {
    let name = user.map_or_else(|| "system".to_owned(), |id| id.to_string());
    (Some(Text(name)), Some(IdNumber(user.map_or(0, UserId::get))))
}

/// The body of a v1 or v2 refund message: real values, epoch milliseconds, nulls left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundMessageBody {
    #[serde(flatten)]
    pub columns: RefundColumns<V1Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_user_id: Option<IdNumber>,
    /// Numeric part of `refundId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<IdNumber>,
    /// When the platform wrote its record; later than the event itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Time<V1Message>>,
}

impl RefundMessageBody {
    /// Reads the marketplace's record.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// Lays over what the state machine and the platform own.
    pub fn overlay(&mut self, refund: &Refund, created_at: Timestamp) {
        self.id = Some(IdNumber(refund.id.get()));
        self.create_time = Some(created_at.into());
        self.columns.overlay(refund);
    }
}
