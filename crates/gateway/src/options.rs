//! What any request may ask beside its operation: the form of ids, the marketplace's own answers.
//!
//! Options are no fields: they change what an answer carries and never what is done. So they are no part of the content that
//! makes a repeat of a write the same.

use contract::{
    error::{Code, Fault},
    ids::IdForm,
    operation::{Edition, Entry},
    signature::header::{IDS, INCLUDE_UPSTREAM},
};
use http::{HeaderMap, request::Parts};
use platform::account::Account;

/// The query parameter that says what the header [`IDS`] says.
const QUERY_IDS: &str = "ids";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) ids: IdForm,
}

/// Whether the marketplace's own answers are asked for. The word is judged with the fields, the right with the grants.
pub(crate) fn upstream(headers: &HeaderMap) -> Result<bool, Fault> {
    match text(headers, INCLUDE_UPSTREAM) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Fault::invalid(INCLUDE_UPSTREAM, "true or false")),
    }
}

/// The operator grants it. In v2 nobody has it: its answers have opaque ids, and the marketplace's have real ones.
pub(crate) fn may_see_upstream(account: &Account, edition: Edition) -> Result<(), Fault> {
    let why = match edition {
        Edition::V2 => "not in the edition v2, whose ids are opaque",
        Edition::V1 | Edition::Ka | Edition::BigMajor | Edition::Developer | Edition::Operator => {
            if account.include_upstream {
                return Ok(());
            }
            "not granted"
        }
    };
    Err(Fault::field(Code::OperationNotGranted, INCLUDE_UPSTREAM, why))
}

impl Options {
    pub(crate) fn read(entry: &Entry, parts: &Parts) -> Result<Self, Fault> {
        Ok(Self { ids: ids(entry, parts)? })
    }
}

/// The query wins over the header. An operation with a field of that name keeps it.
fn ids(entry: &Entry, parts: &Parts) -> Result<IdForm, Fault> {
    let own = entry.query.iter().any(|field| field.name == QUERY_IDS);
    let query = parts.uri.query().filter(|_| !own).unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == QUERY_IDS);
    let (field, word) = match (&asked, text(&parts.headers, IDS)) {
        (Some((_, word)), _) => (QUERY_IDS, &**word),
        (None, Some(word)) => (IDS, word),
        (None, None) => return Ok(IdForm::Number),
    };
    IdForm::parse(word).ok_or_else(|| Fault::invalid(field, "string or number"))
}

/// A header's text; one that is no text is a value that nobody expects.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?").trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{OPERATIONS, error::Code, signature::header};
    use http::Request;

    fn read(path: &str, header: Option<&str>) -> Result<IdForm, Fault> {
        let mut request = Request::get(path);
        if let Some(text) = header {
            request = request.header(header::IDS, text);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Options::read(&OPERATIONS[0], &parts).map(|options| options.ids)
    }

    #[test]
    fn the_query_wins_over_the_header() {
        assert_eq!(read("/p", None).unwrap(), IdForm::Number);
        assert_eq!(read("/p?a=1&ids=string", None).unwrap(), IdForm::Text);
        assert_eq!(read("/p", Some("string")).unwrap(), IdForm::Text);
        assert_eq!(read("/p?ids=number", Some("string")).unwrap(), IdForm::Number);
        assert_eq!(read("/p?Ids=string", None).unwrap(), IdForm::Number, "names of fields have their case");
    }

    #[test]
    fn another_word_is_refused_under_the_name_of_its_place() {
        for (path, header, field) in [
            ("/p?ids=", None, "ids"),
            ("/p?ids=text", None, "ids"),
            ("/p", Some("1"), "X-Ids"),
            ("/p", Some(""), "X-Ids"),
        ] {
            let fault = read(path, header).unwrap_err();
            assert_eq!((fault.code, fault.field.as_deref()), (Code::InvalidParameter, Some(field)), "{path}");
        }
    }
}
