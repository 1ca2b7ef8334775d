//! From a paragraph's anchors to facts.

pub(crate) mod deadline;
pub(crate) mod metric;
pub(crate) mod reference;
pub(crate) mod responsibility;
pub(crate) mod table;
pub(crate) mod words;

use crate::frame::Frame;
use crate::grammar::bracket::Pairs;
use crate::lexicon::duties::DUTIES;
use crate::scan::{Anchor, Class, WIDE};
use crate::view::View;
use crate::{Date, Deadline, Diagnostic, Kind, Metric, Reference, Responsibility, Role, SectionId, Span};

/// A paragraph, ready to be read: its text without noise, its anchors, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage<'v> {
    /// The text, and the way back to spans.
    pub(crate) view: View<'v>,
    /// The characters that matter, in order.
    pub(crate) anchors: &'v [Anchor],
    /// The section that holds it.
    pub(crate) section: Option<SectionId>,
    /// The role of that section.
    pub(crate) role: Role,
    /// Whether the heading above tells how things are: 现状, …情况, …取得重大成就.
    pub(crate) looks_back: bool,
    /// The years that the heading above names: 2015年工作回顾.
    pub(crate) years: Option<(u16, u16)>,
    /// The two times that it names: “十四五”时期和2025年工作回顾.
    pub(crate) times: Option<[(u16, u16); 2]>,
    /// Whether the heading above says when something is open: 报名时间.
    pub(crate) opens: bool,
    /// Whether a number at its very start may be the rest of one that the line before ends in.
    pub(crate) severed: bool,
}

impl<'v> Passage<'v> {
    /// A passage in no section.
    pub(crate) fn alone(view: View<'v>, anchors: &'v [Anchor]) -> Self {
        Self { view, anchors, section: None, role: Role::Other, looks_back: false, years: None, times: None, opens: false, severed: false }
    }
}

/// What the facts of a document depend on beside their paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    /// The document's kind.
    pub(crate) kind: Option<Kind>,
    /// The year reported on or planned for.
    pub(crate) year: Option<u16>,
    /// The document's own date: signature, else written, else published.
    pub(crate) date: Option<Date>,
    /// The year that the text names, where it has neither year nor date and names but one; and the last month of it.
    pub(crate) only_year: Option<(u16, u8)>,
    /// What the document is for, beyond its kind: a notice that reports, policy text without a title.
    pub(crate) tone: Tone,
    /// What the document declares once about who leads in each of its lists (列第一位者为牵头单位).
    pub(crate) first_leads: responsibility::FirstLeads,
}

/// Whether a document's text reports or demands where nothing else tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As its kind does.
    #[default]
    OfKind,
    /// A notice, letter or announcement that reports: 通报, 复函, …情况的公告, 现将…结果公示如下.
    Reports,
    /// A text of no kind that is known, which has the verbs of a rule more than those of a report: news of a policy.
    LaysDown,
    /// Text without a title: the verbs of its sentences tell.
    Untitled,
    /// A text of no kind that is known: the verbs of its clauses tell.
    Other,
}

impl Tone {
    /// The tone of a document of some frame and title.
    pub(crate) fn of(frame: &Frame, text: &str, title: Option<&str>) -> Self {
        match (frame.kind, title) {
            (Some(Kind::Notice), title) if frame.makes_known || title.is_some_and(metric::reports) => Self::Reports,
            (Some(Kind::Other), _) if frame.lays_down(text) => Self::LaysDown,
            (Some(Kind::Other), None) => Self::Untitled,
            (Some(Kind::Other), Some(_)) => Self::Other,
            _ => Self::OfKind,
        }
    }
}

/// What was found, in the order of the paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) metrics: Vec<Metric>,
    pub(crate) responsibilities: Vec<Responsibility>,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) references: Vec<Reference>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Brackets that are not closed in their paragraph, as far as they were met.
    pub(crate) unclosed: Vec<Span>,
    /// The number of the rule that read a metric's subject, up to the last metric in prose.
    pub(crate) rules: Vec<u8>,
    /// Used from paragraph to paragraph.
    pub(crate) numbers: metric::Numbers,
    pub(crate) brackets: Pairs,
    /// The table that stands cell by cell on lines of their own, while it is read.
    pub(crate) flat_table: responsibility::FlatTable,
    /// Of a part that is about two times, the one that the last paragraph was of.
    pub(crate) turned: Option<(u16, u16)>,
    /// The last line, where it may name what a number on the next line counts: 篮球⏎2个.
    pub(crate) label: Option<Span>,
}

/// A set of classes of anchors, a bit each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) const fn of<const N: usize>(classes: [Class; N]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < N {
            bits |= 1 << classes[i] as u64;
            i += 1;
        }
        Self(bits)
    }

    /// The classes that a paragraph has: what is not announced is not looked for.
    fn seen(anchors: &[Anchor]) -> Self {
        Self(crate::scan::seen(anchors))
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.0 >> class as u64 & 1 == 1
    }

    fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// Finds the facts of a paragraph: what is named by form first, so that a metric is what is left.
pub(crate) fn find(passage: &Passage<'_>, setting: &Setting, out: &mut Facts, taken: &mut Vec<(u32, u32)>) {
    let seen = Classes::seen(passage.anchors);
    if seen.any(reference::ANNOUNCED_BY) {
        reference::find(passage, setting, out, taken);
    }
    // A list of units points at the deadline it holds.
    if seen.any(deadline::ANNOUNCED_BY) {
        deadline::find(passage, setting, seen, out, taken);
    }
    let cell = responsibility::flat_cell(passage, setting, out);
    if !cell && seen.any(responsibility::ANNOUNCED_BY) {
        responsibility::find(passage, setting, out, taken);
    }
    let read = out.metrics.len();
    if seen.any(metric::ANNOUNCED_BY) {
        taken.sort_unstable();
        metric::find(passage, setting, taken, out);
    }
    out.label = if out.metrics.len() == read && taken.is_empty() { label(passage, seen) } else { None };
}

/// A line that is nothing but a name of some characters.
fn label(passage: &Passage<'_>, seen: Classes) -> Option<Span> {
    const SAYS: Classes = Classes::of([Class::Stop, Class::Semicolon, Class::Comma, Class::Colon, Class::Cell]);
    const LONGEST: usize = 20 * WIDE;
    let text = passage.view.text;
    let name = text.len() <= LONGEST
        && !seen.any(SAYS)
        && !text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().take(4).filter(|c| crate::scan::is_plain(*c)).count() > 1;
    name.then(|| passage.view.span(0, text.len()))
}

/// Whether a heading is the label of a time that is open from a day to a day: 报名时间.
pub(crate) fn opens(heading: &str) -> bool {
    DUTIES.time.window.end(heading) > 0
}

/// Whether a line is a responsibility list or deadline of its own: 责任单位：…
pub(crate) fn is_label_line(line: &str) -> bool {
    let head = line.char_indices().nth(12).map_or(line, |(at, _)| &line[..at]);
    head.contains([':', '：']) && DUTIES.roles.label_cue.any(head)
}
