//! Buying: an order of one seller, or a create that must be refused.

use super::{
    asks::CREATES,
    model::{
        Habit, When,
        order::{Line, Order, Stage},
    },
    walker::Walk,
};
use crate::{
    answer::Answer,
    purchase::{address, fen},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Never previewed, so that a key account's create of so many is refused.
const NEVER_PREVIEWED: i64 = 7;

impl Walk {
    pub async fn buy(&mut self) {
        let of = self.dice.below(self.buyers.len());
        let goods = self.dice.below(self.goods.len());
        if self.dice.once_in(6) {
            return self.buy_wrongly(of, goods).await;
        }
        let edition = self.dice.below(CREATES.len());
        let lines = self.draw_lines(goods);
        let mut body = json!({"flow": "general", "addressParam": address(), "cargoParamList": lines});
        let total = match edition >= 2 || self.dice.once_in(3) {
            true => Some(self.preview(of, edition, &body).await),
            false => None,
        };
        let number = self.dice.once_in(4).then(|| format!("walk-{}-{}", self.seed, self.step));
        if let Some(number) = &number {
            body["outOrderId"] = json!(number);
        }
        let (answer, made) = self.create(of, edition, &body).await;
        let created = answer.accepted();
        let first = &created[0];
        let id = first["baseInfo"]["id"].as_i64().or_else(|| first["orderId"].as_str()?.parse().ok()).expect("an id");
        self.begin_order(id, of, goods, &lines, made).await;
        let at = self.orders.len() - 1;
        if total.is_some_and(|total| total != self.orders[at].total()) && self.orders[at].habit != Habit::Cheaper {
            self.fail(at, &format!("the preview came to {total:?}"));
        }
        if number.is_some() {
            self.orders[at].own_number = number;
            self.again(of, edition, &body, &created).await;
        }
        self.look(at).await;
    }

    fn draw_lines(&mut self, goods: usize) -> Vec<Value> {
        let (offer, specs) = (self.goods[goods].offer, self.goods[goods].specs.clone());
        let count = 1 + self.dice.below(3);
        let first = self.dice.below(specs.len());
        let spec = |i: usize| specs[(first + i) % specs.len()].clone();
        (0..count).map(|i| json!({"offerId": offer, "specId": spec(i), "quantity": self.dice.between(1, 3)})).collect()
    }

    async fn create(&mut self, of: usize, edition: usize, body: &Value) -> (Answer, When) {
        let early = self.now();
        let answer = self.world.post(&self.buyers[of].me, CREATES[edition], body.clone()).await;
        (answer, When { early, late: self.now() })
    }

    /// What the preview says that everything costs, in fen.
    async fn preview(&self, of: usize, edition: usize, body: &Value) -> i64 {
        let path = format!("{}/preview", CREATES[edition]);
        let told = self.world.post(&self.buyers[of].me, &path, body.clone()).await.accepted();
        let parts = if edition >= 2 { &told } else { &told["orderPreviewResuslt"] };
        let sums = parts.as_array().expect("parts").iter().map(|part| part["sumPayment"].as_i64().expect("fen"));
        sums.sum()
    }

    /// The same number again: with the same content the same answer, with other content a conflict.
    async fn again(&mut self, of: usize, edition: usize, body: &Value, created: &Value) {
        let (answer, _) = self.create(of, edition, body).await;
        assert!(answer.replayed(), "{}", answer.text);
        assert_eq!(&answer.accepted(), created, "seed {}, step {}", self.seed, self.step);
        let mut other = body.clone();
        other["cargoParamList"][0]["quantity"] = json!(4);
        let (answer, _) = self.create(of, edition, &other).await;
        answer.refused(40903);
    }

    async fn buy_wrongly(&mut self, of: usize, goods: usize) {
        let lines = self.draw_lines(goods);
        let elsewhere = (goods + 1) % self.goods.len();
        let (other, foreign) = (self.goods[elsewhere].offer, self.goods[elsewhere].specs[0].clone());
        let mut body = json!({"flow": "general", "addressParam": address(), "cargoParamList": lines});
        let first = &mut body["cargoParamList"][0];
        let mut editions = CREATES.len();
        let codes: &[u32] = match self.dice.below(7) {
            0 => {
                first["quantity"] = json!(0);
                &[40003]
            }
            1 => {
                first["offerId"] = json!(5);
                editions = 2;
                &[40402]
            }
            2 => {
                first["specId"] = json!(foreign);
                editions = 2;
                if self.goods[goods].specs.contains(&foreign) { &[200] } else { &[40004] }
            }
            3 => {
                first["quantity"] = json!(9_000_000);
                editions = 2;
                &[40904]
            }
            4 => {
                body["addressParam"] = json!({"fullName": "王小明"});
                &[40002]
            }
            5 => {
                body["flow"] = json!("sideways");
                &[40003]
            }
            _ => {
                first["offerId"] = json!(other);
                first["specId"] = json!(foreign);
                first["quantity"] = json!(NEVER_PREVIEWED);
                let edition = 2 + self.dice.below(2);
                let (answer, _) = self.create(of, edition, &body).await;
                assert_eq!(answer.code(), 40908, "seed {}, step {}: {}", self.seed, self.step, answer.text);
                return;
            }
        };
        let edition = self.dice.below(editions);
        let (answer, _) = self.create(of, edition, &body).await;
        let known = codes.contains(&answer.code());
        assert!(known, "seed {}, step {}: {} {body}: {}", self.seed, self.step, CREATES[edition], answer.text);
    }

    async fn begin_order(&mut self, id: i64, of: usize, goods: usize, asked: &[Value], made: When) {
        let habit = self.goods[goods].habit;
        let lines = self.lines_of(id, of, habit, asked).await;
        let mut order = Order::new(id, of, habit, lines, made);
        if habit == Habit::Cheaper {
            order.told.perhaps(super::model::told::PRICE);
        }
        self.orders.push(order);
        self.live.push(self.orders.len() - 1);
        self.note(self.orders.len() - 1, format!("made of {asked:?}"));
    }

    /// The lines as the first look shows them: as asked, at the price of each piece, or 5 % below it where the seller is so.
    async fn lines_of(&self, id: i64, of: usize, habit: Habit, asked: &[Value]) -> Vec<Line> {
        let until = Instant::now() + Duration::from_secs(15);
        loop {
            let shown = self.world.send(&self.buyers[of].me, super::asks::detail(id)).await.accepted();
            let items = shown["productItems"].as_array().expect("lines");
            assert_eq!(items.len(), asked.len(), "{shown}");
            let priced = items.iter().zip(asked).all(|(item, asked)| {
                let full = fen(&item["price"]) * asked["quantity"].as_i64().expect("a number");
                let amount = fen(&item["itemAmount"]);
                let same = item["specId"] == asked["specId"]
                    && fen(&item["quantity"]) == 100 * asked["quantity"].as_i64().expect("a number");
                same && if habit == Habit::Cheaper { (amount * 100 - full * 95).abs() <= 100 } else { amount == full }
            });
            if priced {
                return items.iter().map(line).collect();
            }
            assert!(Instant::now() < until, "seed {}, step {}: {asked:?} became {shown}", self.seed, self.step);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The shares of a new freight, which add up to it.
    pub async fn read_postage(&mut self, at: usize) {
        let until = Instant::now() + Duration::from_secs(15);
        loop {
            let me = &self.buyers[self.orders[at].of].me;
            let shown = self.world.send(me, super::asks::detail(self.orders[at].id)).await.accepted();
            let lines: Vec<Line> = shown["productItems"].as_array().expect("lines").iter().map(line).collect();
            let order = &mut self.orders[at];
            let there = lines.iter().map(|l| l.amount).eq(order.lines.iter().map(|l| l.amount))
                && lines.iter().map(|l| l.postage).sum::<i64>() == order.freight;
            if there {
                order.lines = lines;
                return;
            }
            if Instant::now() > until {
                self.fail(at, &format!("the new price is not seen: {shown}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn line(item: &Value) -> Line {
    Line {
        entry: item["subItemID"].as_i64().expect("an id"),
        quantity: fen(&item["quantity"]) / 100,
        amount: fen(&item["itemAmount"]),
        postage: fen(&item["sharePostage"]),
        stage: Stage::NotShipped,
        goods_back: 0,
        postage_back: 0,
        gone: (0, 0),
        over: false,
        perhaps_over: false,
    }
}
