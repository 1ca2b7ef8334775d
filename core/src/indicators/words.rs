//! The word lists of `words.txt`, each with a table of first characters, so that a text is looked through once.

use std::sync::LazyLock;

/// Words by their first and by their last characters, of each the longest first.
pub(super) struct List {
    /// A bit for the low twelve bits of each first character; most characters of a text have none.
    may_begin: Bits,
    begin: Vec<(char, Vec<&'static str>)>,
    end: Vec<(char, Vec<&'static str>)>,
}

/// A bit for each value of twelve bits.
type Bits = [u64; 64];

/// Whether twelve bits, which are the low ones of a character, have their bit.
#[inline]
fn is_set(bits: &Bits, code: u32) -> bool {
    bits[(code >> 6 & 63) as usize] >> (code & 63) & 1 == 1
}

impl List {
    fn new(mut words: Vec<&'static str>) -> Self {
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        let mut list = Self { may_begin: [0; 64], begin: Vec::new(), end: Vec::new() };
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
            let code = *c as u32;
            list.may_begin[(code >> 6 & 63) as usize] |= 1 << (code & 63);
        }
        list
    }

    fn beginning(&self, c: char) -> &[&'static str] {
        if !is_set(&self.may_begin, c as u32) {
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
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            let lead = u32::from(lead);
            // The low twelve bits are in the last two bytes; of ASCII there is one.
            let len = if lead < 0x80 { 1 } else { 2 + usize::from(lead >= 0xE0) + usize::from(lead >= 0xF0) };
            let end = at + len;
            let code = if len == 1 { lead } else { (u32::from(bytes[end - 2]) & 63) << 6 | u32::from(bytes[end - 1]) & 63 };
            if is_set(&self.may_begin, code)
                && let Some(c) = text[at..].chars().next()
                && let Some(word) = self.beginning(c).iter().find(|w| text[at..].starts_with(**w))
            {
                return Some((at, word));
            }
            at = end;
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
