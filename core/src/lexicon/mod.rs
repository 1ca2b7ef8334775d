//! The words that rules look up, as data: one text file per topic, each readable without the code.

pub(crate) mod frame;
pub(crate) mod genre;

pub(crate) mod structure;

pub(crate) mod duties;
pub(crate) mod words;

use crate::scan::{WIDE, position};
use crate::{Bound, Dimension};
use std::str::Chars;
use std::sync::{LazyLock, OnceLock};

/// A set of words, to be found at the start or at the end of a text.
///
/// A set of first and one of last characters turn nearly every look-up away at once; of the words that are left the
/// next character decides. Of the two ways to look, each is made ready when it is first used: till then only the texts
/// are known that the words stand in.
#[derive(Debug)]
pub(crate) struct Words {
    texts: Vec<&'static str>,
    /// Stands between two words: a blank, or a line end where words may have blanks in them.
    between: u8,
    by_head: OnceLock<Box<Index>>,
    by_tail: OnceLock<Box<Index>>,
}

/// A small set of the last twelve bits of characters, in which a few others pass for one of them.
#[derive(Debug)]
struct Near([u64; 64]);

impl Near {
    const fn add(&mut self, c: u32) {
        self.0[c as usize >> 6 & 63] |= 1 << (c & 63);
    }

    /// Whether a character may be in the set.
    #[inline(always)]
    fn may_have(&self, c: u32) -> bool {
        self.0[c as usize >> 6 & 63] >> (c & 63) & 1 == 1
    }
}

/// A set of characters of the basic plane: the sets of 256 characters each that are not empty, and which of them is whose.
///
/// Most characters that are asked for are not in it, and `near` turns nearly all of those away.
#[derive(Debug)]
struct CharSet {
    near: Near,
    pages: [u8; 256],
    sets: Vec<[u64; 4]>,
}

impl CharSet {
    /// The empty set: its one page is that of all who have none of their own.
    fn new() -> Self {
        let mut sets = Vec::with_capacity(8);
        sets.push([0; 4]);
        Self { near: Near([0; 64]), pages: [0; 256], sets }
    }

    fn add(&mut self, c: u32) {
        self.near.add(c);
        let page = &mut self.pages[c as usize >> 8];
        if *page == 0 {
            *page = self.sets.len() as u8;
            self.sets.push([0; 4]);
        }
        self.sets[usize::from(*page)][c as usize >> 6 & 3] |= 1 << (c & 63);
    }

    #[inline]
    fn has(&self, c: char) -> bool {
        self.near.may_have(c as u32) && self.holds(c as usize)
    }

    fn holds(&self, c: usize) -> bool {
        self.pages.get(c >> 8).is_some_and(|page| self.sets[usize::from(*page)][c >> 6 & 3] >> (c & 63) & 1 == 1)
    }
}

/// A word, or what else is looked up by two of its characters, which are its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<T> {
    key: u32,
    /// How long the word is: of one key the longest stand first.
    pub(crate) len: u16,
    /// The next row of its key, counted from 1.
    next: u16,
    pub(crate) what: T,
}

impl<T> Row<T> {
    pub(crate) const fn new(key: u32, len: usize, what: T) -> Self {
        Self { key, len: len as u16, next: 0, what }
    }
}

/// Rows by their keys.
#[derive(Debug)]
pub(crate) struct Groups<T: 'static> {
    /// Of each key its first row, counted from 1, at the place that its product gives or behind it.
    pub(crate) first: &'static [u16],
    pub(crate) rows: &'static [Row<T>],
}

/// How many places the keys of so many rows are given.
pub(crate) const fn places(rows: usize) -> usize {
    (rows * 2 + 1).next_power_of_two()
}

/// Where the first row of a key stands, or would.
#[inline]
const fn place<T>(first: &[u16], rows: &[Row<T>], key: u32) -> usize {
    let last = first.len() - 1;
    let mut at = (key.wrapping_mul(0x9E37_79B1) >> 16) as usize & last;
    loop {
        let row = first[at] as usize;
        if row == 0 || rows[row - 1].key == key {
            return at;
        }
        at = (at + 1) & last;
    }
}

/// Puts a row among those of its key, behind all that are as long; whether it is the only one.
#[inline]
pub(crate) const fn link<T>(first: &mut [u16], rows: &mut [Row<T>], new: usize) -> bool {
    let (place, len) = (place(first, rows, rows[new].key), rows[new].len);
    let (mut before, mut next) = (0, first[place] as usize);
    let alone = next == 0;
    while next > 0 && rows[next - 1].len >= len {
        (before, next) = (next, rows[next - 1].next as usize);
    }
    rows[new].next = next as u16;
    *(if before == 0 { &mut first[place] } else { &mut rows[before - 1].next }) = new as u16 + 1;
    alone
}

impl<T> Groups<T> {
    /// The rows of a key, with their numbers.
    #[inline]
    pub(crate) fn of(&self, key: u32) -> impl Iterator<Item = (usize, &'static Row<T>)> {
        let mut next = self.first[place(self.first, self.rows, key)];
        std::iter::from_fn(move || {
            let row = usize::from(next).wrapping_sub(1);
            let found = self.rows.get(row)?;
            next = found.next;
            Some((row, found))
        })
    }
}

/// Words by two characters at one of their ends.
#[derive(Debug)]
struct Index {
    /// How long the shortest is, and the longest.
    shortest: usize,
    longest: usize,
    first: CharSet,
    /// Whether some words are of a single character, and whether all are.
    alone: bool,
    single: bool,
    groups: Groups<&'static str>,
}

/// No word has it, and it stands before all others.
const ALONE: char = '\0';

impl Index {
    /// `ends` gives a word's key and the character next to it; `many` is about how many words there are.
    fn new(words: impl Iterator<Item = &'static str>, many: usize, ends: impl Fn(&str) -> Option<(char, char)>) -> Self {
        let mut rows = Vec::with_capacity(many);
        // Every word of the lists is of the basic plane.
        words.for_each(|word| rows.extend(ends(word).map(|(c, next)| Row::new(pair(c, next), word.len(), word))));
        let (mut places, mut first) = (vec![0; places(rows.len())], CharSet::new());
        let (mut shortest, mut longest, mut alone, mut single) = (usize::MAX, 0, false, true);
        for row in 0..rows.len() {
            let (key, len) = (rows[row].key, usize::from(rows[row].len));
            if link(&mut places, &mut rows, row) {
                first.add(key >> 16);
                let one = key & 0xFFFF == ALONE as u32;
                (alone, single) = (alone || one, single && one);
            }
            (shortest, longest) = (shortest.min(len), longest.max(len));
        }
        Self { shortest, longest, first, alone, single, groups: Groups { first: places.leak(), rows: rows.leak() } }
    }

    fn word(&self, row: usize) -> &'static str {
        self.groups.rows[row].what
    }

    /// The rows of a pair.
    #[inline]
    fn rows(&self, key: char, next: char) -> impl Iterator<Item = (usize, &'static Row<&'static str>)> {
        self.groups.of(pair(key, next))
    }

    /// The rows that are this word.
    fn same(&self, word: &str) -> impl Iterator<Item = usize> {
        let (key, next) = head(word).unwrap_or((ALONE, ALONE));
        self.rows(key, next).filter(move |(_, row)| row.what == word).map(|(row, _)| row)
    }

    /// The row of the longest word of the key `c` that `fits`, where `next` is the character beside it. Of a word of
    /// no more than these two characters, which have `known` bytes, `text` need not be asked whether it has it.
    #[inline]
    fn longest(&self, (c, next): (char, char), known: usize, has: impl Fn(&str) -> bool, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let alone = || self.rows(c, ALONE).map(|(row, _)| row).find(|row| fits(*row));
        if self.single {
            return alone();
        }
        let found = self.rows(c, next).find(|(at, row)| (usize::from(row.len) <= known || has(row.what)) && fits(*at));
        // What has a character more is longer.
        match found {
            Some((row, _)) => Some(row),
            None if next == ALONE || !self.alone => None,
            None => alone(),
        }
    }

    /// The row of the longest word that `text` starts with.
    #[inline(always)]
    fn start(&self, text: &str) -> Option<usize> {
        let mut behind = text.chars();
        let c = behind.next()?;
        if self.first.near.may_have(c as u32) { self.known_start(text, c, behind) } else { None }
    }

    /// As [`Self::start`], where words begin with the first character; `behind` is what follows it.
    #[inline(never)]
    fn known_start(&self, text: &str, c: char, mut behind: Chars<'_>) -> Option<usize> {
        let next = behind.next().unwrap_or(ALONE);
        self.longest((c, next), text.len() - behind.as_str().len(), |w| text.starts_with(w), |_| true)
    }

    /// The row of the longest word that `text` ends with.
    #[inline(always)]
    fn end(&self, text: &str) -> Option<usize> {
        let mut before = text.chars();
        let c = before.next_back()?;
        if self.first.near.may_have(c as u32) { self.known_end(text, c, before) } else { None }
    }

    #[inline(never)]
    fn known_end(&self, text: &str, c: char, mut before: Chars<'_>) -> Option<usize> {
        let next = before.next_back().unwrap_or(ALONE);
        self.longest((c, next), text.len() - before.as_str().len(), |w| text.ends_with(w), |_| true)
    }
}

/// Two characters of the basic plane as one number; never 0.
#[inline]
pub(crate) const fn pair(key: char, next: char) -> u32 {
    // A character beyond it stands in no word.
    if key as u32 > 0xFFFF || next as u32 > 0xFFFF { u32::MAX } else { (key as u32) << 16 | next as u32 }
}

/// The character at a place of a text, and how long it is.
const fn char_at(text: &[u8], at: usize) -> (char, usize) {
    let first = text[at] as u32;
    let len = if first < 0x80 { 1 } else { text[at].leading_ones() as usize };
    let (mut code, mut i) = (if len == 1 { first } else { first & 0x7F >> len }, 1);
    while i < len {
        code = code << 6 | text[at + i] as u32 & 0x3F;
        i += 1;
    }
    (char::from_u32(code).expect("the text is whole"), len)
}

/// The first two characters between two places of a text, as [`head`] gives them.
pub(crate) const fn head_at(text: &[u8], from: usize, to: usize) -> (char, char) {
    let (c, len) = char_at(text, from);
    (c, if from + len < to { char_at(text, from + len).0 } else { ALONE })
}

/// A word's first two characters.
#[inline]
pub(crate) fn head(word: &str) -> Option<(char, char)> {
    let mut chars = word.chars();
    Some((chars.next()?, chars.next().unwrap_or(ALONE)))
}

/// A word's last two characters, the last first.
#[inline]
fn tail(word: &str) -> Option<(char, char)> {
    let mut chars = word.chars().rev();
    Some((chars.next()?, chars.next().unwrap_or(ALONE)))
}

impl Words {
    /// Of words that may have blanks in them.
    pub(crate) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        Self { texts: words.collect(), between: b'\n', by_head: OnceLock::new(), by_tail: OnceLock::new() }
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.texts.iter().flat_map(|text| split(text, self.between))
    }

    fn index(&self, ends: impl Fn(&str) -> Option<(char, char)>) -> Box<Index> {
        Box::new(Index::new(self.words(), self.texts.iter().map(|text| text.len() / WORD).sum(), ends))
    }

    #[inline]
    fn heads(&self) -> &Index {
        self.by_head.get_or_init(|| self.index(head))
    }

    #[inline]
    fn tails(&self) -> &Index {
        self.by_tail.get_or_init(|| self.index(tail))
    }

    /// The length of the longest word that `text` starts with; 0 when it starts with none.
    #[inline]
    pub(crate) fn start(&self, text: &str) -> usize {
        self.start_word(text).map_or(0, str::len)
    }

    /// As [`Self::start`], where the first character of `text` is known.
    #[inline]
    pub(crate) fn start_at(&self, text: &str, first: char) -> usize {
        let index = self.heads();
        let row = if index.first.near.may_have(first as u32) { index.known_start(text, first, text[first.len_utf8()..].chars()) } else { None };
        row.map_or(0, |row| index.word(row).len())
    }

    /// The longest word that `text` starts with.
    #[inline(always)]
    pub(crate) fn start_word(&self, text: &str) -> Option<&'static str> {
        let index = self.heads();
        index.start(text).map(|row| index.word(row))
    }

    /// Whether some word begins with `c`.
    #[inline]
    pub(crate) fn begins(&self, c: char) -> bool {
        self.heads().first.has(c)
    }

    /// Whether some word ends with `c`.
    #[inline]
    pub(crate) fn finishes(&self, c: char) -> bool {
        self.tails().first.has(c)
    }

    /// The length of the longest word that `text` ends with; 0 when it ends with none.
    #[inline]
    pub(crate) fn end(&self, text: &str) -> usize {
        self.end_word(text).map_or(0, str::len)
    }

    #[inline(always)]
    fn end_word(&self, text: &str) -> Option<&'static str> {
        let index = self.tails();
        index.end(text).map(|row| index.word(row))
    }

    /// Where the first of the words stands in `text`, in one pass over it.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.find_word(text).map(|(at, _)| at)
    }

    /// Where the first of the words stands in `text`, and which: of several at one place the longest.
    pub(crate) fn find_word(&self, text: &str) -> Option<(usize, &'static str)> {
        let index = self.heads();
        // Lines of a character or two are many.
        if text.len() < index.shortest {
            return None;
        }
        let mut from = 0;
        while let Some(at) = position(text, from, |c| index.first.near.may_have(c)) {
            let mut behind = text[at..].chars();
            let c = behind.next()?;
            if let Some(row) = index.known_start(&text[at..], c, behind) {
                return Some((at, index.word(row)));
            }
            from = at + c.len_utf8();
        }
        None
    }

    /// Whether one of the words stands in `text`.
    pub(crate) fn any(&self, text: &str) -> bool {
        self.find_word(text).is_some()
    }

    /// Every place of `text` where one of the words stands, of several at one place the longest.
    pub(crate) fn all(&self, text: &str) -> impl Iterator<Item = (usize, &'static str)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (at, word) = self.find_word(&text[from..])?;
            let place = from + at;
            from = place + text[place..].chars().next().map_or(1, char::len_utf8);
            Some((place, word))
        })
    }

    /// The word that stands last in `text`.
    #[cfg(feature = "indicators")]
    pub(crate) fn last(&self, text: &str) -> Option<&'static str> {
        text.char_indices().rev().find_map(|(at, _)| self.start_word(&text[at..]))
    }

    /// `text` without the longest of the words that it begins with.
    #[inline(always)]
    pub(crate) fn strip_prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.start_word(text).map(|word| &text[word.len()..])
    }

    /// `text` without the longest of the words that it ends with.
    #[inline(always)]
    pub(crate) fn strip_suffix<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.end_word(text).map(|word| &text[..text.len() - word.len()])
    }

    /// `text` without any of the words that it begins with.
    pub(crate) fn trim_start<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(rest) = self.strip_prefix(text) {
            text = rest;
        }
        text
    }

    /// `text` without any of the words that it ends with.
    #[inline]
    pub(crate) fn trim_end<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(rest) = self.strip_suffix(text) {
            text = rest;
        }
        text
    }

    /// Whether `text` is one of the words.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.row(text).is_some()
    }

    /// Which of the words `text` is, in the order in which they were given.
    pub(crate) fn row(&self, text: &str) -> Option<usize> {
        let index = self.heads();
        if text.len() < index.shortest || text.len() > index.longest {
            return None;
        }
        text.chars().next().filter(|c| index.first.near.may_have(*c as u32))?;
        index.same(text).next()
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.words().next().is_none()
    }
}

/// Copies the lines of a file that are no comments, as far as they fit, and counts their bytes.
pub(crate) const fn without_comments<const N: usize>(file: &str) -> ([u8; N], usize) {
    let bytes = file.as_bytes();
    let (mut out, mut len, mut i) = ([0; N], 0, 0);
    let mut comment = false;
    while i < bytes.len() {
        if i == 0 || bytes[i - 1] == b'\n' {
            comment = bytes[i] == b'#';
        }
        if !comment {
            if len < N {
                out[len] = bytes[i];
            }
            len += 1;
        }
        i += 1;
    }
    (out, len)
}

/// Files of words, without their comments: those are for those who write it, and a browser would download them.
macro_rules! file {
    ($($path:literal),+) => {{
        const FILE: &str = concat!($(include_str!($path)),+);
        const LEN: usize = $crate::lexicon::without_comments::<0>(FILE).1;
        const WORDS: &[u8] = &$crate::lexicon::without_comments::<LEN>(FILE).0;
        const TEXT: &str = match std::str::from_utf8(WORDS) {
            Ok(text) => text,
            Err(_) => panic!("whole lines were taken out: it is text still"),
        };
        TEXT
    }};
}
pub(crate) use file;

/// What stands under each heading of a file.
pub(crate) type Entries = [(&'static str, &'static str)];

/// Of each heading of a file what stands under it: words, apart by blanks and line ends.
pub(crate) fn entries(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let (mut all, mut heading, mut from) = (Vec::with_capacity(32), "", 0);
    for open in memchr::memchr_iter(b'[', file.as_bytes()) {
        let end = memchr::memchr(b'\n', &file.as_bytes()[open..]).map_or(file.len(), |end| open + end);
        // [打印 is a word.
        if (open == 0 || file.as_bytes()[open - 1] == b'\n') && file.as_bytes()[end - 1] == b']' {
            all.push((heading, &file[from..open]));
            (heading, from) = (&file[open + 1..end - 1], end);
        }
    }
    all.push((heading, &file[from..]));
    all.retain(|(heading, _)| words::listed(heading));
    all
}

/// The words of a text, apart by `between` or by line ends.
pub(crate) fn split(text: &'static str, between: u8) -> impl Iterator<Item = &'static str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let mut end = 0;
            // Most characters are Chinese, of three bytes, none of which ends a word.
            while let Some(b) = rest.as_bytes().get(end).filter(|b| **b > between) {
                end += if *b < 0xE0 { 1 } else { '中'.len_utf8() };
            }
            let (word, behind) = rest.split_at(end);
            if !word.is_empty() {
                rest = behind;
                return Some(word);
            }
            rest = rest.get(1..)?;
        }
    })
}

/// About how long a word is, with what stands behind it.
const WORD: usize = "增长 ".len();

/// Those that stand under each of some headings: words, apart by `between`.
pub(crate) fn under_each(all: &Entries, headings: &[&str], between: u8) -> Words {
    let texts = headings.iter().flat_map(|heading| all.iter().filter(move |(h, _)| h == heading).map(|(_, text)| *text));
    Words { between, ..Words::new(texts) }
}

/// Those that stand under one heading.
pub(crate) fn under(all: &Entries, heading: &str) -> Words {
    under_each(all, &[heading], b' ')
}

/// Those that stand under a heading whose blanks are written `_`.
pub(crate) fn named(all: &Entries, name: &str) -> Words {
    let same = |heading: &str| heading.len() == name.len() && heading.bytes().zip(name.bytes()).all(|(a, b)| a == if b == b'_' { b' ' } else { b });
    Words { between: b' ', ..Words::new(all.iter().filter(|(heading, _)| same(heading)).map(|(_, text)| *text)) }
}

/// Those that stand under one heading, in the order of the file.
pub(crate) fn listed(all: &Entries, heading: &str) -> Vec<&'static str> {
    under(all, heading).words().collect()
}

/// Declares a struct of word lists, each of them what stands under one heading of a file: `no_limit` is what stands under
/// `[no limit]`; or under each of the headings that it names. Those `in order` are looked through one by one.
macro_rules! lists {
    ($(#[$about:meta])* $name:ident: $($list:ident $(= $($heading:literal)+)?)* $(; in order $($row:ident)+)?) => {
        $(#[$about])*
        #[derive(Debug)]
        pub(crate) struct $name {
            $(pub(crate) $list: $crate::lexicon::Words,)*
            $($(pub(crate) $row: Vec<&'static str>,)+)?
        }

        impl $name {
            pub(crate) fn of(all: &$crate::lexicon::Entries) -> Self {
                Self {
                    $($list: $crate::lexicon::lists!(@ all $list $($($heading)+)?),)*
                    $($($row: $crate::lexicon::named(all, stringify!($row)).words().collect(),)+)?
                }
            }

            /// The headings that have no words: none.
            #[cfg(test)]
            #[allow(dead_code, reason = "not every struct is asked")]
            pub(crate) fn empty(&self) -> Vec<&'static str> {
                [$((stringify!($list), self.$list.is_empty())),*].into_iter().filter(|(_, empty)| *empty).map(|(name, _)| name).collect()
            }
        }
    };
    (@ $all:ident $list:ident) => { $crate::lexicon::named($all, stringify!($list)) };
    (@ $all:ident $list:ident $($heading:literal)+) => { $crate::lexicon::under_each($all, &[$($heading),+], b' ') };
}
pub(crate) use lists;

/// What a character may begin, or end, of the words that are looked for around a number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cue {
    /// 每 and 均.
    Per,
    /// The end of a hedge that stands apart from its number.
    Apart,
    /// The beginning of a word that makes a number in its clause a target.
    Near,
    /// The beginning of a word that limits.
    Limit,
    /// The beginning of a word that tells of all numbers of its sentence whether they report or demand.
    Mood,
    /// 年
    Year,
    /// 五 and 季, of plans and seasons.
    Plan,
    /// The end of what stands before a rank.
    Rank,
    /// The end of what stands before 年 and says which year it is.
    NamedYear,
    /// What opens a name: “ and 《.
    Name,
}

/// A set of cues, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cues(u16);

impl Cues {
    pub(crate) const fn of<const N: usize>(cues: [Cue; N]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < N {
            bits |= 1 << cues[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    #[inline]
    pub(crate) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    #[inline]
    pub(crate) fn has(self, cue: Cue) -> bool {
        self.0 >> cue as u16 & 1 == 1
    }

    #[inline]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The cues of every character of the basic plane.
struct CueTable(Box<[u16; 0x1_0000]>);

impl std::fmt::Debug for CueTable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} characters", self.0.iter().filter(|cues| **cues > 0).count())
    }
}

impl CueTable {
    fn new(rows: &[(char, Cue)]) -> Self {
        // Made of zeros, most of which are never written nor read.
        let mut table = vec![0u16; 0x1_0000];
        for (c, cue) in rows {
            if let Some(cues) = table.get_mut(*c as usize) {
                *cues |= 1 << *cue as u16;
            }
        }
        Self(table.into_boxed_slice().try_into().expect("the table has a place for each character"))
    }

    #[inline(always)]
    fn of(&self, c: u32) -> Cues {
        Cues(self.0.get(c as usize).copied().unwrap_or(0))
    }
}

/// A unit of measure.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) word: &'static str,
    pub(crate) dimension: Dimension,
    /// Not a unit when one of these characters follows, or of these words.
    unless: &'static str,
    unless_words: Vec<&'static str>,
    /// Of Latin letters, which may go on with it.
    pub(crate) latin: bool,
    /// Adds half of one: 个半月.
    pub(crate) half: bool,
    /// Says that there is more than the number: 个多月.
    pub(crate) more: bool,
    /// With Chinese numerals it names or ranks.
    pub(crate) arabic_only: bool,
    /// A unit only where a measure is meant.
    pub(crate) measured: bool,
    /// Counts how often something is done.
    pub(crate) occasion: bool,
    /// Counts kinds.
    pub(crate) kind: bool,
    /// An amount may go on in a smaller one.
    pub(crate) mixed: bool,
}

impl Unit {
    /// Whether it is a unit where `rest` follows it.
    fn stands_before(&self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else { return true };
        // Most begin otherwise: three bytes tell.
        let follows = |word: &str| word.bytes().zip(rest.bytes()).take(WIDE).all(|(a, b)| a == b) && rest.starts_with(word);
        let goes_on = self.latin && c.is_ascii_alphanumeric();
        !goes_on && !self.unless.contains(c) && !self.unless_words.iter().any(|word| follows(word))
    }
}

/// All units.
#[derive(Debug)]
pub(crate) struct Units {
    by_head: Index,
    /// In the order of the index.
    list: Vec<Unit>,
    /// A unit, a smaller one, and how many of that make one of it.
    mixed: Vec<(&'static str, &'static str, u32)>,
    /// Units of what is done each time.
    pub(crate) each_time: Words,
    /// A unit, and what it counts.
    counted: Vec<(&'static str, Words)>,
    /// What says which side of a thing a length measures.
    pub(crate) sides: Vec<&'static str>,
    /// What a rate may be per, beside the units.
    pub(crate) per: Words,
    /// Units that say an age.
    ages: Vec<&'static str>,
    /// Units that count people.
    pub(crate) persons: Vec<&'static str>,
    /// Units behind which a noun belongs to what is said of each.
    pub(crate) takes_noun: Words,
    /// What a speed is per.
    pub(crate) speed: Words,
    /// What a concentration is per.
    pub(crate) concentration: Words,
    /// Units that name a size.
    pub(crate) grade: Words,
    /// What is no unit behind a number, and what stands before a number that needs none.
    pub(crate) none_behind: Words,
    pub(crate) none_after: Words,
}

impl Units {
    fn new(all: &Entries) -> Self {
        let units = || all.iter().filter_map(|(heading, text)| Some((text, Dimension::named(heading)?)));
        let many = units().map(|(text, _)| text.len() / WORD).sum();
        let mut list = Vec::<Unit>::with_capacity(many);
        for (text, dimension) in units() {
            for entry in split(text, b' ') {
                let marks = entry.bytes().position(|b| matches!(b, b'!' | b'~' | b'?')).unwrap_or(entry.len());
                let (word, marks) = entry.split_at(marks);
                let (marks, unless) = marks.split_once('!').unwrap_or((marks, ""));
                // Words apart from each other, or characters.
                let (unless, unless_words) = if unless.contains('/') { ("", unless.split('/').collect()) } else { (unless, Vec::new()) };
                let latin = word.ends_with(|c: char| c.is_ascii_alphanumeric());
                let [half, more] = ['半', '多'].map(|c| dimension == Dimension::Duration && word.contains(c));
                let (arabic_only, measured) = (marks.contains('~'), marks.contains('?'));
                list.push(Unit { word, dimension, unless, unless_words, latin, half, more, arabic_only, measured, occasion: false, kind: false, mixed: false });
            }
        }
        let by_head = Index::new(list.iter().map(|unit| unit.word), many, head);
        let pair = |entry: &'static str| {
            let (units, times) = entry.split_once('=')?;
            let (unit, smaller) = units.split_once('>')?;
            Some((unit, smaller, times.parse().ok()?))
        };
        let mixed: Vec<_> = listed(all, "mixed").into_iter().filter_map(pair).collect();
        let mut mark = |units: &[&str], mark: fn(&mut Unit)| units.iter().flat_map(|unit| by_head.same(unit)).for_each(|row| mark(&mut list[row]));
        mark(&listed(all, "occasion"), |unit| unit.occasion = true);
        mark(&listed(all, "kind"), |unit| unit.kind = true);
        mixed.iter().for_each(|(unit, ..)| mark(&[unit], |unit| unit.mixed = true));
        // 家>企业
        let mut counted: Vec<(&str, Vec<&str>)> = Vec::new();
        for (unit, noun) in listed(all, "counted").into_iter().filter_map(|entry| entry.split_once('>')) {
            match counted.last_mut() {
                Some((last, nouns)) if *last == unit => nouns.push(noun),
                _ => counted.push((unit, vec![noun])),
            }
        }
        let counted = counted.into_iter().map(|(unit, nouns)| (unit, Words::new(nouns.into_iter()))).collect();
        Self {
            by_head,
            list,
            mixed,
            each_time: under(all, "each time"),
            counted,
            sides: listed(all, "side"),
            per: under(all, "per"),
            ages: listed(all, "age"),
            persons: listed(all, "person"),
            takes_noun: under(all, "takes noun"),
            speed: under(all, "speed"),
            concentration: under(all, "concentration"),
            grade: under(all, "grade"),
            none_behind: under(all, "none behind"),
            none_after: under(all, "none after"),
        }
    }

    /// How many of the smaller unit make one of the other, where amounts are written with both: 10 角 make a 元.
    pub(crate) fn smaller(&self, unit: &str, smaller: &str) -> Option<u32> {
        self.mixed.iter().find(|(a, b, _)| *a == unit && *b == smaller).map(|(_, _, times)| *times)
    }

    /// What a unit counts, where it counts but a few things: 家 counts 企业.
    pub(crate) fn counted(&self, unit: &str) -> Option<&Words> {
        self.counted.iter().find(|(known, _)| *known == unit).map(|(_, nouns)| nouns)
    }

    /// Whether a unit says an age.
    pub(crate) fn is_age(&self, unit: &str) -> bool {
        self.ages.contains(&unit)
    }

    /// Whether a unit begins with this character.
    #[inline]
    pub(crate) fn begins(&self, c: char) -> bool {
        self.by_head.first.has(c)
    }

    /// The longest unit that `text` starts with.
    pub(crate) fn start(&self, text: &str) -> Option<&Unit> {
        let mut behind = text.chars();
        let c = behind.next().filter(|c| self.by_head.first.near.may_have(*c as u32))?;
        let next = behind.next().unwrap_or(ALONE);
        let fits = |row: usize| self.list[row].stands_before(&text[self.list[row].word.len()..]);
        self.by_head.longest((c, next), text.len() - behind.as_str().len(), |w| text.starts_with(w), fits).map(|row| &self.list[row])
    }
}

lists! {
    /// How nouns end: see `nouns.txt`.
    Nouns: gauge measure own_measure rate event document term kin between_kin works class grade penalty list_of
}

lists! {
    /// The words around a number that say what it counts: see `around.txt`.
    Around: and this by counts_in causes for_whom sum degree dated
}

lists! {
    /// Numbers that state no quantity: see `traps.txt`.
    Traps: goes_on some no_number_after rank_before ranked of_law rank_list hour minute of_a_year again house street in_a_house
    building wing floor_of_it labelled stands_for grade no_grade session_before session_behind held issuer one_of_a_number bare_people
    no_bare_behind bare_between bare_count no_bare_count
}

lists! {
    /// Whether a span of time measures: see `durations.txt`.
    Durations: measure_before full on_end no_hand period_before day_before reach_before measure_after period_behind day_behind date_before
    date_behind date_hedge century_lost
}

lists! {
    /// The number itself and what touches it: see `amounts.txt`.
    Amounts: joiner included including minus before_minus behind_half more up_to joins dealt named currency label
    item_label
}

lists! {
    /// From one number to another: see `changes.txt`.
    Changes: from to between raise raise_any raised around level no_basis
}

lists! {
    /// Times around a number: see `periods.txt`.
    Periods: unit behind against against_change measured_by not_measured_by since starts time_label until from_then before day_of
    compared apart ever_since yardstick_before yardstick_behind whole_year same_year this_year last_year next_year year_after of_year same_time first_half second_half
    months month_goes_on past past_behind to_come plan plan_behind time_of_plan address a_year years_it_was five_years
}

/// What tells behind a verb that it has been done.
pub(crate) const DONE: char = '了';

/// Before what a number is for one of.
pub(crate) const EACH: char = '每';

/// The last character of a five-year plan's number.
pub(crate) const FIVE: char = '五';

/// What makes the name of a share of a verb: 覆盖率.
pub(crate) const RATE: char = '率';

/// Every word list.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) units: Units,
    pub(crate) nouns: Nouns,
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
    pub(crate) durations: Durations,
    pub(crate) traps: Traps,
    pub(crate) amounts: Amounts,
    pub(crate) changes: Changes,
    pub(crate) around: Around,
    pub(crate) periods: Periods,
    pub(crate) target: Words,
    pub(crate) target_near: Words,
    pub(crate) actual: Words,
    /// In what demands, these limit: no report in the sentence overrules them.
    pub(crate) limits: Words,
    /// … but where these tell what was.
    pub(crate) told: Words,
    /// These report but where the sentence has set a goal.
    pub(crate) sum: Words,
    pub(crate) no_mood: Words,
    /// Verbs of a rule, and what the titles of notices that report end in.
    pub(crate) rule: Words,
    pub(crate) reporting: Words,
    cues: CueTable,
    /// Contradictions: see `checks.txt`.
    pub(crate) part_rate: Words,
    pub(crate) came_in: Words,
    pub(crate) left_before: Words,
    pub(crate) done: Words,
    pub(crate) left_after: Words,
    pub(crate) total: Words,
    pub(crate) merely: Words,
    pub(crate) vice: Vec<&'static str>,
    /// Those and what is advertised beside them.
    pub(crate) advertising: Words,
    /// Of each part that the rules prescribe how a text speaks of it: measures, shortcomings, leaders, plans.
    pub(crate) prescribed: [Words; 4],
    pub(crate) bait: Words,
    pub(crate) fought: Words,
}

/// Hedging words and what each says.
#[derive(Debug)]
pub(crate) struct Hedges {
    words: Words,
    /// In the order of the words.
    bounds: Vec<Bound>,
}

/// Whether what follows a hedge makes a noun of it: 最高奖励标准, 最高补贴金额.
pub(crate) fn is_limit_noun(hedge: &str, rest: &str) -> bool {
    hedge.starts_with('最') && rest.starts_with(['标', '额', '金', '资', '比', '限', '总', '幅'])
}

impl Hedges {
    fn new(all: &Entries, side: &str) -> Self {
        let of_side = all.iter().filter_map(|(heading, text)| Some((text, heading.strip_prefix(side)?.parse::<Bound>().ok()?)));
        let hedges = of_side.flat_map(|(text, bound)| split(text, b' ').map(move |word| (word, bound)));
        let (words, bounds): (Vec<_>, Vec<Bound>) = hedges.unzip();
        Self { words: Words::new(words.into_iter()), bounds }
    }

    /// Whether some hedge begins with `c`.
    pub(crate) fn begins(&self, c: char) -> bool {
        self.words.begins(c)
    }

    /// The longest hedge that `text` starts with: its length and what it says.
    #[inline]
    pub(crate) fn start(&self, text: &str) -> Option<(usize, Bound)> {
        let index = self.words.heads();
        let row = index.start(text)?;
        let word = index.word(row);
        if is_limit_noun(word, &text[word.len()..]) { None } else { Some((word.len(), self.bounds[row])) }
    }

    /// The longest hedge that `text` ends with.
    #[inline]
    pub(crate) fn end(&self, text: &str) -> Option<(usize, Bound)> {
        let index = self.words.tails();
        let row = index.end(text)?;
        Some((index.word(row).len(), self.bounds[row]))
    }
}

/// The word lists, read once.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let units = entries(file!("units.txt"));
    let hedges = entries(file!("hedges.txt"));
    let changes = entries(file!("changes.txt"));
    let checks = entries(file!("checks.txt"));
    let modality = entries(file!("modality.txt"));
    let slogans = entries(file!("slogans.txt"));
    let traps = entries(file!("traps.txt"));
    let periods = entries(file!("periods.txt"));
    Lexicon {
        units: Units::new(&units),
        nouns: Nouns::of(&entries(file!("nouns.txt"))),
        slogans: under(&slogans, ""),
        before: Hedges::new(&hedges, "before "),
        after: Hedges::new(&hedges, "after "),
        apart: Hedges::new(&hedges, "apart "),
        no_hedge: under(&hedges, "no hedge"),
        increase: under(&changes, "increase"),
        decrease: under(&changes, "decrease"),
        turn: under(&changes, "turn"),
        no_change: under(&changes, "no change"),
        basis: under(&changes, "basis"),
        durations: Durations::of(&entries(file!("durations.txt"))),
        traps: Traps::of(&traps),
        amounts: Amounts::of(&entries(file!("amounts.txt"))),
        changes: Changes::of(&changes),
        around: Around::of(&entries(file!("around.txt"))),
        periods: Periods::of(&periods),
        target: under(&modality, "target"),
        target_near: under(&modality, "target near"),
        actual: under(&modality, "actual"),
        limits: under(&modality, "limit"),
        told: under(&modality, "told"),
        sum: under(&modality, "sum"),
        no_mood: under(&modality, "not"),
        rule: under(&modality, "rule"),
        reporting: under(&modality, "reporting"),
        cues: CueTable::new(&cues(&hedges, &modality, &traps, &periods)),
        part_rate: under(&checks, "part rate"),
        came_in: under(&checks, "came in"),
        left_before: under(&checks, "left before"),
        done: under(&checks, "done"),
        left_after: under(&checks, "left after"),
        total: under(&checks, "total"),
        merely: under(&checks, "merely"),
        vice: listed(&checks, "vice"),
        advertising: under_each(&checks, &["vice", "advertised"], b' '),
        prescribed: ["measures", "shortcomings", "leadership", "plan"].map(|heading| under(&checks, heading)),
        bait: under(&checks, "bait"),
        fought: under(&checks, "fought"),
    }
});

impl Lexicon {
    /// What a character is a cue of.
    #[inline]
    pub(crate) fn cues(&self, c: impl Into<u32>) -> Cues {
        self.cues.of(c.into())
    }

    /// What the characters of a text are cues of.
    pub(crate) fn cues_in(&self, text: &str) -> Cues {
        text.chars().fold(Cues::default(), |cues, c| cues.and(self.cues(c)))
    }
}

/// Every character that is a cue.
fn cues(hedges: &Entries, modality: &Entries, traps: &Entries, periods: &Entries) -> Vec<(char, Cue)> {
    let mut rows: Vec<_> = [(Cue::Per, "每均"), (Cue::Year, "年"), (Cue::Plan, "五季"), (Cue::Name, "“《")]
        .iter()
        .flat_map(|(cue, chars)| chars.chars().map(|c| (c, *cue)))
        .collect();
    let ends = [hedges, traps, periods].into_iter().flatten().filter_map(|(heading, text)| {
        let cue = match *heading {
            "some" | "no number after" | "rank before" | "rank list" | "hour" => Cue::Rank,
            "whole year" | "same year" | "this year" | "last year" | "next year" | "first half" | "second half" => Cue::NamedYear,
            _ if heading.starts_with("apart ") => Cue::Apart,
            _ => return None,
        };
        Some(split(text, b' ').filter_map(move |word| Some((word.chars().next_back()?, cue))))
    });
    rows.extend(ends.flatten());
    let begins = modality.iter().filter_map(|(heading, text)| {
        let cue = match *heading {
            "target near" => Cue::Near,
            "limit" => Cue::Limit,
            "target" | "actual" | "not" => Cue::Mood,
            _ => return None,
        };
        Some(split(text, b' ').filter_map(move |word| Some((word.chars().next()?, cue))))
    });
    rows.extend(begins.flatten());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out() {
        assert_eq!(file!("changes.txt").lines().filter(|l| l.contains('#')).count(), 0);
        assert_eq!(without_comments::<9>("# a\nb\n# c").0, *b"b\n\0\0\0\0\0\0\0");
        let kept = |file: &str| file.split_inclusive('\n').filter(|l| !l.starts_with('#')).map(str::len).sum::<usize>();
        assert_eq!(without_comments::<0>(include_str!("words.txt")).1, kept(include_str!("words.txt")));
    }

    #[test]
    fn characters_beyond_the_basic_plane_stand_in_no_word() {
        let above = |text: &str| text.chars().map(|c| char::from_u32(c as u32 + 0x2_0000).unwrap()).collect::<String>();
        for word in ["增长", "升", "不超过", "给予"] {
            assert_eq!(LEXICON.increase.start(&above(word)), 0, "{word}");
            assert_eq!(LEXICON.increase.end(&above(word)), 0, "{word}");
            assert!(words::VOCABULARY.start(&above(word)).is_none(), "{word}");
        }
    }

    #[test]
    fn no_list_is_empty() {
        let (l, d) = (&*LEXICON, &*duties::DUTIES);
        let all = [l.nouns.empty(), l.traps.empty(), l.durations.empty(), l.amounts.empty(), l.changes.empty(), l.periods.empty(), l.around.empty()];
        let empty = [all.concat(), d.roles.empty(), d.organs.empty(), d.time.empty()].concat();
        assert!(empty.is_empty(), "{empty:?}");
        assert!(d.verb.iter().chain(&d.label).all(|(_, words)| !words.is_empty()) && d.every.iter().all(|(_, words)| !words.is_empty()));
    }

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
    }
}
