//! A list of units: parts between commas, labels before them, verbs after them.

use super::label::{self, Announces};
use super::{unit, verb};
use crate::ResponsibilityRole as Role;
use crate::facts::Passage;
use crate::grammar::bracket::{CLOSING, OPENING, Pair};
use crate::lexicon::duties::{BY, DUTIES};
use crate::scan::{Anchor, Class, WIDE, class, is_ideograph};
use crate::view::View;

/// A name is not longer than this, in characters.
pub(super) const LONGEST_NAME: usize = 50;

/// Units that play one part, in the view's offsets.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) role: Role,
    pub(crate) label: Option<(usize, usize)>,
    pub(crate) units: Vec<(usize, usize)>,
    pub(crate) manner: Option<(usize, usize)>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many units stand before the first comma.
    pub(crate) before_comma: Option<usize>,
    /// Some unit does not end as bodies do.
    weak: bool,
    /// So do the last ones, which may share their last word with a name to come: 消防救援、应急管理部门.
    open: bool,
}

impl Draft {
    fn new(role: Role, label: Option<(usize, usize)>, start: usize) -> Self {
        Self { role, label, units: Vec::new(), manner: None, start, end: start, before_comma: None, weak: false, open: false }
    }
}

/// The reading of one list.
pub(crate) struct List<'p> {
    view: View<'p>,
    text: &'p str,
    anchors: &'p [Anchor],
    brackets: &'p [Pair],
    /// The list ends with its sentence.
    pub(crate) stop_at_sentence: bool,
    done: Vec<Draft>,
    /// The list in hand: labelled, or waiting for its verb.
    draft: Draft,
    /// Whether the list in hand has a label.
    labelled: bool,
    /// What follows is the value of a label that announces no units.
    skipping: bool,
    /// A part that is no name by itself and belongs to the next (各区、县政府): where it begins.
    carried: Option<usize>,
    /// A marker has ended the list.
    over: bool,
}

impl<'p> List<'p> {
    pub(crate) fn new(passage: &Passage<'p>, brackets: &'p [Pair]) -> Self {
        Self {
            view: passage.view,
            text: passage.view.text,
            anchors: passage.anchors,
            brackets,
            stop_at_sentence: false,
            done: Vec::new(),
            draft: Draft::new(Role::Responsible, None, 0),
            labelled: false,
            skipping: false,
            carried: None,
            over: false,
        }
    }

    /// Begins a labelled list.
    pub(crate) fn open(&mut self, role: Role, label: Option<(usize, usize)>, start: usize) {
        self.close();
        self.draft = Draft::new(role, label, start);
        self.labelled = true;
        self.skipping = false;
    }

    /// Reads from `start` to `end`, the anchors from `row` on. Returns where the list ended.
    pub(crate) fn read(&mut self, start: usize, end: usize, row: usize) -> usize {
        let mut from = start;
        let mut row = row;
        while let Some(anchor) = self.anchors.get(row).filter(|a| (a.at as usize) < end) {
            let at = anchor.at as usize;
            match anchor.class {
                Class::Open => {
                    let pair = self.brackets.partition_point(|p| p.open < anchor.at);
                    // What the brackets of a name hold belongs to the name.
                    row = self.brackets.get(pair).map_or(row + 1, |p| (p.last as usize).max(row + 1));
                    continue;
                }
                Class::Comma | Class::Semicolon | Class::Pause | Class::Colon | Class::Stop | Class::Cell => {
                    self.part(from, at, anchor.class);
                    if self.over {
                        let closed = self.done.last().map_or(start, |d| d.end);
                        return closed.max(self.draft.end);
                    }
                    from = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
                    if anchor.class == Class::Stop && self.stop_at_sentence {
                        return from;
                    }
                }
                _ => {}
            }
            row += 1;
        }
        self.part(from, end, Class::Stop);
        end
    }

    /// Everything that was read, if anything was. With `strict` a labelled list needs a name that ends as bodies do.
    pub(crate) fn finish(mut self, strict: bool) -> Option<Vec<Draft>> {
        self.close();
        // A unit with a part of its own (市司法局（牵头）) is done before the list it stands in.
        self.done.sort_by_key(|draft| draft.units.first().map(|unit| unit.0));
        let text = self.text;
        let credible = |d: &Draft| d.role == Role::Person || d.units.iter().any(|u| unit::is_body(&text[u.0..u.1]) || unit::is_person(&text[u.0..u.1]));
        let labelled = self.done.iter().any(|d| d.label.is_some());
        let ok = !self.done.is_empty() && (!strict && !labelled || self.done.iter().any(credible));
        ok.then_some(self.done)
    }

    /// One part, and what ends it.
    fn part(&mut self, from: usize, to: usize, end: Class) {
        let (from, to) = self.trim(from, to);
        let part = &self.text[from..to];
        if end == Class::Colon {
            return self.label(from, to);
        }
        if self.skipping {
            self.skipping = !matches!(end, Class::Semicolon | Class::Stop);
            return;
        }
        if part.is_empty() {
            return self.comma(end);
        }
        if is_remark(part) {
            return;
        }
        // Where a list has no end of its own, the next number ends it: …、市住建局4.对… or …、市住建局二、…
        let part = match self.stop_at_sentence.then(|| next_marker(part, end)).flatten() {
            Some(at) => {
                self.over = true;
                &part[..at]
            }
            None => part,
        };
        let to = from + part.len();
        let whole = self.carried.take().unwrap_or(from);
        if end == Class::Pause && unit::is_level(part) {
            self.carried = Some(whole);
            return;
        }
        let tail = verb::split(part);
        let unit_end = from + tail.unit_end;
        self.units(whole, unit_end);
        self.comma(end);
        if tail.verb {
            self.verb(tail.role, tail.manner.map(|m| (from + m, to)), to);
        } else if matches!(end, Class::Semicolon | Class::Stop) && !self.labelled && !self.draft.units.is_empty() {
            // A clause without a verb assigns nothing.
            self.close();
        }
    }

    fn comma(&mut self, end: Class) {
        if end == Class::Comma && self.draft.before_comma.is_none() && !self.draft.units.is_empty() {
            self.draft.before_comma = Some(self.draft.units.len());
        }
    }

    /// A part that a colon ends.
    fn label(&mut self, from: usize, to: usize) {
        match label::at_end(&self.text[from..to]) {
            Some((at, what)) => {
                let before = self.carried.take().unwrap_or(from);
                let at = from + at;
                // 市财政局 配合单位：市住建局, its line end lost.
                if at > before && !self.skipping {
                    self.units(before, at);
                }
                match what {
                    Announces::Units(role) => self.open(role, Some((at, to)), at),
                    Announces::Deadline => {
                        self.close();
                        self.skipping = true;
                    }
                }
            }
            None => {
                self.close();
                self.skipping = true;
            }
        }
    }

    /// Takes the names between `from` and `to`.
    fn units(&mut self, from: usize, to: usize) {
        let (from, to) = self.trim(from, to);
        let from = from + unit::lead_in(&self.text[from..to]);
        if from >= to {
            return;
        }
        let text = self.text;
        // 专项整治由市金融办: the names begin after 由.
        let from = match text[from..to].find(BY) {
            Some(at) if at > 0 && !unit::is_body(&text[from..from + at]) && DUTIES.roles.no_by_before.end(&text[from..from + at]) == 0 => {
                from + at + BY.len_utf8()
            }
            _ => from,
        };
        unit::split(&text[from..to], |a, b| self.lines(from + a, from + b));
    }

    /// A name, or two that only a space or a line end keeps apart: the view has none, but their places have a gap.
    fn lines(&mut self, mut from: usize, to: usize) {
        while let Some(at) = self.line_end(from, to) {
            self.unit(from, at);
            from = at;
        }
        self.unit(from, to);
    }

    /// Where the first of two such names ends.
    fn line_end(&self, from: usize, to: usize) -> Option<usize> {
        let gap = |at: usize| self.view.span(from, at).end < self.view.span(at, to).start;
        let text = self.text;
        if to - from < 12 || self.view.span(from, to).len() == to - from {
            return None;
        }
        // A line end inside a name is the rule; so both sides have to be whole names, the right one from its
        // jurisdiction on.
        let whole = |at: usize| {
            let (left, right) = (&text[from..at], &text[at..to]);
            // 各县（市、区）人民政府 is one name.
            let seated = DUTIES.roles.seat.start(right) > 0 && DUTIES.roles.seat_of.end(left) > 0;
            !seated
                && DUTIES.roles.placed.start(right) > 0
                && left.chars().nth(2).is_some()
                && unit::is_body(left)
                && right.chars().nth(3).is_some()
                && unit::is_body(right)
        };
        // What is longer is no name.
        let places = text[from..to].char_indices().map(|(i, _)| from + i).skip(3).take(LONGEST_NAME);
        places.into_iter().find(|at| gap(*at) && whole(*at))
    }

    fn unit(&mut self, from: usize, to: usize) {
        let (mut from, mut to) = self.trim(from, to);
        let joined = DUTIES.roles.goes_on.start(&self.text[from..to]);
        if to - from > joined + 2 * WIDE {
            from += joined;
        }
        // 市住建局等, 市住建局等相关单位
        if let Some(at) = unit::others_from(&self.text[from..to]) {
            to = from + at;
        }
        let name = &self.text[from..to];
        let nobody = unit::names_nobody(name);
        if name.is_empty() || nobody {
            return;
        }
        if crate::view::longer(name, LONGEST_NAME) {
            self.draft.weak = true;
            return;
        }
        // 市司法局(牵头)、市财政局
        if let Some((len, role)) = own_role(name) {
            if role != self.draft.role {
                let mut one = Draft::new(role, self.draft.label, from);
                one.units.push((from, from + len));
                one.end = to;
                self.done.push(one);
            } else {
                self.draft.units.push((from, from + len));
            }
            self.draft.end = to;
            return;
        }
        if self.draft.units.is_empty() && !self.labelled {
            self.draft.start = from;
        }
        let person = unit::is_person(name) || self.draft.role == Role::Person;
        let named = person || unit::is_body(name) && !unit::is_phrase(name);
        if !named && unit::may_share(name) {
            self.draft.open = true;
        } else {
            // 部门 closes what was left open; anything else shows that it was no name.
            self.draft.weak |= !named || self.draft.open && !unit::shares_ending(name);
            self.draft.open = false;
        }
        // 张三（联系电话：…）
        if self.draft.role == Role::Person
            && let Some(open) = name.find(OPENING).filter(|open| *open > 0)
        {
            to = from + open;
        }
        let name = &self.text[from..to];
        let title = DUTIES.organs.title.end(name);
        if to - from <= title {
            return;
        }
        self.draft.units.push((from, to - title));
        self.draft.end = to;
    }

    /// A verb: the units before it play its part.
    fn verb(&mut self, role: Option<Role>, manner: Option<(usize, usize)>, end: usize) {
        if self.draft.units.is_empty() {
            // 市财政局、市住建局，按职责分工负责: it belongs to the list before.
            if let (None, Some(manner), Some(last)) = (role, manner, self.done.last_mut())
                && !self.labelled
                && last.manner.is_none()
                && last.role == Role::Responsible
            {
                last.manner = Some(manner);
                last.end = end;
            }
            return;
        }
        self.draft.manner = manner.or(self.draft.manner);
        self.draft.end = end;
        if self.labelled {
            if let Some(role) = role.filter(|r| *r != self.draft.role) {
                let label = self.draft.label;
                let named = self.draft.role;
                self.draft.role = role;
                self.close();
                self.draft = Draft::new(named, label, end);
                self.labelled = true;
            }
            return;
        }
        self.draft.role = role.unwrap_or(Role::Responsible);
        if self.names_people() {
            self.draft.role = Role::Person;
        }
        self.close_with_verb();
    }

    /// 张三、李四同志: the title is the last one's, the others are names of two to four characters.
    fn names_people(&self) -> bool {
        let text = self.text;
        let titled = |u: &(usize, usize)| DUTIES.organs.title.start(&text[u.1..]) > 0 || unit::is_person(&text[u.0..u.1]);
        let short = |u: &(usize, usize)| u.1 - u.0 <= 4 * WIDE && !unit::is_body(&text[u.0..u.1]);
        self.draft.units.last().is_some_and(titled) && self.draft.units.iter().all(|u| titled(u) || short(u))
    }

    /// Ends the list in hand, which has its verb.
    fn close_with_verb(&mut self) {
        let draft = std::mem::replace(&mut self.draft, Draft::new(Role::Responsible, None, 0));
        self.labelled = false;
        if !draft.units.is_empty() && (draft.sure() || draft.role == Role::Person) {
            self.done.push(draft);
        }
    }

    /// Ends the list in hand.
    fn close(&mut self) {
        let draft = std::mem::replace(&mut self.draft, Draft::new(Role::Responsible, None, 0));
        let labelled = std::mem::take(&mut self.labelled);
        self.carried = None;
        if labelled && !draft.units.is_empty() {
            self.done.push(draft);
        }
    }

    fn trim(&self, mut from: usize, mut to: usize) -> (usize, usize) {
        let drop = |c: char| crate::view::is_blank(c) || matches!(c, '|' | '｜' | '*');
        let part = &self.text[from..to];
        // Most are a bare name.
        if part.starts_with(is_ideograph) && part.ends_with(is_ideograph) {
            return (from, to);
        }
        from += part.len() - part.trim_start_matches(drop).len();
        to -= self.text[from..to].len() - self.text[from..to].trim_end_matches(drop).len();
        // Quotes around all of it go; those of “四区”政府 stay.
        let part = &self.text[from..to];
        let inner = part.strip_prefix('“').and_then(|p| p.strip_suffix('”')).filter(|p| !p.contains(['“', '”']));
        let quote = if inner.is_some() { '“'.len_utf8() } else { 0 };
        (from + quote, to - quote)
    }
}

/// Where the marker of the next section begins in a part that a `end` ends.
fn next_marker(part: &str, end: Class) -> Option<usize> {
    if end == Class::Pause {
        let name = part.trim_end_matches(|c| class(c) == Class::Numeral);
        if name.len() < part.len() && unit::is_body(name) {
            return Some(name.len());
        }
    }
    let digit = part.find(|c: char| c.is_ascii_digit())?;
    let after = part[digit..].trim_start_matches(|c: char| c.is_ascii_digit());
    (after.starts_with(['.', '．']) && unit::is_body(&part[..digit])).then_some(digit)
}

/// A remark in a list that names no unit: 下同, 排在第一位的部门为牵头部门.
fn is_remark(part: &str) -> bool {
    let words = &DUTIES.roles;
    words.remark.has(part) || words.remark_start.start(part) > 0 && !words.carries_out.any(part) || words.remark_inside.any(part)
}

/// 市司法局(牵头): the length of the name and the part the unit plays.
fn own_role(name: &str) -> Option<(usize, Role)> {
    let inner = name.strip_suffix(CLOSING)?;
    let open = inner.rfind(OPENING)?;
    let word = &inner[open + inner[open..].chars().next()?.len_utf8()..];
    let verb = DUTIES.verb.iter().find(|(_, v)| v.has(word)).map(|(role, _)| *role);
    let role = verb.or_else(|| match label::at_end(word) {
        Some((0, Announces::Units(role))) => Some(role),
        _ => None,
    });
    (open > 0).then_some((open, role?))
}

impl Draft {
    /// Whether every unit ends as bodies do.
    pub(crate) fn sure(&self) -> bool {
        !self.weak && !self.open && !self.units.is_empty()
    }

    /// Units that a sentence names.
    pub(crate) fn of(role: Role, units: Vec<(usize, usize)>, start: usize, end: usize) -> Self {
        Self { units, end, ..Self::new(role, None, start) }
    }
}
