//! How metrics and their contradictions are written in the specification.

use gongwen::{Bound, ChangeKind, Code, Document, Metric, Modality};
use std::fmt::Write;

/// `words | value unit | what it counts | whatever is not the usual`.
pub(super) fn metrics(doc: &Document<'_>, out: &mut String) {
    for m in &doc.metrics {
        metric(doc, m, out);
    }
}

fn metric(doc: &Document<'_>, m: &Metric, out: &mut String) {
    let clean = |span| doc.clean(span).into_owned();
    let subjects: Vec<_> = m.subject.iter().map(|s| clean(*s)).collect();
    let high = m.value_high.map(|v| format!("~{v}")).unwrap_or_default();
    let value = format!("{}{high} {}", m.value, doc.unit(m));
    write!(out, "{} | {} | {}", clean(m.span), value.trim_end(), subjects.join("; ")).unwrap();
    let mut also = Vec::new();
    if m.bound != Bound::Exact {
        also.push(m.bound.to_string());
    }
    if m.modality == Modality::Target {
        also.push("target".to_owned());
    }
    if let Some(per) = m.per {
        also.push(format!("per {}", clean(per)));
    }
    if let Some(change) = m.change {
        also.push(match change.kind {
            ChangeKind::FromTo => format!("from {} to {}", change.from.unwrap(), change.to.unwrap()),
            kind => format!("{kind} {}", change.basis.map_or_else(|| "-".to_owned(), clean)),
        });
    }
    if let Some(whole) = m.part_of {
        also.push(format!("part of {}", clean(doc.metrics[whole.index()].span)));
    }
    if let Some(period) = m.period.filter(|p| !of_its_place(doc, *p)) {
        also.push(format!("{}..{}", period.from, period.to));
    }
    if !also.is_empty() {
        write!(out, " | {}", also.join(", ")).unwrap();
    }
    out.push('\n');
}

/// `words dimension`.
pub(super) fn dimensions(doc: &Document<'_>, out: &mut String) {
    for m in &doc.metrics {
        writeln!(out, "{} {}", doc.clean(m.span), m.dimension).unwrap();
    }
}

/// `code words (with the second place)`, then the sentence in both languages.
pub(super) fn contradictions(doc: &Document<'_>, out: &mut String) {
    let ours = |c| matches!(c, Code::RateMismatch | Code::SumMismatch | Code::ImpossiblePercent);
    for d in doc.diagnostics.iter().filter(|d| ours(d.code)) {
        let related = d.related.map_or(String::new(), |r| format!(" (with {})", doc.clean(r)));
        writeln!(out, "{} {}{related}\n  {}\n  {}", d.code, doc.clean(d.span), d.message, d.message_zh).unwrap();
    }
}

/// Whether a period is a whole year that a report of one year is on, or plans for: its place gives it, and it goes without saying.
fn of_its_place(doc: &Document<'_>, period: gongwen::Period) -> bool {
    let whole = (period.from.month, period.from.day, period.to.month, period.to.day) == (1, 1, 12, 31) && period.from.year == period.to.year;
    doc.kind() == gongwen::Kind::AnnualReport && whole && doc.year.is_some_and(|y| period.to.year == y || period.to.year == y + 1)
}

/// `words | first day..last day` of every number that is of some time.
pub(crate) fn periods(doc: &Document<'_>, out: &mut String) {
    for m in &doc.metrics {
        let days = m.period.map_or("-".to_owned(), |p| format!("{}..{}", p.from, p.to));
        writeln!(out, "{} | {days}", doc.clean(m.span)).unwrap();
    }
}
