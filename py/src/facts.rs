//! The rows of the tables: a document and a row number each.

use crate::document::{Document, row_dict};
use crate::host::{self, make};
use crate::rows::{Kind, Rows};
use gongwen as model;
use gongwen::Span;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// A row class: the struct, what every row has in common, and the row's own attributes. The rows of its table are those
/// of a function of the document.
macro_rules! row {
    (
        $(#[$doc:meta])*
        $Name:ident, $rows:expr, $Kind:ident;
        $($own:tt)*
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[pyclass(frozen, module = "gongwen")]
        pub struct $Name {
            document: Py<Document>,
            at: u32,
        }

        impl $Name {
            pub(crate) fn at(document: &Bound<'_, Document>, at: u32) -> Self {
                Self { document: document.clone().unbind(), at }
            }

            fn doc(&self) -> &Document {
                self.document.get()
            }

            fn row(&self) -> &model::$Name {
                let rows: fn(&Document) -> &[model::$Name] = $rows;
                &rows(self.doc())[self.at as usize]
            }
        }

        #[pymethods]
        impl $Name {
            /// The document it was found in.
            ///
            /// >>> doc = gongwen.sample()
            /// >>> doc.sections[0].document is doc
            /// True
            #[getter]
            fn document(&self, py: Python<'_>) -> Py<Document> {
                self.document.clone_ref(py)
            }

            /// Its row number in the document's table, which other tables refer to.
            ///
            /// >>> [section.id for section in gongwen.sample().sections]
            /// [0, 1, 2, 3]
            #[getter]
            fn id(&self) -> u32 {
                self.at
            }

            /// Its place: a slice of `document.text`, in code points.
            ///
            /// >>> doc = gongwen.sample()
            /// >>> doc.text[doc.metrics[1].span]
            /// '300余件'
            #[getter]
            fn span<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.doc().span(py, self.row().span)
            }

            /// The sentence it begins in, to 。！？ or the paragraph's end on both sides.
            ///
            /// >>> gongwen.sample().metrics[1].sentence
            /// '抽查行政处罚案卷300余件，合格率98.5%。'
            #[getter]
            fn sentence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let doc = self.doc();
                doc.literal(py, doc.sentence(self.row().span))
            }

            /// The row as a dict: the columns of the table, with Python's own values.
            ///
            /// >>> gongwen.sample().metrics[0].to_dict()["unit"]
            /// '次'
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                row_dict(self.document.bind(py), Kind::$Kind, self.at as usize)
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                let Ok(other) = other.cast::<Self>() else { return false };
                let other = other.get();
                self.at == other.at && self.doc().same(other.doc())
            }

            fn __hash__(&self) -> u64 {
                host::hash((stringify!($Name), self.at, self.doc().hashed()))
            }

            fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
                slf
            }

            fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
                slf
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
                let rows = Rows::of(Kind::$Kind, self.document.bind(py).clone()).into_pyobject(py)?;
                let get = py.import("operator")?.getattr("getitem")?;
                Ok((get, (rows, self.at).into_pyobject(py)?.into_any()))
            }

            $($own)*
        }
    };
}

/// The attributes of rows that stand in a section.
macro_rules! repr {
    ($py:expr, $name:literal, $text:expr $(, $key:literal = $value:expr)*) => {{
        #[allow(unused_mut)] // where there is nothing but the text
        let mut out = format!(concat!($name, "({}"), $text.into_pyobject($py)?.repr()?);
        $(
            let value = $value.into_pyobject($py)?;
            if !value.is_none() {
                out += &format!(concat!(", ", $key, "={}"), value.repr()?);
            }
        )*
        Ok(out + ")")
    }};
}

fn marker<'py>(d: &Document, py: Python<'py>, m: &model::Marker) -> PyResult<Bound<'py, PyAny>> {
    make(py, "Marker", (d.doc.clean(m.span), d.span(py, m.span)?, m.style.as_str(), m.number))
}

pub(crate) fn heading<'py>(d: &Document, py: Python<'py>, heading: Option<model::Heading>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let make = |h: model::Heading| make(py, "Heading", (d.doc.clean(h.span), d.span(py, h.span)?, h.form.as_str()));
    heading.map(make).transpose()
}

impl Section {
    fn shared<'py>(&self, py: Python<'py>) -> Bound<'py, Document> {
        self.document.bind(py).clone()
    }

    fn section(&self) -> model::SectionRef<'_> {
        self.doc().doc.section(model::SectionId(self.at))
    }

    fn inside<T>(&self, py: Python<'_>, kind: Kind, rows: &[T], span: fn(&T) -> Span) -> Rows {
        inside(self.document.bind(py), self.row().span, kind, rows, span)
    }
}

/// The rows of a document that start inside a span.
pub(crate) fn inside<T>(document: &Bound<'_, Document>, own: Span, kind: Kind, rows: &[T], span: fn(&T) -> Span) -> Rows {
    let from = rows.partition_point(|r| span(r).start < own.start);
    let to = rows.partition_point(|r| span(r).start < own.end);
    Rows::range(kind, document.clone(), from, to)
}

row! {
    /// A numbered section, and the way to its neighbours.
    ///
    /// >>> section = gongwen.sample().sections[1]
    /// >>> section
    /// Section('一/（一）', heading='加强组织领导', role='measures')
    /// >>> section.parent.heading
    /// '主要举措和成效'
    Section, |d| &d.doc.sections, Sections;

    /// The section it lies in.
    ///
    /// >>> gongwen.sample().sections[1].parent.path
    /// '一'
    #[getter]
    fn parent(&self, py: Python<'_>) -> Option<Section> {
        self.row().parent.map(|id| Section::at(self.document.bind(py), id.0))
    }

    /// The sections directly inside, in order.
    ///
    /// >>> [child.path for child in gongwen.sample().outline[0].children]
    /// ['一/（一）']
    #[getter]
    fn children<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.section().children().map(|s| Ok(Section::at(self.document.bind(py), s.id.0))))
    }

    /// The sections it lies in, innermost first.
    ///
    /// >>> [above.path for above in gongwen.sample().sections[1].ancestors]
    /// ['一']
    #[getter]
    fn ancestors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.section().ancestors().map(|s| Ok(Section::at(self.document.bind(py), s.id.0))))
    }

    /// All sections inside, at any depth, in order.
    ///
    /// >>> len(gongwen.sample().outline[0].descendants)
    /// 1
    #[getter]
    fn descendants(&self, py: Python<'_>) -> Rows {
        Rows::range(Kind::Sections, self.shared(py), self.at as usize + 1, self.row().subtree_end as usize)
    }

    /// Depth in this document; 1 for the outermost.
    ///
    /// >>> gongwen.sample().sections[1].level
    /// 2
    #[getter]
    fn level(&self) -> u8 {
        self.row().level
    }

    /// The numbering marker; `None` where an unnumbered heading opens the section.
    ///
    /// >>> marker = gongwen.sample().sections[1].marker
    /// >>> marker, marker.style, marker.number
    /// ('（一）', 'cn_paren', 1)
    #[getter]
    fn marker<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().marker.as_ref().map(|m| marker(self.doc(), py, m)).transpose()
    }

    /// The heading, without marker and final punctuation.
    ///
    /// >>> heading = gongwen.sample().sections[1].heading
    /// >>> heading, heading.form
    /// ('加强组织领导', 'run_in')
    #[getter]
    fn heading<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.doc().heading(py, self.at)
    }

    /// What the section is for: a word of `gongwen.Role`.
    ///
    /// >>> [section.role for section in gongwen.sample().outline]
    /// ['measures', 'shortcomings', 'plan']
    #[getter]
    fn role(&self) -> &'static str {
        self.row().role.as_str()
    }

    /// The markers from the outermost section to this one: a stable name within the document.
    ///
    /// >>> gongwen.sample().sections[1].path
    /// '一/（一）'
    #[getter]
    fn path(&self) -> String {
        self.section().path()
    }

    /// The whole section's exact text: marker, heading and children included.
    ///
    /// >>> gongwen.sample().outline[1].text[:9]
    /// '二、存在的不足和原'
    #[getter]
    fn text(&self) -> &str {
        self.section().text()
    }

    /// The text of the paragraphs directly in this section, one a line.
    ///
    /// >>> gongwen.sample().outline[1].own_text
    /// '一是执法力量不足；二是普法形式单一。'
    #[getter]
    fn own_text(&self) -> String {
        self.section().own_text()
    }

    /// The paragraphs directly in this section.
    ///
    /// >>> len(gongwen.sample().outline[1].paragraphs)
    /// 1
    #[getter]
    fn paragraphs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rows = &self.doc().doc.paragraphs;
        let own = self.row().span;
        let from = rows.partition_point(|p| p.span.start < own.start);
        let inside = rows.iter().enumerate().skip(from).take_while(|(_, p)| p.span.start < own.end);
        let direct = inside.filter(|(_, p)| p.section == Some(model::SectionId(self.at)));
        host::tuple(py, direct.map(|(i, _)| Ok(Paragraph::at(self.document.bind(py), i as u32))))
    }

    /// The metrics in this section and the sections inside.
    ///
    /// >>> [str(metric) for metric in gongwen.sample().outline[0].metrics]
    /// ['4次', '300余件', '98.5%']
    #[getter]
    fn metrics(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Metrics, &self.doc().doc.metrics, |r| r.span)
    }

    /// The responsibilities in this section and the sections inside.
    ///
    /// >>> len(gongwen.sample().outline[2].responsibilities)
    /// 2
    #[getter]
    fn responsibilities(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Responsibilities, &self.doc().doc.responsibilities, |r| r.span)
    }

    /// The deadlines in this section and the sections inside.
    ///
    /// >>> [str(deadline) for deadline in gongwen.sample().outline[2].deadlines]
    /// ['6月底前']
    #[getter]
    fn deadlines(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::Deadlines, &self.doc().doc.deadlines, |r| r.span)
    }

    /// The references in this section and the sections inside.
    ///
    /// >>> len(gongwen.sample().outline[1].references)
    /// 0
    #[getter]
    fn references(&self, py: Python<'_>) -> Rows {
        self.inside(py, Kind::References, &self.doc().doc.references, |r| r.span)
    }

    fn __str__(&self) -> String {
        let d = &self.doc().doc;
        let row = self.row();
        row.marker.map(|m| d.clean(m.span)).unwrap_or_default().into_owned() + &row.heading.map(|h| d.clean(h.span)).unwrap_or_default()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let heading = self.row().heading.map(|h| self.doc().doc.clean(h.span));
        repr!(py, "Section", self.section().path(), "heading" = heading, "role" = self.role())
    }
}

/// `section`, for the rows that have one.
macro_rules! in_section {
    ($self:ident, $py:ident) => {
        $self.row().section.map(|id| Section::at($self.document.bind($py), id.0))
    };
}

row! {
    /// A paragraph.
    ///
    /// >>> gongwen.parse("一、总体情况\n锚定新目标。全年学法4次。\n").paragraphs[0]
    /// Paragraph('锚定新目标。全年学法4次。', topic='锚定新目标')
    Paragraph, |d| &d.doc.paragraphs, Paragraphs;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.parse("一、总体情况\n全年学法4次。\n").paragraphs[0].section.heading
    /// '总体情况'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The text as a reader sees it; `document.text[span]` is the exact one.
    ///
    /// >>> gongwen.parse("　　工 作　开展有力。").paragraphs[0].text
    /// '工作开展有力。'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// The first sentence, where it names the theme.
    ///
    /// >>> gongwen.parse("一、总体情况\n锚定新目标。全年学法4次。\n").paragraphs[0].topic
    /// '锚定新目标'
    #[getter]
    fn topic<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().topic.map(|span| self.doc().literal(py, span)).transpose()
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let d = &self.doc().doc;
        repr!(py, "Paragraph", short(&d.clean(self.row().span)), "topic" = self.row().topic.map(|s| d.clean(s)))
    }
}

row! {
    /// One of 一是…二是…, inside a paragraph.
    ///
    /// >>> gongwen.sample().items[0]
    /// Item('一是执法力量不足；', number=1)
    Item, |d| &d.doc.items, Items;

    /// The paragraph that holds it.
    ///
    /// >>> gongwen.sample().items[1].paragraph.text
    /// '一是执法力量不足；二是普法形式单一。'
    #[getter]
    fn paragraph(&self, py: Python<'_>) -> Paragraph {
        Paragraph::at(self.document.bind(py), self.row().paragraph.0)
    }

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.sample().items[0].section.role
    /// 'shortcomings'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The marker.
    ///
    /// >>> gongwen.sample().items[1].marker
    /// '二是'
    #[getter]
    fn marker<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        marker(self.doc(), py, &self.row().marker)
    }

    /// The text as a reader sees it, marker included.
    ///
    /// >>> gongwen.sample().items[1].text
    /// '二是普法形式单一。'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        repr!(py, "Item", short(&self.doc().doc.clean(self.row().span)), "number" = self.row().marker.number)
    }
}

row! {
    /// A number with a unit that says how much or how many of something.
    ///
    /// >>> metric = gongwen.sample().metrics[1]
    /// >>> metric
    /// Metric('300余件', value=300, unit='件', subject=['行政处罚案卷'], bound='over')
    /// >>> metric.value * 2
    /// Decimal('600')
    Metric, |d| &d.doc.metrics, Metrics;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.sample().metrics[1].section.heading
    /// '加强组织领导'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// Number, unit and the qualifiers that touch them, as a reader sees them.
    ///
    /// >>> gongwen.sample().metrics[1].text
    /// '300余件'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// The value, 万 and 亿 multiplied out; the lower end of a range.
    ///
    /// >>> gongwen.parse("惠及群众1.35万人。").metrics[0].value == 13500
    /// True
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        host::decimal(py, self.row().value)
    }

    /// The upper end of a range.
    ///
    /// >>> gongwen.parse("培育企业3至5家。").metrics[0].value_high
    /// Decimal('5')
    #[getter]
    fn value_high<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().value_high.map(|n| host::decimal(py, n)).transpose()
    }

    /// The unit as written, without numeral, 余 and multiplier; empty where there is none.
    ///
    /// >>> gongwen.sample().metrics[1].unit
    /// '件'
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let doc = self.doc();
        let row = self.row();
        host::make(py, "Text", (doc.doc.unit(row), doc.span(py, row.unit)?))
    }

    /// What kind of quantity: a word of `gongwen.Dimension`.
    ///
    /// >>> gongwen.sample().metrics[2].dimension
    /// 'percent'
    #[getter]
    fn dimension(&self) -> &'static str {
        self.row().dimension.as_str()
    }

    /// How the number is hedged: a word of `gongwen.Bound`.
    ///
    /// >>> gongwen.sample().metrics[1].bound
    /// 'over'
    #[getter]
    fn bound(&self) -> &'static str {
        self.row().bound.as_str()
    }

    /// What is counted or measured; several when they share the number.
    ///
    /// >>> gongwen.sample().metrics[1].subject
    /// ('行政处罚案卷',)
    #[getter]
    fn subject<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.doc().literals(py, &self.row().subject)
    }

    /// Whether it reports (`actual`) or demands (`target`).
    ///
    /// >>> gongwen.sample().metrics[1].modality
    /// 'actual'
    #[getter]
    fn modality(&self) -> &'static str {
        self.row().modality.as_str()
    }

    /// 每半年, 每人每年, 人均.
    ///
    /// >>> gongwen.parse("常务会议每半年听取汇报1次。").metrics[0].per
    /// '每半年'
    #[getter]
    fn per<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().per.map(|span| self.doc().literal(py, span)).transpose()
    }

    /// How the number changed, or that it is a change.
    ///
    /// >>> gongwen.parse("审批时限由80天缩短至30天。").metrics[1].change
    /// Change(kind='from_to', from_=Decimal('80'), to=Decimal('30'), basis=None)
    #[getter]
    fn change<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(change) = self.row().change else { return Ok(None) };
        let number = |n: Option<model::Decimal>| n.map(|n| host::decimal(py, n)).transpose();
        let basis = change.basis.map(|span| self.doc().literal(py, span)).transpose()?;
        make(py, "Change", (change.kind.as_str(), number(change.from)?, number(change.to)?, basis)).map(Some)
    }

    /// The metric this one is a part of (其中…).
    ///
    /// >>> gongwen.parse("办结案件9件，其中调解4件。").metrics[1].part_of
    /// Metric('9件', value=9, unit='件', subject=['案件'])
    #[getter]
    fn part_of(&self, py: Python<'_>) -> Option<Metric> {
        self.row().part_of.map(|id| Metric::at(self.document.bind(py), id.0))
    }

    /// The days it covers, both included, where the text says.
    ///
    /// >>> gongwen.sample().metrics[0].period
    /// Period(from_=datetime.date(2023, 1, 1), to=datetime.date(2023, 12, 31))
    #[getter]
    fn period<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(period) = self.row().period else { return Ok(None) };
        make(py, "Period", (host::date(py, period.from)?, host::date(py, period.to)?)).map(Some)
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let d = &self.doc().doc;
        let row = self.row();
        let other = |word: &'static str, usual: &str| (word != usual).then_some(word);
        let subject = row.subject.iter().map(|s| d.clean(*s)).collect::<Vec<_>>();
        let mut out = format!("Metric({}", d.clean(row.span).into_pyobject(py)?.repr()?);
        out += &format!(", value={}", row.value);
        if let Some(high) = row.value_high {
            out += &format!(", value_high={high}");
        }
        out += &format!(", unit={}, subject={}", d.unit(row).into_pyobject(py)?.repr()?, subject.into_pyobject(py)?.repr()?);
        for (key, word) in [("bound", other(self.bound(), "exact")), ("modality", other(self.modality(), "actual"))] {
            if let Some(word) = word {
                out += &format!(", {key}='{word}'");
            }
        }
        Ok(out + ")")
    }
}

row! {
    /// A list of units and the part they take in a task.
    ///
    /// >>> gongwen.sample().responsibilities[0]
    /// Responsibility(['县司法局'], role='lead')
    Responsibility, |d| &d.doc.responsibilities, Responsibilities;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.sample().responsibilities[0].section.role
    /// 'plan'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The whole list as a reader sees it: its bracket, its line or the clause that assigns.
    ///
    /// >>> '县司法局' in gongwen.sample().responsibilities[0].text
    /// True
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// The part the units take: a word of `gongwen.ResponsibilityRole`.
    ///
    /// >>> gongwen.sample().responsibilities[1].role
    /// 'support'
    #[getter]
    fn role(&self) -> &'static str {
        self.row().role.as_str()
    }

    /// The label as written, 责任单位; empty where there is none.
    ///
    /// >>> gongwen.parse("推进改革。（责任单位：市委编办、市司法局）").responsibilities[0].label
    /// '责任单位'
    #[getter]
    fn label<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().label)
    }

    /// The units, in order.
    ///
    /// >>> gongwen.sample().responsibilities[1].units
    /// ('县财政局', '县人社局')
    #[getter]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.doc().literals(py, &self.row().units)
    }

    /// How they share the work: 按职责分工分别负责.
    ///
    /// >>> text = "推进改革。（市委编办、市司法局按职责分工分别负责）"
    /// >>> gongwen.parse(text).responsibilities[0].manner
    /// '按职责分工分别负责'
    #[getter]
    fn manner<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().manner.map(|span| self.doc().literal(py, span)).transpose()
    }

    /// 完成时限 inside the same list.
    ///
    /// >>> text = "推进改革。（责任单位：市委编办；完成时限：2024年12月）"
    /// >>> gongwen.parse(text).responsibilities[0].deadline.date
    /// datetime.date(2024, 12, 31)
    #[getter]
    fn deadline(&self, py: Python<'_>) -> Option<Deadline> {
        self.row().deadline.map(|at| Deadline::at(self.document.bind(py), at))
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let units = self.row().units.iter().map(|s| self.doc().doc.clean(*s)).collect::<Vec<_>>();
        repr!(py, "Responsibility", units, "role" = self.role())
    }
}

row! {
    /// A day, a span of time or a frequency set for something.
    ///
    /// >>> gongwen.sample().deadlines[0]
    /// Deadline('6月底前', kind='by', date=datetime.date(2024, 6, 30))
    Deadline, |d| &d.doc.deadlines, Deadlines;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.sample().deadlines[0].section.path
    /// '三'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The words as a reader sees them.
    ///
    /// >>> gongwen.sample().deadlines[0].text
    /// '6月底前'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// What it sets: a word of `gongwen.DeadlineKind`.
    ///
    /// >>> gongwen.sample().deadlines[0].kind
    /// 'by'
    #[getter]
    fn kind(&self) -> &'static str {
        self.row().kind.as_str()
    }

    /// The day, where the text and the plan's year leave no doubt.
    ///
    /// >>> gongwen.parse("2025年底前完成。").deadlines[0].date
    /// datetime.date(2025, 12, 31)
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().date.map(|date| host::date(py, date)).transpose()
    }

    /// The period of something that recurs: a word of `gongwen.Every`.
    ///
    /// >>> gongwen.parse("各单位每季度报送进展情况。").deadlines[0].every
    /// 'quarter'
    #[getter]
    fn every(&self) -> Option<&'static str> {
        self.row().every.map(model::Every::as_str)
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let date = self.date(py)?;
        repr!(py, "Deadline", self.doc().doc.clean(self.row().span), "kind" = self.kind(), "date" = date, "every" = self.every())
    }
}

row! {
    /// A document that is referred to.
    ///
    /// >>> gongwen.sample().references[0]
    /// Reference('法治政府建设实施纲要（2021－2025年）')
    Reference, |d| &d.doc.references, References;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> gongwen.sample().references[0].section is None
    /// True
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// Title and number as a reader sees them.
    ///
    /// >>> gongwen.sample().references[0].text
    /// '《法治政府建设实施纲要（2021－2025年）》'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// The title without its outer 《》.
    ///
    /// >>> gongwen.sample().references[0].title
    /// '法治政府建设实施纲要（2021－2025年）'
    #[getter]
    fn title<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().title.map(|span| self.doc().literal(py, span)).transpose()
    }

    /// The document number.
    ///
    /// >>> number = gongwen.parse("根据陕政办发〔2023〕25号文件。").references[0].number
    /// >>> number.agency, number.year, number.serial
    /// ('陕政办发', 2023, 25)
    #[getter]
    fn number<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(n) = self.row().number else { return Ok(None) };
        let d = self.doc();
        make(py, "DocumentNumber", (d.literal(py, n.span)?, d.literal(py, n.agency)?, n.year, n.serial)).map(Some)
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (d, row) = (&self.doc().doc, self.row());
        let number = row.number.map(|n| d.clean(n.span));
        match row.title {
            Some(title) => repr!(py, "Reference", d.clean(title), "number" = number),
            None => repr!(py, "Reference", d.clean(row.span)),
        }
    }
}

row! {
    /// A table that the source marks as one, its merged cells expanded.
    ///
    /// >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
    /// >>> gongwen.read(page.encode()).tables[0]
    /// <Table: 2 rows, 2 columns>
    Table, |d| &d.doc.tables, Tables;

    /// The innermost section that holds it; None in the lead.
    ///
    /// >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
    /// >>> gongwen.read(page.encode()).tables[0].section is None
    /// True
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The rows from top to bottom, each a tuple of its cells; a merged cell stands in each place it covers.
    ///
    /// >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
    /// >>> gongwen.read(page.encode()).tables[0].rows
    /// (('单位', '任务'), ('司法局', '学法'))
    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.row().rows.iter().map(|row| self.doc().literals(py, &row.cells)))
    }

    /// How many of the first rows name the columns.
    ///
    /// >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
    /// >>> gongwen.read(page.encode()).tables[0].header_rows
    /// 1
    #[getter]
    fn header_rows(&self) -> usize {
        self.row().rows.iter().take_while(|row| row.header).count()
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongwen._html")?.call_method1("grid", (slf,))
    }

    fn __repr__(&self) -> String {
        let rows = &self.row().rows;
        format!("<Table: {} rows, {} columns>", rows.len(), rows.iter().map(|r| r.cells.len()).max().unwrap_or(0))
    }
}

row! {
    /// An entry of the document's header.
    ///
    /// >>> gongwen.parse("索引号：QH-2024-0012\n").metadata[0]
    /// Metadata('QH-2024-0012', key='index_number', label='索引号')
    Metadata, |d| &d.doc.metadata, Metadata;

    /// What it tells: a word of `gongwen.MetadataKey`.
    ///
    /// >>> gongwen.parse("索引号：QH-2024-0012\n").metadata[0].key
    /// 'index_number'
    #[getter]
    fn key(&self) -> &'static str {
        self.row().key.as_str()
    }

    /// The label as written.
    ///
    /// >>> gongwen.parse("索引号：QH-2024-0012\n").metadata[0].label
    /// '索引号'
    #[getter]
    fn label<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().label)
    }

    /// The value as written.
    ///
    /// >>> gongwen.parse("索引号：QH-2024-0012\n").metadata[0].value
    /// 'QH-2024-0012'
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().value)
    }

    /// The value as a day, for entries that are dates.
    ///
    /// >>> gongwen.parse("发布日期：2024年3月1日\n").metadata[0].date
    /// datetime.date(2024, 3, 1)
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().date.map(|date| host::date(py, date)).transpose()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let d = &self.doc().doc;
        repr!(py, "Metadata", d.clean(self.row().value), "key" = self.key(), "label" = d.clean(self.row().label))
    }
}

row! {
    /// Something that looks wrong, and where.
    ///
    /// >>> gongwen.parse("一、甲\n工作开展有力。\n三、乙\n工作开展有力。\n").diagnostics[0].severity
    /// 'warning'
    Diagnostic, |d| &d.doc.diagnostics, Diagnostics;

    /// What kind of thing: a word of `gongwen.Code`.
    ///
    /// >>> gongwen.parse("一、甲\n工作开展有力。\n三、乙\n工作开展有力。\n").diagnostics[0].code
    /// 'numbering_gap'
    #[getter]
    fn code(&self) -> &'static str {
        self.row().code.as_str()
    }

    /// How much it matters: `info`, `warning` or `error`.
    ///
    /// >>> gongwen.parse("一、甲\n工作开展有力。\n三、乙\n工作开展有力。\n").diagnostics[0].severity
    /// 'warning'
    #[getter]
    fn severity(&self) -> &'static str {
        self.row().severity.as_str()
    }

    /// A plain sentence in English.
    ///
    /// >>> gongwen.sample().diagnostics[0].message[:35]
    /// 'no section on how the leaders met t'
    #[getter]
    fn message(&self) -> &str {
        &self.row().message
    }

    /// The same sentence in Chinese.
    ///
    /// >>> gongwen.sample().diagnostics[0].message_zh != ""
    /// True
    #[getter]
    fn message_zh(&self) -> &str {
        &self.row().message_zh
    }

    /// A second place that belongs to it.
    ///
    /// >>> gongwen.sample().diagnostics[0].related is None
    /// True
    #[getter]
    fn related<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row().related.map(|span| self.doc().span(py, span)).transpose()
    }

    fn __str__(&self) -> String {
        self.row().message.clone()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        repr!(py, "Diagnostic", self.row().message.as_str(), "code" = self.code(), "severity" = self.severity())
    }
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

impl Task {
    fn units<'py>(&self, py: Python<'py>, role: model::ResponsibilityRole) -> PyResult<Bound<'py, PyTuple>> {
        let doc = self.doc();
        let lists = self.row().responsibilities.iter().map(|i| &doc.doc.responsibilities[*i as usize]);
        let spans: Vec<Span> = lists.filter(|r| r.role == role).flat_map(|r| r.units.iter().copied()).collect();
        doc.literals(py, &spans)
    }
}

row! {
    /// A task: who does what until when, in one row.
    ///
    /// >>> task = gongwen.sample().tasks[0]
    /// >>> task.lead, task.deadlines[0].date
    /// (('县司法局',), datetime.date(2024, 6, 30))
    Task, |d| d.found_tasks(), Tasks;

    /// The section that sets it.
    ///
    /// >>> gongwen.sample().tasks[0].section.heading
    /// '下一年度主要安排'
    #[getter]
    fn section(&self, py: Python<'_>) -> Option<Section> {
        in_section!(self, py)
    }

    /// The whole task as a reader sees it.
    ///
    /// >>> gongwen.sample().tasks[0].text[-13:]
    /// '时限由20天缩短至15天。'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc().literal(py, self.row().span)
    }

    /// Who leads it. 牵头
    ///
    /// >>> gongwen.sample().tasks[0].lead
    /// ('县司法局',)
    #[getter]
    fn lead<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.units(py, model::ResponsibilityRole::Lead)
    }

    /// Who supports. 配合
    ///
    /// >>> gongwen.sample().tasks[0].support
    /// ('县财政局', '县人社局')
    #[getter]
    fn support<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.units(py, model::ResponsibilityRole::Support)
    }

    /// Who is responsible, where nobody leads. 责任单位
    ///
    /// >>> gongwen.sample().tasks[0].responsible
    /// ()
    #[getter]
    fn responsible<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.units(py, model::ResponsibilityRole::Responsible)
    }

    /// Who supervises. 督办
    ///
    /// >>> gongwen.sample().tasks[0].supervise
    /// ()
    #[getter]
    fn supervise<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.units(py, model::ResponsibilityRole::Supervise)
    }

    /// Its lists of units.
    ///
    /// >>> len(gongwen.sample().tasks[0].responsibilities)
    /// 2
    #[getter]
    fn responsibilities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.row().responsibilities.iter().map(|i| Ok(Responsibility::at(self.document.bind(py), *i))))
    }

    /// Its deadlines and frequencies.
    ///
    /// >>> [str(deadline) for deadline in gongwen.sample().tasks[0].deadlines]
    /// ['6月底前']
    #[getter]
    fn deadlines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.row().deadlines.iter().map(|i| Ok(Deadline::at(self.document.bind(py), *i))))
    }

    /// Its metrics.
    ///
    /// >>> [str(metric) for metric in gongwen.sample().tasks[0].metrics]
    /// ['200人', '20天', '15天']
    #[getter]
    fn metrics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        host::tuple(py, self.row().metrics.iter().map(|i| Ok(Metric::at(self.document.bind(py), *i))))
    }

    fn __str__(&self) -> String {
        self.doc().doc.clean(self.row().span).into_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        repr!(py, "Task", short(&self.doc().doc.clean(self.row().span)), "lead" = Some(self.units(py, model::ResponsibilityRole::Lead)?))
    }
}
