//! The filter words and sort keys of a product search.

use super::{Product, Seller, figures::Figures};
use domain::{Fen, Timestamp};

/// Words whose meaning is not public; they let every product through.
const OPAQUE: &[&str] =
    &["ksCiphertext", "JPFL", "USFL", "KRFL", "VNFL", "SAFL", "RUFL", "KZFL", "HKFL", "MOFL", "TWFL"];

/// Whether a product passes one filter word; `None` for a word that does not exist.
pub fn passes(word: &str, product: &Product, seller: &Seller, now: Timestamp) -> Option<bool> {
    let f = Figures::of(product, seller);
    Some(match word {
        "totalEpScoreLv1" => f.score_tenths() >= 50,
        "totalEpScoreLv2" => (45..50).contains(&f.score_tenths()),
        "totalEpScoreLv3" => (40..45).contains(&f.score_tenths()),
        "totalEpScoreLv4" => f.score_tenths() < 40,
        "getRate24HLv1" => f.picked_up_24h() < 9500,
        "getRate24HLv2" => f.picked_up_24h() >= 9500,
        "getRate24HLv3" => f.picked_up_24h() >= 9900,
        "getRate48HLv1" => f.picked_up_48h() < 9500,
        "getRate48HLv2" => f.picked_up_48h() >= 9500,
        "getRate48HLv3" => f.picked_up_48h() >= 9900,
        "qrr0" => f.quality_returns() == 0,
        "qrr1" => f.quality_returns() <= 100,
        "qrr5" => (100..=500).contains(&f.quality_returns()),
        "qrr10" => (500..=1000).contains(&f.quality_returns()),
        "certifiedFactory" => f.is_factory(),
        "shipInToday" => product.ship_within_hours <= 12,
        "shipIn24Hours" => product.ship_within_hours <= 24,
        "shipIn48Hours" => product.ship_within_hours <= 48,
        "noReason7DReturn" | "isOnePsale" | "isQqyx" => f.has_tag(word),
        "isOnePsaleFreePost" | "isOnePsaleFreePostage" => f.has_tag("isOnePsaleFreePostage"),
        "new7" => f.is_new(7, now),
        "new30" => f.is_new(30, now),
        "1688Selection" => f.has_tag("1688_yx"),
        "isSelect" => f.has_tag("select"),
        // No product of this world is in the distribution selection.
        "jxhy" => false,
        opaque if OPAQUE.contains(&opaque) => true,
        _ => return None,
    })
}

/// What a page is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    key: SortKey,
    descending: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SortKey {
    Price,
    Repurchase,
    MonthSold,
}

impl Sort {
    /// Reads `{"price":"asc"}`; `None` when key or direction does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let map: std::collections::BTreeMap<String, String> = serde_json::from_str(text).ok()?;
        let (key, direction) = map.first_key_value().filter(|_| map.len() == 1)?;
        let key = match key.as_str() {
            "price" | "onePPrice" => SortKey::Price,
            "rePurchaseRate" => SortKey::Repurchase,
            "monthSold" => SortKey::MonthSold,
            _ => return None,
        };
        let descending = match direction.as_str() {
            "asc" => false,
            "desc" => true,
            _ => return None,
        };
        Some(Self { key, descending })
    }

    /// Sorts in place; equal products keep their rank.
    pub fn apply(self, products: &mut [&Product]) {
        let value = |p: &Product| match self.key {
            SortKey::Price => p.lowest_price().0,
            SortKey::Repurchase => p.repurchase.trim_end_matches('%').parse().unwrap_or(0),
            SortKey::MonthSold => p.month_sold,
        };
        products.sort_by_key(|p| if self.descending { -value(p) } else { value(p) });
    }
}

/// Both ends inclusive.
#[derive(Debug, Clone, Copy, Default)]
pub struct PriceRange {
    pub from: Option<Fen>,
    pub to: Option<Fen>,
}

impl PriceRange {
    pub fn holds(&self, price: Fen) -> bool {
        self.from.is_none_or(|f| price >= f) && self.to.is_none_or(|t| price <= t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn rates_of_a_product_fall_into_one_band() {
        let c = Catalogue::embedded();
        for p in c.products() {
            let seller = c.seller(&p.seller).unwrap();
            let on = |words: &[&str]| words.iter().filter(|w| passes(w, p, seller, Timestamp(0)) == Some(true)).count();
            assert_eq!(on(&["totalEpScoreLv1", "totalEpScoreLv2", "totalEpScoreLv3", "totalEpScoreLv4"]), 1);
            assert_eq!(on(&["getRate24HLv1", "getRate24HLv2"]), 1);
        }
        assert_eq!(passes("cheap", &c.written()[0], &c.sellers()[0], Timestamp(0)), None);
    }

    #[test]
    fn sorts_take_one_known_key() {
        assert!(Sort::parse(r#"{"price":"asc"}"#).is_some());
        for bad in ["", "{}", r#"{"price":"up"}"#, r#"{"size":"asc"}"#, r#"{"price":"asc","monthSold":"asc"}"#] {
            assert_eq!(Sort::parse(bad), None, "{bad}");
        }
    }
}
