//! What an operator and a developer can find out afterwards: the log of requests, the ids that go on, and the doctor.

mod doctor;
mod listen;
mod log;
mod upstream;

use crate::{
    answer::Answer,
    persona::Persona,
    world::{World, until},
};
use serde_json::{Value, json};

pub const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
pub const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

impl World {
    async fn look_up(&self, persona: &Persona, request_id: &str) -> Answer {
        self.post(persona, "/developer/request/get", json!({"requestId": request_id})).await
    }

    /// The entry of a read or a refusal, which comes a moment after the answer.
    async fn explained(&self, persona: &Persona, request_id: &str) -> Value {
        until("the entry of a request", async || {
            let answer = self.look_up(persona, request_id).await;
            (answer.code() == 200).then(|| answer.accepted())
        })
        .await
    }
}
