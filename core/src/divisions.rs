//! The table of administrative divisions: names → records, and a name in its surroundings → the code it had in a year.
//!
//! The table is data (`divisions/table.txt`, public domain, made by `scripts/divisions.py`): every division at county
//! level and above since 1981, with its code of GB/T 2260, the years it was in force and the codes that followed.
//! Names are looked up as they are written: in full (大理白族自治州), short with an ending (大理州), bare (大理).

use crate::lexicon::{Groups, Row, Words, entries, file, head, head_at, link, listed, pair, places, under};
use std::sync::OnceLock;
#[cfg(test)]
mod tests;

static TABLE: OnceLock<Table> = OnceLock::new();

/// Gives the table of administrative divisions to a build without the feature `divisions`: the text of
/// `core/src/divisions/table.txt`.
///
/// The first table stays, and a build with the feature has one from the start; returns whether this one is in use.
/// Without a table a place is told by the form of its name alone, and has no code.
pub fn provide(table: String) -> bool {
    self::table().is_none() && TABLE.set(Table::new(Box::leak(table.into_boxed_str()))).is_ok()
}

/// The table, where there is one.
#[cfg(not(feature = "divisions"))]
pub(crate) fn table() -> Option<&'static Table> {
    TABLE.get()
}

#[cfg(feature = "divisions")]
pub(crate) use built::table;

/// The table of the library, whose rows the compiler fills.
#[cfg(feature = "divisions")]
mod built {
    use super::{Groups, Row, Table, fill, lines, places};

    const TEXT: &str = include_str!("divisions/table.txt");
    const MANY: usize = lines(TEXT);

    type Filled = ([u16; places(MANY)], [Row<u32>; MANY], usize);

    #[allow(long_running_const_eval, reason = "once a build, and not in each process")]
    static FILLED: Filled = {
        let mut filled = ([0; places(MANY)], [Row::new(0, 0, 0); MANY], 0);
        filled.2 = fill(TEXT, &mut filled.0, &mut filled.1);
        filled
    };

    static BUILT: Table = Table { text: TEXT, heads: Groups { first: &FILLED.0, rows: FILLED.1.split_at(FILLED.2).0 } };

    pub(crate) fn table() -> Option<&'static Table> {
        Some(&BUILT)
    }
}

/// Years without an end.
const STILL: u16 = u16::MAX;

/// One division as it was for some years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) code: u32,
    pub(crate) name: &'static str,
    from: u16,
    /// The year in which it ended.
    until: u16,
    /// The codes that followed, apart by commas.
    after: &'static str,
}

/// What a division is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Province,
    Prefecture,
    County,
}

impl Record {
    pub(crate) fn level(self) -> Level {
        match (self.code % 10_000, self.code % 100) {
            (0, _) => Level::Province,
            (_, 0) => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// Whether it lies in `whole`.
    fn lies_in(self, whole: Self) -> bool {
        match whole.level() {
            Level::Province => self.code / 10_000 == whole.code / 10_000 && self.level() > Level::Province,
            Level::Prefecture => self.code / 100 == whole.code / 100 && self.level() > Level::Prefecture,
            Level::County => false,
        }
    }
}

/// How a text names a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// 大理, 广东
    Bare,
    /// 大理州, 彭水县
    Short,
    /// 大理白族自治州, 彭水苗族土家族自治县, 广东省
    Full,
}

/// Divisions named one in the other: 广东省江门市, 柳州地区忻城县, 青海西宁.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    /// How long the names are, in bytes.
    pub(crate) len: usize,
    /// The divisions that the last name may be.
    pub(crate) last: Vec<u16>,
    pub(crate) how: How,
    pub(crate) names: usize,
    /// Whether a zone follows, which has no code of its own: 广州开发区.
    pub(crate) zone: bool,
}

/// The table, by the first characters of names.
#[derive(Debug)]
pub(crate) struct Table {
    text: &'static str,
    /// Where the name of each record begins, behind its code and a blank, by the first two characters of the name.
    heads: Groups<u32>,
}

/// The first two characters of a name.
#[inline]
fn key(text: &str) -> u32 {
    head(text).map_or(0, |(a, b)| pair(a, b))
}

/// Puts the records of a table into rows, by the first two characters of their names, and gives their number.
const fn fill(text: &str, first: &mut [u16], rows: &mut [Row<u32>]) -> usize {
    let (bytes, mut at, mut count) = (text.as_bytes(), 0, 0);
    while at < bytes.len() && count < rows.len() {
        let mut name = at;
        while name < bytes.len() && bytes[name].is_ascii_digit() {
            name += 1;
        }
        if name > at && name < at + 10 && name + 1 < bytes.len() && bytes[name] == b' ' {
            let (a, b) = head_at(bytes, name + 1, bytes.len());
            rows[count] = Row::new(pair(a, b), 0, name as u32 + 1);
            link(first, rows, count);
            count += 1;
        }
        at = name;
        while at < bytes.len() && bytes[at] != b'\n' {
            at += if bytes[at] < 0xE0 { 1 } else { '中'.len_utf8() };
        }
        at += 1;
    }
    count
}

/// How many lines a text has at most.
const fn lines(text: &str) -> usize {
    let (mut lines, mut at) = (1, 0);
    while at < text.len() {
        lines += (text.as_bytes()[at] == b'\n') as usize;
        at += 1;
    }
    lines
}

impl Table {
    fn new(text: &'static str) -> Self {
        let many = lines(text).min(usize::from(u16::MAX - 1));
        let (mut first, mut rows) = (vec![0; places(many)], vec![Row::new(0, 0, 0); many]);
        let count = fill(text, &mut first, &mut rows);
        Self { text, heads: Groups { first: first.leak(), rows: &rows.leak()[..count] } }
    }

    /// A record's name.
    fn named(&self, at: u16) -> &'static str {
        let line = &self.text[self.heads.rows[usize::from(at)].what as usize..];
        &line[..line.bytes().position(|b| b <= b' ').unwrap_or(line.len())]
    }

    pub(crate) fn record(&self, at: u16) -> Record {
        let (start, name) = (self.heads.rows[usize::from(at)].what as usize, self.named(at));
        let rest = &self.text[start + name.len()..];
        let rest = &rest[..rest.bytes().position(|b| b < b' ').unwrap_or(rest.len())];
        let digits = self.text.as_bytes()[..start - 1].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let code = self.text[start - 1 - digits..start - 1].parse().unwrap_or(0);
        let mut record = Record { code, name, from: 1981, until: STILL, after: "" };
        for part in rest.split(' ') {
            let year = || part[1..].parse().ok();
            match part.as_bytes().first() {
                Some(b'+') => record.from = year().unwrap_or(1981),
                Some(b'-') => record.until = year().unwrap_or(STILL),
                Some(b'>') => record.after = &part[1..],
                _ => {}
            }
        }
        record
    }

    #[cfg(test)]
    fn records(&self) -> impl Iterator<Item = Record> {
        (0..self.heads.rows.len()).map(|at| self.record(at as u16))
    }

    /// The names that a code has had: records stand in the order of their codes.
    fn names_of(&self, code: u32) -> impl Iterator<Item = &'static str> {
        let rows = self.heads.rows.len() as u16;
        let (mut from, mut to) = (0, rows);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.record(middle).code < code { from = middle + 1 } else { to = middle }
        }
        (from..rows).map(|at| self.record(at)).take_while(move |r| r.code == code).map(|r| r.name)
    }

    /// The longest name at the start of `text`: its length, how it names, whom. None where `fits` accepts no record.
    fn name(&self, text: &str, fits: impl Fn(u16) -> bool) -> Option<(usize, How, Vec<u16>)> {
        // Every form of a name has its first two characters.
        let mut best: Option<(usize, How, Vec<u16>)> = None;
        for at in self.heads.of(key(text)).map(|(row, _)| row as u16) {
            let Some((len, how)) = named(self.named(at), text) else { continue };
            if !fits(at) {
                continue;
            }
            match &mut best {
                // 彭水县, a county once and an autonomous one today
                Some((l, h, all)) if *l == len => {
                    *h = how.max(*h);
                    all.push(at);
                }
                Some((l, ..)) if *l > len => {}
                _ => best = Some((len, how, vec![at])),
            }
        }
        best
    }

    /// The names at the start of `text`, each in the one before.
    #[inline]
    pub(crate) fn chain(&self, text: &str) -> Option<Chain> {
        // Most texts begin as no name does.
        self.heads.of(key(text)).next()?;
        self.known_chain(text)
    }

    #[inline(never)]
    fn known_chain(&self, text: &str) -> Option<Chain> {
        let (len, how, last) = self.name(text, |_| true)?;
        let mut chain = Chain { len, last, how, names: 1, zone: false };
        loop {
            let rest = &text[chain.len..];
            let inside = |at: u16| {
                let record = self.record(at);
                chain.last.iter().any(|p| record.lies_in(self.record(*p)))
            };
            let Some((len, how, last)) = self.name(rest, inside) else { break };
            // 湖北省公安厅 names no 公安县.
            if how == How::Bare && is_word(&rest[..len], &rest[len..]) {
                break;
            }
            chain = Chain { len: chain.len + len, last, how, names: chain.names + 1, zone: false };
        }
        let zone = zone(&text[chain.len..]);
        if zone > 0 {
            chain.len += zone;
            chain.zone = true;
        }
        Some(chain)
    }

    /// The code of the division that `name` names, in the year where one is known, with the help of what the document
    /// names beside it. `own` tells the ending that the document gives its own, 市 of 我市, where several have the name.
    pub(crate) fn code(&self, name: &str, year: Option<u16>, own: impl Fn() -> Option<char>, hints: &[&str]) -> Option<u32> {
        let (chain, rest) = match self.chain(name) {
            Some(chain) => {
                let rest = &name[chain.len..];
                (chain, rest)
            }
            None => return zone_code(name),
        };
        if let Some(code) = zone_code(name) {
            return Some(code);
        }
        if !rest.is_empty() {
            return None;
        }
        let mut found: Vec<Record> = chain.last.iter().map(|i| self.record(*i)).collect();
        // Bare, a name is that of the highest division, unless the document says which it is.
        if chain.how == How::Bare && found.len() > 1 {
            let own = own();
            let of_own = |r: &Record| own.is_some_and(|end| r.name.ends_with(end));
            if found.iter().any(of_own) {
                found.retain(of_own);
            }
            let highest = found.iter().map(|r| r.level()).min()?;
            found.retain(|r| r.level() == highest);
        }
        let codes = self.in_year(&found, year);
        if let [code] = codes[..] {
            return Some(code);
        }
        // 南山区: the one whose parent the document names.
        let weight = |code: u32| {
            let named = |whole: u32| self.names_of(whole).any(|name| hints.iter().any(|h| h.contains(name) || stem(name).is_some_and(|s| h.contains(s))));
            let prefecture = code / 100 * 100;
            if prefecture != code && !prefecture.is_multiple_of(10_000) && named(prefecture) { 2 } else { u8::from(named(code / 10_000 * 10_000)) }
        };
        let weights: Vec<_> = codes.iter().map(|c| (weight(*c), *c)).collect();
        let most = weights.iter().map(|w| w.0).max().filter(|w| *w > 0)?;
        let mut of_most = weights.iter().filter(|w| w.0 == most);
        match (of_most.next(), of_most.next()) {
            (Some((_, code)), None) => Some(*code),
            _ => None,
        }
    }

    /// The codes of divisions of one name in a year: those in force; else what became of those that were; else those
    /// that came to be. Without a year those in force today, else the last that were.
    fn in_year(&self, found: &[Record], year: Option<u16>) -> Vec<u32> {
        let mut codes: Vec<u32> = Vec::new();
        let mut add = |code: u32| {
            if !codes.contains(&code) {
                codes.push(code);
            }
        };
        let y = year.unwrap_or(STILL);
        let in_force: Vec<_> = found.iter().filter(|r| r.from <= y && (r.until > y || r.until == STILL)).collect();
        if !in_force.is_empty() {
            in_force.iter().for_each(|r| add(r.code));
            return codes;
        }
        let past: Vec<_> = found.iter().filter(|r| r.until <= y).collect();
        let Some(latest) = past.iter().map(|r| r.until).max() else {
            let first = found.iter().map(|r| r.from).min().unwrap_or_default();
            found.iter().filter(|r| r.from == first).for_each(|r| add(r.code));
            return codes;
        };
        for record in past.iter().filter(|r| r.until == latest) {
            // In the year of the change both hold, and the document uses the old name.
            if year.is_none_or(|y| record.until == y) {
                add(record.code);
            } else {
                let mut followed = record.after.split(',').filter_map(|c| c.parse().ok()).peekable();
                if followed.peek().is_none() {
                    add(record.code);
                }
                followed.for_each(&mut add);
            }
        }
        codes
    }
}

/// Whether `text` begins with a form of `name`: how much of it, and which form.
fn named(name: &str, text: &str) -> Option<(usize, How)> {
    if text.starts_with(name) {
        return Some((name.len(), How::Full));
    }
    let bare = stem(name)?;
    let rest = text.strip_prefix(bare)?;
    // 大理州 of 大理白族自治州, 彭水县 of 彭水苗族土家族自治县
    let end = if name[bare.len()..].contains("自治") { name.chars().next_back()? } else { return Some((bare.len(), How::Bare)) };
    Some(if rest.starts_with(end) { (bare.len() + end.len_utf8(), How::Short) } else { (bare.len(), How::Bare) })
}

struct Lists {
    endings: Words,
    peoples: Words,
    zones: Vec<(&'static str, u32)>,
    zone_names: Words,
    zone_ranks: Words,
    zone_endings: Words,
    words: Words,
    not_before: Words,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let all = entries(file!("lexicon/divisions.txt"));
        let zone = |word: &'static str| {
            let digits = word.find(|c: char| c.is_ascii_digit())?;
            Some((&word[..digits], word[digits..].parse().ok()?))
        };
        let zones: Vec<_> = listed(&all, "zone").into_iter().filter_map(zone).collect();
        Lists {
            endings: under(&all, "ending"),
            peoples: under(&all, "people"),
            zone_names: Words::new(zones.iter().map(|(name, _)| *name)),
            zones,
            zone_ranks: under(&all, "zone rank"),
            zone_endings: under(&all, "zone ending"),
            words: under(&all, "word"),
            not_before: under(&all, "not before"),
        }
    })
}

/// A name without what it ends in, where two characters are left: 大理 of 大理白族自治州.
fn stem(name: &str) -> Option<&str> {
    let lists = lists();
    let mut bare = &name[..name.len() - lists.endings.end(name)];
    if bare.len() == name.len() {
        return None;
    }
    if name[bare.len()..].starts_with("自治") {
        loop {
            let people = lists.peoples.end(bare);
            if people == 0 || people == bare.len() {
                break;
            }
            bare = &bare[..bare.len() - people];
        }
    }
    (bare.chars().nth(1).is_some()).then_some(bare)
}

/// Whether a bare name is a word of the language, or part of one with what follows: 公安, 中山大学.
pub(crate) fn is_word(bare: &str, rest: &str) -> bool {
    let lists = lists();
    lists.words.has(bare) || lists.not_before.start(rest) > 0
}

/// The length of what makes a zone of the name before it: 经济技术开发区, 国家高新区.
fn zone(text: &str) -> usize {
    let lists = lists();
    let rank = lists.zone_ranks.start(text);
    let ending = lists.zone_endings.start(&text[rank..]);
    if ending > 0 { rank + ending } else { 0 }
}

/// A zone that everybody knows by its own name, and the code of the division that it lies in or became: 雄安新区.
fn zone_code(name: &str) -> Option<u32> {
    lists().zones.iter().find(|(zone, _)| name.ends_with(zone)).map(|(_, code)| *code)
}

/// The length of such a zone's name at the start of `text`.
pub(crate) fn known_zone(text: &str) -> usize {
    lists().zone_names.start(text)
}
