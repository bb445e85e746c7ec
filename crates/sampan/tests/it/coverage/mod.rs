//! Every operation of the 1688 and bigMajor groups through the whole path: a success, each code that it declares, and another
//! developer's objects, which are not found.
//!
//! A sheet notes each code that an operation was seen to answer. At the end every declared code must be on it, so a new
//! operation, or a code that is newly declared, asks for its case. Each topic has a sheet of its own. 40304 is brought about
//! in [`nowhere`], where there is no marketplace; the codes that all operations share in `pipeline`; the documented examples
//! are sent by `operations` and, with the published answers, by `fixtures` and the tests of the crate `contract`.

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

const PRODUCTS: [&str; 3] = ["alibaba1688/product", "alibaba1688/marketing", "bigmajor/product"];
const ORDERS: [&str; 2] = ["alibaba1688/order", "bigmajor/order"];
const CARTS: [&str; 1] = ["alibaba1688/cart"];
const AFTER_SALES: [&str; 1] = ["alibaba1688/aftersale"];

#[test]
fn the_sheets_hold_every_operation_that_has_a_marketplace_behind_it() {
    let groups = [&PRODUCTS[..], &ORDERS, &CARTS, &AFTER_SALES].concat();
    let left_out: Vec<&str> = entries().filter(|e| !groups.contains(&e.group)).map(|e| e.id).collect();
    assert_eq!(left_out, Vec::<&str>::new(), "operations without a sheet");
    assert!(entries().count() >= 94, "of 1688 and bigMajor");
}

/// Whether it is asked for something that is one developer's alone.
fn names_what_is_owned(entry: &Entry) -> bool {
    let schema = entry.request_document();
    let has = |name: &&str| schema["properties"].get(*name).is_some();
    OWNED.iter().any(has) || (entry.edition == Edition::V2 && OPAQUE.iter().any(has))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_on_products_answer_each_code_that_they_declare() {
    album::make();
    on_a_sheet(&PRODUCTS, async |sheet| {
        products::questions(sheet).await;
        products::opaque_ids(sheet).await;
        products::chats(sheet).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_on_orders_answer_each_code_that_they_declare() {
    on_a_sheet(&ORDERS, async |sheet| {
        orders::previews(sheet).await;
        orders::creates(sheet).await;
        orders::batches(sheet).await;
        orders::lives(sheet).await;
        orders::looks(sheet).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_on_carts_answer_each_code_that_they_declare() {
    on_a_sheet(&CARTS, async |sheet| {
        carts::rows(sheet).await;
        carts::purchases(sheet).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_after_sales_answer_each_code_that_they_declare() {
    on_a_sheet(&AFTER_SALES, async |sheet| {
        after_sales::questions(sheet).await;
        after_sales::applications(sheet).await;
        after_sales::returns(sheet).await;
        after_sales::withdrawals(sheet).await;
    })
    .await;
}

/// Fills a sheet, and looks whether anything is missing for these groups.
async fn on_a_sheet(groups: &[&str], fill: impl AsyncFn(&mut Sheet<'_>)) {
    let weather = Weather::default();
    let scenario = async |world: &World| {
        let mut sheet = Sheet::begin(world, &weather).await;
        fill(&mut sheet).await;
        let missing: Vec<_> =
            entries().filter(|e| groups.contains(&e.group)).flat_map(|e| missing(&sheet, e)).collect();
        assert!(missing.is_empty(), "without a case: {missing:#?}");
    };
    on_each_wired(|| weather.wiring(), scenario).await;
}

fn missing(sheet: &Sheet<'_>, entry: &Entry) -> Vec<String> {
    let declared = entry.errors.iter().filter(|code| **code != Code::CapabilityNotOffered).map(|code| code.number());
    let unseen = std::iter::once(200).chain(declared).filter(|code| !sheet.has(entry, *code));
    let mut missing: Vec<String> = unseen.map(|code| format!("{} {code}", entry.id)).collect();
    if names_what_is_owned(entry) && !sheet.was_asked_by_another(entry) {
        missing.push(format!("{} asked by another developer", entry.id));
    }
    missing
}
