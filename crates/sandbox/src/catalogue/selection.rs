//! Products chosen without a keyword: by shop, by category, for a buyer, beside a product, rankings and pools.
//!
//! Each is a rule over the catalogue, so that the same question has the same answer everywhere and for ever.

use super::{Catalogue, Product, drawn, figures::Figures, goods::Goods};
use std::cmp::Reverse;

/// The rankings of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// Sales and buyers who come back.
    Complex,
    /// Sales of 30 days.
    Hot,
    /// The lowest price first.
    GoodPrice,
    /// Sales of 7 days, of what is shown in live streams.
    AnchorHot,
    /// The youngest listings of what is shown in live streams.
    AnchorNew,
    /// What buyers of live streams come back for.
    AnchorRecommend,
    /// Sales of 30 days, of what goes to Vietnam.
    VietnamHot,
    /// Sales of 7 days, of what goes to Vietnam.
    VietnamTrend,
}

impl Ranking {
    /// Reads the marketplace's word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "complex" => Self::Complex,
            "hot" => Self::Hot,
            "goodPrice" => Self::GoodPrice,
            "anchorHot" => Self::AnchorHot,
            "anchorNew" => Self::AnchorNew,
            "anchorRecommend" => Self::AnchorRecommend,
            "VNHot" => Self::VietnamHot,
            "VNTrend" => Self::VietnamTrend,
            _ => return None,
        })
    }

    /// One product in three is shown in live streams, another third goes to Vietnam.
    fn holds(self, product: &Product) -> bool {
        let third = drawn::below(product.offer_id.get(), "ranking", 3);
        match self {
            Self::Complex | Self::Hot | Self::GoodPrice => true,
            Self::AnchorHot | Self::AnchorNew | Self::AnchorRecommend => third == 0,
            Self::VietnamHot | Self::VietnamTrend => third == 1,
        }
    }
}

/// The pools of offers that the marketplace's staff would have put together, by their ids.
const POOLS: &[(i64, &str)] = &[
    (1001, "1688_yx"),
    (1002, "isQqyx"),
    (1003, "select"),
    (1004, "isOnePsaleFreePostage"),
    (1005, "noReason7DReturn"),
    (1006, "isSupportMix"),
];

impl Catalogue {
    /// Everything that a shop sells, what sold best first.
    pub fn by_seller(&self, login: &str) -> Vec<&Product> {
        let places = self.places_of_seller(login);
        best_sold(places.into_iter().filter_map(|place| self.at(place)))
    }

    /// Everything in a category and below it, what sold best first.
    pub fn in_category(&self, id: i64) -> Vec<&Product> {
        let below = self.below(id);
        best_sold((0..self.len()).filter(|p| below.contains(&self.category_at(*p))).filter_map(|p| self.at(p)))
    }

    /// The category and all below it.
    pub fn below(&self, id: i64) -> Vec<i64> {
        let inside = |c: &&super::Category| self.path(c.id).iter().any(|above| above.id == id);
        self.categories().iter().filter(inside).map(|c| c.id).collect()
    }

    /// The first `limit` of a category's ranking.
    pub fn ranking(&self, category: i64, ranking: Ranking, limit: usize) -> Vec<&Product> {
        let mut all: Vec<&Product> = self.in_category(category).into_iter().filter(|p| ranking.holds(p)).collect();
        let figures = |p: &Product| {
            self.seller(&p.seller).map(|s| (Figures::of(p, s).sold_week(), Figures::of(p, s).repurchase()))
        };
        let (week, back) = (|p: &Product| figures(p).map_or(0, |f| f.0), |p: &Product| figures(p).map_or(0, |f| f.1));
        match ranking {
            Ranking::Complex => all.sort_by_key(|p| Reverse(p.month_sold * (100 + back(p)))),
            Ranking::Hot | Ranking::VietnamHot => {}
            Ranking::GoodPrice => all.sort_by_key(|p| p.lowest_price()),
            Ranking::AnchorHot | Ranking::VietnamTrend => all.sort_by_key(|p| Reverse(week(p))),
            Ranking::AnchorNew => all.sort_by(|a, b| b.created.cmp(&a.created)),
            Ranking::AnchorRecommend => all.sort_by_key(|p| Reverse(back(p))),
        }
        all.truncate(limit);
        all
    }

    /// Products like this one, the most alike first: of its kind, then of its category, by the words that they share.
    pub fn related(&self, product: &Product) -> Vec<&Product> {
        let mut near: Vec<&Product> =
            self.in_category(product.category).into_iter().filter(|p| p.offer_id != product.offer_id).collect();
        near.sort_by_key(|p| Reverse(shared(product.goods.as_ref(), p.goods.as_ref())));
        near
    }

    /// What a buyer may like: of three categories that are always the same for this buyer, what sold best first.
    pub fn recommended(&self, buyer: &str) -> Vec<&Product> {
        let leaves: Vec<i64> = self.categories().iter().filter(|c| c.leaf).map(|c| c.id).collect();
        let liked = ["first", "second", "third"].map(|step| {
            let taste = drawn::draw(i64::try_from(buyer.len()).unwrap_or(0), &format!("{step} {buyer}"));
            leaves[usize::try_from(taste % leaves.len().max(1) as u64).unwrap_or(0)]
        });
        best_sold((0..self.len()).filter(|p| liked.contains(&self.category_at(*p))).filter_map(|p| self.at(p)))
    }

    /// The products of a pool, `None` for a pool that does not exist. Ids: 1001 strict selection, 1002 global strict
    /// selection, 1003 cross-border select, 1004 single pieces with free postage, 1005 seven days return, 1006 mixed batches.
    pub fn pool(&self, id: i64) -> Option<Vec<&Product>> {
        let (_, tag) = POOLS.iter().find(|(pool, _)| *pool == id)?;
        Some(best_sold(self.products().filter(|p| p.tags.iter().any(|t| t == tag))))
    }
}

fn best_sold<'a>(products: impl Iterator<Item = &'a Product>) -> Vec<&'a Product> {
    let mut all: Vec<&Product> = products.collect();
    all.sort_by_key(|p| (Reverse(p.month_sold), p.offer_id));
    all
}

/// How alike goods are: ten for the kind, one for each word.
fn shared(one: Option<&Goods>, other: Option<&Goods>) -> usize {
    let (Some(one), Some(other)) = (one, other) else { return 0 };
    let kind = usize::from(one.kind == other.kind) * 10;
    kind + one.said().filter(|w| other.said().any(|o| o == *w)).count()
}

#[cfg(test)]
mod tests;
