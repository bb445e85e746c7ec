//! The log of requests.

use crate::{Error, Storage, record, records::Request, value::Column};
use domain::DeveloperId;

impl Storage {
    /// A request of this developer; another's is not found.
    pub async fn request(&self, developer: DeveloperId, request_id: &str) -> Result<Option<Request>, Error> {
        self.first(record::by_key::<Request>(vec![developer.value(), request_id.to_owned().value()])).await
    }
}
