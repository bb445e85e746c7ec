//! A cassette: upstream calls as they were made and answered, without what tells who somebody is. A file a call, in a folder.
//!
//! Written by [`crate::transport::Recorder`], read by a marketplace that answers as the recorded one did. Parameters are
//! kept scrubbed, and whoever looks one up scrubs what it was asked in the same way.

use crate::scrub::{self, Case};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The form of the files.
pub const FORM: u32 = 1;
/// Calls that one cassette may hold.
pub const MOST_CALLS: usize = 10_000;
/// A call with a longer answer is not recorded.
pub const LONGEST_ANSWER: usize = 1 << 20;

/// One call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// [`FORM`]; another one is refused.
    pub cassette: u32,
    /// Counts the calls of the folder in the order in which they ended.
    pub number: u64,
    /// Wall time of the answer.
    pub at: Timestamp,
    /// The connector's name of the call, e.g. `com.alibaba.trade/alibaba.trade.cancel`.
    pub call: String,
    pub parameters: BTreeMap<String, String>,
    /// HTTP status; 504 where no answer came.
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<String>,
    /// Null where no answer came, or none that is JSON.
    pub answer: Option<Box<RawValue>>,
}

/// Parameters as a cassette keeps them.
pub fn parameters<N: Into<String>, V: AsRef<str>>(given: impl IntoIterator<Item = (N, V)>) -> BTreeMap<String, String> {
    let scrubbed = given.into_iter().map(|(name, value)| {
        let name = name.into();
        let value = scrub::parameter(&name, value.as_ref(), &Case::Parameters).into_owned();
        (name, value)
    });
    scrubbed.collect()
}

/// Reads a folder of calls in the order of their numbers, or a file with one call or a list of them.
pub fn load(path: &Path) -> Result<Vec<Recorded>, String> {
    let mut calls = Vec::new();
    for file in files(path)? {
        let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let text = fs::read_to_string(&file).map_err(|e| failed(&e))?;
        calls.extend(read(&text).map_err(|e| failed(&e))?);
        if calls.len() > MOST_CALLS {
            return Err(format!("{}: more than {MOST_CALLS} calls", path.display()));
        }
    }
    if calls.is_empty() {
        return Err(format!("{}: no recorded calls", path.display()));
    }
    calls.sort_by_key(|call| call.number);
    Ok(calls)
}

/// One call, or a list of them, as JSON text.
pub fn read(text: &str) -> Result<Vec<Recorded>, String> {
    let read: Result<Vec<Recorded>, _> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::from_str(text).map(|one| vec![one])
    };
    let calls = read.map_err(|e| format!("not a recorded call: {e}"))?;
    match calls.iter().find(|call| call.cassette != FORM) {
        Some(other) => Err(format!("a recording of form {}; this version reads form {FORM}", other.cassette)),
        None => Ok(calls),
    }
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|end| end == "json") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str =
        r#"{"cassette":1,"number":2,"at":5,"call":"a/b","parameters":{"id":"1"},"status":200,"answer":{"n":1.10}}"#;

    #[test]
    fn a_call_and_a_list_of_calls_are_read() {
        let one = read(CALL).unwrap();
        assert_eq!(one[0].answer.as_ref().unwrap().get(), "{\"n\":1.10}", "as it was recorded");
        assert_eq!(read(&format!("[{CALL},{CALL}]")).unwrap().len(), 2);
        assert!(read("{}").is_err() && read("x").is_err());
        assert!(read(&CALL.replace("\"cassette\":1", "\"cassette\":2")).unwrap_err().contains("form 2"));
    }

    #[test]
    fn parameters_are_kept_without_people_and_keys() {
        let kept = parameters([("orderId", "7"), ("access_token", "x"), ("description", "王小明")]);
        let pairs: Vec<_> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("access_token", "***"), ("description", "***"), ("orderId", "7")]);
    }
}
