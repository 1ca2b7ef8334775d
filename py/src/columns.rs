//! The columns of every table: their names, their types and where their values come from.

use crate::document::Document;
use crate::host;
use crate::indicators;
use crate::known::{Passed, Value};
use crate::rows::Kind;
use gongwen::{Date, Decimal, SectionId, Span};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use std::borrow::Cow;

/// How a column's value is got from a row; the variant is the column's type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Get {
    /// A whole number, always there.
    Whole(fn(&Document, usize) -> i64),
    /// A whole number, where there is one.
    Int(fn(&Document, usize) -> Option<i64>),
    /// A number with decimals: `Decimal` in Python, a double in Arrow.
    Number(fn(&Document, usize) -> Option<Decimal>),
    /// A string.
    Str(for<'a> fn(&'a Document, usize) -> Option<Cow<'a, str>>),
    /// A string that rows after each other mostly share: what it hangs on, and the string of that. It is made once for them.
    Same(fn(&Document, usize) -> Option<u32>, for<'a> fn(&'a Document, u32) -> Option<Cow<'a, str>>),
    /// A day.
    Day(fn(&Document, usize) -> Option<Date>),
    /// Yes or no.
    Bool(fn(&Document, usize) -> bool),
    /// Several strings.
    List(for<'a> fn(&'a Document, usize) -> Vec<Cow<'a, str>>),
    /// A column passed through: its number among them, and its type.
    Kept(usize, Passed),
}

impl Get {
    /// The value as a Python object.
    pub(crate) fn value<'py>(self, py: Python<'py>, doc: &Document, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Get::Whole(get) => get(doc, at).into_bound_py_any(py),
            Get::Int(get) => get(doc, at).into_bound_py_any(py),
            Get::Number(get) => get(doc, at).map(|n| host::decimal(py, n)).transpose()?.into_bound_py_any(py),
            Get::Str(get) => get(doc, at).into_bound_py_any(py),
            Get::Same(of, get) => of(doc, at).and_then(|of| get(doc, of)).into_bound_py_any(py),
            Get::Day(get) => get(doc, at).map(|d| host::date(py, d)).transpose()?.into_bound_py_any(py),
            Get::Bool(get) => get(doc, at).into_bound_py_any(py),
            Get::List(get) => get(doc, at).into_bound_py_any(py),
            Get::Kept(number, passed) => match kept(doc, number) {
                Some(value) if passed == Passed::Str => value.string().into_bound_py_any(py),
                value => value.cloned().into_bound_py_any(py),
            },
        }
    }
}

/// A column's name and values.
pub(crate) type Column = (&'static str, Get);

/// The value of a column passed through with a document.
pub(crate) fn kept(doc: &Document, number: usize) -> Option<&Value> {
    doc.known()?.keep.get(number)?.1.as_ref()
}

fn clean(d: &Document, span: Span) -> Option<Cow<'_, str>> {
    Some(d.doc.clean(span))
}

fn word(word: &'static str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(word))
}

fn id(section: Option<SectionId>) -> Option<i64> {
    section.map(|s| i64::from(s.0))
}

fn path(d: &Document, section: u32) -> Option<Cow<'_, str>> {
    Some(d.doc.section(SectionId(section)).path().into())
}

fn start(d: &Document, span: Span) -> i64 {
    d.offset(span.start).into()
}

fn end(d: &Document, span: Span) -> i64 {
    d.offset(span.end).into()
}

fn len<T>(rows: &[T]) -> i64 {
    rows.len() as i64
}

/// The columns that say which document a row is of, first in the tables of a corpus.
pub(crate) const LEADING: &[Column] = &[
    ("document", Get::Same(|_, _| Some(0), |d, _| d.name.as_deref().map(Cow::Borrowed))),
    ("place", Get::Same(|_, _| Some(0), |d, _| d.doc.place_text())),
    ("document_year", Get::Int(|d, _| d.doc.year.map(i64::from))),
];

use Get::{Bool, Day, Int, List, Number, Same, Str, Whole};

/// What the section of a row is for.
macro_rules! ROLE {
    ($rows:ident) => {
        ("section_role", Str(|d, i| d.doc.$rows[i].section.and_then(|s| word(d.doc.section(s).row.role.as_str()))))
    };
}

/// The headings above a row, outermost first.
macro_rules! HEADING {
    ($rows:ident) => {
        ("heading", Same(|d, i| d.doc.$rows[i].section.map(|s| s.0), headings))
    };
}

/// The columns that a table of facts has when asked: the sentence, the headings above, the section's role.
macro_rules! EXTRA {
    ($rows:ident) => {
        [("sentence", Str(|d, i| clean(d, d.sentence(d.doc.$rows[i].span)))), HEADING!($rows), ROLE!($rows)]
    };
}

impl Kind {
    /// The columns of the kind's table.
    pub(crate) fn columns(self) -> &'static [Column] {
        match self {
            Kind::Documents => DOCUMENTS,
            Kind::Metadata => METADATA,
            Kind::Sections => SECTIONS,
            Kind::Paragraphs => PARAGRAPHS,
            Kind::Items => ITEMS,
            Kind::Metrics => METRICS,
            Kind::Responsibilities => RESPONSIBILITIES,
            Kind::Deadlines => DEADLINES,
            Kind::References => REFERENCES,
            Kind::Tasks => TASKS,
            Kind::Indicators => INDICATORS,
            Kind::Tables => TABLES,
            Kind::Diagnostics => DIAGNOSTICS,
        }
    }

    /// The columns that are made when asked for.
    pub(crate) fn extra(self) -> &'static [Column] {
        const PARAGRAPHS: &[Column] = &[HEADING!(paragraphs), ROLE!(paragraphs)];
        const TABLES: &[Column] = &[HEADING!(tables), ROLE!(tables)];
        const TASKS: &[Column] = &[("section_role", Str(|d, i| d.found_tasks()[i].section.and_then(|s| word(d.doc.section(s).row.role.as_str()))))];
        const INDICATORS: &[Column] = &[
            ("heading", Same(|d, i| section_of(d, i).map(|s| s.0), headings)),
            ("section_role", Str(|d, i| section_of(d, i).and_then(|s| word(d.doc.section(s).row.role.as_str())))),
        ];
        const ITEMS: &[Column] = &EXTRA!(items);
        const METRICS: &[Column] = &EXTRA!(metrics);
        const RESPONSIBILITIES: &[Column] = &EXTRA!(responsibilities);
        const DEADLINES: &[Column] = &EXTRA!(deadlines);
        const REFERENCES: &[Column] = &EXTRA!(references);
        match self {
            Kind::Paragraphs => PARAGRAPHS,
            Kind::Items => ITEMS,
            Kind::Metrics => METRICS,
            Kind::Responsibilities => RESPONSIBILITIES,
            Kind::Deadlines => DEADLINES,
            Kind::References => REFERENCES,
            Kind::Tables => TABLES,
            Kind::Tasks => TASKS,
            Kind::Indicators => INDICATORS,
            Kind::Documents | Kind::Metadata | Kind::Sections | Kind::Diagnostics => &[],
        }
    }
}

fn headings(d: &Document, section: u32) -> Option<Cow<'_, str>> {
    Some(d.doc.heading_path(Some(SectionId(section))).join(" › ").into())
}

/// The section that an indicator stands in.
fn section_of(d: &Document, row: usize) -> Option<SectionId> {
    d.doc.section_at(d.found_indicators()[row].span.start).map(|s| s.id)
}

fn canonical<'d>(d: &'d Document, units: impl Iterator<Item = Span>) -> Vec<Cow<'d, str>> {
    units.map(|s| Cow::Owned(gongwen::canonical_unit(&d.doc.clean(s)).into_owned())).collect()
}

/// The units of a task that take a part.
fn part(d: &Document, task: usize, role: gongwen::ResponsibilityRole) -> Vec<Span> {
    let lists = d.found_tasks()[task].responsibilities.iter().map(|i| &d.doc.responsibilities[*i as usize]);
    lists.filter(|r| r.role == role).flat_map(|r| r.units.iter().copied()).collect()
}

fn named(d: &Document, task: usize, role: gongwen::ResponsibilityRole) -> Vec<Cow<'_, str>> {
    part(d, task, role).into_iter().map(|s| d.doc.clean(s)).collect()
}

use gongwen::ResponsibilityRole as Part;

const TASKS: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.found_tasks()[i].section))),
    ("section_path", Same(|d, i| d.found_tasks()[i].section.map(|s| s.0), path)),
    ("heading", Same(|d, i| d.found_tasks()[i].section.map(|s| s.0), headings)),
    ("text", Str(|d, i| clean(d, d.found_tasks()[i].span))),
    ("lead", List(|d, i| named(d, i, Part::Lead))),
    ("support", List(|d, i| named(d, i, Part::Support))),
    ("responsible", List(|d, i| named(d, i, Part::Responsible))),
    ("supervise", List(|d, i| named(d, i, Part::Supervise))),
    (
        "unit_canonical",
        List(|d, i| canonical(d, [Part::Lead, Part::Responsible, Part::Support, Part::Supervise].into_iter().flat_map(|role| part(d, i, role)))),
    ),
    ("due", Day(|d, i| d.found_tasks()[i].deadlines.iter().filter_map(|n| d.doc.deadlines[*n as usize].date).max())),
    ("deadlines", List(|d, i| times(d, i, false))),
    ("frequencies", List(|d, i| times(d, i, true))),
    ("metrics", List(|d, i| d.found_tasks()[i].metrics.iter().map(|n| d.doc.clean(d.doc.metrics[*n as usize].span)).collect())),
    ("start", Whole(|d, i| start(d, d.found_tasks()[i].span))),
    ("end", Whole(|d, i| end(d, d.found_tasks()[i].span))),
];

const INDICATORS: &[Column] = &[
    ("place_code", Str(|d, _| d.doc.place_code.map(|c| c.to_string().into()))),
    ("id", Str(|d, i| Some(indicators::entry(d, i).id.as_str().into()))),
    ("name", Str(|d, i| Some(indicators::entry(d, i).name.as_str().into()))),
    ("value", Number(|d, i| d.found_indicators()[i].value)),
    ("unit", Str(|d, i| Some(indicators::unit(d, i).into()))),
    ("status", Str(|d, i| word(d.found_indicators()[i].status.as_str()))),
    ("modality", Str(|d, i| word(d.found_indicators()[i].modality.as_str()))),
    ("year", Int(|d, i| d.found_indicators()[i].year().map(i64::from))),
    ("period_from", Day(|d, i| d.found_indicators()[i].period.map(|p| p.0))),
    ("period_to", Day(|d, i| d.found_indicators()[i].period.map(|p| p.1))),
    ("basis", Str(|d, i| d.found_indicators()[i].basis.and_then(|b| word(b.as_str())))),
    ("scope", Str(|d, i| word(d.found_indicators()[i].scope.as_str()))),
    ("metric", Int(|d, i| d.found_indicators()[i].metric.map(i64::from))),
    ("text", Str(|d, i| clean(d, d.found_indicators()[i].span))),
    ("sentence", Str(|d, i| clean(d, d.sentence(d.found_indicators()[i].span)))),
    ("start", Whole(|d, i| start(d, d.found_indicators()[i].span))),
    ("end", Whole(|d, i| end(d, d.found_indicators()[i].span))),
];

/// A task's frequencies, or its other deadlines, as written.
fn times(d: &Document, task: usize, recurring: bool) -> Vec<Cow<'_, str>> {
    let rows = d.found_tasks()[task].deadlines.iter().map(|n| &d.doc.deadlines[*n as usize]);
    rows.filter(|t| t.every.is_some() == recurring).map(|t| d.doc.clean(t.span)).collect()
}

const DOCUMENTS: &[Column] = &[
    ("document", Str(|d, _| d.name.as_deref().map(Cow::Borrowed))),
    ("place", Str(|d, _| d.doc.place_text())),
    ("place_code", Str(|d, _| d.doc.place_code.map(|c| c.to_string().into()))),
    ("year", Int(|d, _| d.doc.year.map(i64::from))),
    ("kind", Str(|d, _| word(d.doc.kind().as_str()))),
    ("title", Str(|d, _| d.doc.title_text())),
    ("issuer", Str(|d, _| d.doc.issuer.and_then(|s| clean(d, s)))),
    ("signed", Day(|d, _| d.doc.signature.and_then(|s| s.date))),
    ("published", Day(|d, _| d.published_on())),
    ("url", Str(|d, _| d.known().and_then(|k| k.url.as_deref()).map(Cow::Borrowed))),
    ("fingerprint", Str(|d, _| Some(format!("{:016x}", d.fingerprint()).into()))),
    ("characters", Whole(|d, _| end(d, Span::at(d.doc.text().len() as u32)))),
    ("sections", Whole(|d, _| len(&d.doc.sections))),
    ("paragraphs", Whole(|d, _| len(&d.doc.paragraphs))),
    ("items", Whole(|d, _| len(&d.doc.items))),
    ("metrics", Whole(|d, _| len(&d.doc.metrics))),
    ("responsibilities", Whole(|d, _| len(&d.doc.responsibilities))),
    ("deadlines", Whole(|d, _| len(&d.doc.deadlines))),
    ("references", Whole(|d, _| len(&d.doc.references))),
    ("tables", Whole(|d, _| len(&d.doc.tables))),
    ("diagnostics", Whole(|d, _| len(&d.doc.diagnostics))),
];

const METADATA: &[Column] = &[
    ("key", Str(|d, i| word(d.doc.metadata[i].key.as_str()))),
    ("label", Str(|d, i| clean(d, d.doc.metadata[i].label))),
    ("value", Str(|d, i| clean(d, d.doc.metadata[i].value))),
    ("date", Day(|d, i| d.doc.metadata[i].date)),
    ("start", Whole(|d, i| start(d, d.doc.metadata[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.metadata[i].span))),
];

const SECTIONS: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("parent", Int(|d, i| id(d.doc.sections[i].parent))),
    ("level", Whole(|d, i| d.doc.sections[i].level.into())),
    ("path", Str(|d, i| path(d, i as u32))),
    ("marker", Str(|d, i| d.doc.sections[i].marker.and_then(|m| clean(d, m.span)))),
    ("style", Str(|d, i| d.doc.sections[i].marker.and_then(|m| word(m.style.as_str())))),
    ("number", Int(|d, i| d.doc.sections[i].marker.map(|m| m.number.into()))),
    ("heading", Str(|d, i| d.doc.sections[i].heading.and_then(|h| clean(d, h.span)))),
    ("form", Str(|d, i| d.doc.sections[i].heading.and_then(|h| word(h.form.as_str())))),
    ("role", Str(|d, i| word(d.doc.sections[i].role.as_str()))),
    ("start", Whole(|d, i| start(d, d.doc.sections[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.sections[i].span))),
];

const PARAGRAPHS: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.paragraphs[i].section))),
    ("section_path", Same(|d, i| d.doc.paragraphs[i].section.map(|s| s.0), path)),
    ("topic", Str(|d, i| d.doc.paragraphs[i].topic.and_then(|s| clean(d, s)))),
    ("text", Str(|d, i| clean(d, d.doc.paragraphs[i].span))),
    ("start", Whole(|d, i| start(d, d.doc.paragraphs[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.paragraphs[i].span))),
];

const ITEMS: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("paragraph", Whole(|d, i| d.doc.items[i].paragraph.0.into())),
    ("section", Int(|d, i| id(d.doc.items[i].section))),
    ("section_path", Same(|d, i| d.doc.items[i].section.map(|s| s.0), path)),
    ("marker", Str(|d, i| clean(d, d.doc.items[i].marker.span))),
    ("style", Str(|d, i| word(d.doc.items[i].marker.style.as_str()))),
    ("number", Whole(|d, i| d.doc.items[i].marker.number.into())),
    ("text", Str(|d, i| clean(d, d.doc.items[i].span))),
    ("start", Whole(|d, i| start(d, d.doc.items[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.items[i].span))),
];

const METRICS: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.metrics[i].section))),
    ("section_path", Same(|d, i| d.doc.metrics[i].section.map(|s| s.0), path)),
    ("text", Str(|d, i| clean(d, d.doc.metrics[i].span))),
    ("value", Number(|d, i| Some(d.doc.metrics[i].value))),
    ("value_high", Number(|d, i| d.doc.metrics[i].value_high)),
    ("unit", Str(|d, i| Some(d.doc.unit(&d.doc.metrics[i])))),
    ("dimension", Str(|d, i| word(d.doc.metrics[i].dimension.as_str()))),
    ("bound", Str(|d, i| word(d.doc.metrics[i].bound.as_str()))),
    ("subject", List(|d, i| d.doc.metrics[i].subject.iter().map(|s| d.doc.clean(*s)).collect())),
    ("modality", Str(|d, i| word(d.doc.metrics[i].modality.as_str()))),
    ("per", Str(|d, i| d.doc.metrics[i].per.and_then(|s| clean(d, s)))),
    ("change", Str(|d, i| d.doc.metrics[i].change.and_then(|c| word(c.kind.as_str())))),
    ("change_from", Number(|d, i| d.doc.metrics[i].change.and_then(|c| c.from))),
    ("change_to", Number(|d, i| d.doc.metrics[i].change.and_then(|c| c.to))),
    ("change_basis", Str(|d, i| d.doc.metrics[i].change.and_then(|c| c.basis).and_then(|s| clean(d, s)))),
    ("part_of", Int(|d, i| d.doc.metrics[i].part_of.map(|m| m.0.into()))),
    ("period_from", Day(|d, i| d.doc.metrics[i].period.map(|p| p.from))),
    ("period_to", Day(|d, i| d.doc.metrics[i].period.map(|p| p.to))),
    ("year", Int(|d, i| d.doc.metrics[i].period.filter(|p| p.from.year == p.to.year).map(|p| p.from.year.into()))),
    ("start", Whole(|d, i| start(d, d.doc.metrics[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.metrics[i].span))),
];

const RESPONSIBILITIES: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.responsibilities[i].section))),
    ("section_path", Same(|d, i| d.doc.responsibilities[i].section.map(|s| s.0), path)),
    ("role", Str(|d, i| word(d.doc.responsibilities[i].role.as_str()))),
    ("label", Str(|d, i| clean(d, d.doc.responsibilities[i].label))),
    ("units", List(|d, i| d.doc.responsibilities[i].units.iter().map(|s| d.doc.clean(*s)).collect())),
    ("unit_canonical", List(|d, i| canonical(d, d.doc.responsibilities[i].units.iter().copied()))),
    ("manner", Str(|d, i| d.doc.responsibilities[i].manner.and_then(|s| clean(d, s)))),
    ("deadline", Int(|d, i| d.doc.responsibilities[i].deadline.map(i64::from))),
    ("start", Whole(|d, i| start(d, d.doc.responsibilities[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.responsibilities[i].span))),
];

const DEADLINES: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.deadlines[i].section))),
    ("section_path", Same(|d, i| d.doc.deadlines[i].section.map(|s| s.0), path)),
    ("text", Str(|d, i| clean(d, d.doc.deadlines[i].span))),
    ("kind", Str(|d, i| word(d.doc.deadlines[i].kind.as_str()))),
    ("date", Day(|d, i| d.doc.deadlines[i].date)),
    ("year", Int(|d, i| d.doc.deadlines[i].date.map(|date| date.year.into()))),
    ("every", Str(|d, i| d.doc.deadlines[i].every.and_then(|e| word(e.as_str())))),
    ("start", Whole(|d, i| start(d, d.doc.deadlines[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.deadlines[i].span))),
];

const REFERENCES: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.references[i].section))),
    ("section_path", Same(|d, i| d.doc.references[i].section.map(|s| s.0), path)),
    ("title", Str(|d, i| d.doc.references[i].title.and_then(|s| clean(d, s)))),
    ("number", Str(|d, i| d.doc.references[i].number.and_then(|n| clean(d, n.span)))),
    ("number_agency", Str(|d, i| d.doc.references[i].number.and_then(|n| clean(d, n.agency)))),
    ("number_year", Int(|d, i| d.doc.references[i].number.map(|n| n.year.into()))),
    ("number_serial", Int(|d, i| d.doc.references[i].number.map(|n| n.serial.into()))),
    ("start", Whole(|d, i| start(d, d.doc.references[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.references[i].span))),
];

const TABLES: &[Column] = &[
    ("id", Whole(|_, i| i as i64)),
    ("section", Int(|d, i| id(d.doc.tables[i].section))),
    ("section_path", Same(|d, i| d.doc.tables[i].section.map(|s| s.0), path)),
    ("rows", Whole(|d, i| len(&d.doc.tables[i].rows))),
    ("columns", Whole(|d, i| d.doc.tables[i].rows.iter().map(|r| r.cells.len() as i64).max().unwrap_or(0))),
    ("has_header", Bool(|d, i| d.doc.tables[i].rows.iter().any(|r| r.header))),
    ("cells", List(|d, i| d.doc.tables[i].rows.iter().flat_map(|r| &r.cells).map(|s| d.doc.clean(*s)).collect())),
    ("start", Whole(|d, i| start(d, d.doc.tables[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.tables[i].span))),
];

const DIAGNOSTICS: &[Column] = &[
    ("code", Str(|d, i| word(d.doc.diagnostics[i].code.as_str()))),
    ("severity", Str(|d, i| word(d.doc.diagnostics[i].severity.as_str()))),
    ("message", Str(|d, i| Some(d.doc.diagnostics[i].message.as_str().into()))),
    ("message_zh", Str(|d, i| Some(d.doc.diagnostics[i].message_zh.as_str().into()))),
    ("start", Whole(|d, i| start(d, d.doc.diagnostics[i].span))),
    ("end", Whole(|d, i| end(d, d.doc.diagnostics[i].span))),
];
