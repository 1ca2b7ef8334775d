//! Compound files (MS-CFB), in which old Office programs and WPS keep their streams.
//!
//! Read leniently: a chain that leaves the file, turns in a circle or is longer than its stream ends there, and what
//! was read counts. Nothing is allocated for a size that only the file claims.

use crate::Error;
use std::collections::HashSet;

const END: u32 = 0xFFFF_FFFE;

/// How the bytes of such a file begin.
pub(crate) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An open compound file.
#[derive(Debug)]
pub(crate) struct Ole<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    cutoff: u64,
    /// The streams and storages directly under the root.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    storage: bool,
    start: u32,
    size: u64,
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

impl<'b> Ole<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let broken = |reason: &str| Error::Malformed { format: "OLE", reason: format!("{reason}; the file is damaged, open it in Word, WPS or LibreOffice and save it anew") };
        if !bytes.starts_with(&MAGIC) {
            return Err(broken("it does not begin like a compound file"));
        }
        let header = |at| u32_at(bytes, at).ok_or_else(|| broken("its header is cut off"));
        let sector = match u16_at(bytes, 30) {
            Some(shift @ (9 | 12)) => 1usize << shift,
            _ => return Err(broken("its sector size is none")),
        };
        let mut ole = Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), cutoff: u64::from(header(56)?), entries: Vec::new() };
        let sectors = bytes.len() / sector;
        // Where the table of chains lies: 109 places in the header, the rest in a chain of its own.
        let mut places: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut next = header(68)?;
        let mut seen = HashSet::new();
        while let Some(part) = ole.sector(next).filter(|_| seen.insert(next)) {
            let last = part.len() / 4 - 1;
            places.extend((0..last).filter_map(|i| u32_at(part, 4 * i)));
            next = u32_at(part, 4 * last).unwrap_or(END);
        }
        let mut seen = HashSet::new();
        for place in places {
            if ole.fat.len() > sectors || !seen.insert(place) {
                continue;
            }
            if let Some(part) = ole.sector(place) {
                let part: Vec<u32> = (0..part.len() / 4).filter_map(|i| u32_at(part, 4 * i)).collect();
                ole.fat.extend(part);
            }
        }
        let directory = ole.chain(header(48)?, u64::MAX);
        let mini_fat = ole.chain(header(60)?, u64::MAX);
        ole.mini_fat = (0..mini_fat.len() / 4).filter_map(|i| u32_at(&mini_fat, 4 * i)).collect();
        ole.read_directory(&directory).ok_or_else(|| broken("it has no directory"))?;
        Ok(ole)
    }

    fn sector(&self, index: u32) -> Option<&'b [u8]> {
        let at = (index as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector may be cut short.
        self.bytes.get(at..(at.saturating_add(self.sector)).min(self.bytes.len())).filter(|s| s.len() >= 4)
    }

    fn chain(&self, mut at: u32, size: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for _ in 0..=self.bytes.len() / self.sector {
            if out.len() as u64 >= size {
                break;
            }
            let Some(part) = self.sector(at) else { break };
            out.extend_from_slice(part);
            let Some(next) = self.fat.get(at as usize) else { break };
            at = *next;
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        out
    }

    fn read_directory(&mut self, directory: &[u8]) -> Option<()> {
        let raw: Vec<&[u8]> = directory.chunks_exact(128).collect();
        let entry = |bytes: &[u8]| {
            let len = usize::from(u16_at(bytes, 64)?).clamp(2, 64) / 2 - 1;
            let name: Vec<u16> = (0..len).filter_map(|i| u16_at(bytes, 2 * i)).collect();
            let size = u64::from(u32_at(bytes, 120)?);
            Some(Entry { name: String::from_utf16_lossy(&name), storage: bytes[66] != 2, start: u32_at(bytes, 116)?, size })
        };
        let root = raw.iter().find(|e| e[66] == 5)?;
        self.mini = self.chain(u32_at(root, 116)?, u64::from(u32_at(root, 120)?));
        let mut open = vec![u32_at(root, 76)?];
        let mut seen = HashSet::new();
        while let Some(i) = open.pop() {
            let Some(bytes) = raw.get(i as usize).filter(|b| b[66] != 0 && seen.insert(i)) else { continue };
            self.entries.extend(entry(bytes));
            open.extend([u32_at(bytes, 68)?, u32_at(bytes, 72)?]);
        }
        Some(())
    }

    /// Whether there is a stream or a storage of this name under the root.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream under the root.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|e| !e.storage && e.name.eq_ignore_ascii_case(name))?;
        if entry.size >= self.cutoff {
            return Some(self.chain(entry.start, entry.size));
        }
        let mut out = Vec::new();
        let mut at = entry.start;
        for _ in 0..=self.mini.len() / 64 {
            let from = at as usize * 64;
            let Some(part) = self.mini.get(from..(from + 64).min(self.mini.len())).filter(|_| (out.len() as u64) < entry.size) else { break };
            out.extend_from_slice(part);
            let Some(next) = self.mini_fat.get(at as usize) else { break };
            at = *next;
        }
        out.truncate(entry.size as usize);
        Some(out)
    }

    /// What the file says about itself: title, author, dates, by the names that Word files of today use.
    pub(crate) fn properties(&self) -> Vec<super::SourceMeta> {
        self.stream("\u{5}SummaryInformation").and_then(|s| properties(&s)).unwrap_or_default()
    }
}

/// The first set of a stream of properties (MS-OLEPS).
fn properties(stream: &[u8]) -> Option<Vec<super::SourceMeta>> {
    let base = u32_at(stream, 44)? as usize;
    let count = u32_at(stream, base + 4)?.min(100) as usize;
    let at = |i: usize| Some((u32_at(stream, base.checked_add(8 + 8 * i)?)?, base.checked_add(u32_at(stream, base + 12 + 8 * i)? as usize)?));
    let page = (0..count).filter_map(at).find(|p| p.0 == 1).and_then(|p| u16_at(stream, p.1 + 4)).unwrap_or(1252);
    let mut out = Vec::new();
    for (id, at) in (0..count).filter_map(at) {
        let name = match id {
            2 => "title",
            3 => "subject",
            4 => "creator",
            5 => "keywords",
            6 => "description",
            8 => "lastModifiedBy",
            12 => "created",
            13 => "modified",
            _ => continue,
        };
        let (value, len) = match u32_at(stream, at) {
            Some(30 | 31) => {
                let wide = u32_at(stream, at) == Some(31);
                let len = u32_at(stream, at + 4)? as usize * if wide { 2 } else { 1 };
                let Some(bytes) = at.checked_add(8).and_then(|from| stream.get(from..from.checked_add(len)?)) else { continue };
                let text = if wide { decode(bytes, 1200) } else { decode(bytes, page) };
                (text.trim_end_matches('\0').trim().to_owned(), 8 + len)
            }
            Some(64) => {
                let ticks = u64::from(u32_at(stream, at + 4)?) | u64::from(u32_at(stream, at + 8)?) << 32;
                (iso(ticks).unwrap_or_default(), 12)
            }
            _ => continue,
        };
        if !value.is_empty() {
            out.push(super::SourceMeta { name: format!("core:{name}"), value, range: at..at + len });
        }
    }
    Some(out)
}

/// Decodes text of a Windows code page; unknown ones as GB18030, which the files that come here are in.
pub(crate) fn decode(bytes: &[u8], page: u16) -> String {
    let label = match page {
        1200 => "utf-16le",
        65001 => "utf-8",
        950 => "big5",
        1250..=1258 => return format_label(bytes, &format!("windows-{page}")),
        932 => "shift_jis",
        949 => "euc-kr",
        _ => "gb18030",
    };
    format_label(bytes, label)
}

fn format_label(bytes: &[u8], label: &str) -> String {
    match super::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => super::bytes::plain(bytes, encoding),
        None => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// Ticks of 100 nanoseconds since 1601 as a date and time.
fn iso(ticks: u64) -> Option<String> {
    let seconds = ticks / 10_000_000;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // 1601-01-01 is day 584 694 of the era that begins on 0000-03-01.
    let (y, m, d) = super::calendar::date(i64::try_from(days).ok()? - 134_774);
    (ticks > 0 && y < 2200).then(|| format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60))
}
