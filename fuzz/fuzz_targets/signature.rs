//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/signature.rs"]
mod signature;

libfuzzer_sys::fuzz_target!(|data: &[u8]| signature::run(data));
