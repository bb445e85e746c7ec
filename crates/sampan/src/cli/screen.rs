//! What a command shows: lines and tables for people, one JSON document for programs (`--json`).
//!
//! Colour only where standard output is a terminal; in a pipe the text is plain. A reader that has gone away (`| head`)
//! ends nothing: a failed write is not an error of the command.

use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// The colours in use; each says one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    Faint,
    Strong,
}

/// Where a command writes.
pub struct Screen {
    json: bool,
    colour: bool,
    out: Box<dyn Write + Send>,
    notes: Box<dyn Write + Send>,
}

impl Screen {
    /// Standard output for results, standard error for notes.
    pub fn standard(json: bool) -> Self {
        let colour = !json && io::stdout().is_terminal();
        Self { json, colour, out: Box::new(io::stdout()), notes: Box::new(io::stderr()) }
    }

    /// Somewhere else, without colour.
    #[cfg(test)]
    pub fn into(json: bool, out: impl Write + Send + 'static, notes: impl Write + Send + 'static) -> Self {
        Self { json, colour: false, out: Box::new(out), notes: Box::new(notes) }
    }

    /// Whether a program reads.
    pub const fn json(&self) -> bool {
        self.json
    }

    pub fn paint(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Faint => "2",
            Tone::Strong => "1",
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A line of the result.
    pub fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
    }

    /// A remark that is no part of the result; programs do not get it.
    pub fn note(&mut self, text: &str) {
        if !self.json {
            let _ = writeln!(self.notes, "{text}");
        }
    }

    /// JSON text as a document on a line of its own, digit for digit.
    pub fn document(&mut self, text: &str) {
        self.line(text);
    }

    /// A value as a document on a line of its own.
    pub fn value(&mut self, value: &impl Serialize) {
        match serde_json::to_string(value) {
            Ok(text) => self.line(&text),
            Err(error) => self.note(&format!("cannot be written as JSON: {error}")),
        }
    }

    /// Columns as wide as their widest cell; nothing but the head when there are no rows.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([head[column].len()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
        let head = self.paint(Tone::Strong, &aligned(&head, &widths));
        self.line(&head);
        for row in rows {
            self.line(&aligned(row, &widths));
        }
    }

    /// Names and values, one a line.
    pub fn pairs(&mut self, pairs: &[(&str, String)]) {
        let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, value) in pairs {
            let name = self.paint(Tone::Faint, &format!("{name:width$}"));
            self.line(format!("{name}  {value}").trim_end());
        }
    }
}

fn aligned(cells: &[String], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.chars().count());
        format!("{cell}{}", " ".repeat(missing))
    });
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
