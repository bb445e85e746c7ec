//! `operator accounts`: purchasing accounts, and the users for whom they buy.

use super::{access::Global, answer::ask, exit::Failure, screen::Screen};
use clap::{Args, Subcommand};
use contract::{
    operations::operator_pay::{AccountList, UserBind, UserUnbind},
    request::{Id, Nothing, UserBindBody, UserUnbindBody},
    scalar::List,
    view::payment::{AccountRow, BindingRow},
};

const LIST: &str = "\
Examples:
  sampan operator accounts list

A user without an account of its own buys with the default one.";

const BIND: &str = "\
Examples:
  sampan operator accounts bind 1356764224096829747 2100000000002 --account 1

Orders that exist stay with the account that made them.";

const UNBIND: &str = "\
Examples:
  sampan operator accounts unbind 1356764224096829747 2100000000002";

/// Purchasing accounts and who buys with them
#[derive(Debug, Args)]
pub struct Accounts {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List purchasing accounts
    #[command(after_help = LIST)]
    List,
    /// Have an account buy for a user
    #[command(after_help = BIND)]
    Bind {
        #[arg(value_name = "DEVELOP-ID")]
        id: String,
        #[arg(value_name = "USER-ID")]
        user: String,
        /// Account id, see list
        #[arg(long, value_name = "ACCOUNT-ID")]
        account: String,
    },
    /// Have the default account buy for a user
    #[command(after_help = UNBIND)]
    Unbind {
        #[arg(value_name = "DEVELOP-ID")]
        id: String,
        #[arg(value_name = "USER-ID")]
        user: String,
        #[arg(long, default_value = "alibaba1688")]
        marketplace: String,
    },
}

pub async fn run(accounts: &Accounts, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let client = global.operator()?;
    match &accounts.command {
        Command::List => drop(ask::<AccountList>(&client, &Nothing {}, screen, show_list).await?),
        Command::Bind { id, user, account } => {
            let body = UserBindBody {
                develop_id: Id::from(id.as_str()),
                user_id: Id::from(user.as_str()),
                account_id: Id::from(account.as_str()),
            };
            ask::<UserBind>(&client, &body, screen, show_binding).await?;
        }
        Command::Unbind { id, user, marketplace } => {
            let body = UserUnbindBody {
                develop_id: Id::from(id.as_str()),
                user_id: Id::from(user.as_str()),
                marketplace: Some(marketplace.clone()),
            };
            ask::<UserUnbind>(&client, &body, screen, show_binding).await?;
        }
    }
    Ok(())
}

fn show_list(accounts: &List<AccountRow>, screen: &mut Screen) {
    let row = |row: &AccountRow| {
        let users: Vec<_> = row.users.iter().map(|user| user.user_id.as_str()).collect();
        let users = if row.is_default { format!("all others {}", users.join(" ")) } else { users.join(" ") };
        vec![row.account_id.clone(), row.marketplace.clone(), row.login_id.clone(), users.trim_end().to_owned()]
    };
    let rows: Vec<_> = accounts.iter().map(row).collect();
    screen.table(&["ACCOUNT-ID", "MARKETPLACE", "LOGIN", "BUYS FOR"], &rows);
}

fn show_binding(row: &BindingRow, screen: &mut Screen) {
    let account = row.account_id.as_deref().unwrap_or("the default");
    screen.line(&format!("{}  {}  account {account}", row.user_id, row.marketplace));
}
