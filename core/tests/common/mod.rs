//! What several tests share.
#![allow(dead_code)] // no test uses all of it

pub(crate) mod pieces;

use gongwen::{Document, HeadingForm, MarkerStyle, Span, parse};
use std::path::{Path, PathBuf};

/// The folder of real documents that stands beside a checkout, where there is one.
pub(crate) fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("GONGWEN_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let found = named.into_iter().chain([beside]).find(|p| p.join("corpus").is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no folder of real documents; set GONGWEN_SHARED to run this on them");
    }
    found
}

/// How many characters the diagnostics say are hidden or not read, and are not in the text.
pub(crate) fn told_chars(diagnostics: &[gongwen::Diagnostic]) -> usize {
    let kinds = |d: &&gongwen::Diagnostic| matches!(d.code, gongwen::Code::HiddenText | gongwen::Code::NotRead) && !d.message.contains("have been read");
    let count = |d: &gongwen::Diagnostic| -> usize {
        let before = d.message.split(" characters").next().filter(|b| b.len() < d.message.len());
        before.and_then(|b| b.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
    };
    diagnostics.iter().filter(kinds).map(count).sum()
}

/// Every text of that folder.
pub(crate) fn shared_texts() -> Option<Vec<(PathBuf, String)>> {
    let root = shared()?;
    let mut texts = Vec::new();
    let mut folders = vec![root.join("corpus"), root.join("gold/texts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "txt") && !path.to_string_lossy().contains("/raw/") {
                texts.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    texts.sort();
    Some(texts)
}

/// Asserts every law for one text and returns its document.
pub(crate) fn assert_laws(text: &str) -> Document<'_> {
    let doc = parse(text);
    assert_eq!(doc, parse(text), "the same text gives the same document");
    assert_sound(&doc);
    doc
}

/// Asserts that blank lines before and after a text change nothing but places.
pub(crate) fn assert_blank_lines_are_nothing(text: &str) {
    const BEFORE: &str = "\n \n";
    let (doc, around) = (parse(text), format!("{BEFORE}{text}\n\u{3000}\n\n"));
    let around = parse(&around);
    assert_eq!(rows(&doc, 0), rows(&around, BEFORE.len() as u32), "blank lines around a text change nothing");
}

/// Every row with its place, `before` bytes further left.
fn rows(doc: &Document<'_>, before: u32) -> Vec<String> {
    let at = |span: Span| (span.start - before, span.end - before);
    let mut rows = vec![format!("{:?} {:?} {:?} {:?}", doc.kind, doc.year, doc.title.map(at), doc.place.map(at))];
    rows.extend(doc.metadata.iter().map(|m| format!("{:?} {:?}", m.key, at(m.span))));
    rows.extend(doc.sections.iter().map(|s| format!("{:?} {} {:?} {:?} {:?}", s.parent, s.level, s.role, at(s.span), s.heading.map(|h| at(h.span)))));
    rows.extend(doc.paragraphs.iter().map(|p| format!("{:?} {:?} {:?}", p.section, at(p.span), p.topic.map(at))));
    rows.extend(doc.items.iter().map(|i| format!("{:?} {:?}", i.marker.number, at(i.span))));
    rows.extend(doc.metrics.iter().map(|m| format!("{:?} {:?} {:?} {:?} {:?}", m.value, m.bound, m.modality, m.part_of, at(m.span))));
    rows.extend(doc.responsibilities.iter().map(|r| format!("{:?} {:?} {:?}", r.role, at(r.span), r.units.iter().map(|u| at(*u)).collect::<Vec<_>>())));
    rows.extend(doc.deadlines.iter().map(|d| format!("{:?} {:?} {:?} {:?}", d.kind, d.date, d.every, at(d.span))));
    rows.extend(doc.references.iter().map(|r| format!("{:?}", at(r.span))));
    rows.extend(doc.attachments.iter().chain(&doc.boilerplate).map(|s| format!("{:?}", at(*s))));
    rows.extend(doc.diagnostics.iter().map(|d| format!("{:?} {:?}", d.code, at(d.span))));
    rows
}

/// Asserts the laws for a document, however it was read.
pub(crate) fn assert_sound(doc: &Document<'_>) {
    spans_are_sound(doc);
    sections_nest(doc);
    rows_lie_in_their_places(doc);
    nothing_is_lost(doc);
}

fn spans_are_sound(doc: &Document<'_>) {
    let text = doc.text();
    let sound = |span: Span, what: &str| {
        assert!(text.get(span.range()).is_some(), "{what} {span:?} lies on character boundaries");
    };
    for s in &doc.sections {
        sound(s.span, "section");
        s.marker.iter().for_each(|m| sound(m.span, "marker"));
        assert!(s.marker.is_some() || s.heading.is_some(), "what opens a section is a marker or a heading");
        if let Some(h) = s.heading {
            sound(h.span, "heading");
            assert!(!h.span.is_empty(), "headings have text");
        }
    }
    for m in &doc.metrics {
        sound(m.span, "metric");
        sound(m.unit, "unit");
        m.subject.iter().for_each(|s| sound(*s, "subject"));
        m.per.into_iter().for_each(|s| sound(s, "per"));
    }
    for r in &doc.responsibilities {
        sound(r.span, "list");
        r.units.iter().for_each(|u| sound(*u, "unit"));
        assert!(r.units.iter().all(|u| r.span.contains(*u) && !u.is_empty()), "units lie in their list");
    }
    doc.deadlines.iter().for_each(|d| sound(d.span, "deadline"));
    doc.references.iter().for_each(|r| sound(r.span, "reference"));
    doc.items.iter().for_each(|i| sound(i.span, "item"));
    doc.diagnostics.iter().for_each(|d| sound(d.span, d.code.as_str()));
    doc.metadata.iter().for_each(|m| sound(m.span, "metadata"));
    doc.attachments.iter().for_each(|a| sound(*a, "attachment"));
    doc.boilerplate.iter().for_each(|b| sound(*b, "boilerplate"));
    [doc.title, doc.issuer, doc.place].into_iter().flatten().for_each(|s| sound(s, "header"));
}

fn sections_nest(doc: &Document<'_>) {
    let mut end = 0;
    for section in doc.outline() {
        assert!(end <= section.row.span.start, "sections stand in order");
        end = section.row.span.end;
    }
    for section in doc.all_sections() {
        let mut end = section.row.marker.map_or(section.row.span.start, |m| m.span.end);
        for child in section.children() {
            assert_eq!(child.row.parent, Some(section.id), "children know their parent");
            assert!(section.row.span.contains(child.row.span), "children lie inside");
            assert!(end <= child.row.span.start, "siblings stand in order");
            end = child.row.span.end;
        }
        if let Some(parent) = section.parent() {
            assert!(parent.row.level < section.row.level, "a child is deeper");
        }
        if let Some(h) = section.row.heading {
            assert!(section.row.span.contains(h.span), "a heading lies in its section");
            if h.form == HeadingForm::RunIn {
                assert!(section.paragraphs().next().is_some(), "a run-in heading has text after it");
            }
        }
    }
}

fn rows_lie_in_their_places(doc: &Document<'_>) {
    let holds = |section: Option<gongwen::SectionId>, span: Span| section.is_none_or(|id| doc.sections[id.index()].span.contains(span));
    let ordered = |spans: Vec<Span>, what: &str| {
        assert!(spans.windows(2).all(|w| w[0].start <= w[1].start), "{what} stand in order");
    };
    assert!(doc.paragraphs.windows(2).all(|w| w[0].span.end <= w[1].span.start), "paragraphs are disjoint and in order");
    for p in &doc.paragraphs {
        assert!(holds(p.section, p.span), "a paragraph lies in its section");
        assert!(p.topic.is_none_or(|t| p.span.contains(t)), "a topic lies in its paragraph");
    }
    for i in &doc.items {
        assert!(doc.paragraphs[i.paragraph.index()].span.contains(i.span), "an item lies in its paragraph");
        assert!(i.span.contains(i.marker.span), "a marker lies in its item");
    }
    // Else the items' texts would be more than the text many times over.
    let mut ends = [0; MarkerStyle::ALL.len()];
    for i in &doc.items {
        let end = std::mem::replace(&mut ends[i.marker.style as usize], i.span.end);
        assert!(end <= i.span.start, "items of one style are disjoint");
    }
    assert!(doc.metrics.windows(2).all(|w| w[0].span.end <= w[1].span.start), "metrics are disjoint and in order");
    ordered(doc.items.iter().map(|i| i.span).collect(), "items");
    assert!(doc.references.windows(2).all(|w| w[0].span.end <= w[1].span.start), "references are disjoint");
    ordered(doc.responsibilities.iter().map(|r| r.units[0]).collect(), "responsibilities");
    ordered(doc.references.iter().map(|r| r.span).collect(), "references");
    ordered(doc.diagnostics.iter().map(|d| d.span).collect(), "diagnostics");
    for m in &doc.metrics {
        assert!(holds(m.section, m.span), "a metric lies in its section");
        assert!(m.part_of.is_none_or(|w| w.index() < doc.metrics.len()), "the whole exists");
    }
    assert!(doc.boilerplate.windows(2).all(|w| w[0].end <= w[1].start), "boilerplate is disjoint and in order");
    assert!(doc.deadlines.windows(2).all(|w| w[0].span.end <= w[1].span.start), "deadlines are disjoint and in order");
    for d in &doc.deadlines {
        assert!(holds(d.section, d.span), "a deadline lies in its section");
    }
    for r in &doc.responsibilities {
        assert!(holds(r.section, r.span), "a list lies in its section");
        assert!(r.deadline.is_none_or(|d| (d as usize) < doc.deadlines.len()), "the deadline exists");
    }
}

/// Every character is white space, or lies in exactly one leaf; a heading's closing punctuation is its own.
fn nothing_is_lost(doc: &Document<'_>) {
    let text = doc.text();
    let mut leaves: Vec<(Span, &str)> = Vec::new();
    leaves.extend(doc.paragraphs.iter().map(|p| (p.span, "paragraph")));
    leaves.extend(doc.sections.iter().filter_map(|s| s.marker).map(|m| (m.span, "marker")));
    leaves.extend(doc.sections.iter().filter_map(|s| s.heading).map(|h| (h.span, "heading")));
    leaves.extend(doc.attachments.iter().map(|a| (*a, "attachment")));
    leaves.extend(doc.signature.map(|s| (s.span, "signature")));
    leaves.extend(doc.title.map(|t| (t, "title")));
    leaves.extend(doc.metadata.iter().map(|m| (m.span, "metadata")));
    // A page number may stand in the middle of a sentence, and so inside another leaf.
    let inside = |b: Span| leaves.iter().any(|(leaf, _)| leaf.contains(b));
    let outside: Vec<_> = doc.boilerplate.iter().filter(|b| !inside(**b)).map(|b| (*b, "boilerplate")).collect();
    leaves.extend(outside);
    leaves.sort();
    for w in leaves.windows(2) {
        assert!(w[0].0.end <= w[1].0.start, "{:?} and {:?} overlap: {:?} {:?}", w[0], w[1], doc.slice(w[0].0), doc.slice(w[1].0));
    }
    let mut covered = 0usize;
    let check = |from: usize, to: usize, closing: bool| {
        if from >= to {
            return;
        }
        let gap = &text[from..to];
        let lost = gap.replace("&nbsp;", " ").replace("<U+00A0>", " ").replace("&ensp;", " ").replace("&emsp;", " ").chars().any(|c| {
            let blank = c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}');
            let punctuation =
                closing && matches!(c, '。' | '；' | '！' | '？' | '：' | '，' | '、' | '.' | '．' | ';' | '!' | '?' | ':' | ',' | '—' | '-' | '－');
            !blank && !punctuation
        });
        assert!(!lost, "lost {gap:?}");
    };
    let mut closing = false;
    for (span, what) in &leaves {
        check(covered, span.start as usize, closing);
        covered = covered.max(span.end as usize);
        // A page number may stand between a heading and the rest of its punctuation.
        closing = matches!(*what, "heading" | "marker") || closing && *what == "boilerplate";
    }
    check(covered, text.len(), closing);
}
