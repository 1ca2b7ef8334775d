//! From a paragraph's anchors to facts.

use crate::scan::Anchor;
use crate::view::View;
use crate::{Date, Deadline, Diagnostic, DocumentNumber, Kind, Metric, Modality, Reference, Responsibility, Role, SectionId};

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
    /// Whether this is a heading: its numbers are seldom metrics.
    pub(crate) heading: bool,
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
    /// Whether the document declares once that the first unit of each list leads (列第一位者为牵头单位).
    pub(crate) first_leads: bool,
}

/// What was found, in the order of the paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) metrics: Vec<Metric>,
    pub(crate) responsibilities: Vec<Responsibility>,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) references: Vec<Reference>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[allow(dead_code)]
type Unused = (DocumentNumber, Modality);
