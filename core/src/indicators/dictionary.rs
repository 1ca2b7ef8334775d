//! The dictionary: one line an indicator, its heads compiled into a trie.

use std::collections::BTreeMap;
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
    /// In the headings.
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
    pub(super) change: Changing,
    pub(super) context: Option<(Window, Vec<String>)>,
    pub(super) verbs: Vec<String>,
    pub(super) without: Vec<String>,
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

/// The columns of a file.
const COLUMNS: [&str; 13] = ["id", "name", "domain", "group", "tier", "measure", "units", "change", "heads", "context", "verbs", "without", "note"];

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
        for (line, row) in lines {
            let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
            let cell = |name: &str| at.get(name).and_then(|i| cells.get(*i)).copied().unwrap_or_default();
            let wrong = |name: &'static str, problem: String| err(line, at.get(name).map_or(1, |i| i + 1), name, problem);
            let id = cell("id");
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
                return Err(wrong("id", format!("{id:?} is no id: small letters, digits and _ make one")));
            }
            if entries.iter().any(|e| e.id == id) {
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
            entries.push(Entry {
                id: id.into(),
                name: if cell("name").is_empty() { id.into() } else { cell("name").into() },
                domain: cell("domain").into(),
                group: cell("group").into(),
                core: cell("tier") != "ext",
                measure,
                units,
                heads: cell("heads").into(),
                note: cell("note").into(),
                change,
                context,
                verbs: words(cell("verbs"), '|'),
                without: words(cell("without"), '|'),
            });
            // Of what is compiled anew below, the place of an error is known only here.
            expand(cell("heads")).map_err(|problem| wrong("heads", problem))?;
        }
        if entries.len() > usize::from(u16::MAX) {
            return Err(err(1, 1, "id", "there are more than 65535 indicators".into()));
        }
        Ok(Self { version: "own".into(), heads: Heads::new(&entries), entries })
    }

    /// This dictionary with the indicators of another: those of the same id are replaced, others are added.
    #[must_use]
    pub fn with(&self, own: &Dictionary) -> Self {
        let mut entries: Vec<Entry> = self.entries.iter().filter(|e| own.get(&e.id).is_none()).cloned().collect();
        entries.extend(own.entries.iter().cloned());
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

/// Every spelling of a head: `(新增)?(甲|乙)…3企业`.
fn expand(head: &str) -> Result<Vec<Vec<Piece>>, String> {
    let chars: Vec<char> = head.chars().filter(|c| !matches!(c, '“' | '”')).collect();
    let mut at = 0;
    let all = alternatives(&chars, &mut at, 0)?;
    if at < chars.len() {
        return Err(format!("the bracket ) at character {} closes nothing", at + 1));
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
                sequence = sequence.iter().flat_map(|left| inner.iter().map(move |right| left.iter().chain(right).cloned().collect())).collect();
                if sequence.len() + all.len() > MOST {
                    return Err(format!("the alternatives make more than {MOST} spellings"));
                }
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
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    nodes: Vec<Node>,
    spellings: Vec<(u16, Vec<Piece>)>,
    /// Those that end in a gap, by their first character, or `NONE` where they begin with a gap too.
    open: Vec<(char, u32)>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    children: Vec<(char, u32)>,
    ends: Vec<u32>,
}

impl Heads {
    fn new(entries: &[Entry]) -> Self {
        let mut heads = Self { nodes: vec![Node::default()], ..Self::default() };
        for (entry, i) in entries.iter().zip(0u16..) {
            for pieces in expand(&entry.heads).unwrap_or_default() {
                let number = heads.spellings.len() as u32;
                match pieces.last() {
                    Some(Piece::Word(word)) => {
                        let node = word.chars().rev().fold(0, |node, c| heads.child(node, c));
                        heads.nodes[node].ends.push(number);
                    }
                    _ => {
                        let first = if let Some(Piece::Word(word)) = pieces.first() { word.chars().next().unwrap_or(NONE) } else { NONE };
                        heads.open.push((first, number));
                    }
                }
                heads.spellings.push((i, pieces));
            }
        }
        heads.open.sort_unstable();
        heads
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
        match self.spellings[number as usize].1.first() {
            Some(Piece::Word(word)) => text.starts_with(word.as_str()),
            _ => self.spellings[number as usize].1.iter().all(|p| if let Piece::Word(w) = p { text.contains(w.as_str()) } else { true }),
        }
    }

    /// The entries that `text` names, each with the length of the words that do. `whole`: all of the text, else its end.
    pub(super) fn find(&self, text: &str, whole: bool, mut found: impl FnMut(u16, usize)) {
        let mut hit = |number: u32| {
            let (entry, pieces) = &self.spellings[number as usize];
            if fits(pieces, text, whole) {
                found(*entry, pieces.iter().map(|p| if let Piece::Word(w) = p { w.len() } else { 0 }).sum());
            }
        };
        let mut node = 0;
        for c in text.chars().rev().take(40) {
            let Ok(i) = self.nodes[node].children.binary_search_by_key(&c, |(c, _)| *c) else { break };
            node = self.nodes[node].children[i].1 as usize;
            self.nodes[node].ends.iter().for_each(|n| hit(*n));
        }
        if whole {
            let first = text.chars().next().unwrap_or(NONE);
            for key in [NONE, first] {
                let from = self.open.partition_point(|(c, _)| *c < key);
                let of_key = self.open[from..].iter().take_while(|(c, _)| *c == key);
                of_key.filter(|(_, n)| self.may_open(*n, text)).for_each(|(_, n)| hit(*n));
            }
        }
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
