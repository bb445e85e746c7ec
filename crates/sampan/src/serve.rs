//! `sampan serve`: listens until it is told to stop, then drains within ten seconds.

use crate::{app::App, config::Config};
use std::{net::SocketAddr, time::Duration};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long requests under way and jobs may take to end.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT.
pub async fn run(config: &Config) -> Result<(), String> {
    let app = App::start(config).await?;
    announce(&app, config);
    let stop = CancellationToken::new();
    tokio::spawn(cancel_on_signal(stop.clone()));
    serve(app, stop).await
}

/// Serves a started app until `stop`.
pub async fn serve(mut app: App, stop: CancellationToken) -> Result<(), String> {
    let router = std::mem::take(&mut app.router).into_make_service_with_connect_info::<SocketAddr>();
    let listener = std::mem::replace(&mut app.listener, spare().await?);
    let server = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let server = tokio::spawn(server.into_future());
    stop.cancelled().await;
    let drained = tokio::time::timeout(DRAIN, async {
        let served = server.await;
        app.stop().await;
        served
    });
    match drained.await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(error))) => Err(format!("the server ended: {error}")),
        Ok(Err(error)) => Err(format!("the server ended: {error}")),
        Err(_) => {
            tracing::warn!("not everything was drained in time");
            Ok(())
        }
    }
}

/// A listener that nobody uses, so that the app keeps its shape while its own one serves.
async fn spare() -> Result<tokio::net::TcpListener, String> {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|e| format!("listen: {e}"))
}

fn announce(app: &App, config: &Config) {
    tracing::info!(address = %app.address, base_url = app.base_url, data = %config.data.display(), "listening");
}

async fn cancel_on_signal(stop: CancellationToken) {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be heard");
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    tracing::info!("stopping");
    stop.cancel();
}
