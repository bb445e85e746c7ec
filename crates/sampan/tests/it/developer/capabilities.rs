//! `/developer/capabilities`: what is there, by marketplace, and what a call would be told.

use crate::world::{World, on_each};
use contract::OPERATIONS;
use sampan::config::Config;
use serde_json::{Value, json};

const PATH: &str = "/developer/capabilities";

fn operation<'a>(market: &'a Value, id: &str) -> &'a Value {
    let all = market["operations"].as_array().expect("operations");
    all.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} in {market}"))
}

#[tokio::test]
async fn everything_that_is_connected_is_there() {
    on_each(async |world| {
        let told = world.post(&world.developer, PATH, json!({})).await.accepted();
        assert_eq!(told["editions"], json!(["v1", "v2", "ka", "bigmajor"]));
        assert_eq!(told["includeUpstream"], true, "the test developer of the embedded sandbox may ask for it");
        let markets = told["marketplaces"].as_array().unwrap();
        assert_eq!(markets.len(), 1);
        let market = &markets[0];
        assert_eq!((&market["marketplace"], &market["connected"]), (&json!("alibaba1688"), &json!(true)));
        assert_eq!(market["buys"], true);
        let all = json!({"catalog": true, "ordering": true, "payment": true, "aftersale": true, "pushes": true});
        assert_eq!(market["capabilities"], all);
        let rows = market["operations"].as_array().unwrap();
        let of_markets = OPERATIONS.iter().filter(|o| o.group.contains('/')).count();
        assert_eq!(rows.len(), of_markets);
        assert!(rows.iter().all(|row| row["available"] == true && row["refusal"].is_null()), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_an_operation_is_what_a_call_is_told() {
    on_each(async |world| {
        let other = world.another_with(json!({"editions": ["ka"]})).await;
        let told = world.post(&other, PATH, json!({})).await.accepted();
        assert_eq!((&told["editions"], &told["includeUpstream"]), (&json!(["ka"]), &json!(false)));
        let market = &told["marketplaces"][0];
        let granted = operation(market, "ka_refund_detail");
        let (path, body) = (granted["path"].as_str().unwrap(), json!({"refundId": "TQ1"}));
        assert_eq!((&granted["available"], &granted["refusal"]), (&json!(true), &Value::Null));
        world.post(&other, path, body.clone()).await.refused(40404);
        let refused = operation(market, "alibaba_refund_info");
        assert_eq!((&refused["available"], &refused["refusal"]), (&json!(false), &json!(40301)));
        world.post(&other, refused["path"].as_str().unwrap(), body).await.refused(40301);
        world.set_developer(&other, json!({"includeUpstream": true})).await;
        let told = world.post(&other, PATH, json!({})).await.accepted();
        assert_eq!(told["includeUpstream"], true, "the operator's word");
    })
    .await;
}

#[tokio::test]
async fn without_a_marketplace_nothing_is_there_and_calls_say_so() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = crate::database::Database::file(folder.path());
    let config = World::config(&folder, &database);
    // The sandbox makes the key file of the test developer once; afterwards it is switched off.
    let world = World::run(folder, database, config.clone()).await;
    let sandbox = sampan::config::Sandbox { enabled: false, ..config.sandbox.clone() };
    let world = world.restart_with(Config { sandbox, ..config }).await;
    let told = world.post(&world.developer, PATH, json!({})).await.accepted();
    let market = &told["marketplaces"][0];
    assert_eq!((&market["connected"], &market["buys"]), (&json!(false), &json!(false)));
    assert!(market["capabilities"].as_object().unwrap().values().all(|has| has == false), "{market}");
    let search = operation(market, "alibaba_product_keywords_query");
    assert_eq!(search["refusal"], 40304);
    let body = json!({"keyword": "bag", "country": "en", "beginPage": 1, "pageSize": 2});
    world.post(&world.developer, search["path"].as_str().unwrap(), body).await.refused(40304);
    world.end().await;
}
