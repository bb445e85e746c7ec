//! The made goods: twenty of each kind, each computed from its number when somebody first asks for it.
//!
//! Rejected: a file of two thousand products, which nobody would read, and making all of them at the start, which would
//! cost time and memory before the first request.

use super::{
    Attribute, Product, Quote, Seller, Tier, drawn,
    goods::Goods,
    habit::Habit,
    kinds::{Axis, Kind, kinds},
    language::Language,
    specifications::{self, specifications},
    title,
    words::{Role, Word, words},
};
use crate::pictures;
use domain::{Fen, OfferId, Timestamp};

/// Products of each kind.
pub const A_KIND: usize = 20;
/// Offer ids lie above this: `FIRST + number * STEP % RANGE`. The range is a prime, so no two numbers share one.
const FIRST: i64 = 610_000_000_000;
const STEP: i64 = 98_765_432_101;
const RANGE: i64 = 380_000_000_003;
/// The youngest made product was listed at this time: 2026-05-18, UTC+8.
const YOUNGEST: Timestamp = Timestamp(1_779_033_600_000);
const DAY_MS: i64 = 86_400_000;

/// How many made products there are.
pub fn count() -> usize {
    kinds().len() * A_KIND
}

pub fn kind(number: usize) -> &'static Kind {
    &kinds()[number / A_KIND % kinds().len()]
}

/// What the product is. Cheap: for whoever needs words and no prices.
pub fn goods(number: usize) -> Goods {
    let kind = kind(number);
    Goods::of(kind.name, &kind.choices, number % A_KIND)
}

pub fn offer_id(number: usize) -> Option<OfferId> {
    let product = i128::try_from(number).ok()? * i128::from(STEP) % i128::from(RANGE);
    OfferId::new(FIRST + i64::try_from(product).ok()?).ok()
}

/// The colours that a product comes in.
pub fn colours(number: usize, offer_id: OfferId) -> Vec<&'static Word> {
    let kind = kind(number);
    let coloured = kind.axes.iter().any(|axis| matches!(axis, Axis::Colour));
    if coloured { specifications::colours(kind, offer_id.get()) } else { Vec::new() }
}

/// Which of the shops of its trade sells a product.
pub fn place_of_shop(number: usize, shops: usize) -> usize {
    // Neighbours of a kind go to different shops, and each shop gets every kind of its trade.
    (number + number / A_KIND) % shops.max(1)
}

/// The product of a number, sold by `seller`.
pub fn product(number: usize, offer_id: OfferId, seller: &Seller) -> Product {
    let (kind, goods) = (kind(number), goods(number));
    let id = offer_id.get();
    let price = price(kind, id);
    let quote = if drawn::below(id, "quote", 5) < 2 { Quote::Quantity } else { Quote::Sku };
    let min_order = min_order(price, id);
    let skus = specifications(kind, offer_id, number, price, quote);
    let sold = sold(id);
    Product {
        offer_id,
        seller: seller.login_id.clone(),
        category: kind.category,
        title_zh: title::compose(&goods, Language::Chinese),
        title_en: title::compose(&goods, Language::English),
        keywords_zh: searched(&goods, Language::Chinese),
        keywords_en: searched(&goods, Language::English),
        unit_zh: kind.unit.text(Language::Chinese).to_owned(),
        unit_en: kind.unit.text(Language::English).to_owned(),
        attributes: attributes(&goods, number),
        tiers: tiers(price, quote, min_order),
        skus,
        quote,
        min_order,
        batch: 1,
        month_sold: sold,
        total_sold: sold * i64::from(drawn::between(id, "life", (4, 26))),
        repurchase: format!("{}%", drawn::between(id, "repurchase", (6, 48))),
        created: listed(id).text(),
        size_cm: kind.size_cm.clone(),
        ship_within_hours: [12, 24, 24, 48, 48, 72][drawn::below(id, "ships", 6)],
        tags: tags(id, seller),
        habit: Habit::ShipsAfterPayment,
        colour: colour(number, offer_id).to_owned(),
        shape: kind.shape.to_owned(),
        goods: Some(goods),
        price_fen: None,
        stock: None,
        weight_g: None,
    }
}

/// A price within the kind's range that ends as prices do.
fn price(kind: &Kind, id: i64) -> Fen {
    let yuan = i64::from(drawn::between(id, "yuan", kind.yuan));
    Fen(yuan * 100 + [0, 50, 80, 90][drawn::below(id, "fen", 4)])
}

/// Cheap goods are sold by the handful.
fn min_order(price: Fen, id: i64) -> u32 {
    let choices: [u32; 4] = match price.0 {
        ..500 => [5, 10, 10, 20],
        500..2000 => [1, 2, 2, 5],
        _ => [1, 1, 1, 2],
    };
    choices[drawn::below(id, "minimum", choices.len())]
}

/// The more, the cheaper; one row where the specification decides.
fn tiers(price: Fen, quote: Quote, min_order: u32) -> Vec<Tier> {
    let tier = |times: u32, percent: i64| Tier { from: min_order * times, price_fen: Fen(price.0 * percent / 100) };
    match quote {
        Quote::Sku => vec![tier(1, 100)],
        Quote::Quantity => vec![tier(1, 100), tier(10, 93), tier(50, 86)],
    }
}

/// Few products sell much.
fn sold(id: i64) -> i64 {
    let most = [60, 200, 800, 800, 2500, 9000][drawn::below(id, "fame", 6)];
    i64::from(drawn::between(id, "sold", (3, most)))
}

/// Two and a half years of listings.
fn listed(id: i64) -> Timestamp {
    let days = i64::from(drawn::between(id, "day", (0, 900)));
    YOUNGEST.plus_ms(i64::from(drawn::between(id, "second", (0, 86_399))) * 1000 - days * DAY_MS)
}

fn tags(id: i64, seller: &Seller) -> Vec<String> {
    let chances = [
        ("isOnePsale", 85),
        ("noReason7DReturn", 75),
        ("isOnePsaleFreePostage", 10),
        ("1688_yx", 8),
        ("isQqyx", 5),
        ("select", 4),
    ];
    let drawn = chances.iter().filter(|(tag, percent)| drawn::below(id, tag, 100) < *percent).map(|(tag, _)| *tag);
    drawn.chain(seller.mix.enabled.then_some("isSupportMix")).map(str::to_owned).collect()
}

fn searched(goods: &Goods, language: Language) -> Vec<String> {
    let audience = goods.audience.map(|w| w.text(language));
    goods.kind.searched(language).chain(audience).map(str::to_owned).collect()
}

fn attributes(goods: &Goods, number: usize) -> Vec<Attribute> {
    let features = goods.features.iter().map(|w| w.text(Language::Chinese)).collect::<Vec<_>>().join("，");
    let features_en = goods.features.iter().map(|w| w.text(Language::English)).collect::<Vec<_>>().join(", ");
    let of = |id, name, word: Option<&Word>| {
        word.and_then(|w| attribute(id, name, w.text(Language::Chinese), w.text(Language::English)))
    };
    let item = format!("K{:03}-{:02}", number / A_KIND + 1, number % A_KIND + 1);
    [
        of(287, "材质", goods.material),
        of(1141, "风格", goods.style),
        attribute(5019, "功能", &features, &features_en),
        of(3508, "适用对象", goods.audience),
        of(973, "适用季节", goods.season),
        of(1234, "产地", words().find(Role::Value, "中国")),
        attribute(3151, "货号", &item, &item),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn attribute(id: i64, name: &str, zh: &str, en: &str) -> Option<Attribute> {
    let name = words().find(Role::Name, name)?;
    Some(Attribute {
        id,
        name_zh: name.text(Language::Chinese).to_owned(),
        name_en: name.text(Language::English).to_owned(),
        value_zh: zh.to_owned(),
        value_en: en.to_owned(),
    })
}

/// `#rrggbb` of its main colour.
pub fn colour(number: usize, offer_id: OfferId) -> &'static str {
    let main = colours(number, offer_id).first().and_then(|w| pictures::hex(w.text(Language::Chinese)));
    main.unwrap_or_else(|| any_colour(offer_id.get()))
}

fn any_colour(id: i64) -> &'static str {
    let palette = ["#4a79b5", "#5c9a66", "#bf3b38", "#e6c44c", "#8468a8", "#7b573c", "#63a8a8", "#e3863c"];
    palette[drawn::below(id, "colour", palette.len())]
}
