//! Deadlines and frequencies: 6月底前, 自…之日起15个工作日内, 每季度.
//!
//! By form and by place. A date is a deadline where its form says so (前, 底, 至, 内, a label 完成时限：) and
//! something is set to be done: everywhere in a plan, a notice or a regulation, in a report only in its plan
//! part, where a word sets something (力争), or where the date lies after the year reported on. What returns
//! (每季度) is one anywhere.

use super::{Classes, Facts, Passage, Setting};
use crate::grammar::bracket::OPENING;
use crate::grammar::date::{Moment, Part, inside, length_of_time, may_be_time, moment, numeric, time_of_day};
use crate::grammar::quantity::is_more;
use crate::lexicon::LEXICON;
use crate::lexicon::duties::{DUTIES, Time};
use crate::lexicon::words::{Is, VOCABULARY};
use crate::scan::{Anchor, Class, class};
use crate::view::is_digit;
use crate::{Bound, Date, Deadline, DeadlineKind, Dimension, Every, Kind, Role};

/// Where a deadline may stand.
pub(crate) const ANNOUNCED_BY: Classes = Classes::of([Class::Digit, Class::Numeral, Class::Each, Class::Within, Class::End, Class::Regular, Class::Per]);

/// What a clause ends with.
const EDGES: Classes = Classes::of([Class::Stop, Class::Semicolon, Class::Comma, Class::Colon, Class::Open, Class::Close]);

/// Finds the deadlines of a paragraph. References are looked for before: a date in a title is none.
pub(crate) fn find(passage: &Passage<'_>, setting: &Setting, out: &mut Facts, taken: &mut Vec<(u32, u32)>) {
    let titles = taken.len();
    let mut finder = Finder::new(passage, setting);
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
    let mut finder = Finder::new(passage, setting);
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
    fn new(passage: &Passage<'p>, setting: &'p Setting) -> Self {
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
            Class::Digit | Class::Numeral if may_be_time(&self.text[at..]) => self.limit(at).or_else(|| self.moment(at)),
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
        let before = before.strip_suffix(['在', '于', '到']).unwrap_or(before);
        self.words.set.end(before) > 0
    }

    /// Whether a word just before says that it is still to come: 拟于.
    fn planned_before(&self, at: usize) -> bool {
        let before = self.before(at);
        self.words.plan.end(before.strip_suffix(['在', '于', '到']).unwrap_or(before)) > 0
    }

    // 每季度

    fn each(&mut self, at: usize) -> Option<Found> {
        let rest = &self.text[at + '每'.len_utf8()..];
        let apart = rest.strip_prefix('隔');
        let (after, every) = period(apart.unwrap_or(rest))?;
        // 每隔3个月 is a quarter, 每隔一年 is every other year.
        let every = every.filter(|_| apart.is_none_or(|rest| rest.starts_with(|c: char| class(c) == Class::Digit || class(c) == Class::Numeral && c != '一')));
        let mut end = self.text.len() - after.len();
        // 每月1000元 and 每月还款额度 are rates; 平均每年, 连续4年每年 and, in a report, 每年可减少 sum up.
        let before = self.before(at);
        let told = before.ends_with("平均") || before.ends_with('年') && before.contains("连续") || !self.sets && after.starts_with('可');
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
        let rest = self.text[at..].strip_prefix("定期")?;
        let no = self.words.not_regular.end(&self.text[..at]) > 0;
        let works = (0..4).any(|n| rest.char_indices().nth(n).is_some_and(|(i, _)| self.words.work.start(&rest[i..]) > 0));
        (self.sets && !no && works).then(|| Found::recurring(at, self.text.len() - rest.len(), None))
    }

    /// 按季度, 按月
    fn per(&self, at: usize) -> Option<Found> {
        let rest = &self.text[at + '按'.len_utf8()..];
        if !self.sets || !rest.starts_with(['月', '季', '周', '年', '旬', '半']) {
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
        let (rest, ()) = length_of_time(&self.text[at..]).ok()?;
        let (rest, ()) = inside(rest).ok()?;
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
        let looks_back = self.words.look_back.end(before) > 0 && !before.ends_with("今后") && !before_an_end(before);
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
        if !before.ends_with(['起', '后']) && !before_an_end(before) || before.chars().nth(40).is_some() {
            return 0;
        }
        // 自有, 自行 start no clock.
        let starts = |at: &usize| DUTIES.time.own.start(&before[at + '自'.len_utf8()..]) == 0;
        let from = before.char_indices().filter(|(_, c)| matches!(*c, '自' | '从')).map(|(at, _)| at).find(starts);
        let from = from.or_else(|| {
            let verbs = ["应当在", "应在", "须在", "必须在", "应于", "应当于", "在", "于", "应当", "须"];
            verbs.iter().find_map(|w| before.find(w).map(|i| i + w.len()))
        });
        let from = from.unwrap_or(0);
        before.len() - from - DUTIES.time.joined.start(&before[from..])
    }

    fn within_named(&mut self, at: usize) -> Option<Found> {
        if !self.text[..at].ends_with(['年', '期']) {
            return None;
        }
        let before = self.before(at);
        let end = at + '内'.len_utf8();
        if before.ends_with("任期") {
            return Some(Found::within(at - "任期".len(), end));
        }
        let before = before.strip_suffix('年')?;
        let start = at - '年'.len_utf8();
        let (len, year) = self.named_year(before);
        let alone = len > 0 || !before.ends_with(is_digit) && self.words.counted_year.end(before) == 0;
        let date = year.and_then(|y| Date::new(y, 12, 31));
        (alone && self.applies(start, date)).then(|| Found::by(start - len, end, date))
    }

    /// 今年, 本年, 明年 at the end of `before`, without their 年: its length and the year it means.
    fn named_year(&self, before: &str) -> (usize, Option<u16>) {
        for (word, plus) in [("今", 0), ("本", 0), ("当", 0), ("明", 1), ("次", 1)] {
            if before.ends_with(word) {
                return (word.len(), self.base_year().map(|y| y + plus));
            }
        }
        (0, self.base_year())
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
        if !self.text[..at].ends_with(['年', '月']) {
            return None;
        }
        let before = self.before(at);
        let end = at + self.text[at..].chars().next()?.len_utf8();
        let (start, date) = if let Some(year) = before.strip_suffix('年') {
            let (len, year) = self.named_year(year);
            (at - '年'.len_utf8() - len, year.and_then(|y| Date::new(y, 12, 31)))
        } else if let Some(month) = before.strip_suffix('月') {
            let len = if month.ends_with(['本', '当']) { '本'.len_utf8() } else { 0 };
            (at - '月'.len_utf8() - len, None)
        } else {
            return None;
        };
        let rest = &self.text[end..];
        let limit = self.limit_word(rest);
        let before = self.before(start);
        // 月末余额 and a page's 年末 tell of a balance; they limit where 前 says so or a plan is spoken of.
        let spoken = self.plans || self.labelled || self.set_before(start) || start < at - '年'.len_utf8();
        if limit == 0 && (!spoken || self.text[start..at].ends_with('月') && self.setting.kind != Some(Kind::WorkPlan)) {
            return None;
        }
        let bound = before.is_empty() || start < at - '年'.len_utf8() || before.ends_with(['到', '至', '在', '于', '、']) || self.words.set.end(before) > 0;
        let no = self.words.no_end_before.end(before) > 0
            || before.ends_with(|c: char| is_digit(c) || matches!(c, '每' | '上' | '去' | '前'))
            || self.words.not_a_limit.start(rest) > 0;
        if (limit == 0 && (!bound || no)) || before.ends_with(['每', '去', '上']) || !self.applies(start, date) {
            return None;
        }
        Some(Found::by(start, end + limit, date))
    }

    /// The length of 前, 以前, 之前, (含)前 at the start of `rest`.
    fn limit_word(&self, rest: &str) -> usize {
        let mut after = time_of_day(rest);
        for word in ["（含）", "(含)", "（含当日）", "(含当日)"] {
            after = after.strip_prefix(word).unwrap_or(after);
        }
        let after = after.strip_prefix(['以', '之']).unwrap_or(after);
        match after.strip_prefix('前') {
            // 2024年前5个月: the first five of them.
            Some(left) if self.words.before_is_part_of.start(after) == 0 && length_of_time(left).is_err() => rest.len() - left.len(),
            _ => 0,
        }
    }

    // 2025年12月31日前, 6月底, 第一季度

    fn moment(&mut self, at: usize) -> Option<Found> {
        let text = self.text;
        // 半 of 上半年.
        let start = if text[at..].starts_with("半年") { text[..at].ends_with(['上', '下']).then(|| at - '上'.len_utf8())? } else { at };
        let start = if text[..start].ends_with('第') { start - '第'.len_utf8() } else { start };
        let start = start.max(self.done);
        let (rest, moment) = moment(&text[start..]).or_else(|_| numeric(&text[start..])).ok()?;
        let end = text.len() - rest.len();
        self.done = end;
        let mut from = start;
        let mut year = self.year;
        if moment.year.is_none() {
            // 今年6月底
            let before = self.before(start);
            if let Some(named) = before.strip_suffix('年').or_else(|| before.strip_suffix("年的")) {
                let (len, named_year) = self.named_year(named);
                if len == 0 {
                    // 去年6月, 每年6月, 该年6月
                    return None;
                }
                from = start - (before.len() - named.len()) - len;
                year = named_year;
            }
        }
        let last = self.resolve(&moment, year);
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
        let written = self.setting.date?;
        moment.last_day(Some(written.year)).filter(|d| *d >= written)
    }

    /// A moment that another follows after 至 or a dash: both are read together. `Some(None)`: a range that
    /// sets no limit.
    fn range(&mut self, start: usize, end: usize, first: &Moment) -> Option<Option<Found>> {
        let rest = &self.text[end..];
        let rest = ["起至", "起到", "开始至", "至", "到", "—", "-", "－", "–", "~", "～", "―"].iter().find_map(|w| rest.strip_prefix(w))?;
        let rest = rest.trim_start_matches(['—', '-', '―']);
        let (after, mut second) = moment(rest).or_else(|_| numeric(rest)).or_else(|_| day_only(rest, first)).ok()?;
        second.year = second.year.or(first.year);
        let last = self.resolve(&second, self.year);
        let mut end = self.text.len() - after.len();
        self.done = end;
        let before = self.before(start);
        let closes = ["期间", "止"].iter().find(|w| after.starts_with(**w)).map_or(0, |w| w.len());
        let limits = closes > 0
            || before.ends_with(['自', '从'])
            || before.ends_with("有效期")
            || before.ends_with("有效期为")
            || self.label_before(start).is_some()
            || self.opened_before(start);
        if !limits || told(after) || !self.applies(start, last) || (self.words.not_a_limit.start(after) > 0 && closes == 0) {
            return Some(None);
        }
        end += closes;
        let start = start - before.chars().next_back().filter(|c| matches!(*c, '自' | '从')).map_or(0, char::len_utf8);
        Some(Some(Found::by(start, end, last)))
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
        if self.words.not_a_limit.start(rest) > 0 || self.past(last) || before.ends_with('前') {
            return None;
        }
        let until = self.words.until.end(before);
        // 2024年底的, 第一季度的: a noun follows.
        let noun = rest.starts_with('的');
        if moment.part == Part::End {
            // 2015年末全县共有: a year's end is where things are counted, unless it is set.
            let counted = self.text[..end].ends_with('末') && until == 0 && !self.plans && !self.set_before(start);
            let no = noun || counted || self.words.no_end_before.end(before) > 0 && !self.still_to_come(before, last);
            let from = start - if no { 0 } else { until };
            return (!no && self.applies(start, last)).then(|| Found::by(from, end, last));
        }
        if matches!(moment.part, Part::Quarter(_) | Part::Half(_)) {
            // 开展第四季度走访: which visits, not by when.
            let verb = VOCABULARY.end(before).is_some_and(|(len, is)| len > '在'.len_utf8() && is.any(Is::VERB.or(Is::WORK).or(Is::STATE)));
            let attribute = verb && !self.set_before(start) && rest.chars().next().is_some_and(|c| crate::scan::class(c) == Class::Plain);
            let no = noun || attribute || self.words.no_end_before.end(before) > 0;
            return (self.plans && !no).then(|| Found::by(start - until, end, last));
        }
        if until > 0 && !before.ends_with("截至") {
            // 至1月7日巡视组已下达意见 tells how things stand.
            if rest.chars().take(24).take_while(|c| !"，,。；;".contains(*c)).any(|c| c == '已') {
                return None;
            }
            let word = &before[before.len() - until..];
            let asof = word == "截止" && !self.still_to_come(before, last);
            // 从2020年到2025年 has been read as a range; 达到2025年 is no date.
            let since = ["现在到", "目前到", "今到"].iter().any(|w| before.ends_with(w));
            // 至2027年达到2000名
            let reached = || self.words.reached.start(rest) > 0;
            let bound = !since && (!moment.only_year() || (word != "至" || reached()) && !before[..before.len() - until].ends_with(['达', '得', '看', '做']));
            let short = moment.only_year() && !matches!(word, "到") && !reached();
            return (!asof && bound && !short && self.applies(start, last)).then(|| Found::by(start - until, end, last));
        }
        if self.set_before(start) {
            return Some(Found::by(start, end, last));
        }
        // (5月完成，牵头单位：…)
        (self.sets && !moment.only_year() && self.in_list(start)).then(|| Found::by(start, end, last))
    }

    /// Whether what follows a date tells which things are meant, not what is to be done by then: 10月16日前已签订的,
    /// 1月1日前的考试, 3月底前出让的地块, 2018年以前所发文件.
    fn describes(&self, after: &str) -> bool {
        let verb = self.words.befalls.start(after);
        let done = after.strip_prefix('所').is_some_and(|rest| self.words.no_relative.start(rest) == 0);
        done || after.starts_with('的') || after.trim_start_matches([',', '，']).starts_with('已') || verb > 0 && after[verb..].starts_with(['的', '并'])
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
        before.ends_with("截止")
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
        self.text[..at].strip_suffix(['：', ':', '为']).is_some_and(|label| self.words.window.end(label) > 0)
    }

    /// Where a label begins that stands right before, with its colon or 为: 完成时限：.
    fn label_before(&self, at: usize) -> Option<usize> {
        let before = &self.text[..at];
        let label = before.strip_suffix(['：', ':', '为'])?;
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
    let mut previous = ' ';
    for (at, c) in rest.char_indices().take(24) {
        if matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon) {
            break;
        }
        let after = &rest[at + c.len_utf8()..];
        if c == '了' && !matches!(previous, '为' | '除') && !after.starts_with('解') {
            return true;
        }
        // 获得过表彰, but 通过, 超过, 过程.
        if c == '过' && previous != ' ' && words.no_past_before.end(&rest[..at]) == 0 && words.no_past_after.start(after) == 0 {
            return true;
        }
        previous = c;
    }
    false
}

/// `period := 个? (天 | 周 | 月 | 季度 | 半年 | 年 | n unit)`: what returns, and how often if the model has a word for it.
fn period(rest: &str) -> Option<(&str, Option<Every>)> {
    let rest = rest.strip_prefix(['个', '一']).unwrap_or(rest);
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    for (word, every) in [
        ("半年", Every::HalfYear),
        ("季度", Every::Quarter),
        ("季", Every::Quarter),
        ("年度", Every::Year),
        ("年", Every::Year),
        ("月份", Every::Month),
        ("月", Every::Month),
        ("星期", Every::Week),
        ("周", Every::Week),
        ("工作日", Every::Day),
        ("天", Every::Day),
        ("日", Every::Day),
    ] {
        if let Some(after) = rest.strip_prefix(word) {
            return Some((after, Some(every)));
        }
    }
    if let Some(after) = rest.strip_prefix("半月").or_else(|| rest.strip_prefix('旬')).or_else(|| rest.strip_prefix("半个月")) {
        return Some((after, None));
    }
    let (after, ()) = length_of_time(rest).ok()?;
    let six = rest.starts_with("6个月") || rest.starts_with("六个月");
    let three = rest.starts_with("3个月") || rest.starts_with("三个月");
    let every = if six {
        Some(Every::HalfYear)
    } else if three {
        Some(Every::Quarter)
    } else {
        None
    };
    // 每15分钟 is a bus.
    let unit = &rest[..rest.len() - after.len()];
    (!unit.ends_with("小时") && !unit.ends_with("分钟")).then_some((after, every))
}

/// Whether money follows: 每月1000元, 每年最高10万元.
fn paid(rest: &str) -> bool {
    let mut rest = rest;
    while let len @ 1.. = DUTIES.time.paid.start(rest) {
        rest = &rest[len..];
    }
    let number = rest.trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | ',' | '，' | '万' | '亿' | '千' | '百'));
    number.len() < rest.len() && number.starts_with('元')
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
    let number = near[at..].trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | '．' | '万' | '亿' | '千' | '百') || is_more(c));
    let mut noun = near[..at].trim_end_matches("人民币");
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
        Dimension::Duration => hedged && !unit.word.starts_with(['日', '月', '年']),
        Dimension::Count => !(unit.occasion || LEXICON.units.each_time.has(unit.word)),
        _ => true,
    }
}

/// What follows 每年 up to the end of a range of its months: 每年9月至11月.
fn months_of_period(rest: &str) -> Option<&str> {
    let (rest, from) = moment(rest.strip_prefix(['的', '于', '在']).unwrap_or(rest)).ok()?;
    let (rest, _) = moment(rest.strip_prefix(['至', '到', '-', '—', '～', '~'])?).ok()?;
    from.year.is_none().then_some(rest)
}

/// What follows 每年 or 每月 up to 前, if it is a day of the period.
fn day_of_period(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix(['的', '于', '在']).unwrap_or(rest);
    // 每季度首月10日前
    let rest = &rest[DUTIES.time.which_month.start(rest)..];
    let after = match moment(rest) {
        Ok((after, _)) => after,
        Err(_) => {
            let number = rest.trim_start_matches(is_digit);
            let day = number.strip_prefix(['日', '号']).filter(|_| number.len() < rest.len());
            day.or_else(|| rest.strip_prefix(['底', '末'])).or_else(|| rest.strip_prefix("年底"))?
        }
    };
    after.strip_prefix("之前").or_else(|| after.strip_prefix("以前")).or_else(|| after.strip_prefix('前'))
}

/// 5日 after 12月3日至.
fn day_only<'s>(rest: &'s str, first: &Moment) -> Result<(&'s str, Moment), nom::Err<()>> {
    let after = rest.trim_start_matches(is_digit);
    let day = rest[..rest.len() - after.len()].parse().ok().filter(|d| (1..=31).contains(d));
    match (day, after.strip_prefix(['日', '号'])) {
        (Some(day), Some(after)) if first.day.is_some() => Ok((after, Moment { day: Some(day), ..*first })),
        _ => Err(nom::Err::Error(())),
    }
}
