//! A piece of a document for search.

use crate::document::Document;
use crate::facts::{self, Section};
use crate::host;
use crate::rows::{Kind, Rows};
use gongwen::Span;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// A piece of a document for search, with where it stands and what it says: what `Document.chunks` returns.
///
/// >>> chunk = gongwen.sample().chunks(max_chars=40)[-1]
/// >>> chunk.headings
/// ('下一年度主要安排',)
#[derive(Debug)]
#[pyclass(frozen, module = "gongwen")]
pub struct Chunk {
    document: Py<Document>,
    chunk: gongwen::Chunk,
}

impl Chunk {
    pub(crate) fn new(document: &Bound<'_, Document>, chunk: gongwen::Chunk) -> Self {
        Self { document: document.clone().unbind(), chunk }
    }

    fn doc(&self) -> &Document {
        self.document.get()
    }

    fn inside<T>(&self, py: Python<'_>, kind: Kind, rows: &[T], span: fn(&T) -> Span) -> Rows {
        facts::inside(self.document.bind(py), self.chunk.span, kind, rows, span)
    }

    fn path(&self) -> Vec<String> {
        self.doc().doc.heading_path(self.chunk.section).into_iter().map(std::borrow::Cow::into_owned).collect()
    }
}

#[pymethods]
impl Chunk {
    /// The document it was cut from.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> doc.chunks()[0].document is doc
    /// True
    #[getter]
    fn document(&self, py: Python<'_>) -> Py<Document> {
        self.document.clone_ref(py)
    }

    /// Its text as a reader sees it, one paragraph, heading or row of a table a line.
    ///
    /// >>> gongwen.sample().chunks(max_chars=10, unit="sentence")[-1].text[:9]
    /// '三、下一年度主要安'
    #[getter]
    fn text(&self) -> &str {
        &self.chunk.text
    }

    /// The headings it stands under, outermost first, the document's title not among them.
    ///
    /// >>> gongwen.sample().chunks(max_chars=80)[1].headings
    /// ('主要举措和成效', '加强组织领导')
    #[getter]
    fn headings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.path())
    }

    /// The text below the document's title and its headings: what to embed, so that a piece says what it is of.
    ///
    /// >>> gongwen.sample().chunks(max_chars=80)[1].context.splitlines()[0]
    /// '清河县2023年法治政府建设年度报告 › 主要举措和成效 › 加强组织领导'
    #[getter]
    fn context(&self) -> String {
        let title = self.doc().doc.title_text().map(std::borrow::Cow::into_owned);
        let above: Vec<_> = title.into_iter().chain(self.path()).collect();
        if above.is_empty() { self.chunk.text.clone() } else { format!("{}\n{}", above.join(" › "), self.chunk.text) }
    }

    /// Where it stands: a slice of `document.text`. Page furniture may stand inside, which `text` leaves out.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> doc.text[doc.chunks(max_chars=80)[1].span][:4]
    /// '一、主要'
    #[getter]
    fn span<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().span(py, self.chunk.span)
    }

    /// The section that holds all of it.
    ///
    /// >>> gongwen.sample().chunks(max_chars=80)[1].section.path
    /// '一/（一）'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        self.chunk.section.map(|id| Section::at(self.document.bind(py), id.0))
    }

    /// The metrics in it.
    ///
    /// >>> [str(metric) for metric in gongwen.sample().chunks(max_chars=80)[1].metrics]
    /// ['4次', '300余件', '98.5%']
    #[getter]
    fn metrics(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Metrics, &self.doc().doc.metrics, |r| r.span)
    }

    /// The responsibilities in it.
    ///
    /// >>> len(gongwen.sample().chunks(max_chars=80)[-1].responsibilities)
    /// 2
    #[getter]
    fn responsibilities(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Responsibilities, &self.doc().doc.responsibilities, |r| r.span)
    }

    /// The deadlines in it.
    ///
    /// >>> [str(deadline) for deadline in gongwen.sample().chunks(max_chars=80)[-1].deadlines]
    /// ['6月底前']
    #[getter]
    fn deadlines(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Deadlines, &self.doc().doc.deadlines, |r| r.span)
    }

    /// The references in it.
    ///
    /// >>> len(gongwen.sample().chunks(max_chars=80)[1].references)
    /// 0
    #[getter]
    fn references(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::References, &self.doc().doc.references, |r| r.span)
    }

    /// What a vector store keeps beside the text: plain values only.
    ///
    /// >>> sorted(gongwen.sample().chunks()[0].metadata())
    /// ['document', 'end', 'headings', 'place', 'section', 'start', 'title', 'url', 'year']
    fn metadata<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let doc = self.doc();
        let dict = PyDict::new(py);
        dict.set_item("document", doc.name.as_deref())?;
        dict.set_item("title", doc.doc.title_text())?;
        dict.set_item("place", doc.doc.place_text())?;
        dict.set_item("year", doc.doc.year)?;
        dict.set_item("url", doc.known().and_then(|k| k.url.as_deref()))?;
        dict.set_item("section", self.chunk.section.map(|id| doc.doc.section(id).path()))?;
        dict.set_item("headings", self.path().join(" › "))?;
        dict.set_item("start", doc.offset(self.chunk.span.start))?;
        dict.set_item("end", doc.offset(self.chunk.span.end))?;
        Ok(dict)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Chunk>().is_ok_and(|other| self.chunk == other.get().chunk && self.doc().same(other.get().doc()))
    }

    fn __hash__(&self) -> u64 {
        host::hash((self.chunk.span.start, &self.chunk.text))
    }

    fn __str__(&self) -> &str {
        &self.chunk.text
    }

    fn __repr__(&self) -> String {
        let beginning: String = self.chunk.text.chars().take(24).collect();
        format!("<Chunk of {} characters under {:?}: {beginning}…>", self.chunk.text.chars().count(), self.path().join(" › "))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }
}
