//! The HTTP tests: the whole installation in one process, asked as its callers ask it.
//!
//! Modules mirror the routes. Requests are signed here over `contract::signature` and not by the SDK, so that the tests are
//! an independent client. There are no sockets but those of callback receivers.

#[path = "../../../sandbox/tests/kit/album.rs"]
mod album;
mod ambiguity;
mod answer;
mod ask;
mod care;
mod cart;
mod claim;
mod coverage;
mod database;
mod developer;
mod events;
mod explain;
mod faults;
mod fixtures;
mod guard;
mod hand;
mod headers;
mod ids;
mod kill;
mod malice;
mod operations;
mod operator;
mod order;
mod outage;
mod persona;
mod pipeline;
mod product;
mod purchase;
mod race;
mod receiver;
mod recording;
mod refund;
mod tls;
mod upstream;
mod walk;
mod world;
