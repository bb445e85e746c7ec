//! How many orders a user made on a day and in a run of days, by state. Kept with every change of an order, so that lists
//! have exact totals and reach any page without counting rows.
//!
//! The counts of a commit are added by its last statement, all in one order: where rows are locked (PostgreSQL), the row of
//! a busy day is held for as short as can be, and two commits never wait for each other in a ring. There a day also has
//! several rows, its parts. Rejected: triggers, whose text differs between the databases and which nobody sees when reading
//! the code.

use crate::{
    records::Order,
    step::Step,
    value::{Statement, Value},
};
use std::collections::BTreeMap;

pub(crate) const DAY_MS: i64 = 86_400_000;
/// Days in a run.
pub(crate) const RUN_DAYS: i64 = 32;
/// Parts of a day where rows are locked.
const PARTS_BITS: u32 = 3;
/// Rows of one statement.
const ROWS: usize = 100;

/// What a row of counts covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Span {
    /// Days since the epoch, UTC, divided by [`RUN_DAYS`].
    Run = 0,
    /// Days since the epoch, UTC.
    Day = 1,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    developer: i64,
    user: i64,
    span: Span,
    start: i64,
    status: String,
    pay_status: i64,
    part: i64,
}

/// What a commit adds to the counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally(BTreeMap<Kind, i64>);

impl Tally {
    pub fn add(&mut self, order: &Order, n: i64) {
        let day = order.created_at.0 / DAY_MS;
        for (span, start) in [(Span::Run, day / RUN_DAYS), (Span::Day, day)] {
            let kind = Kind {
                developer: order.developer_id.get(),
                user: order.user_id.get(),
                span,
                start,
                status: order.status.clone(),
                pay_status: order.pay_status,
                part: part(order),
            };
            *self.0.entry(kind).or_default() += n;
        }
    }

    pub fn merge(&mut self, other: Self) {
        for (kind, n) in other.0 {
            *self.0.entry(kind).or_default() += n;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The statements that add it. Without `parts` a day has one row.
    pub fn steps(self, parts: bool) -> Vec<Step> {
        let mut rows: BTreeMap<Kind, i64> = BTreeMap::new();
        for (kind, n) in self.0 {
            let part = if parts { kind.part } else { 0 };
            *rows.entry(Kind { part, ..kind }).or_default() += n;
        }
        let rows: Vec<(Kind, i64)> = rows.into_iter().filter(|(_, n)| *n != 0).collect();
        rows.chunks(ROWS).map(|rows| Step::any(statement(rows))).collect()
    }
}

/// Spreads the orders of a day whatever the marketplace's way of numbering.
fn part(order: &Order) -> i64 {
    let mixed = order.order_id.get().cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    i64::try_from(mixed >> (u64::BITS - PARTS_BITS)).unwrap_or_default()
}

fn statement(rows: &[(Kind, i64)]) -> Statement {
    const COLUMNS: usize = 8;
    let row = |n: usize| {
        let places: Vec<String> = (1..=COLUMNS).map(|c| format!("${}", n * COLUMNS + c)).collect();
        format!("({})", places.join(", "))
    };
    let places: Vec<String> = (0..rows.len()).map(row).collect();
    let sql = format!(
        "INSERT INTO order_counts (developer_id, user_id, span, start, status, pay_status, part, orders) VALUES {} \
         ON CONFLICT (developer_id, user_id, span, start, status, pay_status, part) \
         DO UPDATE SET orders = order_counts.orders + excluded.orders",
        places.join(", ")
    );
    let params = rows.iter().flat_map(|(kind, n)| {
        let Kind { developer, user, span, start, status, pay_status, part } = kind;
        [
            Value::Int(*developer),
            Value::Int(*user),
            Value::Int(*span as i64),
            Value::Int(*start),
            Value::text(status),
            Value::Int(*pay_status),
            Value::Int(*part),
            Value::Int(*n),
        ]
    });
    // Nearly all commits add a row or two for each span.
    Statement { keep: rows.len() <= 4, ..Statement::new(sql, params.collect()) }
}
