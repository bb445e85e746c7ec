//! Ids as they come from outside: texts that may be numbers, and texts that may stand for one.

use domain::{DeveloperId, EntryId, IdKey, OfferId, OpaqueId, OrderId, RefundId, SpecId, UserId};

/// Any text as an id of each kind. The first eight bytes are a number to be hidden, too.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    macro_rules! same {
        ($($id:ty),*) => {$(
            if let Ok(id) = text.parse::<$id>() {
                assert!(id.get() > 0);
                assert_eq!(id.to_string().parse(), Ok(id));
                assert_eq!(text.trim_start_matches("TQ").trim_start_matches('0'), id.get().to_string());
            }
        )*};
    }
    same!(OrderId, EntryId, OfferId, UserId, DeveloperId, RefundId);
    if let Ok(spec) = SpecId::parse(&text) {
        assert_eq!(spec.as_str(), text);
    }
    let key = IdKey::new([7; 32]);
    let [mine, other] = [1, 2].map(|n| key.of(DeveloperId::new(n).expect("positive")));
    if let Some(id) = mine.open(&text) {
        assert_eq!(mine.seal(id).as_str(), text, "one id has one text");
    }
    if let Some(opaque) = OpaqueId::parse(&text) {
        assert_eq!(opaque.as_str(), text);
    }
    let bytes = data.first_chunk::<8>().map_or(1, |bytes| i64::from_be_bytes(*bytes));
    let hidden = mine.seal(bytes.saturating_abs().max(1));
    assert_eq!(mine.open(hidden.as_str()), Some(bytes.saturating_abs().max(1)));
    assert_eq!(other.open(hidden.as_str()), None);
}
