//! A document on a terminal: title, header, outline, facts, and what looks wrong under carets.

use crate::{Choice, Table};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, presets};
use gongwen::{Bound, Document, SectionRef, Severity, Span};
use std::collections::BTreeMap;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

const TITLE: Style = Style::new().bold();
const HEAD: Style = AnsiColor::Cyan.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// Headings longer than this are cut in the outline, in columns.
const HEADING_WIDTH: usize = 60;

/// Prints a document.
///
/// # Errors
/// What writing to `out` gives.
pub fn document(out: &mut impl Write, name: &str, doc: &Document<'_>, choice: &Choice, colour: bool) -> io::Result<()> {
    let name = &plain(name);
    writeln!(out, "{DIM}{name}{DIM:#}")?;
    if *choice == Choice::All {
        head(out, doc)?;
        outline(out, doc)?;
    }
    if choice.has(Table::Metrics) {
        metrics(out, doc)?;
    }
    if choice.has(Table::Responsibilities) {
        responsibilities(out, doc)?;
    }
    if choice.has(Table::Deadlines) {
        deadlines(out, doc)?;
    }
    if *choice == Choice::All {
        diagnostics(out, name, doc, colour)?;
    }
    writeln!(out)
}

fn head(out: &mut impl Write, doc: &Document<'_>) -> io::Result<()> {
    let title = doc.title.map_or("(no title)".to_owned(), |t| clean(doc, t));
    writeln!(out, "{TITLE}{title}{TITLE:#}")?;
    let mut facts = vec![doc.kind().as_str().replace('_', " ")];
    facts.extend(doc.place.map(|p| clean(doc, p)));
    facts.extend(doc.year.map(|y| y.to_string()));
    facts.extend(doc.issuer.map(|i| format!("issued by {}", clean(doc, i))));
    facts.extend(doc.signature.and_then(|s| s.date).map(|d| format!("signed {d}")));
    writeln!(out, "{}", facts.join(" · "))?;
    if !doc.metadata.is_empty() {
        writeln!(out, "\n{HEAD}Header{HEAD:#}")?;
        for entry in &doc.metadata {
            // A number or a day may stand without a label.
            let label = if entry.label.is_empty() { entry.key.as_str().replace('_', " ") } else { clean(doc, entry.label) };
            writeln!(out, "  {}{}  {}", label, pad(&label, 12), clean(doc, entry.value))?;
        }
    }
    Ok(())
}

fn outline(out: &mut impl Write, doc: &Document<'_>) -> io::Result<()> {
    let counts = [
        (doc.sections.len(), "sections"),
        (doc.paragraphs.len(), "paragraphs"),
        (doc.items.len(), "items"),
        (doc.metrics.len(), "metrics"),
        (doc.responsibilities.len(), "responsibility lists"),
        (doc.deadlines.len(), "deadlines"),
        (doc.references.len(), "references"),
        (doc.tables.len(), "tables"),
        (doc.attachments.len(), "attachments"),
    ];
    let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
    writeln!(out, "\n{HEAD}Outline{HEAD:#}  {DIM}{}{DIM:#}", counts.join(", "))?;
    let lead = doc.paragraphs.iter().filter(|p| p.section.is_none()).count();
    if lead > 0 {
        writeln!(out, "  {DIM}(lead: {}){DIM:#}", count(lead, "paragraphs"))?;
    }
    let sections: Vec<_> = doc.outline().collect();
    for (i, section) in sections.iter().enumerate() {
        branch(out, doc, *section, "  ", i + 1 == sections.len())?;
    }
    for attachment in &doc.attachments {
        writeln!(out, "  {DIM}{}{DIM:#}", cut(&clean(doc, *attachment), HEADING_WIDTH))?;
    }
    Ok(())
}

fn branch(out: &mut impl Write, doc: &Document<'_>, section: SectionRef<'_>, indent: &str, last: bool) -> io::Result<()> {
    let marker = section.row.marker.map(|m| clean(doc, m.span)).unwrap_or_default();
    let own: Vec<_> = section.paragraphs().collect();
    let heading = match section.heading_text() {
        Some(heading) => plain(&heading),
        None => own.first().map_or_else(String::new, |p| format!("“{}”", cut(&clean(doc, p.span), 40))),
    };
    let heading = cut(&heading, HEADING_WIDTH);
    let chars = section.text().chars().count();
    let mut notes = vec![format!("{chars} chars")];
    let held = |spans: &mut dyn Iterator<Item = Span>| spans.filter(|s| section.row.span.contains(*s)).count();
    let metrics = held(&mut doc.metrics.iter().map(|m| m.span));
    let lists = held(&mut doc.responsibilities.iter().map(|r| r.span));
    if metrics > 0 {
        notes.push(count(metrics, "metrics"));
    }
    if lists > 0 {
        notes.push(count(lists, "lists"));
    }
    let line = format!("{indent}{} {marker}{heading}", if last { "└─" } else { "├─" });
    let role = if section.row.parent.is_none() && section.row.role != gongwen::Role::Other { format!("[{}] ", section.row.role) } else { String::new() };
    writeln!(out, "{line}{}{DIM}{role}{}{DIM:#}", pad(&line, 72), notes.join(", "))?;
    let children: Vec<_> = section.children().collect();
    let deeper = format!("{indent}{}  ", if last { " " } else { "│" });
    for (i, child) in children.iter().enumerate() {
        branch(out, doc, *child, &deeper, i + 1 == children.len())?;
    }
    Ok(())
}

fn table(columns: &[&str]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).set_header(columns.to_vec());
    table
}

fn print(out: &mut impl Write, table: &comfy_table::Table) -> io::Result<()> {
    for line in table.to_string().lines() {
        writeln!(out, "  {}", line.trim_end())?;
    }
    Ok(())
}

/// A number of things; the plural's s goes where there is one.
fn count(n: usize, things: &str) -> String {
    if n == 1 { format!("1 {}", things.trim_end_matches('s')) } else { format!("{n} {things}") }
}

/// A value for people: a third has no last digit.
fn number(value: gongwen::Decimal) -> String {
    let short = if value.scale() > 10 { value.round_dp(4) } else { value };
    short.normalize().to_string()
}

/// Where a fact stands: the section's path.
fn place(doc: &Document<'_>, section: Option<gongwen::SectionId>) -> String {
    section.map_or_else(String::new, |id| plain(&doc.section(id).path()))
}

/// How a value is hedged, as a sign.
fn hedge(bound: Bound) -> &'static str {
    match bound {
        Bound::About => "≈",
        Bound::Over => ">",
        Bound::AtLeast => "≥",
        Bound::Under => "<",
        Bound::AtMost => "≤",
        _ => "",
    }
}

/// A metric's cells: subject, value, unit, bound, modality, change, path.
fn metric_cells(doc: &Document<'_>, m: &gongwen::Metric) -> [String; 7] {
    let subjects: Vec<_> = m.subject.iter().map(|s| clean(doc, *s)).collect();
    let value = match m.value_high {
        Some(high) => format!("{}–{}", number(m.value), number(high)),
        None => number(m.value),
    };
    let change = m.change.map_or_else(String::new, |c| match (c.from, c.to) {
        (Some(from), Some(to)) => format!("{} → {}", number(from), number(to)),
        _ => c.kind.to_string() + &c.basis.map_or_else(String::new, |b| format!(" ({})", clean(doc, b))),
    });
    let per = m.per.map_or_else(String::new, |p| format!("{} ", clean(doc, p)));
    [subjects.join("、"), value, format!("{per}{}", plain(&doc.unit(m))), hedge(m.bound).to_owned(), m.modality.to_string(), change, place(doc, m.section)]
}

fn metrics(out: &mut impl Write, doc: &Document<'_>) -> io::Result<()> {
    if doc.metrics.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEAD}Metrics{HEAD:#}")?;
    let mut rows = table(&["subject", "", "value", "unit", "", "change", "section"]);
    for m in &doc.metrics {
        let [subject, value, unit, bound, modality, change, place] = metric_cells(doc, m);
        let modality = if modality == "target" { "target".to_owned() } else { String::new() };
        rows.add_row([cut(&subject, 44), bound, value, unit, modality, change, place]);
    }
    for column in [1, 2] {
        if let Some(column) = rows.column_mut(column) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    print(out, &rows)
}

fn responsibilities(out: &mut impl Write, doc: &Document<'_>) -> io::Result<()> {
    if doc.responsibilities.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEAD}Responsibilities{HEAD:#}")?;
    // Units in the order of their first task; a task is the section that holds the list.
    let mut order: Vec<String> = Vec::new();
    let mut tasks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for r in &doc.responsibilities {
        for unit in &r.units {
            let unit = clean(doc, *unit);
            if !tasks.contains_key(&unit) {
                order.push(unit.clone());
            }
            let sign = match r.role {
                gongwen::ResponsibilityRole::Lead => "*",
                gongwen::ResponsibilityRole::Support => "+",
                _ => "",
            };
            tasks.entry(unit).or_default().push(format!("{}{sign}", place(doc, r.section)));
        }
    }
    let mut rows = table(&["unit", "tasks", "in sections (* leads, + supports)"]);
    for unit in order {
        let places = &tasks[&unit];
        rows.add_row([unit, places.len().to_string(), cut(&places.join(" "), 80)]);
    }
    print(out, &rows)
}

fn deadlines(out: &mut impl Write, doc: &Document<'_>) -> io::Result<()> {
    if doc.deadlines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEAD}Deadlines{HEAD:#}")?;
    let mut all: Vec<_> = doc.deadlines.iter().collect();
    // Dated ones first, in the order of time; the others as they stand.
    all.sort_by_key(|d| (d.date.is_none(), d.date, d.span));
    let mut rows = table(&["when", "", "as written", "section"]);
    for d in all {
        let when = d.date.map(|d| d.to_string()).or(d.every.map(|e| format!("every {}", e.as_str().replace('_', " "))));
        rows.add_row([when.unwrap_or_default(), d.kind.to_string(), cut(&clean(doc, d.span), 50), place(doc, d.section)]);
    }
    print(out, &rows)
}

fn diagnostics(out: &mut impl Write, name: &str, doc: &Document<'_>, colour: bool) -> io::Result<()> {
    if doc.diagnostics.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEAD}Diagnostics{HEAD:#}")?;
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    for d in &doc.diagnostics {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            _ => Level::INFO,
        };
        let title = plain(&format!("{} ({})", d.message, d.message_zh));
        // A paragraph is one line of the text and may be very long: show its neighbourhood.
        let window = window(doc.text(), d.span);
        let source = &doc.text()[window.range()];
        let line = doc.text()[..window.start as usize].matches('\n').count() + 1;
        let mut snippet = Snippet::source(plain(&source.replace(['\r', '\t'], " "))).line_start(line).path(name);
        let inside = |s: Span| (s.start - window.start) as usize..(s.end.min(window.end) - window.start) as usize;
        snippet = snippet.annotation(AnnotationKind::Primary.span(inside(d.span)));
        if let Some(related) = d.related.filter(|r| window.contains(*r)) {
            snippet = snippet.annotation(AnnotationKind::Context.span(inside(related)));
        }
        let report = [level.primary_title(title.as_str()).id(d.code.as_str()).element(snippet)];
        writeln!(out, "{}", renderer.render(&report))?;
    }
    Ok(())
}

/// The part of the line around a span that is worth showing.
fn window(text: &str, span: Span) -> Span {
    const AROUND: usize = 60;
    let line_start = text[..span.start as usize].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let from = text.floor_char_boundary((span.start as usize).saturating_sub(AROUND)).max(line_start);
    let end = (span.end as usize).min(span.start as usize + 4 * AROUND);
    let line_end = text[span.start as usize..].find(['\n', '\r']).map_or(text.len(), |i| span.start as usize + i);
    let to = text.ceil_char_boundary((end + AROUND).min(text.len())).min(line_end).max(text.ceil_char_boundary(span.start as usize));
    Span::from(from..to)
}

/// The text cut to so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if out.width() >= columns {
            out.pop();
            break;
        }
    }
    out.push('…');
    out
}

/// Blanks up to a column.
fn pad(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(text.width()).max(1))
}

/// A document's words for a terminal.
#[must_use]
pub fn clean(doc: &Document<'_>, span: Span) -> String {
    plain(&doc.clean(span))
}

/// What a document or a file's name holds as one line for a terminal or a log: nothing in it is obeyed.
///
/// Controls and the marks that turn the direction of writing are shown as what takes as many bytes, so that places stay.
///
/// ```
/// assert_eq!(gongwen_examples::show::plain("清河\u{1B}[2J县\n2024年"), "清河?[2J县?2024年");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let unseen = |c: char| {
        c.is_control() || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
    };
    let shown = |c: char| match c.len_utf8() {
        _ if !unseen(c) => c,
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    };
    text.chars().map(shown).collect()
}

/// Data for a terminal: of what stands in it only line ends are obeyed.
#[must_use]
pub fn plain_lines(text: &str) -> String {
    text.split('\n').map(plain).collect::<Vec<_>>().join("\n")
}

/// A cell of a CSV file: an apostrophe before what a spreadsheet would run as a formula makes it a text. Full-width
/// signs too, which some of them take for the others, and signs behind what is not seen: `spec/formulas.json`.
fn cell(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let unseen = |c: char| c.is_whitespace() || c.is_control() || hidden(c);
    let formula = text.trim_start_matches(unseen).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula || text.starts_with(['\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Writes a table of a document as CSV rows.
///
/// # Errors
/// What writing gives.
pub fn csv_rows<W: Write>(out: &mut csv::Writer<W>, name: &str, doc: &Document<'_>, table: Table, header: bool) -> csv::Result<()> {
    let place_name = doc.place.map_or_else(String::new, |p| cell(&doc.clean(p)));
    let year = doc.year.map_or_else(String::new, |y| y.to_string());
    let lead = |rest: Vec<String>| [cell(name), place_name.clone(), year.clone()].into_iter().chain(rest).collect::<Vec<_>>();
    match table {
        Table::Metrics => {
            if header {
                out.write_record(["document", "place", "year", "subject", "value", "unit", "bound", "modality", "change", "section", "text", "start", "end"])?;
            }
            for m in &doc.metrics {
                let [subject, value, unit, _, modality, change, path] = metric_cells(doc, m);
                let rest = vec![
                    cell(&subject),
                    value,
                    cell(&unit),
                    m.bound.to_string(),
                    modality,
                    cell(&change),
                    cell(&path),
                    cell(&doc.clean(m.span)),
                    m.span.start.to_string(),
                    m.span.end.to_string(),
                ];
                out.write_record(lead(rest))?;
            }
        }
        Table::Responsibilities => {
            if header {
                out.write_record(["document", "place", "year", "section", "heading", "role", "unit", "manner", "start", "end"])?;
            }
            for r in &doc.responsibilities {
                let heading = r.section.and_then(|id| doc.section(id).heading_text()).unwrap_or_default();
                let heading = cell(&heading);
                let manner = r.manner.map_or_else(String::new, |m| cell(&doc.clean(m)));
                for unit in &r.units {
                    let rest = vec![
                        cell(&place(doc, r.section)),
                        heading.clone(),
                        r.role.to_string(),
                        cell(&doc.clean(*unit)),
                        manner.clone(),
                        unit.start.to_string(),
                        unit.end.to_string(),
                    ];
                    out.write_record(lead(rest))?;
                }
            }
        }
        Table::Deadlines => {
            if header {
                out.write_record(["document", "place", "year", "text", "kind", "date", "every", "section", "start", "end"])?;
            }
            for d in &doc.deadlines {
                let date = d.date.map_or_else(String::new, |d| d.to_string());
                let every = d.every.map_or_else(String::new, |e| e.to_string());
                let rest = vec![
                    cell(&doc.clean(d.span)),
                    d.kind.to_string(),
                    date,
                    every,
                    cell(&place(doc, d.section)),
                    d.span.start.to_string(),
                    d.span.end.to_string(),
                ];
                out.write_record(lead(rest))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_formula_is_a_text() {
        let cells: serde_json::Value = serde_json::from_str(include_str!("../../../spec/formulas.json")).unwrap();
        let all = |key: &str| cells[key].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect::<Vec<_>>();
        for formula in all("run") {
            assert_eq!(super::cell(&formula), format!("'{formula}"));
        }
        for text in all("text") {
            assert_eq!(super::cell(&text), text);
        }
    }
}
