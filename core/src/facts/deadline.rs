//! Deadlines and frequencies: 6月底前, 自…之日起15个工作日内, 每季度.
//!
//! By form and by place. A date is a deadline where its form says so (前, 底, 至, 内, a label 完成时限：) and
//! something is set to be done: everywhere in a plan, a notice or a regulation, in a report only in its plan
//! part, where a word sets something (力争), or where the date lies after the year reported on. What returns
//! (每季度) is one anywhere.

use super::{Classes, Facts, Passage, Setting};
use crate::grammar::bracket::OPENING;
use crate::grammar::date::{BEFORE, DAY, MONTH, Moment, Part, WITHIN, YEAR, inside, length_of_time, may_be_time, moment, numeric, time_of_day, weekday};
use crate::grammar::numeral::{HALF, RANK, digit_value, power};
use crate::grammar::quantity::is_more;
use crate::lexicon::duties::{DUTIES, Time};
use crate::lexicon::words::{Is, VOCABULARY};
use crate::lexicon::{DONE, EACH, LEXICON};
use crate::scan::{Anchor, Class, WIDE, class};
use crate::view::is_digit;
use crate::{Bound, Date, Deadline, DeadlineKind, Dimension, Every, Kind, Role};

/// Where a deadline may stand.
pub(crate) const ANNOUNCED_BY: Classes = Classes::of([Class::Digit, Class::Numeral, Class::Each, Class::Within, Class::End, Class::Regular, Class::Per]);

/// What a clause ends with.
const EDGES: Classes = Classes::of([Class::Stop, Class::Semicolon, Class::Comma, Class::Colon, Class::Open, Class::Close]);

/// Finds the deadlines of a paragraph. References are looked for before: a date in a title is none.
pub(crate) fn find(passage: &Passage<'_>, setting: &Setting, seen: Classes, out: &mut Facts, taken: &mut Vec<(u32, u32)>) {
    let titles = taken.len();
    let mut finder = Finder::new(passage, setting, seen);
    let mut title = 0;
    for (row, anchor) in passage.anchors.iter().enumerate().filter(|(_, a)| ANNOUNCED_BY.has(a.class)) {
        finder.row = row;
        let at = anchor.at as usize;
        while title < titles && (taken[title].1 as usize) <= at {
            title += 1;
        }
        let in_title = title < titles && (taken[title].0 as usize) <= at;
        if in_title || at < finder.done {
            continue;
        }
        if let Some(found) = finder.read(at, anchor.class) {
            let Found { start, end, kind, date, every } = found;
            finder.done = finder.done.max(end);
            out.deadlines.push(Deadline { span: passage.view.span(start, end), kind, date, every, section: passage.section });
            taken.push((start as u32, end as u32));
        }
    }
}

/// Reads a cell of a column of deadlines: there any date is one.
pub(crate) fn cell(passage: &Passage<'_>, setting: &Setting, out: &mut Facts) {
    let mut finder = Finder::new(passage, setting, Classes::seen(passage.anchors));
    finder.labelled = true;
    for (row, anchor) in passage.anchors.iter().enumerate() {
        finder.row = row;
        let at = anchor.at as usize;
        if at < finder.done {
            continue;
        }
        if let Some(found) = finder.read(at, anchor.class) {
            let Found { start, end, kind, date, every } = found;
            finder.done = end;
            out.deadlines.push(Deadline { span: passage.view.span(start, end), kind, date, every, section: passage.section });
        }
    }
}

/// How far back a rule may look, in bytes.
const LONGEST_CLAUSE: usize = 180;

/// A deadline, in the view's offsets.
struct Found {
    start: usize,
    end: usize,
    kind: DeadlineKind,
    date: Option<Date>,
    every: Option<Every>,
}

impl Found {
    fn by(start: usize, end: usize, date: Option<Date>) -> Self {
        Self { start, end, kind: DeadlineKind::By, date, every: None }
    }

    fn within(start: usize, end: usize) -> Self {
        Self { start, end, kind: DeadlineKind::Within, date: None, every: None }
    }

    fn recurring(start: usize, end: usize, every: Option<Every>) -> Self {
        Self { start, end, kind: DeadlineKind::Recurring, date: None, every }
    }
}

struct Finder<'p> {
    text: &'p str,
    setting: &'p Setting,
    words: &'static Time,
    /// Something is set to be done here.
    sets: bool,
    /// … and it is the work of a year: a quarter named is a quarter to be kept.
    plans: bool,
    /// A label has said that dates are deadlines.
    labelled: bool,
    /// The heading above says when something is open.
    opens: bool,
    /// The paragraph has 内.
    within: bool,
    /// The year that 6月底 falls in.
    year: Option<u16>,
    /// The row of the anchor that is read.
    row: usize,
    /// Nothing before this is looked at again.
    done: usize,
    /// Where the last deadline ends: the next begins after it, whatever it looks back for.
    last: usize,
    anchors: &'p [Anchor],
}

impl<'p> Finder<'p> {
    fn new(passage: &Passage<'p>, setting: &'p Setting, seen: Classes) -> Self {
        let planned = matches!(passage.role, Role::Plan | Role::Tasks | Role::Requirements);
        let report = matches!(setting.kind, Some(Kind::AnnualReport | Kind::WorkReport));
        // A report on a year has its plan for the year after.
        let ahead = u16::from(setting.kind == Some(Kind::AnnualReport) && passage.role == Role::Plan);
        Self {
            text: passage.view.text,
            setting,
            words: &DUTIES.time,
            sets: !report || planned,
            plans: setting.kind == Some(Kind::WorkPlan) || planned,
            labelled: false,
            opens: passage.opens,
            within: seen.has(Class::Within),
            year: setting.year.map(|y| y + ahead),
            row: 0,
            done: 0,
            last: 0,
            anchors: passage.anchors,
        }
    }

    /// Where the clause begins; 0 where that is further back than any rule looks.
    fn clause(&self) -> usize {
        let here = &self.anchors[..=self.row];
        let far = here.last().map_or(0, |a| a.at.saturating_sub(2 * LONGEST_CLAUSE as u32));
        let edge = here.iter().rev().take_while(|a| a.at >= far).find(|a| EDGES.has(a.class));
        edge.map_or(0, |a| self.text.ceil_char_boundary(a.at as usize + 1))
    }

    fn read(&mut self, at: usize, class: Class) -> Option<Found> {
        let mut found = match class {
            Class::Each => self.each(at),
            Class::Regular => self.regularly(at),
            Class::Per => self.per(at),
            Class::Within => self.within_named(at),
            Class::End => self.named_end(at),
            Class::Digit | Class::Numeral => {
                let dated = may_be_time(&self.text[at..])?;
                // Behind a length of time that is no limit a date may stand.
                self.limit(at).or_else(|| if dated || self.done > at { self.moment(at) } else { None })
            }
            _ => None,
        }?;
        found.start = found.start.max(self.last);
        self.last = found.end;
        Some(found)
    }

    /// The clause before `at`, or the last of it: no rule looks further.
    fn before(&self, at: usize) -> &'p str {
        let far = self.text.ceil_char_boundary(at.saturating_sub(LONGEST_CLAUSE));
        &self.text[self.clause().min(at).max(far)..at]
    }

    /// Whether a word just before, in the clause, sets something.
    fn set_before(&self, at: usize) -> bool {
        let before = self.before(at);
        self.words.set.end(self.words.at.strip_suffix(before).unwrap_or(before)) > 0
    }

    /// Whether a word just before says that it is still to come: 拟于.
    fn planned_before(&self, at: usize) -> bool {
        let before = self.before(at);
        self.words.plan.end(self.words.at.strip_suffix(before).unwrap_or(before)) > 0
    }

    // 每季度

    fn each(&mut self, at: usize) -> Option<Found> {
        let rest = &self.text[at + EACH.len_utf8()..];
        let apart = self.words.every_other.strip_prefix(rest);
        let (after, every) = period(apart.unwrap_or(rest))?;
        // 每隔3个月 is a quarter, 每隔一年 is every other year.
        let several = |c: char| class(c) == Class::Digit || class(c) == Class::Numeral && digit_value(c) != Some(1);
        let every = every.filter(|_| apart.is_none_or(|rest| rest.starts_with(several)));
        let mut end = self.text.len() - after.len();
        // 每月1000元 and 每月还款额度 are rates; 平均每年, 连续4年每年 and, in a report, 每年可减少 sum up.
        let before = self.before(at);
        let words = self.words;
        let told = words.average.end(before) > 0 || before.ends_with(YEAR) && words.running.any(before) || !self.sets && words.may.start(after) > 0;
        if paid(after) || rated(after) || measured(after) || told {
            self.done = end;
            return None;
        }
        // 每年3月底前, 每月10日前, 每年9月至11月: the time belongs to it.
        if let Some(longer) = day_of_period(after).or_else(|| months_of_period(after)) {
            end = self.text.len() - longer.len();
        }
        Some(Found::recurring(at, end, every))
    }

    /// 定期
    fn regularly(&self, at: usize) -> Option<Found> {
        let rest = self.words.regular.strip_prefix(&self.text[at..])?;
        // 定期定额户
        let no = self.words.not_regular.end(&self.text[..at]) > 0 || self.words.not_regular_behind.start(rest) > 0;
        let works = (0..4).any(|n| rest.char_indices().nth(n).is_some_and(|(i, _)| self.words.work.start(&rest[i..]) > 0));
        (self.sets && !no && works).then(|| Found::recurring(at, self.text.len() - rest.len(), None))
    }

    /// 按季度, 按月
    fn per(&self, at: usize) -> Option<Found> {
        let rest = &self.text[at + WIDE..];
        if !self.sets || self.words.per.start(rest) == 0 {
            return None;
        }
        let (after, every) = period(rest)?;
        self.works_soon(after).then(|| Found::recurring(at, self.text.len() - after.len(), every))
    }

    fn works_soon(&self, rest: &str) -> bool {
        rest.char_indices()
            .take(8)
            .take_while(|(_, c)| !matches!(*c, '，' | ',' | '。' | '；' | ';' | '、'))
            .any(|(i, _)| self.words.work.start(&rest[i..]) > 0)
    }

    // 15个工作日内, 任期内, 年内

    fn limit(&mut self, at: usize) -> Option<Found> {
        if !self.within {
            return None;
        }
        let (rest, ()) = length_of_time(&self.text[at..]).ok()?;
        // 三到五年时间内
        let (rest, ()) = inside(rest.strip_prefix("时间").unwrap_or(rest)).ok()?;
        let end = self.text.len() - rest.len();
        let before = self.before(at);
        // 2024年内 names the year.
        if let Ok((left, year)) = moment(&self.text[at..])
            && year.only_year()
            && inside(left).is_ok_and(|(left, ())| left.len() == rest.len())
        {
            self.done = end;
            let date = self.resolve(&year, None);
            return (!self.past(date) && !told(rest) && self.applies(at, date)).then(|| Found::by(at, end, date));
        }
        let looks_back = self.words.look_back.end(before) > 0 && !before_an_end(before);
        // 压缩至3个工作日内: the time itself is what changes, and is a metric.
        let measured = LEXICON.durations.reach_before.end(hedged(before)) > 0;
        if measured || looks_back || told(rest) || self.words.condition.start(rest) > 0 || !(self.sets || self.set_before(at)) {
            self.done = end;
            return None;
        }
        Some(Found::within(at - Self::trigger(before), end))
    }

    /// The length of what starts the clock, right before it: 自申请之日起, 合同签订后.
    fn trigger(before: &str) -> usize {
        let words = &DUTIES.time;
        if words.clock.end(before) == 0 && !before_an_end(before) || before.chars().nth(40).is_some() {
            return 0;
        }
        // 自有, 自行 start no clock.
        let starts = |at: &usize| words.own.start(&before[at + WIDE..]) == 0;
        let from = before.char_indices().filter(|(_, c)| words.from.begins(*c)).map(|(at, _)| at).find(starts);
        let from = from.or_else(|| DUTIES.set_in.iter().find_map(|word| before.find(word).map(|at| at + word.len())));
        let from = from.unwrap_or(0);
        before.len() - from - words.joined.start(&before[from..])
    }

    fn within_named(&mut self, at: usize) -> Option<Found> {
        let end = at + WITHIN.len_utf8();
        if let len @ 1.. = self.words.term.end(&self.text[..at]) {
            return Some(Found::within(at - len, end));
        }
        let start = self.text[..at].strip_suffix(YEAR)?.len();
        let before = self.before(start);
        let (len, year) = self.named_year(before);
        let alone = len > 0 || !before.ends_with(is_digit) && self.words.counted_year.end(before) == 0;
        let date = year.and_then(|y| Date::new(y, 12, 31));
        (alone && self.applies(start, date)).then(|| Found::by(start - len, end, date))
    }

    /// 今年, 本年, 明年 at the end of `before`, without their 年: its length and the year it means.
    fn named_year(&self, before: &str) -> (usize, Option<u16>) {
        let words = &LEXICON.periods;
        let this = words.this_year.end(before).max(words.same_year.end(before));
        let next = words.next_year.end(before).max(words.year_after.end(before));
        (this.max(next), self.base_year().map(|year| year + u16::from(next > 0)))
    }

    fn base_year(&self) -> Option<u16> {
        self.year.or(self.setting.date.map(|d| d.year))
    }

    /// Whether a date at `start` is set, not told.
    fn applies(&self, start: usize, date: Option<Date>) -> bool {
        self.sets || self.labelled || self.set_before(start) || self.planned_before(start) || self.ahead(date)
    }

    /// Whether the date lies after the year reported on.
    fn ahead(&self, date: Option<Date>) -> bool {
        matches!((date, self.setting.year), (Some(date), Some(year)) if date.year > year)
    }

    // 年底前, 月底前, without a number

    fn named_end(&mut self, at: usize) -> Option<Found> {
        if !self.text[..at].ends_with([YEAR, MONTH]) {
            return None;
        }
        let before = self.before(at);
        let end = at + self.text[at..].chars().next()?.len_utf8();
        let (start, date) = if let Some(year) = before.strip_suffix(YEAR) {
            let (len, year) = self.named_year(year);
            (at - YEAR.len_utf8() - len, year.and_then(|y| Date::new(y, 12, 31)))
        } else {
            let month = before.strip_suffix(MONTH)?;
            (at - MONTH.len_utf8() - LEXICON.periods.same_year.end(month), None)
        };
        let rest = &self.text[end..];
        let limit = self.limit_word(rest);
        let before = self.before(start);
        // 月末余额 and a page's 年末 tell of a balance; they limit where 前 says so or a plan is spoken of.
        let spoken = self.plans || self.labelled || self.set_before(start) || start < at - WIDE;
        if limit == 0 && (!spoken || self.text[start..at].ends_with(MONTH) && self.setting.kind != Some(Kind::WorkPlan)) {
            return None;
        }
        let words = self.words;
        let bound = before.is_empty() || start < at - WIDE || words.end_of_before.end(before) > 0 || words.set.end(before) > 0;
        let another = words.another.end(before) > 0;
        let no = words.no_end_before.end(before) > 0 || before.ends_with(is_digit) || before.ends_with(BEFORE) || words.not_a_limit.start(rest) > 0;
        if another || limit == 0 && (!bound || no) || !self.applies(start, date) {
            return None;
        }
        Some(Found::by(start, end + limit, date))
    }

    /// The length of 前, 以前, 之前, (含)前 at the start of `rest`.
    fn limit_word(&self, rest: &str) -> usize {
        let after = time_of_day(rest);
        let after = LEXICON.amounts.included.strip_prefix(after).unwrap_or(after);
        match self.words.before.strip_prefix(after) {
            // 2024年前5个月: the first five of them.
            Some(left) => {
                let word = &after[after.len() - left.len() - BEFORE.len_utf8()..];
                let part = self.words.before_is_part_of.start(word) > 0 || length_of_time(left).is_ok();
                if part { 0 } else { rest.len() - left.len() }
            }
            None => 0,
        }
    }

    // 2025年12月31日前, 6月底, 第一季度

    fn moment(&mut self, at: usize) -> Option<Found> {
        let text = self.text;
        // 半 of 上半年.
        let start = if text[at..].starts_with(HALF) {
            let (half, periods) = (&text[..at + HALF.len_utf8()], &LEXICON.periods);
            half.len() - Some(periods.first_half.end(half).max(periods.second_half.end(half))).filter(|len| *len > 0)?
        } else {
            at
        };
        let start = text[..start].strip_suffix(RANK).map_or(start, str::len);
        let start = start.max(self.done);
        let (rest, moment) = moment(&text[start..]).or_else(|_| numeric(&text[start..])).ok()?;
        let end = text.len() - rest.len();
        self.done = end;
        let mut from = start;
        let mut year = self.year;
        if moment.year.is_none() {
            // 今年6月底
            let before = self.before(start);
            if let Some(named) = self.words.of_year.strip_suffix(before) {
                let (len, named_year) = self.named_year(named);
                if len == 0 {
                    // 去年6月, 每年6月, 该年6月
                    return None;
                }
                from = start - (before.len() - named.len()) - len;
                year = named_year;
            }
        }
        // 3月22日（周一）: a year whose 22nd of March is no Monday is another.
        let other = |date: &Date| weekday(&text[end..]).is_some_and(|(_, day)| day != date.weekday());
        let told = moment.year.or(year).is_some() || self.setting.date.is_some();
        let last = self.resolve(&moment, year).filter(|date| told || !other(date));
        if let Some(found) = self.range(from, end, &moment) {
            return found;
        }
        self.judge(from, end, &moment, last)
    }

    /// The day that a moment ends with, where its year is certain.
    fn resolve(&self, moment: &Moment, year: Option<u16>) -> Option<Date> {
        if moment.year.is_some() || year.is_some() {
            return moment.last_day(year);
        }
        // Without a plan's year: the year of the document, unless the day has passed by then.
        if let Some(written) = self.setting.date {
            return moment.last_day(Some(written.year)).filter(|d| *d >= written);
        }
        // 1月底 in a text that speaks of December may be of the year after.
        const HALF_A_YEAR: u8 = 6;
        let (year, latest) = self.setting.only_year?;
        moment.last_day(Some(year)).filter(|d| latest < d.month + HALF_A_YEAR)
    }

    /// A moment that another follows after 至 or a dash: both are read together. `Some(None)`: a range that
    /// sets no limit.
    fn range(&mut self, start: usize, end: usize, first: &Moment) -> Option<Option<Found>> {
        let rest = &self.text[end..];
        let rest = LEXICON.amounts.joiner.strip_prefix(LEXICON.periods.starts.strip_prefix(rest).unwrap_or(rest))?;
        let rest = rest.trim_start_matches(['—', '-', '―']);
        let (after, mut second) = moment(rest).or_else(|_| numeric(rest)).or_else(|_| day_only(rest, first)).ok()?;
        second.year = second.year.or(first.year);
        let last = self.resolve(&second, self.year);
        let mut end = self.text.len() - after.len();
        self.done = end;
        let before = self.before(start);
        let closes = self.words.closes.start(after);
        let from = self.words.from.end(before);
        let limits = closes > 0
            || from > 0
            || self.words.label.end(before) > 0
            || self.label_before(start).is_some()
            || self.opened_before(start)
            || self.opens && start == 0;
        if !limits || told(after) || !self.applies(start, last) || (self.words.not_a_limit.start(after) > 0 && closes == 0) {
            return Some(None);
        }
        end += closes;
        Some(Some(Found::by(start - from, end, last)))
    }

    fn judge(&mut self, start: usize, end: usize, moment: &Moment, last: Option<Date>) -> Option<Found> {
        let rest = &self.text[end..];
        let before = self.before(start);
        let limit = self.limit_word(rest);
        if limit > 0 {
            let after = &rest[limit..];
            let set = !self.describes(after) && !told(after) && self.applies(start, last);
            let from = start - self.words.until.end(before);
            return set.then(|| Found::by(from, end + limit, last));
        }
        if let Some(from) = self.label_before(start) {
            return Some(Found::by(from, end, last));
        }
        if self.labelled {
            return Some(Found::by(start, end, last));
        }
        if self.words.not_a_limit.start(rest) > 0 || self.past(last) || before.ends_with(BEFORE) {
            return None;
        }
        let until = self.words.until.end(before);
        // 2024年底的, 第一季度的: a noun follows.
        let noun = self.words.of.start(rest) > 0;
        if moment.part == Part::End {
            // 2015年末全县共有: a year's end is where things are counted, unless it is set.
            let counted = self.words.counted_at.end(&self.text[..end]) > 0 && until == 0 && !self.plans && !self.set_before(start);
            let no = noun || counted || self.words.no_end_before.end(before) > 0 && !self.still_to_come(before, last);
            let from = start - if no { 0 } else { until };
            return (!no && self.applies(start, last)).then(|| Found::by(from, end, last));
        }
        if matches!(moment.part, Part::Quarter(_) | Part::Half(_)) {
            // 开展第四季度走访: which visits, not by when.
            let verb = VOCABULARY.end(before).is_some_and(|(len, is)| len > WIDE && is.any(Is::VERB.or(Is::WORK).or(Is::STATE)));
            let attribute = verb && !self.set_before(start) && rest.chars().next().is_some_and(|c| crate::scan::class(c) == Class::Plain);
            let no = noun || attribute || self.words.no_end_before.end(before) > 0;
            return (self.plans && !no).then(|| Found::by(start - until, end, last));
        }
        let words = self.words;
        if until > 0 && words.up_to_now.end(before) == 0 {
            // 至1月7日巡视组已下达意见 tells how things stand.
            if rest.chars().take(24).take_while(|c| !"，,。；;".contains(*c)).any(|c| words.already.begins(c)) {
                return None;
            }
            let asof = words.as_of.end(before) > 0 && !self.still_to_come(before, last);
            // 从2020年到2025年 has been read as a range; 达到2025年 is no date.
            let since = words.from_now.end(before) > 0;
            let left = &before[..before.len() - until];
            // 至2027年达到2000名
            let year = || (words.year_until.has(&before[left.len()..]) || words.reached.start(rest) > 0) && words.no_date_before.end(left) == 0;
            let bound = !since && (!moment.only_year() || year());
            return (!asof && bound && self.applies(start, last)).then(|| Found::by(start - until, end, last));
        }
        if self.set_before(start) {
            return Some(Found::by(start, end, last));
        }
        // (5月完成，牵头单位：…), 2024年9月|完成验收
        let completes = || before.is_empty() && words.completes.strip_prefix(rest).is_some_and(|rest| words.of.start(rest) == 0);
        (self.sets && !moment.only_year() && (self.in_list(start) || completes())).then(|| Found::by(start, end, last))
    }

    /// Whether what follows a date tells which things are meant, not what is to be done by then: 10月16日前已签订的,
    /// 1月1日前的考试, 3月底前出让的地块, 2018年以前所发文件.
    fn describes(&self, after: &str) -> bool {
        let verb = self.words.befalls.start(after);
        let words = self.words;
        let done = words.relative.strip_prefix(after).is_some_and(|rest| words.no_relative.start(rest) == 0);
        let already = || words.already.start(after.trim_start_matches([',', '，'])) > 0;
        done || words.of.start(after) > 0 || already() || verb > 0 && words.befallen.start(&after[verb..]) > 0
    }

    /// Whether a bracket that begins right here goes on to say who does it.
    fn in_list(&self, start: usize) -> bool {
        let opened = self.text[..start].ends_with(OPENING) && self.clause() == start;
        let row = self.anchors.partition_point(|a| (a.at as usize) < start);
        opened
            && self.anchors[row..].iter().take(16).take_while(|a| a.class != Class::Close).any(|a| matches!(a.class, Class::Duty | Class::Lead | Class::Charge))
    }

    /// 截止2024年12月31日 in a document of 2023 is a limit; in one of 2025 it looks back.
    fn still_to_come(&self, before: &str, last: Option<Date>) -> bool {
        self.words.as_of.end(before) > 0
            && self.sets
            && match (last, self.setting.date, self.setting.year) {
                (Some(last), Some(written), _) => last >= written,
                (Some(last), None, Some(year)) => last.year >= year,
                _ => false,
            }
    }

    /// Whether the date lies before everything the document can set.
    fn past(&self, last: Option<Date>) -> bool {
        match (last, self.setting.date, self.setting.year) {
            (Some(last), Some(written), None) => last < written,
            (Some(last), _, Some(year)) => last.year < year,
            _ => false,
        }
    }

    /// Whether a label right before says when something is open: 申报时间：5月20日至6月5日.
    fn opened_before(&self, at: usize) -> bool {
        self.words.label_ends.strip_suffix(&self.text[..at]).is_some_and(|label| self.words.window.end(label) > 0)
    }

    /// Where a label begins that stands right before, with its colon or 为: 完成时限：.
    fn label_before(&self, at: usize) -> Option<usize> {
        let label = self.words.label_ends.strip_suffix(&self.text[..at])?;
        let len = self.words.label.end(label);
        (len > 0).then(|| label.len() - len)
    }
}

/// Whether a span counts back from an end: 有效期届满前6个月内.
fn before_an_end(before: &str) -> bool {
    DUTIES.time.before_an_end.end(before) > 0
}

/// Without a hedge at the end: 压缩至不超过3个工作日内.
fn hedged(before: &str) -> &str {
    let len = LEXICON.before.end(before).map_or(0, |(len, _)| len);
    &before[..before.len() - len]
}

/// Whether the clause goes on to tell what was done: 完成了, 获得过. Not 为了 and 了解.
fn told(rest: &str) -> bool {
    let words = &DUTIES.time;
    let no_mood = &LEXICON.no_mood;
    for (at, c) in rest.char_indices().take(24) {
        if matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon) {
            break;
        }
        let end = at + c.len_utf8();
        if c == DONE && no_mood.end(&rest[..end]) == 0 && no_mood.start(&rest[at..]) == 0 {
            return true;
        }
        // 获得过表彰, but 通过, 超过, 过程.
        if c == '过' && at > 0 && words.no_past_before.end(&rest[..at]) == 0 && words.no_past_after.start(&rest[end..]) == 0 {
            return true;
        }
    }
    false
}

/// `period := 个? (天 | 周 | 月 | 季度 | 半年 | 年 | n unit)`: what returns, and how often if the model has a word for it.
fn period(rest: &str) -> Option<(&str, Option<Every>)> {
    let rest = DUTIES.time.one.strip_prefix(rest).unwrap_or(rest);
    if let Some(found) = DUTIES.every.iter().find_map(|(every, words)| Some((words.strip_prefix(rest)?, *every))) {
        return Some(found);
    }
    let (after, ()) = length_of_time(rest).ok()?;
    // 每15分钟 is a bus.
    (LEXICON.units.speed.end(&rest[..rest.len() - after.len()]) == 0).then_some((after, None))
}

/// Whether money follows: 每月1000元, 每年最高10万元.
fn paid(rest: &str) -> bool {
    let rest = DUTIES.time.paid.trim_start(rest);
    let number = rest.trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | ',' | '，') || power(c).is_some());
    number.len() < rest.len() && LEXICON.units.start(number).is_some_and(|unit| unit.dimension == Dimension::Money)
}

/// Whether a rate of money follows: 每月还款额度, 每年度实际纳税.
fn rated(rest: &str) -> bool {
    let near = rest.char_indices().nth(6).map_or(rest, |(i, _)| &rest[..i]);
    let near = near.split(['，', ',', '。', '、', '；', ';']).next().unwrap_or(near);
    DUTIES.time.rate.find(near).is_some()
}

/// Whether what follows says how much there is in each period, not how often something is done: 每天10支, 每周工作时间不超过40小时,
/// 每月物业管理费约为3万元; but 每年拨付资金100万元, 每月不少于2篇, 每天24小时服务.
fn measured(rest: &str) -> bool {
    let near = rest.char_indices().nth(24).map_or(rest, |(i, _)| &rest[..i]);
    let near = near.split(['，', ',', '。', '、', '；', ';', '：', ':']).next().unwrap_or(near);
    let Some(at) = near.find(is_digit) else { return false };
    let number = near[at..].trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | '．') || power(c).is_some() || is_more(c));
    let mut noun = LEXICON.amounts.currency.trim_end(&near[..at]);
    while let Some((len, _)) = VOCABULARY.end(noun).filter(|(_, is)| is.any(Is::LINK.or(Is::BOUND).or(Is::CHANGE)) && !is.any(Is::NOUN)) {
        noun = &noun[..noun.len() - len];
    }
    let Some(unit) = LEXICON.units.start(number) else { return false };
    let hedged = noun.len() < at;
    // 每月不少于2条, 每年增加1个: a duty, as often as that.
    let duty =
        LEXICON.before.end(&near[..at]).is_some_and(|(_, bound)| bound == Bound::AtLeast) || VOCABULARY.start(near).is_some_and(|(_, is)| is.any(Is::CHANGE));
    if !noun.is_empty() {
        let measure = DUTIES.time.each_has.end(noun) > 0;
        return measure && hedged && VOCABULARY.start(noun).is_none_or(|(_, is)| !is.any(Is::VERB));
    }
    match unit.dimension {
        Dimension::Frequency | Dimension::Percent => false,
        _ if duty => false,
        Dimension::Duration => hedged && !unit.word.starts_with([DAY, MONTH, YEAR]),
        Dimension::Count => !(unit.occasion || LEXICON.units.each_time.has(unit.word)),
        _ => true,
    }
}

/// What follows 每年 up to the end of a range of its months: 每年9月至11月.
fn months_of_period(rest: &str) -> Option<&str> {
    let (rest, from) = moment(DUTIES.time.of_period.strip_prefix(rest).unwrap_or(rest)).ok()?;
    let (rest, _) = moment(LEXICON.amounts.joiner.strip_prefix(rest)?).ok()?;
    from.year.is_none().then_some(rest)
}

/// What follows 每年 or 每月 up to 前, if it is a day of the period.
fn day_of_period(rest: &str) -> Option<&str> {
    let words = &DUTIES.time;
    let rest = words.of_period.strip_prefix(rest).unwrap_or(rest);
    // 每季度首月10日前
    let rest = &rest[words.which_month.start(rest)..];
    let after = match moment(rest) {
        Ok((after, _)) => after,
        Err(_) => {
            let number = rest.trim_start_matches(is_digit);
            let day = words.day.strip_prefix(number).filter(|_| number.len() < rest.len());
            day.or_else(|| words.end_of_period.strip_prefix(rest))?
        }
    };
    words.before.strip_prefix(after)
}

/// 5日 after 12月3日至.
fn day_only<'s>(rest: &'s str, first: &Moment) -> Result<(&'s str, Moment), nom::Err<()>> {
    let after = rest.trim_start_matches(is_digit);
    let day = rest[..rest.len() - after.len()].parse().ok().filter(|d| (1..=31).contains(d));
    match (day, DUTIES.time.day.strip_prefix(after)) {
        (Some(day), Some(after)) if first.day.is_some() => Ok((after, Moment { day: Some(day), ..*first })),
        _ => Err(nom::Err::Error(())),
    }
}
