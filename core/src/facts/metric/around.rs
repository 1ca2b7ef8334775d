//! Looking around a number: clause, unit tail, 每….

use crate::Dimension;
use crate::grammar::numeral::{HALF, power};
use crate::lexicon::words::{Is, VOCABULARY};
use crate::lexicon::{Cue, Cues, EACH, LEXICON, Lexicon, Unit, Units};
use crate::scan::{Class, backwards, bits, class, count, is_ideograph, is_plain};

/// How far a look-around goes, in characters.
pub(super) const REACH: usize = 60;

/// The character before `at`.
pub(super) fn last(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character at `at`.
pub(super) fn next(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Where so many characters from `at` on end, or the text does.
pub(super) fn ahead(text: &str, at: usize, chars: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    if rest.len() <= chars {
        return text.len();
    }
    let begins = |b: &u8| (*b as i8) >= -0x40;
    let all = |part: &[u8]| count(part, begins);
    // Of three bytes each they would end here.
    let mut end = rest.len().min(3 * chars);
    let mut counted = all(&rest[..end]);
    if counted > chars + chars / 2 {
        // Most are narrower.
        (end, counted) = (0, 0);
        for step in [32, 8] {
            while let Some(part) = rest.get(end..end + step)
                && counted + all(part) <= chars
            {
                (end, counted) = (end + step, counted + all(part));
            }
        }
    }
    // Behind the last of them, where the next begins.
    while end < rest.len() && (counted < chars || !begins(&rest[end])) {
        counted += usize::from(begins(&rest[end]));
        end += 1;
    }
    // What a few narrow ones made too many is given back.
    while counted > chars {
        end -= 1;
        counted -= usize::from(begins(&rest[end]));
    }
    at + end
}

/// Where so many characters before the end of a text begin, or it does.
pub(crate) fn ago(text: &str, chars: usize) -> usize {
    let bytes = text.as_bytes();
    let begins = |b: &u8| (*b as i8) >= -0x40;
    // Of three bytes each they would begin here.
    let mut at = bytes.len().saturating_sub(3 * chars);
    let mut counted = count(&bytes[at..], begins);
    while counted < chars && at > 0 {
        at -= 1;
        counted += usize::from(begins(&bytes[at]));
    }
    // What narrow ones made too many is given back.
    while at < bytes.len() && (counted > chars || !begins(&bytes[at])) {
        counted -= usize::from(begins(&bytes[at]));
        at += 1;
    }
    at
}

/// Whether a clause ends at this character.
#[inline]
pub(crate) fn is_edge(c: char) -> bool {
    const EDGES: u64 =
        bits([Class::Stop, Class::Semicolon, Class::Comma, Class::Colon, Class::Open, Class::Close, Class::BookOpen, Class::BookClose, Class::Cell]);
    // Ideographs, which most characters are, end none.
    !is_ideograph(c) && (EDGES >> class(c) as u64 & 1 == 1 || matches!(c, '…' | '·'))
}

/// The clause before a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    pub(super) start: usize,
    cues: Cues,
}

impl Clause {
    /// Whether a character of the clause is a cue of this: where none is, nothing of it needs to be looked for.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues.has(cue)
    }
}

/// The clause of `at`. It begins after the nearest ，。；： or bracket, not before `floor`, not further
/// than [`REACH`]. A bracket that closes before `at` is skipped with what it holds.
pub(super) fn clause(lexicon: &Lexicon, text: &str, at: usize, floor: usize) -> Clause {
    let mut depth = 0;
    let mut start = at;
    let mut cues = Cues::default();
    let floor = floor.min(at);
    for (i, c) in backwards(&text[floor..at]).take(REACH) {
        // Most characters end nothing.
        if !is_plain(c) || c == '·' {
            match class(c) {
                Class::Close => depth += 1,
                Class::Open if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                _ if is_edge(c) => break,
                // A full stop of the wrong script: 供需平衡.去化周期.
                _ if c == '.' && [next(text, floor + i + 1), last(text, floor + i)].iter().all(|c| c.is_some_and(|c| !c.is_ascii_alphanumeric())) => {
                    break;
                }
                _ => {}
            }
        }
        start = floor + i;
        cues = cues.and(lexicon.cues(c));
    }
    Clause { start, cues }
}

/// Where a bracket that belongs to the noun before it ends, if one opens at `at`.
pub(crate) fn own_bracket(text: &str, at: usize) -> Option<usize> {
    let inner = text[at..].strip_prefix(['(', '（'])?;
    let from = text.len() - inner.len();
    let (len, close) = inner.char_indices().take(14).find(|(_, c)| matches!(c, ')' | '）'))?;
    let kin = inner[..len].split(|c| LEXICON.nouns.between_kin.begins(c)).all(|w| LEXICON.nouns.kin.has(w));
    (kin && len > 0).then(|| from + len + close.len_utf8())
}

/// Whether a unit is one thing per another: 元/平方米.
pub(super) fn is_ratio(unit: &str) -> bool {
    unit.contains(['/', '／', EACH])
}

/// The end of a unit with what belongs to it: 家(次), 元/平方米, 元/人·月.
pub(super) fn unit_end(units: &Units, text: &str, at: usize, unit: &Unit) -> usize {
    let mut end = at + unit.word.len();
    for open in ["(", "（"] {
        if let Some(rest) = text[end..].strip_prefix(open)
            && let Some(inner) = units.start(rest)
            && rest[inner.word.len()..].starts_with([')', '）'])
        {
            let close = rest[inner.word.len()..].chars().next().map_or(0, char::len_utf8);
            end += open.len() + inner.word.len() + close;
        }
    }
    for _ in 0..3 {
        let Some(c) = next(text, end).filter(|c| matches!(c, '/' | '／' | '·')) else { break };
        let below = &text[end + c.len_utf8()..];
        // 吨标准煤/万元, 元/百公里
        let scale = below.len() - below.trim_start_matches(|c| power(c).is_some()).len();
        let Some(len) = per_word(units, below).or_else(|| Some(scale + per_word(units, &below[scale..])?)) else { break };
        end += c.len_utf8() + len;
    }
    // 50千米每小时, 31微克每立方米
    let flows = matches!(unit.dimension, Dimension::Length | Dimension::Volume | Dimension::Mass);
    if let Some(below) = text[end..].strip_prefix(EACH).filter(|_| flows) {
        let below = units.speed.start_word(below).or_else(|| units.concentration.start_word(below));
        end += below.map_or(0, |w| EACH.len_utf8() + w.len());
    }
    end
}

fn per_word(units: &Units, text: &str) -> Option<usize> {
    let per = units.per.start_word(text).map(str::len);
    let unit = units.start(text).map(|u| u.word.len());
    per.max(unit)
}

/// 每人每年, 每百平方米, 人均 in the clause before the number.
pub(super) fn per(lexicon: &Lexicon, text: &str, clause: Clause, start: usize) -> Option<(usize, usize)> {
    if !clause.has(Cue::Per) {
        return None;
    }
    let clause = clause.start;
    let part = &text[clause..start];
    let (i, c) = part.char_indices().rev().find(|(_, c)| lexicon.cues(*c).has(Cue::Per))?;
    if c != EACH {
        // 人均, 户均, 年均; not 均为, 平均.
        let (from, end) = (part[..i].char_indices().next_back()?.0, i + c.len_utf8());
        return VOCABULARY.of(&part[from..end]).any(Is::PER).then_some((clause + from, clause + end));
    }
    // 每人每年 is one; so look back for another 每 close by.
    let near = part[..i].char_indices().rev().take(4).find(|(_, c)| *c == EACH).map_or(i, |(j, _)| j);
    let (mut begin, mut end) = (None, clause + i);
    for from in [near, i] {
        let after = clause + from + EACH.len_utf8();
        if let Some(len) = each(&lexicon.units, &text[after..start]) {
            begin = begin.or(Some(clause + from));
            end = after + len;
        }
    }
    begin.map(|b| (b, end))
}

/// Whether the noun that 每 is said of ends before this: 每个单位|限2人, 每个乡镇|建成1所.
fn ends_each(rest: &str) -> bool {
    const ENDS: Is = Is::VERB.or(Is::WORK).or(Is::LINK).or(Is::ADVERB).or(Is::MODAL).or(Is::PREP).or(Is::BOUND).or(Is::CHANGE).or(Is::STATE);
    VOCABULARY.start(rest).is_some_and(|(len, is)| is.any(ENDS) && !is.any(Is::NOUN) && (!is.any(Is::ALONE.or(Is::OPEN)) || len == rest.len()))
}

/// The length of what 每 is said of: 年, 半年, 5个网格, 百平方米, 套(户).
pub(crate) fn each(units: &Units, text: &str) -> Option<usize> {
    let mut len = 0;
    if let Ok((rest, _)) = crate::grammar::quantity::amount(text) {
        len = text.len() - rest.len();
    } else if text.starts_with(HALF) {
        len = HALF.len_utf8();
    }
    let rest = &text[len..];
    let word = per_word(units, rest)?;
    len += word;
    // 每个村民小组, 每个乡镇(街道): the noun belongs to it.
    if units.takes_noun.has(&text[len - word..len]) {
        let mut noun = 0;
        for (i, c) in text[len..].char_indices().take(8) {
            let at = len + i;
            if let Some(end) = own_bracket(text, at) {
                noun = end - len;
                break;
            }
            if class(c) != Class::Plain || i > 0 && ends_each(&text[at..]) {
                break;
            }
            noun = i + c.len_utf8();
        }
        // 每个司法所工作人员3名: what is counted may be in it.
        if len + noun < text.len() || text[len..].chars().nth(4).is_none() || text.ends_with([')', '）']) {
            len += noun;
        }
    }
    for open in ["(", "（"] {
        if let Some(inner) = text[len..].strip_prefix(open)
            && let Some(close) = inner.char_indices().take(4).find(|(_, c)| matches!(c, ')' | '）'))
        {
            len += open.len() + close.0 + close.1.len_utf8();
        }
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::{ago, ahead};

    #[test]
    fn so_many_characters_on_either_side() {
        for text in ["", "a", "中", "中文ab12字𠀀é中文", "0123456789", "𠀀𠀀𠀀", "一二三四五六七八九十"] {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let count = places.len() - 1;
            for chars in 0..count + 2 {
                assert_eq!(ago(text, chars), places[count.saturating_sub(chars)], "{text} {chars}");
                assert_eq!(ahead(text, 0, chars), places[chars.min(count)], "{text} {chars}");
            }
        }
    }
}
