//! Files: bytes → text and layout.

use crate::{error, quoted};
use gongwen::read::{self, Extracted, Format, Limits, Options};
use gongwen::{Error, OffsetEncoding, OffsetIndex};
use std::fmt::Write;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;
    #[wasm_bindgen(constructor)]
    fn new(label: &str) -> TextDecoder;
    #[wasm_bindgen(method)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> String;
}

/// Extracts the text of a file of any format that the core knows.
///
/// The answer is a JSON object: `text`; `layout`, the numbers that the other module's `parse` takes; `year` in which
/// a page says it was published; `source` and `diagnostics` as the reading will have them. Of a file that another module
/// reads the answer is `{"module": "office"}`, and JavaScript asks that one.
///
/// `limits` are as `text=1000,rows=20`.
///
/// # Errors
/// What the core cannot read.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)] // what wasm-bindgen hands over
pub fn extract(bytes: Vec<u8>, format: Option<String>, encoding: Option<String>, file_name: Option<String>, limits: Option<String>) -> Result<String, String> {
    if let Some(module) = other_module(&bytes, format.as_deref(), file_name.as_deref()) {
        return Ok(format!("{{\"module\":\"{module}\"}}"));
    }
    provide_decoder();
    let extract = || {
        let mut options = Options::new();
        if let Some(format) = &format {
            options = options.format(format.parse()?);
        }
        if let Some(label) = &encoding {
            options = options.encoding(label)?;
        }
        if let Some(name) = file_name {
            options = options.file_name(name);
        }
        read::extract(&bytes, &options.limits(taken(limits.as_deref())?))
    };
    extract().map(|found| json(&found)).map_err(|e: Error| error(&e))
}

/// JavaScript has the tables of every encoding.
fn provide_decoder() {
    read::provide_decoder(|label, bytes| TextDecoder::new(label).decode(bytes));
}

/// The limits that JavaScript names: `text=1000,rows=20`.
fn taken(limits: Option<&str>) -> Result<Limits, Error> {
    let mut taken = Limits::default();
    for limit in limits.iter().flat_map(|l| l.split(',')) {
        let (name, value) = limit.split_once('=').unwrap_or((limit, ""));
        // JavaScript has asked for whole numbers; what is larger than any is no limit.
        taken.set(name, value.parse().unwrap_or(u64::MAX))?;
    }
    Ok(taken)
}

#[cfg(feature = "office")]
#[wasm_bindgen]
extern "C" {
    /// What takes the files of an archive: bytes that live as long as the call, or the error as JSON.
    pub type Taker;
    #[wasm_bindgen(method)]
    fn file(this: &Taker, name: &str, bytes: &[u8]);
    #[wasm_bindgen(method)]
    fn refused(this: &Taker, name: &str, error: &str);
}

/// Hands over the files of a ZIP archive, one after the other. `limits` as for [`extract`].
///
/// # Errors
/// What is no archive, is damaged, or has too many files.
#[cfg(feature = "office")]
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)] // what wasm-bindgen hands over
pub fn unpack(bytes: Vec<u8>, limits: Option<String>, taker: &Taker) -> Result<(), String> {
    provide_decoder();
    let open = || read::Archive::open(&bytes, &Options::new().limits(taken(limits.as_deref())?));
    let mut archive = open().map_err(|e| error(&e))?;
    while let Some((name, file)) = archive.next_file() {
        match file {
            Ok(file) => taker.file(&name, &file),
            Err(e) => taker.refused(&name, &error(&e)),
        }
    }
    Ok(())
}

/// The module that reads such a file, where it is not this one. What no module knows is left to this one's error.
fn other_module(bytes: &[u8], format: Option<&str>, file_name: Option<&str>) -> Option<&'static str> {
    let known = format.map_or_else(|| read::sniff(bytes, file_name), str::parse);
    let module = match known {
        Ok(Format::Plain | Format::Html | Format::Docx) => "formats",
        Ok(Format::Pdf) => "pdf",
        Ok(_) => "office",
        // What a compound file holds can be told by the module that opens it.
        Err(_) if format.is_none() && bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) => "office",
        Err(_) => return None,
    };
    let own = if cfg!(feature = "pdf") {
        "pdf"
    } else if cfg!(feature = "office") {
        "office"
    } else {
        "formats"
    };
    (module != own).then_some(module)
}

fn json(found: &Extracted) -> String {
    let year = found.year().map_or("null".to_owned(), |year| year.to_string());
    let layout = found.layout.to_numbers();
    let mut out = format!("{{\"text\":{},\"layout\":{},\"year\":{year}", quoted(&found.text), list(layout.iter().map(u32::to_string)));
    let metadata = list(found.metadata.iter().map(|m| format!("{{\"name\":{},\"value\":{}}}", quoted(&m.name), quoted(&m.value))));
    let (format, encoding, sure) = (found.format.as_str(), found.encoding, found.encoding_sure);
    let _ = write!(out, ",\"source\":{{\"format\":\"{format}\",\"encoding\":\"{encoding}\",\"encoding_sure\":{sure},\"metadata\":{metadata}}}");
    let index = OffsetIndex::new(&found.text, OffsetEncoding::Utf16);
    let diagnostics = list(found.diagnostics.iter().map(|d| {
        let (start, end) = index.encode_span(d.span);
        let (message, zh) = (quoted(&d.message), quoted(&d.message_zh));
        format!(
            "{{\"code\":\"{}\",\"severity\":\"{}\",\"message\":{message},\"message_zh\":{zh},\"span\":[{start},{end}],\"related\":null}}",
            d.code.as_str(),
            d.severity.as_str()
        )
    }));
    let _ = write!(out, ",\"diagnostics\":{diagnostics}}}");
    out
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
