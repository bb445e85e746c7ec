//! What a developer must have been told of one object, and what he may have been told besides.

use std::collections::BTreeMap;

pub const MAKE: &str = "ORDER_BUYER_VIEW_BUYER_MAKE";
pub const PAY: &str = "ORDER_BUYER_VIEW_ORDER_PAY";
pub const BATCH: &str = "ORDER_BATCH_PAY";
pub const PRICE: &str = "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY";
pub const SHIPPED: &str = "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS";
pub const PART: &str = "ORDER_BUYER_VIEW_PART_PART_SENDGOODS";
pub const RECEIVED: &str = "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS";
pub const SUCCESS: &str = "ORDER_BUYER_VIEW_ORDER_SUCCESS";
pub const BUYER_CLOSE: &str = "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE";
pub const BOPS_CLOSE: &str = "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE";
pub const REFUND: &str = "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND";

/// In a multitude: how often at least, and at most.
#[derive(Debug, Clone, Default)]
pub struct Told(BTreeMap<&'static str, (usize, usize)>);

impl Told {
    pub fn once(&mut self, word: &'static str) {
        let (least, most) = self.0.entry(word).or_default();
        (*least, *most) = (*least + 1, *most + 1);
    }

    /// The contract leaves open whether this is told.
    pub fn perhaps(&mut self, word: &'static str) {
        self.0.entry(word).or_default().1 += 1;
    }

    /// What differs from what was heard, in words of `name`; a word without a name is not sent.
    pub fn differs<'a>(
        &self,
        heard: impl Iterator<Item = &'a str>,
        name: impl Fn(&'static str) -> Option<&'static str>,
    ) -> Option<String> {
        let mut allowed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (word, (least, most)) in &self.0 {
            if let Some(name) = name(word) {
                let place = allowed.entry(name).or_default();
                *place = (place.0 + least, place.1 + most);
            }
        }
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        heard.for_each(|word| *counted.entry(word).or_default() += 1);
        let words = allowed.keys().chain(counted.keys()).copied();
        for word in words {
            let (least, most) = allowed.get(word).copied().unwrap_or_default();
            let count = counted.get(word).copied().unwrap_or_default();
            if !(least..=most).contains(&count) {
                return Some(format!("{word} was told {count} times and not {least} to {most}"));
            }
        }
        None
    }
}
