//! Where something stands in the text.

use std::ops::Range;

/// A half-open range of UTF-8 byte offsets into the text as it was given.
///
/// Offsets count every byte of the input: a byte order mark, `\r`, spaces. Both ends lie on
/// character boundaries. Other languages get other units; see [`crate::OffsetIndex`].
///
/// ```
/// let text = "一、总体情况";
/// let span = gongwen::Span::new(6, 18);
/// assert_eq!(&text[span.range()], "总体情况");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` to byte `end`, the end not included.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at `offset`, for what should stand there and does not.
    #[must_use]
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The span as a range, to slice the text with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies between start and end.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<Range<usize>> for Span {
    /// Offsets beyond `u32` cannot occur: [`crate::MAX_TEXT`] bounds every text.
    fn from(r: Range<usize>) -> Self {
        debug_assert!(u32::try_from(r.end).is_ok());
        Self::new(r.start as u32, r.end as u32)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}
