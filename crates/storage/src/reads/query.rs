//! A statement that grows with what is asked: filters that are absent leave no trace in its text.

use super::Period;
use crate::value::{Column, Statement, Value};

/// Conditions joined by AND, their parameters numbered as they come.
#[derive(Debug, Clone, Default)]
pub struct Query {
    conditions: Vec<String>,
    params: Vec<Value>,
}

impl Query {
    fn place(&mut self, value: Value) -> String {
        self.params.push(value);
        format!("${}", self.params.len())
    }

    /// `left` is a column with its operator, e.g. `created_at >=`.
    pub fn and(mut self, left: &str, value: &impl Column) -> Self {
        let place = self.place(value.value());
        self.conditions.push(format!("{left} {place}"));
        self
    }

    pub fn and_some<T: Column>(self, left: &str, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.and(left, value),
            None => self,
        }
    }

    /// An empty list asks nothing.
    pub fn and_in<T: Column>(mut self, column: &str, values: &[T]) -> Self {
        if !values.is_empty() {
            let places: Vec<String> = values.iter().map(|v| self.place(v.value())).collect();
            self.conditions.push(format!("{column} IN ({})", places.join(", ")));
        }
        self
    }

    /// The column is none of these; no values ask nothing.
    pub fn and_not_in<T: Column>(mut self, column: &str, values: &[T]) -> Self {
        if !values.is_empty() {
            let places: Vec<String> = values.iter().map(|v| self.place(v.value())).collect();
            self.conditions.push(format!("{column} NOT IN ({})", places.join(", ")));
        }
        self
    }

    pub fn and_within(self, column: &str, period: Period) -> Self {
        self.and_some(&format!("{column} >="), period.from.as_ref())
            .and_some(&format!("{column} <="), period.to.as_ref())
    }

    /// The column, which holds lower case, contains `part` in whatever case.
    pub fn and_contains(mut self, column: &str, part: Option<&str>) -> Self {
        if let Some(part) = part.filter(|p| !p.is_empty()) {
            let place = self.place(Value::text(&pattern(part)));
            self.conditions.push(format!("{column} LIKE {place} ESCAPE '\\'"));
        }
        self
    }

    pub fn count(&self, table: &str) -> Statement {
        self.statement(format!("SELECT count(*) FROM {table} WHERE {}", self.conditions.join(" AND ")))
    }

    /// `select` names columns and table.
    pub fn page(mut self, select: &str, order: &str, offset: i64, limit: i64) -> Statement {
        let conditions = self.conditions.join(" AND ");
        let limit = self.place(limit.value());
        let offset = self.place(offset.value());
        self.statement(format!("{select} WHERE {conditions} ORDER BY {order} LIMIT {limit} OFFSET {offset}"))
    }

    /// `select` names columns and table, `tail` what follows the conditions.
    pub fn tail(&self, select: &str, tail: &str) -> Statement {
        self.statement(format!("{select} WHERE {} {tail}", self.conditions.join(" AND ")))
    }

    fn statement(&self, sql: String) -> Statement {
        Statement { sql: sql.into(), params: self.params.clone(), keep: false, short: false }
    }
}

fn pattern(part: &str) -> String {
    let mut pattern = String::from("%");
    for c in part.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wild_cards_of_the_caller_are_plain_letters() {
        assert_eq!(pattern("5%_A\\"), "%5\\%\\_a\\\\%");
    }

    #[test]
    fn parameters_are_numbered_as_they_appear() {
        let q = Query::default().and("a =", &1).and_in("b", &[2, 3]).and_in::<i64>("c", &[]).and("d <", &4);
        let s = q.page("SELECT x FROM t", "x", 20, 10);
        assert_eq!(s.sql, "SELECT x FROM t WHERE a = $1 AND b IN ($2, $3) AND d < $4 ORDER BY x LIMIT $5 OFFSET $6");
        assert_eq!(s.params, [1, 2, 3, 4, 10, 20].map(Value::Int));
    }
}
