//! Every operation of the 1688 and bigMajor groups through the whole path: a success, each code that it declares, and another
//! developer's objects, which are not found.
//!
//! A sheet notes each code that an operation was seen to answer. At the end every declared code must be on it, so a new
//! operation, or a code that is newly declared, asks for its case. 40304 is brought about in [`nowhere`], where there is no
//! marketplace; the codes that all operations share in `pipeline`; the documented examples are sent by `operations` and, with
//! the published answers, by `fixtures` and the tests of the crate `contract`.

mod after_sales;
mod carts;
mod nowhere;
mod orders;
mod products;
mod sheet;
mod weather;

use crate::{
    album,
    world::{World, on_each_wired},
};
use contract::{
    OPERATIONS,
    error::Code,
    operation::{Edition, Entry},
};
use sheet::Sheet;
use weather::Weather;

/// Groups that have no marketplace behind them, with tests of their own.
const OURS: [&str; 2] = ["developer", "operator"];
/// Fields that name something of one developer.
const OWNED: [&str; 6] = ["orderId", "orderIds", "refundId", "cartIds", "ids", "id"];
/// Fields that do so in v2, where products go by opaque ids.
const OPAQUE: [&str; 3] = ["offerId", "offerMapId", "cargoParamList"];

/// The operations that are looked at.
fn entries() -> impl Iterator<Item = &'static Entry> {
    OPERATIONS.iter().filter(|entry| !OURS.contains(&entry.group))
}

#[test]
fn the_sheet_holds_every_operation_of_1688_and_big_major() {
    let groups = ["alibaba1688/", "bigmajor/"];
    assert!(entries().filter(|entry| groups.iter().any(|group| entry.group.starts_with(group))).count() >= 94);
}

/// Whether it is asked for something that is one developer's alone.
fn names_what_is_owned(entry: &Entry) -> bool {
    let schema = entry.request_document();
    let has = |name: &&str| schema["properties"].get(*name).is_some();
    OWNED.iter().any(has) || (entry.edition == Edition::V2 && OPAQUE.iter().any(has))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_operation_succeeds_and_answers_each_code_that_it_declares() {
    album::make();
    let weather = Weather::default();
    on_each_wired(|| weather.wiring(), async |world| fill(world, &weather).await).await;
}

async fn fill(world: &World, weather: &Weather) {
    let mut sheet = Sheet::begin(world, weather).await;
    products::questions(&mut sheet).await;
    products::opaque_ids(&mut sheet).await;
    products::chats(&mut sheet).await;
    orders::previews(&mut sheet).await;
    orders::creates(&mut sheet).await;
    orders::batches(&mut sheet).await;
    orders::lives(&mut sheet).await;
    orders::looks(&mut sheet).await;
    carts::rows(&mut sheet).await;
    carts::purchases(&mut sheet).await;
    after_sales::questions(&mut sheet).await;
    after_sales::applications(&mut sheet).await;
    after_sales::returns(&mut sheet).await;
    after_sales::withdrawals(&mut sheet).await;
    let elsewhere = Code::CapabilityNotOffered.number();
    let mut missing = Vec::new();
    for entry in entries() {
        let declared = entry.errors.iter().map(|code| code.number()).filter(|code| *code != elsewhere);
        let wanted = std::iter::once(200).chain(declared);
        missing.extend(wanted.filter(|code| !sheet.has(entry, *code)).map(|code| (entry.id, code.to_string())));
        if names_what_is_owned(entry) && !sheet.was_asked_by_another(entry) {
            missing.push((entry.id, "another developer's id".to_owned()));
        }
    }
    assert!(missing.is_empty(), "without a case: {missing:#?}");
}
