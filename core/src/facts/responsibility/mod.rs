//! Who is responsible: bracketed lists, lists after a label, sentences that assign, columns of a table.

mod flat;
mod label;
mod list;
mod sentence;
mod unit;
mod verb;

use super::metric::around::ago;
use super::{Classes, Facts, Passage, Setting};
use crate::grammar::bracket::{MUST_CLOSE, Pair, Pairs, pairs};
use crate::lexicon::duties::{DUTIES, LEAD};
use crate::lines::Lines;
use crate::scan::Class;
use crate::{Responsibility, ResponsibilityRole as Role, Span};
pub(crate) use flat::{FlatTable, read as flat_cell};
use label::Announces;
use list::{Draft, List};

/// How deep in brackets a list may stand: one that stands deeper is none, and time stays linear.
const DEEPEST: u32 = 5;

/// What a document declares once about who leads in each of its lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FirstLeads {
    /// Nothing.
    #[default]
    No,
    /// 列第一位者为牵头单位
    Unit,
    /// 逗号前为牵头单位
    BeforeComma,
}

/// Looks for the declaration in the whole text.
pub(crate) fn declares_first_leads(text: &str, lines: &Lines) -> FirstLeads {
    let words = &*DUTIES;
    for at in lines.places_of(text, Class::Lead).filter(|at| text[*at..].starts_with(LEAD)) {
        // A look at the clause before: a dozen characters, line ends and spaces not counted.
        let mut left: Vec<char> = text[..at].chars().rev().filter(|c| !crate::view::is_blank(*c)).take(18).collect();
        left.reverse();
        let left: String = left.into_iter().collect();
        let first = |text: &str| words.roles.first.any(text);
        // 第一个单位牵头; 牵头单位列第一位
        let right: String = text[at + LEAD.len()..].chars().filter(|c| !crate::view::is_blank(*c)).take(14).collect();
        let right = right.split(['，', ',', '。', '；', ';', '、']).next().unwrap_or("");
        let noun = words.roles.who_leads.strip_prefix(right);
        let placed = noun.is_some_and(|rest| words.roles.stands.start(rest) > 0 && first(rest));
        let clause = left.rsplit(['，', ',', '。', '；', ';', '（', '(']).next().unwrap_or("");
        // Its last words: 第一人民医院等单位牵头 tells of one body.
        let last = clause.char_indices().nth_back(6).map_or(clause, |(at, _)| &clause[at..]);
        let verb = noun.is_none() && first(last) && words.roles.first_end.end(last) > 0 && !words.roles.no_first.any(last);
        if placed || verb {
            return FirstLeads::Unit;
        }
        let Some(left) = words.roles.said_to_lead.strip_suffix(&left) else { continue };
        if first(left) {
            return FirstLeads::Unit;
        }
        if words.roles.before_comma.any(left) {
            return FirstLeads::BeforeComma;
        }
    }
    FirstLeads::No
}

/// Where a list of units may stand.
pub(crate) const ANNOUNCED_BY: Classes = Classes::of([Class::Open, Class::Colon, Class::Lead]);

/// Finds the responsibilities of a paragraph. Its deadlines are looked for before: a list points at the one it holds.
pub(crate) fn find(passage: &Passage<'_>, setting: &Setting, out: &mut Facts, taken: &mut Vec<(u32, u32)>) {
    let text = passage.view.text;
    let mut room = std::mem::take(&mut out.brackets);
    pairs(text, passage.anchors, &mut room);
    let brackets = &room.all;
    report_unclosed(passage, brackets, out);

    let mut next_pair = 0;
    let mut row = 0;
    // Where the last list ends: a sentence that reaches back over it assigns nothing anew.
    let mut read = 0;
    // Up to here a list was read after a label and named nobody: its later labels are not tried again.
    let mut in_vain = 0;
    while row < passage.anchors.len() {
        let anchor = passage.anchors[row];
        if !ANNOUNCED_BY.has(anchor.class) {
            row += 1;
            continue;
        }
        let found = match anchor.class {
            Class::Open => {
                let pair = next_pair;
                next_pair += 1;
                bracket(passage, brackets, pair)
            }
            Class::Colon => line(passage, brackets, row, &mut in_vain),
            Class::Lead => sentence::read(passage, setting, brackets, row),
            _ => None,
        };
        row += 1;
        if let Some(found) = found.filter(|found| found.start >= read) {
            read = found.end;
            while passage.anchors.get(row).is_some_and(|a| a.at < found.end) {
                next_pair += usize::from(passage.anchors[row].class == Class::Open);
                row += 1;
            }
            taken.push((found.start, found.end));
            emit(passage, setting, found, out);
        }
    }
    out.brackets = room;
}

/// A list that was read, in the view's offsets.
struct Found {
    start: u32,
    end: u32,
    drafts: Vec<Draft>,
}

/// One a paragraph: a flood of brackets is one thing that is wrong, not a hundred thousand.
fn report_unclosed(passage: &Passage<'_>, brackets: &[Pair], out: &mut Facts) {
    let told = |pair: &&Pair| passage.view.text[pair.open as usize..].starts_with(MUST_CLOSE);
    if let Some(first) = brackets.iter().find(|p| !p.closed()).filter(told) {
        out.unclosed.push(passage.view.span(first.open as usize, first.inner as usize));
    }
}

fn bracket(passage: &Passage<'_>, brackets: &[Pair], row: usize) -> Option<Found> {
    let pair = &brackets[row];
    let inside = &passage.anchors[pair.first as usize..pair.last as usize];
    let inner = &passage.view.text[pair.inner as usize..pair.close as usize];
    if pair.depth > DEEPEST || inner.is_empty() {
        return None;
    }
    // A list has a label, or ends with its verb.
    let announced = inside.iter().any(|a| matches!(a.class, Class::Colon | Class::Lead | Class::Charge));
    let verbal = |part| verb::may_end_with_verb(part) && verb::split(part).verb;
    if !announced && !verbal(last_part(inner)) {
        return None;
    }
    let mut list = List::new(passage, brackets);
    // An unclosed bracket ends with its sentence.
    list.stop_at_sentence = !pair.closed();
    let end = list.read(pair.inner as usize, pair.close as usize, pair.first as usize);
    let drafts = list.finish(false)?;
    let end = if pair.closed() { pair.end } else { end as u32 };
    Some(Found { start: pair.open, end, drafts })
}

/// The end of a bracket's content, enough to see a verb.
fn last_part(inner: &str) -> &str {
    let inner = inner.trim_end_matches(['。', ';', '；', ',', '，', '.']);
    let part = &inner[ago(inner, 49)..];
    part.rfind(['、', '，', ',', '；', ';', '。']).map_or(part, |at| &part[at + part[at..].chars().next().map_or(0, char::len_utf8)..])
}

/// 责任单位：… on a line of its own, or in a sentence of its own.
fn line(passage: &Passage<'_>, brackets: &[Pair], row: usize, in_vain: &mut usize) -> Option<Found> {
    let text = passage.view.text;
    let colon = passage.anchors[row].at as usize;
    let boundary = passage.anchors[..row]
        .iter()
        .rev()
        .take(4)
        .find(|a| matches!(a.class, Class::Stop | Class::Semicolon | Class::Close | Class::Cell))
        .map(|a| a.at as usize + text[a.at as usize..].chars().next().map_or(0, char::len_utf8));
    // No boundary among the last anchors: the paragraph begins here, or a long sentence goes on.
    let start = match boundary {
        Some(at) => at,
        None if row <= 4 => 0,
        None => return None,
    };
    if start < *in_vain {
        return None;
    }
    let candidate = &text[start..colon];
    let (at, what) = label::at_end(candidate)?;
    if at != 0 || !label::opens_line(candidate) || !matches!(what, Announces::Units(_)) {
        return None;
    }
    let mut list = List::new(passage, brackets);
    list.stop_at_sentence = true;
    let end = list.read(start, text.len(), row);
    let Some(drafts) = list.finish(true) else {
        *in_vain = end;
        return None;
    };
    Some(Found { start: start as u32, end: end as u32, drafts })
}

fn emit(passage: &Passage<'_>, setting: &Setting, found: Found, out: &mut Facts) {
    let view = &passage.view;
    let whole = view.span(found.start as usize, found.end as usize);
    let deadline = deadline_in(whole, out);
    let span_of = |(from, to): (usize, usize)| view.span(from, to);
    let leads = found.drafts.iter().any(|d| d.role == Role::Lead);
    let alone = found.drafts.len() == 1;
    for draft in found.drafts {
        let span = if alone { whole } else { view.span(draft.start, draft.end) };
        let mut units: Vec<Span> = draft.units.iter().map(|u| span_of(*u)).collect();
        let row = |role, units| Responsibility {
            span,
            role,
            label: draft.label.map_or(Span::at(span.start), span_of),
            units,
            manner: draft.manner.map(span_of),
            deadline,
            section: passage.section,
        };
        let first = match setting.first_leads {
            FirstLeads::No => 0,
            FirstLeads::Unit => 1,
            FirstLeads::BeforeComma => draft.before_comma.unwrap_or(0),
        };
        if draft.role == Role::Responsible && !leads && first > 0 && first < units.len() {
            let rest = units.split_off(first);
            out.responsibilities.push(row(Role::Lead, units));
            out.responsibilities.push(row(Role::Responsible, rest));
        } else {
            out.responsibilities.push(row(draft.role, units));
        }
    }
}

/// The deadline that stands inside a list, if the paragraph has one there.
fn deadline_in(span: Span, out: &Facts) -> Option<u32> {
    let rows = &out.deadlines;
    let from = rows.partition_point(|d| d.span.start < span.start);
    rows.get(from).filter(|d| span.contains(d.span)).map(|_| from as u32)
}

/// What a column of a table holds, by its header cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Units and the part they play: 责任单位.
    Units(Role),
    /// Dates: 完成时限.
    Deadline,
    /// What is to be done: 工作任务.
    Task,
}

/// Reads a header cell.
pub(crate) fn column(header: &str) -> Option<Column> {
    let header = header.trim_matches(|c: char| crate::view::is_blank(c) || matches!(c, '：' | ':' | '*' | '（' | '）' | '(' | ')'));
    if header.chars().count() > 14 {
        return None;
    }
    if let Some((at, what)) = label::at_end(header) {
        return match what {
            Announces::Units(role) if at == 0 => Some(Column::Units(role)),
            Announces::Deadline => Some(Column::Deadline),
            Announces::Units(_) => None,
        };
    }
    (DUTIES.roles.task.end(header) > 0).then_some(Column::Task)
}

/// Reads a cell of a column of units. `label` is the header cell; the deadline of the row is the caller's to set.
pub(crate) fn cell(passage: &Passage<'_>, setting: &Setting, role: Role, label: Span, out: &mut Facts) {
    let text = passage.view.text;
    let mut brackets = Pairs::default();
    pairs(text, passage.anchors, &mut brackets);
    let mut list = List::new(passage, &brackets.all);
    list.open(role, None, 0);
    list.read(0, text.len(), 0);
    let Some(drafts) = list.finish(false) else { return };
    let from = out.responsibilities.len();
    emit(passage, setting, Found { start: 0, end: text.len() as u32, drafts }, out);
    for row in &mut out.responsibilities[from..] {
        if row.label.is_empty() {
            row.label = label;
        }
    }
}

#[cfg(test)]
mod tests;
