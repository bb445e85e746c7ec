//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/body.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
