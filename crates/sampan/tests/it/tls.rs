//! https by the server itself, spoken to by a client that believes one certificate.

use crate::{ask::Ask, persona::Persona};
use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName},
};
use sampan::{
    app::App,
    config::{Config, Tls},
    serve::serve,
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{self, ErrorKind},
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

/// Writes a new certificate for `localhost` with its key.
fn certify(folder: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.join("cert.pem"), pem("CERTIFICATE", cert.der())).unwrap();
    let key = folder.join("key.pem");
    fs::write(&key, pem("PRIVATE KEY", &signing_key.serialize_der())).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    cert.der().clone()
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64).map(|line| format!("{}\n", String::from_utf8_lossy(line)));
    format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", lines.collect::<String>())
}

fn config(folder: &Path) -> Config {
    let tls = Tls { cert: Some(folder.join("cert.pem")), key: Some(folder.join("key.pem")), by_proxy: false };
    Config { listen: "127.0.0.1:0".parse().unwrap(), data: folder.join("data"), tls, ..Config::default() }
}

struct Serving {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<Result<(), String>>,
}

impl Serving {
    async fn start(folder: &Path) -> Self {
        sampan::install_tls();
        let app = App::start(&config(folder)).await.expect("it starts");
        assert!(app.base_url.starts_with("https://"), "{}", app.base_url);
        let (address, stop) = (app.address, CancellationToken::new());
        let task = tokio::spawn(serve(app, stop.clone()));
        Self { address, stop, task }
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.expect("no panic").expect("a good end");
    }

    /// One request over a connection of its own, by a client that believes this certificate alone.
    async fn ask(&self, trusted: &CertificateDer<'static>, request: Request<Body>) -> io::Result<(HeaderMap, Value)> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.clone()).expect("a certificate");
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let response = sender.send_request(request).await.unwrap();
        let headers = response.headers().clone();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Ok((headers, serde_json::from_slice(&bytes).unwrap()))
    }
}

fn readyz() -> Request<Body> {
    Request::get("/readyz").header("host", "localhost").body(Body::empty()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_are_served_by_https_and_by_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = certify(folder.path());
    let server = Serving::start(folder.path()).await;
    let (headers, ready) = server.ask(&certificate, readyz()).await.unwrap();
    assert_eq!(ready["ready"], true);
    assert_eq!(headers["strict-transport-security"], "max-age=31536000");
    let me = Persona::of_file(&folder.path().join("data/test-developer.json"));
    let mut call = me.request(&Ask::post("/developer/profile", &json!({})));
    call.headers_mut().insert("host", "localhost".parse().unwrap());
    let (headers, profile) = server.ask(&certificate, call).await.unwrap();
    assert_eq!((&profile["code"], &profile["developId"]), (&json!(200), &json!(me.develop_id)));
    assert!(headers.contains_key("strict-transport-security"));

    let elsewhere = tempfile::tempdir().unwrap();
    let another = certify(elsewhere.path());
    let refused = server.ask(&another, readyz()).await.expect_err("a client that does not know the certificate");
    assert_eq!(refused.kind(), ErrorKind::InvalidData, "{refused}");
    let mut plain = TcpStream::connect(server.address).await.unwrap();
    plain.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut told = Vec::new();
    drop(plain.read_to_end(&mut told).await);
    assert!(!String::from_utf8_lossy(&told).contains("HTTP"), "plain http is not answered");
    server.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewed_certificate_is_taken_on_sighup_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = certify(folder.path());
    let server = Serving::start(folder.path()).await;
    server.ask(&first, readyz()).await.unwrap();
    let hang_up = || Command::new("kill").args(["-HUP", &std::process::id().to_string()]).status().unwrap();
    fs::write(folder.path().join("cert.pem"), "no certificate").unwrap();
    assert!(hang_up().success());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    server.ask(&first, readyz()).await.expect("the old one still serves");
    let second = certify(folder.path());
    assert!(hang_up().success());
    crate::world::until("the new certificate is served", async || server.ask(&second, readyz()).await.ok()).await;
    server.ask(&first, readyz()).await.expect_err("the old one has gone");
    server.end().await;
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_ends_the_start_with_its_name() {
    sampan::install_tls();
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let refused = async |named: &str| {
        let text = App::start(&config(folder.path())).await.err().expect("no start");
        assert!(text.contains(named), "{named}: {text}");
    };
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    refused("tls.cert: ").await;
    certify(folder.path());
    fs::remove_file(&key).unwrap();
    refused("tls.key: ").await;
    certify(folder.path());
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    refused("chmod 600").await;
    certify(folder.path());
    certify(other.path());
    fs::copy(other.path().join("cert.pem"), &cert).unwrap();
    refused("does not go with").await;
    certify(folder.path());
    fs::write(&cert, "nothing").unwrap();
    refused("holds no certificate").await;
    certify(folder.path());
    App::start(&config(folder.path())).await.expect("it starts").stop().await;
}
