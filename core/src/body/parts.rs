//! Unnumbered headings: those that the source declares, and lines that part a report by what they name.

use super::Reader;
use crate::frame::Part;
use crate::lexicon::structure::{HEADINGS, cannot_end_line};
use crate::lexicon::{Words, entries, file, listed, under};
use crate::lines::{Lines, Mark};
use crate::outline::Told;
use crate::scan::{Class, class};
use crate::view::{View, clean, half_width, head, longer};
use crate::{Heading, HeadingForm, Kind, Role, roles};
use std::sync::LazyLock;

/// A line that parts a report by its name has at most so many characters.
const NAME_MAX: usize = 30;
/// A heading that its source declares has at most so many.
const DECLARED_MAX: usize = 80;
/// From so many characters on a line is prose, whatever it ends with.
const PROSE: u32 = 30;
/// The first lines of a section, and its pages, in characters.
const NEAR: usize = 900;
const FAR: usize = 3000;
/// The longest of the verbs below has fewer bytes.
const LONGEST_VERB: usize = 24;

struct PartWords {
    part: Words,
    back: Words,
    ahead: Words,
    aim: Words,
    /// All that follow, to be found in one pass.
    verbs: Words,
    past: Vec<&'static str>,
    future: Vec<&'static str>,
    no_future: Vec<&'static str>,
}

static WORDS: LazyLock<PartWords> = LazyLock::new(|| {
    let words = entries(file!("../lexicon/parts.txt"));
    PartWords {
        part: under(&words, "part"),
        back: under(&words, "back"),
        ahead: under(&words, "ahead"),
        aim: under(&words, "aim"),
        verbs: Words::new(["past", "future", "no future"].into_iter().flat_map(|heading| listed(&words, heading))),
        past: listed(&words, "past"),
        future: listed(&words, "future"),
        no_future: listed(&words, "no future"),
    }
});

/// Whether a line's form and words make it the name of a part: 2015年工作回顾.
pub(super) fn names_part(line: &str) -> bool {
    let plain = |c: char| !matches!(class(c), Class::Stop | Class::Semicolon | Class::Comma | Class::Colon | Class::BookOpen | Class::Open | Class::Cell);
    (WORDS.part.end(line) > 0 || HEADINGS.closing.has(line)) && !longer(line, NAME_MAX) && line.chars().all(plain)
}

/// Whether a heading tells how things are or what was done.
pub(super) fn looks_back(heading: &str) -> bool {
    WORDS.back.find(heading).is_some()
}

/// Whether a sentence turns a report from what was done to what comes: 今年是…, 今后五年….
pub(super) fn looks_ahead(text: &str) -> bool {
    WORDS.ahead.any(head(text, 24)) && WORDS.aim.any(head(text, 120))
}

/// The verbs of a text that speak of what was or of what comes, in their order: where each stands, its length, its kind. They
/// are looked for as far as they are asked for, from place to place down the text.
#[derive(Default)]
pub(super) struct Verbs {
    found: Vec<(usize, usize, Says)>,
    /// Up to where they were looked for.
    end: usize,
}

#[derive(Clone, Copy)]
enum Says {
    Past,
    Future,
    /// 要 of 主要 and 需要 asks for nothing.
    Not,
    /// 要, which is among the verbs of what comes too.
    Wants,
}

impl Verbs {
    /// Looks for those that begin before `end`, from `start` on: nothing above it is asked for any more.
    fn look(&mut self, text: &str, start: usize, end: usize) {
        let words = [(&WORDS.past[..], Says::Past), (&WORDS.future, Says::Future), (&WORDS.no_future, Says::Not), (&["要"], Says::Wants)];
        let from = self.end.max(start);
        // The last may reach beyond it.
        let near = &text[from..text.floor_char_boundary(end.max(from) + LONGEST_VERB)];
        for at in WORDS.verbs.all(near).map(|(at, _)| from + at).take_while(|at| *at < end) {
            // 要 stands in 要求 too.
            let all = words.iter().flat_map(|(words, says)| words.iter().map(move |word| (*word, *says)));
            self.found.extend(all.filter(|(word, _)| text[at..].starts_with(word)).map(|(word, says)| (at, word.len(), says)));
        }
        self.end = end.max(from);
    }

    /// How many of those in so many characters behind a place speak of what was and of what comes.
    fn count(&mut self, text: &str, start: usize, chars: usize) -> (usize, usize) {
        let end = start + head(&text[start..], chars).len();
        self.look(text, start, end);
        let first = self.found.partition_point(|(at, ..)| *at < start);
        let mut count = [0; 4];
        for (at, len, says) in self.found[first..].iter().take_while(|(at, ..)| *at < end) {
            count[*says as usize] += usize::from(at + len <= end);
        }
        let [past, future, not, wants] = count;
        (past, future - not.min(wants))
    }

    /// Whether those behind a place speak of what comes: far more than of what was in the first lines, or there more and
    /// far more in the pages below.
    pub(super) fn speak_of_the_future(&mut self, text: &str, start: usize) -> bool {
        let (past, future) = self.count(text, start, NEAR);
        if future <= past {
            return false;
        }
        let (far_past, far_future) = self.count(text, start, FAR);
        future >= 6 && future > past * 2 && far_future > far_past || far_future >= 30 && far_future > far_past * 2
    }

    /// Whether those behind a place speak of what was clearly more than of what comes.
    pub(super) fn speak_of_the_past(&mut self, text: &str, start: usize) -> bool {
        let (past, future) = self.count(text, start, NEAR);
        past >= 4 && past * 2 > future * 3
    }
}

/// The last line whose heading names what comes, of a work report; 0 where none does.
pub(super) fn last_plan(text: &str, lines: &Lines, parts: &[Part], year: Option<u16>) -> usize {
    let body = |part: Part| matches!(part, Part::Body | Part::InnerTitle);
    let mut outer = None;
    let mut last = 0;
    for (i, (line, _)) in lines.lines.iter().zip(parts).enumerate().filter(|(_, (_, p))| body(**p)) {
        let part = &text[line.span.range()];
        let heading = match line.marker {
            Some((written, len)) => {
                let outer = *outer.get_or_insert(written.style);
                if outer != written.style {
                    continue;
                }
                let rest = &part[len as usize..];
                let end = rest.char_indices().take(40).find(|(_, c)| class(*c) == Class::Stop).map_or(rest.len(), |(i, _)| i);
                half_width(clean(&rest[..end]))
            }
            None if !line.longer(NAME_MAX as u32) || matches!(line.mark, Mark::Heading(_)) => half_width(clean(part)),
            None => continue,
        };
        if !longer(&heading, 40)
            && roles::names_plan(&heading, year)
            && (line.marker.is_some() || matches!(line.mark, Mark::Heading(_)) || names_part(&heading))
        {
            last = i;
        }
    }
    last
}

impl Reader<'_> {
    /// The level of an unnumbered heading that line `i` is: as declared, or 0 where the line itself tells.
    pub(super) fn part_level(&self, i: usize, text: &str) -> Option<u8> {
        let line = &self.lines.lines[i];
        if let Mark::Heading(level @ 1..) = line.mark {
            let heading = !longer(text, DECLARED_MAX) && !text.ends_with(['。', '；', ';', '，', ',']) && !crate::facts::is_label_line(text);
            return (heading && self.frame.parts[i] == Part::Body && !text.starts_with("附件")).then_some(level);
        }
        let report = self.is_report();
        if self.frame.parts[i] == Part::Body && !self.glossary && self.bare.binary_search(&i).is_ok() {
            // Below the name of a part or a group that is parted further.
            let outer = self.bare_below(i) || report && names_part(text);
            return Some(if self.nests && !outer { 2 } else { 0 });
        }
        if !report || self.glossary || line.mark != Mark::Text || line.longer(NAME_MAX as u32 + 10) || longer(text, NAME_MAX) {
            return None;
        }
        let named = names_part(text);
        if !named && self.frame.parts[i] != Part::Body {
            return None;
        }
        let body = |j: &usize| matches!(self.frame.parts[*j], Part::Body | Part::InnerTitle);
        // Nothing but furniture stands between: what is attached has a title of its own.
        let stands = |j: &usize| self.frame.parts[*j] != Part::Furniture;
        let below = (i + 1..self.len().min(i + 8)).find(stands).filter(body)?;
        let next = &self.lines.lines[below];
        if next.mark == Mark::Row {
            return None;
        }
        let heads = match next.marker {
            Some((written, _)) => {
                let number = written.number.unwrap_or(0);
                let begins = number == 1;
                let last = self.outline.last(written.style);
                // Numbering that begins anew confirms a heading of another name.
                let anew = begins && last > 1 && self.outline.outermost() == Some(written.style);
                // What runs on through the parts has begun in one; else the line stands inside the section above.
                let runs_on = last > 0 && number == last + 1 && self.outline.has_parts();
                named && (begins || runs_on) || anew && self.is_heading(text)
            }
            None => {
                // 各位代表： opens what is spoken.
                let prose = next.longer(PROSE) || next.signs.has(Class::Stop) || self.text[next.span.range()].ends_with(['：', ':']);
                let again = || names_part(&clean(&self.text[next.span.range()])) || self.bare.binary_search(&below).is_ok();
                named && (prose || again())
            }
        };
        // What broke off above goes on here.
        let goes_on = || {
            let Some(j) = (i.saturating_sub(8)..i).rev().find(body) else { return false };
            let above = self.text[self.lines.lines[j].span.range()].trim_end();
            above.ends_with(cannot_end_line)
                || self.lines.lines[j].longer(PROSE) && !above.ends_with(['。', '；', '！', '？', '”', '）', ')', '：', ':', '.', ';', '!'])
        };
        (heads && (line.apart || !goes_on())).then_some(0)
    }

    /// Whether the document reports or plans, and so has parts.
    pub(super) fn is_report(&self) -> bool {
        matches!(self.kind(), Some(Kind::WorkReport | Kind::AnnualReport | Kind::WorkPlan))
    }

    /// Whether a heading that its place alone tells stands right below line `i`.
    pub(super) fn bare_below(&self, i: usize) -> bool {
        let below = (i + 1..self.len()).find(|j| self.frame.parts[*j] != Part::Furniture);
        below.is_some_and(|j| self.bare.binary_search(&j).is_ok())
    }

    fn len(&self) -> usize {
        self.lines.lines.len()
    }

    /// Whether a line has the form of a heading: short, words alone.
    fn is_heading(&self, text: &str) -> bool {
        let plain = |c: char| {
            matches!(class(c), Class::Plain | Class::Pause | Class::QuoteOpen | Class::QuoteClose | Class::Numeral | Class::Digit)
                || class(c) >= Class::Shi && class(c) <= Class::Per
        };
        let chars = text.chars().count();
        (4..=20).contains(&chars) && text.chars().all(plain) && !text.starts_with("附")
    }

    /// Opens a section at a line that is an unnumbered heading.
    pub(super) fn part(&mut self, view: &View<'_>, anchors: &[crate::scan::Anchor], level: u8) {
        let end = super::bare_end(view.text);
        if end == 0 {
            self.paragraph(view, anchors, false);
            return;
        }
        let name = &view.text[..end];
        let heading = Heading { span: view.span(0, end), form: HeadingForm::Block };
        self.outline.push_part(heading, level);
        let silent = !roles::names_role(self.setting.kind.unwrap_or(Kind::Other), name, self.setting.year);
        let role = self.role(name, silent);
        self.outline.name(Some(heading), role, Told { silent, ..self.told(name, role) });
        self.outline.reach(view.span(0, view.text.len()).end);
        self.look_for_facts(view, anchors);
    }

    /// What a heading tells of its text beside the role.
    pub(super) fn told(&self, heading: &str, role: Role) -> Told {
        // For facts alone.
        if !self.facts {
            return Told::default();
        }
        let kind = self.setting.kind.unwrap_or(Kind::Other);
        let planned = !matches!(kind, Kind::Regulation | Kind::AnnualReport | Kind::WorkReport) && role != Role::Plan;
        let (years, times) = crate::facts::metric::named_times(heading, &self.setting);
        let opens = crate::facts::opens(heading);
        Told { looks_back: planned && looks_back(heading), years, times, opens, silent: false }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_verb_reaches_beyond_what_is_read() {
        assert!(super::WORDS.verbs.words().all(|verb| verb.len() < super::LONGEST_VERB));
    }
}
