//! A row that is being bought is held by the intent that buys it, so that a cart is not bought twice at the same moment.
//!
//! It is held in the commit that begins the intent, and leaves the cart, or is let go, in the commit that ends it: whoever
//! ends it, and whenever. So a crash leaves no row that was bought, and none that nobody can buy.

use crate::intent::{Deed, Open, Outcome};
use domain::{CartRowId, purchase::CargoLine};
use serde::{Deserialize, Serialize};
use storage::{CartOf, Changes};

/// A row as an intent buys it, whatever becomes of it in the cart meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeldRow {
    pub id: CartRowId,
    pub line: CargoLine,
    #[serde(default)]
    pub product_no: Option<String>,
    #[serde(default)]
    pub container: Option<String>,
}

impl Open {
    /// Keeps the rows that are about to be bought.
    pub(crate) fn hold_rows(&self) -> Changes {
        self.each_row(|changes, cart, row| changes.hold_cart_row(cart, row.id, &self.id))
    }

    /// What becomes of them.
    pub(crate) fn end_rows(&self, outcome: &Outcome) -> Changes {
        match outcome {
            Outcome::Orders(_) => {
                self.each_row(|changes, cart, row| changes.take_cart_row(cart, row.id, &self.id, row.line.quantity))
            }
            Outcome::Refund(_) | Outcome::Done | Outcome::Refused(_) => {
                self.each_row(|changes, cart, row| changes.release_cart_row(cart, row.id, &self.id))
            }
        }
    }

    fn each_row(&self, change: impl Fn(Changes, CartOf, &HeldRow) -> Changes) -> Changes {
        let Deed::CreateOrder(new) = &self.deed else { return Changes::new() };
        let cart = CartOf { developer: self.developer, user: new.user };
        new.cart.iter().fold(Changes::new(), |changes, row| change(changes, cart, row))
    }
}
