//! Who walks, and where: an installation, three developers whose messages have three forms, their orders.

use super::{
    dice::Dice,
    heard::Heard,
    model::{Habit, order::Order},
};
use crate::{
    persona::{Persona, now_ms},
    receiver::Receiver,
    world::World,
};
use serde_json::json;

/// Orders that live side by side.
const FEWEST: usize = 8;
const MOST: usize = 14;
/// An order that has come to its end is left alone after so many steps.
const OLD: usize = 24;
/// So many steps lie between two comparisons of the lists, of what was heard, and between two restarts.
const LISTS: usize = 20;
const HEARING: usize = 200;
const RESTART: usize = 1_000;
/// Lines of an order's life that are shown where the walk differs.
const TAIL: usize = 40;

/// A product and how its seller behaves.
pub struct Goods {
    pub offer: i64,
    pub habit: Habit,
    pub specs: Vec<String>,
}

pub struct Buyer {
    pub me: Persona,
    pub receiver: Receiver,
    /// Form of the messages.
    pub edition: &'static str,
    pub heard: Heard,
}

pub struct Walk {
    pub world: World,
    pub dice: Dice,
    pub seed: u64,
    pub step: usize,
    pub buyers: Vec<Buyer>,
    pub stranger: Persona,
    pub goods: Vec<Goods>,
    pub orders: Vec<Order>,
    pub live: Vec<usize>,
    /// World time less wall time.
    pub offset: i64,
}

impl Walk {
    pub async fn begin(world: World, seed: u64) -> Self {
        let mut buyers = Vec::new();
        for edition in ["v1", "v2", "ka"] {
            let me = world
                .another_with(json!({"editions": ["v1", "v2", "ka", "bigmajor"], "messageEdition": edition}))
                .await;
            let receiver = Receiver::of(&world, &me).await;
            buyers.push(Buyer { me, receiver, edition, heard: Heard::default() });
        }
        let stranger = world.another().await;
        let mut walk = Self {
            world,
            dice: Dice::new(seed),
            seed,
            step: 0,
            buyers,
            stranger,
            goods: Vec::new(),
            orders: Vec::new(),
            live: Vec::new(),
            offset: 0,
        };
        walk.goods = walk.habits().await;
        walk.read_clock().await;
        walk
    }

    pub async fn through(mut self, steps: usize) {
        for _ in 0..steps {
            self.step += 1;
            self.keep_clear().await;
            self.take_a_step().await;
            if self.step.is_multiple_of(LISTS) {
                self.compare_lists().await;
            }
            if self.step.is_multiple_of(HEARING) {
                self.hear().await;
            }
            if self.step.is_multiple_of(RESTART) {
                self = self.restarted().await;
            }
        }
        self.end().await;
    }

    async fn restarted(mut self) -> Self {
        self.world = self.world.restart().await;
        self
    }

    async fn take_a_step(&mut self) {
        let few = self.live.len() < FEWEST;
        if few || (self.live.len() < MOST && self.dice.once_in(10)) {
            return self.buy().await;
        }
        let at = self.dice.one_of(&self.live);
        self.orders[at].age += 1;
        self.act(at).await;
        self.look(at).await;
        let orders = &self.orders;
        self.live.retain(|at| !(orders[*at].is_final() && orders[*at].age > OLD) && orders[*at].status != "cancel");
    }

    /// Everything once more, and a while of silence after the last message.
    async fn end(mut self) {
        for at in 0..self.orders.len() {
            self.look(at).await;
        }
        self.compare_lists().await;
        self.hear().await;
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        self.hear().await;
        let refunds: usize = self.orders.iter().map(|order| order.refunds.len()).sum();
        eprintln!("seed {}: {} steps, {} orders, {refunds} refunds", self.seed, self.step, self.orders.len());
        self.world.end().await;
    }

    /// World time.
    pub fn now(&self) -> i64 {
        now_ms() + self.offset
    }

    pub fn note(&mut self, at: usize, text: impl AsRef<str>) {
        let line = format!("step {}: {}", self.step, text.as_ref());
        self.orders[at].log.push(line);
    }

    /// The walk and the model have parted.
    pub fn fail(&self, at: usize, what: &str) -> ! {
        let order = &self.orders[at];
        let log = &order.log[order.log.len().saturating_sub(TAIL)..];
        panic!(
            "seed {}, step {}, order {} ({:?}, {}): {what}\n{}\nthe model's lines: {:?}\nand refunds: {:#?}",
            self.seed,
            self.step,
            order.id,
            order.habit,
            order.status,
            log.join("\n"),
            order.lines,
            order
                .refunds
                .iter()
                .map(|r| format!("{} {:?} {:?} {} {}", r.id, r.status, r.entries, r.payment, r.carriage))
                .collect::<Vec<_>>(),
        )
    }
}
