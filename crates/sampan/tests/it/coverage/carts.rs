//! Carts. A row whose purchase nobody knows the end of stays held, so each bad weather has a row of its own.

use super::{sheet::Sheet, weather::BAD};
use crate::{
    cart::{addition, create_body, preview_body},
    claim::with,
    product::opaque,
    purchase::goods,
};
use serde_json::{Value, json};

const EDITIONS: [&str; 2] = ["", "v2_"];

pub async fn rows(sheet: &mut Sheet<'_>) {
    let mine = opaque(sheet.world, &sheet.me, goods::JEANS).await;
    let spec = sheet.world.specs(goods::JEANS).await.remove(0);
    let other_seller = sheet.world.seller(goods::TOTE_BAG).await;
    for edition in EDITIONS {
        let id = |tail: &str| format!("{edition}alibaba_cart_{tail}");
        let name = if edition.is_empty() { "offerId" } else { "offerMapId" };
        let mut ask = addition(goods::JEANS, &spec, 1);
        ask.as_object_mut().expect("fields").remove("offerId");
        let offer = if edition.is_empty() { json!(goods::JEANS) } else { json!(mine) };
        let ask = with(&ask, json!({ name: offer }));
        if !edition.is_empty() {
            sheet.is_mine(&id("add"), &ask, 40406).await;
        }
        sheet.answers(&id("add"), &with(&ask, json!({ name: "1" })), 40402).await;
        sheet.answers(&id("add"), &with(&ask, json!({"sellerOpenId": other_seller})), 40004).await;
        sheet.succeeds(&id("add"), &ask).await;
        sheet.answers(&id("add"), &with(&ask, json!({"quantity": 1_000_000})), 40005).await;

        let row = sheet.world.cart_rows(&sheet.me).await[0].0;
        let edit = json!({"id": row, "quantity": 3});
        sheet.is_mine(&id("edit_quantity"), &edit, 40406).await;
        sheet.is_done_once(&id("edit_quantity"), &edit).await;
        sheet.is_mine(&id("preview_order"), &preview_body(&[row]), 40406).await;
        sheet.succeeds(&id("preview_order"), &preview_body(&[row])).await;
        let gone = json!({"ids": [row]});
        sheet.is_mine(&id("delete"), &gone, 200).await;
        assert_eq!(sheet.world.cart_rows(&sheet.me).await, [(row, 3)], "another's delete touches nothing");
        sheet.succeeds(&id("list"), &json!({})).await;
        sheet.is_done_once(&id("delete"), &gone).await;
        assert_eq!(sheet.world.cart_rows(&sheet.me).await, []);
    }
}

pub async fn purchases(sheet: &mut Sheet<'_>) {
    let me = sheet.me.clone();
    for edition in EDITIONS {
        // Rows that are held stay in the cart of the user who tried to buy them.
        sheet.me = sheet.world.second_user(&me).await;
        let id = format!("{edition}alibaba_cart_create_order");
        refused(sheet, &id).await;
        for (at, (sky, code)) in BAD.into_iter().enumerate() {
            let offer = [goods::TOTE_BAG, goods::JEANS, goods::PENS, goods::SILENT][at];
            let row = row(sheet, offer, 1).await;
            sheet.fails_under(sky, &id, &row, code).await;
        }
        let row = row(sheet, goods::SLOW, 1).await;
        sheet.is_mine(&id, &row, 40406).await;
        sheet.succeeds_once(&id, &row).await;
    }
    sheet.me = me;
}

/// What cannot be bought, each with its code.
async fn refused(sheet: &mut Sheet<'_>, id: &str) {
    for (offer, pieces, code) in [(goods::INSTANT, 100_000, 40904), (goods::FLOWER_POTS, 1, 40905)] {
        let row = row(sheet, offer, pieces).await;
        sheet.answers(id, &row, code).await;
    }
    for (offer, becomes, code) in
        [(goods::HALF, "offer_id = 1000000000001", 40402), (goods::CHEAPER, "spec_id = 'nosuchspecification'", 40004)]
    {
        let row = row(sheet, offer, 1).await;
        let sql = format!(
            "UPDATE cart_rows SET {becomes} WHERE developer_id = {} AND id = {}",
            sheet.me.develop_id, row["cartIds"][0]
        );
        sheet.world.database.run(&sql).await;
        sheet.answers(id, &row, code).await;
    }
}

/// The purchase of a new row.
async fn row(sheet: &Sheet<'_>, offer: i64, pieces: i64) -> Value {
    create_body(&sheet.world.fill_cart(&sheet.me, &[(offer, pieces)]).await)
}
