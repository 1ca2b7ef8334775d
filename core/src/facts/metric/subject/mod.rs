//! What a number counts or measures: on which side of it stands the noun?
//!
//! A count's noun stands after the number when one stands there (7个督察组), else before it (案件4件); a
//! percentage's stands before it (败诉率14.7%) unless a verb does (给予50%契税补贴). Where neither side has
//! one, the number counts what the number before it counted.

mod after;
mod before;
mod inherited;
mod measured;
mod noun_end;
mod noun_start;
mod opening;
mod parts;
mod tidy;
mod verb_behind;

use super::around::{self, Clause, last, next};
use super::{Finder, Reading};
use crate::Dimension;
use crate::scan::{Class, class};
use after::after;
use before::before;
use inherited::{inherited, joined};
pub(super) use parts::Parts;
use verb_behind::{given, state};

/// What stands on one side of a number.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    parts: Parts,
    /// Whether it names a thing; a verb alone (清理9件) does not.
    noun: bool,
}

/// The subjects of the number at `start`.
pub(super) fn find(
    finder: &Finder<'_, '_>,
    start: usize,
    floor: usize,
    clause: Clause,
    per: Option<(usize, usize)>,
    reading: &Reading<'_>,
    turned: bool,
) -> Parts {
    let text = finder.text;
    // (2项), (共12家), (35道,每题1分): what stands before the bracket.
    let mut from = start;
    let inner = text[..start].trim_end_matches(['共', '计', '合', '总']).len();
    if let Some(c) = last(text, inner)
        && class(c) == Class::Open
        && next(text, reading.end).is_some_and(|c| matches!(class(c), Class::Close | Class::Comma))
    {
        from = inner - c.len_utf8();
    }
    let clause = if from < start { around::clause(finder.lexicon, text, from, floor) } else { clause };
    let mut before = before(finder, clause, from, per);
    let clause = clause.start;
    // 覆盖全区50%的幼儿园: where, not what.
    before.noun &= !before.parts.iter().all(|(a, b)| finder.lexicon.lead.has(&text[a..b]));
    if let Some(parts) = given(finder, clause, from, reading) {
        return parts;
    }
    let joined = before.parts.is_empty() && joined(finder, start);
    let prefer_after = match reading.dimension {
        Dimension::Percent | Dimension::PercentagePoint => false,
        Dimension::Count | Dimension::Frequency => true,
        // 500万元以上的项目 is a class of projects; the amount is that of what stands before.
        Dimension::Money => reading.suffix.is_none() || !before.noun,
        // 年龄在70周岁以上的驾驶人: the age is measured.
        _ => !before.noun || ends_open(finder, clause, from) && !text[clause..from].ends_with('在'),
    };
    // 百分之八十的案件
    let of = text[reading.end..].starts_with('的');
    let open = of && ends_open(finder, clause, from) && (finder.lexicon.between.end(&text[clause..from]) == 0 || text[clause..from].ends_with('在'));
    let rest = text[clause..from].ends_with("剩余") || text[clause..from].ends_with("其余");
    let prefer_after = prefer_after || rest || of && (!before.noun || open);
    if joined && !prefer_after {
        return inherited(finder, start, clause, reading.end);
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    let event = reading.dimension != Dimension::Count || matches!(unit, "次" | "场" | "期" | "轮" | "场次" | "件次" | "批次" | "");
    // 四种情形, but 三项标准: what is sorted is counted, whatever it is called.
    let counted = matches!(unit, "种" | "类" | "个" | "项" | "条" | "方面" | "大类");
    let after = after(finder, reading.end, prefer_after || !before.noun, event, counted);
    let (first, second) = if prefer_after { (after, before) } else { (before, after) };
    // 17个子项调整为5个子项: what turned into it.
    if turned
        && !(prefer_after && after.noun)
        && let Some(from) = finder.found.last()
    {
        return from.subject;
    }
    for side in [first, second] {
        if side.noun && !side.parts.is_empty() {
            return side.parts;
        }
    }
    // 每年新增5万套: the verb says nothing of what.
    let bare = before.parts.iter().all(|(a, b)| {
        matches!(&text[a..b], "新增" | "新增加" | "给予" | "增加" | "平均" | "剩余" | "现行" | "逐步" | "逐渐" | "相应" | "选取" | "遴选" | "保证")
    });
    if bare && !before.parts.is_empty() {
        let what = inherited(finder, start, clause, reading.end);
        // 调整60个、新增69个: nor does the verb before it.
        let verbal = what.iter().all(|(a, b)| finder.lexicon.verb.has(&text[a..b]) || finder.lexicon.cut.has(&text[a..b]));
        return if verbal { before.parts } else { what };
    }
    if !before.parts.is_empty() {
        return before.parts;
    }
    // 4次提高养老金: what was done so often.
    if (clause == start || unit == "次")
        && let Some(state) = state(finder, reading.end)
    {
        return state;
    }
    inherited(finder, start, clause, reading.end)
}

/// Whether the text before the number ends in a word that hands its object on (给予, 的, 建成).
fn ends_open(finder: &Finder<'_, '_>, clause: usize, at: usize) -> bool {
    let part = &finder.text[clause..at];
    part.is_empty() || finder.lexicon.cut.end(part) > 0 || finder.lexicon.verb.end(part) > 0
}
