//! Pushes of the embedded marketplace about the example orders: three of ten repeat an earlier message.

use alibaba1688::sign;
use form_urlencoded::Serializer;
use std::sync::LazyLock;

/// The secret of the app that the embedded marketplace knows.
const SECRET: &str = "sampan-sandbox-secret";

static ORDERS: LazyLock<Vec<i64>> =
    LazyLock::new(|| sandbox::economy::example_orders().iter().map(|(order, _)| order.get()).collect());

/// The form of a ticket's push.
pub fn form(run: u64, ticket: u64) -> String {
    let number = message_number(ticket);
    let id = i64::try_from((run >> 24 << 23) + number).unwrap_or(i64::MAX);
    let order = ORDERS.get(usize::try_from(number).unwrap_or_default() % ORDERS.len().max(1)).copied().unwrap_or(1);
    let message = format!(
        concat!(
            r#"{{"bizKey":"{order}","data":{{"buyerMemberId":"b2b-2207416548807a4d12","currentStatus":"waitsellersend","#,
            r#""msgSendTime":"2026-04-03 20:57:12","orderId":{order},"sellerMemberId":"b2b-22133744258"}},"#,
            r#""gmtBorn":1775221032000,"msgId":{id},"type":"ORDER_BUYER_VIEW_ORDER_PAY","userInfo":"b2b-2207416548807a4d12"}}"#
        ),
        order = order,
        id = id,
    );
    let signature = sign::push(SECRET, &message);
    Serializer::new(String::new()).append_pair("message", &message).append_pair("_aop_signature", &signature).finish()
}

/// Tickets 7, 8 and 9 of ten repeat 0, 1 and 2.
pub fn message_number(ticket: u64) -> u64 {
    if ticket % 10 >= 7 { ticket - 7 } else { ticket }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn three_of_ten_are_repeats() {
        let forms: HashSet<String> = (0..1000).map(|ticket| form(u64::MAX, ticket)).collect();
        assert_eq!(forms.len(), 700);
    }
}
