//! Rows of shopping carts. A cart is all rows of a user at one marketplace.

use crate::record::record;
use domain::{CartRowId, DeveloperId, Marketplace, OfferId, Timestamp, UserId};

record! {
    /// A specification that a user means to buy. There is one row of it.
    CartRow in "cart_rows" as CartRow by [developer_id, user_id, id] {
        developer_id: DeveloperId,
        user_id: UserId,
        id: CartRowId,
        marketplace: Marketplace,
        offer_id: OfferId,
        /// Empty for products without specifications.
        spec_id: String,
        quantity: i64,
        /// Encrypted id of the seller.
        seller: String,
        /// JSON of what the marketplace and the caller said of it when it was added.
        facts: String,
        product_no: Option<String>,
        container: Option<String>,
        added_at: Timestamp,
        /// The intent that is buying it.
        held_by: Option<String>,
    }
}
