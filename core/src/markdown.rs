//! A document as Markdown.

use crate::{Document, Span};

impl Document<'_> {
    /// The document as Markdown: headings by their level, paragraphs, tables and what stands between, in the order of the text.
    ///
    /// Read again, it has the same sections. What Markdown would take for its own marks is escaped.
    ///
    /// ```
    /// let doc = gongwen::parse("松石县工作总结\n一、总体情况\n全年学法4次。\n");
    /// assert_eq!(doc.to_markdown(), "# 松石县工作总结\n\n## 一、总体情况\n\n全年学法4次。\n");
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown(self)
    }
}

fn markdown(doc: &Document<'_>) -> String {
    let mut blocks: Vec<(Span, String)> = Vec::new();
    let mut marked: Vec<Span> = Vec::new();
    if let Some(title) = doc.title {
        blocks.push((title, format!("# {}", escape(&doc.clean(title)))));
    }
    // One # is the title's: a heading without a number would pass for it where the text has none.
    let shift = usize::from(doc.title.is_some() || doc.sections.iter().any(|s| s.marker.is_none()));
    // Paragraphs that stay on the line of their heading.
    let mut held: Vec<Span> = Vec::new();
    for section in &doc.sections {
        match section.heading {
            Some(heading) => {
                let level = (usize::from(section.level) + shift).clamp(1, 6);
                let mut text = numbered(doc, section.marker.map(|m| m.span), heading.span);
                let span = Span::new(section.span.start, heading.span.end);
                // A number behind the heading that opens no section would open one at the head of a line, and a clause
                // of a list ends as it stands.
                let stays = |p: &Span| begins_as_number(&doc.clean(*p)) || doc.slice(*p).ends_with(['；', ';']);
                if let Some(behind) = right_behind(doc, heading.span).filter(stays) {
                    text += &doc.clean(Span::new(heading.span.end, behind.end));
                    held.push(behind);
                }
                // A heading of Markdown's is one line.
                blocks.push((span, format!("{} {}", "#".repeat(level), escape(&text.replace('\n', "\u{3000}")))));
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
    held.sort_unstable();
    let is_held = |span: Span| held.binary_search(&span).is_ok();
    for paragraph in doc.paragraphs.iter().filter(|p| !in_table(p.span) && !is_held(p.span)) {
        let mut marker = None;
        while let Some(next) = markers.next_if(|m| m.end <= paragraph.span.start) {
            if let Some(alone) = marker.replace(next) {
                blocks.push((alone, escape(&doc.clean(alone))));
            }
        }
        let text = numbered(doc, marker, paragraph.span);
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
    let covered = |span: Span| blocks[..blocks.partition_point(|(b, _)| b.start <= span.start)].last().is_some_and(|(b, _)| b.contains(span));
    let attached: Vec<_> = doc.attachments.iter().filter(|a| !covered(**a)).map(|a| (*a, escape(&doc.clean(*a)))).collect();
    blocks.extend(attached);
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

/// A text behind its marker. A blank between the two is kept, as a marker may need it: 第五条　规定…, 1.　5个村. It is a wide
/// one, which makes no list of Markdown's. Behind a marker on a line of its own stands a paragraph, which is no heading on its line.
fn numbered(doc: &Document<'_>, marker: Option<Span>, text: Span) -> String {
    let Some(marker) = marker else { return doc.clean(text).into_owned() };
    let raw = doc.slice(marker);
    let between = doc.text().get(marker.end as usize..text.start as usize).unwrap_or_default();
    let apart = if between.contains('\n') {
        "\n"
    } else if raw.ends_with(char::is_whitespace) || between.contains(char::is_whitespace) {
        "\u{3000}"
    } else {
        ""
    };
    format!("{}{apart}{}", doc.clean(marker).trim_end(), doc.clean(text))
}

/// The paragraph that goes on right behind a heading, on its line.
fn right_behind(doc: &Document<'_>, heading: Span) -> Option<Span> {
    let at = doc.paragraphs.partition_point(|p| p.span.start < heading.end);
    let behind = doc.paragraphs.get(at)?.span;
    let between = doc.text().get(heading.end as usize..behind.start as usize)?;
    between.chars().all(|c| c != '\n' && !c.is_alphanumeric()).then_some(behind)
}

/// Whether a text begins with what may number a section: 2., （二）, 三、, ④.
fn begins_as_number(text: &str) -> bool {
    let open = text.trim_start_matches(['（', '(']);
    let circled = |c: char| ('①'..='⑳').contains(&c);
    let rest = open.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    open.starts_with(circled) || rest.len() < open.len() && rest.starts_with(['、', '.', '．', ')', '）'])
}

/// The text with what Markdown would take for its own marks made plain, and nothing else: what is not escaped reads as it
/// stands. `1.甲` is no list, as no blank follows, `[甲]` no link, as no address does.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let blank = |rest: &str| rest.chars().next().is_none_or(|c| c.is_ascii_whitespace());
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
            // &amp; and &#38;, but not R&D.
            '&' => rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#').starts_with(';'),
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
