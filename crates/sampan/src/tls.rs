//! TLS of the server itself: rustls with ring. The certificate is read again when the process is told to (SIGHUP), so that
//! a renewed one is taken without a restart; connections that exist keep theirs.

use crate::{config::Tls, privacy};
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};
use tokio_rustls::TlsAcceptor;

/// The certificate as it was last read.
#[derive(Debug)]
pub struct Certificates {
    cert: PathBuf,
    key: PathBuf,
    now: RwLock<Arc<CertifiedKey>>,
}

impl Certificates {
    /// Reads the configured pair; `None` where the server does not speak TLS itself.
    pub fn of(tls: &Tls) -> Result<Option<Arc<Self>>, String> {
        let Some((cert, key)) = tls.files() else { return Ok(None) };
        let now = RwLock::new(Arc::new(read(cert, key)?));
        Ok(Some(Arc::new(Self { cert: cert.to_owned(), key: key.to_owned(), now })))
    }

    /// Takes what lies in the files now. What cannot be used changes nothing.
    pub fn read_again(&self) -> Result<(), String> {
        let new = Arc::new(read(&self.cert, &self.key)?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    pub fn acceptor(self: Arc<Self>) -> Result<TlsAcceptor, String> {
        let versions = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| format!("tls: {e}"))?;
        let mut config = versions.with_no_client_auth().with_cert_resolver(self);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.now.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn read(cert: &Path, key: &Path) -> Result<CertifiedKey, String> {
    let (shown_cert, shown_key) = (cert.display(), key.display());
    let text = fs::read(cert).map_err(|e| format!("tls.cert: {shown_cert} cannot be read: {e}"))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|e| format!("tls.cert: {shown_cert} is no PEM: {e}"))?;
    if chain.is_empty() {
        return Err(format!("tls.cert: {shown_cert} holds no certificate"));
    }
    privacy::check_file(key).map_err(|e| format!("tls.key: {e}"))?;
    let text = fs::read(key).map_err(|e| format!("tls.key: {shown_key} cannot be read: {e}"))?;
    let secret = PrivateKeyDer::from_pem_slice(&text).map_err(|e| format!("tls.key: {shown_key} holds no key: {e}"))?;
    CertifiedKey::from_der(chain, secret, &default_provider())
        .map_err(|e| format!("tls.key: {shown_key} does not go with {shown_cert}: {e}"))
}
