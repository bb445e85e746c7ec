//! From the cart to an order: the rows of each merchant are previewed and bought as lines that were asked for one by one.
//!
//! Who sells a row was found out when it was added, so nobody is asked again, and a merchant is the same part of the write
//! in each of its tries. A later try with the same key takes the rows of parts that were begun from their intents: those
//! that were bought have left the cart, and those of which nobody knows are bought as they were first asked for.

use super::HeldRow;
use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intent::{Deed, Open},
    orders::{Failed, LineRemark, MerchantPreview, NewPurchase, Purchase, Remarks, Share},
    problem::Thing,
};
use domain::{
    CartRowId, Marketplace,
    purchase::{CargoLine, Receiver},
};
use storage::records::{CartRow, IntentState};

const FIELD: &str = "cartIds";

/// Rows that are to be previewed.
#[derive(Debug, Clone)]
pub struct CartPreview {
    pub marketplace: Marketplace,
    pub rows: Vec<CartRowId>,
    pub receiver: Receiver,
}

/// Rows that are to be bought.
#[derive(Debug, Clone)]
pub struct CartPurchase {
    pub marketplace: Marketplace,
    pub rows: Vec<CartRowId>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub promotion_id: Option<String>,
    pub staff_name: Option<String>,
    /// Edition of the call, by name.
    pub edition: &'static str,
}

impl Platform {
    /// Previews the rows of each merchant by themselves; one that fails harms no other.
    pub async fn preview_cart(&self, caller: &Caller, ask: CartPreview) -> Result<Vec<MerchantPreview>> {
        self.ordering(ask.marketplace)?;
        let cart = self.kept_cart(caller, ask.marketplace).await?;
        let mut shares = Vec::new();
        for id in &ask.rows {
            let row = cart.iter().find(|row| row.id == *id).ok_or(not_found(*id))?;
            add(&mut shares, &row.seller, held(row)?);
        }
        Ok(self.preview_shares(caller, ask.marketplace, &ask.receiver, shares).await)
    }

    /// Makes an order for each merchant of the rows. What was bought leaves the cart with it; the rest stays.
    pub async fn create_from_cart(&self, caller: &Caller, ticket: &Ticket, ask: CartPurchase) -> Result<Purchase> {
        let account = self.account_of(caller, ask.marketplace).await?;
        let begun = begun(ticket)?;
        let cart = self.kept_cart(caller, ask.marketplace).await?;
        let (mut shares, mut lost) = (Vec::new(), Vec::new());
        for id in &ask.rows {
            if let Some((seller, row)) = begun.iter().find(|(_, row)| row.id == *id) {
                add(&mut shares, seller, row.clone());
                continue;
            }
            match cart.iter().find(|row| row.id == *id) {
                Some(row) if is_held_by_another(row, ticket) => return Err(Problem::StillRunning(FIELD)),
                Some(row) => add(&mut shares, &row.seller, held(row)?),
                // The first try found it, and has bought others.
                None if ticket.resumed().is_some() => {
                    lost.push(Failed { seller: format!("cart row {id}"), problem: not_found(*id) });
                }
                None => return Err(not_found(*id)),
            }
        }
        let purchase = purchase(ask, &shares);
        self.buy_shares(caller, ticket, account, &purchase, shares, lost).await
    }
}

/// The rows of the parts that an earlier try with the same key has begun, with their merchants. Of a part that was refused
/// nothing was bought: its rows are what the cart has.
fn begun(ticket: &Ticket) -> Result<Vec<(String, HeldRow)>> {
    let mut rows = Vec::new();
    for intent in ticket.intents().iter().filter(|intent| intent.state != IntentState::Failed) {
        if let Deed::CreateOrder(new) = Open::read(intent)?.deed {
            let seller = new.merchant.clone().unwrap_or_default();
            rows.extend(new.cart.into_iter().map(|row| (seller.clone(), row)));
        }
    }
    Ok(rows)
}

fn is_held_by_another(row: &CartRow, ticket: &Ticket) -> bool {
    row.held_by.as_ref().is_some_and(|held| !ticket.intents().iter().any(|intent| intent.id == *held))
}

fn held(row: &CartRow) -> Result<HeldRow> {
    let quantity = u32::try_from(row.quantity);
    let quantity =
        quantity.map_err(|_| Problem::Internal(format!("cart row {} has {} pieces", row.id, row.quantity)))?;
    Ok(HeldRow {
        id: row.id,
        line: CargoLine { offer_id: row.offer_id, spec_id: super::spec_of(row)?, quantity },
        product_no: row.product_no.clone(),
        container: row.container.clone(),
    })
}

fn add(shares: &mut Vec<Share>, seller: &str, row: HeldRow) {
    match shares.iter_mut().find(|share| share.is_of(seller)) {
        Some(share) => share.put(row),
        None => shares.push(Share::of_row(seller, row)),
    }
}

fn not_found(id: CartRowId) -> Problem {
    Problem::NotFound(Thing::CartRow { field: FIELD, id })
}

fn purchase(ask: CartPurchase, shares: &[Share]) -> NewPurchase {
    let noted = shares.iter().flat_map(|share| &share.rows).filter(|r| r.product_no.is_some() || r.container.is_some());
    let remark = |row: &HeldRow| LineRemark {
        offer: row.line.offer_id.to_string(),
        spec: row.line.spec_id.as_ref().map(ToString::to_string),
        product_no: row.product_no.clone(),
        container: row.container.clone(),
    };
    let remarks = Remarks { staff_name: ask.staff_name, lines: noted.map(remark).collect(), ..Remarks::default() };
    NewPurchase {
        marketplace: ask.marketplace,
        lines: Vec::new(),
        several: true,
        receiver: ask.receiver,
        flow: ask.flow,
        message: ask.message,
        trade_type: ask.trade_type,
        promotion_id: ask.promotion_id,
        out_order_id: None,
        edition: ask.edition,
        needs_preview: false,
        remarks: (remarks != Remarks::default()).then_some(remarks),
    }
}
