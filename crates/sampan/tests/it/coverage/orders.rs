//! Orders: previews, creates, and the calls about one that is there.

use super::sheet::Sheet;
use crate::{
    claim::with,
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

/// A line of v2 by an id that nobody made.
fn unheard() -> Value {
    create_body(json!([{"offerMapId": "AAAAAAAAAAAAAAAAAAAAAA", "specId": "", "quantity": 1}]))
}

pub async fn previews(sheet: &mut Sheet<'_>) {
    let refused = unbuyable(sheet).await;
    for id in PREVIEWS {
        for (lines, code) in &refused {
            sheet.answers(id, &create_body(lines.clone()), *code).await;
        }
        sheet.succeeds(id, &bag(1)).await;
    }
    sheet.answers(PREVIEWS[1], &unheard(), 40406).await;
}

pub async fn creates(sheet: &mut Sheet<'_>) {
    let refused = unbuyable(sheet).await;
    for id in &CREATES[..2] {
        for (lines, code) in &refused {
            sheet.answers(id, &create_body(lines.clone()), *code).await;
        }
        sheet.succeeds(id, &bag(1)).await;
    }
    sheet.answers(CREATES[1], &unheard(), 40406).await;
    for (at, id) in CREATES.iter().enumerate().skip(2) {
        // The preview of the other edition counts as well, so each has lines of its own.
        let quantity = i64::try_from(at).expect("a small number");
        sheet.answers(id, &bag(10 + quantity), 40908).await;
        sheet.answers(PREVIEWS[at], &bag(10 + quantity), 200).await;
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
    for edition in ["", "v2_"] {
        let (preview, create) =
            (format!("{edition}alibaba_order_create_previewbatch"), format!("{edition}alibaba_order_batch_create"));
        sheet.answers(&preview, &of(&wrong), 40004).await;
        for (line, code) in [(&wrong, 40004), (&gone, 40402), (&jeans, 40904), (&pots, 40905)] {
            sheet.answers(&create, &of(line), code).await;
        }
        sheet.succeeds(&preview, &of(&bag)).await;
        sheet.succeeds(&create, &of(&bag)).await;
    }
    for id in ["v2_alibaba_order_create_previewbatch", "v2_alibaba_order_batch_create"] {
        sheet.answers(id, &unheard(), 40406).await;
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
        let body = json!({"orderIds": [order(sheet).await.id()]});
        sheet.succeeds(&id, &body).await;
        let shipped = sheet.world.shipped_order(&sheet.me, goods::JEANS, &[1]).await;
        let receive = json!({"orderId": shipped.order, "orderEntryIds": shipped.entries});
        settled(sheet, &format!("{edition}alibaba_order_receivegoods"), &receive).await;
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
    for id in ["alibaba_order_detail", "ka_order_detail", "bigmajor_order_detail"] {
        let body = json!({"webSite": "1688", "orderId": paid.id()});
        sheet.is_mine(id, &body, 40403).await;
        sheet.succeeds(id, &body).await;
    }
    for id in ["alibaba_order_page", "v2_alibaba_order_page", "ka_order_page", "bigmajor_order_page"] {
        sheet.succeeds(id, &json!({})).await;
    }
}

/// Succeeds once; another developer finds nothing, and a second time is too late.
async fn settled(sheet: &mut Sheet<'_>, id: &str, fields: &Value) {
    sheet.is_mine(id, fields, 40403).await;
    sheet.succeeds(id, fields).await;
    sheet.answers(id, fields, 40901).await;
}
