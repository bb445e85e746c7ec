//! What is told of orders: each message once, no other than those that are expected.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Nothing more comes when so long nothing has come.
const SILENCE: Duration = Duration::from_millis(400);
const LOOK: Duration = Duration::from_millis(5);

/// What each order is expected to be told of, in no certain order.
pub type Expected = BTreeMap<i64, Vec<&'static str>>;

#[derive(Default)]
pub struct Inbox {
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    /// Kinds by order.
    told: BTreeMap<i64, Vec<String>>,
    count: usize,
    ids: HashSet<i64>,
    /// Unsigned, unreadable or repeated ones, with what was wrong with the first.
    wrong: usize,
    example: Option<String>,
    last: Option<Instant>,
}

impl Inbox {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a message that was proved: its own id, the order it is about, and what it says.
    pub fn take(&self, id: i64, order: i64, kind: String) {
        let mut heard = self.heard();
        if !heard.ids.insert(id) {
            heard.wrong += 1;
            heard.example.get_or_insert(format!("message {id} ({kind}) came again"));
            return;
        }
        heard.count += 1;
        heard.last = Some(Instant::now());
        heard.told.entry(order).or_default().push(kind);
    }

    pub fn refuse(&self, why: String) {
        let mut heard = self.heard();
        heard.wrong += 1;
        heard.example.get_or_insert(why);
    }

    /// Waits for everything that is expected and a while for what is not; answers when the last one came. What was heard is
    /// forgotten then.
    pub async fn settle(&self, expected: &Expected, patience: Duration) -> Result<Instant, String> {
        let wanted: usize = expected.values().map(Vec::len).sum();
        let deadline = Instant::now() + patience;
        while self.heard().count < wanted && Instant::now() < deadline {
            tokio::time::sleep(LOOK).await;
        }
        tokio::time::sleep(SILENCE).await;
        let heard = std::mem::take(&mut *self.heard());
        if heard.wrong > 0 {
            return Err(format!("{} messages were wrong, e.g. {}", heard.wrong, heard.example.unwrap_or_default()));
        }
        compare(expected, &heard.told)?;
        heard.last.ok_or_else(|| "nothing came".to_owned())
    }
}

fn compare(expected: &Expected, told: &BTreeMap<i64, Vec<String>>) -> Result<(), String> {
    let sorted = |kinds: &[&str]| {
        let mut kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        kinds.sort_unstable();
        kinds
    };
    for (order, kinds) in expected {
        let came: Vec<&str> = told.get(order).into_iter().flatten().map(String::as_str).collect();
        if sorted(kinds) != sorted(&came) {
            return Err(format!("order {order}: expected {:?}, came {:?}", sorted(kinds), sorted(&came)));
        }
    }
    let other = told.keys().find(|order| !expected.contains_key(order));
    other.map_or(Ok(()), |order| Err(format!("messages of order {order}, which is none of ours")))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn judged(messages: &[(i64, i64, &str)]) -> Result<Instant, String> {
        let inbox = Inbox::default();
        messages.iter().for_each(|(id, order, kind)| inbox.take(*id, *order, (*kind).to_owned()));
        inbox.settle(&Expected::from([(7, vec!["paid", "made"])]), Duration::from_millis(20)).await
    }

    #[tokio::test]
    async fn what_is_missing_repeated_or_of_nobody_fails() {
        assert!(judged(&[(1, 7, "made"), (2, 7, "paid")]).await.is_ok());
        assert!(judged(&[(1, 7, "made")]).await.is_err());
        assert!(judged(&[(1, 7, "made"), (2, 7, "paid"), (2, 7, "paid")]).await.is_err());
        assert!(judged(&[(1, 7, "made"), (2, 7, "paid"), (3, 7, "paid")]).await.is_err());
        assert!(judged(&[(1, 7, "made"), (2, 7, "paid"), (3, 8, "paid")]).await.is_err());
    }
}
