//! What was seen of each operation.

use super::{
    entries,
    weather::{SLOW, Sky, Weather},
};
use crate::{answer::Answer, ask::Ask, operations, persona::Persona, world::World};
use contract::operation::{Entry, Method, SHARED_ERRORS};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub struct Sheet<'w> {
    pub world: &'w World,
    pub me: Persona,
    pub other: Persona,
    weather: &'w Weather,
    seen: BTreeSet<(&'static str, u32)>,
    keys: usize,
}

fn entry(id: &str) -> &'static Entry {
    entries().find(|entry| entry.id == id).unwrap_or_else(|| panic!("no operation {id}"))
}

/// What the marketplace refuses is told inside data: orders that are left out, receipt that was declined.
fn tells_inside(id: &str) -> bool {
    id.ends_with("order_batch_submit_to_pay") || id.ends_with("order_receivegoods")
}

impl<'w> Sheet<'w> {
    pub async fn begin(world: &'w World, weather: &'w Weather) -> Self {
        let (me, other) = (world.another().await, world.another().await);
        Self { world, me, other, weather, seen: BTreeSet::new(), keys: 0 }
    }

    pub fn has(&self, entry: &Entry, code: u32) -> bool {
        self.seen.contains(&(entry.id, code))
    }

    /// Notes an answer; one of a code that is not declared is a fault.
    fn note(&mut self, entry: &'static Entry, answer: &Answer) {
        let code = answer.code();
        let declared = entry.errors.iter().chain(SHARED_ERRORS).any(|declared| declared.number() == code);
        assert!(code == 200 || declared, "{} does not declare {}", entry.id, answer.text);
        self.seen.insert((entry.id, code));
    }

    async fn send(&self, who: &Persona, ask: Ask) -> Answer {
        self.world.send(who, ask).await
    }

    /// The operation answers with this code.
    pub async fn answers(&mut self, id: &str, fields: &Value, code: u32) -> Value {
        let entry = entry(id);
        let answer = self.send(&self.me, operations::ask(entry, fields)).await;
        assert_eq!(answer.code(), code, "{id} {fields}: {}", answer.text);
        self.note(entry, &answer);
        answer.json["data"].clone()
    }

    /// Another developer is told that there is no such thing.
    pub async fn is_mine(&mut self, id: &str, fields: &Value, code: u32) {
        let entry = entry(id);
        let answer = self.send(&self.other, operations::ask(entry, fields)).await;
        assert_eq!(answer.code(), code, "{id} {fields}: {}", answer.text);
        self.note(entry, &answer);
    }

    /// In every bad weather it says so, or shows what is known; then it succeeds, a write under a key.
    pub async fn succeeds(&mut self, id: &str, fields: &Value) -> Value {
        for (sky, code) in
            [(Sky::Refuses, 50201), (Sky::Unauthorized, 50203), (Sky::Breaks, 50202), (Sky::Silent, 50401)]
        {
            self.weather.turn(sky);
            let answer = self.send(&self.me, operations::ask(entry(id), fields)).await;
            self.weather.turn(Sky::Fair);
            let known = answer.code() == 200 && (!entry(id).writes || tells_inside(id));
            assert!(known || answer.code() == code, "{id}, {sky:?}: {}", answer.text);
            if !known {
                self.note(entry(id), &answer);
            }
        }
        if entry(id).writes { self.succeeds_once(id, fields).await } else { self.answers(id, fields, 200).await }
    }

    /// Under one key: the first try succeeds, a second one meets it, and another content is refused.
    async fn succeeds_once(&mut self, id: &str, fields: &Value) -> Value {
        let entry = entry(id);
        self.keys += 1;
        let key = format!("sheet-{}", self.keys);
        self.weather.turn(Sky::Slow);
        let first = self.send(&self.me, operations::ask(entry, fields).key(&key));
        let second = async {
            tokio::time::sleep(SLOW / 2).await;
            self.send(&self.me, operations::ask(entry, fields).key(&key)).await
        };
        let (first, second) = tokio::join!(first, second);
        self.weather.turn(Sky::Fair);
        assert_eq!((first.code(), second.code()), (200, 40910), "{id}: {} and {}", first.text, second.text);
        let mut other = fields.clone();
        match entry.method {
            Method::Post => other["more"] = json!("x"),
            Method::Get => other["orderId"] = json!("5"),
        }
        let conflict = self.send(&self.me, operations::ask(entry, &other).key(&key)).await;
        assert_eq!(conflict.code(), 40903, "{id}: {}", conflict.text);
        for answer in [&first, &second, &conflict] {
            self.note(entry, answer);
        }
        first.json["data"].clone()
    }
}
