//! What a developer's edition calls an event. One table (contract, topics1688); the upstream's own topic names are the
//! names of v1 and v2, misspelling included.

use domain::event::{Event, OrderEvent};

/// The developer's setting that chooses message types and form. v2 messages are those of v1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageEdition {
    V1,
    V2,
    Ka,
}

impl MessageEdition {
    pub const ALL: [Self; 3] = [Self::V1, Self::V2, Self::Ka];

    pub const fn word(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
            Self::Ka => "ka",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.word() == word)
    }
}

/// The one type for everything that happens to a refund, in all editions.
pub const REFUND: &str = "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND";

/// The message type of an event, or `None` where the edition is not told of it.
pub fn message_type(event: Event, edition: MessageEdition) -> Option<&'static str> {
    let event = match event {
        Event::Refund => return Some(REFUND),
        Event::Order(event) => event,
    };
    let (own, ka) = order(event);
    match edition {
        MessageEdition::V1 | MessageEdition::V2 => Some(own),
        MessageEdition::Ka => ka,
    }
}

/// The type in v1 and v2, and in ka.
fn order(event: OrderEvent) -> (&'static str, Option<&'static str>) {
    let same = |name| (name, Some(name));
    match event {
        OrderEvent::Created => ("ORDER_BUYER_VIEW_BUYER_MAKE", Some("ORDER_CREATE")),
        OrderEvent::Paid => ("ORDER_BUYER_VIEW_ORDER_PAY", Some("ORDER_PAY_SUCCESS")),
        OrderEvent::ClosedByBuyer => ("ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE", Some("ORDER_CANCEL")),
        OrderEvent::BatchPay => ("ORDER_BATCH_PAY", None),
        OrderEvent::PriceModified => same("ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"),
        OrderEvent::StagePaid => same("ORDER_BUYER_VIEW_ORDER_STEP_PAY"),
        OrderEvent::PartShipped => same("ORDER_BUYER_VIEW_PART_PART_SENDGOODS"),
        OrderEvent::Shipped => same("ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS"),
        OrderEvent::ReceiptConfirmed => same("ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS"),
        OrderEvent::Succeeded => same("ORDER_BUYER_VIEW_ORDER_SUCCESS"),
        OrderEvent::ClosedBySeller => same("ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE"),
        OrderEvent::ClosedByPlatform => same("ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_contracts() {
        for (event, own, ka) in [
            (OrderEvent::Created, "ORDER_BUYER_VIEW_BUYER_MAKE", Some("ORDER_CREATE")),
            (OrderEvent::Paid, "ORDER_BUYER_VIEW_ORDER_PAY", Some("ORDER_PAY_SUCCESS")),
            (OrderEvent::BatchPay, "ORDER_BATCH_PAY", None),
            (OrderEvent::ClosedByBuyer, "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE", Some("ORDER_CANCEL")),
            (
                OrderEvent::ReceiptConfirmed,
                "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
                Some("ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS"),
            ),
        ] {
            assert_eq!(message_type(Event::Order(event), MessageEdition::V1), Some(own));
            assert_eq!(message_type(Event::Order(event), MessageEdition::V2), Some(own));
            assert_eq!(message_type(Event::Order(event), MessageEdition::Ka), ka);
        }
        for edition in MessageEdition::ALL {
            assert_eq!(message_type(Event::Refund, edition), Some("ORDER_BUYER_VIEW_ORDER_BUYER_REFUND"));
        }
    }
}
