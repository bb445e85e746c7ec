//! HTTP beneath the client: joins addresses, sends, and tells "nothing was sent" from "no whole answer came back".
//!
//! ring is the TLS provider unless the program has chosen one. An address on this machine is called without a proxy.

use crate::{
    error::ClientError,
    reply::Plain,
    request::{Body, Request},
};
use reqwest::{Url, redirect::Policy};
use std::{error::Error, time::Duration};

#[derive(Debug, Clone)]
pub(crate) struct Transport {
    base_url: String,
    http: reqwest::Client,
}

impl Transport {
    pub(crate) fn new(base_url: String, timeout: Duration) -> Result<Self, ClientError> {
        let base_url = base_url.trim_end_matches('/').to_owned();
        let url = parse(&base_url)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ClientError::Request(format!("{base_url}: the address must begin with http:// or https://")));
        }
        install_tls();
        let builder = reqwest::Client::builder().timeout(timeout).redirect(Policy::none());
        let builder = if is_loopback(&url) { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|e| ClientError::Request(root_cause(&e)))?;
        Ok(Self { base_url, http })
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Sends to the address of the request, with the headers of its signature.
    pub(crate) async fn exchange<'a>(
        &self,
        request: &Request,
        url: Url,
        signed: impl Iterator<Item = (&'static str, &'a str)>,
    ) -> Result<Plain, ClientError> {
        let mut call = self.http.request(request.method.clone(), url.clone()).headers(request.headers.clone());
        call = signed.fold(call, |call, (name, value)| call.header(name, value));
        let Body { bytes, content_type } = &request.body;
        if let Some(content_type) = content_type {
            call = call.header(http::header::CONTENT_TYPE, content_type).body(bytes.clone());
        }
        let response = call.send().await.map_err(|e| failure(&url, &e))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.map_err(|e| failure(&url, &e))?;
        match String::from_utf8(bytes.into()) {
            Ok(text) => Ok(Plain { status, headers, text }),
            Err(_) => Err(self.not_the_platform(request, status, "not UTF-8".to_owned())),
        }
    }

    pub(crate) fn not_the_platform(&self, request: &Request, status: u16, reason: String) -> ClientError {
        ClientError::NotThePlatform { url: format!("{}{}", self.base_url, request.path), status, reason }
    }

    pub(crate) fn address(&self, request: &Request) -> Result<Url, ClientError> {
        if !request.path.starts_with('/') {
            return Err(ClientError::Request(format!("{}: a path begins with /", request.path)));
        }
        let mut url = parse(&format!("{}{}", self.base_url, request.path))?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        Ok(url)
    }
}

fn parse(text: &str) -> Result<Url, ClientError> {
    Url::parse(text).map_err(|e| ClientError::Request(format!("{text} is no web address: {e}")))
}

/// Makes ring the TLS provider of the process unless one has been chosen. [`crate::Client::new`] does it by itself; a program
/// that makes other HTTP clients calls it first.
pub fn install_tls() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster; then its choice stands.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']') {
        "localhost" => true,
        host => host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

fn failure(url: &Url, error: &reqwest::Error) -> ClientError {
    let (url, reason) = (shown(url), root_cause(error));
    if error.is_builder() {
        ClientError::Request(reason)
    } else if error.is_connect() {
        ClientError::Unreachable { url, reason }
    } else if error.is_timeout() {
        ClientError::Interrupted { url, reason: "it took too long".to_owned() }
    } else {
        ClientError::Interrupted { url, reason }
    }
}

/// Without the query, which may hold what should not be printed.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}

fn root_cause(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
