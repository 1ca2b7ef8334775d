//! The document: flat tables in reading order, joined by ids, and the ways to walk them.
//!
//! Rows hold spans and numbers, never copies of the text. [`Document::slice`] gives the exact text of a span,
//! [`Document::clean`] the same without the line ends and spaces that copying put into it.

use crate::{Diagnostic, Hinted, Span};
use std::borrow::Cow;

mod rows;
mod vocabulary;

pub use rows::*;
pub use vocabulary::*;

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
    /// The code of the jurisdiction in the document's year; none where more than one division may be meant.
    pub place_code: Option<PlaceCode>,
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
    /// What hints told that the text does not say.
    pub hinted: Hinted,
}

impl<'t> Document<'t> {
    pub(crate) fn empty(text: Cow<'t, str>) -> Self {
        Self {
            text,
            kind: None,
            title: None,
            issuer: None,
            place: None,
            place_code: None,
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
            hinted: Hinted::default(),
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

    /// The title as a reader sees it: the document's own, else the hinted one.
    #[must_use]
    pub fn title_text(&self) -> Option<Cow<'_, str>> {
        self.title.map(|s| self.clean(s)).or_else(|| self.hinted.title.as_deref().map(Cow::Borrowed))
    }

    /// The jurisdiction as a reader sees it: the one the text names, else the hinted one.
    #[must_use]
    pub fn place_text(&self) -> Option<Cow<'_, str>> {
        self.place.map(|s| self.clean(s)).or_else(|| self.hinted.place.as_deref().map(Cow::Borrowed))
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

    /// A metric's unit as a reader writes it, in one width and without what belongs to the number: `%` for 百分之八十
    /// and 98.5％, `个月` for 5个多月 and 3个半月.
    #[must_use]
    pub fn unit(&self, metric: &Metric) -> Cow<'_, str> {
        let written = self.clean(metric.unit);
        match &*written {
            "百分之" | "％" | "﹪" => Cow::Borrowed("%"),
            unit if unit.starts_with("个多") || unit.starts_with("个半") => Cow::Owned(unit.replacen(['多', '半'], "", 1)),
            unit if unit.contains('／') => Cow::Owned(unit.replace('／', "/")),
            _ => written,
        }
    }

    /// The numbers that have a comparable name, by the built-in dictionary; found anew at each call. A dictionary of one's
    /// own goes through [`indicators::read`](crate::indicators::read).
    #[cfg(feature = "indicators")]
    #[must_use]
    pub fn indicators(&self) -> Vec<crate::indicators::Indicator<'static>> {
        crate::indicators::read(self, crate::indicators::Dictionary::built_in())
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
            .map(|s| s.heading_text().or_else(|| s.marker_text()).unwrap_or_default())
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

    /// The marker as a reader sees it; `None` where an unnumbered heading opens the section.
    #[must_use]
    pub fn marker_text(self) -> Option<Cow<'d, str>> {
        self.row.marker.map(|m| self.document.clean(m.span))
    }

    /// The markers from the outermost section to this one, 一/（一）: a name within the document. A section without
    /// marker is named by its heading.
    #[must_use]
    pub fn path(self) -> String {
        let mut markers: Vec<_> = std::iter::once(self).chain(self.ancestors()).map(SectionRef::short_marker).collect();
        markers.reverse();
        markers.join("/")
    }

    /// The marker without the comma or point that closes it, or the heading.
    fn short_marker(self) -> String {
        let Some(text) = self.marker_text() else { return self.heading_text().unwrap_or_default().replace('/', "／") };
        text.trim_end_matches(['、', '.', '．', ',', '，', ' ']).to_owned()
    }
}
