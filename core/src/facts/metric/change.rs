//! From one number to another, and numbers that are themselves a change.

use super::around::{Clause, ago, next};
use super::{Finder, Reading};
use crate::lexicon::words::{Is, VOCABULARY, on};
use crate::lexicon::{DONE, LEXICON, Words};
use crate::scan::{Class, backwards, class};
use crate::{Change, ChangeKind, Dimension};

/// How far the first number of a change stands before the second, in bytes.
const GAP: usize = 72;

/// The change that a number states or completes; and where it completes one, which of the numbers found it starts from.
pub(super) fn read(finder: &Finder<'_, '_>, clause: Clause, start: usize, reading: &Reading<'_>) -> (Option<Change>, Option<usize>) {
    if let Some(row) = dealt(finder, start, reading).or_else(|| turned(finder, start, reading)) {
        let from = Some(finder.found[row].value);
        return (Some(Change { kind: ChangeKind::FromTo, from, to: Some(reading.amount.value), basis: None }), Some(row));
    }
    (by(finder, clause.start, start, reading), None)
}

/// Of 分别从45%、30%提高到52%、38% where the 38% starts from: the number after the one that 52% started from.
fn dealt(finder: &Finder<'_, '_>, start: usize, reading: &Reading<'_>) -> Option<usize> {
    let next = finder.turned_from.filter(|_| on("change dealt out"))? + 1;
    let last = finder.found.len() - 1;
    let of_list = next < last && joins(&finder.text[finder.found[next - 1].end..finder.found[next].start]);
    (of_list && finder.found[next].dimension == reading.dimension && joins(&finder.text[finder.found[last].end..start])).then_some(next)
}

/// The first number of the list that ends with the last one, where 分别 deals the list out.
fn listed(finder: &Finder<'_, '_>, start: usize) -> usize {
    let (found, text) = (&finder.found, finder.text);
    let last = found.len() - 1;
    let first = (1..=last).rev().take_while(|i| found[*i].dimension == found[last].dimension && joins(&text[found[i - 1].end..found[*i].start])).last();
    let Some(first) = first.map(|i| i - 1) else { return last };
    let before = &text[finder.sentence.max(text.floor_char_boundary(found[first].start.saturating_sub(GAP)))..start];
    let of_clause = before.rfind(['，', ',', '；', ';']).map_or(before, |at| &before[at..]);
    if on("change of a list") && finder.lexicon.amounts.dealt.any(of_clause) { first } else { last }
}

/// What joins two numbers of a list.
pub(super) fn joins(between: &str) -> bool {
    LEXICON.amounts.joins.has(between)
}

/// The first number of 由80天缩短至30天.
fn turned(finder: &Finder<'_, '_>, start: usize, reading: &Reading<'_>) -> Option<usize> {
    let text = finder.text;
    let from = finder.found.last().filter(|f| f.sentence as usize == finder.sentence && start - f.end <= GAP)?;
    if !on("change from one to another") || finder.change.is_some() || from.dimension != reading.dimension {
        return None;
    }
    let between = &text[from.end..start];
    let mut turns = finder.lexicon.turn.all(between).peekable();
    turns.peek()?;
    let opened = || opened(text, from.start);
    // Both numbers in one clause; a list in between needs the 由 that opens the change.
    let mut split = false;
    for c in between.chars() {
        match class(c) {
            Class::Stop | Class::Semicolon | Class::Colon => return None,
            Class::Comma | Class::Pause => split = true,
            _ => {}
        }
    }
    if split && !opened() {
        return None;
    }
    // The verb, and after it what it leads to: 缩短至, 调整为, 提高到, 合并成.
    for (i, verb) in turns {
        let rest = &between[i + verb.len()..];
        let led = rest.strip_prefix(DONE).unwrap_or(rest);
        let to = &finder.lexicon.changes.to;
        let inside = verb.chars().nth(1).is_some() && to.end(verb) > 0;
        let whole = !led.contains(|c| class(c) == Class::Comma);
        if whole && (inside || to.start(led) > 0) {
            // 由 may be far (由原来的17个子项调整为5个): the verb right behind the number does as well.
            // 24项措施调整增加为30项: and so does the noun between.
            let close = i == 0 || opened() || between[..i].chars().count() <= if split { 6 } else { 12 };
            return close.then(|| listed(finder, start));
        }
    }
    None
}

/// Whether 由 or 从 stands before the number that the change starts from.
fn opened(text: &str, at: usize) -> bool {
    for (_, c) in backwards(&text[..at]).take(20) {
        if LEXICON.changes.from.begins(c) {
            return true;
        }
        if !matches!(class(c), Class::Plain | Class::Numeral | Class::Digit) {
            return false;
        }
    }
    false
}

/// 同比增长12%, 精简审批事项23.7%
fn by(finder: &Finder<'_, '_>, clause: usize, start: usize, reading: &Reading<'_>) -> Option<Change> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let before = &text[clause..start];
    let words = &lexicon.changes;
    let trimmed = words.between.trim_end(before);
    let kind = |increase: usize, decrease: usize| match (increase, decrease) {
        (0, 0) => None,
        (i, d) if i >= d => Some((ChangeKind::Increase, i)),
        (_, d) => Some((ChangeKind::Decrease, d)),
    };
    let last = trimmed.chars().next_back();
    let may = |words: &Words| last.is_some_and(|c| words.finishes(c));
    let unchanged = || may(&lexicon.no_change) && lexicon.no_change.end(trimmed) > 0;
    let may_touch = may(&lexicon.increase) || may(&lexicon.decrease) || may(&lexicon.amounts.dealt);
    let touching = if !may_touch || unchanged() {
        None
    } else {
        let trimmed = lexicon.amounts.dealt.strip_suffix(trimmed).unwrap_or(trimmed);
        kind(lexicon.increase.end(trimmed), lexicon.decrease.end(trimmed)).map(|(kind, len)| (kind, trimmed.len() - len))
    };
    // 自查自纠、巩固提升三个阶段: things are not raised, a measure of them is.
    let raised = |at: usize| {
        let follows = || next(text, reading.end).is_some_and(|c| class(c) == Class::Plain);
        (words.raise.has(&trimmed[at..]) && follows() || words.raise_any.has(&trimmed[at..]))
            && reading.dimension == Dimension::Count
            && !words.raised.has(&text[reading.unit.0..reading.unit.1])
    };
    let touching = touching.filter(|(_, at)| !(on("change no raise of things") && raised(*at)));
    if let Some((kind, at)) = touching.filter(|_| on("change at the number")) {
        return Some(Change { kind, from: None, to: None, basis: basis(finder, clause, clause + at) });
    }
    // 增长47.3%和13.3%
    if on("change of the number before")
        && let Some(prior) = finder.found.last()
        && let Some(change) = finder.change
        && change.kind != ChangeKind::FromTo
        && prior.dimension == reading.dimension
        && joins(&text[prior.end..start])
    {
        return Some(change);
    }
    // 减时间83%
    if on("change around its noun")
        && reading.dimension == Dimension::Percent
        && let Some(at) = before.char_indices().rev().take(4).skip(2).find(|(_, c)| words.around.begins(*c)).map(|(at, _)| at)
        && (at == 0 || VOCABULARY.end(&before[..at]).is_some_and(|(_, is)| is.any(Is::LINK.or(Is::ADVERB))) || before[..at].ends_with('、'))
    {
        return Some(Change { kind: ChangeKind::Decrease, from: None, to: None, basis: None });
    }
    // 为茶农降低费率0.5个百分点: points say by how much, wherever the verb stands.
    if on("change by points") && reading.dimension == Dimension::PercentagePoint {
        let verb = |at: usize| {
            let (kind, len) = kind(lexicon.increase.start(&before[at..]), lexicon.decrease.start(&before[at..]))?;
            let object = &before[at + len..];
            let word = VOCABULARY.start(&before[at..]).is_some_and(|(own, is)| own == len && is.any(Is::CHANGE)) && !object.starts_with('幅');
            (word && !object.is_empty() && words.level.start(object) == 0 && !before[at..].contains(['的', '于', '出'])).then_some(kind)
        };
        if let Some(kind) = before.char_indices().rev().take(BASIS / 2).find_map(|(at, _)| verb(at)) {
            return Some(Change { kind, from: None, to: None, basis: None });
        }
    }
    // 精简审批事项23.7%: the verb opens the clause and the number says by how much.
    if on("change opens the clause") && reading.dimension == Dimension::Percent && words.level.end(before) == 0 {
        let head = skip_lead(before);
        let part = &before[head..];
        if let Some((kind, len)) = kind(lexicon.increase.start(part), lexicon.decrease.start(part))
            && part[..len].chars().nth(1).is_some()
            && words.level.start(&part[len..]) == 0
            && part.chars().count() <= 20
        {
            return Some(Change { kind, from: None, to: None, basis: None });
        }
    }
    None
}

/// Where the words of time and scope at a clause's head end.
fn skip_lead(part: &str) -> usize {
    let mut at = 0;
    while let Some(c) = next(part, at) {
        let len = match class(c) {
            Class::Digit | Class::Numeral | Class::Pause => c.len_utf8(),
            _ => {
                const LEAD: Is = Is::TIME.or(Is::SCOPE).or(Is::ADVERB).or(Is::MODAL).or(Is::LINK);
                VOCABULARY.start(&part[at..]).filter(|(_, is)| is.any(LEAD) && !is.any(Is::CHANGE.or(Is::ALONE))).map_or(0, |(len, _)| len)
            }
        };
        if len == 0 {
            break;
        }
        at += len;
    }
    at
}

/// How far before a change what it is compared with may stand, in characters.
const BASIS: usize = 24;

/// What the change is compared with, earlier in the clause.
fn basis(finder: &Finder<'_, '_>, clause: usize, at: usize) -> Option<crate::Span> {
    let text = finder.text;
    let part = &text[clause..at];
    // The nearest, as a whole: of 比上年同期 it is not 同期.
    let mut from = ago(part, BASIS + 1);
    let mut found = None;
    while let Some(c) = part[from..].chars().next() {
        let len = finder.lexicon.basis.start(&part[from..]);
        if len > 0 {
            found = Some(finder.passage.view.span(clause + from, clause + from + len));
        }
        from += len.max(c.len_utf8());
    }
    if found.is_some() && on("basis by word") {
        return found;
    }
    // 较2020年, 比计划
    let words = &finder.lexicon.changes;
    let head = on("basis at the head") && finder.lexicon.periods.against.start(part) > 0 && words.no_basis.start(part) == 0;
    (head && part.chars().count() <= 12).then(|| finder.passage.view.span(clause, at))
}
