//! Authorisation of purchasing accounts: a page where one picks the account, a code, and tokens.
//!
//! The page asks no password: every account of this world belongs to whoever runs it. Codes live two minutes of wall time,
//! in memory, and work once. Rejected: keeping codes on disk; an authorisation that a restart interrupts is begun again.

use crate::{
    api::{ApiError, Params},
    economy::{Economy, Failure, Grant},
    page::{escaped, page},
    server::Platform,
};
use alibaba1688::wire::{Text, oauth::TokenAnswer};
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{AccountId, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

const CODE_MS: i64 = 120_000;
/// Codes that wait; the oldest go first.
const CODES: usize = 1000;

/// Codes that were given out and not yet used.
#[derive(Default)]
pub struct Consents(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    given: u64,
    codes: HashMap<String, Consent>,
}

struct Consent {
    account: AccountId,
    redirect: String,
    ends_at: Timestamp,
}

impl Consents {
    fn give(&self, secret: &str, account: AccountId, redirect: String, now: Timestamp) -> String {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.codes.retain(|_, c| c.ends_at > now);
        if waiting.codes.len() >= CODES {
            waiting.codes.clear();
        }
        waiting.given += 1;
        let drawn = Sha256::digest(format!("{secret} {account} {} {}", now.0, waiting.given));
        let code = hex::encode(&drawn[..16]);
        waiting.codes.insert(code.clone(), Consent { account, redirect, ends_at: now.plus_ms(CODE_MS) });
        code
    }

    fn take(&self, code: &str, redirect: &str, now: Timestamp) -> Option<AccountId> {
        let consent = self.0.lock().unwrap_or_else(PoisonError::into_inner).codes.remove(code)?;
        (consent.ends_at > now && consent.redirect == redirect).then_some(consent.account)
    }
}

/// Serves the page at `/oauth/authorize`.
pub fn router(platform: Platform) -> Router {
    Router::new().route("/oauth/authorize", get(ask).post(consent)).with_state(platform)
}

/// What a link to the page carries.
struct Link {
    redirect: String,
    state: String,
}

fn link(platform: &Platform, form: &BTreeMap<String, String>) -> Result<Link, &'static str> {
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    if field("client_id") != platform.app.key {
        return Err("client_id 不存在 / There is no app with this client_id.");
    }
    let redirect = field("redirect_uri");
    let web = redirect.parse::<http::Uri>().is_ok_and(|u| matches!(u.scheme_str(), Some("http" | "https")));
    if !web {
        return Err("redirect_uri 无效 / redirect_uri must be an http or https address.");
    }
    Ok(Link { redirect: redirect.to_owned(), state: field("state").to_owned() })
}

fn fields(form: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(form).into_owned().collect()
}

async fn ask(State(platform): State<Platform>, RawQuery(query): RawQuery) -> Response {
    let form = fields(query.unwrap_or_default().as_bytes());
    let link = match link(&platform, &form) {
        Ok(link) => link,
        Err(why) => return wrong(why),
    };
    let button = |(id, login): (AccountId, String)| {
        format!(
            "<form method=\"post\" action=\"/oauth/authorize\">{}<button type=\"submit\">{}</button></form>",
            hidden(&[
                ("client_id", &platform.app.key),
                ("redirect_uri", &link.redirect),
                ("state", &link.state),
                ("account", &id.to_string())
            ]),
            escaped(&login)
        )
    };
    let accounts = platform.economy.accounts().into_iter().map(|a| (a.id, a.party.login_id));
    let buttons: String = accounts.map(button).collect();
    let head = "<h1>授权</h1><p class=\"en\">Choose the purchasing account that the app may act for.</p>";
    // The consent answers with a redirect to the app, which the policy of the form must allow.
    page(StatusCode::OK, "授权 / Authorize", &format!("{head}{buttons}"), "'self' http: https:")
}

fn hidden(fields: &[(&str, &str)]) -> String {
    let input = |(n, v): &(&str, &str)| format!("<input type=\"hidden\" name=\"{n}\" value=\"{}\">", escaped(v));
    fields.iter().map(input).collect()
}

async fn consent(State(platform): State<Platform>, body: Bytes) -> Response {
    let form = fields(&body);
    let link = match link(&platform, &form) {
        Ok(link) => link,
        Err(why) => return wrong(why),
    };
    let chosen = form.get("account").and_then(|id| id.parse().ok());
    let Some(account) = chosen.filter(|id| platform.economy.accounts().iter().any(|a| a.id == *id)) else {
        return wrong("账号不存在 / There is no such account.");
    };
    let now = platform.economy.wall();
    let code = platform.consents.give(&platform.app.secret, account, link.redirect.clone(), now);
    let pairs = [("code", code.as_str()), ("state", link.state.as_str())];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let joint = if link.redirect.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{}{joint}{query}", link.redirect)).into_response()
}

fn wrong(why: &str) -> Response {
    page(StatusCode::BAD_REQUEST, "授权 / Authorize", &format!("<h1>无法授权</h1><p class=\"en\">{why}</p>"), "'none'")
}

/// `system.oauth2/getToken`: a code or a refresh token for tokens. Not signed; the app proves itself by its secret.
pub async fn token(platform: &Platform, app_key: &str, params: &Params) -> Result<Value, ApiError> {
    let known = app_key == platform.app.key && params.require("client_id")? == platform.app.key;
    if !known || params.require("client_secret")? != platform.app.secret {
        return Err(refused("invalid_client: client_id or client_secret is wrong"));
    }
    let grant = match params.require("grant_type")? {
        "authorization_code" => by_code(platform, params).await?,
        "refresh_token" => platform.economy.refresh(params.require("refresh_token")?).await,
        other => {
            return Err(ApiError::invalid("grant_type", &format!("authorization_code or refresh_token, not {other}")));
        }
    };
    let grant = grant.map_err(|why| refused(&format!("invalid_grant: {why}")))?;
    Ok(serde_json::to_value(printed(&grant, &platform.economy)).expect("an answer has text keys only"))
}

type Granted = Result<Grant, Failure>;

async fn by_code(platform: &Platform, params: &Params) -> Result<Granted, ApiError> {
    let (code, redirect) = (params.require("code")?, params.require("redirect_uri")?);
    let account = platform.consents.take(code, redirect, platform.economy.wall());
    let account = account.ok_or_else(|| refused("invalid_grant: the code is unknown, used or expired"))?;
    Ok(platform.economy.grant(account).await)
}

/// The code that the gateway has for every lack of authorisation.
fn refused(message: &str) -> ApiError {
    ApiError::Gateway { code: "401", message: message.to_owned(), status: 401 }
}

fn printed(grant: &Grant, economy: &Economy) -> TokenAnswer {
    let seconds = grant.access.ends_at.ms_since(economy.wall()) / 1000;
    TokenAnswer {
        access_token: Some(grant.access.text.clone()),
        refresh_token: Some(grant.refresh.text.clone()),
        // The upstream writes this number as text.
        expires_in: Some(Text::from(seconds.to_string())),
        expires_time: Some(Text::from(grant.access.ends_at.compact())),
        refresh_token_timeout: Some(grant.refresh.ends_at.compact()),
        resource_owner: Some(grant.party.login_id.clone()),
        uid: Some(Text::from(grant.party.user_id.to_string())),
        ali_id: Some(Text::from(grant.party.user_id.to_string())),
        member_id: Some(grant.party.member_id.clone()),
    }
}
