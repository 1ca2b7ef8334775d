//! Unnumbered headings that nothing but their place and shape tells: short lines of their own between whole sentences, several
//! of them alike, in a text whose numbering does not run on across them.

use crate::MarkerStyle;
use crate::frame::Part;
use crate::lexicon::LEXICON;
use crate::lexicon::frame::HEAD;
use crate::lines::{Line, Lines, Mark};
use crate::outline::STYLES;
use crate::scan::Class;
use crate::view::{clean, is_blank, is_digit};

/// Such a heading has at least and at most so many characters.
const SHORTEST: u32 = 3;
const LONGEST: u32 = 26;
/// From so many characters on a line with a sentence's end is prose.
const PROSE: u32 = 30;

/// A text in which such headings are looked for.
struct Looker<'t> {
    text: &'t str,
    lines: &'t Lines,
    parts: &'t [Part],
    /// The lines of the text: neither furniture nor empty.
    body: Vec<usize>,
    law: bool,
}

/// The lines that are such headings, in order; none where fewer than two are found, or where they are few among lines of
/// their shape, as the cells of a table are.
pub(super) fn headings(text: &str, lines: &Lines, parts: &[Part], law: bool, chaptered: bool) -> Vec<usize> {
    if lines.flattened {
        return Vec::new();
    }
    let body = (0..lines.lines.len()).filter(|i| parts[*i] != Part::Furniture).collect();
    let looker = Looker { text, lines, parts, body, law };
    let shaped: Vec<usize> = (0..looker.body.len()).filter(|at| looker.is_shaped(*at)).collect();
    // In a law with chapters one that lost its number shows by the article below it.
    let least = if law && chaptered { 1 } else { 2 };
    if shaped.len() < least {
        return Vec::new();
    }
    let plain: Vec<usize> = shaped.iter().copied().filter(|at| looker.parts_text(*at)).collect();
    // One of a group stands right above the first of its headings.
    let below_text = |at: &usize| at.checked_sub(1).is_some_and(|above| looker.is_text(above));
    let heads_group = |at: &usize| !looker.law && plain.binary_search(&(at + 1)).is_ok() && below_text(at) && looker.may_head(*at);
    let found: Vec<usize> = shaped.iter().copied().filter(|at| plain.binary_search(at).is_ok() || heads_group(at)).collect();
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return Vec::new() };
    // A fragment of a sentence that was broken at a link is none of its kind.
    let among = shaped.iter().filter(|at| (first..=last).contains(at) && (found.binary_search(at).is_ok() || looker.is_below_text(**at))).count();
    if found.len() < least || among > found.len() + found.len() / 2 || looker.repeats(&found) || looker.numbering_runs_on(&found) {
        return Vec::new();
    }
    found.into_iter().map(|at| looker.body[at]).collect()
}

/// 2组织机构和职责: a line that begins with a number has one, whoever reads it. 2024年 is none, and 12个村装上路灯 counts.
fn is_counted(part: &str) -> bool {
    let rest = part.trim_start_matches(is_digit);
    let counts = || LEXICON.units.start(rest).is_some();
    rest.len() < part.len() && rest.starts_with(|c| is_blank(c) || ('\u{4E00}'..='\u{9FFF}').contains(&c)) && !rest.starts_with(['年', '月']) && !counts()
}

impl Looker<'_> {
    fn line(&self, at: usize) -> &Line {
        &self.lines.lines[self.body[at]]
    }

    fn part(&self, at: usize) -> &str {
        let part = &self.text[self.line(at).span.range()];
        if part.starts_with('#') { part.trim_start_matches(['#', ' ']) } else { part }
    }

    fn is_text(&self, at: usize) -> bool {
        self.parts[self.body[at]] == Part::Body && self.line(at).mark == Mark::Text
    }

    /// Whether a line is a few words without a sentence's end, a label's colon, a number of its own.
    fn is_shaped(&self, at: usize) -> bool {
        let line = self.line(at);
        if !line.longer(SHORTEST - 1) || line.marker.is_some() || line.signs.has_any(&[Class::Stop, Class::Semicolon, Class::Colon, Class::Cell]) {
            return false;
        }
        let part = self.part(at);
        // Markdown's # are no part of its length.
        let hashes = line.span.len() as u32 - part.len() as u32;
        if !self.is_text(at) || line.longer(LONGEST + hashes) || !line.longer(SHORTEST - 1 + hashes) {
            return false;
        }
        let words = part.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
        // What stands in brackets as a whole explains the line above; in 【】 it heads what follows.
        let bracketed = part.starts_with(['（', '(', '〔', '<', '"', '《']) && part.ends_with(['）', ')', '〕', '>', '"', '》']);
        words >= SHORTEST as usize
            && words * 2 >= part.chars().filter(|c| !is_blank(*c)).count()
            && !bracketed
            && !is_counted(part)
            && !part.starts_with(['附', '—', '-', '―'])
            // 一是…: an item of what stands above.
            && !(line.signs.has(Class::Shi) && part.chars().nth(1) == Some('是') && part.chars().next().is_some_and(|c| crate::scan::class(c) == Class::Numeral))
            && !part.ends_with(['的', '、', '，', ','])
    }

    /// Whether a line of the shape stands as a heading does: below a sentence or at the beginning, above prose or above
    /// numbering that begins; in a law above an article.
    fn parts_text(&self, at: usize) -> bool {
        let below = at + 1;
        let Some(next) = self.body.get(below).map(|i| &self.lines.lines[*i]).filter(|_| self.is_text(below)) else { return false };
        let opens = match next.marker {
            Some((written, _)) if self.law => written.style == MarkerStyle::Article,
            Some((written, _)) => written.number == Some(1) && next.longer(1),
            None => !self.law && next.longer(PROSE) && next.signs.has(Class::Stop) && !self.is_shaped(below),
        };
        // The first of a group stands below the group's name.
        let named = || !self.law && at > 1 && self.is_text(at - 2) && self.is_shaped(at - 1) && self.may_head(at - 1);
        opens && (self.may_head(at) || named()) && self.names(at)
    }

    /// Whether a line that names neither a person nor an organ stands below a sentence or at the beginning.
    fn may_head(&self, at: usize) -> bool {
        self.is_below_text(at) && self.names(at)
    }

    /// Whether a line stands below a sentence or at the beginning.
    fn is_below_text(&self, at: usize) -> bool {
        let ends = |at: usize| {
            let part = self.part(at).trim_end();
            let numbered = self.line(at).marker.is_some() && !self.law;
            !self.is_text(at) || numbered || part.ends_with(['。', '！', '？', '”', '）', ')', '；', ';', '：', ':', '.', '!', '?'])
        };
        at == 0 || ends(at - 1)
    }

    /// Whether a line is neither a person nor an organ.
    fn names(&self, at: usize) -> bool {
        !self.is_person(at) && !crate::frame::are_organs(self.part(at))
    }

    /// Who gave a speech, or belongs to a group: 县长 王某, 王某（县长）.
    fn is_person(&self, at: usize) -> bool {
        let part = self.part(at);
        part.contains(|c| is_blank(c) || matches!(c, '（' | '(')) && HEAD.office.find(part).is_some()
    }

    /// Whether most of the lines say the same as another: a caption, not a heading.
    fn repeats(&self, found: &[usize]) -> bool {
        let mut names: Vec<_> = found.iter().map(|at| clean(self.part(*at))).collect();
        names.sort_unstable();
        names.dedup();
        names.len() * 2 <= found.len()
    }

    /// Whether the outermost numbering counts on below one of the lines: then they stand inside it.
    fn numbering_runs_on(&self, found: &[usize]) -> bool {
        let mut next = found.iter().peekable();
        // Of each family whether a number of it stands since the last heading.
        let mut met = [false; STYLES];
        let (mut any, mut last_chapter) = (false, 0);
        for at in 0..self.body.len() {
            if next.next_if(|heading| **heading == at).is_some() {
                met = [false; STYLES];
                any = true;
                continue;
            }
            let Some((written, _)) = crate::lines::marker_of(self.part(at)).filter(|_| self.is_text(at)) else { continue };
            let number = written.number.unwrap_or(0);
            if self.law {
                // Articles run on through the chapters, of which some have lost their number: 第二章, …, 第五章.
                let chapter = written.style == MarkerStyle::Chapter;
                if chapter && any && number <= last_chapter + 1 {
                    return true;
                }
                if chapter {
                    (last_chapter, any) = (number, false);
                }
                continue;
            }
            let seen = &mut met[written.style as usize];
            if any && !*seen && number > 1 {
                return true;
            }
            *seen = true;
        }
        false
    }
}
