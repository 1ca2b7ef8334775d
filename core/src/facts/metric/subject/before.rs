//! Which nouns stand before a number?

use super::super::Finder;
use super::super::around::{Clause, last};
use super::Side;
use super::measured::{measured_end, says_share};
use super::noun_start::noun_start;
use super::opening::opening;
use super::tidy::tidy;
use crate::scan::{Class, class};

/// The nouns before a number.
pub(super) fn before(finder: &Finder<'_, '_>, within: Clause, start: usize, per: Option<(usize, usize)>) -> Side {
    let (text, clause) = (finder.text, within.start);
    let end = past_between(finder, clause, start, per);
    // 对设置人处一千元以上…罚款: what stands before is who pays.
    let fined = text[clause..end].ends_with('处') && finder.lexicon.units.start(&text[start..]).is_none();
    let Some(region) = past_opening(finder, clause, end, per) else { return Side::default() };
    // A change or a share of what was spoken of before: 较2020年提高1.3个百分点, 占耕地面积的62%.
    let part = &text[region..end];
    if says_share(part) || compares(part) && finder.found.last().is_some_and(|f| f.sentence == finder.sentence) {
        return Side::default();
    }
    let (region, end) = measured(finder, within, (region, end), start);
    if region >= end {
        // Nothing but such words: a verb of change alone is what is measured (清理9件 never gets here).
        return Side::default();
    }
    let mut side = listed(finder, region, end);
    side.noun &= !side.parts.is_empty() && !fined;
    side
}

/// Back past what stands between noun and number: 均为, 达到, 同比增长, 每人每月.
fn past_between(finder: &Finder<'_, '_>, clause: usize, start: usize, per: Option<(usize, usize)>) -> usize {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let mut end = start;
    // 分别提高15、22个百分点: past the numbers that share the unit.
    while let Some(rest) = text[clause..end].strip_suffix(['、', '和', '及'])
        && rest.ends_with(|c: char| c.is_ascii_digit())
    {
        end = clause + rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    }
    for _ in 0..8 {
        if let Some((a, b)) = per
            && b == end
            && a >= clause
        {
            end = a;
            continue;
        }
        let part = &text[clause..end];
        let mut len = lexicon.between.end(part);
        // 行为, 国有, 预约 end in such a character and are whole words.
        if len == "为".len() && (lexicon.inner.end(part) > 0 || lexicon.no_change.end(part) > 0) {
            len = 0;
        }
        // 扩容至, 压减到
        if let Some(verb) = part.strip_suffix(['至', '到'])
            && len <= 3
        {
            len = len.max(Some(lexicon.turn.end(verb)).filter(|l| *l > 3).map_or(0, |l| l + "至".len()));
        }
        if len == 0 {
            break;
        }
        end -= len;
        // 贷款额度|在基准额度的基础上上浮10%
        if part[part.len() - len..].contains("基础上")
            && let Some(at) = part.rfind('在').filter(|i| *i >= 6 && lexicon.inner.end(&part[..*i + "在".len()]) == 0)
        {
            end = clause + at;
        }
    }
    end
}

/// Where what may be a noun begins in the clause, if anything is left of it: behind time, scope and what the number is per.
fn past_opening(finder: &Finder<'_, '_>, clause: usize, end: usize, per: Option<(usize, usize)>) -> Option<usize> {
    let text = finder.text;
    let mut region = clause + opening(finder, clause, end);
    // 力争2023年达到80%, 2025年全省80%的学校: nothing but time and scope.
    if region >= end {
        return None;
    }
    if text[region..end].chars().nth(1).is_none() {
        // 已结, 惠及: too short to take anything away. A single character (但, 对) names nothing.
        region = clause + text[clause..end].find(|c: char| class(c) == Class::Plain).unwrap_or(0);
        if text[region..end].chars().nth(1).is_none() || finder.lexicon.lead.has(&text[region..end]) {
            return None;
        }
    }
    // 每年培育企业6000家
    match per {
        Some((a, b)) if (a <= region || matches!(&text[region..a], "平均" | "对" | "按" | "按照")) && b > region && b < end => Some(b),
        _ => Some(region),
    }
}

/// Whether a part begins with what something is compared to: 较2020年, 高于全国.
fn compares(part: &str) -> bool {
    let one_of = |words: &[&str]| words.iter().any(|w| part.starts_with(w));
    let mut chars = part.chars();
    match chars.next() {
        Some('较') => !one_of(&["较大", "较好"]),
        Some('比') => !one_of(&["比例", "比重", "比赛", "比率", "比值", "比价"]),
        Some(_) => matches!(chars.next(), Some('于' | '出')) && one_of(&["高于", "低于", "快于", "好于", "优于", "高出", "多于", "少于"]),
        None => false,
    }
}

/// What of a part of the clause is measured: 总和 of 总和不得超过房款的80%, 房屋总价 of 不超过房屋总价的80%.
fn measured(finder: &Finder<'_, '_>, within: Clause, (mut region, end): (usize, usize), start: usize) -> (usize, usize) {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let part = &text[region..end];
    let hedge = lexicon.apart.start(part).map_or(0, |(len, _)| len);
    if hedge > 0 && part[hedge..].chars().nth(1).is_some() {
        region += hedge;
    }
    let to = measured_end(finder, within, region, end, start);
    // 缴纳不低于总价款的50%: a part of the price, not of the paying.
    let (noun, more) = (&text[region..to], &text[to..end]);
    if ["缴纳", "支付", "缴存", "缴交", "返还其", "返还"].iter().any(|w| noun.ends_with(w))
        && let Some((len, _)) = lexicon.before.start(more).or(lexicon.apart.start(more))
    {
        let base = more[len..].trim_end_matches('的');
        if base.chars().nth(1).is_some() {
            return (to + len, to + len + base.len());
        }
    }
    (region, to)
}

/// The nouns of a list with 、, found from right to left.
fn listed(finder: &Finder<'_, '_>, region: usize, end: usize) -> Side {
    let text = finder.text;
    let mut side = Side::default();
    let mut right = end;
    for turn in 0..8 {
        let left = part_start(text, region, right);
        if turn == 0 && left == right {
            // Right after a 、: the list goes on, the noun stood before it.
            return side;
        }
        let (begin, noun) = noun_start(finder, left, right);
        if turn == 0 {
            side.noun = noun;
        }
        let part = &text[begin..right];
        if turn > 0 && (part.chars().nth(20).is_some() || part.contains('第')) {
            break;
        }
        let (a, b) = tidy(finder, begin, right);
        side.parts.add(text, a, b);
        if begin > left || left <= region {
            break;
        }
        // Past the 、, if a list goes on there.
        right = left - last(text, left).map_or(0, char::len_utf8);
        if right <= region {
            break;
        }
    }
    side.parts = side.parts.reverse();
    side
}

/// Where the part of a list that ends at `right` begins: after the nearest 、 outside brackets and quotes.
fn part_start(text: &str, region: usize, right: usize) -> usize {
    let (mut depth, mut quoted) = (0, false);
    for (i, c) in text[region..right].char_indices().rev() {
        match class(c) {
            Class::Close => depth += 1,
            Class::Open => depth -= 1,
            Class::QuoteClose => quoted = true,
            Class::QuoteOpen => quoted = false,
            Class::Pause if depth <= 0 && !quoted => return region + i + c.len_utf8(),
            _ => {}
        }
    }
    region
}
