//! Metrics with the words around them → indicators.

use super::dictionary::{Changing, Window};
use super::words::WORDS;
use super::{Basis, Dictionary, Entry, Indicator, Measure, Scope, Status};
use crate::facts::metric::planned_years;
use crate::lexicon::words::{Is, VOCABULARY};
use crate::lexicon::{EACH, Words};
use crate::{Bound, ChangeKind, Date, Document, Kind, Metric, MetricId, Modality, Role, Span};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::cell::OnceCell;

/// How far around a number its words are looked for, in characters.
const AROUND: usize = 200;

/// The text without blanks and quotes, in one width.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    tidy_into(&mut out, text);
    out
}

fn tidy_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let other = match c {
            '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'A'..='Z' | 'a'..='z' | '，' | '。' | '、' | '；' | '：' | '（' | '）' | '！' | '？' => continue,
            '“' | '”' | '"' | '\u{200b}' | '\u{feff}' | '《' | '》' | '*' | '#' => None,
            '\u{FF01}'..='\u{FF5E}' => Some(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
            '(' => Some('（'),
            ')' => Some('）'),
            c if c.is_whitespace() => None,
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.extend(other);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// A document's text, a paragraph a line: where one runs over several lines, a blank stands for each line end.
pub(super) fn flow<'t>(doc: &'t Document<'_>) -> Cow<'t, str> {
    let mut flow = Cow::Borrowed(doc.text());
    let headings = doc.sections.iter().filter_map(|s| Some(s.heading?.span));
    for span in doc.paragraphs.iter().map(|p| p.span).chain(headings) {
        if doc.slice(span).contains('\n') {
            let line = doc.slice(span).replace('\n', " ");
            flow.to_mut().replace_range(span.range(), &line);
        }
    }
    flow
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '\n')
}

/// Whether what stands between two places leaves them in one sentence, near each other.
fn is_near(between: &str) -> bool {
    between.len() <= 3 * AROUND && !between.contains(ends_sentence)
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | '：' | ':' | ',')
}

/// What stands around a number. Most numbers have no name, so what is rarely asked for is made when it is.
struct Around<'t> {
    text: &'t str,
    /// Where its sentence begins, where the number does, and where that ends.
    sentence_at: usize,
    start: usize,
    end: usize,
    unit: String,
    /// The clause up to the number, whatever numbers it holds.
    clause: String,
    near_at: usize,
    after: OnceCell<String>,
    sentence: OnceCell<String>,
    before: OnceCell<String>,
    paragraph: OnceCell<String>,
    said: OnceCell<String>,
    /// The clause that the subject was taken over from.
    inherited: String,
    /// Whether it is one of several that are of one thing each.
    each: bool,
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

/// Whether the comma at `i` stands between digits: it parts no clauses.
fn is_in_number(text: &str, i: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[i] == b',' && i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
}

impl<'t> Around<'t> {
    /// Around the number at `span`, which has the number before it end at `before`.
    fn new(text: &'t str, span: Span, sentence_at: usize, before: usize, unit: String) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let clause_at = back(text, start, AROUND, |c, i| ends_clause(c) && !is_in_number(text, i));
        let near = before.clamp(clause_at, start);
        let mut clause = String::with_capacity(start - clause_at);
        tidy_into(&mut clause, &text[clause_at..near]);
        let near_at = clause.len();
        tidy_into(&mut clause, &text[near..start]);
        Self {
            text,
            sentence_at,
            start,
            end,
            unit,
            clause,
            near_at,
            after: OnceCell::new(),
            sentence: OnceCell::new(),
            before: OnceCell::new(),
            paragraph: OnceCell::new(),
            said: OnceCell::new(),
            inherited: String::new(),
            each: false,
        }
    }

    /// What stands between the number before it in the clause, or the clause's beginning, and the number.
    fn near(&self) -> &str {
        &self.clause[self.near_at..]
    }

    /// What stands behind the last 、 of that.
    fn member(&self) -> &str {
        self.near().rsplit('、').next().unwrap_or_default()
    }

    /// The clause after the number.
    fn after(&self) -> &str {
        self.after.get_or_init(|| {
            let end = ahead(self.text, self.end, 40, |c, i| ends_clause(c) && !is_in_number(self.text, i));
            tidy(&self.text[self.end..end])
        })
    }

    /// The sentence.
    fn sentence(&self) -> &str {
        self.sentence.get_or_init(|| tidy(&self.text[self.sentence_at..ahead(self.text, self.end, AROUND, |c, _| ends_sentence(c))]))
    }

    /// The sentence up to the number.
    fn said(&self) -> &str {
        self.said.get_or_init(|| tidy(&self.text[self.sentence_at..self.start]))
    }

    /// The number as it is written, with its bounds and unit.
    fn number(&self) -> &str {
        &self.text[self.start..self.end]
    }

    fn paragraph_at(&self) -> usize {
        back(self.text, self.start, 4 * AROUND, |c, _| c == '\n')
    }

    /// The paragraph up to the number, so far as it is looked at.
    fn paragraph(&self) -> &str {
        self.paragraph.get_or_init(|| tidy(&self.text[self.paragraph_at()..self.start]))
    }

    /// The sentence before it in its paragraph.
    fn before(&self) -> &str {
        self.before.get_or_init(|| {
            let paragraph = self.paragraph_at();
            let ending = self.text[..self.sentence_at].char_indices().next_back().filter(|(i, c)| ends_sentence(*c) && *i > paragraph);
            ending.map_or_else(String::new, |(i, _)| tidy(&self.text[back(self.text, i, AROUND, |c, _| ends_sentence(c)).max(paragraph)..i]))
        })
    }
}

/// The text without one opening word.
fn open(text: &str) -> Option<&str> {
    WORDS.opening.strip_prefix(text).filter(|rest| !rest.is_empty())
}

/// The text without the word it opens with, where that says what is done.
fn undone(text: &str) -> Option<&str> {
    let done = VOCABULARY.start(text).filter(|(_, is)| is.any(Is::VERB.or(Is::WORK)));
    done.map(|(len, _)| &text[len..]).or_else(|| open(text))
}

/// The text without one ending word.
fn close(text: &str) -> Option<&str> {
    WORDS.ending.strip_suffix(text)
}

/// Whether a subject says nothing of its own.
fn is_same(text: &str) -> bool {
    let mut text = text;
    loop {
        if text.is_empty() || WORDS.same.has(text) {
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
    /// Which number.
    at: usize,
    subject: String,
    clause: String,
    /// Whether it was a part's.
    part: bool,
}

/// A document under reading.
struct Reader<'r, 'd, 't> {
    doc: &'r Document<'t>,
    /// Its text, a paragraph a line.
    text: &'r str,
    dictionary: &'d Dictionary,
    department: bool,
    /// In reading order.
    turns: Vec<Turn>,
    rows: Vec<Indicator<'d>>,
}

/// The indicators of a document by a dictionary, in reading order.
#[must_use]
pub fn read<'d>(doc: &Document<'_>, dictionary: &'d Dictionary) -> Vec<Indicator<'d>> {
    // 处五百元以上五千元以下罚款: a rule states what is to be, no result.
    if doc.kind() == Kind::Regulation {
        return Vec::new();
    }
    let text = &*flow(doc);
    let mut reader = Reader { doc, text, dictionary, department: is_department(doc), turns: turns(doc, text), rows: Vec::new() };
    reader.metrics();
    reader.all_of_them();
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

/// Where a paragraph says of which years it is.
struct Turn {
    at: usize,
    years: Years,
    /// Whether it, or one before it that is of the same, says so with its first words.
    opens: bool,
}

/// Where a work report turns to several years, and back to one, 2025年.
fn turns(doc: &Document<'_>, text: &str) -> Vec<Turn> {
    let mut turns = Vec::new();
    if doc.kind() != Kind::WorkReport {
        return turns;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let opening = tidy(&line[..line.char_indices().nth(60).map_or(line.len(), |(i, _)| i)]);
        let first = |list: &Words| list.find(&opening);
        // “十四五”时期是不平凡的五年, in a report of 2026: the years of a plan that is over.
        let over = || {
            let start = &line[..line.char_indices().nth(20).map_or(line.len(), |(i, _)| i)];
            planned_years(start).zip(doc.year).filter(|((_, last), year)| last < year).and_then(|_| opening.find('五'))
        };
        let several = [(first(&WORDS.several_years).or_else(over), Years::Past), (first(&WORDS.years_ahead), Years::Ahead)];
        // 2025年是“十四五”收官之年。五年来，…: of that year no more is said than what year it is.
        let named =
            |at: usize| opening[at..].trim_start_matches(|c| digit(c).is_some()).starts_with("年是") && several.iter().any(|(s, _)| s.is_some_and(|s| s > at));
        let year = year_in(&opening).map(|y| opening.find(&y.to_string()).unwrap_or_default()).filter(|at| !named(*at));
        // 平均受教育年限从2020年的9年提升至2025年的10年: what grew up to a year is of all since the one before.
        let year = year.filter(|at| !opening[..*at].ends_with(['到', '至']));
        let said = [several[0], several[1], (first(&WORDS.one_year).or(year), Years::One)];
        if let Some((word, years)) = said.into_iter().filter_map(|(at, years)| Some((at?, years))).min_by_key(|(at, _)| *at) {
            // A year within its first words is what a paragraph is of: 刚刚过去的2025年，….
            let still = turns.last().is_some_and(|turn: &Turn| turn.opens && turn.years == years);
            let opens = still || opening[..word].chars().count() < 8 && !opening.starts_with('—');
            // ——创新成果丰硕。…2024年…: a point of a list names a year in passing.
            if years == Years::One && !opens && opening.starts_with('—') {
                at += line.len();
                continue;
            }
            turns.push(Turn { at, years, opens });
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
            && WORDS.department.strip_suffix(name).is_some()
    };
    // A title names whom a report is of; the issuer may be the office that publishes it.
    if doc.kind() == Kind::WorkReport {
        // 人民代表大会常务委员会工作报告: of its own work, too.
        return doc.title.is_some_and(|title| {
            let title = doc.clean(title);
            WORDS.other_organ.any(&title) && !title.contains("政府")
        });
    }
    match doc.title {
        Some(title) => ends(&doc.clean(title).replace("法治政府", "关于").replace("推进法治", "关于")),
        None => doc.issuer.is_some_and(|issuer| ends(&doc.clean(issuer))),
    }
}

impl<'d> Reader<'_, 'd, '_> {
    fn metrics(&mut self) {
        let metrics = &self.doc.metrics;
        let text = self.text;
        // What the numbers before this one in its sentence were of.
        let mut subjects: Vec<Named> = Vec::new();
        let mut sentence = 0;
        for (i, metric) in metrics.iter().enumerate() {
            let start = back(text, metric.span.start as usize, AROUND, |c, _| ends_sentence(c));
            if start != sentence {
                subjects.clear();
                sentence = start;
            }
            let before = i.checked_sub(1).map(|b| metrics[b].span.end).filter(|end| *end <= metric.span.start).unwrap_or_default();
            // 微克每立方米 is 微克/立方米.
            let unit = tidy(&self.doc.unit(metric));
            let unit = if unit.contains(EACH) { unit.replace(EACH, "/") } else { unit };
            let mut around = Around::new(text, metric.span, start, before as usize, unit);
            let mut named = self.subjects(i, metric, &mut around, &subjects);
            let mut found = if self.is_start(i, metric, &around) { Vec::new() } else { self.choose(metric, &around, &named) };
            if !found.is_empty() && explains_a_word(&text[around.paragraph_at()..around.start]) {
                found.clear();
            }
            for (entry, _) in found {
                self.push(i, metric, &around, entry);
            }
            named.retain(|n| !is_same(n));
            if let Some(subject) = named.into_iter().next() {
                let part = is_part(&around);
                let clause = if around.inherited.is_empty() { around.clause } else { around.inherited };
                subjects.insert(0, Named { at: i, subject, clause, part });
                subjects.truncate(8);
            }
        }
    }

    /// What a number may be of: its subjects and the words before it, or, where they say nothing, what the number before
    /// it was of.
    fn subjects(&self, i: usize, metric: &Metric, around: &mut Around<'_>, last: &[Named]) -> Vec<String> {
        let per = metric.per.map(|p| tidy(&self.doc.clean(p))).filter(|p| p == "人均");
        let mut all: Vec<String> = metric.subject.iter().map(|s| tidy(&self.doc.clean(*s))).collect();
        if let Some(each) = self.each(i, around, last) {
            around.each = true;
            return each.into_iter().collect();
        }
        all = self.distributed(i, all);
        let silent = is_same(around.member().trim_end_matches('，'));
        if silent && let Some(last) = last.first() {
            around.inherited = last.clause.clone();
            if last.part {
                all.clear();
            } else if all.iter().all(|s| is_same(s)) {
                all = vec![last.subject.clone()];
            }
        }
        // 人均GDP从9万元提高到11万元: the second is per head too.
        let said = if around.inherited.is_empty() { &around.clause } else { &around.inherited };
        for s in &mut all {
            if !s.is_empty() && said.rfind(s.as_str()).is_some_and(|at| said[..at].ends_with("人均")) {
                s.insert_str(0, "人均");
            }
        }
        if let Some(per) = per {
            all = all.into_iter().map(|s| if s.starts_with(&per) || s.contains("人均") { s } else { format!("{per}{s}") }).collect();
        }
        all
    }

    /// Whether a number is where a change began, of which no year is known: 由45.9%提高到52.6%.
    fn is_start(&self, i: usize, metric: &Metric, around: &Around<'_>) -> bool {
        let from = around.near().ends_with(['由', '从'])
            || around.near().char_indices().rev().nth(7).is_some_and(|(at, c)| matches!(c, '由' | '从') && around.near()[at..].ends_with("年的"));
        let next = self.doc.metrics.get(i + 1).and_then(|n| n.change).filter(|c| c.kind == ChangeKind::FromTo && c.from == Some(metric.value));
        // 较“十三五”末的9323.1亿元增加4374.4亿元: what is compared with.
        let base = around.near().ends_with('的')
            && around.near().char_indices().rev().take(12).any(|(at, c)| matches!(c, '较' | '比' | '由' | '从') && !around.near()[at..].contains('，'));
        from || base || next.is_some() && metric.change.is_none()
    }

    /// The first number of a row of numbers, 5%、6%和7%, that one is in, and how many they are.
    fn row_of_numbers(&self, i: usize) -> (usize, usize) {
        let metrics = &self.doc.metrics;
        let near = |a: usize| {
            let Some((a, b)) = metrics.get(a).zip(metrics.get(a + 1)) else { return false };
            let gap = self.text.get(a.span.end as usize..b.span.start as usize).unwrap_or("。");
            gap.len() <= 9 && gap.trim_matches(|c| matches!(c, '、' | '和' | '及' | '与' | '，' | ',' | ' ')).is_empty()
        };
        let first = (0..i).rev().take(6).take_while(|k| near(*k)).last().unwrap_or(i);
        let after = (i..).take(6).take_while(|k| near(*k)).count();
        (first, i - first + after + 1)
    }

    /// Of numbers that are of one thing each (甲、乙、丙分别增长5%、6%和7%; 甲5件，乙7件，分别增长5%和7%), what this one is of: nothing
    /// where there are not as many things as numbers. None where the numbers are not said to be of one thing each.
    fn each(&self, i: usize, around: &mut Around<'_>, last: &[Named]) -> Option<Option<String>> {
        let (first, many) = self.row_of_numbers(i);
        if many < 2 {
            return None;
        }
        let text = self.text;
        let start = self.doc.metrics[first].span.start as usize;
        let before = first.checked_sub(1).map_or(0, |b| self.doc.metrics[b].span.end as usize);
        let from = back(text, start, AROUND, |c, at| ends_sentence(c) || matches!(c, '，' | '：') || at < before);
        let said = tidy(&text[from..start]);
        let (list, rest) = said.rsplit_once("分别")?;
        if rest.chars().count() > 8 || list.contains("城乡") {
            return None;
        }
        let place = i - first;
        if many == 3
            && let Some(what) = WORDS.sectors.all(list).next().map(|(at, word)| &list[at + word.len()..])
            && matches!(what, "" | "增加值" | "年均" | "增加值年均")
        {
            return Some(Some(format!("第{}产业增加值", ["一", "二", "三"][place])));
        }
        if is_same(list) {
            let named: Vec<&Named> = last.iter().filter(|n| n.at < first).take(many).collect();
            let own = named.get(many - 1 - place).filter(|n| named.len() == many && !n.part)?;
            around.inherited = own.clause.clone();
            return Some(Some(own.subject.clone()));
        }
        let mut members: Vec<&str> = list.split('、').collect();
        if members.len() + 1 == many
            && let Some((a, b)) = members.pop().and_then(|m| WORDS.joins.find_word(m).map(|(at, w)| (&m[..at], &m[at + w.len()..])))
        {
            members.extend([a, b]);
        }
        if members.len() != many {
            return Some(None);
        }
        let (own, whole) = (members[place], members[many - 1]);
        // 城镇、农村居民人均可支配收入: what they share stands with the last.
        let named = |name: &str| {
            std::iter::successors(Some(name), |name| close(name))
                .flat_map(|name| std::iter::successors(Some(name), |name| open(name)))
                .any(|name| self.dictionary.heads.has(name))
        };
        let shared = || whole.char_indices().skip(1).take(6).map(|(at, _)| format!("{own}{}", &whole[at..])).find(|name| named(name));
        // 事故起数、死亡人数: or with the first.
        let opening = || members[0].char_indices().skip(1).take(8).map(|(at, _)| format!("{}{own}", &members[0][..at])).find(|name| named(name));
        let alone = named(own) || own.chars().count() > 6;
        Some(if alone { Some(own.to_owned()) } else { shared().or_else(opening).or_else(|| Some(own.to_owned())) })
    }

    /// Subjects of numbers that share them: 城乡居民人均可支配收入分别增长5%和7%; 起数、死亡人数下降17.6%、11.6%.
    fn distributed(&self, i: usize, subjects: Vec<String>) -> Vec<String> {
        let (first, many) = self.row_of_numbers(i);
        let place = i - first;
        if many < 2 {
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
    fn choose(&self, metric: &Metric, around: &Around<'_>, subjects: &[String]) -> Vec<(&'d Entry, usize)> {
        let mut found: Vec<(&Entry, usize)> = Vec::new();
        // 新增学位、园位138万个: a count of several things is of none of them, unless it is of each.
        let joined = metric.subject.windows(2).any(|two| {
            let between = around.text.get(two[0].end as usize..two[1].start as usize).unwrap_or_default();
            between == "、" || WORDS.joins.has(between)
        });
        let sum = joined && !around.each && !WORDS.each.any(around.near());
        for subject in subjects {
            if let Some(best) = self.best(metric, around, subject, false)
                && !(sum && best.0.measure == Measure::Level && best.0.domain != "law")
                && !(best.0.domain != "law" && around.inherited.is_empty() && !around.each && is_narrowed(around, subject))
                && !found.iter().any(|(e, _)| e.id == best.0.id)
            {
                found.push(best);
            }
        }
        let counts = !found.is_empty() && found.iter().all(|(e, _)| e.measure == Measure::Level);
        if (found.len() < 2 || counts) && !around.each {
            let (near, member) = (around.near(), around.member());
            let words = self.best(metric, around, near, true);
            let words = words.or_else(|| (member.len() < near.len()).then(|| self.best(metric, around, member, true)).flatten());
            // 人大代表建议和政协提案495件: a sum that has a name is of neither.
            if let Some(words) = words
                && found.iter().all(|f| words.1 > f.1)
            {
                found = vec![words];
            }
        }
        found
    }

    /// The entry that a text names best: with most context, then by the longest words.
    fn best(&self, metric: &Metric, around: &Around<'_>, text: &str, end: bool) -> Option<(&'d Entry, usize)> {
        let mut best: Option<(&Entry, usize)> = None;
        let heads = &self.dictionary.heads;
        let mut closed = Some(text);
        let mut rounds = 0;
        let mut ends = Vec::new();
        while let Some(left) = closed {
            // How it opens does not matter to its end.
            heads.endings(left, &mut ends);
            let mut opened = Some(left);
            while let Some(text) = opened {
                rounds += 1;
                if rounds > 60 || text.is_empty() {
                    break;
                }
                let mut hit = |entry: u16, len: usize| {
                    let entry = &self.dictionary.entries()[usize::from(entry)];
                    let weight = len + entry.context.as_ref().map_or(0, |_| 30) + if entry.added { 1000 } else { 0 };
                    if best.is_none_or(|(_, w)| weight > w) && self.fits(metric, around, text, entry) {
                        best = Some((entry, weight));
                    }
                };
                for (entry, len) in ends.iter().filter_map(|n| heads.spells(*n, text, true)) {
                    hit(entry, len);
                }
                heads.opening(text, &mut hit);
                if end && text.len() == left.len() {
                    for (entry, len) in ends.iter().filter_map(|n| heads.spells(*n, text, false)) {
                        let before = text.get(..text.len().saturating_sub(len)).unwrap_or_default();
                        // 普通省道和农村公路5000公里: a sum.
                        let sum = WORDS.joins.strip_suffix(before).is_some();
                        // 其中重点信访案件3宗: some of them.
                        let some = !WORDS.of_these.has(before) && WORDS.of_these.strip_prefix(before.trim_start_matches('（')).is_some();
                        let narrowed = narrows(before) && self.dictionary.entries()[usize::from(entry)].domain != "law";
                        if len >= 12 && !sum && !some && !narrowed {
                            hit(entry, len.saturating_sub(3));
                        }
                    }
                }
                opened = open(text);
            }
            closed = close(left);
        }
        best
    }

    /// Whether a number can be of an indicator that its words name.
    fn fits(&self, metric: &Metric, around: &Around<'_>, subject: &str, entry: &Entry) -> bool {
        let unit = around.unit.as_str();
        if !entry.units.iter().any(|u| u == unit) {
            return false;
        }
        let changes = self.sign(metric, around);
        let member = around.member();
        match entry.change {
            Changing::Required if changes.is_none() => return false,
            Changing::No if changes.is_some() && unit == "%" => return false,
            _ => {}
        }
        // 覆盖率提高3%: a change of a rate is no rate.
        if entry.measure == Measure::Rate && changes.is_some() && !around.near().ends_with(['到', '至', '达', '为', '在']) && entry.id != "cpi_change" {
            let rate = entry.id.ends_with("cut_rate");
            if !rate {
                return false;
            }
        }
        // 预期寿命提高1岁: a change of a level is no level.
        if entry.measure == Measure::Level && WORDS.moved.strip_suffix(around.near()).is_some() {
            return false;
        }
        // 比上年增产50万吨: nor is a difference.
        let differs = WORDS.differs.strip_suffix(around.near()).is_some()
            && (around.near().contains('比') || around.clause.contains('较') || around.clause.contains("比上年"));
        // 可增加GDP约640亿元: nor is what something adds.
        let tail: String = around.member().chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
        let followed = |rest: &str| !rest.is_empty() && !rest.starts_with(['值', '到', '至']);
        let adds = WORDS.adds.all(&tail).any(|(at, w)| followed(&tail[at + w.len()..])) && entry.units.iter().any(|u| u == "元") && !entry.heads.contains('减');
        // 生产总值超千亿元县, one project's flats.
        let named = WORDS.reached_by.strip_prefix(around.after()).is_some() && entry.units.iter().any(|u| u == "元");
        // 损失工业总产值1000亿元、财政收入400亿元, 法规10项（其中7项是修订）: nor is what was lost, or some of what was counted.
        let lost = WORDS.lost.any(around.said()) && entry.units.iter().any(|u| u == "元");
        let some = WORDS.of_these.has(around.near().trim_start_matches('（'));
        if entry.measure == Measure::Level && (differs || adds || named || lost || some)
            || WORDS.season.any(&around.clause)
            || is_some_months(&around.clause)
            || WORDS.project.any(around.said())
            || WORDS.failed.any(around.said())
        {
            return false;
        }
        if !entry.without.is_empty() {
            let here = format!("{member}{subject}");
            if entry.without.iter().any(|w| here.contains(w.as_str())) {
                return false;
            }
        }
        // 人均GDP从9万元提高到11万元: what is per head is another indicator.
        let said = if around.inherited.is_empty() { &around.clause } else { &around.inherited };
        let per_head = !subject.is_empty() && said.rfind(subject).is_some_and(|at| said[..at].ends_with("人均"));
        if per_head && !entry.heads.contains("人均") && !entry.name.contains("人均") {
            return false;
        }
        // 新增中小学、幼儿园学位9万个: a count of what shares its last word is of all of that.
        if entry.measure == Measure::Level && entry.domain != "law" && !around.each && self.is_sum(around, entry) {
            return false;
        }
        // Parts of the jurisdiction, 开发区工业增加值、工业投资 too, other base years.
        let part = is_part(around);
        if entry.domain != "law" && part && !WORDS.part.all(subject).any(|(_, w)| entry.heads.contains(w)) {
            return false;
        }
        if entry.measure == Measure::Growth && !around.clause.contains("年均") && (WORDS.base.any(&around.clause) || self.other_base(metric, around)) {
            return false;
        }
        // 扣除房地产开发投资后，固定资产投资增长2.7%: what is left of it; 扣除价格因素 takes nothing away.
        let left = around.said().rsplit('，').nth(1).is_some_and(|c| WORDS.less.any(c) && !c.contains("价格"));
        if left && entry.domain != "law" {
            return false;
        }
        if entry.domain == "law" && metric.per.is_some_and(|p| self.doc.clean(p).starts_with('每')) {
            return false;
        }
        // 新增装机1258万千瓦、总量达到6437万千瓦: the total is not what is new.
        if entry.id.ends_with("_new") && !WORDS.added.any(around.near()) && (WORDS.total.any(around.near()) || WORDS.total.any(around.number())) {
            return false;
        }
        if entry.verbs.is_empty() && entry.context.is_none() {
            return true;
        }
        // 高新技术企业突破2万家: the words of its bound belong to the number.
        let clause = format!("{}{}{subject}{}", around.inherited, around.clause, tidy(around.number()));
        if !entry.verbs.is_empty() && !entry.verbs.iter().any(|v| clause.contains(v.as_str())) {
            return false;
        }
        let Some((window, list)) = &entry.context else { return true };
        let has = |text: &str| list.iter().any(|w| text.contains(w.as_str()));
        match window {
            Window::Clause => has(&clause),
            Window::ClauseAndAfter => has(&clause) || has(around.after()),
            Window::Headings => has(&clause) || self.doc.heading_path(metric.section).iter().any(|h| has(h)),
            Window::Sentence | Window::SentenceAndBefore => {
                // A topic keeps its family open until another opens one.
                let near = around.said().rsplit('，').find(|c| has(c)).unwrap_or_default();
                if entry.measure == Measure::Growth && entry.without.iter().any(|w| near.contains(w.as_str())) {
                    return false;
                }
                let ours = list.iter().any(|w| WORDS.topic.any(w));
                // 复议…，调解结案5件: the words of the name open no family of another.
                let before = around.paragraph();
                let before = before.rfind(subject).filter(|at| before.len() - at <= around.near().len()).map_or(before, |at| &before[..at]);
                match WORDS.topic.last(before) {
                    Some(topic) if ours => list.iter().any(|w| w.contains(topic)) || has(subject),
                    _ => has(around.sentence()) || *window == Window::SentenceAndBefore && has(around.before()),
                }
            }
        }
    }

    /// Whether a number counts two things that share a last word, 中小学、幼儿园学位9万个: the first, with that, is a name too.
    fn is_sum(&self, around: &Around<'_>, entry: &Entry) -> bool {
        let mut members = around.near().rsplit('、');
        let (Some(own), Some(other)) = (members.next(), members.next()) else { return false };
        // 新建、改造高标准农田: what is done in two ways is one thing.
        if other.chars().count() < 3 || WORDS.each.any(own) {
            return false;
        }
        let named = |name: &str| self.dictionary.heads.has(name);
        // 学前教育、义务教育学位: what the last word alone names is of all of them.
        let whole = |tail: &str| {
            let mut found = false;
            self.dictionary.heads.find(tail, |at, _| found |= self.dictionary.entries()[usize::from(at)].id == entry.id);
            found
        };
        let shorter = |name: &'_ str| undone(name).map(str::len).filter(|rest| *rest > 0);
        let mut other = other;
        loop {
            if !named(other) && own.char_indices().skip(1).take(8).any(|(at, _)| named(&format!("{other}{}", &own[at..])) && !whole(&own[at..])) {
                return true;
            }
            match shorter(other) {
                Some(rest) => other = &other[other.len() - rest..],
                None => return false,
            }
        }
    }

    /// Whether a growth is over more than the year before: 与2009年相比, or in a part that looks back on five years.
    fn other_base(&self, metric: &Metric, around: &Around<'_>) -> bool {
        // 今后五年，能耗下降15%: what changes over years is of no one year.
        let years = WORDS.years_ahead.any(around.said()) || self.years_at(metric.span.start) == Years::Ahead && !self.says_year(around);
        let compared = around.said().match_indices('年').any(|(at, _)| {
            let digits = &around.said()[..at];
            let Some(from) = digits.len().checked_sub(4).filter(|from| digits.is_char_boundary(*from)) else { return false };
            let Ok(year) = digits[from..].parse::<u16>() else { return false };
            let against = digits[..from].ends_with(['比', '较', '与']);
            against && self.doc.year.is_none_or(|y| year + 2 < y)
        });
        let actual = metric.modality == Modality::Actual && !self.says_year(around);
        years && metric.modality == Modality::Target || compared || actual && (self.looks_back(metric) || sums_up_a_plan(around.paragraph()))
    }

    /// The years that the part is of in which a place lies.
    fn years_at(&self, at: u32) -> Years {
        let next = self.turns.partition_point(|turn| turn.at <= at as usize);
        next.checked_sub(1).map_or(Years::One, |i| self.turns[i].years)
    }

    /// Whether a part on several years has turned to one before a number: 刚刚过去的2025年，….
    fn turned_to_one_year(&self, metric: &Metric) -> bool {
        let next = self.turns.partition_point(|turn| turn.at <= metric.span.start as usize);
        let Some(turn) = next.checked_sub(1).map(|i| &self.turns[i]).filter(|turn| turn.opens && turn.years == Years::One) else { return false };
        self.doc.kind() == Kind::WorkReport && metric.section.is_some_and(|s| turn.at > self.doc.section(s).row.span.start as usize)
    }

    /// Whether a number stands where a report looks back on several years.
    fn looks_back(&self, metric: &Metric) -> bool {
        self.years_at(metric.span.start) == Years::Past
    }

    /// Whether a number stands in a list of what is aimed at: in lines that are no sentences, below one that says so of the
    /// report's year (2017年主要指标预期).
    fn lists_targets(&self, metric: &Metric) -> bool {
        let Some(year) = self.doc.year.filter(|_| self.doc.kind() == Kind::WorkReport) else { return false };
        let text = self.text;
        let at = metric.span.start as usize;
        let line_end = ahead(text, at, 60, |c, _| matches!(c, '\n' | '。' | '，'));
        if !text[line_end..].starts_with('\n') {
            return false;
        }
        let from = back(text, at, 2 * AROUND, |c, _| matches!(c, '。' | '；'));
        text[from..at]
            .lines()
            .rev()
            .skip(1)
            .map(tidy)
            .take_while(|line| !line.contains('，'))
            .find_map(|line| Some((year_in(&line)?, line)))
            .is_some_and(|(said, line)| said == year && line.chars().count() < 24 && WORDS.aims.strip_suffix(&line).is_some())
    }

    /// Whether a sentence says that it is of one year.
    fn says_year(&self, around: &Around<'_>) -> bool {
        WORDS.one_year.any(around.said()) || year_in(around.said()).is_some()
    }

    /// Whether a number says how something grew or shrank.
    fn sign(&self, metric: &Metric, around: &Around<'_>) -> Option<bool> {
        match metric.change.map(|c| c.kind) {
            Some(ChangeKind::Increase) => return Some(true),
            Some(ChangeKind::Decrease) => return Some(false),
            _ => {}
        }
        let near = around.near();
        let tail = &near[near.char_indices().rev().take(12).last().map_or(0, |(i, _)| i)..];
        if WORDS.falls.any(tail) && !tail.ends_with(['到', '至']) {
            return Some(false);
        }
        (WORDS.rises.any(tail) && !tail.ends_with("增长到") && !tail.ends_with("增长至")).then_some(true)
    }

    fn push(&mut self, i: usize, metric: &Metric, around: &Around<'_>, entry: &'d Entry) {
        let falls = entry.measure == Measure::Growth && self.sign(metric, around) == Some(false);
        let value = if falls { -metric.value } else { metric.value };
        let mut basis = basis(around);
        // 每年实施20项民生实事.
        if basis.is_none() && entry.measure == Measure::Level && around.near().contains("每年") && !around.near().contains("人每年") {
            basis = Some(Basis::Average);
        }
        // 城镇累计新增就业超700万人: of which years, a report that looks back on several does not say. 累计达 is a stock.
        let near = around.near();
        if basis.is_none()
            && near.contains("累计")
            && !near.contains('达')
            && entry.domain != "law"
            && self.doc.kind() == Kind::WorkReport
            && !self.says_year(around)
        {
            basis = Some(Basis::Cumulative);
        }
        // 5年提高4.5个百分点，新改建农村公路4.2万公里: of which year, a sentence on five does not say.
        let five = around.said().match_indices(['五', '5']).any(|(at, five)| {
            let before = around.said()[..at].chars().next_back();
            around.said()[at + five.len()..].starts_with('年') && before.is_none_or(|c| digit(c).is_none() && c != '十')
        });
        let ends = WORDS.stock.any(around.near())
            || metric.bound != Bound::Exact && metric.bound != Bound::About
            || around.near().ends_with(['到', '至', '达', '破', '超', '过', '在'])
            || entry.measure != Measure::Level;
        // 城镇新增就业超过25万人: what is new in a time is no end of it.
        let flows = WORDS.flows.has(&entry.id);
        if basis.is_none()
            && (!ends || flows)
            && metric.modality == Modality::Actual
            && (self.looks_back(metric) || five && entry.domain != "law" || flows && sums_up_a_plan(around.paragraph()))
            && !self.says_year(around)
        {
            basis = Some(Basis::Cumulative);
        }
        let Some(unit) = entry.units.iter().find(|u| **u == around.unit) else { return };
        // “十四五”时期成就和“十五五”时期目标, under one heading: what a part that looks back says of years that are over was reached.
        let past = metric.period.filter(|p| self.looks_back(metric) && self.doc.year.is_some_and(|year| p.to.year < year));
        let future = self.doc.kind() == Kind::WorkReport && self.years_at(metric.span.start) == Years::Ahead && !self.says_year(around);
        // 今后五年，城镇新增就业5000万人以上.
        if future && flows && basis.is_none() {
            basis = Some(Basis::Cumulative);
        }
        // 一年来，共办理建议121件: under a heading of what is to be done, too.
        let over = WORDS.year_over.strip_prefix(around.said()).is_some();
        let said = if past.is_some() || over {
            Modality::Actual
        } else if future || self.lists_targets(metric) {
            Modality::Target
        } else {
            metric.modality
        };
        let period = self.period(Some(metric), entry, self.years_at(metric.span.start), around, said, basis);
        // 由2007年的1.4%提高到2012年的1.97%, in a report of 2013: what lies behind a report is not set by it.
        let over = period.zip(self.doc.year).is_some_and(|((_, to), year)| to.year < year);
        let modality = if over && self.doc.kind() == Kind::WorkReport { Modality::Actual } else { said };
        self.rows.push(Indicator {
            entry,
            metric: Some(MetricId(i as u32)),
            value: Some(value),
            unit,
            status: Status::Value,
            modality,
            period,
            basis,
            scope: self.scope(around),
            span: metric.span,
        });
    }

    /// The years that a number is of: those its clause names; those of its part of the report.
    fn period(&self, metric: Option<&Metric>, entry: &Entry, at: Years, around: &Around<'_>, modality: Modality, basis: Option<Basis>) -> Option<(Date, Date)> {
        let years = |from: u16, to: u16| Some((Date::new(from, 1, 1)?, Date::new(to, 12, 31)?));
        let year = self.doc.year;
        let ahead = at == Years::Ahead && !self.says_year(around);
        // 到2030年，甲达到5亿元，年均增长5%。其中，乙达到2亿元: what belongs to it is of its year.
        let whole_of = || {
            let mut sentences = around.paragraph().rsplit('。');
            let (this, before) = (sentences.next()?, sentences.next()?);
            WORDS.of_these.strip_prefix(this).is_some().then(|| until(before)).flatten()
        };
        let average = basis == Some(Basis::Average) && modality == Modality::Target;
        if average && let Some(y) = until(around.said()).or_else(whole_of) {
            return years(y.checked_sub(4)?, y);
        }
        if basis.is_none()
            && let Some(y) = whole_of()
        {
            return years(y, y);
        }
        // The five years of a plan begin with the report's.
        if ahead || basis.is_some() && modality == Modality::Target {
            return year.and_then(|y| years(y, y + 4));
        }
        if basis.is_some() {
            return year.and_then(|y| years(y.checked_sub(5)?, y.checked_sub(1)?));
        }
        let opening: String = around.sentence().chars().take(10).collect();
        // 五年来办理建议586件，满意率99%: a rate of what was counted is of all the years.
        // 回望过去五年，…。⏎（一）…，生产总值突破2万亿元: so is what a part is of that has turned to them further up.
        let turned = || {
            let several = metric.and_then(|m| m.period).is_some_and(|p| p.from.year != p.to.year);
            several && !WORDS.several_years.any(around.sentence()) && planned_years(around.sentence()).is_none()
        };
        let looks_back = self.doc.kind() == Kind::WorkReport && !self.says_year(around) && entry.domain != "law" && (at == Years::Past || turned());
        if let Some(y) = year_in(&around.clause).or_else(|| year_in(&opening)) {
            return years(y, y);
        }
        let whole = metric.and_then(|m| m.period).map(|p| (p.from, p.to));
        // 从2020年的3.6万亿元增长到2025年的4.9万亿元，乙从0.4万亿元增长到0.5万亿元: what grew up to is of the last year.
        let reached = metric.is_some_and(|m| m.change.is_some_and(|c| c.kind == ChangeKind::FromTo));
        if let Some((_, to)) = whole.filter(|_| reached && basis.is_none()) {
            return years(to.year, to.year);
        }
        // 五年来，生产总值从9323亿元增加到13697亿元: what several years reached is of the last of them.
        if let Some((from, to)) = whole
            && from.year != to.year
            && !(looks_back && modality == Modality::Actual && year.is_some_and(|y| to.year < y))
            && !metric.is_some_and(|m| modality == Modality::Actual && self.turned_to_one_year(m))
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

    fn scope(&self, around: &Around<'_>) -> Scope {
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

    /// 人大代表建议72件、政协提案31件，全部办结; 法律顾问36名，实现全覆盖: words of all beside what is counted, which keeps its number in a
    /// row of its own.
    fn all_of_them(&mut self) {
        let text = self.text;
        let covered = WORDS.covers_all.all(text).map(|(at, word)| (at, at + word.len(), &WORDS.coverable));
        let handled = WORDS.all.all(text).filter_map(|(at, word)| {
            let how = &text[at + word.len()..];
            let rest = WORDS.dealt_with.strip_prefix(WORDS.duly.strip_prefix(how).unwrap_or(how))?;
            Some((at, text.len() - rest.len(), &WORDS.handled))
        });
        let counted = self.rows.len();
        for (at, end, ids) in covered.chain(handled) {
            // 全部办结后, 全部办结率: no report that it is so.
            if text[end..].starts_with(['后', '的', '率', '之', '前']) || self.is_furniture(at) {
                continue;
            }
            let mut later = at;
            let mut found = Vec::new();
            let last = self.doc.metrics.partition_point(|m| (m.span.start as usize) < at);
            for (i, metric) in self.doc.metrics[..last].iter().enumerate().rev() {
                let Some(between) = text.get(metric.span.end as usize..later).filter(|b| is_near(b)) else { break };
                let between = tidy(between);
                let beside = if later == at {
                    let said = between.trim_start_matches('，');
                    said.is_empty() || WORDS.between.has(said)
                } else {
                    (between.starts_with('、') || WORDS.joins.strip_prefix(&between).is_some()) && !between.contains('，')
                };
                let id = Some(MetricId(i as u32));
                let rows = &self.rows[self.rows[..counted].partition_point(|row| row.metric < id)..counted];
                let Some(head) = rows.iter().take_while(|row| row.metric == id).find(|row| row.status == Status::Value) else { break };
                // 其中9件全部办结: all of a part.
                let clause = back(text, metric.span.start as usize, AROUND, |c, at| ends_clause(c) && !is_in_number(text, at));
                let part = WORDS.of_these.any(&text[clause..metric.span.start as usize]);
                if !beside || part || !ids.has(&head.entry.id) {
                    break;
                }
                found.push(Indicator { metric: None, value: None, status: Status::All, span: Span::new(at as u32, end as u32), ..head.clone() });
                later = metric.span.start as usize;
            }
            self.rows.extend(found.into_iter().rev());
        }
    }

    /// Whether a place is of the page and not of the document.
    fn is_furniture(&self, at: usize) -> bool {
        let spans = &self.doc.boilerplate;
        spans[..spans.partition_point(|b| b.start as usize <= at)].last().is_some_and(|b| b.range().contains(&at))
    }

    /// 零败诉, 与经济增长同步: words in the place of a number.
    fn words(&mut self) {
        let doc = self.doc;
        let text = self.text;
        let mut rows = Vec::new();
        for (at, word) in WORDS.zero.all(text) {
            let from = at + word.len();
            let end = ahead(text, from, 14, |c, _| ends_clause(c) || matches!(c, '、' | '）' | ')' | '”' | '的'));
            let noun = tidy(&text[from..end]);
            if noun.is_empty() {
                continue;
            }
            let mut best: Option<(&Entry, usize)> = None;
            self.dictionary.heads.find(&noun, |entry, len| {
                let entry = &self.dictionary.entries()[usize::from(entry)];
                let counts = entry.measure == Measure::Level && entry.domain == "law" && entry.context.is_none() && entry.verbs.is_empty();
                if counts && len >= 6 && best.is_none_or(|(_, l)| len > l) {
                    best = Some((entry, len));
                }
            });
            let Some((entry, _)) = best.filter(|_| !self.is_furniture(at)) else { continue };
            // 复议…，无败诉: of no lawsuit.
            let paragraph = tidy(&text[back(text, at, AROUND, |c, _| c == '\n')..at]);
            if !(noun.contains("败诉") && WORDS.topic.last(&paragraph) == Some("复议")) {
                rows.push((entry, Status::Zero, Some(Decimal::ZERO), Span::new(at as u32, end as u32)));
            }
        }
        // 居民收入增长与经济增长同步; 法治督察实现全覆盖, a rate of all.
        for (words, status, measure) in [(&WORDS.relative, Status::Relative, Measure::Growth), (&WORDS.covers_all, Status::All, Measure::Rate)] {
            let mut said = 0;
            for (at, word) in words.all(text).filter(|(at, _)| !self.is_furniture(*at)) {
                let end = at + word.len();
                // What the word before says is no part of what this one says: 学法全覆盖、督察全覆盖.
                let from = back(text, at, 40, |c, _| ends_clause(c)).max(std::mem::replace(&mut said, end));
                let subject = tidy(&text[from..at]).replace("城乡居民", "居民");
                let closed = close(&subject).unwrap_or(&subject);
                let subject = if status == Status::All { format!("{closed}覆盖率") } else { closed.to_owned() };
                let named = |name: &str| {
                    let mut best: Option<(&Entry, usize)> = None;
                    self.dictionary.heads.find(name, |entry, len| {
                        let entry = &self.dictionary.entries()[usize::from(entry)];
                        if entry.measure == measure && best.is_none_or(|(_, l)| len > l) {
                            best = Some((entry, len));
                        }
                    });
                    best
                };
                if let Some((entry, _)) = std::iter::successors(Some(subject.as_str()), |name| open(name)).find_map(named) {
                    rows.push((entry, status, None, Span::new(at as u32, end as u32)));
                }
            }
        }
        for (entry, status, value, span) in rows {
            let section = doc.section_at(span.start);
            let plans = section.is_some_and(|s| s.row.role == Role::Plan) || doc.kind() == Kind::WorkPlan;
            let reviews = doc.kind() == Kind::AnnualReport || section.is_some_and(|s| s.row.role == Role::Measures);
            let modality = if plans || status == Status::Relative && !reviews { Modality::Target } else { Modality::Actual };
            let sentence = back(text, span.start as usize, AROUND, |c, _| ends_sentence(c));
            let around = Around::new(text, span, sentence, 0, String::new());
            let period = self.period(None, entry, self.years_at(span.start), &around, modality, None);
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

/// Whether words right before a name narrow what it means (返乡创业市场主体, 武汉港集装箱吞吐量): nouns do, and words that nobody knows.
/// Those that say nothing, and those that say what is done, with what and whose, do not.
fn narrows(before: &str) -> bool {
    const SAYS: Is =
        Is::VERB.or(Is::WORK).or(Is::TAIL).or(Is::LINK).or(Is::ADVERB).or(Is::MODAL).or(Is::TIME).or(Is::SCOPE).or(Is::PREP).or(Is::JOIN).or(Is::WHO);
    let before = before.rsplit(['、', '：', '）']).next().unwrap_or_default();
    // 全年接待: 全年 and 接待.
    let says = |before: &str| VOCABULARY.end(before).is_some_and(|(_, is)| is.any(SAYS));
    !before.is_empty()
        && WORDS.opening.strip_suffix(before).is_none()
        && !std::iter::successors(Some(before), |before| open(before)).any(says)
        && before.ends_with(|c: char| !c.is_ascii_punctuation())
}

/// Whether a subject is narrowed by the words that it stands behind.
fn is_narrowed(around: &Around<'_>, subject: &str) -> bool {
    let near = around.near();
    !subject.is_empty() && near.rfind(subject).is_some_and(|at| narrows(&near[..at]))
}

/// Whether a paragraph explains a word (14.“双招双引”：招才引智、招商引资): what it says is no result of the report.
fn explains_a_word(paragraph: &str) -> bool {
    let item = paragraph.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let Some((term, _)) = item.trim_start_matches(['.', '、', '．', ' ']).strip_prefix('“').and_then(|item| item.split_once('：')) else { return false };
    term.contains('”') && !term.contains(['，', '。', '；']) && term.chars().count() < 30
}

/// Whether a number is of a part of the jurisdiction: by its own words, or by those its clause begins with, which hold for all
/// its numbers (开发区工业增加值、工业投资分别增长5.9%、6.7%).
fn is_part(around: &Around<'_>) -> bool {
    WORDS.part.any(around.member()) || WORDS.part.strip_prefix(&around.clause).is_some()
}

/// The digit that a character is: 2, 〇, 二.
fn digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u16 + 1),
    }
}

/// The last year that a text names as its own: not one that it compares with.
fn year_in(text: &str) -> Option<u16> {
    let mut found = None;
    for (at, _) in text.match_indices('年') {
        let digits = &text[..at];
        let Some((from, _)) = digits.char_indices().rev().nth(3) else { continue };
        if digits[..from].ends_with(|c| digit(c).is_some()) {
            continue;
        }
        let written = digits[from..].chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?));
        let Some(year @ 1949..=2060) = written else { continue };
        if digits[..from].ends_with(['比', '较', '与', '从', '自', '由', '在']) && !digits[..from].ends_with("现在") || text[at..].starts_with("年以来")
        {
            continue;
        }
        found = Some(year);
    }
    found
}

/// The year that a text says something is to be reached by: 到2030年.
fn until(text: &str) -> Option<u16> {
    text.match_indices('到').filter_map(|(at, to)| year_in(text[at + to.len()..].split_inclusive('年').next()?)).next_back()
}

/// Whether a clause is of some months of a year: 1-11月.
fn is_some_months(clause: &str) -> bool {
    clause.match_indices('月').any(|(at, _)| {
        let before = clause[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        before.len() < at && before.strip_suffix(['-', '—', '–', '至', '~', '～']).is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit() || c == '月'))
    })
}

/// Whether a paragraph sums up a plan of five years (“十四五”规划…完成。生产总值年均增长5%。), and has not turned to one year since.
fn sums_up_a_plan(paragraph: &str) -> bool {
    let Some((at, plan)) = WORDS.base.all(paragraph).find(|(_, w)| w.ends_with('五')) else { return false };
    let since = &paragraph[at + plan.len()..];
    since.contains("年均") && !WORDS.one_year.any(since) && year_in(since).is_none()
}

fn basis(around: &Around<'_>) -> Option<Basis> {
    if WORDS.average.any(&around.clause) && !around.clause.contains("年均浓度") && !around.clause.contains("年均值") {
        return Some(Basis::Average);
    }
    let long = |text: &str| WORDS.cumulative.any(text);
    let opening: String = around.sentence().chars().take(12).collect();
    (long(&around.clause) || long(&opening)).then_some(Basis::Cumulative)
}
