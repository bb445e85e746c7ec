//! `listen`: a callback receiver for the desk. Proves each message, prints it, answers 200, and hands it on if asked.
//!
//! With `--forward-to` the receiver behind decides: its status is the platform's answer, so that retries and dead letters
//! can be tried out. Always answering 200 would hide a broken receiver until production.

mod receiver;
mod report;

use super::{
    access::Global,
    callback,
    exit::{Exit, Failure},
    screen::Screen,
};
use clap::Args;
use receiver::{Arrival, Forward, Receiver};
use std::{future::Future, io, net::Ipv4Addr, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

const EXAMPLES: &str = "\
Examples:
  sampan listen --set
  sampan listen --port 9000 --forward-to http://127.0.0.1:3000/webhooks/sampan
  sampan --json listen --set --count 3 | jq .messageType

--set makes this receiver the developer's callback URL and passes its verification; the former URL is replaced.
Ends with Ctrl-C or after --count messages.";

/// Arrivals waiting to be printed; more wait in their connections.
const INBOX: usize = 64;

/// Receive, verify and print callbacks on this machine
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Listen {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Hands each proved message on to this URL and answers with its status
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,
    /// Makes this receiver the developer's callback URL
    #[arg(long)]
    set: bool,
    /// Ends after so many proved messages (verification not counted)
    #[arg(long, value_name = "N")]
    count: Option<u64>,
}

pub async fn run(listen: &Listen, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let forward = listen.forward_to.as_deref().map(Forward::to).transpose()?;
    let (arrivals, inbox) = mpsc::channel(INBOX);
    let serving = Serving::start(listen.port, Receiver::new(global.credentials()?, forward, arrivals)).await?;
    report::ready(&serving.url, screen);
    if listen.set {
        callback::register(&global.developer()?, &serving.url).await?;
        report::registered(screen);
    }
    show(inbox, listen.count, interrupted(), screen).await;
    serving.stop().await;
    Ok(Exit::Done)
}

/// Prints what arrives until `count` messages are there or `end` comes.
async fn show(mut inbox: mpsc::Receiver<Arrival>, count: Option<u64>, end: impl Future, screen: &mut Screen) {
    let mut end = std::pin::pin!(end);
    let mut seen = 0;
    while count.is_none_or(|count| seen < count) {
        tokio::select! {
            arrival = inbox.recv() => match arrival {
                Some(arrival) => {
                    report::arrival(&arrival, screen);
                    seen += u64::from(arrival.counts());
                }
                None => break,
            },
            _ = &mut end => break,
        }
    }
}

async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// A running receiver.
struct Serving {
    url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Serving {
    async fn start(port: u16, receiver: Receiver) -> Result<Self, Failure> {
        let taken = |error: io::Error| Failure::Usage(format!("port {port} cannot be used: {error}"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
        let url = format!("http://{}/", listener.local_addr().map_err(taken)?);
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = axum::serve(listener, receiver.router()).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        Ok(Self { url, stop, task: tokio::spawn(serve.into_future()) })
    }

    /// Lets answers under way finish.
    async fn stop(self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(Duration::from_secs(2), self.task).await;
    }
}
