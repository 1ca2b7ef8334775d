//! The vocabulary of a clause: each word once, with all that it is.

use super::{ALONE, Groups, Near, Row, char_at, file, head_at, link, pair, place, places};
use std::str::Chars;

/// What a word is, a bit each; `lexicon/words.txt` says what each of them means.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Is(u64);

impl std::fmt::Debug for Is {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = NAMES.iter().filter(|(_, is)| self.any(*is)).map(|(name, _)| *name).collect();
        out.write_str(&names.join(" "))
    }
}

/// The headings of the vocabulary.
const NAMES: &[(&str, Is)] = &[
    ("noun", Is::NOUN),
    ("head", Is::HEAD),
    ("verb", Is::VERB),
    ("work", Is::WORK),
    ("state", Is::STATE),
    ("tail", Is::TAIL),
    ("link", Is::LINK),
    ("adverb", Is::ADVERB),
    ("modal", Is::MODAL),
    ("time", Is::TIME),
    ("scope", Is::SCOPE),
    ("prep", Is::PREP),
    ("bound", Is::BOUND),
    ("join", Is::JOIN),
    ("of", Is::OF),
    ("etc", Is::ETC),
    ("who", Is::WHO),
    ("give", Is::GIVE),
    ("gift", Is::GIFT),
    ("yard", Is::YARD),
    ("fine", Is::FINE),
    ("kind", Is::KIND),
    ("alone", Is::ALONE),
    ("change", Is::CHANGE),
    ("hollow", Is::HOLLOW),
    ("open", Is::OPEN),
    ("per", Is::PER),
    ("attend", Is::ATTEND),
    ("locus", Is::LOCUS),
    ("act", Is::ACT),
    ("light", Is::LIGHT),
    ("attribute", Is::ATTRIBUTE),
    ("ask", Is::ASK),
    ("aid", Is::AID),
    ("longer", Is::LONGER),
    ("limit", Is::LIMIT),
    ("total", Is::TOTAL),
    ("than", Is::THAN),
    ("equal", Is::EQUAL),
];

impl Is {
    pub(crate) const NOUN: Self = Self(1);
    pub(crate) const HEAD: Self = Self(1 << 1);
    pub(crate) const VERB: Self = Self(1 << 2);
    pub(crate) const WORK: Self = Self(1 << 3);
    pub(crate) const STATE: Self = Self(1 << 4);
    pub(crate) const TAIL: Self = Self(1 << 5);
    pub(crate) const LINK: Self = Self(1 << 6);
    pub(crate) const ADVERB: Self = Self(1 << 7);
    pub(crate) const MODAL: Self = Self(1 << 8);
    pub(crate) const TIME: Self = Self(1 << 9);
    pub(crate) const SCOPE: Self = Self(1 << 10);
    pub(crate) const PREP: Self = Self(1 << 11);
    pub(crate) const BOUND: Self = Self(1 << 12);
    pub(crate) const JOIN: Self = Self(1 << 13);
    pub(crate) const OF: Self = Self(1 << 14);
    pub(crate) const ETC: Self = Self(1 << 15);
    pub(crate) const WHO: Self = Self(1 << 16);
    pub(crate) const GIVE: Self = Self(1 << 17);
    pub(crate) const GIFT: Self = Self(1 << 18);
    pub(crate) const YARD: Self = Self(1 << 19);
    pub(crate) const FINE: Self = Self(1 << 20);
    pub(crate) const KIND: Self = Self(1 << 21);
    pub(crate) const ALONE: Self = Self(1 << 22);
    pub(crate) const CHANGE: Self = Self(1 << 23);
    pub(crate) const HOLLOW: Self = Self(1 << 24);
    pub(crate) const OPEN: Self = Self(1 << 25);
    /// 、
    pub(crate) const PAUSE: Self = Self(1 << 26);
    /// Characters that are no word.
    pub(crate) const UNKNOWN: Self = Self(1 << 27);
    /// 每人每年, 人均
    pub(crate) const PER: Self = Self(1 << 28);
    /// What stands between brackets.
    pub(crate) const BRACKET: Self = Self(1 << 29);
    /// What stands between quotes.
    pub(crate) const QUOTE: Self = Self(1 << 30);

    /// 参加: what it is done to is counted by who does it.
    pub(crate) const ATTEND: Self = Self(1 << 31);
    /// 中, 后: behind a noun, where or when.
    pub(crate) const LOCUS: Self = Self(1 << 32);
    /// 居住, 工作: what somebody does for so long.
    pub(crate) const ACT: Self = Self(1 << 33);
    /// 进行: its object alone says what is counted.
    pub(crate) const LIGHT: Self = Self(1 << 34);
    /// 重要, 市级: of which kind a thing is.
    pub(crate) const ATTRIBUTE: Self = Self(1 << 35);
    /// 要求, 合计: before what is asked for or added up.
    pub(crate) const ASK: Self = Self(1 << 36);
    /// 支持: hands an amount on to whom it is for.
    pub(crate) const AID: Self = Self(1 << 37);
    /// 延长: something goes on for so long.
    pub(crate) const LONGER: Self = Self(1 << 38);
    /// 在地: a preposition may end it before a longer word (在|地面).
    pub(crate) const SPLITS: Self = Self(1 << 39);
    /// 合计: what is added up stands before.
    pub(crate) const TOTAL: Self = Self(1 << 41);
    /// 高于, 占: what a number is compared with follows.
    pub(crate) const THAN: Self = Self(1 << 42);
    /// 是, 相当于: what is as much follows.
    pub(crate) const EQUAL: Self = Self(1 << 43);
    /// 以上, 以下: behind a number, on which side of it.
    pub(crate) const LIMIT: Self = Self(1 << 40);

    /// Whether it is one of them at least.
    #[inline]
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What a heading of the vocabulary says; `None` of one that is made of other words.
    const fn named(heading: &[u8]) -> Option<Self> {
        let (mut all, mut from) = (Self(0), 0);
        while from < heading.len() {
            let mut to = from;
            while to < heading.len() && heading[to] != b' ' {
                to += 1;
            }
            let mut i = 0;
            while i < NAMES.len() && !same(NAMES[i].0.as_bytes(), part(heading, from, to)) {
                i += 1;
            }
            if i == NAMES.len() {
                return None;
            }
            (all, from) = (all.or(NAMES[i].1), to + 1);
        }
        Some(all)
    }
}

const fn part(text: &[u8], from: usize, to: usize) -> &[u8] {
    text.split_at(to).0.split_at(from).1
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The length of the longest words that are looked for backwards, in characters.
const LONGEST: usize = 6;

/// Where a word stands in the text of the vocabulary, and what it is.
#[derive(Clone, Copy, Debug)]
struct Word {
    at: u32,
    is: Is,
}

/// The first characters of words, those that are a word by themselves, and the last ones of words that give.
#[derive(Debug)]
struct Ends {
    first: Near,
    alone: Near,
    giving: Near,
}

impl Ends {
    const NONE: Self = Self { first: Near([0; 64]), alone: Near([0; 64]), giving: Near([0; 64]) };
}

/// The words and what each of them is.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: &'static str,
    ends: Ends,
    groups: Groups<Word>,
}

/// What the words under a heading are, and what those of a single character are; `None` of those that are left out.
const fn under(heading: &[u8]) -> (Option<Is>, Option<Is>) {
    const CHANGE: Is = Is::LINK.or(Is::CHANGE);
    match heading {
        // 增, 升: only right before the number.
        b"increase" | b"decrease" | b"basis" => (Some(CHANGE), Some(CHANGE.or(Is::ALONE))),
        [b'b', b'e', b'f', b'o', b'r', b'e', b' ', ..] => (Some(Is::LINK), None),
        _ => (Is::named(heading), Is::named(heading)),
    }
}

/// Puts the words of a text into rows, each once with all that it is, and gives their number.
const fn fill(text: &str, first: &mut [u16], rows: &mut [Row<Word>], ends: &mut Ends) -> usize {
    let (text, mut at, mut count) = (text.as_bytes(), 0, 0);
    let (mut many, mut single) = (None, None);
    'words: while at < text.len() {
        let from = at;
        if text[from] == b'[' {
            while text[at] != b']' {
                at += 1;
            }
            (many, single) = under(part(text, from + 1, at));
        }
        while at < text.len() && text[at] > b' ' {
            at += 1;
        }
        let (len, to) = (at - from, at);
        at += 1;
        if len == 0 || text[from] == b'[' {
            continue;
        }
        let (c, next) = head_at(text, from, to);
        let Some(mut is) = (if next == ALONE { single } else { many }) else { continue };
        if is.any(Is::GIVE) {
            ends.giving.add(char_at(text, to - '予'.len_utf8()).0 as u32);
        }
        if c == '在' && len == "在地".len() {
            is = is.or(Is::SPLITS);
        }
        let key = pair(c, next);
        let mut row = first[place(first, rows, key)] as usize;
        while row > 0 {
            let old = &mut rows[row - 1];
            if same(part(text, from, to), part(text, old.what.at as usize, old.what.at as usize + old.len as usize)) {
                old.what.is = old.what.is.or(is);
                continue 'words;
            }
            row = old.next as usize;
        }
        rows[count] = Row::new(key, len, Word { at: from as u32, is });
        link(first, rows, count);
        count += 1;
        ends.first.add(c as u32);
        if next == ALONE {
            ends.alone.add(c as u32);
        }
    }
    count
}

/// How many words a text has at most.
const fn count(text: &str) -> usize {
    let (mut count, mut at) = (1, 0);
    while at < text.len() {
        count += (text.as_bytes()[at] <= b' ') as usize;
        at += 1;
    }
    count
}

impl Vocabulary {
    #[cfg(any(target_family = "wasm", feature = "ablate"))]
    fn new(text: &'static str) -> Self {
        let (mut ends, many) = (Ends::NONE, count(text));
        let (mut first, mut rows) = (vec![0; places(many)], vec![NO_ROW; many]);
        let count = fill(text, &mut first, &mut rows, &mut ends);
        Self { text, ends, groups: Groups { first: first.leak(), rows: &rows.leak()[..count] } }
    }

    /// The longest word that `text` starts with: its length, and what it is.
    #[inline(always)]
    pub(crate) fn start(&self, text: &str) -> Option<(usize, Is)> {
        let mut behind = text.chars();
        let c = behind.next()?;
        self.start_at(text, c, behind)
    }

    #[inline(never)]
    fn known_start(&self, text: &str, c: char, mut behind: Chars<'_>) -> Option<(usize, Is)> {
        let next = behind.next().unwrap_or(ALONE);
        // Of a word of no more than these two characters the text need not be asked whether it has it.
        let known = c.len_utf8() + next.len_utf8();
        let word = |row: &Row<Word>| part(self.text.as_bytes(), row.what.at as usize, row.what.at as usize + usize::from(row.len));
        let begins = |(_, row): &(usize, &Row<Word>)| usize::from(row.len) <= known || text.as_bytes().starts_with(word(row));
        let found = match self.groups.of(pair(c, next)).find(begins) {
            None if next == ALONE || !self.ends.alone.may_have(c as u32) => None,
            None => self.groups.of(pair(c, ALONE)).next(),
            found => found,
        };
        found.map(|(_, row)| (usize::from(row.len), row.what.is))
    }

    /// The longest word that `text` starts with, whose first character is `c` with `behind` behind it.
    #[inline]
    pub(crate) fn start_at(&self, text: &str, c: char, behind: Chars<'_>) -> Option<(usize, Is)> {
        if self.begins(c) { self.known_start(text, c, behind) } else { None }
    }

    /// Whether a word may begin with this character.
    #[inline(always)]
    pub(crate) fn begins(&self, c: char) -> bool {
        self.ends.first.may_have(c as u32)
    }

    /// Whether a character may be a word by itself.
    #[inline]
    pub(crate) fn may_stand_alone(&self, c: char) -> bool {
        self.ends.alone.may_have(c as u32)
    }

    /// The longest word that `text` ends with: its length, and what it is.
    pub(crate) fn end(&self, text: &str) -> Option<(usize, Is)> {
        let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
        starts.filter_map(|at| self.start(&text[at..]).filter(|(len, _)| at + len == text.len())).last()
    }

    /// Whether the longest word that `text` ends with is one that gives.
    pub(crate) fn ends_giving(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.ends.giving.may_have(c as u32)) && self.end(text).is_some_and(|(_, is)| is.any(Is::GIVE))
    }

    /// What `text` is, as a whole.
    pub(crate) fn of(&self, text: &str) -> Is {
        self.start(text).filter(|(len, _)| *len == text.len()).map_or(Is::default(), |(_, is)| is)
    }
}

/// Whether a rule or a category of the vocabulary is in force; all are, but for `scripts/ablate`.
#[cfg(not(feature = "ablate"))]
#[inline]
pub(crate) const fn on(_name: &str) -> bool {
    true
}

/// Whether the words under a heading are in force.
#[cfg(not(feature = "ablate"))]
#[inline]
pub(super) const fn listed(_heading: &str) -> bool {
    true
}

#[cfg(feature = "ablate")]
pub(super) use ablate::listed;
#[cfg(feature = "ablate")]
pub(crate) use ablate::on;

#[cfg(feature = "ablate")]
mod ablate {
    use super::file;
    use std::sync::LazyLock;

    /// The rules and categories that are off: GONGWEN_OFF, separated by commas.
    static OFF: LazyLock<Vec<String>> = LazyLock::new(|| std::env::var("GONGWEN_OFF").map_or(Vec::new(), |off| off.split(',').map(str::to_owned).collect()));

    pub(crate) fn on(name: &str) -> bool {
        !OFF.iter().any(|off| off == name)
    }

    pub(in super::super) fn listed(heading: &str) -> bool {
        !OFF.iter().any(|off| off.strip_prefix("words ") == Some(heading))
    }

    /// The words that are in force under the categories that are; those of another vocabulary where GONGWEN_WORDS names a file.
    pub(super) fn text() -> &'static str {
        let words = std::env::var_os("GONGWEN_WORDS").map(|path| std::fs::read_to_string(path).expect("GONGWEN_WORDS names a file of words"));
        let words = words.as_deref().unwrap_or(file!("words.txt")).lines().chain(file!("changes.txt", "hedges.txt").lines());
        let (mut text, mut off) = (String::new(), false);
        for line in words.filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(heading) => {
                    off = !listed(heading);
                    text.extend(["[", &heading.split(' ').filter(|name| on(name)).collect::<Vec<_>>().join(" "), "]\n"]);
                }
                None if !off => text.extend([line, "\n"]),
                None => {}
            }
        }
        text.leak()
    }
}

#[cfg(not(feature = "ablate"))]
const TEXT: &str = file!("words.txt", "changes.txt", "hedges.txt");

const NO_ROW: Row<Word> = Row::new(0, 0, Word { at: 0, is: Is(0) });

/// The vocabulary. The compiler fills its rows, but for the browser, which would have to download them.
#[cfg(not(any(target_family = "wasm", feature = "ablate")))]
pub(crate) static VOCABULARY: Vocabulary = {
    const MANY: usize = count(TEXT);
    #[allow(long_running_const_eval, reason = "once a build, and not in each process")]
    static FILLED: ([u16; places(MANY)], [Row<Word>; MANY], Ends, usize) = {
        let mut filled = ([0; places(MANY)], [NO_ROW; MANY], Ends::NONE, 0);
        filled.3 = fill(TEXT, &mut filled.0, &mut filled.1, &mut filled.2);
        filled
    };
    let Ends { first: Near(first), alone: Near(alone), giving: Near(giving) } = FILLED.2;
    let ends = Ends { first: Near(first), alone: Near(alone), giving: Near(giving) };
    Vocabulary { text: TEXT, ends, groups: Groups { first: &FILLED.0, rows: FILLED.1.split_at(FILLED.3).0 } }
};

#[cfg(all(target_family = "wasm", not(feature = "ablate")))]
pub(crate) static VOCABULARY: std::sync::LazyLock<Vocabulary> = std::sync::LazyLock::new(|| Vocabulary::new(TEXT));

#[cfg(feature = "ablate")]
pub(crate) static VOCABULARY: std::sync::LazyLock<Vocabulary> = std::sync::LazyLock::new(|| Vocabulary::new(ablate::text()));

#[cfg(test)]
mod tests {
    use super::super::{entries, file, split};
    use super::{Is, VOCABULARY};

    #[test]
    fn each_word_stands_once() {
        let mut words: Vec<_> = entries(file!("words.txt")).iter().flat_map(|(_, text)| split(text, b' ')).collect();
        words.sort_unstable();
        let twice: Vec<_> = words.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_heading_is_a_category() {
        for (heading, text) in entries(file!("words.txt")) {
            assert!(Is::named(heading.as_bytes()).is_some(), "{heading}: {text}");
        }
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(VOCABULARY.start("给予补贴").map(|(len, _)| len), Some("给予".len()));
        assert_eq!(VOCABULARY.end("全部给予").map(|(len, _)| len), Some("给予".len()));
        assert!(VOCABULARY.of("的").any(Is::OF));
        assert!(VOCABULARY.of("给予").any(Is::VERB));
    }
}
