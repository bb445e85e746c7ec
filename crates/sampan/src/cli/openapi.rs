//! `openapi`: the API document, made here; no server is asked.

use super::{
    exit::{Exit, Failure},
    screen::Screen,
};
use clap::Args;
use std::{fs, path::PathBuf};

const EXAMPLES: &str = "\
Examples:
  sampan openapi > openapi.json
  sampan openapi --out openapi.json

A running server gives the same document at /openapi.json.";

/// Print the OpenAPI 3.1 document
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct OpenApi {
    /// Writes the document to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(openapi: &OpenApi, screen: &mut Screen) -> Result<Exit, Failure> {
    let document = contract::openapi::document();
    match &openapi.out {
        None if screen.json() => screen.value(&document),
        None => screen.line(&format!("{document:#}")),
        Some(file) => {
            let written = fs::write(file, format!("{document:#}\n"));
            written.map_err(|error| Failure::Usage(format!("{} cannot be written: {error}", file.display())))?;
        }
    }
    Ok(Exit::Done)
}
