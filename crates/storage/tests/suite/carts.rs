//! Shopping carts: rows that add up, are held while they are bought, and leave with what was bought of them.

use crate::{
    database::Place,
    samples::{AT, SHOP, conflict, dev, usr},
};
use domain::{CartRowId, OfferId};
use storage::{CartEdit, CartOf, Changes, CommitError, Storage, What, records::CartRow};

const ROWS: usize = 3;
const PIECES: u32 = 10;

fn id(n: i64) -> CartRowId {
    CartRowId::new(n).unwrap()
}

fn row(developer: i64, n: i64) -> CartRow {
    CartRow {
        developer_id: dev(developer),
        user_id: usr(developer),
        id: id(n),
        marketplace: SHOP,
        offer_id: OfferId::new(743_470_146_000 + n).unwrap(),
        spec_id: format!("spec{n}"),
        quantity: 2,
        seller: "BBB".into(),
        facts: "{\"title\":\"包\"}".into(),
        product_no: Some("P 1".into()),
        container: None,
        added_at: AT.plus_secs(n),
        held_by: None,
    }
}

fn cart(developer: i64) -> CartOf {
    CartOf { developer: dev(developer), user: usr(developer) }
}

async fn add(storage: &Storage, row: &CartRow) -> Result<(), CommitError> {
    storage.commit(Changes::new().add_to_cart(row, ROWS, PIECES)).await
}

async fn rows(storage: &Storage, developer: i64) -> Vec<CartRow> {
    storage.cart(dev(developer), usr(developer), SHOP).await.unwrap()
}

/// Id, pieces and holder of each row.
async fn state(storage: &Storage) -> Vec<(i64, i64, Option<String>)> {
    rows(storage, 1).await.into_iter().map(|r| (r.id.get(), r.quantity, r.held_by)).collect()
}

pub async fn a_row_comes_back_and_the_same_specification_adds_up(storage: Storage, _: Place) {
    add(&storage, &row(1, 2)).await.unwrap();
    add(&storage, &row(1, 1)).await.unwrap();
    assert_eq!(rows(&storage, 1).await, [row(1, 1), row(1, 2)], "in the order of their ids");
    let again = CartRow {
        id: id(9),
        quantity: 5,
        seller: "CCC".into(),
        facts: "{}".into(),
        product_no: None,
        container: Some("B 7".into()),
        added_at: AT,
        ..row(1, 1)
    };
    add(&storage, &again).await.unwrap();
    let added = CartRow { id: id(1), quantity: 7, product_no: Some("P 1".into()), added_at: AT.plus_secs(1), ..again };
    assert_eq!(rows(&storage, 1).await, [added, row(1, 2)]);
    // Without a specification it is a row of its own.
    add(&storage, &CartRow { id: id(3), spec_id: String::new(), ..row(1, 1) }).await.unwrap();
    assert_eq!(rows(&storage, 1).await.len(), 3);
}

pub async fn a_cart_and_a_row_have_bounds(storage: Storage, _: Place) {
    for n in 1..=3 {
        add(&storage, &row(1, n)).await.unwrap();
    }
    assert_eq!(conflict(add(&storage, &row(1, 4)).await), What::CartRoom);
    add(&storage, &CartRow { quantity: 8, ..row(1, 3) }).await.unwrap();
    assert_eq!(conflict(add(&storage, &CartRow { quantity: 1, ..row(1, 3) }).await), What::CartRoom);
    assert_eq!(rows(&storage, 1).await[2].quantity, 10);
    // Another user's cart has room of its own.
    add(&storage, &row(2, 4)).await.unwrap();
    add(&storage, &CartRow { user_id: usr(7), ..row(1, 4) }).await.unwrap();
}

pub async fn rows_change_and_go_for_their_owner_only(storage: Storage, _: Place) {
    add(&storage, &row(1, 1)).await.unwrap();
    let edit = CartEdit { quantity: 4, product_no: None, container: Some("B 7".into()) };
    let stranger = CartOf { user: usr(7), ..cart(1) };
    for other in [cart(2), stranger] {
        let changes = Changes::new().edit_cart_row(other, id(1), &edit).delete_cart_row(other, id(1));
        storage.commit(changes).await.unwrap();
    }
    assert_eq!(rows(&storage, 1).await, [row(1, 1)]);
    storage.commit(Changes::new().edit_cart_row(cart(1), id(1), &edit)).await.unwrap();
    assert_eq!(rows(&storage, 1).await, [CartRow { quantity: 4, container: Some("B 7".into()), ..row(1, 1) }]);
    let gone = Changes::new().delete_cart_row(cart(1), id(1)).delete_cart_row(cart(1), id(5));
    storage.commit(gone).await.unwrap();
    assert_eq!(rows(&storage, 1).await, []);
}

pub async fn a_row_is_held_by_one_intent_and_let_go_by_it(storage: Storage, _: Place) {
    add(&storage, &row(1, 1)).await.unwrap();
    add(&storage, &row(1, 2)).await.unwrap();
    storage.commit(Changes::new().hold_cart_row(cart(1), id(1), "a")).await.unwrap();
    let both = Changes::new().hold_cart_row(cart(1), id(2), "b").hold_cart_row(cart(1), id(1), "b");
    assert_eq!(conflict(storage.commit(both).await), What::CartRow);
    assert_eq!(conflict(storage.commit(Changes::new().hold_cart_row(cart(1), id(5), "b")).await), What::CartRow);
    assert_eq!(state(&storage).await, [(1, 2, Some("a".into())), (2, 2, None)], "all or nothing");
    for (intent, holder) in [("b", Some("a".to_owned())), ("a", None), ("a", None)] {
        storage.commit(Changes::new().release_cart_row(cart(1), id(1), intent)).await.unwrap();
        assert_eq!(state(&storage).await[0].2, holder, "{intent}");
    }
}

pub async fn what_was_bought_leaves_and_what_was_added_meanwhile_stays(storage: Storage, _: Place) {
    for n in 1..=3 {
        add(&storage, &row(1, n)).await.unwrap();
        storage.commit(Changes::new().hold_cart_row(cart(1), id(n), "a")).await.unwrap();
    }
    add(&storage, &CartRow { quantity: 3, ..row(1, 1) }).await.unwrap();
    let fewer = CartEdit { quantity: 1, ..CartEdit::default() };
    storage.commit(Changes::new().edit_cart_row(cart(1), id(2), &fewer)).await.unwrap();
    let by = |intent| (1..=3).fold(Changes::new(), |c, n| c.take_cart_row(cart(1), id(n), intent, 2));
    storage.commit(by("b")).await.unwrap();
    assert_eq!(rows(&storage, 1).await.len(), 3, "nobody else's to take");
    for _ in 0..2 {
        storage.commit(by("a")).await.unwrap();
        assert_eq!(state(&storage).await, [(1, 3, None)]);
    }
}
