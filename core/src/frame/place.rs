//! The jurisdiction a document speaks for, as it writes the name: 济南市历下区.

use super::kind::head;
use super::look::Look;
use super::{Framer, HEAD_LINES, Part};
use crate::lexicon::{Words, entries, file, under};
use crate::scan::{Anchor, Class, bits};
use crate::{Kind, MetadataKey, Span};
use std::sync::LazyLock;

/// The words of `places.txt`.
struct Places {
    endings: Words,
    provinces: Words,
    acts: Words,
    before: Vec<&'static str>,
    not_in_name: Words,
    names: Words,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let all = entries(file!("../lexicon/places.txt"));
    Places {
        endings: under(&all, "ending"),
        provinces: under(&all, "province"),
        acts: under(&all, "acts"),
        before: all.iter().filter(|(h, _)| *h == "before").map(|(_, w)| *w).collect(),
        not_in_name: under(&all, "not in name"),
        // A single character would make a name of every word it begins.
        names: Words::new(all.iter().filter(|(h, w)| *h == "name" && w.len() > 3).map(|(_, w)| *w)),
    }
});

/// The name at the start of `text`; its length in bytes.
fn name_at(text: &str) -> Option<usize> {
    let mut end = 0;
    // 省, 市 and 县 may follow each other.
    while end < text.len() {
        let Some(len) = one_name(&text[end..]) else { break };
        end += len;
    }
    (end > 0).then_some(end)
}

fn one_name(text: &str) -> Option<usize> {
    let places = &*PLACES;
    let known = places.names.start(text);
    let window = &text[..text.floor_char_boundary(48)];
    let long = || window.contains(['治', '区']) && (window.contains("自治") || window.contains("开发区") || window.contains("新区"));
    for (chars, (at, c)) in text.char_indices().enumerate() {
        let ending = if chars > 0 && at >= known { places.endings.start_word(&text[at..]) } else { None };
        if let Some(ending) = ending {
            let end = at + ending.len();
            // 市场, 县域, 区域, 市民, 州内 … are words, not names.
            let next = text[end..].chars().next();
            let broken = ending.chars().count() == 1
                && next.is_some_and(|n| matches!(n, '场' | '域' | '民' | '级' | '内' | '外' | '间' | '容' | '值' | '别' | '分' | '块' | '位' | '直' | '属'));
            let usual = chars <= 3 || known > 0 || ending.chars().count() > 1 || long();
            let enough = usual && (chars >= 2 || known > 0 || ending == "县" || ending == "旗");
            if enough && !broken {
                return Some(end);
            }
        }
        let foreign = ending.is_none() && places.not_in_name.start(&text[at..]) > 0 || !is_han(c);
        // Names have two or three characters before their ending; transliterated and autonomous ones more.
        let too_long = chars >= 4 && (chars >= 11 || !long());
        if at >= known && (foreign || too_long) {
            return None;
        }
    }
    None
}

/// The first name in `text` at its start or, when `inside`, after a word that may introduce one.
fn name_in(text: &str, inside: bool) -> Option<(usize, usize)> {
    let lead = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '年' | '度' | ' ' | '　' | '“' | '《' | '\u{FEFF}'))
            .len();
    if let Some(len) = name_at(&text[lead..]) {
        return Some((lead, lead + len));
    }
    if !inside {
        return None;
    }
    let province = PLACES.provinces.start(&text[lead..]);
    if province > 0 {
        return Some((lead, lead + province));
    }
    let mut best: Option<(usize, usize)> = None;
    for word in &PLACES.before {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            if best.is_none_or(|(b, _)| from < b)
                && let Some(len) = name_at(&text[from..])
            {
                best = Some((from, from + len));
            }
        }
    }
    best
}

pub(super) fn find(framer: &Framer<'_>) -> Option<Span> {
    let place = |base: u32, text: &str, inside: bool| name_in(text, inside).map(|(from, to)| Span::new(base + from as u32, base + to as u32));
    let of = |span: Span, inside: bool| place(span.start, &framer.text[span.range()], inside);
    if let Some(found) = framer.frame.title.and_then(|t| of(t, true)) {
        return Some(found);
    }
    let keys = [MetadataKey::Issuer, MetadataKey::ResponsibleOffice, MetadataKey::Source];
    let mut issuers = keys.iter().flat_map(|k| framer.frame.metadata.iter().filter(move |m| m.key == *k));
    if let Some(found) = issuers.find_map(|m| of(m.value, false)) {
        return Some(found);
    }
    if let Some(found) = congress(framer) {
        return Some(found);
    }
    // A notice speaks to many places; a report or plan speaks of its own.
    if matches!(framer.frame.kind, Some(Kind::AnnualReport | Kind::WorkReport | Kind::WorkPlan))
        && let Some(found) = lead(framer)
    {
        return Some(found);
    }
    framer.frame.signature.and_then(|s| s.issuer).and_then(|s| of(s, false))
}

/// ——2026年1月26日在某某省第十四届人民代表大会第五次会议上
fn congress(framer: &Framer<'_>) -> Option<Span> {
    (0..framer.len().min(HEAD_LINES)).filter(|i| framer.looks[*i] != Look::Prose || !framer.line(*i).longer(60)).take(40).find_map(|i| {
        let part = framer.part(i);
        let at = part.find("人民代表大会").and_then(|end| part[..end].rfind('在'))? + '在'.len_utf8();
        let len = name_at(&part[at..])?;
        let base = framer.span(i).start;
        Some(Span::new(base + at as u32, base + (at + len) as u32))
    })
}

/// The subject of the lead's first sentences: after the year, or after a comma.
fn lead(framer: &Framer<'_>) -> Option<Span> {
    for i in 0..framer.len() {
        match (framer.frame.parts[i], framer.looks[i]) {
            (Part::Body, Look::Numbered) => break,
            (Part::Body, Look::Prose) => {}
            _ => continue,
        }
        let text = head(framer.part(i), 500);
        let base = framer.span(i).start;
        let named = |at: usize, spoken: bool| {
            let (a, b) = name_in(&text[at..], false)?;
            (spoken || PLACES.acts.start(&text[at + b..]) > 0).then(|| Span::new(base + (at + a) as u32, base + (at + b) as u32))
        };
        let found = match framer.lines.anchors(framer.line(i)) {
            Some(anchors) => at_clauses(text, anchors, named),
            None => at_clauses_of_noisy(text, named),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What a character does to the depth of brackets, and whether a clause begins behind it.
fn step(c: char, depth: i32) -> (i32, bool) {
    match c {
        '《' | '（' | '(' | '“' => (depth + 1, false),
        '》' | '）' | ')' | '”' => ((depth - 1).max(0), false),
        _ => (depth, matches!(c, '，' | '。' | ',' | '；' | ';' | '：' | ':')),
    }
}

/// Asks where a clause begins and behind 代表, outside brackets: whatever else matters here is an anchor.
fn at_clauses<T>(text: &str, anchors: &[Anchor], ask: impl Fn(usize, bool) -> Option<T>) -> Option<T> {
    let mut depth = 0;
    let mut spoken = text.match_indices("代表").map(|(at, word)| at + word.len()).filter(|at| *at < text.len()).peekable();
    if !text.is_empty()
        && let found @ Some(_) = ask(0, false)
    {
        return found;
    }
    let inside = anchors.partition_point(|a| (a.at as usize) < text.len());
    for anchor in &anchors[..inside] {
        let at = anchor.at as usize;
        while let Some(word) = spoken.next_if(|word| *word <= at) {
            if depth == 0
                && let found @ Some(_) = ask(word, true)
            {
                return found;
            }
        }
        if MATTER >> anchor.class as u64 & 1 == 0 {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let clause;
        (depth, clause) = step(c, depth);
        let past = at + c.len_utf8();
        if clause
            && depth == 0
            && past < text.len()
            && let found @ Some(_) = ask(past, false)
        {
            return found;
        }
    }
    if depth == 0 { spoken.find_map(|word| ask(word, true)) } else { None }
}

/// The anchors that open and close, and those that end a clause.
const MATTER: u64 = bits([
    Class::Open,
    Class::Close,
    Class::BookOpen,
    Class::BookClose,
    Class::QuoteOpen,
    Class::QuoteClose,
    Class::Comma,
    Class::Stop,
    Class::Semicolon,
    Class::Colon,
]);

/// As [`at_clauses`], in a line that has noise.
fn at_clauses_of_noisy<T>(text: &str, ask: impl Fn(usize, bool) -> Option<T>) -> Option<T> {
    let (mut depth, mut clause, mut last) = (0, true, ' ');
    for (at, c) in text.char_indices() {
        let spoken = last == '表' && text[..at].ends_with("代表");
        last = c;
        if depth == 0
            && (clause || spoken)
            && let found @ Some(_) = ask(at, spoken)
        {
            return found;
        }
        (depth, clause) = step(c, depth);
    }
    None
}

/// Whether a line begins with a jurisdiction's name.
pub(super) fn starts_with_name(line: &str) -> bool {
    name_in(line, false).is_some()
}

/// A Chinese character, those of old places' names included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
