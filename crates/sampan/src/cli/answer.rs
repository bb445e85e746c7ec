//! One typed call and its answer on the screen: `data` as sent for programs, a view of the type for people.

use super::{exit::Failure, screen::Screen};
use client::{Client, Request};
use contract::Operation;

/// Calls an operation and prints its answer; gives it back, since some answers decide the exit code.
pub async fn ask<T: Operation>(
    client: &Client,
    request: &T::Request,
    screen: &mut Screen,
    people: impl FnOnce(&T::Answer, &mut Screen),
) -> Result<T::Answer, Failure> {
    let reply = client.send(&Request::of::<T>(request)?).await?.accepted()?;
    let answer = reply.data()?;
    if screen.json() {
        screen.document(reply.data_text());
    } else {
        people(&answer, screen);
    }
    Ok(answer)
}
