//! Word files.
//!
//! A `.docx` is an archive of XML parts. The text is in `word/document.xml`; what it looks like needs
//! the styles and the numbering beside it, because the numbers of headings are in neither.

mod body;
mod styles;

use super::assembly::{Assembly, Item};
use super::bytes::DecodeMap;
use super::numbering::Numbering;
use super::package::{self, Package};
use super::{Extracted, Format, Limits, Options, Origin, SourceMeta};
use crate::Error;
use body::Context;
use styles::Styles;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let mut package = Package::open(bytes, "DOCX", options.limits)?;
    let limits = package.limits();
    let (main, relations) = package.main("word/document.xml")?;
    let Some(document) = package.part(&main)? else {
        return Err(package.malformed(format!("it has no part {main}")));
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
    let (mut text, mut rows) = (0, 0);
    let mut margins: [Vec<Item>; 2] = [Vec::new(), Vec::new()];
    for relation in relations.iter().filter(|r| matches!(r.kind.as_str(), "header" | "footer")) {
        // Parts that no section uses are left over from editing.
        if !document.contains(&format!("\"{}\"", relation.id)) {
            continue;
        }
        let Some((name, part)) = optional(Some(relation.target.clone()))? else { continue };
        let index = parts.len() as u16;
        parts.push(name);
        let mut context = Context { styles: &styles, numbering: &mut numbering, notes: Vec::new(), text, rows, limits, boilerplate: true };
        margins[usize::from(relation.kind == "footer")].extend(body::read(&part, index, &mut context)?);
        (text, rows) = (context.text, context.rows);
    }
    let mut context = Context { styles: &styles, numbering: &mut numbering, notes: Vec::new(), text, rows, limits, boilerplate: false };
    let flow = body::read(&document, 0, &mut context)?;
    let mut notes = Vec::new();
    for (kind, endnotes) in [("footnotes", false), ("endnotes", true)] {
        if let Some((name, part)) = optional(target(kind))? {
            let index = parts.len() as u16;
            parts.push(name);
            notes.extend(body::read_notes(&part, index, endnotes, &mut context)?);
        }
    }
    let [headers, footers] = margins;
    let mut out = Assembly::new(limits);
    out.margin(headers)?;
    out.items(flow)?;
    out.items(notes)?;
    out.margin(footers)?;
    let metadata = metadata(&mut package, limits)?;
    let (text, layout, mut diagnostics) = out.finish();
    diagnostics.extend(package.tell_broken());
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
