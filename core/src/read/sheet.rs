//! Sheets of a spreadsheet → titles, tables and notes, with numbers as the program shows them.

use super::assembly::{Assembly, Item, Lost};
use super::buffer::Buffer;
use super::origin::{Mark, Origin, SheetCell};
use super::table::{Cell, Table};
use super::{Extracted, Format, Limits, SourceMeta, check};
use crate::layout::BlockKind;
use crate::{Code, Diagnostic, Error, Span};
use std::collections::{BTreeMap, HashMap};

/// Cells from one corner to the other, both within; counted from 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merge {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// A sheet as it is read: what its cells show, by row and column, counted from 0.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Its place in the file.
    pub(crate) number: u16,
    pub(crate) hidden: bool,
    pub(crate) cells: BTreeMap<(u32, u32), String>,
    pub(crate) merges: Vec<Merge>,
    /// What lies on the sheet beside its cells.
    pub(crate) lost: Vec<Lost>,
}

impl Sheet {
    /// Puts what a cell shows; line ends in it become blanks.
    pub(crate) fn put(&mut self, row: u32, column: u32, text: &str) {
        let shown = text.split(['\n', '\r', '\t']).map(str::trim).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
        if !shown.is_empty() {
            self.cells.insert((row, column), shown);
        }
    }
}

/// How much the cells of all sheets may be and show; a text that many cells share is stored once and shown as often.
#[derive(Debug)]
pub(crate) struct Budget {
    cells: u64,
    bytes: u64,
    limits: Limits,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { cells: 0, bytes: 0, limits }
    }

    pub(crate) fn cell(&mut self, bytes: usize) -> Result<(), Error> {
        self.cells += 1;
        self.bytes += bytes as u64;
        check("table size in cells", self.cells, self.limits.cells, "raise `limits.cells`")?;
        check("text size", self.bytes, self.limits.unpacked.min(u64::from(u32::MAX) / 2), "raise `limits.unpacked`")
    }
}

/// Puts the sheets together as one text.
pub(crate) fn assemble(sheets: Vec<Sheet>, format: Format, encoding: &'static str, metadata: Vec<SourceMeta>, limits: Limits) -> Result<Extracted, Error> {
    let mut book = Book { out: Assembly::new(limits), marks: Vec::new(), at: 0, limits };
    let mut names = Vec::new();
    let mut diagnostics = Vec::new();
    for sheet in sheets {
        let number = usize::from(sheet.number);
        if names.len() < number {
            names.resize(number, String::new());
        }
        names[number - 1].clone_from(&sheet.name);
        if sheet.hidden {
            if !sheet.cells.is_empty() {
                let (name, count) = (&sheet.name, sheet.cells.len());
                let at = Span::at(book.out.text.len());
                let told = format!("the sheet {name} is hidden from readers; its {count} cells were not read");
                diagnostics.push(Diagnostic::new(Code::NotRead, at, told, format!("工作表“{name}”已隐藏，其 {count} 个单元格未读入")));
            }
            continue;
        }
        book.sheet(sheet)?;
    }
    let (text, layout, more) = book.out.finish();
    diagnostics.extend(more);
    Ok(Extracted {
        origin: Origin::cells(text.pieces, book.marks, names),
        text: text.text,
        layout,
        format,
        encoding,
        encoding_sure: true,
        metadata,
        diagnostics,
    })
}

struct Book {
    out: Assembly,
    marks: Vec<Mark<SheetCell>>,
    /// How much text all cells so far have.
    at: u32,
    limits: Limits,
}

/// What a row of a sheet is to its table.
struct Row {
    number: u32,
    /// Column and text of the cells that show something.
    cells: Vec<(u32, String)>,
    /// No merged cell of a row above reaches into it.
    free: bool,
}

impl Row {
    fn alone(&self) -> bool {
        self.cells.len() == 1 && self.free
    }
}

impl Book {
    fn sheet(&mut self, mut sheet: Sheet) -> Result<(), Error> {
        let lost = std::mem::take(&mut sheet.lost);
        sheet.merges.sort_unstable_by_key(|m| (m.rows.0, m.columns.0));
        let covered = covered(&sheet.merges);
        let mut rows: Vec<Row> = Vec::new();
        for ((number, column), text) in std::mem::take(&mut sheet.cells) {
            match rows.last_mut().filter(|r| r.number == number) {
                Some(row) => row.cells.push((column, text)),
                None => {
                    let i = covered.partition_point(|c| c.1 < number);
                    let alone = covered.get(i).is_none_or(|c| number <= c.0);
                    rows.push(Row { number, cells: vec![(column, text)], free: alone });
                }
            }
        }
        // A block ends at a blank row with a row of a single cell behind it, which is the title of the next.
        let mut block: Vec<Row> = Vec::new();
        let mut wide = false;
        for row in rows {
            let apart = block.last().is_some_and(|last| row.number > last.number + 1);
            if apart && row.alone() && wide {
                self.block(&mut sheet, std::mem::take(&mut block))?;
                wide = false;
            }
            wide |= row.cells.len() > 1;
            block.push(row);
        }
        self.block(&mut sheet, block)?;
        self.out.items(lost.into_iter().map(Item::Lost).collect())
    }

    /// Single cells above are titles, those below are notes; between them is the table.
    fn block(&mut self, sheet: &mut Sheet, mut rows: Vec<Row>) -> Result<(), Error> {
        let first = rows.iter().position(|r| !r.alone()).unwrap_or(rows.len());
        let last = rows.iter().rposition(|r| !r.alone()).map_or(rows.len(), |i| i + 1);
        let notes = rows.split_off(last);
        let table = rows.split_off(first.min(rows.len()));
        for row in rows {
            self.line(sheet, row);
        }
        self.table(sheet, table)?;
        for row in notes {
            self.line(sheet, row);
        }
        Ok(())
    }

    fn line(&mut self, sheet: &Sheet, row: Row) {
        for (column, text) in row.cells {
            let buffer = self.cell(sheet, row.number, column, &text);
            self.out.line(&buffer, BlockKind::Paragraph);
        }
    }

    fn cell(&mut self, sheet: &Sheet, row: u32, column: u32, text: &str) -> Buffer {
        let mut buffer = Buffer::default();
        self.marks.push(Mark { at: self.at, place: SheetCell::new(sheet.number, row + 1, column + 1) });
        buffer.push(text, self.at, text.len() as u32, sheet.number - 1);
        buffer.chars = text.chars().count() as u32;
        self.at = self.at.saturating_add(text.len() as u32);
        buffer
    }

    fn table(&mut self, sheet: &mut Sheet, rows: Vec<Row>) -> Result<(), Error> {
        let (Some(first), Some(last)) = (rows.first().map(|r| r.number), rows.last().map(|r| r.number)) else { return Ok(()) };
        // Rows and columns without anything are not seen.
        let mut columns: Vec<u32> = rows.iter().flat_map(|r| r.cells.iter().map(|c| c.0)).collect();
        columns.sort_unstable();
        columns.dedup();
        let numbers: Vec<u32> = rows.iter().map(|r| r.number).collect();
        let column_at = |c: u32| columns.partition_point(|x| *x < c);
        let row_at = |r: u32| numbers.partition_point(|x| *x < r);
        // Of each place of the grid the merged cell that covers it: its upper left corner, rows and columns.
        let mut merged: HashMap<(usize, usize), (usize, usize, usize, usize)> = HashMap::new();
        let mut size = 0u64;
        // Of no other block: where a block ends no merged cell goes on.
        let here = sheet.merges.partition_point(|m| m.rows.0 <= last);
        let here: Vec<Merge> = sheet.merges.drain(..here).collect();
        for m in here.iter().filter(|m| m.rows.1 >= first) {
            let (top, bottom) = (row_at(m.rows.0), row_at(m.rows.1.saturating_add(1)));
            let (left, right) = (column_at(m.columns.0), column_at(m.columns.1.saturating_add(1)));
            // The corner itself may be in a row or column that shows nothing else.
            if bottom.saturating_sub(top) * right.saturating_sub(left) < 2 {
                continue;
            }
            size += ((bottom - top) * (right - left)) as u64;
            check("table size in cells", size, self.limits.cells, "raise `limits.cells`")?;
            for r in top..bottom {
                for c in left..right {
                    merged.entry((r, c)).or_insert((top, left, bottom - top, right - left));
                }
            }
        }
        let mut table = Table::default();
        for (r, row) in rows.into_iter().enumerate() {
            table.start_row();
            let mut cells = row.cells.into_iter().peekable();
            for (c, column) in columns.iter().enumerate() {
                let own = cells.next_if(|cell| cell.0 == *column);
                let cover = merged.get(&(r, c)).copied();
                if cover.is_some_and(|m| (m.0, m.1) != (r, c)) {
                    continue;
                }
                let (high, wide) = cover.map_or((1, 1), |m| (m.2 as u32, m.3 as u32));
                let text = match own {
                    Some((column, text)) => self.cell(sheet, row.number, column, &text),
                    None => Buffer::default(),
                };
                table.start_cell(Cell { text, columns: wide, rows: high, ..Cell::default() });
            }
            check("table size in cells", table.size, self.limits.cells, "raise `limits.cells`")?;
        }
        self.out.items(vec![Item::Table(table)])
    }
}

/// The rows that merged cells of rows above reach into: after the first number of each pair, up to the second.
fn covered(merges: &[Merge]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for m in merges.iter().filter(|m| m.rows.0 < m.rows.1) {
        match out.last_mut().filter(|last| m.rows.0 < last.1) {
            Some(last) => last.1 = last.1.max(m.rows.1),
            None => out.push(m.rows),
        }
    }
    out
}

/// How numbers look: one form of the cells' formats.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formats {
    /// Forms of the file's own, by their numbers.
    own: HashMap<u32, String>,
    /// Of each style of cells the number of its form.
    styles: Vec<u32>,
    /// Days are counted from 1904.
    pub(crate) from_1904: bool,
}

impl Formats {
    pub(crate) fn add(&mut self, number: u32, form: String) {
        self.own.insert(number, form);
    }

    pub(crate) fn add_style(&mut self, form: u32) {
        self.styles.push(form);
    }

    /// A number as a cell of that style shows it.
    pub(crate) fn show(&self, value: f64, style: usize) -> String {
        let number = self.styles.get(style).copied().unwrap_or(0);
        let form = self.own.get(&number).map_or_else(|| built_in(number), String::as_str);
        show(value, form, self.from_1904)
    }
}

/// The forms that every program knows; those from 27 on as they are in China.
fn built_in(number: u32) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 | 19 | 20 | 32 | 34 | 55 => "h:mm",
        21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        45 => "mm:ss",
        46 => "h:mm:ss",
        47 => "mm:ss",
        _ => "General",
    }
}

/// A number without a form: as few digits as say it.
pub(crate) fn general(value: f64) -> String {
    if !value.is_finite() {
        return "#NUM!".to_owned();
    }
    // Programs keep 15 digits; what is beyond came about by reckoning.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded != 0.0 && !(1e-9..1e15).contains(&rounded.abs()) {
        return format!("{rounded:E}");
    }
    rounded.to_string()
}

/// A number in a form.
fn show(value: f64, form: &str, from_1904: bool) -> String {
    let sections = sections(form);
    let (section, value) = match sections.len() {
        0 | 1 => (sections.first().copied().unwrap_or("General"), value),
        2 if value < 0.0 => (sections[1], -value),
        2 => (sections[0], value),
        _ if value < 0.0 => (sections[1], -value),
        _ if value == 0.0 => (sections[2], value),
        _ => (sections[0], value),
    };
    let bare = strip(section);
    if bare.is_empty() && section.is_empty() {
        return String::new();
    }
    if bare.iter().all(|p| matches!(p, Part::Literal(_))) && section.contains("General") || section.eq_ignore_ascii_case("general") {
        return general(value);
    }
    if bare.iter().any(|p| matches!(p, Part::Sign(c) if "ymdhs".contains(c.to_ascii_lowercase()))) {
        return date(value, &bare, from_1904).unwrap_or_else(|| general(value));
    }
    number(value, &bare)
}

/// The sections for positive, negative, zero and text.
fn sections(form: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (i, c) in form.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                out.push(&form[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    out.push(&form[start..]);
    out
}

/// A piece of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Literal(char),
    Sign(char),
}

/// A section's pieces without colours, conditions and fillers.
fn strip(section: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut chars = section.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.extend(chars.by_ref().take_while(|c| *c != '"').map(Part::Literal)),
            '\\' => out.extend(chars.next().map(Part::Literal)),
            '_' | '*' => drop(chars.next()),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // [$¥-804] shows a sign, [h] hours beyond a day.
                if let Some(sign) = inner.strip_prefix('$') {
                    out.extend(sign.split('-').next().unwrap_or("").chars().map(Part::Literal));
                } else if inner.eq_ignore_ascii_case("h") || inner.eq_ignore_ascii_case("hh") {
                    out.push(Part::Sign('h'));
                }
            }
            'G' if section.contains("General") => {
                for _ in 0..6 {
                    chars.next();
                }
            }
            '0' | '#' | '?' | '.' | ',' | '%' | '@' | 'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'E' | 'e' => out.push(Part::Sign(c)),
            'A' | 'a' if section.to_ascii_uppercase().contains("AM/PM") => {
                for _ in 0..4 {
                    chars.next();
                }
                out.push(Part::Sign('p'));
            }
            c => out.push(Part::Literal(c)),
        }
    }
    out
}

fn number(mut value: f64, parts: &[Part]) -> String {
    let sign = |c: char| parts.iter().filter(|p| **p == Part::Sign(c)).count();
    if sign('@') > 0 && sign('0') + sign('#') == 0 || sign('E') + sign('e') > 0 {
        return general(value);
    }
    value *= 100f64.powi(sign('%').min(4) as i32);
    let is_digit = |p: &Part| matches!(p, Part::Sign('0' | '#' | '?'));
    let Some(last) = parts.iter().rposition(is_digit) else {
        return parts.iter().filter_map(|p| if let Part::Literal(c) = p { Some(*c) } else { None }).collect::<String>();
    };
    let point = parts.iter().position(|p| *p == Part::Sign('.'));
    // Commas behind the last digit divide by a thousand each.
    let scaling = parts[last + 1..].iter().take_while(|p| **p == Part::Sign(',')).count();
    value /= 1000f64.powi(scaling.min(6) as i32);
    let behind = |p: &&Part| is_digit(p);
    let places = point.map_or(0, |at| parts[at..].iter().filter(behind).count());
    let least = point.map_or(0, |at| parts[at..].iter().filter(|p| matches!(p, Part::Sign('0'))).count());
    let whole = parts[..point.unwrap_or(parts.len())].iter().filter(|p| **p == Part::Sign('0')).count();
    let grouped = parts[..last].contains(&Part::Sign(','));
    // Halves go up, as the programs round; the binary number may lie a little below.
    let scale = 10f64.powi(places.min(15) as i32);
    let near = value.abs() * scale;
    let rounded = if near < 1e15 { (near + near * 1e-15 + 1e-9).round().min((near + 0.500_000_1).floor()) / scale } else { value.abs() };
    let digits = format!("{rounded:.places$}");
    let (int, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut int = int.trim_start_matches('0').to_owned();
    while int.len() < whole {
        int.insert(0, '0');
    }
    if grouped {
        let mut with = String::new();
        for (i, c) in int.chars().enumerate() {
            if i > 0 && (int.len() - i) % 3 == 0 {
                with.push(',');
            }
            with.push(c);
        }
        int = with;
    }
    let mut fraction = fraction.to_owned();
    while fraction.len() > least && fraction.ends_with('0') {
        fraction.pop();
    }
    let mut shown = int;
    if !fraction.is_empty() {
        shown.push('.');
        shown.push_str(&fraction);
    }
    if value < 0.0 && rounded != 0.0 {
        shown.insert(0, '-');
    }
    let first = parts.iter().position(is_digit).unwrap_or(0);
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        match part {
            _ if i == first => out.push_str(&std::mem::take(&mut shown)),
            Part::Literal(c) => out.push(*c),
            Part::Sign('%') => out.push('%'),
            Part::Sign(_) => {}
        }
    }
    out.trim().to_owned()
}

fn date(value: f64, parts: &[Part], from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value.fract() * 86_400.0).round() as i64;
    let mut days = value.floor() as i64 + seconds / 86_400;
    let seconds = seconds % 86_400;
    days += if from_1904 { 1462 } else { 0 };
    // The programs have a 29 February 1900, which was none.
    let (y, m, d) = civil(days - 25_569 + i64::from(days < 60));
    let half = parts.contains(&Part::Sign('p'));
    let mut out = String::new();
    let mut i = 0;
    let mut hours = false;
    while i < parts.len() {
        let Part::Sign(c) = parts[i] else {
            if let Part::Literal(c) = parts[i] {
                out.push(c);
            }
            i += 1;
            continue;
        };
        let low = c.to_ascii_lowercase();
        let n = parts[i..].iter().take_while(|p| matches!(p, Part::Sign(x) if x.to_ascii_lowercase() == low)).count();
        let next = parts[i + n..].iter().find_map(|p| if let Part::Sign(c) = p { Some(c.to_ascii_lowercase()) } else { None });
        let two = |v: i64| if n >= 2 { format!("{v:02}") } else { v.to_string() };
        match low {
            'y' if n <= 2 => out.push_str(&format!("{:02}", y % 100)),
            'y' | 'e' => out.push_str(&y.to_string()),
            // Minutes stand behind hours or before seconds.
            'm' if hours || next == Some('s') => out.push_str(&two(seconds / 60 % 60)),
            'm' if n >= 3 => out.push_str(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][(m as usize + 11) % 12]),
            'm' => out.push_str(&two(i64::from(m))),
            'd' if n <= 2 => out.push_str(&two(i64::from(d))),
            'h' => out.push_str(&two(if half { (seconds / 3600 + 11) % 12 + 1 } else { seconds / 3600 })),
            's' => out.push_str(&two(seconds % 60)),
            'p' => out.push_str(if seconds >= 43_200 { "PM" } else { "AM" }),
            _ => out.extend(std::iter::repeat_n(c, if matches!(c, '.' | ',') { n } else { 0 })),
        }
        hours = low == 'h';
        i += n;
    }
    Some(out.trim().to_owned())
}

/// The date of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, u32, u32) {
    super::calendar::date(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_shown() {
        for (value, form, text) in [
            (0.125, "0.0%", "12.5%"),
            (0.125, "0%", "13%"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (0.5, "#,##0", "1"),
            (-3.0, "0.00;[Red]-0.00", "-3.00"),
            (-3.0, "0.00_ ;(0.00)", "(3.00)"),
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0.3"),
            (3.5, "0.0\"亿元\"", "3.5亿元"),
            (45_000.0, "yyyy/m/d", "2023/3/15"),
            (45_000.5, "yyyy\"年\"m\"月\"d\"日\" hh:mm", "2023年3月15日 12:00"),
            (45_000.0, "[$-804]yyyy\"年\"m\"月\";@", "2023年3月"),
            (61.0, "yyyy-mm-dd", "1900-03-01"),
            (59.0, "yyyy-mm-dd", "1900-02-28"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (1.005, "0.00", "1.01"),
            (5_000_000.0, "0,", "5000"),
            (7.0, "000", "007"),
            (1.5, "0.###", "1.5"),
            (1e20, "General", "1E20"),
        ] {
            assert_eq!(show(value, form, false), text, "{value} as {form}");
        }
    }
}
