//! Rich text, `.rtf`: groups of control words and text.
//!
//! The numbers of lists stand in the file as they are shown (`\listtext`), so nothing is counted here.

use super::assembly::{Assembly, Hidden, Item, Lost, is_drawn, put};
use super::buffer::{Buffer, is_blank, is_wide};
use super::bytes::DecodeMap;
use super::ole::decode;
use super::rows::{RawRow, lay_out};
use super::{Extracted, Format, Limits, Options, Origin, SourceMeta, check};
use crate::layout::BlockKind;
use crate::{Code, Diagnostic, Error, Span};
use std::collections::HashMap;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let mut reader = Reader::new(bytes, options.limits);
    reader.run()?;
    let mut flow = std::mem::take(&mut reader.flow);
    while let Some((_, outer)) = reader.outer.pop() {
        // The file broke off within a note or a box.
        let inner = std::mem::replace(&mut flow, outer);
        flow.items.extend(inner.finish(&options.limits)?);
    }
    let mut flow = flow.finish(&options.limits)?;
    if !reader.groups.is_empty() {
        flow.push(Item::Lost(Lost::Rest));
    }
    let mut out = Assembly::new(options.limits);
    out.margin(reader.headers)?;
    out.items(flow)?;
    out.items(reader.notes)?;
    out.margin(reader.footers)?;
    let (text, layout, mut diagnostics) = out.finish();
    if reader.broken > 0 {
        let broken = reader.broken;
        diagnostics.push(Diagnostic::new(
            Code::UndecodableBytes,
            Span::at(0),
            format!("{broken} places are no text in the code page that they declare"),
            format!("有 {broken} 处不是所声明代码页的文字"),
        ));
    }
    if text.is_empty() && !bytes.trim_ascii_end().ends_with(b"}") {
        let reason = "it breaks off before its text; the file is damaged, open it in Word or WPS and save it anew".to_owned();
        return Err(Error::Malformed { format: "RTF", reason });
    }
    Ok(Extracted {
        origin: Origin::pieces(text.pieces, DecodeMap::default(), Vec::new()),
        text: text.text,
        layout,
        format: Format::Rtf,
        encoding: if reader.page == 936 { "GBK" } else { "windows-1252" },
        encoding_sure: true,
        metadata: reader.metadata,
        diagnostics,
    })
}

/// What becomes of the text of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Text,
    /// A list's number.
    Label,
    Fonts,
    Styles,
    Property(&'static str),
    /// The code of a field.
    Code,
    /// What belongs to an embedded object beside that which shows it.
    Object,
    /// A property of a shape, and its name.
    Shape,
    Name,
    Nothing,
}

/// The state that a group inherits and its end takes back.
#[derive(Clone, Copy, Debug)]
struct State {
    target: Target,
    /// How many characters stand for an `\u` where it is not known.
    skip: u8,
    font: i32,
    page: u16,
    bold: bool,
    hidden: bool,
    deleted: bool,
    /// Whether its end closes a flow of its own, and whether it ends a field.
    flow: bool,
    field: bool,
}

/// A field while it is open.
#[derive(Debug)]
struct Field {
    code: String,
    /// It says what it shows, perhaps nothing.
    result: bool,
    /// How much had been read before it.
    before: u64,
}

/// What a flow is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Header,
    Footer,
    Note,
    Box,
}

#[derive(Clone, Copy, Debug, Default)]
struct Paragraph {
    in_table: bool,
    style: Option<i32>,
    outline: Option<u8>,
}

/// Paragraphs and tables that follow each other.
#[derive(Default)]
struct Flow {
    items: Vec<Item>,
    table: Vec<RawRow>,
    cells: Vec<Buffer>,
    cell: Buffer,
    line: Buffer,
    lines: Vec<Buffer>,
    label: Buffer,
    paragraph: Paragraph,
    boxes: Vec<Item>,
    hidden: Option<Hidden>,
    boilerplate: bool,
    note: Option<usize>,
}

impl Flow {
    fn line_break(&mut self) {
        self.line.trim_end();
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn end_paragraph(&mut self, styles: &HashMap<i32, BlockKind>, limits: &Limits) -> Result<(), Error> {
        self.line_break();
        let mut label = std::mem::take(&mut self.label);
        label.trim_end();
        if let Some(first) = self.lines.first_mut().filter(|_| !label.is_empty()) {
            if !label.text.ends_with(is_wide) {
                label.push_own(" ");
            }
            label.append(first);
            *first = label;
        }
        if let Some(hidden) = self.hidden.take() {
            put(&mut self.items, Item::Hidden(hidden));
        }
        if self.paragraph.in_table {
            for line in self.lines.drain(..) {
                self.cell.append_apart(&line);
            }
            return Ok(());
        }
        self.end_table(limits)?;
        let chars: usize = self.lines.iter().map(|l| l.text.chars().count()).sum();
        let declared = self.paragraph.outline.filter(|o| *o < 9).map(|o| BlockKind::Heading(o + 1));
        let styled = self.paragraph.style.and_then(|s| styles.get(&s).copied());
        let kind = match declared.or(styled) {
            _ if self.boilerplate => BlockKind::Boilerplate,
            Some(BlockKind::Heading(level)) if level > 0 && chars > 120 => BlockKind::Paragraph,
            Some(kind) => kind,
            None => BlockKind::Paragraph,
        };
        self.items.extend(self.lines.drain(..).map(|l| Item::Line(l, kind)));
        self.items.append(&mut self.boxes);
        Ok(())
    }

    fn end_cell(&mut self, styles: &HashMap<i32, BlockKind>, limits: &Limits) -> Result<(), Error> {
        let in_table = std::mem::replace(&mut self.paragraph.in_table, true);
        self.end_paragraph(styles, limits)?;
        self.paragraph.in_table = in_table;
        let cell = std::mem::take(&mut self.cell);
        self.cells.push(cell);
        Ok(())
    }

    fn end_table(&mut self, limits: &Limits) -> Result<(), Error> {
        if !self.cell.is_empty() {
            let cell = std::mem::take(&mut self.cell);
            self.cells.push(cell);
        }
        if !self.cells.is_empty() {
            self.table.push(RawRow { cells: std::mem::take(&mut self.cells), ..RawRow::default() });
        }
        if !self.table.is_empty() {
            let table = lay_out(std::mem::take(&mut self.table), limits)?;
            self.items.push(Item::Table(table));
        }
        Ok(())
    }

    fn finish(mut self, limits: &Limits) -> Result<Vec<Item>, Error> {
        self.end_paragraph(&HashMap::new(), limits)?;
        self.end_table(limits)?;
        self.items.append(&mut self.boxes);
        Ok(self.items)
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    limits: Limits,
    state: State,
    groups: Vec<State>,
    flow: Flow,
    outer: Vec<(Kind, Flow)>,
    headers: Vec<Item>,
    footers: Vec<Item>,
    notes: Vec<Item>,
    note_count: usize,
    metadata: Vec<SourceMeta>,
    /// The code page of the file, and those of its fonts.
    page: u16,
    fonts: HashMap<i32, u16>,
    styles: HashMap<i32, BlockKind>,
    /// A style's or a property's text as it is read.
    collected: String,
    style: i32,
    date: [i32; 5],
    /// The row as it is described: edges, flags, those of the next cell, whether it is a header.
    edges: Vec<i16>,
    flags: Vec<u16>,
    next_flags: u16,
    header_row: bool,
    /// The first byte of a character of two, with its place.
    lead: Option<(u8, usize)>,
    /// The first half of a character beyond U+FFFF.
    high: Option<(u16, usize)>,
    /// How many characters that stand for an `\u` are still to be left out.
    skipping: u8,
    starred: bool,
    fields: Vec<Field>,
    /// How much has been read or told as lost.
    seen: u64,
    /// How many places are no text.
    broken: u64,
    /// Paragraphs and places of rows so far.
    count: u64,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8], limits: Limits) -> Self {
        let state = State { target: Target::Text, skip: 1, font: -1, page: 0, bold: false, hidden: false, deleted: false, flow: false, field: false };
        Reader {
            bytes,
            at: 0,
            limits,
            state,
            groups: Vec::new(),
            flow: Flow::default(),
            outer: Vec::new(),
            headers: Vec::new(),
            footers: Vec::new(),
            notes: Vec::new(),
            note_count: 0,
            metadata: Vec::new(),
            page: 1252,
            fonts: HashMap::new(),
            styles: HashMap::new(),
            collected: String::new(),
            style: 0,
            date: [0; 5],
            edges: Vec::new(),
            flags: Vec::new(),
            next_flags: 0,
            header_row: false,
            lead: None,
            high: None,
            skipping: 0,
            starred: false,
            fields: Vec::new(),
            seen: 0,
            broken: 0,
            count: 0,
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'{' => {
                    self.break_character();
                    self.groups.push(self.state);
                    (self.state.flow, self.state.field) = (false, false);
                    check("nesting depth", self.groups.len() as u64, u64::from(self.limits.depth), "raise `limits.depth`")?;
                    self.at += 1;
                }
                b'}' => {
                    self.break_character();
                    self.at += 1;
                    self.end_group()?;
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    self.byte(byte, self.at, 1);
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    /// What was begun and not ended is no character.
    fn break_character(&mut self) {
        let begun = self.lead.take().is_some() | self.high.take().is_some();
        self.broken += u64::from(begun && self.state.target == Target::Text);
        (self.skipping, self.starred) = (0, false);
    }

    /// Something is not read: it is told where the paragraph ends that it stands in.
    fn lose(&mut self, lost: Lost) {
        if !self.state.deleted && !self.state.hidden {
            self.seen += 1;
            self.flow.boxes.push(Item::Lost(lost));
        }
    }

    fn end_group(&mut self) -> Result<(), Error> {
        let Some(outer) = self.groups.pop() else { return Ok(()) };
        let ended = std::mem::replace(&mut self.state, outer);
        if ended.target == Target::Code
            && outer.target != Target::Code
            && let Some(field) = self.fields.last_mut()
        {
            field.code = std::mem::take(&mut self.collected);
        }
        if ended.field
            && let Some(field) = self.fields.pop()
            && field.before == self.seen
            && is_drawn(&field.code, field.result)
        {
            self.lose(Lost::Field);
        }
        if ended.flow
            && let Some((kind, flow)) = self.outer.pop()
        {
            let mut flow = std::mem::replace(&mut self.flow, flow);
            flow.end_paragraph(&self.styles, &self.limits)?;
            let items = flow.finish(&self.limits)?;
            match kind {
                Kind::Header => self.headers.extend(items),
                Kind::Footer => self.footers.extend(items),
                Kind::Note => self.notes.extend(items),
                Kind::Box => self.flow.boxes.extend(items),
            }
        }
        if let Target::Property(name) = ended.target
            && outer.target != ended.target
        {
            let mut value = std::mem::take(&mut self.collected).trim().to_owned();
            let [y, mo, d, h, mi] = std::mem::take(&mut self.date);
            if value.is_empty() && y > 1900 {
                value = format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:00");
            }
            if !value.is_empty() {
                self.metadata.push(SourceMeta { name: format!("core:{name}"), value, range: self.at..self.at });
            }
        }
        Ok(())
    }

    /// A control word or sign, from its backslash on.
    fn control(&mut self) -> Result<(), Error> {
        let start = self.at;
        self.at += 1;
        let Some(byte) = self.bytes.get(self.at).copied() else { return Ok(()) };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            match byte {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).and_then(|d| std::str::from_utf8(d).ok());
                    if let Some(code) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                        self.at += 2;
                        self.byte(code, start, 4);
                    }
                }
                b'*' => self.starred = true,
                b'~' => self.put('\u{A0}', start, 2),
                b'_' => self.put('-', start, 2),
                b'{' | b'}' | b'\\' => self.byte(byte, start, 2),
                b'\r' | b'\n' => self.word(b"par", None, start)?,
                _ => {}
            }
            return Ok(());
        }
        let word_at = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) && self.at - word_at < 32 {
            self.at += 1;
        }
        let word = &self.bytes[word_at..self.at];
        let number_at = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) && self.at - number_at < 11 {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[number_at..self.at]).ok().and_then(|n| n.parse::<i32>().ok());
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(word, number, start)
    }

    fn begin(&mut self, kind: Kind) -> Result<(), Error> {
        if self.outer.len() > 20 || self.state.target != Target::Text {
            self.state.target = Target::Nothing;
            return Ok(());
        }
        check("nesting depth", self.outer.len() as u64, u64::from(self.limits.depth), "raise `limits.depth`")?;
        let inner = Flow { boilerplate: matches!(kind, Kind::Header | Kind::Footer), note: (kind == Kind::Note).then_some(self.note_count), ..Flow::default() };
        let outer = std::mem::replace(&mut self.flow, inner);
        self.outer.push((kind, outer));
        self.state.flow = true;
        Ok(())
    }

    fn word(&mut self, word: &[u8], number: Option<i32>, start: usize) -> Result<(), Error> {
        let on = number != Some(0);
        let n = number.unwrap_or(0);
        let starred = std::mem::take(&mut self.starred);
        if word != b"u" {
            let skipping = self.skipping;
            self.break_character();
            self.skipping = skipping;
        }
        // What stands for an unknown character may be a word of its own.
        match word {
            b"u" => return self.unicode(n, start),
            b"bin" => {
                self.at = self.at.saturating_add(usize::try_from(n).unwrap_or(0)).min(self.bytes.len());
                return Ok(());
            }
            _ => self.skipping = 0,
        }
        let len = (self.at - start).min(255) as u8;
        let in_text = self.state.target == Target::Text;
        // A paragraph of one character takes many times as much as in the file, and so does a row of many cells.
        self.count += match word {
            b"par" | b"line" | b"cell" => 1,
            b"row" => self.edges.len() as u64,
            _ => 0,
        };
        check("number of paragraphs and cells", self.count, self.limits.cells, "raise `limits.cells`")?;
        match word {
            b"ansicpg" => self.page = u16::try_from(n).unwrap_or(1252),
            b"uc" => self.state.skip = n.clamp(0, 9) as u8,
            b"fonttbl" => self.state.target = Target::Fonts,
            b"stylesheet" => self.state.target = Target::Styles,
            b"info" => self.state.target = Target::Nothing,
            b"title" | b"author" | b"subject" | b"keywords" | b"operator" | b"creatim" | b"revtim" if self.state.target == Target::Nothing => {
                self.collected.clear();
                self.state.target = Target::Property(match word {
                    b"author" => "creator",
                    b"subject" => "subject",
                    b"keywords" => "keywords",
                    b"operator" => "lastModifiedBy",
                    b"creatim" => "created",
                    b"revtim" => "modified",
                    _ => "title",
                });
            }
            b"yr" => self.date[0] = n,
            b"mo" => self.date[1] = n,
            b"dy" => self.date[2] = n,
            b"hr" => self.date[3] = n,
            b"min" => self.date[4] = n,
            b"f" => {
                self.state.font = n;
                self.state.page = self.fonts.get(&n).copied().unwrap_or(0);
            }
            b"fcharset" if self.state.target == Target::Fonts => {
                let page = charset(n);
                if self.fonts.len() < 10_000 {
                    self.fonts.insert(self.state.font, page);
                }
                self.state.page = page;
            }
            b"s" if self.state.target == Target::Styles => {
                self.style = n;
                self.collected.clear();
            }
            b"header" | b"headerl" | b"headerr" | b"headerf" => self.begin(Kind::Header)?,
            b"footer" | b"footerl" | b"footerr" | b"footerf" => self.begin(Kind::Footer)?,
            b"footnote" => self.begin(Kind::Note)?,
            b"shptxt" | b"dptxbxtext" => self.begin(Kind::Box)?,
            // A shape's box and a picture wait in groups that other programs may leave out.
            b"shpinst" | b"do" | b"shppict" => {}
            b"sp" if in_text => self.state.target = Target::Shape,
            b"sn" if self.state.target == Target::Shape => {
                self.collected.clear();
                self.state.target = Target::Name;
            }
            // Lettering drawn as a picture.
            b"sv" if self.state.target == Target::Shape && self.collected == "gtextUNICODE" => {
                self.state.target = Target::Text;
                self.begin(Kind::Box)?;
            }
            b"pict" => {
                if in_text || self.state.target == Target::Shape {
                    self.lose(Lost::Picture);
                }
                self.state.target = Target::Nothing;
            }
            b"object" if in_text => {
                self.lose(Lost::Object);
                self.state.target = Target::Object;
            }
            b"result" if self.state.target == Target::Object => self.state.target = Target::Text,
            b"annotation" if in_text => {
                self.lose(Lost::Comment);
                self.state.target = Target::Nothing;
            }
            b"moMath" | b"moMathPara" if in_text => {
                self.lose(Lost::Formula);
                self.state.target = Target::Nothing;
            }
            b"field" if in_text && !self.state.field => {
                self.fields.push(Field { code: String::new(), result: false, before: self.seen });
                self.state.field = true;
            }
            b"fldinst" if in_text => {
                self.collected.clear();
                self.state.target = Target::Code;
            }
            b"fldrslt" => {
                if let Some(field) = self.fields.last_mut().filter(|_| in_text) {
                    field.result = true;
                }
            }
            b"listtext" | b"pntext" if self.state.target == Target::Text => self.state.target = Target::Label,
            // What is drawn for programs that know no shapes says the same again.
            b"fldinst" | b"object" | b"colortbl" | b"nonshppict" | b"shprslt" | b"annotation" | b"sp" | b"ftnsep" | b"ftnsepc" | b"aftnsep" | b"aftnsepc"
            | b"nonesttables" | b"bkmkstart" | b"bkmkend" | b"xe" | b"tc" | b"rxe" | b"private" | b"themedata" => self.state.target = Target::Nothing,
            b"ltrch" | b"rtlch" | b"cs" => {}
            _ if starred => self.state.target = Target::Nothing,
            _ if self.state.target == Target::Label => match word {
                b"tab" => self.put(' ', start, len),
                b"plain" => self.plain(),
                _ => self.sign(word, start, len),
            },
            _ if self.state.target != Target::Text => match word {
                b"plain" => self.plain(),
                b"outlinelevel" if self.state.target == Target::Styles && n < 9 => {
                    self.styles.insert(self.style, BlockKind::Heading(n.max(0) as u8 + 1));
                }
                _ => {}
            },
            b"par" | b"sect" => self.flow.end_paragraph(&self.styles, &self.limits)?,
            b"line" | b"page" | b"column" => self.flow.line_break(),
            b"cell" => self.flow.end_cell(&self.styles, &self.limits)?,
            // Cells of a table in a table are text of the cell around it.
            b"nestcell" => {
                let in_table = std::mem::replace(&mut self.flow.paragraph.in_table, true);
                self.flow.end_paragraph(&self.styles, &self.limits)?;
                self.flow.paragraph.in_table = in_table;
            }
            b"row" => {
                let cells = std::mem::take(&mut self.flow.cells);
                self.flow.cell = Buffer::default();
                if !cells.is_empty() {
                    self.flow.table.push(RawRow { cells, edges: self.edges.clone(), flags: self.flags.clone(), header: self.header_row });
                }
            }
            b"trowd" => {
                (self.edges, self.flags) = (vec![0], Vec::new());
                (self.next_flags, self.header_row) = (0, false);
            }
            b"trleft" => {
                if let Some(first) = self.edges.first_mut() {
                    *first = n.clamp(-32_000, 32_000) as i16;
                }
            }
            b"trhdr" => self.header_row = true,
            b"clvmgf" => self.next_flags |= 0x60,
            b"clvmrg" => self.next_flags |= 0x20,
            b"clmgf" => self.next_flags |= 2,
            b"clmrg" => self.next_flags |= 1,
            b"cellx" => {
                if self.edges.len() < 1000 {
                    self.edges.push(n.clamp(-32_000, 32_000) as i16);
                    self.flags.push(self.next_flags);
                }
                self.next_flags = 0;
            }
            b"pard" => self.flow.paragraph = Paragraph::default(),
            b"intbl" => self.flow.paragraph.in_table = on,
            b"s" => self.flow.paragraph.style = number,
            b"outlinelevel" => self.flow.paragraph.outline = u8::try_from(n).ok(),
            b"plain" => self.plain(),
            b"b" => self.state.bold = on,
            b"v" => self.state.hidden = on,
            b"deleted" => self.state.deleted = on,
            b"chftn" => {
                if self.flow.note.is_none() {
                    self.note_count += 1;
                }
                let mark = format!("[{}]", self.flow.note.unwrap_or(self.note_count));
                for c in mark.chars() {
                    self.put(c, start, 0);
                }
            }
            b"tab" => self.put('\t', start, len),
            _ => self.sign(word, start, len),
        }
        Ok(())
    }

    fn plain(&mut self) {
        (self.state.bold, self.state.hidden, self.state.deleted) = (false, false, false);
    }

    /// Words that stand for a character.
    fn sign(&mut self, word: &[u8], start: usize, len: u8) {
        let c = match word {
            b"emdash" => '—',
            b"endash" => '–',
            b"lquote" => '‘',
            b"rquote" => '’',
            b"ldblquote" => '“',
            b"rdblquote" => '”',
            b"bullet" => '•',
            b"emspace" => '\u{2003}',
            b"enspace" => '\u{2002}',
            _ => return,
        };
        self.put(c, start, len);
    }

    fn unicode(&mut self, n: i32, start: usize) -> Result<(), Error> {
        let unit = (n & 0xFFFF) as u16;
        let len = (self.at - start).min(255) as u8;
        self.skipping = 0;
        match (unit, self.high.take()) {
            (0xD800..=0xDBFF, _) => self.high = Some((unit, start)),
            (0xDC00..=0xDFFF, Some((high, from))) => {
                let c = char::decode_utf16([high, unit]).next().and_then(Result::ok).unwrap_or('\u{FFFD}');
                self.put(c, from, (self.at - from).min(255) as u8);
            }
            _ => self.put(char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}'), start, len),
        }
        self.skipping = self.state.skip;
        Ok(())
    }

    /// A byte of text in the code page at hand.
    fn byte(&mut self, byte: u8, start: usize, len: u8) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        let page = if self.state.page == 0 { self.page } else { self.state.page };
        let double = matches!(page, 932 | 936 | 949 | 950);
        match self.lead.take() {
            Some((lead, from)) => {
                let text = self.decoded(&[lead, byte], page);
                let len = (start + usize::from(len) - from).min(255) as u8;
                for (i, c) in text.chars().enumerate() {
                    self.put(c, from, if i == 0 { len } else { 0 });
                }
            }
            None if double && byte >= 0x81 && byte != 0xFF => self.lead = Some((byte, start)),
            None if byte < 0x80 => self.put(char::from(byte), start, len),
            None => {
                let text = self.decoded(&[byte], page);
                for c in text.chars() {
                    self.put(c, start, len);
                }
            }
        }
    }

    fn decoded(&mut self, bytes: &[u8], page: u16) -> String {
        let text = decode(bytes, page);
        self.broken += u64::from(text.contains('\u{FFFD}') && self.state.target == Target::Text);
        text
    }

    fn put(&mut self, c: char, start: usize, len: u8) {
        let start = start as u32;
        match self.state.target {
            Target::Nothing | Target::Fonts | Target::Object | Target::Shape => return,
            Target::Styles => {
                if c == ';' {
                    let name = std::mem::take(&mut self.collected).trim().to_lowercase();
                    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 ")).and_then(|n| n.parse::<u8>().ok());
                    let kind = match level {
                        Some(level @ 1..=9) => BlockKind::Heading(level),
                        _ if name == "title" || name == "标题" => BlockKind::Heading(0),
                        _ if name.starts_with("toc ") => BlockKind::Boilerplate,
                        _ => return,
                    };
                    self.styles.insert(self.style, kind);
                } else if self.collected.len() < 200 {
                    self.collected.push(c);
                }
                return;
            }
            Target::Property(_) => {
                if self.collected.len() < 4000 {
                    self.collected.push(c);
                }
                return;
            }
            Target::Code | Target::Name => {
                if self.collected.len() < 40 {
                    self.collected.push(c);
                }
                return;
            }
            Target::Label => {
                let wide = if ('\u{E000}'..='\u{F8FF}').contains(&c) { '•' } else { c };
                if !(self.flow.label.is_empty() && is_blank(c)) {
                    self.flow.label.push_char(wide, start, len, 0);
                }
                return;
            }
            Target::Text => {}
        }
        if self.state.deleted {
            return;
        }
        self.seen += 1;
        if self.state.hidden {
            self.flow.hidden.get_or_insert_with(|| Hidden::new(start)).push(c);
            return;
        }
        if self.flow.line.is_empty() && is_blank(c) {
            return;
        }
        let before = self.flow.line.len();
        self.flow.line.push_char(c, start, len, 0);
        self.flow.line.chars += 1;
        if self.state.bold {
            self.flow.line.embolden(before);
        }
    }
}

/// The code page of a font's character set.
fn charset(n: i32) -> u16 {
    match n {
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        0 => 1252,
        _ => 0,
    }
}
