//! Filling a cart and changing it. What is added must be on sale at this moment; the rest asks nobody.

use super::{Facts, Kept, Preferred, cart_of};
use crate::{Caller, Platform, Problem, Result, Ticket, mirror, problem::Thing};
use domain::{
    CartRowId, Marketplace, OfferId, SpecId,
    cart::{MAX_PIECES, MAX_ROWS},
};
use storage::{CartEdit, Changes, records};

/// What is put into a cart.
#[derive(Debug, Clone)]
pub struct Addition {
    pub offer: OfferId,
    pub spec: Option<SpecId>,
    pub pieces: u32,
    /// The seller that the caller names.
    pub seller: Option<String>,
    pub preferred: Preferred,
    pub product_no: Option<String>,
    pub container: Option<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone)]
pub struct Change {
    pub row: CartRowId,
    pub pieces: u32,
    /// `None`: as before.
    pub product_no: Option<String>,
    pub container: Option<String>,
}

/// The cart has no room for a row, or the row none for so many pieces.
pub(crate) fn no_room() -> Problem {
    amount(&format!("at most {MAX_ROWS} rows in a cart and {MAX_PIECES} pieces in a row"))
}

fn amount(expected: &str) -> Problem {
    Problem::Amount { field: "quantity", expected: format!("expected {expected}") }
}

impl Platform {
    /// Puts pieces of a specification into the cart, to those that are there already.
    pub async fn add_to_cart(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        marketplace: Marketplace,
        addition: Addition,
    ) -> Result<()> {
        let catalog = self.catalog_of(marketplace)?;
        let spec_id = addition.spec.as_ref().map(ToString::to_string).unwrap_or_default();
        let cart = self.kept_cart(caller, marketplace).await?;
        let there = cart.iter().find(|row| row.offer_id == addition.offer && row.spec_id == spec_id);
        let before = there.map_or(0, |row| row.quantity);
        if before.saturating_add(addition.pieces.into()) > MAX_PIECES.into() {
            return Err(amount(&format!("at most {MAX_PIECES} pieces in a row, which has {before}")));
        }
        if there.is_none() && cart.len() >= MAX_ROWS {
            return Err(amount(&format!("at most {MAX_ROWS} rows in a cart")));
        }
        let offering = catalog.offering(addition.offer).await?;
        let spec = offering.spec(addition.spec.as_ref()).ok_or(Problem::NotFound(Thing::Specification))?;
        if addition.seller.as_ref().is_some_and(|named| *named != offering.seller) {
            return Err(Problem::OtherSeller(None));
        }
        let kept = Kept { facts: Facts::of(&offering, spec, addition.pieces), preferred: addition.preferred };
        let row = records::CartRow {
            developer_id: caller.developer.id,
            user_id: caller.user,
            id: CartRowId::new(self.storage.ids(1).await?).map_err(|e| Problem::Internal(e.to_string()))?,
            marketplace,
            offer_id: addition.offer,
            spec_id,
            quantity: addition.pieces.into(),
            seller: offering.seller,
            facts: mirror::text(&kept)?,
            product_no: addition.product_no,
            container: addition.container,
            added_at: self.clocks.world(),
            held_by: None,
        };
        ticket.decide(Changes::new().add_to_cart(&row, MAX_ROWS, MAX_PIECES));
        Ok(())
    }

    /// Changes a row of this caller's cart. One that is being bought keeps what remains above the pieces that are bought.
    pub async fn edit_cart(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        marketplace: Marketplace,
        change: Change,
    ) -> Result<()> {
        let Change { row, pieces, product_no, container } = change;
        if !self.kept_cart(caller, marketplace).await?.iter().any(|kept| kept.id == row) {
            return Err(Problem::NotFound(Thing::CartRow { field: "id", id: row }));
        }
        let edit = CartEdit { quantity: pieces.into(), product_no, container };
        ticket.decide(Changes::new().edit_cart_row(cart_of(caller), row, &edit));
        Ok(())
    }

    /// Takes rows out of this caller's cart; others' stay.
    pub fn delete_from_cart(&self, caller: &Caller, ticket: &Ticket, rows: &[CartRowId]) {
        let cart = cart_of(caller);
        ticket.decide(rows.iter().fold(Changes::new(), |changes, row| changes.delete_cart_row(cart, *row)));
    }
}
