//! The border between the core and JavaScript: strings in, one JSON text out.
//!
//! What users see is `js/index.js`: it turns the JSON into objects and the errors into `GongwenError`.

use gongwen::{Error, OffsetEncoding, Parser};
use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Reads a text. The answer is the JSON form with UTF-16 offsets, the error a JSON object with its code.
///
/// # Errors
/// What the core cannot read.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)] // what wasm-bindgen hands over
pub fn parse(text: String, facts: bool, checks: bool, year: Option<u16>) -> Result<String, String> {
    let document = parser(facts, checks, year).parse(&text).map_err(|e| error(&e))?;
    Ok(document.to_json(OffsetEncoding::Utf16))
}

/// Reads a file of any format that the core knows. The answer is `{"document": …, "source": …}`, with the
/// readable text in the document.
///
/// # Errors
/// What the core cannot read.
#[cfg(feature = "formats")]
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn parse_bytes(
    bytes: Vec<u8>,
    facts: bool,
    checks: bool,
    year: Option<u16>,
    format: Option<String>,
    encoding: Option<String>,
    file_name: Option<String>,
) -> Result<String, String> {
    let read = || {
        let mut options = gongwen::read::Options::new();
        if let Some(format) = &format {
            options = options.format(format.parse()?);
        }
        if let Some(label) = &encoding {
            options = options.encoding(label)?;
        }
        if let Some(name) = file_name {
            options = options.file_name(name);
        }
        if facts && checks && year.is_none() {
            let reading = gongwen::read::read(&bytes, &options)?;
            return Ok(formats::json(&reading.document, reading.source));
        }
        let found = gongwen::read::extract(&bytes, &options)?;
        let mut document = parser(facts, checks, year).layout(&found.layout).parse(&found.text)?;
        if checks {
            document.diagnostics.splice(0..0, found.diagnostics);
        }
        let (format, encoding, encoding_sure, metadata) = (found.format, found.encoding, found.encoding_sure, found.metadata);
        Ok(formats::json_parts(&document, format, encoding, encoding_sure, &metadata))
    };
    read().map_err(|e: Error| error(&e))
}

#[cfg(feature = "formats")]
mod formats {
    use gongwen::read::{Format, Source, SourceMeta};
    use gongwen::{Document, OffsetEncoding, json};
    use serde::Serialize;

    #[derive(Serialize)]
    struct Reading<'a> {
        document: json::Form<'a>,
        source: Found<'a>,
    }

    #[derive(Serialize)]
    struct Found<'a> {
        format: &'a str,
        encoding: &'a str,
        encoding_sure: bool,
        metadata: Vec<Meta<'a>>,
    }

    #[derive(Serialize)]
    struct Meta<'a> {
        name: &'a str,
        value: &'a str,
    }

    #[allow(clippy::needless_pass_by_value)]
    pub(crate) fn json(document: &Document<'_>, source: Source) -> String {
        json_parts(document, source.format, source.encoding, source.encoding_sure, &source.metadata)
    }

    pub(crate) fn json_parts(document: &Document<'_>, format: Format, encoding: &str, encoding_sure: bool, metadata: &[SourceMeta]) -> String {
        let mut form = document.to_form(OffsetEncoding::Utf16);
        form.text = Some(document.text().into());
        let metadata = metadata.iter().map(|m| Meta { name: &m.name, value: &m.value }).collect();
        let reading = Reading { document: form, source: Found { format: format.as_str(), encoding, encoding_sure, metadata } };
        serde_json::to_string(&reading).expect("the form has string keys and finite numbers only")
    }
}

/// The same with every object made through calls into JavaScript.
///
/// # Errors
/// What the core cannot read.
#[cfg(feature = "value")]
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn parse_value(text: String) -> Result<wasm_bindgen::JsValue, String> {
    use serde::Serialize;
    let document = parser(true, true, None).parse(&text).map_err(|e| error(&e))?;
    let to = serde_wasm_bindgen::Serializer::json_compatible();
    document.to_form(OffsetEncoding::Utf16).serialize(&to).map_err(|e| e.to_string())
}

/// Reads a text and lets the document go: how long the parser alone takes.
#[cfg(feature = "value")]
#[wasm_bindgen]
#[must_use]
#[allow(clippy::needless_pass_by_value)]
pub fn parse_only(text: String) -> usize {
    parser(true, true, None).parse(&text).map_or(0, |d| d.metrics.len())
}

fn parser(facts: bool, checks: bool, year: Option<u16>) -> Parser<'static> {
    let parser = Parser::new().facts(facts).checks(checks);
    match year {
        Some(year) => parser.year(year),
        None => parser,
    }
}

/// An error as JSON: `{"code": …, "message": …}` and the numbers that belong to the code.
fn error(e: &Error) -> String {
    let message = e.to_string();
    let value = match e {
        Error::Limit { what, found, limit, .. } => {
            serde_json::json!({ "code": "limit", "message": message, "what": what, "found": found, "limit": limit })
        }
        Error::Encoding { encoding, offset } => {
            serde_json::json!({ "code": "encoding", "message": message, "encoding": encoding, "offset": offset })
        }
        Error::Malformed { format, .. } => {
            serde_json::json!({ "code": "malformed", "message": message, "format": format })
        }
        Error::Unsupported { format, .. } => {
            serde_json::json!({ "code": "unsupported", "message": message, "format": format })
        }
        Error::Json(_) => serde_json::json!({ "code": "json", "message": message }),
        _ => serde_json::json!({ "code": "other", "message": message }),
    };
    value.to_string()
}
