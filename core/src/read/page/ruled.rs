//! Tables of a page: what ruled lines part into cells.

use super::super::{Limits, check};
use super::{Glyph, Line, Page, Rule, text_of};
use crate::Error;
use std::collections::{BTreeMap, HashSet};

/// A table of ruled lines.
pub(super) struct Ruled {
    pub(super) columns: Vec<f32>,
    pub(super) rows: usize,
    pub(super) cells: Vec<RuledCell>,
}

pub(super) struct RuledCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) right: f32,
    pub(super) lines: Vec<Line>,
}

/// The table and the cell of it that a character stands in.
pub(super) fn cell_of(tables: &[Found], g: &Glyph) -> Option<(usize, usize)> {
    let (x, y) = (g.x + g.width.min(g.size) / 2.0, g.y - g.size * 0.35);
    tables.iter().enumerate().find_map(|(t, table)| Some((t, table.cell_at(x, y)?)))
}

/// The tables of a page: ruled lines with text in several of their cells, and no text that runs through their edges, as it
/// does through the underlines and frames of a form.
pub(super) fn tables(page: &Page, text: &str, limits: &Limits) -> Result<Vec<Found>, Error> {
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

/// A table as it is found on a page.
pub(super) struct Found {
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// For every place of the grid the cell that fills it.
    pub(super) places: Vec<usize>,
    pub(super) grid: Ruled,
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
