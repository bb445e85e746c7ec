//! What an operation is: a type that says how it is called, what it takes and answers, and how it can refuse.
//!
//! The router, the body check, the OpenAPI document, the SDK and the command line all read the same constants; a list
//! beside the type (a registry built at start, attributes on handlers) was rejected because it could disagree with it.

use crate::error::Code;
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::{Serialize, de::DeserializeOwned};

/// How a request travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// The request is the query string; fields are texts.
    Get,
    /// The request is a JSON object in the body.
    Post,
}

impl Method {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// The part of the API that an operation belongs to; developers are granted editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    V1,
    /// Opaque ids of products in place of the marketplace's own.
    V2,
    /// Key accounts.
    Ka,
    /// The forerunner of ka.
    BigMajor,
    /// The developer's own account; every developer has it.
    Developer,
    /// The operator of the installation; not for developers.
    Operator,
}

impl Edition {
    pub const ALL: [Self; 6] = [Self::V1, Self::V2, Self::Ka, Self::BigMajor, Self::Developer, Self::Operator];

    pub const fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
            Self::Ka => "ka",
            Self::BigMajor => "bigmajor",
            Self::Developer => "developer",
            Self::Operator => "operator",
        }
    }
}

/// In which forms a body is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    Json,
    /// JSON, or a form with a file part of each field's name.
    MultipartOrJson,
}

/// 256 KiB, the limit of a body where nothing else is said.
pub const BODY_LIMIT: usize = 256 * 1024;
/// 2 MiB, the limit of a voucher upload.
pub const UPLOAD_LIMIT: usize = 2 * 1024 * 1024;
/// 6 MiB, the limit of an image search.
pub const IMAGE_LIMIT: usize = 6 * 1024 * 1024;

/// A field that is taken from the query string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryField {
    pub name: &'static str,
    pub required: bool,
    /// Shape and meaning, for people.
    pub note: &'static str,
}

/// One operation of the API.
pub trait Operation: Send + Sync + 'static {
    /// Stable name, e.g. `ka_refund_detail`.
    const ID: &'static str;
    const METHOD: Method;
    /// Under `/` and under `/api`.
    const PATH: &'static str;
    const EDITION: Edition;
    /// E.g. `alibaba1688/aftersale`.
    const GROUP: &'static str;
    const TITLE: &'static str;
    /// Changes state: nonces count, `Idempotency-Key` is honoured.
    const WRITES: bool;
    const CONTENT: Content;
    /// Bytes.
    const BODY_LIMIT: usize;
    /// What it can answer beside success and the refusals that every operation shares ([`SHARED_ERRORS`]).
    const ERRORS: &'static [Code];
    /// Fields of [`Self::Request`] that the query string may carry. A GET has no others; in a POST the body wins.
    const QUERY: &'static [QueryField];
    /// Requests as JSON texts that fit the schema of [`Self::Request`].
    const EXAMPLES: &'static [&'static str];

    type Request: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// The `data` of the envelope. It reads what it prints.
    type Answer: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
}

/// What any operation can answer before it begins, or when the installation itself fails.
pub const SHARED_ERRORS: &[Code] = &[
    Code::MalformedRequest,
    Code::MissingParameter,
    Code::InvalidParameter,
    Code::MissingCredentials,
    Code::UnknownAccessKey,
    Code::SignatureMismatch,
    Code::TimestampOutOfRange,
    Code::NonceReplayed,
    Code::StrongSignatureRequired,
    Code::OperationNotGranted,
    Code::UserNotAllowed,
    Code::AccountDisabled,
    Code::RouteNotFound,
    Code::BodyTooLarge,
    Code::RateLimited,
    Code::QuotaExceeded,
    Code::InternalError,
    Code::Overloaded,
];

/// An operation as a row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub id: &'static str,
    pub method: Method,
    pub path: &'static str,
    pub edition: Edition,
    pub group: &'static str,
    pub title: &'static str,
    pub writes: bool,
    pub content: Content,
    pub body_limit: usize,
    pub errors: &'static [Code],
    pub query: &'static [QueryField],
    pub examples: &'static [&'static str],
    /// Schema of the request inside a document that shares definitions.
    pub request_schema: fn(&mut SchemaGenerator) -> Schema,
    /// Schema of `data` inside a document that shares definitions.
    pub answer_schema: fn(&mut SchemaGenerator) -> Schema,
    root: fn(SchemaGenerator) -> Schema,
}

impl Entry {
    pub const fn of<T: Operation>() -> Self {
        Self {
            id: T::ID,
            method: T::METHOD,
            path: T::PATH,
            edition: T::EDITION,
            group: T::GROUP,
            title: T::TITLE,
            writes: T::WRITES,
            content: T::CONTENT,
            body_limit: T::BODY_LIMIT,
            errors: T::ERRORS,
            query: T::QUERY,
            examples: T::EXAMPLES,
            request_schema: subschema::<T::Request>,
            answer_schema: subschema::<T::Answer>,
            root: root::<T::Request>,
        }
    }

    /// The schema of the request by itself (draft 2020-12), for the body check. Cheap enough to be made at first use.
    pub fn request_document(&self) -> serde_json::Value {
        (self.root)(SchemaSettings::draft2020_12().into_generator()).to_value()
    }
}

fn subschema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn root<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<T>()
}
