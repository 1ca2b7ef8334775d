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

    /// The layout as numbers, to be stored or sent with its text; [`Layout::from_numbers`] reads them.
    ///
    /// Places are byte offsets, a start and an end. First the blocks: how many, then place and kind of each (0 a
    /// paragraph, 1 boilerplate, 2 a table row, from 3 on the headings of level 0, 1, …). Then the run-ins: how many,
    /// then their places. Then the tables: how many, then of each the place and the number of its rows, and of each
    /// row whether it is a header (1 or 0), the number of its cells and their places.
    ///
    /// ```
    /// use gongwen::layout::{Block, BlockKind, Layout};
    ///
    /// let text = "一、总体情况";
    /// let heading = Block { span: (0..text.len()).into(), kind: BlockKind::Heading(1) };
    /// let layout = Layout { blocks: vec![heading], ..Layout::default() };
    /// let numbers = layout.to_numbers();
    /// assert_eq!(numbers, [1, 0, 18, 4, 0, 0]);
    /// assert_eq!(Layout::from_numbers(&numbers, text), Some(layout));
    /// ```
    #[must_use]
    pub fn to_numbers(&self) -> Vec<u32> {
        let mut out = vec![self.blocks.len() as u32];
        for block in &self.blocks {
            out.extend([block.span.start, block.span.end, block.kind.number()]);
        }
        put_places(&mut out, &self.run_ins);
        out.push(self.tables.len() as u32);
        for table in &self.tables {
            out.extend([table.span.start, table.span.end, table.rows.len() as u32]);
            for row in &table.rows {
                out.push(u32::from(row.header));
                put_places(&mut out, &row.cells);
            }
        }
        out
    }

    /// The layout of `text` that [`Layout::to_numbers`] wrote.
    ///
    /// Nothing where the numbers are no layout of this text: some are missing or left over, a kind is none, a place
    /// ends outside the text or within a character, or the blocks overlap or are out of order. It takes as long as
    /// there are numbers, whatever counts they claim.
    #[must_use]
    pub fn from_numbers(numbers: &[u32], text: &str) -> Option<Self> {
        let mut numbers = Numbers { rest: numbers.iter(), text };
        let mut layout = Self::default();
        let mut free = 0;
        for _ in 0..numbers.next()? {
            let span = numbers.place()?;
            if span.start < free {
                return None;
            }
            free = span.end;
            layout.blocks.push(Block { span, kind: BlockKind::of(numbers.next()?)? });
        }
        layout.run_ins = numbers.places()?;
        for _ in 0..numbers.next()? {
            let mut table = TableLayout { span: numbers.place()?, rows: Vec::new() };
            for _ in 0..numbers.next()? {
                let header = numbers.flag()?;
                table.rows.push(RowLayout { cells: numbers.places()?, header });
            }
            layout.tables.push(table);
        }
        numbers.rest.as_slice().is_empty().then_some(layout)
    }
}

/// Numbers that may be a layout of the text. Reading them is never inlined: it is done once per file, from many places,
/// and counts in a browser's download.
struct Numbers<'a> {
    rest: std::slice::Iter<'a, u32>,
    text: &'a str,
}

impl Numbers<'_> {
    #[inline(never)]
    fn next(&mut self) -> Option<u32> {
        self.rest.next().copied()
    }

    fn flag(&mut self) -> Option<bool> {
        self.next().filter(|n| *n <= 1).map(|n| n == 1)
    }

    #[inline(never)]
    fn place(&mut self) -> Option<Span> {
        let span = Span::new(self.next()?, self.next()?);
        self.text.get(span.range()).map(|_| span)
    }

    #[inline(never)]
    fn places(&mut self) -> Option<Vec<Span>> {
        let mut places = Vec::new();
        for _ in 0..self.next()? {
            places.push(self.place()?);
        }
        Some(places)
    }
}

fn put_places(out: &mut Vec<u32>, places: &[Span]) {
    out.push(places.len() as u32);
    out.extend(places.iter().flat_map(|span| [span.start, span.end]));
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

impl BlockKind {
    /// What stands for it among [`Layout::to_numbers`].
    fn number(self) -> u32 {
        match self {
            Self::Paragraph => 0,
            Self::Boilerplate => 1,
            Self::TableRow => 2,
            Self::Heading(level) => 3 + u32::from(level),
        }
    }

    fn of(number: u32) -> Option<Self> {
        Some(match number {
            0 => Self::Paragraph,
            1 => Self::Boilerplate,
            2 => Self::TableRow,
            heading => Self::Heading(u8::try_from(heading - 3).ok()?),
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "工作总结\n一、学法\n次数。全年4次。\n单位\t次数\n司法局\t4\n";

    fn of(text: &str) -> Span {
        let start = TEXT.find(text).unwrap();
        (start..start + text.len()).into()
    }

    fn layout() -> Layout {
        let block = |text, kind| Block { span: of(text), kind };
        let blocks = vec![
            block("工作总结", BlockKind::Heading(0)),
            block("一、学法", BlockKind::Heading(255)),
            block("次数。全年4次。", BlockKind::Paragraph),
            block("单位\t次数", BlockKind::TableRow),
            block("司法局\t4", BlockKind::Boilerplate),
        ];
        let rows = vec![
            RowLayout { cells: vec![of("单位"), of("次数\n")], header: true },
            RowLayout { cells: vec![of("司法局"), of("司法局")], header: false },
            RowLayout::default(),
        ];
        let tables = vec![TableLayout { span: of("单位\t次数\n司法局\t4"), rows }, TableLayout::default()];
        Layout { blocks, run_ins: vec![of("次数。")], tables }
    }

    #[test]
    fn numbers_come_back() {
        for layout in [layout(), Layout::default()] {
            assert_eq!(Layout::from_numbers(&layout.to_numbers(), TEXT), Some(layout));
        }
    }

    #[test]
    fn numbers_missing_or_left_over_are_no_layout() {
        let numbers = layout().to_numbers();
        for len in 0..numbers.len() {
            assert_eq!(Layout::from_numbers(&numbers[..len], TEXT), None, "the first {len}");
        }
        assert_eq!(Layout::from_numbers(&[&numbers[..], &[0]].concat(), TEXT), None);
    }

    /// Each number in turn, every count too: what is read at all is what the numbers say, and none is believed blindly.
    #[test]
    fn wrong_numbers_are_no_layout_or_another() {
        let numbers = layout().to_numbers();
        for at in 0..numbers.len() {
            let read = |number| {
                let mut numbers = numbers.clone();
                numbers[at] = number;
                let layout = Layout::from_numbers(&numbers, TEXT);
                assert!(layout.as_ref().is_none_or(|l| l.to_numbers() == numbers), "number {at}: {layout:?}");
                layout
            };
            for number in [0, 1, numbers[at] + 1, numbers[at].saturating_sub(1)] {
                read(number);
            }
            assert_eq!(read(u32::MAX), None, "number {at}");
        }
    }

    #[test]
    fn places_are_in_the_text_and_between_characters() {
        let block = |start, end| Layout::from_numbers(&[1, start, end, 0, 0, 0], "学法4次");
        assert!(block(0, 10).is_some());
        for (start, end) in [(0, 11), (11, 12), (1, 3), (0, 4), (6, 3), (u32::MAX, u32::MAX)] {
            assert_eq!(block(start, end), None, "{start}..{end}");
        }
    }

    #[test]
    fn blocks_stand_one_after_the_other() {
        let blocks = |a: [u32; 2], b: [u32; 2]| Layout::from_numbers(&[2, a[0], a[1], 0, b[0], b[1], 0, 0, 0], "学法4次");
        assert!(blocks([0, 3], [3, 6]).is_some());
        assert_eq!(blocks([3, 6], [0, 3]), None);
        assert_eq!(blocks([0, 6], [3, 7]), None);
    }
}
