//! The operator's side of payment, and who buys with which purchasing account.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::operator_pay::{AccountList, PaymentApprove, PaymentList, PaymentRefuse, UserBind, UserUnbind},
    request::PaymentWords,
    scalar::List,
    view::payment::{AccountRow, BindingRow, BoundUser, PaymentApproved, PaymentPage, PaymentRow},
};
use platform::{
    accounts::{AccountEntry, Binding},
    payments::{Approved, PaymentEntry, PaymentState, Which},
};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .on::<PaymentList, _, _, _>(list)
        .on::<PaymentApprove, _, _, _>(approve)
        .on::<PaymentRefuse, _, _, _>(refuse)
        .on::<AccountList, _, _, _>(accounts)
        .on::<UserBind, _, _, _>(bind)
        .on::<UserUnbind, _, _, _>(unbind)
}

async fn list(call: Call<PaymentList>) -> Result<PaymentPage, Refusal> {
    let (words, page, size) = call.request.filter()?;
    let which = match words {
        PaymentWords::Waiting => Which::Unpaid(PaymentState::Waiting),
        PaymentWords::Approved => Which::Unpaid(PaymentState::Approved),
        PaymentWords::Refused => Which::Unpaid(PaymentState::Refused),
        PaymentWords::All => Which::All,
    };
    let (entries, total) = call.platform.payments(which, page, size).await?;
    let records = entries.into_iter().map(row).collect();
    Ok(PaymentPage { records, total, size: i64::from(size), current: i64::from(page) })
}

async fn approve(call: Call<PaymentApprove>) -> Result<PaymentApproved, Refusal> {
    let Approved { entry, cashier_url } =
        call.platform.approve_payment(&call.caller, &call.ticket, call.request.payment()?).await?;
    let protocol_pay_success = entry.order.core.was_paid();
    Ok(PaymentApproved { payment: row(entry), protocol_pay_success, pay_url: cashier_url })
}

async fn refuse(call: Call<PaymentRefuse>) -> Result<PaymentRow, Refusal> {
    let (id, reason) = (call.request.payment()?, call.request.reason()?);
    Ok(row(call.platform.refuse_payment(&call.ticket, id, reason).await?))
}

fn row(entry: PaymentEntry) -> PaymentRow {
    let state = entry.state().to_owned();
    let PaymentEntry { payment, order, account, remarks } = entry;
    let remarks = remarks.unwrap_or_default();
    PaymentRow {
        payment_id: payment.id.to_string(),
        state,
        develop_id: payment.developer_id.to_string(),
        user_id: payment.user_id.to_string(),
        order_id: payment.order_id.to_string(),
        order_no: order.order_no,
        amount: order.core.total().0,
        account,
        submitted_at: payment.submitted_at.into(),
        decided_at: payment.decided_at.map(Into::into),
        reason: payment.reason,
        staff_name: remarks.staff_name,
        transfer_account_imgs: remarks.transfer_images,
        transfer_account_remark: remarks.transfer_text,
    }
}

async fn accounts(call: Call<AccountList>) -> Result<List<AccountRow>, Refusal> {
    Ok(List(call.platform.purchasing_accounts().await?.into_iter().map(account).collect()))
}

fn account(entry: AccountEntry) -> AccountRow {
    let user = |b: Binding| BoundUser { develop_id: b.developer_id.to_string(), user_id: b.user_id.to_string() };
    AccountRow {
        account_id: entry.id.to_string(),
        marketplace: entry.marketplace.name().to_owned(),
        login_id: entry.login_id,
        is_default: entry.is_default,
        users: entry.users.into_iter().map(user).collect(),
    }
}

async fn bind(call: Call<UserBind>) -> Result<BindingRow, Refusal> {
    let (developer, user) = call.request.user()?;
    let bound = call.platform.bind_user(&call.ticket, developer, user, call.request.account()?).await?;
    Ok(BindingRow {
        develop_id: developer.to_string(),
        user_id: user.to_string(),
        marketplace: bound.marketplace.name().to_owned(),
        account_id: Some(bound.account_id.to_string()),
    })
}

async fn unbind(call: Call<UserUnbind>) -> Result<BindingRow, Refusal> {
    let ((developer, user), marketplace) = (call.request.user()?, call.request.marketplace()?);
    call.platform.unbind_user(&call.ticket, developer, user, marketplace).await?;
    Ok(BindingRow {
        develop_id: developer.to_string(),
        user_id: user.to_string(),
        marketplace: marketplace.name().to_owned(),
        account_id: None,
    })
}
