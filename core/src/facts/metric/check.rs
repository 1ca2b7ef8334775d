//! Numbers that contradict each other.
//!
//! A false accusation is worse than a miss: a check speaks only where the text itself names the parts and
//! the whole, where every number is exact, and where no other pair of numbers in the sentence explains what
//! is stated.

use super::around::ago;
use crate::lexicon::{LEXICON, RATE};
use crate::scan::{Class, class};
use crate::{Bound, Code, Decimal, Diagnostic, Dimension, Document, Metric, Paragraph};
use std::borrow::Cow;

/// How many numbers of a sentence are compared with each other; what has more is a table.
const MOST: usize = 24;

/// The contradictions between a document's metrics.
pub(crate) fn find(doc: &Document<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let (mut at, mut below) = (0, 0);
    while at < doc.metrics.len() {
        below = paragraph_below(doc, doc.metrics[at].span.start, below);
        let end = sentence_end(doc, at, below);
        let sentence = Sentence { doc, from: at, rows: &doc.metrics[at..end] };
        for (i, row) in sentence.rows.iter().enumerate() {
            sentence.impossible(row, &mut out);
            if (2..=MOST).contains(&sentence.rows.len()) {
                sentence.rate(i, row, &mut out);
                sentence.parts(i, row, &mut out);
                sentence.total(i, row, &mut out);
            }
        }
        if sentence.rows.len() <= MOST {
            sentence.flow(&mut out);
        }
        at = end;
    }
    out
}

/// The row of the first paragraph that begins below a place; the last that was asked for is near, and mostly above.
fn paragraph_below(doc: &Document<'_>, at: u32, near: usize) -> usize {
    let begun = |p: &Paragraph| p.span.start <= at;
    match near.checked_sub(1).is_none_or(|row| begun(&doc.paragraphs[row])) {
        true => near + doc.paragraphs[near..].iter().take_while(|p| begun(p)).count(),
        false => doc.paragraphs.partition_point(begun),
    }
}

/// The row after the last metric of the sentence that row `at` begins, above the paragraph in row `below`.
fn sentence_end(doc: &Document<'_>, at: usize, below: usize) -> usize {
    // Where its paragraph begins, and the next.
    let from = below.checked_sub(1).map_or(0, |row| doc.paragraphs[row].span.start);
    let past = doc.paragraphs.get(below).map_or(u32::MAX, |p| p.span.start);
    let mut end = at + 1;
    while end < doc.metrics.len() {
        let (a, b) = (&doc.metrics[end - 1], &doc.metrics[end]);
        // An amount inside an amount's brackets may end where the other ends.
        let gap = doc.text.get(a.span.end as usize..b.span.start as usize).unwrap_or("");
        if !(from..past).contains(&b.span.start) || gap.len() > 600 || has_stop(gap) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a sentence ends in a text.
fn has_stop(text: &str) -> bool {
    // Most texts have none; their bytes tell it in fewer steps than their characters.
    let bytes = text.as_bytes();
    let (second, third) = (bytes.get(1..).unwrap_or(&[]), bytes.get(2..).unwrap_or(&[]));
    let wide = |a: u8, b: u8, c: u8| {
        u8::from(a == 0xE3) & u8::from(b == 0x80) & u8::from(c == 0x82) | u8::from(b == 0xBC) & (u8::from(c == 0x81) | u8::from(c == 0x9F))
    };
    let near = bytes.iter().zip(second).zip(third).fold(0, |near, ((a, b), c)| near | wide(*a, *b, *c))
        | bytes.iter().fold(0, |near, b| near | u8::from(*b == b'!') | u8::from(*b == b'?'));
    near > 0 && text.contains(|c| class(c) == Class::Stop)
}

struct Sentence<'d, 't> {
    doc: &'d Document<'t>,
    /// Row of the first metric.
    from: usize,
    rows: &'d [Metric],
}

/// Whether the value is exactly what is stated, and no change.
fn exact(m: &Metric) -> bool {
    m.bound == Bound::Exact && m.value_high.is_none() && m.change.is_none()
}

fn is_count(m: &Metric) -> bool {
    exact(m) && m.dimension == Dimension::Count
}

impl<'d> Sentence<'d, '_> {
    fn subject(&self, m: &Metric) -> Cow<'d, str> {
        match m.subject.as_slice() {
            [one] => self.doc.clean(*one),
            _ => Cow::Borrowed(""),
        }
    }

    fn unit(&self, m: &Metric) -> &'d str {
        self.doc.slice(m.unit)
    }

    /// The text right before a metric, back to the metric before it.
    fn before(&self, i: usize) -> &'d str {
        let start = self.rows[i].span.start as usize;
        let floor = match i {
            0 => ago(&self.doc.text[..start], 24),
            _ => (self.rows[i - 1].span.end as usize).min(start),
        };
        let before = self.doc.slice(crate::Span::new(floor as u32, start as u32));
        let stop = before.char_indices().rev().find(|(_, c)| class(*c) == Class::Stop || *c == '\n');
        stop.map_or(before, |(i, c)| &before[i + c.len_utf8()..])
    }

    /// The text between a metric and the one before it, without what only leads over to it: 其中, 实际, 表示…的.
    fn bare(&self, i: usize) -> &'d str {
        let before = self.before(i);
        let edge = before.char_indices().rev().find(|(_, c)| matches!(class(*c), Class::Comma | Class::Semicolon | Class::Pause | Class::Colon));
        let mut bare = edge.map_or(before, |(at, c)| &before[at + c.len_utf8()..]).trim();
        while let len @ 1.. = LEXICON.merely.start(bare) {
            bare = &bare[len..];
        }
        bare.strip_suffix('的').unwrap_or(bare)
    }

    /// A share above 100%: 办结率120%.
    fn impossible(&self, row: &Metric, out: &mut Vec<Diagnostic>) {
        if row.dimension != Dimension::Percent || row.value <= Decimal::ONE_HUNDRED || row.change.is_some() {
            return;
        }
        let subject = self.subject(row);
        if LEXICON.part_rate.end(&subject) == 0 {
            return;
        }
        let text = self.doc.clean(row.span);
        out.push(Diagnostic::new(
            Code::ImpossiblePercent,
            row.span,
            format!("{subject} cannot be above 100%, but {text} is stated"),
            format!("“{subject}”不可能超过100%，文中为{text}"),
        ));
    }

    /// 已结34件,其中败诉5件,败诉率12.7%
    fn rate(&self, i: usize, row: &Metric, out: &mut Vec<Diagnostic>) {
        // 八成 and 3‰ are no per cent.
        if row.dimension != Dimension::Percent || !exact(row) {
            return;
        }
        let subject = self.subject(row);
        let Some(stem) = subject.strip_suffix(RATE).filter(|_| self.doc.unit(row) == "%") else { return };
        // The numerator stands right before the rate and carries its name.
        let Some((part_at, part)) = self.rows[..i].iter().enumerate().next_back().filter(|(_, m)| is_count(m)) else {
            return;
        };
        let name = self.subject(part);
        // 合格216家, 实际出庭93次, 表示满意的65人: nothing but the rate's own name stands before its numerator.
        let bare = self.bare(part_at);
        let named = |name: &str| name.chars().count() >= 2 && (name.ends_with(stem) || stem.ends_with(name));
        if stem.chars().count() < 2 || !(named(&name) || bare == stem) {
            return;
        }
        // The denominator: what the part is said to be a part of.
        let named = part.part_of.and_then(|id| id.index().checked_sub(self.from)).and_then(|i| self.rows.get(i));
        // Or, where part and rate bear one name, the count right before: 参加考试412人，合格355人，合格率….
        let before = || part_at.checked_sub(1).map(|i| &self.rows[i]).filter(|w| (*name == *stem || bare == stem) && w.value > part.value && exact(w));
        let Some(whole) = named.or_else(before) else { return };
        if !is_count(whole) || self.unit(whole) != self.unit(part) || whole.value.is_zero() || part_at + 1 != i {
            return;
        }
        // Anything in the sentence that explains the rate acquits it.
        let counts: Vec<Decimal> = self.rows.iter().filter(|m| m.dimension == Dimension::Count).map(|m| m.value).collect();
        let near = |a: Decimal, b: Decimal| !b.is_zero() && share(a, b).is_none_or(|share| agrees(share, row.value));
        let explained =
            counts.iter().any(|a| counts.iter().any(|b| near(*a, *b) || near(less(*b, *a), *b) || sum([*a, *b]).is_none_or(|whole| near(*a, whole))));
        let Some(percent) = share(part.value, whole.value).filter(|_| !explained) else { return };
        let percent = percent.round_dp(row.value.scale().max(1));
        let (a, b, r) = (part.value, whole.value, row.value);
        out.push(
            Diagnostic::new(
                Code::RateMismatch,
                row.span,
                format!("{subject} is stated as {r}%, but {a} of {b} is {percent}%"),
                format!("“{subject}”为{r}%，但{a}÷{b}={percent}%"),
            )
            .with_related(whole.span.to(part.span)),
        );
    }

    /// 其中: parts that exceed their whole.
    fn parts(&self, i: usize, whole: &Metric, out: &mut Vec<Diagnostic>) {
        if !is_count(whole) {
            return;
        }
        let id = self.from + i;
        let parts: Vec<&Metric> = self.rows[i + 1..]
            .iter()
            .filter(|m| m.part_of.is_some_and(|p| p.index() == id))
            .filter(|m| m.dimension == Dimension::Count && self.unit(m) == self.unit(whole) && m.change.is_none())
            .filter(|m| matches!(m.bound, Bound::Exact | Bound::Over | Bound::AtLeast))
            .collect();
        let Some(first) = parts.first() else { return };
        // A part of its own is beyond doubt where nothing else in the sentence could be its whole; a sum only
        // where the parts are listed one beside the other.
        let other = |value: Decimal| self.rows[..i].iter().any(|m| self.unit(m) == self.unit(whole) && m.value >= value);
        if first.value > whole.value && first.per == whole.per && !other(first.value) {
            let (a, b) = (first.value, whole.value);
            out.push(
                Diagnostic::new(Code::SumMismatch, first.span, format!("a part, {a}, exceeds its whole, {b}"), format!("部分（{a}）大于总数（{b}）"))
                    .with_related(whole.span),
            );
            return;
        }
        let Some(sum) = sum(parts.iter().map(|m| m.value)) else { return };
        let listed = parts.windows(2).all(|w| {
            let gap = self.doc.text.get(w[0].span.end as usize..w[1].span.start as usize).unwrap_or("");
            LEXICON.amounts.joins.start(gap) > 0 && gap.chars().count() <= 16
        });
        if parts.len() >= 2 && listed && sum > whole.value && !other(sum) {
            let terms = terms(parts.iter().map(|m| m.value));
            let b = whole.value;
            let last = parts.last().map_or(first.span, |m| m.span);
            out.push(
                Diagnostic::new(
                    Code::SumMismatch,
                    first.span.to(last),
                    format!("the parts, {terms}={sum}, exceed their whole, {b}"),
                    format!("各部分之和{terms}={sum}，大于总数{b}"),
                )
                .with_related(whole.span),
            );
        }
    }

    /// 新增9件,上期结余2件,合计12件
    fn total(&self, i: usize, total: &Metric, out: &mut Vec<Diagnostic>) {
        if i < 2 || !is_count(total) || !LEXICON.total.has(self.before(i).trim_start_matches(['，', ',', '、', '；', ';', ' '])) {
            return;
        }
        let unit = self.unit(total);
        let parts = &self.rows[..i];
        // Every number before it in the sentence is a part of it, or it is not clear which are.
        if parts.iter().any(|m| !is_count(m) || self.unit(m) != unit || m.part_of.is_some()) {
            return;
        }
        let Some(sum) = sum(parts.iter().map(|m| m.value)) else { return };
        if sum != total.value && !parts.iter().any(|m| m.value == total.value) {
            let terms = terms(parts.iter().map(|m| m.value));
            let t = total.value;
            out.push(
                Diagnostic::new(Code::SumMismatch, total.span, format!("the total is stated as {t}, but {terms}={sum}"), format!("合计为{t}，但{terms}={sum}"))
                    .with_related(parts[0].span.to(parts[i - 1].span)),
            );
        }
    }

    /// 新收80件,上年结转5件,办结78件,结转下年8件
    fn flow(&self, out: &mut Vec<Diagnostic>) {
        // Four numbers, each another.
        let counts = || self.rows.iter().enumerate().filter(|(_, m)| is_count(m) && m.part_of.is_none());
        if self.rows.len() < 4 || counts().count() < 4 {
            return;
        }
        let find = |words: &crate::lexicon::Words| {
            let mut hits = counts().filter(|(i, _)| words.find(self.before(*i)).is_some());
            // One and only one.
            let first = hits.next();
            if hits.next().is_some() { None } else { first.map(|(_, m)| m) }
        };
        let Some(new) = find(&LEXICON.came_in) else { return };
        let Some(old) = find(&LEXICON.left_before) else { return };
        let Some(done) = find(&LEXICON.done) else { return };
        let Some(left) = find(&LEXICON.left_after) else { return };
        let all = [new, old, done, left];
        let distinct = (0..4).all(|i| (0..i).all(|j| all[i].span != all[j].span));
        if !distinct || all.iter().any(|m| self.unit(m) != self.unit(new)) {
            return;
        }
        let (n, o, d, l) = (new.value, old.value, done.value, left.value);
        let (Some(came), Some(went)) = (sum([n, o]), sum([d, l])) else { return };
        if came != went {
            out.push(
                Diagnostic::new(
                    Code::SumMismatch,
                    done.span.to(left.span),
                    format!("{n} new and {o} carried over make {came}, but {d} done and {l} left make {went}"),
                    format!("新收{n}+结转{o}={came}，但办结{d}+未结{l}={went}"),
                )
                .with_related(new.span.to(old.span)),
            );
        }
    }
}

/// The sum, if it can be held.
fn sum(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// `a` without `b`. Neither is negative, so it can be held.
fn less(a: Decimal, b: Decimal) -> Decimal {
    sum([a, -b]).unwrap_or_default()
}

/// `a` of `b` in per cent; none where `b` is zero or it cannot be held.
fn share(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)
}

/// Whether a percentage is the stated one, rounded or cut off at its last digit.
fn agrees(percent: Decimal, stated: Decimal) -> bool {
    let (off, digit) = (less(percent, stated), stated.scale());
    // Half of its last digit below, the whole of it above.
    off >= Decimal::new(-5, digit + 1) && off < Decimal::new(1, digit)
}

/// The numbers of a sum: 3+4.
fn terms(values: impl Iterator<Item = Decimal>) -> String {
    let mut terms = String::new();
    for value in values {
        if !terms.is_empty() {
            terms.push('+');
        }
        terms.push_str(&value.to_string());
    }
    terms
}
