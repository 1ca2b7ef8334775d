//! The rows of the tables. They hold spans and numbers, never copies of the text.

use super::vocabulary::*;
use crate::Span;
use rust_decimal::Decimal;

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day of the week, 0 being Monday.
    pub(crate) fn weekday(self) -> u8 {
        // January and February count as the last months of the year before: Zeller's congruence, from Saturday on.
        let (month, year) = if self.month < 3 { (self.month + 12, self.year - 1) } else { (self.month, self.year) };
        let (month, year) = (u32::from(month), u32::from(year));
        let from_saturday = u32::from(self.day) + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400;
        ((from_saturday + 5) % 7) as u8
    }

    /// The day, if there is such a day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let ok = (1..=9999).contains(&year) && day >= 1 && day <= Self::days_in(year, month);
        ok.then_some(Self { year, month, day })
    }

    /// Days in the month; 0 for a month that does not exist.
    #[must_use]
    pub const fn days_in(year: u16, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            _ => 0,
        }
    }
}

impl std::fmt::Display for Date {
    /// ISO 8601: `2024-06-30`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = crate::Error;
    fn from_str(s: &str) -> Result<Self, crate::Error> {
        let part = |r: std::ops::Range<usize>| s.get(r).and_then(|p| p.parse().ok());
        let date = (s.len() == 10).then(|| Date::new(part(0..4)?, part(5..7)? as u8, part(8..10)? as u8)).flatten();
        date.ok_or_else(|| crate::Error::Json(format!("{s:?} is no date")))
    }
}

/// A section's row number in [`Document::sections`](crate::Document::sections).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// A paragraph's row number in [`Document::paragraphs`](crate::Document::paragraphs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParagraphId(pub u32);

/// A metric's row number in [`Document::metrics`](crate::Document::metrics).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MetricId(pub u32);

impl SectionId {
    /// The row number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ParagraphId {
    /// The row number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl MetricId {
    /// The row number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entry of the document's header: 索引号：…
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata {
    /// What it tells.
    pub key: MetadataKey,
    /// The label as written, 索引号. Empty where the entry has none.
    pub label: Span,
    /// The value as written.
    pub value: Span,
    /// The value as a day, for entries that are dates.
    pub date: Option<Date>,
    /// Label and value.
    pub span: Span,
}

/// A numbering marker: (一), 3., 一是.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marker {
    /// Its family.
    pub style: MarkerStyle,
    /// Its number. Of 1.2.3 the last.
    pub number: u32,
    /// Where it stands, brackets and point included.
    pub span: Span,
}

/// A section's heading, without marker and final punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Heading {
    /// Where it stands.
    pub span: Span,
    /// How it stands.
    pub form: HeadingForm,
}

/// A section: what a numbered line opens, or an unnumbered heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The section it lies in.
    pub parent: Option<SectionId>,
    /// Depth in this document; 1 for the outermost.
    pub level: u8,
    /// Its marker; `None` where an unnumbered heading opens it, which then has a heading.
    pub marker: Option<Marker>,
    /// Its heading, if it has one.
    pub heading: Option<Heading>,
    /// What it is for.
    pub role: Role,
    /// The whole section with its children.
    pub span: Span,
    /// The row after the last section inside this one; its descendants are the rows between.
    pub subtree_end: u32,
}

/// A paragraph: text that stands in the lead, in a section, or after a run-in heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paragraph {
    /// The innermost section that holds it; `None` in the lead.
    pub section: Option<SectionId>,
    /// Where it stands. A numbered paragraph begins after its marker, one after a run-in heading after that.
    pub span: Span,
    /// The first sentence, where it names the theme of an unnumbered paragraph.
    pub topic: Option<Span>,
}

/// One of 一是…二是…, inside a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// The paragraph that holds it.
    pub paragraph: ParagraphId,
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
    /// Its marker.
    pub marker: Marker,
    /// From the marker to the next item of its list or the paragraph's end.
    pub span: Span,
}

/// How a number changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// In what way.
    pub kind: ChangeKind,
    /// The number before, for [`ChangeKind::FromTo`].
    pub from: Option<Decimal>,
    /// The number after, for [`ChangeKind::FromTo`].
    pub to: Option<Decimal>,
    /// What it is compared with: 同比, 环比, 比上年.
    pub basis: Option<Span>,
}

/// The days a number covers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// A number with a unit that states how much or how many of something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// Number, unit and the qualifiers that touch them: 300余件.
    pub span: Span,
    /// The value, 万 and 亿 multiplied out; the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_high: Option<Decimal>,
    /// The unit as written, without numeral, 余 and multiplier; empty where there is none.
    pub unit: Span,
    /// What kind of quantity.
    pub dimension: Dimension,
    /// How it is hedged.
    pub bound: Bound,
    /// What is counted or measured; several when they share the number.
    pub subject: Subjects,
    /// Whether it reports or demands.
    pub modality: Modality,
    /// 每半年, 每人每年, 人均.
    pub per: Option<Span>,
    /// How the number changed, or that it is a change.
    pub change: Option<Change>,
    /// The metric this one is a part of (其中…).
    pub part_of: Option<MetricId>,
    /// The days it covers, where the text says.
    pub period: Option<Period>,
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
}

/// The subjects of a metric: none, one (the common case, stored in place) or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects(SubjectsInner);

#[derive(Clone, Debug, PartialEq, Eq)]
enum SubjectsInner {
    One(Span),
    /// None or several; none takes no memory of its own, and no third case makes the row longer.
    Many(Box<[Span]>),
}

impl Default for SubjectsInner {
    fn default() -> Self {
        Self::Many(Box::default())
    }
}

impl Subjects {
    /// The spans in reading order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        match &self.0 {
            SubjectsInner::One(span) => std::slice::from_ref(span),
            SubjectsInner::Many(spans) => spans,
        }
    }
}

impl FromIterator<Span> for Subjects {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans = spans.into_iter();
        Subjects(match (spans.next(), spans.next()) {
            (None, _) => SubjectsInner::default(),
            (Some(one), None) => SubjectsInner::One(one),
            (Some(a), Some(b)) => SubjectsInner::Many([a, b].into_iter().chain(spans).collect()),
        })
    }
}

impl std::ops::Deref for Subjects {
    type Target = [Span];
    fn deref(&self) -> &[Span] {
        self.as_slice()
    }
}

/// A list of units and the part they take in a task. 责任单位
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Responsibility {
    /// The whole list: its bracket, its line or the clause that assigns.
    pub span: Span,
    /// The part the units take.
    pub role: ResponsibilityRole,
    /// The label as written, 责任单位; empty where there is none.
    pub label: Span,
    /// The units, in order.
    pub units: Vec<Span>,
    /// How they share the work: 按职责分工分别负责.
    pub manner: Option<Span>,
    /// 完成时限 inside the same list: its row in [`Document::deadlines`](crate::Document::deadlines).
    pub deadline: Option<u32>,
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
}

/// A day, a span of time or a frequency set for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// Where it stands: 6月底前.
    pub span: Span,
    /// What it sets.
    pub kind: DeadlineKind,
    /// The day, where the text and the plan's year leave no doubt.
    pub date: Option<Date>,
    /// The period, for [`DeadlineKind::Recurring`].
    pub every: Option<Every>,
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
}

/// A document number: 陕政办发〔2023〕25号.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentNumber {
    /// Where it stands.
    pub span: Span,
    /// The agency's code, 陕政办发.
    pub agency: Span,
    /// The year, 2023.
    pub year: u16,
    /// The serial number, 25.
    pub serial: u32,
}

/// A document that is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// From 《 or the number's first character to the end of both.
    pub span: Span,
    /// The title without its outer 《》.
    pub title: Option<Span>,
    /// The document number.
    pub number: Option<DocumentNumber>,
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
}

/// The closing lines: who signed, and when. 落款
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signature {
    /// Issuer and date.
    pub span: Span,
    /// Who signed.
    pub issuer: Option<Span>,
    /// When.
    pub date: Option<Date>,
}

/// A table's row number in [`Document::tables`](crate::Document::tables).
pub type TableId = u32;

/// A table, its merged cells expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The innermost section that holds it.
    pub section: Option<SectionId>,
    /// From the first cell to the last.
    pub span: Span,
    /// The rows from top to bottom.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableRow {
    /// Whether it names the columns.
    pub header: bool,
    /// The cells from left to right; a merged cell appears once for each place it covers.
    pub cells: Vec<Span>,
}

/// The code of an administrative division: the six digits of GB/T 2260.
///
/// ```
/// let code = gongwen::PlaceCode(450128);
/// assert_eq!((code.to_string(), code.prefecture(), code.province()), ("450128".into(), gongwen::PlaceCode(450100), gongwen::PlaceCode(450000)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceCode(pub u32);

impl PlaceCode {
    /// The province that it lies in, or itself.
    #[must_use]
    pub fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The prefecture that it lies in, or itself.
    #[must_use]
    pub fn prefecture(self) -> Self {
        Self(self.0 / 100 * 100)
    }
}

impl std::fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:06}", self.0)
    }
}
