//! A source file as its tokens: words, numbers, texts and single marks, each with its line. Comments and white space are
//! left out. Fine enough to tell copies; it does not know the language.

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    pub text: &'a str,
    /// Counted from zero.
    pub line: usize,
}

pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let (mut found, mut at, mut line) = (Vec::new(), 0, 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = length(rest, first);
        let text = &rest[..length];
        if !first.is_whitespace() && !is_comment(text) {
            found.push(Token { text, line });
        }
        line += text.matches('\n').count();
        at += length;
    }
    found
}

fn is_comment(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}

/// Bytes of the token, the comment or the blank that a text begins with.
fn length(rest: &str, first: char) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if let Some(raw) = raw_text(rest) {
        return raw;
    }
    match first {
        '"' => quoted(rest, '"'),
        '\'' => character(rest),
        _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
        _ => first.len_utf8(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `r"..."`, `br#"..."#` and their like.
fn raw_text(rest: &str) -> Option<usize> {
    let begun = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let text = begun.trim_start_matches('#');
    let marks = begun.len() - text.len();
    let inner = text.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
    Some(rest.len() - inner.len() + length)
}

/// Up to the quote that is not escaped.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character, or the mark of a lifetime.
fn character(rest: &str) -> usize {
    let mut inner = rest.chars().skip(1);
    match (inner.next(), inner.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(rest, '\''),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_and_marks_are_told_apart_and_comments_left_out() {
        assert_eq!(
            texts("fn a_1(x: &'a u8) // b\n{ /* c */ 1.5 }"),
            ["fn", "a_1", "(", "x", ":", "&", "'", "a", "u8", ")", "{", "1", ".", "5", "}"]
        );
    }

    #[test]
    fn texts_are_one_token_whatever_is_in_them() {
        let source = "(\"a // \\\" b\", r#\"c \" d\"#, '\"', '\\'', br\"e\")";
        assert_eq!(
            texts(source),
            ["(", "\"a // \\\" b\"", ",", "r#\"c \" d\"#", ",", "'\"'", ",", "'\\''", ",", "br\"e\"", ")"]
        );
    }

    #[test]
    fn a_token_knows_its_line_behind_texts_and_comments_of_several() {
        let lines: Vec<_> =
            tokens("a\n\"b\nc\" d /*\n*/ e").into_iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(lines, [("a", 0), ("\"b\nc\"", 1), ("d", 2), ("e", 3)]);
    }
}
