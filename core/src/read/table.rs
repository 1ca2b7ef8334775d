//! A table while it is read: its cells, the grid that merged cells fill, its text and its layout.

use super::buffer::Buffer;
use super::labels;
use super::{Limits, check};
use crate::room;
use crate::layout::{RowLayout, TableLayout};
use crate::{Error, Span};

/// A cell as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    pub(crate) text: Buffer,
    pub(crate) columns: u32,
    /// 0: to the end of the table.
    pub(crate) rows: u32,
    pub(crate) header: bool,
    pub(crate) node: u32,
    pub(crate) index: usize,
    /// It goes on a cell above (Word says so in the lower cell, HTML in the upper).
    pub(crate) merged: bool,
}

/// A table under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    cells: Vec<Cell>,
    /// Index of the first cell of every row.
    rows: Vec<usize>,
    open: bool,
    /// Rows marked as headers.
    headers: Vec<usize>,
    /// Cells of the grid so far, merged ones counted once per column.
    pub(crate) size: u64,
}

/// Which cell fills each place of the grid.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Box<[Option<u32>]>>,
    pub(crate) columns: usize,
}

impl Table {
    pub(crate) fn start_row(&mut self) {
        room::push(&mut self.rows, self.cells.len());
        self.open = true;
    }

    pub(crate) fn start_cell(&mut self, cell: Cell) {
        if !self.open {
            self.start_row();
        }
        self.size += u64::from(cell.columns);
        let index = self.cells.len();
        room::push(&mut self.cells, Cell { index, ..cell });
    }

    pub(crate) fn end_cell(&mut self, mut text: Buffer, node: u32) {
        // Most cells are of one piece, and there may be very many.
        text.pieces.shrink_to_fit();
        if let Some(cell) = self.cells.last_mut().filter(|c| c.node == node) {
            cell.text = text;
        }
    }

    /// Gives the cell that was started last several columns.
    pub(crate) fn widen(&mut self, columns: u32) {
        if let Some(cell) = self.cells.last_mut() {
            self.size += u64::from(columns) - u64::from(cell.columns).min(u64::from(columns));
            cell.columns = columns;
        }
    }

    /// Marks the row that was started last as a header; its cells may still come.
    pub(crate) fn header_row(&mut self) {
        self.headers.push(self.rows.len().saturating_sub(1));
    }

    /// Turns cells that go on a cell above into rows that the cell above spans.
    pub(crate) fn join_merged(&mut self) {
        // For every column the cell it shows.
        let mut above: Vec<usize> = Vec::new();
        let mut gone = vec![false; self.cells.len()];
        let ends: Vec<usize> = self.rows.iter().skip(1).copied().chain([self.cells.len()]).collect();
        for (row, (from, to)) in self.rows.clone().into_iter().zip(ends).enumerate() {
            let mut column = 0;
            for (i, is_gone) in gone.iter_mut().enumerate().take(to).skip(from) {
                let columns = self.cells[i].columns as usize;
                let owner = above.get(column).copied().filter(|_| self.cells[i].merged && self.cells[i].text.is_empty());
                if let Some(owner) = owner {
                    self.cells[owner].rows += 1;
                    *is_gone = true;
                }
                if above.len() < column + columns {
                    above.resize(column + columns, 0);
                }
                above[column..column + columns].fill(owner.unwrap_or(i));
                self.cells[i].header |= self.headers.binary_search(&row).is_ok();
                column += columns;
            }
        }
        let mut kept = 0;
        let mut starts = self.rows.iter().copied().peekable();
        let mut rows = Vec::with_capacity(self.rows.len());
        for i in 0..=self.cells.len() {
            while starts.peek() == Some(&i) {
                rows.push(kept);
                starts.next();
            }
            kept += usize::from(gone.get(i) == Some(&false));
        }
        self.rows = rows;
        let mut flags = gone.into_iter();
        self.cells.retain(|_| flags.next() == Some(false));
        for (i, cell) in self.cells.iter_mut().enumerate() {
            cell.index = i;
        }
    }

    /// The cell that was started last.
    pub(crate) fn last_cell(&mut self) -> Option<&mut Cell> {
        self.cells.last_mut()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        let ends = self.rows.iter().skip(1).copied().chain([self.cells.len()]);
        self.rows.iter().zip(ends).map(|(from, to)| &self.cells[*from..to])
    }

    /// Whether it is the table above an article: labels and values in turn.
    pub(crate) fn is_header(&self) -> bool {
        let (mut labels, mut known, mut others) = (0, 0, 0);
        for row in self.rows() {
            for cell in row.iter().step_by(2).filter(|c| !c.text.is_empty()) {
                let text = cell.text.text.trim_end_matches(['：', ':', ' ']);
                let is_known = labels::is_known(text);
                known += usize::from(is_known);
                if is_known || (text.len() < cell.text.text.len() && cell.text.chars <= 12) {
                    labels += 1;
                } else {
                    others += 1;
                }
            }
        }
        let enough = known >= 2 || (known == 1 && others == 0 && self.rows.len() < 3);
        self.rows.len() <= 20 && enough && others * 4 <= labels
    }

    /// Labels with their values.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Buffer, &Buffer)> {
        static NOTHING: Buffer = Buffer { text: String::new(), pieces: Vec::new(), chars: 0, links: 0, bold: 0 };
        self.rows().flat_map(|row| row.chunks(2).map(|pair| (&pair[0].text, pair.get(1).map_or(&NOTHING, |c| &c.text))))
    }

    /// The grid with merged cells expanded.
    pub(crate) fn grid(&self, limits: &Limits) -> Result<Grid, Error> {
        let mut rows: Vec<Vec<Option<u32>>> = Vec::with_capacity(self.rows.len());
        // For every column the cell that reaches down into it, and for how many rows more.
        let mut above: Vec<(u32, Option<u32>)> = Vec::new();
        let (mut size, mut columns) = (0u64, 0);
        for cells in self.rows() {
            let mut row: Vec<Option<u32>> = Vec::new();
            let mut cells = cells.iter();
            loop {
                while let Some((left, cell)) = above.get_mut(row.len()).filter(|a| a.0 > 0) {
                    *left -= 1;
                    row.push(*cell);
                }
                let Some(cell) = cells.next() else { break };
                for _ in 0..cell.columns {
                    let column = row.len();
                    if above.len() <= column {
                        above.resize(column + 1, (0, None));
                    }
                    let down = if cell.rows == 0 { u32::MAX } else { cell.rows - 1 };
                    let index = Some(cell.index as u32);
                    above[column] = (down, index);
                    row.push(index);
                }
            }
            // Cells from above may also reach into places beyond the row's own cells.
            while row.len() < above.len() {
                let (left, cell) = &mut above[row.len()];
                let reaches = *left > 0;
                *left = left.saturating_sub(1);
                row.push(cell.filter(|_| reaches));
            }
            size += row.len() as u64;
            while row.last() == Some(&None) {
                row.pop();
            }
            check("table size in cells", size, limits.cells, "raise `limits.cells`")?;
            columns = columns.max(row.len());
            rows.push(row);
        }
        check("table size in cells", rows.len() as u64 * columns as u64, limits.cells, "raise `limits.cells`")?;
        let whole = |mut row: Vec<_>| {
            row.resize(columns, None);
            row.into_boxed_slice()
        };
        Ok(Grid { rows: rows.into_iter().map(whole).collect(), columns })
    }

    /// The rows as lines, and the layout that they have when the first starts at `start`. A table that
    /// is no grid (a single column, a single row) has lines and no layout.
    pub(crate) fn lay_out(&self, start: u32, limits: &Limits) -> Result<(Vec<Buffer>, Option<TableLayout>), Error> {
        let grid = self.grid(limits)?;
        let mut lines = Vec::new();
        if grid.columns < 2 {
            lines.extend(self.rows().flatten().filter(|c| !c.text.is_empty()).map(|c| c.text.clone()));
            return Ok((lines, None));
        }
        let mut layout = TableLayout { span: Span::at(start), rows: Vec::new() };
        let mut spans = vec![Span::default(); self.cells.len()];
        let mut at = start;
        for (row, places) in self.rows().zip(&grid.rows) {
            // Nothing here, or nothing but cells that go on from above.
            if row.iter().all(|c| c.text.is_empty()) {
                for cell in row {
                    spans[cell.index] = Span::at(layout.span.end);
                }
                continue;
            }
            let mut line = Buffer::default();
            for (i, cell) in row.iter().enumerate() {
                if i > 0 {
                    line.push_own(" | ");
                }
                let from = at + line.len();
                line.append(&cell.text);
                spans[cell.index] = Span::new(from, at + line.len());
            }
            let end = at + line.len();
            room::push(&mut layout.rows, RowLayout { cells: places.iter().map(|c| c.map_or(Span::at(end), |c| spans[c as usize])).collect(), header: row.iter().all(|c| c.header) });
            layout.span.end = end;
            at = end + 1;
            room::push(&mut lines, line);
        }
        let layout = Some(layout).filter(|l| l.rows.len() > 1);
        Ok((lines, layout))
    }
}
