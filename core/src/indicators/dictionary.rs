//! The dictionary: one line an indicator, its heads compiled into a trie.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// What went wrong in a dictionary, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} ({name}): {problem}")]
#[non_exhaustive]
pub struct DictionaryError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The column's name.
    pub name: &'static str,
    /// What is wrong there and what may stand there.
    pub problem: String,
}

/// What an indicator measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// A count, an amount of money, an area.
    Level,
    /// A percentage as such.
    Rate,
    /// A percentage against the year before, signed.
    Growth,
}

impl Measure {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Level => "level",
            Measure::Rate => "rate",
            Measure::Growth => "growth",
        }
    }
}

/// Whether an indicator is told by a number that says how something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changing {
    No,
    Any,
    Required,
}

/// Where the words of a context must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// In the clause, up to the number.
    Clause,
    /// In the clause and what follows the number.
    ClauseAndAfter,
    /// In the sentence.
    Sentence,
    /// In the sentence and the one before.
    SentenceAndBefore,
    /// In the headings, or in the clause.
    Headings,
}

/// One indicator of a dictionary.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Its name in data: English, never used for anything else.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// Its English name; the id where the file gives none.
    pub english: String,
    /// law, econ, gov, people, sci, env.
    pub domain: String,
    /// The group within the domain.
    pub group: String,
    /// Whether it is one of those that most reports give.
    pub core: bool,
    /// What it measures.
    pub measure: Measure,
    /// The units it is given in; the first is the one that values carry.
    pub units: Vec<String>,
    /// How the words that name it are written, as in the file.
    pub heads: String,
    /// Definition, exclusions, derivation.
    pub note: String,
    /// The same in Chinese.
    pub note_zh: String,
    /// The levels of places that can have it: `province`, `city`, `county`; all where there is none.
    pub applies: Vec<String>,
    pub(super) change: Changing,
    pub(super) context: Option<(Window, Vec<String>)>,
    pub(super) verbs: Vec<String>,
    pub(super) without: Vec<String>,
    /// Whether it was added to a dictionary: what a user adds goes before what was there.
    pub(super) added: bool,
}

/// A set of indicators and how they are named in texts.
///
/// The built-in one has its version, `Dictionary::built_in().version()`; ids are only ever added or marked deprecated.
#[derive(Clone, Debug)]
pub struct Dictionary {
    version: String,
    entries: Vec<Entry>,
    pub(super) heads: Heads,
}

static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut dictionary = Dictionary::parse(include_str!("dictionary.tsv")).expect("the built-in dictionary is tested");
    dictionary.version = "2026-11".into();
    dictionary
});

/// The levels of places.
const LEVELS: [&str; 3] = ["province", "city", "county"];

/// The columns of a file.
const COLUMNS: [&str; 16] =
    ["id", "name", "domain", "group", "tier", "measure", "units", "change", "heads", "context", "verbs", "without", "note", "applies", "english", "note_zh"];

impl Entry {
    /// The name of its group in Chinese and in English; the words of the file where it is none of the library's.
    ///
    /// ```
    /// use gongwen::indicators::Dictionary;
    /// assert_eq!(Dictionary::built_in().get("gdp").unwrap().group_names(), ("经济总量", "Output"));
    /// ```
    #[must_use]
    pub fn group_names(&self) -> (&str, &str) {
        let lines = include_str!("groups.tsv").lines().filter(|l| !l.starts_with('#'));
        let mut found = lines.filter_map(|line| {
            let mut cells = line.split('\t');
            (cells.next()? == self.domain && cells.next()? == self.group).then_some((cells.next()?, cells.next()?))
        });
        found.next().unwrap_or((&self.group, &self.group))
    }
}

impl Dictionary {
    /// The dictionary of the library.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads a dictionary: tab-separated columns under a line that names them, `#` before a comment. Columns that are
    /// left out are empty; `id` and `heads` must be there.
    ///
    /// ```
    /// use gongwen::indicators::Dictionary;
    /// let own = Dictionary::parse("id\tname\tmeasure\tunits\theads\npark_count\t口袋公园\tlevel\t个/座\t(新建)?口袋公园\n")?;
    /// assert_eq!(own.get("park_count").unwrap().name, "口袋公园");
    /// # Ok::<(), gongwen::indicators::DictionaryError>(())
    /// ```
    ///
    /// # Errors
    /// [`DictionaryError`] names line and column of what cannot be read.
    pub fn parse(text: &str) -> Result<Self, DictionaryError> {
        let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
        let err = |line: usize, column: usize, name: &'static str, problem: String| DictionaryError { line, column, name, problem };
        let Some((first, header)) = lines.next() else {
            return Err(err(1, 1, "id", format!("there is no line that names the columns: {}", COLUMNS.join(", "))));
        };
        let mut at = BTreeMap::new();
        for (i, name) in header.split('\t').enumerate() {
            let Some(known) = COLUMNS.iter().find(|c| **c == name.trim()) else {
                return Err(err(first, i + 1, "id", format!("there is no column {:?}; there are {}", name.trim(), COLUMNS.join(", "))));
            };
            at.insert(*known, i);
        }
        for needed in ["id", "heads"] {
            if !at.contains_key(needed) {
                return Err(err(first, 1, needed, format!("the column {needed} is missing")));
            }
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut ids = HashSet::new();
        let mut heads = Heads::default();
        for (line, row) in lines {
            let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
            let cell = |name: &str| at.get(name).and_then(|i| cells.get(*i)).copied().unwrap_or_default();
            let wrong = |name: &'static str, problem: String| err(line, at.get(name).map_or(1, |i| i + 1), name, problem);
            let id = cell("id");
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
                return Err(wrong("id", format!("{id:?} is no id: small letters, digits and _ make one")));
            }
            if !ids.insert(id) {
                return Err(wrong("id", format!("{id} stands here a second time")));
            }
            let measure = match cell("measure") {
                "level" | "" => Measure::Level,
                "rate" => Measure::Rate,
                "growth" => Measure::Growth,
                other => return Err(wrong("measure", format!("{other:?} is none of level, rate, growth"))),
            };
            let change = match (cell("change"), measure) {
                ("none", _) | ("", Measure::Level) => Changing::No,
                ("any", _) | ("", Measure::Rate) => Changing::Any,
                ("required", _) | ("", Measure::Growth) => Changing::Required,
                (other, _) => return Err(wrong("change", format!("{other:?} is none of none, any, required"))),
            };
            let words = |text: &str, by: char| text.split(by).map(str::trim).filter(|w| !w.is_empty()).map(String::from).collect::<Vec<_>>();
            let mut units = words(cell("units"), '/');
            // A rate keeps its slash: 微克/立方米.
            if cell("units") == "微克/立方米" {
                units = vec!["微克/立方米".into()];
            }
            if units.is_empty() && measure != Measure::Level {
                units.push("%".into());
            }
            let context = match cell("context") {
                "" => None,
                given => {
                    let (window, list) = given.split_once(':').unwrap_or(("", given));
                    let window = match window {
                        "c" => Window::Clause,
                        "C" => Window::ClauseAndAfter,
                        "s" => Window::Sentence,
                        "S" => Window::SentenceAndBefore,
                        "h" => Window::Headings,
                        other => return Err(wrong("context", format!("{other:?} before the colon is none of c, C, s, S, h"))),
                    };
                    Some((window, words(list, '|')))
                }
            };
            if cell("heads").is_empty() {
                return Err(wrong("heads", format!("{id} has no words that name it")));
            }
            let applies = words(cell("applies"), '|');
            if let Some(other) = applies.iter().find(|level| !LEVELS.contains(&level.as_str())) {
                return Err(wrong("applies", format!("{other:?} is none of {}", LEVELS.join(", "))));
            }
            entries.push(Entry {
                id: id.into(),
                name: if cell("name").is_empty() { id.into() } else { cell("name").into() },
                english: if cell("english").is_empty() { id.into() } else { cell("english").into() },
                domain: cell("domain").into(),
                group: cell("group").into(),
                core: cell("tier") != "ext",
                measure,
                units,
                heads: cell("heads").into(),
                note: cell("note").into(),
                note_zh: cell("note_zh").into(),
                applies,
                change,
                context,
                verbs: words(cell("verbs"), '|'),
                without: words(cell("without"), '|'),
                added: false,
            });
            let Ok(number) = u16::try_from(entries.len() - 1) else {
                return Err(wrong("id", "there are more than 65535 indicators".into()));
            };
            heads.put(number, expand(cell("heads")).map_err(|problem| wrong("heads", problem))?);
        }
        Ok(Self { version: "own".into(), heads: heads.sorted(), entries })
    }

    /// This dictionary with the indicators of another: those of the same id are replaced, others are added; where words
    /// name one of both, it is the other's.
    #[must_use]
    pub fn with(&self, own: &Dictionary) -> Self {
        let mut entries: Vec<Entry> = self.entries.iter().filter(|e| own.get(&e.id).is_none()).cloned().collect();
        entries.extend(own.entries.iter().cloned().map(|entry| Entry { added: true, ..entry }));
        entries.truncate(usize::from(u16::MAX));
        Self { version: format!("{}+own", self.version), heads: Heads::new(&entries), entries }
    }

    /// The version: year and month of the built-in one, `own` for one that was given.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every indicator, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The indicator of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }
}

/// A part of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    /// Up to so many characters.
    Gap(usize),
}

/// The most spellings that one indicator may have.
const MOST: usize = 20_000;

/// The most gaps that a spelling may have: each multiplies what is tried.
const GAPS: usize = 3;

/// Every spelling of a head: `(新增)?(甲|乙)…3企业`.
fn expand(head: &str) -> Result<Vec<Vec<Piece>>, String> {
    let chars: Vec<char> = head.chars().filter(|c| !matches!(c, '“' | '”')).collect();
    let mut at = 0;
    let all = alternatives(&chars, &mut at, 0)?;
    if at < chars.len() {
        return Err(format!("the bracket ) at character {} closes nothing", at + 1));
    }
    let gaps = |pieces: &Vec<Piece>| pieces.iter().filter(|p| matches!(p, Piece::Gap(_))).count();
    if all.iter().any(|pieces| gaps(pieces) > GAPS) {
        return Err(format!("a spelling has more than {GAPS} gaps (…)"));
    }
    Ok(all.into_iter().filter(|pieces| pieces.iter().any(|p| matches!(p, Piece::Word(_)))).collect())
}

fn alternatives(chars: &[char], at: &mut usize, depth: usize) -> Result<Vec<Vec<Piece>>, String> {
    if depth > 20 {
        return Err("brackets stand more than twenty deep".into());
    }
    let mut all = Vec::new();
    let mut sequence: Vec<Vec<Piece>> = vec![Vec::new()];
    loop {
        match chars.get(*at) {
            None | Some(')') => {
                all.append(&mut sequence);
                return Ok(all);
            }
            Some('|') => {
                *at += 1;
                all.append(&mut sequence);
                sequence = vec![Vec::new()];
            }
            Some('(') => {
                let open = *at;
                *at += 1;
                let mut inner = alternatives(chars, at, depth + 1)?;
                if chars.get(*at) != Some(&')') {
                    return Err(format!("the bracket ( at character {} is not closed", open + 1));
                }
                *at += 1;
                if chars.get(*at) == Some(&'?') {
                    *at += 1;
                    inner.push(Vec::new());
                }
                if sequence.len() * inner.len() + all.len() > MOST {
                    return Err(format!("the alternatives make more than {MOST} spellings"));
                }
                sequence = sequence.iter().flat_map(|left| inner.iter().map(move |right| left.iter().chain(right).cloned().collect())).collect();
            }
            Some('…') => {
                *at += 1;
                let digits = chars[*at..].iter().take_while(|c| c.is_ascii_digit()).count();
                let many = chars[*at..*at + digits].iter().collect::<String>().parse().unwrap_or(30usize).min(30);
                *at += digits;
                sequence.iter_mut().for_each(|s| s.push(Piece::Gap(many)));
            }
            Some('?') => return Err(format!("the ? at character {} has no bracket before it", *at + 1)),
            Some(c) => {
                *at += 1;
                for s in &mut sequence {
                    match s.last_mut() {
                        Some(Piece::Word(word)) => word.push(*c),
                        _ => s.push(Piece::Word(c.to_string())),
                    }
                }
            }
        }
    }
}

/// No text begins with it.
const NONE: char = '\0';

/// The heads of all entries in a trie, from their last characters to their first.
#[derive(Clone, Debug)]
pub(super) struct Heads {
    nodes: Vec<Node>,
    spellings: Vec<Spelling>,
    /// Those that end in a gap, by their first character, or `NONE` where they begin with a gap too.
    open: Vec<(char, u32)>,
}

#[derive(Clone, Debug)]
struct Spelling {
    entry: u16,
    /// The length of its words.
    len: usize,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    children: Vec<(char, u32)>,
    ends: Vec<u32>,
}

impl Default for Heads {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], spellings: Vec::new(), open: Vec::new() }
    }
}

impl Heads {
    fn new(entries: &[Entry]) -> Self {
        let mut heads = Self::default();
        for (entry, i) in entries.iter().zip(0u16..) {
            // What cannot be expanded was an error when the dictionary was read.
            heads.put(i, expand(&entry.heads).unwrap_or_default());
        }
        heads.sorted()
    }

    fn sorted(mut self) -> Self {
        self.open.sort_unstable();
        self
    }

    fn put(&mut self, entry: u16, spellings: Vec<Vec<Piece>>) {
        for pieces in spellings {
            let number = self.spellings.len() as u32;
            match pieces.last() {
                Some(Piece::Word(word)) => {
                    let node = word.chars().rev().fold(0, |node, c| self.child(node, c));
                    self.nodes[node].ends.push(number);
                }
                _ => {
                    let first = if let Some(Piece::Word(word)) = pieces.first() { word.chars().next().unwrap_or(NONE) } else { NONE };
                    self.open.push((first, number));
                }
            }
            let len = pieces.iter().map(|p| if let Piece::Word(w) = p { w.len() } else { 0 }).sum();
            self.spellings.push(Spelling { entry, len, pieces });
        }
    }

    fn child(&mut self, node: usize, c: char) -> usize {
        match self.nodes[node].children.binary_search_by_key(&c, |(c, _)| *c) {
            Ok(i) => self.nodes[node].children[i].1 as usize,
            Err(i) => {
                let new = self.nodes.len();
                self.nodes[node].children.insert(i, (c, new as u32));
                self.nodes.push(Node::default());
                new
            }
        }
    }

    /// Whether a spelling that ends in a gap can be that of a text, at a glance.
    fn may_open(&self, number: u32, text: &str) -> bool {
        let pieces = &self.spellings[number as usize].pieces;
        match pieces.first() {
            Some(Piece::Word(word)) => text.starts_with(word.as_str()),
            _ => pieces.iter().all(|p| if let Piece::Word(w) = p { text.contains(w.as_str()) } else { true }),
        }
    }

    /// Puts the numbers of the spellings into `found` whose last words a text ends with, from short to long.
    pub(super) fn endings(&self, text: &str, found: &mut Vec<u32>) {
        found.clear();
        let mut node = 0;
        for c in text.chars().rev().take(40) {
            let Ok(i) = self.nodes[node].children.binary_search_by_key(&c, |(c, _)| *c) else { break };
            node = self.nodes[node].children[i].1 as usize;
            found.extend(&self.nodes[node].ends);
        }
    }

    /// The entry and the length of the words of a spelling, where it makes up a text (`whole`) or its end.
    pub(super) fn spells(&self, number: u32, text: &str, whole: bool) -> Option<(u16, usize)> {
        let Spelling { entry, len, pieces } = &self.spellings[number as usize];
        fits(pieces, text, whole).then_some((*entry, *len))
    }

    /// The entries that a whole text names by a spelling with an open end, each with the length of its words.
    pub(super) fn opening(&self, text: &str, mut found: impl FnMut(u16, usize)) {
        let first = text.chars().next().unwrap_or(NONE);
        for key in [NONE, first] {
            let from = self.open.partition_point(|(c, _)| *c < key);
            for (_, number) in self.open[from..].iter().take_while(|(c, _)| *c == key).filter(|(_, n)| self.may_open(*n, text)) {
                if let Some((entry, len)) = self.spells(*number, text, true) {
                    found(entry, len);
                }
            }
        }
    }

    /// Whether a whole text names an entry.
    pub(super) fn has(&self, text: &str) -> bool {
        let mut named = false;
        self.find(text, |_, _| named = true);
        named
    }

    /// The entries that a whole text names, each with the length of the words that do.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(u16, usize)) {
        let mut ends = Vec::new();
        self.endings(text, &mut ends);
        for (entry, len) in ends.into_iter().filter_map(|n| self.spells(n, text, true)) {
            found(entry, len);
        }
        self.opening(text, found);
    }
}

/// Whether the pieces, from the last to the first, make up the text, or its end.
fn fits(pieces: &[Piece], text: &str, whole: bool) -> bool {
    match pieces.split_last() {
        None => !whole || text.is_empty(),
        Some((Piece::Word(word), rest)) => text.strip_suffix(word.as_str()).is_some_and(|left| fits(rest, left, whole)),
        Some((Piece::Gap(_), [])) if !whole => true,
        Some((Piece::Gap(most), rest)) => {
            let ends = text.char_indices().rev().map(|(i, _)| i).take(*most);
            std::iter::once(text.len()).chain(ends).any(|end| fits(rest, &text[..end], whole))
        }
    }
}
