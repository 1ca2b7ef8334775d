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
}

impl Piece {
    fn end(self) -> u32 {
        self.text + self.len
    }
}

/// Maps places of an extracted text to the bytes they came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// In order of the text, disjoint. Empty means that the text is the decoded input as it stands.
    pieces: Vec<Piece>,
    identity: bool,
    decode: DecodeMap,
    parts: Vec<String>,
}

impl Origin {
    /// The text is the decoded input itself.
    pub(crate) fn identity(decode: DecodeMap) -> Self {
        Self { pieces: Vec::new(), identity: true, decode, parts: Vec::new() }
    }

    /// The text was put together from pieces.
    pub(crate) fn pieces(pieces: Vec<Piece>, decode: DecodeMap, parts: Vec<String>) -> Self {
        debug_assert!(pieces.windows(2).all(|w| w[0].end() <= w[1].text));
        Self { pieces, identity: false, decode, parts }
    }

    /// The byte range of the input that a span of the text came from.
    ///
    /// For text and web pages the range counts bytes of the input as it was given, in its own encoding.
    /// For a Word file it counts bytes of the unpacked part that [`Origin::part`] names. Text that the
    /// reader put in itself (a line end between two paragraphs) has no source; a span of nothing else
    /// gives the empty range between its neighbours.
    #[must_use]
    pub fn source_range(&self, span: Span) -> Range<usize> {
        if self.identity {
            return self.decode.to_bytes(span.start)..self.decode.to_bytes(span.end);
        }
        let first = self.pieces.partition_point(|p| p.end() <= span.start);
        let last = self.pieces.partition_point(|p| p.text < span.end.max(span.start + 1));
        let part = self.pieces.get(first).map(|p| p.part);
        let mut range: Option<Range<u32>> = None;
        // Text boxes and notes are read out of their source order: the ends may lie in any piece.
        for piece in self.pieces[first..last.max(first)].iter().filter(|p| Some(p.part) == part) {
            let (from, to) = if piece.len == piece.source_len {
                let from = span.start.max(piece.text) - piece.text;
                let to = span.end.clamp(piece.text, piece.end()) - piece.text;
                (piece.source + from, piece.source + to.max(from))
            } else {
                (piece.source, piece.source + piece.source_len)
            };
            let joined = range.map_or(from..to, |r| r.start.min(from)..r.end.max(to));
            range = Some(joined);
        }
        let range = range.unwrap_or_else(|| {
            let at = first.checked_sub(1).map_or(0, |i| self.pieces[i].source + self.pieces[i].source_len);
            at..at
        });
        self.decode.to_bytes(range.start)..self.decode.to_bytes(range.end)
    }

    /// The part of an archive that a span came from, `word/document.xml`; `None` for plain files.
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
