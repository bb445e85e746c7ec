//! Shopping carts. Each change is one statement over the row as it then is, so none needs the version that was read: what
//! is added at the same moment is added up, and what is bought leaves what was added meanwhile.

use super::Changes;
use crate::{
    What,
    record::Record,
    records::CartRow,
    step::Step,
    value::{Column, Statement, Value},
};
use domain::{CartRowId, DeveloperId, UserId};

/// The rows of one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartOf {
    pub developer: DeveloperId,
    pub user: UserId,
}

impl CartOf {
    /// `before`, then the key of a row.
    fn at(self, before: Vec<Value>, row: CartRowId) -> Vec<Value> {
        let key = [self.developer.value(), self.user.value(), row.value()];
        before.into_iter().chain(key).collect()
    }
}

/// What a row may be changed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CartEdit {
    pub quantity: i64,
    /// `None`: as before.
    pub product_no: Option<String>,
    pub container: Option<String>,
}

impl Changes {
    /// Adds a row, or its pieces to the row of the same specification, which then says what `row` says.
    ///
    /// - conflicts (`CartRoom`) where the cart has `rows` rows, or the row would have more than `pieces`.
    pub fn add_to_cart(self, row: &CartRow, rows: usize, pieces: u32) -> Self {
        const SQL: &str = "INSERT INTO cart_rows (developer_id, user_id, id, marketplace, offer_id, spec_id, quantity, \
            seller, facts, product_no, container, added_at, held_by) \
            SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT), \
            CAST($6 AS TEXT), CAST($7 AS BIGINT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT), \
            CAST($11 AS TEXT), CAST($12 AS BIGINT), CAST($13 AS TEXT) \
            WHERE EXISTS (SELECT 1 FROM cart_rows c WHERE c.developer_id = $1 AND c.user_id = $2 \
            AND c.marketplace = $4 AND c.offer_id = $5 AND c.spec_id = $6) \
            OR (SELECT count(*) FROM cart_rows c WHERE c.developer_id = $1 AND c.user_id = $2 \
            AND c.marketplace = $4) < $14 \
            ON CONFLICT (developer_id, user_id, marketplace, offer_id, spec_id) DO UPDATE SET \
            quantity = cart_rows.quantity + excluded.quantity, seller = excluded.seller, facts = excluded.facts, \
            product_no = coalesce(excluded.product_no, cart_rows.product_no), \
            container = coalesce(excluded.container, cart_rows.container) \
            WHERE cart_rows.quantity + excluded.quantity <= $15";
        let mut params = row.values();
        params.push(i64::try_from(rows).unwrap_or(i64::MAX).value());
        params.push(i64::from(pieces).value());
        self.step(Step::one(What::CartRoom, Statement::new(SQL, params)))
    }

    /// A row that is not there stays away.
    pub fn edit_cart_row(self, cart: CartOf, row: CartRowId, edit: &CartEdit) -> Self {
        const SQL: &str = "UPDATE cart_rows SET quantity = $1, product_no = coalesce($2, product_no), \
            container = coalesce($3, container) WHERE developer_id = $4 AND user_id = $5 AND id = $6";
        let edited = vec![edit.quantity.value(), edit.product_no.value(), edit.container.value()];
        self.step(Step::any(Statement::new(SQL, cart.at(edited, row))))
    }

    /// A row that is not there stays away.
    pub fn delete_cart_row(self, cart: CartOf, row: CartRowId) -> Self {
        const SQL: &str = "DELETE FROM cart_rows WHERE developer_id = $1 AND user_id = $2 AND id = $3";
        self.step(Step::any(Statement::new(SQL, cart.at(Vec::new(), row))))
    }

    /// Keeps a row for the intent that is about to buy it. Conflicts where another one has it, or where it is gone.
    pub fn hold_cart_row(self, cart: CartOf, row: CartRowId, intent: &str) -> Self {
        const SQL: &str = "UPDATE cart_rows SET held_by = $1 \
            WHERE developer_id = $2 AND user_id = $3 AND id = $4 AND held_by IS NULL";
        let params = cart.at(vec![intent.to_owned().value()], row);
        self.step(Step::one(What::CartRow, Statement::new(SQL, params)))
    }

    /// The intent did not buy the row it held.
    pub fn release_cart_row(self, cart: CartOf, row: CartRowId, intent: &str) -> Self {
        const SQL: &str = "UPDATE cart_rows SET held_by = NULL \
            WHERE developer_id = $1 AND user_id = $2 AND id = $3 AND held_by = $4";
        let mut params = cart.at(Vec::new(), row);
        params.push(intent.to_owned().value());
        self.step(Step::any(Statement::new(SQL, params)))
    }

    /// The intent bought so many pieces of the row it held: they leave, and what was added meanwhile stays.
    pub fn take_cart_row(self, cart: CartOf, row: CartRowId, intent: &str, pieces: u32) -> Self {
        const ALL: &str = "DELETE FROM cart_rows \
            WHERE quantity <= $1 AND developer_id = $2 AND user_id = $3 AND id = $4 AND held_by = $5";
        const SOME: &str = "UPDATE cart_rows SET quantity = quantity - $1, held_by = NULL \
            WHERE developer_id = $2 AND user_id = $3 AND id = $4 AND held_by = $5";
        let mut params = cart.at(vec![i64::from(pieces).value()], row);
        params.push(intent.to_owned().value());
        self.step(Step::any(Statement::new(ALL, params.clone()))).step(Step::any(Statement::new(SOME, params)))
    }
}
