//! The request for a way to talk to a seller.

use super::words::open_id;
use crate::{error::Fault, request::Id};
use domain::{IdCipher, OfferId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The seller of a product, to talk to. Ask on a user's click only: a user may do so ten times a minute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenUidBody {
    /// The marketplace's id; in v2 the opaque one is taken too.
    pub offer_id: Id,
    /// `sellerOpenId` of the product detail.
    pub open_uid: String,
}

impl OpenUidBody {
    pub fn offer(&self) -> Result<OfferId, Fault> {
        self.offer_id.parse("offerId")
    }

    /// Real or opaque.
    pub fn any_offer(&self, ids: &IdCipher) -> Result<OfferId, Fault> {
        self.offer_id.any_offer("offerId", ids)
    }

    pub fn seller(&self) -> Result<String, Fault> {
        open_id("openUid", &self.open_uid)
    }
}
