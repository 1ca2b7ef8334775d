//! Where every piece of the extracted text came from.
//!
//! Two steps lie between the input and the text: bytes are decoded to characters, and the characters of
//! markup are turned into readable text. Each step keeps its own map, so that a web page in GB18030 is
//! traced back through both.

use super::bytes::DecodeMap;
use crate::Span;
use std::ops::Range;

/// A run of text and the place it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where the run starts in the text.
    pub(crate) text: u32,
    /// Its length in the text.
    pub(crate) len: u32,
    /// Where its source starts (in decoded characters of the page, or in the unpacked part).
    pub(crate) source: u32,
    /// Length of its source. Equal to `len` when copied as it stands, byte for byte; otherwise the run
    /// as a whole stands for the source as a whole (`&nbsp;`, a restored list number).
    pub(crate) source_len: u32,
    /// Index of the part of an archive.
    pub(crate) part: u16,
    /// Bytes of text and of source that each of its characters has, where that is the same for all of them (3 and 2
    /// in UTF-16); zeros where nothing of the kind is known.
    pub(crate) step: (u8, u8),
}

impl Piece {
    fn end(self) -> u32 {
        self.text + self.len
    }

    /// The places of the source that a part of the run stands for, both counted from the run's start.
    fn source_of(self, from: u32, to: u32) -> (u32, u32) {
        match self.step {
            _ if self.len == self.source_len => (from, to),
            (0, _) | (_, 0) => (0, self.source_len),
            (text, source) => (from / u32::from(text) * u32::from(source), to.div_ceil(u32::from(text)) * u32::from(source)),
        }
    }
}

/// A place of the source that text was taken from, from `at` on in what all such places say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mark<P> {
    pub(crate) at: u32,
    pub(crate) place: P,
}

/// A box on a page of a PDF or OFD file, in points (1/72 inch) from the page's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageBox {
    /// The page, counted from 1.
    pub page: u32,
    /// Left, top, right and bottom in quarters of a point.
    edges: [i16; 4],
}

impl PageBox {
    #[cfg(any(feature = "pdf", feature = "ofd"))]
    pub(crate) fn new(page: u32, left: f32, top: f32, right: f32, bottom: f32) -> Self {
        // Casts of floats stop at the ends of the range.
        Self { page, edges: [left, top, right, bottom].map(|n| (n * 4.0).round() as i16) }
    }

    /// The left edge.
    #[must_use]
    pub fn left(&self) -> f32 {
        f32::from(self.edges[0]) / 4.0
    }

    /// The upper edge; it grows downwards.
    #[must_use]
    pub fn top(&self) -> f32 {
        f32::from(self.edges[1]) / 4.0
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        f32::from(self.edges[2]) / 4.0
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        f32::from(self.edges[3]) / 4.0
    }

    fn join(&mut self, other: Self) {
        for i in 0..2 {
            self.edges[i] = self.edges[i].min(other.edges[i]);
            self.edges[i + 2] = self.edges[i + 2].max(other.edges[i + 2]);
        }
    }
}

/// A cell of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetCell {
    /// The sheet, counted from 1 in the order of the file.
    pub sheet: u16,
    /// The row, counted from 1 as the programs do.
    pub row: u32,
    /// The column, counted from 1: A, B, C …
    pub column: u32,
}

impl SheetCell {
    #[cfg(any(feature = "xlsx", feature = "xls"))]
    pub(crate) fn new(sheet: u16, row: u32, column: u32) -> Self {
        Self { sheet, row, column }
    }
}

impl std::fmt::Display for SheetCell {
    /// As the programs write it: `C12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut letters = Vec::new();
        let mut n = self.column;
        while n > 0 {
            letters.push(char::from(b'A' + ((n - 1) % 26) as u8));
            n = (n - 1) / 26;
        }
        letters.iter().rev().try_for_each(|c| std::fmt::Write::write_char(f, *c))?;
        write!(f, "{}", self.row)
    }
}

/// Places that are no bytes.
#[derive(Clone, Debug, Default)]
enum Marks {
    #[default]
    None,
    Boxes(Vec<Mark<PageBox>>),
    Cells(Vec<Mark<SheetCell>>),
}

/// Maps places of an extracted text to the bytes they came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// In order of the text, disjoint. Empty means that the text is the decoded input as it stands.
    pieces: Vec<Piece>,
    identity: bool,
    decode: DecodeMap,
    parts: Vec<String>,
    marks: Marks,
}

impl Origin {
    /// The text is the decoded input itself.
    pub(crate) fn identity(decode: DecodeMap) -> Self {
        Self { pieces: Vec::new(), identity: true, decode, parts: Vec::new(), marks: Marks::None }
    }

    /// The text was put together from pieces.
    pub(crate) fn pieces(pieces: Vec<Piece>, decode: DecodeMap, parts: Vec<String>) -> Self {
        debug_assert!(pieces.windows(2).all(|w| w[0].end() <= w[1].text));
        Self { pieces, identity: false, decode, parts, marks: Marks::None }
    }

    /// The same within a part of the input.
    #[cfg(feature = "mht")]
    pub(crate) fn in_part(self, name: String) -> Self {
        Self { parts: vec![name], ..self }
    }

    /// The text was taken from boxes on pages.
    #[cfg(any(feature = "pdf", feature = "ofd"))]
    pub(crate) fn boxes(pieces: Vec<Piece>, marks: Vec<Mark<PageBox>>) -> Self {
        Self { marks: Marks::Boxes(marks), ..Self::pieces(pieces, DecodeMap::default(), Vec::new()) }
    }

    /// The text was taken from cells of sheets.
    #[cfg(any(feature = "xlsx", feature = "xls"))]
    pub(crate) fn cells(pieces: Vec<Piece>, marks: Vec<Mark<SheetCell>>, sheets: Vec<String>) -> Self {
        Self { marks: Marks::Cells(marks), ..Self::pieces(pieces, DecodeMap::default(), sheets) }
    }

    /// Where on which pages a span of a PDF or OFD file stands: one box a page and line of it, in reading order.
    /// Nothing for other files, and for text that the reader put in itself.
    #[must_use]
    pub fn boxes_of(&self, span: Span) -> Vec<PageBox> {
        let Marks::Boxes(marks) = &self.marks else { return Vec::new() };
        let mut out: Vec<PageBox> = Vec::new();
        for mark in self.marks_of(span, marks) {
            match out.last_mut() {
                // The same line: boxes that overlap in height.
                Some(last) if last.page == mark.page && last.edges[1] < mark.edges[3] && mark.edges[1] < last.edges[3] => last.join(*mark),
                _ => out.push(*mark),
            }
        }
        out
    }

    /// The cells of a spreadsheet that a span came from, in reading order. Nothing for other files.
    #[must_use]
    pub fn cells_of(&self, span: Span) -> Vec<SheetCell> {
        let Marks::Cells(marks) = &self.marks else { return Vec::new() };
        let mut out: Vec<SheetCell> = self.marks_of(span, marks).copied().collect();
        out.dedup();
        out
    }

    /// The marks of the runs that a span touches.
    fn marks_of<'m, P>(&'m self, span: Span, marks: &'m [Mark<P>]) -> impl Iterator<Item = &'m P> {
        let first = self.pieces.partition_point(|p| p.end() <= span.start);
        self.pieces[first..].iter().take_while(move |p| p.text < span.end).flat_map(move |piece| {
            let from = span.start.max(piece.text) - piece.text;
            let to = (span.end.clamp(piece.text, piece.end()) - piece.text).max(from);
            let (from, to) = piece.source_of(from, to);
            let (from, to) = (piece.source + from, piece.source + to.max(from));
            let first = marks.partition_point(|m| m.at <= from).saturating_sub(1);
            marks[first..].iter().take_while(move |m| m.at < to).map(|m| &m.place)
        })
    }

    /// The byte range of the input that a span of the text came from.
    ///
    /// For text and web pages the range counts bytes of the input as it was given, in its own encoding.
    /// For a Word file it counts bytes of the unpacked part or stream that [`Origin::part`] names. A PDF or OFD file and a
    /// spreadsheet have no such bytes, and the range is empty: see [`Origin::boxes_of`] and [`Origin::cells_of`]. Text that the
    /// reader put in itself (a line end between two paragraphs) has no source; a span of nothing else
    /// gives the empty range between its neighbours.
    #[must_use]
    pub fn source_range(&self, span: Span) -> Range<usize> {
        if !matches!(self.marks, Marks::None) {
            return 0..0;
        }
        if self.identity {
            return self.decode.to_bytes(span.start)..self.decode.to_bytes(span.end);
        }
        let first = self.pieces.partition_point(|p| p.end() <= span.start);
        let last = self.pieces.partition_point(|p| p.text < span.end.max(span.start + 1));
        let part = self.pieces.get(first).map(|p| p.part);
        let mut range: Option<Range<u32>> = None;
        // Text boxes and notes are read out of their source order: the ends may lie in any piece.
        for piece in self.pieces[first..last.max(first)].iter().filter(|p| Some(p.part) == part) {
            let from = span.start.max(piece.text) - piece.text;
            let to = (span.end.clamp(piece.text, piece.end()) - piece.text).max(from);
            let (from, to) = piece.source_of(from, to);
            let (from, to) = (piece.source + from, piece.source + to.max(from));
            let joined = range.map_or(from..to, |r| r.start.min(from)..r.end.max(to));
            range = Some(joined);
        }
        let range = range.unwrap_or_else(|| {
            let at = first.checked_sub(1).map_or(0, |i| self.pieces[i].source + self.pieces[i].source_len);
            at..at
        });
        self.decode.to_bytes(range.start)..self.decode.to_bytes(range.end)
    }

    /// The part of an archive that a span came from, `word/document.xml`, the stream of an old Word file, the sheet of a
    /// spreadsheet; `None` for plain files.
    #[must_use]
    pub fn part(&self, span: Span) -> Option<&str> {
        let at = self.pieces.partition_point(|p| p.end() <= span.start);
        let piece = self.pieces.get(at).or(self.pieces.last())?;
        self.parts.get(usize::from(piece.part)).map(String::as_str)
    }

    /// Where a place of the decoded page stands in the text, if it does. Needs pieces in source order.
    pub(crate) fn text_of(&self, source: u32) -> Option<u32> {
        if self.identity {
            return Some(source);
        }
        let at = self.pieces.partition_point(|p| p.source + p.source_len <= source);
        let piece = self.pieces.get(at).filter(|p| p.source <= source)?;
        let exact = piece.len == piece.source_len;
        Some(piece.text + if exact { source - piece.source } else { 0 })
    }
}
