//! What people type, and what they must see among the first.

use super::*;

fn titles(keyword: &str) -> Vec<String> {
    Catalogue::embedded().find(keyword).into_iter().map(|p| p.title_zh.clone()).collect()
}

#[test]
fn a_mens_search_shows_nothing_for_women_first() {
    let found = titles("men's shoes");
    assert!(found.len() > 5 && found.iter().take(20).all(|t| !t.contains('女')), "{found:?}");
}

#[test]
fn loose_reading_only_when_nothing_fits() {
    assert!(!titles("男鞋").is_empty());
    assert!(!titles("黑色超薄牛仔长裤").is_empty());
    assert!(titles("qzxwv").is_empty() && titles("  ").is_empty() && titles("龘靐").is_empty());
}

/// What a keyword must find among the first five, by a part of the English title.
const EXPECTED: &[(&str, &str)] = &[
    ("jeans", "jeans"),
    ("Jean", "jeans"),
    ("牛仔裤", "jeans"),
    ("保温杯", "thermos"),
    ("thermos", "thermos"),
    ("vacuum flasks", "thermos"),
    ("women's summer dress", "dress"),
    ("dress summer woman", "dress"),
    ("女士夏季连衣裙", "dress"),
    ("夏季 连衣裙 女", "dress"),
    ("sneakers", "trainers"),
    ("运动鞋男", "trainers"),
    ("running shoes for men", "trainers"),
    ("leather wallet", "wallet"),
    ("真皮钱包", "wallet"),
    ("backpacks for students", "backpack"),
    ("学生书包", "backpack"),
    ("手机壳", "phone case"),
    ("transparent phone cases", "phone case"),
    ("蓝牙耳机", "earphones"),
    ("wireless headphones", "earphones"),
    ("充电宝", "power bank"),
    ("portable charger", "power bank"),
    ("猫窝", "pet bed"),
    ("dog leash", "dog lead"),
    ("狗绳", "dog lead"),
    ("yoga mat", "yoga mat"),
    ("防滑瑜伽垫", "yoga mat"),
    ("bamboo cutting boards", "chopping board"),
    ("竹砧板", "chopping board"),
    ("sunglasses men", "sunglasses"),
    ("男士太阳镜", "sunglasses"),
    ("毛绒玩具", "plush toy"),
    ("stuffed animals", "plush toy"),
    ("solar garden lamp", "garden light"),
    ("太阳能庭院灯", "garden light"),
    ("kids t-shirt", "T-shirt"),
    ("儿童T恤", "T-shirt"),
    ("blackout curtains", "curtain"),
    ("遮光窗帘", "curtain"),
    ("cashmere scarf", "scarf"),
    ("羊绒围巾", "scarf"),
    ("camping tent", "tent"),
    ("户外帐篷", "tent"),
];

#[test]
fn a_keyword_finds_what_a_person_expects() {
    let c = Catalogue::embedded();
    for (keyword, part) in EXPECTED {
        let found: Vec<&str> = c.find(keyword).into_iter().take(5).map(|p| p.title_en.as_str()).collect();
        let goods: Vec<_> = c.find(keyword).into_iter().take(5).filter_map(|p| p.goods.as_ref()).collect();
        let fit = goods.iter().any(|g| g.kind.text(Language::English).contains(part));
        assert!(fit && found.len() >= 3, "{keyword}: {found:?}");
    }
}

#[test]
fn every_word_that_was_asked_is_said_of_what_is_found() {
    let c = Catalogue::embedded();
    for (keyword, parts) in [("bamboo chopping board", ["bamboo", "chopping board"]), ("silk dress", ["silk", "dress"])]
    {
        let found = c.find(keyword);
        assert!(!found.is_empty());
        assert!(found.iter().take(5).all(|p| parts.iter().all(|w| p.title_en.to_lowercase().contains(w))), "{keyword}");
    }
}

#[test]
fn a_keyword_may_be_in_the_language_that_is_read() {
    let c = Catalogue::embedded();
    let asked = [
        ("футболки мужские", Language::Russian, "T-shirt"),
        ("áo thun nam", Language::Vietnamese, "T-shirt"),
        ("ao thun", Language::Vietnamese, "T-shirt"),
        ("スニーカー", Language::Japanese, "trainers"),
        ("청바지", Language::Korean, "jeans"),
        ("chaussures en cuir", Language::French, "leather shoes"),
        ("mochilas", Language::Portuguese, "backpack"),
        ("vestidos de mujer", Language::Spanish, "dress"),
        ("กระเป๋าเป้", Language::Thai, "backpack"),
        ("celana jeans pria", Language::Indonesian, "jeans"),
        ("حقيبة ظهر", Language::Arabic, "backpack"),
        ("ryukzak", Language::Uzbek, "backpack"),
    ];
    for (keyword, language, part) in asked {
        let found: Vec<_> = c.find_in(keyword, language).into_iter().take(5).filter_map(|p| p.goods.as_ref()).collect();
        assert!(found.iter().any(|g| g.kind.text(Language::English).contains(part)), "{keyword}: {found:?}");
    }
}
