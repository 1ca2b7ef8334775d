//! Sentences that assign: 由市司法局牵头，市财政局、市人社局配合.

use super::list::{Draft, List};
use super::{Found, unit, verb};
use crate::facts::{Passage, Setting};
use crate::grammar::bracket::Pair;
use crate::lexicon::DONE;
use crate::lexicon::duties::{ASSIST, BY, DUTIES, LEAD};
use crate::scan::{Anchor, Class};
use crate::{Kind, ResponsibilityRole as Role};

/// A clause that names who leads is not longer: in anchors, and in bytes.
const LONGEST_LIST: usize = 60;
const LONGEST_CLAUSE: usize = 900;

/// What is led, between 牵头 and the clause that says who supports, is not longer, in bytes.
const LONGEST_TASK: usize = 120;

/// Reads the sentence around a 牵.
pub(super) fn read(passage: &Passage<'_>, setting: &Setting, brackets: &[Pair], row: usize) -> Option<Found> {
    let text = passage.view.text;
    let at = passage.anchors[row].at as usize;
    let rest = text[at..].strip_prefix(LEAD)?;
    if DUTIES.roles.no_task.start(rest) > 0 {
        return None;
    }
    let planned = setting.kind == Some(Kind::WorkPlan) || matches!(passage.role, crate::Role::Plan | crate::Role::Tasks);
    // Elsewhere (a piece of a document, a page about one) only where the parts are given out: 由…牵头，…配合.
    let told_of = matches!(setting.kind, Some(Kind::AnnualReport | Kind::WorkReport | Kind::Regulation));
    let assigned = planned || setting.kind == Some(Kind::Notice);
    if !planned && told_of {
        return None;
    }
    // The clause before, its list of units with it.
    let ends = |c| matches!(c, Class::Comma | Class::Stop | Class::Semicolon | Class::Colon | Class::QuoteClose | Class::BookClose);
    let reach = row.saturating_sub(LONGEST_LIST);
    let boundary = passage.anchors[reach..row].iter().rposition(|a| ends(a.class)).map(|b| b + reach);
    if boundary.is_none() && reach > 0 {
        return None;
    }
    let from = boundary.map_or(0, |b| {
        let at = passage.anchors[b].at as usize;
        at + text[at..].chars().next().map_or(0, char::len_utf8)
    });
    if at - from > LONGEST_CLAUSE {
        return None;
    }
    let clause = &text[from..at];
    let by = by(clause);
    let start = from + by.map_or(0, |b| b + BY.len_utf8());
    let mut end = at;
    loop {
        match DUTIES.roles.before_lead.end(&text[start..end]) {
            0 => break,
            len => end -= len,
        }
    }
    // 牵头制定了…: told, not set.
    let told = rest.char_indices().take(12).take_while(|(_, c)| !matches!(*c, '，' | ',' | '。' | '；' | ';')).any(|(i, _)| rest[i..].starts_with(DONE));
    if told || start >= end {
        return None;
    }
    let first = passage.anchors[..row].partition_point(|a| (a.at as usize) < start);
    let lead = units(passage, brackets, start, end, first)?;
    // Without 由 what stands before 牵头 may be half of a sentence: it has to begin or to end as bodies do.
    let named = |name: &str| DUTIES.roles.placed.start(name) > 0 || DUTIES.organs.sure_body.end(name) > 0 && DUTIES.roles.no_name.start(name) == 0;
    let support = support(passage, brackets, row);
    // 民政部门牵头，卫健部门配合: one of its kind may lead where another supports.
    let of_kind = |name: &str| support.is_some() && unit::shares_ending(name);
    if by.is_none() && !lead.iter().map(|u| &text[u.0..u.1]).all(|name| named(name) || of_kind(name)) {
        return None;
    }
    let begin = from + by.unwrap_or(0);
    let mut drafts = vec![Draft::of(Role::Lead, lead, begin, at + LEAD.len())];
    let mut stop = at + LEAD.len();
    if let Some((support, stopped)) = support {
        drafts.push(support);
        stop = stopped;
    } else if !assigned {
        return None;
    }
    Some(Found { start: begin as u32, end: stop as u32, drafts })
}

/// Where 由 stands that names who does it.
fn by(clause: &str) -> Option<usize> {
    let at = clause.rfind(BY)?;
    let word = DUTIES.roles.no_by_before.end(&clause[..at]) + DUTIES.roles.no_by_behind.start(&clause[at + BY.len_utf8()..]) > 0;
    (!word).then_some(at)
}

/// The units of a list without label or verb; none unless every one ends as bodies do.
fn units(passage: &Passage<'_>, brackets: &[Pair], start: usize, end: usize, row: usize) -> Option<Vec<(usize, usize)>> {
    let mut list = List::new(passage, brackets);
    list.open(Role::Lead, None, start);
    list.read(start, end, row);
    let drafts = list.finish(false)?;
    let [draft] = drafts.as_slice() else { return None };
    let text = passage.view.text;
    let name = |u: &(usize, usize)| &text[u.0..u.1];
    let named = |name: &str| name.chars().count() > 2 && unit::is_body(name) && !unit::is_phrase(name);
    // 消防救援、应急管理部门: what the last name ends with is said for all.
    let shared = draft.units.iter().rposition(|u| unit::shares_ending(name(u))).unwrap_or(0);
    let all = draft.units.iter().enumerate().all(|(i, u)| named(name(u)) || i < shared && unit::may_share(name(u)));
    all.then(|| draft.units.clone())
}

/// 市财政局、市人社局配合 in the clauses right after.
fn support(passage: &Passage<'_>, brackets: &[Pair], row: usize) -> Option<(Draft, usize)> {
    let text = passage.view.text;
    let lead_end = passage.anchors[row].at as usize + LEAD.len();
    // The clause that says who leads, to its comma: 牵头，/ 牵头抓总，/ 牵头制定办法、细则，
    let ends = |a: &&Anchor| matches!(a.class, Class::Comma | Class::Stop | Class::Semicolon | Class::Open | Class::Colon);
    let comma = passage.anchors[row + 1..].iter().take(8).find(ends).filter(|a| a.class == Class::Comma);
    let pause = passage.anchors.get(row + 1).filter(|a| a.class == Class::Pause && a.at as usize == lead_end);
    let next = pause.or(comma)?;
    let row = row + passage.anchors[row..].iter().position(|a| a.at == next.at)? - 1;
    if next.at as usize - lead_end > LONGEST_TASK {
        return None;
    }
    let start = next.at as usize + text[next.at as usize..].chars().next().map_or(0, char::len_utf8);
    let mut from = start;
    // Up to the clause that ends with 配合.
    let text_end = Anchor { at: text.len() as u32, class: Class::Stop };
    for anchor in passage.anchors[row + 2..].iter().chain(std::iter::once(&text_end)).take(40) {
        let end = anchor.at as usize;
        if !matches!(anchor.class, Class::Comma | Class::Pause | Class::Semicolon | Class::Stop) || end < from {
            continue;
        }
        let tail = verb::split(&text[from..end]);
        if tail.verb {
            let role = tail.role?;
            let units = units(passage, brackets, start, from + tail.unit_end, row + 2)?;
            return Some((Draft::of(role, units, start, end), end));
        }
        let part = &text[from..end];
        // 各学校配合|开展宣传
        if let Some(verb) = part.find(ASSIST).filter(|at| unit::is_body(&part[..*at]) && DUTIES.roles.no_assist.start(&part[at + ASSIST.len()..]) == 0) {
            let units = units(passage, brackets, start, from + verb, row + 2)?;
            let stop = from + verb + ASSIST.len();
            return Some((Draft::of(Role::Support, units, start, stop), stop));
        }
        if !(unit::is_body(part) || unit::is_level(part) || anchor.class == Class::Pause && unit::may_share(part))
            || matches!(anchor.class, Class::Semicolon | Class::Stop)
        {
            return None;
        }
        from = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    None
}
