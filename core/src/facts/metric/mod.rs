//! Metrics: numbers with a unit that say how much or how many of something.
//!
//! From each anchor of a numeral: read the amount, read the unit, turn the traps away, then look around for
//! hedge, subject, change, modality, period. Every look-around is bounded and stops at the clause's end.

pub(crate) mod around;
mod change;
mod check;
mod measure;
mod modality;
mod period;
mod subject;
mod traps;
mod unknown;

use super::{Classes, Facts, Passage, Setting};
use crate::grammar::quantity::{Script, amount, run, scattered};
use crate::lexicon::words::{Is, VOCABULARY, on};
use crate::lexicon::{Cue, LEXICON, Lexicon, is_limit_noun};
use crate::room;
use crate::scan::{Class, class};
use crate::{Bound, Change, ChangeKind, Code, Decimal, Diagnostic, Dimension, Metric, MetricId, Modality, Period, Subjects};
use around::{Clause, next};
pub(crate) use check::find as contradictions;
use measure::{Reading, bound};
pub(crate) use modality::{lays_down, reports};
use period::By;
pub(crate) use period::named as named_times;
pub(crate) use period::only_year;
#[cfg(feature = "indicators")]
pub(crate) use period::plan as planned_years;
use std::cell::{Cell, OnceCell};
use subject::Parts;
pub(crate) use subject::{CELL, rule_name};

/// Ranges of a view that are something else (a date, a deadline, a title, a document number), in order.
pub(crate) type Taken = [(u32, u32)];

/// A metric of this paragraph, in the view's offsets.
#[derive(Clone, Debug)]
struct Found {
    start: usize,
    end: usize,
    unit: (u32, u32),
    value: Decimal,
    dimension: Dimension,
    /// The first of its subjects in [`Finder::subjects`], and how many there are.
    subject: (u32, u8),
    /// What a hedge before it says, and says of the numbers joined to it: 不低于20%和30%.
    hedge: Option<Bound>,
    sentence: u32,
    /// Whether it says by how much something changed.
    changed: bool,
    /// What says the time it is of.
    dated: By,
    /// Row in the document's metrics.
    row: u32,
}

/// Room for the metrics of a paragraph while it is read.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    found: Vec<Found>,
    /// The subjects of all of them.
    subjects: Vec<(u32, u32)>,
    room: subject::Room,
}

/// So many numbers with nothing between them are read (50%100%, two cells of a table); of more, as in 1件1件1件…, none says
/// anything.
const GLUED: u32 = 2;

/// So many bytes of blanks and line ends stand between two cells at most.
const GAP: u32 = 40;

struct Finder<'p, 'v> {
    text: &'v str,
    passage: &'p Passage<'v>,
    taken: &'p Taken,
    setting: &'p Setting,
    lexicon: &'static Lexicon,
    found: &'p mut Vec<Found>,
    subjects: &'p mut Vec<(u32, u32)>,
    /// What is read goes here.
    metrics: &'p mut Vec<Metric>,
    rules: &'p mut Vec<u8>,
    diagnostics: &'p mut Vec<Diagnostic>,
    /// How many numbers stand without anything between them, and where the last of them ends.
    glued: (u32, usize),
    /// The change that the last of them states.
    change: Option<Change>,
    /// Where that change starts from, among the numbers found.
    turned_from: Option<usize>,
    /// Whether some of them are joined to the one before: 25%、30%.
    joined: bool,
    /// Start of the sentence (after 。 or the paragraph's start).
    sentence: usize,
    /// Where 其中 was read, in this sentence, and where the sentence of its whole starts.
    among: Option<usize>,
    whole: usize,
    /// The time of the first number of the sentence before, where this one goes on about it: 其中.
    carried: Option<Period>,
    mood: modality::Mood,
    /// Of a part that is about two times, which of them the passage is of.
    turned: Option<period::Years>,
    /// The years that the passage's place in the document is about.
    years: OnceCell<Option<period::Years>>,
    /// The line before, where it is a name alone.
    label: Option<crate::Span>,
    /// Behind the last places where another number was looked for right behind one: where that ends.
    seconds: Cell<[(usize, Option<usize>); 3]>,
}

/// Where a metric may stand.
pub(crate) const ANNOUNCED_BY: Classes = Classes::of([Class::Digit, Class::Numeral]);

/// Appends the metrics of one paragraph, in order.
pub(crate) fn find(passage: &Passage<'_>, setting: &Setting, taken: &Taken, out: &mut Facts) {
    let anchors = passage.anchors;
    let text = passage.view.text;
    // Digits alone, as in a cell on a line of its own, count nothing.
    if text.ends_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let Facts { metrics, rules, diagnostics, numbers: Numbers { found, subjects, room }, label, turned, .. } = out;
    found.clear();
    subjects.clear();
    *turned = period::both_of(passage, setting)
        .and_then(|times| period::turns_to(text, times, passage.times.is_none(), setting).or(turned.filter(|years| times.contains(years))));
    let mut finder = Finder {
        text,
        passage,
        taken,
        setting,
        lexicon: &LEXICON,
        found,
        subjects,
        metrics,
        rules,
        diagnostics,
        glued: (0, 0),
        change: None,
        turned_from: None,
        joined: false,
        sentence: 0,
        among: None,
        whole: 0,
        carried: None,
        mood: modality::Mood::new(setting, passage),
        turned: *turned,
        years: OnceCell::new(),
        label: *label,
        // No number ends at 0.
        seconds: Cell::new([(0, None); 3]),
    };
    let mut ranges = taken.iter().peekable();
    let (mut done, mut quote) = (0, None::<usize>);
    // Whether the sentence has words so far, and up to where that was asked.
    let (mut says, mut looked) = (false, 0);
    for (i, anchor) in anchors.iter().enumerate() {
        let at = anchor.at as usize;
        match anchor.class {
            Class::Stop => {
                (finder.whole, finder.carried) = (finder.sentence, None);
                finder.sentence = at + next(text, at).map_or(1, char::len_utf8);
                finder.among = None;
                says = false;
            }
            Class::Semicolon => finder.among = None,
            // (其中正职25宗,副职21宗)
            Class::Close if finder.among.is_some_and(|a| text[..a].ends_with(['(', '（'])) => finder.among = None,
            Class::QuoteOpen => {
                let straight = text[at..].starts_with('"');
                quote = if straight && quote.is_some() { None } else { Some(at) };
            }
            Class::QuoteClose => quote = None,
            Class::Among if text[at..].starts_with("其中") => {
                finder.among = Some(at);
                // 2022年，产肉56万吨。其中，牛肉4万吨: of the same time.
                if at == finder.sentence && on("period of the whole") {
                    let before = finder.found.iter().rev().take_while(|f| f.sentence as usize == finder.whole).last();
                    finder.carried = before.filter(|f| f.dated != By::Part).and_then(|f| finder.metrics[f.row as usize].period);
                }
                // 共3个区块。其中，区块一: the whole stands in the sentence before.
                // What was looked at for an earlier 其中 is not looked at again.
                says |= text[looked.max(finder.sentence)..at].chars().any(|c| class(c) == Class::Plain);
                looked = at;
                if says {
                    finder.whole = finder.sentence;
                }
            }
            Class::Digit | Class::Numeral if at >= done => {
                while ranges.next_if(|(_, end)| *end as usize <= at).is_some() {}
                if let Some((start, end)) = ranges.peek()
                    && (*start as usize) <= at
                {
                    done = *end as usize;
                    continue;
                }
                if let Some(past) = traps::rank_or_year(finder.lexicon, text, at) {
                    done = past;
                    continue;
                }
                if anchor.class == Class::Numeral && on("trap part of a word") && traps::word(finder.lexicon, text, at) {
                    done = at + next(text, at).map_or(1, char::len_utf8);
                    continue;
                }
                let in_name = on("trap short quote") && quote.is_some_and(|q| traps::in_short_quote(text, q, at, &anchors[i..]));
                done = finder.number(at, in_name, room);
            }
            _ => {}
        }
    }
    if finder.joined && on("deal subjects out") {
        finder.deal();
    }
}

impl Finder<'_, '_> {
    /// What a number of this paragraph counts.
    fn subject(&self, found: &Found) -> Parts {
        Parts::of(&self.subjects[found.subject.0 as usize..][..found.subject.1.into()])
    }

    /// The last of them.
    fn last_subject(&self, found: &Found) -> Option<(usize, usize)> {
        let (from, count) = (found.subject.0 as usize, usize::from(found.subject.1));
        self.subjects[from..from + count].last().map(|(start, end)| (*start as usize, *end as usize))
    }

    /// A、B分别增长25%、30%: each number its own, where there are as many of both.
    fn deal(&mut self) {
        let text = self.text;
        let mut rows = &self.found[..];
        while let [first, rest @ ..] = rows {
            let mut before = first.end;
            let more = rest
                .iter()
                .take_while(|f| {
                    let joined = change::joins(&text[before..f.start]);
                    before = f.end;
                    joined
                })
                .count();
            let group = &rows[..=more];
            rows = &rows[more + 1..];
            if more == 0 {
                continue;
            }
            let own = self.found.len() - rows.len() - group.len();
            if let Some(told) = self.told_of(&self.found[..own], group) {
                for (found, row) in group.iter().zip(told) {
                    self.metrics[found.row as usize].subject = self.metrics[row.row as usize].subject.clone();
                }
                continue;
            }
            let subject = self.subject(first);
            let noun = subject.iter().map(|(_, end)| end).max().unwrap_or(0);
            if noun == 0 || noun > first.start || first.start - noun > around::REACH * 3 {
                continue;
            }
            let Some(parts) = subject.dealt(text, group.len()) else { continue };
            // 出勤率和合格率达到90%、80%: each is a measure of its own.
            let own = |(a, b): (usize, usize)| LEXICON.nouns.own_measure.end(&text[a..b]) > 0;
            let count = subject.iter().count();
            let each = count == group.len() || count < group.len() && parts.iter().all(own);
            if !each && !self.lexicon.amounts.dealt.any(&text[noun..first.start]) {
                continue;
            }
            // 苹果、中药材产量: the first of apples, of their 产量.
            let measured = |(a, b): (usize, usize)| VOCABULARY.end(&text[a..b]).filter(|(_, is)| is.any(Is::HEAD)).map_or(0, |(len, _)| len);
            let Some(tail) = parts.iter().last() else { continue };
            let head = measured(tail);
            if parts.iter().any(|(a, b)| text[a..b].chars().nth(1).is_none()) {
                continue;
            }
            for (found, part) in group.iter().zip(parts.iter()) {
                let head = (head > 0 && measured(part) == 0 && !own(part)).then_some((tail.1 - head, tail.1));
                let subject = std::iter::once(part).chain(head).map(|(a, b)| self.passage.view.span(a, b));
                self.metrics[found.row as usize].subject = subject.collect::<Subjects>();
            }
        }
    }

    /// The numbers that those of a group tell of, one each: 出口30亿元，进口20亿元，分别增长5%和6%.
    fn told_of<'f>(&self, before: &'f [Found], group: &[Found]) -> Option<&'f [Found]> {
        let (first, last) = (group.first()?, before.last()?);
        let between = &self.text[last.end..first.start];
        let own = self.subject(first).iter().any(|(start, _)| start >= last.end);
        if own || last.sentence != first.sentence || between.chars().count() > around::REACH || !self.lexicon.amounts.dealt.any(between) {
            return None;
        }
        let told = &before[before.len().checked_sub(group.len())?..];
        let each = |f: &Found| f.sentence == first.sentence && !f.changed && f.subject.1 > 0;
        let apart = |pair: &[Found]| self.subject(&pair[0]).iter().next() != self.subject(&pair[1]).iter().next();
        (told.iter().all(each) && told.windows(2).all(apart)).then_some(told)
    }

    /// Reads at a numeral; returns where to go on.
    fn number(&mut self, at: usize, in_name: bool, room: &mut subject::Room) -> usize {
        let text = self.text;
        // Past the whole run, which is looked at once: only where nothing in it is read.
        let skip = || at + run(&text[at..]).max(next(text, at).map_or(1, char::len_utf8));
        if in_name {
            return skip();
        }
        let at = measure::begin(text, at, self.found.last().map_or(0, |f| f.end.max(self.glued.1)));
        let Ok((rest, first)) = amount(&text[at..]) else {
            if let Some(len) = scattered(&text[at..]) {
                if measure::labels(text, at) {
                    return at + 1;
                }
                let doubtful = self.doubtful(at, at + len);
                self.diagnostics.extend(doubtful);
            }
            return skip();
        };
        let after = text.len() - rest.len();
        if self.passage.severed && matches!(&text[..at], "" | "." | "．" | "," | "，") {
            let severed = self.severed(at, after);
            self.diagnostics.extend(severed);
            return after;
        }
        let (reading, resume) = self.read(at, after, first);
        let Some(mut reading) = reading else {
            // What a line of a joined paragraph begins with may be the number of its page: …控制能 ⏎ 114力.
            let view = &self.passage.view;
            let opens_line = || around::last(text, at).is_some_and(|c| view.span(at - c.len_utf8(), at).end < view.span(at, after).start);
            if let Some(len) = unknown::unit(text, at, after).filter(|_| !opens_line()) {
                let span = view.span(at, after + len);
                let message = format!("the unit of {} is not known", &text[at..after + len]);
                self.diagnostics.push(Diagnostic::new(Code::UnknownUnit, span, message, format!("“{}”的单位不认识", &text[at..after + len])));
            }
            return resume.max(after);
        };
        let floor = self.found.last().map_or(0, |f| f.end);
        if on("trap rank") && traps::ordinal(text, &reading) || traps::name(self.lexicon, text, &reading).is_some() {
            return resume.max(reading.end);
        }
        let (start, prefix) = self.prefix(reading.from, floor, first.script);
        // Of 95%以上千余场 the 上 belongs to the number before.
        let start = start.max(floor);
        // A hedge between them says something: 一户200元以上500元以下.
        let glued = start <= self.glued.1 && prefix.is_none() && reading.suffix.is_none();
        self.glued = (if glued { self.glued.0 + 1 } else { 1 }, reading.end);
        if self.glued.0 > GLUED && on("trap glued") {
            return resume.max(reading.end);
        }
        let bound = bound(prefix, &reading);
        reading.hedged = prefix.is_some();
        if first.script == Script::Bare && bound == Bound::Exact {
            return resume.max(reading.end);
        }
        // 期限分别为3日、5日、1个月
        let listed = self.found.last().is_some_and(|f| f.dimension == Dimension::Duration && change::joins(&text[f.end..start]));
        if on("trap duration") && !traps::duration(self.lexicon, text, start, &mut reading, listed) {
            return resume.max(reading.end);
        }
        let bound = if reading.suffix == Some(Bound::AtMost) { Bound::AtMost } else { bound };
        let clause = around::clause(self.lexicon, text, start, floor);
        let per = if on("per") { around::per(self.lexicon, text, clause, start) } else { None };
        let joined = floor > 0 && change::joins(&text[floor..start]);
        self.joined |= joined;
        let bound = match bound {
            Bound::Exact if joined && on("bound of the number before") => self.found.last().and_then(|f| f.hedge).unwrap_or(bound),
            Bound::Exact if on("bound apart") => self.apart(clause, start).unwrap_or(bound),
            _ => bound,
        };
        let (change, turned_from) = change::read(self, clause, start, &reading);
        if on("trap one") && traps::one(text, &reading, bound, per.is_some(), change.is_some()) {
            return resume.max(reading.end);
        }
        let turned = turned_from.is_some();
        let (subject, rule) = subject::find(self, room, start, floor, clause, &reading, turned);
        self.mood.read(self.lexicon, text, self.sentence, start);
        let modality = self.mood.of(self.lexicon, text, clause, start, reading.end, turned);
        // A demand to turn one number into another reports the first, which is of no time but its own: that of the sentence is the second's.
        let of_change = turned_from.and_then(|from| {
            let by = self.found[from].dated;
            let first = &mut self.metrics[self.found[from].row as usize];
            first.modality = Modality::Actual;
            let told = first.period.filter(|_| by == By::Sentence);
            first.period = first.period.filter(|_| by == By::Words);
            told
        });
        // 从2020年的17亿元降低到3亿元: the year is that of the first.
        let since = if turned { floor } else { self.sentence };
        let years = *self.years.get_or_init(|| period::of_place(self.setting, self.passage, self.turned));
        let (period, dated) = period::period(text, since, self.mood.times(), start, years, self.setting);
        let told = if on("period behind") { period::behind(text, reading.end, reading.dimension == Dimension::Duration) } else { None };
        let (period, dated) = match told {
            Some(told) => (Some(told), By::Words),
            None if dated == By::Part
                && let Some(told) = of_change.or(self.carried) =>
            {
                (Some(told), By::Sentence)
            }
            None => (period, dated),
        };
        let row = self.metrics.len() as u32;
        let view = &self.passage.view;
        // 篮球⏎2个: a table whose cells stand on lines of their own.
        let label = self.label.filter(|label| subject.is_empty() && self.is_cell(start, reading.end, per) && view.span(0, 0).start - label.end <= GAP);
        self.rules.resize(row as usize, subject::CELL);
        self.rules.push(if label.is_some() { subject::CELL } else { rule });
        // 86种实现增长，其中仪器增长9%: by how much something changed is part of nothing.
        let changed = matches!(change, Some(change) if change.kind != ChangeKind::FromTo);
        let part_of = if changed { None } else { self.part_of(start, &reading) };
        room::push(
            self.metrics,
            Metric {
                span: view.span(start, reading.end),
                value: reading.amount.value,
                value_high: reading.high,
                unit: view.span(reading.unit.0, reading.unit.1),
                dimension: reading.dimension,
                bound,
                subject: subject.iter().map(|(a, b)| view.span(a, b)).chain(label).collect::<Subjects>(),
                modality,
                per: per.map(|(a, b)| view.span(a, b)),
                change,
                part_of,
                period,
                section: self.passage.section,
            },
        );
        (self.change, self.turned_from) = (change, turned_from);
        let first = self.subjects.len() as u32;
        self.subjects.extend(subject.iter().map(|(a, b)| (a as u32, b as u32)));
        room::push(
            self.found,
            Found {
                start,
                end: reading.end,
                unit: (reading.unit.0 as u32, reading.unit.1 as u32),
                value: reading.amount.value,
                dimension: reading.dimension,
                subject: (first, (self.subjects.len() as u32 - first) as u8),
                hedge: if reading.suffix.is_none() && bound != Bound::Exact && !reading.over { Some(bound) } else { None },
                sentence: self.sentence as u32,
                changed,
                dated,
                row,
            },
        );
        resume.max(reading.end)
    }

    /// Whether a line is nothing but its number: 2个, 各5支, 每天3套, （40分）, 增长8%.
    fn is_cell(&self, start: usize, end: usize, per: Option<(usize, usize)>) -> bool {
        let text = self.text;
        let opens = text[..start].trim_start_matches(['(', '（', '各', '共', '计']);
        let leads = || VOCABULARY.of(opens).any(Is::CHANGE.or(Is::LINK));
        self.found.is_empty() && matches!(&text[end..], "" | ")" | "）") && (opens.is_empty() || per == Some((0, start)) || leads())
    }

    /// A hedge earlier in the clause: 至少开展2次, 不得超过总房款的80%.
    fn apart(&self, clause: Clause, start: usize) -> Option<Bound> {
        if clause.has(Cue::Apart) { self.apart_at(&self.text[clause.start..start]).map(|(_, bound)| bound) } else { None }
    }

    /// The last hedge in a part of a clause: where it starts, and what it says.
    fn apart_at(&self, part: &str) -> Option<(usize, Bound)> {
        part.char_indices().rev().take(40).find_map(|(i, c)| {
            let end = i + c.len_utf8();
            let (len, bound) = self.lexicon.apart.end(&part[..end])?;
            (!is_limit_noun(&part[end - len..end], &part[end..])).then_some((end - len, bound))
        })
    }

    /// The whole of a part: the nearest metric before 其中 with the same unit that can hold it.
    ///
    /// The first number behind 其中 is a part whatever it says, and the ones listed behind it are while they
    /// fit; the first that does not fit ends the list.
    fn part_of(&mut self, start: usize, reading: &Reading<'_>) -> Option<MetricId> {
        let among = self.among.filter(|a| *a < start)?;
        let unit = &self.text[reading.unit.0..reading.unit.1];
        let first = self.found.last().is_some_and(|f| f.end <= among);
        // 60余人，其中百分之三十是教师
        let share = reading.dimension == Dimension::Percent && self.text[reading.end..].starts_with('是');
        let may = |f: &&Found| if share { f.dimension == Dimension::Count } else { &self.text[f.unit.0 as usize..f.unit.1 as usize] == unit && !f.changed };
        let whole = self.whole;
        let mut wholes = self.found[..self.found.partition_point(|f| f.end <= among)]
            .iter()
            .rev()
            .take_while(|f| f.sentence as usize >= whole)
            .take(6)
            .filter(may)
            .peekable();
        let nearest = wholes.peek().map(|f| f.row);
        let fits = wholes.find(|f| f.value >= reading.amount.value).map(|f| f.row);
        let whole = if first || share { fits.or(nearest) } else { fits };
        if whole.is_none() && !first {
            self.among = None;
        }
        whole.map(MetricId)
    }
}
