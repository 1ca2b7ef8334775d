//! A clause cut into words with categories.
//!
//! A clause is cut once, into the longest words of the vocabulary that fit; what is in no list is an unknown word.
//! All that is asked of it afterwards is asked of words.

use crate::Dimension;
use crate::facts::metric::Taken;
use crate::facts::metric::around::{each, own_bracket};
use crate::grammar::date::{MONTH, YEAR};
use crate::grammar::numeral::{self, RANK};
use crate::grammar::quantity::{Form, amount};
use crate::lexicon::words::{Is, VOCABULARY};
use crate::lexicon::{DONE, EACH, LEXICON, RATE};
use crate::scan::{Class, WIDE, class, is_ideograph};

/// A word of a clause, in the view's offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) is: Is,
}

impl Word {
    /// In bytes.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Where a cut begins in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// At the clause's edge, or behind the number before.
    Edge,
    /// Right behind a number, at what it may count.
    Number,
}

/// So many times and numerals are looked past for what a number counts; no noun phrase holds more.
const NUMBERS: usize = 4;

/// Cuts `text[from..to]` and appends its words. Behind a number the cut ends before the next number or edge, and before one
/// numeral too many.
/// Says whether it was a number that ended it.
pub(crate) fn cut(text: &str, from: usize, to: usize, begins: From, taken: &Taken, words: &mut Vec<Word>) -> bool {
    let vocabulary = &VOCABULARY;
    let mut at = from + if begins == From::Edge { marker(&text[from..to]) } else { 0 };
    // Whether a bracket may close in what is left.
    let mut closes = true;
    let mut numbers = 0;
    let mut taken = &taken[taken.partition_point(|(start, _)| (*start as usize) < at)..];
    while at < to {
        let rest = &text[at..to];
        let mut behind = rest.chars();
        let Some(c) = behind.next() else { break };
        let step = c.len_utf8();
        let own = class(c);
        while let [(start, _), rest @ ..] = taken
            && (*start as usize) < at
        {
            taken = rest;
        }
        let time = taken.first().filter(|(start, _)| *start as usize == at);
        // Most characters that begin no word.
        if own == Class::Plain && is_ideograph(c) && time.is_none() && !vocabulary.begins(c) {
            push(words, at, at + step, Is::UNKNOWN);
            at += step;
            continue;
        }
        let (len, is) = match own {
            // PM2.5
            Class::Digit if text[from..at].ends_with(|c: char| c.is_ascii_alphabetic()) => {
                (rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '.').len(), Is::UNKNOWN)
            }
            Class::Digit => {
                let (len, is) = digits(rest);
                if is == Is::default() && begins == From::Number {
                    return true;
                }
                (len, is)
            }
            Class::Pause => (step, Is::PAUSE),
            Class::Close => (step, Is::BRACKET),
            Class::Open if !closes => (step, Is::BRACKET),
            Class::Open => match (own_bracket(&text[..to], at), close(rest)) {
                (Some(end), _) => (end - at, Is::UNKNOWN),
                (None, Ok(len)) => (len, Is::BRACKET),
                (None, Err(may)) => {
                    closes = may;
                    (step, Is::BRACKET)
                }
            },
            Class::QuoteOpen => match rest.char_indices().skip(1).take(40).find(|(_, c)| matches!(class(*c), Class::QuoteClose) || *c == '"') {
                Some((i, c)) => (i + c.len_utf8(), Is::QUOTE.or(Is::NOUN)),
                None => (step, Is::BRACKET),
            },
            Class::QuoteClose if begins == From::Number => return false,
            // 1条车道――潮汐车道
            _ if begins == From::Number && (super::metric::around::is_edge(c) || matches!(c, '—' | '―') && rest[step..].starts_with(c)) => return false,
            _ => {
                if c == RANK
                    && let len @ 1.. = rank(rest)
                    && vocabulary.start(rest).is_none()
                {
                    // 第七个五年计划|期间, 第一笔补助
                    match LEXICON.periods.five_years.start(&rest[len..]) {
                        0 => (len, Is::UNKNOWN),
                        plan => (len + plan, Is::TIME),
                    }
                } else if let Some(end) = time.map(|(_, end)| *end as usize).filter(|end| *end <= to) {
                    (end - at, Is::TIME)
                } else if c == EACH {
                    match each(&LEXICON.units, &rest[step..]) {
                        Some(len) => (step + len, Is::PER),
                        None => (step, Is::ADVERB),
                    }
                } else {
                    match vocabulary.start_at(rest, c, behind).and_then(|found| word(rest, c, found, Place::of(words, at == from, begins))) {
                        Some(found) if found.0 > step || own != Class::Numeral => found,
                        _ if own == Class::Numeral => {
                            let (len, is) = in_words(rest);
                            if is == Is::default() && begins == From::Number {
                                return true;
                            }
                            (len, is)
                        }
                        _ => (step, Is::UNKNOWN),
                    }
                }
            }
        };
        let is = if is == Is::default() { Is::UNKNOWN } else { is };
        if begins == From::Number && (is.any(Is::TIME) || matches!(own, Class::Digit | Class::Numeral)) {
            numbers += 1;
            if numbers > NUMBERS {
                return false;
            }
        }
        // 2023年|底前, 每年|度
        let dated = is.any(Is::TIME) || is.any(Is::PER) && text[..at + len].ends_with(YEAR);
        let len = if dated { len + behind_date(&text[at + len..to]) } else { len };
        push(words, at, at + len, is);
        at += len;
    }
    false
}

/// The length of 第一, 第3; 0 where no number follows.
fn rank(rest: &str) -> usize {
    let behind = &rest[RANK.len_utf8()..];
    let left = behind.trim_start_matches(|c| matches!(class(c), Class::Digit | Class::Numeral));
    if left.len() < behind.len() { rest.len() - left.len() } else { 0 }
}

/// Appends a word; unknown characters make one word.
fn push(words: &mut Vec<Word>, start: usize, end: usize, is: Is) {
    if is == Is::UNKNOWN
        && let Some(last) = words.last_mut().filter(|w| w.is == Is::UNKNOWN && w.end as usize == start)
    {
        last.end = end as u32;
        return;
    }
    words.push(Word { start: start as u32, end: end as u32, is });
}

/// Where in its clause a word may begin: of single characters some are words only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the clause's edge, or behind a word that is part of no noun: 今年|要, 全省|共.
    Open,
    /// Right behind a number.
    Number,
    /// Behind what may be part of a noun.
    Inside,
}

impl Place {
    fn of(words: &[Word], first: bool, begins: From) -> Self {
        const PART: Is = Is::UNKNOWN.or(Is::NOUN).or(Is::HEAD).or(Is::WORK).or(Is::STATE).or(Is::JOIN).or(Is::OF).or(Is::PAUSE);
        match begins {
            From::Number if first => Self::Number,
            _ if first || words.last().is_some_and(|w| !w.is.any(PART)) => Self::Open,
            _ => Self::Inside,
        }
    }
}

/// The length of a marker that opens an item: (3), ③, 2.
fn marker(part: &str) -> usize {
    let Some(first) = part.chars().next() else { return 0 };
    if matches!(first, '①'..='⑳') {
        return first.len_utf8();
    }
    let number = |c: char| matches!(class(c), Class::Digit | Class::Numeral);
    // 附件2|名单
    if let Some(label) = LEXICON.amounts.item_label.strip_prefix(part)
        && let noun = label.trim_start_matches(number)
        && (1..=2).contains(&(label.len() - noun.len()))
    {
        return part.len() - noun.len();
    }
    // What else an item opens with: a bracket, a letter, a number, and a sign by itself.
    if crate::scan::is_plain(first) {
        return 0;
    }
    let inner = part.trim_start_matches(['(', '（']);
    let letter = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
    let rest = if letter == 1 { &inner[1..] } else { inner.trim_start_matches(number) };
    let closes = if letter == 1 || inner.len() < part.len() { &[')', '）'][..] } else { &['.', '．', '、', ')', '）'][..] };
    match rest.strip_prefix(closes) {
        Some(noun) if rest.len() < inner.len() && !noun.starts_with(number) => part.len() - noun.len(),
        _ => 0,
    }
}

/// The longest word that `rest` starts with, of the longest of the vocabulary. A verb with the end of a noun is one: 覆盖率, 受理点.
fn word(rest: &str, first: char, (len, is): (usize, Is), place: Place) -> Option<(usize, Is)> {
    let single = len == first.len_utf8();
    if is.any(Is::KIND.or(Is::LOCUS)) && single && !is.any(Is::LINK) {
        return None;
    }
    if is.any(Is::ALONE.or(Is::OPEN)) {
        // 的, 增: elsewhere only part of a word.
        let stands = match place {
            Place::Open | Place::Number => is.any(Is::OPEN),
            // 排放|要分别减少, 中心|可提供, 作品|获“优秀奖”, 产量|居全国前列
            Place::Inside => {
                single
                    && is.any(Is::ALONE)
                    && is.any(Is::OPEN)
                    && (VOCABULARY
                        .start(&rest[len..])
                        .is_some_and(|next| leads(next) || next.1.any(Is::SCOPE) || next.0 == rest.len() - len && next.1.any(Is::WORK))
                        || rest[len..].starts_with('“'))
            }
        };
        return stands.then_some((len, is));
    }
    // Of those that bound a noun some are words only before what they bound it by.
    if single && is.any(Is::BOUND) {
        let words = &LEXICON.periods;
        let stands = if words.against.begins(first) {
            // 比|上年, 较|融合前减少
            compares(&rest[len..]) || words.against_change.begins(first) && VOCABULARY.end(rest).is_some_and(|(_, is)| is.any(Is::CHANGE))
        } else {
            // 自批准之日起, but 自住
            !words.since.begins(first) || words.starts.any(rest.char_indices().nth(24).map_or(rest, |(end, _)| &rest[..end]))
        };
        return stands.then_some((len, is));
    }
    if single {
        return Some((len, is));
    }
    // 在|地面线路, but 在地|文化
    if is.any(Is::SPLITS) {
        let first = first.len_utf8();
        let longer = |at: usize, than: usize| VOCABULARY.start(&rest[at..]).is_some_and(|(of, _)| of > than);
        if longer(first, len - first) && !longer(len, first) {
            return Some((first, VOCABULARY.of(&rest[..first])));
        }
    }
    let next = rest[len..].chars().next();
    // 优化了, 发展了: said of what has been done.
    if next == Some(DONE) && VOCABULARY.start(&rest[len..]).is_none_or(|(of, _)| of <= DONE.len_utf8()) {
        return Some((len + DONE.len_utf8(), is.without(Is::NOUN.or(Is::HEAD).or(Is::WORK).or(Is::STATE).or(Is::CHANGE)).or(Is::VERB)));
    }
    let done = is.any(Is::VERB.or(Is::WORK).or(Is::STATE).or(Is::CHANGE));
    // 并处|所获收入
    if !is.any(Is::NOUN.or(Is::FINE))
        && next.is_some_and(|c| done && VOCABULARY.may_stand_alone(c) || c == RATE)
        && let Some((kind, _)) = VOCABULARY.start(&rest[len..]).filter(|(kind, of)| of.any(Is::KIND) && *kind == 3)
    {
        return Some((len + kind, Is::NOUN));
    }
    Some((len, is))
}

/// Whether a word is a predicate's, not part of a noun; 连续 and 直接 may be both.
fn leads((len, is): (usize, Is)) -> bool {
    let tells = is.any(Is::VERB.or(Is::ADVERB).or(Is::MODAL).or(Is::CHANGE).or(Is::PREP)) && !is.any(Is::NOUN);
    len > WIDE && (tells || is.any(Is::LINK.or(Is::ADVERB))) && !is.any(Is::WORK.or(Is::ALONE).or(Is::OPEN))
}

/// Whether what a number is compared with begins here: 比|上年, 较|2020年; but 评比, 对比.
fn compares(rest: &str) -> bool {
    let Some(c) = rest.chars().next() else { return false };
    matches!(class(c), Class::Digit | Class::Numeral | Class::QuoteOpen)
        // 收入比|上限
        || LEXICON.periods.measured_by.begins(c) && LEXICON.periods.not_measured_by.start(rest) == 0
}

/// The length of a bracket with what it holds; where it does not close, whether one that opens behind it may.
fn close(rest: &str) -> Result<usize, bool> {
    let (mut depth, mut closing) = (0, false);
    let mut chars = rest.char_indices();
    for (i, c) in chars.by_ref().take(80) {
        match class(c) {
            Class::Open => depth += 1,
            Class::Close => {
                closing = true;
                depth -= 1;
                if depth == 0 {
                    return Ok(i + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    Err(closing || chars.next().is_some())
}

/// A run of digits in a clause: a time (2023年底前, 3个月内), or part of a name (5G, 500千伏). Nothing where it counts.
fn digits(rest: &str) -> (usize, Is) {
    let run = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '—' | '~' | '%')).len();
    let behind = &rest[run..];
    if LEXICON.periods.unit.start(behind) > 0 {
        return (run + dated(behind), Is::TIME);
    }
    let latin = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    if latin > 0 {
        return (run + latin, Is::UNKNOWN);
    }
    // 500千伏|线路, 10万吨级|泊位
    let grade = behind.strip_prefix(numeral::is_large).unwrap_or(behind);
    if let Some(noun) = LEXICON.units.grade.strip_prefix(grade) {
        return (rest.len() - noun.len(), Is::UNKNOWN);
    }
    counted(rest).unwrap_or((run, Is::default()))
}

/// 一九八五年, 五年内, 第三
fn in_words(rest: &str) -> (usize, Is) {
    let run = rest.len() - rest.trim_start_matches(|c| class(c) == Class::Numeral || numeral::digit_value(c) == Some(0)).len();
    let behind = &rest[run..];
    if behind.starts_with([YEAR, MONTH]) {
        return (run + dated(behind), Is::TIME);
    }
    counted(rest).unwrap_or((run, Is::UNKNOWN))
}

/// The length of what follows a date and belongs to it.
fn behind_date(rest: &str) -> usize {
    let len = LEXICON.periods.behind.start(rest);
    if len > 0 && VOCABULARY.start(rest).is_some_and(|(longer, _)| longer > len) { 0 } else { len }
}

/// The length of what belongs to a date from its 年 on.
fn dated(behind: &str) -> usize {
    let mut len = 0;
    for _ in 0..6 {
        let rest = &behind[len..];
        let unit = LEXICON.periods.unit.start(rest);
        let joiner = if unit > 0 { 0 } else { LEXICON.amounts.joiner.start(rest) };
        if unit > 0 || joiner > 0 && (len == 0 || joiner < WIDE || rest[joiner..].starts_with(|c: char| c.is_ascii_digit())) {
            len += unit.max(joiner);
            len += behind[len..].len() - behind[len..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
            continue;
        }
        match behind_date(rest) {
            0 => break,
            more => len += more,
        }
    }
    len
}

/// What a number with a unit is in a clause, and its length: a span of time, or nothing of its own.
fn counted(rest: &str) -> Option<(usize, Is)> {
    let (tail, number) = amount(rest).ok()?;
    let run = rest.len() - tail.len();
    if number.form != Form::Plain {
        return Some((run, Is::default()));
    }
    let unit = LEXICON.units.start(tail)?;
    let behind = &tail[unit.word.len()..];
    let past = run + unit.word.len();
    Some(match unit.dimension {
        _ if LEXICON.traps.grade.start(behind) > 0 => (past, Is::UNKNOWN),
        Dimension::Duration => (past + LEXICON.periods.behind.start(behind), Is::TIME),
        _ => (run, Is::default()),
    })
}
