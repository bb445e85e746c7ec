//! API4: depth, length and number of what is sent, and of what is asked for.

use super::{Callers, places, watch::Watch};
use crate::{
    ask::Ask,
    operations::{ask, example},
    world::on_each,
};
use contract::{
    OPERATIONS,
    operation::{Entry, Method},
};
use serde_json::{Value, json};

fn posts() -> impl Iterator<Item = &'static Entry> {
    OPERATIONS.iter().filter(|entry| entry.method == Method::Post)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deep_body_is_refused_by_every_operation() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        let nested =
            |open: &str, close: &str, levels: usize| format!("{}{}", open.repeat(levels), close.repeat(levels));
        for entry in posts() {
            let who = callers.of_entry(world, entry).await;
            let field = places::of(entry).first().map_or("a".to_owned(), |place| place.name().to_owned());
            for inner in [nested("[", "]", 64), nested("{\"a\":", "}", 5000).replace(":}", ":1}"), "[".repeat(100_000)]
            {
                let body = format!("{{\"{field}\":{inner}}}");
                let answer = world.send(&who, Ask::raw(entry.path, body)).await;
                watch.judge(entry, &answer);
                answer.refused(40001);
            }
            // As deep as may be, in each field: read, and of the wrong type.
            for place in places::of(entry).iter().filter(|place| place.is_top() && !place.takes("array")) {
                let deep: Value = serde_json::from_str(&nested("[", "]", 60)).expect("JSON");
                world.send(&who, ask(entry, &place.with(&example(entry), deep))).await.refused(40003);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_body_is_refused_by_every_operation() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in posts() {
            let who = callers.of_entry(world, entry).await;
            let body = |bytes: usize| format!("{{\"filler\":\"{}\"}}", "x".repeat(bytes - 13));
            let announced = Ask::raw(entry.path, body(entry.body_limit + 1));
            for ask in [announced.clone().chunked(), announced] {
                let answer = world.send(&who, ask).await;
                watch.judge(entry, &answer);
                answer.refused(41301);
            }
        }
    })
    .await;
}

/// Texts that are passed over by the contract, whatever they hold.
fn is_ignored(entry: &Entry, field: &str) -> bool {
    matches!((entry.id, field), (_, "userId" | "updateTime" | "skuId" | "aliId"))
        || field == "outOrderId" && entry.id.contains("preview")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_long_text_is_kept_or_handed_on() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await;
            for place in places::of(entry).iter().filter(|place| place.is_text()) {
                for (letter, length) in
                    [("字", 5_000), ("9", if entry.method == Method::Get { 50_000 } else { 200_000 })]
                {
                    let text = letter.repeat(length);
                    let answer = world.send(&who, ask(entry, &place.with(&example(entry), json!(text)))).await;
                    watch.judge(entry, &answer);
                    let taken = answer.code() == 200 && !is_ignored(entry, place.name());
                    assert!(!taken, "{} takes {length} characters of {place}", entry.id);
                    assert!(answer.text.len() < 4096 || answer.code() == 200, "{}: {}", entry.id, answer.text);
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_long_list_is_taken() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in posts() {
            let who = callers.of_entry(world, entry).await;
            for place in places::of(entry).iter().filter(|place| place.is_list()) {
                let shown = example(entry)[place.name()][0].clone();
                let element = |at: usize| match &shown {
                    Value::Object(_) => shown.clone(),
                    Value::String(text) if !text.bytes().all(|b| b.is_ascii_digit()) => shown.clone(),
                    _ => json!(1_000_000 + at),
                };
                for length in [0, 1_000] {
                    let list: Vec<Value> = (0..length).map(element).collect();
                    let body = place.with(&example(entry), json!(list));
                    if body.to_string().len() > entry.body_limit {
                        continue;
                    }
                    let answer = world.send(&who, ask(entry, &body)).await;
                    watch.judge(entry, &answer);
                    // An empty list that may be left out is as if it were; whose the order is comes before some lists.
                    let refused = (400..=404).contains(&answer.status);
                    let left_out = length == 0 && answer.code() == 200;
                    assert!(refused || left_out, "{} with {length} of {place}: {}", entry.id, answer.text);
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_begin_at_one_and_are_small() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        let mut seen = 0;
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await;
            for place in places::of(entry) {
                let is_size = matches!(place.name(), "pageSize" | "limit" | "size");
                if !is_size && !matches!(place.name(), "page" | "pageNo" | "beginPage" | "current") {
                    assert!(!place.name().to_lowercase().contains("page"), "{}: what is {place}?", entry.id);
                    continue;
                }
                seen += 1;
                let of = async |value: Value| {
                    let answer = world.send(&who, ask(entry, &place.with(&example(entry), value))).await;
                    watch.judge(entry, &answer);
                    answer
                };
                for wrong in
                    [json!(0), json!(-1), json!(i64::MIN), json!(i64::MAX), json!(4_294_967_297_i64), json!(1.5)]
                {
                    of(wrong).await.refused_for(40003, place.name());
                }
                if is_size {
                    // Who was down for long reads the feed in larger bites.
                    let most = if entry.id == "developer_event_page" { 200 } else { 50 };
                    for wrong in [most + 1, 1_000, 1_000_000, u32::MAX] {
                        of(json!(wrong)).await.refused_for(40003, place.name());
                    }
                } else {
                    for far in [100_000, u32::MAX] {
                        let answer = of(json!(far)).await;
                        assert!(answer.status < 500 && answer.text.len() < 2_000, "{}: {}", entry.id, answer.text);
                    }
                }
            }
        }
        assert!(seen > 20, "pages of {seen} places");
    })
    .await;
}
