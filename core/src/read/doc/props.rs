//! Properties: lists of changes (sprm) to what a paragraph, a run or a table row is by itself.

use crate::read::ole::{u16_at, u32_at};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// The changes of a list, each with its operand.
fn changes(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let change = u16_at(rest, 0)?;
        let body = rest.get(2..)?;
        let len = match change >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if change == 0xD608 => usize::from(u16_at(body, 0)?) + 1,
            _ => usize::from(*body.first()?) + 1,
        };
        let operand = body.get(..len.min(body.len()))?;
        rest = &body[operand.len()..];
        Some((change, operand))
    })
}

/// What a paragraph is.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The list it is in, from 1 on, and how deep.
    pub(super) list: Option<u16>,
    pub(super) level: u8,
    /// 0 the highest, 9 body text.
    pub(super) outline: Option<u8>,
    pub(super) title: bool,
    pub(super) contents: bool,
    pub(super) in_table: bool,
    /// It ends a row.
    pub(super) row_end: bool,
    /// How many tables are around it.
    pub(super) depth: u32,
    /// It ends a cell or a row of a table in a table.
    pub(super) inner_cell: bool,
    pub(super) inner_row: bool,
    pub(super) header_row: bool,
    pub(super) row: Row,
}

/// The cells of a row: where their edges are, and how each is merged.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) edges: Vec<i16>,
    /// Bits 0-1: merged to the left (1) or first of such (2, 3); bits 5-6: merged upwards (1) or first of such (3).
    pub(super) flags: Vec<u16>,
}

impl Paragraph {
    fn apply(&mut self, list: &[u8], data: &[u8], large: Option<&Cell<usize>>) {
        for (change, operand) in changes(list) {
            let byte = operand.first().copied().unwrap_or(0);
            let word = u16_at(operand, 0).unwrap_or(0);
            match change {
                0x460B => self.list = Some(word),
                0x260A => self.level = byte,
                0x2640 => self.outline = Some(byte),
                0x2416 => self.in_table = byte != 0,
                0x2417 => self.row_end = byte != 0,
                0x6649 => self.depth = u32_at(operand, 0).unwrap_or(0),
                0x244B => self.inner_cell = byte != 0,
                0x244C => self.inner_row = byte != 0,
                0x3404 => self.header_row = byte != 0,
                0xD608 => self.row = Row::parse(operand.get(2..).unwrap_or(&[])),
                // A cell's place and whether it is merged upwards.
                0xD62B => {
                    if let (Some(flags), Some(how)) = (self.row.flags.get_mut(usize::from(operand.get(1).copied().unwrap_or(255))), operand.get(2)) {
                        *flags = *flags & !0x60 | (u16::from(*how) & 3) << 5;
                    }
                }
                0x5624 => {
                    let (first, end) = (usize::from(byte), usize::from(operand.get(1).copied().unwrap_or(0)));
                    for (i, flags) in self.row.flags.iter_mut().enumerate().take(end).skip(first) {
                        *flags = *flags & !3 | if i == first { 2 } else { 1 };
                    }
                }
                // The changes of a large row lie in a stream of their own.
                0x6645 | 0x6646 => {
                    let Some(large) = large else { continue };
                    let at = u32_at(operand, 0).unwrap_or(u32::MAX) as usize;
                    let len = usize::from(u16_at(data, at).unwrap_or(0)).min(large.get());
                    large.set(large.get() - len);
                    let list = at.checked_add(2).and_then(|at| data.get(at..at.saturating_add(len).min(data.len()))).unwrap_or(&[]);
                    self.apply(list, data, None);
                }
                _ => {}
            }
        }
    }
}

impl Row {
    fn parse(operand: &[u8]) -> Self {
        let cells = usize::from(operand.first().copied().unwrap_or(0)).min(64);
        let edges: Vec<i16> = (0..=cells).filter_map(|i| u16_at(operand, 1 + 2 * i)).map(|n| n as i16).collect();
        let base = 1 + 2 * (cells + 1);
        let flags = (0..cells).map(|i| u16_at(operand, base + 20 * i).unwrap_or(0)).collect();
        Self { edges, flags }
    }
}

/// What a run is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Character {
    pub(super) deleted: bool,
    pub(super) hidden: bool,
    pub(super) bold: bool,
    pub(super) special: bool,
    /// A character of a symbol font: the font's place, and the code.
    pub(super) symbol: Option<(u16, u16)>,
}

impl Character {
    pub(super) fn parse(list: &[u8]) -> Self {
        let mut out = Self::default();
        for (change, operand) in changes(list) {
            let on = matches!(operand.first(), Some(1 | 129));
            match change {
                0x0800 => out.deleted = on,
                0x083C => out.hidden = on,
                0x0835 => out.bold = on,
                0x0855 => out.special = on,
                0x6A09 => out.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                _ => {}
            }
        }
        out
    }
}

/// The paragraph styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<u16, Style>,
}

#[derive(Debug, Default)]
struct Style {
    base: u16,
    /// What it is by itself: 1-9 headings, 19-27 entries of a table of contents, 62 the title.
    known: u16,
    changes: Vec<u8>,
}

impl Styles {
    pub(super) fn parse(sheet: &[u8]) -> Self {
        let mut out = Self::default();
        let (Some(header), Some(count), Some(fixed)) = (u16_at(sheet, 0), u16_at(sheet, 2), u16_at(sheet, 4)) else { return out };
        let mut at = 2 + usize::from(header);
        for index in 0..count {
            let Some(len) = u16_at(sheet, at).map(usize::from) else { break };
            let Some(style) = sheet.get(at + 2..at + 2 + len) else { break };
            at += 2 + len + len % 2;
            let (Some(known), Some(kind)) = (u16_at(style, 0), u16_at(style, 2)) else { continue };
            if kind & 15 != 1 {
                continue;
            }
            // Behind the fixed part the name, then the changes of the paragraph, its own number first.
            let name = usize::from(fixed);
            let list = name + 4 + 2 * usize::from(u16_at(style, name).unwrap_or(0));
            let len = usize::from(u16_at(style, list).unwrap_or(0));
            let changes = style.get(list + 4..(list + 2 + len).min(style.len())).unwrap_or(&[]).to_vec();
            out.styles.insert(index, Style { base: kind >> 4, known: known & 0xFFF, changes });
        }
        out
    }

    /// A paragraph of a style, with changes of its own.
    pub(super) fn paragraph(&self, style: u16, own: &[u8], data: &[u8], large: &Cell<usize>) -> Paragraph {
        let mut chain = Vec::new();
        let mut seen = HashSet::new();
        let mut next = style;
        while let Some(style) = self.styles.get(&next).filter(|_| chain.len() < 20 && seen.insert(next)) {
            chain.push(style);
            next = style.base;
        }
        let mut out = Paragraph::default();
        for style in chain.iter().rev() {
            match style.known {
                n @ 1..=9 => out.outline = Some(n as u8 - 1),
                19..=27 => out.contents = true,
                62 => out.title = true,
                _ => {}
            }
            out.apply(&style.changes, data, None);
        }
        out.apply(own, data, Some(large));
        out
    }
}
