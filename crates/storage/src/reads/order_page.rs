//! Pages of orders at any depth: the counts kept beside the orders say how many there are and on which day a page begins,
//! so no page is reached by stepping over all the rows before it.
//!
//! - A list is cut into segments, the newest first: the parts of days at the ends of the period that is asked for, which are
//!   counted, and between them whole days and runs of days, whose counts are known.
//! - The segment of a page is found by adding up; a run is opened into its days. Within a day rows are stepped over in the
//!   index. A page that is near the end of the whole is stepped to from there.
//!
//! Filters by anything that is not counted (names, refunds, changes) go the plain way, in [`super::order`].

use super::{Page, order::OrderFilter, query::Query};
use crate::{
    Error, Storage,
    changes::{DAY_MS, RUN_DAYS, Span},
    record::Record,
    records::Order,
    value::{Row, Statement},
};
use domain::{DeveloperId, Timestamp};

/// So many rows may be stepped over in the index rather than looked for more closely.
const STEPS: i64 = 200;

/// A stretch of time and how many orders of the filter were made in it.
#[derive(Debug, Clone, Copy)]
struct Segment {
    from_ms: i64,
    to_ms: i64,
    /// Set for a run: its number.
    run: Option<i64>,
    orders: i64,
}

/// The rows to read: newest first from `to_ms`, or oldest first from `from_ms`.
struct Window {
    from_ms: i64,
    to_ms: i64,
    backwards: bool,
    skip: i64,
    limit: i64,
}

/// What the period that is asked for consists of. Days and runs are inclusive ranges.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cut {
    /// Parts of days, in ms.
    edges: Vec<(i64, i64)>,
    days: Vec<(i64, i64)>,
    runs: Option<(i64, i64)>,
}

impl Storage {
    /// A page of a filter that is counted by day; see [`OrderFilter::is_counted`].
    pub(super) async fn counted_orders(
        &self,
        developer: DeveloperId,
        filter: &OrderFilter,
        offset: i64,
        limit: i64,
    ) -> Result<Page<Order>, Error> {
        let asked = Asked { developer, filter };
        let segments = self.segments(asked, &cut(filter.created.from, filter.created.to)).await?;
        let total = segments.iter().map(|segment| segment.orders).sum();
        let items = match self.window(asked, &segments, total, offset, limit).await? {
            Some(window) => self.rows_of(asked, &window).await?,
            None => Vec::new(),
        };
        Ok(Page { items, total })
    }

    /// The segments with orders, the newest first.
    async fn segments(&self, asked: Asked<'_>, cut: &Cut) -> Result<Vec<Segment>, Error> {
        let edges = cut.edges.iter().map(|edge| asked.count(*edge));
        let sums = cut.days.iter().map(|days| asked.sums(Span::Day, *days));
        let runs = cut.runs.iter().map(|runs| asked.sums(Span::Run, *runs));
        let mut answers = self.backend.read(edges.chain(sums).chain(runs).collect()).await?.into_iter();
        let mut segments = Vec::new();
        for (from_ms, to_ms) in &cut.edges {
            for row in answers.next().unwrap_or_default() {
                let orders = row.cells(Order::TABLE).next("count")?;
                segments.push(Segment { from_ms: *from_ms, to_ms: *to_ms, run: None, orders });
            }
        }
        for _ in &cut.days {
            segments.extend(answers.next().unwrap_or_default().into_iter().map(day).collect::<Result<Vec<_>, _>>()?);
        }
        segments.extend(answers.flatten().map(run).collect::<Result<Vec<_>, _>>()?);
        segments.retain(|segment| segment.orders > 0);
        Ok(newest_first(segments))
    }

    async fn window(
        &self,
        asked: Asked<'_>,
        segments: &[Segment],
        total: i64,
        offset: i64,
        limit: i64,
    ) -> Result<Option<Window>, Error> {
        let (Some(newest), Some(oldest)) = (segments.first(), segments.last()) else { return Ok(None) };
        if offset >= total || limit <= 0 {
            return Ok(None);
        }
        let whole = Window { from_ms: oldest.from_ms, to_ms: newest.to_ms, backwards: false, skip: offset, limit };
        let after = total - offset - limit;
        if offset > STEPS && after <= STEPS {
            let limit = limit.min(total - offset);
            return Ok(Some(Window { backwards: true, skip: after.max(0), limit, ..whole }));
        }
        let Some((segment, skip)) = locate(segments, offset) else { return Ok(None) };
        let (segment, skip) = match segment.run {
            Some(number) if skip > STEPS => {
                let days = (number * RUN_DAYS, number * RUN_DAYS + RUN_DAYS - 1);
                let rows = self.backend.read(vec![asked.sums(Span::Day, days)]).await?;
                let days = rows.into_iter().flatten().map(day).collect::<Result<Vec<_>, _>>()?;
                // Somebody may have bought between the two reads; then the run still begins where it began.
                locate(&newest_first(days), skip).unwrap_or((segment, skip))
            }
            Some(_) | None => (segment, skip),
        };
        Ok(Some(Window { to_ms: segment.to_ms, skip, ..whole }))
    }

    async fn rows_of(&self, asked: Asked<'_>, window: &Window) -> Result<Vec<Order>, Error> {
        let mut orders: Vec<Order> = self.all(asked.select(window)).await?;
        if window.backwards {
            orders.reverse();
        }
        Ok(orders)
    }
}

/// A filter and whose orders it is about.
#[derive(Clone, Copy)]
struct Asked<'a> {
    developer: DeveloperId,
    filter: &'a OrderFilter,
}

impl Asked<'_> {
    fn owner(self) -> Query {
        Query::default().and("developer_id =", &self.developer).and_some("user_id =", self.filter.user.as_ref())
    }

    fn within(self, (from, to): (i64, i64)) -> Query {
        self.filter.states(self.owner().and("created_at >=", &from).and("created_at <=", &to))
    }

    fn count(self, edge: (i64, i64)) -> Statement {
        self.within(edge).count(Order::TABLE).kept().short()
    }

    fn sums(self, span: Span, (first, last): (i64, i64)) -> Statement {
        let rows = self.owner().and("span =", &(span as i64)).and("start >=", &first).and("start <=", &last);
        let rows = self.filter.states(rows);
        rows.tail("SELECT start, CAST(sum(orders) AS BIGINT) FROM order_counts", "GROUP BY start").kept().short()
    }

    fn select(self, window: &Window) -> Statement {
        let select = format!("SELECT {} FROM {}", Order::COLUMNS.join(", "), Order::TABLE);
        let order = if window.backwards { "created_at, order_id" } else { "created_at DESC, order_id DESC" };
        self.within((window.from_ms, window.to_ms)).page(&select, order, window.skip, window.limit).kept().short()
    }
}

fn day(row: Row) -> Result<Segment, Error> {
    let mut cells = row.cells("order_counts");
    let (start, orders): (i64, i64) = (cells.next("start")?, cells.next("orders")?);
    Ok(Segment { from_ms: start * DAY_MS, to_ms: start * DAY_MS + DAY_MS - 1, run: None, orders })
}

fn run(row: Row) -> Result<Segment, Error> {
    const RUN_MS: i64 = RUN_DAYS * DAY_MS;
    let mut cells = row.cells("order_counts");
    let (start, orders): (i64, i64) = (cells.next("start")?, cells.next("orders")?);
    Ok(Segment { from_ms: start * RUN_MS, to_ms: start * RUN_MS + RUN_MS - 1, run: Some(start), orders })
}

/// Sums come in no order.
fn newest_first(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.from_ms));
    segments
}

/// The segment in which the row `offset` lies, and its place there.
fn locate(newest_first: &[Segment], offset: i64) -> Option<(Segment, i64)> {
    let mut before = 0;
    for segment in newest_first {
        if offset < before + segment.orders {
            return Some((*segment, offset - before));
        }
        before += segment.orders;
    }
    None
}

/// Cuts a period at whole days and runs of days. No order was made before the epoch.
fn cut(from: Option<Timestamp>, to: Option<Timestamp>) -> Cut {
    let from = from.map_or(0, |t| t.0.max(0));
    // An end that is left out lies a thousand years ahead: the sums below then never overflow.
    let to = to.map_or(LAST_MS, |t| t.0.min(LAST_MS));
    let mut cut = Cut::default();
    if from > to {
        return cut;
    }
    let (first, last) = ((from + DAY_MS - 1) / DAY_MS, (to + 1) / DAY_MS - 1);
    if first > last {
        cut.edges.push((from, to));
        return cut;
    }
    cut.edges.extend(Some((from, first * DAY_MS - 1)).filter(|(a, b)| a <= b));
    cut.edges.extend(Some(((last + 1) * DAY_MS, to)).filter(|(a, b)| a <= b));
    let (first_run, last_run) = ((first + RUN_DAYS - 1) / RUN_DAYS, (last + 1) / RUN_DAYS - 1);
    if first_run > last_run {
        cut.days.push((first, last));
        return cut;
    }
    cut.days.extend(Some((first, first_run * RUN_DAYS - 1)).filter(|(a, b)| a <= b));
    cut.days.extend(Some(((last_run + 1) * RUN_DAYS, last)).filter(|(a, b)| a <= b));
    cut.runs = Some((first_run, last_run));
    cut
}

const LAST_MS: i64 = 1000 * 366 * DAY_MS - 1;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(cut: &Cut) -> Vec<(i64, i64)> {
        let days = |first: i64, last: i64| (first * DAY_MS, (last + 1) * DAY_MS - 1);
        let mut spans = cut.edges.clone();
        spans.extend(cut.days.iter().map(|(first, last)| days(*first, *last)));
        spans.extend(cut.runs.iter().map(|(first, last)| days(first * RUN_DAYS, (last + 1) * RUN_DAYS - 1)));
        spans.sort_unstable();
        spans
    }

    proptest! {
        #[test]
        fn the_parts_of_a_period_are_the_period(from in 0..400 * DAY_MS, length in 0..400 * DAY_MS) {
            let to = from + length;
            let spans = spans(&cut(Some(Timestamp(from)), Some(Timestamp(to))));
            prop_assert_eq!(spans.first().unwrap().0, from);
            prop_assert_eq!(spans.last().unwrap().1, to);
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].1 + 1, pair[1].0);
            }
        }
    }

    #[test]
    fn a_period_without_ends_needs_no_counting() {
        let all = cut(None, None);
        assert_eq!((all.edges.len(), all.runs.is_some()), (0, true));
        assert_eq!(cut(Some(Timestamp(5)), Some(Timestamp(4))), Cut::default());
        assert_eq!(cut(Some(Timestamp(i64::MIN)), Some(Timestamp(i64::MAX))), all);
    }
}
