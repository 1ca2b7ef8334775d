//! Page numbers and running heads that copying left between and inside lines: — 12 —, - 12 -, 第3页共9页, a lone 12 where
//! the pages count, the same short line at each page's end.

use super::{Line, Mark, Piece, ends_sentence, is_digit, is_indented};
use crate::grammar::marker::Written;
use crate::grammar::numeral;
use crate::scan::{Class, class};
use crate::view::{folded, is_blank, longer, trim};
use crate::{MarkerStyle, Span};
use memchr::memmem;
use std::collections::BTreeMap;

/// A running head has at most so many characters.
const HEAD_MAX: u32 = 40;
/// Pages are at least so many lines apart where they have no width to tell them by.
const PAGE_LINES: usize = 4;
/// How many lines a row of a table takes at most, a cell a line.
const ROW_LINES: usize = 12;

/// The dashes that stand around the number of a page.
fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '－' | '―' | '-')
}

/// A page number, dashes and all, at the start of a text, and the text behind it.
fn dashed(text: &str) -> Option<(u32, &str)> {
    let inner = text.trim_start_matches(is_dash);
    let bare = inner.trim_start_matches(is_blank);
    let (number, after) = number(bare)?;
    let closing = after.trim_start_matches(is_blank);
    let rest = closing.trim_start_matches(is_dash);
    let around = [&text[..text.len() - inner.len()], &closing[..closing.len() - rest.len()]];
    // A hyphen counts between blanks only: 2-3-1 is no page.
    let hyphen = around.iter().any(|d| d.contains('-'));
    let fits = |d: &&str| !d.is_empty() && !longer(d, 2);
    (around.iter().all(fits) && (!hyphen || bare.len() < inner.len() && closing.len() < after.len())).then_some((number, rest))
}

/// The number of at most three digits that a text begins with.
fn number(text: &str) -> Option<(u32, &str)> {
    let after = text.trim_start_matches(is_digit);
    let digits = &text[..text.len() - after.len()];
    if longer(digits, 3) {
        return None;
    }
    let value = |c: char| c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32));
    let number = digits.chars().try_fold(0, |n, c| Some(n * 10 + value(c)?))?;
    (number > 0).then_some((number, after))
}

/// 第3页共9页, 第3页/共9页, 第3页（共9页） at the start of a text, and the text behind it.
fn counted(text: &str) -> Option<(u32, &str)> {
    let blank = |s: &'_ str| s.len() - s.trim_start_matches(is_blank).len();
    let skip = |s| &text[text.len() - str::len(s) + blank(s)..];
    let (page, rest) = number(skip(text.strip_prefix('第')?))?;
    let rest = skip(skip(rest).strip_prefix('页')?);
    let inner = rest.trim_start_matches(['/', '／', '（', '(', '，', ',']);
    let (all, after) = number(skip(skip(inner).strip_prefix('共')?))?;
    let after = skip(after).strip_prefix('页')?;
    let after = if inner.len() < rest.len() && rest.starts_with(['（', '(']) { after.strip_prefix(['）', ')'])? } else { after };
    (page <= all).then_some((page, after))
}

/// The page numbers of a text that no reader takes for anything else: between dashes, or counted, and rising.
fn numbers(text: &str) -> Vec<Span> {
    let mut found: Vec<(Span, u32)> = Vec::new();
    let bytes = text.as_bytes();
    let of = |sign: &'static [u8]| memmem::find_iter(bytes, sign);
    // Three of the dashes differ in their last byte alone.
    let dashes = of(b"\xE2\x80").filter(|at| matches!(bytes.get(at + 2), Some(0x93..=0x95)));
    let dashes = dashes.chain(of("－".as_bytes())).chain(of(b" - ").map(|at| at + 1));
    let counted_from = memmem::find(bytes, "页".as_bytes()).map(|_| of("第".as_bytes())).into_iter().flatten();
    let mut starts: Vec<usize> = dashes.chain(counted_from).filter(|at| !text[..*at].ends_with(|c: char| is_dash(c) || c.is_ascii_alphanumeric())).collect();
    starts.sort_unstable();
    for at in starts {
        // — 1 — 3 —: a dash closes one number or opens another.
        if found.last().is_some_and(|(last, _)| at < last.end as usize) {
            continue;
        }
        let Some((number, rest)) = dashed(&text[at..]).or_else(|| counted(&text[at..])) else { continue };
        if !rest.starts_with(|c: char| is_dash(c) || c.is_ascii_alphanumeric() || is_digit(c)) {
            found.push((Span::from(at..text.len() - rest.len()), number));
        }
    }
    // The pages of a text rise, some of them lost.
    let rises = found.windows(2).all(|pair| (1..=4).contains(&pair[1].1.saturating_sub(pair[0].1)));
    if rises && found.len() > 1 { found.into_iter().map(|(span, _)| span).collect() } else { Vec::new() }
}

/// Takes the page numbers out of lines: those at a line's start or end become lines of their own. Returns the lines, with
/// whether each is a page number, and the numbers that stand inside one.
pub(super) fn part(text: &str, pieces: Vec<Piece>) -> (Vec<(Piece, bool)>, Vec<Span>) {
    let numbers = numbers(text);
    let mut inside = Vec::new();
    let mut out = Vec::with_capacity(pieces.len());
    let mut next = 0;
    for piece in pieces {
        let mut from = piece.span.start;
        let mut apart = piece.apart;
        let mut put = |span: Span, is_number: bool| {
            let span = trim(text, span);
            if !span.is_empty() {
                out.push((Piece { span, apart: std::mem::take(&mut apart) }, is_number));
            }
        };
        while let Some(number) = numbers.get(next).filter(|n| n.start < piece.span.end) {
            next += 1;
            if number.start < piece.span.start || number.end > piece.span.end {
                continue;
            }
            let before = trim(text, Span::new(from, number.start));
            let after = trim(text, Span::new(number.end, piece.span.end));
            if before.is_empty() || after.is_empty() {
                put(before, false);
                put(*number, true);
                from = number.end;
            } else {
                inside.push(*number);
            }
        }
        match from == piece.span.start {
            true => out.push((piece, false)),
            false => put(Span::new(from, piece.span.end), false),
        }
    }
    (out, inside)
}

/// The number of a line that is a bare number.
fn bare(text: &str, line: &Line) -> Option<u32> {
    if line.longer(3) || !line.signs.has(Class::Digit) {
        return None;
    }
    let part = &text[line.span.range()];
    part.ends_with(is_digit).then(|| number(part))?.filter(|(_, rest)| rest.is_empty()).map(|(n, _)| n)
}

/// Whether the lines that are bare numbers count the pages of a text without a width: they rise by one, between two of them
/// stand several lines, sentences among them, and below most of them the text goes on, where a number of its own has a heading.
pub(super) fn count_pages(text: &str, lines: &[Line]) -> bool {
    let prose = |l: &Line| l.longer(30) && l.signs.has(Class::Stop);
    let (mut last, mut found, mut headed) = (None, 0, 0);
    for (i, n) in lines.iter().enumerate().filter_map(|(i, l)| Some((i, bare(text, l)?))) {
        if let Some((above, m)) = last.replace((i, n)) {
            let between = &lines[above + 1..i];
            if n != m + 1 || between.len() < PAGE_LINES || !between.iter().any(prose) {
                return false;
            }
        }
        // The number of a table's row, its cells on lines of their own.
        if lines.get(i + 1).is_some_and(|l| text[l.span.range()].starts_with('|')) {
            return false;
        }
        found += 1;
        headed += usize::from(lines.get(i + 1).is_some_and(|l| !l.signs.has(Class::Stop) && l.marker.is_none()));
    }
    found > 2 && headed * 2 < found
}

/// The lines that are bare numbers and count no pages: another stands near, as the numbers of a table's rows and its cells do, or
/// none beside it counts on and no sentence runs over it. What the text ends with may be the number of a short last page.
pub(super) fn row_numbers(text: &str, lines: &[Line]) -> Vec<usize> {
    let found: Vec<(usize, u32)> = lines.iter().enumerate().filter_map(|(i, l)| Some((i, bare(text, l)?))).collect();
    let near = |a: usize, b: usize| b.abs_diff(a) <= ROW_LINES && a.max(b) + 1 < lines.len();
    let runs_over = |i: usize| {
        let Some((before, after)) = i.checked_sub(1).map(|b| &lines[b]).zip(lines.get(i + 1)) else { return true };
        before.longer(HEAD_MAX / 2) && !ends_sentence(&text[before.span.range()]) && !is_indented(text, after) && after.marker.is_none()
    };
    let is_row = |(k, (i, n)): (usize, &(usize, u32))| {
        let beside = k.checked_sub(1).map(|k| found[k]).into_iter().chain(found.get(k + 1).copied());
        let (mut close, mut counts) = (false, false);
        for (other, m) in beside {
            close |= near(*i, other);
            counts |= n.abs_diff(m) == 1;
        }
        (close || !counts && !runs_over(*i)).then_some(*i)
    };
    found.iter().enumerate().filter_map(is_row).collect()
}

/// The numbers of headings that a page set on lines of their own: 一 ⏎ 加强领导 ⏎ …, 01 ⏎ 活动时间 ⏎ …. Each with its line.
pub(super) fn lone_numbers(text: &str, lines: &[Line]) -> Vec<(usize, Written)> {
    let written = |l: &Line| {
        let part = &text[l.span.range()];
        let chinese = || part.chars().all(|c| class(c) == Class::Numeral).then(|| numeral::cardinal(part).ok()).flatten();
        let value = match part.strip_prefix(['0', '０']) {
            _ if l.longer(3) => None,
            Some(digit) if l.signs.chars == 2 => digit.chars().next().and_then(|d| folded(d).to_digit(10)).map(|n| (MarkerStyle::ArabicDot, n)),
            _ => chinese().filter(|(rest, _)| rest.is_empty()).and_then(|(_, n)| Some((MarkerStyle::CnComma, u32::try_from(n).ok()?))),
        };
        value.filter(|(_, n)| (1..=40).contains(n)).map(|(style, n)| Written::plain(style, n))
    };
    let heads = |i: usize| {
        lines
            .get(i + 1)
            .is_some_and(|l| !l.longer(HEAD_MAX) && l.longer(1) && l.marker.is_none() && !l.signs.has_any(&[Class::Stop, Class::Semicolon, Class::Cell]))
    };
    let found: Vec<(usize, Written)> = lines.iter().enumerate().filter_map(|(i, l)| Some((i, heads(i).then(|| written(l))??))).collect();
    let runs_on = |pair: &[(usize, Written)]| {
        pair[0].1.style == pair[1].1.style && (1..=2).contains(&pair[1].1.number.unwrap_or(0).saturating_sub(pair[0].1.number.unwrap_or(0)))
    };
    let with_text = found.iter().filter(|(i, _)| lines.get(i + 2).is_some_and(|l| l.longer(20))).count();
    let begins = found.first().is_some_and(|(_, w)| w.number.is_some_and(|n| n <= 2));
    if found.len() > 2 && begins && with_text * 2 > found.len() && found.windows(2).all(runs_on) { found } else { Vec::new() }
}

/// A short line that may be a running head.
#[derive(Clone, Copy)]
struct Short {
    line: usize,
    /// The page's number in it or beside it.
    page: u32,
}

/// Which lines are running heads: the same short line beside the page's number, or with that number in it, at three pages or
/// more and at most pages.
pub(super) fn running_heads(text: &str, lines: &[Line], counted: bool) -> Vec<usize> {
    let page = |i: usize| {
        let line = lines.get(i).filter(|l| l.mark == Mark::Furniture)?;
        let part = &text[line.span.range()];
        number(part.trim_start_matches(|c| is_blank(c) || is_dash(c) || c == '第')).map(|(n, _)| n)
    };
    let pages = (0..lines.len()).filter(|i| page(*i).is_some()).count();
    if pages < 3 && !counted {
        return Vec::new();
    }
    let mut groups: BTreeMap<&str, Vec<Short>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if line.longer(HEAD_MAX) || line.signs.has(Class::Stop) || page(i).is_some() {
            continue;
        }
        let part = &text[line.span.range()];
        // The number of the page before or behind it, set off by a blank: 3 TD/T 1234.
        let lead = number(part).filter(|(_, rest)| counted && rest.starts_with(is_blank));
        let head = part.trim_end_matches(is_digit);
        let trail = number(&part[head.len()..]).filter(|_| counted && head.ends_with(is_blank));
        let beside = || i.checked_sub(1).and_then(page).or_else(|| page(i + 1));
        let (key, page) = match (lead, trail) {
            (Some((n, rest)), _) => (rest, Some(n)),
            (None, Some((n, _))) => (head, Some(n)),
            _ => (part, beside()),
        };
        let key = key.trim_matches(is_blank);
        if let Some(page) = page.filter(|_| longer(key, 3)) {
            groups.entry(key).or_default().push(Short { line: i, page });
        }
    }
    let rises = |group: &[Short]| {
        let next = |pair: &[Short]| (1..=4).contains(&pair[1].page.saturating_sub(pair[0].page)) && pair[1].line - pair[0].line > PAGE_LINES;
        group.windows(2).all(next)
    };
    let heads = groups.into_values().filter(|g| g.len() > 2 && g.len() * 2 >= pages && rises(g));
    let mut heads: Vec<usize> = heads.flatten().map(|short| short.line).collect();
    heads.sort_unstable();
    heads
}
