//! The words that rules look up, as data: one text file per topic, each readable without the code.

pub(crate) mod structure;

pub(crate) mod duties;

use crate::{Bound, Dimension};
use std::sync::LazyLock;

/// A set of words, to be found at the start or at the end of a text.
///
/// Two bit sets, of first and of last characters, turn nearly every look-up away at once.
#[derive(Debug)]
pub(crate) struct Words {
    by_head: Index,
    by_tail: Index,
}

/// Words by a character of theirs.
#[derive(Debug)]
struct Index {
    /// One bit for each character of the basic plane, and for each 64 of them how many bits stand before.
    set: Box<[u64; 1024]>,
    before: Box<[u16; 1024]>,
    /// Of each character in the set, in order, where its words begin; one more at the end.
    starts: Vec<u16>,
    /// The words of a character stand together, the longest first.
    words: Vec<&'static str>,
}

fn bit(set: &[u64; 1024], c: char) -> bool {
    set.get(c as usize >> 6).is_some_and(|w| w >> (c as usize & 63) & 1 == 1)
}

impl Index {
    fn new(mut words: Vec<(u16, &'static str)>) -> Self {
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())).then(a.1.cmp(b.1)));
        words.dedup();
        let mut index = Self { set: Box::new([0; 1024]), before: Box::new([0; 1024]), starts: Vec::new(), words: Vec::new() };
        let mut last = None;
        for (key, word) in words {
            if last.replace(key) != Some(key) {
                index.set[key as usize >> 6] |= 1 << (key & 63);
                index.starts.push(index.words.len() as u16);
            }
            index.words.push(word);
        }
        index.starts.push(index.words.len() as u16);
        for i in 1..index.set.len() {
            index.before[i] = index.before[i - 1] + index.set[i - 1].count_ones() as u16;
        }
        index
    }

    #[cfg(test)]
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn bucket(&self, c: char) -> &[&'static str] {
        if !bit(&self.set, c) {
            return &[];
        }
        let (block, below) = (c as usize >> 6, (1u64 << (c as usize & 63)) - 1);
        let i = self.before[block] as usize + (self.set[block] & below).count_ones() as usize;
        &self.words[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

impl Words {
    pub(crate) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        for word in words {
            let (Some(head), Some(tail)) = (word.chars().next(), word.chars().next_back()) else { continue };
            // Every word of the lists is of the basic plane.
            heads.push((head as u16, word));
            tails.push((tail as u16, word));
        }
        Self { by_head: Index::new(heads), by_tail: Index::new(tails) }
    }

    /// The length of the longest word that `text` starts with; 0 when it starts with none.
    pub(crate) fn start(&self, text: &str) -> usize {
        self.start_word(text).map_or(0, str::len)
    }

    /// The longest word that `text` starts with.
    pub(crate) fn start_word(&self, text: &str) -> Option<&'static str> {
        let head = text.chars().next()?;
        self.by_head.bucket(head).iter().copied().find(|w| text.starts_with(w))
    }

    /// The length of the longest word that `text` ends with; 0 when it ends with none.
    pub(crate) fn end(&self, text: &str) -> usize {
        let Some(tail) = text.chars().next_back() else { return 0 };
        self.by_tail.bucket(tail).iter().find(|w| text.ends_with(**w)).map_or(0, |w| w.len())
    }

    /// Where the first of the words stands in `text`, in one pass over it.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        text.char_indices().find(|(i, c)| self.by_head.bucket(*c).iter().any(|w| text[*i..].starts_with(w))).map(|(i, _)| i)
    }

    /// Whether `text` is one of the words.
    pub(crate) fn has(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|head| self.by_head.bucket(head).contains(&text))
    }
}

/// The words of a file, each with the heading it stands under.
pub(crate) fn entries(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let (mut all, mut heading) = (Vec::new(), "");
    for line in file.lines().map(str::trim).filter(|l| !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => heading = name,
            None => all.extend(line.split_whitespace().map(|w| (heading, w))),
        }
    }
    all
}

/// Those that stand under one heading.
pub(crate) fn under(all: &[(&'static str, &'static str)], heading: &str) -> Words {
    Words::new(all.iter().filter(|(h, _)| *h == heading).map(|(_, w)| *w))
}

/// A unit of measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) word: &'static str,
    pub(crate) dimension: Dimension,
    /// Not a unit when one of these follows.
    unless: &'static str,
    /// With Chinese numerals it names or ranks.
    pub(crate) arabic_only: bool,
    /// A unit only where a measure is meant.
    pub(crate) measured: bool,
}

/// All units.
#[derive(Debug)]
pub(crate) struct Units {
    heads: Box<[u64; 1024]>,
    /// Sorted by first character, the longest first.
    list: Vec<(char, Unit)>,
}

impl Units {
    fn new(all: &[(&'static str, &'static str)]) -> Self {
        let mut heads = Box::new([0u64; 1024]);
        let mut list: Vec<(char, Unit)> = Vec::new();
        for (heading, entry) in all {
            let (word, unless) = entry.split_once('!').unwrap_or((entry, ""));
            let Ok(dimension) = heading.parse() else { continue };
            let arabic_only = word.contains('~');
            let measured = word.contains('?');
            let word = word.trim_end_matches(['~', '?']);
            let Some(head) = word.chars().next() else { continue };
            if let Some(w) = heads.get_mut(head as usize >> 6) {
                *w |= 1 << (head as usize & 63);
            }
            list.push((head, Unit { word, dimension, unless, arabic_only, measured }));
        }
        list.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.word.len().cmp(&a.1.word.len())));
        Self { heads, list }
    }

    /// Whether a unit begins with this character.
    pub(crate) fn begins(&self, c: char) -> bool {
        bit(&self.heads, c)
    }

    /// The longest unit that `text` starts with.
    pub(crate) fn start(&self, text: &str) -> Option<&Unit> {
        let head = text.chars().next().filter(|c| bit(&self.heads, *c))?;
        let from = self.list.partition_point(|(c, _)| *c < head);
        self.list[from..].iter().take_while(|(c, _)| *c == head).map(|(_, u)| u).find(|u| {
            text.strip_prefix(u.word).is_some_and(|rest| {
                let next = rest.chars().next();
                let latin = u.word.ends_with(|c: char| c.is_ascii_alphanumeric());
                let other = if u.unless.contains('/') { u.unless.split('/').any(|w| rest.starts_with(w)) } else { next.is_some_and(|n| u.unless.contains(n)) };
                let goes_on = latin && next.is_some_and(|n| n.is_ascii_alphanumeric());
                !other && !goes_on
            })
        })
    }
}

/// Every word list.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) units: Units,
    pub(crate) slogans: Words,
    /// Hedges that touch the number on its left, with what they say.
    pub(crate) before: Hedges,
    /// Hedges that touch the unit on its right.
    pub(crate) after: Hedges,
    /// Hedges earlier in the clause.
    pub(crate) apart: Hedges,
    pub(crate) no_hedge: Words,
    pub(crate) increase: Words,
    pub(crate) decrease: Words,
    pub(crate) turn: Words,
    pub(crate) no_change: Words,
    pub(crate) basis: Words,
    /// Durations: see `durations.txt`.
    pub(crate) measure_before: Words,
    pub(crate) period_before: Words,
    pub(crate) reach_before: Words,
    pub(crate) measure_after: Words,
    pub(crate) target: Words,
    pub(crate) target_near: Words,
    pub(crate) actual: Words,
    /// In what demands, these limit: no report in the sentence overrules them.
    pub(crate) limits: Words,
    pub(crate) no_mood: Words,
    /// All of the three, to be asked first.
    pub(crate) moods: Words,
    pub(crate) cut: Words,
    pub(crate) hollow: Words,
    /// All that may stand between the noun and its number.
    pub(crate) between: Words,
    pub(crate) lead: Words,
    pub(crate) verb: Words,
    pub(crate) predicate: Words,
    pub(crate) noun: Words,
    pub(crate) stop: Words,
    pub(crate) inner: Words,
    pub(crate) give: Words,
    pub(crate) rate: Words,
    pub(crate) relative: Words,
    pub(crate) attend: Words,
    pub(crate) result: Words,
    pub(crate) yardstick: Words,
    /// What a list of nouns shares at its end.
    pub(crate) shared: Words,
    /// Contradictions: see `checks.txt`.
    pub(crate) part_rate: Words,
    pub(crate) came_in: Words,
    pub(crate) left_before: Words,
    pub(crate) done: Words,
    pub(crate) left_after: Words,
    pub(crate) total: Words,
}

/// Hedging words and what each says.
#[derive(Debug)]
pub(crate) struct Hedges {
    words: Words,
    bounds: Vec<(&'static str, Bound)>,
}

impl Hedges {
    fn new(all: &[(&'static str, &'static str)], side: &str) -> Self {
        let mut bounds: Vec<_> = all
            .iter()
            .filter_map(|(heading, word)| {
                let (s, bound) = heading.split_once(' ')?;
                (s == side).then_some(())?;
                Some((*word, bound.parse().ok()?))
            })
            .collect();
        bounds.sort_unstable_by_key(|(w, _)| *w);
        Self { words: Words::new(bounds.iter().map(|(w, _)| *w)), bounds }
    }

    fn bound(&self, word: &str) -> Option<Bound> {
        self.bounds.binary_search_by(|(w, _)| (*w).cmp(word)).ok().map(|i| self.bounds[i].1)
    }

    /// The longest hedge that `text` starts with: its length and what it says.
    pub(crate) fn start(&self, text: &str) -> Option<(usize, Bound)> {
        let len = self.words.start(text);
        if len == 0 { None } else { Some((len, self.bound(&text[..len])?)) }
    }

    /// The longest hedge that `text` ends with.
    pub(crate) fn end(&self, text: &str) -> Option<(usize, Bound)> {
        let len = self.words.end(text);
        if len == 0 { None } else { Some((len, self.bound(&text[text.len() - len..])?)) }
    }
}

/// The word lists, read once.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let units = entries(include_str!("units.txt"));
    let hedges = entries(include_str!("hedges.txt"));
    let changes = entries(include_str!("changes.txt"));
    let checks = entries(include_str!("checks.txt"));
    let durations = entries(include_str!("durations.txt"));
    let modality = entries(include_str!("modality.txt"));
    let subject = entries(include_str!("subject.txt"));
    let slogans = entries(include_str!("slogans.txt"));
    Lexicon {
        units: Units::new(&units),
        slogans: under(&slogans, ""),
        before: Hedges::new(&hedges, "before"),
        after: Hedges::new(&hedges, "after"),
        apart: Hedges::new(&hedges, "apart"),
        no_hedge: under(&hedges, "no hedge"),
        increase: under(&changes, "increase"),
        decrease: under(&changes, "decrease"),
        turn: under(&changes, "turn"),
        no_change: under(&changes, "no change"),
        basis: under(&changes, "basis"),
        measure_before: under(&durations, "measure before"),
        period_before: under(&durations, "period before"),
        reach_before: under(&durations, "reach before"),
        measure_after: under(&durations, "measure after"),
        target: under(&modality, "target"),
        target_near: under(&modality, "target near"),
        actual: under(&modality, "actual"),
        limits: under(&modality, "limit"),
        no_mood: under(&modality, "not"),
        moods: Words::new(modality.iter().filter(|(h, _)| ["target", "actual", "not"].contains(h)).map(|(_, w)| *w)),
        cut: under(&subject, "cut"),
        hollow: under(&subject, "hollow"),
        between: Words::new(
            subject
                .iter()
                .filter(|(h, _)| *h == "trail")
                .chain(changes.iter().filter(|(h, _)| ["increase", "decrease", "basis"].contains(h)))
                .chain(hedges.iter().filter(|(h, _)| h.starts_with("before")))
                .map(|(_, w)| *w),
        ),
        lead: under(&subject, "lead"),
        verb: under(&subject, "verb"),
        predicate: under(&subject, "predicate"),
        noun: under(&subject, "noun"),
        inner: under(&subject, "inner"),
        stop: under(&subject, "stop"),
        give: under(&subject, "give"),
        rate: under(&subject, "rate"),
        relative: under(&subject, "relative"),
        attend: under(&subject, "attend"),
        result: under(&subject, "result"),
        yardstick: under(&subject, "yardstick"),
        shared: under(&subject, "shared"),
        part_rate: under(&checks, "part rate"),
        came_in: under(&checks, "came in"),
        left_before: under(&checks, "left before"),
        done: under(&checks, "done"),
        left_after: under(&checks, "left after"),
        total: under(&checks, "total"),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let lexicon = &*LEXICON;
        let unit = |t: &str| lexicon.units.start(t).map(|u| u.word);
        assert_eq!(unit("人次参加"), Some("人次"));
        assert_eq!(unit("人口"), None);
        assert_eq!(unit("户籍"), None);
        assert_eq!(unit("户次，"), Some("户次"));
        assert_eq!(unit("个百分点"), Some("个百分点"));
        assert_eq!(unit("平方公里"), Some("平方公里"));
        assert_eq!(unit("kWhX"), None);
        assert_eq!(lexicon.before.end("总和不得超过"), Some(("不得超过".len(), Bound::AtMost)));
        assert_eq!(lexicon.after.start("及以上的"), Some(("及以上".len(), Bound::AtLeast)));
        assert!(lexicon.cut.has("开展"));
    }
}
