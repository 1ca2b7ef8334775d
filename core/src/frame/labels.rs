//! Header entries: 索引号：… in a line, or in the cells of a table.

use super::dates::{self, loose_date};
use crate::lexicon::frame::HEAD;
use crate::lexicon::genre;
use crate::lexicon::structure::{FURNITURE_LABELS, LABEL_MAX, LABELS, label_key};
use crate::view::{clean, is_digit, longer, skip_blank, trim};
use crate::{Metadata, MetadataKey, Span};

/// A label of a table whose value stands in the next cell, on another line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) key: MetadataKey,
    label: Span,
    /// Whether it stands in a table's cell.
    pub(super) tabular: bool,
}

impl Open {
    /// Whether a line without a label below this one may be its value.
    fn takes(self, part: &str) -> bool {
        if longer(part, 48) || part.ends_with(['：', ':', '。']) {
            return false;
        }
        let bare = clean(part);
        match self.key {
            MetadataKey::WrittenDate | MetadataKey::PublishedDate => loose_date(&bare).is_some(),
            MetadataKey::DocumentNumber => HEAD.numbered.find(&bare).is_some(),
            MetadataKey::IndexNumber => bare.contains(is_digit) && !bare.contains(['年', '，', ',']),
            MetadataKey::Disclosure => HEAD.disclosed.find(&bare).is_some(),
            MetadataKey::Validity => !longer(&bare, 8) && HEAD.valid.find(&bare).is_some(),
            MetadataKey::Editor => !longer(&bare, 8) && !bare.contains(|c: char| c.is_ascii()),
            MetadataKey::Issuer | MetadataKey::ResponsibleOffice | MetadataKey::Source | MetadataKey::Topic => {
                // 分类： / 统计公报: a page may class its documents by what they are.
                let class = self.key == MetadataKey::Topic && !longer(&bare, 6);
                (class || genre::kind(&bare).is_none()) && !bare.contains(['，', ',', '；', ';', '>']) && HEAD.attached.start(&bare) == 0
            }
            // 统一编号： ⏎ SS0320210007, 失效日期： ⏎ 2023年6月1日
            MetadataKey::Other => loose_date(&bare).is_some() || bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
        }
    }

    /// Takes the line below as its value.
    pub(super) fn close(self, part: &str, base: u32, out: &mut Vec<Metadata>) -> bool {
        let takes = self.takes(part);
        if takes {
            push(self.key, self.label, Span::new(base, base + part.len() as u32), part, out);
        }
        takes
    }
}

/// The key of a label, written with or without blanks between its characters.
fn key(label: &str) -> Option<MetadataKey> {
    if label.is_empty() || label.len() > LABEL_MAX {
        return None;
    }
    label_key(&clean(label))
}

/// Whether a label heads an entry that a reader would keep.
fn kept(label: &str) -> bool {
    !FURNITURE_LABELS.contains(&clean(label).as_ref())
}

/// A label with its colon at the start of `text`: the key, and where label and colon end.
fn labelled(text: &str) -> Option<(MetadataKey, usize, usize)> {
    let window = &text[..text.floor_char_boundary(LABEL_MAX)];
    let (colon, c) = window.char_indices().find(|(_, c)| matches!(c, '：' | ':'))?;
    let label = crate::view::trim_blank_end(&window[..colon]);
    Some((key(label)?, label.len(), colon + c.len_utf8()))
}

/// Where the entries of a line begin: behind an opening bracket, or behind a button that stands before them,
/// 【我要纠错】责任编辑：….
fn start(part: &str) -> usize {
    let inner = part.trim_start_matches(['[', '【', '（', '(']);
    let button = || part.starts_with(['[', '【']).then(|| part.find([']', '】'])).flatten().map(|at| skip_blank(part[at..].trim_start_matches([']', '】'])));
    let head = match labelled(inner) {
        None => button().filter(|rest| labelled(rest).is_some()).unwrap_or(inner),
        Some(_) => inner,
    };
    part.len() - head.len()
}

/// Whether a sentence is a series of header entries: 发布机构：…；文号：…；生成日期：….
pub(super) fn is_series(part: &str) -> bool {
    let Some((_, _, colon)) = labelled(part) else { return false };
    next_label(&part[colon..]).is_some()
}

/// Whether a line's first entry is one that a page has below each of its texts: source or editor.
pub(super) fn is_of_page(part: &str) -> bool {
    labelled(&part[start(part)..]).is_some_and(|(key, ..)| matches!(key, MetadataKey::Editor | MetadataKey::Source))
}

/// Whether a line says how the document is made public, and nothing else: （公开方式：主动公开）.
pub(super) fn discloses(part: &str) -> bool {
    let head = &part[start(part)..];
    !longer(part, 16) && labelled(head).is_some_and(|(key, _, colon)| key == MetadataKey::Disclosure && HEAD.disclosed.find(&head[colon..]).is_some())
}

/// Whether a line is a label that a page keeps with the text rather than something that may be said in it.
pub(super) fn is_telling(part: &str) -> bool {
    let head = &part[start(part)..];
    labelled(head).is_some_and(|(key, label, _)| key != MetadataKey::Other && !HEAD.general_label.contains(&clean(&head[..label]).as_ref()))
}

/// A line of a page that begins with when it was put there: 2024-03-05 08:30, 松石门户网 2024年3月5日 来源：….
///
/// Documents write no time of day, so one tells; without it a label must follow. Where date and time stand, and what follows.
fn stamp(part: &str) -> Option<(Span, usize)> {
    let at = part.find(is_digit).filter(|at| part.len() - at >= dates::SHORTEST)?;
    let site = &part[..at];
    let (_, len) =
        loose_date(&part[at..]).filter(|_| !longer(site, SITE) && !site.contains(['：', ':', '，', ',', '、', '自', '至', '于', '第', '（', '(', '在']))?;
    let time = time_len(&part[at + len..]);
    let end = at + len + time;
    let rest = skip_blank(&part[end..]);
    let follows = labelled(rest).is_some() || time > 0 && (rest.is_empty() || rest.starts_with('【') || HEAD.dated.start(rest) > 0);
    follows.then(|| (Span::from(at..end), part.len() - rest.len()))
}

/// The name of a site before a date has at most so many characters.
const SITE: usize = 40;

/// Whether a line begins with when a page put it there.
pub(super) fn is_stamped(part: &str) -> bool {
    stamp(part).is_some()
}

/// The date of a page that stands on a line of its own.
pub(super) fn stamp_alone(part: &str, span: Span, out: &mut Vec<Metadata>) {
    push(MetadataKey::PublishedDate, Span::at(span.start), span, part, out);
}

/// Whether a line has header entries.
pub(super) fn has_label(part: &str) -> bool {
    let head = &part[start(part)..];
    let mut at = 0;
    while let Some((_, label, colon)) = labelled(&head[at..]) {
        if kept(&head[at..at + label]) {
            return true;
        }
        match next_label(&head[at + colon..]) {
            Some(next) => at += colon + next,
            None => return false,
        }
    }
    part.contains('|') && part.split('|').filter(|cell| key(skip_blank(cell)).is_some() || labelled(skip_blank(cell)).is_some()).count() >= 2
}

/// Whether a line has an entry that only a document's header has: 索引号, 发文机关, ….
pub(super) fn names_document(part: &str) -> bool {
    let head = part.trim_start_matches(['[', '【', '（', '(']);
    let telling = |key: MetadataKey| !matches!(key, MetadataKey::Other | MetadataKey::PublishedDate | MetadataKey::Source | MetadataKey::Editor);
    labelled(head).is_some_and(|(key, ..)| telling(key)) || part.split('|').any(|cell| key(skip_blank(cell)).is_some_and(telling))
}

/// Reads the entries of a line; returns a label that still waits for its value.
pub(super) fn read(part: &str, base: u32, open: Option<Open>, out: &mut Vec<Metadata>) -> Option<Open> {
    let mut open = open;
    let tabular = part.contains('|');
    let mut at = 0;
    for cell in part.split('|') {
        let span = trim(part, Span::from(at..at + cell.len()));
        at += cell.len() + 1;
        if span.is_empty() {
            // seed of an empty cell: the label before it has no value, unless the row goes on below.
            if tabular && at <= part.len() {
                open = None;
            }
            continue;
        }
        let text = &part[span.range()];
        if text.chars().all(|c| matches!(c, '-' | ':' | ' ')) {
            continue;
        }
        if let Some(key) = key(text).filter(|_| tabular) {
            open = Some(Open { key, label: shift(span, base), tabular });
            continue;
        }
        if labelled(&text[start(text)..]).is_some() {
            open = entries(text, base + span.start, tabular, out);
            continue;
        }
        if let Some((when, rest)) = stamp(text).filter(|_| !tabular) {
            let base = base + span.start;
            push(MetadataKey::PublishedDate, Span::at(base + when.start), shift(when, base), &text[when.range()], out);
            // 松石发布2024-03-05 08:30发表于松石
            let site = trim(text, Span::from(0..when.start as usize));
            if HEAD.dated.start(&text[rest..]) > 0 && labelled(&text[rest..]).is_none() && !site.is_empty() {
                push(MetadataKey::Source, Span::at(base + site.start), shift(site, base), &text[site.range()], out);
            }
            open = entries(&text[rest..], base + rest as u32, tabular, out);
            continue;
        }
        if let Some(Open { key, label, .. }) = open.take() {
            push(key, label, shift(span, base), text, out);
        }
    }
    open
}

fn shift(span: Span, base: u32) -> Span {
    Span::new(span.start + base, span.end + base)
}

fn push(key: MetadataKey, label: Span, value: Span, text: &str, out: &mut Vec<Metadata>) {
    let bare = clean(text);
    let dated = matches!(key, MetadataKey::WrittenDate | MetadataKey::PublishedDate) || loose_date(&bare).is_some_and(|(_, n)| n == bare.len());
    let date = loose_date(&bare).map(|(date, _)| date).filter(|_| dated);
    // Two ways of reading a line may meet the same entry.
    if out.iter().rev().take(64).any(|m| m.value == value) {
        return;
    }
    out.push(Metadata { key, label, value, date, span: label.to(value) });
}

/// Several entries in one cell or line: 索引号：… 公开方式：…
fn entries(text: &str, base: u32, tabular: bool, out: &mut Vec<Metadata>) -> Option<Open> {
    let mut at = start(text);
    let mut glued = false;
    while let Some((key, label_len, colon)) = labelled(&text[at..]) {
        let label = Span::from(at..at + label_len);
        let from = at + colon;
        let next = next_label(&text[from..]).map(|n| from + n);
        let mut value = trim(text, Span::from(from..next.unwrap_or(text.len())));
        // On a line that lost its breaks a date is followed by whatever came next.
        let mut next = next;
        if matches!(key, MetadataKey::WrittenDate | MetadataKey::PublishedDate)
            && let Some((_, len)) = loose_date(&text[value.range()])
        {
            value.end = value.start + (len + time_len(&text[value.start as usize + len..value.end as usize])) as u32;
            let end = text.len() - skip_blank(&text[value.end as usize..]).len();
            if labelled(&text[end..]).is_some() {
                (next, glued) = (Some(end), true);
            }
        }
        // 来源：某局字号：大中小: once entries have run together, the next label tells where a value ends. A long one
        // tells that they have: 来源：某网发布日期：2024-05-06.
        let inner = &text[from..next.unwrap_or(text.len())];
        if let Some((at, len)) = glued_label(inner)
            && (glued || len >= 4 * '日'.len_utf8())
        {
            glued = true;
            next = Some(from + at);
            value = trim(text, Span::from(from..from + at));
        }
        // Entries of one sentence are parted by ；.
        let written = &text[value.range()];
        value.end = value.start + written.trim_end_matches(['；', ';', '，', ',', '。']).len() as u32;
        let written = &text[value.range()];
        if next.is_none() {
            let closed = written.trim_end_matches([']', '】']);
            value.end = value.start + crate::view::trim_blank_end(closed).len() as u32;
            if written.ends_with(['）', ')']) && !written.contains(['（', '(']) {
                value.end -= written.chars().next_back().map_or(0, char::len_utf8) as u32;
            }
        }
        let written = &text[value.range()];
        if !written.is_empty() && kept(&text[label.range()]) {
            push(key, shift(label, base), shift(value, base), written, out);
        } else if written.is_empty() && next.is_none() {
            return Some(Open { key, label: shift(label, base), tabular });
        }
        match next {
            // 字体：【大 中 小】 来源：…
            Some(next) => at = next + start(&text[next..]),
            None => break,
        }
    }
    None
}

/// Where the first known label with its colon begins inside a text, and its length.
fn glued_label(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['：', ':']).find_map(|(colon, _)| {
        let before = &text[..colon];
        let longest = LABELS.iter().filter(|(word, _)| before.ends_with(word)).map(|(word, _)| word.len()).max()?;
        (longest < colon).then_some((colon - longest, longest))
    })
}

/// The length of a time of day after a date: ` 09:49`, ` 10:30:05`, ` 07时41分`.
fn time_len(text: &str) -> usize {
    let rest = skip_blank(text);
    let after = rest.trim_start_matches(|c| is_digit(c) || matches!(c, ':' | '：'));
    let time = &rest[..rest.len() - after.len()];
    if longer(time, 3) && time.contains([':', '：']) {
        return text.len() - after.len();
    }
    let minutes = after.strip_prefix('时').filter(|_| !time.is_empty() && !longer(time, 2));
    let minutes = minutes.and_then(|m| m.split_once('分')).filter(|(m, _)| m.chars().count() == 2 && m.chars().all(is_digit));
    minutes.map_or(0, |(_, after)| text.len() - after.len())
}

/// Where the next label of the line begins: after a blank, a known label and a colon.
fn next_label(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let found = text[from..].find(|c: char| crate::view::is_blank(c) || matches!(c, '【' | '[' | '】' | ']' | '；' | ';' | '，' | ','))?;
        let at = from + found;
        let rest = &text[at..];
        let step = crate::view::blank_len(rest).max(rest.chars().next().map_or(1, char::len_utf8));
        let after = skip_blank(&rest[step..]);
        let place = text.len() - after.len();
        // 【字号：大 中 小】 and a label unknown to the lexicon end a value too.
        if rest.starts_with('【') {
            return Some(at);
        }
        if labelled(after).is_some() {
            return Some(place);
        }
        from = at + step;
    }
}
