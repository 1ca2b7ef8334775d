//! Documents from bytes: what the file said about its text stays with the document, so that it can be parsed
//! again from a pickle.

use crate::document::{Document, Options};
use gongwen::layout::Layout;
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

/// An origin as it is pickled: format, encoding, whether that is sure, the year, the layout as numbers, the diagnostics.
pub(crate) type Pickled = (String, String, bool, Option<u16>, Vec<u32>, Vec<Finding>);

impl Options {
    /// Reads the bytes of a file of any format that is known.
    pub(crate) fn read(&self, bytes: &[u8], name: Option<String>) -> Result<Document, gongwen::Error> {
        let mut options = read::Options::new().limits(self.limits);
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
        if let Some(year) = origin.year {
            parser = parser.year(year);
        }
        let mut doc = parser.parse(text)?.into_owned();
        doc.diagnostics.extend(origin.diagnostics.iter().cloned());
        doc.diagnostics.sort_by_key(|d| (d.span, d.code));
        Ok(Document::new(doc, name, self.clone(), Some(std::sync::Arc::new(origin))))
    }
}

impl Origin {
    pub(crate) fn pickled(&self) -> Pickled {
        let pair = |s: Span| (s.start, s.end);
        let findings = self.diagnostics.iter().map(|d| {
            let code = d.code.as_str().to_owned();
            (code, pair(d.span), d.related.map(pair), d.message.clone(), d.message_zh.clone())
        });
        (self.format.to_owned(), self.encoding.clone(), self.encoding_sure, self.year, self.layout.to_numbers(), findings.collect())
    }

    /// The origin of a pickled document of this text.
    pub(crate) fn unpickled(text: &str, pickled: Pickled) -> PyResult<Self> {
        let broken = || PyValueError::new_err("a pickled document whose layout does not fit its text");
        let (format, encoding, encoding_sure, year, numbers, findings) = pickled;
        let layout = Layout::from_numbers(&numbers, text).ok_or_else(broken)?;
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

fn place(text: &str, start: u32, end: u32) -> Option<Span> {
    text.get(start as usize..end as usize).map(|_| Span::new(start, end))
}
