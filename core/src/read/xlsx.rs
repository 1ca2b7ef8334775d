//! Spreadsheets, `.xlsx`: an archive of XML parts, a sheet each, with the texts of all cells in one part of their own.

use super::assembly::Lost;
use super::package::{self, Package};
use super::sheet::{Budget, Formats, Merge, Sheet, assemble};
use super::xml::{Element, Next, Xml};
use super::{Extracted, Format, Limits, Options, SourceMeta, check};
use crate::Error;

const MAIN: &str = "spreadsheetml/main";

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let mut package = Package::open(bytes, "XLSX", options.limits)?;
    let limits = package.limits();
    let (main, relations) = package.main("xl/workbook.xml")?;
    let Some(workbook) = package.part(&main)? else {
        return Err(package.malformed(format!("it has no part {main}")));
    };
    let target = |kind: &str| relations.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut formats = match target("styles").map(|name| package.part(&name)).transpose()?.flatten() {
        Some(part) => styles(&part, limits)?,
        None => Formats::default(),
    };
    let texts = match target("sharedStrings").map(|name| package.part(&name)).transpose()?.flatten() {
        Some(part) => shared(&part, limits)?,
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    let mut budget = Budget::new(limits);
    let listed = listed(&workbook, limits, &mut formats)?;
    if listed.is_empty() {
        return Err(package.malformed("it names no sheets; open it in Excel or WPS and save it anew"));
    }
    for (name, id, hidden) in listed {
        check("number of sheets", sheets.len() as u64 + 1, limits.entries.min(60_000), "raise `limits.entries`")?;
        let mut sheet = Sheet { name, hidden, number: sheets.len() as u16 + 1, ..Sheet::default() };
        let relation = relations.iter().find(|r| r.id == id);
        if let Some(relation) = relation.filter(|r| r.kind == "worksheet")
            && let Some(part) = package.part(&relation.target)?
        {
            read(&part, limits, &texts, &formats, &mut sheet, &mut budget)?;
            beside(&mut package, &relation.target, &mut sheet.lost)?;
        }
        sheet.lost.extend(relation.filter(|r| r.kind == "chartsheet").map(|_| Lost::Chart));
        sheets.push(sheet);
    }
    let core = package.relations("")?.into_iter().find(|r| r.kind == "core-properties").map(|r| r.target);
    let metadata = match package.part(core.as_deref().unwrap_or("docProps/core.xml"))? {
        Some(part) => package::properties(&part, limits.depth)?,
        None => Vec::new(),
    };
    let metadata = metadata.into_iter().map(|(name, value, range)| SourceMeta { name: format!("core:{name}"), value, range }).collect();
    let mut out = assemble(sheets, Format::Xlsx, "UTF-8", metadata, limits)?;
    out.diagnostics.extend(package.tell_broken());
    Ok(out)
}

/// The sheets of the workbook: name, relation, whether hidden.
fn listed(part: &str, limits: Limits, formats: &mut Formats) -> Result<Vec<(String, String, bool)>, Error> {
    let mut xml = Xml::new(part, "XLSX", MAIN, limits.depth);
    let mut out = Vec::new();
    loop {
        match xml.next()? {
            Next::Start(e) if e.name.local == "workbookPr" => formats.from_1904 = e.get("date1904").is_some_and(|v| v == "1" || v == "true"),
            Next::Start(e) if e.name.local == "sheet" => {
                let hidden = e.get("state").is_some_and(|s| s != "visible");
                out.push((e.get("name").unwrap_or_default(), e.get("id").unwrap_or_default(), hidden));
            }
            Next::Done => return Ok(out),
            _ => {}
        }
    }
}

fn styles(part: &str, limits: Limits) -> Result<Formats, Error> {
    let mut xml = Xml::new(part, "XLSX", MAIN, limits.depth);
    let mut out = Formats::default();
    let mut cells = false;
    loop {
        match xml.next()? {
            Next::Start(e) => match e.name.local {
                "numFmt" => {
                    if let (Some(number), Some(form)) = (e.number("numFmtId"), e.get("formatCode")) {
                        out.add(number, form);
                    }
                }
                "cellXfs" => cells = true,
                "xf" if cells => out.add_style(e.number("numFmtId").unwrap_or(0)),
                _ => {}
            },
            Next::End(name) if name.local == "cellXfs" => cells = false,
            Next::Done => return Ok(out),
            _ => {}
        }
    }
}

/// The texts that cells share.
fn shared(part: &str, limits: Limits) -> Result<Vec<String>, Error> {
    let mut xml = Xml::new(part, "XLSX", MAIN, limits.depth);
    let mut out = Vec::new();
    let mut text: Option<String> = None;
    let mut inside = false;
    loop {
        match xml.next()? {
            Next::Start(e) => match e.name.local {
                "si" => text = Some(String::new()),
                "t" => inside = true,
                // How a text is pronounced is no text.
                "rPh" => xml.skip()?,
                _ => {}
            },
            Next::End(name) => match name.local {
                "si" => out.extend(text.take()),
                "t" => inside = false,
                _ => {}
            },
            Next::Text { text: t, .. } if inside => {
                if let Some(text) = &mut text {
                    text.push_str(t);
                }
            }
            Next::Char { c, .. } if inside => {
                if let Some(text) = &mut text {
                    text.push(c);
                }
            }
            Next::Done => return Ok(out),
            _ => {}
        }
    }
}

/// A cell while it is read.
#[derive(Default)]
struct Raw {
    at: (u32, u32),
    kind: String,
    style: usize,
    value: String,
}

fn read(part: &str, limits: Limits, texts: &[String], formats: &Formats, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Error> {
    let mut xml = Xml::new(part, "XLSX", MAIN, limits.depth);
    let mut next = (0u32, 0u32);
    let mut cell: Option<Raw> = None;
    let mut inside = false;
    loop {
        match xml.next()? {
            Next::Start(e) => match e.name.local {
                "row" => next = (e.number("r").map_or(next.0, |r| r.saturating_sub(1)), 0),
                "c" => {
                    let at = e.get("r").and_then(|r| place(&r)).unwrap_or(next);
                    next = (at.0, at.1 + 1);
                    cell = Some(start(&e, at));
                }
                "v" | "t" => inside = cell.is_some(),
                // An object is written in a new form and again in the old one.
                "rPh" | "f" | "Fallback" => xml.skip()?,
                "oleObject" => sheet.lost.push(Lost::Object),
                "mergeCell" => {
                    let area = e.get("ref").unwrap_or_default();
                    let (a, b) = area.split_once(':').unwrap_or((&area, &area));
                    if let (Some(a), Some(b)) = (place(a), place(b))
                        && sheet.merges.len() < 1_000_000
                    {
                        sheet.merges.push(Merge { rows: (a.0.min(b.0), a.0.max(b.0)), columns: (a.1.min(b.1), a.1.max(b.1)) });
                    }
                }
                _ => {}
            },
            Next::End(name) => match name.local {
                "v" | "t" => inside = false,
                "row" => next = (next.0 + 1, 0),
                "c" => {
                    let Some(raw) = cell.take() else { continue };
                    let shown = shown(&raw, texts, formats);
                    budget.cell(shown.len())?;
                    sheet.put(raw.at.0, raw.at.1, &shown);
                }
                _ => {}
            },
            Next::Text { text, .. } if inside => {
                if let Some(cell) = &mut cell {
                    cell.value.push_str(text);
                }
            }
            Next::Char { c, .. } if inside => {
                if let Some(cell) = &mut cell {
                    cell.value.push(c);
                }
            }
            Next::Done => break,
            _ => {}
        }
    }
    Ok(())
}

/// What lies on a sheet in parts of its own: pictures, charts, text boxes, remarks, controls.
fn beside(package: &mut Package<'_>, sheet: &str, lost: &mut Vec<Lost>) -> Result<(), Error> {
    let depth = package.limits().depth;
    for relation in package.relations(sheet)? {
        let (drawing, comments) = (relation.kind == "drawing", relation.kind == "comments");
        if !drawing && !comments && relation.kind != "vmlDrawing" {
            continue;
        }
        let Some(part) = package.part(&relation.target)? else { continue };
        if !drawing && !comments {
            // Old drawings are not always XML. Their notes are the remarks, their pictures the objects.
            let kinds = part.match_indices("ObjectType=").filter_map(|(at, name)| part[at + name.len()..].split(['"', '\'']).nth(1));
            lost.extend(kinds.filter(|kind| !matches!(*kind, "Note" | "Pict" | "Scroll" | "Spin")).map(|_| Lost::Shape));
            continue;
        }
        let mut xml = Xml::new(&part, "XLSX", MAIN, depth);
        let (mut shape, mut inside) = (false, false);
        loop {
            match xml.next() {
                Ok(Next::Start(e)) => {
                    inside = e.name.local == "t";
                    match e.name.local {
                        "comment" if comments => lost.push(Lost::Comment),
                        "pic" if drawing => lost.push(Lost::Picture),
                        "graphicFrame" if drawing => lost.push(Lost::Chart),
                        "txBody" => shape = drawing,
                        _ => {}
                    }
                }
                Ok(Next::Text { text, .. }) if shape && inside && !text.trim().is_empty() => {
                    lost.push(Lost::Shape);
                    shape = false;
                }
                Ok(Next::End(_)) => inside = false,
                Ok(Next::Done) => break,
                Ok(_) => {}
                Err(_) => {
                    lost.push(Lost::Rest);
                    break;
                }
            }
        }
    }
    Ok(())
}

fn start(e: &Element<'_>, at: (u32, u32)) -> Raw {
    Raw { at, kind: e.get("t").unwrap_or_default(), style: e.number("s").unwrap_or(0) as usize, value: String::new() }
}

fn shown(raw: &Raw, texts: &[String], formats: &Formats) -> String {
    match raw.kind.as_str() {
        "s" => raw.value.trim().parse::<usize>().ok().and_then(|i| texts.get(i)).cloned().unwrap_or_default(),
        "b" => if raw.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "str" | "inlineStr" | "e" | "d" => raw.value.clone(),
        _ => match raw.value.trim().parse::<f64>() {
            Ok(value) => formats.show(value, raw.style),
            Err(_) => raw.value.clone(),
        },
    }
}

/// `C12` → (11, 2).
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim_start_matches('$');
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut column = 0u32;
    for b in name.bytes().take(letters) {
        column = column.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1)?;
    }
    let row: u32 = name[letters..].trim_start_matches('$').parse().ok()?;
    let fits = (1..=1 << 20).contains(&row) && (1..=1 << 14).contains(&column);
    fits.then(|| (row - 1, column - 1))
}
