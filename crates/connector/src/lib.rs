//! What a marketplace can do, as small traits: one for each capability. A connector implements those that its
//! marketplace has; a missing one is a missing value in [`Capabilities`], never a method that pretends to work.
//!
//! Traits speak `domain` and documents, never an upstream's own words. Errors are one type ([`Error`]) with a kind, which
//! decides what the developer is told, and a retry class, which decides whether the call may have had an effect.

pub mod aftersale;
pub mod cassette;
pub mod catalog;
pub mod error;
pub mod health;
pub mod layers;
pub mod ordering;
pub mod payment;
pub mod push;
pub mod recent;
pub mod scrub;
pub mod shown;
pub mod token;
pub mod trail;
pub mod transport;
pub mod upstream;

pub use aftersale::Aftersale;
pub use catalog::Catalog;
pub use error::{Effect, Error, Kind};
pub use health::Health;
pub use layers::Policy;
pub use ordering::Ordering;
pub use payment::Payment;
pub use push::Push;
pub use recent::Recent;
pub use token::{TokenSet, Tokens};
pub use transport::Transport;
pub use upstream::{Call, Upstream, layered};

use domain::Document;
use std::sync::Arc;

pub type Result<T> = std::result::Result<T, Error>;

/// A look at an object of the marketplace: the core that has rules, and the record as received.
#[derive(Debug, Clone)]
pub struct Observed<T> {
    pub core: T,
    pub document: Document,
}

/// What one connected marketplace offers.
#[derive(Clone, Default)]
pub struct Capabilities {
    pub catalog: Option<Arc<dyn Catalog>>,
    pub ordering: Option<Arc<dyn Ordering>>,
    pub payment: Option<Arc<dyn Payment>>,
    pub aftersale: Option<Arc<dyn Aftersale>>,
    pub push: Option<Arc<dyn Push>>,
    pub recent: Option<Arc<dyn Recent>>,
    pub health: Option<Arc<dyn Health>>,
}
