//! A document as Markdown.

use gongwen::{Document, Span};

/// Headings by their level, paragraphs, tables and what stands between, in the order of the text.
pub(crate) fn document(doc: &Document<'_>) -> String {
    let mut blocks: Vec<(Span, String)> = Vec::new();
    let mut marked: Vec<Span> = Vec::new();
    if let Some(title) = doc.title {
        blocks.push((title, format!("# {}", escape(&doc.clean(title)))));
    }
    let shift = usize::from(doc.title.is_some());
    for section in &doc.sections {
        match section.heading {
            Some(heading) => {
                let level = (usize::from(section.level) + shift).clamp(1, 6);
                let marker = section.marker.map(|m| doc.clean(m.span)).unwrap_or_default();
                let text = format!("{marker}{}", doc.clean(heading.span));
                let span = Span::new(section.span.start, heading.span.end);
                blocks.push((span, format!("{} {}", "#".repeat(level), escape(&text))));
            }
            // The marker of a numbered paragraph goes before its text.
            None => marked.extend(section.marker.map(|m| m.span)),
        }
    }
    let mut markers = marked.into_iter().peekable();
    let mut tables: Vec<Span> = doc.tables.iter().map(|t| t.span).collect();
    tables.sort_unstable();
    let in_table = |span: Span| {
        let after = tables.partition_point(|t| t.start <= span.start);
        after.checked_sub(1).is_some_and(|i| tables[i].contains(span))
    };
    for paragraph in doc.paragraphs.iter().filter(|p| !in_table(p.span)) {
        let mut marker = None;
        while let Some(next) = markers.next_if(|m| m.end <= paragraph.span.start) {
            if let Some(alone) = marker.replace(next) {
                blocks.push((alone, escape(&doc.clean(alone))));
            }
        }
        let mut text = marker.map(|m| doc.clean(m).into_owned()).unwrap_or_default();
        text += &doc.clean(paragraph.span);
        if !text.is_empty() {
            blocks.push((paragraph.span, escape(&text)));
        }
    }
    blocks.extend(markers.map(|m| (m, escape(&doc.clean(m)))));
    for table in &doc.tables {
        let row = |cells: &[Span]| {
            let cells: Vec<_> = cells.iter().map(|c| escape(&doc.clean(*c)).replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines: Vec<String> = table.rows.iter().map(|r| row(&r.cells)).collect();
        let width = table.rows.first().map_or(0, |r| r.cells.len());
        let rule = format!("|{}", " --- |".repeat(width));
        lines.insert(lines.len().min(1), rule);
        blocks.push((table.span, lines.join("\n")));
    }
    if let Some(signature) = doc.signature {
        let covered = blocks.iter().any(|(span, _)| span.contains(signature.span));
        if !covered {
            let lines = doc.slice(signature.span).lines().map(|l| escape(l.trim())).filter(|l| !l.is_empty());
            blocks.push((signature.span, lines.collect::<Vec<_>>().join("  \n")));
        }
    }
    blocks.sort_by_key(|(span, _)| span.start);
    let mut out = String::new();
    for (i, (_, block)) in blocks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out += block;
        out.push('\n');
    }
    out
}

/// The text with what Markdown would take for its own marks made plain, and nothing else: what is not escaped reads as it
/// stands. `1.甲` is no list, as no blank follows, `[甲]` no link, as no address does.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let blank = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    // # to ###### open a heading where a blank follows them.
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let linked = ["](", "][", "]:"].iter().any(|mark| text.contains(mark));
    let struck = text.matches('~').nth(1).is_some();
    for (i, c) in text.char_indices() {
        let rest = &text[i + c.len_utf8()..];
        let is_mark = match c {
            '.' | ')' => i == digits && digits > 0 && blank(rest),
            '#' => i == 0 && blank(&text[hashes..]),
            '+' => i == 0 && blank(rest),
            // A line of them is a rule.
            '-' | '=' => i == 0 && (blank(rest) || rest.starts_with(c)),
            '>' => i == 0,
            '<' => rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#'),
            '[' | ']' => linked,
            '~' => struck,
            '\\' | '`' | '*' | '_' => true,
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
