//! What the source itself says about the shape of its text.
//!
//! Plain text says nothing but line ends, and the parser has to guess which of them are real. A web
//! page or a Word file knows its paragraphs, headings and tables. The readers put that knowledge here,
//! in spans of the text they extracted, and the parser believes it.

use crate::Span;

/// Structure that the source declares, in reading order.
///
/// The default value declares nothing, which is what plain text does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The text's blocks, disjoint and in order. When there is at least one, every line end inside a
    /// block is soft (a `<br>` or a wrapped line is its own block) and text between blocks is white space.
    pub blocks: Vec<Block>,
    /// Bold text at the start of blocks that go on in plain type, in order: the theme of a paragraph, set apart.
    pub run_ins: Vec<Span>,
    /// Tables, in order. The cells' text stands in the text too, row by row.
    pub tables: Vec<TableLayout>,
}

impl Layout {
    /// Whether the source declares nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.tables.is_empty()
    }
}

/// A paragraph, heading or the like, as the source marks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the extracted text.
    pub span: Span,
    /// What the source says it is.
    pub kind: BlockKind,
}

/// What the source says a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A title or heading of the given outline level, 1 the highest; 0 for the document's own title.
    Heading(u8),
    /// Navigation, headers and footers of pages, share buttons, related news.
    Boilerplate,
    /// A row of a table.
    TableRow,
}

/// A table, its merged cells expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableLayout {
    /// From the first cell to the last.
    pub span: Span,
    /// The rows from top to bottom.
    pub rows: Vec<RowLayout>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowLayout {
    /// The cells from left to right, one per column of the grid. A cell merged over several columns or
    /// rows appears once for each, with the same span.
    pub cells: Vec<Span>,
    /// Whether the source marks it as a header row.
    pub header: bool,
}
