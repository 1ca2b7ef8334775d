//! Which bracket closes which: one pass with a stack, at any depth, in linear time.

use crate::scan::{Anchor, Class};

/// Every bracket that opens, of either width.
pub(crate) const OPENING: [char; 8] = ['(', '（', '[', '［', '【', '〔', '{', '｛'];

/// Every bracket that closes.
pub(crate) const CLOSING: [char; 8] = [')', '）', ']', '］', '】', '〕', '}', '｝'];

/// The brackets that a sentence has to close; furniture and drawings are made of the others.
pub(crate) const MUST_CLOSE: [char; 4] = ['（', '(', '《', '〔'];

/// A bracket and its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Byte offset of the opening bracket.
    pub(crate) open: u32,
    /// Byte offset of what it holds.
    pub(crate) inner: u32,
    /// Byte offset of the closing bracket, or of the place where the content has to end without one.
    pub(crate) close: u32,
    /// Byte offset after the closing bracket; `close` when there is none.
    pub(crate) end: u32,
    /// Row of the first anchor inside.
    pub(crate) first: u32,
    /// Row of the closing bracket's anchor, or of the first anchor outside.
    pub(crate) last: u32,
    /// Row of the first pair that is not inside this one.
    pub(crate) after: u32,
    /// How many pairs hold this one.
    pub(crate) depth: u32,
}

impl Pair {
    /// Whether the closing bracket exists.
    pub(crate) fn closed(&self) -> bool {
        self.end > self.close
    }
}

/// Round brackets close round ones, square ones ([ 【 〔) square ones: copying turns one square bracket into
/// another, but hardly ever into a round one.
fn family(text: &str, at: u32) -> u8 {
    match text[at as usize..].chars().next() {
        Some('(' | '（' | ')' | '）') => 0,
        Some('{' | '｛' | '}' | '｝') => 2,
        _ => 1,
    }
}

/// The pairs of a paragraph, and room for those that are open while it is read.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub(crate) all: Vec<Pair>,
    open: Vec<(u32, u8, Option<u32>)>,
}

/// Finds the pairs of a paragraph, in the order of their opening brackets.
///
/// A closing bracket closes the nearest open one of its family; what was opened in between and not closed ends
/// with it. One whose family is not open at all (三十六)) closes nothing, except that it ends an innermost
/// bracket that finds no other end ([责任单位：…)).
pub(crate) fn pairs(text: &str, anchors: &[Anchor], room: &mut Pairs) {
    let Pairs { all: out, open: stack } = room;
    out.clear();
    out.reserve(anchors.iter().filter(|a| a.class == Class::Open).count());
    let mut open = [0u32; 3];
    for (row, anchor) in anchors.iter().enumerate() {
        match anchor.class {
            Class::Open => {
                let kind = family(text, anchor.at);
                let inner = anchor.at + width(text, anchor.at);
                let (first, depth) = (row as u32 + 1, stack.len() as u32);
                stack.push((out.len() as u32, kind, None));
                open[kind as usize] += 1;
                out.push(Pair { open: anchor.at, inner, close: 0, end: 0, first, last: 0, after: 0, depth });
            }
            Class::Close => {
                let kind = family(text, anchor.at);
                if open[kind as usize] == 0 {
                    if let Some((_, _, stray @ None)) = stack.last_mut() {
                        *stray = Some(row as u32);
                    }
                    continue;
                }
                while let Some((pair, found, _)) = stack.pop() {
                    open[found as usize] -= 1;
                    let pair = pair as usize;
                    let end = if found == kind { anchor.at + width(text, anchor.at) } else { anchor.at };
                    let after = out.len() as u32;
                    out[pair] = Pair { close: anchor.at, end, last: row as u32, after, ..out[pair] };
                    if found == kind {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    for (pair, _, stray) in stack.drain(..) {
        let pair = pair as usize;
        // A stray end counts only if nothing was opened before it: what a bracket holds stays in one piece.
        let stray = stray.filter(|row| out.get(pair + 1).is_none_or(|next| next.first > *row));
        let (close, end, last, after) = match stray {
            Some(row) => {
                let at = anchors[row as usize].at;
                (at, at + width(text, at), row, pair + 1)
            }
            None => (text.len() as u32, text.len() as u32, anchors.len() as u32, out.len()),
        };
        out[pair] = Pair { close, end, last, after: after as u32, ..out[pair] };
    }
}

fn width(text: &str, at: u32) -> u32 {
    text[at as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, bool, u32)> {
        let (mut anchors, mut room) = (Vec::new(), Pairs::default());
        crate::scan::scan_squeezed(text, &mut anchors);
        pairs(text, &anchors, &mut room);
        room.all.iter().map(|p| (&text[p.inner as usize..p.close as usize], p.closed(), p.depth)).collect()
    }

    #[test]
    fn partners() {
        assert_eq!(read("甲（乙(丙)）【丁]"), [("乙(丙)", true, 0), ("丙", true, 1), ("丁", true, 0)]);
        assert_eq!(read("[甲(乙]丙"), [("甲(乙", true, 0), ("乙", false, 1)]);
        assert_eq!(read("1)甲(乙)"), [("乙", true, 0)]);
        assert_eq!(read("[甲)乙"), [("甲", true, 0)]);
        assert_eq!(read("[甲1)乙]"), [("甲1)乙", true, 0)]);
        assert_eq!(read("（甲"), [("甲", false, 0)]);
    }

    #[test]
    fn a_flood_of_brackets_is_read_once() {
        let text = "([".repeat(50_000);
        assert_eq!(read(&text).len(), 100_000);
    }
}
