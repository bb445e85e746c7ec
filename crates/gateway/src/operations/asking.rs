//! Requests about orders as the use cases take them, and what came of a payment.

use contract::{
    operation::Edition,
    request::{OrderFilter, OrderLine, Preview, Purchase, Transfer, Words},
    view::order::AlibabaPayOrderVO,
};
use domain::{
    Marketplace,
    purchase::{CargoLine, merge},
};
use platform::orders::{LineRemark, NewPurchase, OrderQuery, Paid, PreviewAll, PreviewAsk, Remarks, Wanted};

/// Whose lines a create takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sellers {
    One,
    /// One, and a preview of the same lines must have been made.
    OnePreviewed,
    Several,
}

pub(super) fn preview_ask(ask: Preview) -> PreviewAsk {
    let lines: Vec<CargoLine> = ask.lines.into_iter().map(|line| line.cargo).collect();
    PreviewAsk { lines: merge(lines), receiver: ask.receiver, flow: ask.flow }
}

pub(super) fn preview_all(ask: Preview) -> PreviewAll {
    PreviewAll { lines: wanted(ask.lines), receiver: ask.receiver }
}

pub(super) fn new_purchase(ask: Purchase, edition: Edition, sellers: Sellers) -> NewPurchase {
    let remarks = remarks(&ask);
    NewPurchase {
        marketplace: Marketplace::Alibaba1688,
        lines: wanted(ask.lines),
        several: sellers == Sellers::Several,
        receiver: ask.receiver,
        flow: ask.flow,
        message: ask.message,
        trade_type: ask.trade_type,
        promotion_id: ask.promotion_id,
        out_order_id: ask.out_order_id,
        edition: edition.name(),
        needs_preview: sellers == Sellers::OnePreviewed,
        remarks,
    }
}

/// What the caller notes; nothing where it notes nothing.
fn remarks(ask: &Purchase) -> Option<Remarks> {
    let Transfer { staff_name, channel, images, remark } = ask.transfer.clone();
    let line = |line: &OrderLine| LineRemark {
        offer: line.cargo.offer_id.to_string(),
        spec: line.cargo.spec_id.as_ref().map(ToString::to_string),
        product_no: line.product_no.clone(),
        container: line.container.clone(),
    };
    let noted = ask.lines.iter().filter(|l| l.product_no.is_some() || l.container.is_some());
    let remarks = Remarks {
        staff_name,
        channel,
        transfer_images: images,
        transfer_text: remark,
        lines: noted.map(line).collect(),
    };
    (remarks != Remarks::default()).then_some(remarks)
}

fn wanted(lines: Vec<OrderLine>) -> Vec<Wanted> {
    lines.into_iter().map(|line| Wanted { line: line.cargo, seller: line.seller }).collect()
}

pub(super) fn paid(paid: Paid) -> AlibabaPayOrderVO {
    if paid.debited {
        AlibabaPayOrderVO::paid(paid.order)
    } else {
        AlibabaPayOrderVO::cashier(paid.order, paid.cashier_url, &paid.left_out)
    }
}

pub(super) fn query(filter: OrderFilter) -> OrderQuery {
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let (statuses, not_statuses) = match filter.status {
        Words::Any => (Vec::new(), Vec::new()),
        Words::OneOf(words) => (owned(words), Vec::new()),
        Words::NoneOf(words) => (Vec::new(), owned(words)),
    };
    OrderQuery {
        page: filter.page,
        page_size: filter.size,
        statuses,
        not_statuses,
        pay_status: filter.paid.map(|paid| if paid { 2 } else { 1 }),
        refund_status: filter.refund_status.map(|s| s.word().to_owned()),
        created: (filter.created.from, filter.created.to),
        modified: (filter.modified.from, filter.modified.to),
        name: filter.product_name,
        out_order_id: filter.out_order_id,
        order_no: filter.order_no,
        ids: filter.order_ids,
    }
}
