//! The same place counted in other units.
//!
//! Rust counts UTF-8 bytes, Python code points, JavaScript UTF-16 code units. Facts keep bytes; bindings
//! convert once, at the border, with an [`OffsetIndex`].

use crate::Span;

/// The unit of offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OffsetEncoding {
    /// Bytes of UTF-8: what Rust slices with.
    #[default]
    Utf8,
    /// UTF-16 code units: what `String.slice` of JavaScript counts.
    Utf16,
    /// Code points: what slicing a Python `str` counts.
    Utf32,
}

impl OffsetEncoding {
    /// The name in the JSON form: `utf-8`, `utf-16`, `utf-32`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }
}

/// Bytes between two checkpoints. Chinese text is about 21 characters in that; a conversion counts at most
/// so many, and the index takes 6 % of the text's size.
const STEP: usize = 64;

/// Converts byte offsets of one text into another unit and back.
///
/// ```
/// use gongwen::{OffsetEncoding, OffsetIndex, Span};
/// let text = "𠮷林省9件";
/// let index = OffsetIndex::new(text, OffsetEncoding::Utf16);
/// assert_eq!(index.encode(10), 4); // 𠮷 is 4 bytes and 2 UTF-16 units, 林 and 省 are 3 and 1
/// assert_eq!(index.decode(4), Some(10));
/// ```
#[derive(Clone, Debug)]
pub struct OffsetIndex<'t> {
    text: &'t str,
    encoding: OffsetEncoding,
    /// `checkpoints[i]` is the number of units before the first character that starts at or after byte `i * STEP`.
    checkpoints: Vec<u32>,
}

/// Units that the bytes hold: every character's first byte counts one, in UTF-16 that of four bytes two.
fn count(bytes: &[u8], encoding: OffsetEncoding) -> u32 {
    /// The lowest bit of each byte.
    const LOW: u64 = u64::MAX / 0xFF;
    let surrogates = if encoding == OffsetEncoding::Utf16 { LOW } else { 0 };
    // Eight bytes at a time: those of the form 10xxxxxx go on, those of the form 1111xxxx begin a wide character.
    let (words, rest) = bytes.as_chunks::<8>();
    let units = |word: u64| {
        let ones = word >> 7 & word >> 6;
        let goes_on = (word >> 7 & !(word >> 6) & LOW).count_ones();
        8 - goes_on + (ones & word >> 5 & word >> 4 & surrogates).count_ones()
    };
    let mut last = [0x80; 8];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().map(|word| units(u64::from_le_bytes(*word))).sum::<u32>() + units(u64::from_le_bytes(last))
}

impl<'t> OffsetIndex<'t> {
    /// Indexes `text`, in one pass.
    #[must_use]
    pub fn new(text: &'t str, encoding: OffsetEncoding) -> Self {
        let mut checkpoints = Vec::new();
        if encoding != OffsetEncoding::Utf8 {
            checkpoints.reserve(text.len() / STEP + 1);
            let mut units = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                checkpoints.push(units);
                units += count(chunk, encoding);
            }
            if checkpoints.is_empty() {
                checkpoints.push(0);
            }
        }
        Self { text, encoding, checkpoints }
    }

    /// The unit this index converts to.
    #[must_use]
    pub fn encoding(&self) -> OffsetEncoding {
        self.encoding
    }

    /// Units before the byte offset. An offset inside a character counts that character.
    #[must_use]
    pub fn encode(&self, byte: u32) -> u32 {
        if self.encoding == OffsetEncoding::Utf8 {
            return byte;
        }
        let byte = (byte as usize).min(self.text.len());
        let at = (byte / STEP).min(self.checkpoints.len() - 1);
        self.checkpoints[at] + count(&self.text.as_bytes()[at * STEP..byte], self.encoding)
    }

    /// The byte offset after so many units; `None` beyond the text or inside a surrogate pair.
    #[must_use]
    pub fn decode(&self, unit: u32) -> Option<u32> {
        if self.encoding == OffsetEncoding::Utf8 {
            return self.text.is_char_boundary(unit as usize).then_some(unit);
        }
        let at = self.checkpoints.partition_point(|c| *c <= unit).saturating_sub(1);
        let mut units = self.checkpoints[at];
        let mut byte = at * STEP;
        // A checkpoint may fall inside a character, which the one before has counted.
        while !self.text.is_char_boundary(byte) {
            byte += 1;
        }
        for c in self.text[byte..].chars() {
            if units == unit {
                return Some(byte as u32);
            }
            units += if self.encoding == OffsetEncoding::Utf16 { c.len_utf16() as u32 } else { 1 };
            byte += c.len_utf8();
        }
        (units == unit).then_some(byte as u32)
    }

    /// A span in this unit, as `(start, end)`.
    #[must_use]
    pub fn encode_span(&self, span: Span) -> (u32, u32) {
        let start = self.encode(span.start);
        let (from, to) = (span.start as usize, span.end as usize);
        // Most spans are shorter than the way from a checkpoint.
        match self.text.as_bytes().get(from..to) {
            Some(bytes) if self.encoding != OffsetEncoding::Utf8 && bytes.len() < STEP => (start, start + count(bytes, self.encoding)),
            _ => (start, self.encode(span.end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_goes_there_and_back() {
        let text = "a中𠮷🙂\r\n，".repeat(90);
        for encoding in [OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32] {
            let index = OffsetIndex::new(&text, encoding);
            let mut units = 0;
            for (byte, c) in text.char_indices() {
                let want = if encoding == OffsetEncoding::Utf8 { byte as u32 } else { units };
                assert_eq!(index.encode(byte as u32), want);
                assert_eq!(index.decode(want), Some(byte as u32));
                units += if encoding == OffsetEncoding::Utf16 { c.len_utf16() as u32 } else { 1 };
            }
            let end = index.encode(text.len() as u32);
            assert_eq!(index.decode(end), Some(text.len() as u32));
            assert_eq!(index.decode(end + 1), None);
        }
    }
}
