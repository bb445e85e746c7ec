//! The shops that sell made goods: six a trade, from `data/goods/trades.txt`.

use super::{Freight, Mix, ReturnAddress, Seller, drawn, kinds::rows};
use domain::Fen;

/// Shops of each trade.
pub const A_TRADE: usize = 6;
/// Syllables of the names of shops.
const FIRST: &[&str] = &["朵", "禾", "云", "木", "星", "锦", "山", "澜", "晨", "瑞", "青", "知"];
const SECOND: &[&str] = &["语", "舍", "帆", "里", "悦", "川", "棠", "和", "衡", "微", "遇", "光"];
const SURNAMES: &[&str] = &["陈", "林", "王", "周", "吴", "郑", "徐", "黄", "方", "何", "叶", "沈"];
const GIVEN: &[&str] =
    &["建国", "丽华", "志强", "晓燕", "文斌", "海霞", "永明", "秀芳", "国梁", "雪梅", "俊杰", "春兰"];
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A trade and where its shops stand.
struct Trade {
    key: &'static str,
    shop: &'static str,
    company: &'static str,
    /// Province, city, district, street.
    towns: Vec<[&'static str; 4]>,
}

fn trades() -> impl Iterator<Item = Trade> {
    rows(include_str!("../../data/goods/trades.txt")).filter_map(trade)
}

fn trade(line: &'static str) -> Option<Trade> {
    let [key, shop, company, towns] = line.split('|').collect::<Vec<_>>().try_into().ok()?;
    let town = |t: &'static str| t.split(',').collect::<Vec<_>>().try_into().ok();
    Some(Trade { key, shop, company, towns: towns.split(';').map(town).collect::<Option<_>>()? })
}

/// All shops, those of a trade one after the other.
pub fn shops() -> Vec<(&'static str, Seller)> {
    let numbered = trades().flat_map(|trade| (0..A_TRADE).map(move |place| (place, trade.key)).collect::<Vec<_>>());
    let all: Vec<Trade> = trades().collect();
    let made = numbered.enumerate().filter_map(|(number, (place, key))| {
        let trade = all.iter().find(|t| t.key == key)?;
        Some((key, shop(trade, place, i64::try_from(number).ok()?)))
    });
    made.collect()
}

fn shop(trade: &Trade, place: usize, number: i64) -> Seller {
    let [province, city, district, street] = trade.towns[place % trade.towns.len()];
    let town = city.trim_end_matches('市');
    // Twelve by twelve names, walked so that no two of the first 144 shops share one.
    let name = usize::try_from(number).unwrap_or(0);
    let brand = format!("{}{}", FIRST[name % FIRST.len()], SECOND[(name / FIRST.len() + name * 5) % SECOND.len()]);
    let pick = |step: &str, list: &[&'static str]| list[drawn::below(number, step, list.len())];
    let contact = format!("{}{}", pick("surname", SURNAMES), pick("given", GIVEN));
    let mobile = format!("1390{:07}", 1_000_000 + drawn::below(number, "mobile", 8_999_999));
    let address = format!("{street}{}号", drawn::between(number, "house", (1, 288)));
    let user_id = 2_300_000_000_000 + number * 7_919_317 + 104_729;
    Seller {
        login_id: format!("{town}{brand}{}", trade.shop),
        member_id: format!("b2b-{user_id}{:05x}", drawn::below(number, "member", 0xFFFFF)),
        user_id,
        open_id: open_id(number),
        company: format!("{city}{brand}{}", trade.company),
        return_address: ReturnAddress {
            name: contact.clone(),
            mobile: mobile.clone(),
            address: format!("{province}{city}{district}{address}"),
        },
        province: province.to_owned(),
        city: city.to_owned(),
        district: district.to_owned(),
        address,
        contact,
        mobile,
        medal: drawn::between(number, "medal", (2, 5)).to_string(),
        score: ["3.8", "4.1", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "5.0"]
            [drawn::below(number, "score", 10)]
        .to_owned(),
        years: drawn::between(number, "years", (1, 15)),
        repeat_percent: format!("0.{}", drawn::between(number, "repeat", (18, 64))),
        freight: freight(number),
        mix: mix(number),
    }
}

/// 25 characters that begin BBB, as the marketplace's encrypted ids.
fn open_id(number: i64) -> String {
    let letter = |i: usize| char::from(LETTERS[drawn::below(number, &format!("open id {i}"), LETTERS.len())]);
    "BBB".chars().chain((0..22).map(letter)).collect()
}

fn freight(number: i64) -> Freight {
    let first = i64::from(drawn::between(number, "first fee", (0, 6))) * 100;
    let (first_fen, next_fen) = if first == 0 { (0, 0) } else { (first + 300, first / 2) };
    let units = [1, 3, 5, 10][drawn::below(number, "units", 4)];
    Freight { first_units: units, first_fen: Fen(first_fen), next_units: units, next_fen: Fen(next_fen) }
}

/// One shop in four sells mixed batches.
fn mix(number: i64) -> Mix {
    let enabled = drawn::below(number, "mix", 4) == 0;
    let level = i64::from(drawn::between(number, "mix level", (1, 5)));
    let (amount_fen, number) =
        if enabled { (Fen(level * 10_000), drawn::between(number, "mix number", (5, 20))) } else { (Fen::ZERO, 0) };
    Mix { enabled, amount_fen, number }
}
