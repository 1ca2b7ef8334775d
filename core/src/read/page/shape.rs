//! The shape of a page: the edges of its text, its columns, what repeats at its head and foot, its footnotes.

use super::{Line, Piece, plain};
use std::collections::{HashMap, HashSet};

/// The two columns of a page, as gazettes have them.
pub(super) struct Columns {
    gutter: f32,
    /// Of each the edges.
    edges: [(f32, f32); 2],
}

impl Columns {
    /// The column in which a line stands, 0 or 1; a headline over both stands in none.
    pub(super) fn column_of(&self, line: &Line) -> Option<usize> {
        side(line, self.gutter)
    }

    /// The edges of the column in which a line stands.
    pub(super) fn of(&self, line: &Line) -> Option<(f32, f32)> {
        Some(self.edges[self.column_of(line)?])
    }
}

/// On which side of a gutter a line stands, 0 or 1, if on one.
fn side(line: &Line, gutter: f32) -> Option<usize> {
    if line.x1 <= gutter { Some(0) } else { (line.x0 >= gutter).then_some(1) }
}

/// The columns of a page: an empty strip with lines on both sides that mostly fill their side.
pub(super) fn columns(body: &[&Line], size: f32) -> Option<Columns> {
    let (mut begins, mut ends): (Vec<f32>, Vec<f32>) = body.iter().map(|l| (l.x0, l.x1)).unzip();
    begins.sort_by(f32::total_cmp);
    ends.sort_by(f32::total_cmp);
    let sides = |gutter: f32| (ends.partition_point(|x| *x <= gutter), begins.len() - begins.partition_point(|x| *x < gutter));
    let gutter = begins.iter().copied().max_by_key(|g| sides(*g).0.min(sides(*g).1))?;
    let (before, behind) = sides(gutter);
    if before.min(behind) < 6 || (before + behind) * 8 < body.len() * 7 || before.min(behind) * 4 < body.len() {
        return None;
    }
    let of = |column: usize| -> Option<(f32, f32)> {
        let lines: Vec<&Line> = body.iter().copied().filter(|l| side(l, gutter) == Some(column)).collect();
        let edges = edges(&lines, size)?;
        let full = lines.iter().filter(|l| (l.x1 - edges.1).abs() < size).count();
        (full * 2 >= lines.len()).then_some(edges)
    };
    Some(Columns { gutter, edges: [of(0)?, of(1)?] })
}

/// Whether a text is the beginning of a footnote: a number, and what is noted.
pub(super) fn begins_note(text: &str) -> bool {
    let rest = text.trim_start_matches(['[', '〔', '［', '（', '(']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let first = text.chars().next().unwrap_or(' ');
    matches!(first, '①'..='⑳' | '*' | '※' | '¹' | '²' | '³') || (1..=3).contains(&(rest.len() - digits.len()))
}

/// The lines of footnotes: smaller than the text, the first with a number, and at the end of a page or column.
pub(super) fn notes(sheet: &[Piece], margins: &HashSet<(usize, usize)>, number: usize, size: f32, text: &str) -> HashSet<usize> {
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
pub(super) fn edges(lines: &[&Line], size: f32) -> Option<(f32, f32)> {
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

/// What repeats at the top or the foot of pages: the text with its digits taken out.
pub(super) fn margins(sheets: &[Vec<Piece>], heights: &[f32], text: &str) -> HashSet<(usize, usize)> {
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
