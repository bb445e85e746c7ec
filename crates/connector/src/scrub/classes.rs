//! The two rules: what nobody may see, and what may be kept of somebody's case.

use super::{Rule, Verdict};

/// Parts of names (in lower case) of what opens doors.
const SECRET: &[&str] = &["token", "secret", "password", "signature", "session", "cookie"];

/// Parts of names of what tells who somebody is or where.
const PRIVATE: &[&str] = &[
    "phone",
    "mobile",
    "tel",
    "fax",
    "email",
    "contact",
    "receiver",
    "consignee",
    "fullname",
    "realname",
    "nick",
    "login",
    "person",
    "operator",
    "memberid",
    "member_id",
    "_mid",
    "idcard",
    "postcode",
    "zip",
    "province",
    "city",
    "area",
    "town",
    "district",
    "address",
    "street",
    "remark",
    "memo",
    "feedback",
    "description",
    "discription",
    "alipay",
    "wangwang",
    "sender",
    "imageid",
    "picture",
    "voucher",
];

/// Names with such a part that hold nothing of the kind.
const PUBLIC: &[&str] = &["operatetype", "operatetypeint", "productimage", "itemtelescope", "areacode"];

/// Names of free texts about goods, states and errors. Other free texts are hidden.
const SPOKEN: &[&str] = &[
    "name",
    "subject",
    "subjecttrans",
    "title",
    "titletrans",
    "value",
    "valuetrans",
    "unit",
    "attributename",
    "attributenametrans",
    "productname",
    "categoryname",
    "companyname",
    "translatedname",
    "chinesename",
    "statusstr",
    "tradetypedesc",
    "paywaydesc",
    "paychannellist",
    "applyreason",
    "apply_reason_text",
    "rejectreason",
    "reason",
    "tip",
    "error_message",
    "errormessage",
    "errormsg",
    "erromsg",
    "errorinfo",
    "exception",
    "sellunit",
    "weightunit",
];

fn has(parts: &[&str], name: &str) -> bool {
    parts.iter().any(|part| name.contains(part))
}

/// Hides tokens and keys and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Secrets;

impl Rule for Secrets {
    fn hides(&self, name: &str) -> bool {
        has(SECRET, &name.to_ascii_lowercase())
    }

    fn text(&self, _: &str, _: &str) -> Verdict {
        Verdict::Keep
    }
}

/// What a kept case may hold: ids, amounts, times, words of enumerations, links without their query, and the texts of
/// goods and errors. A text that nobody has thought of is hidden unless it has the shape of a word, so a new field with a
/// sentence in it is hidden until somebody gives it a class.
#[derive(Debug, Clone, Copy)]
pub enum Case {
    /// What was asked. A message in it is the buyer's.
    Parameters,
    /// What was answered. A message in it says what went wrong.
    Answer,
}

impl Rule for Case {
    fn hides(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        has(SECRET, &name) || (has(PRIVATE, &name) && !PUBLIC.contains(&name.as_str()))
    }

    fn text(&self, name: &str, text: &str) -> Verdict {
        if text.starts_with("http://") || text.starts_with("https://") {
            return link(text);
        }
        let name = name.to_ascii_lowercase();
        let spoken = SPOKEN.contains(&name.as_str()) || (name == "message" && matches!(self, Self::Answer));
        if spoken || (is_word(text) && !is_phone(text)) || is_time(text) { Verdict::Keep } else { Verdict::Hide }
    }
}

/// Without the query, which may hold a signature.
fn link(text: &str) -> Verdict {
    match text.find(['?', '#']) {
        _ if text.contains('@') => Verdict::Hide,
        None => Verdict::Keep,
        Some(end) => Verdict::Cut(text[..end].to_owned()),
    }
}

fn is_word(text: &str) -> bool {
    text.len() <= 200 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.,:;-/=#|%!*$~".contains(&b))
}

fn is_time(text: &str) -> bool {
    text.len() <= 32
        && text.bytes().all(|b| b.is_ascii_digit() || b"-:.+ TZ".contains(&b))
        && text.contains(['-', ':', '+'])
}

/// A Chinese mobile number.
fn is_phone(text: &str) -> bool {
    let digits = text.len() == 11 && text.bytes().all(|b| b.is_ascii_digit());
    digits && text.starts_with('1') && matches!(text.as_bytes()[1], b'3'..=b'9')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scrub::{json, parameter};
    use std::borrow::Cow;

    #[test]
    fn without_secrets_no_byte_changes() {
        let text = " { \"orderId\" : 3296622397216134260, \"sum\": 1.10 , \"a\":[1e3,\"\\u738b\", {}, [] ] }\n";
        assert!(matches!(json(text, &Secrets), Some(Cow::Borrowed(same)) if same == text));
        assert_eq!(json("{\"a\":", &Secrets), None);
        assert_eq!(json("<html>", &Secrets), None);
    }

    #[test]
    fn secrets_go_with_everything_below_them_and_the_rest_stays() {
        let text = r#"{"access_token":"abc","n":{"refreshToken":{"v":["x",7,true,null]}},"sum":1.10,"empty_token":""}"#;
        let scrubbed =
            r#"{"access_token":"***","n":{"refreshToken":{"v":["***",0,true,null]}},"sum":1.10,"empty_token":""}"#;
        assert_eq!(json(text, &Secrets).unwrap(), scrubbed);
        assert_eq!(json(scrubbed, &Secrets).unwrap(), scrubbed);
    }

    #[test]
    fn text_inside_text_is_walked_too() {
        let text = r#"{"ext":"{\"token\":\"a\",\"n\":1.10}","plain":"[not json"}"#;
        assert_eq!(json(text, &Secrets).unwrap(), r#"{"ext":"{\"token\":\"***\",\"n\":1.10}","plain":"[not json"}"#);
    }

    #[test]
    fn of_a_case_ids_amounts_and_words_of_goods_stay_and_people_go() {
        let text = concat!(
            r#"{"result":{"id":3296622397215134260,"status":"waitsellersend","createTime":"20260420152407000+0800","at":"2026-04-20 15:24:07","#,
            r#""items":[{"name":"青少年裤子","price":29.50,"img":"https://cbu01.alicdn.com/a.jpg?sign=1"}],"#,
            r#""buyerContact":{"name":"王小明","mobile":"13800000000"},"toMobile":13800000000,"#,
            r#""toArea":"广东省","note":"call me","x":"13800000000","receiverInfo":{"toFullName":"x"}}}"#
        );
        let expected = concat!(
            r#"{"result":{"id":3296622397215134260,"status":"waitsellersend","createTime":"20260420152407000+0800","at":"2026-04-20 15:24:07","#,
            r#""items":[{"name":"青少年裤子","price":29.50,"img":"https://cbu01.alicdn.com/a.jpg"}],"#,
            r#""buyerContact":{"name":"***","mobile":"***"},"toMobile":0,"#,
            r#""toArea":"***","note":"***","x":"***","receiverInfo":{"toFullName":"***"}}}"#
        );
        assert_eq!(json(text, &Case::Answer).unwrap(), expected);
    }

    #[test]
    fn a_message_is_the_buyer_s_in_parameters_and_the_marketplace_s_in_answers() {
        assert_eq!(parameter("message", "请尽快", &Case::Parameters), "***");
        assert_eq!(parameter("message", "库存不足", &Case::Answer), "库存不足");
        assert_eq!(parameter("access_token", "a", &Case::Parameters), "***");
        assert_eq!(parameter("orderId", "3296622397215134260", &Case::Parameters), "3296622397215134260");
        let address = r#"{"fullName":"王小明","mobile":"13800000000"}"#;
        assert_eq!(parameter("addressParam", address, &Case::Parameters), "***");
    }
}
