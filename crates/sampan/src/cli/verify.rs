//! `verify`: whether a callback is the platform's; for trying a receiver, and for looking at one message closely. Of a request
//! ([`verify_request`]) it says whether its strong signature holds, for trying a client.

use super::{
    access::Global,
    callback::SignedOver,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
    verify_request,
};
use clap::Args;
use client::{CallbackError, verify_callback_over};
use contract::callback::header;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use std::{
    fs,
    io::{self, Read},
};

const EXAMPLES: &str = "\
Examples:
  sampan verify --authorization dbdd7d75...a9de8b5 --body message.json
  cat message.json | sampan verify --authorization dbdd7d75...a9de8b5
  sampan verify --webhook-id 1 --webhook-timestamp 1779263269 --webhook-signature v1,LmC5...qY8= --body message.json
  sampan verify --request POST '/developer/profile?ids=string' -H 'signature-input: sampan=...' \
    -H 'signature: sampan=:...:' -H 'content-digest: sha-256=:...:' --body request.json

The body must be the bytes that arrived; a pretty-printed copy does not verify.
Exit codes: 0 the signature holds; 1 it does not; 2 wrong usage.";

/// Check the signature of a callback, or the strong signature of a request
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// Value of the Authorization header
    #[arg(long, value_name = "HEX", required_unless_present_any = ["webhook_signature", "request"])]
    authorization: Option<String>,
    /// Value of webhook-signature (Standard Webhooks)
    #[arg(long, value_name = "TEXT", requires_all = ["webhook_id", "webhook_timestamp"])]
    webhook_signature: Option<String>,
    /// Value of webhook-id
    #[arg(long, value_name = "ID")]
    webhook_id: Option<String>,
    /// Value of webhook-timestamp
    #[arg(long, value_name = "SECONDS")]
    webhook_timestamp: Option<String>,
    /// Judges a strong request signature instead: the request's method, and its path with the query
    #[arg(long, value_names = ["METHOD", "PATH"], num_args = 2, conflicts_with_all = ["authorization", "webhook_signature"])]
    request: Vec<String>,
    /// Header of that request, NAME: VALUE; may be repeated
    #[arg(long = "header", short = 'H', value_name = "HEADER", requires = "request")]
    headers: Vec<String>,
    /// The raw body; - is standard input, and so is none for a callback
    #[arg(long, value_name = "FILE")]
    body: Option<String>,
    /// What Authorization is taken over, a setting of the developer
    #[arg(long, value_enum, default_value_t = SignedOver::RawBody)]
    base: SignedOver,
}

pub fn run(verify: &Verify, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    if let [method, path] = verify.request.as_slice() {
        let body = verify.body.as_deref().map_or(Ok(Vec::new()), read)?;
        return verify_request::run(method, path, &verify.headers, &body, global, screen);
    }
    let base = verify.base.base();
    let (headers, body, credentials) = (verify.callback_headers()?, verify.body()?, global.credentials()?);
    match verify_callback_over(base, &headers, &body, &credentials.access_key, credentials.secret.expose()) {
        Ok(message) if screen.json() => {
            screen.value(&json!({ "valid": true, "messageType": message.message_type, "id": message.id }));
            Ok(Exit::Done)
        }
        Ok(message) => {
            let verdict = screen.paint(Tone::Good, "valid");
            screen.line(&format!("{verdict}  {} {}", message.message_type, message.id));
            Ok(Exit::Done)
        }
        Err(reason) => {
            refuse(&reason, screen);
            Ok(Exit::Refused)
        }
    }
}

fn refuse(reason: &CallbackError, screen: &mut Screen) {
    if screen.json() {
        screen.value(&json!({ "valid": false, "reason": reason.to_string() }));
    } else {
        let verdict = screen.paint(Tone::Bad, "not valid");
        screen.line(&format!("{verdict}  {reason}"));
    }
}

impl Verify {
    fn callback_headers(&self) -> Result<HeaderMap, Failure> {
        let given = [
            (header::AUTHORIZATION, &self.authorization),
            (header::ID, &self.webhook_id),
            (header::TIMESTAMP, &self.webhook_timestamp),
            (header::SIGNATURE, &self.webhook_signature),
        ];
        let present = given.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        present.map(|(name, value)| one_header(name, value)).collect()
    }

    fn body(&self) -> Result<Vec<u8>, Failure> {
        read(self.body.as_deref().unwrap_or("-"))
    }
}

fn read(file: &str) -> Result<Vec<u8>, Failure> {
    let read = if file == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    read.map_err(|error| Failure::Usage(format!("{file}: {error}")))
}

pub(super) fn one_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Failure> {
    let wrong = || Failure::Usage(format!("{name} has characters that HTTP does not allow"));
    let value = HeaderValue::try_from(value.trim()).map_err(|_| wrong())?;
    Ok((HeaderName::try_from(name).map_err(|_| wrong())?, value))
}
