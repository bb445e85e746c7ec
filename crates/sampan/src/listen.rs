//! Taking connections: HTTP/1.1, by TLS where there is a certificate, each with bounds. A caller who sends its head drop by
//! drop is let go, so that strangers cannot hold connections open for nothing.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a request's head may take, and how long a connection may wait for its next request.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long a caller may take to agree on encryption.
const HANDSHAKE_PATIENCE: Duration = Duration::from_secs(10);
/// Connections at once; more wait in the system's queue.
const CONNECTIONS: usize = 8192;
/// After a failed accept (no file descriptors left, for one).
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `stop`, then lets requests under way finish.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, stop: CancellationToken) {
    let open = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            (place, accepted) = next(&listener, &room) => match (place, accepted) {
                (Some(place), Ok((stream, peer))) => {
                    let connection = Connection { peer, router: router.clone(), open: open.watcher(), place };
                    match tls.clone() {
                        Some(tls) => drop(tokio::spawn(connection.encrypted(tls, stream))),
                        None => drop(tokio::spawn(connection.plain(stream))),
                    }
                }
                (None, _) => break,
                (Some(_), Err(error)) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    // Closed before the drain: a new caller is refused at once and goes elsewhere.
    drop(listener);
    open.shutdown().await;
}

/// The next connection, once there is a place for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, io::Result<(TcpStream, SocketAddr)>) {
    let place = room.clone().acquire_owned().await.ok();
    (place, listener.accept().await)
}

/// A caller, before its first request.
struct Connection {
    peer: SocketAddr,
    router: Router,
    open: Watcher,
    place: OwnedSemaphorePermit,
}

impl Connection {
    async fn plain(self, stream: TcpStream) {
        at_once(&stream);
        self.speak(stream).await;
    }

    async fn encrypted(self, tls: TlsAcceptor, stream: TcpStream) {
        at_once(&stream);
        match timeout(HANDSHAKE_PATIENCE, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.speak(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "a caller does not agree on encryption"),
            Err(_) => tracing::debug!("a caller takes too long to agree on encryption"),
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let Self { peer, router, open, place } = self;
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
        if let Err(error) = open.watch(http.serve_connection(TokioIo::new(stream), service)).await {
            tracing::debug!(%error, "a connection ended");
        }
        drop(place);
    }
}

/// Answers are written whole; waiting for more would only delay them.
fn at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
}
