//! The border between the core and JavaScript: a string in, a document as numbers out.
//!
//! What users see is `js/index.js`: it turns the numbers into objects and the errors into `GongwenError`.
//!
//! Several modules are built from this crate. One parses text. Those of the features `formats`, `office` and `pdf` turn
//! files into text and a layout, which JavaScript hands to the first: neither contains what the others do. That of the
//! feature `indicators` reads a text for its comparable indicators; it has the parser and the dictionary, so that the first
//! need not carry them.

#[cfg(not(any(feature = "files", feature = "indicators")))]
mod border;
#[cfg(feature = "files")]
mod formats;
#[cfg(feature = "indicators")]
mod indicators;

use gongwen::Error;
#[cfg(any(not(feature = "files"), feature = "indicators"))]
use gongwen::Parser;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "files")]
pub use formats::extract;
#[cfg(feature = "office")]
pub use formats::{Taker, unpack};
#[cfg(feature = "indicators")]
pub use indicators::indicators;
#[cfg(not(any(feature = "files", feature = "indicators")))]
pub use text::*;

#[cfg(not(any(feature = "files", feature = "indicators")))]
mod text {
    use super::{error, parser, wasm_bindgen};
    use gongwen::layout::Layout;

    const MISFIT: &str = r#"{"code":"internal","message":"the layout is not of this text"}"#;

    /// Reads a text. The answer is the document as numbers, with UTF-16 offsets, the error a JSON object with its code.
    ///
    /// `layout` is what the other module found out about the text's paragraphs and tables: `Layout::to_numbers`.
    ///
    /// # Errors
    /// What the core cannot read, and a layout of another text.
    #[wasm_bindgen]
    #[allow(clippy::needless_pass_by_value)] // what wasm-bindgen hands over
    pub fn parse(text: String, facts: bool, checks: bool, year: Option<u16>, layout: Option<Vec<u32>>) -> Result<Vec<i32>, String> {
        let layout = match layout {
            Some(numbers) => Layout::from_numbers(&numbers, &text).ok_or(MISFIT)?,
            None => Layout::default(),
        };
        let document = parser(facts, checks, year).layout(&layout).parse(&text).map_err(|e| error(&e))?;
        Ok(crate::border::numbers(&document))
    }

    /// Gives the parser the table of administrative divisions; returns whether it had none.
    #[wasm_bindgen]
    #[must_use]
    pub fn provide_divisions(table: String) -> bool {
        gongwen::provide_divisions(table)
    }

    /// The same as JSON text.
    ///
    /// # Errors
    /// What the core cannot read.
    #[cfg(feature = "measure")]
    #[wasm_bindgen]
    #[allow(clippy::needless_pass_by_value)]
    pub fn parse_json(text: String) -> Result<String, String> {
        let document = parser(true, true, None).parse(&text).map_err(|e| error(&e))?;
        Ok(document.to_json(gongwen::OffsetEncoding::Utf16))
    }

    /// Reads a text and lets the document go: how long the parser alone takes.
    #[cfg(feature = "measure")]
    #[wasm_bindgen]
    #[must_use]
    #[allow(clippy::needless_pass_by_value)]
    pub fn parse_only(text: String) -> usize {
        parser(true, true, None).parse(&text).map_or(0, |d| d.metrics.len())
    }
}

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

#[cfg(any(not(feature = "files"), feature = "indicators"))]
fn parser<'l>(facts: bool, checks: bool, year: Option<u16>) -> Parser<'l> {
    let parser = Parser::new().facts(facts).checks(checks);
    match year {
        Some(year) => parser.year(year),
        None => parser,
    }
}

/// An error as JSON: `{"code": …, "message": …}` and what belongs to the code.
fn error(e: &Error) -> String {
    let (code, more) = match e {
        Error::Limit { what, found, limit, .. } => ("limit", format!(",\"what\":{},\"found\":{found},\"limit\":{limit}", quoted(what))),
        Error::Encoding { encoding, offset } => ("encoding", format!(",\"encoding\":{},\"offset\":{offset}", quoted(encoding))),
        Error::Malformed { format, .. } => ("malformed", format!(",\"format\":{}", quoted(format))),
        Error::Unsupported { format, .. } => ("unsupported", format!(",\"format\":{}", quoted(format))),
        Error::Json(_) => ("json", String::new()),
        _ => ("other", String::new()),
    };
    format!("{{\"code\":\"{code}\",\"message\":{}{more}}}", quoted(&e.to_string()))
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
