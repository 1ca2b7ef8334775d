//! The parsed document and how it is made.

use crate::chunks::Chunk;
use crate::facts::{Section, heading};
use crate::host::{self, make};
use crate::indicators::{Dictionary, Found};
use crate::known::{self, Known};
use crate::reading::{Origin, Pickled};
use crate::rows::{Kind, Rows};
use gongwen::read::{Format, Limits};
use gongwen::{OffsetEncoding, Parser, Span};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};
use std::sync::{Arc, OnceLock};

/// How a document was asked to be parsed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) facts: bool,
    pub(crate) checks: bool,
    pub(crate) encoding: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) limits: Limits,
    /// What the caller knows of the document beside its text.
    pub(crate) known: Option<Arc<Known>>,
}

/// Options as they cross the border: facts, checks, encoding, format, what the caller knows, limits by name.
pub(crate) type Given = (bool, bool, Option<String>, Option<String>, Option<known::Given>, Vec<(String, u64)>);

impl Options {
    pub(crate) fn given((facts, checks, encoding, format, known, given): Given) -> PyResult<Self> {
        let mut limits = Limits::default();
        for (name, value) in given {
            let unknown = |_| PyValueError::new_err(format!("{name:?} is no limit; the limits are {}", Limits::NAMES.join(", ")));
            limits.set(&name, value).map_err(unknown)?;
        }
        let format = match format {
            Some(name) => Some(name.parse::<Format>().map_err(|e| PyValueError::new_err(e.to_string()))?),
            None => None,
        };
        if let Some(label) = &encoding {
            let known = gongwen::read::Options::new().encoding(label);
            known.map_err(|_| PyValueError::new_err(format!("{label:?} is no encoding that is known; gb18030 is one")))?;
        }
        let known = known.map(Known::given).transpose()?.map(Arc::new);
        Ok(Self { facts, checks, encoding, format, limits, known })
    }

    /// The options of a document of which nothing is known.
    pub(crate) fn plain() -> Self {
        Self { facts: true, checks: true, encoding: None, format: None, limits: Limits::default(), known: None }
    }

    /// The same for another document.
    pub(crate) fn knowing(&self, known: Option<Known>) -> Self {
        match known {
            Some(known) => Self { known: Some(Arc::new(known)), ..self.clone() },
            None => self.clone(),
        }
    }

    fn give(&self) -> Given {
        let format = self.format.map(|f| f.as_str().to_owned());
        let usual = Limits::default();
        let own = |name: &&str| self.limits.get(name) != usual.get(name);
        let limits = Limits::NAMES.iter().filter(|n| own(n)).filter_map(|n| Some(((*n).to_owned(), self.limits.get(n)?))).collect();
        (self.facts, self.checks, self.encoding.clone(), format, self.known.as_deref().map(Known::give), limits)
    }

    pub(crate) fn parser(&self) -> Parser<'_> {
        let parser = Parser::new().facts(self.facts).checks(self.checks);
        match &self.known {
            Some(known) => parser.hints(known.hints()),
            None => parser,
        }
    }

    pub(crate) fn parse(&self, text: &str, name: Option<String>) -> Result<Document, gongwen::Error> {
        self.limits.check(text)?;
        let doc = self.parser().parse(text)?.into_owned();
        Ok(Document::new(doc, name, self.clone(), None))
    }
}

/// What went wrong, of a reading that may also come upon a defect in the library: one document's misfortune
/// must not lose the others, nor end the program.
pub(crate) fn guarded(read: impl FnOnce() -> Result<Document, gongwen::Error>) -> Result<Document, String> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|e| e.to_string()),
        Err(panic) => {
            let what = panic.downcast_ref::<String>().map(String::as_str);
            let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
            Err(format!("a defect in gongwen, please report it: {what}"))
        }
    }
}

/// One parsed report: what `gongwen.parse` and `gongwen.read` return.
///
/// A document never changes. It is cheap to hand around, can be compared, hashed, pickled and copied, and
/// makes Python objects only for what is asked. Two documents are equal when they have the same text and
/// the same was found in it; the name does not count.
///
/// >>> doc = gongwen.sample()
/// >>> doc
/// <Document '清河县2023年法治政府建设年度报告': annual_report, 清河县, 2023, 4 sections, 6 metrics, 2 responsibilities>
/// >>> doc.kind, doc.place, doc.year
/// ('annual_report', '清河县', 2023)
/// >>> [section.heading for section in doc.outline][:2]
/// ['主要举措和成效', '存在的不足和原因']
#[pyclass(frozen, weakref, module = "gongwen")]
pub struct Document {
    /// Shared by the documents that differ in their dictionary alone.
    pub(crate) doc: Arc<gongwen::Document<'static>>,
    pub(crate) name: Option<String>,
    pub(crate) options: Options,
    /// What the file told, for a document that was read.
    origin: Option<Arc<Origin>>,
    /// Whether it was read from its JSON form: what was found is kept then, and not found again.
    kept: bool,
    /// `checkpoints[i]` is the number of characters that start before byte `i * STEP`.
    checkpoints: Arc<[u32]>,
    text: PyOnceLock<Py<PyString>>,
    hash: OnceLock<u64>,
    tasks: OnceLock<Vec<gongwen::Task>>,
    dictionary: Option<Py<Dictionary>>,
    indicators: OnceLock<Vec<Found>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("name", &self.name).field("doc", &self.doc).finish_non_exhaustive()
    }
}

/// How far a sentence reaches beside a fact, in bytes: a thousand characters.
const SENTENCE_REACH: usize = 3000;

/// Bytes between two checkpoints; fewer than 256, for `starts`.
const STEP: usize = 64;

/// Characters that start in bytes, at most `STEP` of them: eight at a time, those that go on a character are counted.
fn starts(bytes: &[u8]) -> u32 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let going_on = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        word >> 7 & !(word >> 6) & ONES
    };
    // A byte of the sum for each of eight places; none comes to more than there are words.
    let sum = words.iter().map(going_on).sum::<u64>() + going_on(&last);
    bytes.len() as u32 - (sum.wrapping_mul(ONES) >> 56) as u32
}

impl Document {
    pub(crate) fn new(mut doc: gongwen::Document<'static>, name: Option<String>, options: Options, origin: Option<Arc<Origin>>) -> Self {
        shrink(&mut doc);
        let checkpoints = doc
            .text()
            .as_bytes()
            .chunks(STEP)
            .scan(0, |sum, chunk| {
                let before = *sum;
                *sum += starts(chunk);
                Some(before)
            })
            .collect();
        Self::shared(Arc::new(doc), name, options, origin, checkpoints, None)
    }

    fn shared(
        doc: Arc<gongwen::Document<'static>>,
        name: Option<String>,
        options: Options,
        origin: Option<Arc<Origin>>,
        checkpoints: Arc<[u32]>,
        dictionary: Option<Py<Dictionary>>,
    ) -> Self {
        let (text, hash, tasks, indicators) = (PyOnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { doc, name, options, origin, kept: false, checkpoints, text, hash, tasks, dictionary, indicators }
    }

    /// The dictionary that its indicators are found by.
    pub(crate) fn dictionary(&self) -> &gongwen::indicators::Dictionary {
        match &self.dictionary {
            Some(own) => own.get().model(),
            None => gongwen::indicators::Dictionary::built_in(),
        }
    }

    /// The indicators; found on first use and kept.
    pub(crate) fn found_indicators(&self) -> &[Found] {
        self.indicators.get_or_init(|| crate::indicators::find(&self.doc, self.dictionary()))
    }

    /// Characters before the byte.
    pub(crate) fn offset(&self, byte: u32) -> u32 {
        let byte = byte as usize;
        match self.checkpoints.get(byte / STEP) {
            Some(before) => before + starts(&self.doc.text().as_bytes()[byte / STEP * STEP..byte]),
            // The end of a text that ends on a checkpoint, or an empty one.
            None => self.checkpoints.last().map_or(0, |before| before + starts(&self.doc.text().as_bytes()[(self.checkpoints.len() - 1) * STEP..])),
        }
    }

    /// The span as a `slice` of code points.
    pub(crate) fn span<'py>(&self, py: Python<'py>, span: Span) -> PyResult<Bound<'py, PyAny>> {
        host::slice(py, (self.offset(span.start), self.offset(span.end)))
    }

    /// The span as a `gongwen.Text`.
    pub(crate) fn literal<'py>(&self, py: Python<'py>, span: Span) -> PyResult<Bound<'py, PyAny>> {
        make(py, "Text", (self.doc.clean(span), self.span(py, span)?))
    }

    /// The piece of the text, else what was told of it, which has no place there.
    fn literal_or<'py>(&self, py: Python<'py>, span: Option<Span>, told: Option<&str>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match (span, told) {
            (Some(span), _) => self.literal(py, span).map(Some),
            (None, Some(told)) => make(py, "Text", (told, host::slice(py, (0, 0))?)).map(Some),
            (None, None) => Ok(None),
        }
    }

    pub(crate) fn literals<'py>(&self, py: Python<'py>, spans: &[Span]) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, spans.iter().map(|span| self.literal(py, *span)))
    }

    /// The sentence that holds a place: to 。！？ or the paragraph's end on both sides, and no farther than
    /// [`SENTENCE_REACH`]: a paragraph without a full stop may be a megabyte, with a fact in every line of it.
    pub(crate) fn sentence(&self, place: Span) -> Span {
        let text = self.doc.text();
        let rows = &self.doc.paragraphs;
        let after = rows.partition_point(|p| p.span.start <= place.start);
        let inside = after.checked_sub(1).map(|i| rows[i].span).filter(|p| place.start < p.end);
        let around = inside.unwrap_or_else(|| {
            let near = text.floor_char_boundary((place.start as usize).saturating_sub(SENTENCE_REACH));
            let far = text.ceil_char_boundary((place.end as usize).saturating_add(SENTENCE_REACH).min(text.len()));
            let start = text[near..place.start as usize].rfind('\n').map_or(near, |i| near + i + 1);
            let end = text[place.end as usize..far].find('\n').map_or(far, |i| place.end as usize + i);
            Span::new(start as u32, end as u32)
        });
        let near = text.floor_char_boundary((place.start as usize).saturating_sub(SENTENCE_REACH)) as u32;
        let far = text.ceil_char_boundary((place.end as usize).saturating_add(SENTENCE_REACH).min(text.len())) as u32;
        let around = Span::new(around.start.max(near), around.end.min(far).max(place.end));
        let ends = ['。', '！', '？'];
        let before = &text[around.start as usize..place.start as usize];
        let mut start = before.rfind(ends).map_or(around.start, |i| around.start + (i + '。'.len_utf8()) as u32);
        let closing = |c: char| matches!(c, '”' | '’' | '）' | ')' | '」' | '』') || c.is_whitespace();
        for c in text[start as usize..place.start as usize].chars().take_while(|c| closing(*c)) {
            start += c.len_utf8() as u32;
        }
        let to = place.end.max(around.end).min(text.len() as u32);
        // The fact itself may end its sentence; look from its last character on.
        let last = text[..place.end as usize].chars().next_back().map_or(0, char::len_utf8) as u32;
        let from = place.end.saturating_sub(last).max(place.start);
        let end = text[from as usize..to as usize].find(ends).map_or(to, |i| from + (i + '。'.len_utf8()) as u32);
        Span::new(start, end.max(place.end))
    }

    /// The tasks; found on first use and kept.
    pub(crate) fn found_tasks(&self) -> &[gongwen::Task] {
        self.tasks.get_or_init(|| self.doc.tasks())
    }

    /// The day it was published, as its header says, else as the caller knows.
    pub(crate) fn published_on(&self) -> Option<gongwen::Date> {
        let own = self.doc.metadata.iter().find(|m| m.key == gongwen::MetadataKey::PublishedDate).and_then(|m| m.date);
        own.or_else(|| self.options.known.as_ref().and_then(|k| k.published))
    }

    /// What the caller knows of it.
    pub(crate) fn known(&self) -> Option<&Known> {
        self.options.known.as_deref()
    }

    /// A number that two documents share when their paragraphs and headings have the same letters and digits:
    /// layout, page furniture, punctuation and width do not count.
    pub(crate) fn fingerprint(&self) -> u64 {
        use std::hash::{DefaultHasher, Hasher};
        let mut hasher = DefaultHasher::new();
        let mut letters = String::new();
        for paragraph in &self.doc.paragraphs {
            letters.clear();
            for c in self.doc.clean(paragraph.span).chars() {
                match c {
                    // Nearly all of a text, and quicker told than by the tables of Unicode.
                    '一'..='鿿' => letters.push(c),
                    '、' | '。' | '〈'..='〠' | '！'..='／' | '：'..='＠' => {}
                    '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => letters.push(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
                    _ if c.is_alphanumeric() => letters.push(c),
                    _ => {}
                }
            }
            hasher.write(letters.as_bytes());
        }
        hasher.finish()
    }

    /// A document that was read from its JSON form.
    pub(crate) fn of_form(doc: gongwen::Document<'static>, name: Option<String>, known: Option<Known>) -> Self {
        Self { kept: true, ..Self::new(doc, name, Options::plain().knowing(known), None) }
    }

    pub(crate) fn same(&self, other: &Document) -> bool {
        std::ptr::eq(self, other) || self.doc == other.doc
    }

    pub(crate) fn hashed(&self) -> u64 {
        *self.hash.get_or_init(|| host::hash(self.doc.text()))
    }

    /// The title, or else the name, or else the text's beginning.
    pub(crate) fn caption(&self) -> String {
        match (self.doc.title_text(), &self.name) {
            (Some(title), _) => title.into_owned(),
            (None, Some(name)) => name.clone(),
            (None, None) => self.doc.text().trim().chars().take(20).collect(),
        }
    }
}

/// Gives back the room that growing vectors took in advance.
fn shrink(doc: &mut gongwen::Document<'_>) {
    doc.metadata.shrink_to_fit();
    doc.sections.shrink_to_fit();
    doc.paragraphs.shrink_to_fit();
    doc.items.shrink_to_fit();
    doc.metrics.shrink_to_fit();
    doc.responsibilities.shrink_to_fit();
    doc.deadlines.shrink_to_fit();
    doc.references.shrink_to_fit();
    doc.diagnostics.shrink_to_fit();
}

#[pymethods]
impl Document {
    /// What the document is called: the path it was read from, or the `name=` that was given.
    ///
    /// >>> gongwen.parse("一、总体情况", name="a.txt").name
    /// 'a.txt'
    #[getter]
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The format it was read as: `plain`, `html` or `docx`; None for a text that was parsed.
    ///
    /// >>> gongwen.read("<p>一、总体情况</p><p>全年学法4次。</p>".encode()).format
    /// 'html'
    #[getter]
    fn format(&self) -> Option<&'static str> {
        self.origin.as_ref().map(|o| o.format)
    }

    /// The encoding it was read in; None for a text that was parsed.
    ///
    /// >>> gongwen.read("一、总体情况\n全年集体学法4次，办结案件9件。".encode("gb18030"), encoding="gb18030").encoding
    /// 'gb18030'
    #[getter]
    fn encoding(&self) -> Option<&str> {
        self.origin.as_ref().map(|o| o.encoding.as_str())
    }

    /// The text that every span is a slice of; made on first use and kept.
    ///
    /// >>> doc = gongwen.parse("𠮷林省办结案件9件。")
    /// >>> doc.text[doc.metrics[0].span]
    /// '9件'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.text.get_or_init(py, || PyString::new(py, self.doc.text()).unbind()).bind(py).clone()
    }

    /// What sort of document it is: a word of `gongwen.Kind`.
    ///
    /// >>> gongwen.sample().kind
    /// 'annual_report'
    #[getter]
    fn kind(&self) -> &'static str {
        self.doc.kind().as_str()
    }

    /// The document's own title; else the one that was given, whose `span` is empty.
    ///
    /// >>> gongwen.sample().title
    /// '清河县2023年法治政府建设年度报告'
    /// >>> gongwen.sample().title.span
    /// slice(0, 18, None)
    #[getter]
    fn title<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.literal_or(py, self.doc.title, self.doc.hinted.title.as_deref())
    }

    /// Who issued it.
    ///
    /// >>> gongwen.sample().issuer
    /// '清河县人民政府'
    #[getter]
    fn issuer<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.doc.issuer.map(|span| self.literal(py, span)).transpose()
    }

    /// The jurisdiction as the text writes it, without 人民政府 or a department; else the one that a hint told, whose
    /// `span` is empty.
    ///
    /// >>> gongwen.sample().place
    /// '清河县'
    /// >>> gongwen.parse("办结案件9件。", title="清河县2023年工作报告").place
    /// '清河县'
    #[getter]
    fn place<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.literal_or(py, self.doc.place, self.doc.hinted.place.as_deref())
    }

    /// The day it was published: what its header says, else `published=`.
    ///
    /// >>> gongwen.parse("发布日期：2024年3月1日\n一、总体情况").published
    /// datetime.date(2024, 3, 1)
    #[getter]
    fn published<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.published_on().map(|date| host::date(py, date)).transpose()
    }

    /// The address that was given with it.
    ///
    /// >>> gongwen.parse("办结案件9件。", url="https://example.org/1.html").url
    /// 'https://example.org/1.html'
    #[getter]
    fn url(&self) -> Option<&str> {
        self.known().and_then(|k| k.url.as_deref())
    }

    /// The columns that were passed through with it.
    ///
    /// >>> corpus = gongwen.parse_many([gongwen.Input("办结案件9件。", keep={"source": "crawl-3"})])
    /// >>> corpus[0].kept
    /// {'source': 'crawl-3'}
    #[getter]
    fn kept<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, value) in self.known().map(|k| &k.keep[..]).unwrap_or_default() {
            dict.set_item(name, value.clone())?;
        }
        Ok(dict)
    }

    /// The code of the place: six digits of GB/T 2260 in the document's year. `None` where more than one division may be
    /// meant, or none is known by this name.
    ///
    /// >>> gongwen.parse("柳州地区忻城县1998年政府工作报告").place_code
    /// '452231'
    /// >>> gongwen.parse("忻城县2015年政府工作报告").place_code
    /// '451321'
    #[getter]
    fn place_code(&self) -> Option<String> {
        self.doc.place_code.map(|code| code.to_string())
    }

    /// The year reported on or planned for.
    ///
    /// >>> gongwen.sample().year
    /// 2023
    #[getter]
    fn year(&self) -> Option<u16> {
        self.doc.year
    }

    /// The header's entries, 索引号, 发布日期 and so on.
    ///
    /// >>> gongwen.parse("索引号：QH-2024-0012\n").metadata.columns[:3]
    /// ['key', 'label', 'value']
    #[getter]
    fn metadata(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Metadata, slf)
    }

    /// Every section in reading order, parents before children.
    ///
    /// >>> gongwen.sample().sections[1].path
    /// '一/（一）'
    #[getter]
    fn sections(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Sections, slf)
    }

    /// The outermost sections.
    ///
    /// >>> [str(s.marker) for s in gongwen.sample().outline]
    /// ['一、', '二、', '三、']
    #[getter]
    fn outline(slf: Bound<'_, Self>) -> PyResult<Bound<'_, PyTuple>> {
        let py = slf.py();
        let doc = slf.get();
        host::tuple(py, doc.doc.outline().map(|s| Ok(Section::at(&slf, s.id.0))))
    }

    /// The paragraphs.
    ///
    /// >>> len(gongwen.sample().paragraphs) > 3
    /// True
    #[getter]
    fn paragraphs(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Paragraphs, slf)
    }

    /// 一是…二是… items inside paragraphs.
    ///
    /// >>> [item.marker.number for item in gongwen.sample().items]
    /// [1, 2]
    #[getter]
    fn items(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Items, slf)
    }

    /// Numbers with a unit that say how much or how many of something.
    ///
    /// >>> [str(m) for m in gongwen.sample().metrics][:2]
    /// ['4次', '300余件']
    #[getter]
    fn metrics(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Metrics, slf)
    }

    /// Who is responsible for what.
    ///
    /// >>> [(r.role, list(r.units)) for r in gongwen.sample().responsibilities]
    /// [('lead', ['县司法局']), ('support', ['县财政局', '县人社局'])]
    #[getter]
    fn responsibilities(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Responsibilities, slf)
    }

    /// Days, spans of time and frequencies set for something.
    ///
    /// >>> gongwen.sample().deadlines[0].date
    /// datetime.date(2024, 6, 30)
    #[getter]
    fn deadlines(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Deadlines, slf)
    }

    /// Documents that are referred to.
    ///
    /// >>> gongwen.sample().references[0].title
    /// '法治政府建设实施纲要（2021－2025年）'
    #[getter]
    fn references(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::References, slf)
    }

    /// Who does what until when, a row for each task.
    ///
    /// A task is what a list of units belongs to: a section, a row of a table, or a paragraph without a section; and a
    /// section of a plan without sections inside.
    ///
    /// >>> [(task.lead, task.support, str(task.deadlines[0])) for task in gongwen.sample().tasks]
    /// [(('县司法局',), ('县财政局', '县人社局'), '6月底前')]
    #[getter]
    fn tasks(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Tasks, slf)
    }

    /// The numbers that have a comparable name, a row for each: `gongwen.indicators.dictionary` says which there are.
    ///
    /// >>> [(row.id, row.value, row.year) for row in gongwen.sample().indicators][:1]
    /// [('exec_meeting_law_study', Decimal('4'), 2023)]
    #[getter]
    fn indicators(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Indicators, slf)
    }

    /// The dictionary that its indicators are found by.
    ///
    /// >>> gongwen.sample().dictionary.version
    /// '2026-11'
    #[getter]
    #[pyo3(name = "dictionary")]
    fn own_dictionary(&self, py: Python<'_>) -> PyResult<Py<Dictionary>> {
        match &self.dictionary {
            Some(own) => Ok(own.clone_ref(py)),
            None => Py::new(py, Dictionary::built_in()),
        }
    }

    /// The same document with its indicators by another dictionary; what was parsed is shared.
    ///
    /// >>> from gongwen.indicators import Dictionary
    /// >>> own = Dictionary("id\tname\tunits\theads\nfiles\t抽查案卷\t件\t抽查行政处罚案卷\n")
    /// >>> [row.id for row in gongwen.sample().with_dictionary(own).indicators]
    /// ['files']
    pub(crate) fn with_dictionary(&self, dictionary: &Bound<'_, Dictionary>) -> Self {
        self.again(Some(dictionary.clone().unbind()))
    }

    /// Tables, where the source marks them.
    ///
    /// >>> len(gongwen.sample().tables)
    /// 0
    #[getter]
    fn tables(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Tables, slf)
    }

    /// What looks wrong, in the order of the places.
    ///
    /// >>> [d.code for d in gongwen.parse("一、甲\n工作开展有力。\n三、乙\n工作开展有力。\n").diagnostics]
    /// ['numbering_gap']
    #[getter]
    fn diagnostics(slf: Bound<'_, Self>) -> Rows {
        Rows::of(Kind::Diagnostics, slf)
    }

    /// 附件 lines.
    ///
    /// >>> gongwen.sample().attachments
    /// ()
    #[getter]
    fn attachments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.literals(py, &self.doc.attachments)
    }

    /// The closing lines: who signed, and when. 落款
    ///
    /// >>> gongwen.sample().signature.date
    /// datetime.date(2024, 1, 15)
    #[getter]
    fn signature<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(signature) = self.doc.signature else { return Ok(None) };
        let issuer = signature.issuer.map(|span| self.literal(py, span)).transpose()?;
        let date = signature.date.map(|date| host::date(py, date)).transpose()?;
        make(py, "Signature", (self.literal(py, signature.span)?, issuer, date)).map(Some)
    }

    /// Spans of text that is no content: navigation, share buttons, a table of contents.
    ///
    /// >>> gongwen.sample().boilerplate
    /// ()
    #[getter]
    fn boilerplate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.doc.boilerplate.iter().map(|span| self.span(py, *span)))
    }

    /// The innermost section that holds an offset of `text`, or None in the lead.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> doc.section_at(doc.metrics[0].span.start).path
    /// '一/（一）'
    #[pyo3(signature = (offset, /))]
    fn section_at<'py>(slf: &Bound<'py, Self>, offset: &Bound<'py, PyAny>) -> PyResult<Option<Section>> {
        let Ok(wanted) = offset.extract::<i64>() else {
            return Err(crate::wrong_type("section_at()", "an offset (int)", offset));
        };
        let doc = slf.get();
        let byte = doc.byte(wanted).ok_or_else(|| {
            let most = doc.offset(doc.doc.text().len() as u32);
            PyValueError::new_err(format!("section_at() takes an offset from 0 to {most}, not {wanted}"))
        })?;
        Ok(doc.doc.section_at(byte).map(|s| Section::at(slf, s.id.0)))
    }

    /// The document in pieces for search and for language models, cut where a reader would cut.
    ///
    /// No sentence, list of units or row of a table is cut, no heading stands at a chunk's end, and page furniture is
    /// left out. A sentence longer than `max_chars` stays whole.
    ///
    /// :param max_chars: the size that a chunk keeps below, in characters, or in what `length` counts.
    /// :param overlap: how much of the chunk before is said again, in whole sentences, where a section is cut.
    /// :param unit: the largest thing that one chunk holds: ``"section"``, ``"paragraph"`` or ``"sentence"``.
    /// :param length: counts a text; a tokenizer's, for example. It is asked once for each sentence and heading.
    ///
    /// >>> chunk = gongwen.sample().chunks(max_chars=100)[1]
    /// >>> chunk.headings, len(chunk.metrics)
    /// (('主要举措和成效', '加强组织领导'), 3)
    #[pyo3(signature = (max_chars = 500, *, overlap = 0, unit = "section", length = None))]
    fn chunks<'py>(slf: &Bound<'py, Self>, max_chars: usize, overlap: usize, unit: &str, length: Option<&Bound<'py, PyAny>>) -> PyResult<Vec<Chunk>> {
        let py = slf.py();
        let unit = unit.parse().map_err(|_| PyValueError::new_err(format!("chunks() takes unit=\"section\", \"paragraph\" or \"sentence\", not {unit:?}")))?;
        let options = gongwen::ChunkOptions::max(max_chars).overlap(overlap).unit(unit);
        let doc = &slf.get().doc;
        let chunks = match length {
            None => py.detach(|| doc.chunks(&options)),
            Some(length) => {
                let failed = std::cell::RefCell::new(None);
                let size = |text: &str| match length.call1((text,)).and_then(|n| n.extract::<usize>()) {
                    Ok(n) => n,
                    Err(error) => {
                        failed.borrow_mut().get_or_insert(error);
                        0
                    }
                };
                let chunks = doc.chunks_by(&options, &size);
                match failed.into_inner() {
                    Some(error) => return Err(error),
                    None => chunks,
                }
            }
        };
        Ok(chunks.into_iter().map(|chunk| Chunk::new(slf, chunk)).collect())
    }

    /// The JSON form `gongwen/1` as one line, offsets in code points.
    ///
    /// >>> gongwen.sample().to_json()[:51]
    /// '{"schema":"gongwen/1","offset_encoding":"utf-32","t'
    #[pyo3(signature = (*, text = false))]
    fn to_json(&self, py: Python<'_>, text: bool) -> String {
        py.detach(|| {
            let mut form = self.doc.to_form(OffsetEncoding::Utf32);
            if text {
                form.text = Some(self.doc.text().into());
            }
            form.to_json()
        })
    }

    /// The document that `to_json` or `Corpus.save` wrote: what was found then, whatever this version would find. Numbers
    /// have the digits of a double, as in JSON.
    ///
    /// :param form: the JSON form, as a line of text.
    /// :param text: the text that was parsed; not needed where the form has it, as `to_json(text=True)` gives it.
    /// :param name: what to call the document.
    ///
    /// >>> doc = gongwen.sample()
    /// >>> gongwen.Document.from_json(doc.to_json(text=True)) == doc
    /// True
    #[staticmethod]
    #[pyo3(signature = (form, *, text = None, name = None))]
    fn from_json(py: Python<'_>, form: &Bound<'_, PyAny>, text: Option<&Bound<'_, PyAny>>, name: Option<String>) -> PyResult<Document> {
        let Ok(form) = form.cast::<PyString>() else {
            return Err(crate::wrong_type("from_json()", "the JSON form as str", form));
        };
        let text = match text {
            Some(text) => Some(text.cast::<PyString>().map_err(|_| crate::wrong_type("from_json()", "text as str or None", text))?),
            None => None,
        };
        read_form(py, form, text, name)
    }

    /// The document on a line of the file that `Corpus.save` writes.
    fn _line(&self, py: Python<'_>) -> String {
        py.detach(|| crate::kept::line(self))
    }

    /// The JSON form as Python's own dicts and lists.
    ///
    /// >>> gongwen.sample().to_dict()["metrics"][0]["text"]
    /// '4次'
    #[pyo3(signature = (*, text = false))]
    fn to_dict<'py>(&self, py: Python<'py>, text: bool) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(py, text),))
    }

    /// The document as Markdown: headings by their level, paragraphs, tables.
    ///
    /// >>> print(gongwen.parse("一、总体情况\n全年学法4次。\n").to_markdown())
    /// # 一、总体情况
    /// <BLANKLINE>
    /// 全年学法4次。
    /// <BLANKLINE>
    fn to_markdown(&self, py: Python<'_>) -> String {
        py.detach(|| self.doc.to_markdown())
    }

    /// A whole HTML page that shows the document: the outline, the facts and the source with the facts marked.
    ///
    /// >>> page = gongwen.sample().to_html()
    /// >>> page.startswith("<!DOCTYPE html>")
    /// True
    fn to_html<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._html")?.call_method1("page", (slf,))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._html")?.call_method1("document", (slf,))
    }

    /// Bytes that the document takes in memory, `text` not counted where it has not been asked for.
    fn __sizeof__(&self) -> usize {
        let doc = &self.doc;
        size_of::<Self>()
            + doc.text().len()
            + self.origin.as_ref().map_or(0, |origin| origin.size())
            + size_of_val(&*doc.metadata)
            + size_of_val(&*doc.sections)
            + size_of_val(&*doc.paragraphs)
            + size_of_val(&*doc.items)
            + size_of_val(&*doc.metrics)
            + size_of_val(&*doc.responsibilities)
            + doc.responsibilities.iter().map(|r| size_of_val(&*r.units)).sum::<usize>()
            + size_of_val(&*doc.deadlines)
            + size_of_val(&*doc.references)
            + doc.tables.iter().flat_map(|t| &t.rows).map(|r| size_of_val(&*r.cells)).sum::<usize>()
            + size_of_val(&*doc.diagnostics)
            + doc.diagnostics.iter().map(|d| d.message.len() + d.message_zh.len()).sum::<usize>()
            + size_of_val(&*self.checkpoints)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let caption = PyString::new(py, &self.caption()).repr()?;
        let doc = &self.doc;
        let mut out = format!("<Document {caption}: {}", doc.kind());
        if let Some(place) = doc.place_text() {
            out += &format!(", {place}");
        }
        if let Some(year) = doc.year {
            out += &format!(", {year}");
        }
        let counts = [(doc.sections.len(), "sections"), (doc.metrics.len(), "metrics"), (doc.responsibilities.len(), "responsibilities")];
        for (count, what) in counts {
            out += &format!(", {count} {what}");
        }
        Ok(out + ">")
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Document>().is_ok_and(|other| self.same(other.get()))
    }

    fn __hash__(&self) -> u64 {
        self.hashed()
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    /// A pickle holds what the document was made from, not what was found: the text, the options and what the
    /// file said about the text. It is small, and loading it parses again, which is quicker than rebuilding
    /// every row.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let core = py.import("gongwen._core")?;
        if let (true, Some(dictionary)) = (self.kept, &self.dictionary) {
            let plain = Py::new(py, self.again(None))?;
            return Ok((core.getattr("Document")?.getattr("with_dictionary")?, (plain, dictionary).into_pyobject(py)?.into_any()));
        }
        if self.kept {
            return Ok((core.getattr("read_form")?, (self._line(py), py.None(), py.None()).into_pyobject(py)?.into_any()));
        }
        let restore = core.getattr("restore")?;
        let origin = self.origin.as_ref().map(|o| o.pickled());
        let args = (self.doc.text(), &self.name, self.options.give(), origin).into_pyobject(py)?;
        match &self.dictionary {
            None => Ok((restore, args.into_any())),
            Some(dictionary) => {
                let with = core.getattr("restore_with")?;
                Ok((with, (args, dictionary).into_pyobject(py)?.into_any()))
            }
        }
    }
}

impl Document {
    /// The same with another dictionary, or the library's own.
    fn again(&self, dictionary: Option<Py<Dictionary>>) -> Self {
        let same = Self::shared(self.doc.clone(), self.name.clone(), self.options.clone(), self.origin.clone(), self.checkpoints.clone(), dictionary);
        Self { kept: self.kept, ..same }
    }

    /// The byte after so many characters.
    fn byte(&self, offset: i64) -> Option<u32> {
        let wanted = u32::try_from(offset).ok()?;
        let text = self.doc.text();
        let at = self.checkpoints.partition_point(|c| *c <= wanted).saturating_sub(1);
        let mut seen = self.checkpoints.get(at).copied().unwrap_or(0);
        let mut byte = at * STEP;
        while !text.is_char_boundary(byte) {
            byte += 1;
        }
        for c in text[byte..].chars() {
            if seen == wanted {
                return Some(byte as u32);
            }
            seen += 1;
            byte += c.len_utf8();
        }
        (seen == wanted).then_some(byte as u32)
    }

    pub(crate) fn heading<'py>(&self, py: Python<'py>, id: u32) -> PyResult<Option<Bound<'py, PyAny>>> {
        heading(self, py, self.doc.sections[id as usize].heading)
    }
}

/// Parses a text. `gongwen.parse` checks the arguments.
#[pyfunction]
pub(crate) fn parse(py: Python<'_>, text: &Bound<'_, PyString>, name: Option<String>, options: Given) -> PyResult<Document> {
    let options = Options::given(options)?;
    let text = host::text_of(text)?;
    let file = name.clone();
    py.detach(|| guarded(|| options.parse(&text, name))).map_err(|e| host::error(py, &e, file.as_deref()))
}

/// Reads the bytes of a file. `gongwen.read` checks the arguments.
#[pyfunction]
pub(crate) fn read_bytes(py: Python<'_>, bytes: &Bound<'_, PyBytes>, name: Option<String>, options: Given) -> PyResult<Document> {
    let options = Options::given(options)?;
    let bytes = bytes.as_bytes();
    let file = name.clone();
    py.detach(|| guarded(|| options.read(bytes, name))).map_err(|e| host::error(py, &e, file.as_deref()))
}

/// What a pickled document is made by.
#[pyfunction]
#[pyo3(signature = (text, name, options, origin))]
pub(crate) fn restore(py: Python<'_>, text: String, name: Option<String>, options: Given, origin: Option<Pickled>) -> PyResult<Document> {
    let options = Options::given(options)?;
    let origin = origin.map(|origin| Origin::unpickled(&text, origin)).transpose()?;
    let file = name.clone();
    let parse = || match origin {
        Some(origin) => options.parse_as(&text, name, origin),
        None => options.parse(&text, name),
    };
    py.detach(|| guarded(parse)).map_err(|e| host::error(py, &e, file.as_deref()))
}

/// What a pickled document is made by that has a dictionary of its own.
#[pyfunction]
pub(crate) fn restore_with(args: (String, Option<String>, Given, Option<Pickled>), dictionary: &Bound<'_, Dictionary>) -> PyResult<Document> {
    let (text, name, options, origin) = args;
    Ok(restore(dictionary.py(), text, name, options, origin)?.with_dictionary(dictionary))
}

/// Reads the JSON form of a document, or a line of `Corpus.save`.
#[pyfunction]
#[pyo3(signature = (form, text, name))]
pub(crate) fn read_form(py: Python<'_>, form: &Bound<'_, PyString>, text: Option<&Bound<'_, PyString>>, name: Option<String>) -> PyResult<Document> {
    let form = host::text_of(form)?;
    let text = text.map(host::text_of).transpose()?;
    let file = name.clone();
    py.detach(|| guarded(|| crate::kept::read(&form, text.as_deref(), name))).map_err(|e| host::error(py, &e, file.as_deref()))
}

/// The row of a table as a dict of its columns.
pub(crate) fn row_dict<'py>(document: &Bound<'py, Document>, kind: Kind, at: usize) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(document.py());
    for (name, get) in kind.columns() {
        dict.set_item(name, get.value(document.py(), document.get(), at)?)?;
    }
    Ok(dict)
}
