//! The word lists of `words.txt`, each with a table of first characters, so that a text is looked through once.

use std::sync::LazyLock;

/// Words by their first and by their last characters, of each the longest first.
#[derive(Default)]
pub(super) struct List {
    /// One bit for what a first character may be; most characters of a text are none.
    may_begin: [u64; 4],
    begin: Vec<(char, Vec<&'static str>)>,
    end: Vec<(char, Vec<&'static str>)>,
}

/// Where a character has its bit.
#[inline]
fn bit(c: char) -> (usize, u64) {
    let at = (c as u32 ^ (c as u32 >> 8)) & 255;
    ((at >> 6) as usize, 1 << (at & 63))
}

impl List {
    fn new(mut words: Vec<&'static str>) -> Self {
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        let mut list = Self::default();
        let put = |groups: &mut Vec<(char, Vec<&'static str>)>, c: Option<char>, word| {
            let Some(c) = c else { return };
            match groups.binary_search_by_key(&c, |(c, _)| *c) {
                Ok(i) => groups[i].1.push(word),
                Err(i) => groups.insert(i, (c, vec![word])),
            }
        };
        for word in &words {
            put(&mut list.begin, word.chars().next(), *word);
            put(&mut list.end, word.chars().next_back(), *word);
        }
        for (c, _) in &list.begin {
            let (at, bit) = bit(*c);
            list.may_begin[at] |= bit;
        }
        list
    }

    fn beginning(&self, c: char) -> &[&'static str] {
        let (at, bit) = bit(c);
        if self.may_begin[at] & bit == 0 {
            return &[];
        }
        self.begin.binary_search_by_key(&c, |(c, _)| *c).map_or(&[], |i| &self.begin[i].1)
    }

    /// Whether a text is one of the words.
    pub(super) fn has(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.beginning(c).contains(&text))
    }

    /// Whether one of the words stands in a text.
    pub(super) fn any(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Where the first of the words stands in a text, and which: of several at one place the longest.
    pub(super) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        for (at, c) in text.char_indices() {
            let (i, bit) = bit(c);
            if self.may_begin[i] & bit != 0
                && let Some(word) = self.beginning(c).iter().find(|w| text[at..].starts_with(**w))
            {
                return Some((at, word));
            }
        }
        None
    }

    /// Every place of a text where one of the words stands.
    pub(super) fn all(&self, text: &str) -> impl Iterator<Item = (usize, &'static str)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (at, word) = self.find(&text[from..])?;
            let place = from + at;
            from = place + text[place..].chars().next().map_or(1, char::len_utf8);
            Some((place, word))
        })
    }

    /// The word that stands last in a text.
    pub(super) fn last(&self, text: &str) -> Option<&'static str> {
        text.char_indices().rev().find_map(|(at, c)| self.beginning(c).iter().copied().find(|w| text[at..].starts_with(w)))
    }

    /// A text without the longest of the words that it begins with.
    pub(super) fn strip_prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.beginning(text.chars().next()?).iter().find_map(|w| text.strip_prefix(w))
    }

    /// A text without the longest of the words that it ends with.
    pub(super) fn strip_suffix<'t>(&self, text: &'t str) -> Option<&'t str> {
        let c = text.chars().next_back()?;
        let i = self.end.binary_search_by_key(&c, |(c, _)| *c).ok()?;
        self.end[i].1.iter().find_map(|w| text.strip_suffix(w))
    }
}

macro_rules! lists {
    ($($name:ident = $word:literal,)*) => {
        /// The lists of `words.txt`.
        pub(super) struct Words { $(pub(super) $name: List,)* }

        pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
            let read = |name: &str| {
                let mut own = false;
                let mut words = Vec::new();
                for line in include_str!("words.txt").lines().filter(|l| !l.starts_with('#')) {
                    match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                        Some(list) => own = list == name,
                        None if own => words.extend(line.split_whitespace()),
                        None => {}
                    }
                }
                List::new(words)
            };
            Words { $($name: read($word),)* }
        });
    };
}

lists! {
    opening = "opening",
    ending = "ending",
    same = "same",
    part = "part",
    base = "base",
    average = "average",
    cumulative = "cumulative",
    topic = "topic",
    relative = "relative",
    zero = "zero",
    department = "department",
    season = "season",
    several_years = "several years",
    one_year = "one year",
    years_ahead = "years ahead",
    project = "project",
    failed = "failed",
    total = "total",
    all_done = "all",
    between = "between",
    handled = "handled",
    sectors = "sectors",
}
