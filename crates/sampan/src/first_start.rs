//! What a first start makes: an operator, and with the sandbox its purchasing accounts and a test developer who adopts the
//! world's example orders. Key files are written when they are missing; a lost one is replaced by a new key.

use crate::data::{KeyFile, write_key_file};
use connector::TokenSet;
use domain::{AccountId, DeveloperId, Fen, Marketplace, RowId, UserId};
use platform::{
    Platform, Problem,
    operator::{NewAccount, NewDeveloper},
    orders::Adoption,
};
use sandbox::Sandbox;
use std::path::Path;

/// Row id and fee of each line of an example order, as the contract's examples show them.
const EXAMPLE_ROWS: (i64, &[(i64, i64)]) =
    (3_296_622_397_215_134_260, &[(1_278_673_924_434_952_649, 44), (1_278_673_924_434_952_650, 44)]);

/// Whose key a file holds.
struct Holder {
    file: &'static str,
    /// Fact of the installation that names the developer.
    fact: &'static str,
    name: &'static str,
    editions: &'static [&'static str],
    include_upstream: bool,
}

const OPERATOR: Holder = Holder {
    file: "operator.json",
    fact: "operator",
    name: "operator",
    editions: &["operator"],
    include_upstream: false,
};
const TEST_DEVELOPER: Holder = Holder {
    file: "test-developer.json",
    fact: "test_developer",
    name: "test developer",
    editions: &["v1", "v2", "ka", "bigmajor"],
    include_upstream: true,
};

/// Makes the operator and its key file.
pub async fn operator(platform: &Platform, dir: &Path, base_url: &str) -> Result<(), String> {
    hold(platform, dir, base_url, &OPERATOR).await.map(drop)
}

/// Registers the sandbox's purchasing accounts; the last one buys by default.
pub async fn sandbox_accounts(platform: &Platform, sandbox: &Sandbox) -> Result<(), String> {
    let accounts = sandbox.accounts();
    let last = accounts.len();
    let registered = (1..).zip(accounts).map(async |(number, account)| {
        let new = NewAccount {
            id: account_id(number)?,
            marketplace: Marketplace::Alibaba1688,
            login_id: account.login_id,
            member_id: account.member_id,
            tokens: TokenSet {
                access_token: account.access_token,
                refresh_token: account.refresh_token,
                expires_at: account.expires_at,
            },
            is_default: usize::try_from(number) == Ok(last),
        };
        platform.register_account(new).await.map_err(failed("sandbox account"))
    });
    // Side by side they share a commit.
    futures::future::try_join_all(registered).await.map(drop)
}

/// Makes the test developer, its key file and its orders.
pub async fn test_developer(platform: &Platform, sandbox: &Sandbox, dir: &Path, base_url: &str) -> Result<(), String> {
    let (developer, user) = hold(platform, dir, base_url, &TEST_DEVELOPER).await?;
    for (order, account) in sandbox.example_orders() {
        let rows = if order.get() == EXAMPLE_ROWS.0 { EXAMPLE_ROWS.1 } else { &[] };
        let adoption = Adoption {
            marketplace: Marketplace::Alibaba1688,
            developer,
            user,
            account,
            order,
            rows: rows.iter().filter_map(|(id, fee)| Some((RowId::new(*id).ok()?, Fen(*fee)))).collect(),
            announce: false,
        };
        platform.adopt(&adoption).await.map_err(failed("example order"))?;
    }
    Ok(())
}

fn account_id(number: i64) -> Result<AccountId, String> {
    AccountId::new(number).map_err(|e| e.to_string())
}

async fn hold(
    platform: &Platform,
    dir: &Path,
    base_url: &str,
    holder: &Holder,
) -> Result<(DeveloperId, UserId), String> {
    let path = dir.join(holder.file);
    let known = platform.remembered(holder.fact).await.map_err(failed(holder.name))?;
    let known = known.and_then(|text| text.parse::<DeveloperId>().ok());
    if let Some(id) = known
        && path.exists()
    {
        let profile = platform.profile(id).await.map_err(failed(holder.name))?;
        refresh_base_url(&path, base_url)?;
        return Ok((id, profile.developer.default_user));
    }
    let (id, user, key) = match known {
        Some(id) => {
            let profile = platform.profile(id).await.map_err(failed(holder.name))?;
            let key = platform.replace_keys(id).await.map_err(failed(holder.name))?;
            (id, profile.developer.default_user, key)
        }
        None => {
            let new = NewDeveloper {
                id: None,
                name: holder.name.to_owned(),
                editions: holder.editions.iter().map(|e| (*e).to_owned()).collect(),
                message_edition: "v1".to_owned(),
                include_upstream: holder.include_upstream,
            };
            let made = platform.create_remembered(holder.fact, new).await.map_err(failed(holder.name))?;
            (made.id, made.user, made.key)
        }
    };
    let file = KeyFile {
        base_url,
        develop_id: id.to_string(),
        access_key: &key.access_key,
        access_secret: &key.secret,
        user_id: Some(user.to_string()),
    };
    write_key_file(&path, &file).map_err(|e| format!("{}: cannot be written: {e}", path.display()))?;
    Ok((id, user))
}

/// The port may be another one than at the last start.
fn refresh_base_url(path: &Path, base_url: &str) -> Result<(), String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
    let held: serde_json::Value = serde_json::from_str(&text).map_err(|e| format!("{shown}: is damaged: {e}"))?;
    if held["baseUrl"] == base_url {
        return Ok(());
    }
    let field = |name: &str| held[name].as_str().unwrap_or_default();
    let file = KeyFile {
        base_url,
        develop_id: field("developId").to_owned(),
        access_key: field("accessKey"),
        access_secret: field("accessSecret"),
        user_id: held["userId"].as_str().map(str::to_owned),
    };
    write_key_file(path, &file).map_err(|e| format!("{shown}: cannot be written: {e}"))
}

fn failed(what: &str) -> impl Fn(Problem) -> String + '_ {
    move |problem| format!("{what}: {problem:?}")
}
