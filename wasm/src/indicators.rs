//! Indicators: a text → its numbers under names by which they can be compared.

use crate::{error, parser, quoted};
use gongwen::layout::Layout;
use gongwen::{Date, OffsetEncoding, OffsetIndex};
use std::fmt::Write;
use wasm_bindgen::prelude::wasm_bindgen;

/// The indicators of a text: a JSON array of rows as in the form `gongwen/1`, with the indicator's names, those of its
/// group, and UTF-16
/// offsets. `metric` is the number of the metric in the document that the text module makes of the same text and layout.
///
/// # Errors
/// What the core cannot read, and a layout of another text.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)] // what wasm-bindgen hands over
pub fn indicators(text: String, year: Option<u16>, layout: Option<Vec<u32>>) -> Result<String, String> {
    let layout = match layout {
        Some(numbers) => Layout::from_numbers(&numbers, &text).ok_or(r#"{"code":"internal","message":"the layout is not of this text"}"#)?,
        None => Layout::default(),
    };
    let document = parser(true, false, year).layout(&layout).parse(&text).map_err(|e| error(&e))?;
    let index = OffsetIndex::new(document.text(), OffsetEncoding::Utf16);
    let mut out = String::from("[");
    for row in document.indicators() {
        let (start, end) = index.encode_span(row.span);
        let comma = if out.len() > 1 { "," } else { "" };
        let metric = row.metric.map_or_else(|| "null".to_owned(), |m| m.0.to_string());
        let value = row.value.map_or_else(|| "null".to_owned(), |v| v.normalize().to_string());
        let word = |word: Option<&str>| word.map_or_else(|| "null".to_owned(), quoted);
        let (group, group_english) = row.entry.group_names();
        let _ = write!(
            out,
            "{comma}{{\"id\":{},\"name\":{},\"english\":{},\"domain\":{},\"group\":{},\"groupName\":{},\"groupEnglish\":{},\"metric\":{metric},\"value\":{value},\"unit\":{},\"status\":{},\"modality\":{},\"period\":{},\"basis\":{},\"scope\":{},\"span\":[{start},{end}]}}",
            quoted(row.id()),
            quoted(&row.entry.name),
            quoted(&row.entry.english),
            quoted(&row.entry.domain),
            quoted(&row.entry.group),
            quoted(group),
            quoted(group_english),
            quoted(row.unit),
            quoted(row.status.as_str()),
            quoted(row.modality.as_str()),
            row.period.map_or_else(|| "null".to_owned(), |(from, to)| format!("{{\"from\":\"{}\",\"to\":\"{}\"}}", day(from), day(to))),
            word(row.basis.map(gongwen::indicators::Basis::as_str)),
            quoted(row.scope.as_str()),
        );
    }
    out.push(']');
    Ok(out)
}

fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
