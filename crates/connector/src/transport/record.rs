//! A transport that writes down what passes through it ([`crate::cassette`]).
//!
//! A call is never held up: what was heard goes into a bounded queue, and a thread scrubs and writes it. What finds no
//! place in the queue, is too long or comes after the folder is full, is lost and counted.

use super::{Failure, Transport};
use crate::{
    cassette::{self, FORM, LONGEST_ANSWER, Recorded},
    scrub::{self, Case},
};
use bytes::Bytes;
use domain::Timestamp;
use http::{HeaderMap, Request, Response, header};
use serde_json::value::RawValue;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};
use tokio::sync::oneshot;
use tower::{ServiceExt, service_fn};

/// Calls that may wait to be written.
const QUEUE: usize = 64;
/// What stands for an upstream that gave no answer.
const NO_ANSWER: u16 = 504;

/// Where and how much is recorded.
pub struct RecordSettings {
    /// Made where there is none; calls that lie there already stay and are counted.
    pub dir: PathBuf,
    pub most_calls: u64,
    pub most_bytes: u64,
    /// The name of a call by the path of its address; `None` for one that is not recorded.
    pub name: fn(&str) -> Option<String>,
    pub wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// Writes calls into a folder.
pub struct Recorder {
    name: fn(&str) -> Option<String>,
    wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    queue: SyncSender<Job>,
}

enum Job {
    Call(Heard),
    Flush(oneshot::Sender<()>),
}

/// A call as it passed.
struct Heard {
    call: String,
    at: Timestamp,
    /// A form; other bodies are files, of which nothing is kept.
    form: Option<Bytes>,
    status: u16,
    retry_after: Option<String>,
    answer: Bytes,
}

impl Recorder {
    pub fn start(settings: RecordSettings) -> io::Result<Arc<Self>> {
        let tape = Tape::open(&settings)?;
        let (queue, jobs) = sync_channel(QUEUE);
        std::thread::Builder::new().name("recorder".to_owned()).spawn(move || tape.run(&jobs))?;
        Ok(Arc::new(Self { name: settings.name, wall: settings.wall, queue }))
    }

    /// The transport, heard by this recorder.
    pub fn around(self: &Arc<Self>, transport: Transport) -> Transport {
        let recorder = self.clone();
        Transport::new(service_fn(move |request: Request<Bytes>| {
            let (recorder, transport) = (recorder.clone(), transport.clone());
            async move {
                let call = (recorder.name)(request.uri().path());
                let form = is_form(request.headers()).then(|| request.body().clone());
                let answer = transport.oneshot(request).await;
                if let Some(call) = call {
                    recorder.heard(call, form, &answer);
                }
                answer
            }
        }))
    }

    fn heard(&self, call: String, form: Option<Bytes>, answer: &Result<Response<Bytes>, Failure>) {
        let retry_after = |answer: &Response<Bytes>| {
            let value = answer.headers().get(header::RETRY_AFTER)?;
            value.to_str().ok().map(str::to_owned)
        };
        let at = (self.wall)();
        let heard = match answer {
            Ok(answer) if answer.body().len() > LONGEST_ANSWER => return lost("too long"),
            Ok(answer) => {
                let (status, retry_after) = (answer.status().as_u16(), retry_after(answer));
                Heard { call, at, form, status, retry_after, answer: answer.body().clone() }
            }
            Err(_) => Heard { call, at, form, status: NO_ANSWER, retry_after: None, answer: Bytes::new() },
        };
        if self.queue.try_send(Job::Call(heard)).is_err() {
            lost("queue full");
        }
    }

    /// Answers once everything that was heard so far is written.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        let queue = self.queue.clone();
        let sent = tokio::task::spawn_blocking(move || queue.send(Job::Flush(done)).is_ok()).await;
        if matches!(sent, Ok(true)) {
            // Without an answer the thread has ended, and nothing more is written.
            let _ = written.await;
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn lost(why: &'static str) {
    metrics::counter!("upstream_recording_lost_total", "why" => why).increment(1);
}

/// The folder and what still fits into it.
struct Tape {
    dir: PathBuf,
    next: u64,
    calls_left: u64,
    bytes_left: u64,
    told: bool,
}

impl Tape {
    fn open(settings: &RecordSettings) -> io::Result<Self> {
        fs::create_dir_all(&settings.dir)?;
        only_ours(&settings.dir, 0o700)?;
        let mut tape = Self {
            dir: settings.dir.clone(),
            next: 1,
            calls_left: settings.most_calls,
            bytes_left: settings.most_bytes,
            told: false,
        };
        for entry in fs::read_dir(&settings.dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.split('-').next().and_then(|digits| digits.parse::<u64>().ok());
            if let Some(number) = number.filter(|_| name.ends_with(".json")) {
                tape.next = tape.next.max(number + 1);
                tape.calls_left = tape.calls_left.saturating_sub(1);
                tape.bytes_left = tape.bytes_left.saturating_sub(entry.metadata()?.len());
            }
        }
        Ok(tape)
    }

    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Call(heard) => self.write(heard),
                // Who waited has gone away.
                Job::Flush(done) => drop(done.send(())),
            }
        }
    }

    fn write(&mut self, heard: Heard) {
        let Ok(text) = serde_json::to_string(&recorded(heard, self.next)) else { return lost("unreadable") };
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if self.calls_left == 0 || self.bytes_left < length {
            if !std::mem::replace(&mut self.told, true) {
                tracing::warn!(dir = %self.dir.display(), "the recording is full; calls are no longer recorded");
            }
            return lost("full");
        }
        match self.save(&text) {
            Ok(()) => {
                self.next += 1;
                self.calls_left -= 1;
                self.bytes_left -= length;
            }
            Err(error) => {
                tracing::warn!(dir = %self.dir.display(), %error, "a call cannot be recorded");
                lost("not written");
            }
        }
    }

    /// A name first that nobody reads, so that a folder never holds half a call.
    fn save(&self, text: &str) -> io::Result<()> {
        let file = self.dir.join(format!("{:06}-call.json", self.next));
        let half = file.with_extension("half");
        fs::write(&half, text)?;
        only_ours(&half, 0o600)?;
        fs::rename(half, file)
    }
}

fn recorded(heard: Heard, number: u64) -> Recorded {
    let form = heard.form.unwrap_or_default();
    let text = std::str::from_utf8(&heard.answer).ok();
    let answer = text.and_then(|text| scrub::json(text, &Case::Answer));
    Recorded {
        cassette: FORM,
        number,
        at: heard.at,
        call: heard.call,
        parameters: cassette::parameters(form_urlencoded::parse(&form).into_owned()),
        status: heard.status,
        retry_after: heard.retry_after,
        answer: answer.and_then(|text| RawValue::from_string(text.into_owned()).ok()),
    }
}

#[cfg(unix)]
fn only_ours(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn only_ours(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cassette::load;

    fn settings(dir: &Path, most_calls: u64) -> RecordSettings {
        RecordSettings {
            dir: dir.to_owned(),
            most_calls,
            most_bytes: 1 << 20,
            name: |path| path.strip_prefix("/api/").map(str::to_owned),
            wall: Arc::new(|| Timestamp(5)),
        }
    }

    fn upstream() -> Transport {
        Transport::new(service_fn(async |request: Request<Bytes>| match request.uri().path() {
            "/api/fails" => Err(Failure::Broken("reset".to_owned())),
            _ => Ok(Response::new(Bytes::from_static(br#"{"access_token":"t","id":7,"toFullName":"x"}"#))),
        }))
    }

    fn ask(path: &str, form: &'static str) -> Request<Bytes> {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8");
        request.body(Bytes::from_static(form.as_bytes())).unwrap()
    }

    #[tokio::test]
    async fn calls_are_written_in_order_without_people_and_keys() {
        let folder = std::env::temp_dir().join(format!("sampan-recorder-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let recorder = Recorder::start(settings(&folder, 3)).unwrap();
        let transport = recorder.around(upstream());
        let answer = transport.clone().oneshot(ask("/api/a", "id=7&_aop_signature=S&access_token=T")).await.unwrap();
        assert_eq!(answer.body().len(), 44, "the caller gets what was answered");
        transport.clone().oneshot(ask("/api/fails", "id=8")).await.unwrap_err();
        transport.clone().oneshot(ask("/other", "")).await.unwrap();
        recorder.flush().await;
        let calls = load(&folder).unwrap();
        let lines: Vec<_> = calls.iter().map(|c| (c.number, c.call.as_str(), c.status)).collect();
        assert_eq!(lines, [(1, "a", 200), (2, "fails", 504)]);
        assert_eq!(calls[0].answer.as_ref().unwrap().get(), r#"{"access_token":"***","id":7,"toFullName":"***"}"#);
        assert_eq!(calls[0].parameters["access_token"], "***");
        // The next recording goes on behind, up to the bound of the folder.
        let recorder = Recorder::start(settings(&folder, 3)).unwrap();
        let transport = recorder.around(upstream());
        for _ in 0..3 {
            transport.clone().oneshot(ask("/api/b", "")).await.unwrap();
        }
        recorder.flush().await;
        let numbers: Vec<_> = load(&folder).unwrap().iter().map(|call| call.number).collect();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(numbers, [1, 2, 3]);
    }
}
