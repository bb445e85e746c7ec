//! The walk over a JSON text that is known to be well formed.

use super::{HIDDEN, Rule, Verdict, inside};
use std::borrow::Cow;

pub(super) struct Walk<'a, 'r> {
    pub text: &'a str,
    pub rule: &'r dyn Rule,
    /// What was written so far; `text` is copied into it up to `copied`.
    pub out: String,
    pub copied: usize,
}

impl<'a> Walk<'a, '_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// The first place from here that is not white space.
    pub fn blank(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    /// Walks the value that begins here; answers where it ends.
    pub fn value(&mut self, at: usize, name: &str, hidden: bool) -> usize {
        match self.byte(at) {
            b'{' => self.object(at, hidden),
            b'[' => self.list(at, name, hidden),
            b'"' => self.string(at, name, hidden),
            _ => self.plain(at, hidden),
        }
    }

    fn object(&mut self, at: usize, hidden: bool) -> usize {
        let mut at = self.blank(at + 1);
        while self.byte(at) == b'"' {
            let end = self.end_of_string(at);
            let name = self.read(at, end);
            let value = self.blank(self.blank(end) + 1);
            let hidden = hidden || self.rule.hides(&name);
            let end = self.value(value, &name, hidden);
            at = self.blank(end);
            at = self.blank(at + usize::from(self.byte(at) == b','));
        }
        at + 1
    }

    fn list(&mut self, at: usize, name: &str, hidden: bool) -> usize {
        let mut at = self.blank(at + 1);
        while !matches!(self.byte(at), b']' | 0) {
            let end = self.value(at, name, hidden);
            at = self.blank(end);
            at = self.blank(at + usize::from(self.byte(at) == b','));
        }
        at + 1
    }

    fn string(&mut self, at: usize, name: &str, hidden: bool) -> usize {
        let end = self.end_of_string(at);
        let text = self.read(at, end);
        if text.is_empty() {
            return end;
        }
        if hidden {
            self.put(at, end, HIDDEN);
        } else if let Some(inner) = inside(&text, self.rule) {
            if inner != text {
                self.put(at, end, &inner);
            }
        } else {
            match self.rule.text(name, &text) {
                Verdict::Keep => {}
                Verdict::Hide => self.put(at, end, HIDDEN),
                Verdict::Cut(part) => self.put(at, end, &part),
            }
        }
        end
    }

    /// A number, true, false or null. A hidden flag says nothing of anybody.
    fn plain(&mut self, at: usize, hidden: bool) -> usize {
        let ends = |b: u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
        let length = self.text.as_bytes()[at..].iter().position(|b| ends(*b));
        let end = length.map_or(self.text.len(), |length| at + length);
        if hidden && matches!(self.byte(at), b'-' | b'0'..=b'9') {
            self.copy(at);
            self.out.push('0');
            self.copied = end;
        }
        end
    }

    fn end_of_string(&self, at: usize) -> usize {
        let mut at = at + 1;
        loop {
            match self.byte(at) {
                b'"' => return at + 1,
                b'\\' => at += 2,
                // A well-formed text does not end here.
                0 if at >= self.text.len() => return self.text.len(),
                _ => at += 1,
            }
        }
    }

    fn read(&self, at: usize, end: usize) -> String {
        serde_json::from_str(&self.text[at..end]).unwrap_or_default()
    }

    fn copy(&mut self, to: usize) {
        self.out.push_str(&self.text[self.copied..to]);
    }

    fn put(&mut self, at: usize, end: usize, text: &str) {
        self.copy(at);
        self.out.push_str(&serde_json::Value::from(text).to_string());
        self.copied = end;
    }

    pub fn end(mut self) -> Cow<'a, str> {
        if self.copied == 0 {
            return Cow::Borrowed(self.text);
        }
        self.copy(self.text.len());
        Cow::Owned(self.out)
    }
}
