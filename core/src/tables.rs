//! Lines → tables: where the source declares one, and where lines of cells between `|` or tabs make one.

use crate::Span;
use crate::facts::responsibility::{Column, column};
use crate::frame::Part;
use crate::layout::Layout;
use crate::lines::{Lines, Mark};
use crate::scan::Class;
use crate::view::{clean, trim};

/// A table under construction; its rows name the lines they stand on.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Row>,
    /// What each column holds, as the header says.
    pub(crate) columns: Vec<Held>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// The line it stands on; the first, where it has several.
    pub(crate) line: usize,
    pub(crate) cells: Vec<Span>,
    pub(crate) header: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Held {
    /// Text.
    #[default]
    Text,
    /// Units, dates or tasks.
    Duty(Column, Span),
    /// 指标, 项目: what the row's figures measure.
    Indicator,
    /// 单位 of measure.
    Unit,
    /// 数值, 2023年: figures.
    Figure,
    /// 同比, 比上年增长: changes in per cent.
    Change(Span),
}

/// The tables of a document, and for every line the table and row that begins on it.
#[derive(Debug, Default)]
pub(crate) struct Grids {
    pub(crate) grids: Vec<Grid>,
    /// Pairs of line and (grid, row), in the order of lines.
    places: Vec<(usize, usize, usize)>,
}

impl Grids {
    /// The row that stands on a line.
    pub(crate) fn at(&self, line: usize) -> Option<(&Grid, &Row)> {
        let at = self.places.binary_search_by_key(&line, |p| p.0).ok()?;
        let (_, grid, row) = self.places[at];
        Some((&self.grids[grid], &self.grids[grid].rows[row]))
    }
}

/// Finds the tables.
pub(crate) fn find(text: &str, lines: &Lines, parts: &[Part], layout: Option<&Layout>) -> Grids {
    let mut grids = Grids::default();
    match layout.filter(|l| !l.blocks.is_empty()) {
        Some(layout) => declared(lines, parts, layout, &mut grids),
        None => drawn(text, lines, parts, &mut grids),
    }
    for grid in &mut grids.grids {
        name_columns(text, grid);
    }
    for (g, grid) in grids.grids.iter().enumerate() {
        grids.places.extend(grid.rows.iter().enumerate().map(|(r, row)| (row.line, g, r)));
    }
    grids.places.sort_unstable();
    grids.places.dedup_by_key(|p| p.0);
    grids
}

/// Tables that the source declares.
fn declared(lines: &Lines, parts: &[Part], layout: &Layout, out: &mut Grids) {
    for table in &layout.tables {
        let mut grid = Grid::default();
        for row in &table.rows {
            // A merged cell may begin in a row above; the row's own line holds its last own cell.
            let own = row.cells.iter().map(|c| c.start).max().unwrap_or(table.span.start);
            let line = lines.lines.partition_point(|l| l.span.start <= own).saturating_sub(1);
            let here = lines.lines.get(line).is_some_and(|l| l.mark == Mark::Row && l.span.start <= own && own <= l.span.end);
            if here && parts[line] == Part::Body {
                grid.rows.push(Row { line, cells: row.cells.clone(), header: row.header });
            }
        }
        if !grid.rows.is_empty() {
            out.grids.push(grid);
        }
    }
}

/// Tables drawn with `|` or tabs: lines that follow each other and have as many cells.
fn drawn(text: &str, lines: &Lines, parts: &[Part], out: &mut Grids) {
    let mut grid = Grid::default();
    let mut width = 0;
    for (i, line) in lines.lines.iter().enumerate() {
        let part = &text[line.span.range()];
        // A tab is noise, a | a cell's edge.
        let edged = parts[i] == Part::Body && line.signs.has_any(&[Class::Cell, Class::Noise]);
        let cells = if edged { cells(text, line.span) } else { Vec::new() };
        // ---|--- below the header is furniture of the table.
        let rule = parts[i] == Part::Furniture && !grid.rows.is_empty() && part.contains("--");
        if let Some(row) = grid.rows.last_mut().filter(|_| rule) {
            row.header = true;
            continue;
        }
        if cells.len() < 2 || !grid.rows.is_empty() && cells.len().abs_diff(width) > 1 {
            finish(&mut grid, out);
        }
        if cells.len() >= 2 {
            width = cells.len();
            grid.rows.push(Row { line: i, cells, header: false });
        }
    }
    finish(&mut grid, out);
}

fn finish(grid: &mut Grid, out: &mut Grids) {
    let done = std::mem::take(grid);
    if done.rows.len() >= 2 {
        out.grids.push(done);
    }
}

/// The cells of a line, if it is drawn as a row.
fn cells(text: &str, span: Span) -> Vec<Span> {
    let part = &text[span.range()];
    let Some(edge) = memchr::memchr2(b'|', b'\t', part.as_bytes()) else { return Vec::new() };
    let edge = if part[edge..].contains('|') { '|' } else { '\t' };
    let mut out = Vec::new();
    let mut at = span.start as usize;
    for cell in part.split(edge) {
        out.push(trim(text, Span::from(at..at + cell.len())));
        at += cell.len() + 1;
    }
    // | a | b | has an edge before the first and after the last.
    if out.first().is_some_and(|c| c.is_empty()) && part.starts_with(edge) {
        out.remove(0);
    }
    if out.last().is_some_and(|c| c.is_empty()) {
        out.pop();
    }
    if out.iter().filter(|c| !c.is_empty()).count() < 2 { Vec::new() } else { out }
}

/// Reads the header: the row that says it is one, else the first that names columns.
fn name_columns(text: &str, grid: &mut Grid) {
    let held = |row: &Row| -> Vec<Held> { row.cells.iter().map(|c| held(&clean(&text[c.range()]), *c)).collect() };
    let known = |columns: &[Held]| columns.iter().filter(|h| **h != Held::Text).count();
    let Some(at) = grid.rows.iter().take(3).position(|r| known(&held(r)) >= 2) else { return };
    grid.columns = held(&grid.rows[at]);
    for row in &mut grid.rows[..=at] {
        row.header = true;
    }
}

fn held(header: &str, span: Span) -> Held {
    let bare = header.split(['（', '(']).next().unwrap_or(header);
    match bare {
        "指标" | "指标名称" | "主要指标" | "项目" | "项目名称" | "名称" | "统计指标" | "内容" => return Held::Indicator,
        "单位" | "计量单位" | "计算单位" => return Held::Unit,
        "数值" | "绝对数" | "总量" | "数量" | "实绩" | "完成数" | "完成值" | "目标值" | "指标值" | "总计" | "合计" => {
            return Held::Figure;
        }
        _ => {}
    }
    let growth = ["同比", "比上年", "增长", "增速", "增减"].iter().any(|w| bare.contains(w));
    if growth && bare.chars().count() <= 12 {
        return Held::Change(span);
    }
    let year = bare.len() >= 7 && bare.is_char_boundary(4) && bare[..4].bytes().all(|b| b.is_ascii_digit()) && bare[4..].starts_with('年');
    if year && bare.chars().count() <= 10 {
        return Held::Figure;
    }
    column(header).map_or(Held::Text, |c| Held::Duty(c, span))
}
