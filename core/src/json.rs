//! The JSON form `gongwen/1`: what files, Python's `to_dict` and JavaScript's objects share.
//!
//! The types here are the boundary; the model's own types stay free to change. Spans are in the unit that
//! `offset_encoding` names. `spec/gongwen-1.schema.json` is their schema, and a test holds it in step.

use crate::document as model;
mod read;

use crate::{
    Bound, ChangeKind, DeadlineKind, Dimension, Document, Every, HeadingForm, Kind, MarkerStyle, MetadataKey, Modality, OffsetEncoding, OffsetIndex,
    ResponsibilityRole, Role, Severity, Span,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::io;

/// The schema's name and version.
pub const SCHEMA: &str = "gongwen/1";

macro_rules! serde_words {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                <Cow<'de, str>>::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let words: Vec<&str> = Self::ALL.iter().map(|w| w.as_str()).collect();
                schemars::json_schema!({ "type": "string", "enum": words })
            }
        }
    )*};
}

serde_words!(Kind, MetadataKey, MarkerStyle, HeadingForm, Role, Dimension, Bound, Modality, ChangeKind, ResponsibilityRole, DeadlineKind, Every);

/// A number, written as a JSON number: an integer where it is one, else with its decimals.
///
/// JSON readers keep 15 significant digits of a fraction exactly; reports have never needed more.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Number(#[cfg_attr(feature = "schema", schemars(with = "f64"))] pub Decimal);

impl Number {
    /// The number itself, where it is an integer.
    fn integer(self) -> Option<i64> {
        let exact = self.0.normalize();
        i64::try_from(exact.mantissa()).ok().filter(|_| exact.scale() == 0)
    }

    /// The double nearest to the number.
    #[must_use]
    pub fn double(self) -> f64 {
        let (mantissa, scale) = (self.0.mantissa().unsigned_abs(), self.0.scale());
        // Both are doubles, so their quotient is the nearest.
        let size = if mantissa < 1 << 53 && scale <= 19 { mantissa as f64 / 10u64.pow(scale) as f64 } else { nearest(mantissa, 10u128.pow(scale)) };
        if self.0.is_sign_negative() { -size } else { size }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.integer() {
            Some(n) => s.serialize_i64(n),
            None => s.serialize_f64(self.double()),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let n = serde_json::Number::deserialize(d)?.to_string();
        let exact = n.parse().or_else(|_| Decimal::from_scientific(&n));
        exact.map(Number).map_err(serde::de::Error::custom)
    }
}

/// A place: `[start, end]`.
pub type Place = (u32, u32);

macro_rules! form {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // each mirrors the field of the model's type of the same name
        pub struct $name<'a> { $($(#[$fdoc])* pub $field: $ty,)* }
    )*};
}

/// What a form has only where it was asked for: left out, not `null`, where it was not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Layer<T>(pub Option<T>);

impl<T> Layer<T> {
    /// Whether it was not asked for.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Layer(None)
    }
}

/// Text and its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Named<'a> {
    /// The text as a reader sees it.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub span: Place,
}

/// How a number changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in the model
pub struct Change<'a> {
    pub kind: ChangeKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Number>,
    pub basis: Option<Cow<'a, str>>,
}

form! {
    /// A whole document.
    Form {
        schema: Cow<'a, str>,
        offset_encoding: Cow<'a, str>,
        /// The text that spans refer to; `null` when that is the input as given.
        text: Option<Cow<'a, str>>,
        kind: Kind,
        title: Option<Named<'a>>,
        issuer: Option<Named<'a>>,
        place: Option<Named<'a>>,
        /// The six digits of GB/T 2260 in the document's year; `null` where more than one division may be meant.
        place_code: Option<Cow<'a, str>>,
        year: Option<u16>,
        metadata: Vec<Metadata<'a>>,
        sections: Vec<Section<'a>>,
        paragraphs: Vec<Paragraph<'a>>,
        items: Vec<Item<'a>>,
        metrics: Vec<Metric<'a>>,
        responsibilities: Vec<Responsibility<'a>>,
        deadlines: Vec<Deadline<'a>>,
        references: Vec<Reference<'a>>,
        tables: Vec<Table<'a>>,
        attachments: Vec<Named<'a>>,
        signature: Option<Signature<'a>>,
        boilerplate: Vec<Place>,
        /// The version of the dictionary of `indicators`.
        #[serde(default, skip_serializing_if = "Layer::is_none")]
        dictionary: Layer<Cow<'a, str>>,
        /// Numbers under the names by which they can be compared (feature `indicators`).
        #[serde(default, skip_serializing_if = "Layer::is_none")]
        indicators: Layer<Vec<Indicator<'a>>>,
        diagnostics: Vec<Finding<'a>>,
    }

    /// An entry of the header.
    Metadata { key: MetadataKey, label: Cow<'a, str>, value: Cow<'a, str>, date: Option<Cow<'a, str>>, span: Place, }

    /// A numbering marker.
    Marker { text: Cow<'a, str>, style: MarkerStyle, number: u32, span: Place, }

    /// A heading.
    Heading { text: Cow<'a, str>, span: Place, form: HeadingForm, }

    /// A section.
    Section {
        id: u32,
        parent: Option<u32>,
        level: u8,
        path: Cow<'a, str>,
        /// `null` where an unnumbered heading opens the section.
        marker: Option<Marker<'a>>,
        heading: Option<Heading<'a>>,
        role: Role,
        span: Place,
    }

    /// A paragraph.
    Paragraph { id: u32, section: Option<u32>, span: Place, topic: Option<Named<'a>>, }

    /// An item.
    Item { id: u32, paragraph: u32, section: Option<u32>, marker: Marker<'a>, span: Place, }

    /// A metric.
    Metric {
        id: u32,
        section: Option<u32>,
        span: Place,
        text: Cow<'a, str>,
        value: Number,
        value_high: Option<Number>,
        unit: Cow<'a, str>,
        dimension: Dimension,
        bound: Bound,
        subject: Vec<Cow<'a, str>>,
        /// Where each subject stands.
        subject_spans: Vec<Place>,
        modality: Modality,
        per: Option<Cow<'a, str>>,
        change: Option<Change<'a>>,
        part_of: Option<u32>,
        period: Option<Period<'a>>,
    }

    /// The days a number covers.
    Period { from: Cow<'a, str>, to: Cow<'a, str>, }

    /// A unit that is responsible.
    Unit { name: Cow<'a, str>, span: Place, }

    /// A list of responsible units.
    Responsibility {
        id: u32,
        section: Option<u32>,
        span: Place,
        role: ResponsibilityRole,
        label: Cow<'a, str>,
        units: Vec<Unit<'a>>,
        manner: Option<Cow<'a, str>>,
        /// The row of 完成时限 in `deadlines`.
        deadline: Option<u32>,
    }

    /// A deadline or frequency.
    Deadline {
        id: u32,
        section: Option<u32>,
        span: Place,
        text: Cow<'a, str>,
        kind: DeadlineKind,
        date: Option<Cow<'a, str>>,
        every: Option<Every>,
    }

    /// A document number.
    DocumentNumber { text: Cow<'a, str>, agency: Cow<'a, str>, year: u16, serial: u32, span: Place, }

    /// A reference.
    Reference {
        id: u32,
        section: Option<u32>,
        span: Place,
        title: Option<Cow<'a, str>>,
        number: Option<DocumentNumber<'a>>,
    }

    /// A table.
    Table { id: u32, section: Option<u32>, span: Place, rows: Vec<TableRow<'a>>, }

    /// A row of a table.
    TableRow { header: bool, cells: Vec<Named<'a>>, }

    /// The closing lines.
    Signature { issuer: Option<Cow<'a, str>>, date: Option<Cow<'a, str>>, span: Place, }

    /// An indicator: a number, or words in its place, under its name.
    Indicator {
        id: Cow<'a, str>,
        /// The metric that holds the number; `null` for words.
        metric: Option<u32>,
        /// Signed; `null` where words set it without a number.
        value: Option<Number>,
        unit: Cow<'a, str>,
        /// `value`, `zero`, `all`, `relative`.
        status: Cow<'a, str>,
        modality: Modality,
        period: Option<Period<'a>>,
        /// `average`, `cumulative`; `null` where it is of one year.
        basis: Option<Cow<'a, str>>,
        /// `jurisdiction`, `government`, `all`, `department`, `system`.
        scope: Cow<'a, str>,
        span: Place,
    }

    /// A diagnostic.
    Finding {
        code: Cow<'a, str>,
        severity: Cow<'a, str>,
        message: Cow<'a, str>,
        message_zh: Cow<'a, str>,
        span: Place,
        related: Option<Place>,
    }
}

impl Document<'_> {
    /// The JSON form, with spans in `encoding`.
    ///
    /// `text` is left `null`: it is the input as given. Set [`Form::text`] where it is not.
    ///
    /// ```
    /// use gongwen::OffsetEncoding;
    /// let doc = gongwen::parse("一、总体情况\n全年学法4次。\n");
    /// let form = doc.to_form(OffsetEncoding::Utf32);
    /// assert_eq!(form.metrics[0].text, "4次");
    /// assert_eq!(form.metrics[0].span, (11, 13));
    /// ```
    #[must_use]
    pub fn to_form(&self, encoding: OffsetEncoding) -> Form<'_> {
        Border { doc: self, index: OffsetIndex::new(self.text(), encoding) }.form()
    }

    /// The JSON form as one line of text.
    #[must_use]
    pub fn to_json(&self, encoding: OffsetEncoding) -> String {
        self.to_form(encoding).to_json()
    }
}

impl Form<'_> {
    /// The form as one line of text.
    ///
    /// The same that `serde_json::to_string` gives, only that numbers never take an exponent.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        // A form has no map whose keys are no strings, and a vector takes everything: neither can fail.
        let _ = self.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Plain));
        String::from_utf8(out).unwrap_or_default()
    }
}

/// Writes a double without an exponent. With up to 15 digits that is the decimal itself.
struct Plain;

impl serde_json::ser::Formatter for Plain {
    fn write_f64<W: io::Write + ?Sized>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        write!(out, "{value}")
    }
}

/// The double nearest to `m / d`, of two equally near the even one.
fn nearest(m: u128, d: u128) -> f64 {
    let (mut quotient, mut rest) = (m / d, m % d);
    let mut exponent = 0u64;
    while quotient >> 54 == 0 && rest > 0 {
        rest <<= 1;
        quotient = quotient << 1 | u128::from(rest >= d);
        rest -= if rest >= d { d } else { 0 };
        exponent += 1;
    }
    // Two bits more than a double has, or it is exact: the lowest may stand for all that is cut off.
    let rounded = (quotient | u128::from(rest > 0)) as f64;
    rounded * f64::from_bits((1023 - exponent) << 52)
}

/// Where the model's bytes become another language's offsets.
struct Border<'d> {
    doc: &'d Document<'d>,
    index: OffsetIndex<'d>,
}

impl<'d> Border<'d> {
    fn place(&self, span: Span) -> Place {
        self.index.encode_span(span)
    }

    fn text(&self, span: Span) -> Cow<'d, str> {
        self.doc.clean(span)
    }

    fn named(&self, span: Span) -> Named<'d> {
        Named { text: self.text(span), span: self.place(span) }
    }

    fn marker(&self, m: &model::Marker) -> Marker<'d> {
        Marker { text: self.text(m.span), style: m.style, number: m.number, span: self.place(m.span) }
    }

    fn form(&self) -> Form<'d> {
        Form { dictionary: self.dictionary(), indicators: self.indicators(), ..self.plain() }
    }

    /// The form without what is found anew at each call.
    fn plain(&self) -> Form<'d> {
        let doc = self.doc;
        Form {
            schema: SCHEMA.into(),
            offset_encoding: self.index.encoding().as_str().into(),
            text: None,
            kind: doc.kind(),
            title: self.maybe_named(doc.title),
            issuer: self.maybe_named(doc.issuer),
            place: self.maybe_named(doc.place),
            place_code: doc.place_code.map(|c| c.to_string().into()),
            year: doc.year,
            metadata: self.metadata().collect(),
            sections: self.sections().collect(),
            paragraphs: self.paragraphs().collect(),
            items: self.items().collect(),
            metrics: self.metrics().collect(),
            responsibilities: self.responsibilities().collect(),
            deadlines: self.deadlines().collect(),
            references: self.references().collect(),
            tables: self.tables().collect(),
            attachments: self.attachments().collect(),
            signature: self.signature(),
            boilerplate: self.boilerplate().collect(),
            dictionary: Layer(None),
            indicators: Layer(None),
            diagnostics: self.diagnostics().collect(),
        }
    }

    fn maybe_named(&self, span: Option<Span>) -> Option<Named<'d>> {
        span.map(|s| self.named(s))
    }

    fn metadata(&self) -> impl Iterator<Item = Metadata<'d>> {
        self.doc.metadata.iter().map(|m| Metadata {
            key: m.key,
            label: self.text(m.label),
            value: self.text(m.value),
            date: m.date.map(iso),
            span: self.place(m.span),
        })
    }

    fn sections(&self) -> impl Iterator<Item = Section<'d>> {
        self.doc.all_sections().map(|s| Section {
            id: s.id.0,
            parent: s.row.parent.map(|p| p.0),
            level: s.row.level,
            path: s.path().into(),
            marker: s.row.marker.as_ref().map(|m| self.marker(m)),
            heading: s.row.heading.map(|h| Heading { text: self.text(h.span), span: self.place(h.span), form: h.form }),
            role: s.row.role,
            span: self.place(s.row.span),
        })
    }

    fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'d>> {
        rows(&self.doc.paragraphs).map(|(id, p)| Paragraph { id, section: p.section.map(|s| s.0), span: self.place(p.span), topic: self.maybe_named(p.topic) })
    }

    fn items(&self) -> impl Iterator<Item = Item<'d>> {
        rows(&self.doc.items).map(|(id, i)| Item {
            id,
            paragraph: i.paragraph.0,
            section: i.section.map(|s| s.0),
            marker: self.marker(&i.marker),
            span: self.place(i.span),
        })
    }

    fn metrics(&self) -> impl Iterator<Item = Metric<'d>> {
        rows(&self.doc.metrics).map(|(id, m)| Metric {
            id,
            section: m.section.map(|s| s.0),
            span: self.place(m.span),
            text: self.text(m.span),
            value: Number(m.value),
            value_high: m.value_high.map(Number),
            unit: self.doc.unit(m),
            dimension: m.dimension,
            bound: m.bound,
            subject: m.subject.iter().map(|s| self.text(*s)).collect(),
            subject_spans: m.subject.iter().map(|s| self.place(*s)).collect(),
            modality: m.modality,
            per: m.per.map(|s| self.text(s)),
            change: m.change.map(|c| Change { kind: c.kind, from: c.from.map(Number), to: c.to.map(Number), basis: c.basis.map(|s| self.text(s)) }),
            part_of: m.part_of.map(|i| i.0),
            period: m.period.map(|p| Period { from: iso(p.from), to: iso(p.to) }),
        })
    }

    fn responsibilities(&self) -> impl Iterator<Item = Responsibility<'d>> {
        rows(&self.doc.responsibilities).map(|(id, r)| Responsibility {
            id,
            section: r.section.map(|s| s.0),
            span: self.place(r.span),
            role: r.role,
            label: self.text(r.label),
            units: r.units.iter().map(|u| Unit { name: self.text(*u), span: self.place(*u) }).collect(),
            manner: r.manner.map(|m| self.text(m)),
            deadline: r.deadline,
        })
    }

    fn deadlines(&self) -> impl Iterator<Item = Deadline<'d>> {
        rows(&self.doc.deadlines).map(|(id, d)| Deadline {
            id,
            section: d.section.map(|s| s.0),
            span: self.place(d.span),
            text: self.text(d.span),
            kind: d.kind,
            date: d.date.map(iso),
            every: d.every,
        })
    }

    fn references(&self) -> impl Iterator<Item = Reference<'d>> {
        rows(&self.doc.references).map(|(id, r)| Reference {
            id,
            section: r.section.map(|s| s.0),
            span: self.place(r.span),
            title: r.title.map(|t| self.text(t)),
            number: r.number.map(|n| DocumentNumber {
                text: self.text(n.span),
                agency: self.text(n.agency),
                year: n.year,
                serial: n.serial,
                span: self.place(n.span),
            }),
        })
    }

    fn tables(&self) -> impl Iterator<Item = Table<'d>> {
        let row = |r: &model::TableRow| TableRow { header: r.header, cells: r.cells.iter().map(|c| self.named(*c)).collect() };
        rows(&self.doc.tables).map(move |(id, t)| Table {
            id,
            section: t.section.map(|s| s.0),
            span: self.place(t.span),
            rows: t.rows.iter().map(row).collect(),
        })
    }

    fn attachments(&self) -> impl Iterator<Item = Named<'d>> {
        self.doc.attachments.iter().map(|s| self.named(*s))
    }

    fn signature(&self) -> Option<Signature<'d>> {
        self.doc.signature.map(|s| Signature { issuer: s.issuer.map(|i| self.text(i)), date: s.date.map(iso), span: self.place(s.span) })
    }

    fn boilerplate(&self) -> impl Iterator<Item = Place> {
        self.doc.boilerplate.iter().map(|s| self.place(*s))
    }

    #[cfg(not(feature = "indicators"))]
    fn dictionary(&self) -> Layer<Cow<'d, str>> {
        Layer(None)
    }

    #[cfg(not(feature = "indicators"))]
    fn indicators(&self) -> Layer<Vec<Indicator<'d>>> {
        Layer(None)
    }

    #[cfg(feature = "indicators")]
    fn dictionary(&self) -> Layer<Cow<'d, str>> {
        Layer(Some(crate::indicators::Dictionary::built_in().version().into()))
    }

    #[cfg(feature = "indicators")]
    fn indicators(&self) -> Layer<Vec<Indicator<'d>>> {
        let row = |row: &crate::indicators::Indicator<'d>| Indicator {
            id: row.entry.id.as_str().into(),
            metric: row.metric.map(|m| m.0),
            value: row.value.map(Number),
            unit: row.unit.into(),
            status: row.status.as_str().into(),
            modality: row.modality,
            period: row.period.map(|(from, to)| Period { from: iso(from), to: iso(to) }),
            basis: row.basis.map(|b| b.as_str().into()),
            scope: row.scope.as_str().into(),
            span: self.place(row.span),
        };
        Layer(Some(self.doc.indicators().iter().map(row).collect()))
    }

    fn diagnostics(&self) -> impl Iterator<Item = Finding<'d>> {
        self.doc.diagnostics.iter().map(|d| Finding {
            code: d.code.as_str().into(),
            severity: Severity::as_str(d.severity).into(),
            message: d.message.as_str().into(),
            message_zh: d.message_zh.as_str().into(),
            span: self.place(d.span),
            related: d.related.map(|s| self.place(s)),
        })
    }
}

/// The rows of a table with their numbers.
fn rows<T>(table: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (0..).zip(table)
}

fn iso<'a>(date: crate::Date) -> Cow<'a, str> {
    date.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn text(n: &str) -> String {
        let mut out = Vec::new();
        Number(n.parse().unwrap()).serialize(&mut serde_json::Serializer::with_formatter(&mut out, Plain)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_decimal_is_its_digits() {
        for n in ["0", "3", "98.5", "-0.07", "12345.6789", "0.000012", "999999999999.999", "9223372036854775807"] {
            assert_eq!(text(n), n);
        }
        assert_eq!(text("98.50"), "98.5");
        assert_eq!(text("1200.00"), "1200");
        assert_eq!(text("-0"), "0");
    }

    #[test]
    fn long_fractions_are_the_doubles_next_to_them() {
        for (n, d) in [(1, 3), (2, 3), (10, 11), (22, 7), (1, 7_000), (9_999_999, 3), (1, 97)] {
            let n = Decimal::from(n) / Decimal::from(d);
            let double: f64 = n.to_string().parse().unwrap();
            assert_eq!(Number(n).double(), double);
            assert_eq!(text(&n.to_string()), double.to_string());
        }
    }

    #[test]
    fn numbers_are_rounded_as_the_standard_library_reads_them() {
        let mut seed = 7u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = Decimal::from_i128_with_scale((i128::from(seed) << (seed >> 59)) >> (seed >> 58 & 31), (seed >> 8) as u32 % 29);
            assert_eq!(Number(n).double(), n.to_string().parse::<f64>().unwrap(), "{n}");
        }
    }
}
