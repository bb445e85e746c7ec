//! The way to a seller: link, name, and what keeps it from being asked in bulk.

use super::editions::{opaque, seller_of};
use crate::{purchase::goods, world::on_each};
use contract::{
    Operation,
    operations::{ka_product::KaSellerChat, v1_product::SellerChat, v2_product::V2SellerChat},
};
use serde_json::json;

#[tokio::test]
async fn a_seller_has_a_link_and_a_name() {
    on_each(async |world| {
        let me = &world.developer;
        let (seller, _) = seller_of(world, goods::JEANS).await;
        let ask = json!({"offerId": goods::JEANS.to_string(), "openUid": seller});
        let link = world.post(me, SellerChat::PATH, ask.clone()).await.accepted();
        assert_eq!(world.post(me, KaSellerChat::PATH, ask.clone()).await.accepted(), link);
        let link = link.as_str().expect("a text");
        assert!(link.starts_with(&world.app.base_url), "{link}");
        let page = http::Request::get(link).body(axum::body::Body::empty()).unwrap();
        assert_eq!(world.fetch(page).await.status(), 200);
        let name = world.post(me, V2SellerChat::PATH, ask).await.accepted();
        assert!(name.as_str().is_some_and(|name| !name.is_empty() && !name.starts_with("http")), "{name}");
        let hidden = json!({"offerId": opaque(world, me, goods::JEANS).await, "openUid": seller});
        assert_eq!(world.post(me, V2SellerChat::PATH, hidden).await.accepted(), name);
    })
    .await;
}

#[tokio::test]
async fn a_pair_that_is_none_is_refused() {
    on_each(async |world| {
        let (seller, _) = seller_of(world, goods::JEANS).await;
        let found = super::search(world, json!({"keyword": "保温杯"})).await;
        let foreign = seller_of(world, super::offers(&found)[0]).await.0;
        let me = world.another_with(json!({"editions": ["v1", "v2", "ka"]})).await;
        for path in [SellerChat::PATH, V2SellerChat::PATH, KaSellerChat::PATH] {
            // Each has a user of its own: ten calls a minute are all there is.
            let me = world.second_user(&me).await;
            for (offer, seller, code, field) in [
                (goods::JEANS.to_string(), foreign.as_str(), 40003, "openUid"),
                (goods::JEANS.to_string(), "BBBnobodyBBBnobodyBBBnobo", 40406, ""),
                (goods::JEANS.to_string(), "not an id", 40003, "openUid"),
                (goods::JEANS.to_string(), "", 40002, "openUid"),
                ("5".to_owned(), seller.as_str(), 40402, ""),
            ] {
                let ask = json!({"offerId": offer, "openUid": seller});
                world.post(&me, path, ask).await.refused_for(code, field);
            }
        }
        let other = world.another_with(json!({"editions": ["v2"]})).await;
        let theirs = opaque(world, &other, goods::JEANS).await;
        world
            .post(&me, V2SellerChat::PATH, json!({"offerId": theirs, "openUid": seller}))
            .await
            .refused_for(40406, "offerId");
        world
            .post(&me, SellerChat::PATH, json!({"offerId": "x", "openUid": seller}))
            .await
            .refused_for(40003, "offerId");
    })
    .await;
}

#[tokio::test]
async fn ten_times_a_minute_and_user() {
    on_each(async |world| {
        let (seller, _) = seller_of(world, goods::JEANS).await;
        let ask = json!({"offerId": goods::JEANS.to_string(), "openUid": seller});
        let me = world.another_with(json!({"editions": ["v1", "ka"]})).await;
        for turn in 0..10 {
            let path = if turn % 2 == 0 { SellerChat::PATH } else { KaSellerChat::PATH };
            world.post(&me, path, ask.clone()).await.accepted();
        }
        let refused = world.post(&me, SellerChat::PATH, ask.clone()).await.refused(42901);
        let wait: u32 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        let colleague = world.second_user(&me).await;
        world.post(&colleague, SellerChat::PATH, ask).await.accepted();
    })
    .await;
}
