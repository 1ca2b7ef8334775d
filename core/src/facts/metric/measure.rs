//! The number itself: amount, range, sign, unit, and the words that touch it. Nothing here looks at the clause but to
//! tell whose unit a number shares.

use super::around::{self, last, next};
use super::{Finder, traps};
use crate::grammar::date::YEAR;
use crate::grammar::numeral::{self, FORMAL_TEN, HALF, is_word_too, power};
use crate::grammar::quantity::{Amount, Form, PER_CENT, Script, amount};
use crate::lexicon::words::{Is, VOCABULARY, on};
use crate::lexicon::{Changes, LEXICON, Unit};
use crate::scan::{Class, class, is_ideograph};
use crate::{Bound, Code, Decimal, Diagnostic, Dimension, Span};

/// What was read at an anchor, before anything around it is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'l> {
    /// Where the numeral starts.
    pub(super) at: usize,
    /// Where it starts with its sign or its currency: -4.6%, ￥300.
    pub(super) from: usize,
    /// Where unit and suffix end.
    pub(super) end: usize,
    pub(super) amount: Amount,
    pub(super) high: Option<Decimal>,
    pub(super) unit: (usize, usize),
    /// The lexicon's entry, where the unit has one.
    pub(super) entry: Option<&'l Unit>,
    pub(super) dimension: Dimension,
    /// A word that touches it on its left hedges it.
    pub(super) hedged: bool,
    /// Said by what follows the number.
    pub(super) suffix: Option<Bound>,
    pub(super) over: bool,
    /// 超过240(含240)平方米
    pub(super) included: bool,
}

impl Reading<'_> {
    /// The numeral, as far as its unit: all of it, where the unit stands before.
    pub(super) fn numeral<'t>(&self, text: &'t str) -> &'t str {
        let end = if self.unit.0 > self.at { self.unit.0 } else { self.end };
        &text[self.at..end]
    }
}

/// May stand between a hedge and an amount of money.
const RENMINBI: &str = "人民币";

/// Signs and letters that stand before an amount of money and are its unit.
const CURRENCIES: [&str; 9] = ["US$", "HK$", "￥", "¥", "$", "＄", "€", "£", "￡"];

/// Where the numeral at `at` begins: the 伍 of 伍仟元 is no anchor, because it is half of 队伍.
pub(super) fn begin(text: &str, at: usize, floor: usize) -> usize {
    let (formal, plain) = next(text, at).map_or((false, false), |c| (numeral::goes_with_formal(c), numeral::is_large(c)));
    let mut from = at;
    while formal && from > floor {
        let Some(c) = last(text, from).filter(|c| is_word_too(*c)) else { break };
        from -= c.len_utf8();
    }
    // 大陆万余人 is no 60,000: beside an everyday 万 it takes 拾, or a place where no word can go on.
    let words = &text[from..at];
    let alone = || LEXICON.amounts.currency.end(&text[..from]) > 0 || last(text, from).is_none_or(|c| class(c) != Class::Plain);
    let sure = !words.starts_with(FORMAL_TEN) && (!plain || words.contains(FORMAL_TEN) || alone());
    if sure { from } else { at }
}

/// Whether the digits at `at`, with a blank and more digits behind them, are a label by themselves (附件1 2021年,
/// B-67 45分钟, Windows 8 32位): the number is what stands behind the blank.
pub(super) fn labels(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ');
    let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(' ');
    let year = rest.len() > 4 && rest.as_bytes()[..4].iter().all(u8::is_ascii_digit) && rest[4..].starts_with(YEAR);
    year || before.ends_with(|c: char| c.is_ascii_alphabetic()) || LEXICON.amounts.label.end(before) > 0
}

/// The length of what joins the ends of a range: - — – ~ 至 到.
pub(super) fn joiner(text: &str) -> usize {
    LEXICON.amounts.joiner.start(text)
}

/// What stands behind 含 in the bracket that a text begins with, and the length of the whole: (含240). The bracket closes within so
/// many characters.
fn including(text: &str, most: usize) -> Option<(&str, usize)> {
    let inner = LEXICON.amounts.including.strip_prefix(text)?;
    let (end, c) = inner.char_indices().take(most).find(|(_, c)| matches!(c, ')' | '）'))?;
    Some((&inner[..end], text.len() - inner.len() + end + c.len_utf8()))
}

/// What 15 of 15、22万 stands for.
fn times_ten_to(value: Decimal, exponent: u32) -> Option<Decimal> {
    value.checked_mul(Decimal::from(10u64.checked_pow(exponent)?)).map(|v| v.normalize())
}

/// What the hedges around a number say together.
pub(super) fn bound(prefix: Option<Bound>, reading: &Reading<'_>) -> Bound {
    match (prefix, reading.suffix) {
        (Some(Bound::Over), None) if reading.included => Bound::AtLeast,
        (Some(Bound::Under), None) if reading.included => Bound::AtMost,
        (_, Some(suffix)) => suffix,
        (Some(prefix), None) => prefix,
        (None, None) if reading.over => Bound::Over,
        (None, None) => Bound::Exact,
    }
}

impl Finder<'_, '_> {
    /// Amount, range, unit and what touches it on the right. The second value says where to go on.
    pub(super) fn read(&self, at: usize, after: usize, first: Amount) -> (Option<Reading<'static>>, usize) {
        let (reading, resume) = self.measured(at, after, first);
        let Some(mut reading) = reading else { return (None, resume) };
        self.mixed(&mut reading);
        self.halved(&mut reading);
        self.signed(&mut reading);
        self.suffixed(&mut reading);
        (Some(reading), resume.max(reading.end))
    }

    /// Amount, range and unit.
    fn measured(&self, at: usize, after: usize, first: Amount) -> (Option<Reading<'static>>, usize) {
        let text = self.text;
        let (units, words) = (&self.lexicon.units, &self.lexicon.amounts);
        let mut reading = Reading {
            at,
            from: at,
            end: after,
            amount: first,
            high: first.high,
            unit: (after, after),
            entry: None,
            dimension: Dimension::Count,
            hedged: false,
            suffix: None,
            over: first.over,
            included: false,
        };
        let mut after = after;
        let mut entry = units.start(&text[after..]);
        // 100 kVA: in Latin letters a unit stands apart.
        if entry.is_none()
            && first.script == Script::Arabic
            && let Some(apart) = text[after..].strip_prefix(' ')
            && let Some(unit) = units.start(apart).filter(|unit| unit.latin)
        {
            (after, entry) = (after + 1, Some(unit));
        }
        match first.form {
            Form::Percent => {
                reading.unit = (at, at + PER_CENT.len());
                reading.dimension = Dimension::Percent;
                entry = None;
                // 抽出百分之十来维持: a per cent has no measure word, so 来 belongs to what follows.
                if let Some(number) = text[..after].strip_suffix('来') {
                    after = number.len();
                    (reading.end, reading.over) = (after, false);
                }
            }
            Form::Fraction => {
                reading.dimension = Dimension::Ratio;
                entry = None;
            }
            Form::Plain => {}
        }
        // A range: the second amount right here, or behind the same unit.
        let own = entry.map_or(0, |u| u.word.len());
        let own = own + words.included.start(&text[after + own..]);
        let join = joiner(&text[after + own..]);
        let second = after + own + join;
        if join > 0
            && let Ok((rest, amount)) = amount(&text[second..])
            && (amount.form == first.form || first.form == Form::Percent && amount.form == Form::Plain && units.start(rest).is_none())
        {
            let end = text.len() - rest.len();
            let unit = units.start(rest);
            let same = match (entry, unit) {
                (Some(a), Some(b)) => {
                    let turns = |changes: &Changes| changes.from.end(&text[..at]) > 0 && changes.to.start(&text[after + own..]) > 0;
                    a.word == b.word && !turns(&self.lexicon.changes)
                }
                (None, _) => true,
                _ => false,
            };
            if same {
                // 两到三万, 3-5万: the multiplier is shared, where the range then still rises (8500到3万).
                let shares = first.exponent == 0 && entry.is_none() && (amount.exponent > 1 || amount.script == Script::Arabic && amount.exponent > 0);
                let shared = if shares { times_ten_to(first.value, amount.exponent).filter(|low| *low < amount.value) } else { None };
                let low = shared.unwrap_or(first.value);
                let Some(unit) = unit.filter(|_| first.form == Form::Plain) else {
                    if first.form == Form::Percent && amount.value > first.value {
                        reading.high = Some(amount.value);
                        reading.end = end;
                        return (Some(reading), end);
                    }
                    return (None, end);
                };
                if low < amount.value {
                    reading.amount.value = low;
                    reading.high = Some(amount.value);
                    reading.over |= amount.over;
                    (after, entry) = (end, Some(unit));
                } else {
                    return (None, end);
                }
            }
        }
        // 提高15、22个百分点: the unit of the last.
        if entry.is_none()
            && first.form == Form::Plain
            && let Some((unit, exponent)) = self.shared(at, after)
        {
            if reading.amount.exponent == 0
                && let Some(value) = times_ten_to(reading.amount.value, exponent)
            {
                reading.amount.value = value;
            }
            reading.unit = (unit.0, around::unit_end(units, text, unit.0, unit.1));
            reading.dimension = if around::is_ratio(&text[reading.unit.0..reading.unit.1]) { Dimension::Ratio } else { unit.1.dimension };
            reading.entry = Some(unit.1);
            reading.end = after;
            return (Some(reading), after);
        }
        // 超过240(含240)平方米
        if entry.is_none()
            && first.form == Form::Plain
            && let Some((_, len)) = including(&text[after..], 12)
        {
            let past = after + len;
            if let Some(unit) = units.start(&text[past..]) {
                (after, entry, reading.included) = (past, Some(unit), true);
            }
        }
        if let Some(unit) = entry {
            let end = around::unit_end(units, text, after, unit);
            reading.unit = (after, end);
            reading.dimension = if around::is_ratio(&text[after..end]) { Dimension::Ratio } else { unit.dimension };
            reading.entry = Some(unit);
            reading.end = end;
            if unit.half {
                let value = &mut reading.amount.value;
                *value = value.checked_add(Decimal::new(5, 1)).unwrap_or(*value);
            }
            reading.over |= unit.more;
        } else if let Some(sign) = CURRENCIES.iter().find(|w| first.form == Form::Plain && text[..at].ends_with(**w)) {
            reading.unit = (at - sign.len(), at);
            reading.dimension = Dimension::Money;
        } else if first.form == Form::Plain && !traps::bare_count(text, at, after, &first) {
            return (None, after);
        } else {
            reading.end = after.max(reading.end);
        }
        (Some(reading), reading.end)
    }

    /// 123元1角1分, 8天20小时: an amount goes on in the next smaller unit. Of tenths it counts in its first unit, else
    /// (20 hours are no decimal of a day) in its last.
    fn mixed(&self, reading: &mut Reading<'static>) {
        let (text, units) = (self.text, &self.lexicon.units);
        let mut scale = Decimal::ONE;
        let mut value = reading.amount.value;
        let mut last = *reading;
        while on("measure mixed units")
            && last.high.is_none()
            && !last.over
            && let Some(unit) = last.entry.filter(|u| u.mixed && last.end == last.unit.0 + u.word.len())
        {
            let Ok((rest, more)) = amount(&text[last.end..]) else { break };
            let Some(smaller) = units.start(rest).filter(|_| more.form == Form::Plain && more.high.is_none()) else { break };
            let Some(factor) = units.smaller(unit.word, smaller.word).map(Decimal::from).filter(|f| more.value < *f) else { break };
            let sum = value.checked_mul(factor).and_then(|v| v.checked_add(more.value));
            let (Some(sum), Some(times)) = (sum, scale.checked_mul(factor)) else { break };
            (value, scale) = (sum, times);
            let at = text.len() - rest.len();
            last.unit = (at, at + smaller.word.len());
            (last.entry, last.end, last.over) = (Some(smaller), last.unit.1, more.over);
        }
        if last.end == reading.end {
            return;
        }
        let tenths = [10, 100, 1000, 10_000].iter().any(|n| Decimal::from(*n) == scale);
        match value.checked_div(scale).filter(|_| tenths) {
            Some(whole) => (reading.amount.value, reading.end, reading.over) = (whole, last.end, last.over),
            None => {
                *reading = last;
                (reading.amount.value, reading.dimension) = (value, Dimension::Duration);
            }
        }
    }

    /// 三斤半, 一年半: half of one unit more.
    fn halved(&self, reading: &mut Reading<'static>) {
        let Some(rest) = self.text[reading.end..].strip_prefix(HALF).filter(|_| on("measure and a half")) else { return };
        let ends = next(rest, 0).is_none_or(|c| class(c) != Class::Plain || self.lexicon.amounts.behind_half.begins(c));
        let measures = !matches!(reading.dimension, Dimension::Count | Dimension::Percent | Dimension::Ratio);
        let halves = measures && ends && reading.high.is_none() && reading.entry.is_some_and(|u| !u.half);
        if let Some(value) = reading.amount.value.checked_add(Decimal::new(5, 1)).filter(|_| halves && reading.amount.exponent < 4) {
            (reading.amount.value, reading.end) = (value, reading.end + HALF.len_utf8());
        }
    }

    /// A sign or a currency right before the numeral. A dash is a minus where the amount is one that can be negative,
    /// and where what stands before is neither the first end of a range nor a name.
    fn signed(&self, reading: &mut Reading<'static>) {
        let before = &self.text[..reading.at];
        if reading.dimension == Dimension::Money
            && let Some(sign) = CURRENCIES.iter().find(|w| before.ends_with(**w))
        {
            reading.from = reading.at - sign.len();
            return;
        }
        let words = &self.lexicon.amounts;
        let signed = matches!(reading.dimension, Dimension::Percent | Dimension::PercentagePoint | Dimension::Money | Dimension::Ratio);
        if !signed || reading.amount.script != Script::Arabic || !on("measure sign") {
            return;
        }
        let Some(prior) = words.minus.strip_suffix(before) else { return };
        let named = |c: char| c.is_alphanumeric() && !is_ideograph(c) || matches!(c, '%' | '％' | '-' | '—' | ')' | '）');
        let ranged = self.found.last().is_some_and(|f| f.end == prior.len());
        // 同比增长-4.6%, 由-2.1%提高到; but 工业-3.2亿元 names, and 负5亿元 answers for it.
        let says = prior.is_empty() || words.before_minus.end(prior) > 0 || prior.chars().next_back().is_some_and(|c| class(c) != Class::Plain);
        if says && !ranged && !prior.ends_with(named) {
            reading.from = prior.len();
            reading.amount.value = -reading.amount.value;
            // Of a range only the first end bears the sign: -3%至1%.
        }
    }

    /// Digits that blanks have set apart, with a unit behind them: which number it is cannot be told.
    pub(super) fn doubtful(&self, at: usize, end: usize) -> Option<Diagnostic> {
        let (span, text) = self.counted(at, end)?;
        Some(Diagnostic::new(
            Code::DoubtfulNumber,
            span,
            format!("the digits of “{text}” are set apart by blanks: which number it is cannot be told"),
            format!("“{text}”中的数字被空格隔开，无法确定是哪个数"),
        ))
    }

    /// Digits at the start of a line below one that ends in digits, with a unit behind them.
    pub(super) fn severed(&self, at: usize, end: usize) -> Option<Diagnostic> {
        let (span, text) = self.counted(at, end)?;
        Some(Diagnostic::new(
            Code::DoubtfulNumber,
            span,
            format!("“{text}” may be the rest of a number that the line before ends in: which number it is cannot be told"),
            format!("“{text}”可能是上一行末尾数字的后半部分，无法确定是哪个数"),
        ))
    }

    /// A number's digits with the unit behind them, and where they stand.
    fn counted(&self, at: usize, end: usize) -> Option<(Span, &str)> {
        let rest = &self.text[end..];
        let scale = rest.len() - rest.trim_start_matches(|c| power(c).is_some()).len();
        let unit = self.lexicon.units.start(&rest[scale..])?;
        let end = end + scale + unit.word.len();
        Some((self.passage.view.span(at, end), &self.text[at..end]))
    }

    /// The unit that a number without one shares with the numbers listed behind it, and what it is multiplied
    /// by there: 15、22个百分点, 3.5和4.2亿元. Counts share only where 分别 deals them out.
    fn shared(&self, at: usize, after: usize) -> Option<((usize, &'static Unit), u32)> {
        let text = self.text;
        let words = &self.lexicon.amounts;
        let mut rest = words.joins.strip_prefix(&text[after..]).filter(|_| on("measure shared unit"))?;
        if !text[at..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        for _ in 0..4 {
            let (tail, next) = rest.starts_with(|c: char| c.is_ascii_digit()).then(|| amount(rest).ok()).flatten()?;
            if next.form != Form::Plain || next.high.is_some() {
                return None;
            }
            if let Some(unit) = self.lexicon.units.start(tail) {
                let from = around::clause(self.lexicon, text, at, self.sentence).start;
                let dealt = words.dealt.any(&text[from..at])
                    || words.joins.end(&text[self.sentence..at]) > 0 && self.found.last().is_some_and(|f| f.unit.0 as usize > at);
                let measure = matches!(unit.dimension, Dimension::PercentagePoint | Dimension::Percent);
                let changed = VOCABULARY.end(&text[from..at]).is_some_and(|(_, is)| is.any(Is::LINK.or(Is::ADVERB).or(Is::CHANGE)));
                return (dealt || measure && changed).then_some(((text.len() - tail.len(), unit), next.exponent));
            }
            rest = words.joins.strip_prefix(tail)?;
        }
        None
    }

    /// Takes in the words that touch the unit on the right: 多, 以上, (含)以上.
    fn suffixed(&self, reading: &mut Reading<'static>) {
        let text = self.text;
        // 2年多, 3倍多; but 2倍多于: 多 ends the clause.
        let words = &self.lexicon.amounts;
        if on("measure more behind the unit")
            && reading.dimension != Dimension::Count
            && let Some(rest) = words.more.strip_prefix(&text[reading.end..])
            && (reading.dimension == Dimension::Duration || next(rest, 0).is_none_or(|c| class(c) != Class::Plain))
        {
            reading.over = true;
            reading.end = text.len() - rest.len();
        }
        let rest = &text[reading.end..];
        if !rest.starts_with(|c| matches!(c, '(' | '（') || self.lexicon.after.begins(c)) {
            return;
        }
        // (含)以上, (含144平方米)以上
        let included = including(rest, 10).map_or(0, |(_, len)| len);
        if let Some((len, bound)) = self.lexicon.after.start(&rest[included..]) {
            // 以下|简称, 以上|合计
            let tail = &rest[included + len..];
            let totals = || VOCABULARY.start(tail).is_some_and(|(_, is)| is.any(Is::TOTAL));
            if words.named.start(tail) == 0 && !totals() {
                reading.suffix = Some(bound);
                reading.end += included + len;
                // 65%以上（含65%）
                reading.end += self.included(reading);
            }
        } else if let len @ 1.. = self.included(reading) {
            reading.included = true;
            reading.end += len;
        }
    }

    /// The length of a bracket behind the number that says that the number itself belongs to what it bounds: 超过12人（含12人）.
    fn included(&self, reading: &Reading<'_>) -> usize {
        let rest = &self.text[reading.end..];
        let said = || {
            let (inner, len) = including(rest, 16)?;
            let number = &self.text[reading.at..reading.unit.0];
            let unit = &self.text[reading.unit.0..reading.unit.1];
            let again = inner.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest == unit);
            again.then_some(len)
        };
        self.lexicon.amounts.included.start(rest).max(said().unwrap_or(0))
    }

    /// The hedges that touch the number on the left: where they begin and what the nearest says.
    pub(super) fn prefix(&self, at: usize, floor: usize, script: Script) -> (usize, Option<Bound>) {
        let (mut start, mut bound) = (at, None);
        for _ in 0..3 {
            let before = &self.text[floor..start];
            // 约为|人民币3万元
            let apart = if start == at && before.ends_with(RENMINBI) { RENMINBI.len() } else { 0 };
            let Some((len, says)) = self.lexicon.before.end(&before[..before.len() - apart]) else {
                break;
            };
            let (len, before) = (len + apart, &before[..before.len() - apart]);
            if self.lexicon.no_hedge.end(before) > 0 {
                break;
            }
            start -= len;
            bound = bound.or(Some(says));
        }
        // 上万人
        if bound.is_none()
            && script == Script::Bare
            && let len @ 1.. = self.lexicon.amounts.up_to.end(&self.text[..at])
        {
            return (at - len, Some(Bound::Over));
        }
        (start, bound)
    }
}
