//! What became of a request.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::developer::RequestGet,
    view::request::{RequestEntry, UpstreamCall},
};
use platform::requests::{Call as Noted, Request};

/// Signs a call in a shell. Key and nonce are safe to show; the secret is asked of the environment.
const SIGN: &str = "T=$(date +%s); N=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n'); \\
S=$(printf '%s' \"$KEY$T$N${SAMPAN_ACCESS_SECRET:?set it to the access secret}\" | md5sum | cut -c1-32 | tr a-f A-F); \\
";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.on::<RequestGet, _, _, _>(request)
}

async fn request(call: Call<RequestGet>) -> Result<RequestEntry, Refusal> {
    let id = call.request.request()?.to_string();
    let (found, calls) = call.platform.request(&call.caller, &id).await?;
    Ok(RequestEntry {
        curl: curl(&found, &call.caller.access_key),
        request_id: found.request_id,
        trace_id: found.trace_id,
        at: found.at.into(),
        user_id: found.user_id.map(|user| user.to_string()),
        operation: found.operation,
        method: found.method,
        path: found.path,
        query: found.query,
        body: found.body,
        code: found.code,
        msg: found.msg,
        took_us: found.took_us,
        calls: calls.noted.into_iter().map(upstream).collect(),
        more_calls: i64::try_from(calls.more).unwrap_or(i64::MAX),
    })
}

fn upstream(call: Noted) -> UpstreamCall {
    UpstreamCall {
        operation: call.operation,
        after_us: call.after_us,
        took_us: call.took_us,
        outcome: call.outcome,
        code: call.code,
    }
}

/// The call for a POSIX shell with `curl` and `md5sum`.
fn curl(request: &Request, access_key: &str) -> String {
    let mark = if request.query.is_empty() { "" } else { "?" };
    let tail = quoted(&format!("{}{mark}{}", request.path, request.query));
    let mut words = vec![
        format!("curl -sS -X {} \"${{SAMPAN_BASE_URL:-http://127.0.0.1:8080}}\"{tail}", request.method),
        "-H \"access-key: $KEY\" -H \"timestamp: $T\" -H \"nonce-str: $N\" -H \"signature: $S\"".to_owned(),
    ];
    words.extend(request.user_id.map(|user| format!("-H 'user-id: {user}'")));
    if let Some(body) = &request.body {
        words.push(format!("-H 'content-type: application/json' -d {}", quoted(body)));
    }
    format!("KEY={access_key}; {SIGN}{}", words.join(" \\\n  "))
}

/// One word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{DeveloperId, Timestamp};

    #[test]
    fn a_call_for_a_shell_holds_no_secret_and_no_open_quote() {
        let request = Request {
            developer_id: DeveloperId::new(1).unwrap(),
            request_id: "a".into(),
            user_id: None,
            trace_id: None,
            at: Timestamp(0),
            operation: "x".into(),
            method: "POST".into(),
            path: "/x".into(),
            query: "a=1&b=***".into(),
            body: Some("{\"***\":\"it's\"}".into()),
            code: 200,
            msg: String::new(),
            took_us: 0,
            calls: "[]".into(),
        };
        let text = curl(&request, "0123456789abcdef0123456789abcdef");
        assert!(text.starts_with("KEY=0123456789abcdef0123456789abcdef; T=$(date +%s);"), "{text}");
        assert!(text.contains("8080}\"'/x?a=1&b=***' \\\n"), "{text}");
        assert!(text.ends_with(r#"-d '{"***":"it'\''s"}'"#), "{text}");
    }
}
