//! Taking connections: HTTP/1.1, each with bounds. A caller who sends its head drop by drop is let go, so that strangers
//! cannot hold connections open for nothing.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a request's head may take, and how long a connection may wait for its next request.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// Connections at once; more wait in the system's queue.
const CONNECTIONS: usize = 8192;
/// After a failed accept (no file descriptors left, for one).
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `stop`, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let open = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            (place, accepted) = next(&listener, &room) => match (place, accepted) {
                (Some(place), Ok((stream, peer))) => connection(stream, peer, router.clone(), &open, place),
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

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    open: &GracefulShutdown,
    place: OwnedSemaphorePermit,
) {
    // Answers are written whole; waiting for more would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    let served = open.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = served.await {
            tracing::debug!(%error, "a connection ended");
        }
        drop(place);
    });
}
