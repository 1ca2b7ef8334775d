//! A document as a page that a person can read and compare with the text: header, outline with its paragraphs and
//! items, facts in their order, diagnostics.

use gongwen::{Bound, Document, HeadingForm, Modality, Paragraph, SectionId, SectionRef, Span};
use std::fmt::Write;
use std::path::Path;

/// Compares with the file, or writes it where `GONGWEN_UPDATE` is set.
pub(crate) fn assert_same(file: &Path, got: &str) {
    if std::env::var_os("GONGWEN_UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, got).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}; GONGWEN_UPDATE=1 writes it", file.display()));
    if kept == got {
        return;
    }
    let differs = |(n, (a, b)): (usize, (&str, &str))| (a != b).then(|| format!("line {}\n  kept: {a}\n  read: {b}\n", n + 1));
    let short: String = kept.lines().zip(got.lines()).enumerate().filter_map(differs).take(12).collect();
    let sizes = format!("{} lines kept, {} read", kept.lines().count(), got.lines().count());
    panic!("{} reads differently ({sizes}); GONGWEN_UPDATE=1 writes it anew\n{short}", file.display());
}

/// The page.
pub(crate) fn render(name: &str, doc: &Document<'_>) -> String {
    let mut out = format!("# {name}\n\n");
    header(doc, &mut out);
    body(doc, &mut out);
    metrics(doc, &mut out);
    responsibilities(doc, &mut out);
    deadlines(doc, &mut out);
    references(doc, &mut out);
    tables(doc, &mut out);
    spans("attachments", doc, &doc.attachments, &mut out);
    spans("boilerplate", doc, &doc.boilerplate, &mut out);
    diagnostics(doc, &mut out);
    out
}

fn head(name: &str, n: usize, out: &mut String) {
    if n > 0 {
        writeln!(out, "\n## {name} ({n})\n").unwrap();
    }
}

fn path(doc: &Document<'_>, section: Option<SectionId>) -> String {
    section.map_or_else(|| "lead".to_owned(), |id| doc.section(id).path())
}

/// A long text as its first and last words, with its length in characters.
fn brief(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 36 {
        return text.to_owned();
    }
    let (first, last): (String, String) = (chars[..20].iter().collect(), chars[chars.len() - 10..].iter().collect());
    format!("{first}……{last} ({} chars)", chars.len())
}

fn header(doc: &Document<'_>, out: &mut String) {
    writeln!(out, "kind       {}", doc.kind()).unwrap();
    for (name, span) in [("title", doc.title), ("issuer", doc.issuer), ("place", doc.place)] {
        writeln!(out, "{name:10} {}", span.map_or("-".into(), |s| doc.clean(s))).unwrap();
    }
    if let Some(code) = doc.place_code {
        writeln!(out, "place_code {code}").unwrap();
    }
    writeln!(out, "year       {}", doc.year.map_or("-".to_owned(), |y| y.to_string())).unwrap();
    if let Some(s) = doc.signature {
        let date = s.date.map_or("-".to_owned(), |d| d.to_string());
        writeln!(out, "signature  {}, {date}", s.issuer.map_or("-".into(), |i| doc.clean(i))).unwrap();
    }
    head("metadata", doc.metadata.len(), out);
    for m in &doc.metadata {
        let date = m.date.map_or(String::new(), |d| format!(" = {d}"));
        writeln!(out, "{}: {} → {}{date}", m.key, doc.clean(m.label), doc.clean(m.value)).unwrap();
    }
}

fn body(doc: &Document<'_>, out: &mut String) {
    let counts = format!("body: {} sections, {} paragraphs, {} items", doc.sections.len(), doc.paragraphs.len(), doc.items.len());
    writeln!(out, "\n## {counts}\n").unwrap();
    let lead = doc.paragraphs.iter().filter(|p| p.section.is_none());
    // What stands outside every section stands before them, or after a document inside the document began.
    let mut outside = lead.peekable();
    for section in doc.all_sections() {
        while let Some(p) = outside.next_if(|p| p.span.start < section.row.span.start) {
            paragraph(doc, p, "", out);
        }
        one(doc, section, out);
    }
    for p in outside {
        paragraph(doc, p, "", out);
    }
}

fn one(doc: &Document<'_>, section: SectionRef<'_>, out: &mut String) {
    let indent = "  ".repeat(usize::from(section.row.level) - 1);
    let form = match section.row.heading.map(|h| h.form) {
        Some(HeadingForm::Block) => "block",
        Some(_) => "run-in",
        None => "no heading",
    };
    let heading = section.heading_text().unwrap_or_default();
    writeln!(out, "{indent}{} {heading} [{form}, {}]", section.marker_text().unwrap_or_default(), section.row.role).unwrap();
    for (i, p) in doc.paragraphs.iter().enumerate().filter(|(_, p)| p.section == Some(section.id)) {
        paragraph(doc, p, &indent, out);
        for item in doc.items.iter().filter(|item| item.paragraph.index() == i) {
            writeln!(out, "{indent}      • {} {} {}", item.marker.style, item.marker.number, brief(&doc.clean(item.span))).unwrap();
        }
    }
}

fn paragraph(doc: &Document<'_>, p: &Paragraph, indent: &str, out: &mut String) {
    writeln!(out, "{indent}    ¶ {}", brief(&doc.clean(p.span))).unwrap();
    if let Some(topic) = p.topic {
        writeln!(out, "{indent}      topic: {}", doc.clean(topic)).unwrap();
    }
}

fn metrics(doc: &Document<'_>, out: &mut String) {
    head("metrics", doc.metrics.len(), out);
    let mut section = None;
    for m in &doc.metrics {
        if section != Some(m.section) {
            section = Some(m.section);
            writeln!(out, "{}", path(doc, m.section)).unwrap();
        }
        let subjects: Vec<_> = m.subject.iter().map(|s| doc.clean(*s)).collect();
        let high = m.value_high.map_or(String::new(), |v| format!("–{v}"));
        write!(out, "  {} = {}{high} {} ({}) of {}", doc.clean(m.span), m.value, doc.clean(m.unit), m.dimension, subjects.join(" + ")).unwrap();
        if m.bound != Bound::Exact {
            write!(out, " | {}", m.bound).unwrap();
        }
        if m.modality != Modality::Actual {
            write!(out, " | {}", m.modality).unwrap();
        }
        if let Some(per) = m.per {
            write!(out, " | per {}", doc.clean(per)).unwrap();
        }
        if let Some(c) = m.change {
            write!(out, " | {}", c.kind).unwrap();
            if let (Some(from), Some(to)) = (c.from, c.to) {
                write!(out, " {from} → {to}").unwrap();
            }
            if let Some(basis) = c.basis {
                write!(out, " {}", doc.clean(basis)).unwrap();
            }
        }
        if let Some(whole) = m.part_of {
            write!(out, " | part of {}", doc.clean(doc.metrics[whole.index()].span)).unwrap();
        }
        if let Some(p) = m.period {
            write!(out, " | {}..{}", p.from, p.to).unwrap();
        }
        out.push('\n');
    }
}

fn responsibilities(doc: &Document<'_>, out: &mut String) {
    head("responsibilities", doc.responsibilities.len(), out);
    for r in &doc.responsibilities {
        let units: Vec<_> = r.units.iter().map(|u| doc.clean(*u)).collect();
        write!(out, "{}: {} [{}] {}", path(doc, r.section), r.role, doc.clean(r.label), units.join(" + ")).unwrap();
        if let Some(manner) = r.manner {
            write!(out, " | {}", doc.clean(manner)).unwrap();
        }
        if let Some(row) = r.deadline {
            write!(out, " | until {}", doc.clean(doc.deadlines[row as usize].span)).unwrap();
        }
        out.push('\n');
    }
}

fn deadlines(doc: &Document<'_>, out: &mut String) {
    head("deadlines", doc.deadlines.len(), out);
    for d in &doc.deadlines {
        let what = d.date.map(|d| d.to_string()).or(d.every.map(|e| e.to_string())).unwrap_or("-".to_owned());
        writeln!(out, "{}: {} {what} {}", path(doc, d.section), d.kind, doc.clean(d.span)).unwrap();
    }
}

fn references(doc: &Document<'_>, out: &mut String) {
    head("references", doc.references.len(), out);
    for r in &doc.references {
        let text = |s: Option<Span>| s.map_or("-".into(), |s| doc.clean(s));
        writeln!(out, "{}: {} | {}", path(doc, r.section), text(r.title), text(r.number.map(|n| n.span))).unwrap();
    }
}

fn tables(doc: &Document<'_>, out: &mut String) {
    head("tables", doc.tables.len(), out);
    for t in &doc.tables {
        writeln!(out, "{}", path(doc, t.section)).unwrap();
        for row in &t.rows {
            let cells: Vec<_> = row.cells.iter().map(|c| brief(&doc.clean(*c))).collect();
            writeln!(out, "  {} {}", if row.header { "#" } else { "-" }, cells.join(" | ")).unwrap();
        }
    }
}

fn spans(name: &str, doc: &Document<'_>, spans: &[Span], out: &mut String) {
    head(name, spans.len(), out);
    for span in spans {
        let words: Vec<&str> = doc.slice(*span).split_whitespace().collect();
        writeln!(out, "{}", brief(&words.join(" "))).unwrap();
    }
}

fn diagnostics(doc: &Document<'_>, out: &mut String) {
    head("diagnostics", doc.diagnostics.len(), out);
    for d in &doc.diagnostics {
        let line = doc.text()[..d.span.start as usize].matches('\n').count() + 1;
        let related = d.related.map_or(String::new(), |r| format!(" (see {})", brief(&doc.clean(r))));
        writeln!(out, "line {line}: {} {}: {}{related}\n  {}\n  {}", d.severity.as_str(), d.code, brief(&doc.clean(d.span)), d.message, d.message_zh).unwrap();
    }
}
