//! What indicators of one report must be to each other: said where they are not, never corrected.

use super::read::flow;
use super::{Indicator, Status};
use crate::{Bound, Code, Diagnostic, Document, Modality, Span};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

/// What stands on the right of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// A rate is the first over the second.
    Over,
    /// A total is the sum of all.
    Sum,
    /// One is no more than the other.
    AtMost,
}

#[derive(Debug)]
struct Identity {
    left: &'static str,
    relation: Relation,
    right: Vec<&'static str>,
    silent: Vec<&'static str>,
}

static IDENTITIES: LazyLock<Vec<Identity>> =
    LazyLock::new(|| include_str!("identities.txt").lines().filter(|l| !l.starts_with('#')).filter_map(identity).collect());

fn identity(line: &'static str) -> Option<Identity> {
    let (rule, silent) = line.split_once('|').unwrap_or((line, ""));
    let (left, relation, right) = match rule.split_once("<=") {
        Some((left, right)) => (left, Relation::AtMost, right),
        None => {
            let (left, right) = rule.split_once('=')?;
            (left, if right.contains('/') { Relation::Over } else { Relation::Sum }, right)
        }
    };
    let right = right.split(['/', '+']).map(str::trim).collect();
    Some(Identity { left: left.trim(), relation, right, silent: silent.split_whitespace().collect() })
}

/// Where the numbers of a report contradict each other, by identities such as 败诉率 = 败诉 ÷ 审结: rows of one paragraph, of the
/// same years and the same scope, each there once. A diagnostic names the arithmetic; nothing is corrected, and where a
/// text may mean something else (cases carried over from the year before, further kinds of documents) nothing is said.
///
/// ```
/// let text = "临江市2023年法治政府建设年度报告\n一、主要举措和成效\n\
///             （一）完善制度。清理规范性文件60件，保留40件，修改12件，废止9件。\n二、存在的不足\n工作力量偏弱。\n";
/// let doc = gongwen::parse(text);
/// let found = gongwen::indicators::check(&doc, &doc.indicators());
/// assert_eq!(
///     found[0].message,
///     "normative_docs_cleaned is stated as 60, but normative_docs_kept 40 + normative_docs_amended 12 + normative_docs_repealed 9 = 61"
/// );
/// assert_eq!(found[0].message_zh, "规范性文件清理为60，但清理后继续有效(保留)40+清理后修改12+废止(失效)规范性文件9=61");
/// ```
#[must_use]
pub fn check(doc: &Document<'_>, rows: &[Indicator<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let text = &*flow(doc);
    let mut from = 0;
    while let Some(first) = rows.get(from) {
        let start = first.span.start as usize;
        let end = text[start..].find('\n').map_or(text.len(), |i| start + i) as u32;
        let to = from + rows[from..].iter().take_while(|row| row.span.start < end).count().max(1);
        paragraph(doc, text, &rows[from..to], &mut found);
        from = to;
    }
    // What was said of the same numbers already is not said again.
    found.retain(|d| !doc.diagnostics.iter().any(|own| own.code == d.code && own.span == d.span));
    found
}

fn paragraph(doc: &Document<'_>, text: &str, rows: &[Indicator<'_>], found: &mut Vec<Diagnostic>) {
    if rows.len() < 2 {
        return;
    }
    let mut once: HashMap<&str, Option<&Indicator<'_>>> = HashMap::new();
    for row in rows.iter().filter(|row| row.modality == Modality::Actual) {
        once.entry(row.id()).and_modify(|known| *known = None).or_insert(Some(row));
    }
    let exact = |row: &&Indicator<'_>| {
        let metric = row.metric.map(|m| &doc.metrics[m.0 as usize]);
        matches!(row.status, Status::Value | Status::Zero) && metric.is_none_or(|m| m.bound == Bound::Exact)
    };
    for Identity { left, relation, right, silent } in IDENTITIES.iter() {
        let row = |id: &str| once.get(id).copied().flatten().filter(exact);
        let Some(whole) = row(left) else { continue };
        let Some(terms) = right.iter().map(|id| row(id)).collect::<Option<Vec<_>>>() else { continue };
        let alike = |term: &&Indicator<'_>| term.period == whole.period && term.basis == whole.basis && term.scope == whole.scope;
        if !terms.iter().all(alike) || *relation != Relation::Over && terms.iter().any(|t| t.unit != whole.unit) {
            continue;
        }
        let all = terms.iter().chain([&whole]);
        let between = Span::new(all.clone().map(|r| r.span.start).min().unwrap_or_default(), all.map(|r| r.span.end).max().unwrap_or_default());
        let said = &text[super::sentence(text, between).range()];
        if silent.iter().any(|word| said.contains(word)) {
            continue;
        }
        let (Some(stated), Some(values)) = (whole.value, terms.iter().map(|t| t.value).collect::<Option<Vec<Decimal>>>()) else { continue };
        let Some((sign, result)) = contradicted(*relation, stated, &values) else { continue };
        let (id, name, unit) = (whole.id(), &whole.entry.name, if whole.unit == "%" { "%" } else { "" });
        let (mut english, mut chinese) = (String::new(), String::new());
        for (at, (term, value)) in terms.iter().zip(&values).enumerate() {
            let value = value.normalize();
            let _ = write!(english, "{}{} {value}", if at > 0 { sign.0 } else { "" }, term.id());
            let _ = write!(chinese, "{}{}{value}", if at > 0 { sign.1 } else { "" }, term.entry.name);
        }
        let diagnostic = match relation {
            Relation::AtMost => {
                Diagnostic::new(Code::SumMismatch, whole.span, format!("{id} {stated} exceeds {english}"), format!("{name}{stated}大于{chinese}"))
            }
            relation => Diagnostic::new(
                if *relation == Relation::Over { Code::RateMismatch } else { Code::SumMismatch },
                whole.span,
                format!("{id} is stated as {stated}{unit}, but {english} = {result}{unit}"),
                format!("{name}为{stated}{unit}，但{chinese}={result}{unit}"),
            ),
        };
        found.push(diagnostic.with_related(terms[0].span));
    }
}

/// The signs of the arithmetic, in English and in Chinese, and its result, where a stated number contradicts it.
fn contradicted(relation: Relation, stated: Decimal, values: &[Decimal]) -> Option<((&'static str, &'static str), Decimal)> {
    match relation {
        Relation::Over => {
            let (a, b) = (*values.first()?, *values.get(1)?);
            let rate = a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?;
            // A unit of the last decimal that is stated, for rounding up and down; whole percents are often rough.
            let scale = stated.scale().max(1);
            let room = Decimal::new(1, stated.scale());
            ((stated - rate).abs() > room && a <= b).then_some(((" / ", "÷"), rate.round_dp(scale).normalize()))
        }
        Relation::Sum => {
            let sum = values.iter().try_fold(Decimal::ZERO, |sum, v| sum.checked_add(*v))?;
            (sum != stated).then_some(((" + ", "+"), sum.normalize()))
        }
        Relation::AtMost => (stated > *values.first()?).then_some((("", ""), *values.first()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dictionary;

    fn said(text: &str) -> Vec<String> {
        let text = format!("松石市2023年法治政府建设年度报告\n一、主要举措和成效\n{text}\n二、存在的不足\n力量偏弱。\n");
        let doc = crate::parse(&text);
        super::check(&doc, &doc.indicators()).into_iter().map(|d| format!("{} {}", d.code, d.message)).collect()
    }

    #[test]
    fn identities_name_what_the_dictionary_has() {
        for identity in super::IDENTITIES.iter() {
            for id in identity.right.iter().chain([&identity.left]) {
                assert!(Dictionary::built_in().get(id).is_some(), "{id}");
            }
        }
        assert_eq!(super::IDENTITIES.len(), 13);
    }

    #[test]
    fn what_holds_is_not_spoken_of() {
        let none = |text: &str| assert_eq!(said(text), Vec::<String>::new(), "{text}");
        none("审结行政诉讼案件34件，败诉5件，败诉率14.7%。");
        none("审结行政诉讼案件34件，败诉5件，败诉率约20%。");
        none("清理规范性文件60件，保留40件，修改12件，废止8件。");
        none("清理规范性文件60件，保留40件，修改2件，废止8件，宣布失效10件。");
        none("上年结转行政复议案件20件，收到行政复议申请103件，受理110件。");
        none("审结行政诉讼案件34件，败诉5件。\n败诉率下降到9.1%。");
    }

    #[test]
    fn what_does_not_is() {
        assert_eq!(
            said("清理规范性文件60件，保留40件，修改12件，废止9件。"),
            ["sum_mismatch normative_docs_cleaned is stated as 60, but normative_docs_kept 40 + normative_docs_amended 12 + normative_docs_repealed 9 = 61"]
        );
        assert_eq!(said("收到行政复议申请103件，受理113件。"), ["sum_mismatch review_accepted 113 exceeds review_received 103"]);
    }
}
