//! Calls by https: whose certificate is believed.

use bytes::Bytes;
use http::HeaderMap;
use messages::{AddressRule, CallbackUrl, ConnectError, Failure, Outcome, PostLimits, Poster, SystemResolver};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// A receiver whose certificate is for `localhost`; its port and the certificate.
async fn receiver() -> (u16, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            if stream.read(&mut request).await.is_err() {
                continue;
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n").await.ok();
        }
    });
    (port, cert.der().clone())
}

async fn call(port: u16, trusted: Option<CertificateDer<'static>>) -> Outcome {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted);
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let resolver = Arc::new(SystemResolver::default());
    let poster = Poster::new(AddressRule::loopback(), resolver, Some(Arc::new(config)), &PostLimits::default());
    let url = CallbackUrl::parse(&format!("https://localhost:{port}/")).unwrap();
    poster.post(&url, &HeaderMap::new(), Bytes::from_static(b"{}")).await
}

#[tokio::test]
async fn a_certificate_that_is_trusted_is_accepted() {
    let (port, certificate) = receiver().await;
    let outcome = call(port, Some(certificate)).await;
    assert!(outcome.acknowledged(), "{outcome:?}");
}

#[tokio::test]
async fn a_certificate_of_nobody_known_is_refused() {
    let (port, _) = receiver().await;
    assert_eq!(call(port, None).await.failure, Some(Failure::Connect(ConnectError::Tls)));
}
