//! What was seen of each operation.

use super::{
    entries,
    weather::{BAD, REFUSES, SLOW, Sky, UNAUTHORIZED, Weather},
};
use crate::{
    answer::Answer,
    ask::Ask,
    operations,
    persona::Persona,
    world::{World, until},
};
use contract::operation::{Entry, Method, SHARED_ERRORS};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// How long nothing is written, so that two requests wait side by side.
const HELD: Duration = Duration::from_millis(300);

pub struct Sheet<'w> {
    pub world: &'w World,
    pub me: Persona,
    pub other: Persona,
    weather: &'w Weather,
    seen: BTreeSet<(&'static str, u32)>,
    /// Operations that were asked for what is another developer's.
    foreign: BTreeSet<&'static str>,
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
        Self { world, me, other, weather, seen: BTreeSet::new(), foreign: BTreeSet::new(), keys: 0 }
    }

    pub fn has(&self, entry: &Entry, code: u32) -> bool {
        self.seen.contains(&(entry.id, code))
    }

    pub fn was_asked_by_another(&self, entry: &Entry) -> bool {
        self.foreign.contains(entry.id)
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

    /// As [`Self::answers`], under this sky.
    pub async fn answers_under(&mut self, sky: Sky, id: &str, fields: &Value, code: u32) {
        self.weather.turn(sky);
        self.answers(id, fields, code).await;
        self.weather.turn(Sky::Fair);
    }

    /// Another developer is told that there is no such thing, or is shown nothing of it; gives what it is told.
    pub async fn is_mine(&mut self, id: &str, fields: &Value, code: u32) -> Value {
        let entry = entry(id);
        let answer = self.send(&self.other, operations::ask(entry, fields)).await;
        assert_eq!(answer.code(), code, "{id} {fields}: {}", answer.text);
        self.note(entry, &answer);
        self.foreign.insert(entry.id);
        answer.json["data"].clone()
    }

    /// In every bad weather it says so, or shows what is known; then it succeeds, a write under a key.
    pub async fn succeeds(&mut self, id: &str, fields: &Value) -> Value {
        for (sky, code) in BAD {
            self.fails_under(sky, id, fields, code).await;
        }
        if entry(id).writes { self.succeeds_once(id, fields).await } else { self.answers(id, fields, 200).await }
    }

    /// The marketplace pushes news and refuses to be looked at; then whoever asks for the object is told so.
    pub async fn looks_are_refused(&mut self, news: &str, asks: &[(&str, Value)]) {
        self.weather.turn(REFUSES);
        self.world.control(news, json!({})).await;
        for (sky, code) in [(REFUSES, 50201), (UNAUTHORIZED, 50203)] {
            self.weather.turn(sky);
            for (id, fields) in asks {
                let what = format!("{id} is refused");
                let answer = until(&what, async || {
                    let answer = self.send(&self.me, operations::ask(entry(id), fields)).await;
                    (answer.code() == code).then_some(answer)
                });
                let answer = answer.await;
                self.note(entry(id), &answer);
            }
        }
        self.weather.turn(Sky::Fair);
    }

    pub async fn fails_under(&mut self, sky: Sky, id: &str, fields: &Value, code: u32) {
        self.weather.turn(sky);
        let answer = self.send(&self.me, operations::ask(entry(id), fields)).await;
        self.weather.turn(Sky::Fair);
        let known = answer.code() == 200 && (!entry(id).writes || tells_inside(id));
        assert!(known || answer.code() == code, "{id}, {sky:?}: {}", answer.text);
        if !known {
            self.note(entry(id), &answer);
        }
    }

    /// Under one key: the first try succeeds, a second one meets it at the marketplace, and another content is refused.
    pub async fn succeeds_once(&mut self, id: &str, fields: &Value) -> Value {
        let ask = self.keyed(id, fields);
        self.weather.turn(Sky::Slow);
        let first = self.send(&self.me, ask.clone());
        let second = async {
            tokio::time::sleep(SLOW / 2).await;
            self.send(&self.me, ask.clone()).await
        };
        let (first, second) = tokio::join!(first, second);
        self.weather.turn(Sky::Fair);
        self.were_one(id, fields, first, second).await
    }

    /// As [`Self::succeeds_once`], for a write that asks nobody: the second one meets it before it is written down.
    pub async fn is_done_once(&mut self, id: &str, fields: &Value) -> Value {
        let ask = self.keyed(id, fields);
        let held = self.world.database.hold().await;
        let release = async {
            tokio::time::sleep(HELD).await;
            drop(held);
        };
        let both = async { tokio::join!(self.send(&self.me, ask.clone()), self.send(&self.me, ask.clone())) };
        let ((one, other), ()) = tokio::join!(both, release);
        let (first, second) = if one.code() == 200 { (one, other) } else { (other, one) };
        self.were_one(id, fields, first, second).await
    }

    fn keyed(&mut self, id: &str, fields: &Value) -> Ask {
        self.keys += 1;
        operations::ask(entry(id), fields).key(&format!("sheet-{}", self.keys))
    }

    async fn were_one(&mut self, id: &str, fields: &Value, first: Answer, second: Answer) -> Value {
        let entry = entry(id);
        assert_eq!((first.code(), second.code()), (200, 40910), "{id}: {} and {}", first.text, second.text);
        let mut other = fields.clone();
        match entry.method {
            Method::Post => other["more"] = json!("x"),
            Method::Get => other["orderId"] = json!("5"),
        }
        let key = format!("sheet-{}", self.keys);
        let conflict = self.send(&self.me, operations::ask(entry, &other).key(&key)).await;
        assert_eq!(conflict.code(), 40903, "{id}: {}", conflict.text);
        for answer in [&first, &second, &conflict] {
            self.note(entry, answer);
        }
        first.json["data"].clone()
    }
}
