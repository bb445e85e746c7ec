//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/ids.rs"]
mod ids;

libfuzzer_sys::fuzz_target!(|data: &[u8]| ids::run(data));
