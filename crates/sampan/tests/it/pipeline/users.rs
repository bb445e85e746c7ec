//! `user-id`, and which editions a developer may call.

use super::READ;
use crate::world::on_each;
use serde_json::json;

#[tokio::test]
async fn a_user_of_another_developer_is_not_allowed() {
    on_each(async |world| {
        let other = world.another().await;
        let foreign = other.user_id.clone().unwrap();
        for user in [foreign.as_str(), "2100000099999", "x", "-1", "21000000000011111111111", "user"] {
            let answer =
                world.post(&world.developer.as_user(user), READ, json!({})).await.refused_for(40302, "user-id");
            assert_eq!(answer.json["developId"], world.developer.develop_id.as_str(), "the signature holds");
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_user_the_default_one_acts() {
    on_each(async |world| {
        let bought = world.order(&world.developer.as_nobody(), crate::purchase::goods::JEANS, &[1]).await;
        assert_eq!(world.order_status(&world.developer, bought.order).await, "waitbuyerpay");
    })
    .await;
}

#[tokio::test]
async fn the_header_decides_and_a_user_in_the_body_is_ignored() {
    on_each(async |world| {
        let me = &world.developer;
        let second = world.second_user(me).await;
        let bought = world.order(me, crate::purchase::goods::JEANS, &[1]).await;
        let ask = json!({"webSite": "1688", "orderId": bought.id(), "userId": second.user_id});
        world.post(me, "/alibaba/order/detail", ask.clone()).await.accepted();
        world.post(&second, "/alibaba/order/detail", ask).await.refused_for(40403, "orderId");
    })
    .await;
}

#[tokio::test]
async fn a_disabled_developer_or_user_is_told_so() {
    on_each(async |world| {
        let me = world.another().await;
        let second = world.second_user(&me).await;
        let disable = json!({"developId": me.develop_id, "userId": second.user_id, "status": "disabled"});
        world.post(&world.operator, "/operator/user/set", disable).await.accepted();
        world.post(&second, READ, json!({})).await.refused_for(40303, "user");
        world.post(&me, READ, json!({})).await.accepted();
        world.set_developer(&me, json!({"status": "disabled"})).await;
        world.post(&me, READ, json!({})).await.refused_for(40303, "developer");
        world.set_developer(&me, json!({"status": "active"})).await;
        world.post(&me, READ, json!({})).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn only_granted_editions_may_be_called() {
    on_each(async |world| {
        let v1 = world.another_with(json!({"editions": ["v1"]})).await;
        let ka = world.another_with(json!({"editions": ["ka"]})).await;
        let calls = [
            (&v1, "/alibaba/ka/order/page", "ka"),
            (&ka, "/alibaba/order/page", "v1"),
            (&v1, "/operator/developer/list", "operator"),
        ];
        for (persona, path, edition) in calls {
            world.post(persona, path, json!({})).await.refused_for(40301, edition);
        }
        world.post(&v1, "/alibaba/order/page", json!({})).await.accepted();
        world.post(&ka, "/alibaba/ka/order/page", json!({})).await.accepted();
    })
    .await;
}
