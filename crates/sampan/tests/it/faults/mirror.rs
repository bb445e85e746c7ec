//! What is known is shown while it cannot be looked at, and no ill answer gets into the mirror.

use super::{ORDER, struck, unclear, with};
use crate::{
    ambiguity::mischief::impatient,
    developer::about,
    purchase::{Bought, goods},
    world::{on_each_wired, until},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mirror_takes_no_ill_answer_and_the_next_good_one() {
    on_each_wired(impatient, async |world| {
        let me = &world.another().await;
        for (fault, _) in unclear() {
            eprintln!("{fault}");
            let bought = world.paid_order(me, goods::JEANS, &[1]).await;
            let before = world.order_detail(me, bought.order).await;
            world.fault(with(&fault, json!({"call": ORDER, "order": bought.id()}))).await;
            world.ship(bought.order).await;
            until("somebody looked", async || (struck(&world.faults().await) > 0).then_some(())).await;
            assert_eq!(world.order_detail(me, bought.order).await, before, "{fault}");
            assert_eq!(about(world, me, &bought.id()).await.len(), 2, "made and paid");
            world.heal().await;
            let after = world.until_order(me, bought.order, "waitbuyerreceive").await;
            let (was, is) = (Bought::of(&before), Bought::of(&after));
            assert_eq!((was.order, was.entries, was.amounts), (is.order, is.entries, is.amounts));
            assert_eq!(about(world, me, &bought.id()).await.len(), 3, "and shipped, once");
        }
    })
    .await;
}
