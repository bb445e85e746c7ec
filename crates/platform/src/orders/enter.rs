//! New orders enter the mirror: with the platform's own number, rows and fees, and with their messages.

use crate::{
    Platform, Problem, Result,
    intent::{Ending, NewOrder, Open, Outcome},
    mirror::{self, OwnOrder, Row},
    observe::{Letters, Look, Now, fresh},
};
use connector::Observed;
use domain::{
    Fen, OrderId, RowId,
    event::Event,
    order::{Order, diff},
};
use storage::{Changes, CommitError, OrderChange, What, records};

/// New orders before the commit that takes them in.
pub(crate) struct Entrance {
    /// Those that are not there yet.
    pub orders: Vec<OwnOrder>,
    pub changes: Changes,
    pub ending: Ending,
}

/// Whether orders may be in the mirror before their entrance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// An earlier try, or a job that settles it, may have taken them in.
    Perhaps,
    /// The marketplace made them a moment ago, for the first try; should they be there after all, the commit says so.
    No,
}

impl Platform {
    /// Takes new orders into the mirror with their messages, and ends the intent, in one commit. Answers those that it took;
    /// others were there already.
    pub(crate) async fn take_over(&self, open: &Open, new: &NewOrder, ids: &[OrderId]) -> Result<Vec<OwnOrder>> {
        let Entrance { orders, changes, ending } = self.entrance(open, new, ids, Known::Perhaps).await?;
        match self.storage.commit(ending.changes()?.and(changes)).await {
            Ok(()) => {
                self.deliverer.notify();
                Ok(orders)
            }
            // Somebody else settled the same intent at the same moment.
            Err(CommitError::Conflict(What::Order | What::Intent)) => {
                self.storage.commit(ending.without_intent().changes()?).await?;
                Ok(Vec::new())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What a take-over would commit.
    pub(crate) async fn entrance(
        &self,
        open: &Open,
        new: &NewOrder,
        ids: &[OrderId],
        known: Known,
    ) -> Result<Entrance> {
        let mut seen = Vec::with_capacity(ids.len());
        for id in ids {
            seen.push(self.ordering(new.marketplace)?.order(new.account, *id).await?);
        }
        let ending = open.end(&Outcome::Orders(ids.to_vec()))?;
        let mut changes = Changes::new();
        let mut orders = Vec::with_capacity(seen.len());
        for order in &seen {
            if known == Known::Perhaps && self.storage.order(open.developer, order.core.id).await?.is_some() {
                continue;
            }
            let (own, look) = self.first_look(open, new, order).await?;
            changes = changes.and(look);
            orders.push(own);
        }
        Ok(Entrance { orders, changes, ending })
    }

    /// The order, and the change that makes its record.
    async fn first_look(&self, open: &Open, new: &NewOrder, seen: &Observed<Order>) -> Result<(OwnOrder, Changes)> {
        let now = Now { wall: self.clocks.wall(), world: self.clocks.world() };
        let rows = self.rows(&seen.core).await?;
        let record = self.order_record(open, new, seen, &rows, now).await?;
        let developer = self.storage.developer(open.developer).await?;
        let developer = developer.ok_or_else(|| Problem::Internal("the developer is gone".to_owned()))?;
        let look = Look {
            by: Some(new.user),
            request_id: Some(new.request_id.clone()),
            ..Look::at(open.developer, seen.core.id)
        };
        let mut sequence = record.sequence;
        let events: Vec<Event> = diff::events(None, &seen.core).into_iter().map(Event::Order).collect();
        let mut letters = Letters::new(self, &developer, &look, &record, now);
        letters.order(&mut sequence, &events, seen).await?;
        let messages = letters.changes;
        let record = records::Order { sequence, ..record };
        let changes = Changes::new().order(OrderChange::insert(&record)).and(messages);
        Ok((OwnOrder::of(record, seen.core.clone(), rows, new.receiver.clone()), changes))
    }

    async fn order_record(
        &self,
        open: &Open,
        new: &NewOrder,
        seen: &Observed<Order>,
        rows: &[Row],
        now: Now,
    ) -> Result<records::Order> {
        let record = records::Order {
            developer_id: open.developer,
            order_id: seen.core.id,
            user_id: new.user,
            marketplace: new.marketplace,
            account_id: new.account,
            order_no: self.order_no(open.developer, now).await?,
            out_order_id: new.out_order_id.clone(),
            own_number: Some(new.own_number.clone()),
            edition: new.edition.clone(),
            status: String::new(),
            pay_status: 1,
            refund_status: None,
            created_at: seen.core.created_at,
            modified_at: seen.core.modified_at,
            names: String::new(),
            core: String::new(),
            document: String::new(),
            rows: mirror::text(&rows)?,
            address: mirror::text(&new.receiver)?,
            remarks: new.remarks.as_ref().map(mirror::text).transpose()?,
            observed_at: now.wall,
            sequence: 0,
            version: 1,
        };
        fresh(record, seen, None, now)
    }

    /// `PO`, the day, and a running number of the developer with at least four digits.
    pub(crate) async fn order_no(&self, developer: domain::DeveloperId, now: Now) -> Result<String> {
        let day = now.world.beijing().strftime("%Y%m%d").to_string();
        let number = self.storage.number(developer, &format!("order_no:{day}")).await?;
        Ok(format!("PO{day}{number:04}"))
    }

    /// Row ids and fees of the lines.
    pub(crate) async fn rows(&self, order: &Order) -> Result<Vec<Row>> {
        let count = u32::try_from(order.lines.len()).unwrap_or(u32::MAX);
        let first = self.storage.ids(count).await?;
        let rate = self.config.service_fee_bp;
        (first..)
            .zip(&order.lines)
            .map(|(id, line)| {
                let id = RowId::new(id).map_err(|e| Problem::Internal(e.to_string()))?;
                Ok(Row { entry: line.id, id, service_fee: fee(line.amount, rate) })
            })
            .collect()
    }
}

/// A rate in hundredths of a percent, rounded half up.
fn fee(amount: Fen, rate_bp: u32) -> Fen {
    let exact = i128::from(amount.0) * i128::from(rate_bp);
    Fen(i64::try_from((exact + 5_000).div_euclid(10_000)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_of_the_example_is_44_on_2900() {
        assert_eq!(fee(Fen(2900), 150), Fen(44));
        assert_eq!(fee(Fen(0), 150), Fen(0));
    }
}
