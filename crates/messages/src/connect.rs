//! The connection to a receiver: resolve, judge every address, connect to one that passed, TLS on top.
//!
//! The check sits in the connector and not before the call, because only here the address that was judged is the address
//! that is connected to. The client of hyper-util is given this connector whole; its own would not judge addresses that
//! are written out in the URL.

use crate::{
    address::{AddressRule, Denied},
    post::Uses,
    resolve::Resolve,
};
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use rustls::pki_types::ServerName;
use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error("address denied: {0}")]
    Denied(#[from] Denied),
    #[error("host name does not resolve")]
    Unresolved,
    #[error("connection refused or lost")]
    Refused,
    #[error("TLS failed")]
    Tls,
}

#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) rule: Arc<AddressRule>,
    pub(crate) resolver: Arc<dyn Resolve>,
    /// `None` where the machine has no trust roots: https then fails, http to allowed addresses works.
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
}

impl Connector {
    async fn connect(self, uri: Uri) -> Result<Wire, ConnectError> {
        let secure = uri.scheme_str() == Some("https");
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = dial(&self.addresses(&host, secure).await?, port).await?;
        if !secure {
            return Ok(Wire::new(stream));
        }
        let config = self.tls.ok_or(ConnectError::Tls)?;
        let name = ServerName::try_from(host).map_err(|_| ConnectError::Tls)?;
        let stream = TlsConnector::from(config).connect(name, stream).await.map_err(|_| ConnectError::Tls)?;
        Ok(Wire::new(stream))
    }

    /// The addresses of the host that passed; the refusal of the first one where none did.
    async fn addresses(&self, host: &str, secure: bool) -> Result<Vec<IpAddr>, ConnectError> {
        let found = match host.parse::<IpAddr>() {
            Ok(literal) => vec![literal],
            Err(_) => self.resolver.resolve(host).await.map_err(|_| ConnectError::Unresolved)?,
        };
        let mut refusal = ConnectError::Unresolved;
        let mut passed = Vec::with_capacity(found.len());
        for address in found {
            match self.rule.judge(address, secure) {
                Ok(()) => passed.push(address),
                Err(denied) => refusal = denied.into(),
            }
        }
        if passed.is_empty() { Err(refusal) } else { Ok(passed) }
    }
}

async fn dial(addresses: &[IpAddr], port: u16) -> Result<TcpStream, ConnectError> {
    for address in addresses {
        if let Ok(stream) = TcpStream::connect(SocketAddr::new(*address, port)).await {
            // Latency of one small request matters, throughput does not; a refused option costs nothing else.
            stream.set_nodelay(true).ok();
            return Ok(stream);
        }
    }
    Err(ConnectError::Refused)
}

impl tower::Service<Uri> for Connector {
    type Response = Wire;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Wire, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}

/// Roots and provider for https: the machine's own trust store, ring. `None` where the machine has none.
pub fn platform_tls() -> Option<Arc<rustls::ClientConfig>> {
    use rustls_platform_verifier::BuilderVerifierExt;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    match versions.with_platform_verifier() {
        Ok(builder) => Some(Arc::new(builder.with_no_client_auth())),
        Err(error) => {
            tracing::warn!(%error, "no trust roots on this machine: callbacks by https will fail");
            None
        }
    }
}

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connected stream, with or without TLS.
pub(crate) struct Wire(TokioIo<Box<dyn Duplex>>, Uses);

impl Wire {
    fn new(stream: impl Duplex + 'static) -> Self {
        Self(TokioIo::new(Box::new(stream)), Uses::default())
    }
}

impl Connection for Wire {
    fn connected(&self) -> Connected {
        Connected::new().extra(self.1.clone())
    }
}

impl Read for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl Write for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
