//! What is counted or measured.
//!
//! A count's noun stands after the number when one stands there (7个督察组), else before it (案件4件); a
//! percentage's stands before it (败诉率14.7%) unless a verb does (给予50%契税补贴). Where neither side has
//! one, the number counts what the number before it counted.

use super::around::{self, Clause, REACH, each, is_edge, last, next, own_bracket};
use super::{Finder, Reading};
use crate::Dimension;
use crate::grammar::quantity::Script;
use crate::lexicon::Cue;
use crate::scan::{Class, class};

/// Subjects in the view's offsets, without allocation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    at: [(u32, u32); 8],
    len: u8,
}

impl Parts {
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.at[..self.len as usize].iter().map(|(a, b)| (*a as usize, *b as usize))
    }

    /// Takes in a part that says something: at least one character that is no digit.
    fn add(&mut self, text: &str, start: usize, end: usize) {
        if text[start..end].starts_with(['(', '（']) {
            return;
        }
        if text[start..end].contains(|c: char| !c.is_ascii_digit() && !c.is_ascii_punctuation() && c != '年') {
            self.push(start, end);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        if (self.len as usize) < self.at.len() && start < end {
            self.at[self.len as usize] = (start as u32, end as u32);
            self.len += 1;
        }
    }

    fn reverse(mut self) -> Self {
        self.at[..self.len as usize].reverse();
        self
    }

    /// As many parts as there are numbers for them; the last may hold two, joined by 和.
    pub(super) fn dealt(&self, text: &str, count: usize) -> Option<Self> {
        let len = self.len as usize;
        if len == count {
            return Some(*self);
        }
        let (start, end) = self.iter().last()?;
        let noun = &text[start..end];
        let mut ands = noun.char_indices().filter(|(_, c)| matches!(c, '和' | '与' | '及'));
        let (and, c) = ands.next()?;
        if len + 1 != count || ands.next().is_some() || and < 6 || end - start - and <= 6 {
            return None;
        }
        let mut parts = *self;
        parts.len -= 1;
        parts.push(start, start + and);
        parts.push(start + and + c.len_utf8(), end);
        Some(parts)
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// What stands on one side of a number.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    parts: Parts,
    /// Whether it names a thing; a verb alone (清理9件) does not.
    noun: bool,
}

/// The subjects of the number at `start`.
pub(super) fn find(
    finder: &Finder<'_, '_>,
    start: usize,
    floor: usize,
    clause: Clause,
    per: Option<(usize, usize)>,
    reading: &Reading<'_>,
    turned: bool,
) -> Parts {
    let text = finder.text;
    // (2项), (共12家), (35道,每题1分): what stands before the bracket.
    let mut from = start;
    let inner = text[..start].trim_end_matches(['共', '计', '合', '总']).len();
    if let Some(c) = last(text, inner)
        && class(c) == Class::Open
        && next(text, reading.end).is_some_and(|c| matches!(class(c), Class::Close | Class::Comma))
    {
        from = inner - c.len_utf8();
    }
    let clause = if from < start { around::clause(finder.lexicon, text, from, floor) } else { clause };
    let mut before = before(finder, clause, from, per);
    let clause = clause.start;
    // 覆盖全区50%的幼儿园: where, not what.
    before.noun &= !before.parts.iter().all(|(a, b)| finder.lexicon.lead.has(&text[a..b]));
    if let Some(parts) = given(finder, clause, from, reading) {
        return parts;
    }
    let joined = before.parts.is_empty() && joined(finder, start);
    let prefer_after = match reading.dimension {
        Dimension::Percent | Dimension::PercentagePoint => false,
        Dimension::Count | Dimension::Frequency => true,
        // 500万元以上的项目 is a class of projects; the amount is that of what stands before.
        Dimension::Money => reading.suffix.is_none() || !before.noun,
        // 年龄在70周岁以上的驾驶人: the age is measured.
        _ => !before.noun || ends_open(finder, clause, from) && !text[clause..from].ends_with('在'),
    };
    // 百分之八十的案件
    let of = text[reading.end..].starts_with('的');
    let open = of && ends_open(finder, clause, from) && (finder.lexicon.between.end(&text[clause..from]) == 0 || text[clause..from].ends_with('在'));
    let rest = text[clause..from].ends_with("剩余") || text[clause..from].ends_with("其余");
    let prefer_after = prefer_after || rest || of && (!before.noun || open);
    if joined && !prefer_after {
        return inherited(finder, start, clause, reading.end);
    }
    let unit = &text[reading.unit.0..reading.unit.1];
    let event = reading.dimension != Dimension::Count || matches!(unit, "次" | "场" | "期" | "轮" | "场次" | "件次" | "批次" | "");
    // 四种情形, but 三项标准: what is sorted is counted, whatever it is called.
    let counted = matches!(unit, "种" | "类" | "个" | "项" | "条" | "方面" | "大类");
    let after = after(finder, reading.end, prefer_after || !before.noun, event, counted);
    let (first, second) = if prefer_after { (after, before) } else { (before, after) };
    // 17个子项调整为5个子项: what turned into it.
    if turned
        && !(prefer_after && after.noun)
        && let Some(from) = finder.found.last()
    {
        return from.subject;
    }
    for side in [first, second] {
        if side.noun && !side.parts.is_empty() {
            return side.parts;
        }
    }
    // 每年新增5万套: the verb says nothing of what.
    let bare = before.parts.iter().all(|(a, b)| {
        matches!(&text[a..b], "新增" | "新增加" | "给予" | "增加" | "平均" | "剩余" | "现行" | "逐步" | "逐渐" | "相应" | "选取" | "遴选" | "保证")
    });
    if bare && !before.parts.is_empty() {
        let what = inherited(finder, start, clause, reading.end);
        // 调整60个、新增69个: nor does the verb before it.
        let verbal = what.iter().all(|(a, b)| finder.lexicon.verb.has(&text[a..b]) || finder.lexicon.cut.has(&text[a..b]));
        return if verbal { before.parts } else { what };
    }
    if !before.parts.is_empty() {
        return before.parts;
    }
    // 4次提高养老金: what was done so often.
    if (clause == start || unit == "次")
        && let Some(state) = state(finder, reading.end)
    {
        return state;
    }
    inherited(finder, start, clause, reading.end)
}

/// Whether the number goes on a list of numbers of one thing: 20%和30%, 1200元、1350元.
fn joined(finder: &Finder<'_, '_>, start: usize) -> bool {
    finder.found.last().is_some_and(|f| f.sentence == finder.sentence && start - f.end <= REACH)
}

/// The object that a verb behind the number gives by it: 按实际购房款的2%给予购房补贴, 减按25%计入应纳税所得额; or
/// the yardstick itself: 减按1%的税率.
fn given(finder: &Finder<'_, '_>, clause: usize, start: usize, reading: &Reading<'_>) -> Option<Parts> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    if !matches!(reading.dimension, Dimension::Percent | Dimension::Money | Dimension::Ratio) {
        return None;
    }
    let before = &text[clause..start];
    let rate = lexicon.rate.end(before);
    let mut parts = Parts::default();
    let mut from = reading.end;
    let rest = text[from..].strip_prefix('的').unwrap_or(&text[from..]);
    // 处5万元以下的罚款
    if reading.dimension == Dimension::Money && before.ends_with('处') && rest.starts_with("罚款") {
        let fine = text.len() - rest.len();
        parts.push(fine, fine + "罚款".len());
        return Some(parts);
    }
    // 给予购房价(不含税)1%的购房补贴
    if reading.dimension == Dimension::Percent && rest.len() < text.len() - from && ["给予", "予以", "享受", "发放"].iter().any(|w| before.contains(w))
    {
        let side = after(finder, text.len() - rest.len(), true, true, false);
        if side.parts.iter().last().is_some_and(|(a, b)| lexicon.gift.end(&text[a..b]) > 0) {
            return Some(side.parts);
        }
    }
    let yardstick = lexicon.yardstick.start(rest);
    if yardstick > 0 {
        from = text.len() - rest.len();
        if lexicon.give.start(&text[from + yardstick..]) == 0 || text[from..].starts_with("税率") {
            if rate > 0 && !before.ends_with('的') && before.chars().count() <= 4 {
                parts.push(from, from + yardstick);
                return Some(parts);
            }
            return None;
        }
        from += yardstick;
    } else if rate == 0 && !before.contains('按') {
        return None;
    }
    let give = lexicon.give.start(&text[from..]);
    if give == 0 {
        return None;
    }
    let side = after(finder, from + give, true, true, false);
    if side.noun && !side.parts.is_empty() {
        return Some(side.parts);
    }
    // 按20%补助
    let noun = text[from..].starts_with(['补', '奖']);
    parts.push(from, from + give);
    noun.then_some(parts)
}

/// What becomes of a number that opens its clause: 3件未审结, 1宗正在审理中.
fn state(finder: &Finder<'_, '_>, end: usize) -> Option<Parts> {
    let text = finder.text;
    if finder.lexicon.attend.start(&text[end..]) > 0 || text[end..].starts_with(['的', '和', '或', '及', '与', '至', '、']) || text[end..].starts_with("大关")
    {
        return None;
    }
    let mut to = end;
    for (i, c) in text[end..].char_indices().take(10) {
        // 两次排名末位的乡镇
        if is_edge(c) || class(c) == Class::Pause || c == '了' || c == '的' {
            break;
        }
        to = end + i + c.len_utf8();
    }
    let mut parts = Parts::default();
    parts.push(end, to);
    (to > end + 3).then_some(parts)
}

/// Whether the text before the number ends in a word that hands its object on (给予, 的, 建成).
fn ends_open(finder: &Finder<'_, '_>, clause: usize, at: usize) -> bool {
    let part = &finder.text[clause..at];
    part.is_empty() || finder.lexicon.cut.end(part) > 0 || finder.lexicon.verb.end(part) > 0
}

/// The nouns before a number.
fn before(finder: &Finder<'_, '_>, within: Clause, start: usize, per: Option<(usize, usize)>) -> Side {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let clause = within.start;
    let mut end = start;
    // 分别提高15、22个百分点: past the numbers that share the unit.
    while let Some(rest) = text[clause..end].strip_suffix(['、', '和', '及'])
        && rest.ends_with(|c: char| c.is_ascii_digit())
    {
        end = clause + rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    }
    // What stands between noun and number: 均为, 达到, 同比增长, 每人每月.
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
    // 对设置人处一千元以上…罚款: what stands before is who pays.
    let fined = text[clause..end].ends_with('处') && finder.lexicon.units.start(&text[start..]).is_none();
    let mut side = Side::default();
    let mut region = clause + lead(finder, clause, end);
    // 力争2023年达到80%, 2025年全省80%的学校: nothing but time and scope.
    if region >= end {
        return side;
    }
    if text[region.min(end)..end].chars().nth(1).is_none() {
        // 已结, 惠及: too short to take anything away. A single character (但, 对) names nothing.
        region = clause + text[clause..end].find(|c: char| class(c) == Class::Plain).unwrap_or(0);
        if text[region..end].chars().nth(1).is_none() || lexicon.lead.has(&text[region..end]) {
            return side;
        }
    }
    // 每年培育企业6000家: behind what it is per.
    if let Some((a, b)) = per
        && (a <= region || matches!(&text[region..a], "平均" | "对" | "按" | "按照"))
        && b > region
        && b < end
    {
        region = b;
    }
    // 较2020年提高1.3个百分点 is a change of what was spoken of before.
    let part = &text[region.min(end)..end];
    let one_of = |words: &[&str]| words.iter().any(|w| part.starts_with(w));
    let compared = match next(part, 0) {
        Some('较') => !one_of(&["较大", "较好"]),
        Some('比') => !one_of(&["比例", "比重", "比赛", "比率", "比值", "比价"]),
        Some(_) => matches!(part.chars().nth(1), Some('于' | '出')) && one_of(&["高于", "低于", "快于", "好于", "优于", "高出", "多于", "少于"]),
        None => false,
    };
    if compared && finder.found.last().is_some_and(|f| f.sentence == finder.sentence) {
        return side;
    }
    // 占耕地面积的62% is the share of what was spoken of before.
    let part = &text[region.min(end)..end];
    if part.starts_with('占') && !["占用", "占地", "占比", "占有", "占道", "占补"].iter().any(|w| part.starts_with(w)) {
        return side;
    }
    // 不超过房屋总价的80%
    let hedge = lexicon.apart.start(part).map_or(0, |(len, _)| len);
    if hedge > 0 && part[hedge..].chars().nth(1).is_some() {
        region += hedge;
    }
    let whole = end;
    let mut end = measured_end(finder, within, region, end, start);
    // 缴纳不低于总价款的50%: a part of the price, not of the paying.
    let paid = &text[region.min(end)..end];
    if end < whole
        && ["缴纳", "支付", "缴存", "缴交", "返还其", "返还"].iter().any(|w| paid.ends_with(w))
        && let Some((len, _)) = lexicon.before.start(&text[end..whole]).or(lexicon.apart.start(&text[end..whole]))
    {
        let base = text[end + len..whole].trim_end_matches('的');
        if base.chars().nth(1).is_some() {
            region = end + len;
            end = region + base.len();
        }
    }
    if region >= end {
        // Nothing but such words: a verb of change alone is what is measured (清理9件 never gets here).
        return side;
    }
    // From right to left, part by part of a list with 、.
    let mut parts = Parts::default();
    let mut right = end;
    for turn in 0..8 {
        let left = part_start(text, region, right);
        if turn == 0 && left == right {
            // Right after a 、: the list goes on, the noun stood before it.
            return side;
        }
        let (cut, noun) = cut(finder, left, right);
        if turn == 0 {
            side.noun = noun;
        }
        let begin = if cut > left { cut } else { left };
        let long = || text[begin..right].chars().nth(20).is_some();
        if turn > 0 && (long() || text[begin..right].contains('第')) {
            break;
        }
        let (a, b) = tidy(finder, begin, right);
        parts.add(text, a, b);
        if cut > left || left <= region {
            break;
        }
        // Past the 、, if a list goes on there.
        right = left - last(text, left).map_or(0, char::len_utf8);
        if right <= region {
            break;
        }
    }
    side.parts = parts.reverse();
    side.noun &= !side.parts.is_empty() && !fined;
    side
}

/// Where the noun of a clause ends that says more before its number: 总和|不得超过房款的80%, 倍数|由余额的20倍,
/// 车位|按照面积每百平方米.
fn measured_end(finder: &Finder<'_, '_>, clause: Clause, region: usize, end: usize, start: usize) -> usize {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let Some(part) = text.get(region..end) else {
        return end;
    };
    // 融资平台数量2025年底前减少三分之一: the noun stands before the time.
    let timed = finder.taken_in(region, end).filter(|(from, to)| {
        let rest = &text[*to..end];
        *from >= region + 6
            && (rest.chars().count() <= 1 || lexicon.verb.has(rest) || lexicon.cut.has(rest) || lexicon.increase.has(rest) || lexicon.decrease.has(rest))
    });
    if let Some((from, _)) = timed {
        let noun = text[region..from].trim_end_matches(['到', '至', '在', '于', '力', '争', '截']);
        return region + noun.len();
    }
    let full = &text[region..start];
    // What the clause has no character of is not looked for.
    let may = |cue| if clause.has(cue) { Some(part) } else { None };
    let hedge = may(Cue::Apart).and_then(|_| finder.apart_at(full)).filter(|(i, _)| !full[*i..].starts_with("至少")).map(|(i, _)| i);
    let from = may(Cue::From).and_then(|part| part.rfind(['由', '从'])).filter(|i| {
        let turns = |t: &str| t.char_indices().take(10).any(|(i, _)| lexicon.turn.start(&t[i..]) > 0);
        let dated = part[*i + "从".len()..].strip_suffix("年的").is_some_and(|year| year.len() == 4);
        dated || turns(&part[*i..]) || turns(text[start..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
    });
    let by = may(Cue::By)
        .and_then(|part| part.find("按照").or_else(|| part.find('按').filter(|i| !part[*i..].starts_with("按期") && !part[*i..].starts_with("按时"))));
    // 新能源装机|占总装机57.6%; but 增加值占总值比重 is one noun.
    let share = may(Cue::Share).and_then(|part| part.find('占')).filter(|i| {
        let rest = &part[*i..];
        !["占用", "占地", "占比", "占有", "占道", "占补"].iter().any(|w| rest.starts_with(w)) && !rest.ends_with(['重', '例', '比', '率'])
    });
    // 死亡人数|较“十三五”同期分别下降, 住房保障|分别投入
    let compares = |(i, c): &(usize, char)| {
        let rest = &part[i + c.len_utf8()..];
        matches!(c, '较' | '比')
            && (rest.starts_with(['上', '去', '同', '“', '计', '前'])
                || rest.starts_with(|c: char| c.is_ascii_digit())
                || rest.starts_with("全国")
                || rest.starts_with("全省"))
            && !rest.starts_with("上升")
    };
    let compared = may(Cue::Compared).and_then(|part| part.char_indices().find(compares)).map(|(i, _)| i);
    // 贷款额度|放宽至当期限额的2倍
    let raises = |i: &usize| {
        let len = lexicon.turn.start(&part[*i..]);
        len > 3 && part[*i + len..].strip_prefix(['至', '到']).is_some_and(|base| base.chars().nth(2).is_some())
    };
    let raised = may(Cue::Until).and_then(|part| part.char_indices().map(|(i, _)| i).find(raises));
    let raised = raised.filter(|i| {
        let noun = part[..*i].trim_end_matches(['可', '应', '将', '最', '高', '低']);
        lexicon.hollow.end(noun) > 0 || noun.ends_with(['率', '额', '度', '数', '价', '费', '期', '限', '例', '量']) || noun.ends_with("之和")
    });
    // 缴纳时间|自批准之日起最长不超过6个月
    let since = part.ends_with('起').then(|| part.find('自')).flatten().filter(|i| lexicon.inner.end(&part[..*i + "自".len()]) == 0);
    let dealt = may(Cue::Dealt).and_then(|part| part.find("分别")).filter(|i| part[*i..].chars().nth(7).is_none());
    let long = |i: &usize| (*i >= 6 || *i > 1 && part[..*i].is_ascii()) && *i <= part.len();
    let Some(i) = [hedge, from, by, share, compared, raised, since, dealt].into_iter().flatten().filter(long).min() else {
        return end;
    };
    let mut to = region + i;
    for _ in 0..4 {
        let len = lexicon.between.end(&text[region..to]).max(if text[region..to].ends_with('可') { 3 } else { 0 });
        if len == 0 {
            break;
        }
        to -= len;
    }
    if to > region + 3 { to } else { end }
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

/// The length of a marker that opens an item: (3), ③, 2.
fn marker(part: &str) -> usize {
    let Some(first) = next(part, 0) else { return 0 };
    let number = |c: char| matches!(class(c), Class::Digit | Class::Numeral);
    if matches!(first, '①'..='⑳') {
        return first.len_utf8();
    }
    let inner = part.trim_start_matches(['(', '（']);
    let rest = inner.trim_start_matches(number);
    let closes = if inner.len() < part.len() { &[')', '）'][..] } else { &['.', '．', '、', ')', '）'][..] };
    match rest.strip_prefix(closes) {
        Some(noun) if rest.len() < inner.len() && !noun.starts_with(|c: char| number(c)) => part.len() - noun.len(),
        _ => 0,
    }
}

/// The length of the words of time and scope that open a clause, with the marker and the dates before them.
fn lead(finder: &Finder<'_, '_>, clause: usize, end: usize) -> usize {
    let part = &finder.text[clause..end];
    let (mut at, mut dated) = (marker(part), false);
    while let Some(c) = next(part, at) {
        let rest = &part[at..];
        // 6月底前交付住房: past the deadline.
        let past = finder.taken_end(clause + at).filter(|e| *e > clause + at && *e <= end);
        if let Some(past) = past {
            at = past - clause;
            dated = true;
            continue;
        }
        let after_digits = std::mem::replace(&mut dated, class(c) == Class::Digit);
        let len = match class(c) {
            Class::Pause => c.len_utf8(),
            Class::Digit => digits(rest),
            // 2023年, but 日光温室, 月供.
            _ if matches!(c, '年' | '月' | '日') && !after_digits => match finder.lexicon.lead.start(rest) {
                len if len > c.len_utf8() => len,
                _ => 0,
            },
            _ => {
                let len = finder.lexicon.lead.start(rest);
                // 月供, 日间照料: no time.
                if len == c.len_utf8() && finder.lexicon.inner.start(rest) > 0 { 0 } else { len }
            }
        };
        if len == 0 {
            break;
        }
        at += len;
    }
    at
}

fn digits(text: &str) -> usize {
    let len = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // 2023年 goes; 5G stays.
    if text[len..].starts_with(['年', '月', '日']) { len } else { 0 }
}

/// Where the noun that ends at `right` begins: after the last verb or particle. The second value says whether
/// a noun is left.
fn cut(finder: &Finder<'_, '_>, left: usize, right: usize) -> (usize, bool) {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let (mut depth, mut quoted) = (0, false);
    let whole = &text[left..right];
    if whole.is_empty() || lexicon.cut.has(whole) || lexicon.verb.has(whole) {
        return (left, false);
    }
    // A verb at the end (我区共组织, 社康中心投入使用) hands on to what follows; what stands before it is less sure.
    let hand = lexicon.cut.end(whole).max(lexicon.verb.end(whole));
    if hand > 3 && hand < whole.len() && !hand_on_noun(finder, whole, hand) {
        return (cut(finder, left, right - hand).0, false);
    }
    for (i, c) in whole.char_indices().rev() {
        let at = left + i + c.len_utf8();
        match class(c) {
            Class::Close => depth += 1,
            Class::Open => depth -= 1,
            Class::QuoteClose => quoted = true,
            Class::QuoteOpen => quoted = false,
            _ => {}
        }
        if !lexicon.cut.finishes(c) && !matches!(c, '年' | '月' | '日' | '中') {
            continue;
        }
        let rest = &text[at..right];
        // 编制2023年决策事项
        if matches!(c, '年' | '月' | '日') && rest.chars().nth(1).is_some() && last(text, at - c.len_utf8()).is_some_and(|d| d.is_ascii_digit()) {
            return (at, true);
        }
        if depth <= 0 && !quoted && !rest.is_empty() {
            let mut len = lexicon.cut.end(&text[left..at]);
            if len == c.len_utf8() && (lexicon.inner.end(&text[left..at]) > 0 || lexicon.inner.start(&text[at - len..right]) > 0) {
                len = 0;
            }
            // 新招聘人员中应届毕业生占比
            if c == '中'
                && whole.len() >= 36
                && rest.len() >= 9
                && lexicon.inner.end(&text[left..at]) == 0
                && lexicon.inner.start(&text[at - c.len_utf8()..right]) == 0
            {
                return (at, true);
            }
            // 城市建成区面积, 城镇新增就业
            if len > 3 && at - len > left && lexicon.noun.start(&text[at - len..right]) > len {
                len = 0;
            }
            if len == 0 {
                continue;
            }
            let hollow = c == '的' && lexicon.hollow.has(rest);
            // 黑臭水体消除比例; but 项目完成|投资
            let object = matches!(rest, "投资" | "收入" | "支出" | "产值" | "补助" | "补贴" | "资金" | "奖励" | "罚款");
            let compound = len > 3 && at - len > left && lexicon.hollow.has(rest) && !object;
            let result = compound || len > 3 && lexicon.result.has(rest);
            if !hollow && !result && rest.chars().nth(1).is_some() && !ending(rest) {
                // 每万人|发明专利拥有量; 系统|每分钟可呼叫: a noun stands behind what it is per, or before it.
                if c == '每' && len == c.len_utf8() {
                    let past = at + each(lexicon, rest).unwrap_or(0);
                    // 每人每年, 每年度
                    let past = past + if text[past..right].starts_with('度') { "度".len() } else { 0 };
                    let again = text[past..right].strip_prefix('每').and_then(|r| each(lexicon, r));
                    let past = again.map_or(past, |len| past + "每".len() + len);
                    let noun = &text[past..right];
                    if noun.chars().nth(2).is_some() && !noun.starts_with(['可', '能', '计', '限']) {
                        return (past, true);
                    }
                    if at - len > left + 3 {
                        return (cut(finder, left, at - len).0, false);
                    }
                }
                return (at, true);
            }
        }
    }
    // A verb that opens the part.
    // 考试合格率 is a rate of exams: only the strict verbs go from a rate.
    let strict = lexicon.cut.start(whole);
    let first = next(whole, 0).map_or(0, char::len_utf8);
    let strict = if strict == first && lexicon.inner.start(whole) > 0 { 0 } else { strict };
    let rate = whole.ends_with(['率', '比', '度', '例']);
    // 建设用地
    let noun = lexicon.noun.start(whole) > 3;
    let verb = if noun {
        0
    } else if rate {
        strict
    } else {
        lexicon.verb.start(whole).max(strict)
    };
    let rest = &whole[verb..];
    if verb > 0 && rest.chars().nth(1).is_some() && !lexicon.result.has(rest) && !ending(rest) {
        // 开工改造老旧小区
        let more = lexicon.verb.start(rest).max(lexicon.cut.start(rest));
        let object = rest.get(more..).unwrap_or_default();
        if more > 3 && !rate && lexicon.noun.start(rest) == 0 && object.chars().nth(1).is_some() && !lexicon.result.has(object) && !ending(object) {
            return (left + verb + more, true);
        }
        return (left + verb, true);
    }
    (left, verb == 0 || rest.is_empty())
}

/// Whether what follows a verb makes a noun of it: 覆盖|率, 参与|度, 设立|人.
fn ending(rest: &str) -> bool {
    let short = rest.chars().nth(2).is_none();
    rest.starts_with(['率', '度', '量', '额', '数', '类', '性', '化', '者']) || (short && rest.starts_with(['人', '时']))
}

/// Whether a verb at the end of a noun phrase is its head: 案卷评查, 集体学法.
fn hand_on_noun(finder: &Finder<'_, '_>, whole: &str, hand: usize) -> bool {
    // The strict verbs are never heads.
    finder.lexicon.cut.end(whole) < hand
}

/// Whether a word begins here whose first character elsewhere joins or hands on: 和解, 及时, 与会.
fn whole_word(finder: &Finder<'_, '_>, at: usize) -> bool {
    let rest = &finder.text[at..];
    rest.starts_with("及时") || finder.lexicon.noun.start(rest) > 3 || finder.lexicon.inner.start(rest) > 0
}

/// Without what does not belong to a noun at its ends: 和 at the front, 等 at the back, one pair of quotes stays.
fn tidy(finder: &Finder<'_, '_>, mut start: usize, mut end: usize) -> (usize, usize) {
    let text = finder.text;
    while let Some(c) = next(&text[..end], start)
        && start < end
        && (matches!(c, '和' | '及' | '与' | '、' | '了' | '的' | '或' | '”' | '’' | ' ' | '）' | ')' | '－' | '—' | '-') || text[start..].starts_with("以及"))
        && !whole_word(finder, start)
    {
        start += if text[start..].starts_with("或者") { "或者".len() } else { c.len_utf8() };
    }
    while start < end
        && let Some(c) = last(text, end)
        && matches!(c, '等' | '和' | '及' | '与' | '、' | '的' | '共' | '或' | '“' | '‘' | ' ' | '—' | '-')
        && !text[start..end].ends_with("之和")
        && (!matches!(c, '及' | '共') || text[start..end].chars().nth(2).is_some())
        && finder.lexicon.inner.end(&text[start..end]) == 0
    {
        end -= c.len_utf8();
    }
    // 省级政府网站中
    if text[start..end].ends_with('中') && text[start..end].chars().nth(3).is_some() && finder.lexicon.inner.end(&text[start..end]) == 0 {
        end -= "中".len();
    }
    // 毕业生(含技师班), but 县(市、区)
    if last(&text[..end], end).is_some_and(|c| class(c) == Class::Close)
        && let Some(open) = text[start..end].rfind(['(', '（'])
        && open > 0
        && own_bracket(text, start + open).is_none()
    {
        end = start + open;
    }
    (start.min(end), end)
}

/// The noun after a number.
fn after(finder: &Finder<'_, '_>, end: usize, wanted: bool, event: bool, counted: bool) -> Side {
    let mut side = Side::default();
    if !wanted {
        return side;
    }
    let (text, lexicon) = (finder.text, finder.lexicon);
    let mut from = end;
    if text[from..].starts_with('的') && lexicon.inner.start(&text[from..]) == 0 {
        from += "的".len();
        if lexicon.yardstick.start(&text[from..]) > 0 {
            // 3万元的标准,给予… measures what stands elsewhere.
            return side;
        }
    }
    // An attribute before the noun: 涉及中介服务的行政职权事项. Or no noun at all.
    // 二千元以上|二万元以下罚款: the noun stands behind the second number.
    // 2000万元和800万元项目资助, 二千元以上|二万元以下罚款: the noun stands behind the second number.
    if from == end {
        for _ in 0..3 {
            let Some(past) = second(finder, from) else { break };
            from = past;
        }
        if from > end && text[from..].starts_with('的') {
            from += "的".len();
        }
    }
    for word in ["人民币", "(人民币)", "（人民币）"] {
        from += if text[from..].starts_with(word) { word.len() } else { 0 };
    }
    // (含八层)
    if (text[from..].starts_with("(含") || text[from..].starts_with("（含"))
        && let Some((i, c)) = text[from..].char_indices().take(12).find(|(_, c)| class(*c) == Class::Close)
    {
        from += i + c.len_utf8();
    }
    let attend = lexicon.attend.start(&text[from..]);
    let noun = lexicon.noun.start(&text[from..]) > 0;
    let turn = lexicon.turn.start(&text[from..]);
    let opens = if attend > 0 {
        attend
    } else if noun || counted && text[from..].starts_with("关口") {
        // 守住两个关口, but 突破5万元关口
        0
    } else if turn > 0 && text[from + turn..].starts_with(['至', '到', '为', '成']) {
        turn
    } else {
        lexicon.predicate.start(&text[from..])
    };
    if opens == 0 && (!counted || from > end) && lexicon.yardstick.start(&text[from..]) > 0 && from == end && finder.lexicon.rate.end(&text[..end]) == 0 {
        // 每人10元标准
        if !text[from..].starts_with("任务") && !text[from..].starts_with("政策") && !text[from..].starts_with("目标") {
            return side;
        }
    }
    if opens > 0 {
        let relative = lexicon.relative.start(&text[from..]) > 0;
        match (relative || from > end).then(|| head_after_de(text, from)).flatten() {
            Some(head) => from = head,
            None if attend > 0 => from += attend,
            None => return side,
        }
    }
    let mut to = from;
    let mut quoted = false;
    let (mut part, mut skip) = (from, 0);
    for (i, c) in text[from..].char_indices().take(80) {
        let at = from + i;
        if at < part.max(skip) {
            continue;
        }
        match class(c) {
            Class::QuoteOpen => quoted = true,
            Class::QuoteClose => {
                if !quoted {
                    break;
                }
                quoted = false;
            }
            Class::Pause if !quoted && at == from => return side,
            Class::Open if !quoted && at > part && own_bracket(text, at).is_some() => {
                skip = own_bracket(text, at).unwrap_or(at);
                to = skip;
                continue;
            }
            Class::Open if !quoted && at > part => {
                // 印花税(不含证券交易印花税)、…: past a bracket when the list goes on behind it.
                let close = text[at..].char_indices().take(24).find(|(_, c)| class(*c) == Class::Close);
                let Some((close, c)) = close else { break };
                if !text[at + close + c.len_utf8()..].starts_with(['、', '和', '及']) {
                    break;
                }
                side.parts.push(part, at);
                part = at + close + c.len_utf8() + "、".len();
                to = part;
                continue;
            }
            Class::Pause if !quoted => {
                // A list of nouns without numbers of their own goes on.
                if !list_goes_on(finder, at + c.len_utf8()) {
                    break;
                }
                side.parts.push(part, at);
                part = at + c.len_utf8();
            }
            // 10条500千伏线路
            Class::Digit if !quoted && grade(&text[at..]) > 0 => {
                skip = at + grade(&text[at..]);
                to = skip;
                continue;
            }
            Class::Digit if !quoted => {
                // 5G stays, the next number does not.
                let run = text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
                if !run.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    break;
                }
            }
            _ if is_edge(c) && !quoted => break,
            // Nothing that could end the noun.
            _ if !matches!(c, '的' | '和' | '及' | '与') && !lexicon.stop.begins(c) => {}
            _ if !quoted && at > part && text[part..at].chars().nth(1).is_some() => {
                if c == '的' {
                    // 30个全要素、低成本的智慧岛; of an event the head stands behind (1次政府与法院的座谈会), of things the first noun
                    // is counted (11个部门的公告).
                    if (event || !side.parts.is_empty())
                        && let Some(head) = head_after_de(text, at)
                    {
                        let (a, b) = noun_at(finder, head);
                        if a < b {
                            side.parts = Parts::default();
                            side.parts.push(a, b);
                            side.noun = true;
                            return side;
                        }
                    }
                    break;
                }
                if matches!(c, '和' | '及' | '与')
                    && !whole_word(finder, at)
                    && finder.lexicon.inner.end(&text[from..at + c.len_utf8()]) == 0
                    && !list_goes_on(finder, at + c.len_utf8())
                {
                    break;
                }
                // 一次性吸纳就业补贴
                if stops(finder, at) && &text[part..at] != "一次性" {
                    break;
                }
            }
            // 7个镇|建成便民服务中心
            _ if !quoted && at > part && "镇村县区市省乡国校".contains(&text[part..at]) && stops(finder, at) && finder.lexicon.stop.start(&text[at..]) > 3 =>
            {
                break;
            }
            _ => {}
        }
        to = at + c.len_utf8();
        if to - part > 72 {
            break;
        }
    }
    // 11件案件中有|6件: what leads to the next number is no part of the noun.
    if next(text, to).is_some_and(|c| matches!(class(c), Class::Digit | Class::Numeral)) {
        for _ in 0..3 {
            let noun = &text[part..to];
            let len = lexicon.between.end(noun);
            if len == 0 || len >= noun.len() || lexicon.inner.end(noun) > 0 {
                break;
            }
            to -= len;
        }
    }
    if to > part {
        // What runs on and on is no noun: 指标任务台账和“双档案”制度 ends at 和.
        let long = text[part..to].chars().count() > 14;
        if long && let Some(and) = text[part..to].find(['和', '及', '与']).filter(|i| *i >= 6) {
            to = part + and;
        }
        let (a, b) = tidy(finder, part, to);
        side.parts.push(a, b);
    }
    side.noun = !side.parts.is_empty();
    side
}

/// The length of a grade that opens a noun: 500千伏|线路, 10万吨级|泊位.
fn grade(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.strip_prefix('万').unwrap_or(rest);
    let grade = ["千伏", "kV", "KV", "吨级", "千瓦", "兆瓦", "吉瓦", "米级"].iter().find_map(|w| rest.strip_prefix(w));
    match grade {
        Some(noun) if next(noun, 0).is_some_and(|c| class(c) == Class::Plain) => text.len() - noun.len(),
        _ => 0,
    }
}

/// The end of a number of the same unit that follows right here, or behind 和 or 、.
fn second(finder: &Finder<'_, '_>, from: usize) -> Option<usize> {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let rest = text[from..].strip_prefix(['和', '、', '或', '及', '与']).unwrap_or(&text[from..]);
    let joined = rest.len() < text.len() - from;
    let own = &text[..from];
    let own = &own[..own.len() - lexicon.after.end(own).map_or(0, |(len, _)| len)];
    let rest = match lexicon.before.start(rest) {
        Some((len, _)) if joined => &rest[len..],
        _ => rest,
    };
    next(rest, 0).filter(|c| matches!(class(*c), Class::Digit | Class::Numeral))?;
    let (rest, amount) = crate::grammar::quantity::amount(rest).ok()?;
    let unit = lexicon.units.start(rest)?;
    let past = text.len() - rest.len() + unit.word.len();
    let hedge = lexicon.after.start(&text[past..]).map_or(0, |(len, _)| len);
    // 4个千亿县, 3个万亿元大关: the noun itself.
    let named = amount.script == Script::Bare && hedge == 0;
    let same = own.ends_with(unit.word);
    (same || !joined && !named).then_some(past + hedge)
}

/// Whether a noun ends here, before a verb or an adverb that is not part of another word (行为, 公共).
fn stops(finder: &Finder<'_, '_>, at: usize) -> bool {
    let (text, lexicon) = (finder.text, finder.lexicon);
    let len = lexicon.stop.start(&text[at..]);
    if len == 0 || lexicon.noun.start(&text[at..]) > 0 {
        return false;
    }
    // 工业互|联网
    let first = next(text, at).map_or(0, char::len_utf8);
    if lexicon.inner.end(&text[..at + first]) > 0 {
        return false;
    }
    if len == first {
        return lexicon.inner.start(&text[at..]) == 0;
    }
    // 专场招聘会, 受理点: a verb with such an end is a noun.
    let rest = &text[at + len..];
    let bound = rest.starts_with(['会', '率', '点', '站', '者', '费', '型', '权', '额'])
        && !["会议", "会谈", "额度", "点位", "站点", "会商"].iter().any(|w| rest.starts_with(w));
    !bound
}

/// The noun that starts here and runs to a predicate or the clause's end.
fn noun_at(finder: &Finder<'_, '_>, from: usize) -> (usize, usize) {
    let text = finder.text;
    let mut to = from;
    for (i, c) in text[from..].char_indices().take(16) {
        let at = from + i;
        if is_edge(c) || matches!(class(c), Class::Digit | Class::Pause | Class::QuoteClose) {
            break;
        }
        if i >= 6 && stops(finder, at) {
            break;
        }
        to = at + c.len_utf8();
    }
    tidy(finder, from, to)
}

/// Past the last 的 of the clause that starts at `from`, if there is one before a number or an edge.
fn head_after_de(text: &str, from: usize) -> Option<usize> {
    let mut head = None;
    for (i, c) in text[from..].char_indices().take(30) {
        match class(c) {
            Class::Digit => break,
            _ if is_edge(c) => break,
            _ if c == '的' => head = Some(from + i + c.len_utf8()),
            _ => {}
        }
    }
    head.filter(|h| next(text, *h).is_some_and(|c| !is_edge(c)))
}

/// Whether after a 、 a noun follows that has no number of its own.
fn list_goes_on(finder: &Finder<'_, '_>, from: usize) -> bool {
    let text = finder.text;
    if finder.lexicon.cut.start(&text[from..]) > 3 || finder.lexicon.verb.start(&text[from..]) > 3 {
        return false;
    }
    for (i, c) in text[from..].char_indices().take(20) {
        match class(c) {
            Class::Digit => return false,
            // 超五百万件, 三家 count for themselves.
            Class::Numeral if c != '一' => {
                let counted = crate::grammar::quantity::amount(&text[from + i..]).is_ok_and(|(rest, _)| finder.lexicon.units.start(rest).is_some());
                if counted {
                    return false;
                }
            }
            _ if is_edge(c) => return true,
            _ => {}
        }
    }
    true
}

/// What the number before counted, or what the clause before speaks of.
fn inherited(finder: &Finder<'_, '_>, start: usize, clause: usize, end: usize) -> Parts {
    // 约600人参加 takes part in what the clause before says.
    let attended = finder.lexicon.attend.start(&finder.text[end..]) > 0;
    if !attended
        && let Some(prior) = finder.found.last()
        && start - prior.end <= 6 * REACH
    {
        // 合计11件 counts what the first of the sentence counted.
        let part = &finder.text[clause..start];
        if ["合计", "共计", "总计"].iter().any(|w| part.starts_with(w))
            && let Some(f) = finder.found.get(finder.found.partition_point(|f| f.sentence < finder.sentence))
        {
            return f.subject;
        }
        if prior.sentence == finder.sentence {
            return prior.subject;
        }
    }
    // The clause before.
    let text = finder.text;
    let Some(c) = last(text, clause) else {
        return Parts::default();
    };
    if class(c) != Class::Comma {
        return Parts::default();
    }
    let end = clause - c.len_utf8();
    let floor = finder.found.last().map_or(finder.sentence, |f| f.end).min(end);
    let from = around::clause(finder.lexicon, text, end, floor);
    before(finder, from, end, None).parts
}
