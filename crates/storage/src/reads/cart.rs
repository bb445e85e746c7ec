//! Shopping carts.

use crate::{Error, Storage, record, records::CartRow, value::Column};
use domain::{DeveloperId, Marketplace, UserId};

impl Storage {
    /// The rows of a user's cart, in the order in which they were added.
    pub async fn cart(
        &self,
        developer: DeveloperId,
        user: UserId,
        marketplace: Marketplace,
    ) -> Result<Vec<CartRow>, Error> {
        let tail = "WHERE developer_id = $1 AND user_id = $2 AND marketplace = $3 ORDER BY id";
        let params = vec![developer.value(), user.value(), marketplace.value()];
        self.all(record::select::<CartRow>(tail, params)).await
    }
}
