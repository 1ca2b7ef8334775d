//! Numbered lines and unnumbered headings → the section tree.
//!
//! Depth follows from company, not from a table: the first family of markers is level 1, a family that is
//! open already is a sibling there, a new one is a level down, and a family keeps its level. So a report may
//! start at (一), skip a family, or number its tasks straight through all its parts. Two things are fixed by how
//! they are written: the order of a law (编, 章, 节, 条), and a decimal series (1, 1.1, 1.1.1). A part, which has no
//! number, stands above whatever is numbered below it, and the numbering begins anew there.

use crate::grammar::marker::Written;
use crate::room;
use crate::{Code, Heading, Marker, MarkerStyle, Role, Section, SectionId, Span};

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

/// How many styles a marker can have.
pub(crate) const STYLES: usize = MarkerStyle::ALL.len();

/// What a family has done so far.
#[derive(Clone, Copy, Debug, Default)]
struct Family {
    level: u8,
    /// The last number, wherever it stood.
    last: u32,
    /// The section that carried it.
    id: u32,
    /// Whether a part was opened since it was last met.
    parted: bool,
    /// How often the count began anew under a new parent, and how often it ran on.
    restarted: u32,
    ran_on: u32,
}

/// A number that does not go on with its series, as far as the numbers before it tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Misnumbered {
    pub(crate) code: Code,
    pub(crate) marker: Span,
    pub(crate) expected: u32,
    pub(crate) found: u32,
    /// The marker of its family before it.
    pub(crate) before: Option<Span>,
}

/// The tree under construction.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) sections: Vec<Section>,
    open: Vec<SectionId>,
    families: [Family; STYLES],
    /// Of 1.2 the numbers before the last.
    prefix: u32,
    /// The same of the first of them.
    first_prefix: u32,
    /// Where the last content ended.
    end: u32,
    /// The text is cut out of a longer one: its first number is not one.
    excerpt: bool,
    misnumbered: Vec<Misnumbered>,
    /// Some chapters are divided into 节, so that articles stand two levels below every chapter.
    pub(crate) divided: bool,
    /// Some line opens a chapter, whether or not the first articles stand in one.
    pub(crate) chaptered: bool,
    /// Some chapters have lost their number: a numbered one stands beside them.
    pub(crate) lost_chapters: bool,
    /// Of each section how many numbers its decimal marker has; 0 for all others.
    decimals: Vec<u8>,
    /// Of each section the level of the heading that its source declares it to be; 0 where it declares none.
    declared: Vec<u8>,
    told: Vec<Told>,
}

/// What a section's heading tells of its text beside the role.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// How things are: 现状, …情况.
    pub(crate) looks_back: bool,
    /// The years it names.
    pub(crate) years: Option<(u16, u16)>,
    /// The two times it names.
    pub(crate) times: Option<[(u16, u16); 2]>,
    /// When something is open: 报名时间. Of the section's own text alone.
    pub(crate) opens: bool,
    /// An unnumbered heading that tells no role: each section below it has the role it would have without it.
    pub(crate) silent: bool,
}

/// How many numbers a decimal marker has, of whose last number `prefix` holds those before: 1.2.3 has three.
fn decimals(prefix: u32) -> usize {
    1 + prefix.checked_ilog(100).map_or(0, |n| n as usize + 1)
}

/// Whether one decimal number stands behind another: 7.2 behind 5.1, 5.1.1 behind 5.1.
pub(crate) fn follows(first: Written, second: Written) -> bool {
    let digits = |written: Written| {
        let mut out = vec![written.number.unwrap_or(0)];
        let mut prefix = written.prefix;
        while prefix > 0 {
            out.push(prefix % 100);
            prefix /= 100;
        }
        out.reverse();
        out
    };
    digits(first) < digits(second)
}

impl Outline {
    /// Whether the first decimal of the text is not the first of a series: the text is cut out of a longer one.
    pub(crate) fn excerpt_of_decimals(&self) -> bool {
        let first = self.sections.iter().find_map(|s| s.marker.filter(|m| m.style == MarkerStyle::Decimal));
        first.is_some_and(|m| m.number > 1) || self.first_prefix > 1
    }

    /// Whether a decimal stands behind the last one.
    pub(crate) fn decimal_follows(&self, written: Written) -> bool {
        let last = Written { number: Some(self.last(MarkerStyle::Decimal)), prefix: self.prefix, ..written };
        follows(last, written)
    }

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
        self.open.iter().any(|id| self.is_of(*id, style))
    }

    fn is_of(&self, id: SectionId, style: MarkerStyle) -> bool {
        self.sections[id.index()].marker.is_some_and(|m| m.style == style)
    }

    /// Whether the innermost open section is of the family and has this number.
    pub(crate) fn innermost_is(&self, style: MarkerStyle, number: u32) -> bool {
        let innermost = self.current().and_then(|id| self.sections[id.index()].marker);
        innermost.is_some_and(|m| m.style == style && m.number == number)
    }

    /// How many parts are open around whatever is numbered.
    fn parts(&self) -> usize {
        self.open.iter().take_while(|id| self.sections[id.index()].marker.is_none()).count()
    }

    /// Whether a part has been opened.
    pub(crate) fn has_parts(&self) -> bool {
        self.sections.iter().any(|s| s.marker.is_none())
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
    /// section it names. Of a series one may have lost its number: 4.3 after 4.1. What has three numbers counts nothing.
    pub(crate) fn decimal_fits(&self, written: Written) -> bool {
        let number = written.number.unwrap_or(0);
        let under = written.prefix % 100;
        let named = || self.open.iter().any(|id| self.sections[id.index()].marker.is_some_and(|m| m.number == under));
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
            if written.prefix == prefix && number == last + 2 && prefix >= 100 {
                return true;
            }
            (prefix, last) = (prefix / 100, prefix % 100);
        }
        let long = decimals(written.prefix) > 2;
        let skipped = || number <= 2 && written.prefix / 100 == self.prefix / 100 && (1..=2).contains(&under.saturating_sub(self.prefix % 100));
        number == 1 && (written.prefix == last + 1 || named()) || long && skipped()
    }

    /// Whether a whole number may open a chapter of a decimal series: 2 after 1.5.
    pub(crate) fn chapter_fits(&self, number: u32) -> bool {
        if !self.knows(MarkerStyle::Decimal) {
            return number == 1;
        }
        let mut first = self.prefix;
        while first >= 100 {
            first /= 100;
        }
        let last = if first == 0 { self.last(MarkerStyle::Decimal) } else { first };
        number == last + 1
    }

    /// Whether the innermost open section is numbered 1, 1.1, 1.1.1.
    fn in_decimal(&self) -> bool {
        self.current().is_some_and(|id| self.is_of(id, MarkerStyle::Decimal))
    }

    /// Where a section of the family goes.
    fn parent_for(&self, style: MarkerStyle) -> Option<SectionId> {
        let at = self.depth_for(style, 0, 0);
        at.checked_sub(1).map(|i| self.open[i])
    }

    /// The family of the outermost open section that is numbered.
    pub(crate) fn outermost(&self) -> Option<MarkerStyle> {
        self.open.iter().find_map(|id| self.sections[id.index()].marker).map(|m| m.style)
    }

    /// How many open sections stay open for a section of the family.
    fn depth_for(&self, style: MarkerStyle, number: u32, prefix: u32) -> usize {
        let of = |id: &SectionId| &self.sections[id.index()];
        let rank_of = |id: &SectionId| of(id).marker.map_or(0, |m| rank(m.style));
        let floor = self.parts();
        if let Some(at) = self.open.iter().rposition(|id| self.is_of(*id, style)) {
            if style != MarkerStyle::Decimal {
                return at;
            }
            // 1.2 closes 1.1.3, 1.1 and what is numbered otherwise in them; 1.1.1 stands in 1.1.
            let decimal = |id: &SectionId| self.is_of(*id, style);
            let shorter = |id: &SectionId| decimal(id) && self.decimals[id.index()] < decimals(prefix) as u8;
            return self.open.iter().rposition(shorter).map(|at| at + 1).or_else(|| self.open.iter().position(decimal)).unwrap_or(at);
        }
        let known = self.families[style as usize].level;
        match style {
            // What stands above by law; 一、总则 above the articles where they are not divided otherwise.
            MarkerStyle::Part | MarkerStyle::Chapter | MarkerStyle::Division => {
                return self.open.iter().take_while(|id| of(id).marker.is_none() || rank_of(id) < rank(style)).count().max(floor);
            }
            MarkerStyle::Article => {
                let above =
                    |id: &SectionId| of(id).marker.is_none_or(|m| rank(m.style) < rank(style) || m.style == MarkerStyle::CnComma && of(id).heading.is_some());
                return self.open.iter().take_while(|id| above(id)).count().max(floor);
            }
            _ => {}
        }
        // 一、 below 第二章 is a list of the chapter's, whatever 一、 was met at before.
        let lawful = |id: &SectionId| of(id).marker.is_some_and(|m| rank(m.style) < rank(MarkerStyle::CnComma));
        if known > 0
            && number == 1
            && style == MarkerStyle::CnComma
            && let Some(at) = self.open.iter().rposition(lawful)
        {
            return at + 1;
        }
        // (1) below 2.1.1 is its detail, whatever (1) was met at before.
        if known > 0 && number == 1 && rank(style) > rank(MarkerStyle::Decimal) && self.in_decimal() {
            return self.open.len();
        }
        if known > 0 {
            return self.open.iter().take_while(|id| of(id).level < known).count().max(floor);
        }
        // 一、 stands above whatever of lower rank is open; but what begins at one inside a count that
        // is well under way is a detail of it.
        let outermost = self.open[floor..].first().and_then(|id| of(id).marker);
        let under_way = number == 1 && outermost.is_some_and(|m| self.families[m.style as usize].last > 1);
        if rank(style) <= 4 && !under_way {
            return self.open.iter().take_while(|id| of(id).marker.is_none() || rank_of(id) < rank(style)).count().max(floor);
        }
        self.open.len()
    }

    /// Opens an unnumbered section: as deep as its source declares, or, where the line itself tells (`declared` is 0),
    /// outermost. The numbering below begins anew.
    pub(crate) fn push_part(&mut self, heading: Heading, declared: u8) {
        let depth = if declared == 0 { 0 } else { self.open.iter().take_while(|id| (1..declared).contains(&self.declared[id.index()])).count() };
        self.close_to(depth);
        let parent = self.current();
        let level = parent.map_or(1, |p| self.sections[p.index()].level.saturating_add(1));
        let id = SectionId(self.sections.len() as u32);
        if self.parts() == self.open.len() {
            for family in &mut self.families {
                (family.level, family.parted) = (0, family.last > 0);
            }
        }
        room::push(
            &mut self.sections,
            Section { parent, level, marker: None, heading: Some(heading), role: Role::Other, span: heading.span, subtree_end: id.0 + 1 },
        );
        room::push(&mut self.declared, declared.max(1));
        room::push(&mut self.told, Told::default());
        room::push(&mut self.decimals, 0);
        self.open.push(id);
        self.end = heading.span.end;
    }

    /// Opens a numbered section, which its source declares a heading of some level or does not (0); what it closes
    /// ends where the last content ended.
    pub(crate) fn push(&mut self, marker: Marker, prefix: u32, declared: u8) -> SectionId {
        self.excerpt |= self.sections.is_empty() && marker.number > 1;
        // What is declared a heading of a part's own level stands beside it.
        if declared > 0
            && let Some(part) = self.open[..self.parts()].iter().position(|id| self.declared[id.index()] >= declared)
        {
            self.close_to(part);
        }
        if self.lost_chapters && marker.style == MarkerStyle::Chapter {
            self.close_to(0);
        }
        let depth = self.depth_for(marker.style, marker.number, prefix);
        self.close_to(depth);
        let parent = self.current();
        let id = SectionId(self.sections.len() as u32);
        self.check(&marker, prefix, parent);
        let above = parent.map(|p| &self.sections[p.index()]);
        let below_chapter = marker.style == MarkerStyle::Article && above.is_some_and(|s| s.marker.is_some_and(|m| m.style == MarkerStyle::Chapter));
        let mut level = above.map_or(1, |s| s.level.saturating_add(1 + u8::from(self.divided && below_chapter)));
        // Articles before the first chapter stand where those in chapters do.
        if marker.style == MarkerStyle::Article && above.is_none_or(|s| s.marker.is_none()) && self.chaptered {
            level += 1 + u8::from(self.divided);
        }
        let family = &mut self.families[marker.style as usize];
        // A family keeps the level it was first met at; below 2.1.1 it stands right below.
        let in_decimal = above.is_some_and(|s| s.marker.is_some_and(|m| m.style == MarkerStyle::Decimal));
        if family.level > 0 && marker.style != MarkerStyle::Decimal && !in_decimal && above.is_none_or(|s| s.level < family.level) {
            level = family.level;
        }
        family.level = level;
        family.parted = false;
        family.last = marker.number;
        family.id = id.0;
        if marker.style == MarkerStyle::Decimal {
            if self.first_prefix == 0 {
                self.first_prefix = prefix;
            }
            self.prefix = prefix;
        }
        room::push(
            &mut self.sections,
            Section { parent, level, marker: Some(marker), heading: None, role: Role::Other, span: marker.span, subtree_end: id.0 + 1 },
        );
        room::push(&mut self.declared, declared);
        room::push(&mut self.told, Told::default());
        room::push(&mut self.decimals, if marker.style == MarkerStyle::Decimal { decimals(prefix) as u8 } else { 0 });
        self.open.push(id);
        self.end = marker.span.end;
        id
    }

    /// Sets heading and role of the section just opened.
    pub(crate) fn name(&mut self, heading: Option<Heading>, role: Role, told: Told) {
        // What a heading does not tell, the one above it does.
        let above = self.sections.last().and_then(|s| s.parent).map_or(Told::default(), |p| self.told[p.index()]);
        if let (Some(section), Some(row)) = (self.sections.last_mut(), self.told.last_mut()) {
            section.heading = heading;
            section.role = role;
            let (years, times) = if told.years.is_some() || told.times.is_some() { (told.years, told.times) } else { (above.years, above.times) };
            *row = Told { looks_back: told.looks_back || above.looks_back, years, times, ..told };
        }
    }

    /// What the innermost open section's heading, and those above it, tell.
    pub(crate) fn told(&self) -> Told {
        self.current().map_or(Told::default(), |id| self.told[id.index()])
    }

    /// The role of the nearest section around the one just opened that tells one.
    pub(crate) fn role_above(&self) -> Option<Role> {
        let mut above = self.sections.last()?.parent?;
        while self.told[above.index()].silent {
            above = self.sections[above.index()].parent?;
        }
        Some(self.sections[above.index()].role)
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

    /// The sections, all closed, and the numbers that do not go on with their series.
    pub(crate) fn finish(mut self) -> (Vec<Section>, Vec<Misnumbered>) {
        self.close_to(0);
        (self.sections, self.misnumbered)
    }

    /// Judges the number by its series: under its parent, or straight through the document.
    fn check(&mut self, marker: &Marker, prefix: u32, parent: Option<SectionId>) {
        let sibling = self.has_sibling(marker.style, parent);
        let family = &mut self.families[marker.style as usize];
        let (n, last) = (marker.number, family.last);
        // Below a part a count begins anew, or runs on. 第十七条之一 is an article of its own.
        if family.parted || marker.style == MarkerStyle::Article && prefix > 0 {
            return;
        }
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
        let before = self.sections.get(family.id as usize).and_then(|s| s.marker).map(|m| m.span);
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
        self.misnumbered.push(Misnumbered { code, marker: marker.span, expected, found, before });
    }
}
