//! Selections hold what their names say.

use super::*;
use domain::OfferId;

#[test]
fn a_shop_sells_its_own_and_a_category_holds_what_is_below() {
    let c = Catalogue::embedded();
    for seller in c.sellers() {
        let own = c.by_seller(&seller.login_id);
        assert!(!own.is_empty() && own.iter().all(|p| p.seller == seller.login_id), "{}", seller.login_id);
        assert_eq!(c.seller_by_open_id(&seller.open_id).map(|s| &s.login_id), Some(&seller.login_id));
    }
    let women = c.in_category(10166);
    assert!(women.len() > 100 && women.iter().all(|p| c.path(p.category)[0].id == 10166));
    assert!(women.is_sorted_by_key(|p| Reverse(p.month_sold)));
}

#[test]
fn rankings_are_in_their_order_and_no_longer_than_asked() {
    let c = Catalogue::embedded();
    let cheap = c.ranking(10165, Ranking::GoodPrice, 20);
    assert!(cheap.len() == 20 && cheap.is_sorted_by_key(|p| p.lowest_price()));
    let young = c.ranking(10165, Ranking::AnchorNew, 5);
    assert!(young.len() == 5 && young.is_sorted_by(|a, b| a.created >= b.created));
    let vietnam = c.ranking(1813, Ranking::VietnamHot, 20);
    assert!(!vietnam.is_empty() && vietnam.iter().all(|p| Ranking::VietnamTrend.holds(p)));
    assert_eq!(Ranking::parse("best"), None);
}

#[test]
fn related_products_are_of_the_same_kind_first() {
    let c = Catalogue::embedded();
    let thermos = c.offer(OfferId::new(785_096_100_292).unwrap()).unwrap();
    let near = c.related(thermos);
    assert!(near.len() > 20 && near.iter().all(|p| p.offer_id != thermos.offer_id));
    assert!(near.iter().take(10).all(|p| p.title_zh.contains("保温")), "{:?}", near[9].title_zh);
}

#[test]
fn a_buyer_is_always_recommended_the_same() {
    let c = Catalogue::embedded();
    let ids = |buyer| c.recommended(buyer).iter().map(|p| p.offer_id).collect::<Vec<_>>();
    assert!(ids("21000070000").len() >= 20);
    assert_eq!(ids("21000070000"), ids("21000070000"));
    assert_ne!(ids("21000070000"), ids("21000070001"));
}

#[test]
fn a_pool_holds_what_has_its_mark() {
    let c = Catalogue::embedded();
    let strict = c.pool(1001).unwrap();
    assert!(strict.len() > 50 && strict.iter().all(|p| p.tags.iter().any(|t| t == "1688_yx")));
    assert!(c.pool(1).is_none());
}
