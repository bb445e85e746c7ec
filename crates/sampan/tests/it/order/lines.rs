//! The rules of lines and receiver, the same in all calls that take them (1688-orders, rules).

use super::{BIG_CREATE, BIG_PREVIEW, CREATE, KA_CREATE, KA_PREVIEW, PREVIEW, V2_CREATE, V2_PREVIEW};
use crate::{
    purchase::{address, create_body, goods, line},
    world::{World, on_each},
};
use serde_json::{Value, json};

const CALLS: [&str; 8] = [PREVIEW, CREATE, V2_PREVIEW, V2_CREATE, KA_PREVIEW, KA_CREATE, BIG_PREVIEW, BIG_CREATE];

/// A create of ka or bigMajor looks for its preview before it looks at stock and prices.
const PRICING: [&str; 6] = [PREVIEW, CREATE, V2_PREVIEW, V2_CREATE, KA_PREVIEW, BIG_PREVIEW];

fn body(lines: Value) -> Value {
    create_body(lines)
}

async fn refused(world: &World, calls: &[&str], body: &Value, code: u32, names: &str) {
    let me = world.another().await;
    for call in calls {
        world.post(&me, call, body.clone()).await.refused_for(code, names);
    }
    assert_eq!(world.order_count(&me).await, 0, "nothing was ordered");
}

#[tokio::test]
async fn what_cannot_be_bought_has_its_code() {
    on_each(async |world| {
        let jeans = world.specs(goods::JEANS).await;
        for (lines, code) in [
            (json!([line(1, &jeans[0], 1)]), 40402),
            (json!([line(goods::JEANS, goods::TOTE_BAG_SPEC, 1)]), 40004),
            (json!([line(goods::JEANS, "", 1)]), 40004),
            (json!([line(goods::JEANS, &jeans[0], 1), line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]), 40004),
            (json!([line(goods::JEANS, &jeans[0], 100_000)]), 40904),
            (json!([line(goods::FLOWER_POTS, &world.specs(goods::FLOWER_POTS).await[0], 1)]), 40905),
            (json!([line(goods::FLOWER_POTS, &world.specs(goods::FLOWER_POTS).await[0], 15)]), 40905),
        ] {
            refused(world, &PRICING, &body(lines), code, "").await;
        }
    })
    .await;
}

#[tokio::test]
async fn quantities_are_whole_and_lines_are_1_to_50() {
    on_each(async |world| {
        for quantity in [json!(0), json!(-1), json!(1.5), json!(1e12)] {
            let mut lines =
                json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1), line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
            lines[1]["quantity"] = quantity;
            refused(world, &CALLS, &body(lines), 40003, "cargoParamList[1].quantity").await;
        }
        refused(world, &CALLS, &body(json!([])), 40003, "cargoParamList").await;
        let many: Vec<Value> = (0..51).map(|_| line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)).collect();
        refused(world, &CALLS, &body(json!(many)), 40003, "cargoParamList").await;
        refused(
            world,
            &CALLS,
            &body(json!([line(goods::TOTE_BAG, "not a spec!", 1)])),
            40003,
            "cargoParamList[0].specId",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_receiver_needs_a_name_a_street_a_phone_and_a_place() {
    on_each(async |world| {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
        for (missing, named) in [
            (&["fullName"][..], "addressParam.fullName"),
            (&["address"], "addressParam.address"),
            (&["mobile"], "addressParam.mobile"),
            (&["provinceText"], "addressParam.provinceText"),
            (&["cityText"], "addressParam.cityText"),
        ] {
            for blank in [Value::Null, json!(""), json!("  ")] {
                let mut body = body(lines.clone());
                missing.iter().for_each(|name| body["addressParam"][*name] = blank.clone());
                refused(world, &CALLS, &body, 40002, named).await;
            }
        }
        // A phone stands for the mobile, a district code for the place names.
        let enough =
            json!({"fullName": "王小明", "phone": "020-12345678", "address": "8 号", "districtCode": "440111"});
        let ask = json!({"flow": "general", "addressParam": enough, "cargoParamList": lines});
        for call in PRICING {
            world.post(&world.another().await, call, ask.clone()).await.accepted();
        }
    })
    .await;
}

#[tokio::test]
async fn words_outside_their_enum_are_named() {
    on_each(async |world| {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
        let with = |field: &str, value: &str| {
            let mut body = body(lines.clone());
            body[field] = json!(value);
            body
        };
        refused(
            world,
            &[CREATE, V2_CREATE, KA_PREVIEW, KA_CREATE, BIG_PREVIEW, BIG_CREATE],
            &with("flow", "free"),
            40003,
            "flow",
        )
        .await;
        refused(world, &[CREATE, V2_CREATE, KA_CREATE, BIG_CREATE], &with("tradeType", "barter"), 40003, "tradeType")
            .await;
        refused(world, &[CREATE, V2_CREATE], &with("tradeType", "creditBuy"), 40003, "tradeType").await;
        refused(world, &[CREATE, V2_CREATE], &with("shopPromotionId", "none-such"), 40003, "shopPromotionId").await;
        refused(
            world,
            &[CREATE, V2_CREATE, KA_CREATE, BIG_CREATE],
            &with("message", &"x".repeat(501)),
            40003,
            "message",
        )
        .await;
        refused(
            world,
            &[CREATE, V2_CREATE, KA_CREATE, BIG_CREATE],
            &with("outOrderId", &"x".repeat(65)),
            40003,
            "outOrderId",
        )
        .await;
        // No distribution relation with this seller.
        refused(world, &[CREATE, V2_CREATE, KA_PREVIEW, BIG_PREVIEW], &with("flow", "saleproxy"), 40301, "").await;
    })
    .await;
}

#[tokio::test]
async fn a_trade_type_of_the_preview_is_taken() {
    on_each(async |world| {
        let mut body = body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]));
        body["tradeType"] = json!("assureTrade");
        body["addressParam"] = address();
        world.post(&world.developer, CREATE, body).await.accepted();
    })
    .await;
}

/// Out of stock between preview and create, and the first create after it only.
#[tokio::test]
async fn stock_that_was_there_at_the_preview_may_be_gone() {
    on_each(async |world| {
        let me = world.another().await;
        let spec = world.specs(goods::SELLS_OUT).await.remove(0);
        let body = body(json!([line(goods::SELLS_OUT, &spec, 1)]));
        world.post(&me, PREVIEW, body.clone()).await.accepted();
        let mut numbered = body.clone();
        numbered["outOrderId"] = json!("N-1");
        world.post(&me, CREATE, numbered.clone()).await.refused(40904);
        assert_eq!(world.order_count(&me).await, 0);
        // What failed did not use the number up.
        world.post(&me, CREATE, numbered).await.accepted();
        assert_eq!(world.order_count(&me).await, 1);
    })
    .await;
}
