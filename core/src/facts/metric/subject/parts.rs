//! Which places of the text are the subject of a number?

use crate::lexicon::LEXICON;

/// Subjects in the view's offsets, without allocation.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::facts::metric) struct Parts {
    at: [(u32, u32); 8],
    len: u8,
}

impl Parts {
    pub(in crate::facts::metric) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.at[..self.len as usize].iter().map(|(a, b)| (*a as usize, *b as usize))
    }

    /// Takes in a part that says something: at least one character that is no digit.
    pub(super) fn add(&mut self, text: &str, start: usize, end: usize) {
        if text[start..end].starts_with(['(', '（']) {
            return;
        }
        if text[start..end].contains(|c: char| !c.is_ascii_digit() && !c.is_ascii_punctuation() && !matches!(c, '年' | '止')) {
            self.push(start, end);
        }
    }

    /// As they were kept.
    pub(in crate::facts::metric) fn of(kept: &[(u32, u32)]) -> Self {
        let mut parts = Self::default();
        kept.iter().for_each(|(a, b)| parts.push(*a as usize, *b as usize));
        parts
    }

    pub(super) fn one(start: usize, end: usize) -> Self {
        let mut parts = Self::default();
        parts.push(start, end);
        parts
    }

    pub(super) fn push(&mut self, start: usize, end: usize) {
        if (self.len as usize) < self.at.len() && start < end {
            self.at[self.len as usize] = (start as u32, end as u32);
            self.len += 1;
        }
    }

    /// As many parts as there are numbers for them; the last may hold two, joined by 和, and the last two may be one.
    pub(in crate::facts::metric) fn dealt(&self, text: &str, count: usize) -> Option<Self> {
        let len = self.len as usize;
        if len == count {
            return Some(*self);
        }
        // 餐饮、仓储和运输业分别增长8%、9%
        if len == count + 1 && len > 1 {
            let ((start, to), (from, end)) = (self.at[len - 2], self.at[len - 1]);
            let mut parts = *self;
            parts.at[len - 2] = (start, end);
            parts.len -= 1;
            let between = &text[to as usize..from as usize];
            return (LEXICON.around.and.end(between) > 0).then_some(parts);
        }
        let (start, end) = self.iter().last()?;
        let noun = &text[start..end];
        let mut ands = noun.char_indices().filter(|(_, c)| matches!(c, '和' | '与' | '及'));
        let (and, c) = ands.next()?;
        if len + 1 != count || ands.next().is_some() || and < 6 || end - start - and <= 6 {
            return None;
        }
        let mut parts = *self;
        parts.len -= 1;
        parts.push(start, start + and);
        parts.push(start + and + c.len_utf8(), end);
        Some(parts)
    }

    pub(in crate::facts::metric) fn is_empty(&self) -> bool {
        self.len == 0
    }
}
