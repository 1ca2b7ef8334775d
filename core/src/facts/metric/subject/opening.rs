//! What opens a clause and names nothing?

use super::super::Finder;
use super::super::around::next;
use crate::scan::{Class, class};

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
pub(super) fn opening(finder: &Finder<'_, '_>, clause: usize, end: usize) -> usize {
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
