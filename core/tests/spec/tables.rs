//! How each table of a document is written in the specification: a line for each row.

#[path = "metrics.rs"]
mod metrics;

use gongwen::{Document, HeadingForm, Section, SectionId, Span};
use std::fmt::Write;

/// The rows of a table.
pub(crate) fn rows(table: &str, doc: &Document<'_>) -> String {
    let mut out = String::new();
    match table {
        "header" => header(doc, &mut out),
        "outline" => outline(doc, &mut out),
        "paragraphs" => paragraphs(doc, &mut out),
        "items" => items(doc, &mut out),
        "responsibilities" => responsibilities(doc, &mut out),
        "deadlines" => deadlines(doc, &mut out),
        "references" => references(doc, &mut out),
        "metrics" => metrics::metrics(doc, &mut out),
        "periods" => metrics::periods(doc, &mut out),
        "dimensions" => metrics::dimensions(doc, &mut out),
        "contradictions" => metrics::contradictions(doc, &mut out),
        "tables" => grids(doc, &mut out),
        "attachments" => spans(doc, &doc.attachments, &mut out),
        "boilerplate" => spans(doc, &doc.boilerplate, &mut out),
        "diagnostics" => diagnostics(doc, &mut out),
        other => panic!("there is no table {other:?}"),
    }
    out
}

fn clean(doc: &Document<'_>, span: Option<Span>) -> String {
    span.map_or_else(|| "-".to_owned(), |s| doc.clean(s).into_owned())
}

fn path(doc: &Document<'_>, section: Option<SectionId>) -> String {
    section.map_or_else(|| "-".to_owned(), |id| doc.section(id).path())
}

/// `kind: …`, `title: …`, then the header entries: `key | label | value`, and the day of those that are days.
fn header(doc: &Document<'_>, out: &mut String) {
    writeln!(out, "kind: {}", doc.kind()).unwrap();
    for (name, span) in [("title", doc.title), ("issuer", doc.issuer), ("place", doc.place)] {
        if span.is_some() {
            writeln!(out, "{name}: {}", clean(doc, span)).unwrap();
        }
    }
    if let Some(code) = doc.place_code {
        writeln!(out, "place_code: {code}").unwrap();
    }
    if let Some(year) = doc.year {
        writeln!(out, "year: {year}").unwrap();
    }
    if let Some(s) = doc.signature {
        let date = s.date.map_or_else(|| "-".to_owned(), |d| d.to_string());
        writeln!(out, "signed: {} | {date}", clean(doc, s.issuer)).unwrap();
    }
    for m in &doc.metadata {
        let label = if m.label.is_empty() { "-".to_owned() } else { clean(doc, Some(m.label)) };
        write!(out, "{} | {label} | {}", m.key, clean(doc, Some(m.value))).unwrap();
        if let Some(date) = m.date {
            write!(out, " | {date}").unwrap();
        }
        out.push('\n');
    }
}

/// `path | heading | form | role`.
fn outline(doc: &Document<'_>, out: &mut String) {
    for section in doc.all_sections() {
        let Section { heading, role, .. } = section.row;
        let form = match heading.map(|h| h.form) {
            None => "-",
            Some(HeadingForm::RunIn) => "run_in",
            Some(_) => "block",
        };
        writeln!(out, "{} | {} | {form} | {role}", section.path(), clean(doc, heading.map(|h| h.span))).unwrap();
    }
}

/// `path | topic | text`.
fn paragraphs(doc: &Document<'_>, out: &mut String) {
    for p in &doc.paragraphs {
        writeln!(out, "{} | {} | {}", path(doc, p.section), clean(doc, p.topic), clean(doc, Some(p.span))).unwrap();
    }
}

/// `path | style | number | text`.
fn items(doc: &Document<'_>, out: &mut String) {
    for i in &doc.items {
        writeln!(out, "{} | {} | {} | {}", path(doc, i.section), i.marker.style, i.marker.number, clean(doc, Some(i.span))).unwrap();
    }
}

/// `role: unit | unit; manner …; deadline …`.
fn responsibilities(doc: &Document<'_>, out: &mut String) {
    for r in &doc.responsibilities {
        let units: Vec<_> = r.units.iter().map(|u| doc.clean(*u).into_owned()).collect();
        write!(out, "{}: {}", r.role, units.join(" | ")).unwrap();
        if let Some(manner) = r.manner {
            write!(out, "; manner {}", doc.clean(manner)).unwrap();
        }
        if let Some(row) = r.deadline {
            write!(out, "; deadline {}", doc.clean(doc.deadlines[row as usize].span)).unwrap();
        }
        out.push('\n');
    }
    unclosed(doc, out);
}

/// A list or a title that lost its bracket is a finding of the same construct.
fn unclosed(doc: &Document<'_>, out: &mut String) {
    for d in doc.diagnostics.iter().filter(|d| d.code == gongwen::Code::UnclosedBracket) {
        writeln!(out, "diagnostic: {}", d.code).unwrap();
    }
}

/// `kind date-or-period text`.
fn deadlines(doc: &Document<'_>, out: &mut String) {
    for d in &doc.deadlines {
        let what = d.date.map(|d| d.to_string()).or(d.every.map(|e| e.to_string()));
        writeln!(out, "{} {} {}", d.kind, what.as_deref().unwrap_or("-"), doc.clean(d.span)).unwrap();
    }
    unclosed(doc, out);
}

/// `title number`.
fn references(doc: &Document<'_>, out: &mut String) {
    for r in &doc.references {
        writeln!(out, "{} {}", clean(doc, r.title), clean(doc, r.number.map(|n| n.span))).unwrap();
    }
    unclosed(doc, out);
}

/// `path | cell | cell`, `#` before the cells of a row that names the columns.
fn grids(doc: &Document<'_>, out: &mut String) {
    for t in &doc.tables {
        for row in &t.rows {
            let cells: Vec<_> = row.cells.iter().map(|c| doc.clean(*c)).collect();
            writeln!(out, "{} {} {}", path(doc, t.section), if row.header { "#" } else { "|" }, cells.join(" | ")).unwrap();
        }
    }
}

/// The text of each, its blanks drawn together.
fn spans(doc: &Document<'_>, spans: &[Span], out: &mut String) {
    for span in spans {
        let words: Vec<&str> = doc.slice(*span).split_whitespace().collect();
        writeln!(out, "{}", words.join(" ")).unwrap();
    }
}

/// `severity code: the place`.
fn diagnostics(doc: &Document<'_>, out: &mut String) {
    for d in &doc.diagnostics {
        writeln!(out, "{} {}: {}", d.severity.as_str(), d.code, clean(doc, Some(d.span))).unwrap();
    }
}

/// The keys that `wanted` names, with the values the JSON form has for them, written as `wanted` is: a line for
/// each key.
#[cfg(feature = "serde")]
pub(crate) fn json(doc: &Document<'_>, wanted: &str) -> String {
    let form = serde_json::to_value(doc.to_form(gongwen::OffsetEncoding::Utf32)).unwrap();
    let expected: serde_json::Value = serde_json::from_str(wanted).expect("a json block is JSON");
    let same = expected.as_object().expect("a json block is an object").iter().all(|(k, v)| form.get(k) == Some(v));
    if same {
        return wanted.to_owned();
    }
    let got: serde_json::Map<_, _> = expected.as_object().unwrap().keys().map(|k| (k.clone(), form.get(k).cloned().unwrap_or_default())).collect();
    format!("{}\n", serde_json::to_string_pretty(&got).unwrap())
}

#[cfg(not(feature = "serde"))]
pub(crate) fn json(_: &Document<'_>, wanted: &str) -> String {
    wanted.to_owned()
}
