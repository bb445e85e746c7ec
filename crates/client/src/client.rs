//! The client: signs, sends, reads the envelope.
//!
//! Only calls that change nothing are tried again by themselves; what a lost write did is for the caller to find out, with
//! an `Idempotency-Key`. Redirects are not followed, since the signed headers are not meant for another host.

use crate::{
    credentials::{Credentials, Scheme},
    error::ClientError,
    reply::{Plain, Reply},
    request::Request,
    retry::Retries,
    sign::SystemHeaders,
    sources::Sources,
    strong::{StrongHeaders, Target},
    transport::Transport,
};
use contract::Operation;
use http::{HeaderMap, Method};
use std::time::Duration;

/// How long a call may take by default, the answer included.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Makes signed calls with one key. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    credentials: Credentials,
    transport: Transport,
    sources: Sources,
    retries: Retries,
}

impl Client {
    /// A client for the API at `base_url`, such as `http://127.0.0.1:8080` or `https://www.example.com/api`; paths are
    /// joined to it as text.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, ClientError> {
        let transport = Transport::new(base_url.into(), DEFAULT_TIMEOUT)?;
        Ok(Self { credentials, transport, sources: Sources::system(), retries: Retries::default() })
    }

    /// Takes time and nonces from somewhere else.
    #[must_use]
    pub fn with_sources(mut self, sources: Sources) -> Self {
        self.sources = sources;
        self
    }

    /// Changes how calls that change nothing are tried again.
    #[must_use]
    pub fn with_retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Changes how long one try may take.
    pub fn with_timeout(mut self, timeout: Duration) -> Result<Self, ClientError> {
        self.transport = Transport::new(self.transport.base_url().to_owned(), timeout)?;
        Ok(self)
    }

    pub fn base_url(&self) -> &str {
        self.transport.base_url()
    }

    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Calls an operation of the contract and gives its `data`; a refusal is [`ClientError::Api`].
    pub async fn call<T: Operation>(&self, request: &T::Request) -> Result<T::Answer, ClientError> {
        self.send(&Request::of::<T>(request)?).await?.accepted()?.data()
    }

    /// [`Self::call`] with an `Idempotency-Key`: for writes that may have to be repeated.
    pub async fn call_keyed<T: Operation>(&self, request: &T::Request, key: &str) -> Result<T::Answer, ClientError> {
        self.send(&Request::of::<T>(request)?.idempotency_key(key)?).await?.accepted()?.data()
    }

    /// Uploads a JPEG (under 1 MB) to a voucher operation; the voucher's address is `imageDomain` + `/` +
    /// `imageRelativeUrl` of the answer.
    pub async fn upload_voucher<T: Operation>(&self, jpeg: &[u8], key: Option<&str>) -> Result<T::Answer, ClientError> {
        let mut request = Request::new(Method::POST, T::PATH).file("imageData", "voucher.jpg", "image/jpeg", jpeg);
        if let Some(key) = key {
            request = request.idempotency_key(key)?;
        }
        self.send(&request).await?.accepted()?.data()
    }

    /// Calls any path, with whatever query, body (JSON text; empty means none) and further headers. Never tried again.
    pub async fn call_raw(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: &str,
        headers: &HeaderMap,
    ) -> Result<Reply, ClientError> {
        let mut request = query.iter().fold(Request::new(method, path), |r, (name, value)| r.query(*name, *value));
        if !body.is_empty() {
            request = request.json(body);
        }
        request.headers.extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
        self.send(&request).await
    }

    /// Signs and sends. Every answer of the platform is `Ok`, refusals too; see [`Reply::accepted`].
    pub async fn send(&self, request: &Request) -> Result<Reply, ClientError> {
        let mut tries = 1;
        loop {
            let result = self.send_once(request).await;
            let Some(pause) = self.retries.pause(tries, request.reads, &result) else {
                return result;
            };
            tokio::time::sleep(pause).await;
            tries += 1;
        }
    }

    /// Signs and sends to a path whose answers have no envelope. Never tried again.
    pub async fn fetch(&self, request: &Request) -> Result<Plain, ClientError> {
        let url = self.transport.address(request)?;
        let Request { method, body, .. } = request;
        match self.credentials.scheme {
            Scheme::V1 => {
                let headers = SystemHeaders::fresh(&self.credentials, &self.sources)?;
                self.transport.exchange(request, url, headers.pairs()).await
            }
            Scheme::Strong => {
                let (path, query) = (url.path(), url.query());
                let target = Target { method: method.as_str(), path, query, body: body.sent() };
                let headers = StrongHeaders::fresh(&self.credentials, &self.sources, &target)?;
                self.transport.exchange(request, url, headers.pairs()).await
            }
        }
    }

    async fn send_once(&self, request: &Request) -> Result<Reply, ClientError> {
        let plain = self.fetch(request).await?;
        let status = plain.status;
        let no_envelope = |e| self.transport.not_the_platform(request, status, format!("no envelope: {e}"));
        Reply::read(plain).map_err(no_envelope)
    }
}
