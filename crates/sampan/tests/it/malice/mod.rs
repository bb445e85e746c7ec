//! The OWASP API Security Top 10 (2023) over every registered operation.
//!
//! What is sent comes from the table of operations and the schemas of its requests ([`places`]), so an operation is covered
//! by being registered. Each answer goes past a [`watch`]: a code that the operation declares, never a fault of the platform,
//! nothing told that is not for the caller. Where a request is refused, what it aimed at is compared before and after.
//!
//! | risk | tests |
//! | --- | --- |
//! | API1 objects of others | `foreign` |
//! | API2 authentication | `replay`, `keys`, `pipeline::{nonce, signature}` |
//! | API3 properties | `extra` |
//! | API4 resources | `sizes` |
//! | API5 functions of others | `rights`, `methods` |
//! | API6 business flows | `amounts`, `race` (cancel and pay at once: `race::order::of_cancel_and_pay_one_wins`) |
//! | API7 requests of the server | `addresses`, `messages/tests/it/hostile.rs` |
//! | API8 configuration | `rights`, `methods`, [`watch`] |
//! | API9 inventory | `rights::nothing_is_served_beside_the_table` |
//! | API10 what others say | `confusion`, `ambiguity`, `alibaba1688/src/tests/pushes.rs` |

mod addresses;
mod amounts;
mod confusion;
mod estate;
mod extra;
mod foreign;
mod keys;
mod methods;
mod places;
mod replay;
mod rights;
mod sizes;
mod watch;

use crate::{operations, persona::Persona, world::World};
use contract::operation::{Edition, Entry};

/// Callers of every operation.
pub struct Callers {
    pub developer: Persona,
    operator: Persona,
}

impl Callers {
    /// A new developer to whom everything is granted, and the operator.
    pub async fn of(world: &World) -> Self {
        Self { developer: world.another().await, operator: world.operator.clone() }
    }

    /// Who may call it. An exchange of keys gets somebody of its own, so that the others go on.
    pub async fn of_entry(&self, world: &World, entry: &Entry) -> Persona {
        match entry.edition {
            Edition::Operator => self.operator.clone(),
            Edition::Developer if entry.id == "developer_secret_reset" => operations::somebody(world, entry).await,
            Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor | Edition::Developer => self.developer.clone(),
        }
    }
}
