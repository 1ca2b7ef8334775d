//! Metrics with the words around them → indicators.

use super::dictionary::{Changing, Window};
use super::{Basis, Dictionary, Entry, Indicator, Measure, Scope, Status};
use crate::{Bound, ChangeKind, Date, Document, Kind, Metric, MetricId, Modality, Role, Span};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of `words.txt`, each list the longest first.
struct WordLists(Vec<(&'static str, Vec<&'static str>)>);

static WORDS: LazyLock<WordLists> = LazyLock::new(|| {
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in include_str!("words.txt").lines().filter(|l| !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => lists.push((name, Vec::new())),
            None => {
                if let Some((_, words)) = lists.last_mut() {
                    words.extend(line.split_whitespace());
                }
            }
        }
    }
    lists.iter_mut().for_each(|(_, words)| words.sort_by_key(|w| std::cmp::Reverse(w.len())));
    WordLists(lists)
});

fn words(name: &str) -> &'static [&'static str] {
    WORDS.0.iter().find(|(n, _)| *n == name).map_or(&[], |(_, words)| words)
}

fn any(list: &str, text: &str) -> bool {
    words(list).iter().any(|w| text.contains(w))
}

/// How far around a number its words are looked for, in characters.
const AROUND: usize = 200;

/// The text without blanks and quotes, in one width.
fn tidy(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '\u{200b}' | '\u{feff}' | '《' | '》' | '*' | '#'))
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' if !matches!(c, '，' | '；' | '：' | '（' | '）' | '！' | '？') => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '(' => '（',
            ')' => '）',
            _ => c,
        })
        .collect()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '\n')
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | '：' | ':' | ',')
}

/// What stands around a number.
struct Around {
    /// The clause up to the number, whatever numbers it holds.
    clause: String,
    /// What stands between the number before it in the clause, or the clause's beginning, and the number.
    near: String,
    /// The clause after the number.
    after: String,
    /// The sentence.
    sentence: String,
    /// The sentence before it in its paragraph.
    before: String,
    /// The paragraph up to the number, so far as it is looked at.
    paragraph: String,
    /// The sentence up to the number.
    said: String,
    /// The clause that the subject was taken over from.
    inherited: String,
}

/// From `at` back to where `stop` holds, at most so many characters.
fn back(text: &str, at: usize, most: usize, stop: impl Fn(char, usize) -> bool) -> usize {
    let mut start = at;
    for (i, c) in text[..at].char_indices().rev().take(most) {
        if stop(c, i) {
            return start;
        }
        start = i;
    }
    start
}

fn ahead(text: &str, at: usize, most: usize, stop: impl Fn(char, usize) -> bool) -> usize {
    text[at..]
        .char_indices()
        .take(most)
        .find(|(i, c)| stop(*c, at + *i))
        .map_or_else(|| text[at..].char_indices().nth(most).map_or(text.len(), |(i, _)| at + i), |(i, _)| at + i)
}

impl Around {
    fn new(text: &str, metric: &Metric, before: Option<&Metric>) -> Self {
        let (start, end) = (metric.span.start as usize, metric.span.end as usize);
        // A comma between digits parts no clauses.
        let comma = |i: usize| {
            let bytes = text.as_bytes();
            bytes[i] == b',' && i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
        };
        let clause = back(text, start, AROUND, |c, i| ends_clause(c) && !comma(i));
        let near = before.map_or(clause, |m| (m.span.end as usize).max(clause));
        let sentence = back(text, start, AROUND, |c, _| ends_sentence(c));
        let paragraph = back(text, start, 2 * AROUND, |c, _| c == '\n');
        let ending = text[..sentence].char_indices().next_back().filter(|(i, c)| ends_sentence(*c) && *i > paragraph).map(|(i, _)| i);
        let previous = ending.map(|i| back(text, i, AROUND, |c, _| ends_sentence(c)).max(paragraph)..i);
        Self {
            clause: tidy(&text[clause..start]),
            near: tidy(&text[near.min(start)..start]),
            after: tidy(&text[end..ahead(text, end, 40, |c, i| ends_clause(c) && !comma(i))]),
            sentence: tidy(&text[sentence..ahead(text, end, AROUND, |c, _| ends_sentence(c))]),
            before: previous.map_or_else(String::new, |range| tidy(&text[range])),
            paragraph: tidy(&text[paragraph..start]),
            said: tidy(&text[sentence..start]),
            inherited: String::new(),
        }
    }
}

/// The text without one opening word.
fn open(text: &str) -> Option<&str> {
    static FIRST: LazyLock<HashSet<char>> = LazyLock::new(|| words("opening").iter().filter_map(|w| w.chars().next()).collect());
    if !FIRST.contains(&text.chars().next()?) {
        return None;
    }
    words("opening").iter().find_map(|w| text.strip_prefix(w)).filter(|rest| !rest.is_empty())
}

fn close(text: &str) -> Option<&str> {
    static LAST: LazyLock<HashSet<char>> = LazyLock::new(|| words("ending").iter().filter_map(|w| w.chars().next_back()).collect());
    if !LAST.contains(&text.chars().next_back()?) {
        return None;
    }
    words("ending").iter().find_map(|w| text.strip_suffix(w))
}

/// Whether a subject says nothing of its own.
fn is_same(text: &str) -> bool {
    let mut text = text;
    loop {
        if text.is_empty() || words("same").contains(&text) {
            return true;
        }
        match close(text).or_else(|| open(text)) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
}

/// What a number was of, for the numbers behind it.
struct Named {
    subject: String,
    clause: String,
    /// Whether it was a part's.
    part: bool,
}

/// A document under reading.
struct Reader<'d, 't> {
    doc: &'d Document<'t>,
    dictionary: &'d Dictionary,
    department: bool,
    /// Where a paragraph begins that is of several years, and where one is of a single year.
    turns: Vec<(usize, Years)>,
    rows: Vec<Indicator<'d>>,
}

/// The indicators of a document by a dictionary, in reading order.
#[must_use]
pub fn read<'d>(doc: &'d Document<'_>, dictionary: &'d Dictionary) -> Vec<Indicator<'d>> {
    let mut reader = Reader { doc, dictionary, department: is_department(doc), turns: turns(doc), rows: Vec::new() };
    reader.metrics();
    reader.words();
    reader.rows.sort_by_key(|row| (row.span, row.metric.map(|m| m.0)));
    reader.rows
}

/// The years that a part of a work report is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Years {
    One,
    /// 过去五年
    Past,
    /// “十五五”时期
    Ahead,
}

/// Where a work report turns to several years, and back to one, 2025年.
fn turns(doc: &Document<'_>) -> Vec<(usize, Years)> {
    let mut turns = Vec::new();
    if doc.kind() != Kind::WorkReport {
        return turns;
    }
    let mut at = 0;
    for line in doc.text().split_inclusive('\n') {
        let opening = tidy(&line[..line.char_indices().nth(60).map_or(line.len(), |(i, _)| i)]);
        let first = |list: &str| words(list).iter().filter_map(|w| opening.find(w)).min();
        let one = first("one year").or_else(|| year_in(&opening).map(|_| 0));
        let said = [(first("several years"), Years::Past), (first("years ahead"), Years::Ahead), (one, Years::One)];
        if let Some((_, years)) = said.into_iter().filter_map(|(at, years)| Some((at?, years))).min_by_key(|(at, _)| *at) {
            turns.push((at, years));
        }
        at += line.len();
    }
    turns
}

/// Whether a department reports of itself.
fn is_department(doc: &Document<'_>) -> bool {
    let ends = |name: &str| {
        let name = name.split("关于").next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit() || c == '年' || c == '度');
        !name.contains("人民政府")
            && !name.contains("人大")
            && !name.contains("党委")
            && !name.contains("委办")
            && words("department").iter().any(|w| name.ends_with(w))
    };
    // A title names whom a report is of; the issuer may be the office that publishes it.
    doc.kind() != Kind::WorkReport
        && match doc.title {
            Some(title) => ends(&doc.clean(title).replace("法治政府", "关于").replace("推进法治", "关于")),
            None => doc.issuer.is_some_and(|issuer| ends(&doc.clean(issuer))),
        }
}

impl<'d> Reader<'d, '_> {
    fn metrics(&mut self) {
        let metrics = &self.doc.metrics;
        // What the numbers before this one in its sentence were of.
        let mut subjects: Vec<Named> = Vec::new();
        let mut sentence = 0;
        for (i, metric) in metrics.iter().enumerate() {
            let text = self.doc.text();
            let start = back(text, metric.span.start as usize, AROUND, |c, _| ends_sentence(c));
            if start != sentence {
                subjects.clear();
                sentence = start;
            }
            let before = i.checked_sub(1).map(|b| &metrics[b]).filter(|b| b.span.end <= metric.span.start);
            let mut around = Around::new(text, metric, before);
            let mut named = self.subjects(i, metric, &mut around, &subjects);
            let found = if self.is_start(i, metric, &around) { Vec::new() } else { self.choose(metric, &around, &named) };
            for (entry, _) in found {
                self.push(i, metric, &around, entry);
            }
            named.retain(|n| !is_same(n));
            if let Some(subject) = named.into_iter().next() {
                let part = any("part", around.near.rsplit('、').next().unwrap_or_default());
                let clause = if around.inherited.is_empty() { around.clause } else { around.inherited };
                subjects.insert(0, Named { subject, clause, part });
                subjects.truncate(3);
            }
        }
    }

    /// What a number may be of: its subjects and the words before it, or, where they say nothing, what the number before
    /// it was of.
    fn subjects(&self, i: usize, metric: &Metric, around: &mut Around, last: &[Named]) -> Vec<String> {
        let per = metric.per.map(|p| tidy(&self.doc.clean(p))).filter(|p| p == "人均");
        let mut all: Vec<String> = metric.subject.iter().map(|s| tidy(&self.doc.clean(*s))).collect();
        all = self.distributed(i, metric, all);
        let near = around.near.as_str();
        let member = near.rsplit('、').next().unwrap_or(near);
        let silent = is_same(member.trim_end_matches('，'));
        if silent && let Some(last) = last.first() {
            around.inherited = last.clause.clone();
            if last.part {
                all.clear();
            } else if all.iter().all(|s| is_same(s)) {
                all = vec![last.subject.clone()];
            }
        }
        if let Some(per) = per {
            all = all.into_iter().map(|s| if s.starts_with(&per) || s.contains("人均") { s } else { format!("{per}{s}") }).collect();
        }
        all
    }

    /// Whether a number is where a change began, of which no year is known: 由45.9%提高到52.6%.
    fn is_start(&self, i: usize, metric: &Metric, around: &Around) -> bool {
        let from = around.near.ends_with(['由', '从'])
            || around.near.char_indices().rev().nth(7).is_some_and(|(at, c)| matches!(c, '由' | '从') && around.near[at..].ends_with("年的"));
        let next = self.doc.metrics.get(i + 1).and_then(|n| n.change).filter(|c| c.kind == ChangeKind::FromTo && c.from == Some(metric.value));
        from || next.is_some() && metric.change.is_none()
    }

    /// Subjects of numbers that share them: 城乡居民人均可支配收入分别增长5%和7%; 起数、死亡人数下降17.6%、11.6%.
    fn distributed(&self, i: usize, metric: &Metric, subjects: Vec<String>) -> Vec<String> {
        let metrics = &self.doc.metrics;
        let near = |a: &Metric, b: &Metric| {
            let gap = self.doc.text().get(a.span.end as usize..b.span.start as usize).unwrap_or("。");
            gap.len() <= 9 && gap.trim_matches(|c| matches!(c, '、' | '和' | '，' | ',' | ' ')).is_empty()
        };
        let first = (0..=i).rev().take(4).take_while(|k| *k == i || near(&metrics[*k], &metrics[*k + 1])).last().unwrap_or(i);
        let place = i - first;
        let next = metrics.get(i + 1).is_some_and(|n| near(metric, n));
        if place == 0 && !next {
            return subjects;
        }
        let whole = subjects.first().cloned().unwrap_or_default();
        for (shared, each) in [("城乡居民", ["城镇居民", "农村居民"]), ("城乡常住居民", ["城镇常住居民", "农村常住居民"])] {
            if let (Some(rest), Some(own)) = (whole.find(shared).map(|at| &whole[at + shared.len()..]), each.get(place)) {
                return vec![format!("{own}{rest}")];
            }
        }
        if subjects.len() > 1 && place < subjects.len() {
            return vec![subjects[place].clone()];
        }
        subjects
    }

    /// The entries that the subjects and the words before a number name: one for each subject, or one for the words.
    fn choose(&self, metric: &Metric, around: &Around, subjects: &[String]) -> Vec<(&'d Entry, usize)> {
        let mut found: Vec<(&Entry, usize)> = Vec::new();
        for subject in subjects {
            if let Some(best) = self.best(metric, around, subject, false)
                && !found.iter().any(|(e, _)| e.id == best.0.id)
            {
                found.push(best);
            }
        }
        if found.len() < 2 {
            let near = around.near.as_str();
            let member = near.rsplit('、').next().unwrap_or(near);
            let words = self.best(metric, around, near, true).or_else(|| self.best(metric, around, member, true));
            if let Some(words) = words
                && found.first().is_none_or(|f| words.1 > f.1)
            {
                found = vec![words];
            }
        }
        found
    }

    /// The entry that a text names best: with most context, then by the longest words.
    fn best(&self, metric: &Metric, around: &Around, text: &str, end: bool) -> Option<(&'d Entry, usize)> {
        let mut best: Option<(&Entry, usize)> = None;
        let mut closed = Some(text);
        let mut rounds = 0;
        while let Some(left) = closed {
            let mut opened = Some(left);
            while let Some(text) = opened {
                rounds += 1;
                if rounds > 60 {
                    return best;
                }
                if text.is_empty() {
                    break;
                }
                let mut hit = |entry: u16, len: usize| {
                    let entry = &self.dictionary.entries()[usize::from(entry)];
                    let weight = len + entry.context.as_ref().map_or(0, |_| 30);
                    if best.is_none_or(|(_, w)| weight > w) && self.fits(metric, around, text, entry) {
                        best = Some((entry, weight));
                    }
                };
                self.dictionary.heads.find(text, true, &mut hit);
                // How it opens does not matter to its end.
                if end && text.len() == left.len() {
                    self.dictionary.heads.find(text, false, |entry, len| {
                        let before = text.get(..text.len().saturating_sub(len)).unwrap_or_default();
                        if len >= 12 && !["减少", "增加", "影响", "占"].iter().any(|w| before.ends_with(w)) {
                            hit(entry, len.saturating_sub(3));
                        }
                    });
                }
                opened = open(text);
            }
            closed = close(left);
        }
        best
    }

    /// Whether a number can be of an indicator that its words name.
    fn fits(&self, metric: &Metric, around: &Around, subject: &str, entry: &Entry) -> bool {
        let unit = tidy(&self.doc.unit(metric));
        if !entry.units.iter().any(|u| *u == unit || unit == "％" && u == "%") {
            return false;
        }
        let changes = self.sign(metric, around);
        let member = around.near.rsplit('、').next().unwrap_or_default();
        match entry.change {
            Changing::Required if changes.is_none() => return false,
            Changing::No if changes.is_some() && unit == "%" => return false,
            _ => {}
        }
        // 覆盖率提高3%: a change of a rate is no rate.
        if entry.measure == Measure::Rate && changes.is_some() && !around.near.ends_with(['到', '至', '达', '为', '在']) && entry.id != "cpi_change" {
            let rate = entry.id.ends_with("cut_rate");
            if !rate {
                return false;
            }
        }
        // 预期寿命提高1岁: a change of a level is no level.
        if entry.measure == Measure::Level && ["提高", "下降", "减少", "降低", "提升"].iter().any(|w| around.near.ends_with(w)) {
            return false;
        }
        // 比上年增产50万吨: nor is a difference.
        let differs = ["增加", "增产", "增收", "多收", "减少", "减产"].iter().any(|w| around.near.ends_with(w))
            && (around.near.contains('比') || around.near.contains("同比"));
        // 生产总值超千亿元县, one project's flats.
        let named = ["县", "镇", "街", "村", "企业", "产业", "集群", "园区", "强", "项目"].iter().any(|w| around.after.starts_with(w))
            && entry.units.iter().any(|u| u == "元");
        if entry.measure == Measure::Level && (differs || named) || any("season", &around.clause) || any("project", &around.said) || any("failed", &around.said)
        {
            return false;
        }
        let here = format!("{member}{subject}");
        if entry.without.iter().any(|w| here.contains(w.as_str())) {
            return false;
        }
        // Parts of the jurisdiction, other base years.
        if entry.domain != "law" && any("part", member) && !words("part").iter().any(|w| subject.contains(w) && entry.heads.contains(w)) {
            return false;
        }
        if entry.measure == Measure::Growth && !around.clause.contains("年均") && (any("base", &around.clause) || self.other_base(metric, around)) {
            return false;
        }
        if entry.domain == "law" && metric.per.is_some_and(|p| self.doc.clean(p).starts_with('每')) {
            return false;
        }
        // 新增装机1258万千瓦、总量达到6437万千瓦: the total is not what is new.
        if entry.id.ends_with("_new") && any("total", &around.near) {
            return false;
        }
        let clause = format!("{}{}{subject}", around.inherited, around.clause);
        if !entry.verbs.is_empty() && !entry.verbs.iter().any(|v| clause.contains(v.as_str())) {
            return false;
        }
        let Some((window, list)) = &entry.context else { return true };
        let has = |text: &str| list.iter().any(|w| text.contains(w.as_str()));
        match window {
            Window::Clause => has(&clause),
            Window::ClauseAndAfter => has(&clause) || has(&around.after),
            Window::Headings => self.doc.heading_path(metric.section).iter().any(|h| has(h)),
            Window::Sentence | Window::SentenceAndBefore => {
                // A topic keeps its family open until another opens one.
                let near = around.said.rsplit('，').find(|c| has(c)).unwrap_or_default();
                if entry.measure == Measure::Growth && entry.without.iter().any(|w| near.contains(w.as_str())) {
                    return false;
                }
                let topics = words("topic");
                let ours = topics.iter().any(|t| list.iter().any(|w| w.contains(t)));
                let last = topics.iter().filter_map(|t| around.paragraph.rfind(t).map(|at| (at, *t))).max();
                match last {
                    Some((_, topic)) if ours => list.iter().any(|w| w.contains(topic)) || has(subject),
                    _ => has(&around.sentence) || *window == Window::SentenceAndBefore && has(&around.before),
                }
            }
        }
    }

    /// Whether a growth is over more than the year before: 与2009年相比, or in a part that looks back on five years.
    fn other_base(&self, metric: &Metric, around: &Around) -> bool {
        let compared = around.said.match_indices('年').any(|(at, _)| {
            let digits = &around.said[..at];
            let Some(from) = digits.len().checked_sub(4).filter(|from| digits.is_char_boundary(*from)) else { return false };
            let Ok(year) = digits[from..].parse::<u16>() else { return false };
            let against = digits[..from].ends_with(['比', '较', '与']);
            against && self.doc.year.is_none_or(|y| year + 2 < y)
        });
        compared || metric.modality == Modality::Actual && self.looks_back(metric) && !self.says_year(around)
    }

    /// The years that the part is of in which a place lies.
    fn years_at(&self, at: u32) -> Years {
        let next = self.turns.partition_point(|(start, _)| *start <= at as usize);
        next.checked_sub(1).map_or(Years::One, |i| self.turns[i].1)
    }

    /// Whether a number stands where a report looks back on several years.
    fn looks_back(&self, metric: &Metric) -> bool {
        self.years_at(metric.span.start) == Years::Past
    }

    /// Whether a sentence says that it is of one year.
    fn says_year(&self, around: &Around) -> bool {
        any("one year", &around.said) || year_in(&around.said).is_some()
    }

    /// Whether a number says how something grew or shrank.
    fn sign(&self, metric: &Metric, around: &Around) -> Option<bool> {
        match metric.change.map(|c| c.kind) {
            Some(ChangeKind::Increase) => return Some(true),
            Some(ChangeKind::Decrease) => return Some(false),
            _ => {}
        }
        let near = &around.near;
        let tail = &near[near.char_indices().rev().take(12).last().map_or(0, |(i, _)| i)..];
        if ["降幅", "下降", "减少", "降低"].iter().any(|w| tail.contains(w)) && !tail.ends_with(['到', '至']) {
            return Some(false);
        }
        (["增速", "增幅", "涨幅", "增长"].iter().any(|w| tail.contains(w)) && !tail.ends_with("增长到") && !tail.ends_with("增长至")).then_some(true)
    }

    fn push(&mut self, i: usize, metric: &Metric, around: &Around, entry: &'d Entry) {
        let falls = entry.measure == Measure::Growth && self.sign(metric, around) == Some(false);
        let value = if falls { -metric.value } else { metric.value };
        let mut basis = basis(around);
        let ends = metric.bound != Bound::Exact && metric.bound != Bound::About
            || around.near.ends_with(['到', '至', '达', '破', '超', '过', '在'])
            || entry.measure != Measure::Level;
        if basis.is_none() && !ends && metric.modality == Modality::Actual && self.looks_back(metric) && !self.says_year(around) {
            basis = Some(Basis::Cumulative);
        }
        let unit = tidy(&self.doc.unit(metric));
        let Some(unit) = entry.units.iter().find(|u| **u == unit) else { return };
        self.rows.push(Indicator {
            entry,
            metric: Some(MetricId(i as u32)),
            value: Some(value),
            unit,
            status: Status::Value,
            modality: metric.modality,
            period: self.period(Some(metric), self.years_at(metric.span.start), around, metric.modality, basis),
            basis,
            scope: self.scope(around),
            span: metric.span,
        });
    }

    /// The years that a number is of: those its clause names; those of its part of the report.
    fn period(&self, metric: Option<&Metric>, at: Years, around: &Around, modality: Modality, basis: Option<Basis>) -> Option<(Date, Date)> {
        let years = |from: u16, to: u16| Some((Date::new(from, 1, 1)?, Date::new(to, 12, 31)?));
        let year = self.doc.year;
        let ahead = at == Years::Ahead && !self.says_year(around);
        // The five years of a plan begin with the report's.
        if ahead || basis.is_some() && modality == Modality::Target {
            return year.and_then(|y| years(y, y + 4));
        }
        if basis.is_some() {
            return year.and_then(|y| years(y.checked_sub(5)?, y.checked_sub(1)?));
        }
        let opening: String = around.sentence.chars().take(10).collect();
        if let Some(y) = year_in(&around.clause).or_else(|| year_in(&opening)) {
            return years(y, y);
        }
        let whole = metric.and_then(|m| m.period).map(|p| (p.from, p.to));
        if let Some((from, to)) = whole
            && from.year != to.year
        {
            return whole;
        }
        match (self.doc.kind(), year) {
            (Kind::AnnualReport, Some(y)) if modality == Modality::Target && self.plans(metric) => years(y + 1, y + 1),
            (Kind::WorkReport, Some(y)) if modality == Modality::Actual => years(y.checked_sub(1)?, y.checked_sub(1)?),
            (Kind::AnnualReport | Kind::WorkReport | Kind::WorkPlan, Some(y)) => years(y, y),
            _ => whole,
        }
    }

    fn plans(&self, metric: Option<&Metric>) -> bool {
        metric.and_then(|m| m.section).is_some_and(|s| self.doc.section(s).row.role == Role::Plan)
    }

    fn scope(&self, around: &Around) -> Scope {
        let clause = &around.clause;
        if clause.contains("政府及") && clause.contains("部门") {
            Scope::All
        } else if ["区政府为", "市政府为", "县政府为", "省政府为", "本级政府为"].iter().any(|w| clause.contains(w)) {
            Scope::Government
        } else if clause.contains("各级") && clause.contains("部门") {
            Scope::System
        } else if self.department {
            Scope::Department
        } else {
            Scope::Jurisdiction
        }
    }

    /// 零败诉, 与经济增长同步: words in the place of a number.
    fn words(&mut self) {
        let doc = self.doc;
        let text = doc.text();
        let furniture = |at: usize| doc.boilerplate.iter().any(|b| b.range().contains(&at));
        let mut rows = Vec::new();
        for word in words("zero") {
            for (at, _) in text.match_indices(word) {
                let from = at + word.len();
                let end = ahead(text, from, 14, |c, _| ends_clause(c) || matches!(c, '、' | '）' | ')' | '”' | '的'));
                let noun = tidy(&text[from..end]);
                if noun.is_empty() || furniture(at) {
                    continue;
                }
                let mut best: Option<(&Entry, usize)> = None;
                self.dictionary.heads.find(&noun, true, |entry, len| {
                    let entry = &self.dictionary.entries()[usize::from(entry)];
                    let counts = entry.measure == Measure::Level && entry.domain == "law" && entry.context.is_none() && entry.verbs.is_empty();
                    if counts && len >= 6 && best.is_none_or(|(_, l)| len > l) {
                        best = Some((entry, len));
                    }
                });
                // 复议…，无败诉: of no lawsuit.
                let paragraph = tidy(&text[back(text, at, AROUND, |c, _| c == '\n')..at]);
                let last = words("topic").iter().filter_map(|t| paragraph.rfind(t).map(|at| (at, *t))).max();
                let other = last.is_some_and(|(_, topic)| noun.contains("败诉") && topic == "复议");
                if let Some((entry, _)) = best.filter(|_| !other) {
                    rows.push((entry, Status::Zero, Some(Decimal::ZERO), Span::new(at as u32, end as u32)));
                }
            }
        }
        for word in words("relative") {
            for (at, _) in text.match_indices(word) {
                if rows.iter().any(|(_, _, _, span): &(_, _, _, Span)| span.range().contains(&at)) || furniture(at) {
                    continue;
                }
                let clause = back(text, at, 40, |c, _| ends_clause(c));
                let subject = tidy(&text[clause..at]);
                let subject = close(&subject).unwrap_or(&subject);
                for member in [subject.to_owned()] {
                    let member = member.replace("城乡居民", "居民");
                    let mut opened = Some(member.as_str());
                    while let Some(name) = opened {
                        let mut best: Option<(&Entry, usize)> = None;
                        self.dictionary.heads.find(name, true, |entry, len| {
                            let entry = &self.dictionary.entries()[usize::from(entry)];
                            if entry.measure == Measure::Growth && best.is_none_or(|(_, l)| len > l) {
                                best = Some((entry, len));
                            }
                        });
                        if let Some((entry, _)) = best {
                            rows.push((entry, Status::Relative, None, Span::new(at as u32, (at + word.len()) as u32)));
                            break;
                        }
                        opened = open(name);
                    }
                }
            }
        }
        for (entry, status, value, span) in rows {
            let section = doc.section_at(span.start);
            let plans = section.is_some_and(|s| s.row.role == Role::Plan) || doc.kind() == Kind::WorkPlan;
            let modality = if plans || status == Status::Relative && doc.kind() != Kind::AnnualReport { Modality::Target } else { Modality::Actual };
            let at = span.start as usize;
            let clause = back(text, at, AROUND, |c, _| ends_clause(c));
            let sentence = back(text, at, AROUND, |c, _| ends_sentence(c));
            let around = Around {
                clause: tidy(&text[clause..at]),
                near: String::new(),
                after: String::new(),
                sentence: tidy(&text[sentence..at]),
                before: String::new(),
                paragraph: String::new(),
                said: tidy(&text[sentence..at]),
                inherited: String::new(),
            };
            let period = self.period(None, self.years_at(span.start), &around, modality, None);
            self.rows.push(Indicator {
                entry,
                metric: None,
                value,
                unit: &entry.units[0],
                status,
                modality,
                period,
                basis: None,
                scope: self.scope(&around),
                span,
            });
        }
    }
}

/// The sentence that a place stands in, for a reader to look at: at most some 200 characters to each side.
#[must_use]
pub fn sentence(text: &str, span: Span) -> Span {
    let start = back(text, span.start as usize, AROUND, |c, _| ends_sentence(c));
    let end = ahead(text, span.end as usize, AROUND, |c, _| ends_sentence(c));
    Span::new(start as u32, end as u32)
}

/// The last year that a text names as its own: not one that it compares with.
fn year_in(text: &str) -> Option<u16> {
    let mut found = None;
    for (at, _) in text.match_indices('年') {
        let digits = &text[..at];
        let Some(from) = digits.len().checked_sub(4) else { continue };
        if !digits.is_char_boundary(from) || digits[..from].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Ok(year @ 1980..=2060) = digits[from..].parse::<u16>() else { continue };
        if digits[..from].ends_with(['比', '较', '与', '从', '自', '由', '在']) && !digits[..from].ends_with("现在") || text[at..].starts_with("年以来")
        {
            continue;
        }
        found = Some(year);
    }
    found
}

fn basis(around: &Around) -> Option<Basis> {
    if any("average", &around.clause) && !around.clause.contains("年均浓度") && !around.clause.contains("年均值") {
        return Some(Basis::Average);
    }
    let long = |text: &str| any("cumulative", text);
    let opening: String = around.sentence.chars().take(12).collect();
    (long(&around.clause) || long(&opening)).then_some(Basis::Cumulative)
}
