//! Pushes as strange as they can be; the same function is the body of a fuzz target.

#[path = "../../../fuzz/bodies/push.rs"]
mod push;

use proptest::{collection::vec, prelude::*};

proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_signature(data in vec(any::<u8>(), 0..400)) {
        push::run(&data);
    }

    #[test]
    fn messages_that_nearly_fit(
        topic in "(ORDER_BATCH_PAY|ORDER_BUYER_VIEW_ORDER_(PAY|BUYER_REFUND_IN_SALES)|LOGISTICS_BUYER_VIEW_TRACE|[A-Z_]{0,9})",
        data in "(\\{\"orderId\":(-?[0-9]{0,21}|\"[0-9]{0,21}\"|null|\\[\\])(,\"refundId\":\"?(TQ)?[0-9]{0,20}\"?)?\\}|\\{\"batchPay\":\\[\\{\"orderId\":[0-9]{1,20},\"status\":\"[a-zA-Z_]{0,9}\"\\}\\]\\}|\\{\"orderLogsItems\":\\[(\\{\\})?\\]\\}|null|[0-9]{1,3})",
        born in "(-?[0-9]{0,20}|\"[0-9]{0,15}\"|null)",
        id in "(-?[0-9]{0,20}|\"[0-9]{0,20}\")",
    ) {
        push::run(format!(r#"{{"bizKey":"1","data":{data},"gmtBorn":{born},"msgId":{id},"type":"{topic}"}}"#).as_bytes());
    }
}
