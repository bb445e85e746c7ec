//! The story, told while the server dies once in every step.

use super::{
    draw::Draw,
    evidence,
    gate::{Gate, Strike, Unserved},
    server::{Place, Server, credentials},
};
use client::Client;
use sampan::story::{Exchange, Inbox, STEPS, Step, Tale, Trouble};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How long an interrupted step is told again before it counts as lost.
const AGAIN_FOR: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(200);
/// From a request's last byte to the blow.
const AFTER_SENT_MS: [u64; 8] = [0, 1, 2, 3, 5, 8, 12, 20];

/// When the server dies, drawn from a seed.
#[derive(Debug, Clone, Copy)]
pub enum Moments {
    /// At any moment of the time that the step usually takes.
    AnyTime(u64),
    /// Shortly after one of the step's writes has reached it.
    WriteSent(u64),
    /// When its answer to one of the step's writes is on its way.
    WriteAnswered(u64),
}

/// What a step is like when nothing goes wrong.
#[derive(Clone, Copy)]
pub struct Usual {
    took: Duration,
    writes: u32,
}

#[derive(Debug, Clone, Copy)]
enum Blow {
    After(Duration),
    At(Strike),
}

/// An answer that the platform gave to one of the story's calls.
pub struct Acknowledged {
    pub step: &'static str,
    pub exchange: Exchange,
}

/// Server, gate and teller.
pub struct Stage {
    pub server: Arc<Server>,
    pub tale: Tale,
    pub acknowledged: Vec<Acknowledged>,
    gate: Gate,
}

/// Tells the whole story with a kill in each step, and looks for the evidence that nothing was lost or done twice.
pub async fn told_whole(place: Place, moments: Moments) {
    let usual = rehearsal().await;
    let mut stage = Stage::set(place).await;
    let mut dice = Dice::new(moments);
    for (number, (step, usual)) in (1..).zip(STEPS.iter().zip(usual)) {
        let blow = dice.blow(usual);
        let started = Instant::now();
        let retold = stage.tell_struck(step, blow).await;
        let took = started.elapsed().as_millis();
        eprintln!("{number:>2}. {}: {blow:?}, told again {retold} times, {took} ms", step.name);
    }
    evidence::check(stage).await;
}

/// How long each step takes, and how many writes it makes.
async fn rehearsal() -> Vec<Usual> {
    let mut stage = Stage::set(Place::Sqlite).await;
    let mut usual = Vec::with_capacity(STEPS.len());
    for step in STEPS {
        stage.gate.arm(None);
        let started = Instant::now();
        step.tell(&mut stage.tale).await.unwrap_or_else(|trouble| stage.give_up(step, &trouble));
        usual.push(Usual { took: started.elapsed(), writes: stage.gate.writes() });
    }
    usual
}

impl Stage {
    async fn set(place: Place) -> Self {
        let gate = Unserved::listen().await;
        let server = Arc::new(Server::new(place).behind(gate.url.clone()));
        server.start().await;
        let credentials = credentials(&server.data);
        let gate = gate.serve(server.clone());
        let client = Client::new(gate.url.as_str(), credentials.clone()).expect("a client");
        let inbox = Inbox::open(credentials).await.expect("a receiver");
        let tale = Tale::new(client, inbox, hex::encode(&sampan::app::random()[..4]));
        Self { server, gate, tale, acknowledged: Vec::new() }
    }

    /// Tells a step, during which the server dies and comes back; answers how often it had to be told again.
    async fn tell_struck(&mut self, step: &Step, blow: Blow) -> u32 {
        let mut told = self.tell_into(step, blow).await;
        let (deadline, mut again) = (Instant::now() + AGAIN_FOR, 0);
        loop {
            self.keep(step);
            match told {
                Ok(_) => return again,
                Err(trouble) if trouble.again && Instant::now() < deadline => {}
                Err(trouble) => self.give_up(step, &trouble),
            }
            tokio::time::sleep(PAUSE).await;
            again += 1;
            told = step.tell(&mut self.tale).await;
        }
    }

    /// The telling into which the blow falls. One that is quicker than its blow is followed by it.
    async fn tell_into(&mut self, step: &Step, blow: Blow) -> Result<String, Trouble> {
        let strike = if let Blow::At(strike) = blow { Some(strike) } else { None };
        let (armed, server) = (self.gate.arm(strike), self.server.clone());
        let falling = async {
            match blow {
                Blow::After(delay) => {
                    tokio::time::sleep(delay).await;
                    server.kill();
                }
                Blow::At(_) => armed.struck().await,
            }
        };
        let mut telling = std::pin::pin!(step.tell(&mut self.tale));
        let told = tokio::select! {
            told = &mut telling => Some(told),
            () = falling => None,
        };
        armed.call_off();
        match told {
            Some(told) => {
                server.kill();
                server.start().await;
                told
            }
            None => tokio::join!(telling, server.start()).0,
        }
    }

    /// Remembers what was answered.
    fn keep(&mut self, step: &Step) {
        let new = self.tale.exchanges.drain(..).map(|exchange| Acknowledged { step: step.name, exchange });
        self.acknowledged.extend(new);
    }

    fn give_up(&self, step: &Step, trouble: &Trouble) -> ! {
        panic!("{}: {trouble}\n{:#?}\n{}", step.name, self.tale.exchanges, self.server.log_tail())
    }
}

/// Draws blows; the same seed draws the same ones.
struct Dice {
    moments: Moments,
    draw: Draw,
}

impl Dice {
    fn new(moments: Moments) -> Self {
        let (Moments::AnyTime(seed) | Moments::WriteSent(seed) | Moments::WriteAnswered(seed)) = moments;
        Self { moments, draw: Draw(seed) }
    }

    fn blow(&mut self, usual: Usual) -> Blow {
        match self.moments {
            Moments::WriteSent(_) if usual.writes > 0 => {
                let write = self.one_of(usual.writes);
                let after = AFTER_SENT_MS[self.draw.number() as usize % AFTER_SENT_MS.len()];
                Blow::At(Strike::Sent { write, after: Duration::from_millis(after) })
            }
            Moments::WriteAnswered(_) if usual.writes > 0 => {
                Blow::At(Strike::Answered { write: self.one_of(usual.writes) })
            }
            Moments::AnyTime(_) | Moments::WriteSent(_) | Moments::WriteAnswered(_) => {
                Blow::After(self.draw.time(usual.took))
            }
        }
    }

    fn one_of(&mut self, count: u32) -> u32 {
        u32::try_from(self.draw.number() % u64::from(count)).unwrap_or_default() + 1
    }
}
