//! Creating, paying, asking for money back and sending back while the marketplace is ill: what cannot be known is asked,
//! and nothing happens twice.

use super::{unclear, with};
use crate::{
    ambiguity::{Deed, mischief::impatient},
    world::on_each_wired,
};
use serde_json::json;

/// Before the call takes effect: the developer is told that nobody knows, and the same key finds that it is still to do.
async fn lost_before(deed: Deed) {
    on_each_wired(impatient, async |world| {
        for (fault, code) in unclear() {
            eprintln!("{deed:?} {fault}");
            let scene = deed.prepare(world).await;
            world.fault(with(&fault, json!({"call": call(deed), "times": 1}))).await;
            scene.send_under("K").await.refused(code);
            assert!(world.faults().await.is_empty(), "the call was made once");
            scene.has_nothing();
            scene.send_under("K").await.accepted();
            scene.happened_once().await;
            assert_eq!(world.open_intents().await, "0");
        }
    })
    .await;
}

/// After it took effect: the truth is found at once, and a repeat changes nothing.
async fn lost_after(deed: Deed) {
    on_each_wired(impatient, async |world| {
        for (fault, _) in unclear() {
            eprintln!("{deed:?} {fault}");
            let scene = deed.prepare(world).await;
            world.fault(with(&fault, json!({"call": call(deed), "times": 1, "when": "after"}))).await;
            scene.send_under("K").await.accepted();
            assert!(world.faults().await.is_empty(), "the call was made once");
            scene.happened_once().await;
            assert!(scene.send_under("K").await.replayed());
            scene.happened_once().await;
            assert_eq!(world.open_intents().await, "0");
        }
    })
    .await;
}

/// The whole name of the call.
fn call(deed: Deed) -> &'static str {
    match deed {
        Deed::Create => "alibaba.trade.createCrossOrder",
        Deed::Debit => "alibaba.trade.pay.protocolPay.preparePay",
        Deed::Refund => "alibaba.trade.createRefund",
        Deed::Return => "alibaba.trade.refund.returnGoods",
    }
}

macro_rules! each_deed {
    ($($name:ident: $deed:ident;)*) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn that_is_lost_before_it_took_effect_is_done_by_the_next_try() {
                lost_before(Deed::$deed).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn that_is_lost_after_it_took_effect_is_found() {
                lost_after(Deed::$deed).await;
            }
        }
    )*};
}

each_deed! {
    a_create: Create;
    a_debit: Debit;
    a_refund: Refund;
    a_return: Return;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_handed_on_and_leaves_nothing_open() {
    on_each_wired(impatient, async |world| {
        for deed in crate::ambiguity::DEEDS {
            let scene = deed.prepare(world).await;
            let fault =
                json!({"fault": "code", "code": "X_17", "message": "no such luck", "call": call(deed), "times": 1});
            world.fault(fault).await;
            let told = scene.send().await.refused(50201);
            assert!(told.msg().contains("X_17") && told.msg().contains("no such luck"), "{}", told.msg());
            scene.has_nothing();
            assert_eq!(world.open_intents().await, "0");
            scene.send().await.accepted();
            scene.happened_once().await;
        }
    })
    .await;
}
