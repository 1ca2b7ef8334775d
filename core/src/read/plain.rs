//! Text without markup: nothing to take away, tables to point out.

use super::bytes::decode;
use super::{Extracted, Format, Options, Origin};
use crate::Error;
use crate::Span;
use crate::layout::{Layout, RowLayout, TableLayout};

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let decoded = decode(bytes, options, None)?;
    // Who names the format has looked at it.
    if options.format.is_none() && is_binary(&decoded.text) {
        return Err(Error::Unsupported { format: "binary", hint: "there is no text in it; if there is, name the encoding, or the format `plain`" });
    }
    let diagnostics = decoded.diagnostics(Some);
    let tables = tables(&decoded.text);
    Ok(Extracted {
        layout: Layout { tables, ..Layout::default() },
        origin: Origin::identity(decoded.map),
        format: Format::Plain,
        encoding: decoded.encoding.name(),
        encoding_sure: decoded.sure,
        metadata: Vec::new(),
        diagnostics,
        text: decoded.text,
    })
}

/// Whether so many characters are controls that no text can be meant: one in fifty, where damaged texts have a few.
fn is_binary(text: &str) -> bool {
    let control = |b: u8| (b < b' ' && !matches!(b, b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | 0x1B)) || b == 0x7F;
    let controls = text.bytes().filter(|b| control(*b)).count();
    controls >= 8 && controls * 50 > text.chars().count()
}

/// Lines in a row that have the same number of columns, at least two rows and two columns.
fn tables(text: &str) -> Vec<TableLayout> {
    let mut out = Vec::new();
    if memchr::memchr2(b'|', b'\t', text.as_bytes()).is_none() {
        return out;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let row = row(line.trim_end_matches(['\r', '\n']), at);
        at += line.len() as u32;
        let Some(row) = row else {
            finish(&mut rows, &mut out);
            continue;
        };
        if rows.last().is_some_and(|last| last.cells.len() != row.cells.len() || last.mark != row.mark) {
            finish(&mut rows, &mut out);
        }
        rows.push(row);
    }
    finish(&mut rows, &mut out);
    out
}

struct Row {
    cells: Vec<Span>,
    mark: char,
    rule: bool,
}

fn finish(rows: &mut Vec<Row>, out: &mut Vec<TableLayout>) {
    let ruled = rows.get(1).is_some_and(|r| r.rule);
    let kept: Vec<RowLayout> =
        rows.drain(..).enumerate().filter(|(_, r)| !r.rule).map(|(i, r)| RowLayout { cells: r.cells, header: i == 0 && ruled }).collect();
    if let [first, .., last] = &kept[..] {
        let span = first.cells[0].to(last.cells[last.cells.len() - 1]);
        out.push(TableLayout { span, rows: kept });
    }
}

fn row(line: &str, at: u32) -> Option<Row> {
    let mark = if line.contains('|') { '|' } else { '\t' };
    let inner = line.trim_matches([' ', '\u{3000}']);
    // A tab at the start indents; a tab or two inside is a column.
    if mark == '\t' && (inner.starts_with('\t') || !inner.contains('\t')) {
        return None;
    }
    let offset = at + (inner.as_ptr() as usize - line.as_ptr() as usize) as u32;
    // `| a | b |` and `a | b` have the same two columns.
    let bare = inner.strip_prefix(mark).unwrap_or(inner);
    let offset = offset + (inner.len() - bare.len()) as u32;
    let bare = bare.strip_suffix(mark).unwrap_or(bare);
    let mut cells = Vec::new();
    let mut start = 0;
    for cell in bare.split(mark) {
        let trimmed = cell.trim();
        let lead = cell.len() - cell.trim_start().len();
        let from = offset + (start + if trimmed.is_empty() { 0 } else { lead }) as u32;
        cells.push(Span::new(from, from + trimmed.len() as u32));
        start += cell.len() + 1;
    }
    let rule = mark == '|' && !bare.is_empty() && bare.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '));
    (cells.len() >= 2).then_some(Row { cells, mark, rule })
}
