//! What a marketplace pushes, and what a stranger sends in its place.

use alibaba1688::{Alibaba1688, AppSecret, Config, sign};
use async_trait::async_trait;
use connector::{Kind, Push, TokenSet, Tokens, Transport, transport::Failure};
use domain::{AccountId, Timestamp};
use form_urlencoded::Serializer;
use std::sync::{Arc, OnceLock};
use tower::service_fn;

const SECRET: &str = "sample-secret";

/// Nobody is called, so nobody's token is asked for.
struct NoTokens;

#[async_trait]
impl Tokens for NoTokens {
    async fn load(&self, _: AccountId) -> connector::Result<TokenSet> {
        unreachable!("a push is decoded without a call")
    }

    async fn save(&self, _: AccountId, _: TokenSet) -> connector::Result<()> {
        unreachable!("a push is decoded without a call")
    }
}

fn connector() -> &'static Alibaba1688 {
    static CONNECTOR: OnceLock<Alibaba1688> = OnceLock::new();
    CONNECTOR.get_or_init(|| {
        let config = Config {
            base_url: "http://upstream.invalid".to_owned(),
            app_key: "1".to_owned(),
            app_secret: AppSecret::new(SECRET),
            site: "1688".to_owned(),
            catalog_account: None,
        };
        let nobody = service_fn(async |_| Err(Failure::Broken("nobody is called".to_owned())));
        Alibaba1688::new(config, Transport::new(nobody), Arc::new(NoTokens), Arc::new(|| Timestamp(0)))
    })
}

/// As the body of a push, and as its message under the right signature.
pub fn run(data: &[u8]) {
    let signed = |message: &str, signature: &str| {
        let pairs = [("message", message), (sign::SIGNATURE, signature)];
        Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    for content_type in ["application/x-www-form-urlencoded", "", "application/json"] {
        // Whoever does not know the secret is refused.
        let error = connector().decode(content_type, data).expect_err("unsigned");
        assert!(matches!(error.kind, Kind::Unauthorized | Kind::InvalidParameter));
    }
    let message = String::from_utf8_lossy(data);
    let body = signed(&message, &sign::push(SECRET, &message));
    match connector().decode("application/x-www-form-urlencoded", body.as_bytes()) {
        Ok(pushed) => assert!(pushed.raw == message && !pushed.message_id.is_empty()),
        Err(error) => assert_eq!(error.kind, Kind::InvalidParameter),
    }
    let forged = signed(&message, &sign::push("another secret", &message));
    assert!(connector().decode("", forged.as_bytes()).is_err());
}
