//! Rows that say where the edges of their cells are, as Word's own formats do.

use super::buffer::Buffer;
use super::table::{Cell, Table};
use super::{Limits, check};
use crate::Error;

/// A row while it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawRow {
    pub(crate) cells: Vec<Buffer>,
    /// Where the cells begin, and where the last one ends, in twentieths of a point.
    pub(crate) edges: Vec<i16>,
    /// Of each cell bits 0-1: merged to the left (1) or first of such (2, 3); bits 5-6: merged upwards (1) or first of
    /// such (3).
    pub(crate) flags: Vec<u16>,
    pub(crate) header: bool,
}

/// Edges that lie this near to each other (in twentieths of a point) are one.
const NEAR: i16 = 20;

/// Rows → a table: cells span the columns that the edges of all rows make.
pub(crate) fn lay_out(rows: Vec<RawRow>, limits: &Limits) -> Result<Table, Error> {
    let mut edges: Vec<i16> = rows.iter().flat_map(|r| r.edges.iter().copied()).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, kept| next.saturating_sub(*kept) <= NEAR);
    let column = |edge: i16| edges.partition_point(|e| *e <= edge).saturating_sub(1);
    let mut table = Table::default();
    for raw in rows {
        table.start_row();
        if raw.header {
            table.header_row();
        }
        let known = raw.edges.len() == raw.cells.len() + 1;
        let mut right = 0;
        for (i, text) in raw.cells.into_iter().enumerate() {
            let flags = raw.flags.get(i).copied().unwrap_or(0);
            let (from, to) = if known { (column(raw.edges[i]), column(raw.edges[i + 1])) } else { (i, i + 1) };
            // A row that begins further right than the table has nothing there.
            if i == 0 && from > 0 {
                table.start_cell(Cell { columns: from as u32, rows: 1, ..Cell::default() });
            }
            right = right.max(to);
            let columns = to.saturating_sub(from).max(1) as u32;
            match table.last_cell().filter(|_| i > 0 && flags & 3 == 1) {
                // It shows nothing of its own: its place belongs to the cell on its left.
                Some(left) => {
                    let columns = left.columns + columns;
                    if !text.is_empty() {
                        left.text.push_own(" ");
                        left.text.append(&text);
                    }
                    table.widen(columns);
                }
                None => table.start_cell(Cell { text, columns, rows: 1, merged: flags >> 5 & 3 == 1, ..Cell::default() }),
            }
        }
        check("table size in cells", table.size, limits.cells, "raise `limits.cells`")?;
    }
    table.join_merged();
    Ok(table)
}
