//! `/operator/...`: developers, made and looked after.

use crate::{persona::Persona, purchase::goods, world::on_each};
use serde_json::json;

#[tokio::test]
async fn a_new_developer_can_call_at_once_and_is_shown() {
    on_each(async |world| {
        let body = json!({"name": " Buyer Ltd ", "editions": ["v1"], "messageEdition": "ka"});
        let made = world.post(&world.operator, "/operator/developer/create", body).await.accepted();
        let user = made["userId"].as_str().unwrap();
        assert!(user.len() == 13 && user.starts_with("21000"), "{user}");
        let persona = Persona::of(&made);
        let profile = world.post(&persona, "/developer/profile", json!({})).await.accepted();
        assert_eq!(profile["name"], "Buyer Ltd");
        assert_eq!(profile["editions"], json!(["v1"]));
        assert_eq!(profile["defaultUserId"], user);
        assert_eq!(profile["users"][0]["userId"], user);

        let ask = json!({"developId": persona.develop_id});
        let shown = world.post(&world.operator, "/operator/developer/show", ask).await.accepted();
        assert_eq!(shown["accessKeys"], json!([persona.access_key]));
        assert_eq!(shown["messageEdition"], "ka");
        assert!(!shown.to_string().contains(&persona.access_secret), "secrets are shown once");
    })
    .await;
}

#[tokio::test]
async fn the_list_is_newest_first_and_in_pages() {
    on_each(async |world| {
        let first = world.another().await;
        let second = world.another().await;
        let list = async |page: i64| {
            let ask = json!({"page": page, "pageSize": 2});
            world.post(&world.operator, "/operator/developer/list", ask).await.accepted()
        };
        let page = list(1).await;
        assert_eq!(
            (page["total"].as_i64(), page["size"].as_i64(), page["current"].as_i64()),
            (Some(3), Some(2), Some(1))
        );
        let ids: Vec<&str> =
            page["records"].as_array().unwrap().iter().filter_map(|r| r["developId"].as_str()).collect();
        assert_eq!(ids, [&second.develop_id, &first.develop_id]);
        assert_eq!(list(3).await["records"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    on_each(async |world| {
        for (tail, body, code, field) in [
            ("create", json!({"name": " "}), 40003, "name"),
            ("create", json!({"name": "x".repeat(101)}), 40003, "name"),
            ("create", json!({"name": "x", "editions": ["v3"]}), 40003, "editions"),
            ("create", json!({"name": "x", "editions": ["operator"]}), 40003, "editions"),
            ("create", json!({"name": "x", "messageEdition": "v3"}), 40003, "messageEdition"),
            ("show", json!({"developId": "1"}), 40406, "developId"),
            ("show", json!({"developId": "x"}), 40406, "developId"),
            ("reset-secret", json!({"developId": "1"}), 40406, "developId"),
            ("list", json!({"pageSize": 51}), 40003, "pageSize"),
            ("set", json!({"developId": "1"}), 40406, "developId"),
            ("set", json!({"developId": world.developer.develop_id, "status": "gone"}), 40003, "status"),
            ("set", json!({"developId": world.developer.develop_id, "nonceRule": "lax"}), 40003, "nonceRule"),
            ("set", json!({"developId": world.developer.develop_id, "editions": ["v3"]}), 40003, "editions"),
        ] {
            let path = format!("/operator/developer/{tail}");
            world.post(&world.operator, &path, body).await.refused_for(code, field);
        }
        let all = world.post(&world.operator, "/operator/developer/list", json!({})).await.accepted();
        assert_eq!(all["total"], 1, "nobody was made");
    })
    .await;
}

#[tokio::test]
async fn a_reset_by_the_operator_ends_the_developer_s_key() {
    on_each(async |world| {
        let persona = world.another().await;
        let ask = json!({"developId": persona.develop_id});
        let key = world.post(&world.operator, "/operator/developer/reset-secret", ask).await.accepted();
        assert!(key["previousKeyUntil"].is_null(), "{key}");
        world.post(&persona, "/developer/profile", json!({})).await.refused_for(40102, "access-key");
        let renewed = Persona {
            access_key: key["accessKey"].as_str().unwrap().to_owned(),
            access_secret: key["accessSecret"].as_str().unwrap().to_owned(),
            ..persona
        };
        world.post(&renewed, "/developer/profile", json!({})).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn no_developer_is_an_operator() {
    on_each(async |world| {
        let body = json!({"name": "x"});
        world.post(&world.developer, "/operator/developer/create", body).await.refused(40301);
        world.post(&world.operator, "/alibaba/order/page", json!({})).await.refused(40301);
    })
    .await;
}

#[tokio::test]
async fn users_are_made_named_and_disabled() {
    on_each(async |world| {
        let me = world.another().await;
        let second = world.second_user(&me).await;
        let user = second.user_id.clone().unwrap();
        assert!(
            user.len() == 13 && user.starts_with("21000") && me.user_id.as_deref() != Some(user.as_str()),
            "{user}"
        );
        let profile = world.post(&second, "/developer/profile", json!({})).await.accepted();
        assert_eq!(profile["users"].as_array().map(Vec::len), Some(2), "{profile}");
        for (path, body, code, field) in [
            ("create", json!({"developId": "1", "name": "x"}), 40406, "developId"),
            ("create", json!({"developId": me.develop_id, "name": " "}), 40003, "name"),
            ("set", json!({"developId": me.develop_id, "userId": "5", "status": "active"}), 40406, "userId"),
            ("set", json!({"developId": me.develop_id, "userId": user, "status": "gone"}), 40003, "status"),
            // A user of another developer is not there.
            (
                "set",
                json!({"developId": world.developer.develop_id, "userId": user, "status": "disabled"}),
                40406,
                "userId",
            ),
        ] {
            world.post(&world.operator, &format!("/operator/user/{path}"), body).await.refused_for(code, field);
        }
        world.post(&second, "/developer/profile", json!({})).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn granted_editions_count_from_the_next_request_on() {
    on_each(async |world| {
        let me = world.another_with(json!({"editions": ["v1"]})).await;
        world.post(&me, "/alibaba/ka/order/page", json!({})).await.refused(40301);
        world.set_developer(&me, json!({"editions": ["ka"]})).await;
        world.post(&me, "/alibaba/ka/order/page", json!({})).await.accepted();
        world.post(&me, "/alibaba/order/page", json!({})).await.refused(40301);
    })
    .await;
}

#[tokio::test]
async fn a_user_may_buy_with_an_account_of_its_own() {
    on_each(async |world| {
        let me = world.another().await;
        let user = me.user_id.clone().unwrap();
        let buyer = async |who: &Persona| {
            let bought = world.order(who, goods::JEANS, &[1]).await;
            let detail = world.order_detail(who, bought.order).await;
            (bought, detail["baseInfo"]["buyerLoginId"].as_str().unwrap().to_owned())
        };
        assert_eq!(buyer(&me).await.1, "sampan-test");
        let body = json!({"developId": me.develop_id, "userId": user, "accountId": "1"});
        let bound = world.post(&world.operator, "/operator/user/bind", body).await.accepted();
        let expected =
            json!({"developId": me.develop_id, "userId": user, "marketplace": "alibaba1688", "accountId": "1"});
        assert_eq!(bound, expected);
        let (bought, login) = buyer(&me).await;
        assert_eq!(login, "xportcn");
        let second = world.second_user(&me).await;
        assert_eq!(buyer(&second).await.1, "sampan-test", "another user of the developer");
        let list = world.post(&world.operator, "/operator/account/list", json!({})).await.accepted();
        let row = list.as_array().unwrap().iter().find(|row| row["accountId"] == "1").unwrap();
        assert_eq!((&row["loginId"], &row["isDefault"]), (&json!("xportcn"), &json!(false)));
        assert_eq!(row["users"], json!([{"developId": me.develop_id, "userId": user}]));

        let body = json!({"developId": me.develop_id, "userId": user});
        let unbound = world.post(&world.operator, "/operator/user/unbind", body).await.accepted();
        assert!(unbound["accountId"].is_null());
        assert_eq!(buyer(&me).await.1, "sampan-test");
        // An order stays with the account that made it.
        world.pay(&me, bought.order).await;
    })
    .await;
}

#[tokio::test]
async fn binding_names_what_is_not_there_and_is_the_operator_s() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let body = |developer: &str, user: &str, account: &str| {
            json!({"developId": developer, "userId": user, "accountId": account})
        };
        let (mine, foreign) = (me.user_id.clone().unwrap(), other.user_id.clone().unwrap());
        for (body, field) in [
            (body(&me.develop_id, &mine, "99"), "accountId"),
            (body(&me.develop_id, &mine, "x"), "accountId"),
            (body(&me.develop_id, &foreign, "1"), "userId"),
            (body("x", &mine, "1"), "developId"),
        ] {
            world.post(&world.operator, "/operator/user/bind", body).await.refused_for(40406, field);
        }
        let elsewhere = json!({"developId": me.develop_id, "userId": mine, "marketplace": "moon"});
        world.post(&world.operator, "/operator/user/unbind", elsewhere).await.refused_for(40003, "marketplace");
        world.post(&me, "/operator/user/bind", body(&me.develop_id, &mine, "1")).await.refused(40301);
    })
    .await;
}
