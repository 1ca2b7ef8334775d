//! Old spreadsheets, `.xls` and `.et`: records of BIFF8 in one stream of a compound file (MS-XLS).

use super::assembly::Lost;
use super::ole::{Ole, u16_at, u32_at};
use super::sheet::{Budget, Formats, Merge, Sheet, assemble};
use super::{Extracted, Format, Options, check};
use crate::Error;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let limits = options.limits;
    let ole = Ole::open(bytes)?;
    let malformed = |reason: &str| Error::Malformed { format: "XLS", reason: format!("{reason}; open it in Excel or WPS and save it as .xlsx") };
    let old = || Error::Unsupported { format: "Excel 5 and Excel 95", hint: "open it in Excel, WPS or LibreOffice and save it as .xlsx" };
    let stream = match ole.stream("Workbook") {
        Some(stream) => stream,
        None if ole.has("Book") => return Err(old()),
        None => return Err(malformed("it has no stream Workbook")),
    };
    let mut records = Records { bytes: &stream, at: 0 };
    let mut formats = Formats::default();
    let mut listed = Vec::new();
    let mut texts = Vec::new();
    let mut first = true;
    while let Some((kind, data)) = records.next() {
        match kind {
            0x809 if first && u16_at(data, 0) != Some(0x600) => return Err(old()),
            0x2F => return Err(Error::Unsupported { format: "encrypted Excel", hint: "open it with its password, save it without one and read that" }),
            0x22 => formats.from_1904 = u16_at(data, 0) == Some(1),
            0x85 => {
                let name = data.get(6..).and_then(|d| Text { parts: vec![d], part: 0, at: 0 }.short());
                listed.extend(
                    u32_at(data, 0).map(|at| (at as usize, data.get(4).is_some_and(|s| s & 3 != 0), data.get(5) == Some(&0), name.unwrap_or_default())),
                );
                check("number of sheets", listed.len() as u64, limits.entries.min(60_000), "raise `limits.entries`")?;
            }
            0x41E => {
                if let (Some(number), Some(form)) = (u16_at(data, 0), data.get(2..).and_then(|d| Text { parts: vec![d], part: 0, at: 0 }.long())) {
                    formats.add(u32::from(number), form);
                }
            }
            0xE0 => formats.add_style(u16_at(data, 2).map_or(0, u32::from)),
            0xFC => {
                let mut parts = vec![data];
                while let Some((0x3C, more)) = records.peek() {
                    parts.push(more);
                    records.next();
                }
                texts = shared(parts);
            }
            0xA => break,
            _ => {}
        }
        first = false;
    }
    if listed.is_empty() {
        return Err(malformed("it names no sheets"));
    }
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    for (i, (at, hidden, worksheet, name)) in listed.into_iter().enumerate() {
        let mut sheet = Sheet { name, hidden, number: i as u16 + 1, ..Sheet::default() };
        if worksheet {
            read(Records { bytes: &stream, at }, &texts, &formats, &mut sheet, &mut budget)?;
        }
        sheets.push(sheet);
    }
    assemble(sheets, Format::Xls, "UTF-16LE", ole.properties(), limits)
}

/// Records one after the other: kind, length, data.
#[derive(Clone, Copy)]
struct Records<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Records<'b> {
    fn next(&mut self) -> Option<(u16, &'b [u8])> {
        let (kind, len) = (u16_at(self.bytes, self.at)?, usize::from(u16_at(self.bytes, self.at + 2)?));
        let from = self.at + 4;
        let data = self.bytes.get(from..(from + len).min(self.bytes.len()))?;
        self.at = from + len;
        Some((kind, data))
    }

    fn peek(mut self) -> Option<(u16, &'b [u8])> {
        self.next()
    }
}

/// Text in records: some of it goes on in the next record.
struct Text<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl Text<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.at += 1;
        Some(self.parts[self.part][self.at - 1])
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut n: usize) -> Option<()> {
        while n > 0 {
            let left = self.parts.get(self.part)?.len() - self.at;
            let step = left.min(n);
            self.at += step;
            n -= step;
            if n > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
        Some(())
    }

    /// Characters in one byte each or in two; where they go on in the next record, that says anew which.
    fn chars(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        for _ in 0..count {
            if self.at >= self.parts.get(self.part)?.len() {
                self.part += 1;
                self.at = 0;
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.word()? } else { u16::from(self.byte()?) });
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// With a count of one byte.
    fn short(&mut self) -> Option<String> {
        let (count, flags) = (self.byte()?, self.byte()?);
        self.chars(usize::from(count), flags & 1 != 0)
    }

    /// With a count of two bytes.
    fn long(&mut self) -> Option<String> {
        let (count, flags) = (self.word()?, self.byte()?);
        self.chars(usize::from(count), flags & 1 != 0)
    }

    /// With a count of two bytes, and runs of forms and readings behind it.
    fn rich(&mut self) -> Option<String> {
        let (count, flags) = (self.word()?, self.byte()?);
        let runs = if flags & 8 != 0 { usize::from(self.word()?) } else { 0 };
        let more = if flags & 4 != 0 { usize::from(self.word()?) | usize::from(self.word()?) << 16 } else { 0 };
        let text = self.chars(usize::from(count), flags & 1 != 0)?;
        // What is cut off behind the last text takes nothing from it.
        let _ = self.skip(4 * runs).and_then(|()| self.skip(more));
        Some(text)
    }
}

fn shared(parts: Vec<&[u8]>) -> Vec<String> {
    let mut text = Text { parts, part: 0, at: 8 };
    std::iter::from_fn(|| text.rich()).collect()
}

fn read(mut records: Records<'_>, texts: &[String], formats: &Formats, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Error> {
    let mut depth = 0;
    // Where the text that a formula gives is to stand.
    let mut waiting = None;
    let mut object = 0;
    while let Some((kind, data)) = records.next() {
        let place = || Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)));
        let style = usize::from(u16_at(data, 4).unwrap_or(0));
        let mut put = |at: Option<(u32, u32)>, shown: &str| -> Result<(), Error> {
            let Some((row, column)) = at else { return Ok(()) };
            budget.cell(shown.len())?;
            sheet.put(row, column, shown);
            Ok(())
        };
        match kind {
            0x809 => depth += 1,
            0xA => {
                depth -= 1;
                if depth <= 0 {
                    break;
                }
            }
            // Charts lie in the sheet's records.
            _ if depth > 1 => {}
            0xFD => {
                let text = u32_at(data, 6).and_then(|i| texts.get(i as usize));
                put(place(), text.map_or("", String::as_str))?;
            }
            0x204 | 0xD6 => put(place(), &data.get(6..).and_then(|d| Text { parts: vec![d], part: 0, at: 0 }.long()).unwrap_or_default())?,
            0x203 => put(place(), &double(data, 6).map(|v| formats.show(v, style)).unwrap_or_default())?,
            0x27E => put(place(), &u32_at(data, 6).map(|v| formats.show(packed(v), style)).unwrap_or_default())?,
            0xBD => {
                let (Some((row, first)), count) = (place(), data.len().saturating_sub(6) / 6) else { continue };
                for i in 0..count {
                    let (style, value) = (u16_at(data, 4 + 6 * i).unwrap_or(0), u32_at(data, 6 + 6 * i).unwrap_or(0));
                    put(Some((row, first + i as u32)), &formats.show(packed(value), usize::from(style)))?;
                }
            }
            0x6 => match (u16_at(data, 12), data.get(6), data.get(8)) {
                (Some(0xFFFF), Some(0), _) => waiting = place(),
                (Some(0xFFFF), Some(1), Some(value)) => put(place(), if *value != 0 { "TRUE" } else { "FALSE" })?,
                (Some(0xFFFF), Some(2), Some(code)) => put(place(), error(*code))?,
                (Some(0xFFFF), ..) => {}
                _ => put(place(), &double(data, 6).map(|v| formats.show(v, style)).unwrap_or_default())?,
            },
            0x207 => {
                let mut parts = vec![data];
                while let Some((0x3C, more)) = records.peek() {
                    parts.push(more);
                    records.next();
                }
                let text = Text { parts, part: 0, at: 0 }.long().unwrap_or_default();
                put(waiting.take(), &text)?;
            }
            0x205 => match (data.get(6), data.get(7)) {
                (Some(value), Some(0)) => put(place(), if *value != 0 { "TRUE" } else { "FALSE" })?,
                (Some(code), _) => put(place(), error(*code))?,
                _ => {}
            },
            0x1C => sheet.lost.push(Lost::Comment),
            // An object on the sheet: a chart, a picture, a remark's box, a text box or a control with its text behind it.
            0x5D => {
                object = u16_at(data, 4).unwrap_or(0);
                sheet.lost.extend(match object {
                    0x05 => Some(Lost::Chart),
                    0x08 => Some(Lost::Picture),
                    _ => None,
                });
            }
            0x1B6 if object != 0x19 && u16_at(data, 10).is_some_and(|chars| chars > 0) => sheet.lost.push(Lost::Shape),
            0xE5 => {
                for i in 0..usize::from(u16_at(data, 0).unwrap_or(0)) {
                    let at = |n: usize| u16_at(data, 2 + 8 * i + 2 * n).map(u32::from);
                    let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(1), at(2), at(3)) else { break };
                    if top <= bottom && left <= right {
                        sheet.merges.push(Merge { rows: (top, bottom), columns: (left, right) });
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    let (low, high) = (u32_at(data, at)?, u32_at(data, at + 4)?);
    Some(f64::from_bits(u64::from(high) << 32 | u64::from(low)))
}

/// A number in four bytes: whole or the upper half of a double, perhaps a hundred times too large.
fn packed(value: u32) -> f64 {
    let number = if value & 2 != 0 { f64::from(value as i32 >> 2) } else { f64::from_bits(u64::from(value & !3) << 32) };
    if value & 1 != 0 { number / 100.0 } else { number }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
