//! Fields: what is missing, wrong, unknown, or a very long number.

use crate::{ask::Ask, world::on_each};
use serde_json::{Value, json};

/// An order of the examples that the test developer has; beyond 2^53.
const ORDER: i64 = 3_296_622_397_215_134_260;

#[tokio::test]
async fn ids_are_the_same_as_number_and_as_text_digit_for_digit() {
    on_each(async |world| {
        let me = &world.developer;
        let (number, text) = (json!(ORDER), json!(ORDER.to_string()));
        let v1 =
            async |id: &Value| world.post(me, "/alibaba/order/detail", json!({"webSite": "1688", "orderId": id})).await;
        let ka = async |id: &Value| world.post(me, "/alibaba/ka/order/detail", json!({"orderId": id})).await;
        let first = v1(&number).await;
        assert!(
            first.text.contains(&format!("\"id\":{ORDER},\"idOfStr\":\"{ORDER}\""))
                || first.data()["baseInfo"]["id"] == ORDER
        );
        assert_eq!(first.data()["baseInfo"]["idOfStr"], ORDER.to_string());
        assert_eq!(first.accepted(), v1(&text).await.accepted());
        let first = ka(&number).await.accepted();
        assert_eq!(first["orderId"], ORDER.to_string());
        assert_eq!(first, ka(&text).await.accepted());
        // The neighbour that a double would make of it.
        v1(&json!(ORDER + 4)).await.refused_for(40403, "orderId");
        let by_ids = json!({"orderIds": [ORDER, (ORDER + 4).to_string()]});
        assert_eq!(world.post(me, "/alibaba/order/page", by_ids).await.accepted()["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_went_through_a_double_is_no_id() {
    on_each(async |world| {
        for id in ["3.296622397215134e18", "3296622397215134260.0", "99999999999999999999", "1e30", "true", "[]", "{}"]
        {
            let body = format!(r#"{{"webSite":"1688","orderId":{id}}}"#);
            world.send(&world.developer, Ask::raw("/alibaba/order/detail", body)).await.refused_for(40003, "orderId");
        }
        for id in ["", "x", "-5", "0", "99999999999999999999", "3296622397215134260.0", "0x10"] {
            let body = json!({"webSite": "1688", "orderId": id});
            world.post(&world.developer, "/alibaba/order/detail", body).await.refused_for(40003, "orderId");
        }
    })
    .await;
}

#[tokio::test]
async fn missing_fields_come_before_wrong_ones_and_are_named_by_their_path() {
    on_each(async |world| {
        let create = async |body: Value| world.post(&world.developer, "/alibaba/order/create", body).await;
        let address = crate::purchase::address();
        create(json!({"flow": 5})).await.refused(40002);
        create(json!({"flow": "general", "addressParam": address, "cargoParamList": [{"offerId": 1, "specId": ""}]}))
            .await
            .refused_for(40002, "cargoParamList[0].quantity");
        create(json!({"flow": "general", "addressParam": address, "cargoParamList": [{"offerId": 1, "specId": "", "quantity": "2"}]}))
            .await
            .refused_for(40003, "cargoParamList[0].quantity");
        create(json!({"flow": "general", "addressParam": {"fullName": 5}, "cargoParamList": []}))
            .await
            .refused_for(40003, "addressParam.fullName");
        create(json!({"flow": "general", "addressParam": address, "cargoParamList": {}})).await.refused_for(40003, "cargoParamList");
    })
    .await;
}

#[tokio::test]
async fn unknown_fields_are_ignored_and_null_counts_as_left_out() {
    on_each(async |world| {
        let ask =
            json!({"page": null, "pageSize": null, "orderStatus": null, "orderIds": null, "strange": {"deep": [1]}});
        let page = world.post(&world.developer, "/alibaba/order/page", ask).await.accepted();
        assert_eq!((page["current"].as_i64(), page["size"].as_i64()), (Some(1), Some(20)));
    })
    .await;
}

#[tokio::test]
async fn a_message_never_repeats_what_was_sent() {
    on_each(async |world| {
        let secret = "my-private-text";
        let ask = json!({"webSite": secret, "orderId": "1"});
        let answer = world.post(&world.developer, "/alibaba/order/detail", ask).await.refused_for(40003, "webSite");
        assert!(!answer.text.contains(secret), "{}", answer.text);
        let answer =
            world.post(&world.developer, "/alibaba/order/page", json!({"pageSize": secret})).await.refused(40003);
        assert!(!answer.text.contains(secret), "{}", answer.text);
    })
    .await;
}
