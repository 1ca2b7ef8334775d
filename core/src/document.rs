//! The document: flat tables in reading order, joined by ids, and the ways to walk them.
//!
//! Rows hold spans and numbers, never copies of the text. [`Document::slice`] gives the exact text of a span,
//! [`Document::clean`] the same without the line ends and spaces that copying put into it.

use crate::{Diagnostic, Span};
use rust_decimal::Decimal;
use std::borrow::Cow;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the JSON form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(s: &str) -> Result<Self, crate::Error> {
                match s {
                    $($text => Ok($name::$variant),)*
                    _ => Err(crate::Error::Json(format!(concat!("{:?} is no ", stringify!($name)), s))),
                }
            }
        }
    };
}

words! {
    /// What sort of document it is.
    Kind {
        /// 年度报告, 工作报告, 情况报告 on a past year's work in one field.
        AnnualReport = "annual_report",
        /// 政府工作报告 to a people's congress.
        WorkReport = "work_report",
        /// 工作要点, 实施方案, 行动方案, 分工方案, 工作计划.
        WorkPlan = "work_plan",
        /// 通知, 意见, 函, 批复, 若干措施, 政策.
        Notice = "notice",
        /// 条例, 办法, 规定 with 第X条.
        Regulation = "regulation",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// What a header entry tells.
    MetadataKey {
        /// 索引号
        IndexNumber = "index_number",
        /// 文号, 文件编号, 发文字号
        DocumentNumber = "document_number",
        /// 发布机构, 发布单位, 发文机关
        Issuer = "issuer",
        /// 责任部门
        ResponsibleOffice = "responsible_office",
        /// 公开方式
        Disclosure = "disclosure",
        /// 成文日期, 生成日期
        WrittenDate = "written_date",
        /// 发布日期, 发布时间
        PublishedDate = "published_date",
        /// 来源
        Source = "source",
        /// 有效性
        Validity = "validity",
        /// 主题分类
        Topic = "topic",
        /// 编辑, 责任编辑
        Editor = "editor",
        /// Any other labelled entry of a header.
        Other = "other",
    }
}

words! {
    /// The family a marker belongs to.
    MarkerStyle {
        /// 一、
        CnComma = "cn_comma",
        /// (一), 一), ㈠
        CnParen = "cn_paren",
        /// 1., 1、, ⒈
        ArabicDot = "arabic_dot",
        /// (1), 1), ⑴
        ArabicParen = "arabic_paren",
        /// ①
        Circled = "circled",
        /// 1.1, 1.1.1
        Decimal = "decimal",
        /// 第一编, 第一部分
        Part = "part",
        /// 第一章
        Chapter = "chapter",
        /// 第一节
        Division = "division",
        /// 第一条
        Article = "article",
        /// 一是
        ItemShi = "item_shi",
        /// 第一, 首先, 其一
        Ordinal = "ordinal",
    }
}

words! {
    /// How a heading stands in its line.
    HeadingForm {
        /// It fills its line or lines.
        Block = "block",
        /// The section's text goes on in the same line.
        RunIn = "run_in",
    }
}

words! {
    /// What a section is for.
    Role {
        /// 主要举措和成效
        Measures = "measures",
        /// 存在的不足和原因
        Shortcomings = "shortcomings",
        /// 党政主要负责人履行推进法治建设第一责任人职责情况
        Leadership = "leadership",
        /// 下一年度主要安排
        Plan = "plan",
        /// 总体情况
        Overview = "overview",
        /// 工作要求, 组织保障
        Requirements = "requirements",
        /// The task sections of a work plan.
        Tasks = "tasks",
        /// None of these.
        Other = "other",
    }
}

words! {
    /// What kind of quantity a metric is.
    Dimension {
        /// A count of things, people or acts.
        Count = "count",
        /// Per cent.
        Percent = "percent",
        /// 个百分点, 个基点
        PercentagePoint = "percentage_point",
        /// Money.
        Money = "money",
        /// A span of time.
        Duration = "duration",
        /// An area.
        Area = "area",
        /// A length.
        Length = "length",
        /// A mass.
        Mass = "mass",
        /// A volume.
        Volume = "volume",
        /// Energy or power.
        Energy = "energy",
        /// 倍, 三分之一, a rate of two units.
        Ratio = "ratio",
        /// How often.
        Frequency = "frequency",
    }
}

words! {
    /// How a number is hedged.
    Bound {
        /// Not at all.
        Exact = "exact",
        /// 约, 近, 左右
        About = "about",
        /// 余, 多, 超过, 突破
        Over = "over",
        /// 以上, 不少于, 不低于, 至少
        AtLeast = "at_least",
        /// 低于, 不足
        Under = "under",
        /// 以下, 以内, 不超过, 至多
        AtMost = "at_most",
    }
}

words! {
    /// Whether a number reports or demands.
    Modality {
        /// It reports what is or was.
        Actual = "actual",
        /// It is something to reach, to do or to apply.
        Target = "target",
    }
}

words! {
    /// How a number changed.
    ChangeKind {
        /// 由80天缩短至30天
        FromTo = "from_to",
        /// 增长12%
        Increase = "increase",
        /// 下降3.1个百分点
        Decrease = "decrease",
    }
}

words! {
    /// What part a unit takes in a task.
    ResponsibilityRole {
        /// 责任单位
        Responsible = "responsible",
        /// 牵头单位
        Lead = "lead",
        /// 配合单位, 参与单位
        Support = "support",
        /// 督办单位, 监督单位
        Supervise = "supervise",
        /// 责任人, 责任领导
        Person = "person",
    }
}

words! {
    /// What a time expression sets.
    DeadlineKind {
        /// A day by which: 6月底前.
        By = "by",
        /// A span of time within which: 15个工作日内.
        Within = "within",
        /// Again and again: 每季度.
        Recurring = "recurring",
    }
}

words! {
    /// The period of something that recurs.
    Every {
        /// 每天
        Day = "day",
        /// 每周
        Week = "week",
        /// 每月
        Month = "month",
        /// 每季度
        Quarter = "quarter",
        /// 每半年
        HalfYear = "half_year",
        /// 每年
        Year = "year",
    }
}

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

/// A section's row number in [`Document::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// A paragraph's row number in [`Document::paragraphs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParagraphId(pub u32);

/// A metric's row number in [`Document::metrics`].
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

/// A numbered section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The section it lies in.
    pub parent: Option<SectionId>,
    /// Depth in this document; 1 for the outermost.
    pub level: u8,
    /// Its marker.
    pub marker: Marker,
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

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum SubjectsInner {
    #[default]
    None,
    One(Span),
    Many(Box<[Span]>),
}

impl Subjects {
    /// The spans in reading order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        match &self.0 {
            SubjectsInner::None => &[],
            SubjectsInner::One(span) => std::slice::from_ref(span),
            SubjectsInner::Many(spans) => spans,
        }
    }
}

impl FromIterator<Span> for Subjects {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans = spans.into_iter();
        Subjects(match (spans.next(), spans.next()) {
            (None, _) => SubjectsInner::None,
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
    /// 完成时限 inside the same list: its row in [`Document::deadlines`].
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

/// A table's row number in [`Document::tables`].
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

/// One parsed document.
///
/// The tables hold what was found, in reading order. `Document` borrows the text it was parsed from;
/// [`Document::into_owned`] makes it independent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document<'t> {
    pub(crate) text: Cow<'t, str>,
    /// What sort of document.
    pub kind: Option<Kind>,
    /// The document's own title.
    pub title: Option<Span>,
    /// Who issued it.
    pub issuer: Option<Span>,
    /// The jurisdiction, as the text writes it, without 人民政府 or a department.
    pub place: Option<Span>,
    /// The year reported on or planned for.
    pub year: Option<u16>,
    /// Header entries.
    pub metadata: Vec<Metadata>,
    /// Numbered sections; parents before children.
    pub sections: Vec<Section>,
    /// Paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// 一是…二是… items.
    pub items: Vec<Item>,
    /// Metrics.
    pub metrics: Vec<Metric>,
    /// Responsibility lists.
    pub responsibilities: Vec<Responsibility>,
    /// Deadlines and frequencies.
    pub deadlines: Vec<Deadline>,
    /// References to documents.
    pub references: Vec<Reference>,
    /// Tables.
    pub tables: Vec<Table>,
    /// 附件 lines.
    pub attachments: Vec<Span>,
    /// The closing lines.
    pub signature: Option<Signature>,
    /// Text that is no content: navigation, share buttons, a table of contents.
    pub boilerplate: Vec<Span>,
    /// What looks wrong, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'t> Document<'t> {
    pub(crate) fn empty(text: Cow<'t, str>) -> Self {
        Self {
            text,
            kind: None,
            title: None,
            issuer: None,
            place: None,
            year: None,
            metadata: Vec::new(),
            sections: Vec::new(),
            paragraphs: Vec::new(),
            items: Vec::new(),
            metrics: Vec::new(),
            responsibilities: Vec::new(),
            deadlines: Vec::new(),
            references: Vec::new(),
            tables: Vec::new(),
            attachments: Vec::new(),
            signature: None,
            boilerplate: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The text that was parsed; every span is a range of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The kind; [`Kind::Other`] where nothing says.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Other)
    }

    /// The exact text of a span.
    ///
    /// # Panics
    /// If the span is not one of this document's.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The text of a span as a reader sees it: without line ends inside words, `&nbsp;`, zero-width
    /// characters and the spaces between Chinese characters. Borrowed when there is nothing to remove.
    #[must_use]
    pub fn clean(&self, span: Span) -> Cow<'_, str> {
        crate::view::clean_around(self.slice(span), span.start, self.furniture_inside(span))
    }

    /// Page numbers and the like that stand inside a span.
    fn furniture_inside(&self, span: Span) -> &[Span] {
        let from = self.boilerplate.partition_point(|b| b.start < span.start);
        let to = self.boilerplate.partition_point(|b| b.end <= span.end && b.start < span.end);
        // A piece of furniture is clean of itself.
        self.boilerplate.get(from..to).filter(|inside| **inside != [span]).unwrap_or_default()
    }

    /// A metric's unit as a reader writes it: `%` for 百分之八十, whose unit stands before the number.
    #[must_use]
    pub fn unit(&self, metric: &Metric) -> Cow<'_, str> {
        let written = self.clean(metric.unit);
        if written == "百分之" { Cow::Borrowed("%") } else { written }
    }

    /// Makes the document independent of the text it was parsed from.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        Document { text: Cow::Owned(self.text.into_owned()), ..self }
    }

    /// The outermost sections.
    pub fn outline(&self) -> impl Iterator<Item = SectionRef<'_>> {
        self.siblings(0, self.sections.len() as u32)
    }

    /// Every section in reading order.
    pub fn all_sections(&self) -> impl Iterator<Item = SectionRef<'_>> {
        (0..self.sections.len() as u32).map(|i| self.section(SectionId(i)))
    }

    /// A section with its document, to walk from.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn section(&self, id: SectionId) -> SectionRef<'_> {
        SectionRef { document: self, row: &self.sections[id.index()], id }
    }

    /// The innermost section that holds a byte offset.
    #[must_use]
    pub fn section_at(&self, offset: u32) -> Option<SectionRef<'_>> {
        let after = self.sections.partition_point(|s| s.span.start <= offset);
        let mut id = SectionId(after.checked_sub(1)? as u32);
        loop {
            let section = &self.sections[id.index()];
            if offset < section.span.end {
                return Some(self.section(id));
            }
            id = section.parent?;
        }
    }

    /// The headings above a place, outermost first: where a person would say it stands.
    #[must_use]
    pub fn heading_path(&self, section: Option<SectionId>) -> Vec<Cow<'_, str>> {
        let mut path: Vec<_> = section
            .into_iter()
            .flat_map(|id| std::iter::once(self.section(id)).chain(self.section(id).ancestors()))
            .map(|s| s.heading_text().unwrap_or_else(|| self.clean(s.row.marker.span)))
            .collect();
        path.reverse();
        path
    }

    fn siblings(&self, from: u32, to: u32) -> impl Iterator<Item = SectionRef<'_>> {
        let mut next = from;
        std::iter::from_fn(move || {
            (next < to).then(|| {
                let section = self.section(SectionId(next));
                next = section.row.subtree_end.max(next + 1);
                section
            })
        })
    }
}

/// A section together with its document.
///
/// ```
/// let doc = gongwen::parse("一、总体情况\n（一）学法。全年学法4次。\n二、存在的问题\n");
/// let first = doc.outline().next().unwrap();
/// assert_eq!(first.heading_text().unwrap(), "总体情况");
/// let child = first.children().next().unwrap();
/// assert_eq!(child.path(), "一/（一）");
/// assert_eq!(child.own_text(), "全年学法4次。");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SectionRef<'d> {
    document: &'d Document<'d>,
    /// The section's row.
    pub row: &'d Section,
    /// The section's id.
    pub id: SectionId,
}

impl<'d> SectionRef<'d> {
    /// The section it lies in.
    #[must_use]
    pub fn parent(self) -> Option<SectionRef<'d>> {
        self.row.parent.map(|id| self.document.section(id))
    }

    /// The sections it lies in, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = SectionRef<'d>> {
        std::iter::successors(self.parent(), |s| s.parent())
    }

    /// The sections directly inside, in order.
    pub fn children(self) -> impl Iterator<Item = SectionRef<'d>> {
        self.document.siblings(self.id.0 + 1, self.row.subtree_end)
    }

    /// All sections inside, at any depth, in order.
    pub fn descendants(self) -> impl Iterator<Item = SectionRef<'d>> {
        (self.id.0 + 1..self.row.subtree_end).map(move |i| self.document.section(SectionId(i)))
    }

    /// The heading as a reader sees it.
    #[must_use]
    pub fn heading_text(self) -> Option<Cow<'d, str>> {
        self.row.heading.map(|h| self.document.clean(h.span))
    }

    /// The whole section's exact text, marker, heading and children included.
    #[must_use]
    pub fn text(self) -> &'d str {
        self.document.slice(self.row.span)
    }

    /// The paragraphs directly in this section.
    pub fn paragraphs(self) -> impl Iterator<Item = &'d Paragraph> {
        let rows = &self.document.paragraphs;
        let from = rows.partition_point(|p| p.span.start < self.row.span.start);
        let end = self.row.span.end;
        rows[from..].iter().take_while(move |p| p.span.start < end).filter(move |p| p.section == Some(self.id))
    }

    /// The text of the paragraphs directly in this section, one a line.
    #[must_use]
    pub fn own_text(self) -> String {
        let lines: Vec<_> = self.paragraphs().map(|p| self.document.clean(p.span)).collect();
        lines.join("\n")
    }

    /// The markers from the outermost section to this one, 一/（一）: a stable name within the document.
    #[must_use]
    pub fn path(self) -> String {
        let mut markers: Vec<_> = std::iter::once(self).chain(self.ancestors()).map(SectionRef::short_marker).collect();
        markers.reverse();
        markers.join("/")
    }

    /// The marker without the comma or point that closes it.
    fn short_marker(self) -> String {
        let text = self.document.clean(self.row.marker.span);
        text.trim_end_matches(['、', '.', '．', ',', '，', ' ']).to_owned()
    }
}
