//! Which limit an operation counts towards: a class of operations that cost alike.
//!
//! | class | operations |
//! | --- | --- |
//! | `searches` | lists of goods that are looked for: by words, by picture, of a seller, recommended, selections and pools |
//! | `writes` | what changes state |
//! | `reads` | the rest |
//!
//! It follows from the table of operations, so that a new one says nothing twice. What the operator calls has no limit.

use crate::operation::{Edition, Entry};

/// A class of operations with a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteClass {
    Reads,
    Searches,
    Writes,
}

impl RouteClass {
    pub const ALL: [Self; 3] = [Self::Reads, Self::Searches, Self::Writes];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Searches => "searches",
            Self::Writes => "writes",
        }
    }

    /// `None` for what nobody limits.
    pub fn of(entry: &Entry) -> Option<Self> {
        match entry.edition {
            Edition::Operator => None,
            Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor | Edition::Developer => Some(if entry.writes {
                Self::Writes
            } else if SEARCHES.iter().any(|end| entry.path.ends_with(end)) {
                Self::Searches
            } else {
                Self::Reads
            }),
        }
    }
}

/// Ends of the paths of searches.
const SEARCHES: &[&str] = &[
    "/product/keywords/query",
    "/product/image/query",
    "/product/query/selleroffer",
    "/product/productRecommendQuery",
    "/product/productRelatedRecommendQuery",
    "/product/selection1688/query",
    "/product/globalSelection/query",
    "/product/topList/query",
    "/product/pool/list",
];

/// The one operation that the quota of the day does not count: it tells what is left.
pub const UNCOUNTED: &str = "/developer/quota/get";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OPERATIONS;

    #[test]
    fn every_operation_of_a_developer_has_a_class_and_each_search_is_one() {
        for entry in OPERATIONS {
            let class = RouteClass::of(entry);
            assert_eq!(class.is_none(), entry.edition == Edition::Operator, "{}", entry.id);
            assert_eq!(class == Some(RouteClass::Writes), entry.writes && class.is_some(), "{}", entry.id);
        }
        for end in SEARCHES {
            let found = OPERATIONS.iter().filter(|entry| entry.path.ends_with(end));
            assert!(found.clone().count() > 0 && found.clone().all(|entry| !entry.writes), "{end}");
        }
        assert!(OPERATIONS.iter().any(|entry| entry.path == UNCOUNTED));
    }
}
