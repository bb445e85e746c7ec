//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/headers.rs"]
mod headers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| headers::run(data));
