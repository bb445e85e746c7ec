//! Making orders: of one merchant, or of several in one call. The number sent upstream is ours and unique over all
//! developers, because purchasing accounts are shared; the caller's own number stays here.
//!
//! Each merchant's order is an intent of its own, so that one merchant's failure, or a crash, touches no other.

use super::{
    AT_ONCE,
    merchants::{Share, Wanted},
};
use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intend::Start,
    intent::{Deed, NewOrder, Open, Outcome},
    mirror::OwnOrder,
};
use connector::ordering::{CreateAsk, PreviewAsk};
use domain::{
    AccountId, Marketplace, OrderId,
    purchase::{PreviewOrder, Receiver},
};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use storage::Changes;

/// What is to be bought.
#[derive(Debug, Clone)]
pub struct NewPurchase {
    pub marketplace: Marketplace,
    pub lines: Vec<Wanted>,
    /// The lines may be of several merchants, and each gets an order of its own.
    pub several: bool,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub promotion_id: Option<String>,
    pub out_order_id: Option<String>,
    /// Edition of the call, by name.
    pub edition: &'static str,
    /// Key accounts: a preview of the same lines must have been made.
    pub needs_preview: bool,
    pub remarks: Option<Remarks>,
}

/// What a caller notes about an order, for itself and for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    pub staff_name: Option<String>,
    /// The caller's ordering channel.
    pub channel: Option<i64>,
    /// Pictures that prove a bank transfer.
    pub transfer_images: Option<String>,
    pub transfer_text: Option<String>,
    /// The caller's own names of lines.
    pub lines: Vec<LineRemark>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRemark {
    pub offer: String,
    pub spec: Option<String>,
    pub product_no: Option<String>,
    pub container: Option<String>,
}

/// The orders that were made, in the order of their merchants, and the merchants whose order was not.
#[derive(Debug, Clone)]
pub struct Purchase {
    pub orders: Vec<OwnOrder>,
    pub failed: Vec<Failed>,
}

/// A merchant who failed.
#[derive(Debug, Clone)]
pub struct Failed {
    pub seller: String,
    pub problem: Problem,
}

/// A merchant's goods, and where they stand among the merchants of the call.
struct Part {
    share: Share,
    deed: Deed,
}

/// What came of a create that was sent.
enum Sent {
    /// The orders as they are in the mirror now.
    Taken(Vec<OwnOrder>),
    /// They are in the mirror, by whomever.
    Known(Vec<OrderId>),
}

type Made = std::result::Result<Vec<OwnOrder>, Failed>;

impl Platform {
    /// Makes an order for each merchant. An error where none was made: that of the first.
    pub async fn create_orders(&self, caller: &Caller, ticket: &Ticket, ask: NewPurchase) -> Result<Purchase> {
        let account = self.account_of(caller, ask.marketplace).await?;
        let shares = self.shares(ask.marketplace, &ask.lines, ask.several).await?;
        self.buy_shares(caller, ticket, account, &ask, shares, Vec::new()).await
    }

    /// Makes an order for each share; `failed` are merchants who have failed already.
    pub(crate) async fn buy_shares(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        account: AccountId,
        ask: &NewPurchase,
        shares: Vec<Share>,
        failed: Vec<Failed>,
    ) -> Result<Purchase> {
        self.ordering(ask.marketplace)?;
        let mut made: Vec<Option<Made>> = Vec::new();
        let mut parts = Vec::new();
        for share in shares {
            let part = Part { deed: new_order(self, caller, account, ask, &share), share };
            match self.check_part(caller, ticket, account, ask, &part).await {
                Ok(()) => {
                    parts.push((made.len(), part));
                    made.push(None);
                }
                Err(problem) => made.push(Some(Err(part.share.failed(problem)))),
            }
        }
        if !parts.is_empty() {
            for (at, outcome) in self.make_all(caller, ticket, ask, parts).await? {
                made[at] = Some(outcome);
            }
        }
        purchase(made.into_iter().flatten().chain(failed.into_iter().map(Err)))
    }

    /// A part that an earlier try has begun is not judged again: its order may exist.
    async fn check_part(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        account: AccountId,
        ask: &NewPurchase,
        part: &Part,
    ) -> Result<()> {
        if self.was_begun(ticket, &part.deed)? {
            return Ok(());
        }
        self.check_purchase(caller, account, ask, &part.share).await
    }

    /// Begins all parts in one commit, and sends those that have to be sent.
    async fn make_all(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        ask: &NewPurchase,
        parts: Vec<(usize, Part)>,
    ) -> Result<Vec<(usize, Made)>> {
        let deeds = parts.iter().map(|(_, part)| part.deed.clone()).collect();
        let starts = self.intend_all(caller, ticket, deeds, Changes::new()).await?;
        let making = parts.into_iter().zip(starts).map(|((at, part), start)| async move {
            let made = self.make(caller, ticket, ask, &part.share, start).await;
            (at, made.map_err(|problem| part.share.failed(problem)))
        });
        Ok(stream::iter(making.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await)
    }

    async fn make(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        ask: &NewPurchase,
        share: &Share,
        start: Result<Start>,
    ) -> Result<Vec<OwnOrder>> {
        let ids = match start? {
            Start::Earlier(Outcome::Orders(ids)) => ids,
            Start::Earlier(other) => return Err(Problem::Internal(format!("a create ended as {other:?}"))),
            Start::Send(open) => match self.send_create(ticket, &open, ask, share).await? {
                Sent::Taken(orders) => return Ok(orders),
                Sent::Known(ids) => ids,
            },
        };
        let mut orders = Vec::with_capacity(ids.len());
        for id in ids {
            orders.push(self.own_order(caller, id).await?);
        }
        Ok(orders)
    }

    async fn send_create(&self, ticket: &Ticket, open: &Open, ask: &NewPurchase, share: &Share) -> Result<Sent> {
        let Deed::CreateOrder(new) = &open.deed else {
            return Err(Problem::Internal("a create without its intent".to_owned()));
        };
        let upstream = CreateAsk {
            own_number: new.own_number.clone(),
            lines: share.lines.clone(),
            receiver: ask.receiver.clone(),
            flow: ask.flow.clone(),
            message: ask.message.clone(),
            trade_type: ask.trade_type.clone(),
            promotion_id: ask.promotion_id.clone(),
        };
        let unclear = match self.ordering(new.marketplace)?.create(new.account, &upstream).await {
            Ok(ids) => match self.take_over_at_end(ticket, open, new, &ids).await {
                Ok(taken) if taken.len() == ids.len() => return Ok(Sent::Taken(taken)),
                Ok(_) => return Ok(Sent::Known(ids)),
                Err(problem) if problem.is_absence() => open.deed.names_nothing(),
                // The orders exist; what failed is our side of it, and a later try finds them.
                Err(problem) => {
                    ticket.leave_open();
                    return Err(problem);
                }
            },
            Err(error) => error,
        };
        match self.find_out(open, ticket, unclear).await? {
            Outcome::Orders(ids) => Ok(Sent::Known(ids)),
            other => Err(Problem::Internal(format!("a create ended as {other:?}"))),
        }
    }

    async fn check_purchase(
        &self,
        caller: &Caller,
        account: AccountId,
        ask: &NewPurchase,
        share: &Share,
    ) -> Result<()> {
        let preview = PreviewAsk {
            lines: share.lines.clone(),
            receiver: ask.receiver.clone(),
            flow: Some(ask.flow.clone()).filter(|f| !f.is_empty()),
        };
        let orders = if ask.needs_preview {
            self.hold_to_preview(caller, ask.marketplace, account, &preview).await?
        } else if ask.trade_type.is_some() || ask.promotion_id.is_some() {
            self.ordering(ask.marketplace)?.preview(account, &preview).await?.orders
        } else {
            return Ok(());
        };
        choose(&orders, ask)
    }
}

fn new_order(platform: &Platform, caller: &Caller, account: AccountId, ask: &NewPurchase, share: &Share) -> Deed {
    Deed::CreateOrder(Box::new(NewOrder {
        marketplace: ask.marketplace,
        account,
        user: caller.user,
        own_number: format!("SP{}", platform.new_id()),
        out_order_id: ask.out_order_id.clone(),
        edition: ask.edition.to_owned(),
        receiver: ask.receiver.clone(),
        request_id: caller.request_id.clone(),
        merchant: share.merchant(),
        remarks: ask.remarks.clone(),
        cart: share.rows.clone(),
    }))
}

fn purchase(made: impl Iterator<Item = Made>) -> Result<Purchase> {
    let mut purchase = Purchase { orders: Vec::new(), failed: Vec::new() };
    for part in made {
        match part {
            Ok(orders) => purchase.orders.extend(orders),
            Err(failed) => purchase.failed.push(failed),
        }
    }
    match purchase.failed.first() {
        Some(first) if purchase.orders.is_empty() => Err(first.problem.clone()),
        Some(_) | None => Ok(purchase),
    }
}

/// Trade type and promotion must be among those that the preview offers.
fn choose(orders: &[PreviewOrder], ask: &NewPurchase) -> Result<()> {
    let offered = |all: fn(&PreviewOrder) -> &Vec<String>, word: &String| orders.iter().all(|o| all(o).contains(word));
    if let Some(word) = &ask.trade_type
        && !offered(|o| &o.trade_modes, word)
    {
        return Err(Problem::Invalid {
            field: "tradeType",
            expected: "a value of the preview's tradeModeNameList".to_owned(),
        });
    }
    if let Some(id) = &ask.promotion_id
        && !orders.iter().any(|o| o.promotions.contains(id))
    {
        return Err(Problem::Invalid { field: "shopPromotionId", expected: "a promotion of the preview".to_owned() });
    }
    Ok(())
}
