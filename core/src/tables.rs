//! Lines → tables: where the source declares one, and where lines of cells between `|` or tabs make one.

use crate::facts::responsibility::{Column, column};
use crate::frame::Part;
use crate::grammar::numeral::power;
use crate::layout::Layout;
use crate::lexicon::LEXICON;
use crate::lines::{Lines, Mark};
use crate::scan::Class;
use crate::view::{clean, is_digit, trim};
use crate::{Dimension, Span};

/// A table under construction; its rows name the lines they stand on.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Row>,
    /// What each column holds, as the header says.
    pub(crate) columns: Vec<Held>,
    /// The unit that the table's caption gives its figures: 单位：亿元.
    pub(crate) unit: Option<Span>,
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
    /// 数值, 2023年, 户籍人口（万人）: figures.
    Figure(Figure),
    /// 同比, 比上年增长: changes in per cent.
    Change(Span),
}

/// What the header says of a column of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figure {
    /// What is measured, where the header names it: 户籍人口 of 户籍人口（万人）.
    pub(crate) name: Option<Span>,
    /// The unit in its brackets: 万人.
    pub(crate) unit: Option<Span>,
    /// The year the figures are of: 2023年.
    pub(crate) year: Option<u16>,
    /// Whether they are aimed at (2024年目标) or reached (2023年完成).
    pub(crate) aim: Option<bool>,
}

/// The tables of a document, and for every line the table and row that begins on it.
#[derive(Debug, Default)]
pub(crate) struct Grids {
    pub(crate) grids: Vec<Grid>,
    /// Pairs of line and (grid, row), in the order of lines.
    places: Vec<(usize, usize, usize)>,
    /// From which line to which cells stand on lines of their own, each behind a `|`.
    stacks: Vec<(usize, usize)>,
}

impl Grids {
    /// Whether a line lies in a table that has a cell on each line: what is numbered there is a cell's text.
    pub(crate) fn stacked(&self, line: usize) -> bool {
        let after = self.stacks.partition_point(|(_, last)| *last < line);
        self.stacks.get(after).is_some_and(|(first, _)| *first <= line)
    }

    /// The table and the number of its row that stands on a line.
    pub(crate) fn at(&self, line: usize) -> Option<(&Grid, usize)> {
        let at = self.places.binary_search_by_key(&line, |p| p.0).ok()?;
        let (_, grid, row) = self.places[at];
        Some((&self.grids[grid], row))
    }
}

/// Finds the tables.
pub(crate) fn find(text: &str, lines: &Lines, parts: &[Part], layout: Option<&Layout>) -> Grids {
    let mut grids = Grids::default();
    match layout.filter(|l| !l.blocks.is_empty()) {
        Some(layout) => declared(lines, parts, layout, &mut grids),
        None => {
            drawn(text, lines, parts, &mut grids);
            grids.stacks = stacks(text, lines, parts);
        }
    }
    for grid in &mut grids.grids {
        grid.unit = caption(text, lines, grid);
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
        if cells.len() < 2 || !grid.rows.is_empty() && (cells.len().abs_diff(width) > 1 || line.apart && cells.len() != width) {
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

/// A cell may have so many lines below its first, and a table at least so many cells.
const CELL_LINES: usize = 12;
const STACKED: usize = 6;

/// Tables of which each cell begins on a line of its own behind a `|`, and each row ends in a `|` alone.
fn stacks(text: &str, lines: &Lines, parts: &[Part]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // The table in hand: its first line, its last cell's, how many cells it has.
    let mut open: Option<(usize, usize, usize)> = None;
    // Where the row in hand begins.
    let mut row = 0;
    let edges = lines.lines.iter().enumerate().filter(|(_, line)| line.signs.has(Class::Cell));
    for (i, line) in edges {
        let Some(cell) = text[line.span.range()].strip_prefix('|') else { continue };
        let near = open.is_some_and(|(_, last, _)| i - last <= CELL_LINES);
        if crate::view::skip_blank(cell).is_empty() {
            row = i + 1;
            // The row's last cell ends here.
            open = open.map(|(first, last, cells)| (first, if near { i } else { last }, cells));
            continue;
        }
        // A | inside the line draws the row on one line.
        if cell.contains('|') || parts[i] != Part::Body {
            continue;
        }
        open = match open.filter(|_| near) {
            Some((first, _, cells)) => Some((first, i, cells + 1)),
            None => {
                out.extend(open.filter(|(.., cells)| *cells >= STACKED));
                Some((row.max(i.saturating_sub(1)), i, 1))
            }
        };
    }
    out.extend(open.filter(|(.., cells)| *cells >= STACKED));
    out.into_iter().map(|(first, last, _)| (first, last)).collect()
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

/// How many lines above a table, or rows in its head, may hold its unit.
const CAPTION: usize = 2;

/// The unit above a table or in its first rows: 单位：亿元. Several units (亿元、%) are none that all figures share.
fn caption(text: &str, lines: &Lines, grid: &Grid) -> Option<Span> {
    let first = grid.rows.first()?.line;
    let above = lines.lines[first.saturating_sub(CAPTION)..first].iter().rev().map(|l| l.span);
    let inside = grid.rows.iter().take(CAPTION).flat_map(|r| r.cells.iter().copied());
    above.chain(inside).find_map(|span| {
        let part = &text[span.range()];
        let at = part.find("单位：").or_else(|| part.find("单位:"))?;
        // 责任单位：… is another thing.
        let alone = part[..at].chars().next_back().is_none_or(|c| !('\u{4E00}'..='\u{9FFF}').contains(&c) || part[..at].ends_with("计量"));
        let from = at + part[at..].find([':', '：'])?;
        let from = from + part[from..].chars().next()?.len_utf8();
        let word = part[from..].trim_end_matches([')', '）']);
        let word = trim(text, Span::from(span.start as usize + from..span.start as usize + from + word.len()));
        (alone && unit_of(&clean(&text[word.range()])).is_some()).then_some(word)
    })
}

/// Reads the header: the row that says it is one, else the first that names columns.
fn name_columns(text: &str, grid: &mut Grid) {
    let shared = grid.unit.is_some();
    let held = |row: &Row| -> Vec<Held> {
        row.cells.iter().enumerate().map(|(i, c)| held(text, *c).unwrap_or_else(|| if shared && i > 0 { measured(text, *c) } else { Held::Text })).collect()
    };
    let known = |columns: &[Held]| columns.iter().filter(|h| **h != Held::Text).count();
    let Some(at) = grid.rows.iter().take(3).position(|r| r.cells.len() > 1 && known(&held(r)) >= 2) else { return };
    grid.columns = held(&grid.rows[at]);
    for row in &mut grid.rows[..=at] {
        row.header = true;
    }
}

/// Under a caption that gives the unit, any column that is not known to hold something else.
fn measured(text: &str, span: Span) -> Held {
    let header = clean(&text[span.range()]);
    let other =
        ["序", "号", "年份", "年度", "日期", "时间", "电话", "备注", "代码", "数量", "个数", "比", "率", "%", "％", "单位", "名称", "地址", "地点", "类"];
    let number = header.chars().any(is_digit);
    if header.is_empty() || number || header.chars().count() > 14 || other.iter().any(|w| header.contains(w)) {
        return Held::Text;
    }
    Held::Figure(Figure { name: Some(span), ..Figure::default() })
}

/// A unit of measure as a table writes it: how many bytes of it multiply, by which power of ten, and what it measures.
pub(crate) fn unit_of(word: &str) -> Option<(usize, u32, Dimension)> {
    let whole = |rest: &str| LEXICON.units.start(rest).filter(|u| u.word.len() == rest.len()).map(|u| u.dimension);
    let (mut skip, mut exponent) = (0, 0);
    loop {
        let rest = &word[skip..];
        let per = rest.split_once(['/', '／']).filter(|(unit, below)| whole(unit).is_some() && !below.is_empty());
        if let Some(dimension) = whole(rest).or(per.map(|_| Dimension::Ratio)).or((rest == "％").then_some(Dimension::Percent)) {
            return Some((skip, exponent, dimension));
        }
        // 万人, 亿千瓦时: tried whole before a multiplier is taken off.
        let c = rest.chars().next()?;
        exponent += power(c)?;
        skip += c.len_utf8();
    }
}

/// 户籍人口（万人）: the name, and the unit in the brackets at its end.
pub(crate) fn bracketed(text: &str, span: Span) -> Option<(Span, Span)> {
    let part = &text[span.range()];
    let inner = part.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let from = open + inner[open..].chars().next()?.len_utf8();
    let from = ["单位：", "单位:"].iter().find(|w| inner[from..].starts_with(**w)).map_or(from, |w| from + w.len());
    let place = |range: std::ops::Range<usize>| trim(text, Span::from(span.start as usize + range.start..span.start as usize + range.end));
    let unit = place(from..inner.len());
    unit_of(&clean(&text[unit.range()]))?;
    Some((place(0..open), unit))
}

fn held(text: &str, span: Span) -> Option<Held> {
    let header = clean(&text[span.range()]);
    let bare = header.split(['（', '(']).next().unwrap_or(&header);
    let named = bracketed(text, span);
    let unit = named.map(|(_, unit)| unit);
    match bare {
        "指标" | "指标名称" | "主要指标" | "项目" | "项目名称" | "名称" | "统计指标" | "内容" => return Some(Held::Indicator),
        "单位" | "计量单位" | "计算单位" => return Some(Held::Unit),
        "数值" | "绝对数" | "总量" | "数量" | "实绩" | "完成数" | "完成值" | "目标值" | "指标值" | "总计" | "合计" => {
            return Some(Held::Figure(Figure { unit, aim: bare.contains("目标").then_some(true), ..Figure::default() }));
        }
        _ => {}
    }
    let growth = ["同比", "比上年", "增长", "增速", "增减"].iter().any(|w| bare.contains(w));
    if growth && bare.chars().count() <= 12 {
        return Some(Held::Change(span));
    }
    // 2024年 and 2024年目标, but not 2024年12月 and 2024年底前.
    let of_year = |rest: &str| rest.strip_prefix('年').is_some_and(|rest| !rest.starts_with(|c: char| is_digit(c) || matches!(c, '底' | '末' | '内' | '前')));
    let year = bare.get(..4).and_then(|y| y.parse().ok()).filter(|_| of_year(&bare[4..]) && bare.chars().count() <= 10);
    if year.is_some() {
        let aim = if ["目标", "计划", "预期"].iter().any(|w| bare.contains(w)) {
            Some(true)
        } else {
            ["完成", "实绩", "实际"].iter().any(|w| bare.contains(w)).then_some(false)
        };
        return Some(Held::Figure(Figure { unit, year, aim, name: None }));
    }
    if let Some((name, unit)) = named.filter(|_| !bare.is_empty() && bare.chars().count() <= 14 && !bare.contains(is_digit)) {
        return Some(Held::Figure(Figure { name: Some(name), unit: Some(unit), ..Figure::default() }));
    }
    column(&header).map(|c| Held::Duty(c, span))
}
