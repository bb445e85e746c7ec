//! Buying from the cart, and the marketplace does not say what became of one merchant's order; and looking into the cart
//! while it says nothing at all.

use super::{
    ledger::Ledger,
    mischief::{Mischief, Mishap},
};
use crate::{
    cart::items,
    persona::Persona,
    purchase::goods,
    world::{World, on_each_wired},
};
use serde_json::{Value, json};

const CALL: &str = ".createCrossOrder";
const EDIT: &str = "/alibaba/cart/edit-quantity";
const DELETE: &str = "/alibaba/cart/delete";

/// A cart with rows of three merchants.
struct Scene<'a> {
    world: &'a World,
    me: Persona,
    rows: Vec<i64>,
    before: Ledger,
}

impl Scene<'_> {
    fn made(&self) -> usize {
        Ledger::of(self.world).orders.len() - self.before.orders.len()
    }

    /// Each merchant has one order at the marketplace, the developer sees them, and nothing is left in the cart.
    async fn bought_once(&self) {
        assert_eq!(self.made(), 3, "new orders at the marketplace");
        assert_eq!(self.world.order_count(&self.me).await, 3);
        assert_eq!(self.world.cart_rows(&self.me).await, []);
    }

    async fn left(&self) -> Vec<i64> {
        self.world.cart_rows(&self.me).await.into_iter().map(|row| row.0).collect()
    }
}

async fn each(scenario: impl AsyncFn(&Mischief, Scene<'_>)) {
    let mischief = Mischief::default();
    on_each_wired(
        || mischief.wiring(),
        async |world| {
            let me = world.another().await;
            let wanted = [(goods::TOTE_BAG, 1), (goods::JEANS, 1), (goods::PENS, 1)];
            let rows = world.fill_cart(&me, &wanted).await;
            let before = Ledger::of(world);
            scenario(&mischief, Scene { world, me, rows, before }).await;
            assert!(mischief.has_struck());
        },
    )
    .await;
}

fn orders(made: &Value) -> Vec<i64> {
    made.as_array().expect("orders").iter().map(|order| order["baseInfo"]["id"].as_i64().expect("an id")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_is_found_at_once_and_the_rows_leave() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        mischief.befall(CALL, Mishap::Late);
        let answer = world.buy_cart_under(me, &scene.rows, "K").await;
        assert_eq!((answer.msg(), orders(answer.data()).len()), ("成功", 3));
        scene.bought_once().await;
        assert!(world.buy_cart_under(me, &scene.rows, "K").await.replayed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_which_nobody_knows_are_kept_for_the_same_key() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        mischief.befall(CALL, Mishap::Lost);
        let answer = world.buy_cart_under(me, &scene.rows, "K").await;
        assert!(answer.msg().starts_with("成功; ") && answer.msg().ends_with(": 50401"), "{}", answer.msg());
        let first = orders(answer.data());
        assert_eq!(first.len(), 2);
        let &[row] = scene.left().await.as_slice() else { panic!("one merchant's row stays") };
        world.buy_cart(me, &[row]).await.refused_for(40910, "cartIds");
        world.buy_cart_under(me, &[row], "L").await.refused_for(40910, "cartIds");
        assert_eq!(scene.made(), 2, "nobody buys it a second time");
        // What is wanted besides is wanted still, when the first is bought as it was first asked for.
        world.post(me, EDIT, json!({"id": row, "quantity": 3})).await.accepted();
        let answer = world.buy_cart_under(me, &scene.rows, "K").await;
        assert!(!answer.replayed(), "what was not known was not kept");
        assert_eq!((answer.msg(), orders(answer.data()).len()), ("成功", 3));
        assert!(first.iter().all(|order| orders(answer.data()).contains(order)));
        for order in answer.data().as_array().unwrap() {
            assert_eq!(order["productItems"][0]["quantity"].as_f64(), Some(1.0));
        }
        assert_eq!(world.cart_rows(me).await, [(row, 2)]);
        let again = world.buy_cart_under(me, &scene.rows, "K").await;
        assert!(again.replayed());
        world.post(me, DELETE, json!({"ids": [row]})).await.accepted();
        scene.bought_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_marketplace_falls_silent_the_same_key_finds_what_was_bought() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        mischief.befall_then_silence(CALL, Mishap::Late);
        world.buy_cart_under(me, &scene.rows, "K").await.refused(50401);
        world.buy_cart_under(me, &scene.rows, "K").await.refused(50401);
        world.buy_cart(me, &scene.rows).await.refused_for(40910, "cartIds");
        mischief.speak_again();
        let answer = world.buy_cart_under(me, &scene.rows, "K").await;
        assert_eq!((answer.msg(), orders(answer.data()).len()), ("成功", 3));
        scene.bought_once().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_what_was_bought_leaves_the_cart_by_itself() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        mischief.befall_then_silence(CALL, Mishap::Late);
        world.buy_cart(me, &scene.rows).await.refused(50401);
        mischief.speak_again();
        assert!(super::recover(world).await >= 1);
        let made = scene.made();
        assert!(made >= 1);
        assert_eq!(world.order_count(me).await, i64::try_from(made).unwrap());
        assert_eq!(scene.left().await.len(), 3 - made, "what was bought is not in the cart");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_was_taken_out_meanwhile_is_not_bought_again() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        mischief.befall(CALL, Mishap::Lost);
        let first = orders(world.buy_cart_under(me, &scene.rows, "K").await.data());
        let &[row] = scene.left().await.as_slice() else { panic!("one merchant's row stays") };
        world.post(me, DELETE, json!({"ids": [row]})).await.accepted();
        world.buy_cart_under(me, &scene.rows, "K").await.refused_for(40910, "cartIds");
        let answer = world.buy_cart_under(me, &scene.rows, "K").await;
        assert_eq!(answer.msg(), format!("成功; cart row {row}: 40406"));
        assert_eq!(orders(answer.data()), first);
        assert_eq!((scene.made(), world.order_count(me).await), (2, 2));
        assert!(world.buy_cart_under(me, &scene.rows, "K").await.replayed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marketplace_that_does_not_answer_loses_no_cart() {
    each(async |mischief, scene| {
        let (world, me) = (scene.world, &scene.me);
        let whole = items(&world.cart(me).await);
        mischief.befall_then_silence(".queryProductDetail", Mishap::Lost);
        let cart = world.cart(me).await;
        assert_eq!(cart["disableList"], json!([]), "nobody said that anything has gone");
        for (row, before) in items(&cart).iter().zip(&whole) {
            assert_eq!(row, before, "as it was when it was added");
        }
        world.add_to_cart(me, crate::cart::bag(1)).await.refused(50401);
        world.post(me, EDIT, json!({"id": scene.rows[0], "quantity": 5})).await.accepted();
        world.post(me, DELETE, json!({"ids": [scene.rows[1]]})).await.accepted();
        let previews = world.post(me, "/alibaba/cart/preview/order", crate::cart::preview_body(&scene.rows[2..])).await;
        assert_eq!(previews.accepted()[0]["errorCode"], "50401");
        mischief.speak_again();
        assert_eq!(world.cart_rows(me).await, [(scene.rows[0], 5), (scene.rows[2], 1)]);
    })
    .await;
}
