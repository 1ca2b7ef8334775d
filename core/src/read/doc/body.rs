//! The texts of a file: paragraphs, tables, notes and text boxes, as a reader sees them with all changes accepted.

use super::file::{Char, File, Story};
use super::props::{Character, Paragraph};
use crate::Error;
use crate::layout::BlockKind;
use crate::read::assembly::{Hidden, Item, put};
use crate::read::buffer::{Buffer, is_blank};
use crate::read::numbering::Numbering;
use crate::read::ole::{u16_at, u32_at};
use crate::read::rows::{RawRow, lay_out};
use crate::read::symbols::symbol;
use crate::read::{Limits, check};
use std::collections::HashMap;
use std::ops::Range;

/// Everything that is read of a file.
pub(super) struct Found {
    pub(super) headers: Vec<Item>,
    pub(super) flow: Vec<Item>,
    pub(super) notes: Vec<Item>,
    pub(super) footers: Vec<Item>,
}

pub(super) fn read(file: &File, limits: Limits) -> Result<Found, Error> {
    let mut state = State { numbering: file.numbering(), boxes: boxes(file), anchors: anchors(file), references: references(file), limits };
    let (mut headers, mut footers) = (Vec::new(), Vec::new());
    for (i, range) in parts(file, Story::Headers, file.part(11), 0).into_iter().enumerate().skip(6) {
        let items = Reader::new(file, &mut state, true, None).read(range)?;
        if matches!(i % 6, 2 | 3 | 5) { footers.extend(items) } else { headers.extend(items) }
    }
    let mut flow = Reader::new(file, &mut state, false, None).read(file.story(Story::Main))?;
    let mut left: Vec<Range<usize>> = state.boxes.drain().map(|b| b.1).collect();
    left.sort_by_key(|r| r.start);
    for range in left {
        flow.extend(Reader::new(file, &mut state, false, None).read(range)?);
    }
    let mut notes = Vec::new();
    for (story, texts, endnotes) in [(Story::Footnotes, 3, false), (Story::Endnotes, 47, true)] {
        let numbers: Vec<usize> = state.references.iter().enumerate().filter(|(_, r)| r.1 == endnotes).map(|(i, _)| i + 1).collect();
        for (range, number) in parts(file, story, file.part(texts), 0).into_iter().zip(numbers) {
            notes.extend(Reader::new(file, &mut state, false, Some(number)).read(range)?);
        }
    }
    Ok(Found { headers, flow, notes, footers })
}

/// The texts of a story, by the table of their starts. `size` is that of the data behind each start.
fn parts(file: &File, story: Story, plc: &[u8], size: usize) -> Vec<Range<usize>> {
    let range = file.story(story);
    let starts = if size == 0 { plc.len() / 4 } else { plc.len().saturating_sub(4) / (4 + size) + 1 };
    let mut out = Vec::new();
    let mut from = range.start;
    for i in 1..starts {
        let Some(to) = u32_at(plc, 4 * i).map(|n| range.start.saturating_add(n as usize)) else { break };
        let to = to.clamp(from, range.end);
        out.push(from..to);
        from = to;
    }
    out
}

/// Where text boxes hang: the place of the anchor, and the shape's number.
fn anchors(file: &File) -> HashMap<usize, u32> {
    let plc = file.part(40);
    let count = plc.len().saturating_sub(4) / 30;
    (0..count).filter_map(|i| Some((u32_at(plc, 4 * i)? as usize, u32_at(plc, 4 * (count + 1) + 26 * i)?))).collect()
}

/// The texts of the boxes, by the shape's number.
fn boxes(file: &File) -> HashMap<u32, Range<usize>> {
    let plc = file.part(56);
    let count = plc.len().saturating_sub(4) / 26;
    let parts = parts(file, Story::TextBoxes, plc, 22);
    parts.into_iter().enumerate().filter_map(|(i, range)| Some((u32_at(plc, 4 * (count + 1) + 22 * i + 14)?, range))).filter(|b| b.1.len() > 1).collect()
}

/// Where notes are referred to, in order, and which of them are endnotes.
fn references(file: &File) -> Vec<(usize, bool)> {
    let mut out = Vec::new();
    for (index, endnotes) in [(2, false), (46, true)] {
        let plc = file.part(index);
        let count = plc.len().saturating_sub(4) / 6;
        for i in 0..count {
            // A mark of the author's own is text.
            let own = u16_at(plc, 4 * (count + 1) + 2 * i) == Some(0);
            if let Some(at) = u32_at(plc, 4 * i).filter(|_| !own) {
                out.push((at as usize, endnotes));
            }
        }
    }
    out.sort_unstable();
    out
}

/// What the texts of a file share.
struct State {
    numbering: Numbering,
    boxes: HashMap<u32, Range<usize>>,
    anchors: HashMap<usize, u32>,
    references: Vec<(usize, bool)>,
    limits: Limits,
}

#[derive(Default)]
struct RawTable {
    rows: Vec<RawRow>,
    cells: Vec<Buffer>,
    cell: Buffer,
}

struct Reader<'f, 's> {
    file: &'f File,
    state: &'s mut State,
    boilerplate: bool,
    note: Option<usize>,
    items: Vec<Item>,
    table: Option<RawTable>,
    line: Buffer,
    lines: Vec<Buffer>,
    boxes: Vec<Item>,
    hidden: Option<Hidden>,
    /// For every open field whether its code is being read, and how many are.
    fields: Vec<bool>,
    codes: usize,
    run: (Character, Range<u32>),
    start: u32,
    /// Paragraphs and places of rows so far.
    count: u64,
}

impl<'f, 's> Reader<'f, 's> {
    fn new(file: &'f File, state: &'s mut State, boilerplate: bool, note: Option<usize>) -> Self {
        Reader {
            file,
            state,
            boilerplate,
            note,
            items: Vec::new(),
            table: None,
            line: Buffer::default(),
            lines: Vec::new(),
            boxes: Vec::new(),
            hidden: None,
            fields: Vec::new(),
            codes: 0,
            run: (Character::default(), 0..0),
            start: 0,
            count: 0,
        }
    }

    fn read(mut self, range: Range<usize>) -> Result<Vec<Item>, Error> {
        let mut fresh = true;
        let unended = self.unended_fields(range.clone());
        for cp in range {
            let Some(c) = self.file.chars.get(cp).copied() else { break };
            if fresh {
                self.start = c.at;
                fresh = false;
            }
            if !self.run.1.contains(&c.at) {
                self.run = self.file.character(c);
            }
            match c.c {
                '\r' | '\u{7}' => {
                    self.end_paragraph(c)?;
                    fresh = true;
                }
                '\u{C}' if self.file.ends_paragraph(c) => {
                    self.end_paragraph(c)?;
                    fresh = true;
                }
                '\u{B}' | '\u{C}' | '\u{E}' => self.line_break(),
                // A field that nothing ends has no code to leave out: what follows is text.
                '\u{13}' if unended.binary_search(&cp).is_ok() => {}
                '\u{13}' => {
                    self.fields.push(true);
                    self.codes += 1;
                }
                '\u{14}' => {
                    if let Some(code) = self.fields.last_mut().filter(|c| **c) {
                        *code = false;
                        self.codes -= 1;
                    }
                }
                '\u{15}' => {
                    if self.fields.pop() == Some(true) {
                        self.codes -= 1;
                    }
                }
                '\u{2}' => {
                    let number = self.state.references.binary_search_by_key(&cp, |r| r.0).ok().map(|i| i + 1);
                    if let Some(number) = self.note.or(number).filter(|_| !self.run.0.deleted && self.codes == 0) {
                        self.line.push(&format!("[{number}]"), c.at, u32::from(c.len), 0);
                    }
                }
                '\u{8}' => self.text_box(cp)?,
                '(' if self.run.0.special && self.run.0.symbol.is_some() => {
                    if let Some((font, code)) = self.run.0.symbol {
                        let shown = symbol(u32::from(code), self.file.font(font));
                        self.put_char(Char { c: shown.unwrap_or('•'), ..c });
                    }
                }
                '\u{1E}' => self.put_char(Char { c: '-', ..c }),
                '\t' => self.put_char(c),
                '\0'..='\u{1F}' => {}
                _ => self.put_char(c),
            }
        }
        if !self.line.is_empty() || !self.lines.is_empty() {
            self.put_lines(&Paragraph::default());
        }
        self.end_table()?;
        Ok(self.items)
    }

    /// Where fields begin that nothing in the range ends.
    fn unended_fields(&self, range: Range<usize>) -> Vec<usize> {
        let mut open: Vec<(usize, bool)> = Vec::new();
        for cp in range {
            match self.file.chars.get(cp).map(|c| c.c) {
                Some('\u{13}') => open.push((cp, true)),
                // From here on its result is shown, whether it ends or not.
                Some('\u{14}') => {
                    if let Some(last) = open.last_mut() {
                        last.1 = false;
                    }
                }
                Some('\u{15}') => drop(open.pop()),
                Some(_) => {}
                None => break,
            }
        }
        open.into_iter().filter(|o| o.1).map(|o| o.0).collect()
    }

    fn put_char(&mut self, c: Char) {
        let run = self.run.0;
        if run.deleted || self.codes > 0 {
            return;
        }
        if run.hidden {
            self.hidden.get_or_insert_with(|| Hidden::new(c.at)).push(c.c);
            return;
        }
        if self.line.is_empty() && is_blank(c.c) {
            return;
        }
        let before = self.line.len();
        self.line.push_char(c.c, c.at, c.len, 0);
        self.line.chars += 1;
        if run.bold {
            self.line.embolden(before);
        }
    }

    fn line_break(&mut self) {
        if self.run.0.deleted || self.codes > 0 {
            return;
        }
        self.line.trim_end();
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn text_box(&mut self, cp: usize) -> Result<(), Error> {
        let Some(range) = self.state.anchors.get(&cp).and_then(|shape| self.state.boxes.remove(shape)) else { return Ok(()) };
        let items = Reader::new(self.file, self.state, self.boilerplate, None).read(range)?;
        self.boxes.extend(items);
        Ok(())
    }

    fn end_paragraph(&mut self, mark: Char) -> Result<(), Error> {
        let p = self.file.paragraph(mark);
        // A paragraph of one character takes a hundred times as much as in the file.
        self.count += 1 + if p.row_end { p.row.edges.len() as u64 } else { 0 };
        check("number of paragraphs and cells", self.count, self.state.limits.cells, "raise `limits.cells`")?;
        let in_table = p.in_table || p.row_end || mark.c == '\u{7}' || p.depth > 0;
        // A mark that a change deletes joins its paragraph with the next.
        if self.run.0.deleted && !in_table {
            return Ok(());
        }
        if p.row_end && p.depth <= 1 || p.inner_row {
            (self.line, self.hidden) = (Buffer::default(), None);
            self.lines.clear();
            if let Some(table) = self.table.as_mut().filter(|_| !p.inner_row) {
                let cells = std::mem::take(&mut table.cells);
                table.rows.push(RawRow { cells, edges: p.row.edges, flags: p.row.flags, header: p.header_row });
            }
            return Ok(());
        }
        self.line.trim_end();
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        if in_table {
            self.number(&p);
            let table = self.table.get_or_insert_default();
            for line in self.lines.drain(..) {
                table.cell.append_apart(&line);
            }
            if mark.c == '\u{7}' && p.depth <= 1 {
                let cell = std::mem::take(&mut table.cell);
                table.cells.push(cell);
            }
            self.put_hidden();
            return Ok(());
        }
        self.end_table()?;
        self.number(&p);
        self.put_lines(&p);
        Ok(())
    }

    /// Puts the number that Word shows before the paragraph.
    fn number(&mut self, p: &Paragraph) {
        let Some(list) = p.list.filter(|n| (1..0xF801).contains(n)) else { return };
        let number = self.state.numbering.count(&list.to_string(), usize::from(p.level));
        if let (Some(first), Some(number)) = (self.lines.first_mut(), number.filter(|n| !n.text.is_empty())) {
            let mut numbered = Buffer::default();
            numbered.push(&number.text, self.start, 0, 0);
            numbered.append(first);
            *first = numbered;
        }
    }

    fn put_hidden(&mut self) {
        if let Some(hidden) = self.hidden.take() {
            put(&mut self.items, Item::Hidden(hidden));
        }
    }

    fn put_lines(&mut self, p: &Paragraph) {
        self.line.trim_end();
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        let chars: usize = self.lines.iter().map(|l| l.text.chars().count()).sum();
        let kind = match p.outline.filter(|o| *o < 9) {
            _ if self.boilerplate || p.contents => BlockKind::Boilerplate,
            _ if p.title => BlockKind::Heading(0),
            // An outline level on a whole paragraph is a slip of the author's.
            Some(level) if chars <= 120 => BlockKind::Heading(level + 1),
            _ => BlockKind::Paragraph,
        };
        self.put_hidden();
        self.items.extend(self.lines.drain(..).map(|line| Item::Line(line, kind)));
        self.items.append(&mut self.boxes);
    }

    fn end_table(&mut self) -> Result<(), Error> {
        let Some(mut raw) = self.table.take() else { return Ok(()) };
        if !raw.cell.is_empty() {
            raw.cells.push(raw.cell);
        }
        if !raw.cells.is_empty() {
            raw.rows.push(RawRow { cells: raw.cells, ..RawRow::default() });
        }
        let table = lay_out(raw.rows, &self.state.limits)?;
        self.items.push(Item::Table(table));
        self.items.append(&mut self.boxes);
        Ok(())
    }
}
