//! API1: each id of each operation, filled with another developer's real one: as if it did not exist, nothing told, nothing
//! changed. Also one foreign id among own ones, and ids of another user of the same developer.

use super::{
    Callers,
    estate::{Estate, Whose, whose},
    places::{self, Place},
    watch::Watch,
};
use crate::{
    answer::Answer,
    ask::Ask,
    operations::{ask, example},
    persona::Persona,
    purchase::{create_body, goods, line},
    world::{World, on_each},
};
use contract::{
    OPERATIONS,
    operation::{Edition, Entry, Method},
};
use serde_json::{Value, json};

/// What leaves out or passes over what is not the caller's: a filter, a range, a clearing, a list of what could not be paid.
fn passes_over(entry: &Entry) -> bool {
    let lists = entry.id.ends_with("_page") || entry.id == "developer_message_replay";
    lists || entry.id.ends_with("cart_delete") || entry.id.ends_with("order_batch_submit_to_pay")
}

/// The codes by which a thing of this kind is not there.
fn missing(whose: Whose) -> &'static [u32] {
    match whose {
        Whose::Order => &[40403],
        // The order is found, and its sub-order is not of it; or the order's state is judged first.
        Whose::Entry => &[40403, 40003, 40005, 40901],
        Whose::Refund => &[40404],
        Whose::CartRow | Whose::Message | Whose::Request | Whose::Opaque => &[40406],
        Whose::User | Whose::Own | Whose::Public | Whose::Operators => &[],
    }
}

/// As [`missing`], with ids of which none can be.
fn unknown(whose: Whose) -> Value {
    match whose {
        Whose::Refund => json!("TQ5"),
        Whose::Request => json!("0".repeat(32)),
        Whose::Opaque => json!("AAAAAAAAAAAAAAAAAAAAAA"),
        _ => json!("5"),
    }
}

/// Ids of things that belong to a user or developer.
fn owned(entry: &Entry) -> Vec<(Place, Whose)> {
    let places = places::of(entry).into_iter();
    let known = places.filter_map(|place| whose(entry, &place).map(|whose| (place, whose)));
    known.filter(|(place, whose)| !missing(*whose).is_empty() && !place.is_list()).collect()
}

/// The first of its examples that says something there; fields of different examples may exclude each other.
fn example_of(entry: &Entry, place: &Place) -> Value {
    let read = |text: &&str| serde_json::from_str::<Value>(text).expect("an example is JSON");
    entry.examples.iter().map(read).find(|body| place.of(body).is_some()).unwrap_or_else(|| example(entry))
}

/// An example with the ids of an estate.
fn filled(entry: &Entry, mut body: Value, estate: &Estate, only: &[Whose]) -> Value {
    for (place, whose) in owned(entry) {
        if only.contains(&whose) && place.of(&body).is_some() {
            let id = estate.fitting(entry, whose).expect("an id");
            if place.is_element() { place.parent_list(&mut body, vec![id]) } else { place.put(&mut body, id) }
        }
    }
    body
}

fn list_of(place: &Place) -> String {
    let text = place.to_string();
    text.split(['[', '.']).next().unwrap_or_default().to_owned()
}

const ALL: [Whose; 7] =
    [Whose::Order, Whose::Entry, Whose::Refund, Whose::CartRow, Whose::Message, Whose::Request, Whose::Opaque];

struct Raid<'w> {
    world: &'w World,
    watch: Watch,
    victim: Estate,
}

impl Raid<'_> {
    /// One attempt: not there, in the words for what does not exist; or passed over.
    async fn attempt(&self, who: &Persona, entry: &Entry, body: &Value, aims: &[(Whose, Value)]) -> Answer {
        let answer = self.world.send(who, ask(entry, body)).await;
        self.watch.judge(entry, &answer);
        self.victim.tells_nothing(entry.id, body, &format!("{} {}", answer.msg(), answer.data()));
        if answer.code() == 200 {
            assert!(passes_over(entry), "{} {body}: {}", entry.id, answer.text);
            return answer;
        }
        let codes: Vec<u32> = aims.iter().flat_map(|(whose, _)| missing(*whose)).copied().collect();
        assert!(codes.contains(&answer.code()), "{} {body}: {}", entry.id, answer.text);
        let mut nowhere = body.to_string();
        for (whose, id) in aims {
            let digits = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            nowhere = nowhere.replace(&digits(id), &digits(&unknown(*whose)));
        }
        let nowhere: Value = serde_json::from_str(&nowhere).expect("JSON");
        let same = self.world.send(who, ask(entry, &nowhere)).await;
        assert_eq!(
            (same.code(), plain(same.msg())),
            (answer.code(), plain(answer.msg())),
            "{}: a foreign id is told from an unknown one",
            entry.id
        );
        answer
    }
}

/// A text without the numbers in it.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_id_is_an_unknown_one_in_every_field_of_every_operation() {
    on_each(async |world| {
        let callers = Callers::of(world).await;
        let victim = Estate::of(world, world.another().await, "机密收件人").await;
        let own = Estate::of(world, callers.developer.clone(), "自己人").await;
        let neighbour = world.second_user(&victim.owner).await;
        let before = victim.seen(world).await;
        let raid = Raid { world, watch: Watch::over(world), victim };
        for entry in OPERATIONS.iter().filter(|entry| entry.edition != Edition::Operator) {
            let places = owned(entry);
            if places.is_empty() {
                continue;
            }
            let who = callers.of_entry(world, entry).await;
            let stranger = filled(entry, example(entry), &raid.victim, &ALL);
            let aims: Vec<(Whose, Value)> =
                ALL.iter().flat_map(|whose| raid.victim.ids(*whose).into_iter().map(|id| (*whose, id))).collect();
            raid.attempt(&who, entry, &stranger, &aims).await;
            // What is of the developer and not of a user is the neighbour's as well.
            if entry.edition != Edition::Developer && !places.iter().any(|(_, whose)| *whose == Whose::Opaque) {
                raid.attempt(&neighbour, entry, &stranger, &aims).await;
            }
            for (place, whose) in &places {
                let mine = filled(entry, example_of(entry, place), &own, &ALL);
                // Both ends of a range are one thing.
                let same = places.iter().filter(|(p, w)| w == whose && !p.is_element() && p.of(&mine).is_some());
                for id in raid.victim.ids(*whose) {
                    let mut mine = mine.clone();
                    same.clone().for_each(|(p, _)| p.put(&mut mine, id.clone()));
                    for body in one_among(place, &mine, &id) {
                        raid.attempt(&who, entry, &body, &[(*whose, id.clone())]).await;
                    }
                }
            }
        }
        assert_eq!(raid.victim.seen(world).await, before);
    })
    .await;
}

/// The id alone in its place; in a list also before and after own ones.
fn one_among(place: &Place, mine: &Value, id: &Value) -> Vec<Value> {
    let alone = place.with(mine, id.clone());
    if !place.is_element() {
        return vec![alone];
    }
    let list = list_of(place);
    let own = mine[&list].as_array().cloned().unwrap_or_default();
    let mut out = vec![alone];
    let foreign = std::slice::from_ref(id);
    for mixed in [[&own[..], foreign].concat(), [foreign, &own[..]].concat()] {
        let mut body = mine.clone();
        body[&list] = json!(mixed);
        out.push(body);
    }
    out
}

#[tokio::test]
async fn a_foreign_user_is_refused_by_every_operation() {
    on_each(async |world| {
        let callers = Callers::of(world).await;
        let foreign = world.another().await.user_id.expect("a user");
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await.as_user(&foreign);
            world.send(&who, ask(entry, &example(entry))).await.refused_for(40302, "user-id");
        }
    })
    .await;
}

#[tokio::test]
async fn a_foreign_user_in_body_or_query_changes_no_answer() {
    on_each(async |world| {
        let callers = Callers::of(world).await;
        let victim = world.another().await;
        let row = world.fill_cart(&victim, &[(goods::PENS, 1)]).await.remove(0);
        let foreign = victim.user_id.clone().expect("a user");
        for entry in OPERATIONS.iter().filter(|entry| !entry.writes && entry.edition != Edition::Operator) {
            let who = callers.of_entry(world, entry).await;
            let plain = world.send(&who, ask(entry, &example(entry))).await;
            let mut body = example(entry);
            for name in ["userId", "user-id", "user_id", "developId", "accountId"] {
                body[name] = json!(foreign);
            }
            let in_query =
                Ask { path: format!("{}?user-id={foreign}&userId={foreign}", entry.path), ..ask(entry, &body) };
            let mut asks = vec![ask(entry, &body)];
            asks.extend((entry.method == Method::Post).then_some(in_query));
            for ask in asks {
                let answer = world.send(&who, ask).await;
                assert_eq!((answer.code(), answer.data()), (plain.code(), plain.data()), "{}", entry.id);
            }
        }
        assert_eq!(world.cart_rows(&victim).await, [(row, 1)]);
    })
    .await;
}

#[tokio::test]
async fn own_words_are_one_s_own() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let mut body = create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]));
        body["outOrderId"] = json!("N-1");
        let ask = async |who: &Persona| world.send(who, Ask::post("/alibaba/order/create", &body).key("K-1")).await;
        let (mine, neighbour) = (ask(&me).await, world.second_user(&me).await);
        let theirs = ask(&other).await;
        assert!(!theirs.replayed());
        assert_ne!(mine.accepted()[0]["baseInfo"]["id"], theirs.accepted()[0]["baseInfo"]["id"]);
        // The number is the user's, the key the developer's: the neighbour meets the key with the same content.
        let body = Ask::post("/alibaba/order/create", &body);
        assert!(!world.send(&neighbour, body).await.replayed());
        for who in [&me, &other, &neighbour] {
            let page = world.post(who, "/alibaba/order/page", json!({"outOrderId": "N-1"})).await.accepted();
            assert_eq!(page["total"], 1);
        }
    })
    .await;
}
