//! Messages with where they stand and what was tried.

use super::{Page, Period, query::Query};
use crate::{
    Error, Storage,
    record::{self, Record},
    records::{Attempt, Delivery, DeliveryState, Message, ObjectKind},
    value::{Column, Statement},
};
use domain::{DeveloperId, MessageId, Timestamp};
use std::collections::HashMap;

/// Which messages of a developer. What is empty or absent asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    pub ids: Vec<MessageId>,
    pub created: Period,
    pub states: Vec<DeliveryState>,
    pub message_type: Option<String>,
    /// Of one kind of object only.
    pub object_kind: Option<ObjectKind>,
    /// An order's or a refund's number.
    pub object_id: Option<i64>,
}

/// A message, where its delivery stands, and all attempts, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageEntry {
    pub message: Message,
    pub delivery: Delivery,
    pub attempts: Vec<Attempt>,
}

impl MessageFilter {
    fn query(&self, developer: DeveloperId) -> Query {
        Query::default()
            .and("m.developer_id =", &developer)
            .and_in("m.id", &self.ids)
            .and_within("m.created_at", self.created)
            .and_in("d.state", &self.states)
            .and_some("m.message_type =", self.message_type.as_ref())
            .and_some("m.object_kind =", self.object_kind.as_ref())
            .and_some("m.object_id =", self.object_id.as_ref())
    }
}

const JOINED: &str = "messages m JOIN deliveries d ON d.developer_id = m.developer_id AND d.message_id = m.id";

impl Storage {
    pub async fn message(&self, developer: DeveloperId, id: MessageId) -> Result<Option<Message>, Error> {
        self.first(record::by_key::<Message>(vec![developer.value(), id.value()])).await
    }

    pub async fn delivery(&self, developer: DeveloperId, id: MessageId) -> Result<Option<Delivery>, Error> {
        self.first(record::by_key::<Delivery>(vec![developer.value(), id.value()])).await
    }

    /// Ids of the messages in a range of ids (both inclusive) or made at or after a time, the oldest first.
    pub async fn message_ids(
        &self,
        developer: DeveloperId,
        range: Option<(MessageId, MessageId)>,
        since: Option<Timestamp>,
    ) -> Result<Vec<MessageId>, Error> {
        let (first, last) = range.map_or((0, i64::MAX), |(first, last)| (first.get(), last.get()));
        let sql = "SELECT id FROM messages WHERE developer_id = $1 AND id >= $2 AND id <= $3 AND created_at >= $4 \
            ORDER BY id";
        let params = vec![developer.value(), first.value(), last.value(), since.unwrap_or_default().value()];
        let rows = self.rows(Statement::new(sql, params)).await?;
        rows.into_iter().map(|row| row.cells("messages").next("id")).collect()
    }

    /// A page of messages, the newest first.
    pub async fn messages(
        &self,
        developer: DeveloperId,
        filter: &MessageFilter,
        offset: i64,
        limit: i64,
    ) -> Result<Page<MessageEntry>, Error> {
        let query = filter.query(developer);
        let count = query.count(JOINED);
        let columns: Vec<String> = Message::COLUMNS.iter().map(|c| format!("m.{c}")).collect();
        let select = format!("SELECT {} FROM {JOINED}", columns.join(", "));
        let order = "m.created_at DESC, m.id DESC";
        let page = self.page::<Message>(count, query.page(&select, order, offset, limit)).await?;
        Ok(Page { items: self.entries(developer, page.items).await?, total: page.total })
    }

    /// How many deliveries are in each state, over all developers.
    pub async fn delivery_counts(&self) -> Result<Vec<(DeliveryState, i64)>, Error> {
        let sql = "SELECT state, count(*) FROM deliveries GROUP BY state";
        let rows = self.rows(Statement::new(sql, Vec::new())).await?;
        rows.into_iter()
            .map(|row| {
                let mut cells = row.cells("deliveries");
                Ok((cells.next("state")?, cells.next("count")?))
            })
            .collect()
    }

    async fn entries(&self, developer: DeveloperId, messages: Vec<Message>) -> Result<Vec<MessageEntry>, Error> {
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<MessageId> = messages.iter().map(|m| m.id).collect();
        let deliveries: Vec<Delivery> = self.of_messages(developer, &ids, "message_id").await?;
        let mut deliveries: HashMap<MessageId, Delivery> = deliveries.into_iter().map(|d| (d.message_id, d)).collect();
        let mut attempts: HashMap<MessageId, Vec<Attempt>> = HashMap::new();
        for attempt in self.of_messages::<Attempt>(developer, &ids, "message_id, number").await? {
            attempts.entry(attempt.message_id).or_default().push(attempt);
        }
        let entry = |message: Message| {
            let delivery = deliveries.remove(&message.id)?;
            let attempts = attempts.remove(&message.id).unwrap_or_default();
            Some(MessageEntry { message, delivery, attempts })
        };
        Ok(messages.into_iter().filter_map(entry).collect())
    }

    async fn of_messages<R: Record>(
        &self,
        developer: DeveloperId,
        ids: &[MessageId],
        order: &str,
    ) -> Result<Vec<R>, Error> {
        let query = Query::default().and("developer_id =", &developer).and_in("message_id", ids);
        let select = format!("SELECT {} FROM {}", R::COLUMNS.join(", "), R::TABLE);
        self.all(query.page(&select, order, 0, i64::MAX)).await
    }
}
