//! The specifications of made goods: every colour with every size that a product offers.

use super::{
    Attribute, Quote, Sku, drawn,
    kinds::{Axis, Kind},
    language::Language,
    words::{Role, Word, words},
};
use domain::{Fen, OfferId, SkuId, SpecId};
use sha2::{Digest, Sha256};

/// Sku ids of a product follow each other; no product has more.
const ROOM: i64 = 100;
const FIRST_SKU: i64 = 6_100_000_000_000;

/// Numbers of the attributes that a buyer chooses, by their Chinese names, as the marketplace has them.
const NUMBERS: &[(&str, i64)] = &[
    ("颜色", 3216),
    ("尺码", 450),
    ("容量", 2871),
    ("长度", 1630),
    ("尺寸", 1627),
    ("口径", 20340),
    ("厚度", 9214),
    ("套餐", 7853),
    ("型号", 3114),
    ("规格", 1398),
];

/// One value of one thing to choose.
struct Choice {
    attribute: &'static Word,
    zh: &'static str,
    en: &'static str,
    /// Its place from the smallest.
    step: usize,
}

/// All specifications of a product.
pub fn specifications(kind: &Kind, offer: OfferId, number: usize, price: Fen, quote: Quote) -> Vec<Sku> {
    let axes: Vec<Vec<Choice>> = kind.axes.iter().map(|axis| choices(*axis, kind, offer.get())).collect();
    let alone = vec![Vec::new()];
    let chosen = axes.iter().fold(alone, |before, axis| {
        before.iter().flat_map(|b: &Vec<&Choice>| axis.iter().map(|c| [b.as_slice(), &[c]].concat())).collect()
    });
    chosen.iter().enumerate().filter_map(|(i, choice)| sku(kind, offer, number, (price, quote), i, choice)).collect()
}

/// The values of an axis that this product offers: some colours, or a run of neighbouring sizes.
fn choices(axis: Axis, kind: &Kind, id: i64) -> Vec<Choice> {
    match axis {
        Axis::Colour => {
            let attribute = words().find(Role::Name, "颜色");
            let named =
                |w: &'static Word| Some(choice(attribute?, w.text(Language::Chinese), w.text(Language::English), 0));
            colours(kind, id).into_iter().filter_map(named).collect()
        }
        Axis::Size(sizes) => {
            let count = sizes.values.len().min(2 + drawn::below(id, "sizes", 4));
            let first = drawn::below(id, "first size", sizes.values.len() - count + 1);
            let chosen = sizes.values.iter().skip(first).take(count).enumerate();
            chosen.map(|(step, value)| size(sizes.attribute, value, step)).collect()
        }
    }
}

/// The colours of a product, its main one first.
pub fn colours(kind: &Kind, id: i64) -> Vec<&'static Word> {
    let all: Vec<&'static Word> = words().all().iter().filter(|w| w.role == Role::Colour).collect();
    let count =
        if kind.axes.len() == 1 { 3 + drawn::below(id, "colours", 4) } else { 1 + drawn::below(id, "colours", 4) };
    let first = drawn::below(id, "first colour", all.len());
    // Five is no divisor of the number of colours, so a product never offers one twice.
    (0..count.min(all.len())).map(|i| all[(first + i * 5) % all.len()]).collect()
}

fn size(attribute: &'static Word, value: &'static str, step: usize) -> Choice {
    let word = words().find(Role::Value, value);
    choice(attribute, value, word.map_or(value, |w| w.text(Language::English)), step)
}

fn choice(attribute: &'static Word, zh: &'static str, en: &'static str, step: usize) -> Choice {
    Choice { attribute, zh, en, step }
}

fn sku(
    kind: &Kind,
    offer: OfferId,
    number: usize,
    (price, quote): (Fen, Quote),
    index: usize,
    chosen: &[&Choice],
) -> Option<Sku> {
    let step: usize = chosen.iter().map(|c| c.step).sum();
    let (place, id) = (i64::try_from(index).ok()?, offer.get());
    // Bigger ones cost and weigh more.
    let dearer = if quote == Quote::Sku { price.0 * 4 * i64::try_from(step).ok()? / 100 } else { 0 };
    let weight = drawn::between(id, "grams", kind.grams);
    let codes: Vec<String> = chosen.iter().map(|c| code(c)).collect();
    Some(Sku {
        sku_id: SkuId::new(FIRST_SKU + i64::try_from(number).ok()? * ROOM + place).ok()?,
        spec_id: SpecId::parse(&spec_id(id, index)).ok()?,
        attributes: chosen.iter().filter_map(|c| attribute(c)).collect(),
        price_fen: Fen((price.0 + dearer) / 10 * 10),
        stock: drawn::between(id, &format!("stock {index}"), (40, 3000)),
        weight_g: weight + weight * u32::try_from(step).ok()? / 20,
        cargo_number: format!("K{number:04}-{}", codes.join("-")),
    })
}

/// A short text for a warehouse: letters and digits of the English word.
fn code(choice: &Choice) -> String {
    choice.en.chars().filter(char::is_ascii_alphanumeric).take(4).collect::<String>().to_uppercase()
}

fn spec_id(offer: i64, index: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(offer.to_be_bytes());
    hash.update((index as u64).to_be_bytes());
    hex::encode(&hash.finalize()[..16])
}

fn attribute(choice: &Choice) -> Option<Attribute> {
    let name_zh = choice.attribute.text(Language::Chinese);
    let (_, id) = NUMBERS.iter().find(|(name, _)| *name == name_zh)?;
    Some(Attribute {
        id: *id,
        name_zh: name_zh.to_owned(),
        name_en: choice.attribute.text(Language::English).to_owned(),
        value_zh: choice.zh.to_owned(),
        value_en: choice.en.to_owned(),
    })
}
