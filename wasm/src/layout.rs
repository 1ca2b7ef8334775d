//! A layout as numbers, the way it crosses from one module to the other.
//!
//! Blocks: how many, then start, end, kind of each. Run-ins: how many, then start and end of each. Tables: how many; of each start, end, rows; of each row whether it
//! is a header, cells, start and end of each cell.

use gongwen::Span;
use gongwen::layout::{Block, BlockKind, Layout};
#[cfg(not(feature = "formats"))]
use gongwen::layout::{RowLayout, TableLayout};

/// Kinds of a block; from here on headings of level 0, 1, …
const PARAGRAPH: u32 = 0;
const BOILERPLATE: u32 = 1;
const ROW: u32 = 2;
const HEADING: u32 = 3;

/// Writes a layout.
#[cfg(feature = "formats")]
pub(crate) fn write(layout: &Layout) -> Vec<u32> {
    let kind = |block: &Block| match block.kind {
        BlockKind::Paragraph => PARAGRAPH,
        BlockKind::Boilerplate => BOILERPLATE,
        BlockKind::TableRow => ROW,
        BlockKind::Heading(level) => HEADING + u32::from(level),
    };
    let mut out = vec![layout.blocks.len() as u32];
    let place = |span: Span| [span.start, span.end];
    for block in &layout.blocks {
        out.extend(place(block.span));
        out.push(kind(block));
    }
    out.push(layout.run_ins.len() as u32);
    out.extend(layout.run_ins.iter().flat_map(|span| place(*span)));
    out.push(layout.tables.len() as u32);
    for table in &layout.tables {
        out.extend(place(table.span));
        out.push(table.rows.len() as u32);
        for row in &table.rows {
            out.extend([u32::from(row.header), row.cells.len() as u32]);
            out.extend(row.cells.iter().flat_map(|cell| place(*cell)));
        }
    }
    out
}

/// Reads what [`write`] wrote.
#[cfg(not(feature = "formats"))]
pub(crate) fn read(numbers: &[u32]) -> Layout {
    let mut numbers = numbers.iter().copied();
    let mut next = move || numbers.next().unwrap_or_default();
    let mut layout = Layout::default();
    for _ in 0..next() {
        let span = Span::new(next(), next());
        let kind = match next() {
            PARAGRAPH => BlockKind::Paragraph,
            BOILERPLATE => BlockKind::Boilerplate,
            ROW => BlockKind::TableRow,
            heading => BlockKind::Heading((heading - HEADING) as u8),
        };
        layout.blocks.push(Block { span, kind });
    }
    for _ in 0..next() {
        layout.run_ins.push(Span::new(next(), next()));
    }
    for _ in 0..next() {
        let mut table = TableLayout { span: Span::new(next(), next()), rows: Vec::new() };
        for _ in 0..next() {
            let header = next() == 1;
            let cells = (0..next()).map(|_| Span::new(next(), next())).collect();
            table.rows.push(RowLayout { cells, header });
        }
        layout.tables.push(table);
    }
    layout
}
