//! Facts in the cells of a table: a task table says who and until when, a figures table how much.

use super::{Facts, Passage, Setting, deadline, responsibility};
use crate::grammar::quantity::amount;
use crate::lexicon::LEXICON;
use crate::tables::{Grid, Held, Row};
use crate::{Bound, Change, ChangeKind, Dimension, Kind, Metric, Modality, Role, Span};

/// Reads a cell whose column says what it holds; false where the cell is to be read as text.
pub(crate) fn cell(passage: &Passage<'_>, setting: &Setting, grid: &Grid, row: &Row, at: usize, unit: Option<(Span, &str)>, out: &mut Facts) -> bool {
    use crate::facts::responsibility::Column;
    match grid.columns.get(at).copied().unwrap_or_default() {
        Held::Duty(Column::Units(role), label) => responsibility::cell(passage, setting, role, label, out),
        Held::Duty(Column::Deadline, _) => deadline::cell(passage, setting, out),
        Held::Figure => return figure(passage, setting, grid, row, unit, None, out),
        Held::Change(basis) => return figure(passage, setting, grid, row, None, Some(basis), out),
        // A serial number or a unit of measure states nothing.
        Held::Unit => {}
        Held::Indicator | Held::Text | Held::Duty(Column::Task, _) => return false,
    }
    true
}

/// A figure measures what the row's indicator names, in the unit that the row names.
fn figure(passage: &Passage<'_>, setting: &Setting, grid: &Grid, row: &Row, unit: Option<(Span, &str)>, change: Option<Span>, out: &mut Facts) -> bool {
    let text = passage.view.text;
    let negative = text.starts_with(['-', '－', '−']);
    let digits = text.trim_start_matches(['-', '－', '−', '+', '＋']);
    let Ok((rest, read)) = amount(digits) else { return false };
    if rest.chars().next().is_some_and(|c| c != '%') {
        return false;
    }
    let start = text.len() - digits.len();
    let percent = rest.starts_with('%');
    let subject = grid.columns.iter().position(|c| *c == Held::Indicator).or(Some(0)).and_then(|i| row.cells.get(i)).filter(|s| !s.is_empty());
    let span = passage.view.span(start, text.len() - rest.len() + usize::from(percent));
    let in_percent = percent || change.is_some();
    let (unit_span, value, dimension) = match unit.filter(|_| !in_percent) {
        Some((unit_span, word)) => {
            let scale = ["亿", "万", "千", "百"].iter().zip([100_000_000i64, 10_000, 1000, 100]).find(|(w, _)| word.starts_with(**w) && word.len() > w.len());
            let (skip, times) = scale.map_or((0, 1), |(w, n)| (w.len(), n));
            let entry = LEXICON.units.start(&word[skip..]);
            let value = read.value.checked_mul(times.into()).unwrap_or(read.value);
            (Span::new(unit_span.start + skip as u32, unit_span.end), value, entry.map_or(Dimension::Count, |u| u.dimension))
        }
        None => (Span::new(span.end - u32::from(percent), span.end), read.value, if in_percent { Dimension::Percent } else { Dimension::Count }),
    };
    let target = matches!(setting.kind, Some(Kind::WorkPlan | Kind::Notice | Kind::Regulation)) || passage.role == Role::Plan;
    out.metrics.push(Metric {
        span,
        value,
        value_high: read.high,
        unit: unit_span,
        dimension,
        bound: Bound::Exact,
        subject: subject.copied().into_iter().collect(),
        modality: if target { Modality::Target } else { Modality::Actual },
        per: None,
        change: change.map(|basis| Change {
            kind: if negative { ChangeKind::Decrease } else { ChangeKind::Increase },
            from: None,
            to: None,
            basis: Some(basis),
        }),
        part_of: None,
        period: None,
        section: passage.section,
    });
    true
}
