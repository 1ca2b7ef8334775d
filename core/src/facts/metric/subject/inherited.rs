//! What does a number count that has no noun of its own?

use super::super::Finder;
use super::super::around::{self, REACH, last};
use super::Parts;
use super::before::before;
use crate::scan::{Class, class};

/// Whether the number goes on a list of numbers of one thing: 20%和30%, 1200元、1350元.
pub(super) fn joined(finder: &Finder<'_, '_>, start: usize) -> bool {
    finder.found.last().is_some_and(|f| f.sentence == finder.sentence && start - f.end <= REACH)
}

/// What the number before counted, or what the clause before speaks of.
pub(super) fn inherited(finder: &Finder<'_, '_>, start: usize, clause: usize, end: usize) -> Parts {
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
