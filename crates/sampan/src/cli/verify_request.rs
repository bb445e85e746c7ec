//! `verify --request`: whether the strong signature of a request holds, and which text has to be signed. Nobody is asked, and
//! neither time nor nonce is judged.

use super::{
    access::Global,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
    verify::one_header,
};
use contract::{
    Fault,
    strong::{Claim, Message},
};
use http::{HeaderMap, Uri};
use serde_json::json;

/// What was found out.
struct Verdict {
    /// The text that has to be signed, where the claim could be read.
    base: Option<String>,
    outcome: Result<(), Fault>,
}

pub fn run(
    method: &str,
    path: &str,
    headers: &[String],
    body: &[u8],
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Failure> {
    let uri: Uri = path.parse().map_err(|error| Failure::Usage(format!("{path}: {error}")))?;
    let headers = headers.iter().map(|line| header(line)).collect::<Result<HeaderMap, _>>()?;
    let credentials = global.credentials()?;
    let field = |name: &str| value(&headers, name);
    let message = Message { method, path: uri.path(), query: uri.query(), field: &field };
    let Verdict { base, outcome } = judge(&message, body, &credentials.access_key, credentials.secret.expose());
    let exit = if outcome.is_ok() { Exit::Done } else { Exit::Refused };
    let reason = outcome.err().map(|fault| fault.to_string());
    if screen.json() {
        screen.value(&json!({ "valid": reason.is_none(), "reason": reason, "signatureBase": base }));
        return Ok(exit);
    }
    let verdict = match &reason {
        None => screen.paint(Tone::Good, "valid"),
        Some(reason) => format!("{}  {reason}", screen.paint(Tone::Bad, "not valid")),
    };
    screen.line(&verdict);
    if let Some(base) = base {
        screen.note("the text that has to be signed:");
        screen.note(&base);
    }
    Ok(exit)
}

fn judge(message: &Message<'_>, body: &[u8], access_key: &str, secret: &str) -> Verdict {
    let input = (message.field)("signature-input").unwrap_or_default();
    let claim = match Claim::read(&input, (message.field)("signature").as_deref()) {
        Ok(claim) => claim,
        Err(fault) => return Verdict { base: None, outcome: Err(fault) },
    };
    let outcome = claim.verify(message, body, secret);
    let outcome = outcome.and_then(|()| {
        let other = || Fault::new(contract::Code::UnknownAccessKey, "keyid: is not the access key in use here");
        if claim.access_key == access_key { Ok(()) } else { Err(other()) }
    });
    Verdict { base: claim.base(message, body).ok(), outcome }
}

fn header(line: &str) -> Result<(http::HeaderName, http::HeaderValue), Failure> {
    let (name, value) = line.split_once(':').ok_or_else(|| Failure::Usage(format!("{line}: expected NAME: VALUE")))?;
    one_header(name.trim(), value)
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Vec<&str> = headers.get_all(name).iter().filter_map(|line| line.to_str().ok()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}
