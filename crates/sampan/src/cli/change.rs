//! `developer set`, `developer add-user` and `developer set-user`: what the operator changes of developers.

use super::{access::Global, answer::ask, exit::Failure, screen::Screen};
use clap::{ArgGroup, Args};
use contract::{
    operations::operator_set::{DeveloperSet, UserCreate, UserSet},
    request::{DeveloperSetBody, Id, UserCreateBody, UserSetBody},
    view::operator::{DeveloperRow, UserRow},
};

/// What `developer set` can change; without any of it there is nothing to do.
const CHANGES: [&str; 6] =
    ["status", "editions", "message_edition", "nonce_rule", "include_upstream", "signature_rule"];

/// Change a developer; what is left out stays (operator)
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("change").required(true).multiple(true).args(CHANGES)),
    after_help = "Examples:\n  sampan developer set 1356764224096829747 --status disabled\n  sampan developer set 1356764224096829747 --edition v1 --edition ka --nonce-rule strict\n  sampan developer set 1356764224096829747 --include-upstream true\n  sampan developer set 1356764224096829747 --signature-rule strong"
)]
pub struct Set {
    #[arg(value_name = "DEVELOP-ID")]
    id: String,
    #[arg(long, value_parser = ["active", "disabled"])]
    status: Option<String>,
    /// Granted edition; may be repeated
    #[arg(long = "edition", value_name = "EDITION", value_parser = ["v1", "v2", "ka", "bigmajor"])]
    editions: Vec<String>,
    /// In which form messages are written
    #[arg(long, value_name = "EDITION", value_parser = ["v1", "v2", "ka"])]
    message_edition: Option<String>,
    /// Which requests need a new nonce: those that change state, all, or none
    #[arg(long, value_name = "RULE", value_parser = ["standard", "strict", "off"])]
    nonce_rule: Option<String>,
    /// Whether answers may carry the marketplace's own beside ours (X-Include-Upstream)
    #[arg(long, value_name = "BOOL")]
    include_upstream: Option<bool>,
    /// Which request signatures are taken: any, or strong ones only (RFC 9421; v1 is refused then)
    #[arg(long, value_name = "RULE", value_parser = ["any", "strong"])]
    signature_rule: Option<String>,
}

/// Make a user (sub-account) of a developer (operator)
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sampan developer add-user 1356764224096829747 'Warehouse North'")]
pub struct AddUser {
    #[arg(value_name = "DEVELOP-ID")]
    id: String,
    /// Name, for people
    name: String,
}

/// Enable or disable a user (operator)
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sampan developer set-user 1356764224096829747 2100000000002 --status disabled")]
pub struct SetUser {
    #[arg(value_name = "DEVELOP-ID")]
    id: String,
    #[arg(value_name = "USER-ID")]
    user: String,
    #[arg(long, value_parser = ["active", "disabled"])]
    status: String,
}

pub async fn set(set: &Set, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let body = DeveloperSetBody {
        develop_id: Id::from(set.id.as_str()),
        status: set.status.clone(),
        editions: Some(set.editions.clone()).filter(|editions| !editions.is_empty()),
        message_edition: set.message_edition.clone(),
        nonce_rule: set.nonce_rule.clone(),
        include_upstream: set.include_upstream,
        signature_rule: set.signature_rule.clone(),
    };
    ask::<DeveloperSet>(&global.operator()?, &body, screen, show_developer).await.map(drop)
}

pub async fn add_user(user: &AddUser, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let body = UserCreateBody { develop_id: Id::from(user.id.as_str()), name: user.name.clone() };
    ask::<UserCreate>(&global.operator()?, &body, screen, show_user).await.map(drop)
}

pub async fn set_user(user: &SetUser, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let body = UserSetBody {
        develop_id: Id::from(user.id.as_str()),
        user_id: Id::from(user.user.as_str()),
        status: user.status.clone(),
    };
    ask::<UserSet>(&global.operator()?, &body, screen, show_user).await.map(drop)
}

fn show_developer(row: &DeveloperRow, screen: &mut Screen) {
    let editions = row.editions.join(",");
    let text = format!(
        "{}  {}  {}  editions {editions}  messages {}  nonces {}  signatures {}  upstream answers {}",
        row.develop_id,
        row.name,
        row.status,
        row.message_edition,
        row.nonce_rule,
        row.signature_rule,
        if row.include_upstream { "granted" } else { "not granted" },
    );
    screen.line(&text);
}

fn show_user(row: &UserRow, screen: &mut Screen) {
    screen.line(&format!("{}  {}  {}", row.user_id, row.name, row.status));
}
