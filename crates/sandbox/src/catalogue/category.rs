//! The category tree: up to three levels, a child names its parent.

use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct Category {
    pub id: i64,
    /// 0 at the first level.
    pub parent: i64,
    pub zh: String,
    pub en: String,
}

/// The category `id` and those above it, from the top down; empty for an unknown id. Stops at the depth of the tree, so
/// that a cycle in the data cannot hang it.
pub fn path(all: &[Category], id: i64) -> Vec<&Category> {
    let mut path = Vec::new();
    let mut next = id;
    while let Some(found) = all.iter().find(|c| c.id == next).filter(|_| path.len() < 4) {
        path.insert(0, found);
        next = found.parent;
    }
    path
}
