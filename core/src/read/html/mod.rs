//! Web pages.
//!
//! Bytes → characters → elements ([`dom`]) → lines in reading order ([`lines`]) → what is the document and
//! what is the page around it ([`content`]).

mod content;
mod dom;
mod hidden;
mod lines;
mod table;
mod tags;

use super::bytes::{Decoded, decode};
use super::{Encoding, Extracted, Format, Options, Origin, SourceMeta};
use crate::layout::{Block, BlockKind, Layout};
use crate::{Code, Diagnostic, Error, Severity, Span};
use content::choose;
use dom::{Dom, Name};
use lines::{HiddenText, LineKind, Lines, LostText, render};
use tags::Tag;

/// Hidden places outside the article are listed in one diagnostic; inside it, each up to this many.
const LISTED: usize = 20;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let decoded = decode(bytes, options, declared(bytes))?;
    let dom = Dom::parse(&decoded.text, options.limits.depth)?;
    let metadata = metadata(&dom, &decoded);
    let titles: Vec<&str> = ["ArticleTitle", "title", "og:title"]
        .iter()
        .filter_map(|name| metadata.iter().find(|m| m.name.eq_ignore_ascii_case(name)))
        .map(|m| m.value.as_str())
        .collect();
    let mut lines = render(&dom, &options.limits, false)?;
    let mut choice = choose(&dom, &lines, &titles);
    let mut revealed = false;
    // The article itself may wait in a hidden box for a script to show it.
    let hidden: usize = lines.hidden.iter().map(|h| h.chars).max().unwrap_or(0);
    if choice.weight < 100 && hidden > 300 {
        let all = render(&dom, &options.limits, true)?;
        let other = choose(&dom, &all, &titles);
        if other.weight > choice.weight * 3 {
            revealed = true;
            let hidden = std::mem::take(&mut lines.hidden);
            (lines, choice) = (all, other);
            lines.hidden = hidden;
        }
    }
    let blocks = blocks(&lines, &choice);
    let mut diagnostics = hidden_text(&lines, &choice, revealed, &decoded);
    diagnostics.extend(framed_files(&dom, &lines));
    diagnostics.extend(lost_text(&lines));
    diagnostics.extend(pictures(&lines, &choice));
    let Lines { out, tables, run_ins, .. } = lines;
    let origin = Origin::pieces(out.pieces, decoded.map.clone(), Vec::new());
    let damaged = decoded.diagnostics(|at| origin.text_of(at).filter(|at| out.text[*at as usize..].starts_with('\u{FFFD}')));
    diagnostics.splice(0..0, damaged);
    Ok(Extracted {
        layout: Layout { blocks, run_ins, tables },
        text: out.text,
        origin,
        format: Format::Html,
        encoding: decoded.encoding.name(),
        encoding_sure: decoded.sure,
        metadata,
        diagnostics,
    })
}

/// The encoding a page declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let mut rest = head;
    while let Some(at) = super::sniff::find(&rest.to_ascii_lowercase(), b"charset") {
        rest = &rest[at + 7..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b))).unwrap_or(value.len());
        if let Some(e) = Encoding::for_label(&value[..end]) {
            // A page that could be read up to here is not in UTF-16.
            return Some(e).filter(|e| e.is_ascii_compatible());
        }
    }
    super::bytes::xml_encoding(head)
}

/// `<title>` and every `<meta>` with a name and a value.
fn metadata(dom: &Dom<'_>, decoded: &Decoded) -> Vec<SourceMeta> {
    let mut out: Vec<SourceMeta> = Vec::new();
    let bytes = |r: std::ops::Range<u32>| decoded.map.to_bytes(r.start)..decoded.map.to_bytes(r.end);
    for (i, node) in dom.nodes.iter().enumerate() {
        match node.tag {
            Tag::Meta => {
                let list = &dom.attributes[node.from as usize..node.to as usize];
                let find = |name| list.iter().find(|a| a.name == name);
                let (Some(name), Some(content)) = (find(Name::Called), find(Name::Content)) else { continue };
                let value = content.value.trim();
                let known = !matches!(name.value.as_ref(), "viewport" | "renderer" | "robots" | "format-detection");
                if !value.is_empty() && known {
                    let (name, value) = (name.value.trim().to_owned(), value.to_owned());
                    out.push(SourceMeta { name, value, range: bytes(content.source.clone()) });
                }
            }
            Tag::Title if out.iter().all(|m| m.name != "title") => {
                let Some(text) = dom.nodes.get(i + 1).filter(|n| n.tag == Tag::Text && n.parent == i as u32) else { continue };
                let value = dom.text(*text).trim();
                if !value.is_empty() {
                    let range = bytes(text.source..dom.source_end(*text));
                    out.push(SourceMeta { name: "title".to_owned(), value: value.to_owned(), range });
                }
            }
            _ => {}
        }
    }
    out
}

fn blocks(lines: &Lines, choice: &content::Choice) -> Vec<Block> {
    lines
        .lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let kind = match line.kind {
                _ if !choice.body[i] => BlockKind::Boilerplate,
                _ if choice.title.contains(&i) => BlockKind::Heading(0),
                LineKind::Heading(level) => BlockKind::Heading(level),
                LineKind::Row => BlockKind::TableRow,
                LineKind::Paragraph | LineKind::Entry | LineKind::Control => BlockKind::Paragraph,
            };
            Block { span: Span::new(line.span.start, line.span.end), kind }
        })
        .collect()
}

/// Files that a page shows in a frame: its text may stand there, and not in the page.
fn framed_files(dom: &Dom<'_>, lines: &Lines) -> Option<Diagnostic> {
    const ENDINGS: [&str; 7] = [".pdf", ".ofd", ".doc", ".wps", ".xls", ".ppt", ".rtf"];
    let mut files: Vec<(u32, &str)> = Vec::new();
    for (i, _) in dom.nodes.iter().enumerate().filter(|(_, n)| matches!(n.tag, Tag::Iframe | Tag::Object | Tag::Embed)) {
        let Some(address) = dom.attribute(i as u32, Name::Source).map(str::trim) else { continue };
        // An address is short; what is long is the file itself, in letters.
        let short = address.len() <= 2000 && !address.starts_with("data:");
        let known = short && ENDINGS.iter().any(|e| address.to_ascii_lowercase().contains(e));
        if known && files.iter().all(|f| f.1 != address) {
            files.push((i as u32, address));
        }
        if files.len() == LISTED {
            break;
        }
    }
    let first = lines.inside[files.first()?.0 as usize].0 as usize;
    let at = Span::at(lines.lines.get(first).map_or(lines.out.len(), |l| l.span.start));
    let names = files.iter().map(|f| f.1.chars().take(80).collect::<String>()).collect::<Vec<_>>().join(", ");
    Some(Diagnostic::new(Code::NotRead, at, format!("the page shows files that are not read: {names}"), format!("网页嵌入的文件未读取：{names}")))
}

/// Text that is shown and not read, one diagnostic of a kind.
fn lost_text(lines: &Lines) -> Vec<Diagnostic> {
    let told = lines.lost.iter().map(|lost| {
        let LostText { chars, excerpt, .. } = lost;
        let (en, zh) = match lost.tag {
            Tag::Svg => ("characters in drawings", "图形中"),
            Tag::Rt => ("characters above words", "词上注音"),
            Tag::Iframe => ("characters in frames", "网页框架中"),
            _ => ("characters in place of embedded objects", "嵌入对象的替代文字"),
        };
        let at = Span::at(lines.lines.get(lost.line).map_or(lines.out.len(), |l| l.span.start));
        let mut d = Diagnostic::new(
            Code::NotRead,
            at,
            format!("{chars} {en} are not read; the first stand here: {excerpt}"),
            format!("{zh}有 {chars} 个字符未读取，首处在此：{excerpt}"),
        );
        // In a frame the text itself may stand.
        if lost.tag != Tag::Iframe {
            d.severity = Severity::Info;
        }
        d
    });
    told.collect()
}

/// Pictures amid the article; where a title is all of its text, they may be the article.
fn pictures(lines: &Lines, choice: &content::Choice) -> Option<Diagnostic> {
    let first = choice.body.iter().position(|b| *b)? as u32;
    let last = choice.body.iter().rposition(|b| *b)? as u32;
    let bare = |(i, line): (usize, &lines::Line)| !choice.body[i] || choice.title.contains(&i) || !matches!(line.kind, LineKind::Paragraph | LineKind::Row);
    let bare = lines.lines.iter().enumerate().all(bare);
    let inside = |at: &&u32| first < **at && (bare || **at <= last);
    let at = lines.pictures.iter().find(inside)?;
    let count = lines.pictures.iter().filter(inside).count();
    let at = Span::at(lines.lines.get(*at as usize).map_or(lines.out.len(), |l| l.span.start));
    let mut d =
        Diagnostic::new(Code::NotRead, at, format!("{count} pictures, which are not read; the first stands here"), format!("{count} 个图片未读取，首个在此处"));
    if !bare {
        d.severity = Severity::Info;
    }
    Some(d)
}

/// Inside the article every hidden place is suspicious; outside it most are menus.
fn hidden_text(lines: &Lines, choice: &content::Choice, revealed: bool, decoded: &Decoded) -> Vec<Diagnostic> {
    let first = choice.body.iter().position(|b| *b).unwrap_or(0);
    let last = choice.body.iter().rposition(|b| *b).map_or(0, |i| i + 1);
    let place = |line: usize| Span::at(lines.lines.get(line).map_or(lines.out.len(), |l| l.span.start));
    let mut out = Vec::new();
    let (mut elsewhere, mut chars, mut at) = (0, 0, None);
    for h in &lines.hidden {
        if !revealed && first < h.line && h.line < last && out.len() < LISTED {
            let HiddenText { chars, excerpt, source, .. } = h;
            let (from, to) = (decoded.map.to_bytes(source.start), decoded.map.to_bytes(source.end));
            out.push(Diagnostic::new(
                Code::HiddenText,
                place(h.line),
                format!("{chars} characters at bytes {from}..{to} of the page are hidden from its readers: {excerpt}"),
                format!("网页第 {from} 至 {to} 字节处有 {chars} 个字符对读者隐藏：{excerpt}"),
            ));
        } else {
            elsewhere += 1;
            chars += h.chars;
            at.get_or_insert(h.line);
        }
    }
    if let Some(line) = at {
        let mut d = Diagnostic::new(
            Code::HiddenText,
            if revealed { Span::at(0) } else { place(line) },
            match revealed {
                true => format!("the page shows its text only by a script; {chars} characters were hidden and have been read"),
                false => format!("{elsewhere} places outside the article hide {chars} characters in all"),
            },
            match revealed {
                true => format!("网页正文由脚本显示，原有 {chars} 个隐藏字符，已读入"),
                false => format!("正文以外有 {elsewhere} 处共 {chars} 个隐藏字符"),
            },
        );
        d.severity = Severity::Info;
        out.push(d);
    }
    out
}
