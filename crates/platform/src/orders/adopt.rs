//! Taking over orders that exist already at the marketplace: an operator who moves in, or the world's own examples. Reads
//! everything but the platform's own row data through the connector.

use crate::{
    Platform, Problem, Result,
    mirror::{self, Audit, Row},
    observe::{Letters, Look, Now, fresh, refund_record},
    problem::Thing,
};
use connector::Observed;
use domain::{
    AccountId, DeveloperId, Fen, Marketplace, OrderId, RowId, UserId, order::Order, purchase::Receiver, refund::Refund,
};
use storage::{Changes, CommitError, OrderChange, What, records};

/// What is adopted, and what the platform knows of it that the marketplace does not.
#[derive(Debug, Clone)]
pub struct Adoption {
    pub marketplace: Marketplace,
    pub developer: DeveloperId,
    pub user: UserId,
    pub account: AccountId,
    pub order: OrderId,
    /// Row id and service fee of each line, in the order of the lines; made anew where they are left out.
    pub rows: Vec<(RowId, Fen)>,
    /// Send a message for each refund of the order, as if it had just changed.
    pub announce: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopted {
    Now,
    /// The developer has it already; nothing was changed.
    Before,
}

impl Platform {
    pub async fn adopt(&self, ask: &Adoption) -> Result<Adopted> {
        if self.storage.order(ask.developer, ask.order).await?.is_some() {
            return Ok(Adopted::Before);
        }
        let order = self.ordering(ask.marketplace)?.order(ask.account, ask.order).await?;
        let aftersale = self.aftersale(ask.marketplace)?;
        let mut refunds = Vec::new();
        for refund in aftersale.refunds_of(ask.account, ask.order).await? {
            refunds.push(aftersale.refund(ask.account, refund.id).await?);
        }
        let changes = self.adoption(ask, &order, &refunds).await?;
        match self.storage.commit(changes).await {
            Ok(()) => {
                self.deliverer.notify();
                Ok(Adopted::Now)
            }
            Err(CommitError::Conflict(What::Order)) => Err(Problem::NotFound(Thing::Order)),
            Err(error) => Err(error.into()),
        }
    }

    async fn adoption(&self, ask: &Adoption, order: &Observed<Order>, refunds: &[Observed<Refund>]) -> Result<Changes> {
        let now = Now { wall: self.clocks.wall(), world: self.clocks.world() };
        let developer = self.storage.developer(ask.developer).await?.ok_or(Problem::NotFound(Thing::Developer))?;
        let latest = refunds.iter().map(|r| &r.core).max_by_key(|r| (r.modified_at, r.id)).map(|r| r.status);
        let record = fresh(self.adopted_record(ask, &order.core, now).await?, order, latest, now)?;
        let look = Look::at(ask.developer, ask.order);
        let mut letters = Letters::new(self, &developer, &look, &record, now);
        let mut change = OrderChange::insert(&record);
        for refund in refunds {
            let audit = Audit { created_by: None, created_at: now.world, updated_by: None, updated_at: now.world };
            let mut saved = refund_record(&record, refund, &audit, now)?;
            if ask.announce {
                letters.refund_letter(&mut saved.sequence, refund, &audit, order).await?;
            }
            change = change.insert_refund(&saved);
        }
        let messages = letters.changes;
        Ok(Changes::new().order(change).and(messages))
    }

    async fn adopted_record(&self, ask: &Adoption, order: &Order, now: Now) -> Result<records::Order> {
        let mut rows = self.rows(order).await?;
        for (row, (id, fee)) in rows.iter_mut().zip(&ask.rows) {
            *row = Row { entry: row.entry, id: *id, service_fee: *fee };
        }
        Ok(records::Order {
            developer_id: ask.developer,
            order_id: ask.order,
            user_id: ask.user,
            marketplace: ask.marketplace,
            account_id: ask.account,
            order_no: self.order_no(ask.developer, now).await?,
            out_order_id: None,
            own_number: order.out_order_id.clone(),
            edition: "adopted".to_owned(),
            status: String::new(),
            pay_status: 1,
            refund_status: None,
            created_at: order.created_at,
            modified_at: order.modified_at,
            names: String::new(),
            core: String::new(),
            document: String::new(),
            rows: mirror::text(&rows)?,
            address: mirror::text(&Receiver::default())?,
            remarks: None,
            observed_at: now.wall,
            sequence: 0,
            version: 1,
        })
    }
}
