//! The streams of a Word file: the text's pieces, and where the properties of paragraphs and runs are.

use super::props::{Character, Paragraph, Styles};
use crate::Error;
use crate::read::numbering::{LEVELS, Level, Numbering};
use crate::read::ole::{Ole, u16_at, u32_at};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a file is that has no text of this kind.
pub(super) fn malformed(reason: impl Into<String>) -> Error {
    Error::Malformed { format: "DOC", reason: reason.into() }
}

/// A character and the place of its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) at: u32,
    /// How many bytes it has.
    pub(super) len: u8,
}

/// Properties of the bytes from `from` to `to`.
#[derive(Clone, Debug)]
struct Run {
    from: u32,
    to: u32,
    style: u16,
    /// Where in the main stream they stand.
    grpprl: Range<usize>,
}

/// The texts of a file, in the order in which they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    Main,
    Footnotes,
    Headers,
    Endnotes,
    TextBoxes,
}

/// An open file.
#[derive(Debug)]
pub(super) struct File {
    main: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
    pub(super) chars: Vec<Char>,
    counts: [usize; 8],
    paragraphs: Vec<Run>,
    characters: Vec<Run>,
    pub(super) styles: Styles,
    fonts: Vec<String>,
    /// How many bytes of large rows may still be read: a row that all paragraphs name is read for each of them.
    large: std::cell::Cell<usize>,
}

impl File {
    pub(super) fn open(ole: &Ole<'_>) -> Result<Self, Error> {
        let main = ole.stream("WordDocument").ok_or_else(|| malformed("it has no stream WordDocument"))?;
        let flags = u16_at(&main, 10).ok_or_else(|| malformed("its first block is cut off"))?;
        match u16_at(&main, 0) {
            Some(0xA5EC) => {}
            Some(0xA5DC | 0xA5DB | 0xA59B | 0xA697 | 0xA699 | 0xA69B) => {
                return Err(Error::Unsupported { format: "Word 6 and Word 95", hint: "open it in Word, WPS or LibreOffice and save it as .docx" });
            }
            _ => return Err(malformed("the stream WordDocument does not begin as one")),
        }
        if flags & 0x100 != 0 {
            return Err(Error::Unsupported { format: "encrypted Word", hint: "open it with its password, save it without one and read that" });
        }
        let names = if flags & 0x200 != 0 { ["1Table", "0Table"] } else { ["0Table", "1Table"] };
        let table = names
            .iter()
            .find_map(|n| ole.stream(n))
            .ok_or_else(|| malformed("it has no table stream; the file is damaged, open it in Word or WPS and save it anew"))?;
        let data = ole.stream("Data").unwrap_or_default();
        let counts = [0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64, 0x68].map(|at| u32_at(&main, at).unwrap_or(0) as usize);
        let mut file = Self {
            main,
            table,
            data,
            chars: Vec::new(),
            counts,
            paragraphs: Vec::new(),
            characters: Vec::new(),
            styles: Styles::default(),
            fonts: Vec::new(),
            large: 0.into(),
        };
        file.large.set(16 * file.data.len() + (1 << 16));
        file.read_pieces()?;
        file.paragraphs = file.runs(13, true);
        file.characters = file.runs(12, false);
        file.styles = Styles::parse(file.part(1));
        file.fonts = fonts(file.part(15));
        Ok(file)
    }

    /// A part of the table stream, by its index in the file's first block.
    pub(super) fn part(&self, index: usize) -> &[u8] {
        let at = 0x9A + 8 * index;
        let (Some(from), Some(len)) = (u32_at(&self.main, at), u32_at(&self.main, at + 4)) else { return &[] };
        let (from, len) = (from as usize, len as usize);
        self.table.get(from..from.saturating_add(len).min(self.table.len())).unwrap_or(&[])
    }

    /// Everything from a part's start to the table's end.
    fn rest(&self, index: usize) -> &[u8] {
        let from = u32_at(&self.main, 0x9A + 8 * index).unwrap_or(0) as usize;
        if self.part(index).is_empty() { &[] } else { self.table.get(from..).unwrap_or(&[]) }
    }

    fn read_pieces(&mut self) -> Result<(), Error> {
        let clx = self.part(33);
        let mut at = 0;
        while clx.get(at) == Some(&1) {
            at += 3 + usize::from(u16_at(clx, at + 1).unwrap_or(0));
        }
        let len = u32_at(clx, at + 1).filter(|_| clx.get(at) == Some(&2)).unwrap_or(0) as usize;
        let plc = clx.get(at + 5..(at + 5).saturating_add(len).min(clx.len())).unwrap_or(&[]);
        let count = plc.len().saturating_sub(4) / 12;
        let mut chars: Vec<Char> = Vec::new();
        // A character takes a byte at least: more of them than bytes are a lie of the table's.
        let most = self.main.len();
        for i in 0..count {
            let (Some(from), Some(to), Some(place)) = (u32_at(plc, 4 * i), u32_at(plc, 4 * i + 4), u32_at(plc, 4 * (count + 1) + 8 * i + 2)) else { break };
            let narrow = place & 0x4000_0000 != 0;
            let start = if narrow { (place & 0x3FFF_FFFF) / 2 } else { place & 0x3FFF_FFFF } as usize;
            let size = if narrow { 1 } else { 2 };
            // A gap or a step back in the table: what follows keeps its own place.
            if (from as usize) < chars.len() {
                continue;
            }
            let n = (to.saturating_sub(from) as usize).min(most.saturating_sub(chars.len()));
            let Some(bytes) = self.main.get(start..start.saturating_add(n * size).min(self.main.len())) else { continue };
            if narrow {
                chars.extend(bytes.iter().enumerate().map(|(i, b)| Char { c: latin(*b), at: (start + i) as u32, len: 1 }));
            } else {
                wide(bytes, start, &mut chars);
            }
        }
        if chars.is_empty() {
            return Err(malformed("its table of pieces names no text; the file is damaged, open it in Word or WPS and save it anew"));
        }
        self.chars = chars;
        Ok(())
    }

    /// The places of a story among the characters.
    pub(super) fn story(&self, story: Story) -> Range<usize> {
        let index = match story {
            Story::Main => 0,
            Story::Footnotes => 1,
            Story::Headers => 2,
            Story::Endnotes => 5,
            Story::TextBoxes => 6,
        };
        let from = self.counts[..index].iter().fold(0usize, |n, c| n.saturating_add(*c)).min(self.chars.len());
        from..from.saturating_add(self.counts[index]).min(self.chars.len())
    }

    /// The pages of properties: 512 bytes each, of which the last says how many runs there are.
    fn runs(&self, index: usize, paragraphs: bool) -> Vec<Run> {
        let plc = self.part(index);
        let count = plc.len().saturating_sub(4) / 8;
        let mut out = Vec::new();
        let mut seen = HashSet::new();
        for i in 0..count {
            let Some(number) = u32_at(plc, 4 * (count + 1) + 4 * i).map(|n| n & 0x3F_FFFF) else { break };
            let base = number as usize * 512;
            let Some(page) = self.main.get(base..base + 512).filter(|_| seen.insert(number)) else { continue };
            let runs = usize::from(page[511]);
            for j in 0..runs {
                let size = if paragraphs { 13 } else { 1 };
                let (Some(from), Some(to)) = (u32_at(page, 4 * j), u32_at(page, 4 * j + 4)) else { break };
                let Some(offset) = page.get(4 * (runs + 1) + size * j).map(|b| usize::from(*b) * 2) else { break };
                let mut run = Run { from, to, style: 0, grpprl: 0..0 };
                let len = page[offset];
                if offset > 0 && paragraphs {
                    let (start, len) =
                        if len > 0 { (offset + 1, usize::from(len) * 2 - 1) } else { (offset + 2, page.get(offset + 1).map_or(0, |n| usize::from(*n) * 2)) };
                    run.style = u16_at(page, start).unwrap_or(0);
                    run.grpprl = base + start + 2..base + (start + len).clamp(start + 2, 512.max(start + 2));
                } else if offset > 0 {
                    run.grpprl = base + offset + 1..base + (offset + 1 + usize::from(len)).min(512);
                }
                out.push(run);
            }
        }
        out.sort_by_key(|r| r.from);
        out
    }

    fn run_at(runs: &[Run], at: u32) -> Option<&Run> {
        let i = runs.partition_point(|r| r.from <= at).checked_sub(1)?;
        Some(&runs[i]).filter(|r| at < r.to)
    }

    /// The properties of the paragraph that ends with this character.
    pub(super) fn paragraph(&self, end: Char) -> Paragraph {
        let Some(run) = Self::run_at(&self.paragraphs, end.at) else { return Paragraph::default() };
        self.styles.paragraph(run.style, self.main.get(run.grpprl.clone()).unwrap_or(&[]), &self.data, &self.large)
    }

    /// Whether a paragraph's bytes end with this character.
    pub(super) fn ends_paragraph(&self, c: Char) -> bool {
        Self::run_at(&self.paragraphs, c.at).is_none_or(|r| r.to <= c.at + u32::from(c.len))
    }

    /// The properties of a character, and where the next ones may differ.
    pub(super) fn character(&self, c: Char) -> (Character, Range<u32>) {
        match Self::run_at(&self.characters, c.at) {
            Some(run) => (Character::parse(self.main.get(run.grpprl.clone()).unwrap_or(&[])), run.from..run.to),
            None => (Character::default(), c.at..c.at + 1),
        }
    }

    /// The name of a font.
    pub(super) fn font(&self, index: u16) -> &str {
        self.fonts.get(usize::from(index)).map_or("", String::as_str)
    }

    /// The lists, as the numbering of Word files knows them; their uses are named by their place, from 1 on.
    pub(super) fn numbering(&self) -> Numbering {
        let mut numbering = Numbering::default();
        let lists = self.rest(73);
        let count = usize::from(u16_at(lists, 0).unwrap_or(0));
        let mut at = 2 + 28 * count;
        for i in 0..count {
            let (Some(id), Some(flags)) = (u32_at(lists, 2 + 28 * i), lists.get(2 + 28 * i + 26)) else { break };
            let mut levels: Vec<Option<Level>> = Vec::new();
            for _ in 0..if flags & 1 != 0 { 1 } else { LEVELS } {
                let Some((level, next)) = level(lists, at) else { break };
                levels.push(Some(level));
                at = next;
            }
            numbering.define(id.to_string(), levels);
        }
        let uses = self.rest(74);
        let count = (u32_at(uses, 0).unwrap_or(0) as usize).min(uses.len() / 16);
        let mut at = 4 + 16 * count;
        for i in 0..count {
            let (Some(id), Some(overrides)) = (u32_at(uses, 4 + 16 * i), uses.get(4 + 16 * i + 12)) else { break };
            let (mut starts, mut levels) = ([None; LEVELS], HashMap::new());
            at += 4;
            for _ in 0..*overrides {
                let (Some(start), Some(flags)) = (u32_at(uses, at), u32_at(uses, at + 4)) else { break };
                at += 8;
                let place = (flags & 15).min(LEVELS as u32 - 1) as usize;
                if flags & 0x20 != 0 {
                    let Some((level, next)) = level(uses, at) else { break };
                    at = next;
                    // A form of its own brings its start along.
                    starts[place] = Some(level.start).filter(|_| flags & 0x10 != 0);
                    levels.insert(place, level);
                } else if flags & 0x10 != 0 {
                    starts[place] = Some(start);
                }
            }
            numbering.add_use((i + 1).to_string(), id.to_string(), starts, levels);
        }
        numbering
    }
}

/// A list's level (LVL) and where the next begins.
fn level(bytes: &[u8], at: usize) -> Option<(Level, usize)> {
    let start = u32_at(bytes, at)?;
    let (format, flags, follow) = (*bytes.get(at + 4)?, *bytes.get(at + 5)?, *bytes.get(at + 15)?);
    let (characters, paragraphs, limit) = (*bytes.get(at + 24)?, *bytes.get(at + 25)?, *bytes.get(at + 26)?);
    let text = at + 28 + usize::from(characters) + usize::from(paragraphs);
    let len = usize::from(u16_at(bytes, text)?);
    let units: Option<Vec<u16>> = (0..len).map(|i| u16_at(bytes, text + 2 + 2 * i)).collect();
    let mut shown = String::new();
    for c in char::decode_utf16(units?).map(|c| c.unwrap_or('\u{FFFD}')) {
        match c {
            // Places of the levels' own numbers.
            '\0'..='\u{8}' => shown.extend(['%', char::from(b'1' + c as u8)]),
            c => shown.push(c),
        }
    }
    let level = Level {
        start,
        format: format_name(format).to_owned(),
        text: shown,
        restart: (flags & 8 != 0).then(|| u32::from(limit)),
        legal: flags & 4 != 0,
        suffix: ["tab", "space"].get(usize::from(follow)).copied().unwrap_or("nothing").to_owned(),
        ..Level::default()
    };
    Some((level, text + 2 + 2 * len))
}

/// The name that newer files have for a form of numbers (MS-OSHARED, 2.2.1.3).
fn format_name(format: u8) -> &'static str {
    match format {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        23 => "bullet",
        28 => "decimalEnclosedFullstop",
        29 => "decimalEnclosedParen",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    }
}

/// The names of the fonts (SttbfFfn).
fn fonts(bytes: &[u8]) -> Vec<String> {
    let count = usize::from(u16_at(bytes, 0).unwrap_or(0));
    let mut at = 4;
    let mut out = Vec::new();
    for _ in 0..count {
        let Some(len) = bytes.get(at).map(|n| usize::from(*n)) else { break };
        let units = (at + 40..at + 1 + len).step_by(2).filter_map(|i| u16_at(bytes, i)).take_while(|c| *c != 0);
        out.push(char::decode_utf16(units).flatten().collect());
        at += 1 + len;
    }
    out
}

fn wide(bytes: &[u8], start: usize, out: &mut Vec<Char>) {
    let units = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let mut at = start as u32;
    for c in char::decode_utf16(units) {
        let c = c.unwrap_or('\u{FFFD}');
        let len = 2 * c.len_utf16() as u8;
        out.push(Char { c, at, len });
        // A character of two units has two places; the second shows nothing.
        if len == 4 {
            out.push(Char { c: '\u{1F}', at: at + 2, len: 2 });
        }
        at += u32::from(len);
    }
}

/// A byte of compressed text (MS-DOC, 2.9.73).
fn latin(byte: u8) -> char {
    const HIGH: [char; 30] = [
        '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', '\u{8E}', '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›',
        'œ', '\u{9D}', '\u{9E}', 'Ÿ',
    ];
    if (0x82..=0x9F).contains(&byte) { HIGH[usize::from(byte) - 0x82] } else { char::from(byte) }
}
