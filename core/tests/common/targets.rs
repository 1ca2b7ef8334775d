//! What must hold for an input of each kind: the fuzz targets, and the replay of what they have found.
//!
//! Cheap laws are held for every input; dear ones, which read it several times, where the caller asks for them.
#![allow(dead_code)] // no test uses all of it

use super::allocator::peak;
use super::same::{HEADS, PLACES, PROSE, SENTENCES, difference, disagreement, essence, wrap};
use super::{assert_blank_lines_are_nothing, assert_laws, assert_sound};
use gongwen::json::{Form, Place};
use gongwen::read::{Format, Limits, Options, read};
use gongwen::{Document, OffsetEncoding, OffsetIndex, Parser, Span, parse};

/// The kinds of input.
///
/// - `laws`, `forms`: a text.
/// - `paragraphs`: bytes that choose the sentences of a report, see [`composed`]; `markdown`: the parts of a plan, see [`planned`].
/// - `html`, `decode`, `archive`: a page, a text in any encoding, a file that should be an archive.
/// - `xml`: what stands in the body of a Word file's main part; after each byte 1E comes the content of another part:
///   styles, numbering, footnotes. No archive has to be guessed, packed or summed up.
pub(crate) const TARGETS: [&str; 8] = ["laws", "forms", "paragraphs", "markdown", "xml", "html", "decode", "archive"];

/// Asserts what must hold for an input.
pub(crate) fn run(target: &str, data: &[u8], dear: bool) {
    let text = || std::str::from_utf8(data).ok();
    match target {
        "laws" => text().into_iter().for_each(|t| laws(t, dear)),
        "forms" => text().into_iter().for_each(|t| forms(t, dear)),
        "paragraphs" => paragraphs(data),
        "markdown" => markdown(data),
        "xml" => word(&stored(&parts(data)), data.len(), dear),
        "html" => file(data, Format::Html, dear),
        "decode" => file(data, Format::Plain, dear),
        "archive" => file(data, Format::Docx, dear),
        _ => panic!("no target {target}: {TARGETS:?}"),
    }
}

/// Whether an input is one of the sixteenth that the dear laws are tried on.
pub(crate) fn is_chosen(data: &[u8]) -> bool {
    data.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)) >> 40 & 15 == 0
}

/// Bytes of memory for each byte that is read, and beside: what `core/tests/hostile.rs` holds for long inputs.
fn memory_is_bounded<T>(len: usize, work: impl Fn() -> T) -> T {
    // What is made once and kept, the word lists, is no input's.
    drop(work());
    let (out, most) = peak(work);
    assert!(most <= 60 * len + (64 << 10), "{most} bytes of memory for {len}");
    out
}

fn laws(text: &str, dear: bool) {
    if !dear {
        return assert_sound(&parse(text));
    }
    memory_is_bounded(text.len(), || parse(text).into_owned());
    let doc = assert_laws(text);
    assert_blank_lines_are_nothing(text);
    // What is turned off is absent, and nothing else changes.
    let bare = Parser::new().facts(false).checks(false).parse(text).unwrap();
    assert_eq!(bare.sections, doc.sections);
    assert_eq!(bare.paragraphs, doc.paragraphs);
    assert!(bare.metrics.is_empty() && bare.diagnostics.is_empty());
}

/// The paragraphs that bytes choose: each byte is a sentence. Behind one that has no full stop, and behind one in three, a
/// new paragraph begins.
pub(crate) fn composed(data: &[u8]) -> Vec<String> {
    let mut out = vec!["松石县2024年工作要点".to_owned()];
    for byte in data.iter().map(|b| usize::from(*b)) {
        if byte % 3 == 0 || out.len() == 1 || !out.last().is_some_and(|p| p.ends_with('。')) {
            out.push(HEADS[byte / 3 % HEADS.len()].to_owned());
        }
        out.last_mut().unwrap().push_str(SENTENCES[byte % SENTENCES.len()]);
    }
    out
}

/// The same paragraphs as text, page and Word file are the same document; or, as the first byte says, so is the text when its
/// lines are cut by the width of a page.
fn paragraphs(data: &[u8]) {
    let Some((what, chosen)) = data.split_first() else { return };
    let composed = composed(chosen);
    let mut lines: Vec<&str> = composed.iter().map(String::as_str).collect();
    if what % 2 == 0 {
        if let Some(row) = disagreement(&lines) {
            panic!("{lines:?}\n{row}");
        }
        return;
    }
    // The page's width shows in what stands before.
    lines.splice(1..1, PROSE.into_iter().chain(PROSE));
    let width = [28, 34, 40][usize::from(*what) / 2 % 3];
    let whole: Vec<String> = lines.iter().map(|l| format!("\u{3000}\u{3000}{l}")).collect();
    let cut: Vec<String> = lines.iter().map(|l| wrap(l, width)).collect();
    let (whole, cut) = (whole.join("\n"), cut.join("\n"));
    if let Some(row) = difference(&essence(&parse(&whole)), &essence(&parse(&cut))) {
        panic!("wrapped at {width}: {composed:?}\n{row}");
    }
}

/// The plan that bytes choose: numbered parts, some of them parted further twice, headings on lines of their own and sentences
/// behind markers. Each byte opens a part or adds a sentence to the last one.
fn planned(data: &[u8]) -> String {
    const NUMBERS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const NAMES: [&str; 6] = ["推进法治建设", "改善民生", "补贴发放标准", "部门会商制度", "严格规范公正文明执法", "总体要求"];
    let ended: Vec<&str> = SENTENCES.into_iter().filter(|s| s.ends_with('。') && !s.contains("施行")).collect();
    let mut lines = vec!["松石县2024年工作要点".to_owned(), "为做好2024年各项工作，制定本要点。".to_owned()];
    let mut at = [0; 3];
    for byte in data.iter().map(|b| usize::from(*b)) {
        let (what, choice) = (byte % 5, byte / 5);
        // No depth is passed over, and none has more parts than numbers.
        let depth = (0..what.min(3)).find(|d| at[*d] == 0).unwrap_or(what);
        if depth > 2 || at[depth] == 9 {
            if lines.len() > 2 {
                lines.push(ended[choice % ended.len()].to_owned());
            }
            continue;
        }
        at[depth] += 1;
        at[depth + 1..].fill(0);
        let number = at[depth] - 1;
        lines.push(match depth {
            0 => format!("{}、{}", NUMBERS[number], NAMES[choice % NAMES.len()]),
            1 => format!("（{}）{}", NUMBERS[number], ended[choice % ended.len()]),
            _ => format!("{}.{}改造危桥3座。", number + 1, ["", " "][choice % 2]),
        });
    }
    lines.join("\n")
}

/// A plan that is written as Markdown and read again has the same sections, and as many metrics.
fn markdown(data: &[u8]) {
    let text = planned(data);
    let text = text.as_str();
    let tree = |doc: &Document<'_>| -> Vec<String> {
        let part = |span: Option<Span>| span.map(|s| doc.clean(s).into_owned());
        doc.sections.iter().map(|s| format!("{} {:?} {:?}", s.level, part(s.marker.map(|m| m.span)), part(s.heading.map(|h| h.span)))).collect()
    };
    let doc = parse(text);
    let markdown = doc.to_markdown();
    let again = parse(&markdown);
    assert_eq!(tree(&again), tree(&doc), "{text}\n{markdown}");
    assert_eq!(again.metrics.len(), doc.metrics.len(), "{text}\n{markdown}");
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    (limits.unpacked, limits.cells, limits.ratio) = (1 << 20, 10_000, u64::MAX);
    limits
}

fn file(bytes: &[u8], format: Format, dear: bool) {
    let options = Options::new().format(format).limits(limits());
    let got = read(bytes, &options);
    let Ok(reading) = &got else { return };
    assert_sound(&reading.document);
    let text = reading.document.text();
    let whole = reading.origin.source_range(Span::new(0, text.len() as u32));
    if format != Format::Docx {
        assert!(whole.start <= whole.end && whole.end <= bytes.len(), "the text has a place in the bytes");
    }
    assert!(reading.document.diagnostics.is_sorted_by_key(|d| d.span), "diagnostics stand in order");
    if dear {
        let again = memory_is_bounded(bytes.len() + (if format == Format::Docx { 1 << 20 } else { 0 }), || read(bytes, &options)).unwrap();
        assert_eq!(again.document, reading.document, "the same bytes give the same document");
        // As the bytes look, whatever that is.
        let _ = read(bytes, &Options::new().limits(limits()));
    }
}

fn word(archive: &[u8], len: usize, dear: bool) {
    let options = Options::new().format(Format::Docx).limits(limits());
    let Ok(reading) = read(archive, &options) else { return };
    assert_sound(&reading.document);
    assert!(reading.document.diagnostics.is_sorted_by_key(|d| d.span), "diagnostics stand in order");
    if dear {
        let again = memory_is_bounded(len, || read(archive, &options)).unwrap();
        assert_eq!(again.document, reading.document, "the same parts give the same document");
    }
}

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

/// The parts of a Word file out of the input of the target `xml`.
pub(crate) fn parts(data: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let around = |root: &str, inner: &[u8]| [format!("<w:{root} {NAMES}>").as_bytes(), inner, format!("</w:{root}>").as_bytes()].concat();
    let mut given = data.split(|b| *b == 0x1E);
    let body = given.next().unwrap_or_default();
    let body = [b"<w:body>", body, b"</w:body>"].concat();
    let mut out = vec![("word/document.xml", around("document", &body))];
    let mut relations = String::new();
    for (kind, part) in ["styles", "numbering", "footnotes"].into_iter().zip(given) {
        let name = match kind {
            "styles" => "word/styles.xml",
            "numbering" => "word/numbering.xml",
            _ => "word/footnotes.xml",
        };
        out.push((name, around(kind, part)));
        relations += &format!(r#"<Relationship Id="{kind}" Type="x/{kind}" Target="{kind}.xml"/>"#);
    }
    let relations = format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#);
    out.push(("word/_rels/document.xml.rels", relations.into_bytes()));
    out
}

/// An archive that packs nothing.
pub(crate) fn stored(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn forms(text: &str, dear: bool) {
    let doc = parse(text);
    let form = |encoding| {
        let json = doc.to_json(encoding);
        let form: Form<'_> = serde_json::from_str(&json).expect("the form reads its own JSON");
        // As text: a third is a third in the document and the nearest double in JSON.
        assert_eq!(form.to_json(), json, "the form comes back as it went");
        serde_json::to_value(&form).unwrap()
    };
    let bytes = form(OffsetEncoding::Utf8);
    for encoding in [OffsetEncoding::Utf16, OffsetEncoding::Utf32].into_iter().filter(|_| dear) {
        same(&bytes, &form(encoding), &OffsetIndex::new(text, encoding));
    }
}

/// Whether two forms are the same but for the unit of their places.
fn same(a: &serde_json::Value, b: &serde_json::Value, index: &OffsetIndex<'_>) {
    use serde_json::Value::{Array, Object};
    match (a, b) {
        (Object(a), Object(b)) => {
            assert!(a.keys().eq(b.keys()));
            for (key, value) in a {
                if PLACES.contains(&key.as_str()) {
                    places(value, &b[key], index);
                } else if key != "offset_encoding" {
                    same(value, &b[key], index);
                }
            }
        }
        (Array(a), Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| same(a, b, index));
        }
        _ => assert_eq!(a, b),
    }
}

fn places(a: &serde_json::Value, b: &serde_json::Value, index: &OffsetIndex<'_>) {
    let read = |v: &serde_json::Value| -> Vec<Place> {
        if v.is_null() {
            return Vec::new();
        }
        serde_json::from_value(v.clone()).or_else(|_| serde_json::from_value(v.clone()).map(|p| vec![p])).expect("places")
    };
    let (a, b) = (read(a), read(b));
    assert_eq!(a.len(), b.len());
    for (a, b) in a.into_iter().zip(b) {
        assert_eq!((index.encode(a.0), index.encode(a.1)), b, "one place, two units");
        assert_eq!((index.decode(b.0), index.decode(b.1)), (Some(a.0), Some(a.1)), "and back");
    }
}
