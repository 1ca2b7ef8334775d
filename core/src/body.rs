//! Lines and frame → sections, paragraphs, items; and each paragraph's facts on the way.

mod bare;
mod markers;
mod parts;
mod sentence;

use crate::facts::{Facts, Passage, Setting};
use crate::frame::{Frame, Part};
use crate::grammar::bracket::MUST_CLOSE;
use crate::grammar::marker::{Written, before_digit};
use crate::items;
use crate::lexicon::genre;
use crate::lexicon::structure::HEADINGS;
use crate::lines::{Lines, Mark};
use crate::outline::{Outline, STYLES, Told};
use crate::scan::{Anchor, Class, class, last_place, scan_squeezed};
use crate::tables::{Grid, Grids};
use crate::view::{Scratch, View, clean, head, indent, is_blank, longer};
use crate::{Code, Diagnostic, Heading, HeadingForm, Item, Kind, Marker, MarkerStyle, Paragraph, ParagraphId, Role, Span, roles, room};
use sentence::{bare_end, first_stop, names_theme, unclosed};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A run-in heading has at most so many characters.
const RUN_IN_MAX: usize = 50;
/// A sentence that is a heading although it ends in 。 has at most so many, and so has a topic.
const TOPIC_MAX: usize = 30;
/// A sentence that is no heading tells a section's role with its first so many characters.
const TOLD_MAX: usize = 24;

/// Everything the body yields.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) items: Vec<Item>,
    pub(crate) attachments: Vec<Span>,
    pub(crate) boilerplate: Vec<Span>,
    pub(crate) facts: Facts,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A part of a line, from one byte to another, among the line's anchors.
#[derive(Clone, Copy)]
struct Within<'a> {
    anchors: &'a [Anchor],
    from: usize,
    to: usize,
}

impl Within<'_> {
    /// Its anchors, counted from its start, written over what `out` held.
    fn counted(self, mut out: Vec<Anchor>) -> Vec<Anchor> {
        out.clear();
        let row = |at: usize| self.anchors.partition_point(|a| (a.at as usize) < at);
        out.extend(self.anchors[row(self.from)..row(self.to)].iter().map(|a| Anchor { at: a.at - self.from as u32, ..*a }));
        out
    }
}

/// Reads the body line by line.
pub(crate) struct Reader<'t> {
    text: &'t str,
    lines: &'t Lines,
    frame: &'t Frame,
    grids: &'t Grids,
    setting: Setting,
    facts: bool,
    /// Whether the line in hand may begin with the rest of a number.
    severed: bool,
    outline: Outline,
    body: Body,
    /// The role of the last outermost section.
    before: Option<roles::Before>,
    /// Of a work report the last line whose heading names what comes; 0 where none does.
    last_plan: usize,
    /// An annual report has come to its plan, or to what it asks for.
    closed: bool,
    /// Something else stands behind a work report, and is told to look ahead or not.
    annex: Option<bool>,
    /// A work report without such a heading has turned to what comes.
    ahead: bool,
    /// The lines that are headings by nothing but their place and shape.
    bare: Vec<usize>,
    /// The part in hand is parted by such lines.
    nests: bool,
    /// A glossary stands behind the report: its entries are for nothing that a report has a role for.
    glossary: bool,
    /// Of each family, whether its last line was a clause of a list, ending in ；.
    clause: [bool; STYLES],
    found: Vec<items::Found>,
    part_anchors: Vec<Anchor>,
    /// Where a 2. stands last in a flattened line: a 1. before it may begin a series.
    second: Option<usize>,
    /// Where a （2） stands last.
    second_paren: Option<usize>,
    /// Where a 二、 stands last in it.
    second_cn: Option<usize>,
    taken: Vec<(u32, u32)>,
    /// The verbs of the text, where a section's role asked for them.
    verbs: RefCell<parts::Verbs>,
    /// What merged cells of the table in hand say of rows to come.
    merged: BTreeMap<usize, Vec<Fact>>,
}

/// A fact of a merged cell, by its row in its table of the document.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Deadline(u32),
    List(usize),
}

/// Reads a document's body. Returns the outline beside what stands in it.
pub(crate) fn read(text: &str, lines: &Lines, frame: &Frame, grids: &Grids, setting: Setting, facts: bool) -> (Outline, Body) {
    let marks = |style: MarkerStyle| lines.lines.iter().any(|l| l.is_marked(style));
    let chaptered = marks(MarkerStyle::Chapter);
    let regulation = frame.issues.or(setting.kind) == Some(Kind::Regulation);
    let mut reader = Reader {
        text,
        lines,
        frame,
        grids,
        setting,
        facts,
        severed: false,
        outline: Outline::default(),
        body: Body { boilerplate: lines.page_numbers.clone(), ..Body::default() },
        before: None,
        last_plan: 0,
        closed: false,
        annex: None,
        ahead: false,
        bare: bare::headings(text, lines, &frame.parts, regulation, chaptered),
        nests: false,
        glossary: false,
        clause: [false; STYLES],
        found: Vec::new(),
        part_anchors: Vec::new(),
        second: None,
        second_paren: None,
        second_cn: None,
        taken: Vec::new(),
        merged: BTreeMap::new(),
        verbs: RefCell::default(),
    };
    reader.outline.divided = marks(MarkerStyle::Division);
    reader.outline.chaptered = chaptered;
    reader.outline.lost_chapters = regulation && reader.outline.chaptered && !reader.bare.is_empty();
    if setting.kind == Some(Kind::WorkReport) {
        reader.last_plan = parts::last_plan(text, lines, &frame.parts, setting.year);
    }
    let mut scratch = Scratch::default();
    let mut anchors = Vec::new();
    for i in 0..lines.lines.len() {
        reader.line(i, &mut scratch, &mut anchors);
    }
    reader.body.boilerplate.sort_unstable();
    // A page number inside a line of furniture is part of it.
    reader.body.boilerplate.dedup_by(|inner, outer| outer.contains(*inner));
    (reader.outline, reader.body)
}

/// Whether a line is the title of a glossary: 名词解释, 有关用语说明.
fn is_glossary(line: &str) -> bool {
    !longer(line, 24) && HEADINGS.glossary.end(line) > 0 && HEADINGS.glossary_of.find(line).is_some()
}

impl Reader<'_> {
    fn line(&mut self, i: usize, scratch: &mut Scratch, anchors: &mut Vec<Anchor>) {
        let line = self.lines.lines[i];
        let part = self.frame.parts[i];
        self.severed = line.severed;
        if part == Part::Furniture {
            self.rest_of_header(line.span);
            return;
        }
        let mut span = line.span;
        if part == Part::Header {
            self.rest_of_header(span);
        }
        if matches!(part, Part::Body | Part::InnerTitle | Part::Title) {
            let hashes = crate::lines::markdown_prefix(&self.text[span.range()]);
            if hashes > 0 {
                self.body.boilerplate.push(Span::new(span.start, span.start + hashes as u32));
                span.start += hashes as u32;
                span = crate::view::trim(self.text, span);
                if span.is_empty() {
                    return;
                }
            }
        }
        let raw = &self.text[span.range()];
        let known = self.lines.anchors(&line).filter(|_| span == line.span);
        let (view, anchors): (View<'_>, &[Anchor]) = match known {
            Some(anchors) => (View::plain(raw, span.start), anchors),
            None => {
                let cuts = &self.lines.page_numbers;
                let cuts = &cuts[cuts.partition_point(|c| c.start < span.start)..cuts.partition_point(|c| c.start < span.end)];
                let view = View::squeezed(raw, span.start, cuts, scratch);
                scan_squeezed(view.text, anchors);
                (view, anchors)
            }
        };
        if part == Part::Body
            && let Some((grid, row)) = self.grids.at(i)
        {
            self.row(grid, row, span);
            return;
        }
        if part == Part::Body && self.grids.stacked(i) {
            self.paragraph(&view, anchors, true);
            return;
        }
        let glossary = matches!(part, Part::Body | Part::InnerTitle | Part::AttachmentTitle) && is_glossary(view.text);
        if matches!(part, Part::Body | Part::InnerTitle)
            && line.marker.is_none()
            && !glossary
            && let Some(level) = self.part_level(i, view.text)
        {
            if level == 0 {
                // Named parts may be parted further; what stands right below such a name shows it.
                self.nests = self.bare_below(i);
            }
            self.part(&view, anchors, level);
            return;
        }
        if glossary {
            self.outline.restart();
            self.glossary = true;
            // Its entries are numbered anew: they stand below it.
            if line.marker.is_none() && part != Part::AttachmentTitle && self.is_report() {
                self.part(&view, anchors, 0);
                return;
            }
        } else if matches!(part, Part::InnerTitle | Part::AttachmentTitle) {
            self.glossary = false;
        }
        match part {
            Part::Body => self.body_line(i, &view, anchors, raw, known.is_some()),
            Part::Wrapper => {
                let kind = self.setting.kind.replace(Kind::Other);
                self.paragraph(&view, anchors, false);
                self.setting.kind = kind;
            }
            Part::InnerTitle => {
                self.outline.restart();
                self.annex(view.text);
                self.before = None;
                self.paragraph(&view, anchors, true);
            }
            Part::Attachment | Part::AttachmentTitle => {
                let label = self.frame.is_label(view.text);
                if part == Part::AttachmentTitle || label {
                    self.outline.restart();
                    self.annex(view.text);
                    self.before = None;
                }
                if label {
                    self.paragraph(&view, anchors, true);
                    return;
                }
                let mut from = 0;
                for link in crate::frame::links(view.text) {
                    self.body.attachments.push(view.span(from, from + link.trim_end().len()));
                    from += link.len();
                }
                self.look_for_references(&view, anchors);
            }
            // A document has one signature; what else is signed is a paragraph.
            Part::Closing if !self.frame.signature.is_some_and(|s| s.span.overlaps(span)) => {
                self.outline.restart();
                self.paragraph(&view, anchors, true);
            }
            // Numbers in a title or header count nothing; documents may be named there.
            Part::Closing => {
                // What is signed is over: nothing below belongs to its last section.
                self.outline.restart();
                self.before = None;
                self.look_for_references(&view, anchors);
            }
            // What stands above the title in the document's head: red head, organs, a decree's number.
            Part::Title if !self.frame.title.is_some_and(|t| t.overlaps(span)) => self.paragraph(&view, anchors, true),
            Part::Header | Part::Title => self.look_for_references(&view, anchors),
            Part::Furniture => {}
        }
    }

    /// A row of a table: a paragraph, and the facts of each of its cells.
    fn row(&mut self, grid: &Grid, at: usize, line: Span) {
        self.found.clear();
        let row = &grid.rows[at];
        let view = View::plain(&self.text[line.range()], line.start);
        let mut anchors = Vec::new();
        scan_squeezed(view.text, &mut anchors);
        self.push_paragraph(&view, &anchors, 0, None);
        self.outline.reach(line.end);
        if !self.facts {
            return;
        }
        if at == 0 {
            self.merged.clear();
        }
        let mut scratch = Scratch::default();
        let mut done = line.start;
        let dates = self.body.facts.deadlines.len();
        let (mut own, mut below) = (Vec::new(), Vec::new());
        self.body.facts.label = None;
        for (column, cell) in row.cells.iter().enumerate() {
            // A merged cell is read once, in the row where it stands.
            if cell.is_empty() || cell.start < done || !line.contains(*cell) {
                continue;
            }
            done = cell.end;
            let view = View::squeezed(&self.text[cell.range()], cell.start, &[], &mut scratch);
            scan_squeezed(view.text, &mut anchors);
            let passage = self.passage(view, &anchors);
            let place = crate::facts::table::Cell { text: self.text, grid, row, column };
            let facts = &mut self.body.facts;
            let (lists, dates) = (facts.responsibilities.len(), facts.deadlines.len());
            let known = !row.header && crate::facts::table::cell(&passage, &self.setting, place, facts);
            if !known && !row.header {
                self.taken.clear();
                crate::facts::find(&passage, &self.setting, facts, &mut self.taken);
            }
            // … and belongs to every row it covers: its dates to their lists, its lists once more to each of them.
            let covered = grid.rows[at + 1..].iter().take_while(|r| r.cells.contains(cell)).count();
            below.extend((dates..facts.deadlines.len()).flat_map(|date| (1..=covered).map(move |n| (at + n, Fact::Deadline(date as u32)))));
            let read = facts.responsibilities.split_off(lists);
            for list in read {
                own.push(facts.responsibilities.len());
                facts.responsibilities.push(list.clone());
                for n in 1..=covered {
                    below.push((at + n, Fact::List(facts.responsibilities.len())));
                    facts.responsibilities.push(list.clone());
                }
            }
        }
        // The row's only date is its units' deadline.
        let mut dates: Vec<u32> = (dates..self.body.facts.deadlines.len()).map(|date| date as u32).collect();
        for fact in self.merged.remove(&at).unwrap_or_default() {
            match fact {
                Fact::Deadline(date) => dates.push(date),
                Fact::List(list) => own.push(list),
            }
        }
        for list in own {
            let list = &mut self.body.facts.responsibilities[list];
            list.deadline = list.deadline.or(if let [only] = dates[..] { Some(only) } else { None });
        }
        for (row, fact) in below {
            self.merged.entry(row).or_default().push(fact);
        }
    }

    /// What stands in a header line and is no entry: labels without a value, the lines of its table.
    fn rest_of_header(&mut self, line: Span) {
        // Entries stand in order and apart from each other.
        let entries = &self.frame.metadata;
        let entries = &entries[entries.partition_point(|m| m.span.end <= line.start)..];
        let entries = entries.iter().map(|m| m.span).take_while(|s| s.start < line.end);
        let mut from = line.start;
        let mut rest = Vec::new();
        for entry in entries {
            rest.push(Span::new(from, entry.start.max(from)));
            from = from.max(entry.end);
        }
        rest.push(Span::new(from, line.end.max(from)));
        let rest = rest.into_iter().map(|s| crate::view::trim(self.text, s)).filter(|s| !s.is_empty());
        self.body.boilerplate.extend(rest);
    }

    /// A line of the document itself: cut where markers stand inside it, then each part for itself.
    fn body_line(&mut self, i: usize, view: &View<'_>, anchors: &[Anchor], raw: &str, as_it_stands: bool) {
        let mut from = 0;
        if self.lines.flattened {
            self.second_cn = last_place(view.text, "二、");
            let last = |ends: &[char]| memchr::memrchr_iter(b'2', view.text.as_bytes()).find(|at| view.text[at + 1..].starts_with(ends));
            (self.second, self.second_paren) = (last(&['.', '、', '．']), last(&[')', '）']));
        }
        // Where no noise was taken out the marker at the head is known.
        let mut head = if as_it_stands {
            let marker = self.lines.lines[i].marker.map(|(written, len)| (written, len as usize));
            marker.and_then(|(written, len)| self.numbering(written, len, view.text, None)).or(marker.filter(|_| raw.starts_with('第')))
        } else {
            self.marker_at(view.text, 0, None).or_else(|| self.spaced_marker(view.text, raw)).or_else(|| self.lone_marker(i, raw))
        };
        if head.is_none()
            && let Some((at, written, len)) = self.after_page_number(view.text)
        {
            self.body.boilerplate.push(view.span(0, at));
            (from, head) = (at, Some((written, len)));
        }
        if let Some((number, len)) = self.before_digit_at(i, raw).map(|b| (b.number, view.text.char_indices().nth(b.chars).map_or(0, |(at, _)| at))) {
            head = Some((Written::plain(MarkerStyle::ArabicDot, number), len));
        } else if head.is_none() {
            let chapter = self.chapter_at(i, raw).or_else(|| self.excerpt_at(i, raw));
            head = chapter.map(|(w, len)| (w, view.text.char_indices().nth(raw[..len].chars().count()).map_or(0, |(at, _)| at)));
        }
        let mut next = 0;
        loop {
            // What lies inside the marker at the head is part of it.
            let start = from + head.map_or(0, |(_, len)| len);
            while anchors.get(next).is_some_and(|a| (a.at as usize) < start) {
                next += 1;
            }
            // 第十四条 (一)…: the marker behind the marker opens a section of its own.
            if let Some((written, len)) = head
                && let Some((at, inner)) = self.second_marker(view.text, from + len, written)
            {
                let part = view.part(from, at);
                self.section(i, &part, Within { anchors, from, to: at }, written, len, Some(inner.0));
                (from, head) = (at, Some(inner));
                continue;
            }
            let inner = self.inner_marker(i, view.text, anchors, &mut next, from, head.map(|(w, _)| w));
            let to = inner.as_ref().map_or(view.text.len(), |(at, ..)| *at);
            let part = view.part(from, to);
            match head {
                Some((written, len)) => self.section(i, &part, Within { anchors, from, to }, written, len, inner.as_ref().map(|(_, next, _)| *next)),
                None if from == 0 => self.paragraph(&part, &anchors[..anchors.partition_point(|a| (a.at as usize) < to)], false),
                None => {
                    let own = Within { anchors, from, to }.counted(std::mem::take(&mut self.part_anchors));
                    self.paragraph(&part, &own, false);
                    self.part_anchors = own;
                }
            }
            match inner {
                Some((at, written, len)) => {
                    from = at;
                    head = Some((written, len));
                }
                None => break,
            }
        }
    }

    /// A numbered part of a line.
    fn section(&mut self, i: usize, view: &View<'_>, within: Within<'_>, written: Written, marker_len: usize, next: Option<Written>) {
        let number = written.number.unwrap_or(1);
        let marker_text = view.text[..marker_len].trim_end();
        let marker = Marker { style: written.style, number, span: view.span(0, marker_text.len()) };
        let declared = if let Mark::Heading(level) = self.lines.lines[i].mark { level } else { 0 };
        self.outline.push(marker, written.prefix, declared);
        if written.damaged {
            let (en, zh) = (format!("the marker is damaged; read as number {number} by its place"), format!("序号残缺，按位置读作{number}"));
            self.body.diagnostics.push(Diagnostic::new(Code::DamagedMarker, marker.span, en, zh));
        }
        let start = marker_len + indent(&view.text[marker_len..]);
        let content = view.part(start, view.text.len());
        let own = Within { from: within.from + start, ..within }.counted(std::mem::take(&mut self.part_anchors));
        items::find(content.text, &own, &mut self.found);
        let last_clause = number > 1 && self.clause[written.style as usize];
        self.clause[written.style as usize] = content.text.ends_with(['；', ';']);
        let below = !last_clause && next.map_or_else(|| self.text_below(i), |n| !self.outline.is_open(n.style));
        let outer = matches!(written.style, MarkerStyle::CnComma | MarkerStyle::CnParen);
        let run_on = || self.lines.flattened.then(|| crate::lines::heading_before_text(content.text, outer)).flatten();
        let (heading, body_from) = match self.blank_heading(&content, written.style).or_else(run_on) {
            Some(end) => (Some((end, HeadingForm::RunIn)), end + usize::from(content.text[end..].starts_with('.'))),
            None => self.heading(content.text, &own, below),
        };
        // A role is told by the heading, or by the first sentence where there is none.
        let told = heading.map(|(end, _)| end).or_else(|| first_stop(content.text, &own).map(|(at, _)| at));
        let name = &content.text[..told.unwrap_or(content.text.len())];
        let name = if heading.is_some() { name } else { head(name, TOLD_MAX) };
        let heading = heading.map(|(end, form)| Heading { span: content.span(0, end), form });
        let role = self.role(name, false);
        let mut told = if heading.is_some() { self.told(name, role) } else { Told::default() };
        // A sentence that heads its paragraph tells of itself: 2023年发生火灾12起。…
        let block = heading.is_some_and(|h| h.form == HeadingForm::Block);
        (told.years, told.times) = (told.years.filter(|_| block), told.times.filter(|_| block));
        self.outline.name(heading, role, told);
        self.outline.reach(view.span(0, view.text.len()).end);
        if body_from < content.text.len() {
            self.push_paragraph(&content, &own, body_from, None);
            self.turn(&content.text[body_from..]);
        }
        self.look_for_facts(&content, &own);
        self.part_anchors = own;
    }

    /// The role of the section just opened; a `silent` heading tells none to those after it.
    fn role(&mut self, heading: &str, silent: bool) -> Role {
        let kind = self.setting.kind.unwrap_or(Kind::Other);
        if self.glossary {
            return Role::Other;
        }
        match self.outline.role_above() {
            Some(above) => roles::of_child(kind, heading, above),
            None => {
                let plan_below = self
                    .outline
                    .sections
                    .last()
                    .is_some_and(|s| self.last_plan > 0 && self.lines.lines.get(self.last_plan).is_some_and(|l| l.span.start > s.span.start));
                let start = self.outline.sections.last().map_or(0, |s| s.span.start as usize);
                let text = self.text;
                let asks = kind == Kind::WorkReport && self.last_plan == 0;
                let future = || asks && self.verbs.borrow_mut().speak_of_the_future(text, start);
                let past = || asks && self.verbs.borrow_mut().speak_of_the_past(text, start);
                let around = roles::Around { before: self.before, plan_below, ahead: self.ahead, future: &future, past: &past };
                // What comes and what is asked for close a report: numbering that begins anew behind them is of another text.
                let anew = self.outline.sections.last().and_then(|s| s.marker).is_some_and(|m| m.number == 1);
                if kind == Kind::AnnualReport && self.closed && anew {
                    self.annex = Some(false);
                }
                let now = if self.annex.is_some() {
                    roles::Before { role: Role::Other, named: false }
                } else {
                    roles::of_section(kind, heading, self.setting.year, around)
                };
                self.closed |= now.named && matches!(now.role, Role::Plan | Role::Other);
                if !silent {
                    self.before = Some(now);
                }
                now.role
            }
        }
    }

    /// What stands behind a work report is none; what its title names as coming is planned. A title of a work report
    /// begins another: pages have the same text twice, collections one after the other.
    fn annex(&mut self, title: &str) {
        let named = genre::kind(title);
        if self.setting.kind == Some(Kind::AnnualReport) {
            if named == Some(Kind::AnnualReport) {
                (self.annex, self.closed) = (None, false);
            }
            return;
        }
        let again = || self.frame.title.is_some_and(|own| clean(&self.text[own.range()]) == title);
        if self.setting.kind == Some(Kind::WorkReport) && (named == Some(Kind::WorkReport) || again()) {
            (self.annex, self.ahead) = (None, false);
            return;
        }
        let planned = self.setting.kind == Some(Kind::WorkReport) && self.before.is_some_and(|b| b.role == Role::Plan);
        if planned || self.annex.is_some() {
            let named = roles::names_plan(title, self.setting.year) || HEADINGS.annex_of_plan.find(title).is_some();
            let plans = named && HEADINGS.annex_done.find(title).is_none();
            self.annex = Some(plans || self.annex == Some(true) && title.starts_with("附"));
        }
    }

    /// A work report without headings turns to what comes at a sentence that says so.
    fn turn(&mut self, text: &str) {
        if self.setting.kind == Some(Kind::WorkReport) && self.last_plan == 0 && !self.ahead && !self.glossary && parts::looks_ahead(text) {
            self.ahead = true;
        }
    }

    /// The heading in a numbered line (`below` when its text stands below): where it ends and how it stands; and where the line's own text begins.
    fn heading(&self, text: &str, anchors: &[Anchor], below: bool) -> (Option<(usize, HeadingForm)>, usize) {
        let end = text.len();
        let stop = first_stop(text, anchors);
        // 优化使用政策一是…: what stands before the first item is the heading.
        let item = self.found.first().filter(|f| f.style == MarkerStyle::ItemShi && f.number == 1 && f.at > 0).map(|f| f.at as usize);
        if let Some(at) = item.filter(|at| stop.is_none_or(|(s, _)| *at < s) && text[..*at].chars().count() <= RUN_IN_MAX) {
            let bare = bare_end(&text[..at]);
            return if bare > 0 { (Some((bare, HeadingForm::Block)), at) } else { (None, 0) };
        }
        let Some((at, len)) = stop else {
            // A sentence so long that its end was not looked for.
            if text.ends_with(|c| matches!(class(c), Class::Stop | Class::Semicolon)) {
                return (None, 0);
            }
            let bare = bare_end(text);
            return if bare == 0 { (None, end) } else { (Some((bare, HeadingForm::Block)), end) };
        };
        let chars = text[..at].chars().count();
        let after = at + len;
        if after < end {
            return if chars <= RUN_IN_MAX && at > 0 { (Some((at, HeadingForm::RunIn)), after) } else { (None, 0) };
        }
        let closes = text[at..].starts_with(['。', '.']);
        if closes && chars <= TOPIC_MAX && at > 0 && below {
            return (Some((at, HeadingForm::Block)), end);
        }
        (None, 0)
    }

    /// Whether the next line is text of the section whose line `i` is: a paragraph, or a section inside it.
    fn text_below(&self, i: usize) -> bool {
        let mut below = self.frame.parts[i + 1..].iter().enumerate();
        let Some((next, part)) = below.find(|(_, p)| **p != Part::Furniture).map(|(at, p)| (i + 1 + at, p)) else { return false };
        let line = &self.lines.lines[next];
        if *part != Part::Body || line.mark == Mark::Row || self.bare.binary_search(&next).is_ok() {
            return false;
        }
        let text = &self.text[line.span.range()];
        // 2、30户迁入新居 goes on the numbering.
        if before_digit(text).is_some_and(|b| b.number > 1 && self.outline.innermost_is(MarkerStyle::ArabicDot, b.number - 1)) {
            return false;
        }
        match line.marker {
            // A family that is open is a sibling or above; any other lies inside.
            Some((written, _)) => !self.outline.is_open(written.style),
            None => !line.signs.has(Class::Colon) || !crate::facts::is_label_line(text),
        }
    }

    /// The kind of the text: of what is issued, where an untitled notice issues something.
    fn kind(&self) -> Option<Kind> {
        self.frame.issues.or(self.setting.kind)
    }

    /// An unnumbered line.
    fn paragraph(&mut self, view: &View<'_>, anchors: &[Anchor], quiet: bool) {
        items::find(view.text, anchors, &mut self.found);
        let topic = if quiet || self.kind() == Some(Kind::Regulation) { None } else { self.topic(view, anchors) };
        let topic = topic.map(|(from, to)| view.span(from, to));
        self.push_paragraph(view, anchors, 0, topic);
        self.outline.reach(view.span(0, view.text.len()).end);
        if !quiet {
            self.turn(view.text);
        }
        self.look_for_facts(view, anchors);
    }

    fn push_paragraph(&mut self, view: &View<'_>, anchors: &[Anchor], from: usize, topic: Option<Span>) {
        let id = ParagraphId(self.body.paragraphs.len() as u32);
        let section = self.outline.current();
        let from = from + indent(&view.text[from..]);
        let span = view.span(from, view.text.len());
        room::push(&mut self.body.paragraphs, Paragraph { section, span, topic });
        if let Some(at) = unclosed(anchors, from).filter(|at| view.text[*at..].starts_with(MUST_CLOSE)) {
            let len = view.text[at..].chars().next().map_or(0, char::len_utf8);
            self.body.facts.unclosed.push(view.span(at, at + len));
        }
        if self.found.is_empty() {
            return;
        }
        let first = self.body.items.len();
        // Of each style the place where its next item begins, of the same list or of one that begins anew; from the last item to the first.
        let mut ends = [view.text.len(); STYLES];
        for found in self.found.iter().rev().take_while(|f| f.at as usize >= from) {
            let end = std::mem::replace(&mut ends[found.style as usize], found.at as usize);
            let marker = Marker { style: found.style, number: found.number, span: view.span(found.at as usize, found.end as usize) };
            let item = Item { paragraph: id, section, marker, span: view.span(found.at as usize, end) };
            self.body.items.push(item);
        }
        self.body.items[first..].reverse();
    }

    /// The first sentence of an unnumbered paragraph, where it names the theme of what follows.
    fn topic(&self, view: &View<'_>, anchors: &[Anchor]) -> Option<(usize, usize)> {
        let text = view.text;
        let (at, len) = first_stop(text, anchors).filter(|(at, len)| at + len < text.len() && text[*at..].starts_with('。'))?;
        let from = text.len() - text.trim_start_matches(|c: char| matches!(c, '—' | '-' | '•' | '·' | '●' | '■' | '◆' | '★') || is_blank(c)).len();
        let sentence = text.get(from..at)?;
        let plain = (4..=TOPIC_MAX).contains(&sentence.chars().count());
        let item_first = self.found.first().is_some_and(|f| (f.at as usize) < at);
        // What is set in bold, and nothing beyond it, is set apart as the theme.
        let set_apart = || {
            let bold = self.lines.run_in(view.span(0, text.len()).start)?;
            Some(view.span(from, at).end <= bold.end && bold.end <= view.span(from, at + len).end)
        };
        (plain && !item_first && (names_theme(sentence, text[..from].contains('—')) || set_apart() == Some(true))).then_some((from, at))
    }

    fn look_for_references(&mut self, view: &View<'_>, anchors: &[Anchor]) {
        if self.facts {
            let passage = Passage::alone(*view, anchors);
            self.taken.clear();
            crate::facts::reference::find(&passage, &self.setting, &mut self.body.facts, &mut self.taken);
        }
    }

    /// Text in the innermost open section.
    fn passage<'v>(&self, view: View<'v>, anchors: &'v [Anchor]) -> Passage<'v> {
        let told = self.outline.told();
        let role = match self.annex {
            Some(true) => Role::Plan,
            None if self.ahead && self.before.is_none_or(|b| !b.named) => Role::Plan,
            _ => self.outline.role(),
        };
        Passage {
            view,
            anchors,
            section: self.outline.current(),
            role,
            looks_back: told.looks_back,
            years: told.years,
            times: told.times,
            opens: told.opens,
            severed: self.severed && view.begins(),
        }
    }

    fn look_for_facts(&mut self, view: &View<'_>, anchors: &[Anchor]) {
        if !self.facts {
            return;
        }
        let passage = self.passage(*view, anchors);
        self.taken.clear();
        crate::facts::find(&passage, &self.setting, &mut self.body.facts, &mut self.taken);
    }
}
