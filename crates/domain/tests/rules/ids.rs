//! Ids as they come from outside; the same function is the body of a fuzz target.

#[path = "../../../../fuzz/bodies/ids.rs"]
mod texts;

use proptest::{collection::vec, prelude::*};

proptest! {
    #[test]
    fn any_bytes_are_ids_or_not(data in vec(any::<u8>(), 0..60)) {
        texts::run(&data);
    }

    #[test]
    fn texts_that_nearly_are_ids(data in "(TQ){0,2}[+-]?0{0,3}[0-9]{1,21}|[A-Za-z0-9_-]{21,23}={0,2}|[0-9]{1,19}[ .,_][0-9]{0,3}") {
        texts::run(data.as_bytes());
    }
}
