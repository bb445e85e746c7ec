//! What the developers' receivers heard, compared with what had to be told: each event once, and nothing else.

use super::{model::told, walker::Walk};
use crate::receiver::Arrived;
use contract::callback::Base;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(15);

/// A message, however often it arrived.
struct Message {
    sequence: i64,
    word: String,
}

#[derive(Default)]
pub struct Heard {
    /// By object, then by id of the message.
    objects: BTreeMap<String, BTreeMap<i64, Message>>,
    /// Of each message whose it is.
    ids: BTreeMap<i64, String>,
}

impl Heard {
    fn take(&mut self, arrived: &Arrived) -> Result<(), String> {
        let body = arrived.body();
        let refund = body["refundId"].as_str();
        let order = body["baseInfo"]["id"].as_i64().map(|id| id.to_string());
        let object = refund.map(str::to_owned).or(order).or_else(|| body["orderId"].as_str().map(str::to_owned));
        let object = object.ok_or_else(|| format!("a message about nothing: {}", arrived.raw))?;
        let is_refund = arrived.message_type() == told::REFUND;
        if is_refund != refund.is_some() {
            return Err(format!("a message of another type than its object: {}", arrived.raw));
        }
        let word = if is_refund { body["status"].as_str().unwrap_or_default() } else { arrived.message_type() };
        let id = arrived.json["id"].as_i64().ok_or_else(|| format!("a message without an id: {}", arrived.raw))?;
        let about = format!("{object} {word} {}", arrived.sequence());
        if let Some(earlier) = self.ids.insert(id, about.clone())
            && earlier != about
        {
            return Err(format!("message {id} was about {earlier} and is about {about}"));
        }
        let message = Message { sequence: arrived.sequence(), word: word.to_owned() };
        self.objects.entry(object).or_default().insert(id, message);
        Ok(())
    }

    fn words<'a>(&'a self, object: &str) -> impl Iterator<Item = &'a str> {
        self.objects.get(object).into_iter().flat_map(|all| all.values().map(|message| message.word.as_str()))
    }

    /// The numbers of an object's messages are 1, 2, 3 ...
    fn gap(&self, object: &str) -> Option<String> {
        let mut numbers: Vec<i64> = self.objects.get(object)?.values().map(|message| message.sequence).collect();
        numbers.sort_unstable();
        let whole = (1..).zip(&numbers).all(|(expected, number)| expected == *number);
        (!whole).then(|| format!("the messages of {object} are numbered {numbers:?}"))
    }
}

/// The name of an order's event in the messages of key accounts.
fn ka_name(word: &'static str) -> Option<&'static str> {
    match word {
        told::MAKE => Some("ORDER_CREATE"),
        told::PAY => Some("ORDER_PAY_SUCCESS"),
        told::BUYER_CLOSE => Some("ORDER_CANCEL"),
        told::BATCH => None,
        other => Some(other),
    }
}

impl Walk {
    /// Waits until everything was heard that had to be told.
    pub async fn hear(&mut self) {
        let until = Instant::now() + PATIENCE;
        loop {
            self.take_what_arrived();
            let Some((at, difference)) = self.unheard() else { return };
            if Instant::now() > until {
                self.fail(at, &difference);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn take_what_arrived(&mut self) {
        for buyer in &mut self.buyers {
            for arrived in buyer.receiver.take() {
                arrived.prove(&buyer.me, Base::RawBody);
                buyer.heard.take(&arrived).unwrap_or_else(|fault| panic!("seed {}: {fault}", self.seed));
            }
        }
    }

    fn unheard(&self) -> Option<(usize, String)> {
        for (at, order) in self.orders.iter().enumerate() {
            let buyer = &self.buyers[order.of];
            let name = |word| if buyer.edition == "ka" { ka_name(word) } else { Some(word) };
            let id = order.id.to_string();
            let told = order.told.differs(buyer.heard.words(&id), name).map(|what| format!("order: {what}"));
            let found = told.or_else(|| buyer.heard.gap(&id)).or_else(|| {
                order.refunds.iter().find_map(|refund| {
                    let words = buyer.heard.words(&refund.id);
                    let told = refund.told.differs(words, Some).map(|what| format!("refund {}: {what}", refund.id));
                    told.or_else(|| buyer.heard.gap(&refund.id))
                })
            });
            if let Some(difference) = found {
                return Some((at, difference));
            }
        }
        let known: usize = self.orders.iter().map(|order| 1 + order.refunds.len()).sum();
        let heard: usize = self.buyers.iter().map(|buyer| buyer.heard.objects.len()).sum();
        (heard > known).then(|| (0, format!("messages about {heard} objects, and there are {known}")))
    }
}
