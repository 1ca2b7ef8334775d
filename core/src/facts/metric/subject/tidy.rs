//! What at the ends of a noun does not belong to it?

use super::super::Finder;
use super::super::around::{last, next, own_bracket};
use crate::scan::{Class, class};

/// Without what does not belong to a noun at its ends: 和 at the front, 等 at the back, one pair of quotes stays.
pub(super) fn tidy(finder: &Finder<'_, '_>, mut start: usize, mut end: usize) -> (usize, usize) {
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

/// Whether a word begins here whose first character elsewhere joins or hands on: 和解, 及时, 与会.
pub(super) fn whole_word(finder: &Finder<'_, '_>, at: usize) -> bool {
    let rest = &finder.text[at..];
    rest.starts_with("及时") || finder.lexicon.noun.start(rest) > 3 || finder.lexicon.inner.start(rest) > 0
}
