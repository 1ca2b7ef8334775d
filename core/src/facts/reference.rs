//! References: 《…》 with its nesting, and document numbers, after a title or alone.

use super::{Classes, Facts, Passage, Setting};
use crate::grammar::document_number::{YearAndSerial, bare_year_and_serial, document_number, is_agency_char, year_and_serial};
use crate::lexicon::{entries, file, lists};
use crate::room;
use crate::scan::Class;
use crate::{DocumentNumber, Reference};
use std::num::NonZero;
use std::sync::LazyLock;

/// Longest code of an agency, in bytes: what stands further left of 〔2023〕 is not part of it.
const LONGEST_AGENCY: usize = 48;

/// The code of an agency whose number has no brackets, in bytes: two to eight characters.
const AGENCY: std::ops::RangeInclusive<usize> = 6..=24;

lists! {
    /// Words that stand before a number in a sentence and end like no agency's code, which begins after the last, and what a
    /// number may be called instead: see `references.txt`.
    References: no_agency kind
}

static REFERENCES: LazyLock<References> = LazyLock::new(|| References::of(&entries(file!("../lexicon/references.txt"))));

/// Where a reference may stand: before a title, or at the year of a document number.
pub(crate) const ANNOUNCED_BY: Classes = Classes::of([Class::BookOpen, Class::Open, Class::Digit]);

/// Finds the references of a paragraph.
pub(crate) fn find(passage: &Passage<'_>, _setting: &Setting, out: &mut Facts, taken: &mut Vec<(u32, u32)>) {
    let text = passage.view.text;
    let mut done = 0;
    let mut books = Books::default();
    for (row, anchor) in passage.anchors.iter().enumerate() {
        let at = anchor.at as usize;
        if at < done {
            continue;
        }
        match anchor.class {
            Class::BookOpen => {
                let close = books.close_of(passage, row);
                let start = at + '《'.len_utf8();
                let (title_end, after) = close.unwrap_or_else(|| {
                    let end = unclosed_end(passage, row);
                    (end, end)
                });
                if title_end <= start {
                    continue;
                }
                if close.is_none() {
                    room::push(&mut out.unclosed, passage.view.span(at, start));
                }
                let number = number_after(text, after);
                done = number.map_or(after, |(_, end, _)| end);
                push(passage, out, taken, at, Some((start, title_end)), number);
            }
            // An agency's code stands before it.
            Class::Open if at > done => {
                let Ok((rest, value)) = year_and_serial(&text[at..]) else { continue };
                let agency = agency_before(&text[done..at]);
                if agency == 0 {
                    continue;
                }
                let (start, end) = (at - agency, text.len() - rest.len());
                push(passage, out, taken, start, None, Some((start, end, (agency, value))));
                done = end;
            }
            // Of year and serial number together six figures at least.
            Class::Digit if at - done >= *AGENCY.start() && text.as_bytes().get(at + 5).is_some_and(u8::is_ascii_digit) => {
                let Ok((rest, value)) = bare_year_and_serial(&text[at..]) else { continue };
                let agency = agency_before(&text[done..at]);
                // Without brackets it is one where it stands by itself: （深水监察2016141号）.
                let (start, end) = (at - agency, text.len() - rest.len());
                let alone = |c: Option<char>| c.is_none_or(|c| !is_agency_char(c) && !c.is_ascii_digit());
                if AGENCY.contains(&agency)
                    && alone(text[..start].chars().next_back())
                    && alone(rest.chars().next())
                    && text[start..at].chars().all(|c| !c.is_ascii())
                {
                    push(passage, out, taken, start, None, Some((start, end, (agency, value))));
                    done = end;
                }
            }
            _ => {}
        }
    }
}

/// Start and end of a number, the length of its agency's code, and the rest of it.
type Number = (usize, usize, (usize, YearAndSerial));

fn push(passage: &Passage<'_>, out: &mut Facts, taken: &mut Vec<(u32, u32)>, start: usize, title: Option<(usize, usize)>, number: Option<Number>) {
    let view = &passage.view;
    let end = match (number, title) {
        (Some((_, end, _)), _) => end,
        // The closing mark, where there is one.
        (None, Some((_, end))) if view.text[end..].starts_with('》') => end + '》'.len_utf8(),
        (None, Some((_, end))) => end,
        (None, None) => return,
    };
    room::push(
        &mut out.references,
        Reference {
            span: view.span(start, end),
            title: title.map(|(from, to)| view.span(from, to)),
            number: number.map(|(from, to, (agency, value))| DocumentNumber {
                span: view.span(from, to),
                agency: view.span(from, from + agency),
                year: value.year,
                serial: value.serial,
            }),
            section: passage.section,
        },
    );
    room::push(taken, (start as u32, end as u32));
}

/// Which 》 closes which 《, worked out at the first question.
#[derive(Default)]
struct Books {
    known: bool,
    /// Rows of 《 in order, each with the offset of its 》.
    pairs: Vec<(u32, Option<NonZero<u32>>)>,
    next: usize,
}

impl Books {
    /// The offsets before and after the 》; rows are asked for in order.
    fn close_of(&mut self, passage: &Passage<'_>, row: usize) -> Option<(usize, usize)> {
        if !self.known {
            self.known = true;
            let mut open = Vec::new();
            for (row, anchor) in passage.anchors.iter().enumerate().skip(row) {
                match anchor.class {
                    Class::BookOpen => {
                        open.push(self.pairs.len());
                        self.pairs.push((row as u32, None));
                    }
                    Class::BookClose => {
                        if let Some(pair) = open.pop() {
                            self.pairs[pair].1 = NonZero::new(anchor.at);
                        }
                    }
                    _ => {}
                }
            }
        }
        while self.pairs.get(self.next).is_some_and(|p| (p.0 as usize) < row) {
            self.next += 1;
        }
        let close = self.pairs.get(self.next).filter(|p| p.0 as usize == row)?.1?.get() as usize;
        Some((close, close + '》'.len_utf8()))
    }
}

/// Where the title of a 《 without 》 ends: with its sentence, or where the next title begins.
fn unclosed_end(passage: &Passage<'_>, row: usize) -> usize {
    let ends = |class| matches!(class, Class::Stop | Class::BookOpen | Class::Semicolon);
    let next = passage.anchors[row + 1..].iter().find(|a| ends(a.class));
    next.map_or(passage.view.text.len(), |a| a.at as usize)
}

/// The number that follows a title, in brackets or not.
fn number_after(text: &str, at: usize) -> Option<Number> {
    let rest = &text[at..];
    let bracket = rest.chars().next().filter(|c| matches!(*c, '(' | '（' | '[' | '［' | '【' | '〔')).map_or(0, char::len_utf8);
    let (left, (agency, value)) = document_number(&rest[bracket..]).ok()?;
    // 《…》措施的通知 青市监〔2021〕5号: words stand between, so the number is another's.
    let own = agency_before(&rest[bracket..bracket + agency]) == agency;
    own.then_some((at + bracket, text.len() - left.len(), (agency, value)))
}

/// The length of the agency's code that `before` ends with.
fn agency_before(before: &str) -> usize {
    // 某公交（通）: one word in brackets belongs to it.
    let outside = before
        .strip_suffix([')', '）'])
        .and_then(|left| {
            let near = left.ceil_char_boundary(before.len().saturating_sub(18));
            left[near..].rfind(['(', '（']).map(|open| near + open)
        })
        .filter(|open| before[..*open].ends_with(is_agency_char));
    let end = outside.unwrap_or(before.len());
    let mut from = end;
    for (at, c) in before[..end].char_indices().rev() {
        if !is_agency_char(c) || end - at > LONGEST_AGENCY {
            break;
        }
        from = at;
    }
    let run = &before[from..end];
    // 政府令 and 部门公告 are names of numbers.
    let kind = |at: usize| REFERENCES.kind.has(&run[at..]);
    let ends = |(at, _)| Some(at + REFERENCES.no_agency.start(&run[at..])).filter(|end| *end > at && !kind(*end));
    let cut = run.char_indices().filter_map(ends).max().unwrap_or(0);
    if cut == run.len() { 0 } else { before.len() - from - cut }
}
