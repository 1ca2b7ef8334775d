//! Tables of data, as against tables that only place things on the page.

use super::dom::Dom;
use super::tags::Tag;

/// The tables that hold data, by node.
///
/// A table that holds another one, or headings, or a single column, or the whole article in one cell, is
/// there to place things: its cells are read one after the other.
pub(super) fn data_tables(dom: &Dom<'_>) -> Vec<u32> {
    #[derive(Default)]
    struct Facts {
        node: u32,
        end: u32,
        places: bool,
        rows: u32,
        columns: u32,
        cells: u32,
        chars: usize,
        cell_chars: usize,
        longest: usize,
        paragraphs: u32,
        most_paragraphs: u32,
    }
    impl Facts {
        fn end_cell(&mut self) {
            self.longest = self.longest.max(self.cell_chars);
            self.most_paragraphs = self.most_paragraphs.max(self.paragraphs);
            (self.cell_chars, self.paragraphs) = (0, 0);
        }

        fn end_row(&mut self) {
            self.end_cell();
            self.columns = self.columns.max(self.cells);
            self.cells = 0;
        }

        fn is_data(&mut self) -> bool {
            self.end_row();
            let one_cell = self.longest * 10 > self.chars * 7 && self.longest > 300 && self.most_paragraphs > 3;
            let placing = self.rows < 2 && (self.columns < 3 || self.longest > 200);
            !self.places && self.columns > 1 && !one_cell && !placing
        }
    }
    let mut out = Vec::new();
    let mut open: Vec<Facts> = Vec::new();
    for (i, node) in dom.nodes.iter().enumerate() {
        let i = i as u32;
        while open.last().is_some_and(|t| t.end <= i) {
            if let Some(mut t) = open.pop() {
                if t.is_data() {
                    out.push(t.node);
                }
                if let Some(outer) = open.last_mut() {
                    outer.places = true;
                }
            }
        }
        if node.tag == Tag::Table {
            open.push(Facts { node: i, end: node.end, ..Facts::default() });
            continue;
        }
        let Some(t) = open.last_mut() else { continue };
        match node.tag {
            Tag::Tr => {
                t.end_row();
                t.rows += 1;
            }
            Tag::Td | Tag::Th => {
                t.end_cell();
                t.cells += 1;
            }
            Tag::P | Tag::Br | Tag::Div => t.paragraphs += 1,
            Tag::H1 | Tag::H2 | Tag::H3 => t.places = true,
            Tag::Text => {
                // Bytes will do, and need no look at each character.
                let n = dom.text(*node).trim().len() / 3;
                t.chars += n;
                t.cell_chars += n;
            }
            _ => {}
        }
    }
    while let Some(mut t) = open.pop() {
        if t.is_data() {
            out.push(t.node);
        }
        if let Some(outer) = open.last_mut() {
            outer.places = true;
        }
    }
    out.sort_unstable();
    out
}
