//! `operator payments`: what a bulk payment could not debit waits here for a word of the operator.

use super::{access::Global, answer::ask, exit::Failure, screen::Screen};
use clap::{Args, Subcommand};
use contract::{
    operations::operator_pay::{PaymentApprove, PaymentList, PaymentRefuse},
    request::{Id, PaymentIdBody, PaymentListBody, PaymentRefuseBody},
    view::payment::{PaymentApproved, PaymentPage, PaymentRow},
};
use domain::Fen;

const LIST: &str = "\
Examples:
  sampan operator payments list
  sampan --json operator payments list --state all | jq -r .records[].paymentId";

const APPROVE: &str = "\
Examples:
  sampan operator payments approve 1278673924434952649

Debits the purchasing account once more; where it still has no money, the answer holds the cashier page on which to pay.";

const REFUSE: &str = "\
Examples:
  sampan operator payments refuse 1278673924434952649 --reason 'over the limit of the month'

The order stays unpaid; its developer may submit it again.";

/// Payments that wait for approval
#[derive(Debug, Args)]
pub struct Payments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List payments, the longest waiting first
    #[command(after_help = LIST)]
    List {
        /// Which: of unpaid orders those that wait, were approved or were refused; or all
        #[arg(long, default_value = "waiting", value_parser = ["waiting", "approved", "refused", "all"])]
        state: String,
        /// Page, from 1
        #[arg(long, default_value_t = 1)]
        page: i64,
        /// Rows of a page, at most 50
        #[arg(long, default_value_t = 20)]
        page_size: i64,
    },
    /// Approve a payment
    #[command(after_help = APPROVE)]
    Approve {
        #[arg(value_name = "PAYMENT-ID")]
        id: String,
    },
    /// Refuse a payment
    #[command(after_help = REFUSE)]
    Refuse {
        #[arg(value_name = "PAYMENT-ID")]
        id: String,
        /// Why, for the operators who come after
        #[arg(long)]
        reason: Option<String>,
    },
}

pub async fn run(payments: &Payments, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let client = global.operator()?;
    match &payments.command {
        Command::List { state, page, page_size } => {
            let body = PaymentListBody { state: Some(state.clone()), page: Some(*page), page_size: Some(*page_size) };
            ask::<PaymentList>(&client, &body, screen, show_page).await?;
        }
        Command::Approve { id } => {
            let body = PaymentIdBody { payment_id: Id::from(id.as_str()) };
            ask::<PaymentApprove>(&client, &body, screen, show_approved).await?;
        }
        Command::Refuse { id, reason } => {
            let body = PaymentRefuseBody { payment_id: Id::from(id.as_str()), reason: reason.clone() };
            ask::<PaymentRefuse>(&client, &body, screen, |row, screen| screen.pairs(&pairs(row))).await?;
        }
    }
    Ok(())
}

fn show_page(page: &PaymentPage, screen: &mut Screen) {
    let row = |row: &PaymentRow| {
        let submitted = row.submitted_at.at.text();
        vec![
            row.payment_id.clone(),
            row.state.clone(),
            row.order_id.clone(),
            yuan(row.amount),
            row.account.clone(),
            submitted,
        ]
    };
    let rows: Vec<_> = page.records.iter().map(row).collect();
    screen.table(&["PAYMENT-ID", "STATE", "ORDER", "YUAN", "ACCOUNT", "SUBMITTED"], &rows);
    screen.note(&format!("{} of {}, page {}", page.records.len(), page.total, page.current));
}

fn show_approved(approved: &PaymentApproved, screen: &mut Screen) {
    let mut shown = pairs(&approved.payment);
    if let Some(url) = &approved.pay_url {
        shown.push(("pay at", url.clone()));
    }
    screen.pairs(&shown);
}

fn pairs(row: &PaymentRow) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("payment", row.payment_id.clone()),
        ("state", row.state.clone()),
        ("order", format!("{} ({})", row.order_id, row.order_no)),
        ("developer", format!("{} user {}", row.develop_id, row.user_id)),
        ("yuan", yuan(row.amount)),
        ("account", row.account.clone()),
    ];
    pairs.extend(row.reason.as_ref().map(|reason| ("reason", reason.clone())));
    pairs
}

fn yuan(fen: i64) -> String {
    Fen(fen).yuan().to_string()
}
