//! The economy as its callers see it.
