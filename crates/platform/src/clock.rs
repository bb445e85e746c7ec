//! Two times, both injected: the wall rules what others measure (signatures, leases, keys), the world rules what the story
//! measures (orders, refunds, deadlines, the callback schedule). With live marketplaces they are the same.

use domain::Timestamp;
use std::sync::Arc;

pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Clone)]
pub struct Clocks {
    pub wall: Now,
    pub world: Now,
}

impl Clocks {
    pub fn wall(&self) -> Timestamp {
        (self.wall)()
    }

    pub fn world(&self) -> Timestamp {
        (self.world)()
    }
}
