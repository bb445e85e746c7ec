//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/push.rs"]
mod push;

libfuzzer_sys::fuzz_target!(|data: &[u8]| push::run(data));
