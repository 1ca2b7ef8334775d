//! The archive: its parts, unpacked within the limits, and how they refer to each other.

use super::xml::{Next, Xml};
use crate::read::{Limits, check};
use crate::{Code, Diagnostic, Error, Span};
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Above this size the ratio of unpacked to packed counts. Small parts of blanks pack very well.
const RATIO_FROM: u64 = 8 << 20;

/// Parts with bytes that are no text are listed one by one up to this many; the rest is counted.
const LISTED: usize = 50;

/// So much of what the directory says of an entry's size is believed before it is seen.
const SURE: u64 = 1 << 20;

/// An open archive of parts: a Word file, a spreadsheet, an OFD file.
#[derive(Debug)]
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    format: &'static str,
    limits: Limits,
    unpacked: u64,
    /// Parts with bytes that are no text, and how many places there are in each.
    broken: BTreeMap<String, usize>,
}

/// What a part refers to.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of the relation's type: `styles`, `header`, …
    pub(crate) kind: String,
    pub(crate) target: String,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8], format: &'static str, limits: Limits) -> Result<Self, Error> {
        check("number of archive entries", entries(bytes), limits.entries, "raise `limits.entries`")?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Error::Malformed { format, reason: format!("its ZIP directory is broken: {e}") })?;
        check("number of archive entries", archive.len() as u64, limits.entries, "raise `limits.entries`")?;
        Ok(Self { archive, format, limits, unpacked: 0, broken: BTreeMap::new() })
    }

    /// An error that names the format.
    pub(crate) fn malformed(&self, reason: impl Into<String>) -> Error {
        Error::Malformed { format: self.format, reason: reason.into() }
    }

    /// The names of all entries, in the order of the directory; those that are no UTF-8 in GB18030.
    #[cfg(any(feature = "ofd", feature = "archive"))]
    pub(crate) fn names(&mut self) -> Vec<String> {
        let count = self.archive.len();
        let name = |i| {
            let file = self.archive.by_index_raw(i).ok()?;
            let raw = file.name_raw();
            let known = std::str::from_utf8(raw).ok().map(str::to_owned);
            Some(known.unwrap_or_else(|| super::bytes::plain(raw, super::bytes::GBK_NAMES)))
        };
        (0..count).map(name).map(Option::unwrap_or_default).collect()
    }

    /// Unpacks a part to text; `None` when there is none of that name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let index = self.archive.index_for_name(name);
        index.map(|index| self.text(name, index)).transpose()
    }

    /// Unpacks an entry by its place in the directory to text: UTF-8, or UTF-16 with a mark, or in what it declares.
    pub(crate) fn text(&mut self, name: &str, index: usize) -> Result<String, Error> {
        let (text, broken) = super::bytes::decode_xml(self.unpack(index)?);
        if broken > 0 && !self.broken.contains_key(name) {
            self.broken.insert(name.to_owned(), broken);
        }
        Ok(text)
    }

    /// One diagnostic for each part so far that holds bytes that are no text.
    pub(crate) fn tell_broken(&self) -> Vec<Diagnostic> {
        let tell = |en, zh| Diagnostic::new(Code::UndecodableBytes, Span::at(0), en, zh);
        let each = |(part, count): (&String, &usize)| {
            tell(format!("{count} places of {part} are no text in the encoding that it declares"), format!("部件 {part} 有 {count} 处不是所声明编码的文字"))
        };
        let mut out: Vec<Diagnostic> = self.broken.iter().take(LISTED).map(each).collect();
        let parts = self.broken.len();
        if parts > LISTED {
            out.push(tell(
                format!("{parts} parts in all have places that are no text; the first {LISTED} are listed"),
                format!("共有 {parts} 个部件含有不是所声明编码的文字，仅列出前 {LISTED} 个"),
            ));
        }
        out
    }

    /// Unpacks an entry by its place in the directory.
    pub(crate) fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Error> {
        let (limits, format) = (self.limits, self.format);
        let room = limits.unpacked.saturating_sub(self.unpacked);
        let name = self.archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned();
        let broken = |e: &dyn std::fmt::Display| Error::Malformed { format, reason: format!("{name} cannot be unpacked: {e}") };
        let mut file = self.archive.by_index(index).map_err(|e| broken(&e))?;
        let (packed, declared) = (file.compressed_size().max(1), file.size());
        let over = |n: u64| {
            check("unpacked size", self.unpacked.saturating_add(n), limits.unpacked, "raise `limits.unpacked`")?;
            let ratio = if n > RATIO_FROM { n / packed } else { 0 };
            check("compression ratio", ratio, limits.ratio, "raise `limits.ratio`")
        };
        over(declared)?;
        // What the directory says may be a lie: what comes out is counted too.
        let most = room.min(packed.saturating_mul(limits.ratio.saturating_add(1)).max(RATIO_FROM)).saturating_add(1);
        let mut bytes = Vec::with_capacity(declared.min(most).min(SURE) as usize);
        file.by_ref().take(most).read_to_end(&mut bytes).map_err(|e| broken(&e))?;
        over(bytes.len() as u64)?;
        drop(file);
        self.unpacked += bytes.len() as u64;
        Ok(bytes)
    }

    /// The relations of a part.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&text, self.format, "package/relationships", self.limits.depth);
        let mut out = Vec::new();
        loop {
            match xml.next()? {
                Next::Start(e) if e.name.local == "Relationship" => {
                    let external = e.get("TargetMode").is_some_and(|m| m == "External");
                    let (Some(id), Some(kind), Some(target)) = (e.get("Id"), e.get("Type"), e.get("Target")) else { continue };
                    if !external {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        out.push(Relation { id, kind, target: resolve(folder, &target) });
                    }
                }
                Next::Done => return Ok(out),
                _ => {}
            }
        }
    }

    /// Where each kind of part is that the main part refers to, and the main part itself; `usual`, where nothing names it.
    pub(crate) fn main(&mut self, usual: &str) -> Result<(String, Vec<Relation>), Error> {
        let root = self.relations("")?;
        let main = root.iter().find(|r| r.kind == "officeDocument").map_or(usual, |r| r.target.as_str()).to_owned();
        let relations = self.relations(&main)?;
        Ok((main, relations))
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }
}

/// A target beside the part that names it, or from the root: `styles.xml`, `../customXml/item1.xml`, `/word/styles.xml`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The number of entries that the end of the archive names, before anything is allocated for them.
fn entries(bytes: &[u8]) -> u64 {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let at = memchr::memmem::rfind(tail, b"PK\x05\x06");
    let count = at.and_then(|at| tail.get(at + 10..at + 12)).map_or(0, |b| u64::from(b[0]) | u64::from(b[1]) << 8);
    // 65 535 stands for a larger number elsewhere.
    count
}

/// `docProps/core.xml` as names and values: title, creator, created, modified, …
pub(crate) fn properties(text: &str, depth: u32) -> Result<Vec<(String, String, std::ops::Range<usize>)>, Error> {
    let mut xml = Xml::new(text, "DOCX", "metadata/core-properties", depth);
    let mut out: Vec<(String, String, std::ops::Range<usize>)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut name: Option<String> = None;
    loop {
        let (c, source, len);
        let value = match xml.next()? {
            Next::Start(e) => {
                name = (xml.depth() == 2).then(|| e.name.local.to_owned());
                continue;
            }
            Next::End(_) => {
                name = None;
                continue;
            }
            Next::Text { text, source: s, source_len } => {
                (source, len) = (s, source_len);
                text
            }
            Next::Char { c: ch, source: s, source_len } => {
                (source, len) = (s, source_len);
                c = ch.to_string();
                c.as_str()
            }
            Next::Done => break,
        };
        let Some(name) = &name else { continue };
        let range = source as usize..(source + len) as usize;
        match seen.get(name) {
            Some(i) => {
                out[*i].1.push_str(value);
                out[*i].2.end = range.end;
            }
            None => {
                seen.insert(name.clone(), out.len());
                out.push((name.clone(), value.to_owned(), range));
            }
        }
    }
    out.retain(|(_, value, _)| !value.trim().is_empty());
    Ok(out)
}
