//! Numbered lines → the section tree.
//!
//! Depth follows from company, not from a table: the first family of markers is level 1, a family that is
//! open already is a sibling there, a new one is a level down, and a family keeps its level. So a report may
//! start at (一), skip a family, or number its tasks straight through all its parts.

use crate::grammar::marker::Written;
use crate::{Code, Diagnostic, Heading, Marker, MarkerStyle, Role, Section, SectionId, Span};

/// Families in the order that orders usually have; only who stands above 一、 matters.
fn rank(style: MarkerStyle) -> u8 {
    match style {
        MarkerStyle::Part => 0,
        MarkerStyle::Chapter => 1,
        MarkerStyle::Division => 2,
        MarkerStyle::Article => 3,
        MarkerStyle::CnComma => 4,
        MarkerStyle::CnParen => 5,
        MarkerStyle::ArabicDot => 6,
        MarkerStyle::Decimal => 7,
        MarkerStyle::ArabicParen => 8,
        _ => 9,
    }
}

const STYLES: usize = 12;

/// What a family has done so far.
#[derive(Clone, Copy, Debug, Default)]
struct Family {
    level: u8,
    /// The last number, wherever it stood.
    last: u32,
    /// The section that carried it.
    id: u32,
    /// How often the count began anew under a new parent, and how often it ran on.
    restarted: u32,
    ran_on: u32,
}

/// The tree under construction.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) sections: Vec<Section>,
    open: Vec<SectionId>,
    families: [Family; STYLES],
    /// Of 1.2 the numbers before the last.
    prefix: u32,
    /// Where the last content ended.
    end: u32,
    /// The text is cut out of a longer one: its first number is not one.
    excerpt: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Some chapters are divided into 节, so that articles stand two levels below every chapter.
    pub(crate) divided: bool,
}

impl Outline {
    /// The innermost open section.
    pub(crate) fn current(&self) -> Option<SectionId> {
        self.open.last().copied()
    }

    /// The role of the innermost open section.
    pub(crate) fn role(&self) -> Role {
        self.current().map_or(Role::Other, |id| self.sections[id.index()].role)
    }

    /// Whether a family has been met.
    pub(crate) fn knows(&self, style: MarkerStyle) -> bool {
        self.families[style as usize].level > 0
    }

    /// Whether a section of the family is open.
    pub(crate) fn is_open(&self, style: MarkerStyle) -> bool {
        self.open.iter().any(|id| self.sections[id.index()].marker.style == style)
    }

    /// The family's last number; 0 when it has not been met.
    pub(crate) fn last(&self, style: MarkerStyle) -> u32 {
        self.families[style as usize].last
    }

    /// Whether the family's last section lies in the section that would hold a new one.
    fn has_sibling(&self, style: MarkerStyle, parent: Option<SectionId>) -> bool {
        let family = self.families[style as usize];
        family.level > 0 && self.sections.get(family.id as usize).is_some_and(|s| s.parent == parent)
    }

    /// The number that copying lost: the next of its series.
    pub(crate) fn missing_number(&self, style: MarkerStyle) -> u32 {
        let parent = self.parent_for(style);
        if self.has_sibling(style, parent) { self.last(style) + 1 } else { 1 }
    }

    /// Whether 1.2 fits: it goes on where 1.1 or 1.1.3 left off, opens 1 below it, or begins at one under the
    /// section it names.
    pub(crate) fn decimal_fits(&self, written: Written) -> bool {
        let number = written.number.unwrap_or(0);
        let under = written.prefix % 100;
        let named = || self.open.iter().any(|id| self.sections[id.index()].marker.number == under);
        if !self.knows(MarkerStyle::Decimal) {
            return number == 1 && (under == 1 || named());
        }
        let (mut prefix, mut last) = (self.prefix, self.last(MarkerStyle::Decimal));
        if number == 1 && written.prefix == prefix * 100 + last {
            return true;
        }
        // Up through 1.2.3, 1.2, 1: the next beside it, or the first below the next beside it.
        while prefix > 0 {
            let next = (prefix, last + 1);
            if (written.prefix, number) == next || number == 1 && written.prefix == next.0 * 100 + next.1 {
                return true;
            }
            (prefix, last) = (prefix / 100, prefix % 100);
        }
        number == 1 && (written.prefix == last + 1 || named())
    }

    /// Where a section of the family goes.
    fn parent_for(&self, style: MarkerStyle) -> Option<SectionId> {
        let at = self.depth_for(style, 0);
        at.checked_sub(1).map(|i| self.open[i])
    }

    /// How many open sections stay open for a section of the family.
    fn depth_for(&self, style: MarkerStyle, number: u32) -> usize {
        let of = |id: &SectionId| &self.sections[id.index()];
        if let Some(at) = self.open.iter().rposition(|id| of(id).marker.style == style) {
            return at;
        }
        let known = self.families[style as usize].level;
        if known > 0 {
            return self.open.iter().take_while(|id| of(id).level < known).count();
        }
        // 一、 and 第一章 stand above whatever of lower rank is open; but what begins at one inside a count that
        // is well under way is a detail of it.
        let under_way = number == 1 && self.open.first().is_some_and(|id| self.families[of(id).marker.style as usize].last > 1);
        if rank(style) <= 4 && !under_way {
            return self.open.iter().take_while(|id| rank(of(id).marker.style) < rank(style)).count();
        }
        self.open.len()
    }

    /// Opens a section; what it closes ends where the last content ended.
    pub(crate) fn push(&mut self, marker: Marker, prefix: u32) -> SectionId {
        self.excerpt |= self.sections.is_empty() && marker.number > 1;
        let depth = self.depth_for(marker.style, marker.number);
        self.close_to(depth);
        let parent = self.current();
        let id = SectionId(self.sections.len() as u32);
        self.check(&marker, prefix, parent);
        let above = parent.map(|p| &self.sections[p.index()]);
        let below_chapter = marker.style == MarkerStyle::Article && above.is_some_and(|s| s.marker.style == MarkerStyle::Chapter);
        let level = above.map_or(1, |s| s.level.saturating_add(1 + u8::from(self.divided && below_chapter)));
        let family = &mut self.families[marker.style as usize];
        // A family keeps the level it was first met at.
        let level = if family.level == 0 { level } else { family.level };
        family.level = level;
        family.last = marker.number;
        family.id = id.0;
        if marker.style == MarkerStyle::Decimal {
            self.prefix = prefix;
        }
        self.sections.push(Section { parent, level, marker, heading: None, role: Role::Other, span: marker.span, subtree_end: id.0 + 1 });
        self.open.push(id);
        self.end = marker.span.end;
        id
    }

    /// Sets heading and role of the section just opened.
    pub(crate) fn name(&mut self, heading: Option<Heading>, role: Role) {
        if let Some(section) = self.sections.last_mut() {
            section.heading = heading;
            section.role = role;
        }
    }

    /// Says that content of the open sections reaches up to `end`.
    pub(crate) fn reach(&mut self, end: u32) {
        self.end = self.end.max(end);
    }

    fn close_to(&mut self, depth: usize) {
        let len = self.sections.len() as u32;
        for id in self.open.drain(depth..) {
            let section = &mut self.sections[id.index()];
            section.span.end = self.end.max(section.span.end);
            section.subtree_end = len;
        }
    }

    /// Begins a document inside the document: nothing is open, every family is new.
    pub(crate) fn restart(&mut self) {
        self.close_to(0);
        self.families = [Family::default(); STYLES];
        self.prefix = 0;
    }

    /// The sections, all closed.
    pub(crate) fn finish(mut self) -> (Vec<Section>, Vec<Diagnostic>) {
        self.close_to(0);
        (self.sections, self.diagnostics)
    }

    /// Judges the number by its series: under its parent, or straight through the document.
    fn check(&mut self, marker: &Marker, prefix: u32, parent: Option<SectionId>) {
        let sibling = self.has_sibling(marker.style, parent);
        let family = &mut self.families[marker.style as usize];
        let (n, last) = (marker.number, family.last);
        if family.level == 0 || marker.style == MarkerStyle::Decimal && self.prefix != prefix {
            if n > 1 && family.level == 0 && !self.excerpt && marker.style != MarkerStyle::Decimal && !self.sections.is_empty() && parent.is_some() {
                self.report(Code::NumberingGap, marker, 1, n, None);
            }
            return;
        }
        if n == last + 1 {
            family.ran_on += u32::from(!sibling);
            return;
        }
        // A count that begins anew is a new list, or a document inside the document.
        if n == 1 && (!sibling || last > 1) {
            family.restarted += 1;
            return;
        }
        let before = self.sections.get(family.id as usize).map(|s| s.marker.span);
        // A series that has begun anew before is expected to do so again.
        // Articles run on through the chapters by law.
        let runs_on = family.ran_on > family.restarted || marker.style == MarkerStyle::Article;
        let expected = if sibling || runs_on { last + 1 } else { 1 };
        let code = match n {
            _ if n == last && sibling => Code::NumberingRepeat,
            _ if n < expected => Code::NumberingBackward,
            _ => Code::NumberingGap,
        };
        self.report(code, marker, expected, n, before);
    }

    fn report(&mut self, code: Code, marker: &Marker, expected: u32, found: u32, before: Option<Span>) {
        let (en, zh) = match code {
            Code::NumberingRepeat => (format!("number {found} stands twice in a row"), format!("序号{found}重复")),
            Code::NumberingBackward => (format!("the numbering steps back to {found}; {expected} was expected"), format!("序号倒退至{found}，应为{expected}")),
            _ => (format!("the numbering jumps to {found}; {expected} was expected"), format!("序号跳至{found}，应为{expected}")),
        };
        let mut diagnostic = Diagnostic::new(code, marker.span, en, zh);
        diagnostic.related = before;
        self.diagnostics.push(diagnostic);
    }
}
