//! Lines → frame: everything around the body. Header entries, title, page furniture, table of contents,
//! attachments, closing lines; and what they tell of the document: kind, place, year, date.

mod labels;
mod place;
mod title;

use crate::grammar::{marker, numeral};
use crate::lexicon::Words;
use crate::lexicon::structure::{AFTERWARDS, CONGRESS, FURNITURE, FURNITURE_LINES, GLOSSARY};
use crate::lines::{Line, Lines, Mark};
use crate::scan::{Class, Signs};
use crate::view::{clean, is_blank, skip_blank};
use crate::{Date, Kind, MarkerStyle, Metadata, MetadataKey, Signature, Span};
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
    pub(crate) year: Option<u16>,
    pub(crate) date: Option<Date>,
    pub(crate) metadata: Vec<Metadata>,
    pub(crate) signature: Option<Signature>,
}

/// What a line looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Only signs: `|`, `-->`, ×.
    Signs,
    Furniture,
    /// Header entries.
    Label,
    /// 陕政办发〔2023〕25号 alone.
    Number,
    /// A date alone.
    Date,
    /// 各县、区人民政府：
    Salutation,
    /// A marker at its head.
    Numbered,
    /// Sentences.
    Prose,
    /// Short and without a sentence: a title, an issuer, navigation.
    Short,
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

static FURNITURE_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(FURNITURE.iter().copied()));
static AFTERWARDS_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(AFTERWARDS.iter().copied()));

/// Whether a text ends in a document's genre: …的通知, …报告.
pub(crate) fn ends_with_genre(text: &str) -> bool {
    let tail: usize = text.char_indices().rev().take(12).last().map_or(0, |(i, _)| i);
    title::genre(&text[tail..]).is_some()
}

/// Whether the text has more than `n` characters; looks no further than they can reach.
pub(crate) fn longer(text: &str, n: usize) -> bool {
    // A character has one to four bytes.
    text.len() > n && (text.len() > 4 * n || text.chars().count() > n)
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

/// What a line looks like by itself.
fn look(text: &str, line: &Line) -> Look {
    let part = &text[line.span.range()];
    if line.mark == Mark::Furniture {
        return Look::Furniture;
    }
    if line.longer(130) {
        return Look::Prose;
    }
    if !part.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) || c.is_alphanumeric()) {
        return Look::Signs;
    }
    let signs = line.signs;
    let sentence = signs.has_any(&[Class::Stop, Class::Semicolon]);
    // 第一章 总则 ........ 3
    if signs.has(Class::Point) && (part.contains("....") || part.contains("………")) {
        return Look::Furniture;
    }
    let labelled = !sentence && signs.has_any(&[Class::Colon, Class::Cell]) && labels::has_label(part);
    if !sentence && !labelled && !line.longer(80) && is_furniture(part, signs) {
        return Look::Furniture;
    }
    if line.marker.is_some() {
        return Look::Numbered;
    }
    if labelled {
        return Look::Label;
    }
    if !sentence && signs.has(Class::Latin) && part.contains("http") {
        return Look::Furniture;
    }
    if sentence || line.longer(40) && signs.has(Class::Comma) && !part.contains('|') {
        return Look::Prose;
    }
    let countable = !line.longer(30) && signs.has_any(&[Class::Digit, Class::Numeral, Class::Noise]);
    if countable && begins_date(part) && date_line(part).is_some() {
        return Look::Date;
    }
    if countable && document_number(part).is_some() {
        return Look::Number;
    }
    if line.longer(2) && part.ends_with(['：', ':']) {
        return Look::Salutation;
    }
    Look::Short
}

fn is_furniture(part: &str, signs: Signs) -> bool {
    if FURNITURE_WORDS.find(part).is_some() && !clean(part).starts_with("附件") {
        return true;
    }
    // Those lines are of a word or two.
    (signs.chars < 8 || signs.has(Class::Noise)) && FURNITURE_LINES.contains(&clean(part).as_ref())
}

/// A line that is a document number and nothing else: 国发〔2019〕3号, （第16号）.
pub(crate) fn document_number(part: &str) -> Option<()> {
    if longer(part, 30) || !part.trim_end_matches(['）', ')']).ends_with('号') {
        return None;
    }
    let bare = clean(part);
    let (head, tail) = bare.split_once(['〔', '[', '［', '【', '('])?;
    let year: String = tail.chars().take(4).collect();
    let head_ok = head.chars().count() <= 16 && !head.is_empty() && !head.contains(['，', '。', '《']);
    (head_ok && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then_some(())
}

/// Whether the first character, brackets apart, can begin a date; a cheap look before [`date_line`].
fn begins_date(part: &str) -> bool {
    let first = part.chars().find(|c| !matches!(c, '（' | '）' | '(' | ')') && !is_blank(*c));
    first.is_some_and(|c| {
        c.is_ascii_digit() || numeral::digit_value(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿' | '廿' | '卅' | 'O' | '０'..='９' | '&')
    })
}

/// A line that is a date and nothing else.
pub(crate) fn date_line(part: &str) -> Option<Date> {
    if longer(part, 30) {
        return None;
    }
    let bare = half_width(clean(part));
    let bare = bare.trim_matches(['（', '）', '(', ')']);
    let (date, used) = loose_date(bare)?;
    // 2013年4月10日（此件公开发布）
    let note = &bare[used..];
    (note.is_empty() || note.starts_with(['（', '(']) && !note.contains('日')).then_some(date)
}

/// The date at the start of `text` in any common spelling, and its length: 2024-02-27, 2024年2月27日,
/// 二〇二四年二月二十七日.
pub(crate) fn loose_date(text: &str) -> Option<(Date, usize)> {
    let mut rest = text;
    let mut numbers = [0u64; 3];
    for (i, stops) in [['年', '-', '/', '.'], ['月', '-', '/', '.'], ['日', '日', '日', '日']].into_iter().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            numbers[i] = rest[..digits.min(8)].parse().ok()?;
            rest = &rest[digits..];
        } else {
            let plain = if rest.contains(['○', 'Ｏ', 'O', '０']) { None } else { numeral::numeral(rest).ok() };
            let (after, n) = match plain {
                Some((after, n)) => (after, n),
                None if i == 0 => odd_year(rest)?,
                None => return None,
            };
            numbers[i] = n;
            rest = after;
        }
        if i < 2 {
            rest = rest.strip_prefix(stops)?;
        } else {
            rest = rest.strip_prefix('日').unwrap_or(rest);
        }
    }
    let [year, month, day] = numbers;
    let date = Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (1900..2200).contains(&date.year).then_some((date, text.len() - rest.len()))
}

/// 二○二四 with a circle for the zero.
fn odd_year(text: &str) -> Option<(&str, u64)> {
    let mut n = 0;
    for (i, c) in text.char_indices() {
        let digit = match c {
            '○' | 'Ｏ' | 'O' | '０' => Some(0),
            _ => numeral::digit_value(c),
        };
        match digit {
            Some(d) if i < 16 => n = n * 10 + d,
            _ => return (i > 6).then_some((&text[i..], n)),
        }
    }
    None
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
    }

    /// The first lines of text.
    fn lead(&self) -> impl Iterator<Item = usize> {
        (0..self.len())
            .filter(|i| matches!(self.frame.parts[*i], Part::Body) && matches!(self.looks[*i], Look::Prose | Look::Salutation | Look::Numbered))
            .take(6)
    }

    fn kind(&self) -> Kind {
        let congress = self.lead().take(3).map(|i| head(self.part(i), 100)).any(|part| CONGRESS.iter().any(|w| part.contains(w)));
        let titled = self.frame.title.map(|t| clean(&self.text[t.range()]));
        if let Some(kind) = self.frame.kind {
            let title = titled.unwrap_or_default();
            let lawful = title.contains("法治") || title.contains("依法");
            return match kind {
                Kind::WorkReport if lawful => Kind::AnnualReport,
                Kind::WorkReport if congress || !longer(&title, 20) || title.contains("年") => Kind::WorkReport,
                Kind::AnnualReport if congress && !lawful => Kind::WorkReport,
                Kind::Regulation if !self.has_articles() => Kind::Notice,
                kind => kind,
            };
        }
        if congress {
            return Kind::WorkReport;
        }
        let own = ["本办法", "本规定", "本条例", "本细则", "本规则", "本章程", "本法"];
        if self.has_articles() && (0..self.len()).take(60).any(|i| own.iter().any(|w| self.part(i).contains(w))) {
            return Kind::Regulation;
        }
        // Without a title: what the opening sentences and the last line say the text is.
        let lead: String = self.lead().map(|i| head(self.part(i), 1000)).collect();
        let last: String = (self.len().saturating_sub(8)..self.len()).map(|i| head(self.part(i), 130)).collect();
        let says = |words: &[&str]| words.iter().any(|w| lead.contains(w));
        if says(&["报告如下", "汇报如下", "总结如下"]) || last.contains("此报告") {
            Kind::AnnualReport
        } else if says(&["工作要点", "本要点", "本方案", "实施方案如下", "制定本计划"]) {
            Kind::WorkPlan
        } else if says(&["如下", "本措施", "本通知", "本政策", "以下意见", "以下措施"])
            || self.frame.metadata.iter().any(|m| m.key == MetadataKey::DocumentNumber)
        {
            Kind::Notice
        } else if lead.contains("年") && says(&["法治政府建设", "依法行政"]) && self.frame.parts.contains(&Part::Body) {
            Kind::AnnualReport
        } else if self.looks.contains(&Look::Numbered) || lead.starts_with('各') && head(&lead, 120).contains(['：', ':']) {
            Kind::Notice
        } else {
            Kind::Other
        }
    }

    fn has_articles(&self) -> bool {
        let article = |i: &usize| {
            // Markdown may stand before the marker.
            let bare = self.part(*i).trim_start_matches(['#', ' ', '*']);
            let marked = self.part(*i).starts_with(['#', '*']) && marker::marker(bare).is_ok_and(|(_, m)| m.style == MarkerStyle::Article);
            marked || self.line(*i).is_marked(MarkerStyle::Article)
        };
        (0..self.len()).filter(article).take(2).count() == 2
    }

    fn year(&self) -> Option<u16> {
        let kind = self.frame.kind?;
        let title = self.frame.title.map(|t| clean(&self.text[t.range()]));
        if let Some(year) = title.as_deref().and_then(|t| first_year(t, true)) {
            return Some(year);
        }
        let report = matches!(kind, Kind::AnnualReport | Kind::WorkReport);
        let signed = self.frame.date;
        match kind {
            Kind::WorkReport => {
                // A work report plans for a year: the heading of that part names it, or the congress meets in it.
                let heading = (0..self.len())
                    .filter(|i| matches!(self.looks[*i], Look::Numbered | Look::Short) && !self.line(*i).longer(40) && self.frame.parts[*i] == Part::Body)
                    // What looks back is followed by what looks ahead, to the year after.
                    .filter_map(|i| first_year(self.part(i), true).map(|y| if self.part(i).contains("回顾") { y + 1 } else { y }))
                    .max();
                heading.or(signed.map(|d| d.year))
            }
            Kind::AnnualReport => {
                let lead = |i: usize| without_titles(head(self.part(i), 300));
                // 2023年，全区… opens many a report; a year further on may be another's.
                let opening = self.lead().take(2).map(lead).find(|l| l.starts_with("20")).and_then(|l| first_year(head(&l, 20), report));
                // What is signed in spring reports on the year before.
                let from_date = signed.map(|d| if d.month <= 6 { d.year - 1 } else { d.year });
                opening.or(from_date).or_else(|| self.lead().take(4).find_map(|i| first_year(&lead(i), report)))
            }
            Kind::WorkPlan => self.lead().take(3).find_map(|i| first_year(&without_titles(head(self.part(i), 300)), true)).or(signed.map(|d| d.year)),
            Kind::Notice => {
                // A notice is for no year, unless it reports on what was done.
                let reports = self.lead().take(4).any(|i| head(self.part(i), 400).contains("情况通报如下")) || title.is_some_and(|t| t.ends_with("通报"));
                if reports { signed.map(|d| d.year) } else { None }
            }
            _ => None,
        }
    }
}

/// The first `max` characters.
fn head(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    text.char_indices().nth(max).map_or(text, |(at, _)| &text[..at])
}

/// The text without what stands in 《》: other documents' years and places are not this one's.
fn without_titles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = (depth - 1).max(0),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The text with half-width digits.
fn half_width(text: Cow<'_, str>) -> Cow<'_, str> {
    let wide = |c: char| ('０'..='９').contains(&c);
    if !text.contains(wide) {
        return text;
    }
    text.chars().map(|c| if wide(c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }).collect()
}

/// The first year named as one: 2023年. Not the first of two (2021—2025年), which is a period.
fn first_year(text: &str, alone: bool) -> Option<u16> {
    let text = &*half_width(Cow::Borrowed(text));
    let mut from = 0;
    while let Some(at) = text[from..].find(['1', '2']).map(|i| from + i) {
        let rest = &text[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let before = text[..at].chars().next_back();
        let joined = before.is_some_and(|c| c.is_ascii_digit() || alone && matches!(c, '-' | '—' | '－' | '~' | '至' | '〔' | '['));
        if digits == 4 && !joined && (rest.starts_with("20") || rest.starts_with("19")) {
            let after = skip_blank(&rest[4..]);
            if after.starts_with('年') && !after.starts_with("年以来") || after.starts_with("年度") {
                let since = after.starts_with("年以前");
                if !since {
                    return rest[..4].parse().ok();
                }
            }
        }
        from = at + digits;
    }
    None
}
