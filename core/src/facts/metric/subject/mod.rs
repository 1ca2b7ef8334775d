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
    let (text, lexicon) = (finder.text, finder.lexicon);
    let from = before_bracket(text, start, reading.end);
    let clause = if from < start { around::clause(lexicon, text, from, floor) } else { clause };
    let mut before = before(finder, clause, from, per);
    let clause = clause.start;
    // 覆盖全区50%的幼儿园: where, not what.
    before.noun &= !before.parts.iter().all(|(a, b)| lexicon.lead.has(&text[a..b]));
    if let Some(parts) = given(finder, clause, from, reading) {
        return parts;
    }
    let prefer_after = prefers_after(finder, clause, from, reading, before.noun);
    let inherit = || inherited(finder, start, clause, reading.end);
    if before.parts.is_empty() && !prefer_after && joined(finder, start) {
        return inherit();
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    let event = reading.dimension != Dimension::Count || matches!(unit, "次" | "场" | "期" | "轮" | "场次" | "件次" | "批次" | "");
    // 四种情形, but 三项标准: what is sorted is counted, whatever it is called.
    let counted = matches!(unit, "种" | "类" | "个" | "项" | "条" | "方面" | "大类");
    let after = if prefer_after || !before.noun { after(finder, reading.end, event, counted) } else { Side::default() };
    // 17个子项调整为5个子项: what turned into it.
    if turned
        && !(prefer_after && after.noun)
        && let Some(from) = finder.found.last()
    {
        return from.subject;
    }
    let sides = if prefer_after { [after, before] } else { [before, after] };
    if let Some(side) = sides.into_iter().find(|side| side.noun && !side.parts.is_empty()) {
        return side.parts;
    }
    if !before.parts.is_empty() {
        // 每年新增5万套: the verb says nothing of what. 调整60个、新增69个: nor does the verb before it.
        let is_verb = |(a, b): (usize, usize)| lexicon.verb.has(&text[a..b]) || lexicon.cut.has(&text[a..b]);
        if before.parts.iter().all(|(a, b)| HOLLOW.contains(&&text[a..b])) {
            let what = inherit();
            return if what.iter().all(is_verb) { before.parts } else { what };
        }
        return before.parts;
    }
    // 4次提高养老金: what was done so often.
    if (clause == start || unit == "次")
        && let Some(state) = state(finder, reading.end)
    {
        return state;
    }
    inherit()
}

/// Words before a number that say nothing of what it counts.
const HOLLOW: &[&str] = &["新增", "新增加", "给予", "增加", "平均", "剩余", "现行", "逐步", "逐渐", "相应", "选取", "遴选", "保证"];

/// Where a bracket opens that has nothing but the number in it, or else where the number starts: (2项), (共12家),
/// (35道,每题1分).
fn before_bracket(text: &str, start: usize, end: usize) -> usize {
    let inner = text[..start].trim_end_matches(['共', '计', '合', '总']).len();
    let open = last(text, inner).filter(|c| class(*c) == Class::Open);
    let closes = |c| matches!(class(c), Class::Close | Class::Comma);
    open.filter(|_| next(text, end).is_some_and(closes)).map_or(start, |c| inner - c.len_utf8())
}

/// Whether what stands after the number is rather its noun than what stands before it.
fn prefers_after(finder: &Finder<'_, '_>, clause: usize, from: usize, reading: &Reading<'_>, noun_before: bool) -> bool {
    let before = &finder.text[clause..from];
    let by_dimension = match reading.dimension {
        Dimension::Percent | Dimension::PercentagePoint => false,
        Dimension::Count | Dimension::Frequency => true,
        // 500万元以上的项目 is a class of projects; the amount is that of what stands before.
        Dimension::Money => reading.suffix.is_none() || !noun_before,
        // 年龄在70周岁以上的驾驶人: the age is measured.
        _ => !noun_before || ends_open(finder, before) && !before.ends_with('在'),
    };
    // 百分之八十的案件
    let of = finder.text[reading.end..].starts_with('的');
    let open = || ends_open(finder, before) && (finder.lexicon.between.end(before) == 0 || before.ends_with('在'));
    by_dimension || before.ends_with("剩余") || before.ends_with("其余") || of && (!noun_before || open())
}

/// Whether the text before the number ends in a word that hands its object on (给予, 的, 建成).
fn ends_open(finder: &Finder<'_, '_>, before: &str) -> bool {
    before.is_empty() || finder.lexicon.cut.end(before) > 0 || finder.lexicon.verb.end(before) > 0
}
