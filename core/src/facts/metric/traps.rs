//! Numbers that state no quantity: ranks, names, slogans, dates, limits.

use super::around::{is_edge, last, next};
use super::measure::{Reading, joiner};
use crate::grammar::date::{BEHIND, DAY, MONTH, WITHIN, YEAR};
use crate::grammar::numeral::{HALF, RANK, digit_value, power};
use crate::grammar::quantity::{Amount, Script, is_more, run};
use crate::lexicon::words::{Is, VOCABULARY, on};
use crate::lexicon::{Cue, Durations, LEXICON, Lexicon, Traps, Words};
use crate::scan::{Anchor, Class, class, is_ideograph};
use crate::view::head;
use crate::{Bound, Decimal, Dimension};

/// Names between quotes are short; what is longer and has punctuation is quoted text.
const NAME: usize = 10;

/// Whether the number stands in a short quoted name: “双百”, “33条+19条”, “三个清单”.
pub(super) fn in_short_quote(text: &str, open: usize, at: usize, ahead: &[Anchor]) -> bool {
    if at - open > 60 {
        return false;
    }
    let close = ahead.iter().take(24).find(|a| a.class == Class::QuoteClose || (a.class == Class::QuoteOpen && text[a.at as usize..].starts_with('"')));
    let Some(close) = close.map(|a| a.at as usize) else {
        return false;
    };
    let inner = &text[open..close];
    let chinese = class(next(text, at).unwrap_or(' ')) == Class::Numeral;
    let limit = if chinese { 2 * NAME } else { NAME };
    inner.chars().take(limit + 2).count() <= limit + 1 && !inner.contains(['，', '。', '；', ',', ';'])
}

/// Whether a Chinese numeral is part of a word at first sight: 一体化, 进一步. What stands behind it neither goes
/// on with the number nor begins a unit.
pub(super) fn word(lexicon: &Lexicon, text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars();
    chars.next();
    let Some(next) = chars.next() else { return true };
    // 二、三百户
    if next == '、' && chars.next().is_some_and(|c| digit_value(c).is_some()) && chars.next().is_some_and(|c| power(c).is_some()) {
        return false;
    }
    class(next) != Class::Numeral && !lexicon.units.begins(next) && !is_more(next) && !lexicon.traps.goes_on.begins(next)
}

/// The end of a number that is seen at once to be a rank (第三条) or a year (2023年), and of its unit.
pub(super) fn rank_or_year(lexicon: &Lexicon, text: &str, at: usize) -> Option<usize> {
    let past = if text[..at].ends_with(RANK) {
        let end = at + run(&text[at..]);
        end + lexicon.units.start(&text[end..]).map_or(0, |u| u.word.len())
    } else {
        let digits = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = digits == 4 && text[at + digits..].starts_with(YEAR) && !text[at..].starts_with('0');
        at + if year { digits + YEAR.len_utf8() } else { return None }
    };
    // Nothing may go on with it: 第3至5名, 2023年以上.
    let goes_on = |c: char| {
        let number = is_more(c) || lexicon.traps.goes_on.begins(c);
        number || class(c) != Class::Plain || joiner(&text[past..]) > 0 || lexicon.after.begins(c)
    };
    (!text[past..].starts_with(goes_on)).then_some(past)
}

/// Ranks and references: 第3名, 前10位, 第一、二款, G50, 2023-5.
pub(super) fn ordinal(text: &str, reading: &Reading<'_>) -> bool {
    let at = reading.at;
    let Some(before) = last(text, at) else {
        return false;
    };
    // 第七个|五年
    if before == '个' && reading.dimension == Dimension::Duration {
        let rank = text[..at - before.len_utf8()].trim_end_matches(|c| matches!(class(c), Class::Digit | Class::Numeral));
        return rank.ends_with(RANK);
    }
    // Most numbers stand behind another ideograph.
    if is_ideograph(before) && !LEXICON.cues(before).has(Cue::Rank) {
        return false;
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    let traps = &LEXICON.traps;
    // ≥65%, written with two signs.
    if before == '=' && text[..at - 1].ends_with(['>', '<', '＞', '＜']) {
        return false;
    }
    match before {
        '%' | '&' | '/' | '?' | '-' | '_' if in_address(text, at) => return true,
        // 第3名, 每10人; a formula: 月收入×60%
        c if traps.no_number_after.finishes(c) => return true,
        // 数十家, 几百人: how many, it does not say.
        c if traps.some.finishes(c) && next(text, at).is_some_and(|c| power(c).is_some()) => return true,
        c if traps.rank_before.finishes(c) => {
            // 提前|两个节点, 目前|3个: a word of its own, but 项目|前三名.
            let longer = |end: usize| VOCABULARY.end(&text[..end]).filter(|(len, _)| *len > c.len_utf8());
            let noun = || longer(at - c.len_utf8()).is_some_and(|(_, is)| is.any(Is::NOUN.or(Is::HEAD)));
            let word = c == '前' && longer(at).is_some() && !noun();
            return !word && reading.dimension == Dimension::Count && traps.ranked.has(unit);
        }
        '-' | '/' | '.' | '_' | '#' | '@' | '—' | '–' | ':' | '：' | '＃' => {
            let prior = last(text, at - before.len_utf8());
            if prior.is_some_and(|c| c.is_ascii_alphanumeric() || c == before && !matches!(before, '—' | ':' | '：')) {
                return true;
            }
        }
        // A、B、C|三个片区 are counted.
        c if c.is_ascii_alphabetic() && reading.amount.script == Script::Arabic => {
            // GDP增速 aside, a number glued to Latin letters is a model, a road, a version.
            return matches!(reading.dimension, Dimension::Count | Dimension::Duration | Dimension::Length) || reading.entry.is_none();
        }
        _ => {}
    }
    let of_law = traps.of_law.has(unit) && text[..at].trim_end_matches(['，', ',']).ends_with(|c| class(c) == class(next(text, at).unwrap_or(' ')));
    let listed = traps.rank_list.finishes(before) || matches!(class(before), Class::Pause | Class::Comma | Class::Close);
    if listed && reading.dimension == Dimension::Count {
        // 第一、二款; 第3至5名; 第3，5条
        return text[..at]
            .chars()
            .rev()
            .take(16)
            .take_while(|c| {
                matches!(class(*c), Class::Digit | Class::Numeral | Class::Pause | Class::Open | Class::Close)
                    || of_law && class(*c) == Class::Comma
                    || traps.rank_list.begins(*c)
                    || traps.of_law.begins(*c)
                    || *c == RANK
            })
            .any(|c| c == RANK);
    }
    if traps.hour.finishes(before) {
        return traps.minute.has(unit) && (unit.chars().nth(1).is_none() || reading.amount.script == Script::Arabic);
    }
    // 2021年: a year, not a span of time.
    false
}

/// Whether a web address runs up to `at`.
fn in_address(text: &str, at: usize) -> bool {
    let near = &text.as_bytes()[at.saturating_sub(100)..at];
    if memchr::memchr2(b':', b'w', near).is_none() {
        return false;
    }
    let run = near.rsplit(|b| !b.is_ascii_graphic()).next().unwrap_or_default();
    run.windows(3).any(|w| w == b"://") || run.windows(4).any(|w| w == b"www.")
}

/// A number that is read, and what touches it.
struct Seen<'a> {
    lexicon: &'static Lexicon,
    words: &'static Traps,
    text: &'a str,
    reading: &'a Reading<'a>,
    unit: &'a str,
    before: &'a str,
    /// The character before it.
    last: Option<char>,
    after: &'a str,
}

impl Seen<'_> {
    fn hedged(&self) -> bool {
        self.reading.suffix.is_some()
    }

    fn script(&self) -> Script {
        self.reading.amount.script
    }

    /// Whether it follows one of the words.
    fn follows(&self, words: &Words) -> bool {
        self.last.is_some_and(|c| words.finishes(c)) && words.end(self.before) > 0
    }

    fn house(&self) -> bool {
        self.words.house.has(self.unit)
    }

    /// Whether it is a numeral in words (三, 十二) before a unit of the vocabulary.
    fn in_words(&self) -> bool {
        self.script() != Script::Arabic && self.reading.entry.is_some()
    }
}

/// Ways in which a number with a unit states no quantity, each independent of the others. Below, the tests have a text for
/// each whose number is one, and one like it whose number is a metric.
macro_rules! traps {
    ($($name:literal: $is:expr;)*) => {
        /// The first of the traps that a number is.
        fn trap(seen: &Seen<'_>) -> Option<&'static str> {
            $(
                let is: fn(&Seen<'_>) -> bool = $is;
                if on($name) && is(seen) {
                    return Some($name);
                }
            )*
            None
        }

        #[cfg(test)]
        const TRAPS: &[&str] = &[$($name),*];
    };
}

traps! {
    "trap year": |s| {
        // 1.2021年: behind the number of an item.
        let year = |numeral: &str| numeral.len() == 4 && numeral.starts_with("20");
        let item = || s.reading.numeral(s.text).split_once('.').is_some_and(|(_, year_of)| year(year_of));
        s.words.of_a_year.start(s.unit) > 0 && (s.reading.amount.value >= Decimal::ONE_THOUSAND || item())
    };
    "trap end of a range again": |s| s.follows(&s.words.again);
    "trap address": |s| {
        let number = || s.before.strip_suffix('号').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
        // 沿河街23座202房
        let room = || s.after.starts_with(|c: char| c.is_ascii_digit()) && s.follows(&s.words.street);
        number() && (s.house() || s.words.in_a_house.has(s.unit)) || room() && s.house()
    };
    "trap floor": |s| s.unit == "层" && !s.hedged() && s.follows(&s.words.building);
    "trap one of several houses": |s| {
        let wing = || s.after.strip_prefix(|c: char| c.is_ascii_uppercase()).is_some_and(|rest| s.words.wing.start(rest) > 0);
        // 5、8、9栋
        let listed = || s.before.strip_suffix('、').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
        s.house() && !s.hedged() && (wing() || s.words.floor_of_it.start(s.after) > 0 || listed())
    };
    "trap label of a house": |s| s.follows(&s.words.labelled) && s.house();
    "trap tier of schools": |s| s.unit == "本" && s.script() == Script::Chinese && s.hedged();
    "trap number of a paragraph": |s| s.unit == "本" && s.reading.amount.exponent == 0 && s.reading.numeral(s.text).contains('.');
    "trap anniversary": |s| s.unit == "周年" && !s.hedged();
    "trap degrees": |s| s.unit == "度" && s.reading.amount.exponent < 3;
    "trap what a name stands for": |s| {
        s.words.stands_for.strip_suffix(s.before).is_some_and(|named| named.ends_with(|c| class(c) == Class::QuoteClose))
    };
    "trap grade": |s| !s.hedged() && !s.unit.is_empty() && s.words.grade.start(s.after) > 0 && s.words.no_grade.start(s.after) == 0;
    "trap slogan": |s| s.script() != Script::Arabic && s.lexicon.slogans.start(&s.text[s.reading.at..]) > 0;
    "trap session": |s| {
        let meets = || s.follows(&s.words.session_before) || s.words.session_behind.start(s.after) > 0;
        s.in_words() && s.unit == "次" && meets() && !s.follows(&s.words.held)
    };
    "trap second":
        |s| s.in_words() && s.reading.numeral(s.text) == "二" && s.unit != "个" && !s.hedged() && s.reading.dimension == Dimension::Count;
    "trap nickname": |s| {
        let ends = || next(s.after, 0).is_none_or(|c| is_edge(c) || matches!(class(c), Class::Pause | Class::QuoteClose));
        let bracketed = || next(s.after, 0).is_none_or(|c| class(c) == Class::Close) && !s.before.ends_with(['(', '（']);
        s.in_words() && s.unit == "条" && (bracketed() || ends() && s.follows(&s.words.issuer))
    };
    // 三担 may rank, 一百四十担 counts.
    "trap unit that ranks": |s| {
        let large = || s.reading.numeral(s.text).contains(['百', '千', '万', '亿']);
        s.in_words() && s.reading.entry.is_some_and(|u| u.arabic_only) && !s.hedged() && !large()
    };
    "trap numeral behind":
        |s| s.in_words() && !s.hedged() && next(s.after, 0).is_some_and(|c| class(c) == Class::Numeral) && !s.after.starts_with(HALF);
}

/// Slogans and names, years, and units that are none here: the trap that the number is.
pub(super) fn name(lexicon: &'static Lexicon, text: &str, reading: &Reading<'_>) -> Option<&'static str> {
    let (unit, before, after) = (&text[reading.unit.0..reading.unit.1], &text[..reading.at], &text[reading.end..]);
    let seen = Seen { lexicon, words: &lexicon.traps, text, reading, unit, before, last: last(before, before.len()), after };
    let trap = trap(&seen);
    #[cfg(test)]
    tests::SPRUNG.with_borrow_mut(|sprung| sprung.extend(trap));
    trap
}

/// Whether a span of time measures. Everything that is no span of time passes. `listed`: it goes on a list of spans.
pub(super) fn duration(lexicon: &Lexicon, text: &str, start: usize, reading: &mut Reading<'_>, listed: bool) -> bool {
    if reading.dimension != Dimension::Duration || !reading.entry.is_some_and(|u| u.measured) {
        return true;
    }
    let words = &lexicon.durations;
    let (before, hedge, after) = (&text[..start], &text[start..reading.at], &text[reading.end..]);
    let unit = &text[reading.unit.0..reading.unit.1];
    let reach = words.reach_before.end(before) > 0;
    let (inside, within) = (text[..reading.end].ends_with(WITHIN), after.starts_with(WITHIN));
    // 延长至24日 is a date; 不少于7日 and 公示期7日 are as long as 7天.
    if unit.starts_with(DAY) && (!reach || !within && reading.suffix.is_none() && reading.amount.script == Script::Arabic) {
        let dated = words.date_before.end(before) > 0 || words.date_behind.start(after) > 0;
        let hedged = reading.hedged && words.date_hedge.start(hedge) == 0;
        let long = reading.suffix.is_some() || (hedged || listed || words.day_before.end(before) > 0) && !dated;
        return long && !within && !inside || words.day_behind.start(after) > 0;
    }
    let measured = || words.measure_before.end(before) > 0;
    let behind = before.strip_suffix(BEHIND);
    if reading.suffix == Some(Bound::AtMost) && inside {
        return reach || !hedge.is_empty() && measured() && behind.is_none();
    }
    if within {
        // 压缩至3个工作日内
        if reach {
            reading.suffix = Some(Bound::AtMost);
            reading.end += WITHIN.len_utf8();
        }
        return reach;
    }
    let in_years = unit.starts_with(YEAR);
    // 2018年1月至19年3月, 看到25年各部门: a year that lost its century.
    if in_years && reading.amount.script == Script::Arabic && reading.numeral(text).len() == 2 {
        let month = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let noun = || lexicon.amounts.joiner.end(before) > 0 && words.century_lost.start(after) > 0;
        if month.len() < after.len() && month.starts_with(MONTH) || noun() {
            return false;
        }
    }
    // 前3年按100%,后2年按50%
    if behind.is_some_and(|b| b.chars().next_back().is_none_or(is_edge)) {
        return false;
    }
    // 满三个月后, but 有效期届满三个月前; 停航连续三个月以上
    if words.full.end(before) > 0 && !after.starts_with('前') || reading.suffix.is_some() && words.on_end.end(before) > 0 {
        return true;
    }
    if words.period_before.end(before) > 0 || words.period_before.start(hedge) > 0 {
        return false;
    }
    if reading.suffix.is_some() {
        return true;
    }
    if words.period_behind.start(after) > 0 {
        return false;
    }
    if hands_on(words, before, unit, after) {
        return true;
    }
    let edge = next(after, 0).is_none_or(|c| is_edge(c) || class(c) == Class::Pause || matches!(class(c), Class::QuoteClose));
    let dealt = lexicon.amounts.dealt.strip_prefix(after).unwrap_or(after);
    // 五年增加2万家 looks back.
    let opens = last(text, start).is_none_or(|c| is_edge(c) || class(c) == Class::Pause);
    let looks_back = opens && in_years && lexicon.increase.start(dealt).max(lexicon.decrease.start(dealt)) > 0;
    edge || words.measure_after.start(dealt) > 0 && !looks_back || measured() || !hedge.is_empty()
}

/// Whether a verb hands a span of time on to a noun: 补缴|6个月|社保, 接受|3个月|培训. But 制定五年规划 is a name.
fn hands_on(words: &Durations, before: &str, unit: &str, after: &str) -> bool {
    const NEAR: usize = 8;
    const HANDS: Is = Is::VERB.or(Is::WORK);
    const LEADS: Is = Is::LINK.or(Is::PREP).or(Is::CHANGE).or(Is::BOUND);
    VOCABULARY.end(before).is_some_and(|(_, is)| is.any(HANDS) && !is.any(LEADS))
        && next(after, 0).is_some_and(|c| is_ideograph(c) && c != '时')
        && words.no_hand.end(unit) == 0
        && words.no_hand.find(head(after, NEAR)).is_none()
}

/// 一 counts only where it is one of a number: 至少一次, 每月召开一次, 核减一套. Elsewhere it is an article.
pub(super) fn one(text: &str, reading: &Reading<'_>, bound: Bound, per: bool, change: bool) -> bool {
    let amount = &reading.amount;
    if amount.script != Script::Chinese || amount.value != Decimal::ONE || reading.high.is_some() || reading.entry.is_none() {
        return false;
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    // 有效期为一年, 延长至一年, but 又到一年毕业季, and 实施满一年 is when, as a rule
    let (before, words) = (&text[..reading.at], &LEXICON.durations);
    let measured = words.reach_before.end(before).max(words.full.end(before)) > 0 || words.measure_before.end(before) > 0 && !before.ends_with(['至', '到']);
    let lasts = reading.dimension == Dimension::Duration && measured;
    !(bound != Bound::Exact || change || lasts || unit == "倍" || per && LEXICON.traps.one_of_a_number.has(unit))
}

/// Whether an amount without a unit counts all the same: 近12.4万, 参加人数1200.
pub(super) fn bare_count(text: &str, at: usize, after: usize, amount: &Amount) -> bool {
    let words = &LEXICON.traps;
    // 十亿多人口
    if amount.script == Script::Chinese && amount.exponent >= 4 && words.bare_people.start(&text[after..]) > 0 {
        return true;
    }
    if amount.script != Script::Arabic || last(text, at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '#')) {
        return false;
    }
    let rest = &text[after..];
    let follows = next(rest, 0);
    if amount.exponent >= 4 {
        return words.no_bare_behind.start(rest) == 0 && !follows.is_some_and(|c| c.is_ascii_alphanumeric());
    }
    let edge = follows.is_none_or(|c| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon));
    let noun = || words.bare_between.trim_end(&text[..at]);
    edge && words.bare_count.end(noun()) > 0 && words.no_bare_count.end(noun()) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    thread_local! {
        /// The traps that numbers of this thread were.
        pub(super) static SPRUNG: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }

    /// Of each trap a text whose number it is, and one like it whose number is a metric.
    const EXAMPLES: &[(&str, &str, &str)] = &[
        ("year", "成立于2023年、2024年的企业共3家。", "工程用时3年。"),
        ("end of a range again", "收入下降50%（不含60%）的企业。", "收入下降50%的企业。"),
        ("address", "地址为青河西路1号6幢。", "新建厂房6幢。"),
        ("floor", "大厅设在办公区1层。", "新建楼房共3层。"),
        ("one of several houses", "拆除原编2、4、7栋厂房。", "拆除厂房7栋、仓库4栋。"),
        ("label of a house", "拆除自编3栋建筑物。", "拆除3栋建筑物。"),
        ("tier of schools", "招收二本以上学生。", "每人借书3本。"),
        ("number of a paragraph", "2.2本项目投资3万元。", "颁发证书2.2万本。"),
        ("anniversary", "庆祝建县100周年。", "企业成立3周年以上。"),
        ("degrees", "全球升温1.5度。", "用电345亿度。"),
        ("what a name stands for", "“6”指6项行动。", "实施6项行动。"),
        ("grade", "推行20人制足球。", "组织20人参赛。"),
        ("slogan", "坚持四个意识。", "建成四个公园。"),
        ("session", "县委全会六次全体会议召开。", "会议召开六次。"),
        ("second", "购买二套住房。", "购买两套住房。"),
        ("nickname", "落实国家二十条。", "出台二十条措施。"),
        ("unit that ranks", "推进三期建设。", "编发简报3期。"),
        ("numeral behind", "建立三项三清机制。", "走访三户群众。"),
    ];

    #[test]
    fn every_trap_springs_on_its_example_alone() {
        let read = |text: &str| {
            SPRUNG.with_borrow_mut(Vec::clear);
            let metrics = crate::parse(text).metrics.len();
            (metrics, SPRUNG.with_borrow(Vec::clone))
        };
        let mut wrong = Vec::new();
        assert_eq!(TRAPS.iter().map(|name| name.strip_prefix("trap ").unwrap()).collect::<Vec<_>>(), EXAMPLES.iter().map(|e| e.0).collect::<Vec<_>>());
        for (name, (_, is, not)) in TRAPS.iter().zip(EXAMPLES) {
            let (_, sprung) = read(is);
            if !sprung.contains(name) {
                wrong.push(format!("{name}: {is} springs {sprung:?}"));
            }
            let (metrics, sprung) = read(not);
            if metrics == 0 || sprung.contains(name) {
                wrong.push(format!("{name}: {not} has {metrics} metrics and springs {sprung:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ranks_and_years_are_seen_at_once() {
        for (text, skipped) in [("第|三条规定", "三条"), ("第|3名的", "3名"), ("第|十二届", "十二届"), ("|2023年共", "2023年"), ("全面总结|2023年度", "2023年")]
        {
            let (before, after) = text.split_once('|').unwrap();
            let past = rank_or_year(&LEXICON, &format!("{before}{after}"), before.len());
            assert_eq!(past, Some(before.len() + skipped.len()), "{text}");
        }
    }

    #[test]
    fn what_may_go_on_is_no_rank_or_year_yet() {
        for text in [
            "第|3至5名",
            "第|一、二款",
            "第|3.5名",
            "第|3名、",
            "|2023年以上",
            "|2023年、",
            "|2023年/",
            "|2023年至",
            "|0023年共",
            "|203年共",
            "|20230年共",
            "|2023个",
            "|三条规定",
        ] {
            let (before, after) = text.split_once('|').unwrap();
            assert_eq!(rank_or_year(&LEXICON, &format!("{before}{after}"), before.len()), None, "{text}");
        }
    }
}
