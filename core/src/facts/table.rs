//! Facts in the cells of a table: a task table says who and until when, a figures table how much.

use super::{Facts, Passage, Setting, deadline, responsibility};
use crate::grammar::quantity::{Amount, Form, amount};
use crate::lexicon::LEXICON;
use crate::tables::{Figure, Grid, Held, Row, bracketed, unit_of};
use crate::view::clean;
use crate::{Bound, Change, ChangeKind, Date, Decimal, Dimension, Kind, Metric, Modality, Period, Role, Span};

/// A cell, and the table around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'c, 't> {
    pub(crate) text: &'t str,
    pub(crate) grid: &'c Grid,
    pub(crate) row: &'c Row,
    pub(crate) column: usize,
}

/// Reads a cell whose column says what it holds; false where the cell is to be read as text.
pub(crate) fn cell(passage: &Passage<'_>, setting: &Setting, cell: Cell<'_, '_>, out: &mut Facts) -> bool {
    use crate::facts::responsibility::Column;
    match cell.grid.columns.get(cell.column).copied().unwrap_or_default() {
        Held::Duty(Column::Units(role), label) => responsibility::cell(passage, setting, role, label, out),
        Held::Duty(Column::Deadline, _) => deadline::cell(passage, setting, out),
        Held::Figure(head) => return figure(passage, setting, cell, head, None, out),
        Held::Change(basis) => return figure(passage, setting, cell, Figure::default(), Some(basis), out),
        // A unit of measure states nothing.
        Held::Unit => {}
        Held::Indicator | Held::Text | Held::Duty(Column::Task, _) => return false,
    }
    true
}

/// A number that is all that a cell holds, in the view's offsets.
struct Number {
    start: usize,
    end: usize,
    amount: Amount,
    value: Decimal,
    bound: Bound,
    /// The unit behind it, where it has one of its own.
    unit: Option<(usize, usize, Dimension)>,
}

/// `hedge? sign? amount unit? hedge?`, and nothing else: 1,234.5 · -4.6 · ≥65% · 30左右.
fn number(text: &str) -> Option<Number> {
    let (hedge, before) = LEXICON.before.start(text).map_or((0, None), |(len, bound)| (len, Some(bound)));
    let digits = text[hedge..].trim_start_matches(['-', '−', '+']);
    let negative = text[hedge..].starts_with(['-', '−']);
    let (rest, amount) = amount(digits).ok().filter(|(_, amount)| amount.form == Form::Plain)?;
    let at = text.len() - rest.len();
    let unit = LEXICON.units.start(rest).map(|u| (at, at + u.word.len(), u.dimension));
    let end = unit.map_or(at, |(_, end, _)| end);
    let (suffix, after) = LEXICON.after.start(&text[end..]).map_or((0, None), |(len, bound)| (len, Some(bound)));
    let bound = after.or(before).unwrap_or(if amount.over { Bound::Over } else { Bound::Exact });
    let value = if negative { -amount.value } else { amount.value };
    (end + suffix == text.len()).then_some(Number { start: 0, end: end + suffix, amount, value, bound, unit })
}

/// A figure measures what its row or the head of its column names, in the unit that stands nearest: behind it, in the
/// row's column of units, in the brackets of its row's name or of its column's, above the table.
fn figure(passage: &Passage<'_>, setting: &Setting, cell: Cell<'_, '_>, head: Figure, change: Option<Span>, out: &mut Facts) -> bool {
    let Cell { text, grid, row, column } = cell;
    let Some(read) = number(passage.view.text) else { return false };
    let view = &passage.view;
    let span = view.span(read.start, read.end);
    let of = |held: Held| grid.columns.iter().position(|c| *c == held).and_then(|at| row.cells.get(at)).copied().filter(|c| !c.is_empty());
    // The row's name: its indicator, else the first cell that is no figure and no serial number.
    let named = |at: &usize| *at != column && !matches!(grid.columns.get(*at), Some(Held::Figure(_) | Held::Change(_) | Held::Unit));
    let wordy = |span: &Span| clean(&text[span.range()]).chars().any(|c| !c.is_ascii_digit() && c != '.');
    let name = of(Held::Indicator).or_else(|| (0..row.cells.len()).filter(named).map(|at| row.cells[at]).find(wordy));
    let (name, row_unit) = name.map_or((None, None), |span| bracketed(text, span).map_or((Some(span), None), |(name, unit)| (Some(name), Some(unit))));
    // 比上年增长（%）
    let (basis, own) = change.map_or((None, None), |span| bracketed(text, span).map_or((Some(span), None), |(name, unit)| (Some(name), Some(unit))));
    let given = || of(Held::Unit).or(row_unit).or(head.unit).or(grid.unit);
    let (unit, value, high, dimension) = match (read.unit, basis.filter(|_| own.is_none())) {
        (Some((from, to, dimension)), _) => (view.span(from, to), read.value, read.amount.high, dimension),
        // Changes are in per cent, whatever the figures beside them are in.
        (None, Some(_)) => (Span::at(span.end), read.value, read.amount.high, Dimension::Percent),
        (None, None) => match own.or_else(given).and_then(|unit| Some((unit, unit_of(&clean(&text[unit.range()]))?))) {
            Some((unit, (skip, exponent, dimension))) => {
                let times = |v: Decimal| v.checked_mul(Decimal::from(10u64.pow(exponent.min(18)))).map_or(v, |v| v.normalize());
                let unit = Span::new(unit.start + skip as u32, unit.end);
                (unit, times(read.value), read.amount.high.map(times), dimension)
            }
            None => (Span::at(span.end), read.value, read.amount.high, Dimension::Count),
        },
    };
    let planned = matches!(setting.kind, Some(Kind::WorkPlan | Kind::Notice | Kind::Regulation)) || passage.role == Role::Plan;
    let year = |year: u16| Some(Period { from: Date::new(year, 1, 1)?, to: Date::new(year, 12, 31)? });
    out.metrics.push(Metric {
        span,
        value,
        value_high: high,
        unit,
        dimension,
        bound: read.bound,
        subject: head.name.into_iter().chain(name).collect(),
        modality: if head.aim.unwrap_or(planned) { Modality::Target } else { Modality::Actual },
        per: None,
        // The sign stays the number's own: an increase of -4.6 %.
        change: basis.map(|basis| Change { kind: ChangeKind::Increase, from: None, to: None, basis: Some(basis) }),
        part_of: None,
        period: head.year.and_then(year),
        section: passage.section,
    });
    true
}
