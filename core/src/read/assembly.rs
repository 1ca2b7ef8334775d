//! The text of a file as it grows, line by line, with what the file declares about it.

use super::Limits;
use super::buffer::Buffer;
use super::table::Table;
use crate::layout::{Block, BlockKind, Layout};
use crate::{Code, Diagnostic, Error, Span};

/// A finished piece of a file.
#[derive(Debug)]
pub(crate) enum Item {
    Line(Buffer, BlockKind),
    Table(Table),
    /// Text that is there and not shown.
    Hidden {
        chars: usize,
        excerpt: String,
        source: u32,
    },
}

/// The text as it grows.
#[derive(Debug)]
pub(crate) struct Assembly {
    pub(crate) text: Buffer,
    pub(crate) layout: Layout,
    pub(crate) diagnostics: Vec<Diagnostic>,
    limits: Limits,
}

impl Assembly {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { text: Buffer::default(), layout: Layout::default(), diagnostics: Vec::new(), limits }
    }

    pub(crate) fn items(&mut self, items: Vec<Item>) -> Result<(), Error> {
        for item in items {
            match item {
                Item::Line(line, kind) => self.line(&line, kind),
                Item::Table(table) => {
                    let (rows, layout) = table.lay_out(self.next_line(), &self.limits)?;
                    let kind = if layout.is_some() { BlockKind::TableRow } else { BlockKind::Paragraph };
                    for row in rows {
                        self.line(&row, kind);
                    }
                    self.layout.tables.extend(layout);
                }
                Item::Hidden { chars, excerpt, source } => self.diagnostics.push(Diagnostic::new(
                    Code::HiddenText,
                    Span::at(self.text.len()),
                    format!("{chars} characters at {source} of the part are hidden from readers: {excerpt}"),
                    format!("正文部件第 {source} 处有 {chars} 个隐藏字符：{excerpt}"),
                )),
            }
        }
        Ok(())
    }

    /// Headers or footers: the same text for odd and even pages is one.
    pub(crate) fn margin(&mut self, items: Vec<Item>) -> Result<(), Error> {
        let mut seen = std::collections::HashSet::new();
        let lines = items.into_iter().filter(|i| match i {
            Item::Line(line, _) => seen.insert(line.text.clone()),
            _ => false,
        });
        self.items(lines.collect())
    }

    pub(crate) fn next_line(&self) -> u32 {
        self.text.len() + u32::from(!self.text.is_empty())
    }

    pub(crate) fn line(&mut self, line: &Buffer, kind: BlockKind) {
        if !self.text.is_empty() {
            self.text.push_own("\n");
        }
        let start = self.text.len();
        self.text.append(line);
        if kind == BlockKind::Paragraph {
            self.layout.run_ins.extend(line.run_in(start));
        }
        self.layout.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }
}
