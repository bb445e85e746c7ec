//! Every operation of the 1688 groups through the whole path: a success, each code that it declares, and another developer's
//! objects, which are not found.
//!
//! A sheet notes each code that an operation was seen to answer. At the end every declared code must be on it, or stand in
//! [`beyond`] with the reason why no request can bring it about here; so a code that is newly declared asks for its case.

mod after_sales;
mod beyond;
mod orders;
mod sheet;
mod weather;

use crate::world::on_each_wired;
use contract::{OPERATIONS, operation::Entry};
use sheet::Sheet;
use weather::Weather;

/// The operations that are looked at. Products have their own tables in `product`.
fn entries() -> impl Iterator<Item = &'static Entry> {
    let groups = ["alibaba1688/order", "alibaba1688/aftersale", "bigmajor/order"];
    OPERATIONS.iter().filter(move |entry| groups.contains(&entry.group))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_operation_succeeds_and_answers_each_code_that_it_declares() {
    let weather = Weather::default();
    on_each_wired(
        || weather.wiring(),
        async |world| {
            let mut sheet = Sheet::begin(world, &weather).await;
            orders::previews(&mut sheet).await;
            orders::creates(&mut sheet).await;
            orders::batches(&mut sheet).await;
            orders::lives(&mut sheet).await;
            after_sales::questions(&mut sheet).await;
            after_sales::applications(&mut sheet).await;
            after_sales::returns(&mut sheet).await;
            after_sales::withdrawals(&mut sheet).await;
            let mut missing = Vec::new();
            for entry in entries() {
                let declared = entry.errors.iter().map(|code| code.number());
                let wanted = std::iter::once(200).chain(declared);
                missing.extend(wanted.filter(|code| !sheet.has(entry, *code)).map(|code| (entry.id, code)));
            }
            let unexplained: Vec<_> = missing.iter().filter(|(id, code)| !beyond::explains(id, *code)).collect();
            assert!(unexplained.is_empty(), "without a case: {unexplained:#?}");
            let idle: Vec<_> = beyond::all().filter(|row| !missing.contains(row)).collect();
            assert!(idle.is_empty(), "explained, and seen all the same: {idle:#?}");
        },
    )
    .await;
}
