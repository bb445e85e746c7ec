//! A multipart body with text fields and one jpg. `reqwest` writes such bodies only for its own requests; ours must look
//! the same whichever transport carries them.

use bytes::Bytes;
use sha1::{Digest, Sha1};

/// Content type and body. The boundary is drawn from the file's bytes, so that the file cannot contain it by accident.
pub(crate) fn encode(fields: &[(String, String)], name: &str, jpg: &Bytes) -> (String, Bytes) {
    let boundary = format!("sampan-{}", hex::encode(Sha1::digest(jpg)));
    let mut body = Vec::with_capacity(jpg.len() + 1024);
    for (field, value) in fields {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"voucher.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(jpg);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_first_and_the_file_is_untouched() {
        let jpg = Bytes::from_static(&[0xff, 0xd8, 0, 13, 10, 0xff, 0xd9]);
        let (kind, body) = encode(&[("access_token".to_owned(), "t".to_owned())], "imageData", &jpg);
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let text = String::from_utf8_lossy(&body);
        assert!(text.starts_with(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\nt\r\n"
        )));
        assert!(text.ends_with(&format!("\r\n--{boundary}--\r\n")));
        assert!(body.windows(jpg.len()).any(|part| part == jpg));
    }
}
