//! The time a number is of: what its sentence says, else what its part of the document is about.

use super::around::{REACH, ago, is_edge};
use super::modality::Times;
use crate::facts::{Passage, Setting};
use crate::grammar::date::{self, BEFORE, MONTH, QUARTER, YEAR, moment};
use crate::grammar::numeral::{RANK, cardinal, figure};
use crate::lexicon::words::on;
use crate::lexicon::{Cue, EACH, FIVE, LEXICON, Words};
use crate::scan::{Class, WIDE, class, last_place};
use crate::view::longer;
use crate::{Date, Kind, Period, Role};

/// From one year to another, both included.
pub(crate) type Years = (u16, u16);

/// So far a paragraph may say which of two times it is of, in characters.
const LEAD: usize = 80;

/// What months and the end of a year may begin with beside a figure: 十二月, 2016年|底.
const TEN_OR_END: [char; 3] = ['十', '底', '末'];

/// What a paragraph begins with ends after so many characters.
const OPENING: usize = 16;

/// The years that a heading names, if it names one time (2015年工作回顾, “十四五”时期, 过去五年); or the years and the year that it
/// names together (“十四五”时期和2025年工作回顾).
pub(crate) fn named(heading: &str, setting: &Setting) -> (Option<Years>, Option<[Years; 2]>) {
    match times_of(heading, setting) {
        [Some(years), None] => (Some(years), None),
        [Some(a), Some(b)] => {
            let (span, one) = if a.0 < a.1 { (a, b) } else { (b, a) };
            (None, (on("period two times") && span.0 < span.1 && one.0 == one.1).then_some([span, one]))
        }
        _ => (None, None),
    }
}

/// The times that a heading names, as far as they are two.
fn times_of(heading: &str, setting: &Setting) -> [Option<Years>; 2] {
    let mut found = [None; 2];
    let years = heading.match_indices(YEAR).filter_map(|(at, _)| at_year(heading, at, setting, None).map(years_of));
    for years in years.chain(plan(heading)) {
        match found {
            [None, _] => found[0] = Some(years),
            [Some(first), None] if first != years => found[1] = Some(years),
            _ => {}
        }
    }
    found
}

/// The two times that the part is about which holds a passage. What a work report looks back on in several years ends in the
/// last of them, which it may turn to: 刚刚过去的2025年，….
pub(super) fn both_of(passage: &Passage<'_>, setting: &Setting) -> Option<[Years; 2]> {
    let last = || setting.year.filter(|_| setting.kind == Some(Kind::WorkReport))?.checked_sub(1);
    passage.times.or_else(|| passage.years.filter(|(from, to)| from < to && last() == Some(*to)).map(|(from, to)| [(from, to), (to, to)]))
}

/// Which of the two times that a part is about its paragraphs from this one on are of, where this one says so: 五年来，…;
/// 2025年，…; 这是…的五年。Where the heading names the years alone, `past` wants the year to be told as one that is over:
/// 刚刚过去的2025年，….
pub(super) fn turns_to(text: &str, [span, one]: [Years; 2], past: bool, setting: &Setting) -> Option<Years> {
    let words = &LEXICON.periods;
    let ends = |c: char| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon);
    let mut turned = None;
    let mut rest = &text[..text.char_indices().nth(LEAD).map_or(text.len(), |(i, _)| i)];
    while !rest.is_empty() {
        let sentence = rest.trim_start_matches(|c: char| matches!(c, '—' | '―') || ends(c));
        let sentence = words.address.strip_prefix(sentence).map_or(sentence, |rest| rest.trim_start_matches(|c: char| ends(c) || class(c) == Class::Colon));
        let head = &sentence[..sentence.char_indices().take_while(|(_, c)| !ends(*c)).take(OPENING).last().map_or(0, |(i, c)| i + c.len_utf8())];
        let over = |at: usize| match year_at_end(&head[..at]) {
            Some((_, left)) => !past || words.past.end(left) > 0,
            // 去年，…: of its sentence.
            None => !past || words.last_year.end(&head[..at]) == 0,
        };
        let several = head.match_indices(YEAR).filter(|(at, _)| over(*at)).find_map(|(at, _)| at_year(head, at, setting, Some(one)).map(years_of));
        let several =
            if words.a_year.find(head).is_some() { Some(one) } else { plan(head).filter(|years| head.starts_with('“') && *years == span).or(several) };
        match several {
            Some(years) if years == one && turned.is_none() => turned = Some(one),
            Some((from, to)) if from < to && to == span.1 => turned = Some(span),
            _ => {}
        }
        let end = sentence.find(|c| class(c) == Class::Stop);
        if words.years_it_was.end(&sentence[..end.unwrap_or(sentence.len())]) > 0 {
            turned = Some(span);
        }
        rest = end.map_or("", |end| &sentence[end..]);
    }
    turned
}

/// The years that the part is about which holds a passage.
pub(super) fn of_place(setting: &Setting, passage: &Passage<'_>, turned: Option<Years>) -> Option<Years> {
    if let Some(years) = opening(passage, setting).or(turned).or(passage.years) {
        return Some(years);
    }
    let known = |kind, year| match (kind, passage.role) {
        (Kind::AnnualReport, Role::Plan) => Some(year + 1),
        (Kind::AnnualReport, _) => Some(year),
        (Kind::WorkReport, Role::Plan | Role::Tasks | Role::Requirements) => Some(year),
        (Kind::WorkReport, _) => Some(year - 1),
        _ => None,
    };
    let year = setting.year.zip(setting.kind).and_then(|(year, kind)| known(kind, year)).map(|year| (year, year));
    year.or_else(|| opening_year(passage).filter(|_| on("period year of the paragraph")))
}

/// The few words that a paragraph begins with, and whether a comma ends them or a stop.
fn first_clause<'v>(passage: &Passage<'v>) -> Option<(&'v str, Class)> {
    let end = passage.anchors.iter().find(|a| matches!(a.class, Class::Comma | Class::Stop))?;
    let head = &passage.view.text[..end.at as usize];
    (!longer(head, OPENING - 1)).then_some((head, end.class))
}

/// The span of years that a paragraph begins with: what it tells is of all of them. 五年来，…; “十四五”时期，….
fn opening(passage: &Passage<'_>, setting: &Setting) -> Option<Years> {
    let (head, _) = first_clause(passage).filter(|_| on("period opening"))?;
    let span = head.match_indices(YEAR).find_map(|(at, _)| at_year(head, at, setting, None)).map(years_of).filter(|(from, to)| from < to);
    span.or_else(|| plan(head))
}

/// The year that a paragraph of no known time begins with: 2021年，全市….
fn opening_year(passage: &Passage<'_>) -> Option<Years> {
    let (head, _) = first_clause(passage).filter(|(_, end)| *end == Class::Comma)?;
    let (year, left) = year_at_end(head.strip_suffix('度').unwrap_or(head).strip_suffix(YEAR)?)?;
    left.chars().all(|c| !crate::scan::is_plain(c)).then_some((year, year))
}

/// So many 年 before a number may say of which year it is; the others of 1年、2年、3年… are too far from it.
const NEAR: usize = 6;

/// What names a time behind a length of time is so far from it: 7天，公示时间为….
const LABEL: usize = 12;

/// So far behind a time the bracket closes that it stands in, in characters.
const ASIDE: usize = 40;

/// So many 年 of a whole sentence may.
const FAR: usize = 12;

/// What says the time that a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Its part of the document, or nothing.
    Part,
    /// Its sentence, or the one before, which it goes on about.
    Sentence,
    /// The words near it.
    Words,
}

/// The days a number covers, and what says so. `times` is read of the sentence before it.
pub(super) fn period(text: &str, sentence: usize, times: &Times, start: usize, base: Option<Years>, setting: &Setting) -> (Option<Period>, By) {
    let latest = times.years.last().copied().unwrap_or(0).max(times.plan).max(times.season);
    if latest >= sentence && latest > 0 {
        let before = &text[sentence..start];
        let near = ago(before, REACH + 1);
        for at in times.years.iter().rev().take_while(|at| **at >= sentence + near).take(NEAR) {
            let Some(found) = at_year(before, at - sentence, setting, base) else { continue };
            // 2023年1月1日至6月30日购买，且在2023年7月31日前缴清契税的: the second is a condition.
            if is_limit(before, at - sentence) {
                let mut earlier = times.years.iter().rev().skip_while(|other| *other >= at).take_while(|at| **at >= sentence).take(NEAR);
                let end = |at| if is_end(before, at) { at_year(before, at, setting, base) } else { None };
                let days = |at| days_at(before, at, setting).or_else(|| end(at));
                if let Some(told) = earlier.find_map(|at| days(at - sentence)) {
                    return (Some(told), By::Sentence);
                }
            }
            return (Some(found), By::Words);
        }
        let named = |last: usize| Some(&before[near..]).filter(|_| last > sentence + near && on("period plan or season"));
        if let Some(years) = named(times.plan).and_then(plan) {
            return (whole(years), By::Words);
        }
        if let Some((year, _)) = base.filter(|(a, b)| a == b)
            && let Some(months) = named(times.season).and_then(season)
        {
            return (within(year, months), By::Words);
        }
        if near > 0
            && let Some(told) = of_sentence(before, sentence, near, times, setting, base)
        {
            return (Some(told), By::Sentence);
        }
    }
    (base.and_then(whole), By::Part)
}

/// The time that a whole sentence is of, where none stands near a number: the days from one to another, or the year that it
/// begins with.
fn of_sentence(before: &str, sentence: usize, near: usize, times: &Times, setting: &Setting, base: Option<Years>) -> Option<Period> {
    if !on("period of the sentence") {
        return None;
    }
    for at in times.years.iter().rev().take_while(|at| **at >= sentence).take(FAR) {
        let at = at - sentence;
        if on("period aside") && aside(before, at) {
            continue;
        }
        let year = year_at_end(&before[..at]);
        let days = year.and_then(|year| days_of(before, at, year, setting));
        // 2022年12月9日，…明确：自2022年12月10日起: what holds from a day on is of no time.
        if days.is_none() && year.is_some_and(|(_, left)| holds_from(left, &before[at + YEAR.len_utf8()..])) {
            return None;
        }
        if at >= near || days.is_none() && is_limit(before, at) && !opens(before, at) {
            continue;
        }
        if days.is_some() {
            return days;
        }
        if let Some(told) = at_year(before, at, setting, base) {
            return (on("period sentence year") && opens(before, at)).then_some(told);
        }
    }
    None
}

/// Whether a sentence begins with the time of the 年 at `at`, or sets it off.
fn opens(part: &str, at: usize) -> bool {
    !longer(&part[..at], OPENING - 1) || set_off(part, at)
}

/// Whether the 年 at `at` is of the day by which something is done: 2023年7月31日前.
fn is_limit(part: &str, at: usize) -> bool {
    behind_month(&part[at + YEAR.len_utf8()..]).is_some_and(|rest| LEXICON.periods.before.start(rest) > 0)
}

/// Whether the time of the 年 at `at` stands by itself between commas: …，截至2023年3月，….
fn set_off(part: &str, at: usize) -> bool {
    let Some((_, left)) = year_at_end(&part[..at]) else { return false };
    let left = LEXICON.periods.until.strip_suffix(left).unwrap_or(left);
    let after = &part[at + YEAR.len_utf8()..];
    let rest = moment(after).map_or(after, |(rest, _)| rest);
    let rest = LEXICON.periods.behind.strip_prefix(rest).unwrap_or(rest);
    rest.starts_with(is_edge) && left.ends_with(is_edge)
}

/// Whether a year is of a day from which something holds, by what stands before and behind it: 自|2024年|1月1日起, 2024年|1月1日（含）后.
fn holds_from(left: &str, after: &str) -> bool {
    let words = &LEXICON.periods;
    words.since.end(left) > 0 || behind_month(after).is_some_and(|rest| words.starts.start(rest) > 0 || words.from_then.start(rest) > 0)
}

/// What stands behind the month or day that a text begins with, and behind （含）.
fn behind_month(text: &str) -> Option<&str> {
    let (rest, _) = Some(text).filter(|text| may_be_month(text)).and_then(|text| moment(text).ok()).filter(|(_, moment)| moment.month.is_some())?;
    Some(LEXICON.amounts.included.strip_prefix(rest).unwrap_or(rest))
}

/// All days of some years.
fn whole((from, to): Years) -> Option<Period> {
    Some(Period { from: Date::new(from, 1, 1)?, to: Date::new(to, 12, 31)? })
}

/// All days of some months.
fn within(year: u16, (first, last): (u8, u8)) -> Option<Period> {
    Some(Period { from: Date::new(year, first, 1)?, to: Date::new(year, last, Date::days_in(year, last))? })
}

fn years_of(period: Period) -> Years {
    (period.from.year, period.to.year)
}

/// The time that the 年 at `at` names: 2023年, 2018—2022年, 2024年3月, 全年, 过去五年. Nothing where the year is only compared with.
fn at_year(part: &str, at: usize, setting: &Setting, base: Option<Years>) -> Option<Period> {
    let (words, joiner) = (&LEXICON.periods, &LEXICON.amounts.joiner);
    let (before, after) = (&part[..at], &part[at + YEAR.len_utf8()..]);
    let aside = || on("period aside") && aside(part, at);
    let compared = |text: &str| words.compared.end(text) > 0;
    if let Some((year, left)) = year_at_end(before) {
        if aside() {
            return None;
        }
        if let Some(days) = days_of(part, at, (year, left), setting) {
            return Some(days);
        }
        // 自2024年1月1日起: from when it holds, not what it is of.
        let begins = holds_from(left, after);
        let apart = words.apart.start(after) > 0 && first_months(after).is_none();
        if on("period compared") && compared(left) || on("period begins") && begins || apart {
            return None;
        }
        // 2018—2022年, 2018年至2022年
        if let Some(first) = joiner.strip_suffix(left).filter(|_| on("period span")) {
            let first = first.strip_suffix(YEAR).unwrap_or(first);
            if let Some(first) = year_at_end(first).map(|(first, _)| first).filter(|first| *first < year) {
                return whole((first, year));
            }
        }
        if on("period since") && words.ever_since.start(after) > 0 {
            let last = base.map(|(_, last)| last).or(setting.date.map(|d| d.year)).or(setting.year);
            return whole((year, last.map_or(year, |last| last.max(year))));
        }
        // The first of a span: 2018年至2022年 is told by its last.
        return season_after(after).map_or(whole((year, year)), |months| within(year, months));
    }
    let year = setting.year;
    let report = setting.kind == Some(Kind::WorkReport);
    let one = |year: Option<u16>| whole((year?, year?));
    let single = || base.filter(|(a, b)| a == b);
    if before.chars().next_back().is_some_and(|c| LEXICON.cues(c).has(Cue::NamedYear)) {
        if aside() {
            return None;
        }
        // 五年来，…2023年底…，全年…: the last of them.
        if words.whole_year.end(before) > 0 || words.same_year.end(before) > 0 && words.of_year.start(after) == 0 {
            return one(base.map(|(_, last)| last).or(year));
        }
        // 今年一季度, 去年下半年
        let part_of = |year: Option<u16>| year.and_then(|year| season_after(after).map_or(whole((year, year)), |months| within(year, months)));
        let said = year.or(setting.date.map(|d| d.year).filter(|_| on("period year of the date")));
        if let Some(left) = words.this_year.strip_suffix(before).filter(|_| on("period this year")) {
            let apart = words.apart.start(after) > 0 && first_months(after).is_none();
            return if apart || compared(left) { None } else { part_of(said) };
        }
        if let Some((left, months)) = half(|words| words.strip_suffix(before)).filter(|_| on("period half a year")) {
            // 2024年上半年: of the year before it.
            return if left.ends_with(YEAR) { None } else { single().and_then(|(year, _)| within(year, months)) };
        }
        if let Some(left) = words.last_year.strip_suffix(before).filter(|_| on("period last year")) {
            // 自去年7月…以来: from when something is counted.
            let counted = report && !compared(left) && words.since.end(left) == 0 && words.same_time.start(after) == 0;
            return if counted { part_of(year.map(|y| y - 1)) } else { None };
        }
        if on("period next year") && words.next_year.end(before) > 0 {
            return if report { None } else { one(year.map(|y| y + 1)) };
        }
    }
    // 过去五年, 近三年, 五年来; 今后五年, 未来三年.
    let (from, count) = before.char_indices().rev().take(if on("period counted years") { 2 } else { 0 }).filter_map(|(i, _)| counted(before, i)).last()?;
    let left = &before[..from];
    if aside() {
        return None;
    }
    let past = words.past.end(left) > 0 || words.past_behind.start(after) > 0;
    let coming = words.to_come.end(left) > 0;
    match (past, coming) {
        (true, _) => {
            let last = base.map(|(_, last)| last).or(if report { year.map(|y| y - 1) } else { year })?;
            whole((last.checked_sub(count - 1)?, last))
        }
        (_, true) => year.and_then(|y| whole((y, y + count - 1))),
        _ => None,
    }
}

/// 2024年12月31日（星期二）上午9时30分起至, in bytes.
const LONGEST_DAY: usize = 24 * WIDE;

/// Whether the 年 at `at` is of the day up to which something lasts: 即日起至2022年12月31日.
fn is_end(part: &str, at: usize) -> bool {
    let last = || moment(&part[at + YEAR.len_utf8()..]).is_ok_and(|(_, moment)| moment.day.is_some());
    year_at_end(&part[..at]).is_some_and(|(_, left)| LEXICON.amounts.joiner.strip_suffix(left).is_some()) && last() && !is_limit(part, at)
}

/// The bytes of ）.
const CLOSE: [u8; 3] = [0xEF, 0xBC, 0x89];

/// Whether the 年 at `at` is in a bracket that closes before the number: what that holds is said in passing (二孩为2016年1月1日以后出生),
/// where it is more than a year (2014年度、2015年度).
fn aside(part: &str, at: usize) -> bool {
    let ends = |c: &char| matches!(class(*c), Class::Open | Class::Close | Class::Stop);
    let after = &part[at + YEAR.len_utf8()..];
    // Most years stand in no bracket: that none closes is seen at once.
    let near = &after.as_bytes()[..after.len().min(ASIDE * WIDE)];
    let mut closes = memchr::memchr2_iter(b')', CLOSE[2], near);
    if !closes.any(|i| near[i] == b')' || near[..=i].ends_with(&CLOSE)) {
        return false;
    }
    let Some((len, end)) = after.chars().take(ASIDE).enumerate().find(|(_, c)| ends(c)) else { return false };
    let alone =
        || len < 2 && year_at_end(&part[..at]).is_some_and(|(_, left)| LEXICON.amounts.joins.end(left) > 0 || left.ends_with(|c| class(c) == Class::Open));
    class(end) == Class::Close && !alone()
}

/// The days from one to another that the 年 at `at` is of.
fn days_at(part: &str, at: usize, setting: &Setting) -> Option<Period> {
    days_of(part, at, year_at_end(&part[..at])?, setting)
}

/// The same, where the year and what stands before it are known.
fn days_of(part: &str, at: usize, (year, left): (u16, &str), setting: &Setting) -> Option<Period> {
    let after = &part[at + YEAR.len_utf8()..];
    if !may_be_month(after) {
        return None;
    }
    window_around(part, at, (year, left))
        .filter(|_| on("period days"))
        .or_else(|| from_announcement(year, left, after, setting).filter(|_| on("period from announcement")))
}

/// Whether a text may begin with a month. Behind most years none stands.
fn may_be_month(text: &str) -> bool {
    text.starts_with(|c: char| figure(c).is_some() || TEN_OR_END.contains(&c))
}

/// The days from one to another that the 年 at `at` is of, whether it stands in the first or in the last of them.
fn window_around(part: &str, at: usize, (year, left): (u16, &str)) -> Option<Period> {
    let behind = |at: usize| &part[at + YEAR.len_utf8()..];
    if let Some((days, _)) = window(year, behind(at)) {
        return Some(days);
    }
    let left = LEXICON.amounts.joiner.strip_suffix(left)?;
    let first = part.floor_char_boundary(at.saturating_sub(LONGEST_DAY)).min(left.len());
    let first = first + left[first..].rfind(YEAR)?;
    let (year, _) = year_at_end(&part[..first])?;
    let (days, rest) = window(year, behind(first))?;
    (part.len() - rest.len() > at).then_some(days)
}

/// The days from one day or month to another, read behind the 年 of the first: 2024年|1月至6月, 7月3日起至2025年7月2日, 3月5日-7日,
/// 8月5日上午8：00至2015年8月14日. And what stands behind them.
fn window(year: u16, after: &str) -> Option<(Period, &str)> {
    let (rest, from) = moment(after).ok().filter(|(_, moment)| moment.month.is_some() && moment.year.is_none())?;
    let rest = LEXICON.amounts.joiner.strip_prefix(past_day(rest))?;
    let (rest, to) = match moment(rest) {
        Ok((rest, until)) if until.month.is_some() || until.year.is_some() => (rest, until.last_day(Some(year))?),
        // 3月23日-24日
        _ => {
            let (rest, day) = date::day(rest).filter(|_| from.day.is_some())?;
            (rest, Date::new(year, from.month?, day)?)
        }
    };
    let from = from.first_day(year)?;
    (from < to).then_some((Period { from, to }, rest))
}

/// The days that a bracket right behind a number tells: 7天（2017年1月14日至2017年1月20日）; behind a length of time a clause that names
/// them does as well: 7个工作日，公示时间：….
pub(super) fn behind(text: &str, end: usize, length: bool) -> Option<Period> {
    let rest = &text[end..];
    let first = rest.chars().next()?;
    let inner = match class(first) {
        Class::Open => &rest[first.len_utf8()..],
        Class::Comma | Class::Stop | Class::Semicolon if length => {
            let head = &rest[..rest.char_indices().nth(LABEL).map_or(rest.len(), |(i, _)| i)];
            let (at, mark) = head.char_indices().rev().find(|(_, c)| matches!(c, '：' | ':' | '为'))?;
            let named = LEXICON.periods.time_label.end(&head[..at]) > 0;
            Some(&rest[at + mark.len_utf8()..]).filter(|_| named)?
        }
        _ => return None,
    };
    let from = [&LEXICON.periods.since, &LEXICON.changes.from];
    let begins = inner.chars().next()?;
    if figure(begins).is_none() && !from.iter().any(|words| words.begins(begins)) {
        return None;
    }
    let inner = from.iter().find_map(|words| words.strip_prefix(inner)).unwrap_or(inner);
    let at = inner[..inner.char_indices().nth(5).map_or(inner.len(), |(i, _)| i)].find(YEAR)?;
    let (year, left) = year_at_end(&inner[..at])?;
    let (days, _) = window(year, &inner[at + YEAR.len_utf8()..]).filter(|_| left.is_empty())?;
    Some(days)
}

/// What may stand behind the first of some days: （星期二）, 上午9时, （含）, 起.
fn past_day(rest: &str) -> &str {
    let rest = date::time_of_day(rest);
    let rest = LEXICON.amounts.included.strip_prefix(rest).unwrap_or(rest);
    LEXICON.periods.starts.strip_prefix(rest).unwrap_or(rest)
}

/// 自本公告发布之日起至2017年3月6日: from the document's date.
fn from_announcement(year: u16, left: &str, after: &str, setting: &Setting) -> Option<Period> {
    let left = LEXICON.amounts.joiner.strip_suffix(left)?;
    let left = LEXICON.periods.starts.strip_suffix(left).unwrap_or(left);
    LEXICON.periods.day_of.strip_suffix(left)?;
    let to = moment(after).ok().filter(|(_, until)| until.month.is_some() && until.year.is_none())?.1.last_day(Some(year))?;
    let from = setting.date.filter(|from| *from < to && from.year + 1 >= year)?;
    Some(Period { from, to })
}

/// The year that a text ends with, in four figures or characters, and what stands before it: 2015, 一九七八.
pub(super) fn year_at_end(text: &str) -> Option<(u16, &str)> {
    let (mut year, mut ascii, mut from) = (0, 0, text.len());
    for (place, (at, c)) in [1, 10, 100, 1000].into_iter().zip(text.char_indices().rev()) {
        year += place * figure(c)? as u16;
        ascii += usize::from(c.is_ascii());
        from = at;
    }
    let left = &text[..from];
    let whole = !left.ends_with(|c: char| figure(c).is_some()) && matches!(ascii, 0 | 4);
    (whole && (1900..2100).contains(&year)).then_some((year, left))
}

/// The year that a text names, where it names but one, and the last month of it that it names; a year without one may be any.
pub(crate) fn only_year(text: &str) -> Option<(u16, u8)> {
    let mut only = None;
    for at in memchr::memmem::find_iter(text.as_bytes(), "年") {
        let Some((year, _)) = year_at_end(&text[..at]) else { continue };
        let month = date::month(&text[at + YEAR.len_utf8()..]).unwrap_or(0);
        only = match only {
            Some((known, _)) if known != year => return None,
            Some((_, latest)) => Some((year, month.max(latest))),
            None => Some((year, month)),
        };
    }
    only.filter(|(_, month)| *month > 0)
}

/// A number of years, 2 to 10, that begins at `at` and ends the text.
fn counted(text: &str, at: usize) -> Option<(usize, u16)> {
    let (rest, n) = cardinal(&text[at..]).ok()?;
    (rest.is_empty() && (2..=10).contains(&n)).then_some((at, n as u16))
}

/// What follows a year: 2024年3月, 2024年上半年, 2024年第一季度. Days and lists of months are of the year.
fn season_after(after: &str) -> Option<(u8, u8)> {
    let after = LEXICON.periods.of_year.strip_prefix(after).unwrap_or(after);
    half(|words| words.strip_prefix(after)).map(|(_, months)| months).or_else(|| months(after)).or_else(|| quarter(after)).or_else(|| first_months(after))
}

/// The half of a year whose words are at the place in question: what is left of the text, and its months.
fn half<'t>(strip: impl Fn(&Words) -> Option<&'t str>) -> Option<(&'t str, (u8, u8))> {
    let words = &LEXICON.periods;
    [(&words.first_half, (1, 6)), (&words.second_half, (7, 12))].into_iter().find_map(|(words, months)| Some((strip(words)?, months)))
}

/// 3月, 1—11月, 1至9月.
fn months(text: &str) -> Option<(u8, u8)> {
    let number = |text: &str| -> Option<(u8, usize)> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let n = text[..digits].parse().ok().filter(|n| (1..=12).contains(n))?;
        Some((n, digits))
    };
    let (first, len) = number(text)?;
    let rest = &text[len..];
    if let Some(rest) = rest.strip_prefix(MONTH) {
        return if LEXICON.periods.month_goes_on.start(rest) > 0 || rest.starts_with(|c: char| c.is_ascii_digit()) { None } else { Some((first, first)) };
    }
    let rest = LEXICON.amounts.joiner.strip_prefix(rest)?;
    let (last, len) = number(rest)?;
    (rest[len..].starts_with(MONTH) && first < last).then_some((first, last))
}

/// 一季度, 第三季度, 前三季度.
fn quarter(text: &str) -> Option<(u8, u8)> {
    let (whole, rest) = match text.strip_prefix(BEFORE) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix(RANK).unwrap_or(text)),
    };
    let (rest, n) = cardinal(rest).ok().filter(|(_, n)| (1..=4).contains(n))?;
    let n = n as u8;
    rest.starts_with(QUARTER).then_some((if whole { 1 } else { n * 3 - 2 }, n * 3))
}

/// 前5个月, 前三季度.
fn first_months(text: &str) -> Option<(u8, u8)> {
    let first = text.strip_prefix(BEFORE)?;
    let rest = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let (rest, n) = match first[..first.len() - rest.len()].parse() {
        Ok(n) => (rest, n),
        Err(_) => cardinal(first).ok()?,
    };
    if (1..=11).contains(&n) && LEXICON.periods.months.start(rest) > 0 { Some((1, n as u8)) } else { quarter(text) }
}

/// The last season named without a year.
fn season(part: &str) -> Option<(u8, u8)> {
    let at = last_place(part, QUARTER)?;
    let from = part[..at].char_indices().rev().take(2).last().map_or(0, |(i, _)| i);
    let from = if part[from..].starts_with([BEFORE, RANK]) { from } else { part[..at].char_indices().next_back()?.0 };
    let every = part[..from].ends_with(EACH);
    if every { None } else { quarter(&part[from..]) }
}

/// The years of a five-year plan that is named as a time: “十四五”时期, “十三五”以来, “十五五”期间.
pub(crate) fn plan(part: &str) -> Option<Years> {
    if !part.contains(FIVE) {
        return None;
    }
    let words = &LEXICON.periods;
    if on("period rank of a plan")
        && let Some((at, len)) = part.rmatch_indices(FIVE).map(|(at, _)| at).find_map(|at| {
            let from = at.checked_sub(WIDE)?;
            Some((from, words.five_years.start(part.get(from..)?))).filter(|(_, len)| *len > 0)
        })
        && let Some((_, rank)) = part[..at].rsplit_once(RANK).filter(|(_, rank)| rank.len() <= 2 * WIDE)
        && let Ok(("", number)) = cardinal(rank)
        && words.time_of_plan.start(&part[at + len..]) > 0
    {
        return five_years(number);
    }
    let at = part.rmatch_indices(FIVE).map(|(at, _)| at).find(|at| words.plan.start(&part[*at..]) > 0)?;
    let told = words.plan_behind.start(part[at + WIDE..].trim_start_matches('”')) > 0;
    let quote = part[..at].char_indices().rev().take(3).find(|(_, c)| *c == '“').map(|(i, _)| i + '“'.len_utf8());
    let word = match quote {
        Some(from) => &part[from..at],
        None => part[..at].char_indices().rev().take(2).last().map(|(i, _)| &part[i..at])?,
    };
    let (rest, number) = cardinal(word).ok()?;
    (told && rest.is_empty()).then(|| five_years(number))?
}

/// The years of one of the plans: of the sixth 1981 to 1985.
fn five_years(number: u64) -> Option<Years> {
    let first = 1951 + number as u16 * 5;
    (6..=16).contains(&number).then_some((first, first + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, kind: Kind, base: Option<Years>) -> Option<String> {
        let setting = Setting { kind: Some(kind), year: Some(2024), ..Setting::default() };
        let at = text.find('#').unwrap();
        let years: Vec<_> = text[..at].match_indices('年').map(|(i, _)| i).collect();
        let (period, _) = period(text, 0, &Times { years, plan: at, season: at }, at, base, &setting);
        period.map(|p| format!("{}..{}", p.from, p.to))
    }

    #[test]
    fn times() {
        let last = Some((2023, 2023));
        for (text, base, want) in [
            ("到2025年，覆盖率达到#", None, Some("2025-01-01..2025-12-31")),
            ("2018—2022年，建成#", None, Some("2018-01-01..2022-12-31")),
            ("2018年至2022年，建成#", None, Some("2018-01-01..2022-12-31")),
            ("2023年1—9月，完成投资#", None, Some("2023-01-01..2023-09-30")),
            ("2023年上半年，完成投资#", None, Some("2023-01-01..2023-06-30")),
            ("2023年前5个月完成投资#", None, Some("2023-01-01..2023-05-31")),
            ("2023年前三季度，完成投资#", None, Some("2023-01-01..2023-09-30")),
            ("2023年前建成公园#", None, None),
            ("前三季度完成投资#", last, Some("2023-01-01..2023-09-30")),
            ("上半年完成投资#", last, Some("2023-01-01..2023-06-30")),
            ("全年完成投资#", last, Some("2023-01-01..2023-12-31")),
            ("比2020年增长#", last, Some("2023-01-01..2023-12-31")),
            ("较去年增长#", last, Some("2023-01-01..2023-12-31")),
            ("今年计划完成投资#", last, Some("2024-01-01..2024-12-31")),
            ("过去五年，建成公园#", last, Some("2019-01-01..2023-12-31")),
            ("三年来，建成公园#", last, Some("2021-01-01..2023-12-31")),
            ("“十四五”时期，建成公园#", last, Some("2021-01-01..2025-12-31")),
            ("建成公园#", None, None),
            ("建成公园#", last, Some("2023-01-01..2023-12-31")),
            ("每年建成公园#", None, None),
            ("自2023年1月1日起施行，有效期#", None, None),
            ("2023年7月3日起至2024年7月2日期间，给予补贴#", None, Some("2023-07-03..2024-07-02")),
            ("2023年1月1日至2023年1月31日，共有汽车#", None, Some("2023-01-01..2023-01-31")),
            ("2023年1月至6月，完成投资#", None, Some("2023-01-01..2023-06-30")),
            ("2023年4月1日—9月30日，完成投资#", None, Some("2023-04-01..2023-09-30")),
            ("2023年3月5日，召开会议#", None, Some("2023-01-01..2023-12-31")),
            ("截至2023年6月30日，共有企业#", None, Some("2023-01-01..2023-12-31")),
            ("2023年12月，召开会议#", None, Some("2023-12-01..2023-12-31")),
            ("2023年5月和9月，召开会议#", None, Some("2023-01-01..2023-12-31")),
            ("2023年3月2日-5日，培训#", None, Some("2023-03-02..2023-03-05")),
            ("2023年3月2日（星期四）上午9：00至2023年3月9日下午5：30止，公示#", None, Some("2023-03-02..2023-03-09")),
            ("2023年3月2日9时开始至3月4日15时结束，竞价#", None, Some("2023-03-02..2023-03-04")),
            ("自2023年3月2日（含）起至2023年9月1日（含）止，补贴#", None, Some("2023-03-02..2023-09-01")),
            ("2023年5月开始至2023年底结束，分#", None, Some("2023-05-01..2023-12-31")),
            ("2023年3月2日后领证的家庭，上浮#", None, None),
            ("2023年3月2日（含）之后领证的家庭，上浮#", None, None),
            ("2022年1月1日至6月30日买房，且在2023年3月2日前缴税的，补贴#", None, Some("2022-01-01..2022-06-30")),
            ("即日起至2022年6月30日买房，且在2023年3月2日前缴税的，补贴#", None, Some("2022-01-01..2022-12-31")),
            ("2022年新入职的职工（2019年7月2日以后毕业），补贴#", None, Some("2022-01-01..2022-12-31")),
            ("近两个年度（2021年度、2022年度）的投入合计#", None, Some("2022-01-01..2022-12-31")),
            ("2021年至今，发生#", None, Some("2021-01-01..2024-12-31")),
            ("2024年上半年，完成投资#", last, Some("2024-01-01..2024-06-30")),
            ("今年一季度，完成投资#", last, Some("2024-01-01..2024-03-31")),
            ("截至去年11月底，办结#", last, Some("2023-11-01..2023-11-30")),
            ("第九个五年计划期间，建成公园#", None, Some("1996-01-01..2000-12-31")),
            ("第九个五年计划提出建成公园#", None, None),
            ("“六五”期间，建成公园#", None, Some("1981-01-01..1985-12-31")),
        ] {
            assert_eq!(of(text, Kind::WorkReport, base).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn times_of_a_whole_sentence() {
        let far = "，在全市范围内购买新建商品住房并办理网签备案手续的本市户籍家庭和个人，按照合同约定付清全部房款并且依法办理不动产权登记以后，每套可以一次性给予消费券#";
        for (opening, want) in [
            ("2023年4月1日至9月30日", Some("2023-04-01..2023-09-30")),
            ("对没有住房的家庭，在2023年4月1日至9月30日期间", Some("2023-04-01..2023-09-30")),
            ("2023年底前", Some("2023-01-01..2023-12-31")),
            ("各区要认真总结各类经验做法，截至2023年6月", Some("2023-06-01..2023-06-30")),
            ("各区要认真总结各类经验做法，以2023年6月底的数为准", None),
            ("2023年3月2日印发的通知规定，自2023年4月1日起", None),
        ] {
            assert_eq!(of(&format!("{opening}{far}"), Kind::Notice, None).as_deref(), want, "{opening}");
        }
    }

    #[test]
    fn days_behind_a_number() {
        for (text, length, want) in [
            ("公示期7天#（2023年3月2日至2023年3月8日止）", true, Some("2023-03-02..2023-03-08")),
            ("公示期7天#(自2023年3月2日—8日)", true, Some("2023-03-02..2023-03-08")),
            ("公示5个工作日#，公示时间为2023年3月2日至3月8日", true, Some("2023-03-02..2023-03-08")),
            ("收到意见5条#，公示时间为2023年3月2日至3月8日", false, None),
            ("公示7天#（见2023年3月2日至3月8日的报纸）", true, None),
            ("公示7天#", true, None),
        ] {
            let (before, after) = text.split_once('#').unwrap();
            let period = behind(&format!("{before}{after}"), before.len(), length);
            assert_eq!(period.map(|p| format!("{}..{}", p.from, p.to)).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn days_from_an_announcement() {
        let setting = Setting { kind: Some(Kind::Notice), date: Date::new(2023, 3, 2), ..Setting::default() };
        for (text, want) in [
            ("自本公告发布之日起至2023年3月8日", Some("2023-03-02..2023-03-08")),
            ("从发文之日至2024年6月30日", Some("2023-03-02..2024-06-30")),
            ("自本公告发布之日起至2023年1月8日", Some("2023-01-01..2023-12-31")),
        ] {
            let at = text.find('年').unwrap();
            assert_eq!(at_year(text, at, &setting, None).map(|p| format!("{}..{}", p.from, p.to)).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn parts_of_two_times_turn() {
        let setting = Setting { kind: Some(Kind::WorkReport), year: Some(2026), ..Setting::default() };
        let both = named("“十四五”时期和2025年工作回顾", &setting).1.unwrap();
        assert_eq!(both, [(2021, 2025), (2025, 2025)]);
        assert_eq!(named("2025年工作回顾和“十四五”发展主要成绩", &setting).1, Some(both));
        assert_eq!(named("2024年和2025年工作回顾", &setting).1, None);
        for (text, want) in [
            ("五年来，我们坚持实干。", Some(both[0])),
            ("——这五年，家底更厚。", Some(both[0])),
            ("“十四五”时期是极不平凡的五年，我们坚持实干。", Some(both[0])),
            ("这是家底更厚的五年。", Some(both[0])),
            ("各位代表！2025年是“十四五”收官之年。五年来，我们坚持实干。", Some(both[0])),
            ("过去一年，我们坚持实干。", Some(both[1])),
            ("刚刚过去的2025年，是“十四五”收官之年。一年来，我们坚持实干。", Some(both[1])),
            ("2025年是“十四五”收官之年。", Some(both[1])),
            ("建成公园3座。", None),
        ] {
            assert_eq!(turns_to(text, both, false, &setting), want, "{text}");
        }
    }

    #[test]
    fn parts_of_a_span_turn_to_the_year_that_is_over() {
        let setting = Setting { kind: Some(Kind::WorkReport), year: Some(2026), ..Setting::default() };
        let both = [(2021, 2025), (2025, 2025)];
        for (text, want) in [
            ("刚刚过去的2025年，我们坚持实干。", Some(both[1])),
            ("过去一年，我们坚持实干。", Some(both[1])),
            ("五年来，我们坚持实干。", Some(both[0])),
            ("2025年，建成公园3座。", None),
        ] {
            assert_eq!(turns_to(text, both, true, &setting), want, "{text}");
        }
    }

    #[test]
    fn headings_name_their_years() {
        let setting = Setting { kind: Some(Kind::WorkReport), year: Some(2024), ..Setting::default() };
        for (heading, want) in [
            ("2023年工作回顾", Some((2023, 2023))),
            ("过去五年工作回顾", Some((2019, 2023))),
            ("今后五年的目标任务", Some((2024, 2028))),
            ("“十四五”时期发展成就", Some((2021, 2025))),
            ("今年主要工作", Some((2024, 2024))),
            ("2023年和“十四五”时期工作回顾", None),
            ("2023年回顾和2024年安排", None),
            ("加快建设“五个中心”", None),
            ("工作回顾", None),
        ] {
            assert_eq!(named(heading, &setting).0, want, "{heading}");
        }
    }
}
