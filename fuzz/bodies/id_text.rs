//! Ids in JSON, as number or text: digit for digit, never through a double.

use contract::request::Id;

/// JSON text.
pub fn run(data: &[u8]) {
    let Ok(id) = serde_json::from_slice::<Id>(data) else { return };
    let text = String::from_utf8_lossy(data);
    let text = text.trim();
    if !text.starts_with('"') {
        assert_eq!(id.0, text, "a number keeps its digits");
        assert!(id.0.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()));
    }
    let printed = serde_json::to_string(&id).expect("a text");
    assert_eq!(serde_json::from_str::<Id>(&printed).expect("its own print"), id);
    // However strange, it is read or refused.
    let _ = (id.refund(), id.order_ref("orderId"), id.parse::<domain::OfferId>("offerId"));
}
