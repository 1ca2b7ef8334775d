//! OFD files (GB/T 33190): an archive of XML parts that place text on pages.
//!
//! Real packages differ from the standard: paths with `\`, from the root or beside the part that names them, in any case,
//! names in GBK, other name spaces. All of these are read.

use super::fold::fold;
use super::package::Package;
use super::page::{GLYPH, Glyph, LaidOut, Page, Pages, lay_out, turned};
use super::xml::{Element, Next, Xml};
use super::{Extracted, Format, Limits, Options, Origin, SourceMeta, check};
use crate::{Code, Diagnostic, Error, Span};
use std::collections::HashMap;

/// Points in a millimetre, in which OFD measures.
const POINTS: f32 = 72.0 / 25.4;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let limits = options.limits;
    let mut file = File { package: Package::open(bytes, "OFD", limits)?, names: HashMap::new(), limits };
    file.list();
    let Some(root) = file.part("OFD.xml")? else {
        return Err(file.package.malformed("it has no part OFD.xml; the file is damaged, ask for it anew"));
    };
    let root = Root::parse(&root, limits)?;
    let mut found = Found { room: limits.unpacked.min(u64::from(u32::MAX) / 2), ..Found::default() };
    for body in &root.bodies {
        file.document(body, &mut found)?;
    }
    let told = |code, message: String, zh: String| Diagnostic::new(code, Span::at(0), message, zh);
    let mut diagnostics = Vec::new();
    let count = found.pages.pages.len();
    if found.pages.text.trim().is_empty() {
        diagnostics.push(told(
            Code::NoTextLayer,
            format!("none of the {count} pages has text; they are drawings or pictures: run text recognition (OCR) on the file and read the result"),
            format!("共 {count} 页，均无文字，系图形或图片：请先做文字识别（OCR）再读取"),
        ));
    } else if found.coded * 20 > found.glyphs {
        diagnostics.push(told(
            Code::UnreadableTextLayer,
            format!(
                "the file does not say which characters {} of {} glyphs are: run text recognition (OCR) on it, or take the original",
                found.coded, found.glyphs
            ),
            format!("{} 个字形中有 {} 个未标明对应字符：请做文字识别（OCR）或取原文件", found.glyphs, found.coded),
        ));
    }
    if found.missing > 0 {
        let n = found.missing;
        diagnostics.push(told(Code::NotRead, format!("{n} pages are missing in the file or damaged"), format!("文件中有 {n} 页缺失或损坏，未读入")));
    }
    let mut apart = |names: &[String], what: &str, zh: &str| {
        if !names.is_empty() {
            let list = names.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
            let mut d = told(Code::NotRead, format!("{} {what} not read: {list}", names.len()), format!("{} 个{zh}未读入：{list}", names.len()));
            d.severity = crate::Severity::Info;
            diagnostics.push(d);
        }
    };
    apart(&found.attachments, "attachments were", "附件");
    apart(&found.annotations, "pages of annotations (stamps, watermarks) were", "注释页（印章、水印）");
    apart(&found.signatures, "signatures or seals were", "签名或印章");
    let LaidOut { assembly, marks } = lay_out(found.pages, limits)?;
    diagnostics.extend(assembly.diagnostics);
    diagnostics.extend(file.package.tell_broken());
    let text = assembly.text;
    Ok(Extracted {
        origin: Origin::boxes(text.pieces, marks),
        text: text.text,
        layout: assembly.layout,
        format: Format::Ofd,
        encoding: "UTF-8",
        encoding_sure: true,
        metadata: root.metadata,
        diagnostics,
    })
}

/// What the main part says: the documents, and what they say about themselves.
#[derive(Default)]
struct Root {
    bodies: Vec<Body>,
    metadata: Vec<SourceMeta>,
}

#[derive(Default)]
struct Body {
    root: String,
    signatures: String,
}

impl Root {
    fn parse(part: &str, limits: Limits) -> Result<Self, Error> {
        let mut xml = Xml::new(part, "OFD", "ofdspec.org", limits.depth);
        let mut out = Root::default();
        let mut open: Vec<String> = Vec::new();
        let mut custom = String::new();
        let mut value: Option<(String, usize, usize)> = None;
        loop {
            match xml.next()? {
                Next::Start(e) => {
                    match e.name.local {
                        "DocBody" => out.bodies.push(Body::default()),
                        "CustomData" => custom = e.get("Name").unwrap_or_default(),
                        _ => {}
                    }
                    open.push(e.name.local.to_owned());
                    value = None;
                }
                Next::Text { text, source, source_len } => {
                    let v = value.get_or_insert((String::new(), source as usize, 0));
                    v.0.push_str(text);
                    v.2 = (source + source_len) as usize;
                }
                Next::Char { c, source, source_len } => {
                    let v = value.get_or_insert((String::new(), source as usize, 0));
                    v.0.push(c);
                    v.2 = (source + source_len) as usize;
                }
                Next::End(_) => {
                    let name = open.pop().unwrap_or_default();
                    let inside = open.last().map(String::as_str);
                    let Some((text, from, to)) = value.take() else { continue };
                    let text = text.trim().to_owned();
                    if text.is_empty() {
                        continue;
                    }
                    match (inside, name.as_str()) {
                        (Some("DocBody"), "DocRoot") => {
                            if let Some(b) = out.bodies.last_mut() {
                                b.root = text;
                            }
                        }
                        (Some("DocBody"), "Signatures") => {
                            if let Some(b) = out.bodies.last_mut() {
                                b.signatures = text;
                            }
                        }
                        (Some("DocInfo"), name) => {
                            let name = match name {
                                "Title" => "core:title".to_owned(),
                                "Author" => "core:creator".to_owned(),
                                "Subject" => "core:subject".to_owned(),
                                "CreationDate" => "core:created".to_owned(),
                                "ModDate" => "core:modified".to_owned(),
                                "Creator" => "core:application".to_owned(),
                                other => format!("ofd:{other}"),
                            };
                            out.metadata.push(SourceMeta { name, value: text, range: from..to });
                        }
                        (Some("CustomDatas"), "CustomData") => {
                            let name = std::mem::take(&mut custom);
                            out.metadata.push(SourceMeta { name, value: text, range: from..to });
                        }
                        _ => {}
                    }
                }
                Next::Done => return Ok(out),
            }
        }
    }
}

/// What is gathered from all documents of a file.
#[derive(Default)]
struct Found {
    pages: Pages,
    glyphs: usize,
    coded: usize,
    missing: usize,
    attachments: Vec<String>,
    annotations: Vec<String>,
    signatures: Vec<String>,
    /// Elements so far: templates that every page shows are read for each.
    work: u64,
    /// Characters so far, and how much they may take.
    placed: u64,
    room: u64,
}

struct File<'b> {
    package: Package<'b>,
    /// The places of entries by their names as they are looked up: small letters, `/` between the steps.
    names: HashMap<String, usize>,
    limits: Limits,
}

/// Where a part lies that another one names: from the root, or beside it.
fn beside(base: &str, path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let mut steps: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => base.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').filter(|s| !s.is_empty()).collect()),
    };
    for step in path.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// %E7%AB%A0 → 章.
fn unescape(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let code = (bytes[i] == b'%').then(|| path.get(i + 1..i + 3)).flatten().and_then(|d| u8::from_str_radix(d, 16).ok());
        out.push(code.unwrap_or(bytes[i]));
        i += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

impl File<'_> {
    fn list(&mut self) {
        for (i, name) in self.package.names().into_iter().enumerate() {
            let name = name.replace('\\', "/").to_lowercase();
            self.names.entry(name.trim_start_matches(['/', '.']).to_owned()).or_insert(i);
        }
    }

    /// The text of a part, by its place from the root.
    fn part(&mut self, path: &str) -> Result<Option<String>, Error> {
        let plain = path.to_lowercase();
        let found = self.names.get(&plain).or_else(|| self.names.get(&unescape(path).to_lowercase())).copied();
        found.map(|i| self.package.text(path, i)).transpose()
    }

    /// The part that `path` names in the part `base`; some programs count from the root without saying so.
    fn beside(&mut self, base: &str, path: &str) -> Result<Option<(String, String)>, Error> {
        for place in [beside(base, path), beside("", path)] {
            if let Some(text) = self.part(&place)? {
                return Ok(Some((place, text)));
            }
        }
        Ok(None)
    }

    fn document(&mut self, body: &Body, found: &mut Found) -> Result<(), Error> {
        if body.root.is_empty() {
            return Ok(());
        }
        let Some((base, part)) = self.beside("", &body.root)? else {
            found.missing += 1;
            return Ok(());
        };
        let limits = self.limits;
        let mut templates: HashMap<String, String> = HashMap::new();
        let mut pages = Vec::new();
        let mut area = (210.0, 297.0);
        let (mut attachments, mut annotations) = (None, None);
        let mut last = String::new();
        let mut xml = Xml::new(&part, "OFD", "ofdspec.org", limits.depth);
        // A part that breaks off in its middle has told what stands before.
        while let Ok(next) = xml.next() {
            match next {
                Next::Start(e) => {
                    match e.name.local {
                        "TemplatePage" => drop(templates.insert(e.get("ID").unwrap_or_default(), e.get("BaseLoc").unwrap_or_default())),
                        "Page" => pages.extend(e.get("BaseLoc")),
                        _ => {}
                    }
                    last = e.name.local.to_owned();
                }
                Next::Text { text, .. } => match last.as_str() {
                    "PhysicalBox" => area = size(text).unwrap_or(area),
                    "Attachments" => attachments = attachments.or(Some(text.trim().to_owned()).filter(|t| !t.is_empty())),
                    "Annotations" => annotations = annotations.or(Some(text.trim().to_owned()).filter(|t| !t.is_empty())),
                    _ => {}
                },
                Next::End(_) => last.clear(),
                Next::Done => break,
                Next::Char { .. } => {}
            }
        }
        check("number of pages", pages.len() as u64, limits.entries, "raise `limits.entries`")?;
        found.annotations.extend(self.listed(&base, annotations, "Page", "PageID")?);
        found.attachments.extend(self.listed(&base, attachments, "Attachment", "Name")?);
        let signatures = Some(body.signatures.clone()).filter(|s| !s.is_empty());
        found.signatures.extend(self.listed("", signatures, "Signature", "ID")?);
        for location in pages {
            let Some((place, part)) = self.beside(&base, &location)? else {
                found.missing += 1;
                continue;
            };
            let mut page = Page { width: area.0 * POINTS, height: area.1 * POINTS, ..Page::default() };
            let mut named = Vec::new();
            // Templates lie under the page, whatever the order in the file.
            let mut own = Page::default();
            if objects(&part, limits, &mut own, &mut page, Some(&mut named), found).is_err() {
                found.missing += 1;
            }
            for id in named {
                let Some(location) = templates.get(&id) else { continue };
                if let Some((_, part)) = self.beside(&base, location)?.or(self.beside(&place, location)?) {
                    let mut ignored = Page::default();
                    drop(objects(&part, limits, &mut page, &mut ignored, None, found));
                }
            }
            page.glyphs.append(&mut own.glyphs);
            page.rules.append(&mut own.rules);
            found.pages.pages.push(page);
            check("elements on pages", found.work, limits.unpacked, "raise `limits.unpacked`")?;
            check("size of the text laid out", found.placed * GLYPH, found.room, "raise `limits.unpacked`")?;
        }
        found.pages.sorted = true;
        Ok(())
    }

    /// An attribute of all elements of a name in a part that lists things.
    fn listed(&mut self, base: &str, path: Option<String>, element: &str, attribute: &str) -> Result<Vec<String>, Error> {
        let Some((_, part)) = path.map(|p| self.beside(base, &p)).transpose()?.flatten() else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&part, "OFD", "ofdspec.org", self.limits.depth);
        let mut out = Vec::new();
        while let Ok(next) = xml.next() {
            match next {
                Next::Start(e) if e.name.local == element && out.len() < 1000 => out.push(e.get(attribute).unwrap_or_default()),
                Next::Done => break,
                _ => {}
            }
        }
        Ok(out)
    }
}

fn numbers(text: &str) -> impl Iterator<Item = f32> {
    text.split_ascii_whitespace().filter_map(|n| n.parse().ok()).filter(|n: &f32| n.is_finite())
}

/// As many numbers as there should be, no more.
fn all<const N: usize>(mut numbers: impl Iterator<Item = f32>) -> Option<[f32; N]> {
    let mut out = [0.0; N];
    for place in &mut out {
        *place = numbers.next()?;
    }
    numbers.next().is_none().then_some(out)
}

/// Width and height of a box.
fn size(text: &str) -> Option<(f32, f32)> {
    let mut edges = numbers(text).skip(2);
    let (width, height) = (edges.next()?, edges.next()?);
    (width > 0.0 && height > 0.0).then_some((width, height))
}

/// Distances between characters: numbers, and `g 3 5.5` for three times 5.5.
fn deltas(text: &str, most: usize) -> Vec<f32> {
    let mut out = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if out.len() >= most {
            break;
        }
        if word == "g" {
            let count = words.next().and_then(|n| n.parse::<f32>().ok()).unwrap_or(0.0) as usize;
            let step = words.next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
            out.extend(std::iter::repeat_n(step, count.min(most - out.len())));
        } else {
            out.push(word.parse().unwrap_or(0.0));
        }
    }
    out
}

/// A text object while its codes are read.
#[derive(Default)]
struct Object {
    left: f32,
    top: f32,
    matrix: [f32; 6],
    size: f32,
    bold: bool,
    visible: bool,
    x: f32,
    y: f32,
    dx: String,
    dy: String,
}

impl Object {
    fn new(e: &Element<'_>) -> Self {
        let mut out = Object { matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], size: 4.2, visible: true, ..Object::default() };
        e.attributes(|name, value| match name {
            "Boundary" => {
                let mut edges = numbers(value);
                (out.left, out.top) = (edges.next().unwrap_or(0.0), edges.next().unwrap_or(0.0));
            }
            "CTM" => out.matrix = all(numbers(value)).unwrap_or(out.matrix),
            "Size" => out.size = value.trim().parse().ok().filter(|s: &f32| *s > 0.0).unwrap_or(out.size),
            "Weight" => out.bold = value.trim().parse::<u32>().is_ok_and(|w| w >= 600),
            "Visible" => out.visible = value != "false",
            _ => {}
        });
        out
    }

    /// Takes the place of a code. One that names none goes on from the one before.
    fn begin(&mut self, e: &Element<'_>) {
        self.dx.clear();
        self.dy.clear();
        e.attributes(|name, value| {
            let number = || value.trim().parse::<f32>().ok().filter(|n| n.is_finite());
            match name {
                "X" => self.x = number().unwrap_or(self.x),
                "Y" => self.y = number().unwrap_or(self.y),
                "DeltaX" => self.dx.push_str(value),
                "DeltaY" => self.dy.push_str(value),
                _ => {}
            }
        });
    }

    /// A place in the object's own space on the page, in points.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.matrix;
        ((self.left + a * x + c * y + e) * POINTS, (self.top + b * x + d * y + f) * POINTS)
    }

    fn put(&mut self, text: &str, page: &mut Page, found: &mut Found) {
        let count = text.chars().count();
        let (dx, dy) = (deltas(&self.dx, count), deltas(&self.dy, count));
        let [a, b, c, d, ..] = self.matrix;
        let (along, up) = ((a * a + b * b).sqrt().max(0.001), (c * c + d * d).sqrt().max(0.001));
        let turn = (b.atan2(a).to_degrees().round() as i16).rem_euclid(360);
        let (mut x, mut y) = (self.x, self.y);
        for (i, ch) in text.chars().enumerate() {
            let c = fold(ch);
            let narrow = c.is_ascii();
            let advance = self.size * if narrow { 0.5 } else { 1.0 };
            let (px, py) = self.place(x, y);
            let size = self.size * up * POINTS;
            found.placed += 1;
            if found.placed * GLYPH > found.room {
                return;
            }
            if !c.is_control() && px.is_finite() && py.is_finite() && size.is_finite() {
                let at = found.pages.text.len() as u32;
                found.pages.text.push(c);
                // Up to the next character: what is set wide is one word all the same.
                let step = dx.get(i).copied().filter(|s| *s > 0.0);
                let width = step.map_or(advance, |s| s.min(self.size * 1.9)) * along * POINTS;
                let (px, py) = turned(px, py, turn);
                if !c.is_whitespace() {
                    found.glyphs += 1;
                    found.coded += usize::from(matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}'));
                }
                page.glyphs.push(Glyph { x: px, y: py, width, size, turn, bold: self.bold, at, len: c.len_utf8() as u8 });
            }
            match dx.get(i) {
                Some(step) => x += step,
                None if dy.is_empty() => x += advance,
                None => {}
            }
            y += dy.get(i).copied().unwrap_or(0.0);
        }
    }
}

/// Reads what a page shows. `outer` takes the page's own size, `templates` the ids of those it is laid on.
fn objects(part: &str, limits: Limits, page: &mut Page, outer: &mut Page, mut templates: Option<&mut Vec<String>>, found: &mut Found) -> Result<(), Error> {
    let mut xml = Xml::new(part, "OFD", "ofdspec.org", limits.depth);
    let mut object: Option<Object> = None;
    let mut path: Option<Object> = None;
    let mut last = "";
    let mut code = String::new();
    loop {
        match xml.next()? {
            Next::Start(e) => {
                found.work += 1;
                match e.name.local {
                    "Template" => {
                        if let Some(templates) = &mut templates {
                            templates.extend(e.get("TemplateID"));
                        }
                    }
                    "TextObject" => object = Some(Object::new(&e)),
                    "PathObject" => path = Some(Object::new(&e)),
                    "TextCode" => {
                        code.clear();
                        if let Some(o) = &mut object {
                            o.begin(&e);
                        }
                    }
                    // What a page carries and does not show as its text, and what clips an object, which is not drawn.
                    "Annot" | "Appearance" | "Clips" => xml.skip()?,
                    _ => {}
                }
                last = e.name.local;
            }
            Next::Text { text, .. } => match last {
                "TextCode" => code.push_str(text),
                "PhysicalBox" => {
                    if let Some((w, h)) = size(text) {
                        (outer.width, outer.height) = (w * POINTS, h * POINTS);
                    }
                }
                "AbbreviatedData" => {
                    if let Some(path) = path.as_ref().filter(|p| p.visible) {
                        lines(text, path, page);
                    }
                }
                _ => {}
            },
            Next::Char { c, .. } if last == "TextCode" => code.push(c),
            Next::Char { .. } => {}
            Next::End(name) => {
                match name.local {
                    "TextCode" => {
                        if let Some(o) = object.as_mut().filter(|o| o.visible) {
                            o.put(&code, page, found);
                        }
                        code.clear();
                    }
                    "TextObject" => object = None,
                    "PathObject" => path = None,
                    _ => {}
                }
                last = "";
            }
            Next::Done => return Ok(()),
        }
    }
}

/// The straight lines of a path: `M 0 0 L 100 0`, boxes as their sides.
fn lines(data: &str, object: &Object, page: &mut Page) {
    let mut words = data.split_ascii_whitespace();
    let (mut at, mut start) = ((0.0f32, 0.0f32), (0.0f32, 0.0f32));
    let mut corners: Vec<(f32, f32)> = Vec::new();
    let mut sides: Vec<((f32, f32), (f32, f32))> = Vec::new();
    while let Some(word) = words.next() {
        let mut point = || Some((words.next()?.parse::<f32>().ok()?, words.next()?.parse::<f32>().ok()?));
        match word {
            "M" | "S" => {
                let Some(p) = point() else { break };
                (at, start) = (p, p);
                corners.push(p);
            }
            "L" => {
                let Some(p) = point() else { break };
                sides.push((at, p));
                corners.push(p);
                at = p;
            }
            "C" => {
                sides.push((at, start));
                at = start;
            }
            // Curves are no lines.
            "B" | "Q" | "A" => return,
            _ => {}
        }
        if sides.len() > 1000 {
            return;
        }
    }
    let corners: Vec<(f32, f32)> = corners.into_iter().map(|p| object.place(p.0, p.1)).collect();
    let min = corners.iter().fold((f32::MAX, f32::MAX), |m, p| (m.0.min(p.0), m.1.min(p.1)));
    let max = corners.iter().fold((f32::MIN, f32::MIN), |m, p| (m.0.max(p.0), m.1.max(p.1)));
    if corners.len() > 1 && (max.0 - min.0 <= 3.0 || max.1 - min.1 <= 3.0) {
        page.add_rule(min.0, min.1, max.0, max.1);
        return;
    }
    for (a, b) in sides {
        let (a, b) = (object.place(a.0, a.1), object.place(b.0, b.1));
        page.add_rule(a.0, a.1, b.0, b.1);
    }
}
