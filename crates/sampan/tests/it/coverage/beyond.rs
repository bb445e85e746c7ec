//! Declared codes that no request brings about in the embedded installation, each with the reason.

/// Answers from the mirror or from a kept list: a marketplace that does not answer does not hide what is known.
const KNOWN: [&str; 10] = [
    "alibaba_order_detail",
    "ka_order_detail",
    "bigmajor_order_detail",
    "alibaba_order_page",
    "v2_alibaba_order_page",
    "ka_order_page",
    "bigmajor_order_page",
    "alibaba_refund_info",
    "v2_alibaba_refund_info",
    "ka_refund_detail",
];

/// The price of the marketplace never moves between two of its own answers.
const STEADY: [&str; 4] =
    ["alibaba_order_create", "v2_alibaba_order_create", "alibaba_order_batch_create", "v2_alibaba_order_batch_create"];

/// The mandatory preview refuses first what cannot be bought.
const PREVIEWED: [&str; 2] = ["ka_order_create", "bigmajor_order_create"];

/// An account without money has a cashier page.
const PAYS: [&str; 3] = ["alibaba_order_pay_url", "v2_alibaba_order_pay_url", "ka_order_pay"];

/// Each order that is refused is left out of a bulk payment.
const BULK: [&str; 2] = ["alibaba_order_batch_submit_to_pay", "v2_alibaba_order_batch_submit_to_pay"];

/// Each merchant of a preview has a failure of its own; the call itself succeeds.
const MERCHANTS: [&str; 2] = ["alibaba_order_create_previewbatch", "v2_alibaba_order_create_previewbatch"];

/// What the marketplace refuses is told inside data.
const RECEIVES: [&str; 2] = ["alibaba_order_receivegoods", "v2_alibaba_order_receivegoods"];

pub fn all() -> impl Iterator<Item = (&'static str, u32)> {
    let each = |ids: &'static [&'static str], codes: &'static [u32]| {
        ids.iter().flat_map(|id| codes.iter().map(|code| (*id, *code)))
    };
    each(&KNOWN, &[50201, 50202, 50203, 50401])
        .chain(each(&MERCHANTS, &[50201, 50202, 50203, 50401]))
        .chain(each(&STEADY, &[40906]))
        .chain(each(&PREVIEWED, &[40004, 40402, 40904, 40905]))
        .chain(each(&PAYS, &[40909]))
        .chain(each(&BULK, &[50201]))
        .chain(each(&RECEIVES, &[50201]))
}

/// Every installation of these tests has a marketplace with all capabilities; no other marketplace is connected yet.
pub fn explains(id: &str, code: u32) -> bool {
    code == 40304 || all().any(|row| row == (id, code))
}
