//! Looking a refund up.

use super::{CANCEL, DETAIL, INFO, RETURNS, V2_INFO};
use crate::{ask::Ask, claim::parcel, world::on_each};
use serde_json::json;

const MINE: &str = "TQ262615407388136042";

#[tokio::test]
async fn malformed_unknown_and_foreign_ids_are_not_found() {
    on_each(async |world| {
        let (me, other) = (&world.developer, world.another().await);
        let second = world.second_user(me).await;
        for path in [INFO, V2_INFO, DETAIL] {
            let unknown = world.post(me, path, json!({"refundId": "TQ5"})).await.refused_for(40404, "refundId");
            for id in ["lost", "TQ", "tq262615407388136042", "TQ-5", "TQ99999999999999999999", ""] {
                world.post(me, path, json!({"refundId": id})).await.refused_for(40404, "refundId");
            }
            for stranger in [&other, &second] {
                let answer = world.post(stranger, path, json!({"refundId": MINE})).await.refused(40404);
                assert_eq!(answer.msg(), unknown.msg(), "the same as for one that does not exist");
            }
        }
        for path in RETURNS {
            world.post(&other, path, parcel("TQ260923837649136042")).await.refused(40404);
        }
        world.post(&second, CANCEL, json!({"refundId": "TQ260923837649136042"})).await.refused(40404);
    })
    .await;
}

#[tokio::test]
async fn the_letters_may_be_left_out_and_the_digits_may_be_a_number() {
    on_each(async |world| {
        let me = &world.developer;
        for path in [INFO, V2_INFO, DETAIL] {
            let whole = world.post(me, path, json!({"refundId": MINE})).await.accepted();
            for id in [json!("262615407388136042"), json!(262_615_407_388_136_042_i64)] {
                assert_eq!(world.post(me, path, json!({"refundId": id})).await.accepted(), whole);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn v1_takes_the_id_from_the_query_too_and_the_body_wins() {
    on_each(async |world| {
        let me = &world.developer;
        let at = |query: &str| format!("{INFO}?{query}");
        let answer = world.send(me, Ask::raw(&at(&format!("refundId={MINE}")), "")).await.accepted();
        assert_eq!(answer["refundId"], MINE);
        let both = Ask::post(&at("refundId=TQ5"), &json!({"refundId": MINE}));
        assert_eq!(world.send(me, both).await.accepted()["refundId"], MINE);
        world.send(me, Ask::raw(INFO, "")).await.refused_for(40002, "refundId");
        world.send(me, Ask::raw(&format!("{DETAIL}?refundId={MINE}"), "{}")).await.refused_for(40002, "refundId");
    })
    .await;
}
