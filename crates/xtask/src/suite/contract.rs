//! The check of the served OpenAPI document against the published contract, which lies beside this repository.
//!
//! A checkout without it cannot be checked; then it says so instead of passing in silence.

use crate::{cargo, process, product};
use std::{fs, path::Path, process::Command};

/// Operations that the story needs around the after-sales group.
const AROUND_THE_STORY: &str = "alibaba_product_keywords_query,alibaba_product_detail_get,\
alibaba_order_create_preview,alibaba_order_create,alibaba_order_detail,alibaba_order_page,alibaba_order_pay_url,\
alibaba_order_cancel,alibaba_order_receivegoods,ka_product_keywords_query,ka_product_detail_get,\
ka_order_create_preview,ka_order_create,ka_order_pay,ka_order_page,ka_order_detail";

const CHOICES: [&[&str]; 3] = [
    &["--group", "alibaba1688/aftersale", "--edition", "v1"],
    &["--group", "alibaba1688/aftersale", "--edition", "ka"],
    &["--ids", AROUND_THE_STORY],
];

/// Whether the contract is there; a reason if not.
pub fn is_there() -> Result<(), String> {
    let tool = cargo::root().join("../shared/tools/contract_diff.py");
    if tool.is_file() { Ok(()) } else { Err(format!("{} is not there", tool.display())) }
}

/// Compares everything that is chosen, also after a shortfall, so that one run shows all of them.
pub fn compare(binary: &Path, scratch: &Path) -> Result<(), String> {
    let document = scratch.join("openapi.json");
    fs::write(&document, product::openapi(binary)?).map_err(|error| error.to_string())?;
    let short = CHOICES.iter().filter(|choice| process::run(&mut difference(&document, choice)).is_err()).count();
    if short == 0 { Ok(()) } else { Err(format!("{short} of {} comparisons fall short", CHOICES.len())) }
}

fn difference(document: &Path, choice: &[&str]) -> Command {
    let mut python = cargo::program("python3");
    python.arg("../shared/tools/contract_diff.py").arg(document).args(choice);
    python
}
