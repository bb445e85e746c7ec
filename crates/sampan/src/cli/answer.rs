//! One typed call and its answer on the screen: `data` as sent for programs, a view of the type for people.

use super::{
    exit::{Exit, Failure},
    screen::Screen,
};
use client::{Client, Request};
use contract::Operation;

/// Calls an operation and prints its answer.
pub async fn ask<T: Operation>(
    client: &Client,
    request: &T::Request,
    screen: &mut Screen,
    people: impl FnOnce(T::Answer, &mut Screen),
) -> Result<Exit, Failure> {
    let reply = client.send(&Request::of::<T>(request)?).await?.accepted()?;
    if screen.json() {
        screen.document(reply.data_text());
    } else {
        people(reply.data()?, screen);
    }
    Ok(Exit::Done)
}
