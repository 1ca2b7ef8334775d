//! Writes the JSON form of files, one a line, with offsets in bytes: what Rust says, for the parity test.
//!
//! Reads the files' names from the standard input, one a line. A file that cannot be read gives `{"error": …}`.

use gongwen::OffsetEncoding;
use gongwen::read::{self, Options};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let bytes = std::fs::read(&path)?;
        match read::read(&bytes, &Options::new().file_name(path)) {
            Ok(reading) => writeln!(out, "{}", reading.document.to_json(OffsetEncoding::Utf8))?,
            Err(error) => writeln!(out, "{}", serde_json::json!({ "error": error.to_string() }))?,
        }
    }
    Ok(())
}
