//! Dates and years as headers, titles and closing lines write them.

use crate::Date;
use crate::grammar::numeral;
use crate::view::{half_width, head, is_digit, skip_blank};
use std::borrow::Cow;

/// The shortest date has so many bytes: 2024-2-7.
pub(super) const SHORTEST: usize = 8;

/// The date at the start of `text` in any common spelling, and its length: 2024-02-27, 2024年2月27日,
/// 二〇二四年二月二十七日.
pub(super) fn loose_date(text: &str) -> Option<(Date, usize)> {
    if text.len() < SHORTEST {
        return None;
    }
    let mut rest = text;
    let mut numbers = [0u64; 3];
    for (i, stops) in [['年', '-', '/', '.'], ['月', '-', '/', '.'], ['日', '日', '日', '日']].into_iter().enumerate() {
        let after = rest.trim_start_matches(is_digit);
        let written = &rest[..rest.len() - after.len()];
        // 2023-04-1909:49: the time of day ran into the date.
        let glued = i == 2 && after.starts_with([':', '：']) && written.chars().count() == 4;
        let written = if glued { head(written, 2) } else { written };
        if !written.is_empty() {
            numbers[i] = half_width(Cow::Borrowed(head(written, 8))).parse().ok()?;
            rest = &rest[written.len()..];
        } else {
            let plain = if rest.contains(['○', 'Ｏ', 'O', '０', '\u{FFFD}']) { None } else { numeral::numeral(rest).ok() };
            let (after, n) = match plain {
                Some((after, n)) => (after, n),
                None if i == 0 => odd_year(rest)?,
                None => return None,
            };
            numbers[i] = n;
            rest = after;
        }
        if i < 2 {
            rest = rest.strip_prefix(stops)?;
        } else {
            rest = rest.strip_prefix('日').unwrap_or(rest);
        }
    }
    let [year, month, day] = numbers;
    let date = Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (1900..2200).contains(&date.year).then_some((date, text.len() - rest.len()))
}

/// 二○二四 with a circle for the zero.
fn odd_year(text: &str) -> Option<(&str, u64)> {
    let mut n = 0;
    for (i, c) in text.char_indices() {
        let digit = match c {
            '○' | 'Ｏ' | 'O' | '０' => Some(0),
            // The zero is the only one of these signs that copying loses: 二�二四.
            '\u{FFFD}' if i > 0 => Some(0),
            _ => numeral::digit_value(c),
        };
        match digit {
            Some(d) if i < 16 => n = n * 10 + d,
            _ => return (i > 6).then_some((&text[i..], n)),
        }
    }
    None
}

/// The first year named as one: 2023年, 一九七九年. Not the first of two (2021—2025年), which is a period.
pub(super) fn first_year(text: &str, alone: bool) -> Option<u16> {
    let text = &*half_width(Cow::Borrowed(text));
    let mut from = 0;
    while let Some(at) = text[from..].find(['1', '2', '一', '二']).map(|i| from + i) {
        let rest = &text[at..];
        let (year, len) = digits(rest);
        let before = text[..at].chars().next_back();
        let joined = before.is_some_and(|c| is_digit(c) || alone && matches!(c, '-' | '—' | '－' | '~' | '至' | '〔' | '['));
        if !joined && year.is_some_and(|y| (1900..2100).contains(&y)) {
            let after = skip_blank(&rest[len..]);
            // 二〇三五年远景目标 looks further than the plan that is for some years.
            let of_it = after.strip_prefix('年').is_some_and(|rest| !["以来", "以前", "远景"].iter().any(|w| rest.trim_start().starts_with(w)));
            if of_it {
                return year;
            }
        }
        from = at + len.max(1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    None
}

/// The number of four digits at the start of `text`, in figures or one by one in characters, and the length of the digits.
fn digits(text: &str) -> (Option<u16>, usize) {
    let (mut n, mut count, mut len) = (0, 0, 0);
    for c in text.chars() {
        let Some(d) = numeral::figure(c) else { break };
        n = if count < 4 { n * 10 + d as u16 } else { n };
        count += 1;
        len += c.len_utf8();
    }
    ((count == 4).then_some(n), len)
}
