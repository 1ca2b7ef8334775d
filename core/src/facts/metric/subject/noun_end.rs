//! Where does a noun end whose start is known?

use super::super::Finder;
use super::super::around::{is_edge, next};
use super::tidy::tidy;
use crate::grammar::quantity;
use crate::scan::{Class, class};

/// Whether a noun ends here, before a verb or an adverb that is not part of another word (行为, 公共).
pub(super) fn stops(finder: &Finder<'_, '_>, at: usize) -> bool {
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
pub(super) fn noun_at(finder: &Finder<'_, '_>, from: usize) -> (usize, usize) {
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
pub(super) fn head_after_de(text: &str, from: usize) -> Option<usize> {
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
pub(super) fn list_goes_on(finder: &Finder<'_, '_>, from: usize) -> bool {
    let text = finder.text;
    if finder.lexicon.cut.start(&text[from..]) > 3 || finder.lexicon.verb.start(&text[from..]) > 3 {
        return false;
    }
    for (i, c) in text[from..].char_indices().take(20) {
        match class(c) {
            Class::Digit => return false,
            // 超五百万件, 三家 count for themselves.
            Class::Numeral if c != '一' => {
                let counted = quantity::amount(&text[from + i..]).is_ok_and(|(rest, _)| finder.lexicon.units.start(rest).is_some());
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
