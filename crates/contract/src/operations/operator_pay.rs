//! The operator's side of payment, and who buys with which purchasing account.

use super::operation;
use crate::{
    request::{Nothing, PaymentIdBody, PaymentListBody, PaymentRefuseBody, UserBindBody, UserUnbindBody},
    scalar::List,
    view::payment::{AccountRow, BindingRow, PaymentApproved, PaymentPage, PaymentRow},
};

operation! {
    /// Payments that wait for the operator.
    PaymentList = "operator_payment_list", Post "/operator/payment/list", Operator, "operator", "Payments that wait for the operator", reads;
    request PaymentListBody, answer PaymentPage;
    errors [];
    examples [r#"{"state":"waiting","page":1,"pageSize":20}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Approve a payment: debit once more, else pay at the cashier.
    PaymentApprove = "operator_payment_approve", Post "/operator/payment/approve", Operator, "operator", "Approve a payment", writes;
    request PaymentIdBody, answer PaymentApproved;
    errors [ObjectNotFound, OrderStateConflict, OutOfStock, IdempotencyConflict, StillRunning, CapabilityNotOffered, UpstreamRefused, UpstreamUnreachable, UpstreamUnauthorized, UpstreamTimeout];
    examples [r#"{"paymentId":"1278673924434952649"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Refuse a payment.
    PaymentRefuse = "operator_payment_refuse", Post "/operator/payment/refuse", Operator, "operator", "Refuse a payment", writes;
    request PaymentRefuseBody, answer PaymentRow;
    errors [ObjectNotFound, OrderStateConflict, IdempotencyConflict, StillRunning];
    examples [r#"{"paymentId":"1278673924434952649","reason":"over the limit of the month"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Purchasing accounts.
    AccountList = "operator_account_list", Post "/operator/account/list", Operator, "operator", "Purchasing accounts", reads;
    request Nothing, answer List<AccountRow>;
    errors [];
    examples [r#"{}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Have an account buy for a user.
    UserBind = "operator_user_bind", Post "/operator/user/bind", Operator, "operator", "Have an account buy for a user", writes;
    request UserBindBody, answer BindingRow;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","userId":"2100000000002","accountId":"1"}"#];
    query [];
    body Json, BODY_LIMIT;
}

operation! {
    /// Have the default account buy for a user.
    UserUnbind = "operator_user_unbind", Post "/operator/user/unbind", Operator, "operator", "Have the default account buy for a user", writes;
    request UserUnbindBody, answer BindingRow;
    errors [ObjectNotFound, IdempotencyConflict, StillRunning];
    examples [r#"{"developId":"1356764224096829747","userId":"2100000000002","marketplace":"alibaba1688"}"#];
    query [];
    body Json, BODY_LIMIT;
}
