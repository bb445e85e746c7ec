//! The feed: every event once and in order, whether there was a callback or not.

use super::{EVENTS, rows};
use crate::{
    persona::Persona,
    purchase::goods,
    receiver::Receiver,
    world::{World, on_each, on_each_changing, until},
};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// A page behind a cursor, the oldest first.
async fn page(world: &World, persona: &Persona, cursor: &str, size: i64) -> Value {
    world.post(persona, EVENTS, json!({"cursor": cursor, "pageSize": size})).await.accepted()
}

/// Reads on from a cursor until there are so many; the rows and where to go on.
async fn follow(world: &World, persona: &Persona, cursor: &str, count: usize) -> (Vec<Value>, String) {
    let (mut cursor, mut read) = (cursor.to_owned(), Vec::new());
    until(&format!("{count} events"), async || {
        let page = page(world, persona, &cursor, 2).await;
        read.extend(page["rows"].as_array().expect("rows").clone());
        cursor = page["nextCursor"].as_str().expect("a text").to_owned();
        (read.len() >= count).then_some(())
    })
    .await;
    (read, cursor)
}

#[tokio::test]
async fn events_are_there_without_a_callback_and_are_those_of_the_message_list() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let end = page(world, &me, "end", 20).await;
        assert_eq!((&end["rows"], &end["hasMore"]), (&json!([]), &json!(false)));
        for _ in 0..2 {
            world.paid_order(&me, goods::JEANS, &[1]).await;
        }
        let listed =
            until("the messages", async || Some(rows(world, &me, json!({})).await).filter(|r| r.len() >= 4)).await;
        let (read, cursor) = follow(world, &me, "", listed.len()).await;
        let listed: HashMap<&str, &Value> = listed.iter().map(|row| (row["id"].as_str().unwrap(), row)).collect();
        let mut sequences = HashMap::new();
        for row in &read {
            let message = listed[row["id"].as_str().unwrap()];
            assert_eq!(message["state"], "held");
            for field in
                ["messageType", "messagePlatform", "objectKind", "objectId", "sequence", "createdAt", "requestId"]
            {
                assert_eq!(row[field], message[field], "{field}");
            }
            let body: Value = serde_json::from_str(message["messageBody"].as_str().unwrap()).unwrap();
            assert_eq!(row["messageBody"], body);
            let last = sequences.insert(row["objectId"].to_string(), row["sequence"].as_i64().unwrap());
            assert_eq!(row["sequence"].as_i64().unwrap(), last.unwrap_or(0) + 1, "the order of an object");
        }
        let ids: HashSet<&str> = read.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), read.len(), "none twice");
        assert_eq!(read.last().unwrap()["cursor"], cursor.as_str());
        let rest = page(world, &me, &cursor, 20).await;
        assert_eq!((&rest["rows"], &rest["nextCursor"]), (&json!([]), &json!(cursor)));
        assert_eq!(
            page(world, &me, end["nextCursor"].as_str().unwrap(), 50).await["rows"].as_array().unwrap().len(),
            ids.len()
        );
        assert_eq!(page(world, &other, "", 20).await["rows"], json!([]), "another's are not seen");
    })
    .await;
}

#[tokio::test]
async fn a_row_has_the_body_of_its_callback_in_each_edition() {
    on_each(async |world| {
        for edition in ["v1", "v2", "ka"] {
            let me = world.another_with(json!({"editions": ["v1"], "messageEdition": edition})).await;
            let receiver = Receiver::of(world, &me).await;
            world.order(&me, goods::JEANS, &[1]).await;
            let arrived = receiver.wait_for(1).await.remove(0);
            let row = follow(world, &me, "", 1).await.0.remove(0);
            for field in ["messageType", "messageBody", "messagePlatform"] {
                assert_eq!(row[field], arrived.json[field], "{edition} {field}");
            }
            assert_eq!(row["id"], arrived.json["id"].to_string());
            assert_eq!(row["sequence"], arrived.sequence());
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_outlives_the_server() {
    on_each_changing(async |world| {
        let me = world.another().await;
        world.order(&me, goods::JEANS, &[1]).await;
        let (first, cursor) = follow(&world, &me, "", 1).await;
        world.paid_order(&me, goods::JEANS, &[1]).await;
        // Whether the stamper came to them before the end does not matter.
        let world = world.restart().await;
        world.order(&me, goods::JEANS, &[1]).await;
        let (later, _) = follow(&world, &me, &cursor, 3).await;
        let all: HashSet<String> = first.iter().chain(&later).map(|row| row["id"].to_string()).collect();
        assert_eq!(all.len(), first.len() + later.len());
        let listed = rows(&world, &me, json!({"pageSize": 50})).await;
        assert_eq!(listed.len(), all.len(), "none is missed");
        world
    })
    .await;
}

#[tokio::test]
async fn what_is_no_cursor_is_named() {
    on_each(async |world| {
        for wrong in [json!("start"), json!("-1"), json!(i64::MAX)] {
            let answer = world.post(&world.developer, EVENTS, json!({"cursor": wrong})).await;
            answer.refused_for(40003, "cursor");
        }
        world.post(&world.developer, EVENTS, json!({"pageSize": 201})).await.refused_for(40003, "pageSize");
    })
    .await;
}
