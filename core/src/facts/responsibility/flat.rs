//! A table that copying has taken apart: every cell on a line of its own, the header cells first.
//!
//! Its columns are lost, but its units can still be told: after header cells that name a column of tasks and a
//! column of units, a line that is nothing but a list of bodies is a cell of that column.

use super::list::List;
use super::{Column, Found, column, emit, unit};
use crate::facts::{Facts, Passage, Setting};
use crate::grammar::bracket::{Pairs, pairs};
use crate::lexicon::duties::DUTIES;
use crate::scan::WIDE;
use crate::{ResponsibilityRole as Role, Span};

/// A cell is not longer than this, in bytes.
const LONGEST_CELL: usize = 600;

/// What is known of the table that is being read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FlatTable {
    /// The last lines were header cells.
    heads: bool,
    /// One of them was 序号 or a column of tasks.
    tasks: bool,
    /// The column of units, once the header has named it.
    units: Option<(Role, Span)>,
    /// The list that the last line was, to be continued by the next.
    open: Option<usize>,
}

/// Reads a line as a cell. Returns whether it was one of the table's own.
pub(crate) fn read(passage: &Passage<'_>, setting: &Setting, out: &mut Facts) -> bool {
    let text = passage.view.text;
    if text.len() > LONGEST_CELL {
        out.flat_table.open = None;
        return false;
    }
    let number = DUTIES.roles.number_column.has(text);
    // 期限
    let head = if number || !(2 * WIDE..=42).contains(&text.len()) { None } else { column(text) };
    if number || head.is_some() {
        let table = &mut out.flat_table;
        if !table.heads {
            *table = FlatTable { heads: true, ..FlatTable::default() };
        }
        table.tasks |= number || head == Some(Column::Task);
        if let Some(Column::Units(role)) = head
            && role != Role::Person
            && table.units.is_none()
        {
            table.units = Some((role, passage.view.span(0, text.len())));
        }
        return false;
    }
    let table = &mut out.flat_table;
    table.heads = false;
    let open = table.open.take();
    let (Some((role, label)), true) = (table.units, table.tasks) else { return false };
    let mut brackets = Pairs::default();
    pairs(text, passage.anchors, &mut brackets);
    let mut list = List::new(passage, &brackets.all);
    list.open(role, None, 0);
    list.read(0, text.len(), 0);
    let Some(drafts) = list.finish(false) else { return false };
    let named = |u: &(usize, usize)| {
        let name = &text[u.0..u.1];
        let cell = name.chars().count() > 2 && !unit::is_phrase(name) && !unit::is_person(&text[..u.1]);
        let ends = DUTIES.organs.sure_body.end(name).max(DUTIES.organs.cell_body.end(name));
        cell && (DUTIES.roles.placed.start(name) > 0 || ends > 0)
    };
    if drafts.len() != 1 || !drafts[0].sure() || !drafts[0].units.iter().all(named) || text.ends_with(['。', '；', ';', '：', ':']) {
        return false;
    }
    // One unit a line: the list goes on.
    if let Some(row) = open.and_then(|row| out.responsibilities.get_mut(row)).filter(|r| r.section == passage.section) {
        row.units.extend(drafts[0].units.iter().map(|u| passage.view.span(u.0, u.1)));
        row.span = row.span.to(passage.view.span(0, text.len()));
        out.flat_table.open = open;
        return true;
    }
    let from = out.responsibilities.len();
    emit(passage, setting, Found { start: 0, end: text.len() as u32, drafts }, out);
    for row in &mut out.responsibilities[from..] {
        row.label = label;
    }
    out.flat_table.open = Some(out.responsibilities.len() - 1);
    true
}
