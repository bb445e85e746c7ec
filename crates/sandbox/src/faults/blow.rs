//! What a fault does: to a call on its way, or to a push message.

/// When the call takes effect, seen from the fault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum When {
    /// It does not: the fault comes first.
    #[default]
    Before,
    /// It has, and the fault hides it.
    After,
}

/// What becomes of a call, or of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayFault {
    /// A refusal with an upstream code.
    Code { code: String, message: String },
    /// An HTTP status without a usable body.
    Http { status: u16 },
    /// No answer ever.
    Hang,
    /// The answer, a byte a second.
    Drip,
    /// Half of the answer, then the connection breaks.
    Cut,
    /// A web page.
    Html,
    /// Half of the answer, as if it were the whole.
    TruncatedJson,
    /// The answer with this in the place of its numbers and long numerals.
    HugeNumbers { number: String },
    /// The answer with values of other types.
    WrongTypes,
    /// Rubbish that says it is compressed.
    BadGzip,
    /// An answer that does not end for 256 MiB.
    HugeBody,
}

/// What becomes of a push message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushFault {
    BadSignature,
    /// It is posted twice.
    Duplicate,
    /// Another one travels before it, about an order that nobody has.
    Foreign,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Way(WayFault),
    Push(PushFault),
}

/// A fault that strikes a call now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blow {
    pub fault: WayFault,
    pub when: When,
}

impl Kind {
    pub(super) const NAMES: [&str; 14] = [
        "code",
        "http",
        "hang",
        "drip",
        "cut",
        "html",
        "truncated_json",
        "huge_numbers",
        "wrong_types",
        "bad_gzip",
        "huge_body",
        "bad_signature",
        "duplicate",
        "foreign",
    ];

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Way(WayFault::Code { .. }) => "code",
            Self::Way(WayFault::Http { .. }) => "http",
            Self::Way(WayFault::Hang) => "hang",
            Self::Way(WayFault::Drip) => "drip",
            Self::Way(WayFault::Cut) => "cut",
            Self::Way(WayFault::Html) => "html",
            Self::Way(WayFault::TruncatedJson) => "truncated_json",
            Self::Way(WayFault::HugeNumbers { .. }) => "huge_numbers",
            Self::Way(WayFault::WrongTypes) => "wrong_types",
            Self::Way(WayFault::BadGzip) => "bad_gzip",
            Self::Way(WayFault::HugeBody) => "huge_body",
            Self::Push(PushFault::BadSignature) => "bad_signature",
            Self::Push(PushFault::Duplicate) => "duplicate",
            Self::Push(PushFault::Foreign) => "foreign",
        }
    }
}

impl WayFault {
    /// Whether it changes an answer, and so needs one.
    pub(super) fn changes_an_answer(&self) -> bool {
        match self {
            Self::Drip | Self::Cut | Self::TruncatedJson | Self::HugeNumbers { .. } | Self::WrongTypes => true,
            Self::Code { .. } | Self::Http { .. } | Self::Hang | Self::Html | Self::BadGzip | Self::HugeBody => false,
        }
    }
}
