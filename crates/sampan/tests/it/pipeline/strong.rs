//! The strong signature: what it covers, how it is refused, and a developer who takes nothing else.

use super::{READ, WRITE, setting};
use crate::{
    ask::Ask,
    persona::{Persona, fresh_nonce, now_ms, now_s},
    world::{World, on_each, on_each_changing},
};
use contract::strong::digest;
use serde_json::{Value, json};

const INPUT: &str = "signature-input";

fn read() -> Ask {
    Ask::post(READ, &json!({})).strongly()
}

fn write(base: &str) -> Ask {
    Ask::post(WRITE, &setting(base)).strongly()
}

async fn base(world: &World, persona: &Persona) -> Value {
    let callback = world.send(persona, Ask::post("/developer/callback/get", &json!({})).strongly()).await.accepted();
    callback["signatureBase"].clone()
}

/// The value of a header of the request as it would be sent.
fn header(persona: &Persona, ask: &Ask, name: &str) -> String {
    persona.request(ask).headers()[name].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_strong_request_needs_none_of_v1_s_headers() {
    on_each(async |world| {
        let me = &world.developer;
        for path in [READ.to_owned(), format!("/api{READ}"), format!("{READ}?ids=string&x=%E5%AD%97+%2F")] {
            let ask = Ask::post(&path, &json!({})).strongly();
            let request = me.request(&ask);
            for absent in ["access-key", "timestamp", "nonce-str"] {
                assert!(!request.headers().contains_key(absent));
            }
            let data = world.send(me, ask).await.accepted();
            assert_eq!(data["developId"], me.develop_id.as_str());
        }
        world.send(me, Ask::get("/alibaba/cart/list", &[]).strongly()).await.accepted();
        world.send(&me.as_nobody(), Ask::raw(READ, "").strongly()).await.accepted();
        world.send(me, Ask::raw(READ, "{}").chunked().strongly()).await.accepted();
        world.send(me, read().at(now_ms())).await.accepted();
        world.send(me, write("messageBody")).await.accepted();
        assert_eq!(base(world, me).await, "messageBody");
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_refused_and_changes_nothing() {
    on_each(async |world| {
        let me = &world.developer;
        let foreign = world.second_user(me).await.user_id.unwrap();
        let signed = write("messageBody");
        let other = setting("rawBody").to_string();
        let changed = [
            (Ask { body: other.clone().into(), ..signed.clone().fixed(me) }, "content-digest"),
            (signed.clone().fixed(me).header("content-digest", &digest::of(other.as_bytes())), "content-digest"),
            (Ask { path: format!("{WRITE}?ids=string"), ..signed.clone().fixed(me) }, "@query"),
            (Ask { path: format!("/api{WRITE}"), ..signed.clone().fixed(me) }, "signature"),
            (signed.clone().fixed(me).header("user-id", &foreign), "signature"),
            (signed.clone().fixed(&me.as_nobody()).header("user-id", &foreign), "user-id"),
            (signed.clone().fixed(me).without("user-id"), "user-id"),
        ];
        for (ask, named) in changed {
            let answer = world.send(me, ask).await.refused_for(40103, named);
            assert!(answer.json["developId"].is_null(), "{}", answer.text);
        }
        assert_eq!(base(world, me).await, "rawBody");
    })
    .await;
}

#[tokio::test]
async fn each_fault_of_a_signature_has_its_code() {
    on_each(async |world| {
        let me = &world.developer;
        let ask = read().nonce("n");
        let input = header(me, &ask, INPUT);
        let with = |from: &str, to: &str| ask.clone().header(INPUT, &input.replace(from, to));
        let keyid = format!(";keyid=\"{}\"", me.access_key);
        for (ask, code, named) in [
            (ask.clone().without("signature"), 40101, "signature"),
            (with("sampan=", "sig1="), 40101, "sampan"),
            (with(&keyid, ""), 40101, "keyid"),
            (with(";alg=\"hmac-sha256\"", ""), 40101, "alg"),
            (ask.clone().without("content-digest"), 40101, "content-digest"),
            (with(&me.access_key, &"0".repeat(32)), 40102, "access-key"),
            (with(";keyid=", ";expires=1;keyid="), 40104, "expires"),
            (ask.clone().at(now_s() - 660), 40104, "created"),
            (ask.clone().at(now_s() + 660), 40104, "created"),
            (ask.clone().header(INPUT, "sampan=("), 40103, INPUT),
            (ask.clone().header(INPUT, ""), 40101, INPUT),
            (with("hmac-sha256", "rsa-v1_5-sha256"), 40103, "alg"),
            (with("\"@method\" ", ""), 40103, "@method"),
            (with("\"content-digest\"", "\"date\""), 40103, "content-digest"),
            (ask.clone().signature("D5020791EE13AABD86A11338056566AB").header(INPUT, &input), 40103, "signature"),
            (ask.clone().header("content-digest", "md5=:AAAA:"), 40103, "content-digest"),
            (ask.clone().header("content-digest", "sha-256"), 40103, "content-digest"),
        ] {
            let answer = world.send(me, ask).await.refused_for(code, named);
            assert!(answer.json["developId"].is_null(), "{}", answer.text);
        }
        let forger = Persona { access_secret: "0".repeat(32), ..me.clone() };
        world.send(&forger, ask).await.refused_for(40103, "signature");
    })
    .await;
}

/// A strong request is never judged as v1, however right it is as such.
#[tokio::test]
async fn v1_s_headers_do_not_help_a_strong_request() {
    on_each(async |world| {
        let me = &world.developer;
        let v1 = Ask::post(READ, &json!({}));
        world.send(me, v1.clone()).await.accepted();
        world.send(me, v1.clone().header(INPUT, "sampan=()")).await.refused(40103);
        world.send(me, v1.header(INPUT, "anything at all")).await.refused(40103);
    })
    .await;
}

#[tokio::test]
async fn sha_512_is_taken_too_and_every_known_digest_must_hold() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    on_each(async |world| {
        let me = &world.developer;
        let wrong = format!("sha-512=:{}:", STANDARD.encode([0; 64]));
        let ask = |digest: &str| Ask::raw(READ, "{}").strongly().digest(digest);
        let right = digest_512(b"{}");
        world.send(me, ask(&right)).await.accepted();
        world.send(me, ask(&format!("{right}, {}", digest::of(b"{}")))).await.accepted();
        world.send(me, ask(&format!("{wrong}, {}", digest::of(b"{}")))).await.refused_for(40103, "content-digest");
    })
    .await;
}

#[tokio::test]
async fn a_nonce_counts_whatever_the_scheme() {
    on_each(async |world| {
        let me = &world.developer;
        let nonce = fresh_nonce();
        world.send(me, write("messageBody").nonce(&nonce)).await.accepted();
        world.send(me, write("rawBody").nonce(&nonce)).await.refused_for(40105, "nonce");
        world.send(me, Ask::post(WRITE, &setting("rawBody")).nonce(&nonce)).await.refused(40105);
        world.send(me, read().nonce(&nonce)).await.accepted();
        // Without one the signature counts.
        let at = now_s() + 30;
        world.send(me, write("messageBody").nonce("").at(at)).await.accepted();
        world.send(me, write("messageBody").nonce("").at(at)).await.refused(40105);
        world.send(me, write("messageBody").nonce("").at(at + 1)).await.accepted();
        assert_eq!(base(world, me).await, "messageBody");
        world.send(me, read().nonce(&"z".repeat(65))).await.refused_for(40003, "nonce");
        let strict = world.another().await;
        world.set_developer(&strict, json!({"nonceRule": "strict"})).await;
        world.send(&strict, read().nonce("")).await.refused_for(40101, "nonce");
        world.send(&strict, read().nonce("once")).await.accepted();
        world.send(&strict, read().nonce("once")).await.refused_for(40105, "nonce");
    })
    .await;
}

#[tokio::test]
async fn a_replayed_write_is_refused_after_a_restart_too() {
    on_each_changing(async |world| {
        let (nonce, before) = (fresh_nonce(), now_s() - 2);
        world.send(&world.developer, write("messageBody").nonce(&nonce)).await.accepted();
        let world = world.restart().await;
        world.send(&world.developer, write("rawBody").nonce(&nonce)).await.refused_for(40105, "nonce");
        assert_eq!(base(&world, &world.developer).await, "messageBody");
        // What an overheard read shows is no good for a write, so one from before the start is taken.
        world.send(&world.developer, write("rawBody").at(before)).await.accepted();
        world
    })
    .await;
}

#[tokio::test]
async fn a_developer_may_take_strong_signatures_only() {
    on_each_changing(async |world| {
        let me = world.another().await;
        let v1 = || Ask::post(READ, &json!({}));
        world.send(&me, v1()).await.accepted();
        world.set_developer(&me, json!({"signatureRule": "strong"})).await;
        let answer = world.send(&me, v1()).await.refused(40106);
        assert!(answer.json["developId"].is_null(), "{}", answer.text);
        let forger = Persona { access_secret: "0".repeat(32), ..me.clone() };
        world.send(&forger, v1()).await.refused(40103);
        world.send(&me, Ask::post(WRITE, &setting("messageBody"))).await.refused(40106);
        assert_eq!(base(&world, &me).await, "rawBody");
        let show = json!({"developId": me.develop_id});
        let shown = world.post(&world.operator, "/operator/developer/show", show.clone()).await.accepted();
        assert_eq!(shown["signatureRule"], "strong");

        let world = world.restart().await;
        world.send(&me, v1()).await.refused(40106);
        world.send(&me, read()).await.accepted();
        let wrong = json!({"developId": me.develop_id, "signatureRule": "weak"});
        world.post(&world.operator, "/operator/developer/set", wrong).await.refused_for(40003, "signatureRule");
        world.set_developer(&me, json!({"signatureRule": "any"})).await;
        world.send(&me, v1()).await.accepted();
        world
    })
    .await;
}

/// The body is read before the signature, and bounded as ever.
#[tokio::test]
async fn a_body_over_the_limit_is_not_read_for_its_digest() {
    on_each(async |world| {
        let forger = Persona { access_secret: "0".repeat(32), ..world.developer.clone() };
        let large = "[".repeat(300 * 1024);
        world.send(&forger, Ask::raw(READ, large.clone()).strongly()).await.refused(41301);
        world.send(&forger, Ask::raw(READ, large.clone()).chunked().strongly()).await.refused(41301);
        let stranger = Persona { access_key: "0".repeat(32), ..forger.clone() };
        world.send(&stranger, Ask::raw(READ, large).strongly()).await.refused(40102);
        world.send(&forger, Ask::raw(READ, "[").strongly()).await.refused(40103);
        world.send(&world.developer, Ask::raw(READ, "[").strongly()).await.refused(40001);
    })
    .await;
}

#[tokio::test]
async fn the_operator_s_pages_take_a_strong_signature() {
    on_each(async |world| {
        let metrics = || Ask::get("/metrics", &[]);
        let advance = || Ask::raw("/sandbox/control/clock/advance", r#"{"seconds": 60}"#).strongly();
        let status = async |persona: &Persona, ask: Ask| world.page(persona.request(&ask)).await.0;
        assert_eq!(status(&world.operator, metrics().strongly()).await, 200);
        assert_eq!(status(&world.operator, advance()).await, 200);
        let bent = Ask { body: r#"{"seconds": 6000}"#.into(), ..advance().fixed(&world.operator) };
        assert_eq!(status(&world.operator, bent).await, 403);
        assert_eq!(status(&world.operator, metrics().strongly().at(now_s() - 660)).await, 403);
        assert_eq!(status(&world.developer, metrics().strongly()).await, 403);
        assert_eq!(status(&world.operator, metrics().header(INPUT, "sampan=()")).await, 403);
    })
    .await;
}

/// Signed by somebody who has never seen our code: Python, with its standard library.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_in_python_is_understood() {
    let python = || {
        let mut command = std::process::Command::new("python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/strong_call.py"));
        command
    };
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        assert!(std::env::var_os("SAMPAN_TEST_PYTHON").is_none(), "python3 is missing, and it was promised");
        println!("skipped: there is no python3");
        return;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let config = World::config(&folder, &crate::database::Database::file(folder.path()));
    let app = sampan::app::App::start(&config).await.unwrap();
    let stop = tokio_util::sync::CancellationToken::new();
    let server = tokio::spawn(sampan::serve::serve(app, stop.clone()));
    let key = folder.path().join("test-developer.json");
    let call = |method: &'static str, target: &'static str, text: &'static str| {
        let mut command = python();
        command.arg(&key).args([method, target, text]);
        let ended = command.output().unwrap();
        let (out, trouble) = (String::from_utf8(ended.stdout).unwrap(), String::from_utf8(ended.stderr).unwrap());
        serde_json::from_str::<Value>(&out).unwrap_or_else(|e| panic!("{e}: {out} {trouble}"))
    };
    let profile = call("POST", "/developer/profile?ids=string", "{}");
    assert_eq!(profile["code"], 200, "{profile}");
    assert_eq!(call("POST", "/api/developer/callback/set", r#"{"signatureBase":"messageBody"}"#)["code"], 200);
    assert_eq!(call("POST", "/developer/callback/get", "")["data"]["signatureBase"], "messageBody");
    assert_eq!(call("GET", "/alibaba/cart/list", "")["code"], 200);
    stop.cancel();
    server.await.unwrap().unwrap();
}

fn digest_512(body: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha512};
    format!("sha-512=:{}:", STANDARD.encode(Sha512::digest(body)))
}
