//! API2: what answers and their time tell of keys and of things that are there.
//!
//! By the contract an unknown key (40102) and a wrong signature (40103) have codes of their own, so their times have
//! nothing to hide; that everything else about them is alike is held here. Where the codes are the same (another's thing
//! and none at all) the times are compared.

use crate::{
    ask::Ask,
    persona::Persona,
    purchase::goods,
    world::{World, on_each},
};
use serde_json::json;
use std::time::{Duration, Instant};

fn profile() -> Ask {
    Ask::post("/developer/profile", &json!({}))
}

#[tokio::test]
async fn an_unknown_key_and_a_wrong_signature_differ_by_code_and_text_alone() {
    on_each(async |world| {
        let me = world.another().await;
        let stranger = Persona { access_key: "0".repeat(32), ..me.clone() };
        let forger = Persona { access_secret: "0".repeat(32), ..me.clone() };
        let (unknown, forged) = (world.send(&stranger, profile()).await, world.send(&forger, profile()).await);
        assert_eq!((unknown.code(), forged.code()), (40102, 40103));
        assert_eq!(unknown.status, forged.status);
        let names = |answer: &crate::answer::Answer| -> Vec<String> {
            answer.headers.keys().map(|name| name.as_str().to_owned()).filter(|name| name != "content-length").collect()
        };
        assert_eq!(names(&unknown), names(&forged));
        for answer in [&unknown, &forged] {
            assert!(answer.json["developId"].is_null() && answer.json["data"].is_null());
            assert!(!answer.text.contains(&me.access_key) && !answer.text.contains(&me.develop_id), "{}", answer.text);
        }
        // A key that was exchanged is as unknown as one that never was.
        let reset = json!({"developId": me.develop_id});
        world.post(&world.operator, "/operator/developer/reset-secret", reset).await.accepted();
        let gone = world.send(&me, profile()).await;
        assert_eq!((gone.code(), gone.msg()), (40102, unknown.msg()));
        // At the guard both are one.
        let metrics = Ask::get("/metrics", &[]);
        let refused = [
            world.page(Persona { access_secret: "0".repeat(32), ..world.operator.clone() }.request(&metrics)).await,
            world.page(Persona { access_key: "0".repeat(32), ..world.operator.clone() }.request(&metrics)).await,
            world.page(world.developer.request(&metrics)).await,
        ];
        assert!(refused.iter().all(|(status, text)| *status == 403 && *text == refused[0].1), "{refused:?}");
    })
    .await;
}

/// How long each of two asks takes in the middle, asked in turn so that the machine's moods meet both.
async fn medians(world: &World, asks: [(&Persona, &Ask); 2], rounds: usize) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for turn in [round % 2, 1 - round % 2] {
            let (who, ask) = asks[turn];
            let began = Instant::now();
            world.send(who, ask.clone()).await;
            times[turn].push(began.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

/// Neither takes a multiple of the other; a noisy moment is given another chance.
async fn take_alike(world: &World, what: &str, asks: [(&Persona, &Ask); 2]) {
    let mut told = String::new();
    for _ in 0..4 {
        let [one, other] = medians(world, asks, 61).await;
        let (less, more) = (one.min(other), one.max(other));
        if more < less * 3 + Duration::from_millis(1) {
            return;
        }
        told = format!("{what}: {one:?} and {other:?}");
    }
    panic!("{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_tells_no_more_than_the_code() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let foreign = world.order(&other, goods::JEANS, &[1]).await;
        let detail = |id: &str| Ask::post("/alibaba/order/detail", &json!({"webSite": "1688", "orderId": id}));
        let (theirs, nobody_s) = (detail(&foreign.id()), detail("5"));
        take_alike(world, "another's order and none", [(&me, &theirs), (&me, &nobody_s)]).await;
        let refund = |id: &str| Ask::post("/alibaba/ka/refund/detail", &json!({ "refundId": id }));
        let (theirs, nobody_s) = (refund("TQ262615407388136042"), refund("TQ5"));
        take_alike(world, "another's refund and none", [(&me, &theirs), (&me, &nobody_s)]).await;
        // A signature that is right but for its end, and one that is wrong from its beginning.
        let at = crate::persona::now_s().to_string();
        let right = me.sign(&at, "n");
        let flipped = |place: usize| {
            let digit = if &right[place..=place] == "0" { "1" } else { "0" };
            profile().at(&at).nonce("n").signature(&format!("{}{digit}{}", &right[..place], &right[place + 1..]))
        };
        let (first, last) = (flipped(0), flipped(31));
        take_alike(world, "the first and the last digit", [(&me, &first), (&me, &last)]).await;
        let stranger = Persona { access_key: "0".repeat(32), ..me.clone() };
        let forged = profile().signature(&"A".repeat(32));
        let [unknown, wrong] = medians(world, [(&stranger, &forged), (&me, &forged)], 61).await;
        // Strangers are looked up anew each time: it may cost more, and nothing out of proportion.
        assert!(
            unknown < wrong * 50 + Duration::from_millis(20),
            "an unknown key {unknown:?}, a wrong signature {wrong:?}"
        );
    })
    .await;
}
