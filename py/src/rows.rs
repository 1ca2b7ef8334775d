//! `Rows`: a table as a sequence, as Arrow data and as HTML.

use crate::columns::{Column, Get, LEADING};
use crate::document::Document;
use crate::facts::{Deadline, Diagnostic, Item, Metadata, Metric, Paragraph, Reference, Responsibility, Section, Table, Task};
use crate::host;
use crate::indicators::Indicator;
use crate::known::Passed;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PySlice, PyTuple};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Documents,
    Metadata,
    Sections,
    Paragraphs,
    Items,
    Metrics,
    Responsibilities,
    Deadlines,
    References,
    Tasks,
    Indicators,
    Tables,
    Diagnostics,
}

impl Kind {
    pub(crate) const ALL: [(Kind, &'static str); 13] = [
        (Kind::Documents, "documents"),
        (Kind::Metadata, "metadata"),
        (Kind::Sections, "sections"),
        (Kind::Paragraphs, "paragraphs"),
        (Kind::Items, "items"),
        (Kind::Metrics, "metrics"),
        (Kind::Responsibilities, "responsibilities"),
        (Kind::Deadlines, "deadlines"),
        (Kind::References, "references"),
        (Kind::Tasks, "tasks"),
        (Kind::Indicators, "indicators"),
        (Kind::Tables, "tables"),
        (Kind::Diagnostics, "diagnostics"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn named(name: &str) -> PyResult<Self> {
        let found = Self::ALL.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind);
        found.ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|(_, name)| *name).collect();
            PyValueError::new_err(format!("there is no table {name:?}; there are {}", known.join(", ")))
        })
    }

    /// The columns of those names that are made when asked for.
    pub(crate) fn extras(self, names: &[String]) -> PyResult<Vec<Column>> {
        names
            .iter()
            .map(|name| {
                self.extra().iter().find(|(known, _)| known == name).copied().ok_or_else(|| {
                    let known: Vec<_> = self.extra().iter().map(|(name, _)| *name).collect();
                    let known = if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
                    PyValueError::new_err(format!("{name:?} is no further column of {}; {known}", self.name()))
                })
            })
            .collect()
    }

    pub(crate) fn count(self, d: &Document) -> usize {
        match self {
            Kind::Tasks => return d.found_tasks().len(),
            Kind::Indicators => return d.found_indicators().len(),
            _ => {}
        }
        let d = &d.doc;
        match self {
            Kind::Documents => 1,
            // Not of the model's tables; counted above.
            Kind::Tasks | Kind::Indicators => 0,
            Kind::Metadata => d.metadata.len(),
            Kind::Sections => d.sections.len(),
            Kind::Paragraphs => d.paragraphs.len(),
            Kind::Items => d.items.len(),
            Kind::Metrics => d.metrics.len(),
            Kind::Responsibilities => d.responsibilities.len(),
            Kind::Deadlines => d.deadlines.len(),
            Kind::References => d.references.len(),
            Kind::Tables => d.tables.len(),
            Kind::Diagnostics => d.diagnostics.len(),
        }
    }

    fn row<'py>(self, py: Python<'py>, document: &Py<Document>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let d = document.bind(py);
        let at = at as u32;
        match self {
            Kind::Documents => Ok(d.clone().into_any()),
            Kind::Metadata => Metadata::at(d, at).into_bound_py_any(py),
            Kind::Sections => Section::at(d, at).into_bound_py_any(py),
            Kind::Paragraphs => Paragraph::at(d, at).into_bound_py_any(py),
            Kind::Items => Item::at(d, at).into_bound_py_any(py),
            Kind::Metrics => Metric::at(d, at).into_bound_py_any(py),
            Kind::Responsibilities => Responsibility::at(d, at).into_bound_py_any(py),
            Kind::Deadlines => Deadline::at(d, at).into_bound_py_any(py),
            Kind::References => Reference::at(d, at).into_bound_py_any(py),
            Kind::Tasks => Task::at(d, at).into_bound_py_any(py),
            Kind::Indicators => Indicator::at(d, at).into_bound_py_any(py),
            Kind::Tables => Table::at(d, at).into_bound_py_any(py),
            Kind::Diagnostics => Diagnostic::at(d, at).into_bound_py_any(py),
        }
    }
}

/// Documents and the number of their rows before each.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) documents: Vec<Py<Document>>,
    /// One more than there are documents; the last is the number of all rows.
    starts: Vec<usize>,
    /// The columns passed through with them, and their types.
    kept: Vec<(String, Passed)>,
    /// For each document the first that says the same, where that is another; found when it is asked for.
    twins: OnceLock<Vec<Option<usize>>>,
}

impl Documents {
    fn twin(&self, number: usize) -> Option<&str> {
        let twins = self.twins.get_or_init(|| {
            let mut first = std::collections::HashMap::new();
            let mut twin = |(at, document): (usize, &Py<Document>)| {
                let found = *first.entry(document.get().fingerprint()).or_insert(at);
                (found != at).then_some(found)
            };
            self.documents.iter().enumerate().map(&mut twin).collect()
        });
        twins[number].and_then(|first| self.documents[first].get().name.as_deref())
    }
}

/// The columns passed through with documents: names in the order they come up, types that hold every value.
pub(crate) fn kept_columns<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<(String, Passed)> {
    let mut columns: Vec<(String, Option<Passed>)> = Vec::new();
    for document in documents {
        let Some(known) = document.known() else { continue };
        for (at, (name, value)) in known.keep.iter().enumerate() {
            if columns.len() <= at {
                columns.push((name.clone(), None));
            }
            if let Some(value) = value {
                let passed = value.passed();
                columns[at].1 = Some(columns[at].1.map_or(passed, |before| before.with(passed)));
            }
        }
    }
    columns.into_iter().map(|(name, passed)| (name, passed.unwrap_or(Passed::Str))).collect()
}

/// What a table is of: rows `start`, `start + step`, … of the documents' rows.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    pub(crate) kind: Kind,
    pub(crate) of: Arc<Documents>,
    pub(crate) leading: bool,
    pub(crate) extra: Vec<Column>,
    start: usize,
    step: isize,
    pub(crate) len: usize,
}

impl Selection {
    pub(crate) fn new(kind: Kind, documents: Vec<Py<Document>>, leading: bool) -> Self {
        let mut starts = Vec::with_capacity(documents.len() + 1);
        let mut sum = 0;
        for document in &documents {
            starts.push(sum);
            sum += kind.count(document.get());
        }
        starts.push(sum);
        let kept = if leading { kept_columns(documents.iter().map(Py::get)) } else { Vec::new() };
        let of = Documents { documents, starts, kept, twins: OnceLock::new() };
        Self { kind, of: Arc::new(of), leading, extra: Vec::new(), start: 0, step: 1, len: sum }
    }

    /// The document's number and the row's number in it.
    pub(crate) fn locate(&self, at: usize) -> (usize, usize) {
        let row = self.start.wrapping_add_signed(self.step * at as isize);
        let document = self.of.starts.partition_point(|start| *start <= row) - 1;
        (document, row - self.of.starts[document])
    }

    pub(crate) fn document(&self, number: usize) -> &Document {
        self.of.documents[number].get()
    }

    /// The columns, those that name the document first.
    pub(crate) fn columns(&self) -> Vec<(Cow<'_, str>, Get)> {
        columns(self.kind, self.leading, &self.of.kept, &self.extra)
    }

    /// The name of the first document of the corpus that says the same.
    fn twin(&self, at: usize) -> Option<&str> {
        self.of.twin(self.locate(at).0)
    }

    /// Whether the table says which documents say the same.
    pub(crate) fn has_twins(&self) -> bool {
        self.leading && self.kind == Kind::Documents
    }

    /// The name of the first document that says the same, for each row that is wanted.
    pub(crate) fn twins<'s>(&'s self, documents: impl Iterator<Item = usize> + 's) -> impl Iterator<Item = Option<&'s str>> + 's {
        documents.map(|number| self.of.twin(number))
    }
}

/// The column of a corpus' documents that names the first with the same words.
pub(crate) const TWIN: &str = "duplicate_of";

/// The columns of a table: those that name the document, those passed through with it, its own, those asked for.
pub(crate) fn columns<'k>(kind: Kind, leading: bool, kept: &'k [(String, Passed)], extra: &[Column]) -> Vec<(Cow<'k, str>, Get)> {
    let before = if leading && kind != Kind::Documents { LEADING } else { &[] };
    let plain = |(name, get): &Column| (Cow::Borrowed(*name), *get);
    let own: Vec<&Column> = kind.columns().iter().chain(extra).collect();
    // A name that the table itself has is the table's.
    let free = |name: &str| !LEADING.iter().chain(own.iter().copied()).any(|(taken, _)| *taken == name) && name != TWIN;
    let kept = kept.iter().enumerate().map(|(at, (name, passed))| {
        let name = if free(name) { Cow::Borrowed(name.as_str()) } else { Cow::Owned(format!("kept_{name}")) };
        (name, Get::Kept(at, *passed))
    });
    before.iter().map(plain).chain(kept).chain(own.iter().copied().map(plain)).collect()
}

/// A table: the rows of one kind, of a document or of a whole corpus.
///
/// It is a sequence (`len`, index, slice, iterate) that makes a row only when it is asked for one. Every library
/// that reads the Arrow PyCapsule interface takes it whole: `polars.DataFrame(rows)`, `pyarrow.table(rows)`,
/// `pandas.DataFrame.from_arrow(rows)`, and DuckDB in a query, without any of them being needed here.
///
/// Numbers with decimals are `Decimal` in rows and dicts and doubles in Arrow; words are strings; several
/// subjects or units are a list; days are dates; `section` and its like are row numbers.
///
/// >>> rows = gongwen.sample().metrics
/// >>> rows
/// <6 metrics>
/// >>> rows[0].value, rows[-1].value
/// (Decimal('4'), Decimal('15'))
/// >>> rows.columns[:5]
/// ['id', 'section', 'section_path', 'text', 'value']
#[derive(Debug)]
#[pyclass(frozen, generic, sequence, module = "gongwen")]
pub struct Rows {
    pub(crate) selection: Selection,
}

impl Rows {
    pub(crate) fn of(kind: Kind, document: Bound<'_, Document>) -> Self {
        Self { selection: Selection::new(kind, vec![document.unbind()], false) }
    }

    pub(crate) fn range(kind: Kind, document: Bound<'_, Document>, from: usize, to: usize) -> Self {
        let mut rows = Self::of(kind, document);
        rows.selection.start = from;
        rows.selection.len = to.saturating_sub(from);
        rows
    }

    fn get<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let (document, row) = self.selection.locate(at);
        self.selection.kind.row(py, &self.selection.of.documents[document], row)
    }

    fn dict<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyDict>> {
        let (document, row) = self.selection.locate(at);
        let dict = PyDict::new(py);
        for (name, get) in self.selection.columns() {
            dict.set_item(name, get.value(py, self.selection.document(document), row)?)?;
        }
        if self.selection.has_twins() {
            dict.set_item(TWIN, self.selection.twin(at))?;
        }
        Ok(dict)
    }

    fn find(&self, py: Python<'_>, row: &Bound<'_, PyAny>, from: usize, to: usize) -> PyResult<Option<usize>> {
        for at in from..to.min(self.selection.len) {
            if self.get(py, at)?.eq(row)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

#[pymethods]
impl Rows {
    /// The table's name, as in the model.
    ///
    /// >>> gongwen.sample().metrics.name
    /// 'metrics'
    #[getter]
    fn name(&self) -> &'static str {
        self.selection.kind.name()
    }

    /// The names of the columns.
    ///
    /// >>> gongwen.sample().deadlines.columns
    /// ['id', 'section', 'section_path', 'text', 'kind', 'date', 'year', 'every', 'start', 'end']
    #[getter]
    fn columns(&self) -> Vec<String> {
        let mut names: Vec<String> = self.selection.columns().into_iter().map(|(name, _)| name.into_owned()).collect();
        if self.selection.has_twins() {
            names.push(TWIN.to_owned());
        }
        names
    }

    /// The same table with further columns: `sentence`, the sentence a fact begins in; `heading`, the headings above
    /// it; `section_role`, what its section is for.
    ///
    /// >>> rows = gongwen.sample().metrics.with_columns("heading", "sentence", "section_role")
    /// >>> rows.to_dicts()[1]["sentence"]
    /// '抽查行政处罚案卷300余件，合格率98.5%。'
    /// >>> rows.columns[-3:], rows.to_dicts()[1]["heading"]
    /// (['heading', 'sentence', 'section_role'], '主要举措和成效 › 加强组织领导')
    #[pyo3(signature = (*names))]
    fn with_columns(&self, names: Vec<String>) -> PyResult<Rows> {
        let mut selection = self.selection.clone();
        for column in selection.kind.extras(&names)? {
            if !selection.extra.iter().any(|(name, _)| *name == column.0) {
                selection.extra.push(column);
            }
        }
        Ok(Rows { selection })
    }

    /// The rows as dicts with Python's own values.
    ///
    /// >>> [row["text"] for row in gongwen.sample().metrics.to_dicts()][:2]
    /// ['4次', '300余件']
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        (0..self.selection.len).map(|at| self.dict(py, at)).collect()
    }

    /// A `pandas.DataFrame`; needs pandas and pyarrow.
    ///
    /// Row numbers that may be missing are nullable integers, days are `datetime64`.
    ///
    /// >>> frame = gongwen.sample().metrics.to_pandas()   # doctest: +NEEDS(pandas, pyarrow)
    /// >>> frame.loc[0, "unit"]                           # doctest: +NEEDS(pandas, pyarrow)
    /// '次'
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._frames")?.call_method1("to_pandas", (slf,))
    }

    /// A `polars.DataFrame`; needs polars.
    ///
    /// >>> gongwen.sample().metrics.to_polars()["unit"][0]   # doctest: +NEEDS(polars)
    /// '次'
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._frames")?.call_method1("to_polars", (slf,))
    }

    /// A `pyarrow.Table`; needs pyarrow.
    ///
    /// >>> gongwen.sample().metrics.to_arrow().num_rows   # doctest: +NEEDS(pyarrow)
    /// 6
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._frames")?.call_method1("to_arrow", (slf,))
    }

    /// What numpy and pandas take of the table itself: a record for each row, with the columns as its fields.
    ///
    /// `pandas.DataFrame(rows)` has the table's columns by it; `to_pandas()` is quicker and has better types.
    ///
    /// >>> import pandas                                         # doctest: +NEEDS(pandas)
    /// >>> list(pandas.DataFrame(gongwen.sample().metrics))[:3]   # doctest: +NEEDS(pandas)
    /// ['id', 'section', 'section_path']
    #[pyo3(signature = (dtype = None, copy = None))]
    fn __array__<'py>(slf: &Bound<'py, Self>, dtype: Option<Bound<'py, PyAny>>, copy: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._frames")?.call_method1("records", (slf, dtype, copy))
    }

    /// The Arrow PyCapsule interface: the table as a stream of record batches.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // Casting to a wished schema is optional, and those who wish can cast.
        let _ = requested_schema;
        crate::arrow::stream(py, self.selection.clone())
    }

    /// The Arrow PyCapsule interface: the table's schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        crate::arrow::schema(py, &self.selection)
    }

    /// The place of the first row that equals `row`.
    ///
    /// >>> rows = gongwen.sample().metrics
    /// >>> rows.index(rows[2])
    /// 2
    #[pyo3(signature = (row, start = 0, stop = isize::MAX, /))]
    fn index(&self, row: &Bound<'_, PyAny>, start: isize, stop: isize) -> PyResult<usize> {
        let len = self.selection.len as isize;
        let clip = |at: isize| (if at < 0 { at + len } else { at }).clamp(0, len) as usize;
        let found = self.find(row.py(), row, clip(start), clip(stop))?;
        found.ok_or_else(|| PyValueError::new_err(format!("no such row in this table of {}", self.name())))
    }

    /// How many rows equal `row`.
    ///
    /// >>> rows = gongwen.sample().metrics
    /// >>> rows.count(rows[2])
    /// 1
    #[pyo3(signature = (row, /))]
    fn count(&self, row: &Bound<'_, PyAny>) -> PyResult<usize> {
        let mut count = 0;
        for at in 0..self.selection.len {
            count += usize::from(self.get(row.py(), at)?.eq(row)?);
        }
        Ok(count)
    }

    fn __contains__(&self, row: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.find(row.py(), row, 0, self.selection.len)?.is_some())
    }

    fn __len__(&self) -> usize {
        self.selection.len
    }

    fn __getitem__<'py>(&self, at: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = at.py();
        let len = self.selection.len;
        if let Ok(slice) = at.cast::<PySlice>() {
            let part = slice.indices(len as isize)?;
            let s = &self.selection;
            let selection = Selection { start: s.start.wrapping_add_signed(s.step * part.start), step: s.step * part.step, len: part.slicelength, ..s.clone() };
            return Rows { selection }.into_bound_py_any(py);
        }
        let Ok(index) = at.extract::<isize>() else {
            return Err(crate::wrong_type("a table's index", "int or slice", at));
        };
        let at = if index < 0 { index + len as isize } else { index };
        if !(0..len as isize).contains(&at) {
            return Err(PyIndexError::new_err(format!("row {index} of {len} {}", self.name())));
        }
        self.get(py, at as usize)
    }

    fn __iter__(slf: Py<Self>) -> RowsIter {
        let len = slf.get().selection.len as isize;
        RowsIter { rows: slf, next: 0.into(), step: 1, end: len }
    }

    fn __reversed__(slf: Py<Self>) -> RowsIter {
        let len = slf.get().selection.len as isize;
        RowsIter { rows: slf, next: (len - 1).into(), step: -1, end: -1 }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Rows>() else { return false };
        let (a, b) = (&self.selection, &other.get().selection);
        a.kind == b.kind
            && a.len == b.len
            && a.leading == b.leading
            && a.extra.len() == b.extra.len()
            && a.extra.iter().zip(&b.extra).all(|(a, b)| a.0 == b.0)
            && (0..a.len).all(|at| {
                let ((i, row), (j, other)) = (a.locate(at), b.locate(at));
                row == other && a.document(i).same(b.document(j))
            })
    }

    fn __hash__(&self) -> u64 {
        let s = &self.selection;
        let first = (s.len > 0).then(|| s.document(s.locate(0).0).hashed());
        host::hash((s.kind, s.len, s.leading, first))
    }

    fn __repr__(&self) -> String {
        format!("<{} {}>", self.selection.len, self.name())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._html")?.call_method1("rows", (slf,))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let restore = py.import("gongwen._core")?.getattr("restore_rows")?;
        let s = &self.selection;
        let documents = PyTuple::new(py, s.of.documents.iter().map(|d| d.bind(py)))?;
        let extra: Vec<&str> = s.extra.iter().map(|(name, _)| *name).collect();
        let args = (self.name(), documents, s.leading, s.start, s.step, s.len, extra);
        Ok((restore, args.into_pyobject(py)?.into_any()))
    }
}

/// What a pickled table is made by.
#[pyfunction]
pub(crate) fn restore_rows(
    table: &str,
    documents: &Bound<'_, PyTuple>,
    leading: bool,
    start: usize,
    step: isize,
    len: usize,
    extra: Vec<String>,
) -> PyResult<Rows> {
    let documents = documents.iter().map(|d| Ok(d.cast_into::<Document>()?.unbind())).collect::<PyResult<_>>()?;
    let kind = Kind::named(table)?;
    let whole = Selection { extra: kind.extras(&extra)?, ..Selection::new(kind, documents, leading) };
    // A pickle may have been made by another version, which found other rows.
    let last = (len as i128 - 1) * step as i128 + start as i128;
    if len > 0 && !(0..whole.len as i128).contains(&last.max(start as i128)) || last.min(start as i128) < -1 {
        return Err(PyValueError::new_err(format!("the pickled {table} are not among those that this version finds")));
    }
    Ok(Rows { selection: Selection { start, step, len, ..whole } })
}

/// Walks a table.
#[derive(Debug)]
#[pyclass(frozen, module = "gongwen")]
pub(crate) struct RowsIter {
    rows: Py<Rows>,
    next: std::sync::atomic::AtomicIsize,
    step: isize,
    end: isize,
}

#[pymethods]
impl RowsIter {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        use std::sync::atomic::Ordering::Relaxed;
        let more = |at: isize| if self.step > 0 { at < self.end } else { at > self.end };
        let taken = self.next.fetch_update(Relaxed, Relaxed, |at| more(at).then_some(at + self.step));
        taken.ok().map(|at| self.rows.get().get(py, at as usize)).transpose()
    }

    fn __length_hint__(&self) -> usize {
        let at = self.next.load(std::sync::atomic::Ordering::Relaxed);
        (self.end - at).unsigned_abs()
    }
}

/// The names of the tables that a corpus has.
pub(crate) fn table<'py>(py: Python<'py>, documents: &[Py<Document>], name: &str) -> PyResult<Bound<'py, PyAny>> {
    let documents = documents.iter().map(|d| d.clone_ref(py)).collect();
    Rows { selection: Selection::new(Kind::named(name)?, documents, true) }.into_bound_py_any(py)
}
