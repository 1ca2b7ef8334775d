//! Does a number report or demand?

use super::around::Clause;
use crate::Modality;
use crate::lexicon::{Cue, Lexicon};

/// How far after a number its sentence is read for what it says as a whole, in characters.
const AHEAD: usize = 40;

/// What the sentence so far says of all its numbers, read once from left to right.
#[derive(Debug)]
pub(super) struct Mood {
    place: Modality,
    /// How far the sentence has been read, and where the last word in it that is no cue ends.
    read: usize,
    past: usize,
    sentence: usize,
    /// What the last cue in this sentence said.
    cue: Option<Modality>,
    /// Where a 年 stands in it.
    years: Vec<usize>,
}

impl Mood {
    pub(super) fn new(place: Modality) -> Self {
        Self { place, read: 0, past: 0, sentence: 0, cue: None, years: Vec::new() }
    }

    /// The places of 年 in the sentence, as far as it has been read.
    pub(super) fn years(&self) -> &[usize] {
        &self.years
    }

    /// Reads the sentence up to `to`.
    pub(super) fn read(&mut self, lexicon: &Lexicon, text: &str, sentence: usize, to: usize) {
        if sentence != self.sentence || self.read < sentence {
            (self.sentence, self.read, self.cue) = (sentence, sentence, None);
            self.years.clear();
        }
        let Some(unread) = text.get(self.read..to) else { return };
        for (at, c) in unread.char_indices().map(|(i, c)| (self.read + i, c)) {
            let cues = lexicon.cues(c);
            if cues.has(Cue::Year) {
                self.years.push(at);
            }
            if !cues.has(Cue::Mood) || at < self.past {
                continue;
            }
            let rest = &text[at..];
            let skip = lexicon.no_mood.start(rest);
            if skip > 0 {
                self.past = at + skip;
            } else if lexicon.actual.start(rest) > 0 {
                self.cue = Some(Modality::Actual);
            } else if lexicon.target.start(rest) > 0 {
                self.cue = Some(Modality::Target);
            }
        }
        self.read = to;
    }

    /// The modality of the number that starts at `start` and ends at `end`, up to which the sentence has been read.
    pub(super) fn of(&self, lexicon: &Lexicon, text: &str, clause: Clause, start: usize, end: usize) -> Modality {
        let part = &text[clause.start..end];
        let may = |cue| clause.has(cue) || lexicon.cues_in(&text[start..end]).has(cue);
        match self.place {
            Modality::Actual => {
                if self.cue == Some(Modality::Target) {
                    return Modality::Target;
                }
                let near = may(Cue::Near) && part.char_indices().rev().take(30).any(|(i, _)| lexicon.target_near.start(&part[i..]) > 0);
                if near { Modality::Target } else { Modality::Actual }
            }
            // 累计奖补不超过100万元: what limits demands, whatever else is said.
            Modality::Target if may(Cue::Limit) && demands(lexicon, part) => Modality::Target,
            Modality::Target if self.cue == Some(Modality::Actual) => Modality::Actual,
            Modality::Target if self.cue.is_none() && narrated(lexicon, text, end) => Modality::Actual,
            Modality::Target => Modality::Target,
        }
    }
}

/// Whether a clause sets a limit and tells nothing: 不得超过, 不少于.
fn demands(lexicon: &Lexicon, clause: &str) -> bool {
    let limit = clause.char_indices().rev().take(30).any(|(i, _)| lexicon.limits.start(&clause[i..]) > 0);
    limit && !clause.contains('了') && !clause.contains("未超过")
}

/// Whether the rest of the sentence narrates: …等8个方面,部署安排了25项任务.
fn narrated(lexicon: &Lexicon, text: &str, end: usize) -> bool {
    let mut at = end;
    for c in text[end..].chars().take(AHEAD) {
        if crate::scan::class(c) == crate::scan::Class::Stop {
            return false;
        }
        if c == '了' {
            let before = &text[..at + c.len_utf8()];
            return lexicon.no_mood.end(before) == 0 && !text[at..].starts_with("了解");
        }
        at += c.len_utf8();
    }
    false
}
