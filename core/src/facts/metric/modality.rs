//! Does a number report or demand?

use crate::Modality;
use crate::lexicon::Lexicon;

/// How far after a number its sentence is read for what it says as a whole, in characters.
const AHEAD: usize = 40;

/// The mood of the sentence so far, read once from left to right.
#[derive(Debug)]
pub(super) struct Mood {
    place: Modality,
    /// How far the sentence has been read.
    read: usize,
    sentence: usize,
    /// What the last cue in this sentence said.
    cue: Option<Modality>,
}

impl Mood {
    pub(super) fn new(place: Modality) -> Self {
        Self { place, read: 0, sentence: 0, cue: None }
    }

    /// The modality of the number that starts at `start` and ends at `end`.
    pub(super) fn at(&mut self, lexicon: &Lexicon, text: &str, sentence: usize, clause: usize, start: usize, end: usize) -> Modality {
        if sentence != self.sentence || self.read < sentence {
            (self.sentence, self.read, self.cue) = (sentence, sentence, None);
        }
        while self.read < start {
            let rest = &text[self.read..];
            let Some(c) = rest.chars().next() else { break };
            if lexicon.moods.start(rest) == 0 {
                self.read += c.len_utf8();
                continue;
            }
            let skip = lexicon.no_mood.start(rest);
            if skip > 0 {
                self.read += skip;
                continue;
            }
            if lexicon.actual.start(rest) > 0 {
                self.cue = Some(Modality::Actual);
            } else if lexicon.target.start(rest) > 0 {
                self.cue = Some(Modality::Target);
            }
            self.read += c.len_utf8();
        }
        let part = &text[clause..end];
        match self.place {
            Modality::Actual => {
                if self.cue == Some(Modality::Target) {
                    return Modality::Target;
                }
                let near = part.char_indices().rev().take(30).any(|(i, _)| lexicon.target_near.start(&part[i..]) > 0);
                if near { Modality::Target } else { Modality::Actual }
            }
            // 累计奖补不超过100万元: what limits demands, whatever else is said.
            Modality::Target if demands(lexicon, part) => Modality::Target,
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
