//! Pages of placed characters → paragraphs and tables.
//!
//! PDF and OFD say where a character stands and nothing of what it belongs to. Here characters on one baseline become
//! lines, lines of one column paragraphs (by indent, width and gap), characters between ruled lines tables, and what
//! stands at the same place of page after page headers and footers.

use super::assembly::{Assembly, Item};
use super::buffer::{Buffer, is_wide};
use super::origin::{Mark, PageBox};
use super::table::{Cell, Table};
use super::{Limits, check};
use crate::Error;
use crate::grammar::marker;
use crate::layout::BlockKind;
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// A table of ruled lines.
struct Ruled {
    columns: Vec<f32>,
    rows: usize,
    cells: Vec<RuledCell>,
}

struct RuledCell {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
    right: f32,
    lines: Vec<Line>,
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

/// The table and the cell of it that a character stands in.
fn cell_of(tables: &[Found], g: &Glyph) -> Option<(usize, usize)> {
    let (x, y) = (g.x + g.width.min(g.size) / 2.0, g.y - g.size * 0.35);
    tables.iter().enumerate().find_map(|(t, table)| Some((t, table.cell_at(x, y)?)))
}

/// The tables of a page: ruled lines with text in several of their cells, and no text that runs through their edges, as it
/// does through the underlines and frames of a form.
fn tables(page: &Page, text: &str, limits: &Limits) -> Result<Vec<Found>, Error> {
    let mut tables = ruled(page, limits)?;
    if tables.is_empty() {
        return Ok(tables);
    }
    let mut filled: Vec<HashSet<usize>> = vec![HashSet::new(); tables.len()];
    let (mut counts, mut crossings) = (vec![0usize; tables.len()], vec![0usize; tables.len()]);
    let mut last: Option<(Glyph, usize, usize)> = None;
    for g in page.glyphs.iter().filter(|g| !text_of(text, g).trim().is_empty()) {
        let Some((t, cell)) = cell_of(&tables, g) else {
            last = None;
            continue;
        };
        filled[t].insert(cell);
        counts[t] += 1;
        if let Some((before, table, other)) = last {
            let gap = g.x - before.x - before.width;
            let goes_on = (g.y - before.y).abs() < 0.2 * g.size && gap.abs() < 0.25 * g.size;
            crossings[t] += usize::from(table == t && other != cell && goes_on);
        }
        last = Some((*g, t, cell));
    }
    let mut at = 0;
    tables.retain(|_| {
        at += 1;
        filled[at - 1].len() > 1 && crossings[at - 1] * 30 <= counts[at - 1]
    });
    Ok(tables)
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
        let (mut out, mut left, mut right) = (Vec::with_capacity(lines.len()), Vec::new(), Vec::new());
        for line in lines {
            match &line.1 {
                l if l.turn == 0 && l.x1 <= columns.gutter => left.push(line),
                l if l.turn == 0 && l.x0 >= columns.gutter => right.push(line),
                _ => {
                    [&mut left, &mut right].into_iter().for_each(|side| join_side(side, &mut out));
                    out.push(line);
                }
            }
        }
        [&mut left, &mut right].into_iter().for_each(|side| join_side(side, &mut out));
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

fn join_side(side: &mut Vec<(usize, Line)>, out: &mut Vec<(usize, Line)>) {
    merge_neighbours(side);
    out.append(side);
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

/// How wide what a line begins with is that goes to the next line as a whole.
fn unbroken(line: &str, em: f32) -> f32 {
    let word = line.chars().take(40).take_while(|c| !is_han(*c) && !c.is_whitespace());
    let marks = line.chars().skip(1).take_while(|c| "，。、；：）》”！？％".contains(*c)).count().min(2) as f32;
    word.map(|c| if is_wide(c) { em } else { em * 0.55 }).sum::<f32>().max(em + marks * em)
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

/// A table as it is found on a page.
struct Found {
    top: f32,
    bottom: f32,
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For every place of the grid the cell that fills it.
    places: Vec<usize>,
    grid: Ruled,
}

impl Found {
    fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        if y < self.top || y > self.bottom {
            return None;
        }
        let column = self.xs.partition_point(|e| *e <= x).checked_sub(1).filter(|c| *c + 1 < self.xs.len())?;
        let row = self.ys.partition_point(|e| *e <= y).checked_sub(1).filter(|r| *r + 1 < self.ys.len())?;
        self.places.get(row * (self.xs.len() - 1) + column).copied()
    }
}

/// Places that are one within this many points.
const NEAR: f32 = 2.5;

fn cluster(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= NEAR);
    places
}

/// The tables that ruled lines make: level and upright lines that touch.
fn ruled(page: &Page, limits: &Limits) -> Result<Vec<Found>, Error> {
    let rules = join_rules(&page.rules);
    let (level, upright): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(|r| r.y0 == r.y1);
    if level.len() < 2 || upright.len() < 2 || level.len() > 5000 || upright.len() > 5000 {
        return Ok(Vec::new());
    }
    // Lines that touch are of one table.
    let mut group: Vec<usize> = (0..level.len() + upright.len()).collect();
    fn root(group: &mut [usize], mut i: usize) -> usize {
        while group[i] != i {
            group[i] = group[group[i]];
            i = group[i];
        }
        i
    }
    let mut order: Vec<usize> = (0..level.len()).collect();
    order.sort_by(|a, b| level[*a].y0.total_cmp(&level[*b].y0));
    let heights: Vec<f32> = order.iter().map(|i| level[*i].y0).collect();
    for (u, v) in upright.iter().enumerate() {
        let from = heights.partition_point(|y| *y < v.y0 - NEAR);
        for place in from..heights.len() {
            if heights[place] > v.y1 + NEAR {
                break;
            }
            let l = order[place];
            if level[l].x0 - NEAR <= v.x0 && v.x0 <= level[l].x1 + NEAR {
                let (a, b) = (root(&mut group, l), root(&mut group, level.len() + u));
                group[a] = b;
            }
        }
    }
    let mut members: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for i in 0..group.len() {
        let entry = members.entry(root(&mut group, i)).or_default();
        match level.get(i) {
            Some(rule) => entry.0.push(*rule),
            None => entry.1.push(upright[i - level.len()]),
        }
    }
    let mut out = Vec::new();
    let mut size = 0u64;
    for (level, upright) in members.into_values() {
        // A line that touches no other parts no cells.
        if level.is_empty() || upright.is_empty() {
            continue;
        }
        // A table may have no line at its sides, or none above and below: there its other lines end.
        let ends = |from: &mut dyn Iterator<Item = f32>, to: &mut dyn Iterator<Item = f32>| [from.fold(f32::MAX, f32::min), to.fold(f32::MIN, f32::max)];
        let sides = ends(&mut level.iter().map(|r| r.x0), &mut level.iter().map(|r| r.x1));
        let heads = ends(&mut upright.iter().map(|r| r.y0), &mut upright.iter().map(|r| r.y1));
        let ys = cluster(level.iter().map(|r| r.y0).chain(heads).collect());
        let xs = cluster(upright.iter().map(|r| r.x0).chain(sides).collect());
        if ys.len() < 2 || xs.len() < 2 || ys.len() * xs.len() < 6 {
            continue;
        }
        size += (ys.len() * xs.len()) as u64;
        check("table size in cells", size, limits.cells.min(1_000_000), "raise `limits.cells`")?;
        out.extend(grid(xs, ys, &level, &upright));
    }
    out.sort_by(|a, b| a.top.total_cmp(&b.top));
    // Each character is looked for in each of them; a page of so many little grids is a drawing.
    out.truncate(200);
    Ok(out)
}

/// Lines that go on one another are one.
fn join_rules(rules: &[Rule]) -> Vec<Rule> {
    let mut out: Vec<Rule> = Vec::new();
    for level in [true, false] {
        let mut these: Vec<Rule> = rules.iter().filter(|r| (r.y0 == r.y1) == level).copied().collect();
        let key = |r: &Rule| if level { (r.y0, r.x0) } else { (r.x0, r.y0) };
        these.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            ((a.0 / NEAR).round()).total_cmp(&(b.0 / NEAR).round()).then(a.1.total_cmp(&b.1))
        });
        for r in these {
            match out.last_mut() {
                Some(last) if level && last.y0 == last.y1 && (last.y0 - r.y0).abs() <= NEAR && r.x0 <= last.x1 + NEAR => last.x1 = last.x1.max(r.x1),
                Some(last) if !level && last.x0 == last.x1 && (last.x0 - r.x0).abs() <= NEAR && r.y0 <= last.y1 + NEAR => last.y1 = last.y1.max(r.y1),
                _ => out.push(r),
            }
        }
    }
    out
}

/// The cells between the lines: places that no line parts are one cell.
fn grid(xs: Vec<f32>, ys: Vec<f32>, level: &[Rule], upright: &[Rule]) -> Option<Found> {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut right = vec![false; rows * columns];
    let mut below = vec![false; rows * columns];
    for v in upright {
        let x = xs.iter().position(|x| (*x - v.x0).abs() <= NEAR * 1.5)?;
        for row in 0..rows {
            let middle = (ys[row] + ys[row + 1]) / 2.0;
            if x > 0 && v.y0 - NEAR <= middle && middle <= v.y1 + NEAR {
                right[row * columns + x - 1] = true;
            }
        }
    }
    for h in level {
        let y = ys.iter().position(|y| (*y - h.y0).abs() <= NEAR * 1.5)?;
        for column in 0..columns {
            let middle = (xs[column] + xs[column + 1]) / 2.0;
            if y > 0 && h.x0 - NEAR <= middle && middle <= h.x1 + NEAR {
                below[(y - 1) * columns + column] = true;
            }
        }
    }
    let mut places = vec![usize::MAX; rows * columns];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if places[row * columns + column] != usize::MAX {
                continue;
            }
            let free = |r: usize, c: usize, places: &[usize]| places[r * columns + c] == usize::MAX;
            let mut wide = 1;
            while column + wide < columns && !right[row * columns + column + wide - 1] && free(row, column + wide, &places) {
                wide += 1;
            }
            let mut high = 1;
            while row + high < rows && (column..column + wide).all(|c| !below[(row + high - 1) * columns + c] && free(row + high, c, &places)) {
                high += 1;
            }
            for r in row..row + high {
                places[r * columns + column..r * columns + column + wide].fill(cells.len());
            }
            cells.push(RuledCell { row, column, rows: high, columns: wide, right: xs[column + wide], lines: Vec::new() });
        }
    }
    (cells.len() > 1).then(|| Found { top: ys[0], bottom: ys[rows], grid: Ruled { columns: xs.clone(), rows, cells }, xs, ys, places })
}

/// What repeats at the top or the foot of pages: the text with its digits taken out.
fn margins(sheets: &[Vec<Piece>], heights: &[f32], text: &str) -> HashSet<(usize, usize)> {
    let mut seen: HashMap<(String, i32), Vec<(usize, usize)>> = HashMap::new();
    let mut out = HashSet::new();
    for (p, sheet) in sheets.iter().enumerate() {
        let lines: Vec<(usize, &Line)> = sheet.iter().enumerate().filter_map(|(i, s)| Some((i, s.line()?))).collect();
        let mut by_height: Vec<&(usize, &Line)> = lines.iter().filter(|l| l.1.turn == 0).collect();
        by_height.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
        let n = by_height.len();
        for (rank, (i, line)) in by_height.iter().enumerate() {
            let shown = plain(text, line);
            let height = heights[p].max(1.0);
            let (upper, lower) = (line.y < height * 0.13, line.y > height * 0.85);
            if !(upper && rank < 3 || lower && rank + 3 >= n) {
                // A page number that is set off by dashes is one wherever it stands last.
                if !(rank + 1 == n && n > 1 && is_dashed_number(&shown)) {
                    continue;
                }
            }
            if is_page_number(&shown, rank == 0 || rank + 1 == n) {
                out.insert((p, *i));
                continue;
            }
            let folded: String = shown.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            if folded.chars().count() <= 60 {
                seen.entry((folded, (line.y / 4.0).round() as i32)).or_default().push((p, *i));
            }
        }
    }
    for places in seen.into_values() {
        let pages: HashSet<usize> = places.iter().map(|p| p.0).collect();
        if pages.len() >= 3 || pages.len() == 2 && sheets.len() == 2 && places.len() == 2 && sheets.iter().all(|s| s.len() > 8) {
            out.extend(places);
        }
    }
    out
}

fn is_dashed_number(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '-' | '－' | '–' | '―' | '·' | '─'));
    inner.len() < line.trim().len() && !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
}

/// — 3 —, 第3页 共9页, 3/9, and at the very edge of a page a bare number.
fn is_page_number(line: &str, edge: bool) -> bool {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    let roman = |s: &str| !s.is_empty() && s.chars().count() <= 5 && s.chars().all(|c| "IVXivxⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(c));
    let paged = bare.strip_prefix('第').and_then(|s| s.split_once('页')).is_some_and(|(n, rest)| {
        digits(n) && (rest.is_empty() || rest.trim_start_matches(['，', ',', '/', '(', '（']).starts_with('共') || rest.starts_with('/'))
    });
    let of = bare.split_once('/').is_some_and(|(a, b)| digits(a) && digits(b));
    is_dashed_number(line) || paged || edge && (digits(&bare) || of || roman(&bare))
}

/// Lines → paragraphs, over all pages.
struct Flow<'t> {
    text: &'t str,
    limits: Limits,
    out: Assembly,
    /// The usual size of characters, and the usual distance of lines.
    size: f32,
    pitch: f32,
    /// The usual edges of the text.
    edges: Option<(f32, f32)>,
    /// Those of the page, and of its columns where it has two: behind the gutter the second.
    page_edges: Option<(f32, f32)>,
    columns: Option<Columns>,
    /// The paragraph that is open, its last line, and how many lines it has.
    open: Option<Open>,
    /// Furniture met while a paragraph was open, and the footnotes.
    furniture: Vec<Buffer>,
    notes: Vec<Buffer>,
    table: Option<Ruled>,
    /// A paragraph of body text has been met: what is large and apart from now on is a heading.
    body: bool,
}

struct Open {
    text: Buffer,
    first_x: f32,
    last: Line,
    page: usize,
    /// The right edge of the text where its last line stands.
    right: Option<f32>,
    lines: usize,
    bold: bool,
}

impl<'t> Flow<'t> {
    fn new(text: &'t str, limits: Limits, sheets: &[Vec<Piece>]) -> Self {
        let lines: Vec<&Line> = sheets.iter().flatten().filter_map(Piece::line).filter(|l| l.turn == 0).collect();
        let size = usual_size(&lines);
        let mut gaps: HashMap<i32, usize> = HashMap::new();
        for pair in lines.windows(2) {
            let gap = pair[1].y - pair[0].y;
            if gap > size * 0.8 && gap < size * 3.5 {
                *gaps.entry((gap * 2.0).round() as i32).or_default() += 1;
            }
        }
        let pitch = gaps.into_iter().max_by_key(|g| (g.1, -g.0)).map_or(size * 1.6, |g| g.0 as f32 / 2.0);
        let edges = edges(&lines, size);
        Flow { text, limits, out: Assembly::new(limits), size, pitch, edges, page_edges: None, columns: None, open: None, furniture: Vec::new(), notes: Vec::new(), table: None, body: false }
    }

    fn page(&mut self, number: usize, sheet: Vec<Piece>, margins: &HashSet<(usize, usize)>) -> Result<(), Error> {
        let body: Vec<&Line> = sheet
            .iter()
            .enumerate()
            .filter_map(|(i, p)| p.line().filter(|l| l.turn == 0 && !margins.contains(&(number, i))))
            .collect();
        // A page of few full lines (contents, a form) says nothing of how wide the text is.
        let own = edges(&body, self.size).filter(|e| {
            let full = body.iter().filter(|l| (l.x1 - e.1).abs() < self.size).count();
            full >= 5 && full * 10 >= body.len() * 3 || self.edges.is_none_or(|all| e.1 > all.1)
        });
        self.page_edges = own.or(self.edges);
        self.columns = columns(&body, self.size);
        let notes = notes(&sheet, margins, number, self.size, self.text);
        for (i, piece) in sheet.into_iter().enumerate() {
            match piece {
                Piece::Line(line) if margins.contains(&(number, i)) => {
                    let mut buffer = Buffer::default();
                    set(self.text, &line, &mut buffer);
                    self.furniture.push(buffer);
                }
                Piece::Line(line) if notes.contains(&i) => self.note(&line),
                Piece::Line(line) => {
                    self.end_table()?;
                    self.line(number, line);
                }
                Piece::Table(table) => {
                    self.end_paragraph();
                    self.table(table)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a line of a footnote; a paragraph may go on behind it.
    fn note(&mut self, line: &Line) {
        let mut buffer = Buffer::default();
        set(self.text, line, &mut buffer);
        match self.notes.last_mut().filter(|_| !begins_note(&buffer.text)) {
            Some(note) => note.append(&buffer),
            None => self.notes.push(buffer),
        }
    }

    /// The edges that a line has to keep.
    fn edges_of(&self, line: &Line) -> Option<(f32, f32)> {
        self.columns.as_ref().and_then(|c| c.of(line)).or(self.page_edges)
    }

    fn line(&mut self, page: usize, line: Line) {
        let shown = plain(self.text, &line);
        if shown.trim().is_empty() {
            return;
        }
        let joined = self.open.as_ref().is_some_and(|open| self.belongs(open, &line, &shown, page));
        if !joined {
            self.end_paragraph();
        }
        let right = self.edges_of(&line).map(|e| e.1);
        let bold = line.glyphs.iter().all(|g| g.bold || text_of(self.text, g).trim().is_empty());
        match &mut self.open {
            Some(open) => {
                let before = open.text.text.chars().next_back().unwrap_or(' ');
                let after = shown.chars().next().unwrap_or(' ');
                let latin = |c: char| !is_wide(c) && !c.is_whitespace() && c.is_alphanumeric();
                if latin(before) && latin(after) && !(before.is_ascii_digit() && after.is_ascii_digit()) {
                    open.text.push_own(" ");
                }
                let mut buffer = Buffer::default();
                set(self.text, &line, &mut buffer);
                open.text.append(&buffer);
                open.lines += 1;
                open.page = page;
                open.right = right;
                open.bold &= bold;
                open.last = line;
            }
            None => {
                let mut text = Buffer::default();
                set(self.text, &line, &mut text);
                self.open = Some(Open { text, first_x: line.x0, last: line, page, right, lines: 1, bold });
            }
        }
    }

    /// Whether a line goes on the open paragraph.
    fn belongs(&self, open: &Open, line: &Line, shown: &str, page: usize) -> bool {
        let last = &open.last;
        if line.turn != 0 || last.turn != 0 {
            return false;
        }
        let em = last.size.max(1.0);
        if (line.size - last.size).abs() > 0.12 * em && (line.usual_size() - last.usual_size()).abs() > 0.12 * em {
            return false;
        }
        let Some((left, right)) = self.edges_of(line) else { return false };
        let gap = line.y - last.y;
        let same_page = open.page == page;
        // Another column, or a line set beside the text.
        let column = same_page && (gap < -em || line.x0 > last.x1 || line.x1 < last.x0.min(open.first_x));
        if same_page && (gap <= 0.0 && !column || gap > (self.pitch * 1.35).max(em * 2.4)) {
            return false;
        }
        // Columns narrower than the page have edges of their own, as wide as the lines of the paragraph are.
        let known = self.columns.as_ref().is_some_and(|c| c.of(line).is_some() && c.of(last).is_some());
        let right = open.right.filter(|_| !same_page || known).unwrap_or(right);
        let narrow = column && !known || same_page && open.lines > 1 && (last.x0 - left).abs() > em && last.x1 < right - 4.0 * em;
        let (left, right) = if narrow { (last.x0.min(line.x0), last.x1.max(line.x1)) } else { (left, right) };
        let first = shown.chars().next().unwrap_or(' ');
        // A word of letters goes to the next line as a whole, and so does a mark with the character before it.
        let word = unbroken(shown, em);
        let room = right - last.x1;
        let full = room < word + em * 0.85;
        let closes = matches!(first, '，' | '。' | '、' | '；' | '：' | '）' | '》' | '”' | '！' | '？');
        if !full && !closes {
            return false;
        }
        let ended = open.text.text.ends_with(['。', '！', '？', '；', '：', '.']);
        let flush = (line.x0 - left).abs() < em * 0.8 || line.x0 < left;
        let marker_of = |text: &str| text.chars().next().filter(|c| marker::may_begin(*c)).and_then(|_| marker::marker(text).ok()).map(|m| m.1.style);
        let style = marker_of(shown);
        let marked = style.is_some() || shown.starts_with("附件");
        // Entries of a list, each on its own line.
        let ended = ended || open.lines == 1 && marked && marker_of(&open.text.text) == style;
        if flush {
            return !(marked && ended);
        }
        // Lines of a block that is set in as a whole; an indent of the first line alone is behind its own.
        if open.lines > 1 && (line.x0 - last.x0).abs() < em * 0.6 {
            return !(marked && ended);
        }
        // A centred title of several lines.
        let centred = |l: &Line| ((l.x0 + l.x1) / 2.0 - (left + right) / 2.0).abs() < em;
        if line.size > self.size * 1.15 && centred(line) && centred(last) && !ended {
            return true;
        }
        closes && !ended
    }

    fn end_paragraph(&mut self) {
        if let Some(open) = self.open.take() {
            let chars = open.text.text.chars().count();
            let size = open.last.size;
            let large = size > self.size * 1.18;
            let apart = open.lines <= 2 && chars <= 40 && !open.text.text.ends_with(['。', '；', '，', '、', '：', '.']);
            let numbered = marker::marker(&open.text.text).is_ok();
            let kind = match () {
                () if self.body && large && apart && chars >= 2 && !numbered && open.last.turn == 0 => {
                    BlockKind::Heading(if size > self.size * 1.6 { 1 } else { 2 })
                }
                () => BlockKind::Paragraph,
            };
            self.body |= open.lines >= 2 && chars > 60;
            let mut text = open.text;
            if open.bold {
                // What is bold as a whole has no bold beginning.
                text.bold = 0;
            }
            self.out.line(&text, kind);
        }
        for note in std::mem::take(&mut self.notes) {
            self.out.line(&note, BlockKind::Paragraph);
        }
        for line in std::mem::take(&mut self.furniture) {
            if !line.is_empty() {
                self.out.line(&line, BlockKind::Boilerplate);
            }
        }
    }

    /// Takes a table; one that goes on the table at the foot of the page before is joined to it.
    fn table(&mut self, mut table: Ruled) -> Result<(), Error> {
        if let Some(above) = &mut self.table {
            let same = above.columns.len() == table.columns.len() && above.columns.iter().zip(&table.columns).all(|(a, b)| (a - b).abs() < 4.0);
            if same {
                let row_text = |t: &Ruled, row: usize| -> String {
                    let cells = t.cells.iter().filter(|c| c.row == row);
                    cells.map(|c| c.lines.iter().map(|l| plain(self.text, l)).collect::<String>() + "|").collect()
                };
                let repeated = row_text(above, 0) == row_text(&table, 0) && table.rows > 1;
                let skip = usize::from(repeated);
                let base = above.rows - skip;
                for mut cell in table.cells.drain(..) {
                    if cell.row >= skip {
                        cell.row += base;
                        above.cells.push(cell);
                    }
                }
                above.rows += table.rows - skip;
                return Ok(());
            }
        }
        self.end_table()?;
        self.table = Some(table);
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Error> {
        let Some(ruled) = self.table.take() else { return Ok(()) };
        let mut table = Table::default();
        let mut cells = ruled.cells;
        cells.sort_by_key(|c| (c.row, c.column));
        let mut cells = cells.into_iter().peekable();
        for row in 0..ruled.rows {
            table.start_row();
            while let Some(cell) = cells.next_if(|c| c.row == row) {
                let text = cell_text(self.text, &cell);
                table.start_cell(Cell { text, columns: cell.columns as u32, rows: cell.rows as u32, ..Cell::default() });
            }
            check("table size in cells", table.size, self.limits.cells, "raise `limits.cells`")?;
        }
        self.out.items(vec![Item::Table(table)])?;
        for note in std::mem::take(&mut self.notes) {
            self.out.line(&note, BlockKind::Paragraph);
        }
        for line in std::mem::take(&mut self.furniture) {
            if !line.is_empty() {
                self.out.line(&line, BlockKind::Boilerplate);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Assembly, Error> {
        self.end_paragraph();
        self.end_table()?;
        Ok(self.out)
    }
}

/// The lines of a cell as one text; a line that ends before the cell does ends a paragraph.
fn cell_text(text: &str, cell: &RuledCell) -> Buffer {
    let mut out = Buffer::default();
    let mut last: Option<&Line> = None;
    for line in &cell.lines {
        let mut buffer = Buffer::default();
        set(text, line, &mut buffer);
        if buffer.is_empty() {
            continue;
        }
        if let Some(last) = last {
            let widest = cell.lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
            let full = cell.right.min(widest + last.size * 0.5) - last.x1 < unbroken(&buffer.text, last.size) + last.size * 0.5;
            let wide = out.text.chars().next_back().is_some_and(is_wide) || buffer.text.chars().next().is_some_and(is_wide);
            let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            if !(full && (wide || figure(out.text.chars().next_back()))) {
                out.push_own(" ");
            }
        }
        out.append(&buffer);
        last = Some(line);
    }
    out
}

/// The two columns of a page, as gazettes have them.
struct Columns {
    gutter: f32,
    left: (f32, f32),
    right: (f32, f32),
}

impl Columns {
    /// The edges of the column in which a line stands; a headline over both stands in none.
    fn of(&self, line: &Line) -> Option<(f32, f32)> {
        if line.x1 <= self.gutter {
            Some(self.left)
        } else {
            (line.x0 >= self.gutter).then_some(self.right)
        }
    }
}

/// The columns of a page: an empty strip with lines on both sides that mostly fill their side.
fn columns(body: &[&Line], size: f32) -> Option<Columns> {
    let (mut begins, mut ends): (Vec<f32>, Vec<f32>) = body.iter().map(|l| (l.x0, l.x1)).unzip();
    begins.sort_by(f32::total_cmp);
    ends.sort_by(f32::total_cmp);
    let sides = |gutter: f32| (ends.partition_point(|x| *x <= gutter), begins.len() - begins.partition_point(|x| *x < gutter));
    let gutter = begins.iter().copied().max_by_key(|g| sides(*g).0.min(sides(*g).1))?;
    let (before, behind) = sides(gutter);
    if before.min(behind) < 6 || (before + behind) * 8 < body.len() * 7 || before.min(behind) * 4 < body.len() {
        return None;
    }
    let of = |second: bool| -> Option<(f32, f32)> {
        let lines: Vec<&Line> = body.iter().copied().filter(|l| if second { l.x0 >= gutter } else { l.x1 <= gutter }).collect();
        let edges = edges(&lines, size)?;
        let full = lines.iter().filter(|l| (l.x1 - edges.1).abs() < size).count();
        (full * 2 >= lines.len()).then_some(edges)
    };
    Some(Columns { gutter, left: of(false)?, right: of(true)? })
}

/// Whether a text is the beginning of a footnote: a number, and what is noted.
fn begins_note(text: &str) -> bool {
    let rest = text.trim_start_matches(['[', '〔', '［', '（', '(']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let first = text.chars().next().unwrap_or(' ');
    matches!(first, '①'..='⑳' | '*' | '※' | '¹' | '²' | '³') || (1..=3).contains(&(rest.len() - digits.len()))
}

/// The lines of footnotes: smaller than the text, the first with a number, and at the end of a page or column.
fn notes(sheet: &[Piece], margins: &HashSet<(usize, usize)>, number: usize, size: f32, text: &str) -> HashSet<usize> {
    let (mut out, mut run) = (HashSet::new(), Vec::new());
    // The last line of the text itself, and the last of the notes.
    let (mut above, mut last): (Option<&Line>, Option<&Line>) = (None, None);
    for (i, piece) in sheet.iter().enumerate().filter(|(i, _)| !margins.contains(&(number, *i))) {
        let Some(line) = piece.line() else {
            run.clear();
            above = None;
            continue;
        };
        let small = line.size < size * 0.92;
        let next_column = last.is_some_and(|last| line.y < last.y);
        if !run.is_empty() && next_column {
            out.extend(run.drain(..));
        }
        if small && (!run.is_empty() || above.is_some_and(|a| a.y < line.y) && begins_note(&plain(text, line))) {
            run.push(i);
        } else {
            run.clear();
            above = Some(line).filter(|_| !small);
        }
        last = Some(line);
    }
    out.extend(run);
    out
}

/// The edges of the text: where most lines begin, and where the full ones end.
fn edges(lines: &[&Line], size: f32) -> Option<(f32, f32)> {
    let body: Vec<&&Line> = lines.iter().filter(|l| (l.size - size).abs() < size * 0.15 && l.x1 - l.x0 > size * 8.0).collect();
    if body.len() < 3 {
        return None;
    }
    let mode = |places: &mut dyn Iterator<Item = f32>, high: bool| -> f32 {
        let mut counts: HashMap<i32, (usize, f32)> = HashMap::new();
        for x in places {
            let entry = counts.entry((x / (size * 0.5)).round() as i32).or_insert((0, x));
            entry.0 += 1;
            entry.1 = if high { entry.1.max(x) } else { entry.1.min(x) };
        }
        let most = counts.values().map(|c| c.0).max().unwrap_or(0);
        // Of places that are nearly as frequent the outermost.
        let good = counts.into_values().filter(|c| c.0 * 5 >= most * 2).map(|c| c.1);
        if high { good.fold(f32::MIN, f32::max) } else { good.fold(f32::MAX, f32::min) }
    };
    let left = mode(&mut body.iter().map(|l| l.x0), false);
    let right = mode(&mut body.iter().map(|l| l.x1), true);
    (right - left > size * 8.0).then_some((left, right))
}
