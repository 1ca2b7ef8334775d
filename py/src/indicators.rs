//! Indicators: the dictionary, and the rows that it finds in a document.

use crate::document::{Document, row_dict};
use crate::facts::Metric;
use crate::host;
use crate::rows::{Kind, Rows};
use gongwen::indicators::{self as model, Basis, Scope, Status};
use gongwen::{Date, Decimal, Modality, Span};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

/// A row, with its line of the dictionary and the unit there by their numbers.
#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    entry: usize,
    unit: usize,
    pub(crate) metric: Option<u32>,
    pub(crate) value: Option<Decimal>,
    pub(crate) status: Status,
    pub(crate) modality: Modality,
    pub(crate) period: Option<(Date, Date)>,
    pub(crate) basis: Option<Basis>,
    pub(crate) scope: Scope,
    pub(crate) span: Span,
}

impl Found {
    pub(crate) fn year(&self) -> Option<u16> {
        self.period.filter(|(from, to)| from.year == to.year).map(|(from, _)| from.year)
    }
}

pub(crate) fn find(doc: &gongwen::Document<'_>, dictionary: &model::Dictionary) -> Vec<Found> {
    let entry = |row: &model::Indicator<'_>| dictionary.entries().iter().position(|e| std::ptr::eq(e, row.entry));
    model::read(doc, dictionary)
        .into_iter()
        .filter_map(|row| {
            Some(Found {
                entry: entry(&row)?,
                unit: row.entry.units.iter().position(|u| u == row.unit)?,
                metric: row.metric.map(|m| m.0),
                value: row.value,
                status: row.status,
                modality: row.modality,
                period: row.period,
                basis: row.basis,
                scope: row.scope,
                span: row.span,
            })
        })
        .collect()
}

/// The line of the dictionary that a document's row is of.
pub(crate) fn entry(doc: &Document, row: usize) -> &model::Entry {
    &doc.dictionary().entries()[doc.found_indicators()[row].entry]
}

pub(crate) fn unit(doc: &Document, row: usize) -> &str {
    &entry(doc, row).units[doc.found_indicators()[row].unit]
}

/// A dictionary of indicators: which words name each, what it measures, in which units.
///
/// The built-in one is `gongwen.indicators.dictionary`. One's own is a table: columns apart by tabulators under a line that
/// names them; `id` and `heads` must be there.
///
/// >>> from gongwen.indicators import Dictionary, dictionary
/// >>> dictionary
/// <Dictionary 2026-11: 262 indicators>
/// >>> dictionary["review_accepted"]["name"]
/// '受理行政复议案件'
/// >>> own = Dictionary("id\tname\tunits\theads\npark_count\t口袋公园\t个/座\t(新建)?(口袋|街心)公园\n")
/// >>> (dictionary | own).version, len(dictionary | own)
/// ('2026-11+own', 263)
/// >>> Dictionary("id\theads\npark_count\t(口袋|街心公园\n")
/// Traceback (most recent call last):
/// ValueError: line 2, column 2 (heads): the bracket ( at character 1 is not closed
#[derive(Debug)]
#[pyclass(frozen, sequence, module = "gongwen.indicators")]
pub struct Dictionary {
    /// None is the built-in one, which is made when it is first needed.
    own: Option<model::Dictionary>,
    /// What it was read from, for pickles; none is the built-in one.
    texts: Vec<Option<String>>,
}

impl Dictionary {
    pub(crate) fn model(&self) -> &model::Dictionary {
        self.own.as_ref().unwrap_or_else(|| model::Dictionary::built_in())
    }

    fn row<'py>(py: Python<'py>, entry: &model::Entry) -> PyResult<Bound<'py, PyDict>> {
        let row = PyDict::new(py);
        row.set_item("id", &entry.id)?;
        row.set_item("name", &entry.name)?;
        row.set_item("english", &entry.english)?;
        row.set_item("domain", &entry.domain)?;
        row.set_item("group", &entry.group)?;
        let (group_zh, group_en) = entry.group_names();
        row.set_item("group_zh", group_zh)?;
        row.set_item("group_en", group_en)?;
        row.set_item("core", entry.core)?;
        row.set_item("measure", entry.measure.as_str())?;
        row.set_item("units", &entry.units)?;
        row.set_item("heads", &entry.heads)?;
        row.set_item("note", &entry.note)?;
        row.set_item("note_zh", &entry.note_zh)?;
        row.set_item("applies", &entry.applies)?;
        Ok(row)
    }
}

#[pymethods]
impl Dictionary {
    #[new]
    fn new(text: &str) -> PyResult<Self> {
        let own = model::Dictionary::parse(text).map_err(|e| PyValueError::new_err(e.to_string()))?;
        Ok(Self { own: Some(own), texts: vec![Some(text.to_owned())] })
    }

    /// The dictionary of the library.
    ///
    /// >>> from gongwen.indicators import Dictionary
    /// >>> len(Dictionary.built_in())
    /// 262
    #[staticmethod]
    pub(crate) fn built_in() -> Self {
        Self { own: None, texts: vec![None] }
    }

    /// Year and month of the built-in one, `own` for one that was given.
    ///
    /// >>> gongwen.indicators.dictionary.version
    /// '2026-11'
    #[getter]
    fn version(&self) -> &str {
        self.model().version()
    }

    /// The ids, in the order of the file.
    ///
    /// >>> gongwen.indicators.dictionary.ids[:2]
    /// ['gdp', 'gdp_growth']
    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.model().entries().iter().map(|e| e.id.as_str()).collect()
    }

    /// The indicators as dicts.
    ///
    /// >>> gongwen.indicators.dictionary.to_dicts()[0]["heads"]
    /// '((地区|国内|本地|本区|本市|本省|本区域)?生产总值|GDP)(（GDP）)?'
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.model().entries().iter().map(|e| Self::row(py, e)).collect()
    }

    fn __or__(&self, own: &Bound<'_, Dictionary>) -> Self {
        let own = own.get();
        let texts = self.texts.iter().chain(&own.texts).cloned().collect();
        Self { own: Some(self.model().with(own.model())), texts }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.texts == other.get().texts)
    }

    fn __hash__(&self) -> u64 {
        host::hash(&self.texts)
    }

    fn __len__(&self) -> usize {
        self.model().entries().len()
    }

    fn __contains__(&self, id: &str) -> bool {
        self.model().get(id).is_some()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyDict>> {
        let entry = self.model().get(id).ok_or_else(|| PyKeyError::new_err(format!("there is no indicator {id:?}")))?;
        Self::row(py, entry)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.to_dicts(py)?)?.try_iter()?.into_any())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let restore = py.import("gongwen._core")?.getattr("restore_dictionary")?;
        Ok((restore, (self.texts.clone(),).into_pyobject(py)?.into_any()))
    }

    fn __repr__(&self) -> String {
        format!("<Dictionary {}: {} indicators>", self.version(), self.__len__())
    }
}

/// What a pickled dictionary is made by.
#[pyfunction]
pub(crate) fn restore_dictionary(py: Python<'_>, texts: Vec<Option<String>>) -> PyResult<Py<Dictionary>> {
    let one = |text: &Option<String>| match text {
        Some(text) => Dictionary::new(text),
        None => Ok(Dictionary::built_in()),
    };
    let mut texts = texts.iter();
    let mut all = Py::new(py, texts.next().map_or_else(|| Ok(Dictionary::built_in()), one)?)?;
    for text in texts {
        let next = Bound::new(py, one(text)?)?;
        all = Py::new(py, all.get().__or__(&next))?;
    }
    Ok(all)
}

/// A number, or words in its place, under an indicator's name.
///
/// >>> doc = gongwen.parse("清河县2023年法治政府建设年度报告\n一、主要举措和成效\n全年受理行政复议案件91件。\n二、存在的不足\n力量偏弱。\n")
/// >>> row = doc.indicators[0]
/// >>> row
/// Indicator('review_accepted', value=91, unit='件', year=2023)
/// >>> row.sentence
/// '全年受理行政复议案件91件。'
#[derive(Debug)]
#[pyclass(frozen, module = "gongwen")]
pub struct Indicator {
    document: Py<Document>,
    at: u32,
}

impl Indicator {
    pub(crate) fn at(document: &Bound<'_, Document>, at: u32) -> Self {
        Self { document: document.clone().unbind(), at }
    }

    fn doc(&self) -> &Document {
        self.document.get()
    }

    fn row(&self) -> &Found {
        &self.doc().found_indicators()[self.at as usize]
    }
}

#[pymethods]
impl Indicator {
    /// The document it was found in.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> doc.indicators[0].document is doc
    /// True
    #[getter]
    fn document(&self, py: Python<'_>) -> Py<Document> {
        self.document.clone_ref(py)
    }

    /// The indicator's name in data.
    ///
    /// >>> gongwen.sample().indicators[0].id
    /// 'exec_meeting_law_study'
    #[getter]
    fn id(&self) -> &str {
        &entry(self.doc(), self.at as usize).id
    }

    /// Its Chinese name.
    ///
    /// >>> gongwen.sample().indicators[0].name
    /// '政府常务会议学法次数'
    #[getter]
    fn name(&self) -> &str {
        &entry(self.doc(), self.at as usize).name
    }

    /// The number: of a growth with its sign; None where words stand in its place.
    ///
    /// >>> gongwen.sample().indicators[0].value
    /// Decimal('4')
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().value.map(|v| host::decimal(py, v)).transpose()
    }

    /// Its unit.
    ///
    /// >>> gongwen.sample().indicators[0].unit
    /// '次'
    #[getter]
    fn unit(&self) -> &str {
        unit(self.doc(), self.at as usize)
    }

    /// What it says: `value`, `zero` (零败诉), `all` (全部办结), `relative` (与经济增长同步).
    ///
    /// >>> gongwen.sample().indicators[0].status
    /// 'value'
    #[getter]
    fn status(&self) -> &'static str {
        self.row().status.as_str()
    }

    /// Whether it reports or demands: `actual`, `target`.
    ///
    /// >>> gongwen.sample().indicators[0].modality
    /// 'actual'
    #[getter]
    fn modality(&self) -> &'static str {
        self.row().modality.as_str()
    }

    /// The first and the last day that it is of.
    ///
    /// >>> gongwen.sample().indicators[0].period
    /// (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
    #[getter]
    fn period<'py>(&self, py: Python<'py>) -> PyResult<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
        self.row().period.map(|(from, to)| Ok((host::date(py, from)?, host::date(py, to)?))).transpose()
    }

    /// The year, where it is of one.
    ///
    /// >>> gongwen.sample().indicators[0].year
    /// 2023
    #[getter]
    fn year(&self) -> Option<u16> {
        self.row().year()
    }

    /// How it stands to its years: `average` (年均), `cumulative` (五年累计); None where it is of one year.
    ///
    /// >>> gongwen.sample().indicators[0].basis
    #[getter]
    fn basis(&self) -> Option<&'static str> {
        self.row().basis.map(Basis::as_str)
    }

    /// Whose number it is: `jurisdiction`, `government`, `all`, `department`, `system`.
    ///
    /// >>> gongwen.sample().indicators[0].scope
    /// 'jurisdiction'
    #[getter]
    fn scope(&self) -> &'static str {
        self.row().scope.as_str()
    }

    /// The metric that holds the number; None for words.
    ///
    /// >>> gongwen.sample().indicators[0].metric
    /// Metric('4次', value=4, unit='次', subject=['常务会议集体学法'])
    #[getter]
    fn metric(&self, py: Python<'_>) -> Option<Metric> {
        self.row().metric.map(|m| Metric::at(self.document.bind(py), m))
    }

    /// Its place: a slice of `document.text`, in code points.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> doc.text[doc.indicators[0].span]
    /// '4次'
    #[getter]
    fn span<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().span(py, self.row().span)
    }

    /// What stands there.
    ///
    /// >>> gongwen.sample().indicators[0].text
    /// '4次'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// The sentence it stands in.
    ///
    /// >>> gongwen.sample().indicators[0].sentence
    /// '2023年县政府常务会议集体学法4次。'
    #[getter]
    fn sentence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let doc = self.doc();
        doc.literal(py, doc.sentence(self.row().span))
    }

    /// The row as a dict: the columns of the table, with Python's own values.
    ///
    /// >>> gongwen.sample().indicators[0].to_dict()["name"]
    /// '政府常务会议学法次数'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        row_dict(self.document.bind(py), Kind::Indicators, self.at as usize)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Self>() else { return false };
        let other = other.get();
        self.at == other.at && self.id() == other.id() && self.doc().same(other.doc())
    }

    fn __hash__(&self) -> u64 {
        host::hash(("Indicator", self.at, self.doc().hashed()))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let rows = Rows::of(Kind::Indicators, self.document.bind(py).clone()).into_pyobject(py)?;
        let get = py.import("operator")?.getattr("getitem")?;
        Ok((get, (rows, self.at).into_pyobject(py)?.into_any()))
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self) -> String {
        let row = self.row();
        let mut out = format!("Indicator('{}'", self.id());
        match row.value {
            Some(value) => out += &format!(", value={value}, unit='{}'", self.unit()),
            None => out += &format!(", status='{}'", row.status.as_str()),
        }
        if let Some(year) = row.year() {
            out += &format!(", year={year}");
        }
        if row.modality != Modality::Actual {
            out += &format!(", modality='{}'", row.modality.as_str());
        }
        out + ")"
    }
}

/// What a document is, and its rows, as tuples.
type PanelRows<'py> = (Bound<'py, PyTuple>, Vec<Bound<'py, PyTuple>>);

/// Code, message, message in Chinese, place.
type Checked<'py> = (&'static str, String, String, Bound<'py, PyAny>);

/// What a panel is made of, for each document: what it is, and its indicators that are of one year, as tuples of id, value,
/// unit, status, modality, year, scope, the sentence, and the place of the number in it.
#[pyfunction]
pub(crate) fn panel_rows<'py>(py: Python<'py>, documents: Vec<Py<Document>>) -> PyResult<Vec<PanelRows<'py>>> {
    let one = |document: &Py<Document>| {
        let d = document.get();
        py.detach(|| d.found_indicators());
        let about = (
            d.name.as_deref(),
            d.doc.place_text(),
            d.doc.place_code.map(|c| c.to_string()),
            d.doc.year,
            d.doc.kind().as_str(),
            d.doc.title_text(),
            d.fingerprint(),
            d.doc.text().len(),
        );
        let mut rows = Vec::new();
        for (at, row) in d.found_indicators().iter().enumerate() {
            let (Some(year), None) = (row.year(), row.basis) else { continue };
            let sentence = d.sentence(row.span);
            let said = d.doc.slice(sentence);
            let chars = |to: u32| said[..(to - sentence.start) as usize].chars().count();
            let own = (
                entry(d, at).id.as_str(),
                row.value.map(|v| host::decimal(py, v)).transpose()?,
                unit(d, at),
                row.status.as_str(),
                row.modality.as_str(),
                year,
                row.scope.as_str(),
                said,
                chars(row.span.start),
                chars(row.span.end),
            );
            rows.push(own.into_pyobject(py)?);
        }
        Ok((about.into_pyobject(py)?, rows))
    };
    documents.iter().map(one).collect()
}

/// What the identities of the dictionary say of a document: code, message, message in Chinese, place.
#[pyfunction]
pub(crate) fn indicator_checks<'py>(py: Python<'py>, document: &Bound<'py, Document>) -> PyResult<Vec<Checked<'py>>> {
    let d = document.get();
    let found = py.detach(|| model::check(&d.doc, &model::read(&d.doc, d.dictionary())));
    found.into_iter().map(|c| Ok((c.code.as_str(), c.message, c.message_zh, d.span(py, c.span)?))).collect()
}
