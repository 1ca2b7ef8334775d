//! Pages of placed characters → paragraphs and tables.
//!
//! PDF and OFD say where a character stands and nothing of what it belongs to. Here characters on one baseline become
//! lines, in reading order; characters between ruled lines tables (`ruled.rs`); lines of one column paragraphs, by indent,
//! width and gap (`flow.rs`). What a page shows of edges, columns, headers, footers and footnotes, `shape.rs` finds.

mod flow;
mod ruled;
mod shape;

use super::Limits;
use super::assembly::Assembly;
use super::buffer::Buffer;
use super::origin::{Mark, PageBox};
use crate::Error;
use flow::Flow;
use ruled::{Found, Ruled, cell_of, tables};
use shape::{columns, margins};
use std::collections::HashMap;

/// A character on a page; places in points, from the page's upper left corner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub(crate) x: f32,
    /// The baseline.
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) size: f32,
    /// Degrees that its line is turned by, clockwise.
    pub(crate) turn: i16,
    pub(crate) bold: bool,
    /// Where its text stands in [`Pages::text`], and how long that is.
    pub(crate) at: u32,
    pub(crate) len: u8,
}

/// A ruled line, level or upright.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) rules: Vec<Rule>,
}

/// What a character takes while pages are laid out: so much of `limits.unpacked` it counts for.
pub(crate) const GLYPH: u64 = 64;

/// The pages of a file.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) pages: Vec<Page>,
    /// What all characters say, in the order of the file.
    pub(crate) text: String,
    /// The order of the file is none to rely on: lines go from top to bottom.
    pub(crate) sorted: bool,
}

impl Page {
    /// Adds a stroked or filled path's box, if it is a line.
    pub(crate) fn add_rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        const THIN: f32 = 3.0;
        let (w, h) = ((x1 - x0).abs(), (y1 - y0).abs());
        let level = h <= THIN && w > 4.0;
        let upright = w <= THIN && h > 4.0;
        if (level || upright) && self.rules.len() < 100_000 && [x0, y0, x1, y1].iter().all(|n| n.is_finite()) {
            let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
            let (x0, x1, y0, y1) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
            self.rules.push(if level { Rule { x0, x1, y0: y, y1: y } } else { Rule { x0: x, x1: x, y0, y1 } });
        }
    }
}

/// A piece of a line: characters that follow each other without a gap.
#[derive(Clone, Debug)]
struct Line {
    glyphs: Vec<Glyph>,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    turn: i16,
}

impl Line {
    fn new(g: Glyph) -> Self {
        Line { x0: g.x, x1: g.x + g.width, y: g.y, size: g.size, turn: g.turn, glyphs: vec![g] }
    }

    fn push(&mut self, g: Glyph) {
        if g.size > self.size {
            (self.size, self.y) = (g.size, g.y);
        }
        (self.x0, self.x1) = (self.x0.min(g.x), self.x1.max(g.x + g.width));
        self.glyphs.push(g);
    }

    /// Takes blanks at its ends off its width: an indent may be made of them.
    fn tighten(&mut self, text: &str) {
        let shown = || self.glyphs.iter().filter(|g| !text_of(text, g).trim().is_empty());
        let (x0, x1) = shown().fold((f32::MAX, f32::MIN), |(a, b), g| (a.min(g.x), b.max(g.x + g.width)));
        if x0 <= x1 {
            (self.x0, self.x1) = (x0, x1);
        }
    }

    /// The size of most of its characters: digits and letters may be set larger than what stands around them.
    fn usual_size(&self) -> f32 {
        let mut sizes: Vec<f32> = self.glyphs.iter().map(|g| g.size).collect();
        let middle = sizes.len() / 2;
        if middle == 0 { self.size } else { *sizes.select_nth_unstable_by(middle, f32::total_cmp).1 }
    }

    /// Whether a character stands on this line: on its baseline, or raised and small beside its end.
    fn takes(&self, g: &Glyph) -> bool {
        let size = self.size.max(g.size);
        let off = (self.y - g.y).abs();
        let beside = (g.x - self.x1).abs() < size * 0.5 || (g.x + g.width - self.x0).abs() < size * 0.5;
        let (small, large) = (self.size.min(g.size), size);
        self.turn == g.turn && (off < 0.3 * size || off < 0.6 * large && small < 0.8 * large && beside)
    }
}

/// What stands on a page, in reading order.
enum Piece {
    Line(Line),
    Table(Ruled),
}

impl Piece {
    fn line(&self) -> Option<&Line> {
        match self {
            Piece::Line(line) => Some(line),
            Piece::Table(_) => None,
        }
    }
}

/// What pages are laid out to.
pub(crate) struct LaidOut {
    pub(crate) assembly: Assembly,
    /// Where every piece of [`Pages::text`] stands.
    pub(crate) marks: Vec<Mark<PageBox>>,
}

/// Lays out all pages.
pub(crate) fn lay_out(mut pages: Pages, limits: Limits) -> Result<LaidOut, Error> {
    let mut marks = Vec::new();
    for (i, page) in pages.pages.iter().enumerate() {
        for g in &page.glyphs {
            let bottom = g.y + 0.2 * g.size;
            let (a, b) = (turned(g.x, bottom - g.size, -g.turn), turned(g.x + g.width, bottom, -g.turn));
            marks.push(Mark { at: g.at, place: PageBox::new(i as u32 + 1, a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)) });
        }
    }
    marks.sort_unstable_by_key(|m| m.at);
    pages.pages.iter_mut().for_each(upright);
    let text = std::mem::take(&mut pages.text);
    let mut sheets: Vec<Vec<Piece>> = Vec::with_capacity(pages.pages.len());
    for page in &mut pages.pages {
        sheets.push(pieces(page, &text, pages.sorted, &limits)?);
    }
    let heights: Vec<f32> = pages.pages.iter().map(|p| p.height).collect();
    let margins = margins(&sheets, &heights, &text);
    let mut flow = Flow::new(&text, limits, &sheets);
    for (i, sheet) in sheets.into_iter().enumerate() {
        flow.page(i, sheet, &margins)?;
    }
    let assembly = flow.finish()?;
    Ok(LaidOut { assembly, marks })
}

/// A place in the frame of lines that are turned clockwise by so many degrees.
pub(crate) fn turned(x: f32, y: f32, turn: i16) -> (f32, f32) {
    if turn == 0 {
        return (x, y);
    }
    let (sin, cos) = f32::from(turn).to_radians().sin_cos();
    (x * cos + y * sin, -x * sin + y * cos)
}

/// Turns a page on which most text stands on its side or on its head, as a reader would.
fn upright(page: &mut Page) {
    let count = |turn: i16| page.glyphs.iter().filter(|g| g.turn == turn).count();
    let Some(turn) = [90, 180, 270].into_iter().find(|t| count(*t) * 2 > page.glyphs.len()) else { return };
    // Back from the frame of its own line each, and all into that of most: its upper left corner becomes 0, 0.
    let corner = |x: f32, y: f32| turned(x, y, turn);
    let (width, height) = (page.width, page.height);
    let corners = [corner(0.0, 0.0), corner(width, 0.0), corner(0.0, height), corner(width, height)];
    let (left, top) = corners.iter().fold((f32::MAX, f32::MAX), |m, c| (m.0.min(c.0), m.1.min(c.1)));
    for g in &mut page.glyphs {
        if g.turn == turn {
            (g.x, g.y, g.turn) = (g.x - left, g.y - top, 0);
        } else {
            g.turn = (g.turn - turn).rem_euclid(360);
        }
    }
    for r in &mut page.rules {
        let (a, b) = (turned(r.x0, r.y0, turn), turned(r.x1, r.y1, turn));
        let level = (a.1 - b.1).abs() < (a.0 - b.0).abs();
        let (x0, x1, y0, y1) = (a.0.min(b.0) - left, a.0.max(b.0) - left, a.1.min(b.1) - top, a.1.max(b.1) - top);
        *r = if level { Rule { x0, x1, y0, y1: y0 } } else { Rule { x0, x1: x0, y0, y1 } };
    }
    if turn != 180 {
        (page.width, page.height) = (height, width);
    }
}

fn text_of<'t>(text: &'t str, g: &Glyph) -> &'t str {
    text.get(g.at as usize..g.at as usize + usize::from(g.len)).unwrap_or("")
}

/// Lines and tables of a page in reading order.
fn pieces(page: &mut Page, text: &str, sorted: bool, limits: &Limits) -> Result<Vec<Piece>, Error> {
    let mut tables = tables(page, text, limits)?;
    let mut out: Vec<(usize, Ruled)> = Vec::new();
    // For each table the place in the order at which its first character comes.
    let mut first: Vec<Option<usize>> = vec![None; tables.len()];
    let mut lines: Vec<(usize, Line)> = Vec::new();
    let mut cells: HashMap<(usize, usize), Vec<Line>> = HashMap::new();
    for (order, g) in page.glyphs.iter().enumerate() {
        if let Some((t, cell)) = cell_of(&tables, g) {
            first[t].get_or_insert(order);
            let lines = cells.entry((t, cell)).or_default();
            match lines.last_mut().filter(|l| l.takes(g)) {
                Some(line) => line.push(*g),
                None => lines.push(Line::new(*g)),
            }
            continue;
        }
        match lines.last_mut().filter(|(_, l)| l.takes(g)) {
            Some((_, line)) => line.push(*g),
            None => lines.push((order, Line::new(*g))),
        }
    }
    for (_, line) in &mut lines {
        line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines.retain(|(_, l)| l.glyphs.iter().any(|g| !text_of(text, g).trim().is_empty()));
    lines.iter_mut().for_each(|(_, l)| l.tighten(text));
    // Most lines stand below the one before. Where they do not, the file's order is no reading order.
    let up = lines.windows(2).filter(|w| w[1].1.y < w[0].1.y - w[0].1.size * 0.3).count();
    if sorted || up * 3 > lines.len() {
        lines = by_height(lines);
    } else {
        merge_neighbours(&mut lines);
    }
    for (t, mut table) in tables.drain(..).enumerate() {
        for (c, cell) in table.grid.cells.iter_mut().enumerate() {
            cell.lines = cells.remove(&(t, c)).unwrap_or_default();
            for line in &mut cell.lines {
                line.tighten(text);
                line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
            }
            if sorted {
                cell.lines.sort_by(|a, b| a.y.total_cmp(&b.y));
            }
        }
        let order = place_of(&table, &lines, first[t].unwrap_or(0));
        out.push((order, table.grid));
    }
    if !sorted {
        lines.sort_by_key(|l| l.0);
    }
    let mut result = Vec::with_capacity(lines.len() + out.len());
    out.sort_by_key(|p| p.0);
    let mut waiting = out.into_iter().peekable();
    for (order, line) in lines {
        while let Some((_, table)) = waiting.next_if(|t| t.0 <= order) {
            result.push(Piece::Table(table));
        }
        result.push(Piece::Line(line));
    }
    result.extend(waiting.map(|t| Piece::Table(t.1)));
    Ok(result)
}

/// The place of a table among the lines: where the fewest lines stand on its wrong side, and of such places the file's own.
/// A program may set a table before what stands above it, and feet of pages before everything.
fn place_of(table: &Found, lines: &[(usize, Line)], own: usize) -> usize {
    let (left, right) = (table.xs[0], table.xs.last().copied().unwrap_or(f32::MAX));
    let beside = |l: &Line| l.x1 <= left || l.x0 >= right;
    let mut wrong = lines.iter().filter(|(_, l)| !beside(l) && l.y <= table.top).count();
    let (mut best, mut place) = (usize::MAX, usize::MAX);
    for (order, line) in lines.iter().map(|(order, line)| (*order, Some(line))).chain([(usize::MAX, None)]) {
        if wrong < best || wrong == best && place < own {
            (best, place) = (wrong, order);
        }
        match line {
            Some(line) if beside(line) => {}
            Some(line) if line.y <= table.top => wrong -= 1,
            _ => wrong += 1,
        }
    }
    place
}

/// Lines that follow each other on one baseline are one: a page may set a line in several goes.
fn merge_neighbours(lines: &mut Vec<(usize, Line)>) {
    let mut kept: Vec<(usize, Line)> = Vec::with_capacity(lines.len());
    for (order, line) in lines.drain(..) {
        if let Some((_, last)) = kept.last_mut()
            && last.turn == line.turn
            && (last.y - line.y).abs() < 0.3 * last.size.max(line.size)
        {
            let (x0, x1) = (last.x0.min(line.x0), last.x1.max(line.x1));
            for g in line.glyphs {
                last.push(g);
            }
            (last.x0, last.x1) = (x0, x1);
        } else {
            kept.push((order, line));
        }
    }
    kept.iter_mut().for_each(|(_, line)| line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x)));
    *lines = kept;
}

/// Lines from top to bottom, those on one baseline joined; of two columns the left one first, down to the next headline
/// over both.
fn by_height(mut lines: Vec<(usize, Line)>) -> Vec<(usize, Line)> {
    lines.sort_by(|a, b| (a.1.turn != 0).cmp(&(b.1.turn != 0)).then(a.1.y.total_cmp(&b.1.y)));
    let body: Vec<&Line> = lines.iter().map(|l| &l.1).filter(|l| l.turn == 0).collect();
    if let Some(columns) = columns(&body, usual_size(&body)) {
        let (mut out, mut sides) = (Vec::with_capacity(lines.len()), [Vec::new(), Vec::new()]);
        for line in lines {
            match columns.column_of(&line.1).filter(|_| line.1.turn == 0) {
                Some(column) => sides[column].push(line),
                None => {
                    end_columns(&mut sides, &mut out);
                    out.push(line);
                }
            }
        }
        end_columns(&mut sides, &mut out);
        lines = out;
    } else {
        merge_neighbours(&mut lines);
    }
    // Their order is the new one.
    let mut orders: Vec<usize> = lines.iter().map(|l| l.0).collect();
    orders.sort_unstable();
    for (line, order) in lines.iter_mut().zip(orders) {
        line.0 = order;
    }
    lines
}

/// The left column, then the right one.
fn end_columns(sides: &mut [Vec<(usize, Line)>; 2], out: &mut Vec<(usize, Line)>) {
    for side in sides {
        merge_neighbours(side);
        out.append(side);
    }
}

/// The size of most characters.
fn usual_size(lines: &[&Line]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for line in lines {
        *sizes.entry((line.size * 2.0).round() as i32).or_default() += line.glyphs.len();
    }
    sizes.into_iter().max_by_key(|s| (s.1, s.0)).map_or(12.0, |s| s.0 as f32 / 2.0).max(1.0)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The text of a line with the places it came from. Gaps between characters are blanks.
fn set(text: &str, line: &Line, out: &mut Buffer) {
    let mut right: Option<(f32, char)> = None;
    for g in &line.glyphs {
        let part = text_of(text, g);
        let Some(first) = part.chars().next() else { continue };
        if part.trim().is_empty() {
            if right.is_some() && !out.text.ends_with(' ') {
                out.push(" ", g.at, u32::from(g.len), 0);
            }
            continue;
        }
        if let Some((x, before)) = right {
            let gap = g.x - x;
            let latin = before.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
            if (gap > g.size * 0.9 || latin && gap > g.size * 0.22) && !out.text.ends_with(' ') {
                out.push_own(" ");
            }
        }
        let before = out.len();
        out.push(part, g.at, u32::from(g.len), 0);
        out.chars += 1;
        if g.bold {
            out.embolden(before);
        }
        right = Some((g.x + g.width, part.chars().next_back().unwrap_or(first)));
    }
    out.trim_end();
}

fn plain(text: &str, line: &Line) -> String {
    let mut buffer = Buffer::default();
    set(text, line, &mut buffer);
    buffer.text
}
