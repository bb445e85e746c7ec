//! The system headers of a request: any bytes that HTTP lets through. The strong signature has a body of its own.

use contract::{error::Code, signature::header};
use gateway::SystemHeaders;
use http::{HeaderMap, HeaderValue};

const NAMES: [&str; 5] = [header::ACCESS_KEY, header::TIMESTAMP, header::NONCE, header::SIGNATURE, header::USER_ID];
const REQUIRED: [&str; 3] = [header::ACCESS_KEY, header::TIMESTAMP, header::SIGNATURE];

/// Values separated by line feeds, given to the headers in turn; an empty one leaves its header out.
pub fn run(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for (at, value) in data.split(|byte| *byte == b'\n').enumerate().filter(|(_, value)| !value.is_empty()) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(NAMES[at % NAMES.len()], value);
        }
    }
    let readable = |name: &str| headers.get(name).is_some_and(|value| std::str::from_utf8(value.as_bytes()).is_ok());
    match SystemHeaders::read(&headers) {
        Ok(_) => assert!(REQUIRED.iter().all(|name| readable(name))),
        Err(fault) => {
            assert_eq!(fault.code, Code::MissingCredentials);
            assert!(!REQUIRED.iter().all(|name| readable(name)));
        }
    }
}
