//! Does a number report or demand?
//!
//! In order: what the words around the number say; what its part of the document is for; what the document is for.

use super::around::{Clause, next};
use super::period::year_at_end;
use crate::facts::{Passage, Setting, Tone};
use crate::grammar::date::YEAR;
use crate::lexicon::words::on;
use crate::lexicon::{Cue, Cues, DONE, FIVE, LEXICON, Lexicon};
use crate::scan::{Class, WIDE, class, position};
use crate::view::is_wordy;
use crate::{Kind, Modality, Role};

/// How far after a number its sentence is read for what it says as a whole, in characters.
const AHEAD: usize = 40;
/// How far a sentence is read for the verbs of a rule, in characters.
const WHOLE: usize = 240;
/// What a case that a rule provides for closes with; what says how something is has the other too.
const OF: char = '的';
const IS: char = '是';
/// Whom a rule is for is named in no more characters behind 的: …的外地茶农家庭.
const WHOM: usize = 10;
/// What stands in quotes and is no longer is a name, and says nothing.
const NAME: usize = 16;

/// Whether a notice of this title reports: 通报, 复函, …情况的公告.
pub(crate) fn reports(title: &str) -> bool {
    LEXICON.reporting.end(title) > 0
}

/// Whether a text lays down rules: it has their verbs (给予, 不得) at least twice as often as the words of a report (累计, 截至).
pub(crate) fn lays_down(text: &str) -> bool {
    const MORE: usize = 2;
    let (mut rules, mut reports) = (0, 0);
    let mut at = 0;
    while let Some(c) = next(text, at).filter(|_| on("modality of the whole text")) {
        let rest = &text[at..];
        at += c.len_utf8();
        if LEXICON.rule.start(rest) > 0 {
            rules += 1;
        } else if let skip @ 1.. = LEXICON.no_mood.start(rest) {
            at += skip - c.len_utf8();
        } else if LEXICON.actual.start(rest) > 0 {
            reports += 1;
        }
    }
    rules > 0 && rules >= MORE * reports
}

/// The modality that the place in the document gives.
fn of_place(setting: &Setting, passage: &Passage<'_>) -> Modality {
    let report = matches!(setting.kind, Some(Kind::AnnualReport | Kind::WorkReport));
    match passage.role {
        Role::Plan => Modality::Target,
        Role::Requirements | Role::Tasks if report || setting.tone == Tone::Reports => Modality::Target,
        _ if report => Modality::Actual,
        _ if on("modality looks back") && passage.looks_back || setting.tone == Tone::Reports => Modality::Actual,
        _ if matches!(setting.kind, Some(Kind::WorkPlan | Kind::Notice | Kind::Regulation)) || setting.tone == Tone::LaysDown => Modality::Target,
        _ => Modality::Actual,
    }
}

/// What the sentence so far says of all its numbers, read once from left to right.
#[derive(Debug)]
pub(super) struct Mood {
    place: Modality,
    tone: Tone,
    law: bool,
    /// Whether it may lay down rules and the cases they provide for: all but a report.
    provides: bool,
    /// A year before this one is past; of a rule, which is for all years, none is.
    now: Option<u16>,
    /// How far the sentence has been read, and where the last word in it that is no cue ends.
    read: usize,
    past: usize,
    sentence: usize,
    /// What the last cue in this sentence said.
    cue: Option<Modality>,
    /// Where a 年 of a year that is over stands inside a clause.
    year_at: Option<usize>,
    /// Whether the sentence has the verbs of a rule.
    rules: bool,
    /// Where it may name a time, as far as it has been read.
    times: Times,
}

/// Where characters of times stand in a sentence.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// Each 年.
    pub(super) years: Vec<usize>,
    /// Behind the last 五, of a plan.
    pub(super) plan: usize,
    /// Behind the last 季, of a season.
    pub(super) season: usize,
}

impl Mood {
    pub(super) fn new(setting: &Setting, passage: &Passage<'_>) -> Self {
        let now = setting.date.map(|d| d.year).or(setting.year).filter(|_| setting.kind != Some(Kind::Regulation));
        Self {
            place: of_place(setting, passage),
            tone: setting.tone,
            law: setting.kind == Some(Kind::Regulation),
            provides: !matches!(setting.kind, Some(Kind::AnnualReport | Kind::WorkReport)),
            now,
            read: 0,
            past: 0,
            sentence: usize::MAX,
            cue: None,
            year_at: None,
            rules: false,
            times: Times::default(),
        }
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    /// Reads the sentence up to `to`.
    pub(super) fn read(&mut self, lexicon: &Lexicon, text: &str, sentence: usize, to: usize) {
        if sentence != self.sentence || self.read < sentence {
            (self.sentence, self.read, self.past, self.cue, self.year_at) = (sentence, sentence, sentence, None, None);
            self.times.years.clear();
            (self.times.plan, self.times.season) = (0, 0);
            self.rules = self.tone == Tone::Untitled && on("modality verbs of a rule") && rules(lexicon, &text[sentence..]);
        }
        const READ: Cues = Cues::of([Cue::Plan, Cue::Year, Cue::Name, Cue::Mood]);
        let Some(before) = text.get(..to).filter(|_| self.read <= to) else { return };
        while let Some(at) = position(before, self.read, |c| lexicon.cues(c).any(READ)) {
            let Some(c) = next(text, at) else { break };
            let cues = lexicon.cues(c);
            self.read = at + c.len_utf8();
            if cues.has(Cue::Plan) {
                *if c == FIVE { &mut self.times.plan } else { &mut self.times.season } = self.read;
            }
            if cues.has(Cue::Year) {
                self.times.years.push(at);
                if on("modality past year")
                    && let Some(left) = self.before_past_year(text, at)
                    && !rules(lexicon, &text[sentence..])
                {
                    // 2003年，…: of the whole sentence; 2003年实施的30项: of its clause.
                    let before = left.chars().next_back();
                    let adverb =
                        left.len() == sentence || before.is_none_or(|c| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon | Class::Colon));
                    if adverb {
                        self.cue = Some(Modality::Actual);
                    } else {
                        self.year_at = Some(at);
                    }
                }
            }
            // “两个确保”, 《关于力争…的意见》: a name says nothing.
            if at >= self.past
                && cues.has(Cue::Name)
                && on("modality names say nothing")
                && let Some(len) = name_len(&text[at..])
            {
                self.past = at + len;
            }
            if !cues.has(Cue::Mood) || at < self.past {
                continue;
            }
            let rest = &text[at..];
            let skip = lexicon.no_mood.start_at(rest, c);
            if skip > 0 {
                self.past = at + skip;
            } else if let len @ 1.. = lexicon.actual.start_at(rest, c)
                && !(self.cue == Some(Modality::Target) && lexicon.sum.start(rest) > 0)
                && !self.conditional(text, at, len)
                && !self.is_case(text, at, at + len)
            {
                self.cue = Some(Modality::Actual);
            } else if let len @ 1.. = lexicon.target.start_at(rest, c)
                && self.lies_ahead(rest, len)
            {
                self.cue = Some(Modality::Target);
            }
        }
        self.read = to;
    }

    /// Whether the word of so many bytes that a text begins with, where it ends in 20, begins a year that is not over: 到|2027年 is
    /// a goal, in 2024 增长到|2023年 and 达到|2000亿元 are none.
    fn lies_ahead(&self, text: &str, len: usize) -> bool {
        if !text[..len].ends_with("20") {
            return true;
        }
        let Some((year, after)) = text.get(..len + 2).and_then(year_at_end).map(|(year, _)| (year, &text[len + 2..])) else { return false };
        let counts = after.starts_with(|c: char| c != YEAR && is_wordy(c));
        !counts && self.now.is_none_or(|now| year >= now)
    }

    /// Whether the word of so many bytes at `at` is part of a condition: in a law that names no year of the sentence, whatever
    /// has been done (已经受到处罚的, 累计满三年的) is a case it provides for. 了 narrates in a law too.
    fn conditional(&self, text: &str, at: usize, len: usize) -> bool {
        on("modality condition of a law") && self.law && len > WIDE && !self.times.years.iter().any(|year| *year < at && year_at_end(&text[..*year]).is_some())
    }

    /// Whether a clause closes with 的 behind `end`, in what may lay down a rule: it is a case that the rule provides for,
    /// 累计缴存满一年的，可以申请. But 这样做是有道理的，… says how something is.
    fn is_case(&self, text: &str, start: usize, end: usize) -> bool {
        if !self.provides || !on("modality case of a rule") {
            return false;
        }
        let (mut before, mut depth) = (None, 0);
        for (i, c) in text[end..].char_indices().take(AHEAD) {
            match class(c) {
                Class::Open => depth += 1,
                Class::Close => depth -= 1,
                _ if depth > 0 => {}
                Class::Comma | Class::Semicolon | Class::Colon => return before == Some(OF) && !text[start..end + i].contains(IS),
                Class::Stop => return false,
                _ => before = Some(c),
            }
        }
        false
    }

    /// What stands before the year whose 年 is at `at`, where that is over and more than a yardstick: 2003年共发生, not 比2003年
    /// or 2003年起.
    fn before_past_year<'t>(&self, text: &'t str, at: usize) -> Option<&'t str> {
        let now = self.now?;
        let (year, left) = year_at_end(&text[..at])?;
        let after = &text[at + YEAR.len_utf8()..];
        let words = &LEXICON.periods;
        let yardstick = words.yardstick_before.end(left) > 0 || words.yardstick_behind.start(after) > 0 || after.starts_with(|c: char| c.is_ascii_digit());
        ((1900..now).contains(&year) && !yardstick).then_some(left)
    }

    /// The modality of the number that starts at `start` and ends at `end`, up to which the sentence has been read.
    pub(super) fn of(&self, lexicon: &Lexicon, text: &str, clause: Clause, start: usize, end: usize, turned: bool) -> Modality {
        let modality = self.said(lexicon, text, clause, start, end, turned);
        let provided = || self.is_case(text, clause.start, end) || self.is_provided_for(lexicon, text, clause.start, end);
        if modality == Modality::Actual && !turned && provided() { Modality::Target } else { modality }
    }

    /// Whether the number is said of those for whom the rule behind it is: 对茶农超过500户的茶区，…; 已有2家茶社，或者…的茶农，不得….
    fn is_provided_for(&self, lexicon: &Lexicon, text: &str, start: usize, end: usize) -> bool {
        if !self.provides || !on("modality of whom a rule is for") {
            return false;
        }
        // How many characters ago 的 stood.
        let mut of = None;
        for (i, c) in text[end..].char_indices().take(2 * AHEAD) {
            match class(c) {
                Class::Comma => {
                    let (noun, behind) = (&text[..end + i], &text[end + i + c.len_utf8()..]);
                    if !behind.starts_with(['或', '且', '并']) {
                        let whom = of.is_some_and(|far| (2..=WHOM).contains(&far)) && !noun.ends_with('上');
                        return whom && (text[start..].starts_with('对') || rules(lexicon, behind));
                    }
                }
                Class::Stop | Class::Semicolon | Class::Colon => return false,
                _ if c == OF => of = Some(0),
                _ => of = of.map(|far| far + 1),
            }
        }
        false
    }

    /// … by its sentence and its place alone, whether it is in a case that a rule provides for or not.
    fn said(&self, lexicon: &Lexicon, text: &str, clause: Clause, start: usize, end: usize, turned: bool) -> Modality {
        let part = &text[clause.start..end];
        let may = |cue| clause.has(cue) || lexicon.cues_in(&text[start..end]).has(cue);
        let near = || {
            on("modality near")
                && may(Cue::Near)
                && part.char_indices().rev().take(30).any(|(i, c)| {
                    lexicon.cues(c).has(Cue::Near)
                        && lexicon.target_near.start(&part[i..]) > 0
                        && lexicon.no_mood.start(&part[i..]) == 0
                        && !in_quotes(&part[i..])
                })
        };
        match self.place {
            Modality::Actual => {
                let by_clause = || self.tone == Tone::Other && on("modality verbs of a clause") && rules(lexicon, whole_clause(text, clause, end));
                if self.cue == Some(Modality::Target) || self.cue.is_none() && (self.rules || by_clause()) {
                    return Modality::Target;
                }
                if near() { Modality::Target } else { Modality::Actual }
            }
            // 累计奖补不超过100万元: what limits demands, whatever else is said.
            Modality::Target if on("modality limit") && may(Cue::Limit) && demands(lexicon, part) => Modality::Target,
            // 已经张榜，公示期9天
            Modality::Target if self.cue == Some(Modality::Actual) => {
                if near() {
                    Modality::Target
                } else {
                    Modality::Actual
                }
            }
            Modality::Target if on("modality year of the clause") && self.cue.is_none() && !turned && self.year_at.is_some_and(|at| at >= clause.start) => {
                Modality::Actual
            }
            Modality::Target if on("modality narrated") && self.cue.is_none() && narrated(lexicon, text, end) => Modality::Actual,
            Modality::Target => Modality::Target,
        }
    }
}

/// The length of a short name in quotes or 《》 at the start of a text.
fn name_len(text: &str) -> Option<usize> {
    let close = if text.starts_with('《') { '》' } else { '”' };
    let most = if close == '》' { 4 * NAME } else { NAME };
    text.char_indices().take(most).find(|(_, c)| *c == close).map(|(i, c)| i + c.len_utf8())
}

/// Whether a text begins inside quotes: they close before others open.
fn in_quotes(text: &str) -> bool {
    text.chars().take(NAME).find(|c| matches!(c, '“' | '”')) == Some('”')
}

/// The clause of a number with what stands behind it, up to so far ahead.
fn whole_clause(text: &str, clause: Clause, end: usize) -> &str {
    let close = |c| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon);
    let behind = text[end..].chars().take(AHEAD).take_while(|c| !close(*c)).map(char::len_utf8).sum::<usize>();
    &text[clause.start..end + behind]
}

/// Whether a sentence, or what is given of it, has the verbs of a rule: 给予, 执行, 不得.
fn rules(lexicon: &Lexicon, text: &str) -> bool {
    for (i, c) in text.char_indices().take(WHOLE) {
        if class(c) == Class::Stop {
            return false;
        }
        if lexicon.rule.start_at(&text[i..], c) > 0 {
            return true;
        }
    }
    false
}

/// Whether a clause sets a limit and tells nothing: 不得超过, 不少于.
fn demands(lexicon: &Lexicon, clause: &str) -> bool {
    let limit = clause.char_indices().rev().take(30).any(|(i, c)| lexicon.cues(c).has(Cue::Limit) && lexicon.limits.start(&clause[i..]) > 0);
    limit && !lexicon.told.any(clause)
}

/// Whether the rest of the sentence narrates: …等8个方面,部署安排了25项任务.
fn narrated(lexicon: &Lexicon, text: &str, end: usize) -> bool {
    let mut at = end;
    for c in text[end..].chars().take(AHEAD) {
        if class(c) == Class::Stop {
            return false;
        }
        if c == DONE {
            let before = &text[..at + c.len_utf8()];
            return lexicon.no_mood.end(before) == 0 && lexicon.no_mood.start(&text[at..]) == 0;
        }
        at += c.len_utf8();
    }
    false
}
