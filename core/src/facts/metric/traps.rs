//! Numbers that state no quantity: ranks, names, slogans, dates, limits.

use super::around::{is_edge, last, next};
use super::measure::{Reading, joiner};
use crate::grammar::numeral::{digit_value, power};
use crate::grammar::quantity::{Amount, Script, is_more, run};
use crate::lexicon::Lexicon;
use crate::lexicon::words::{Is, VOCABULARY, on};
use crate::scan::{Anchor, Class, class};
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
    class(next) != Class::Numeral
        && !lexicon.units.begins(next)
        && !is_more(next)
        && !matches!(next, '点' | '點' | '分' | '-' | '—' | '–' | '~' | '至' | '到' | '(' | '（')
}

/// The end of a number that is seen at once to be a rank (第三条) or a year (2023年), and of its unit.
pub(super) fn rank_or_year(lexicon: &Lexicon, text: &str, at: usize) -> Option<usize> {
    let past = if text[..at].ends_with('第') {
        let end = at + run(&text[at..]);
        end + lexicon.units.start(&text[end..]).map_or(0, |u| u.word.len())
    } else {
        let digits = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = digits == 4 && text[at + digits..].starts_with('年') && !text[at..].starts_with('0');
        at + if year { "2023年".len() } else { return None }
    };
    // Nothing may go on with it: 第3至5名, 2023年以上.
    let goes_on = |c: char| {
        let number = is_more(c) || matches!(c, '.' | '点' | '分' | '/' | '／' | '·');
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
    let unit = &text[reading.unit.0..reading.unit.1];
    // ≥65%, written with two signs.
    if before == '=' && text[..at - 1].ends_with(['>', '<', '＞', '＜']) {
        return false;
    }
    match before {
        '%' | '=' | '&' | '/' | '?' | '-' | '_' if in_address(text, at) => return true,
        '第' | '每' => return true,
        // 第七个|五年
        '个' if reading.dimension == Dimension::Duration => {
            let rank = text[..at - before.len_utf8()].trim_end_matches(|c| matches!(class(c), Class::Digit | Class::Numeral));
            return rank.ends_with('第');
        }
        // 数十家, 几百人: how many, it does not say.
        '几' | '数' if text[at..].starts_with(['十', '百', '千', '万', '亿']) => return true,
        '前' | '列' | '居' | '排' => {
            // 提前|两个节点, 目前|3个: a word of its own, but 项目|前三名.
            let longer = |end: usize| VOCABULARY.end(&text[..end]).filter(|(len, _)| *len > '前'.len_utf8());
            let noun = || longer(at - before.len_utf8()).is_some_and(|(_, is)| is.any(Is::NOUN.or(Is::HEAD)));
            let word = before == '前' && longer(at).is_some() && !noun();
            return !word
                && reading.dimension == Dimension::Count
                && matches!(unit, "名" | "位" | "项" | "个" | "家" | "强" | "条" | "种" | "方" | "批" | "期" | "大类");
        }
        // A formula: 月收入×60%
        '×' | '*' | '=' | '＝' | '÷' | '∶' => return true,
        '-' | '/' | '.' | '_' | '#' | '@' | '—' | '–' | ':' | '：' | '＃' => {
            let prior = last(text, at - before.len_utf8());
            if prior.is_some_and(|c| c.is_ascii_alphanumeric() || c == before && !matches!(before, '—' | ':' | '：')) {
                return true;
            }
        }
        c if c.is_ascii_alphabetic() => {
            // GDP增速 aside, a number glued to Latin letters is a model, a road, a version.
            return matches!(reading.dimension, Dimension::Count | Dimension::Duration | Dimension::Length) || reading.entry.is_none();
        }
        _ => {}
    }
    let of_law = matches!(unit, "条" | "款" | "项") && text[..at].trim_end_matches(['，', ',']).ends_with(|c| class(c) == class(next(text, at).unwrap_or(' ')));
    if matches!(before, '、' | '，' | ',' | '至' | '或' | '和' | '及' | '-' | '—' | '到' | '与' | '）' | ')') && reading.dimension == Dimension::Count
    {
        // 第一、二款; 第3至5名; 第3，5条
        return text[..at]
            .chars()
            .rev()
            .take(16)
            .take_while(|c| {
                matches!(class(*c), Class::Digit | Class::Numeral | Class::Pause | Class::Open | Class::Close)
                    || of_law && class(*c) == Class::Comma
                    || matches!(c, '至' | '或' | '和' | '及' | '第' | '-' | '—' | '到' | '与' | '条' | '款' | '项')
            })
            .any(|c| c == '第');
    }
    if before == '时' || before == '点' {
        return unit == "分" || unit == "分钟" && reading.amount.script == Script::Arabic;
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
    text: &'a str,
    reading: &'a Reading<'a>,
    unit: &'a str,
    before: &'a str,
    after: &'a str,
}

impl Seen<'_> {
    fn hedged(&self) -> bool {
        self.reading.suffix.is_some()
    }

    fn script(&self) -> Script {
        self.reading.amount.script
    }

    /// Whether it is a numeral in words (三, 十二) before a unit of the vocabulary.
    fn in_words(&self) -> bool {
        self.script() != Script::Arabic && self.reading.entry.is_some()
    }
}

/// Ways in which a number with a unit states no quantity, each independent of the others: its name, a text whose number is
/// one, and one like it whose number is a metric.
macro_rules! traps {
    ($($name:literal $example:literal not $counter:literal: $is:expr;)*) => {
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
        const TRAPS: &[(&str, &str, &str)] = &[$(($name, $example, $counter)),*];
    };
}

traps! {
    "trap year" "成立于2023年、2024年的企业共3家。" not "工程用时3年。":
        |s| {
            // 1.2021年: behind the number of an item.
            let year = |numeral: &str| numeral.len() == 4 && numeral.starts_with("20");
            let item = || s.reading.numeral(s.text).split_once('.').is_some_and(|(_, year_of)| year(year_of));
            s.unit.starts_with(['年', '届']) && (s.reading.amount.value >= Decimal::ONE_THOUSAND || item())
        };
    "trap end of a range again" "收入下降50%（不含60%）的企业。" not "收入下降50%的企业。":
        |s| ["(含", "（含", "(不含", "（不含"].iter().any(|w| s.before.ends_with(w));
    "trap address" "地址为青河西路1号6幢。" not "新建厂房6幢。": |s| {
        let number = s.before.strip_suffix('号').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
        let house = matches!(s.unit, "幢" | "栋" | "座");
        // 沿河街23座202房
        let room = || s.before.ends_with(['街', '路', '巷', '道']) && next(s.after, 0).is_some_and(|c| c.is_ascii_digit());
        (house || matches!(s.unit, "层" | "间")) && number || house && room()
    };
    "trap floor" "大厅设在办公区1层。" not "新建楼房共3层。":
        |s| s.unit == "层" && !s.hedged() && s.before.ends_with(['区', '楼', '厦', '幢', '栋', '座']);
    "trap label of a house" "拆除自编3栋建筑物。" not "拆除3栋建筑物。": |s| s.unit == "栋" && s.before.ends_with("自编");
    "trap tier of schools" "招收二本以上学生。" not "每人借书3本。": |s| s.unit == "本" && s.script() == Script::Chinese && s.hedged();
    "trap number of a paragraph" "2.2本项目投资3万元。" not "颁发证书2.2万本。":
        |s| s.unit == "本" && s.reading.amount.exponent == 0 && s.reading.numeral(s.text).contains('.');
    "trap anniversary" "庆祝建县100周年。" not "企业成立3周年以上。": |s| s.unit == "周年" && !s.hedged();
    "trap degrees" "全球升温1.5度。" not "用电345亿度。": |s| s.unit == "度" && s.reading.amount.exponent < 3;
    "trap what a name stands for" "“6”指6项行动。" not "实施6项行动。": |s| {
        let named = |w: &str| s.before.strip_suffix(w).is_some_and(|b| b.ends_with(|c| class(c) == Class::QuoteClose));
        s.before.ends_with(['指', '即', '表']) && ["指", "是指", "即", "代表"].iter().any(|w| named(w))
    };
    "trap grade" "推行20人制足球。" not "组织20人参赛。": |s| {
        let kind = |c: char, no: &str| s.after.strip_prefix(c).is_some_and(|r| !r.starts_with(|n| no.contains(n)));
        !s.hedged()
            && !s.unit.is_empty()
            && s.after.starts_with(['级', '制', '式', '型', '化'])
            && (kind('级', "别") || kind('制', "度造定作约品药冷") || kind('式', "") || kind('型', "号材") || kind('化', "工学肥解石纤"))
    };
    "trap slogan" "坚持四个意识。" not "建成四个公园。": |s| s.script() != Script::Arabic && s.lexicon.slogans.start(&s.text[s.reading.at..]) > 0;
    "trap session" "县委全会六次全体会议召开。" not "会议召开六次。": |s| {
        s.in_words()
            && s.unit == "次"
            && !s.before.ends_with("召开")
            && (["届", "人大", "政协", "大会", "委员会", "常委会"].iter().any(|w| s.before.ends_with(w))
                || ["全会", "全体", "代表大会", "主席会议"].iter().any(|w| s.after.starts_with(w)))
    };
    "trap second" "购买二套住房。" not "购买两套住房。":
        |s| s.in_words() && s.reading.numeral(s.text) == "二" && s.unit != "个" && !s.hedged() && s.reading.dimension == Dimension::Count;
    "trap nickname" "落实国家二十条。" not "出台二十条措施。": |s| {
        let ends = next(s.after, 0).is_none_or(|c| is_edge(c) || matches!(class(c), Class::Pause | Class::QuoteClose));
        let bracketed = || next(s.after, 0).is_none_or(|c| class(c) == Class::Close) && !s.before.ends_with(['(', '（']);
        let issued = || ["国家", "省", "市", "新", "央行", "金融"].iter().any(|w| s.before.ends_with(w));
        s.in_words() && s.unit == "条" && (bracketed() || ends && issued())
    };
    "trap unit that ranks" "推进三期建设。" not "编发简报3期。": |s| s.in_words() && s.reading.entry.is_some_and(|u| u.arabic_only) && !s.hedged();
    "trap numeral behind" "建立三项三清机制。" not "走访三户群众。": |s| {
        s.in_words() && !s.hedged() && next(s.after, 0).is_some_and(|c| class(c) == Class::Numeral) && !s.after.starts_with('半')
    };
}

/// Slogans and names, years, and units that are none here: the trap that the number is.
pub(super) fn name(lexicon: &'static Lexicon, text: &str, reading: &Reading<'_>) -> Option<&'static str> {
    let (unit, before, after) = (&text[reading.unit.0..reading.unit.1], &text[..reading.at], &text[reading.end..]);
    let seen = Seen { lexicon, text, reading, unit, before, after };
    let trap = trap(&seen);
    #[cfg(test)]
    tests::SPRUNG.with_borrow_mut(|sprung| sprung.extend(trap));
    trap
}

/// Whether a span of time measures. Everything that is no span of time passes.
pub(super) fn duration(lexicon: &Lexicon, text: &str, start: usize, reading: &mut Reading<'_>) -> bool {
    if reading.dimension != Dimension::Duration || !reading.entry.is_some_and(|u| u.measured) {
        return true;
    }
    let before = &text[..start];
    let after = &text[reading.end..];
    let reach = lexicon.reach_before.end(before) > 0;
    // 延长至24日 is a date; 不少于7日 and 公示期7日 are as long as 7天.
    let day = text[reading.unit.0..reading.unit.1].starts_with('日');
    if day && (!reach || !after.starts_with('内') && reading.suffix.is_none() && reading.amount.script == Script::Arabic) {
        let within = after.starts_with('内') || text[..reading.end].ends_with('内');
        let dated = before.ends_with(['月', '于', '到', '至']) || after.starts_with(['前', '起', '止', '开', '上', '下', '晚', '凌', '中', '早', '至', '到']);
        let hedged = reading.hedged && !text[start..reading.at].starts_with('近') && !text[start..reading.at].starts_with("不迟于");
        let long = reading.suffix.is_some() || hedged && !dated || lexicon.day_before.end(before) > 0 && !dated;
        return long && !within || after.starts_with("拘留");
    }
    if reading.suffix == Some(Bound::AtMost) && text[..reading.end].ends_with('内') {
        return reach || start < reading.at && lexicon.measure_before.end(before) > 0 && !before.ends_with('后');
    }
    if after.starts_with('内') {
        // 压缩至3个工作日内
        if reach {
            reading.suffix = Some(Bound::AtMost);
            reading.end += "内".len();
            return true;
        }
        return false;
    }
    // 2018年1月至19年3月, 看到25年各部门: a year that lost its century.
    let year = text[reading.unit.0..reading.unit.1].starts_with('年') && reading.amount.script == Script::Arabic && reading.numeral(text).len() == 2;
    let month = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let noun = || before.ends_with(['到', '至']) && next(after, 0).is_some_and(|c| matches!(c, '各' | '全' | '我'));
    if year && (month.len() < after.len() && month.starts_with('月') || noun()) {
        return false;
    }
    // 前3年按100%,后2年按50%
    if before.strip_suffix('后').is_some_and(|b| b.chars().next_back().is_none_or(is_edge)) {
        return false;
    }
    if lexicon.period_before.end(before) > 0 || text[start..reading.at].starts_with('近') {
        return false;
    }
    if reading.suffix.is_some() {
        return true;
    }
    let edge = next(after, 0).is_none_or(|c| is_edge(c) || class(c) == Class::Pause || matches!(class(c), Class::QuoteClose));
    if after.starts_with(['前', '后', '来', '间', '度', '期', '代', '初', '底', '末', '中'])
        || after.starts_with("以来")
        || after.starts_with("之")
        || after.starts_with("行动")
        || after.starts_with("计划")
        || after.starts_with("规划")
    {
        return false;
    }
    let dealt = after.strip_prefix("分别").unwrap_or(after);
    // 五年增加2万家 looks back.
    let opens = last(text, start).is_none_or(|c| is_edge(c) || class(c) == Class::Pause);
    let looks_back = opens && lexicon.increase.start(dealt).max(lexicon.decrease.start(dealt)) > 0 && text[reading.unit.0..].starts_with('年');
    edge || lexicon.measure_after.start(dealt) > 0 && !looks_back || lexicon.measure_before.end(before) > 0 || start < reading.at
}

/// 一 counts only where it is one of a number: 至少一次, 每月召开一次, 核减一套. Elsewhere it is an article.
pub(super) fn one(text: &str, reading: &Reading<'_>, bound: Bound, per: bool, change: bool) -> bool {
    let amount = &reading.amount;
    if amount.script != Script::Chinese || amount.value != Decimal::ONE || reading.high.is_some() || reading.entry.is_none() {
        return false;
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    let counted = bound != Bound::Exact || change || unit == "倍" || (per && matches!(unit, "次" | "场" | "期" | "轮" | "遍" | "篇"));
    !counted
}

/// Whether an amount without a unit counts all the same: 近12.4万, 参加人数1200.
pub(super) fn bare_count(text: &str, at: usize, after: usize, amount: &Amount) -> bool {
    // 十亿多人口
    if amount.script == Script::Chinese && amount.exponent >= 4 && text[after..].starts_with("人口") {
        return true;
    }
    if amount.script != Script::Arabic || last(text, at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '#')) {
        return false;
    }
    let rest = &text[after..];
    let follows = next(rest, 0);
    if amount.exponent >= 4 {
        return !rest.starts_with(['级', '分', '象', '科', '达', '家']) && !follows.is_some_and(|c| c.is_ascii_alphanumeric());
    }
    let edge = follows.is_none_or(|c| matches!(class(c), Class::Comma | Class::Stop | Class::Semicolon));
    let before = text[..at].trim_end_matches(['达', '到', '为', '约', '近', '超', '过', '共']);
    edge && before.ends_with(['数', '量']) && !before.ends_with("指数") && !before.ends_with("倍数") && !before.ends_with("系数") && !before.ends_with("分数")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LEXICON;
    use std::cell::RefCell;

    thread_local! {
        /// The traps that numbers of this thread were.
        pub(super) static SPRUNG: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }

    #[test]
    fn every_trap_springs_on_its_example_alone() {
        let read = |text: &str| {
            SPRUNG.with_borrow_mut(Vec::clear);
            let metrics = crate::parse(text).metrics.len();
            (metrics, SPRUNG.with_borrow(Vec::clone))
        };
        let mut wrong = Vec::new();
        for (name, is, not) in TRAPS {
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
