//! Word files.
//!
//! A `.docx` is an archive of XML parts. The text is in `word/document.xml`; what it looks like needs
//! the styles and the numbering beside it, because the numbers of headings are in neither.

mod body;
mod numbering;
mod package;
mod styles;
mod xml;

use super::buffer::Buffer;
use super::bytes::DecodeMap;
use super::{Extracted, Format, Limits, Options, Origin, SourceMeta};
use crate::layout::{Block, BlockKind, Layout};
use crate::{Code, Diagnostic, Error, Span};
use body::{Context, Item};
use numbering::Numbering;
use package::Package;
use styles::Styles;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let mut package = Package::open(bytes, options.limits)?;
    let limits = package.limits();
    let (main, relations) = package.main()?;
    let Some(document) = package.part(&main)? else {
        return Err(xml::malformed(format!("it has no part {main}")));
    };
    let target = |kind: &str| relations.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut optional = |name: Option<String>| name.map_or(Ok(None), |n| package.part(&n).map(|p| p.map(|p| (n, p))));
    let styles = match optional(target("styles"))? {
        Some((_, part)) => Styles::parse(&part, limits.depth)?,
        None => Styles::default(),
    };
    let mut numbering = match optional(target("numbering"))? {
        Some((_, part)) => Numbering::parse(&part, limits.depth)?,
        None => Numbering::default(),
    };
    let mut parts = vec![main];
    let mut margins: [Vec<Item>; 2] = [Vec::new(), Vec::new()];
    for relation in relations.iter().filter(|r| matches!(r.kind.as_str(), "header" | "footer")) {
        // Parts that no section uses are left over from editing.
        if !document.contains(&format!("\"{}\"", relation.id)) {
            continue;
        }
        let Some((name, part)) = optional(Some(relation.target.clone()))? else { continue };
        let index = parts.len() as u16;
        parts.push(name);
        let mut context = Context { styles: &styles, numbering: &mut numbering, notes: Vec::new(), limits, boilerplate: true };
        margins[usize::from(relation.kind == "footer")].extend(body::read(&part, index, &mut context)?);
    }
    let mut context = Context { styles: &styles, numbering: &mut numbering, notes: Vec::new(), limits, boilerplate: false };
    let flow = body::read(&document, 0, &mut context)?;
    let mut notes = Vec::new();
    for (kind, endnotes) in [("footnotes", false), ("endnotes", true)] {
        if let Some((name, part)) = optional(target(kind))? {
            let index = parts.len() as u16;
            parts.push(name);
            notes.extend(body::read_notes(&part, index, endnotes, &mut context)?.into_iter().flat_map(|n| n.1));
        }
    }
    let [headers, footers] = margins;
    let mut out = Assembly::new(limits);
    out.margin(headers)?;
    out.items(flow)?;
    out.items(notes)?;
    out.margin(footers)?;
    let metadata = metadata(&mut package, limits)?;
    let Assembly { text, layout, diagnostics, .. } = out;
    Ok(Extracted {
        origin: Origin::pieces(text.pieces, DecodeMap::default(), parts),
        text: text.text,
        layout,
        format: Format::Docx,
        encoding: "UTF-8",
        encoding_sure: true,
        metadata,
        diagnostics,
    })
}

fn metadata(package: &mut Package<'_>, limits: Limits) -> Result<Vec<SourceMeta>, Error> {
    let core = package.relations("")?.into_iter().find(|r| r.kind == "core-properties").map(|r| r.target);
    let Some(part) = package.part(core.as_deref().unwrap_or("docProps/core.xml"))? else { return Ok(Vec::new()) };
    let entries = package::properties(&part, limits.depth)?;
    Ok(entries.into_iter().map(|(name, value, range)| SourceMeta { name: format!("core:{name}"), value, range }).collect())
}

/// The text as it grows, line by line.
struct Assembly {
    text: Buffer,
    layout: Layout,
    diagnostics: Vec<Diagnostic>,
    limits: Limits,
}

impl Assembly {
    fn new(limits: Limits) -> Self {
        Self { text: Buffer::default(), layout: Layout::default(), diagnostics: Vec::new(), limits }
    }

    fn items(&mut self, items: Vec<Item>) -> Result<(), Error> {
        for item in items {
            match item {
                Item::Line(line, kind) => self.line(&line, kind),
                Item::Table(table) => {
                    let (rows, layout) = table.lay_out(self.next_line(), &self.limits)?;
                    let kind = if layout.is_some() { BlockKind::TableRow } else { BlockKind::Paragraph };
                    for row in rows {
                        self.line(&row, kind);
                    }
                    self.layout.tables.extend(layout);
                }
                Item::Hidden { chars, excerpt, source } => self.diagnostics.push(Diagnostic::new(
                    Code::HiddenText,
                    Span::at(self.text.len()),
                    format!("{chars} characters at {source} of the part are hidden from readers: {excerpt}"),
                    format!("正文部件第 {source} 处有 {chars} 个隐藏字符：{excerpt}"),
                )),
            }
        }
        Ok(())
    }

    /// Headers or footers: the same text for odd and even pages is one.
    fn margin(&mut self, items: Vec<Item>) -> Result<(), Error> {
        let mut seen = std::collections::HashSet::new();
        let lines = items.into_iter().filter(|i| match i {
            Item::Line(line, _) => seen.insert(line.text.clone()),
            _ => false,
        });
        self.items(lines.collect())
    }

    fn next_line(&self) -> u32 {
        self.text.len() + u32::from(!self.text.is_empty())
    }

    fn line(&mut self, line: &Buffer, kind: BlockKind) {
        if !self.text.is_empty() {
            self.text.push_own("\n");
        }
        let start = self.text.len();
        self.text.append(line);
        if kind == BlockKind::Paragraph {
            self.layout.run_ins.extend(line.run_in(start));
        }
        self.layout.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }
}
