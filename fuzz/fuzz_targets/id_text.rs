//! Runs the body of the same name, which the property tests run too.

#![no_main]

#[path = "../bodies/id_text.rs"]
mod id_text;

libfuzzer_sys::fuzz_target!(|data: &[u8]| id_text::run(data));
