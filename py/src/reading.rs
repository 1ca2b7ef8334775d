//! Documents from bytes: what the file said about its text stays with the document, so that it can be parsed
//! again from a pickle.

use crate::document::{Document, Options};
use gongwen::layout::{Block, BlockKind, Layout, RowLayout, TableLayout};
use gongwen::read::{self, Format};
use gongwen::{Code, Diagnostic, Span};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// What reading the file told about its text.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) format: &'static str,
    pub(crate) encoding: String,
    pub(crate) encoding_sure: bool,
    /// The year in which the page says it was published.
    year: Option<u16>,
    layout: Layout,
    diagnostics: Vec<Diagnostic>,
}

/// A diagnostic as it is pickled: code, place, related place, both messages.
type Finding = (String, (u32, u32), Option<(u32, u32)>, String, String);

/// An origin as it is pickled: format, encoding, whether that is sure, the year, the layout in numbers, the diagnostics.
pub(crate) type Pickled = (String, String, bool, Option<u16>, Vec<u32>, Vec<Finding>);

impl Options {
    /// Reads the bytes of a file of any format that is known.
    pub(crate) fn read(&self, bytes: &[u8], name: Option<String>) -> Result<Document, gongwen::Error> {
        let mut options = read::Options::new();
        if let Some(name) = &name {
            options = options.file_name(name.clone());
        }
        if let Some(label) = &self.encoding {
            options = options.encoding(label)?;
        }
        if let Some(format) = self.format {
            options = options.format(format);
        }
        let found = read::extract(bytes, &options)?;
        let origin = Origin {
            format: found.format.as_str(),
            encoding: found.encoding.to_owned(),
            encoding_sure: found.encoding_sure,
            year: found.year(),
            layout: found.layout,
            diagnostics: if self.checks { found.diagnostics } else { Vec::new() },
        };
        self.parse_as(&found.text, name, origin)
    }

    /// Parses a text that came from a file.
    pub(crate) fn parse_as(&self, text: &str, name: Option<String>, origin: Origin) -> Result<Document, gongwen::Error> {
        let mut parser = self.parser().layout(&origin.layout);
        if let Some(year) = self.year.or(origin.year) {
            parser = parser.year(year);
        }
        let mut doc = parser.parse(text)?.into_owned();
        // What was wrong with the file comes first.
        doc.diagnostics.splice(0..0, origin.diagnostics.iter().cloned());
        Ok(Document::new(doc, name, self.clone(), Some(Box::new(origin))))
    }
}

impl Origin {
    pub(crate) fn pickled(&self) -> Pickled {
        let pair = |s: Span| (s.start, s.end);
        let findings = self.diagnostics.iter().map(|d| {
            let code = d.code.as_str().to_owned();
            (code, pair(d.span), d.related.map(pair), d.message.clone(), d.message_zh.clone())
        });
        let mut numbers = vec![self.layout.blocks.len() as u32];
        for block in &self.layout.blocks {
            numbers.extend([block.span.start, block.span.end, kind_number(block.kind)]);
        }
        numbers.push(self.layout.run_ins.len() as u32);
        numbers.extend(self.layout.run_ins.iter().flat_map(|s| [s.start, s.end]));
        for table in &self.layout.tables {
            numbers.extend([table.span.start, table.span.end, table.rows.len() as u32]);
            for row in &table.rows {
                numbers.extend([u32::from(row.header), row.cells.len() as u32]);
                numbers.extend(row.cells.iter().flat_map(|c| [c.start, c.end]));
            }
        }
        (self.format.to_owned(), self.encoding.clone(), self.encoding_sure, self.year, numbers, findings.collect())
    }

    /// The origin of a pickled document of this text.
    pub(crate) fn unpickled(text: &str, pickled: Pickled) -> PyResult<Self> {
        let broken = || PyValueError::new_err("a pickled document whose layout does not fit its text");
        let (format, encoding, encoding_sure, year, numbers, findings) = pickled;
        let mut reader = Numbers { text, numbers: numbers.into_iter() };
        let layout = reader.layout().ok_or_else(broken)?;
        let span = |(start, end): (u32, u32)| place(text, start, end);
        let diagnostic = |(code, at, related, message, message_zh): Finding| {
            let code = Code::ALL.iter().find(|c| c.as_str() == code)?;
            let diagnostic = Diagnostic::new(*code, span(at)?, message, message_zh);
            Some(match related {
                Some(related) => diagnostic.with_related(span(related)?),
                None => diagnostic,
            })
        };
        let diagnostics = findings.into_iter().map(diagnostic).collect::<Option<_>>().ok_or_else(broken)?;
        let format: Format = format.parse().map_err(|_| broken())?;
        Ok(Self { format: format.as_str(), encoding, encoding_sure, year, layout, diagnostics })
    }

    /// Bytes that it takes beside its own struct.
    pub(crate) fn size(&self) -> usize {
        let cells = self.layout.tables.iter().flat_map(|t| &t.rows).map(|r| size_of_val(&*r.cells)).sum::<usize>();
        size_of::<Self>() + size_of_val(&*self.layout.blocks) + size_of_val(&*self.layout.run_ins) + cells + size_of_val(&*self.diagnostics)
    }
}

fn kind_number(kind: BlockKind) -> u32 {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Boilerplate => 1,
        BlockKind::TableRow => 2,
        BlockKind::Heading(level) => 3 + u32::from(level),
    }
}

fn place(text: &str, start: u32, end: u32) -> Option<Span> {
    text.get(start as usize..end as usize).map(|_| Span::new(start, end))
}

/// The numbers of a pickled layout.
struct Numbers<'t> {
    text: &'t str,
    numbers: std::vec::IntoIter<u32>,
}

impl Numbers<'_> {
    fn layout(&mut self) -> Option<Layout> {
        let count = self.numbers.next()?;
        let mut layout = Layout::default();
        for _ in 0..count {
            layout.blocks.push(self.block()?);
        }
        for _ in 0..self.numbers.next()? {
            layout.run_ins.push(self.span()?);
        }
        while self.numbers.len() > 0 {
            layout.tables.push(self.table()?);
        }
        Some(layout)
    }

    fn block(&mut self) -> Option<Block> {
        let span = self.span()?;
        let kind = match self.numbers.next()? {
            0 => BlockKind::Paragraph,
            1 => BlockKind::Boilerplate,
            2 => BlockKind::TableRow,
            level => BlockKind::Heading(u8::try_from(level - 3).ok()?),
        };
        Some(Block { span, kind })
    }

    fn table(&mut self) -> Option<TableLayout> {
        let span = self.span()?;
        let mut table = TableLayout { span, rows: Vec::new() };
        for _ in 0..self.numbers.next()? {
            let header = self.numbers.next()? == 1;
            let mut cells = Vec::new();
            for _ in 0..self.numbers.next()? {
                cells.push(self.span()?);
            }
            table.rows.push(RowLayout { cells, header });
        }
        Some(table)
    }

    fn span(&mut self) -> Option<Span> {
        place(self.text, self.numbers.next()?, self.numbers.next()?)
    }
}
