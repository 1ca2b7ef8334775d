//! What looks wrong with a document's structure.

use crate::lexicon::structure::{CANNOT_END_LINE, SPAM};
use crate::view::longer;
use crate::{Code, Diagnostic, Document, HeadingForm, Kind, ParagraphId, Role, Span};

/// Adds the findings about structure; `unclosed` are brackets, met on the way.
pub(crate) fn structure(doc: &mut Document<'_>, unclosed: &[(ParagraphId, Span)]) {
    let mut found = Vec::new();
    missing_roles(doc, &mut found);
    empty_sections(doc, &mut found);
    unclosed_brackets(doc, unclosed, &mut found);
    injected_text(doc, &mut found);
    truncated(doc, &mut found);
    no_body(doc, &mut found);
    doc.diagnostics.append(&mut found);
}

/// The four parts that the national rules on rule-of-law reports prescribe.
const PRESCRIBED: [(Role, &str, &str); 4] = [
    (Role::Measures, "measures and results", "主要举措和成效"),
    (Role::Shortcomings, "shortcomings and their causes", "存在的不足和原因"),
    (Role::Leadership, "how the leaders met their duty", "党政主要负责人履行推进法治建设第一责任人职责情况"),
    (Role::Plan, "plans for the coming year", "下一年度主要安排"),
];

fn missing_roles(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    let of_law = doc.title.is_none_or(|t| doc.clean(t).contains("法治") || doc.clean(t).contains("依法行政"));
    let outer = doc.sections.iter().filter(|s| s.parent.is_none()).count();
    if doc.kind() != Kind::AnnualReport || !of_law || outer < 2 {
        return;
    }
    let at = doc.title.unwrap_or_else(|| Span::at(doc.sections[0].span.start));
    for (role, en, zh) in PRESCRIBED {
        if !doc.sections.iter().any(|s| s.role == role) {
            let message = format!("no section on {en}, which the rules on annual reports prescribe");
            out.push(Diagnostic::new(Code::MissingRole, at, message, format!("缺少“{zh}”部分")));
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
        let article = matches!(
            section.marker.style,
            crate::MarkerStyle::Chapter | crate::MarkerStyle::Division | crate::MarkerStyle::Part | crate::MarkerStyle::CnComma | crate::MarkerStyle::CnParen
        );
        if !full[i] && headed(i) && article && with_text[level] >= 2 && with_text[level] > 3 * without[level] {
            let span = section.heading.map_or(section.marker.span, |h| section.marker.span.to(h.span));
            out.push(Diagnostic::new(Code::EmptySection, span, "a heading with nothing under it", "标题下没有内容"));
        }
    }
}

/// Brackets that are opened and not closed in their paragraph. One finding a paragraph says enough.
fn unclosed_brackets(doc: &Document<'_>, unclosed: &[(ParagraphId, Span)], out: &mut Vec<Diagnostic>) {
    if unclosed.is_empty() {
        return;
    }
    // Those that reading the facts has met already.
    let mut known: Vec<u32> = doc.diagnostics.iter().filter(|d| d.code == Code::UnclosedBracket).map(|d| d.span.start).collect();
    known.sort_unstable();
    for (paragraph, bracket) in unclosed {
        let span = doc.paragraphs[paragraph.index()].span;
        let reported = known.get(known.partition_point(|k| *k < span.start));
        if reported.is_none_or(|k| *k >= span.end) {
            out.push(Diagnostic::new(Code::UnclosedBracket, *bracket, "this bracket is not closed in its paragraph", "本段括号未闭合"));
        }
    }
}

/// A text whose last paragraph ends where none can: after a comma, 的 or 和.
fn truncated(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    let Some(last) = doc.paragraphs.last() else { return };
    let text = doc.slice(last.span);
    let signed = doc.signature.is_some_and(|s| s.span.start > last.span.start);
    let row = doc.tables.last().is_some_and(|t| t.span.overlaps(last.span));
    if !signed && !row && longer(text, 30) && text.ends_with(CANNOT_END_LINE) && !text.ends_with(['《', '“']) {
        let place = Span::at(last.span.end);
        out.push(Diagnostic::new(Code::Truncated, place, "the text breaks off in mid-sentence", "文本在句中中断"));
    }
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
fn injected_text(doc: &Document<'_>, out: &mut Vec<Diagnostic>) {
    let text = doc.text();
    let bytes = text.as_bytes();
    let mut last_end = 0;
    let mut paragraphs = doc.paragraphs.iter().peekable();
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
        while paragraphs.next_if(|p| p.span.end as usize <= at).is_some() {}
        if paragraphs.peek().is_none_or(|p| p.span.start as usize > at) {
            continue;
        }
        let clause = |c: char| matches!(c, '\n' | '。' | '，' | ',');
        let near = text.floor_char_boundary(at.saturating_sub(45));
        let from = text[near..at].rfind(clause).map_or(near, |i| near + i + text[near + i..].chars().next().map_or(1, char::len_utf8));
        let far = text.ceil_char_boundary((at + 45).min(text.len()));
        let to = text[at..far].find(clause).map_or(far, |i| at + i);
        let window = &text[from..to];
        let words = spam(window).map(|(start, end)| (from + start, from + end));
        let Some((start, end)) = words.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { continue };
        // A name stands before the sign: 某某体育_….
        let name = text[from..at].char_indices().rev().take(4).last().map_or(at, |(i, _)| from + i);
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        let span = Span::from(start.min(name)..end.max(at + sign));
        out.push(Diagnostic::new(Code::InjectedText, span, "advertising was planted inside this sentence", "句中被植入广告文字"));
        last_end = span.end as usize;
    }
}

/// The words of advertising in a window. A window without one, which is nearly every one, costs a look at each byte.
fn spam(window: &str) -> impl Iterator<Item = (usize, usize)> {
    // The third byte tells more than the first: Chinese characters share six of those.
    const THIRD: [bool; 256] = {
        let mut is = [false; 256];
        let mut i = 0;
        while i < SPAM.len() {
            is[SPAM[i].as_bytes()[2] as usize] = true;
            i += 1;
        }
        is
    };
    let bytes = window.as_bytes();
    let places = (0..bytes.len().saturating_sub(2)).filter(|i| THIRD[usize::from(bytes[i + 2])]);
    places.flat_map(move |i| SPAM.iter().filter(move |w| bytes[i..].starts_with(w.as_bytes())).map(move |w| (i, i + w.len())))
}
