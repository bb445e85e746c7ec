//! Developers with callbacks and messages for them, written through the same room that the product writes them with.

use crate::clock;
use domain::{DeveloperId, MessageId, UserId};
use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path, sync::Arc};
use storage::{
    Changes, MasterKey, Secret, Storage,
    records::{AccessKey, Delivery, DeliveryState, Developer, Message, ObjectKind, Standing, User},
};

/// The length of a message body, in bytes.
pub const BODY: usize = 1200;
const FIRST_DEVELOPER: i64 = 2_000_000_000_000_000_001;
const FIRST_USER: i64 = 2_100_000_900_001;
/// Messages in one commit, and commits at once, while a backlog is written.
const BATCH: usize = 50;
const AT_ONCE: usize = 32;

/// Opens the database of a data folder, making its master key where there is none.
pub async fn open(folder: &Path, database: Option<&str>) -> Result<Storage, String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let path = folder.join("master.key");
    if !path.exists() {
        let text = MasterKey::generate().map_err(|e| e.to_string())?;
        let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path);
        file.as_mut().map_err(|e| e.to_string())?.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
    }
    let key = fs::read_to_string(&path).map_err(|e| e.to_string())?;
    let key = MasterKey::parse(&key).map_err(|e| e.to_string())?;
    let opened = match database {
        Some(url) => Storage::open_postgres(url, key).await,
        None => Storage::open_sqlite(folder.join("sampan.db"), key).await,
    };
    opened.map_err(|e| format!("the database cannot be opened: {e}"))
}

/// One developer for each callback URL.
pub async fn developers(storage: &Storage, urls: &[String]) -> Result<Vec<DeveloperId>, String> {
    let mut made = Vec::with_capacity(urls.len());
    for (n, url) in (0_i64..).zip(urls) {
        let id = DeveloperId::new(FIRST_DEVELOPER + n).map_err(|e| e.to_string())?;
        let user = UserId::new(FIRST_USER + n).map_err(|e| e.to_string())?;
        storage.commit(developer(id, user, url)).await.map_err(|e| format!("a developer cannot be made: {e}"))?;
        made.push(id);
    }
    Ok(made)
}

fn developer(id: DeveloperId, user: UserId, url: &str) -> Changes {
    let now = clock::wall();
    let developer = Developer {
        id,
        name: format!("receiver {id}"),
        editions: "v1".to_owned(),
        message_edition: "v1".to_owned(),
        status: Standing::Active,
        default_user: user,
        callback_url: Some(url.to_owned()),
        callback_verified_at: Some(now),
        callback_paused_at: None,
        settings: "{}".to_owned(),
        created_at: now,
        version: 1,
    };
    let user = User { developer_id: id, user_id: user, name: "default".to_owned(), status: Standing::Active };
    let key = AccessKey {
        access_key: hex::encode(clock::random()),
        developer_id: id,
        secret: Secret::new(hex::encode(clock::random()).into_bytes()),
        created_at: now,
        expires_at: None,
    };
    Changes::new().insert_developer(&developer).insert_user(&user).insert_access_key(&key)
}

/// The change that writes one message with its delivery, as the use cases write it.
pub fn message(developer: DeveloperId, id: i64) -> Result<Changes, String> {
    let now = clock::wall();
    let message = Message {
        developer_id: developer,
        id: MessageId::new(id).map_err(|e| e.to_string())?,
        object_kind: ObjectKind::Order,
        object_id: id,
        sequence: 1,
        message_type: "ORDER_BUYER_VIEW_ORDER_PAY".to_owned(),
        platform: 1,
        edition: "v1".to_owned(),
        body: body(id),
        event: r#"{"Order":"Paid"}"#.to_owned(),
        request_id: None,
        created_at: now,
    };
    let delivery = Delivery::queued(&message, DeliveryState::Pending, now);
    Ok(Changes::new().message(&message, &delivery))
}

fn body(id: i64) -> String {
    let head = format!(r#"{{"baseInfo":{{"idOfStr":"{id}","status":"waitsellersend"}},"filling":""#);
    let filling = "x".repeat(BODY.saturating_sub(head.len() + 2));
    format!("{head}{filling}\"}}")
}

/// Writes `count` messages, in turns over the developers. Answers whose each is.
pub async fn backlog(
    storage: &Storage,
    developers: &[DeveloperId],
    count: usize,
) -> Result<Vec<(i64, DeveloperId)>, String> {
    let first = storage.ids(u32::try_from(count).unwrap_or(u32::MAX)).await.map_err(|e| e.to_string())?;
    let all: Vec<(i64, DeveloperId)> = (first..).zip(developers.iter().copied().cycle()).take(count).collect();
    let places = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut writes = tokio::task::JoinSet::new();
    for batch in all.chunks(BATCH) {
        let place = places.clone().acquire_owned().await.map_err(|e| e.to_string())?;
        let mut changes = Changes::new();
        for (id, developer) in batch {
            changes = changes.and(message(*developer, *id)?);
        }
        let storage = storage.clone();
        writes.spawn(async move {
            let _place = place;
            storage.commit(changes).await.map_err(|e| format!("messages cannot be written: {e}"))
        });
    }
    while let Some(written) = writes.join_next().await {
        written.map_err(|e| e.to_string())??;
    }
    Ok(all)
}

/// How many messages of these developers stand in a state.
pub async fn count(storage: &Storage, developers: &[DeveloperId], state: DeliveryState) -> Result<i64, String> {
    let filter = storage::MessageFilter { states: vec![state], ..storage::MessageFilter::default() };
    let mut total = 0;
    for developer in developers {
        let page = storage.messages(*developer, &filter, 0, 1).await.map_err(|e| e.to_string())?;
        total += page.total;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_length_and_is_json() {
        let text = body(4_200_000_000_000_000_000);
        assert_eq!(text.len(), BODY);
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
