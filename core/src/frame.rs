//! Lines → frame: everything around the body. Header entries, title, page furniture, table of contents,
//! attachments, closing lines; and what they tell of the document: kind, place, year, date.

mod dates;
mod kind;
mod labels;
mod look;
mod place;
mod title;

pub(crate) use title::are_organs;

use crate::grammar::marker;
use crate::lexicon::frame::HEAD;
use crate::lexicon::genre;
use crate::lines::{Line, Lines, Mark};
use crate::scan::{Class, class};
use crate::view::{clean, half_width, head, is_blank, is_digit, longer, skip_blank};
use crate::{Date, Kind, Metadata, MetadataKey, Signature, Span};
use look::{Look, PAGE, date_line, is_damaged_date, look};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

/// What part a line plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// The document itself.
    #[default]
    Body,
    /// Text before the document's own title: the news article that wraps it.
    Wrapper,
    /// Page furniture.
    Furniture,
    /// Header entries.
    Header,
    /// The document's title, and what stands above it in its head: the red head, the organs, a decree's number.
    Title,
    /// The title of a document inside the document: the plan that a notice issues.
    InnerTitle,
    /// 附件：…
    Attachment,
    /// A line 附件1 above the attachment itself.
    AttachmentTitle,
    /// Issuer or date of the closing lines.
    Closing,
}

/// The frame of a document.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// One for each line.
    pub(crate) parts: Vec<Part>,
    pub(crate) kind: Option<Kind>,
    /// Whether a notice makes known what is or was: 现将评比结果公示如下.
    pub(crate) makes_known: bool,
    /// Whether a text of no kind lays down rules, once that was asked.
    lays_down: OnceCell<bool>,
    /// The kind of what an untitled notice issues, whose title is the only one.
    pub(crate) issues: Option<Kind>,
    pub(crate) title: Option<Span>,
    pub(crate) issuer: Option<Span>,
    pub(crate) place: Option<Span>,
    pub(crate) place_code: Option<u32>,
    pub(crate) year: Option<u16>,
    pub(crate) date: Option<Date>,
    pub(crate) metadata: Vec<Metadata>,
    pub(crate) signature: Option<Signature>,
    /// How many attachments the text lists by number.
    listed: u64,
}

impl Frame {
    /// Whether a text of no kind lays down rules.
    pub(crate) fn lays_down(&self, text: &str) -> bool {
        *self.lays_down.get_or_init(|| crate::facts::metric::lays_down(text))
    }

    /// Whether a line of an attachment's is a label alone, and no entry: 附件： above a list, 附件1 above the first of those listed.
    pub(crate) fn is_label(&self, part: &str) -> bool {
        label_of_attachment(part).is_some_and(|label| label.named().is_empty() && label.own <= self.listed)
    }
}

/// A frame under construction.
struct Framer<'t> {
    text: &'t str,
    lines: &'t Lines,
    /// The text of each line.
    texts: Vec<&'t str>,
    looks: Vec<Look>,
    frame: Frame,
    /// The first line that is the document's text.
    body: usize,
    /// The first line of any text, the article's that wraps the document included.
    start: usize,
    /// The first line that is not the site's.
    own_lines: usize,
    /// The last numbered line: editors are named below it.
    last_numbered: usize,
    /// The last line of the text that is a paragraph.
    last_text: usize,
    /// Who issues the document by its red head, 松石县人民政府文件.
    red_head: Option<Span>,
    /// The ending of the division that the text calls its own, once it is known.
    own: OnceCell<Option<char>>,
}

/// A line that holds the text of its page has more characters than this; so many lines of the text are looked for in it.
const COPY: u32 = 200;
const SAMPLE: usize = 12;
/// So many characters of a text and of what a page shows of it are the same.
const TEASER: usize = 12;
/// A list of contents has fewer lines.
const CONTENTS_LINES: usize = 200;
/// Lines after which no header is looked for.
const HEAD_LINES: usize = 600;

/// Finds the frame.
pub(crate) fn frame(text: &str, lines: &Lines) -> Frame {
    let texts: Vec<&str> = lines.lines.iter().map(|line| &text[line.span.range()]).collect();
    let looks = lines.lines.iter().zip(&texts).map(|(line, part)| look(line, part)).collect();
    let frame = Frame { parts: vec![Part::Body; lines.lines.len()], ..Frame::default() };
    let mut framer =
        Framer { text, lines, texts, looks, frame, own_lines: 0, body: 0, start: 0, last_numbered: 0, last_text: 0, red_head: None, own: OnceCell::new() };
    framer.furniture();
    framer.contents();
    framer.start = framer.first_body_line();
    framer.own_lines = framer.below_crumb();
    framer.body = framer.start;
    framer.header();
    framer.title();
    framer.copy();
    framer.copied_lines();
    framer.teaser();
    framer.afterwards();
    framer.attachments();
    framer.closing();
    framer.inner_titles();
    framer.tell();
    framer.frame
}

/// Whether an entry names nothing: 附件下载：附件1, 正文.
fn is_link_only(number: &str) -> bool {
    let rest = skip_blank(number.trim_start_matches(['：', ':']));
    let bare = rest.strip_prefix("附件").or_else(|| rest.strip_prefix("正文"));
    bare.is_some_and(|bare| !bare.chars().any(|c| crate::view::is_wordy(c) && !is_digit(c)))
}

/// Whether a line that names an attachment is a page's link to it: 附件下载：…, ….doc, ….pdf(814K).
fn is_link(part: &str) -> bool {
    // .doc, ．doc
    let file = |ending: &str| ending.bytes().take_while(u8::is_ascii_alphabetic).count() > 2;
    part.contains("下载") || part.rsplit_once(['.', '．']).is_some_and(|(_, ending)| file(ending))
}

/// The links of a line, one behind the file's ending of another, or each with its label: 附件下载：申报表.doc附件下载：汇总表.doc.
pub(crate) fn links(part: &str) -> impl Iterator<Item = &str> {
    let ends = |before: &str| before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | '）'));
    let labelled = |at: usize| at > 0 && (part[at..].starts_with("附件下载：") || part[at..].starts_with("附件下载:"));
    let mut cuts = part.match_indices("附件").map(|(at, _)| at).filter(move |at| ends(&part[..*at]) || labelled(*at)).collect::<Vec<_>>();
    cuts.push(part.len());
    let mut from = 0;
    cuts.into_iter().map(move |to| &part[std::mem::replace(&mut from, to)..to])
}

/// What an attachment is called: without 附件1：, 附件下载：, its number in a list, 《》 and the ending of a file's name.
fn name_of_attachment(mut part: &str) -> String {
    while let Some(label) = label_of_attachment(part) {
        part = label.named();
    }
    let bare: String =
        clean(part).trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | '．' | '、')).chars().filter(|c| !matches!(c, '《' | '》' | ' ')).collect();
    bare.rfind(['.', '．']).map_or(&*bare, |dot| &bare[..dot]).to_owned()
}

/// What a line says before it names what is attached: 附件1：, 附：, 附件（请点击下载）：.
#[derive(Clone, Copy)]
struct Attachment<'t> {
    /// Its own number; 0 where it has none.
    own: u64,
    /// What stands behind the label and its number.
    rest: &'t str,
    /// It is a colon that tells it: 附：.
    colon: bool,
    /// Something is named behind it.
    lists: bool,
}

impl<'t> Attachment<'t> {
    /// What is named behind the label.
    fn named(self) -> &'t str {
        skip_blank(self.rest.trim_start_matches(['：', ':']))
    }
}

/// A line without the signs before it that copying could not read: �附件：….
fn legible(part: &str) -> &str {
    let rest = part.trim_start_matches('\u{FFFD}');
    if rest.len() < part.len() { skip_blank(rest) } else { part }
}

fn label_of_attachment(part: &str) -> Option<Attachment<'_>> {
    let part = legible(part);
    // Most lines begin otherwise.
    if !part.starts_with(|c| c == '附' || HEAD.attached.begins(c)) {
        return None;
    }
    let bare = title::attachment_word(part).map(|after| {
        let after = skip_blank(after);
        // 附件下载：…, 附件（请点击下载）：…, 附件-….doc
        let after = after.strip_prefix("下载").filter(|a| a.starts_with(['：', ':'])).unwrap_or(after);
        let note = after.starts_with(['（', '(']).then(|| after.find(['）', ')'])).flatten().map(|at| after[at..].trim_start_matches(['）', ')']));
        let after = note.filter(|a| a.starts_with(['：', ':'])).unwrap_or(after);
        after.strip_prefix(['-', '—', '－']).unwrap_or(after)
    });
    let dashed = bare.is_some_and(|a| part[..part.len() - a.len()].ends_with(['-', '—', '－']));
    let colon = part.strip_prefix("附：").or_else(|| part.strip_prefix("附:"));
    let after = skip_blank(bare.or(colon)?);
    let rest = after.trim_start_matches(|c: char| is_digit(c) || class(c) == Class::Numeral);
    let own = half_width(clean(&after[..after.len() - rest.len()]));
    let own = own.parse().ok().or_else(|| crate::grammar::numeral::cardinal(&own).ok().map(|(_, n)| n)).unwrap_or(0);
    let named = rest.starts_with(['：', ':', '.', '．', '、', '《']) || skip_blank(rest).len() < rest.len();
    Some(Attachment { own, rest, colon: colon.is_some(), lists: named || colon.is_some() || dashed })
}

/// The number that an entry of a list begins with: 2.…, 2、…, or 2 before a word.
fn entry_number(text: &str) -> Option<u32> {
    let text = legible(text);
    let marked = marker::marker(text).ok().and_then(|(_, m)| m.number);
    let bare = || {
        let behind = text.trim_start_matches(is_digit);
        // 1，名单: a comma that was a point.
        let after = behind.trim_start_matches(['，', ',']);
        let named = after.chars().next().is_some_and(|c| class(c) == Class::Plain && !c.is_ascii() && !matches!(c, '年' | '月' | '日' | '个' | '号'));
        named.then(|| half_width(clean(&text[..text.len() - behind.len()])).parse().ok().filter(|n| *n < 100)).flatten()
    };
    marked.or_else(|| marker::before_digit(text).map(|b| b.number)).or_else(bare)
}

/// The last number of the entries that stand on one line, set off by blanks and counting on: 1.实施方案 2.责任清单.
fn numbers_in(text: &str) -> Option<u32> {
    let mut last = entry_number(text)?;
    for (at, _) in text.char_indices().filter(|(_, c)| is_blank(*c)) {
        if entry_number(skip_blank(&text[at..])) == Some(last + 1) {
            last += 1;
        }
    }
    Some(last)
}

impl<'t> Framer<'t> {
    fn part(&self, i: usize) -> &'t str {
        self.texts[i]
    }

    fn line(&self, i: usize) -> &'t Line {
        &self.lines.lines[i]
    }

    fn span(&self, i: usize) -> Span {
        self.line(i).span
    }

    fn clean(&self, i: usize) -> Cow<'t, str> {
        if self.line(i).signs.has(Class::Noise) { clean(self.part(i)) } else { Cow::Borrowed(self.part(i)) }
    }

    fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether a line ends as titles do; a line's last character is no noise, and most lines end in none that a title ends in.
    fn ends_with_genre(&self, i: usize) -> bool {
        self.part(i).ends_with(genre::may_end) && title::ends_with_genre(&self.clean(i))
    }

    /// A page may hold its text a second time, all of it on one line that nobody sees.
    fn copy(&mut self) {
        if self.lines.flattened {
            return;
        }
        let Some(long) = (self.body..self.len()).rfind(|i| self.frame.parts[*i] == Part::Body && self.line(*i).longer(COPY)) else { return };
        // It is about as long as the text; a paragraph of it is shorter.
        let body = |i: &usize| self.frame.parts[*i] == Part::Body;
        let length: u64 = (self.body..long).filter(body).map(|i| u64::from(self.line(i).signs.chars)).sum();
        if u64::from(self.line(long).signs.chars) * 2 < length {
            return;
        }
        let above = |i: &usize| self.frame.parts[*i] == Part::Body && matches!(self.looks[*i], Look::Prose | Look::Numbered) && self.line(*i).longer(20);
        let above: Vec<usize> = (self.body..long).filter(above).collect();
        let sample: Vec<usize> = above.iter().copied().step_by(above.len().div_ceil(SAMPLE).max(1)).collect();
        let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let copy = tight(self.part(long));
        let held = sample.iter().filter(|i| memchr::memmem::find(copy.as_bytes(), tight(head(self.part(**i), 20)).as_bytes()).is_some()).count();
        if sample.len() >= 4 && held * 4 >= sample.len() * 3 {
            self.frame.parts[long] = Part::Furniture;
        }
    }

    /// A page may hold its text a second time, line by line, behind what it has below the text: 扫一扫…, then the text again.
    fn copied_lines(&mut self) {
        let text = |i: &usize| self.frame.parts[*i] == Part::Body && matches!(self.looks[*i], Look::Prose | Look::Numbered) && self.line(*i).longer(20);
        // Where the last line stands nowhere above, the text does not stand twice.
        let Some(last) = (self.body..self.len()).rfind(text) else { return };
        let Some(first) = (self.body..last).find(|i| text(i) && self.part(*i) == self.part(last)) else { return };
        let ends = |i: &usize| !self.line(*i).longer(100) && self.looks[*i] != Look::Numbered && PAGE.ends(self.line(*i), self.part(*i));
        let Some(end) = (first..last).find(ends) else { return };
        let above: HashSet<&str> = (self.body..end).filter(text).map(|i| self.part(i)).collect();
        let below: Vec<usize> = (end..=last).filter(text).collect();
        let copied: Vec<usize> = below.iter().copied().filter(|i| above.contains(self.part(*i))).collect();
        if copied.len() >= 4 && copied.len() * 4 >= below.len() * 3 {
            copied.into_iter().for_each(|i| self.frame.parts[i] = Part::Furniture);
        }
    }

    /// The first words of the text that a page shows to those who share it, broken off by dots.
    fn teaser(&mut self) {
        let text = |i: &usize| self.frame.parts[*i] == Part::Body && matches!(self.looks[*i], Look::Prose | Look::Numbered);
        let Some(first) = (self.body..self.len()).find(text) else { return };
        let begin = head(self.part(first), TEASER);
        let shown = |i: &usize| text(i) && self.part(*i).ends_with(['.', '…']) && self.part(*i).starts_with(begin);
        if let Some(i) = (first + 1..self.len()).rfind(shown).filter(|_| longer(begin, TEASER - 1)) {
            self.frame.parts[i] = Part::Furniture;
        }
    }

    fn furniture(&mut self) {
        for i in 0..self.len() {
            if self.names_keeper(i) {
                self.looks[i] = Look::Furniture;
            }
        }
        for i in 0..self.len() {
            if matches!(self.looks[i], Look::Furniture | Look::Signs) {
                self.frame.parts[i] = Part::Furniture;
            }
        }
    }

    /// Whether a line says who keeps the page: 主办单位：… beside other furniture. A document on an event says so too.
    fn names_keeper(&self, i: usize) -> bool {
        let of_site = |i: usize| PAGE.site.find(self.part(i)).is_some();
        let near = i.saturating_sub(2)..self.len().min(i + 3);
        matches!(self.looks[i], Look::Short | Look::Label)
            && !self.line(i).longer(80)
            && PAGE.keeper.find(self.part(i)).is_some()
            && near.into_iter().any(|j| self.looks[j] == Look::Furniture || of_site(j))
    }

    /// 目录 and what it lists, up to where its first entry stands again.
    fn contents(&mut self) {
        let Some(at) = (0..self.len().min(HEAD_LINES))
            .find(|i| !self.line(*i).longer(9) && self.part(*i).starts_with('目') && matches!(self.clean(*i).as_ref(), "目录" | "目次"))
        else {
            return;
        };
        if at + 2 >= self.len() {
            return;
        }
        let entry = |i: usize| {
            let bare = self.clean(i);
            let bare = bare.trim_end_matches(|c: char| is_digit(c) || matches!(c, '.' | '…' | '·' | '-' | '—' | 'I' | 'V' | 'X' | 'Ⅰ' | 'Ⅱ' | 'Ⅲ'));
            bare.to_owned()
        };
        let first = entry(at + 1);
        let mut end = at + 2;
        while end < self.len() && end < at + CONTENTS_LINES && !matches!(self.looks[end], Look::Prose | Look::Salutation) {
            if entry(end) == first {
                break;
            }
            end += 1;
        }
        // What nothing ends is no list of contents: the text itself stands there.
        if end < self.len() && end < at + CONTENTS_LINES {
            self.frame.parts[at..end].fill(Part::Furniture);
        }
    }

    /// The first line below the one that says where on its site the page stands; what is above is the site's.
    fn below_crumb(&self) -> usize {
        let crumb = |i: &usize| self.looks[*i] == Look::Furniture && look::PAGE.crumb.find(self.part(*i)).is_some();
        (0..self.start.min(HEAD_LINES)).rfind(crumb).map_or(0, |i| i + 1)
    }

    /// The first line of text; a table of header entries among the first lines stands above it.
    fn first_body_line(&self) -> usize {
        let body = |i: &usize| self.frame.parts[*i] == Part::Body && matches!(self.looks[*i], Look::Prose | Look::Numbered | Look::Salutation);
        let first = (0..self.len()).find(body).unwrap_or(self.len());
        let near = (first..self.len().min(HEAD_LINES)).filter(body).nth(3).unwrap_or(self.len().min(HEAD_LINES));
        // Below the date of the closing lines entries stand at the document's end.
        let signed = |i: &usize| *i > 0 && self.looks[*i] == Look::Date && self.looks[*i - 1] == Look::Short;
        let near = (first..near).find(signed).unwrap_or(near);
        let table = (first..near).rfind(|i| labels::names_document(self.part(*i)));
        let table = table.filter(|t| (t + 1..self.len()).any(|i| body(&i)));
        table.map_or(first, |t| (t + 1..self.len()).find(body).unwrap_or(self.len()))
    }

    /// Header entries above the body.
    fn header(&mut self) {
        let end = self.body.min(HEAD_LINES);
        let mut open: Option<labels::Open> = None;
        for i in 0..end {
            self.entries(i, &mut open);
        }
        // 2024-03-05 ⏎ 来源：松石发布: when a page put it there has no label, and stands above where it is from.
        let sourced = |i: usize| self.frame.metadata.iter().any(|m| m.key == MetadataKey::Source && self.span(i).overlaps(m.span));
        let dated = |i: &usize| self.looks[*i] == Look::Date && self.frame.parts[*i] != Part::Header && sourced(i + 1);
        if let Some(i) = (0..end.saturating_sub(1)).find(dated) {
            let span = self.span(i);
            labels::stamp_alone(self.part(i), span, &mut self.frame.metadata);
            self.frame.parts[i] = Part::Header;
        }
        if let Some(i) = (0..end).find(|i| self.looks[*i] == Look::Number).filter(|_| !self.has_number()) {
            self.number_entry(i);
        }
        self.frame.metadata.sort_by_key(|m| m.span);
    }

    /// Reads the entries of a line; the value of a label may stand on the line below it.
    fn entries(&mut self, i: usize, open: &mut Option<labels::Open>) {
        // A line is read once, whichever pass meets it.
        if self.frame.parts[i] == Part::Header {
            *open = None;
            return;
        }
        // The border of a table's cell parts no label from its value.
        if self.looks[i] == Look::Signs && open.is_some_and(|o| !o.tabular) {
            return;
        }
        let part = self.part(i);
        let base = self.span(i).start;
        // 发表时间： ⏎ 2024-03-05 08:30
        let label = self.looks[i] == Look::Label && !(open.is_some_and(|o| !o.tabular) && labels::is_stamped(part));
        if label || part.contains('|') || open.is_some_and(|o| o.tabular) {
            let before = self.frame.metadata.len();
            let waiting = open.take().filter(|o| o.tabular || !label);
            *open = labels::read(part, base, waiting, &mut self.frame.metadata);
            // A row of a declared table is whole: its empty cell is no value that stands below.
            if self.line(i).mark == Mark::Row {
                *open = None;
            }
            let taken = self.frame.metadata.len() > before;
            if taken || open.is_some() || label {
                self.frame.parts[i] = Part::Header;
            }
        } else if let Some(waiting) = open.take()
            && self.looks[i] != Look::Furniture
            && waiting.close(part, base, &mut self.frame.metadata)
        {
            self.frame.parts[i] = Part::Header;
        }
    }

    /// Whether the header tells the document's number.
    fn has_number(&self) -> bool {
        self.frame.metadata.iter().any(|m| m.key == MetadataKey::DocumentNumber)
    }

    /// A line that is the document's number and nothing else becomes a header entry.
    fn number_entry(&mut self, i: usize) {
        let mut first = i;
        // Of joint organs one-line text leaves all but the last on lines of their own: 松石县民政局 白河县民政局公告2023年第7号.
        let joint = |i: usize| self.frame.parts[i] == Part::Body && self.looks[i] == Look::Short && title::are_organs(self.part(i));
        if self.lines.flattened && look::announcement_number(&half_width(self.clean(i))) {
            while first > 0 && i - first < 4 && joint(first - 1) {
                first -= 1;
            }
        }
        self.number_lines(first, i);
    }

    /// Lines that are the document's number together become a header entry.
    fn number_lines(&mut self, first: usize, i: usize) {
        let span = self.span(first).to(self.span(i));
        self.frame.parts[first..=i].fill(Part::Header);
        // 标题|〔2000号: the line may be an entry already, under another name.
        if self.frame.metadata.iter().any(|m| m.span.overlaps(span)) {
            return;
        }
        // （松政办发〔2024〕2号）
        let whole = &self.text[span.range()];
        let inner = whole.strip_prefix(['（', '(']).and_then(|rest| Some((whole.len() - rest.len(), rest.strip_suffix(['）', ')'])?.len())));
        let value = inner.map_or(span, |(at, len)| crate::view::trim(self.text, Span::from(span.start as usize + at..span.start as usize + at + len)));
        self.frame.metadata.push(Metadata { key: MetadataKey::DocumentNumber, label: Span::at(span.start), value, date: None, span });
    }

    /// The first line of a decree's number that ends on line `i`: 松石县人民政府令第12号, 松石县人民政府令 ⏎ （第12号).
    fn decree_number(&self, i: usize) -> Option<usize> {
        if self.looks[i] != Look::Short || self.line(i).longer(40) {
            return None;
        }
        let bare = half_width(self.clean(i));
        let (before, _) = look::plain_number(&bare)?;
        if !before.is_empty() {
            return before.ends_with('令').then_some(i);
        }
        let above = |i: usize| {
            (0..i).rev().find(|j| self.looks[*j] != Look::Signs).filter(|j| self.frame.parts[*j] != Part::Furniture && self.looks[*j] == Look::Short)
        };
        let act = above(i)?;
        match self.clean(act).as_ref() {
            // The organ stands on a line of its own.
            "令" | "公告" => above(act).filter(|organ| title::are_organs(self.part(*organ))).or(Some(act)),
            line => (line.ends_with('令') || line.ends_with("公告")).then_some(act),
        }
    }

    /// Whether a title below a line of text is that of what an untitled notice issues: it stands below the notice's closing lines.
    fn is_issued(&self, title: usize) -> bool {
        let text = |i: &usize| self.frame.parts[*i] == Part::Body && self.looks[*i] == Look::Prose;
        let issues = (0..title).filter(text).take(3).any(|i| HEAD.issues.find(self.part(i)).is_some());
        issues && (1..title).any(|i| self.looks[i] == Look::Date)
    }

    /// Whether a title heads a list below the closing lines of an untitled notice, which makes it public: …名单.
    fn is_listed(&self, first: usize, last: usize) -> bool {
        let text = |i: &usize| self.frame.parts[*i] == Part::Body && self.looks[*i] == Look::Prose;
        let signed = |i: usize| self.looks[i] == Look::Date && self.looks[i - 1] == Look::Short && (0..i).any(|i| text(&i));
        HEAD.lists.end(genre::bare(&self.clean(last))) > 0 && (1..first).any(signed)
    }

    fn title(&mut self) {
        let Some(found) = title::find(self).filter(|found| !self.is_listed(found.first, found.last)) else {
            // （第31号） above a decree that lost its title.
            let alone = |i: usize| self.looks[i] == Look::Short && look::plain_number(&half_width(self.clean(i))).is_some_and(|(act, _)| act.is_empty());
            let first = |i: usize| self.decree_number(i).or_else(|| alone(i).then_some(i));
            let numbered = (0..self.body.min(HEAD_LINES)).find_map(|i| Some((first(i)?, i))).filter(|_| !self.has_number());
            numbered.into_iter().for_each(|(first, i)| self.number_lines(first, i));
            // What stands above where the page stands on its site is the site's, whatever the page is about.
            for i in 0..self.own_lines {
                if self.frame.parts[i] == Part::Body && self.looks[i] == Look::Short {
                    self.frame.parts[i] = Part::Furniture;
                }
            }
            return;
        };
        let span = title::without_hashes(self.text, self.span(found.first).to(self.span(found.last)));
        self.frame.title = Some(span);
        let text = clean(&self.text[span.range()]).into_owned();
        let wrapped = (0..found.first).any(|i| self.frame.parts[i] == Part::Body && self.looks[i] == Look::Prose);
        // Above a plan that a notice issues stand the notice's closing lines, not the plan's head.
        let text_above =
            (0..found.first).any(|i| self.frame.parts[i] == Part::Body && matches!(self.looks[i], Look::Prose | Look::Salutation | Look::Numbered));
        let head = if text_above { found.first } else { self.head_above(found.first) };
        for i in 0..found.first {
            if self.frame.parts[i] != Part::Body {
                continue;
            }
            let decree = || self.looks[i] == Look::Short && self.clean(i).contains('令') && title::is_head(self, i);
            if let Some(first) = self.decree_number(i) {
                // The entries above may name it already.
                if self.has_number() {
                    self.frame.parts[first..=i].fill(Part::Title);
                } else {
                    self.number_lines(first, i);
                }
                continue;
            }
            if i >= head && title::is_head(self, i) || decree() {
                self.head_line(i);
                continue;
            }
            let short = matches!(self.looks[i], Look::Short | Look::Date | Look::Number);
            // The headline above, the title once more, navigation: not the document's text.
            // A head that lost its line ends is content, whatever words stand in it: …稿纸综合科0531-1234关于….
            let glued = || self.lines.flattened && self.text[self.span(i).end as usize..].starts_with(self.part(i + 1));
            if short && !wrapped && glued() {
                self.frame.parts[i] = Part::Title;
            } else if short && (!wrapped || i < self.body) {
                self.frame.parts[i] = Part::Furniture;
            } else if wrapped && found.headline {
                self.frame.parts[i] = Part::Wrapper;
            }
        }
        for i in found.first..=found.last {
            self.frame.parts[i] = Part::Title;
        }
        self.frame.issues = found.kind.filter(|_| self.is_issued(found.first));
        self.frame.kind = self.frame.issues.map_or(found.kind, |_| Some(Kind::Notice));
        self.body = self.body.max(found.last + 1).min(self.len());
        // Header entries may stand between title and text.
        let mut open = None;
        for i in found.last + 1..self.len().min(found.last + 12) {
            match self.looks[i] {
                Look::Label => self.entries(i, &mut open),
                Look::Short | Look::Date if open.is_some() => self.entries(i, &mut open),
                Look::Number => {
                    // A label above it has no value: 来源：⏎临办发〔2024〕2号⏎….
                    open = None;
                    if !self.has_number() {
                        self.number_entry(i);
                    }
                }
                // 2025年1月14日在…会议上…作政府工作报告。⏎ 来源：松石日报
                Look::Prose if i == found.last + 1 && self.looks.get(i + 1) == Some(&Look::Label) && self.tells_occasion(i) => {}
                Look::Prose | Look::Numbered | Look::Salutation => break,
                Look::Short if self.clean(i) == text => self.frame.parts[i] = Part::Furniture,
                _ => {}
            }
        }
        self.frame.metadata.sort_by_key(|m| m.span);
    }

    /// Whether a line says when and where a report was given: 2025年1月14日在…会议上….
    fn tells_occasion(&self, i: usize) -> bool {
        let part = self.part(i);
        dates::loose_date(part).is_some_and(|(_, len)| skip_blank(&part[len..]).starts_with('在')) && HEAD.adopted.find(part).is_some()
    }

    /// The first line of the document's head, which stands right above its title.
    fn head_above(&self, title: usize) -> usize {
        let mut first = title;
        while first > 0 && title - first < 8 {
            let above = first - 1;
            if !(title::is_head(self, above)
                || self.looks[above] == Look::Signs
                || self.frame.parts[above] == Part::Header && self.looks[above] == Look::Number)
            {
                break;
            }
            first = above;
        }
        first
    }

    /// A line of the head: the document's number is an entry of the header, all else stands with the title.
    fn head_line(&mut self, i: usize) {
        if self.looks[i] == Look::Number && !self.has_number() {
            self.number_entry(i);
            return;
        }
        self.frame.parts[i] = Part::Title;
        let part = self.part(i);
        // 松石县人民政府文件, 松石县人民政府特急
        let line = crate::view::trim_blank_end(part);
        let graded = &line[..line.len() - HEAD.grade.end(line)];
        let named = ["文件", "会议纪要"].iter().find_map(|word| graded.strip_suffix(word)).filter(|n| longer(n, 3));
        if let Some(name) = named.or_else(|| Some(graded).filter(|n| n.len() < line.len() && title::are_organs(n))) {
            let plain = &name[HEAD.grade.start(name)..];
            let start = self.span(i).start + (name.len() - plain.len()) as u32;
            self.red_head = self.red_head.or(Some(Span::new(start, start + plain.len() as u32)));
        }
    }

    /// What follows the document on its page.
    fn afterwards(&mut self) {
        let total: u64 = (self.body..self.len()).map(|i| u64::from(self.line(i).signs.chars)).sum();
        let mut rest = total;
        let numbered = |i: &usize| self.looks[*i] == Look::Numbered;
        self.last_numbered = (0..self.len()).rev().find(numbered).unwrap_or(0);
        let prose = |i: &usize| self.looks[*i] == Look::Prose && self.frame.parts[*i] != Part::Furniture && self.line(*i).longer(60);
        self.last_text = (0..self.len()).rev().find(prose).unwrap_or(0);
        let last_long = (0..self.len()).rev().find(|i| numbered(i) && self.frame.parts[*i] != Part::Furniture && self.line(*i).longer(20)).unwrap_or(0);
        for i in self.body..self.len() {
            rest -= u64::from(self.line(i).signs.chars);
            // However long what follows is: a page's links and addresses say nothing.
            let goes_on = rest * 4 > total && self.last_text > i || last_long > i;
            let ends = !self.line(i).longer(100) && self.looks[i] != Look::Numbered && self.frame.parts[i] != Part::Title;
            let keeper = || self.looks[i] == Look::Furniture && PAGE.keeper.find(self.part(i)).is_some();
            let after = || PAGE.ends(self.line(i), self.part(i)) || keeper();
            if ends && (!goes_on && after() || rest < total && PAGE.licence.find(self.part(i)).is_some()) {
                for j in i..self.len() {
                    if !self.is_editor(j) {
                        self.frame.parts[j] = Part::Furniture;
                    }
                }
                break;
            }
        }
        // 来源：… and [编辑：…] below the text.
        for i in self.body..self.len() {
            if self.is_editor(i) {
                let open = labels::read(self.part(i), self.span(i).start, None, &mut self.frame.metadata);
                self.frame.parts[i] = Part::Header;
                // 责任编辑： ⏎ 张三
                let below = open.filter(|open| open.key == MetadataKey::Editor && self.looks.get(i + 1) == Some(&Look::Short) && !self.line(i + 1).longer(20));
                if below.is_some_and(|open| open.close(self.part(i + 1), self.span(i + 1).start, &mut self.frame.metadata)) {
                    self.frame.parts[i + 1] = Part::Header;
                }
            }
        }
        // 公开方式：… stands between a notice and the plan that it issues.
        if !self.frame.metadata.iter().any(|m| m.key == MetadataKey::Disclosure) {
            let discloses = |i: &usize| self.looks[*i] == Look::Label && self.frame.parts[*i] == Part::Body && labels::discloses(self.part(*i));
            if let Some(i) = (self.body..self.len()).find(discloses) {
                labels::read(self.part(i), self.span(i).start, None, &mut self.frame.metadata);
                self.frame.parts[i] = Part::Header;
            }
        }
        self.frame.metadata.sort_by_key(|m| m.span);
    }

    /// A header entry that stands below the text: source, editor, 公开方式.
    fn is_editor(&self, i: usize) -> bool {
        let below = self.last_numbered <= i && i > self.body && self.frame.parts[i] != Part::Header;
        below && self.looks[i] == Look::Label && labels::is_telling(self.part(i)) && (i > self.last_text || labels::is_of_page(self.part(i)))
    }

    /// 附件：… below the text, with the list that follows.
    fn attachments(&mut self) {
        // How many attachments have been listed: 附件1： below them heads the first.
        let mut named = 0;
        let mut i = self.start;
        while i < self.len() {
            let may_name = matches!(self.frame.parts[i], Part::Body | Part::Wrapper) && !self.line(i).longer(150);
            if let Some(label) = may_name.then(|| label_of_attachment(self.part(i))).flatten() {
                if self.heads_attachment(i, label, named) {
                    self.frame.parts[i] = Part::AttachmentTitle;
                } else if label.lists || self.lists_below(i, label) {
                    let last;
                    (i, last) = self.attachment_list(i, label);
                    named = named.max(last).max(label.own);
                }
            }
            i += 1;
        }
        self.frame.listed = named;
        // A page's links name once more what the text lists: 附件下载：附件1：申报表.doc.
        let mut names = BTreeSet::new();
        for i in (self.body..self.len()).filter(|i| self.frame.parts[*i] == Part::Attachment).collect::<Vec<_>>() {
            let named: Vec<String> = links(self.part(i)).map(name_of_attachment).collect();
            if is_link(self.part(i)) && named.iter().all(|name| names.contains(name)) {
                self.frame.parts[i] = Part::Furniture;
            }
            names.extend(named);
        }
    }

    /// Whether the closing lines end above a line.
    fn is_signed(&self, i: usize) -> bool {
        (self.body..i).rev().find(|j| !matches!(self.looks[*j], Look::Signs | Look::Furniture)).is_some_and(|j| self.looks[j] == Look::Date)
    }

    /// Whether a line heads what is attached: 附件1, or 附件： below the closing lines, or the number of one already listed.
    fn heads_attachment(&self, i: usize, label: Attachment<'_>, named: u64) -> bool {
        let again = label.own > 0 && label.own <= named;
        (skip_blank(label.rest).is_empty() || label.named().is_empty() && (self.is_signed(i) || again))
            && self.looks[i] != Look::Prose
            && !self.lists_below(i, label)
    }

    /// 附： ⏎ 1.… ⏎ 2.…: a list below its label.
    fn lists_below(&self, i: usize, label: Attachment<'_>) -> bool {
        let numbered = |j: usize, n: u32| {
            j < self.len() && self.line(j).marker.is_some_and(|(m, _)| m.number == Some(n)) && !self.line(j).longer(60) && !self.part(j).contains('。')
        };
        let labelled = self.part(i).ends_with(['：', ':']) || label.colon;
        labelled
            && label.named().is_empty()
            && !self.is_signed(i)
            && numbered(i + 1, 1)
            && (i + 2 >= self.len() || numbered(i + 2, 2) || self.looks[i + 2] != Look::Prose)
    }

    /// 附件：1.… and below it 2.…, as long as the numbers run on. Returns its last line and its last number.
    fn attachment_list(&mut self, first: usize, label: Attachment<'_>) -> (usize, u64) {
        let mut i = first;
        if self.part(i).contains('。') || is_link_only(label.rest) {
            return (i, 0);
        }
        self.frame.parts[i] = Part::Attachment;
        let inner = label.named();
        // Of several on one line the last counts: 1.实施方案 2.责任清单.
        let mut last = numbers_in(inner);
        // The only one's name may be broken, in short lines between empty ones: 附件：2024年度…考核拟奖励资 ⏎ 金项目.
        let halves = last.is_none() && longer(inner, 12) && i + 2 < self.len() && !self.line(i + 1).apart && self.line(i + 2).apart;
        let half = halves && self.looks[i + 1] == Look::Short && !self.line(i + 1).longer(8) && !self.names_closing(i + 1) && !genre::ends(inner);
        // 附件： and its only one on the line below.
        if half && self.frame.parts[i + 1] == Part::Body {
            i += 1;
            self.frame.parts[i] = Part::Attachment;
        } else if longer(inner, 0) || i + 1 >= self.len() || self.looks[i + 1] != Look::Short || self.line(i + 1).longer(60) || self.names_closing(i + 1) {
        } else if self.frame.parts[i + 1] == Part::Body && !title::is_attachment(self.part(i + 1)) {
            i += 1;
            self.frame.parts[i] = Part::Attachment;
        }
        while i + 1 < self.len() && self.frame.parts[i + 1] == Part::Body {
            let number_at = |j: usize| if j < self.len() { numbers_in(self.part(j)) } else { None };
            let first_at = |j: usize| if j < self.len() { entry_number(self.part(j)) } else { None };
            // An entry that was broken goes on in one short line, and the next number follows.
            let broken = last.is_some() && self.looks[i + 1] == Look::Short && !self.line(i + 1).longer(24) && first_at(i + 2) == last.map(|n| n + 1);
            if !broken {
                let next = first_at(i + 1);
                let runs_on = next.is_some() && (next == last.map(|n| n + 1) || last.is_none() && next == Some(1) && !longer(label.rest, 1));
                if !runs_on || self.part(i + 1).contains('。') {
                    break;
                }
                last = number_at(i + 1);
            }
            i += 1;
            self.frame.parts[i] = Part::Attachment;
        }
        (i, u64::from(last.unwrap_or(0)))
    }

    /// Whether a line is an organ above the date of the closing lines.
    fn names_closing(&self, i: usize) -> bool {
        title::are_organs(self.part(i)) || self.looks.get(i + 1) == Some(&Look::Date)
    }

    /// Who signed, and when: a date on a line of its own below the text, and the names above it.
    fn closing(&mut self) {
        // A page without a sentence, which is a table, is signed by its last lines alone.
        let sole = (self.start == self.len()).then(|| (0..self.len()).rfind(|i| self.frame.parts[*i] == Part::Body)).flatten();
        let (start, mut prose) = (if sole.is_some() { 0 } else { self.start }, sole.is_some());
        for i in sole.unwrap_or(start)..self.len() {
            prose |= matches!(self.looks[i], Look::Prose | Look::Numbered) && self.frame.parts[i] == Part::Body;
            if !prose || self.frame.parts[i] != Part::Body {
                continue;
            }
            let (date, issuer_here) = match self.looks[i] {
                Look::Date => (date_line(self.part(i)), None),
                Look::Short => self.signed_on_one_line(i),
                _ => (None, None),
            };
            let damaged = self.looks[i] == Look::Short && is_damaged_date(self.part(i));
            if date.is_none() && !damaged {
                continue;
            }
            let mut first = i;
            while issuer_here.is_none() && first > start && i - first < 8 {
                // A page number may stand between the name and the date.
                let Some(above) = (start..first).rev().find(|j| self.frame.parts[*j] != Part::Furniture) else { break };
                if !self.may_sign(above, first < i) {
                    break;
                }
                first = above;
            }
            let issuer = issuer_here.or_else(|| (first < i).then(|| self.span(first).to(self.span(i - 1))));
            let organ = |span: Span| title::are_organs(&self.text[span.range()]) || self.text[span.range()].ends_with(['）', ')']);
            // 2024-03-05 stands in a table's cell below another as well.
            let cell = || !self.part(i).contains(['年', '&']) && self.looks.get(i + 1) == Some(&Look::Short) && self.frame.parts[i + 1] == Part::Body;
            if (damaged || sole.is_some() || cell()) && !issuer.is_some_and(organ) {
                continue;
            }
            for part in self.frame.parts[first..=i].iter_mut().filter(|p| **p == Part::Body) {
                *part = Part::Closing;
            }
            let span = self.span(first).to(self.span(i));
            // Of several the first is the document's own: a notice signs before the plan it issues.
            if self.frame.signature.is_none() {
                self.frame.signature = Some(Signature { span, issuer, date });
            }
        }
        if self.frame.signature.is_none() {
            self.signed_without_date();
        }
    }

    /// Whether a line names who signs, above the date or above another name.
    fn may_sign(&self, i: usize, above_name: bool) -> bool {
        // What a line looks like is known already; its words are looked for.
        if self.looks[i] != Look::Short || self.frame.parts[i] != Part::Body || self.line(i).longer(160) {
            return false;
        }
        let part = self.part(i);
        // 地    址：….
        let contact = HEAD.no_signer.find(&self.clean(i)).is_some();
        let organs = title::are_organs(part) || title::is_organ(&self.clean(i));
        // An organ's name that was broken where the document still had lines.
        let broken = || {
            let next = self.lines.lines.get(i + 1).map_or(self.text.len(), |l| l.span.start as usize);
            self.lines.flattened && !self.text[self.span(i).end as usize..next].contains('\n') && i > 0 && self.part(i - 1).ends_with('。')
        };
        // 松石县疫情防控工作 ⏎ 领导小组办公室: the second half names no place.
        let half = || !place::starts_with_name(self.part(i + 1)) && !title::ends_with_genre(part) && !part.contains(is_digit);
        let cut = || above_name && place::starts_with_name(part) && !self.line(i).longer(30) && half();
        let organs = organs || above_name && broken() || cut();
        // A button's word or a headline with a day stands there too: 分享, 公交新线5月1日起开通.
        let names = organs || longer(&self.clean(i), 3) && !part.contains(is_digit);
        !contact
            && names
            && (!above_name || organs)
            && !crate::facts::is_label_line(part)
            && (!self.line(i).longer(40) || organs)
            && !part.starts_with(|c| matches!(c, '（' | '(') || is_digit(c))
    }

    /// The organ alone on the document's last line, which its title names, or which is named with its place.
    fn signed_without_date(&mut self) {
        let content = |i: &usize| !matches!(self.frame.parts[*i], Part::Furniture | Part::Header);
        let Some(last) = (self.body..self.len()).rev().find(content).filter(|i| self.frame.parts[*i] == Part::Body) else { return };
        let name = self.clean(last);
        let titled = self.frame.title.map(|t| clean(&self.text[t.range()]));
        // Where the rows of a table name organs, the last of them signs nothing.
        let alone = || (self.body..last).all(|i| self.looks[i] != Look::Short || !title::are_organs(self.part(i)));
        let in_full = || place::starts_with_name(&name) && self.part(last - 1).ends_with('。') && alone();
        let named = longer(&name, 3) && (titled.is_some_and(|t| t.starts_with(name.as_ref())) || last > 0 && in_full());
        let below_text = last > self.body && matches!(self.looks[last - 1], Look::Prose | Look::Numbered | Look::Label | Look::Salutation);
        if self.looks[last] == Look::Short && below_text && named && title::are_organs(self.part(last)) {
            self.frame.parts[last] = Part::Closing;
            self.frame.signature = Some(Signature { span: self.span(last), issuer: Some(self.span(last)), date: None });
        }
    }

    /// 某某市人民政府　2024年3月1日, with or without the blank.
    fn signed_on_one_line(&self, i: usize) -> (Option<Date>, Option<Span>) {
        if !self.line(i).signs.has_any(&[Class::Digit, Class::Noise]) {
            return (None, None);
        }
        let part = self.part(i);
        // 某某办公室2024年3月5日印发 is the imprint below everything.
        let signs = |gap: &usize| part[..*gap].ends_with(['府', '局', '会', '委', '部', '厅', '室', '办', '院', '社']) && !part.ends_with("印发");
        let Some(gap) = part.find(|c| is_blank(c) || is_digit(c)).filter(signs) else { return (None, None) };
        let span = Span::new(self.span(i).start, self.span(i).start + gap as u32);
        (date_line(skip_blank(&part[gap..])), Some(span))
    }

    /// Titles of documents inside the document: below the closing lines or an attachment's number, and above
    /// a new count from one.
    fn inner_titles(&mut self) {
        let mut i = self.body;
        while i < self.len() {
            let short = matches!(self.looks[i], Look::Short) && self.frame.parts[i] == Part::Body;
            if !short {
                i += 1;
                continue;
            }
            let mut last = i;
            let genre = loop {
                let genre = self.ends_with_genre(last);
                let goes_on = last - i < 3 && self.looks.get(last + 1) == Some(&Look::Short) && self.frame.parts[last + 1] == Part::Body;
                if genre || !goes_on {
                    break genre;
                }
                last += 1;
            };
            if self.part(i).starts_with(|c| HEAD.glossary.begins(c)) && HEAD.glossary.has(&self.clean(i)) {
                self.frame.parts[i] = Part::InnerTitle;
                i += 1;
                continue;
            }
            let above = (0..i).rev().map(|j| self.frame.parts[j]).find(|p| *p != Part::Furniture);
            let below_frame = matches!(above, Some(Part::Closing | Part::Attachment | Part::AttachmentTitle | Part::Title | Part::Header));
            let restarts = || (last + 1..self.len().min(last + 12)).find_map(|j| self.line(j).marker).is_some_and(|(m, _)| m.number == Some(1));
            let new_page = above == Some(Part::AttachmentTitle);
            if below_frame && above != Some(Part::Title) && above != Some(Part::Header) && (genre || new_page) && (new_page || restarts())
                || genre && self.lines.lines[i].apart && self.clean(i).chars().count() >= 8 && restarts() && i > self.body
            {
                for part in &mut self.frame.parts[i..=last] {
                    *part = Part::InnerTitle;
                }
            }
            i = last + 1;
        }
    }

    /// The ending of the division that the text calls its own: 市 of 我市 and 本市.
    fn own_ending(&self) -> Option<char> {
        *self.own.get_or_init(|| place::own_ending(self))
    }

    /// Whether the page is that of a place which reprints another's document: title and signature name one organ, the header
    /// another, with its own place.
    fn is_reprinted(&self, issuer: Span, signed: Span) -> bool {
        let [issuer, signed] = [issuer, signed].map(|span| clean(&self.text[span.range()]));
        let titled = self.frame.title.is_some_and(|t| clean(&self.text[t.range()]).starts_with(signed.as_ref()));
        titled && !signed.contains(issuer.as_ref()) && !issuer.contains(signed.as_ref()) && place::starts_with_name(&issuer)
    }

    /// The organ that the title begins with: 松石县财政局|关于…的通知, 松石县人民法院|工作报告.
    fn titled_organ(&self) -> Option<Span> {
        let title = self.frame.title?;
        let text = &self.text[title.range()];
        let len = HEAD.behind_organ.find(text)?;
        let organ = crate::view::trim(self.text, Span::new(title.start, title.start + len as u32));
        // 2025年松石县政府工作报告 is the name of its kind.
        let named = |organ: &str| title::are_organs(organ) && !(self.frame.kind == Some(Kind::WorkReport) && HEAD.government.end(organ) > 0);
        named(&clean(&self.text[organ.range()])).then_some(organ)
    }

    /// Kind, place, year, date, issuer.
    fn tell(&mut self) {
        let meta = |key: MetadataKey| self.frame.metadata.iter().find(|m| m.key == key);
        let written = meta(MetadataKey::WrittenDate).and_then(|m| m.date);
        let published = meta(MetadataKey::PublishedDate).and_then(|m| m.date);
        self.frame.date = self.frame.signature.and_then(|s| s.date).or(written).or(published);
        let signed = self.frame.signature.and_then(|s| s.issuer);
        let issuer = meta(MetadataKey::Issuer).map(|m| m.value);
        self.frame.issuer = signed.filter(|signed| issuer.is_some_and(|issuer| self.is_reprinted(issuer, *signed))).or(issuer).or(signed).or(self.red_head);
        let kind = self.kind();
        self.frame.kind = Some(kind.unwrap_or_else(|| self.kind_by_form()));
        // A policy, or part of one.
        let untitled = kind.is_none() && self.frame.kind == Some(Kind::Other) && self.frame.title.is_none();
        if untitled && self.frame.lays_down(self.text) && !self.tells_of_rules() {
            self.frame.kind = Some(Kind::Notice);
        }
        self.frame.place = place::find(self);
        if self.frame.kind == Some(Kind::WorkReport) && self.frame.issuer.is_none() {
            self.frame.issuer = self.given_for();
        }
        // The makers of a law are named nowhere else either, and are not who issues the text.
        if self.frame.kind != Some(Kind::Regulation) {
            self.frame.issuer = self.frame.issuer.or_else(|| self.titled_organ());
        }
        self.frame.makes_known = self.frame.kind == Some(Kind::Notice) && self.makes_known();
        self.frame.year = self.year();
        // A page may publish a report decades later.
        let late = |date: &Date| self.frame.year.is_some_and(|year| date.year > year + 1);
        self.frame.date = self.frame.date.filter(|date| published != Some(*date) || !late(date));
        self.frame.place_code = place::code(self, self.frame.year.or(self.frame.date.map(|d| d.year)));
    }
}
