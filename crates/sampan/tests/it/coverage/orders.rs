//! Orders: previews, creates, and the calls about one that is there.

use super::{
    sheet::Sheet,
    weather::{GONE, REFUSES, Sky},
};
use crate::{
    claim::with,
    product::opaque,
    purchase::{Bought, create_body, goods, line, line_of},
};
use serde_json::{Value, json};

const PREVIEWS: [&str; 4] = [
    "alibaba_order_create_preview",
    "v2_alibaba_order_create_preview",
    "ka_order_create_preview",
    "bigmajor_order_create_preview",
];
const CREATES: [&str; 4] =
    ["alibaba_order_create", "v2_alibaba_order_create", "ka_order_create", "bigmajor_order_create"];

fn bag(quantity: i64) -> Value {
    create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)]))
}

/// What cannot be bought, with its code.
async fn unbuyable(sheet: &Sheet<'_>) -> Vec<(Value, u32)> {
    let pots = sheet.world.specs(goods::FLOWER_POTS).await.remove(0);
    let jeans = sheet.world.specs(goods::JEANS).await.remove(0);
    vec![
        (json!([line(1, "", 1)]), 40402),
        (json!([line(goods::JEANS, goods::TOTE_BAG_SPEC, 1)]), 40004),
        (json!([line(goods::JEANS, &jeans, 1_000_000)]), 40904),
        (json!([line(goods::FLOWER_POTS, &pots, 1)]), 40905),
    ]
}

/// A line of v2 by an id that is nobody else's.
async fn hidden(sheet: &Sheet<'_>) -> Value {
    let mine = opaque(sheet.world, &sheet.me, goods::JEANS).await;
    create_body(json!([{"offerMapId": mine, "specId": "", "quantity": 1}]))
}

pub async fn previews(sheet: &mut Sheet<'_>) {
    let refused = unbuyable(sheet).await;
    for id in PREVIEWS {
        for (lines, code) in &refused {
            sheet.answers(id, &create_body(lines.clone()), *code).await;
        }
        sheet.succeeds(id, &bag(1)).await;
    }
    let hidden = hidden(sheet).await;
    sheet.is_mine(PREVIEWS[1], &hidden, 40406).await;
}

pub async fn creates(sheet: &mut Sheet<'_>) {
    let refused = unbuyable(sheet).await;
    for id in &CREATES[..2] {
        for (lines, code) in &refused {
            sheet.answers(id, &create_body(lines.clone()), *code).await;
        }
        sheet.succeeds(id, &bag(1)).await;
    }
    let hidden = hidden(sheet).await;
    sheet.is_mine(CREATES[1], &hidden, 40406).await;
    for (at, id) in CREATES.iter().enumerate().skip(2) {
        // The preview of the other edition counts as well, so each has lines of its own.
        let quantity = i64::try_from(at).expect("a small number");
        sheet.answers(id, &bag(10 + quantity), 40908).await;
        sheet.answers(PREVIEWS[at], &bag(10 + quantity), 200).await;
        // What was to be had when it was previewed has gone, or is sold otherwise.
        for (sky, code) in
            [(GONE, 40402), (Sky::Says("500_002"), 40004), (Sky::Says("500_004"), 40904), (Sky::Says("500_005"), 40905)]
        {
            sheet.answers_under(sky, id, &bag(10 + quantity), code).await;
        }
        sheet.succeeds(id, &bag(10 + quantity)).await;
        let moved = format!(
            "UPDATE previews SET amounts = REPLACE(amounts, '00', '01') WHERE developer_id = {}",
            sheet.me.develop_id
        );
        sheet.world.database.run(&moved).await;
        sheet.answers(id, &bag(10 + quantity), 40906).await;
    }
}

pub async fn batches(sheet: &mut Sheet<'_>) {
    let (bag, jeans) = (sheet.world.line(goods::TOTE_BAG, 1).await, sheet.world.line(goods::JEANS, 1_000_000).await);
    let pots = sheet.world.line(goods::FLOWER_POTS, 1).await;
    let wrong = with(&bag, json!({"sellerOpenId": jeans["sellerOpenId"]}));
    let gone = line_of("BBBnobodyKnowsThisSeller", 1, "", 1);
    let of = |line: &Value| create_body(json!([line]));
    let pens = sheet.world.line(goods::PENS, 1).await;
    // Who sells something is remembered, so each edition previews what nobody has asked for yet.
    for (edition, unasked) in [("", &bag), ("v2_", &pens)] {
        let (preview, create) =
            (format!("{edition}alibaba_order_create_previewbatch"), format!("{edition}alibaba_order_batch_create"));
        sheet.succeeds(&preview, &of(unasked)).await;
        sheet.answers(&preview, &of(&wrong), 40004).await;
        for (line, code) in [(&wrong, 40004), (&gone, 40402), (&jeans, 40904), (&pots, 40905)] {
            sheet.answers(&create, &of(line), code).await;
        }
        sheet.succeeds(&create, &of(&bag)).await;
    }
    let hidden = hidden(sheet).await;
    for id in ["v2_alibaba_order_create_previewbatch", "v2_alibaba_order_batch_create"] {
        sheet.is_mine(id, &hidden, 40406).await;
    }
}

async fn order(sheet: &Sheet<'_>) -> Bought {
    let bought = sheet.world.order(&sheet.me, goods::JEANS, &[1]).await;
    sheet.world.advance(11).await;
    bought
}

pub async fn lives(sheet: &mut Sheet<'_>) {
    for edition in ["", "v2_"] {
        let bought = order(sheet).await;
        let body = json!({"webSite": "1688", "orderId": bought.order, "cancelReason": "other"});
        settled(sheet, &format!("{edition}alibaba_order_cancel"), &body).await;
        let id = format!("{edition}alibaba_order_batch_submit_to_pay");
        let unpaid = order(sheet).await;
        let body = json!({"orderIds": [unpaid.id()]});
        let left_out = sheet.is_mine(&id, &body, 200).await;
        assert_eq!(left_out["cantPayOrderList"], json!([unpaid.order]), "{left_out}");
        sheet.succeeds(&id, &body).await;
        // That it can be paid no more is made sure of.
        sheet.answers_under(REFUSES, &id, &body, 50201).await;
        let shipped = sheet.world.shipped_order(&sheet.me, goods::JEANS, &[1]).await;
        let receive = json!({"orderId": shipped.order, "orderEntryIds": shipped.entries});
        let id = format!("{edition}alibaba_order_receivegoods");
        settled(sheet, &id, &receive).await;
        sheet.answers_under(REFUSES, &id, &receive, 50201).await;
    }
    for id in ["alibaba_order_pay_url", "v2_alibaba_order_pay_url", "ka_order_pay"] {
        let bought = order(sheet).await;
        settled(sheet, id, &json!({"orderId": bought.id()})).await;
    }
    let paid = sheet.world.paid_order(&sheet.me, goods::JEANS, &[1]).await;
    let shipped = sheet.world.shipped_order(&sheet.me, goods::TOTE_BAG, &[1]).await;
    for id in ["alibaba_order_logistics_trace", "v2_alibaba_order_logistics_trace", "ka_order_logistics"] {
        sheet.answers(id, &json!({"orderId": paid.id()}), 40405).await;
        sheet.is_mine(id, &json!({"orderId": shipped.id()}), 40403).await;
        sheet.succeeds(id, &json!({"orderId": shipped.id()})).await;
    }
}

pub async fn looks(sheet: &mut Sheet<'_>) {
    let paid = sheet.world.paid_order(&sheet.me, goods::JEANS, &[1]).await;
    let shipped = sheet.world.shipped_order(&sheet.me, goods::TOTE_BAG, &[1]).await;
    let ask = |bought: &Bought| json!({"webSite": "1688", "orderId": bought.id()});
    sheet.is_mine("alibaba_order_detail", &ask(&paid), 40403).await;
    sheet.succeeds("alibaba_order_detail", &ask(&paid)).await;
    for id in ["ka_order_detail", "bigmajor_order_detail"] {
        sheet.is_mine(id, &ask(&paid), 40403).await;
        sheet.succeeds(id, &ask(&shipped)).await;
    }
    let news = format!("/sandbox/control/orders/{}/ship", paid.order);
    sheet.looks_are_refused(&news, &[("alibaba_order_detail", ask(&paid))]).await;
    for id in ["alibaba_order_page", "v2_alibaba_order_page", "ka_order_page", "bigmajor_order_page"] {
        let nothing = sheet.is_mine(id, &json!({}), 200).await;
        assert_eq!(nothing["total"], 0, "{nothing}");
        sheet.succeeds(id, &json!({})).await;
    }
}

/// Succeeds once; another developer finds nothing, and a second time is too late.
async fn settled(sheet: &mut Sheet<'_>, id: &str, fields: &Value) {
    sheet.is_mine(id, fields, 40403).await;
    sheet.succeeds(id, fields).await;
    sheet.answers(id, fields, 40901).await;
}
