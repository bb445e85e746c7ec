//! What a caller of the marketplace sees, in process.

#[path = "../kit/album.rs"]
mod album;
#[path = "../conformance/mod.rs"]
mod conformance;
#[path = "../kit/mod.rs"]
mod kit;

mod control;
mod faults;
mod pictures;
mod protocol;
mod search;
