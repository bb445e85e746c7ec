//! Lists at any depth: what counts and segments say is what a look at every order says.

use crate::{
    database::Place,
    samples::{AT, dev, order, usr},
};
use domain::Timestamp;
use storage::{Changes, OrderChange, OrderFilter, Period, Storage, records::Order};

const STATES: [(&str, i64); 4] = [("waitbuyerpay", 1), ("waitsellersend", 2), ("success", 2), ("cancel", 1)];
const HOUR_MS: i64 = 3_600_000;

/// Numbers that look random and are the same each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

fn bought(n: i64, draws: &mut Draws) -> Order {
    let (status, pay_status) = STATES[draws.below(4)];
    // A hundred days; at some moments several at once.
    let created_at = AT.plus_ms(draws.below(2400) as i64 * HOUR_MS);
    let user_id = usr(1 + draws.below(5) as i64 / 4);
    Order { created_at, user_id, status: status.into(), pay_status, ..order(1, n) }
}

/// The ids of a filter by looking at every order.
fn looked_for(orders: &[Order], filter: &OrderFilter) -> Vec<i64> {
    let mut found: Vec<&Order> = orders
        .iter()
        .filter(|o| filter.user.is_none_or(|user| o.user_id == user))
        .filter(|o| filter.statuses.is_empty() || filter.statuses.contains(&o.status))
        .filter(|o| !filter.not_statuses.contains(&o.status))
        .filter(|o| filter.pay_status.is_none_or(|paid| o.pay_status == paid))
        .filter(|o| filter.created.from.is_none_or(|from| o.created_at >= from))
        .filter(|o| filter.created.to.is_none_or(|to| o.created_at <= to))
        .collect();
    found.sort_by_key(|o| std::cmp::Reverse((o.created_at, o.order_id)));
    found.into_iter().map(|o| o.order_id.get()).collect()
}

fn filters(draws: &mut Draws) -> Vec<OrderFilter> {
    let all = OrderFilter { user: Some(usr(1)), ..OrderFilter::default() };
    let mut filters = vec![
        all.clone(),
        OrderFilter { user: Some(usr(2)), ..all.clone() },
        OrderFilter { user: Some(usr(3)), ..all.clone() },
        OrderFilter { statuses: vec!["success".into()], ..all.clone() },
        OrderFilter { statuses: vec!["success".into(), "cancel".into()], ..all.clone() },
        OrderFilter { not_statuses: vec!["success".into(), "cancel".into()], ..all.clone() },
        OrderFilter { pay_status: Some(2), ..all.clone() },
    ];
    for _ in 0..20 {
        let mut at = || Some(AT.plus_ms(draws.below(2400) as i64 * HOUR_MS - 1));
        let (a, b) = (at(), at());
        for created in
            [Period { from: a.min(b), to: a.max(b) }, Period { from: a, to: None }, Period { from: b, to: a }]
        {
            filters.push(OrderFilter { created, ..all.clone() });
            filters.push(OrderFilter { created, statuses: vec!["waitbuyerpay".into()], ..all.clone() });
        }
    }
    filters
}

async fn compare(storage: &Storage, orders: &[Order], filter: &OrderFilter) {
    let expected = looked_for(orders, filter);
    let total = expected.len() as i64;
    for offset in [0, 7, 20, 199, 201, total / 2, total - 205, total - 20, total - 3, total, total + 9] {
        let offset = offset.max(0);
        let page = storage.orders(dev(1), filter, offset, 20).await.unwrap();
        assert_eq!(page.total, total, "{filter:?}");
        let ids: Vec<i64> = page.items.iter().map(|o| o.order_id.get()).collect();
        let of_page: Vec<i64> = expected.iter().skip(offset as usize).take(20).copied().collect();
        assert_eq!(ids, of_page, "{filter:?} at {offset}");
    }
}

pub async fn any_page_is_what_a_look_at_every_order_gives(storage: Storage, _: Place) {
    let mut draws = Draws(7);
    let mut orders: Vec<Order> = (1..=1500).map(|n| bought(n, &mut draws)).collect();
    for some in orders.chunks(100) {
        let changes = some.iter().fold(Changes::new(), |changes, o| changes.order(OrderChange::insert(o)));
        storage.commit(changes).await.unwrap();
    }
    // Some change their state once or twice.
    for _ in 0..400 {
        let at = draws.below(orders.len());
        let (status, pay_status) = STATES[draws.below(4)];
        let next = Order { status: status.into(), pay_status, ..orders[at].clone() };
        storage.commit(Changes::new().order(OrderChange::update(&orders[at], &next))).await.unwrap();
        orders[at] = Order { version: next.version + 1, ..next };
    }
    for filter in filters(&mut draws) {
        compare(&storage, &orders, &filter).await;
    }
}

pub async fn writers_at_once_and_conflicts_leave_the_counts_exact(storage: Storage, _: Place) {
    let writer = |first: i64| {
        let storage = storage.clone();
        tokio::spawn(async move {
            for n in first..first + 20 {
                let made = Order { created_at: Timestamp(AT.0 + n % 3), ..order(1, n) };
                storage.commit(Changes::new().order(OrderChange::insert(&made))).await.unwrap();
                storage.commit(Changes::new().order(OrderChange::insert(&made))).await.unwrap_err();
                let done = Order { status: "success".into(), ..made.clone() };
                let change = || Changes::new().order(OrderChange::update(&made, &done));
                storage.commit(change()).await.unwrap();
                storage.commit(change()).await.unwrap_err();
            }
        })
    };
    for writer in [1, 101, 201, 301, 401, 501, 601, 701].map(writer) {
        writer.await.unwrap();
    }
    let total = async |status: &str| {
        let filter = OrderFilter { user: Some(usr(1)), statuses: vec![status.to_owned()], ..OrderFilter::default() };
        storage.orders(dev(1), &filter, 0, 1).await.unwrap().total
    };
    assert_eq!((total("success").await, total("waitsellersend").await), (160, 0));
}
