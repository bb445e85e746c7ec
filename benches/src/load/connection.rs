//! One keep-alive connection: a request out, the whole answer in, judged.

use super::scenario::Scenario;
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    pub async fn open(to: &str) -> Result<Self, String> {
        let socket = TcpStream::connect(to).await.map_err(|e| format!("{to}: {e}"))?;
        socket.set_nodelay(true).map_err(|e| e.to_string())?;
        let (sender, connection) = handshake(TokioIo::new(socket)).await.map_err(|e| e.to_string())?;
        // What ends a connection is told by the request that fails on it.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self { sender })
    }

    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), String> {
        self.sender.ready().await.map_err(|e| e.to_string())?;
        let answer = self.sender.send_request(request).await.map_err(|e| e.to_string())?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(|e| e.to_string())?;
        Ok((status, body.to_bytes()))
    }

    /// Sends the request of a ticket and judges what came back.
    pub async fn call(&mut self, scenario: &Scenario, ticket: u64) -> Result<(), String> {
        let (status, body) = self.send(scenario.request(ticket)).await?;
        scenario.judge(status, &body)
    }
}

/// One request on a connection of its own; its body, if it was a success.
pub async fn once(to: &str, scenario: &Scenario) -> Result<Bytes, String> {
    let mut connection = Connection::open(to).await?;
    let (status, body) = connection.send(scenario.request(0)).await?;
    scenario.judge(status, &body).map(|()| body)
}
