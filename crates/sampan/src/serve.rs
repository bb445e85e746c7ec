//! `sampan serve`: listens until it is told to stop, then drains within ten seconds.

use crate::{app::App, config::Config, listen, tls::Certificates};
use std::{sync::Arc, time::Duration};
use tokio::signal::unix::{Signal, SignalKind, signal};
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
pub async fn serve(app: App, stop: CancellationToken) -> Result<(), String> {
    let listener = app.take_listener().ok_or("the server serves already")?;
    let tls = app.certificates.clone().map(Certificates::acceptor).transpose()?;
    if let Some(certificates) = app.certificates.clone() {
        // Listened for before anybody is served: unheard, the signal would end the process.
        let hangup = signal(SignalKind::hangup()).map_err(|e| format!("SIGHUP cannot be heard: {e}"))?;
        tokio::spawn(read_again(certificates, hangup, stop.clone()));
    }
    let server = tokio::spawn(listen::serve(listener, tls, app.router.clone(), stop.clone()));
    stop.cancelled().await;
    let drained = tokio::time::timeout(DRAIN, async {
        let served = server.await;
        app.stop().await;
        served
    });
    match drained.await {
        Ok(served) => served.map_err(|error| format!("the server ended: {error}")),
        Err(_) => {
            tracing::warn!("not everything was drained in time");
            Ok(())
        }
    }
}

fn announce(app: &App, config: &Config) {
    tracing::info!(address = %app.address, base_url = app.base_url, data = %config.data.display(), "listening");
}

/// A renewed certificate is taken when the process is told to; one that cannot be used leaves the old one in its place.
async fn read_again(certificates: Arc<Certificates>, mut hangup: Signal, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = hangup.recv() => match certificates.read_again() {
                Ok(()) => tracing::info!("the certificate was read again"),
                Err(error) => tracing::error!(error, "the certificate cannot be used; the old one stays"),
            },
        }
    }
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
