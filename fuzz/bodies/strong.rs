//! The strong signature and the digest of the content: structured fields as strange as a header can be.

use contract::{
    error::Code,
    signature::header,
    strong::{Claim, Message, Signer, digest},
};

/// `Signature-Input`, `Signature`, path and query, and the secret, separated by line feeds, the body after them.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(5, '\n');
    let [input, signature, target, secret, body] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let content = digest::of(body.as_bytes());
    let field = |name: &str| (name == header::CONTENT_DIGEST).then(|| content.clone());
    let message = Message { method: "POST", path, query, field: &field };
    match Claim::read(input, Some(signature)) {
        // Nobody guesses a MAC.
        Ok(claim) => assert!(claim.verify(&message, body.as_bytes(), secret).is_err()),
        Err(fault) => assert!(matches!(
            fault.code,
            Code::MissingCredentials | Code::SignatureMismatch | Code::TimestampOutOfRange
        )),
    }
    drop(digest::check(input, body.as_bytes()));
    let signed = Signer { access_key: "fuzz", created: 1_775_221_032, nonce: "n" }.sign(&message, secret);
    let Ok(signed) = signed else { return };
    let claim = Claim::read(&signed.signature_input, Some(&signed.signature)).expect("what is signed here can be read");
    assert!(claim.verify(&message, body.as_bytes(), secret).is_ok());
    assert!(claim.verify(&message, b"another", secret).is_err() || body == "another");
    assert!(claim.verify(&Message { method: "GET", ..message }, body.as_bytes(), secret).is_err());
}
