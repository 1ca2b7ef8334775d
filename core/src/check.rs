//! What looks wrong with a document's structure.

use crate::lexicon::structure::cannot_end_line;
use crate::lexicon::{LEXICON, Words};
use crate::lines::Lines;
use crate::outline::Misnumbered;
use crate::scan::Class;
use crate::view::longer;
use crate::{Code, Diagnostic, Document, HeadingForm, Kind, Role, Span};

/// Adds the findings about structure: of the numbers that do not go on with their series those that the whole document bears out.
/// `unclosed` are brackets that were met and are not closed in their paragraph. Where the text has lost its line ends, lines prove
/// nothing.
pub(crate) fn structure(doc: &mut Document<'_>, misnumbered: &[Misnumbered], unclosed: Vec<Span>, lines: &Lines) {
    let (mut found, flattened) = (Vec::new(), lines.flattened);
    missing_roles(doc, flattened, &mut found);
    if !flattened {
        empty_sections(doc, &mut found);
    }
    unclosed_brackets(doc, unclosed, &mut found);
    injected_text(doc, lines, &mut found);
    truncated(doc, &mut found);
    no_body(doc, &mut found);
    if !flattened && !misnumbered.is_empty() && !quotes_laws(doc) {
        let mut row = 0;
        for number in misnumbered {
            row += doc.sections[row..].iter().take_while(|s| s.span.start < number.marker.start).count();
            if is_sure(doc, number, row) {
                found.push(told(number));
            }
        }
    }
    doc.diagnostics.append(&mut found);
}

/// A finding about a number in words.
fn told(number: &Misnumbered) -> Diagnostic {
    let Misnumbered { code, marker, expected, found, before } = *number;
    let (en, zh) = match code {
        Code::NumberingRepeat => (format!("number {found} stands twice in a row"), format!("序号{found}重复")),
        Code::NumberingBackward => (format!("the numbering steps back to {found}; {expected} was expected"), format!("序号倒退至{found}，应为{expected}")),
        _ => (format!("the numbering jumps to {found}; {expected} was expected"), format!("序号跳至{found}，应为{expected}")),
    };
    Diagnostic { related: before, ..Diagnostic::new(code, marker, en, zh) }
}

/// A gap of more numbers than this is more likely a marker that was misread.
const GAP_MAX: u32 = 3;

/// Whether a finding about a number, which the section in a row has, is beyond doubt: among siblings, not in a table, and the
/// missing number stands nowhere in the text between.
fn is_sure(doc: &Document<'_>, found: &Misnumbered, row: usize) -> bool {
    let Some((section, marker)) = doc.sections.get(row).and_then(|s| Some((s, s.marker?))).filter(|(_, m)| m.span == found.marker) else { return false };
    let in_table = doc.tables.iter().any(|t| t.span.start <= found.marker.start && found.marker.start < t.span.end);
    // The sibling before it, and the one before that, in their own numbers.
    let mut before = siblings_before(doc, row, section.parent, marker.style);
    let (Some(last), earlier) = (before.next(), before.next()) else { return false };
    let next = doc.sections.get(section.subtree_end as usize).filter(|s| s.parent == section.parent).and_then(|s| s.marker).filter(|m| m.style == marker.style);
    if in_table || doc.slice(Span::new(last.span.end, marker.span.start)).contains(['|', '\t']) {
        return false;
    }
    let number = |m: &crate::Marker| m.number;
    let outer = matches!(
        marker.style,
        crate::MarkerStyle::CnComma | crate::MarkerStyle::CnParen | crate::MarkerStyle::Chapter | crate::MarkerStyle::Division | crate::MarkerStyle::Article
    );
    match found.code {
        Code::NumberingGap => {
            let missing = last.number + 1..marker.number;
            let between = doc.slice(Span::new(last.span.end, marker.span.start));
            let near = (2..=GAP_MAX + 1).contains(&(marker.number.saturating_sub(last.number)));
            // One number that stands alone before the jump may be any number.
            let series = last.number > 1 || earlier.is_none() && last.number == 1;
            // A list that goes on, or ends one number on.
            let goes_on = next.map_or(marker.number == last.number + 2, |m| m.number == marker.number + 1);
            let words = marker.style != crate::MarkerStyle::Decimal;
            // 四、… 一、… 三、… 五、: the list between has its own numbers. After 三、 三、 the fault is told already.
            let known = || siblings_before(doc, row, section.parent, marker.style).any(|m| m.number + 1 == marker.number);
            let repeated = earlier.as_ref().map(number) == Some(last.number);
            near && !repeated
                && series
                && goes_on
                && words
                && missing.into_iter().all(|n| !stands_in(between, n, marker.style))
                && (outer || earlier.is_some())
                && !known()
        }
        Code::NumberingRepeat => outer && marker.number > 1 && earlier.as_ref().map(number) == Some(marker.number - 1) && last.number == marker.number,
        // 三、五、四: the one that was jumped over.
        Code::NumberingBackward => {
            outer
                && next.is_none_or(|m| m.number == last.number + 1)
                && last.number == marker.number + 1
                && earlier.as_ref().map(number) == marker.number.checked_sub(1)
        }
        _ => true,
    }
}

/// Whether a text quotes articles of laws here and there, 第六十二条 … 第十五条 …, with the numbers that they have there.
fn quotes_laws(doc: &Document<'_>) -> bool {
    let numbers: Vec<u32> = doc.sections.iter().filter_map(|s| s.marker).filter(|m| m.style == crate::MarkerStyle::Article).map(|m| m.number).collect();
    let leaps = numbers.windows(2).filter(|w| w[1] != w[0] + 1).count();
    leaps >= 3 && leaps * 3 > numbers.len()
}

/// The markers of one family in one parent, from the one before row `row` backwards; a few rows are looked at.
fn siblings_before<'d>(
    doc: &'d Document<'_>,
    row: usize,
    parent: Option<crate::SectionId>,
    style: crate::MarkerStyle,
) -> impl Iterator<Item = crate::Marker> + 'd {
    // Articles run on through the chapters.
    let any = style == crate::MarkerStyle::Article;
    let rows = doc.sections[..row].iter().rev().take(400).filter(move |s| s.parent == parent || any && s.marker.is_some_and(|m| m.style == style));
    rows.map_while(|s| s.marker).filter(move |m| m.style == style)
}

/// Whether a text has this number as a marker may write it, with whatever before it.
fn stands_in(text: &str, number: u32, style: crate::MarkerStyle) -> bool {
    let written = if matches!(style, crate::MarkerStyle::ArabicDot | crate::MarkerStyle::ArabicParen | crate::MarkerStyle::Decimal) {
        number.to_string()
    } else {
        spelled(number)
    };
    let ends: &[char] = match style {
        crate::MarkerStyle::CnParen | crate::MarkerStyle::ArabicParen => &[')', '）', '、'],
        crate::MarkerStyle::Chapter => &['章'],
        crate::MarkerStyle::Division => &['节'],
        crate::MarkerStyle::Article => &['条'],
        _ => &['、', '.', '．', '，', ',', '：', '。', '﹒', ' ', '\u{3000}', '\n'],
    };
    let after = |rest: &str| rest.is_empty() || rest.starts_with(ends) || rest.trim_start().starts_with(ends);
    text.match_indices(&*written).any(|(at, w)| after(&text[at + w.len()..]))
}

/// 1 → 一, 20 → 二十, 101 → 一百零一: as a marker spells it.
pub(crate) fn spelled(n: u32) -> String {
    let digit = |n: u32| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n as usize % 10];
    let (hundreds, tens, ones) = (n / 100 % 10, n / 10 % 10, n % 10);
    let hundred = if hundreds > 0 { "百" } else { "" };
    let ten = match (hundreds, tens) {
        (0, 0) => String::new(),
        (_, 0) if ones > 0 => "零".to_owned(),
        (_, 0) => String::new(),
        (0, 1) => "十".to_owned(),
        _ => format!("{}十", digit(tens)),
    };
    format!("{}{hundred}{ten}{}", digit(hundreds), digit(ones))
}

/// From this year on the rules prescribe the four parts.
const PRESCRIBED_SINCE: u16 = 2019;

/// A part that the rules prescribe: its role, its name, and words by which a text speaks of it that has no section for it.
fn prescribed() -> [(Role, &'static str, &'static str, &'static Words); 4] {
    let told = &LEXICON.prescribed;
    [
        (Role::Measures, "measures and results", "主要举措和成效", &told[0]),
        (Role::Shortcomings, "shortcomings and their causes", "存在的不足和原因", &told[1]),
        (Role::Leadership, "how the leaders met their duty", "党政主要负责人履行推进法治建设第一责任人职责情况", &told[2]),
        (Role::Plan, "plans for the coming year", "下一年度主要安排", &told[3]),
    ]
}

fn missing_roles(doc: &Document<'_>, flattened: bool, out: &mut Vec<Diagnostic>) {
    let Some(title) = doc.title else { return };
    let of_law = doc.clean(title).contains("法治政府") && doc.year.is_some_and(|y| y >= PRESCRIBED_SINCE);
    let outer = doc.sections.iter().filter(|s| s.parent.is_none()).count();
    if doc.kind() != Kind::AnnualReport || !of_law || outer < 2 || flattened {
        return;
    }
    for (role, en, zh, words) in prescribed() {
        let told = || words.find(doc.text()).is_some();
        if !doc.sections.iter().any(|s| s.role == role) && !told() {
            let message = format!("no section on {en}, which the rules on annual reports prescribe");
            out.push(Diagnostic::new(Code::MissingRole, title, message, format!("缺少“{zh}”部分")));
        }
    }
}

/// Headings with nothing under them, where their siblings have text.
fn empty_sections(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    // A paragraph's or table's section has text; so has whatever holds a child.
    let mut full = vec![false; doc.sections.len()];
    for paragraph in &doc.paragraphs {
        if let Some(id) = paragraph.section {
            full[id.index()] = true;
        }
    }
    for (i, section) in doc.sections.iter().enumerate() {
        full[i] |= section.subtree_end as usize > i + 1;
    }
    // 活动时间：9月29日 carries its text itself.
    let headed = |i: usize| doc.sections[i].heading.is_some_and(|h| h.form == HeadingForm::Block && !doc.slice(h.span).contains(['：', ':']));
    // Lists of things are headings by form and have no text; judged by level they betray themselves.
    let mut with_text = [0u32; 256];
    let mut without = [0u32; 256];
    for (i, section) in doc.sections.iter().enumerate() {
        let count = if full[i] { &mut with_text } else { &mut without };
        count[section.level as usize] += 1;
    }
    for (i, section) in doc.sections.iter().enumerate() {
        let level = section.level as usize;
        // Between siblings of consecutive numbers, both with text: the tree is sure here.
        let beside = |at: Option<usize>, step: i64| {
            let (other, own) = (at.and_then(|at| doc.sections.get(at)), section.marker);
            other.zip(own).is_some_and(|(o, own)| {
                o.parent == section.parent && o.marker.is_some_and(|m| m.style == own.style && i64::from(m.number) == i64::from(own.number) + step)
            })
        };
        let next = section.subtree_end as usize;
        let before = (0..i).rev().take(400).find(|j| doc.sections[*j].parent == section.parent);
        let nothing = doc.sections.get(next).is_some_and(|n| {
            let head = section.heading.map_or(section.span.end, |h| h.span.end);
            let between = doc.slice(Span::new(head, n.span.start.max(head)));
            !between.contains(crate::view::is_wordy) && !between.contains('|')
        });
        let short = section.heading.is_some_and(|h| !longer(doc.slice(h.span), 24) && !doc.slice(h.span).contains(['《', '，', ',', '。']));
        let sure = nothing && short && beside(Some(next), 1) && full.get(next) == Some(&true) && beside(before, -1) && before.is_some_and(|j| full[j]);
        if !sure {
            continue;
        }
        let Some(marker) = section.marker else { continue };
        let article =
            matches!(marker.style, crate::MarkerStyle::Chapter | crate::MarkerStyle::Division | crate::MarkerStyle::Part | crate::MarkerStyle::CnComma);
        if !full[i] && headed(i) && article && with_text[level] >= 2 && with_text[level] > 3 * without[level] {
            let span = section.heading.map_or(marker.span, |h| marker.span.to(h.span));
            out.push(Diagnostic::new(Code::EmptySection, span, "a heading with nothing under it", "标题下没有内容"));
        }
    }
}

/// More brackets without an end than this are damage to the whole text, or no text.
const OPEN_MAX: usize = 3;
/// So far, in bytes, a bracket may close below its paragraph.
const CLOSES_WITHIN: usize = 600;

/// Brackets that are opened in a sentence and closed neither in their paragraph nor some lines below. One finding a
/// paragraph says enough.
fn unclosed_brackets(doc: &Document<'_>, mut unclosed: Vec<Span>, out: &mut Vec<Diagnostic>) {
    // They are nearly in order.
    unclosed.sort();
    let mut found: Vec<(usize, Span)> = Vec::new();
    // A paragraph is looked at once, however many brackets are open in it.
    let mut looked: Option<(usize, bool)> = None;
    let mut row = 0;
    for span in unclosed {
        row += doc.paragraphs[row..].iter().take_while(|p| p.span.end <= span.start).count();
        let Some(paragraph) = doc.paragraphs.get(row).filter(|p| p.span.contains(span)) else { continue };
        let sentence = match looked {
            Some((last, is)) if last == row => is,
            _ => {
                let text = doc.slice(paragraph.span);
                longer(text, 12)
                    && text.trim_end().ends_with(['。', '；', ';', '！', '!', '：', ':'])
                    && !text.contains(['|', '{', '}', '\t'])
                    && !doc.tables.iter().any(|t| t.span.overlaps(paragraph.span))
            }
        };
        // One that is told is enough.
        let is_open = sentence && stays_open(&doc.text()[span.start as usize..]);
        looked = Some((row, sentence && !is_open));
        if is_open {
            found.push((row, span));
        }
    }
    if found.len() <= OPEN_MAX {
        out.extend(
            found.into_iter().map(|(_, span)| Diagnostic::new(Code::UnclosedBracket, span, "this bracket is not closed in its paragraph", "本段括号未闭合")),
        );
    }
}

/// Whether the bracket that a text begins with stays open.
fn stays_open(text: &str) -> bool {
    let Some(open) = text.chars().next() else { return false };
    let (opens, closes): (&[char], &[char]) = match open {
        // (2021]8号 inside the bracket is closed, if by another's partner.
        '（' | '(' => (&['（', '('], &['）', ')', ']', '］', '〕']),
        '《' => (&['《'], &['》']),
        // 〔2021）8号 is closed, if by another's partner.
        '〔' => (&['〔'], &['〕', ']', '］', '）', ')', '】']),
        // Not one of `MUST_CLOSE`.
        _ => return false,
    };
    let near = &text[..text.floor_char_boundary(CLOSES_WITHIN.min(text.len()))];
    let (mut depth, mut square) = (0u32, 0u32);
    for c in near.chars() {
        if opens.contains(&c) {
            depth += 1;
        } else if matches!(c, '[' | '［' | '〔') {
            square += 1;
        } else if square > 0 && matches!(c, ']' | '］' | '〕') {
            square -= 1;
        } else if closes.contains(&c) {
            depth -= 1;
            if depth == 0 {
                return false;
            }
        }
    }
    true
}

/// A text whose last paragraph ends where none can: after a comma, 的 or 和.
fn truncated(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    let Some(last) = doc.paragraphs.last() else { return };
    let text = doc.slice(last.span);
    let signed = doc.signature.is_some_and(|s| s.span.start > last.span.start);
    let row = doc.tables.last().is_some_and(|t| t.span.overlaps(last.span));
    if !signed && !row && longer(text, 30) && text.ends_with(cannot_end_line) && !text.ends_with(['《', '“']) {
        let place = Span::at(last.span.end);
        out.push(Diagnostic::new(Code::Truncated, place, "the text breaks off in mid-sentence", "文本在句中中断"));
    }
}

/// What a betting site offers, and no report: two words of the trade side by side, one of them of vice, in a sentence that
/// fights nothing.
fn offers(doc: &Document<'_>, lines: &Lines, out: &mut Vec<Diagnostic>) {
    /// So far around an offer another word is looked for, in bytes.
    const NEAR: usize = 60;
    let text = doc.text();
    let baited = lines.lines.iter().filter(|line| line.signs.has(Class::Bait)).map(|line| line.span.range());
    let in_line = |line: std::ops::Range<usize>| LEXICON.bait.all(&text[line.clone()]).map(move |(at, _)| line.start + at);
    let mut last_end = 0;
    for at in baited.flat_map(in_line) {
        if at < last_end || !stands_in_body(doc, at as u32) {
            continue;
        }
        let from = text.floor_char_boundary(at.saturating_sub(NEAR));
        let to = text.ceil_char_boundary((at + NEAR).min(text.len()));
        let from = text[from..at].rfind(['\n', '。']).map_or(from, |i| from + i + text[from + i..].chars().next().map_or(1, char::len_utf8));
        let to = text[at..to].find(['\n', '。']).map_or(to, |i| at + i);
        let window = &text[from..to];
        let vice = LEXICON.vice.iter().any(|w| window.contains(w));
        if !vice || LEXICON.fought.find(window).is_some() {
            continue;
        }
        let words: Vec<_> = spam(window).map(|(start, end)| (from + start, from + end)).collect();
        let (Some(start), Some(end)) = (words.iter().map(|w| w.0).min(), words.iter().map(|w| w.1).max()) else { continue };
        // Words that overlap are one.
        let apart = words.iter().any(|a| words.iter().any(|b| a.1 <= b.0));
        if apart && start >= last_end {
            out.push(Diagnostic::new(Code::InjectedText, Span::from(start..end), "advertising was planted inside this sentence", "句中被植入广告文字"));
            last_end = end;
        }
    }
}

/// Whether a place lies in what the document says: in a paragraph or a heading.
fn stands_in_body(doc: &Document<'_>, at: u32) -> bool {
    let paragraph = doc.paragraphs.get(doc.paragraphs.partition_point(|p| p.span.end <= at)).is_some_and(|p| p.span.start <= at);
    let section = doc.sections.partition_point(|s| s.span.start <= at).checked_sub(1).map(|i| &doc.sections[i]);
    paragraph || section.and_then(|s| s.heading).is_some_and(|h| h.span.start <= at && at < h.span.end)
}

/// A title, a header, a page's navigation, and no text: the text is in a picture, in another file, or was never there.
fn no_body(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    let read = !doc.paragraphs.is_empty() || !doc.sections.is_empty() || !doc.items.is_empty() || !doc.tables.is_empty();
    let text = doc.text();
    let Some(first) = text.find(|c| !crate::view::is_blank(c)) else { return };
    if !read {
        let at = doc.title.unwrap_or(Span::at(first as u32));
        out.push(Diagnostic::new(Code::NoBody, Span::at(at.end), "there is no text under the title or header", "标题或文件头之下没有正文"));
    }
}

/// Advertising planted inside a sentence: a word of betting or dating sites beside a sign that no report has.
fn injected_text(doc: &Document<'_>, lines: &Lines, out: &mut Vec<Diagnostic>) {
    let text = doc.text();
    let before = out.len();
    offers(doc, lines, out);
    // In order, and none inside another.
    let offered: Vec<Span> = out[before..].iter().map(|d| d.span).collect();
    let bytes = text.as_bytes();
    let mut last_end = 0;
    let mut clauses = Clauses::new(text);
    for at in memchr::memchr3_iter(b'_', b'@', 0xC2, bytes) {
        // ¥ is C2 A5; of the others the one byte is the sign.
        if at < last_end || bytes[at] == 0xC2 && bytes.get(at + 1) != Some(&0xA5) {
            continue;
        }
        // Inside a word of Latin script it is a file name or an address.
        let latin = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        if latin(at.checked_sub(1)) && latin(Some(at + 1)) {
            continue;
        }
        if !stands_in_body(doc, at as u32) {
            continue;
        }
        let Some((start, end)) = clauses.words(at) else { continue };
        let from = clauses.from;
        // A name stands before the sign: 某某体育_….
        let name = text[from..at].char_indices().rev().take(4).last().map_or(at, |(i, _)| from + i);
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        let span = Span::from(start.min(name)..end.max(at + sign));
        if offered.get(offered.partition_point(|o| o.end <= span.start)).is_some_and(|o| o.start < span.end) {
            continue;
        }
        out.push(Diagnostic::new(Code::InjectedText, span, "advertising was planted inside this sentence", "句中被植入广告文字"));
        last_end = span.end as usize;
    }
}

/// The words of advertising around signs that are asked for in order. Windows of signs that stand close overlap: each place
/// is looked at once.
struct Clauses<'t> {
    text: &'t str,
    /// Where the clause of the last sign begins, or its window.
    from: usize,
    /// Up to where the ends of clauses before a sign, behind one, and words have been looked for.
    looked: [usize; 3],
    /// The next end of a clause, where one was found.
    edge: Option<usize>,
    /// The words found, in order.
    words: Vec<(usize, usize)>,
}

impl<'t> Clauses<'t> {
    /// How far around a sign its clause is looked at, in bytes.
    const NEAR: usize = 45;

    fn new(text: &'t str) -> Self {
        Self { text, from: 0, looked: [0; 3], edge: None, words: Vec::new() }
    }

    /// From the first to the last word in the clause of the sign at `at`.
    fn words(&mut self, at: usize) -> Option<(usize, usize)> {
        let text = self.text;
        let clause = |c: char| matches!(c, '\n' | '。' | '，' | ',');
        let [before, behind, read] = self.looked;
        let near = text.floor_char_boundary(at.saturating_sub(Self::NEAR));
        let begin = near.max(before);
        let begins = text[begin..at].rfind(clause).map(|i| begin + i + text[begin + i..].chars().next().map_or(1, char::len_utf8));
        self.from = begins.unwrap_or(self.from.max(near));
        let far = text.ceil_char_boundary((at + Self::NEAR).min(text.len()));
        if self.edge.is_none_or(|edge| edge < at) {
            let on = at.max(behind).min(far);
            self.edge = text[on..far].find(clause).map(|i| on + i);
        }
        let to = self.edge.map_or(far, |edge| edge.min(far));
        let begin = self.from.max(read).min(to);
        let starts = text[begin..to].char_indices().map(|(i, _)| begin + i);
        self.words.extend(starts.filter_map(|at| Some((at, at + LEXICON.advertising.start_word(&text[at..])?.len()))));
        self.looked = [at, self.edge.unwrap_or(far), to.max(read)];
        let words = &self.words[self.words.partition_point(|w| w.0 < self.from)..];
        // Of one that reaches beyond the window another may stand in it.
        let inside = |(start, end): (usize, usize)| if end <= to { Some(end) } else { Some(start + LEXICON.advertising.start_word(&text[start..to])?.len()) };
        let words = words.iter().take_while(|w| w.0 < to).filter_map(|w| Some((w.0, inside(*w)?)));
        words.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// The words of advertising in a window.
fn spam(window: &str) -> impl Iterator<Item = (usize, usize)> {
    window.char_indices().filter_map(|(at, _)| Some((at, at + LEXICON.advertising.start_word(&window[at..])?.len())))
}

#[cfg(test)]
mod tests {
    use super::spelled;
    use crate::lexicon::{entries, file, listed};
    use crate::scan::{Class, look};

    #[test]
    fn a_look_at_a_line_shows_every_bait() {
        for word in listed(&entries(file!("lexicon/checks.txt")), "bait") {
            assert!(look(word, &mut Vec::new()).has(Class::Bait), "{word}");
        }
    }

    #[test]
    fn numbers_as_markers_spell_them() {
        assert_eq!([1, 10, 12, 20, 35, 100, 101, 110, 115].map(spelled), ["一", "十", "十二", "二十", "三十五", "一百", "一百零一", "一百一十", "一百一十五"]);
    }
}
