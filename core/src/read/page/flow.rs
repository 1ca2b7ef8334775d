//! Lines → paragraphs, headings and tables, over all pages.

use super::super::{Limits, check};
use super::super::assembly::{Assembly, Item};
use super::super::buffer::{Buffer, is_wide};
use super::super::table::{Cell, Table};
use super::ruled::{Ruled, RuledCell};
use super::shape::{Columns, begins_note, columns, edges, notes};
use super::{Line, Piece, is_han, plain, set, text_of, usual_size};
use crate::Error;
use crate::grammar::marker;
use crate::layout::BlockKind;
use std::collections::{HashMap, HashSet};

/// Lines → paragraphs, over all pages.
pub(super) struct Flow<'t> {
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
    pub(super) fn new(text: &'t str, limits: Limits, sheets: &[Vec<Piece>]) -> Self {
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

    pub(super) fn page(&mut self, number: usize, sheet: Vec<Piece>, margins: &HashSet<(usize, usize)>) -> Result<(), Error> {
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
        let known = self.columns.as_ref().is_some_and(|c| c.column_of(line).is_some() && c.column_of(last).is_some());
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

    pub(super) fn finish(mut self) -> Result<Assembly, Error> {
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

/// How wide what a line begins with is that goes to the next line as a whole.
fn unbroken(line: &str, em: f32) -> f32 {
    let word = line.chars().take(40).take_while(|c| !is_han(*c) && !c.is_whitespace());
    let marks = line.chars().skip(1).take_while(|c| "，。、；：）》”！？％".contains(*c)).count().min(2) as f32;
    word.map(|c| if is_wide(c) { em } else { em * 0.55 }).sum::<f32>().max(em + marks * em)
}
