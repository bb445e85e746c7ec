//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/strong.rs"]
mod strong;

libfuzzer_sys::fuzz_target!(|data: &[u8]| strong::run(data));
