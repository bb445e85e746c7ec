//! What a receiver sees, over real sockets on loopback.

mod crowd;
mod deliver;
mod hostile;
mod house;
mod post;
mod receiver;
mod tls;
mod verify;
