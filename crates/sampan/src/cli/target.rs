//! What a call is aimed at: a method and a path, or the id of an operation, and the JSON that goes with it.

use super::exit::Failure;
use client::Request;
use contract::{Entry, Method, OPERATIONS};
use http::Method as HttpMethod;
use serde_json::{Value, value::RawValue};
use std::{
    fs,
    io::{self, Read},
};

/// A call as named on the command line.
#[derive(Debug)]
pub struct Target {
    pub method: HttpMethod,
    pub path: String,
    /// A JSON object; `{}` when none was given.
    pub json: String,
    /// The operation behind it, when the contract has one.
    pub operation: Option<&'static Entry>,
}

impl Target {
    /// Reads `METHOD PATH [JSON]` or `OPERATION-ID [JSON]`.
    pub fn parse(words: &[String]) -> Result<Self, Failure> {
        let (method, path, json, operation) = match words {
            [id] => of_operation(id, None)?,
            [method, path] if is_method(method) => of_path(method, path, None)?,
            [id, json] => of_operation(id, Some(json))?,
            [method, path, json] if is_method(method) => of_path(method, path, Some(json))?,
            _ => return Err(Failure::usage("expected METHOD PATH [JSON], or OPERATION-ID [JSON]")),
        };
        let json = json.map_or_else(|| Ok("{}".to_owned()), read_json)?;
        Ok(Self { method, path, json, operation })
    }

    /// The call; the fields of a GET travel in the query.
    pub fn request(&self) -> Result<Request, Failure> {
        let request = Request::new(self.method.clone(), self.path.as_str());
        let request = if self.method == HttpMethod::GET {
            request.fields(&self.fields()?)
        } else {
            request.json(self.json.as_str())
        };
        let only_reads = self.operation.is_some_and(|entry| !entry.writes);
        Ok(if only_reads { request.reading() } else { request })
    }

    /// The query string of a GET; empty otherwise.
    pub fn query(&self) -> Result<String, Failure> {
        if self.method != HttpMethod::GET {
            return Ok(String::new());
        }
        Ok(self.request()?.query_text())
    }

    fn fields(&self) -> Result<Value, Failure> {
        let value: Value = serde_json::from_str(&self.json).map_err(|e| Failure::Usage(format!("JSON: {e}")))?;
        if value.is_object() {
            Ok(value)
        } else {
            Err(Failure::usage("the JSON of a GET is an object of query fields"))
        }
    }
}

type Aim<'a> = (HttpMethod, String, Option<&'a str>, Option<&'static Entry>);

fn is_method(word: &str) -> bool {
    matches!(word.to_ascii_uppercase().as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS")
}

fn of_path<'a>(method: &str, path: &str, json: Option<&'a String>) -> Result<Aim<'a>, Failure> {
    let name = method.to_ascii_uppercase();
    let method = HttpMethod::from_bytes(name.as_bytes()).map_err(|e| Failure::Usage(format!("{name}: {e}")))?;
    let operation = OPERATIONS.iter().find(|entry| entry.path == path && entry.method.name() == name);
    Ok((method, path.to_owned(), json.map(String::as_str), operation))
}

fn of_operation<'a>(id: &str, json: Option<&'a String>) -> Result<Aim<'a>, Failure> {
    let Some(entry) = OPERATIONS.iter().find(|entry| entry.id == id) else {
        return Err(unknown(id));
    };
    let method = match entry.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
    };
    Ok((method, entry.path.to_owned(), json.map(String::as_str), Some(entry)))
}

fn unknown(id: &str) -> Failure {
    let near = OPERATIONS.iter().map(|entry| entry.id).filter(|known| known.contains(id));
    let near = near.take(5).collect::<Vec<_>>().join(", ");
    if near.is_empty() {
        Failure::Usage(format!("{id} is no operation; `sampan call --list` shows them"))
    } else {
        Failure::Usage(format!("{id} is no operation; did you mean {near}?"))
    }
}

/// JSON as given, from a file (`@FILE`) or from standard input (`-`).
fn read_json(argument: &str) -> Result<String, Failure> {
    let text = match argument.strip_prefix('@') {
        Some(file) => fs::read_to_string(file).map_err(|e| Failure::Usage(format!("{file} cannot be read: {e}")))?,
        None if argument == "-" => standard_input()?,
        None => argument.to_owned(),
    };
    let checked: Result<&RawValue, _> = serde_json::from_str(&text);
    checked.map_err(|error| Failure::Usage(format!("this is not JSON: {error}")))?;
    Ok(text)
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|e| Failure::Usage(format!("standard input: {e}")))?;
    Ok(text)
}
