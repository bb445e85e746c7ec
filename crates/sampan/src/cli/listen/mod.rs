//! `listen`: a callback receiver for the desk. Proves each message, prints it, answers 200, and hands it on if asked.
//!
//! With `--forward-to` the receiver behind decides: its status is the platform's answer, so that retries and dead letters
//! can be tried out. Always answering 200 would hide a broken receiver until production.
//!
//! What came while nobody listened, or while the server was away, is read from the feed and shown as missed.

mod follow;
mod receiver;
mod report;
mod shown;

use super::{
    access::Global,
    callback,
    exit::{Exit, Failure},
    screen::Screen,
};
use clap::Args;
use follow::{Follow, News};
use receiver::{Arrival, Forward, Receiver};
use shown::Shown;
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
Events since the last `listen` with this data folder are shown first, as missed; after a restart of the server those
that came meanwhile. Each event is shown once, however often it comes; with --forward-to a repeat is a short line.
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
    /// Ends after so many proved messages (verification, repeats and missed ones not counted)
    #[arg(long, value_name = "N")]
    count: Option<u64>,
}

pub async fn run(listen: &Listen, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let forward = listen.forward_to.as_deref().map(Forward::to).transpose()?;
    let (arrivals, inbox) = mpsc::channel(INBOX);
    let client = global.developer()?;
    let serving = Serving::start(listen.port, Receiver::new(global.credentials()?, forward, arrivals)).await?;
    report::ready(&serving.url, screen);
    if listen.set {
        callback::register(&client, &serving.url).await?;
        report::registered(screen);
    }
    let shown = Shown::load(global, &client);
    let (say, news) = mpsc::channel(INBOX);
    let receiver = listen.set.then(|| serving.url.clone());
    let following = tokio::spawn(Follow::new(client, shown.cursor().map(str::to_owned), receiver, say).run());
    Desk { inbox, news, shown }.show(listen.count, interrupted(), screen).await;
    following.abort();
    serving.stop().await;
    Ok(Exit::Done)
}

/// Where everything comes together that is to be shown.
struct Desk {
    inbox: mpsc::Receiver<Arrival>,
    news: mpsc::Receiver<News>,
    shown: Shown,
}

impl Desk {
    /// Prints what arrives until `count` messages are there or `end` comes.
    async fn show(mut self, count: Option<u64>, end: impl Future, screen: &mut Screen) {
        let mut end = std::pin::pin!(end);
        let (mut seen, mut followed) = (0, true);
        while count.is_none_or(|count| seen < count) {
            tokio::select! {
                arrival = self.inbox.recv() => match arrival {
                    Some(arrival) => seen += u64::from(self.arrived(&arrival, screen)),
                    None => break,
                },
                news = self.news.recv(), if followed => match news {
                    Some(news) => self.heard(news, screen),
                    None => followed = false,
                },
                _ = &mut end => break,
            }
        }
        self.shown.keep();
    }

    /// Whether it is a message that was not shown before.
    fn arrived(&mut self, arrival: &Arrival, screen: &mut Screen) -> bool {
        let Some(message) = arrival.message() else {
            report::arrival(arrival, screen);
            return false;
        };
        let new = self.shown.is_new(message.id);
        if new {
            report::arrival(arrival, screen);
        } else if arrival.forwarded.is_some() {
            report::again(message, arrival, screen);
        }
        self.shown.keep();
        new
    }

    fn heard(&mut self, news: News, screen: &mut Screen) {
        match news {
            News::Begins(cursor) => self.shown.begin(&cursor),
            News::Told { rows, missed } => {
                for row in &rows {
                    let Ok(id) = row.id.parse() else { continue };
                    self.shown.is_behind(id, &row.cursor);
                    if missed && self.shown.is_new(id) {
                        report::missed(row, screen);
                    }
                }
                if !rows.is_empty() {
                    self.shown.keep();
                }
            }
            News::Away(reason) => {
                report::server(&format!("the server does not answer, waiting for it: {reason}"), screen)
            }
            News::Back => report::server("the server is back", screen),
            News::Registered => report::registered(screen),
            News::Trouble(text) => report::server(&text, screen),
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
