//! The vocabulary of a clause: each word once, with all that it is.

use super::{CharSet, Index, file, head};
use std::sync::LazyLock;

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

    /// What a heading of the vocabulary says; `None` of a word that is no category.
    fn named(heading: &str) -> Option<Self> {
        heading.split(' ').filter(|name| on(name)).try_fold(Self(0), |all, name| Some(all.or(NAMES.iter().find(|(n, _)| *n == name)?.1)))
    }
}

/// The length of the longest words that are looked for backwards, in characters.
const LONGEST: usize = 6;

/// The words and what each of them is.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    by_head: Index,
    /// In the order of the index.
    is: Vec<Is>,
    /// The last characters of those that give.
    giving: CharSet,
}

impl Vocabulary {
    /// Of words some of which stand there twice, with all that they are.
    fn new(words: &[(&'static str, Is)]) -> Self {
        let by_head = Index::new(&words.iter().map(|(w, _)| *w).collect::<Vec<_>>(), head);
        let mut is: Vec<_> = by_head.groups.rows.iter().map(|row| words[usize::from(*row)].1).collect();
        for group in &by_head.groups.keys {
            for at in usize::from(group.from)..usize::from(group.to) {
                if let Some(same) = (usize::from(group.from)..at).find(|row| by_head.words[*row] == by_head.words[at]) {
                    is[same] = is[same].or(is[at]);
                }
            }
        }
        for (row, word) in by_head.words.iter().enumerate() {
            if word.starts_with('在') && word.chars().count() == 2 {
                is[row] = is[row].or(Is::SPLITS);
            }
        }
        let mut giving = CharSet::new();
        words.iter().filter(|(_, is)| is.any(Is::GIVE)).filter_map(|(word, _)| word.chars().next_back()).for_each(|c| giving.add(c as u32));
        Self { by_head, is, giving }
    }

    /// The longest word that `text` starts with: its length, and what it is.
    #[inline]
    pub(crate) fn start(&self, text: &str) -> Option<(usize, Is)> {
        self.by_head.start(text).map(|row| (self.by_head.words[row].len(), self.is[row]))
    }

    /// Whether a word may begin with this character.
    #[inline(always)]
    pub(crate) fn begins(&self, c: char) -> bool {
        self.by_head.first.may_have(c as u32)
    }

    /// The longest word that `text` ends with: its length, and what it is.
    pub(crate) fn end(&self, text: &str) -> Option<(usize, Is)> {
        let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
        starts.filter_map(|at| self.start(&text[at..]).filter(|(len, _)| at + len == text.len())).last()
    }

    /// Whether the longest word that `text` ends with is one that gives.
    pub(crate) fn ends_giving(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.giving.has(c)) && self.end(text).is_some_and(|(_, is)| is.any(Is::GIVE))
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
    use std::sync::LazyLock;

    /// The rules and categories that are off: GONGWEN_OFF, separated by commas.
    static OFF: LazyLock<Vec<String>> = LazyLock::new(|| std::env::var("GONGWEN_OFF").map_or(Vec::new(), |off| off.split(',').map(str::to_owned).collect()));

    pub(crate) fn on(name: &str) -> bool {
        !OFF.iter().any(|off| off == name)
    }

    pub(in super::super) fn listed(heading: &str) -> bool {
        !OFF.iter().any(|off| off.strip_prefix("words ") == Some(heading))
    }

    /// The words of another vocabulary: the file that GONGWEN_WORDS names.
    pub(super) fn instead() -> Option<Vec<(&'static str, &'static str)>> {
        let text = std::fs::read_to_string(std::env::var_os("GONGWEN_WORDS")?).expect("GONGWEN_WORDS names a file of words");
        let text: String = text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
        Some(super::super::entries(text.leak()))
    }
}

/// The vocabulary, read once.
pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let own = super::entries(file!("words.txt"));
    #[cfg(feature = "ablate")]
    let own = ablate::instead().unwrap_or(own);
    let mut last = ("", None);
    let own = own.iter().filter_map(|(heading, word)| {
        if last.0 != *heading {
            last = (*heading, Is::named(heading));
        }
        Some((*word, last.1?))
    });
    let changes = super::entries(file!("changes.txt"));
    let changes = changes.iter().filter_map(|(heading, word)| {
        let is = match *heading {
            "increase" | "decrease" | "basis" => Is::LINK.or(Is::CHANGE),
            _ => return None,
        };
        // 增, 升: only right before the number.
        Some((*word, if word.chars().nth(1).is_none() { is.or(Is::ALONE) } else { is }))
    });
    let hedges = super::entries(file!("hedges.txt"));
    let hedges = hedges.iter().filter_map(|(heading, word)| (heading.starts_with("before") && word.chars().nth(1).is_some()).then_some((*word, Is::LINK)));
    Vocabulary::new(&own.chain(changes).chain(hedges).collect::<Vec<_>>())
});

#[cfg(test)]
mod tests {
    use super::super::{entries, file};
    use super::{Is, VOCABULARY};

    #[test]
    fn each_word_stands_once() {
        let mut words: Vec<_> = entries(file!("words.txt")).iter().map(|(_, w)| *w).collect();
        words.sort_unstable();
        let twice: Vec<_> = words.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_heading_is_a_category() {
        for (heading, word) in entries(file!("words.txt")) {
            assert!(Is::named(heading).is_some(), "{heading}: {word}");
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
