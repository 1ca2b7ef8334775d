//! The JSON form back into a document.

use super::{Border, Form, Number, Place, SCHEMA, Table};
use crate::document as model;
use crate::{
    Change, Code, Date, Deadline, Diagnostic, Document, DocumentNumber, Error, Heading, Item, Kind, Marker, Metadata, Metric, MetricId, OffsetEncoding,
    OffsetIndex, Paragraph, ParagraphId, Period, PlaceCode, Reference, Responsibility, Section, SectionId, Signature, Span,
};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

type Read<T> = Result<T, Error>;

impl Form<'_> {
    /// The form that a line of JSON holds.
    ///
    /// # Errors
    ///
    /// [`Error::Json`] where it is no JSON, or not of the schema.
    pub fn from_json(json: &str) -> Result<Form<'static>, Error> {
        serde_json::from_str(json).map_err(|e| Error::Json(e.to_string()))
    }

    /// The document that the form was made of. `text` is the text that was parsed, where the form does not hold it.
    ///
    /// Places that the form does not have, a unit's for example, are looked for in their row. Indicators are not taken over;
    /// they are found anew when they are asked for.
    ///
    /// ```
    /// use gongwen::{OffsetEncoding, json::Form};
    /// let doc = gongwen::parse("一、总体情况\n全年学法4次。\n");
    /// let form = Form::from_json(&doc.to_json(OffsetEncoding::Utf32))?;
    /// assert_eq!(form.to_document(Some(doc.text()))?, doc);
    /// # Ok::<(), gongwen::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Json`] where there is no text, or the form is not of this text; it names the row.
    pub fn to_document(&self, text: Option<&str>) -> Result<Document<'static>, Error> {
        if self.schema != SCHEMA {
            return Err(Error::Json(format!("its schema is {:?}, and {SCHEMA} is read", self.schema)));
        }
        let encodings = [OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32];
        let encoding = encodings.into_iter().find(|e| e.as_str() == self.offset_encoding);
        let encoding = encoding.ok_or_else(|| Error::Json(format!("there are no offsets in {:?}", self.offset_encoding)))?;
        let text = self.text.as_deref().or(text).ok_or_else(|| Error::Json("it has no text, and none was given".to_owned()))?;
        let mut doc = Document::empty(Cow::Borrowed(text));
        Back { form: self, index: OffsetIndex::new(text, encoding), far: RefCell::default() }.fill(&mut doc)?;
        let again = Border { doc: &doc, index: OffsetIndex::new(text, encoding) }.plain();
        match self.differs(&again) {
            Some(what) => Err(Error::Json(format!("its {what} are not those of its text"))),
            None => Ok(doc.into_owned()),
        }
    }

    /// The first table in which two forms of one text differ.
    fn differs(&self, other: &Form<'_>) -> Option<&'static str> {
        macro_rules! compare {
            ($($field:ident)*) => {$(
                if self.$field != other.$field {
                    return Some(stringify!($field));
                }
            )*};
        }
        compare!(kind title issuer place place_code year metadata sections paragraphs items metrics responsibilities deadlines references tables);
        compare!(attachments signature boilerplate diagnostics);
        None
    }
}

struct Back<'f> {
    form: &'f Form<'f>,
    index: OffsetIndex<'f>,
    /// Labels that stand far from their lists, in the head of a table: where each was found first.
    far: RefCell<HashMap<&'f str, Option<Span>>>,
}

/// How many different labels are looked for in the whole text.
const FAR: usize = 100;

fn wrong(table: &str, row: usize, what: &str) -> Error {
    Error::Json(format!("{table}[{row}]: {what}"))
}

fn row_number(number: Option<u32>, rows: usize, what: &str) -> Read<Option<u32>> {
    match number {
        Some(n) if n as usize >= rows => Err(Error::Json(format!("there is no row {n} of {what}"))),
        number => Ok(number),
    }
}

fn decimal(number: Option<Number>) -> Option<rust_decimal::Decimal> {
    number.map(|n| n.0)
}

fn date(iso: &Option<Cow<'_, str>>) -> Read<Option<Date>> {
    iso.as_deref().map(str::parse).transpose()
}

fn period(period: Option<&super::Period<'_>>) -> Read<Option<Period>> {
    period.map(|p| Ok(Period { from: p.from.parse()?, to: p.to.parse()? })).transpose()
}

/// Rows are looked up by their places, so they must stand in order.
fn in_order(spans: impl Iterator<Item = Span>, table: &str) -> Read<()> {
    let mut last = 0;
    for (row, span) in spans.enumerate() {
        if span.start < last {
            return Err(wrong(table, row, "it stands before the row before it"));
        }
        last = span.start;
    }
    Ok(())
}

impl<'f> Back<'f> {
    fn span(&self, (start, end): Place) -> Read<Span> {
        let span = self.index.decode(start).zip(self.index.decode(end)).filter(|(start, end)| start <= end);
        span.map(|(start, end)| Span::new(start, end)).ok_or_else(|| Error::Json(format!("there is no place from {start} to {end} in its text")))
    }

    fn named(&self, named: &Option<super::Named<'_>>) -> Read<Option<Span>> {
        named.as_ref().map(|n| self.span(n.span)).transpose()
    }

    fn marker(&self, m: &super::Marker<'_>) -> Read<Marker> {
        Ok(Marker { style: m.style, number: m.number, span: self.span(m.span)? })
    }

    fn section(&self, id: Option<u32>) -> Read<Option<SectionId>> {
        Ok(row_number(id, self.form.sections.len(), "sections")?.map(SectionId))
    }

    fn fill(&self, doc: &mut Document<'_>) -> Read<()> {
        let form = self.form;
        doc.boilerplate = form.boilerplate.iter().map(|p| self.span(*p)).collect::<Read<_>>()?;
        in_order(doc.boilerplate.iter().copied(), "boilerplate")?;
        doc.kind = (form.kind != Kind::Other).then_some(form.kind);
        doc.title = self.named(&form.title)?;
        doc.issuer = self.named(&form.issuer)?;
        doc.place = self.named(&form.place)?;
        let code = |code: &Cow<'_, str>| code.parse().map(PlaceCode).map_err(|_| Error::Json(format!("{code:?} is no code of a place")));
        doc.place_code = form.place_code.as_ref().map(code).transpose()?;
        doc.year = form.year;
        doc.attachments = form.attachments.iter().map(|n| self.span(n.span)).collect::<Read<_>>()?;
        doc.sections = self.sections()?;
        doc.paragraphs = form
            .paragraphs
            .iter()
            .map(|p| Ok(Paragraph { section: self.section(p.section)?, span: self.span(p.span)?, topic: self.named(&p.topic)? }))
            .collect::<Read<_>>()?;
        in_order(doc.paragraphs.iter().map(|p| p.span), "paragraphs")?;
        doc.items = form.items.iter().map(|i| self.item(i)).collect::<Read<_>>()?;
        in_order(doc.items.iter().map(|i| i.span), "items")?;
        doc.tables = form.tables.iter().map(|t| self.table(t)).collect::<Read<_>>()?;
        doc.deadlines = form
            .deadlines
            .iter()
            .map(|d| Ok(Deadline { span: self.span(d.span)?, kind: d.kind, date: date(&d.date)?, every: d.every, section: self.section(d.section)? }))
            .collect::<Read<_>>()?;
        in_order(doc.deadlines.iter().map(|d| d.span), "deadlines")?;
        in_order(form.diagnostics.iter().map(|d| self.span(d.span)).collect::<Read<Vec<_>>>()?.into_iter(), "diagnostics")?;
        doc.diagnostics = form.diagnostics.iter().enumerate().map(|(row, d)| self.diagnostic(row, d)).collect::<Read<_>>()?;
        // What has a text and no place of it is looked for with the furniture known.
        doc.metadata = form.metadata.iter().enumerate().map(|(row, m)| self.metadata(doc, row, m)).collect::<Read<_>>()?;
        doc.metrics = form.metrics.iter().enumerate().map(|(row, m)| self.metric(doc, row, m)).collect::<Read<_>>()?;
        in_order(doc.metrics.iter().map(|m| m.span), "metrics")?;
        doc.responsibilities = form.responsibilities.iter().enumerate().map(|(row, r)| self.responsibility(doc, row, r)).collect::<Read<_>>()?;
        in_order(doc.responsibilities.iter().map(|r| r.units.first().copied().unwrap_or(r.span)), "responsibilities")?;
        doc.references = form.references.iter().enumerate().map(|(row, r)| self.reference(doc, row, r)).collect::<Read<_>>()?;
        in_order(doc.references.iter().map(|r| r.span), "references")?;
        if let Some(s) = &form.signature {
            let span = self.span(s.span)?;
            let issuer =
                s.issuer.as_ref().map(|i| find(doc, span, i).ok_or_else(|| Error::Json("the signature does not hold its issuer".to_owned()))).transpose()?;
            doc.signature = Some(Signature { span, issuer, date: date(&s.date)? });
        }
        Ok(())
    }

    fn sections(&self) -> Read<Vec<Section>> {
        let mut sections: Vec<Section> = Vec::with_capacity(self.form.sections.len());
        for (row, s) in self.form.sections.iter().enumerate() {
            if s.parent.is_some_and(|p| p as usize >= row) || s.id as usize != row {
                return Err(wrong("sections", row, "parents stand before their children, and every section at its number"));
            }
            let heading = s.heading.as_ref().map(|h| Ok::<_, Error>(Heading { span: self.span(h.span)?, form: h.form })).transpose()?;
            let marker = s.marker.as_ref().map(|m| self.marker(m)).transpose()?;
            let span = self.span(s.span)?;
            if heading.is_some_and(|h| !span.contains(h.span)) || marker.is_some_and(|m| !span.contains(m.span)) {
                return Err(wrong("sections", row, "its marker or its heading stands outside of it"));
            }
            sections.push(Section { parent: s.parent.map(SectionId), level: s.level, marker, heading, role: s.role, span, subtree_end: row as u32 + 1 });
            // The sections around end after this one; one that is closed does not open again.
            let mut above = s.parent;
            while let Some(at) = above {
                let outer = &mut sections[at as usize];
                if outer.subtree_end != row as u32 {
                    return Err(wrong("sections", row, "it stands outside of its parent"));
                }
                outer.subtree_end = row as u32 + 1;
                above = outer.parent.map(|p| p.0);
            }
        }
        in_order(sections.iter().map(|s| s.span), "sections")?;
        Ok(sections)
    }

    fn item(&self, i: &super::Item<'_>) -> Read<Item> {
        let paragraph = row_number(Some(i.paragraph), self.form.paragraphs.len(), "paragraphs")?.unwrap_or_default();
        Ok(Item { paragraph: ParagraphId(paragraph), section: self.section(i.section)?, marker: self.marker(&i.marker)?, span: self.span(i.span)? })
    }

    fn table(&self, t: &Table<'_>) -> Read<model::Table> {
        let row = |r: &super::TableRow<'_>| Ok(model::TableRow { header: r.header, cells: r.cells.iter().map(|c| self.span(c.span)).collect::<Read<_>>()? });
        Ok(model::Table { section: self.section(t.section)?, span: self.span(t.span)?, rows: t.rows.iter().map(row).collect::<Read<_>>()? })
    }

    fn diagnostic(&self, row: usize, d: &super::Finding<'_>) -> Read<Diagnostic> {
        let code = Code::ALL.iter().find(|c| c.as_str() == d.code).ok_or_else(|| wrong("diagnostics", row, "its code is not known"))?;
        let found = Diagnostic::new(*code, self.span(d.span)?, d.message.as_ref(), d.message_zh.as_ref());
        Ok(match d.related {
            Some(related) => found.with_related(self.span(related)?),
            None => found,
        })
    }

    fn metadata(&self, doc: &Document<'_>, row: usize, m: &super::Metadata<'_>) -> Read<Metadata> {
        let span = self.span(m.span)?;
        let label = find(doc, span, &m.label).ok_or_else(|| wrong("metadata", row, "its label is not in it"))?;
        let after = Span::new(label.end, span.end);
        let value = find(doc, after, &m.value).or_else(|| find(doc, span, &m.value)).ok_or_else(|| wrong("metadata", row, "its value is not in it"))?;
        Ok(Metadata { key: m.key, label, value, date: date(&m.date)?, span })
    }

    fn metric(&self, doc: &Document<'_>, row: usize, m: &super::Metric<'_>) -> Read<Metric> {
        let span = self.span(m.span)?;
        let mut metric = Metric {
            span,
            value: m.value.0,
            value_high: decimal(m.value_high),
            unit: Span::at(span.end),
            dimension: m.dimension,
            bound: m.bound,
            subject: m.subject_spans.iter().map(|p| self.span(*p)).collect::<Read<_>>()?,
            modality: m.modality,
            per: None,
            change: None,
            part_of: row_number(m.part_of, self.form.metrics.len(), "metrics")?.map(MetricId),
            period: period(m.period.as_ref())?,
            section: self.section(m.section)?,
        };
        if !m.unit.is_empty() {
            metric.unit = unit(doc, &metric, &m.unit).ok_or_else(|| wrong("metrics", row, "its unit is not in it"))?;
        }
        let near = |what: &Cow<'_, str>, name: &str| beside(doc, span, what).ok_or_else(|| wrong("metrics", row, &format!("its {name} is not beside it")));
        metric.per = m.per.as_ref().map(|per| near(per, "per")).transpose()?;
        if let Some(c) = &m.change {
            let basis = c.basis.as_ref().map(|basis| near(basis, "basis")).transpose()?;
            metric.change = Some(Change { kind: c.kind, from: decimal(c.from), to: decimal(c.to), basis });
        }
        Ok(metric)
    }

    /// Where a word of a row stands: in it or beside it, else in the head of its table, somewhere above.
    fn anywhere(&self, doc: &Document<'_>, span: Span, wanted: &'f str) -> Option<Span> {
        beside(doc, span, wanted).or_else(|| {
            let mut far = self.far.borrow_mut();
            if far.len() >= FAR && !far.contains_key(wanted) {
                return None;
            }
            *far.entry(wanted).or_insert_with(|| find(doc, Span::new(0, doc.text().len() as u32), wanted))
        })
    }

    fn responsibility(&self, doc: &Document<'_>, row: usize, r: &'f super::Responsibility<'_>) -> Read<Responsibility> {
        let span = self.span(r.span)?;
        let find =
            |what: &'f str, name: &str| self.anywhere(doc, span, what).ok_or_else(|| wrong("responsibilities", row, &format!("there is no {name} of it")));
        Ok(Responsibility {
            span,
            role: r.role,
            label: find(&r.label, "label")?,
            units: r.units.iter().map(|u| self.span(u.span)).collect::<Read<_>>()?,
            manner: r.manner.as_ref().map(|m| find(m, "manner")).transpose()?,
            deadline: row_number(r.deadline, self.form.deadlines.len(), "deadlines")?,
            section: self.section(r.section)?,
        })
    }

    fn reference(&self, doc: &Document<'_>, row: usize, r: &super::Reference<'_>) -> Read<Reference> {
        let span = self.span(r.span)?;
        let number = |n: &super::DocumentNumber<'_>| {
            let span = self.span(n.span)?;
            let agency = find(doc, span, &n.agency).ok_or_else(|| wrong("references", row, "its agency is not in its number"))?;
            Ok::<_, Error>(DocumentNumber { span, agency, year: n.year, serial: n.serial })
        };
        let title = r.title.as_ref().map(|t| find(doc, span, t).ok_or_else(|| wrong("references", row, "its title is not in it"))).transpose()?;
        Ok(Reference { span, title, number: r.number.as_ref().map(number).transpose()?, section: self.section(r.section)? })
    }
}

/// How far from its row a word of it may stand, in bytes.
const BESIDE: usize = 3000;

/// Where a reader's text stands in a span or, if it is not there, next to it: last before it, else first behind it.
fn beside(doc: &Document<'_>, span: Span, wanted: &str) -> Option<Span> {
    let text = doc.text();
    let near = text.floor_char_boundary((span.start as usize).saturating_sub(BESIDE));
    let far = text.ceil_char_boundary((span.end as usize + BESIDE).min(text.len()));
    let inside = find(doc, span, wanted);
    let before = || all(doc, Span::new(near as u32, span.start), wanted).last();
    inside.or_else(before).or_else(|| find(doc, Span::new(span.start, far as u32), wanted))
}

/// The first piece of a span that a reader reads as this text.
fn find(doc: &Document<'_>, inside: Span, wanted: &str) -> Option<Span> {
    all(doc, inside, wanted).next()
}

/// The longest text, in bytes, that is looked for where blanks or furniture stand inside.
const LOOSE: usize = 1024;

/// How many letters of furniture may stand inside a word.
const FURNITURE: usize = 400;

/// The pieces of a span that a reader reads as this text.
fn all<'d>(doc: &'d Document<'_>, inside: Span, wanted: &'d str) -> impl Iterator<Item = Span> + 'd {
    let text = &doc.text()[inside.range()];
    let (first, last) = (wanted.chars().next(), wanted.chars().next_back());
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let most = letters(wanted);
    let begins = text.char_indices().filter(move |(_, c)| Some(*c) == first);
    let empty = wanted.is_empty().then(|| Span::at(inside.start));
    let found = begins.filter_map(move |(from, _)| {
        let at = |to: usize| Span::new(inside.start + from as u32, inside.start + to as u32);
        if text[from..].starts_with(wanted) {
            return Some(at(from + wanted.len()));
        }
        let mut seen = 0;
        for (to, c) in text[from..].char_indices().take_while(|_| wanted.len() <= LOOSE) {
            seen += usize::from(!c.is_whitespace());
            let span = at(from + to + c.len_utf8());
            if seen >= most && Some(c) == last && doc.clean(span) == wanted {
                return Some(span);
            }
            if seen > most + FURNITURE {
                break;
            }
        }
        None
    });
    empty.into_iter().chain(found)
}

/// Where a metric's unit stands: in it, last; else behind it, where several numbers share one; else before it.
fn unit(doc: &Document<'_>, metric: &Metric, wanted: &str) -> Option<Span> {
    let text = doc.text();
    let near = text.floor_char_boundary((metric.span.start as usize).saturating_sub(BESIDE));
    let far = text.ceil_char_boundary((metric.span.end as usize + BESIDE).min(text.len()));
    let is = |unit: &Span| doc.unit(&Metric { unit: *unit, ..metric.clone() }) == wanted;
    let longest = wanted.chars().count() + FURNITURE / 10;
    let pieces = |from: usize, to: usize| {
        let mut ends: Vec<u32> = text[from..to].char_indices().map(|(at, _)| (from + at) as u32).collect();
        ends.push(to as u32);
        ends
    };
    let at = |ends: &[u32], from: usize| (from + 1..ends.len().min(from + longest)).map(|to| Span::new(ends[from], ends[to])).find(is);
    let inside = pieces(metric.span.start as usize, metric.span.end as usize);
    let behind = || {
        let ends = pieces(metric.span.end as usize, far);
        (0..ends.len()).find_map(|from| at(&ends, from))
    };
    let before = || {
        let ends = pieces(near, metric.span.start as usize);
        (0..ends.len()).rev().find_map(|from| at(&ends, from))
    };
    (0..inside.len()).rev().find_map(|from| at(&inside, from)).or_else(behind).or_else(before)
}
