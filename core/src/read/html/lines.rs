//! The page as lines of readable text, in reading order.

use super::dom::{Attribute, Dom, NONE, Name, Node};
use super::hidden::{Sheet, Way, declarations};
use super::table::data_tables;
use super::tags::Tag;
use crate::layout::TableLayout;
use crate::read::Limits;
use crate::read::buffer::{Buffer, is_blank, is_wide};
use crate::read::numerals;
use crate::read::table::{Cell, Table};
use crate::view::has_noise;
use crate::{Error, Span};
use std::ops::Range;

/// One line of the text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) span: Range<u32>,
    pub(super) kind: LineKind,
    /// Characters other than spaces, and how many of them are links.
    pub(super) chars: u32,
    pub(super) links: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    Paragraph,
    Heading(u8),
    /// A row of a table of data.
    Row,
    /// Label and value out of the table above an article.
    Entry,
    /// A button, a list to choose from.
    Control,
}

/// Text out of sight.
#[derive(Clone, Debug)]
pub(super) struct HiddenText {
    /// How many lines stand before it.
    pub(super) line: usize,
    pub(super) chars: usize,
    pub(super) excerpt: String,
    pub(super) source: Range<u32>,
}

/// Text that a reader sees and that is not read: in a drawing, above a word, in place of an object.
#[derive(Clone, Debug)]
pub(super) struct LostText {
    pub(super) tag: Tag,
    /// How many lines stand before it.
    pub(super) line: usize,
    pub(super) chars: usize,
    pub(super) excerpt: String,
}

/// What was rendered.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) out: Buffer,
    pub(super) lines: Vec<Line>,
    pub(super) tables: Vec<TableLayout>,
    /// Bold text at the start of lines.
    pub(super) run_ins: Vec<Span>,
    pub(super) hidden: Vec<HiddenText>,
    /// At most one of each tag: all of its kind are told together.
    pub(super) lost: Vec<LostText>,
    /// For every picture how many lines stand before it.
    pub(super) pictures: Vec<u32>,
    /// For every element the lines inside it.
    pub(super) inside: Vec<(u32, u32)>,
}

/// Renders. With `reveal`, hidden elements are shown too.
pub(super) fn render(dom: &Dom<'_>, limits: &Limits, reveal: bool) -> Result<Lines, Error> {
    let sheet = Sheet::of(dom);
    let data = data_tables(dom);
    let mut r = Renderer { dom, limits, ..Renderer::new(dom) };
    let mut i = 0;
    let mut next_table = 0;
    while i < dom.nodes.len() as u32 {
        r.close_before(i)?;
        let node = dom.nodes[i as usize];
        r.all.inside[i as usize].0 = r.all.lines.len() as u32;
        if node.tag == Tag::Text {
            r.text_node(node);
            i += 1;
            continue;
        }
        if node.tag.is_dropped() || node.tag == Tag::Title {
            if matches!(node.tag, Tag::Svg | Tag::Rt | Tag::Object | Tag::Iframe) && !r.tiny && (reveal || sheet.way(dom, i, node) != Way::Gone) {
                r.report_lost(i)?;
            }
            r.skip(i);
            i = node.end;
            continue;
        }
        let way = if reveal { Way::Shown } else { sheet.way(dom, i, node) };
        if way == Way::Gone {
            r.report_hidden(i);
            r.skip(i);
            i = node.end;
            continue;
        }
        while next_table < data.len() && data[next_table] < i {
            next_table += 1;
        }
        let is_data = node.tag == Tag::Table && data.get(next_table) == Some(&i);
        r.open(i, node, way, is_data);
        i += 1;
    }
    r.close_before(dom.nodes.len() as u32)?;
    r.flush();
    Ok(r.all)
}

struct Open {
    node: u32,
    end: u32,
    tiny: bool,
    bold: bool,
}

struct Renderer<'d> {
    dom: &'d Dom<'d>,
    limits: &'d Limits,
    all: Lines,
    line: Buffer,
    open: Vec<Open>,
    /// A space is due before the next character: its source, and whether it always shows.
    space: Option<(u32, u32, bool)>,
    link: u32,
    bold: u32,
    control: u32,
    pre: u32,
    heading: Option<u8>,
    tiny: bool,
    table: Option<(u32, Table)>,
    /// Cells of the tables that are finished.
    cells: u64,
    cell: bool,
    /// Counters of the numbered lists that are open.
    lists: Vec<u32>,
    /// The number to show before the first character of a list item, and the tag that makes it.
    marker: Option<(String, u32)>,
    /// Whether the last line was a label that waits for its value.
    label: bool,
}

static NO_LIMITS: Limits = Limits { input: 0, unpacked: 0, text: 0, rows: 0, ratio: 0, entries: 0, depth: 0, cells: 0 };

impl<'d> Renderer<'d> {
    fn new(dom: &'d Dom<'d>) -> Self {
        let all = Lines { inside: vec![(0, 0); dom.nodes.len()], ..Lines::default() };
        Renderer {
            dom,
            limits: &NO_LIMITS,
            all,
            line: Buffer::default(),
            open: Vec::new(),
            space: None,
            link: 0,
            bold: 0,
            control: 0,
            pre: 0,
            heading: None,
            tiny: false,
            table: None,
            cells: 0,
            cell: false,
            lists: Vec::new(),
            marker: None,
            label: false,
        }
    }

    fn skip(&mut self, index: u32) {
        let lines = self.all.lines.len() as u32;
        self.all.inside[index as usize] = (lines, lines);
    }

    fn report_hidden(&mut self, index: u32) {
        let node = self.dom.nodes[index as usize];
        let mut excerpt = String::new();
        let mut chars = 0;
        let mut i = index + 1;
        let mut last = node.source;
        while i < node.end {
            let inner = self.dom.nodes[i as usize];
            last = inner.source;
            if inner.tag.is_dropped() {
                i = inner.end;
                continue;
            }
            if inner.tag == Tag::Text {
                let text = self.dom.text(inner);
                let visible = text.chars().filter(|c| !is_blank(*c));
                for c in visible {
                    chars += 1;
                    if chars <= 40 {
                        excerpt.push(c);
                    }
                }
                last = inner.source + text.len() as u32;
            }
            i += 1;
        }
        if chars > 0 {
            let line = self.all.lines.len();
            self.all.hidden.push(HiddenText { line, chars, excerpt, source: node.source..last });
        }
    }

    /// What is left out of the text although a reader sees it.
    fn report_lost(&mut self, index: u32) -> Result<(), Error> {
        let node = self.dom.nodes[index as usize];
        match self.dom.attribute(index, Name::Page).filter(|_| node.tag == Tag::Iframe) {
            Some(page) => {
                let page = Dom::parse(page, self.limits.depth)?;
                self.lose(node.tag, &page, 0..page.nodes.len() as u32);
            }
            None if node.tag == Tag::Iframe => {}
            None => self.lose(node.tag, self.dom, index + 1..node.end),
        }
        Ok(())
    }

    /// Says of these nodes what they show.
    fn lose(&mut self, tag: Tag, dom: &Dom<'_>, nodes: Range<u32>) {
        let (mut chars, mut excerpt) = (0, String::new());
        let mut i = nodes.start;
        while i < nodes.end {
            let inner = dom.nodes[i as usize];
            let unseen = matches!(inner.tag, Tag::Script | Tag::Style | Tag::Template | Tag::Title | Tag::Desc | Tag::Metadata | Tag::Noscript | Tag::Rp);
            if unseen {
                i = inner.end;
                continue;
            }
            let text = match inner.tag {
                Tag::Text => dom.text(inner),
                Tag::Input => field_value(dom, i).map_or("", |a| a.value.as_ref()),
                // A frame in a frame is counted as it is written.
                Tag::Iframe => dom.attribute(i, Name::Page).unwrap_or_default(),
                _ => "",
            };
            for c in text.chars().filter(|c| !is_blank(*c)) {
                chars += 1;
                if chars <= 40 {
                    excerpt.push(c);
                }
            }
            i = if inner.tag == Tag::Iframe { inner.end } else { i + 1 };
        }
        if chars == 0 {
            return;
        }
        match self.all.lost.iter_mut().find(|l| l.tag == tag) {
            Some(l) => l.chars += chars,
            None => self.all.lost.push(LostText { tag, line: self.all.lines.len(), chars, excerpt }),
        }
    }

    /// Puts it on a line of its own.
    fn field(&mut self, index: u32) {
        let node = self.dom.nodes[index as usize];
        let Some(value) = field_value(self.dom, index) else { return };
        self.break_block(node.source);
        let marker = self.marker.take();
        let (source, len) = (value.source.start, value.source.end - value.source.start);
        if len as usize == value.value.len() {
            self.run(&value.value, source);
        } else {
            self.word(value.value.trim(), source, len);
        }
        self.marker = marker;
        if self.cell {
            self.space = Some((node.source, 0, true));
        } else {
            self.flush_as(LineKind::Control);
        }
    }

    fn open(&mut self, index: u32, node: Node, way: Way, is_data: bool) {
        let outer_tiny = self.tiny;
        match way {
            Way::Tiny => self.tiny = true,
            Way::Sized => self.tiny = false,
            _ => {}
        }
        match node.tag {
            Tag::Br => self.line_break(node.source),
            Tag::Input if !self.tiny => self.field(index),
            Tag::Img => self.all.pictures.push(self.all.lines.len() as u32),
            Tag::Td | Tag::Th if self.in_rows(index) => self.start_cell(index, node),
            Tag::Tr if self.in_rows(index) => {
                if let Some((_, t)) = &mut self.table {
                    t.start_row();
                }
            }
            Tag::Thead | Tag::Tbody | Tag::Tfoot if self.in_rows(index) => {}
            Tag::A if self.dom.attribute(index, Name::Href).is_some() => self.link += 1,
            Tag::Ol => {
                let first = self.dom.attribute(index, Name::Start).and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                self.break_block(node.source);
                self.lists.push(first);
            }
            Tag::Dd if self.label => self.space = None,
            t if t.is_block() => self.break_block(node.source),
            _ => {}
        }
        match node.tag {
            Tag::Li => self.list_item(index, node),
            Tag::Button | Tag::Select | Tag::Textarea | Tag::Option => self.control += 1,
            Tag::Pre => self.pre += 1,
            Tag::Table if is_data && self.table.is_none() => self.table = Some((index, Table::default())),
            t => {
                if let Some(level) = t.heading() {
                    self.heading = Some(level);
                }
            }
        }
        let bold = self.is_bold(index, node);
        self.bold += u32::from(bold);
        // An empty one has nothing inside that will come to close it.
        self.open.push(Open { node: index, end: node.end.max(index + 1), tiny: outer_tiny, bold });
    }

    fn close_before(&mut self, index: u32) -> Result<(), Error> {
        while self.open.last().is_some_and(|o| o.end <= index) {
            let Some(open) = self.open.pop() else { break };
            self.close(&open)?;
            self.all.inside[open.node as usize].1 = self.all.lines.len() as u32;
        }
        Ok(())
    }

    fn close(&mut self, open: &Open) -> Result<(), Error> {
        let node = self.dom.nodes[open.node as usize];
        self.tiny = open.tiny;
        self.bold -= u32::from(open.bold);
        match node.tag {
            Tag::A if self.dom.attribute(open.node, Name::Href).is_some() => self.link -= 1,
            Tag::Td | Tag::Th if self.in_rows(open.node) => return self.end_cell(open.node, node),
            Tag::Table if self.table.as_ref().is_some_and(|t| t.0 == open.node) => {
                self.flush();
                if let Some((_, table)) = self.table.take() {
                    let header = table.is_header();
                    self.emit_table(&table, header)?;
                }
                return Ok(());
            }
            _ => {}
        }
        if node.tag.is_block() && node.tag != Tag::Tr {
            self.break_block(node.source);
        }
        match node.tag {
            Tag::Ol => drop(self.lists.pop()),
            Tag::Li => self.marker = None,
            Tag::Button | Tag::Select | Tag::Textarea | Tag::Option => self.control -= 1,
            Tag::Pre => self.pre -= 1,
            t if t.heading().is_some() => self.heading = None,
            _ => {}
        }
        Ok(())
    }

    /// Whether the element's text is set in bold.
    fn is_bold(&self, index: u32, node: Node) -> bool {
        let styled = || {
            let style = self.dom.attribute(index, Name::Style).unwrap_or_default();
            let weight = declarations(style).find(|(name, _)| name.eq_ignore_ascii_case("font-weight"));
            weight.is_some_and(|(_, value)| matches!(value.trim(), "bold" | "bolder" | "600" | "700" | "800" | "900"))
        };
        matches!(node.tag, Tag::B | Tag::Strong) || node.tag == Tag::Span && styled()
    }

    /// Whether the node belongs to the rows of the table that is being read, and not to one inside a cell.
    fn in_rows(&self, index: u32) -> bool {
        let Some((table, _)) = &self.table else { return false };
        let mut parent = self.dom.nodes[index as usize].parent;
        for _ in 0..3 {
            if parent == *table {
                return true;
            }
            if parent == NONE || !matches!(self.dom.nodes[parent as usize].tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Form) {
                return false;
            }
            parent = self.dom.nodes[parent as usize].parent;
        }
        false
    }

    fn start_cell(&mut self, index: u32, node: Node) {
        let head = node.tag == Tag::Th || {
            let row = self.dom.nodes[node.parent as usize].parent;
            row != NONE && self.dom.nodes[row as usize].tag == Tag::Thead
        };
        let outside = if self.line.is_empty() { None } else { Some(std::mem::take(&mut self.line)) };
        // Text in a table but in no cell: browsers show it before the table.
        if let Some(text) = outside {
            self.line = text;
            self.flush_as(LineKind::Paragraph);
        }
        let span = |name| self.dom.attribute(index, name).and_then(|s| s.trim().parse().ok()).unwrap_or(1u32);
        let (columns, rows) = (span(Name::Colspan).clamp(1, 1000), span(Name::Rowspan).min(65534));
        if let Some((_, t)) = &mut self.table {
            t.start_cell(Cell { columns, rows, header: head, node: index, ..Cell::default() });
        }
        self.space = None;
        self.cell = true;
    }

    fn end_cell(&mut self, index: u32, _node: Node) -> Result<(), Error> {
        self.line.trim_end();
        self.space = None;
        self.cell = false;
        let text = std::mem::take(&mut self.line);
        if let Some((_, t)) = &mut self.table {
            t.end_cell(text, index);
            crate::read::check("table size in cells", t.size, self.limits.cells, "raise `limits.cells`")?;
        }
        Ok(())
    }

    fn emit_table(&mut self, table: &Table, header: bool) -> Result<(), Error> {
        if header {
            for (label, value) in table.entries() {
                self.line.append(label);
                if !label.text.ends_with(['：', ':']) && !label.is_empty() {
                    self.line.push_own("：");
                }
                self.line.append(value);
                self.flush_as(LineKind::Entry);
            }
            return Ok(());
        }
        let limits = Limits { cells: self.limits.cells.saturating_sub(self.cells), ..*self.limits };
        let (rows, layout) = table.lay_out(self.start_of_line(), &limits)?;
        self.cells += layout.iter().flat_map(|t| &t.rows).map(|r| r.cells.len() as u64).sum::<u64>();
        let kind = if layout.is_some() { LineKind::Row } else { LineKind::Paragraph };
        for row in rows {
            self.line = row;
            // A row may end in an empty cell, and its layout counts the separator before it.
            self.emit(kind);
        }
        self.all.tables.extend(layout);
        Ok(())
    }

    fn list_item(&mut self, index: u32, node: Node) {
        self.marker = None;
        let parent = node.parent;
        if parent == NONE || self.dom.nodes[parent as usize].tag != Tag::Ol {
            return;
        }
        let Some(counter) = self.lists.last_mut() else { return };
        if let Some(n) = self.dom.attribute(index, Name::Value).and_then(|s| s.trim().parse().ok()) {
            *counter = n;
        }
        let n = *counter;
        *counter = n.saturating_add(1);
        let style = self.dom.attribute(parent, Name::Style).unwrap_or_default();
        let class = self.dom.attribute(parent, Name::Class).unwrap_or_default();
        let kind = self.dom.attribute(parent, Name::Type).unwrap_or_default();
        if let Some(text) = list_number(n, style, class, kind) {
            self.marker = Some((text, node.source));
        }
    }

    fn line_break(&mut self, source: u32) {
        if self.cell {
            self.space = Some((source, 0, true)).filter(|_| !self.line.is_empty());
        } else {
            self.flush();
        }
    }

    fn break_block(&mut self, source: u32) {
        self.line_break(source);
    }

    fn text_node(&mut self, node: Node) {
        let pieces = &self.dom.pieces[node.from as usize..node.to as usize];
        if self.tiny {
            let text = self.dom.text(node).trim();
            if !text.is_empty() {
                let line = self.all.lines.len();
                let excerpt = text.chars().take(40).collect();
                let source = node.source..node.source + text.len() as u32;
                self.all.hidden.push(HiddenText { line, chars: text.chars().count(), excerpt, source });
            }
            return;
        }
        for piece in pieces {
            let text = &self.dom.chars[piece.text as usize..(piece.text + piece.len) as usize];
            if piece.len == piece.source_len {
                self.run(text, piece.source);
            } else {
                self.word(text, piece.source, piece.source_len);
            }
        }
    }

    /// Text as it stands in the source; white space in it is markup's, not the author's.
    fn run(&mut self, text: &str, source: u32) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let blank = bytes[at..].iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len() - at);
            if blank > 0 {
                let newline = bytes[at..at + blank].contains(&b'\n');
                if self.pre > 0 && newline {
                    self.line_break(source + at as u32);
                } else if !self.line.is_empty() && self.space.is_none_or(|s| !s.2) {
                    self.space = Some((source + at as u32, blank as u32, !newline));
                }
                at += blank;
                continue;
            }
            let end = at + until_blank(&bytes[at..]);
            self.word(&text[at..end], source + at as u32, (end - at) as u32);
            at = end;
        }
    }

    fn word(&mut self, text: &str, source: u32, source_len: u32) {
        let exact = text.len() as u32 == source_len;
        let (mut text, mut source, mut source_len) = (text, source, source_len);
        if self.line.is_empty() {
            // Indents are shape, not text.
            let rest = text.trim_start_matches(is_blank);
            let skipped = (text.len() - rest.len()) as u32;
            text = rest;
            if exact {
                (source, source_len) = (source + skipped, source_len - skipped);
            }
        }
        let Some(first) = text.chars().next() else { return };
        let before = self.line.len();
        if let Some((marker, at)) = self.marker.take() {
            // Authors who type their numbers into a numbered list hide the list's own.
            if !starts_with_number(text) {
                self.line.push(&marker, at, 0, 0);
                // 1. 5个村: the figure is none of the number.
                if first.is_ascii_digit() {
                    self.line.push(" ", at, 0, 0);
                }
            }
        }
        if let Some((at, len, shows)) = self.space.take() {
            let before = self.line.text.chars().next_back();
            let close = !shows && before.is_some_and(is_wide) && is_wide(first);
            if before.is_some_and(|c| !is_blank(c)) && !is_blank(first) && !close {
                self.line.push(" ", at, len, 0);
            }
        }
        self.line.push(text, source, source_len, 0);
        let n = if has_noise(text) { text.chars().filter(|c| !is_blank(*c)).count() } else { text.chars().count() } as u32;
        self.line.chars += n;
        if self.link > 0 {
            self.line.links += n;
        }
        if self.bold > 0 {
            self.line.embolden(before);
        }
    }

    fn start_of_line(&self) -> u32 {
        self.all.out.len() + u32::from(!self.all.out.is_empty())
    }

    fn flush(&mut self) {
        let kind = match () {
            () if self.control > 0 => LineKind::Control,
            () => self.heading.map_or(LineKind::Paragraph, LineKind::Heading),
        };
        self.flush_as(kind);
    }

    fn flush_as(&mut self, kind: LineKind) {
        self.space = None;
        self.line.trim_end();
        if self.line.is_empty() {
            self.line.clear();
            return;
        }
        // 索引号： in one box and its value in the next are one line.
        let joins = self.label && kind == LineKind::Paragraph && self.line.chars <= 80 && !is_label(&self.line.text);
        let entry = kind == LineKind::Paragraph && is_label(&self.line.text);
        self.label = entry && !joins;
        if !joins {
            return self.emit(kind);
        }
        self.all.out.append(&self.line);
        let end = self.all.out.len();
        if let Some(last) = self.all.lines.last_mut() {
            last.span.end = end;
            last.chars += self.line.chars;
            last.links += self.line.links;
            last.kind = LineKind::Entry;
        }
        self.line.clear();
    }

    fn emit(&mut self, kind: LineKind) {
        let start = self.start_of_line();
        if start > 0 {
            self.all.out.push_own("\n");
        }
        self.all.out.append(&self.line);
        let span = start..self.all.out.len();
        if kind == LineKind::Paragraph {
            self.all.run_ins.extend(self.line.run_in(start));
        }
        self.all.lines.push(Line { span, kind, chars: self.line.chars, links: self.line.links });
        self.line.clear();
    }
}

/// What a field of a form shows.
fn field_value<'a>(dom: &'a Dom<'_>, index: u32) -> Option<&'a Attribute<'a>> {
    const UNSEEN: [&str; 8] = ["hidden", "checkbox", "radio", "password", "file", "image", "range", "color"];
    let node = dom.nodes[index as usize];
    let kind = dom.attribute(index, Name::Type).unwrap_or_default().trim();
    let value = dom.attributes[node.from as usize..node.to as usize].iter().find(|a| a.name == Name::Value);
    value.filter(|v| !v.value.trim().is_empty() && UNSEEN.iter().all(|u| !kind.eq_ignore_ascii_case(u)))
}

/// How many bytes stand before the first white space; most are looked at sixteen at once.
fn until_blank(bytes: &[u8]) -> usize {
    let dark = |part: &[u8; 16]| !part.iter().fold(false, |blank, b| blank | (*b <= b' '));
    let far = 16 * bytes.as_chunks().0.iter().take_while(|part| dark(part)).count();
    bytes[far..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |near| far + near)
}

/// A label of the table above an article, alone in its box: 索 引 号：, and not the heading 一、活动时间：
fn is_label(text: &str) -> bool {
    let Some(label) = text.strip_suffix(['：', ':']) else { return false };
    crate::read::labels::is_known(label) && crate::grammar::marker::marker(label).is_err()
}

/// The number that a browser (or the editor's own styles) shows before an item.
fn list_number(n: u32, style: &str, class: &str, kind: &str) -> Option<String> {
    let style = style.to_ascii_lowercase();
    let declared = style.split(';').find_map(|d| {
        let (name, value) = d.split_once(':')?;
        name.trim().starts_with("list-style").then(|| value.trim().to_owned())
    });
    let has = |s: &str| declared.as_deref().is_some_and(|d| d.contains(s));
    // The numbered lists of UEditor, which half of the sites are written with.
    let editor = class.split_whitespace().find_map(|c| match c {
        "custom_cn" => Some(format!("{}、", numerals::chinese(n))),
        "custom_cn1" => Some(format!("（{}）", numerals::chinese(n))),
        "custom_cn2" => Some(format!("({})", numerals::chinese(n))),
        "custom_num1" => Some(format!("{n})")),
        "custom_num2" => Some(format!("({n})")),
        _ => None,
    });
    match () {
        () if has("none") => None,
        () if editor.is_some() => editor,
        () if has("chinese") || has("cjk") => Some(format!("{}、", numerals::chinese(n))),
        () if has("lower-alpha") || has("lower-latin") || kind == "a" => Some(format!("{}. ", numerals::letters(n, 'a'))),
        () if has("upper-alpha") || has("upper-latin") || kind == "A" => Some(format!("{}. ", numerals::letters(n, 'A'))),
        () if has("lower-roman") || kind == "i" => Some(format!("{}. ", numerals::roman(n).to_lowercase())),
        () if has("upper-roman") || kind == "I" => Some(format!("{}. ", numerals::roman(n))),
        () if has("disc") || has("circle") || has("square") => None,
        () => Some(format!("{n}. ")),
    }
}

fn starts_with_number(text: &str) -> bool {
    crate::grammar::marker::marker(text).is_ok()
}
