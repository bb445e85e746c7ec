//! Looking for goods while the marketplace is ill.

use super::{DETAIL, SEARCH, struck, unclear, with};
use crate::{
    ambiguity::mischief::impatient,
    purchase::goods,
    world::{World, on_each_wired},
};
use serde_json::{Value, json};

const READS: [(&str, &str); 2] = [("/alibaba/product/detail/get", DETAIL), ("/alibaba/product/keywords/query", SEARCH)];

fn body(path: &str) -> Value {
    if path.ends_with("detail/get") {
        json!({"offerId": goods::JEANS, "country": "en"})
    } else {
        json!({"keyword": "bag", "country": "en"})
    }
}

async fn well(world: &World, path: &str) -> Value {
    world.post(&world.developer, path, body(path)).await.accepted()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_a_read_has_its_code_and_is_over_with_it() {
    on_each_wired(impatient, async |world| {
        for (path, call) in READS {
            let healthy = well(world, path).await;
            for (fault, code) in unclear() {
                eprintln!("{call} {fault}");
                world.fault(with(&fault, json!({"call": call}))).await;
                // What a list says is believed where it is of the right type.
                let code = if call == SEARCH && fault == json!({"fault": "huge_numbers"}) { 200 } else { code };
                world.post(&world.developer, path, body(path)).await.refused(code);
                assert!(struck(&world.faults().await) >= 1);
                world.heal().await;
                assert_eq!(well(world, path).await, healthy);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_the_marketplace_means_what_it_means() {
    on_each_wired(impatient, async |world| {
        for (path, call) in READS {
            let healthy = well(world, path).await;
            for (upstream, code) in
                [("X_17", 50201), ("500_004", 40904), ("gw.QosAppFrequencyLimit", 42901), ("401", 50203)]
            {
                let fault = json!({"fault": "code", "code": upstream, "message": "no such luck", "call": call});
                world.fault(fault).await;
                let told = world.post(&world.developer, path, body(path)).await.refused(code);
                assert!(told.msg().contains(upstream) && told.msg().contains("no such luck"), "{}", told.msg());
                world.heal().await;
                assert_eq!(well(world, path).await, healthy);
            }
            world.fault(json!({"fault": "http", "status": 429, "call": call})).await;
            let told = world.post(&world.developer, path, body(path)).await.refused(42901);
            assert!(told.headers.contains_key("retry-after"));
            world.heal().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_that_fails_once_is_asked_again_unnoticed() {
    on_each_wired(impatient, async |world| {
        for (path, call) in READS {
            world.fault(json!({"fault": "http", "times": 1, "call": call})).await;
            well(world, path).await;
            assert!(world.faults().await.is_empty(), "used up");
            world.fault(json!({"fault": "http", "times": 2, "call": call})).await;
            world.post(&world.developer, path, body(path)).await.refused(50202);
            well(world, path).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_cannot_be_renewed_stops_calls_until_it_can() {
    on_each_wired(impatient, async |world| {
        let path = READS[0].0;
        world.fault(json!({"fault": "code", "code": "401", "message": "expired", "call": DETAIL})).await;
        world.fault(json!({"fault": "http", "call": "getToken"})).await;
        world.post(&world.developer, path, body(path)).await.refused(50202);
        world.heal().await;
        well(world, path).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_share_of_calls_fails_and_only_of_what_is_meant() {
    on_each_wired(impatient, async |world| {
        let (path, call) = READS[0];
        world.fault(json!({"fault": "code", "code": "X_17", "percent": 50, "call": call, "offer": goods::JEANS})).await;
        let mut codes = Vec::new();
        for _ in 0..24 {
            codes.push(world.post(&world.developer, path, body(path)).await.code());
        }
        let failed = codes.iter().filter(|code| **code == 50201).count();
        assert!((4..=20).contains(&failed) && codes.iter().all(|c| [200, 50201].contains(c)), "{codes:?}");
        for _ in 0..24 {
            let other = json!({"offerId": goods::TOTE_BAG, "country": "en"});
            world.post(&world.developer, path, other).await.accepted();
        }
    })
    .await;
}
