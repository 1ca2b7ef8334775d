//! The text of a part: paragraphs, tables, text boxes, as a reader sees them with all changes accepted.

use super::styles::{Resolved, Styles};
use crate::Error;
use crate::layout::BlockKind;
use crate::read::assembly::{self, Hidden, Item, Lost, is_drawn};
use crate::read::buffer::{Buffer, is_blank};
use crate::read::numbering::Numbering;
use crate::read::symbols::symbol;
use crate::read::table::{Cell, Table};
use crate::read::xml::{Element, Next, Xml};
use crate::read::{Limits, check};
use std::collections::{HashMap, HashSet};

/// A footnote or an endnote: its id in its part, and its text.
type Note = (String, Vec<Item>);

/// What the parts share.
pub(super) struct Context<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: &'d mut Numbering,
    /// The notes that were referred to, in order: whether an endnote, and the id.
    pub(super) notes: Vec<(bool, String)>,
    /// Bytes of text and rows so far, in all parts.
    pub(super) text: u64,
    pub(super) rows: u64,
    pub(super) limits: Limits,
    /// Paragraphs of headers and footers are no part of the document.
    pub(super) boilerplate: bool,
}

/// Reads one part: the document, a header, a footer.
pub(super) fn read(part: &str, index: u16, context: &mut Context<'_>) -> Result<Vec<Item>, Error> {
    let mut reader = Reader::new(part, index, context);
    reader.run()?;
    Ok(reader.finish())
}

/// Reads a part of notes: those that are referred to, in that order, and behind them what stands in none of them.
pub(super) fn read_notes(part: &str, index: u16, endnotes: bool, context: &mut Context<'_>) -> Result<Vec<Item>, Error> {
    let order: Vec<String> = context.notes.iter().filter(|n| n.0 == endnotes).map(|n| n.1.clone()).collect();
    let mut numbers = HashMap::new();
    for (i, (_, id)) in context.notes.iter().enumerate().filter(|(_, n)| n.0 == endnotes) {
        numbers.entry(id.clone()).or_insert(i + 1);
    }
    let mut reader = Reader::new(part, index, context);
    reader.notes = Some(Notes { numbers, current: None, done: Vec::new() });
    reader.run()?;
    let done = reader.notes.take().map(|n| n.done).unwrap_or_default();
    let mut by_id: HashMap<String, Vec<Item>> = done.into_iter().collect();
    let mut out: Vec<Item> = order.into_iter().filter_map(|id| by_id.remove(&id)).flatten().collect();
    // Where the part breaks off, that is told here.
    out.extend(reader.finish());
    Ok(out)
}

struct Notes {
    /// The number of each id, where it was referred to first.
    numbers: HashMap<String, usize>,
    current: Option<String>,
    done: Vec<Note>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    line: Buffer,
    /// Lines that a break ended.
    lines: Vec<Buffer>,
    style: Option<String>,
    num: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    /// The mark at its end is deleted: the next paragraph goes on in it.
    joined: bool,
    /// Where its number would stand in the source.
    source: u32,
    /// Text boxes that hang on it, to be read after it.
    boxes: Vec<Item>,
    hidden: Option<Hidden>,
}

/// What paragraphs are gathered into.
enum Level {
    Flow(Vec<Item>),
    Table(Table),
    Cell(Buffer),
}

struct Reader<'x, 'c, 'd> {
    xml: Xml<'x>,
    index: u16,
    context: &'c mut Context<'d>,
    levels: Vec<Level>,
    /// The paragraph that is open, and those around it when it is in a text box.
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose mark is deleted, waiting for the next.
    carried: Option<Paragraph>,
    open: Vec<Open>,
    notes: Option<Notes>,
    /// How deep in deleted text, field codes, table of contents.
    deleted: u32,
    contents: u32,
    /// The fields that are open, and of how many the code is being read.
    fields: Vec<Field>,
    codes: u32,
    /// Where fields begin that nothing ends: they have no code to leave out. Found when the first field begins.
    unended: Option<HashSet<u32>>,
    hidden_run: bool,
    bold_run: bool,
    /// How much has been read or told as lost.
    seen: u64,
}

/// A field while it is open.
struct Field {
    /// Its code is being read.
    in_code: bool,
    /// The beginning of its code.
    code: String,
    /// How much had been read before it.
    before: u64,
}

/// What the end of an element has to undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    Run,
    RunProperties,
    Text,
    Deleted,
    Table,
    Row,
    Cell,
    TextBox,
    Sdt(bool),
    Note,
    /// A field in one piece: how much had been read before it, and whether it shows something when nothing is read in it.
    Field(u64, bool),
    /// Whether one of several forms has been read.
    Alternative(bool),
    /// One of the forms, and how much had been read before it.
    Choice(u64),
    /// What stands in no paragraph: whether it is the text itself, or a formula around it.
    Alone(bool),
}

impl<'x, 'c, 'd> Reader<'x, 'c, 'd> {
    fn new(part: &'x str, index: u16, context: &'c mut Context<'d>) -> Self {
        let xml = Xml::new(part, "DOCX", "wordprocessingml/main", context.limits.depth);
        Reader {
            xml,
            index,
            context,
            levels: vec![Level::Flow(Vec::new())],
            paragraphs: Vec::new(),
            carried: None,
            open: Vec::new(),
            notes: None,
            deleted: 0,
            contents: 0,
            fields: Vec::new(),
            codes: 0,
            unended: None,
            hidden_run: false,
            bold_run: false,
            seen: 0,
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        loop {
            match self.step() {
                Ok(true) => {}
                Ok(false) => break,
                // What is lost is told below.
                Err(_) if self.xml.is_cut() => break,
                Err(e) => return Err(e),
            }
        }
        // The part breaks off: what is open holds the last that there is of it.
        if self.xml.depth() > 0 {
            while let Some(open) = self.open.pop() {
                self.end(open)?;
            }
            self.put(Item::Lost(Lost::Rest));
        }
        Ok(())
    }

    /// Reads what comes next; whether there was something.
    fn step(&mut self) -> Result<bool, Error> {
        match self.xml.next()? {
            Next::Start(e) => self.start(&e)?,
            Next::End(_) => {
                if let Some(open) = self.open.pop() {
                    self.end(open)?;
                }
                self.context.limits.check_text(self.context.text)?;
                self.context.limits.check_rows(self.context.rows)?;
            }
            // White space between elements is none of the author's.
            Next::Text { text, source, source_len } if self.in_text() => self.text(text, source, source_len),
            Next::Char { c, source, source_len } if self.in_text() => {
                self.text(c.encode_utf8(&mut [0; 4]), source, source_len);
            }
            Next::Text { .. } | Next::Char { .. } => {}
            Next::Done => return Ok(false),
        }
        Ok(true)
    }

    fn finish(mut self) -> Vec<Item> {
        if let Some(p) = self.carried.take() {
            self.end_paragraph(p);
        }
        match self.levels.drain(..).next() {
            Some(Level::Flow(items)) => items,
            _ => Vec::new(),
        }
    }

    fn top(&self) -> Open {
        self.open.last().copied().unwrap_or(Open::Nothing)
    }

    fn in_text(&self) -> bool {
        matches!(self.top(), Open::Text | Open::Alone(true))
    }

    fn start(&mut self, e: &Element<'x>) -> Result<(), Error> {
        let open = match e.name.local {
            // Outside the main namespace only what chooses between two forms of the same thing matters.
            "AlternateContent" => Open::Alternative(false),
            "Choice" if matches!(self.top(), Open::Alternative(false)) => {
                if let Some(top) = self.open.last_mut() {
                    *top = Open::Alternative(true);
                }
                Open::Choice(self.seen)
            }
            // Of several forms of the same thing the first that says something is read.
            "Choice" | "Fallback" if matches!(self.top(), Open::Alternative(true)) => return self.xml.skip(),
            // Formulas and drawings have runs of their own.
            "t" | "oMath" | "oMathPara" if self.paragraphs.is_empty() => {
                self.paragraphs.push(Paragraph { source: e.source, ..Paragraph::default() });
                Open::Alone(e.name.local == "t")
            }
            "t" => Open::Text,
            "r" if !e.name.main => Open::Run,
            _ if !e.name.main => {
                self.foreign(e);
                Open::Nothing
            }
            local => match self.element(local, e)? {
                Some(open) => open,
                None => return Ok(()),
            },
        };
        self.open.push(open);
        Ok(())
    }

    /// Starts an element of the main namespace; `None` when it has been read to its end.
    fn element(&mut self, local: &str, e: &Element<'x>) -> Result<Option<Open>, Error> {
        let top = self.top();
        let open = match local {
            "p" => {
                let mut p = self.carried.take().unwrap_or_default();
                p.joined = false;
                (p.style, p.num, p.level, p.outline) = (None, None, None, None);
                if p.line.is_empty() && p.lines.is_empty() {
                    p.source = e.source;
                }
                self.paragraphs.push(p);
                Open::Paragraph
            }
            "pPr" if top == Open::Paragraph => Open::ParagraphProperties,
            "rPr" if top == Open::ParagraphProperties => Open::MarkProperties,
            "rPr" if top == Open::Run => Open::RunProperties,
            "r" => {
                (self.hidden_run, self.bold_run) = (false, false);
                Open::Run
            }
            "del" | "moveFrom" if top == Open::MarkProperties => {
                if let Some(p) = self.paragraphs.last_mut() {
                    p.joined = true;
                }
                Open::Nothing
            }
            "del" | "moveFrom" | "rt" => {
                if local == "rt" && self.deleted == 0 && self.codes == 0 {
                    self.lose(Lost::Ruby);
                }
                self.deleted += 1;
                Open::Deleted
            }
            "tbl" => {
                self.levels.push(Level::Table(Table::default()));
                Open::Table
            }
            "tr" => {
                self.context.rows += 1;
                if let Some(Level::Table(t)) = self.levels.last_mut() {
                    t.start_row();
                }
                Open::Row
            }
            "tc" => {
                if let Some(Level::Table(t)) = self.levels.last_mut() {
                    t.start_cell(Cell { columns: 1, rows: 1, ..Cell::default() });
                }
                self.levels.push(Level::Cell(Buffer::default()));
                Open::Cell
            }
            "txbxContent" => {
                self.levels.push(Level::Flow(Vec::new()));
                Open::TextBox
            }
            "sdt" => Open::Sdt(false),
            "fldSimple" => Open::Field(self.seen, is_drawn(&e.get("instr").unwrap_or_default(), false)),
            "footnote" | "endnote" if self.notes.is_some() => {
                // Separators are notes with a type.
                let id = e.get("id").filter(|_| e.get("type").is_none_or(|t| t == "normal"));
                if let Some(n) = &mut self.notes {
                    n.current = id;
                }
                Open::Note
            }
            "instrText" => {
                self.code()?;
                return Ok(None);
            }
            // Deleted text and codes, properties that hold no text.
            "delText" | "delInstrText" | "sectPr" | "tblPr" | "tblGrid" | "pPrChange" | "rPrChange" | "tblPrChange" => {
                self.xml.skip()?;
                return Ok(None);
            }
            _ => {
                self.detail(local, e);
                Open::Nothing
            }
        };
        Ok(Some(open))
    }

    /// The code of a field. A formula's is all that there is of it: EQ \o\ac(○,1). Word parts a code over several of these.
    fn code(&mut self) -> Result<(), Error> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            match self.xml.next()? {
                Next::Text { text, .. } => {
                    // Its first word is enough.
                    if let Some(field) = self.fields.last_mut().filter(|f| f.code.len() < 40) {
                        field.code.extend(text.chars().take(40));
                    }
                }
                Next::Done => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// A field has ended; whether it shows something of which nothing has been read or told since `before`.
    fn end_field(&mut self, before: u64, shows: bool) {
        if shows && before == self.seen && self.deleted == 0 && self.codes == 0 {
            self.lose(Lost::Field);
        }
    }

    /// Elements of other namespaces that show something.
    fn foreign(&mut self, e: &Element<'_>) {
        let lost = match e.name.local {
            // Lettering drawn as a picture: its text stands in an attribute.
            "textpath" => return self.lettering(e),
            "pic" | "imagedata" => Lost::Picture,
            "chart" | "relIds" => Lost::Chart,
            "OLEObject" => Lost::Object,
            _ => return,
        };
        if self.deleted == 0 && self.codes == 0 {
            self.lose(lost);
        }
    }

    fn lettering(&mut self, e: &Element<'_>) {
        let text = e.get("string").unwrap_or_default();
        if self.deleted > 0 || self.codes > 0 || text.trim().is_empty() {
            return;
        }
        self.seen += text.len() as u64;
        self.context.text += text.len() as u64;
        let mut line = Buffer::default();
        line.push(text.trim(), e.source, 0, self.index);
        line.chars += text.trim().len() as u32;
        let kind = if self.context.boilerplate { BlockKind::Boilerplate } else { BlockKind::Paragraph };
        match self.paragraphs.last_mut() {
            Some(p) => p.boxes.push(Item::Line(line, kind)),
            None => self.put(Item::Line(line, kind)),
        }
    }

    /// Something is not read: it is told where the paragraph ends that it stands in.
    fn lose(&mut self, lost: Lost) {
        self.seen += 1;
        match self.paragraphs.last_mut() {
            Some(p) => p.boxes.push(Item::Lost(lost)),
            None => self.put(Item::Lost(lost)),
        }
    }

    /// Elements without text of their own.
    fn detail(&mut self, local: &str, e: &Element<'_>) {
        match local {
            "pStyle" | "numId" | "ilvl" | "outlineLvl" => {
                let Some(p) = self.paragraphs.last_mut() else { return };
                match local {
                    "pStyle" => p.style = e.val(),
                    "numId" => p.num = e.val(),
                    "ilvl" => p.level = e.number("val").map(|n| n as usize),
                    _ => p.outline = e.number("val").and_then(|n| u8::try_from(n).ok()),
                }
            }
            "altChunk" | "subDoc" => self.lose(Lost::Chunk),
            "ddList" if self.deleted == 0 => self.lose(Lost::Field),
            "commentReference" if self.deleted == 0 => self.lose(Lost::Comment),
            "contentPart" if self.deleted == 0 => self.lose(Lost::Picture),
            "vanish" if self.top() == Open::RunProperties => self.hidden_run = e.is_on(),
            "b" if self.top() == Open::RunProperties => self.bold_run = e.is_on(),
            "gridSpan" | "vMerge" | "tblHeader" => self.cell_detail(local, e),
            "docPartGallery" if e.val().is_some_and(|v| v == "Table of Contents") => {
                let sdt = self.open.iter_mut().rev().find(|o| matches!(o, Open::Sdt(_)));
                if let Some(Open::Sdt(contents @ false)) = sdt {
                    *contents = true;
                    self.contents += 1;
                }
            }
            "fldChar" => match e.get("fldCharType").as_deref() {
                Some("begin") => {
                    let part = self.xml.part();
                    if !self.unended.get_or_insert_with(|| unended_fields(part)).contains(&e.source) {
                        self.fields.push(Field { in_code: true, code: String::new(), before: self.seen });
                        self.codes += 1;
                    }
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut().filter(|f| f.in_code) {
                        field.in_code = false;
                        self.codes -= 1;
                    }
                }
                Some("end") => {
                    if let Some(field) = self.fields.pop() {
                        self.codes -= u32::from(field.in_code);
                        self.end_field(field.before, is_drawn(&field.code, !field.in_code));
                    }
                }
                _ => {}
            },
            "tab" | "ptab" if self.top() == Open::Run => self.text("\t", e.source, 0),
            "noBreakHyphen" => self.text("-", e.source, 0),
            "br" | "cr" => self.line_break(),
            "sym" => {
                let code = e.get("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let font = e.get("font").unwrap_or_default();
                if let Some(c) = code.and_then(|code| symbol(code, &font)) {
                    self.text(c.encode_utf8(&mut [0; 4]), e.source, 0);
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let Some(id) = e.get("id") else { return };
                self.context.notes.push((local.starts_with('e'), id));
                if e.get("customMarkFollows").is_none() {
                    let mark = format!("[{}]", self.context.notes.len());
                    self.text(&mark, e.source, 0);
                }
            }
            "footnoteRef" | "endnoteRef" => {
                let Some(n) = &self.notes else { return };
                let own = n.current.as_ref().and_then(|id| n.numbers.get(id)).copied();
                if let Some(number) = own {
                    self.text(&format!("[{number}]"), e.source, 0);
                }
            }
            _ => {}
        }
    }

    fn cell_detail(&mut self, local: &str, e: &Element<'_>) {
        // The properties of a cell stand inside it, so its table is one level up.
        let table = self.levels.iter_mut().rev().find_map(|l| match l {
            Level::Table(t) => Some(t),
            _ => None,
        });
        let Some(t) = table else { return };
        match local {
            "gridSpan" => t.widen(e.number("val").unwrap_or(1).clamp(1, 1000)),
            "vMerge" if e.val().is_none_or(|v| v != "restart") => {
                if let Some(c) = t.last_cell() {
                    c.merged = true;
                }
            }
            "tblHeader" if e.is_on() => t.header_row(),
            _ => {}
        }
    }

    fn line_break(&mut self) {
        if self.deleted > 0 || self.codes > 0 {
            return;
        }
        if let Some(p) = self.paragraphs.last_mut() {
            p.line.trim_end();
            if !p.line.is_empty() {
                p.lines.push(std::mem::take(&mut p.line));
            }
        }
    }

    fn text(&mut self, text: &str, source: u32, source_len: u32) {
        let in_run = matches!(self.top(), Open::Text | Open::Alone(_) | Open::Run);
        // The result of a field that stands in the code of another is part of that code.
        let in_code = self.fields.last().is_some_and(|f| f.in_code) && !text.trim().is_empty();
        if self.deleted > 0 || self.codes > 0 && !in_code || !in_run {
            return;
        }
        let index = self.index;
        self.context.text += text.len() as u64;
        self.seen += text.len() as u64;
        let Some(p) = self.paragraphs.last_mut() else { return };
        if self.hidden_run || in_code {
            let hidden = p.hidden.get_or_insert_with(|| Hidden::new(source));
            text.chars().for_each(|c| hidden.push(c));
            return;
        }
        let (mut text, mut source, mut source_len) = (text, source, source_len);
        if p.line.is_empty() {
            let rest = text.trim_start_matches(is_blank);
            if source_len as usize == text.len() {
                let skipped = (text.len() - rest.len()) as u32;
                (source, source_len) = (source + skipped, source_len - skipped);
            }
            text = rest;
        }
        let before = p.line.len();
        p.line.push(text, source, source_len, index);
        p.line.chars += text.len() as u32;
        if self.bold_run {
            p.line.embolden(before);
        }
    }

    fn end(&mut self, open: Open) -> Result<(), Error> {
        match open {
            Open::Paragraph => {
                if let Some(p) = self.paragraphs.pop() {
                    if p.joined && self.paragraphs.is_empty() && matches!(self.levels.last(), Some(Level::Flow(_))) {
                        self.carried = Some(p);
                    } else {
                        self.end_paragraph(p);
                    }
                }
            }
            Open::Alone(_) => {
                if let Some(p) = self.paragraphs.pop() {
                    self.end_paragraph(p);
                }
            }
            // It says nothing: the next form is read.
            Open::Choice(before) if before == self.seen => {
                if let Some(top) = self.open.last_mut() {
                    *top = Open::Alternative(false);
                }
            }
            Open::Field(before, shows) => self.end_field(before, shows),
            Open::Run => self.hidden_run = false,
            Open::Deleted => self.deleted -= 1,
            Open::Sdt(true) => self.contents -= 1,
            Open::Cell => {
                if let Some(Level::Cell(mut text)) = self.levels.pop() {
                    text.trim_end();
                    if let Some(Level::Table(t)) = self.levels.last_mut() {
                        if let Some(c) = t.last_cell() {
                            c.text = text;
                        }
                        check("table size in cells", t.size, self.context.limits.cells, "raise `limits.cells`")?;
                    }
                }
            }
            Open::Table => {
                if let Some(Level::Table(mut table)) = self.levels.pop() {
                    table.join_merged();
                    self.put(Item::Table(table));
                }
            }
            Open::TextBox => {
                if let Some(Level::Flow(items)) = self.levels.pop() {
                    match self.paragraphs.last_mut() {
                        Some(p) => p.boxes.extend(items),
                        None => items.into_iter().for_each(|i| self.put(i)),
                    }
                }
            }
            Open::Note => {
                // Nothing joins the last paragraph of a note with the next note.
                if let Some(p) = self.carried.take() {
                    self.end_paragraph(p);
                }
                if let Some(Level::Flow(items)) = self.levels.first_mut() {
                    let items = std::mem::take(items);
                    if let Some(n) = &mut self.notes
                        && let Some(id) = n.current.take()
                    {
                        n.done.push((id, items));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Puts a finished piece where paragraphs go at the moment.
    fn put(&mut self, item: Item) {
        let told = matches!(item, Item::Hidden(_) | Item::Lost(_));
        let level = if told && !matches!(self.levels.last(), Some(Level::Flow(_))) {
            // Hidden text in a cell is reported where the flow goes on.
            self.levels.first_mut()
        } else {
            // Text between cells stands before their table.
            self.levels.iter_mut().rev().find(|l| !matches!(l, Level::Table(_)))
        };
        match (level, item) {
            (Some(Level::Flow(items)), item) => assembly::put(items, item),
            (Some(Level::Cell(cell)), Item::Line(line, _)) => cell.append_apart(&line),
            // A table in a cell is read as the cell's text.
            (Some(Level::Cell(cell)), Item::Table(t)) => t.rows().flatten().filter(|c| !c.text.is_empty()).for_each(|c| cell.append_apart(&c.text)),
            _ => {}
        }
    }

    fn end_paragraph(&mut self, mut p: Paragraph) {
        p.line.trim_end();
        let line = std::mem::take(&mut p.line);
        if !line.is_empty() {
            p.lines.push(line);
        }
        let style = self.context.styles.resolve(p.style.as_deref());
        let number = self.number(&p, &style);
        let kind = self.kind(&p, &style);
        if let (Some(first), Some(number)) = (p.lines.first_mut(), number.filter(|n| !n.is_empty())) {
            let mut numbered = Buffer::default();
            numbered.push(&number, p.source, 0, self.index);
            // What follows must not run into the number: 1 总则, 1. 5个村, 第二条 规定….
            let digit = |c: char| c.is_ascii_digit();
            if number.ends_with(digit) || number.starts_with('第') || first.text.starts_with(digit) {
                numbered.push(" ", p.source, 0, self.index);
            }
            numbered.append(first);
            *first = numbered;
        }
        if let Some(hidden) = p.hidden.take() {
            self.put(Item::Hidden(hidden));
        }
        for line in std::mem::take(&mut p.lines) {
            self.context.rows += u64::from(matches!(self.levels.last(), Some(Level::Flow(_))));
            self.put(Item::Line(line, kind));
        }
        for item in p.boxes {
            self.put(item);
        }
    }

    /// The number that Word shows before the paragraph.
    fn number(&mut self, p: &Paragraph, style: &Resolved) -> Option<String> {
        // A paragraph that a change deletes as a whole is not counted, an empty one is.
        let num = p.num.as_deref().or(style.num.as_deref()).filter(|n| *n != "0")?;
        let from_style = || self.context.numbering.level_of_style(num, style.num_style.as_deref()?);
        let level = match p.level {
            Some(level) => level,
            None if p.num.is_none() => from_style().or(style.level).unwrap_or(0),
            None => style.level.unwrap_or(0),
        };
        self.context.numbering.count(num, level).map(|n| n.text)
    }

    fn kind(&self, p: &Paragraph, style: &Resolved) -> BlockKind {
        let outline = p.outline.or(style.outline).filter(|o| *o < 9);
        let chars: usize = p.lines.iter().map(|l| l.text.chars().count()).sum();
        match () {
            () if self.context.boilerplate || self.contents > 0 || style.contents => BlockKind::Boilerplate,
            () if style.title => BlockKind::Heading(0),
            // An outline level on a whole paragraph is a slip of the author's.
            () if chars <= 120 => outline.map_or(BlockKind::Paragraph, |o| BlockKind::Heading(o + 1)),
            () => BlockKind::Paragraph,
        }
    }
}

/// Where fields begin that nothing ends, in the whole part: what follows them is text, not code.
fn unended_fields(part: &str) -> HashSet<u32> {
    let mut open: Vec<(u32, bool)> = Vec::new();
    for at in memchr::memmem::find_iter(part.as_bytes(), b"fldCharType") {
        // Of its own tag it is the first attribute or the third; text that says so is no field.
        let near = at.saturating_sub(200);
        let Some(tag) = memchr::memrchr2(b'<', b'>', &part.as_bytes()[near..at]).map(|t| near + t).filter(|t| part.as_bytes()[*t] == b'<') else { continue };
        let value = part[at + 11..].trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start).unwrap_or_default();
        match value.trim_start_matches(['"', '\'']) {
            v if v.starts_with("begin") => open.push((tag as u32, true)),
            // From here on its result is shown, whether it ends or not.
            v if v.starts_with("separate") => {
                if let Some(last) = open.last_mut() {
                    last.1 = false;
                }
            }
            v if v.starts_with("end") => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().filter(|o| o.1).map(|o| o.0).collect()
}
