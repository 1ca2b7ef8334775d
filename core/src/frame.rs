//! Lines → frame: everything around the body. Header entries, title, page furniture, table of contents,
//! attachments, closing lines; and what they tell of the document: kind, place, year, date.

mod dates;
mod kind;
mod labels;
mod look;
mod place;
mod title;

use crate::grammar::marker;
use crate::lexicon::Words;
use crate::lexicon::structure::{AFTERWARDS, GLOSSARY};
use crate::lines::{Line, Lines};
use crate::scan::Class;
use crate::view::{clean, is_blank, longer, skip_blank};
use crate::{Date, Kind, Metadata, MetadataKey, Signature, Span};
use look::{Look, date_line, look};
use std::borrow::Cow;
use std::sync::LazyLock;

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
    /// The document's title.
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
    pub(crate) title: Option<Span>,
    pub(crate) issuer: Option<Span>,
    pub(crate) place: Option<Span>,
    pub(crate) place_code: Option<u32>,
    pub(crate) year: Option<u16>,
    pub(crate) date: Option<Date>,
    pub(crate) metadata: Vec<Metadata>,
    pub(crate) signature: Option<Signature>,
}

/// A frame under construction.
struct Framer<'t> {
    text: &'t str,
    lines: &'t Lines,
    looks: Vec<Look>,
    frame: Frame,
    /// The first line that is the document's text.
    body: usize,
    /// The first line of any text, the article's that wraps the document included.
    start: usize,
    /// The last numbered line: editors are named below it.
    last_numbered: usize,
}

static AFTERWARDS_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(AFTERWARDS.iter().copied()));

/// Whether a text that ends in this character can end in a genre; a cheap look before [`ends_with_genre`].
pub(crate) fn may_end_genre(c: char) -> bool {
    title::may_end(c)
}

/// Whether a text ends in a document's genre: …的通知, …报告.
pub(crate) fn ends_with_genre(text: &str) -> bool {
    let tail: usize = text.char_indices().rev().take(12).last().map_or(0, |(i, _)| i);
    title::genre(&text[tail..]).is_some()
}

/// Lines after which no header is looked for.
const HEAD_LINES: usize = 600;

/// Finds the frame.
pub(crate) fn frame(text: &str, lines: &Lines) -> Frame {
    let looks = lines.lines.iter().map(|line| look(text, line)).collect();
    let frame = Frame { parts: vec![Part::Body; lines.lines.len()], ..Frame::default() };
    let mut framer = Framer { text, lines, looks, frame, body: 0, start: 0, last_numbered: 0 };
    framer.furniture();
    framer.contents();
    framer.start = framer.first_body_line();
    framer.body = framer.start;
    framer.header();
    framer.title();
    framer.afterwards();
    framer.attachments();
    framer.closing();
    framer.inner_titles();
    framer.tell();
    framer.frame
}

impl<'t> Framer<'t> {
    fn part(&self, i: usize) -> &'t str {
        &self.text[self.lines.lines[i].span.range()]
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

    fn furniture(&mut self) {
        for i in 0..self.len() {
            if matches!(self.looks[i], Look::Furniture | Look::Signs) {
                self.frame.parts[i] = Part::Furniture;
            }
        }
    }

    /// 目录 and what it lists, up to where its first entry stands again.
    fn contents(&mut self) {
        let Some(at) = (0..self.len().min(HEAD_LINES)).find(|i| !self.line(*i).longer(9) && self.clean(*i) == "目录") else {
            return;
        };
        if at + 2 >= self.len() {
            return;
        }
        let entry = |i: usize| {
            let bare = self.clean(i);
            let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '—'));
            bare.to_owned()
        };
        let first = entry(at + 1);
        let mut end = at + 2;
        while end < self.len() && end < at + 200 && !matches!(self.looks[end], Look::Prose | Look::Salutation) {
            if entry(end) == first {
                break;
            }
            end += 1;
        }
        for i in at..end.min(self.len()) {
            self.frame.parts[i] = Part::Furniture;
        }
    }

    /// The first line of text; a table of header entries among the first lines stands above it.
    fn first_body_line(&self) -> usize {
        let body = |i: &usize| self.frame.parts[*i] == Part::Body && matches!(self.looks[*i], Look::Prose | Look::Numbered | Look::Salutation);
        let first = (0..self.len()).find(body).unwrap_or(self.len());
        let near = (first..self.len().min(HEAD_LINES)).filter(body).nth(3).unwrap_or(self.len().min(HEAD_LINES));
        let table = (first..near).rfind(|i| labels::names_document(self.part(*i)));
        table.map_or(first, |t| (t + 1..self.len()).find(body).unwrap_or(self.len()))
    }

    /// Header entries above the body.
    fn header(&mut self) {
        let end = self.body.min(HEAD_LINES);
        let mut open: Option<labels::Open> = None;
        for i in 0..end {
            let part = self.part(i);
            let base = self.span(i).start;
            if self.looks[i] == Look::Label || part.contains('|') || open.is_some() {
                let before = self.frame.metadata.len();
                open = labels::read(part, base, open.take(), &mut self.frame.metadata);
                let taken = self.frame.metadata.len() > before;
                if taken || open.is_some() || self.looks[i] == Look::Label {
                    self.frame.parts[i] = Part::Header;
                }
            }
        }
        if let Some(i) = (0..end).find(|i| self.looks[*i] == Look::Number).filter(|_| !self.has_number()) {
            self.number_entry(i);
        }
        self.frame.metadata.sort_by_key(|m| m.span);
    }

    /// Whether the header tells the document's number.
    fn has_number(&self) -> bool {
        self.frame.metadata.iter().any(|m| m.key == MetadataKey::DocumentNumber)
    }

    /// A line that is the document's number and nothing else becomes a header entry.
    fn number_entry(&mut self, i: usize) {
        let span = self.span(i);
        self.frame.parts[i] = Part::Header;
        // 标题|〔2000号: the line may be an entry already, under another name.
        if self.frame.metadata.iter().any(|m| m.span.overlaps(span)) {
            return;
        }
        self.frame.metadata.push(Metadata { key: MetadataKey::DocumentNumber, label: Span::at(span.start), value: span, date: None, span });
    }

    fn title(&mut self) {
        let Some(found) = title::find(self) else { return };
        let span = title::without_hashes(self.text, self.span(found.first).to(self.span(found.last)));
        self.frame.title = Some(span);
        let text = clean(&self.text[span.range()]).into_owned();
        let wrapped = (0..found.first).any(|i| self.frame.parts[i] == Part::Body && self.looks[i] == Look::Prose);
        for i in 0..found.first {
            if self.frame.parts[i] != Part::Body {
                continue;
            }
            let short = matches!(self.looks[i], Look::Short | Look::Date | Look::Number);
            // The headline above, the title once more, navigation: not the document's text.
            if short && (!wrapped || i < self.body) {
                self.frame.parts[i] = Part::Furniture;
            } else if wrapped && found.headline {
                self.frame.parts[i] = Part::Wrapper;
            }
        }
        for i in found.first..=found.last {
            self.frame.parts[i] = Part::Title;
        }
        self.frame.kind = found.kind;
        self.body = self.body.max(found.last + 1).min(self.len());
        // Header entries may stand between title and text.
        let mut open = None;
        for i in found.last + 1..self.len().min(found.last + 12) {
            match self.looks[i] {
                Look::Label => {
                    open = labels::read(self.part(i), self.span(i).start, open, &mut self.frame.metadata);
                    self.frame.parts[i] = Part::Header;
                }
                Look::Number if !self.has_number() => self.number_entry(i),
                Look::Prose | Look::Numbered | Look::Salutation => break,
                Look::Short if self.clean(i) == text => self.frame.parts[i] = Part::Furniture,
                _ => {}
            }
        }
        // An entry is read once, whichever pass met it.
        self.frame.metadata.sort_by_key(|m| m.span);
        self.frame.metadata.dedup_by_key(|m| m.span);
    }

    /// What follows the document on its page.
    fn afterwards(&mut self) {
        let total: u64 = (self.body..self.len()).map(|i| u64::from(self.line(i).signs.chars)).sum();
        let mut rest = total;
        let numbered = |i: &usize| self.looks[*i] == Look::Numbered;
        self.last_numbered = (0..self.len()).rev().find(numbered).unwrap_or(0);
        let last_long = (0..self.len()).rev().find(|i| numbered(i) && self.line(*i).longer(20)).unwrap_or(0);
        for i in self.body..self.len() {
            rest -= u64::from(self.line(i).signs.chars);
            let goes_on = rest * 4 > total || last_long > i;
            if !goes_on && !self.line(i).longer(100) && self.looks[i] != Look::Numbered && AFTERWARDS_WORDS.find(self.part(i)).is_some() {
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
                labels::read(self.part(i), self.span(i).start, None, &mut self.frame.metadata);
                self.frame.parts[i] = Part::Header;
            }
        }
    }

    /// A header entry that stands below the text: source or editor.
    fn is_editor(&self, i: usize) -> bool {
        let part = self.part(i).trim_start_matches(['[', '【', '（', '(']);
        let below = self.last_numbered <= i && i > self.body;
        below
            && self.looks[i] == Look::Label
            && ["来源", "编辑", "责任编辑", "责编", "信息来源", "文章来源", "发布日期", "发布时间", "发布机构", "发布单位"].iter().any(|w| part.starts_with(w))
    }

    /// 附件：… below the text, with the list that follows.
    fn attachments(&mut self) {
        let mut i = self.body;
        while i < self.len() {
            let part = self.part(i);
            let bare = part.strip_prefix("附件").or_else(|| part.strip_prefix("附表")).or_else(|| part.strip_prefix("附录"));
            let colon = part.strip_prefix("附：").or_else(|| part.strip_prefix("附:"));
            let Some(after) = bare.or(colon).filter(|_| matches!(self.frame.parts[i], Part::Body) && !self.line(i).longer(100)) else {
                i += 1;
                continue;
            };
            let after = skip_blank(after);
            let number = after.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c));
            let heads = skip_blank(number).is_empty() && self.looks[i] != Look::Prose;
            let lists = number.starts_with(['：', ':', '.', '．', '、', '《']) || skip_blank(number).len() < number.len() || colon.is_some();
            if heads {
                self.frame.parts[i] = Part::AttachmentTitle;
            } else if lists && !part.contains('。') {
                self.frame.parts[i] = Part::Attachment;
                // 附件：1.… and below it 2.…, as long as the numbers run on.
                let inner = skip_blank(number.trim_start_matches(['：', ':']));
                let mut last = marker::marker(inner).ok().and_then(|(_, m)| m.number);
                while i + 1 < self.len() && self.frame.parts[i + 1] == Part::Body {
                    let next = self.line(i + 1).marker.and_then(|(m, _)| m.number);
                    let runs_on = next.is_some() && (next == last.map(|n| n + 1) || last.is_none() && next == Some(1) && !longer(number, 1));
                    if !runs_on || self.part(i + 1).contains('。') {
                        break;
                    }
                    last = next;
                    i += 1;
                    self.frame.parts[i] = Part::Attachment;
                }
            }
            i += 1;
        }
    }

    /// Who signed, and when: a date on a line of its own below the text, and the names above it.
    fn closing(&mut self) {
        let mut prose = false;
        for i in self.start..self.len() {
            prose |= matches!(self.looks[i], Look::Prose | Look::Numbered) && self.frame.parts[i] == Part::Body;
            if !prose || self.frame.parts[i] != Part::Body {
                continue;
            }
            let (date, issuer_here) = match self.looks[i] {
                Look::Date => (date_line(self.part(i)), None),
                Look::Short => self.signed_on_one_line(i),
                _ => (None, None),
            };
            let Some(date) = date else { continue };
            let mut first = i;
            while issuer_here.is_none() && first > self.start && i - first < 4 {
                // A page number may stand between the name and the date.
                let Some(above) = (self.start..first).rev().find(|j| self.frame.parts[*j] != Part::Furniture) else { break };
                let contact =
                    ["联系", "电话", "抄送", "邮箱"].iter().any(|w| self.part(above).contains(w)) || !title::is_organ(&self.clean(above)) && first < i;
                if contact
                    || crate::facts::is_label_line(self.part(above))
                    || self.looks[above] != Look::Short
                    || self.frame.parts[above] != Part::Body
                    || self.line(above).longer(40)
                    || self.part(above).starts_with(['（', '('])
                {
                    break;
                }
                first = above;
            }
            let issuer = issuer_here.or_else(|| (first < i).then(|| self.span(first).to(self.span(i - 1))));
            for part in self.frame.parts[first..=i].iter_mut().filter(|p| **p == Part::Body) {
                *part = Part::Closing;
            }
            let span = self.span(first).to(self.span(i));
            // Of several the first is the document's own: a notice signs before the plan it issues.
            if self.frame.signature.is_none() {
                self.frame.signature = Some(Signature { span, issuer, date: Some(date) });
            }
        }
    }

    /// 某某市人民政府　2024年3月1日
    fn signed_on_one_line(&self, i: usize) -> (Option<Date>, Option<Span>) {
        let part = self.part(i);
        let Some(gap) = part.find(is_blank) else { return (None, None) };
        let date = date_line(skip_blank(&part[gap..]));
        let name = &part[..gap];
        let organ = name.ends_with(['府', '局', '会', '委', '部', '厅', '室', '办', '院', '社']);
        let span = Span::new(self.span(i).start, self.span(i).start + gap as u32);
        if organ { (date, Some(span)) } else { (None, None) }
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
            while last + 1 < self.len()
                && last - i < 3
                && self.looks[last + 1] == Look::Short
                && self.frame.parts[last + 1] == Part::Body
                && !title::ends_with_genre(&self.clean(last))
            {
                last += 1;
            }
            if GLOSSARY.contains(&self.clean(i).as_ref()) {
                self.frame.parts[i] = Part::InnerTitle;
                i += 1;
                continue;
            }
            let above = (0..i).rev().map(|j| self.frame.parts[j]).find(|p| *p != Part::Furniture);
            let below_frame = matches!(above, Some(Part::Closing | Part::Attachment | Part::AttachmentTitle | Part::Title | Part::Header));
            let genre = title::ends_with_genre(&self.clean(last));
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

    /// Kind, place, year, date, issuer.
    fn tell(&mut self) {
        let meta = |key: MetadataKey| self.frame.metadata.iter().find(|m| m.key == key);
        let written = meta(MetadataKey::WrittenDate).and_then(|m| m.date);
        let published = meta(MetadataKey::PublishedDate).and_then(|m| m.date);
        self.frame.date = self.frame.signature.and_then(|s| s.date).or(written).or(published);
        self.frame.issuer = meta(MetadataKey::Issuer).map(|m| m.value).or(self.frame.signature.and_then(|s| s.issuer));
        self.frame.kind = Some(self.kind());
        self.frame.place = place::find(self);
        self.frame.year = self.year();
        self.frame.place_code = place::code(self, self.frame.year.or(self.frame.date.map(|d| d.year)));
    }
}
