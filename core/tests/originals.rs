//! Every visible character of an original file is in the text or in a diagnostic.
//!
//! A reader of its own, as simple as can be, walks the page or the parts of the Word file and counts the characters that
//! are shown; the same count is made of the text. What the text has fewer of must be told. The originals are no part of
//! this repository: point `GONGWEN_SHARED` at them; without them the test says that it was skipped.
#![cfg(feature = "formats")]

mod common;

use gongwen::read::{Extracted, Format, Options, extract};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// What is shown: no blanks, nothing without width.
fn is_shown(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// How many characters of one text the other has fewer of; where they stand does not count.
fn fewer(shown: &str, text: &str) -> usize {
    let mut counts: HashMap<char, isize> = HashMap::new();
    shown.chars().filter(|c| is_shown(*c)).for_each(|c| *counts.entry(c).or_default() += 1);
    text.chars().for_each(|c| *counts.entry(c).or_default() -= 1);
    counts.values().filter(|n| **n > 0).sum::<isize>() as usize
}

/// The text of a page, hidden or not: its text nodes and the values of its fields.
fn page(html: &str) -> String {
    const UNSEEN: [&[u8]; 9] = [b"script", b"style", b"template", b"noscript", b"iframe", b"title", b"desc", b"metadata", b"rp"];
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut out, mut unseen): (Vec<u8>, Option<Vec<u8>>) = (Vec::new(), None);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if unseen.is_none() => {
                let get = |name: &[u8]| tag.attributes.iter().find(|a| a.0.as_slice() == name).map(|a| a.1.value.as_slice());
                let kind = get(b"type").unwrap_or_default().to_ascii_lowercase();
                let field = !matches!(&kind[..], b"hidden" | b"checkbox" | b"radio" | b"password" | b"file" | b"image" | b"range" | b"color");
                if tag.name.as_slice() == b"input" && field {
                    out.extend(get(b"value").unwrap_or_default());
                }
                if UNSEEN.contains(&tag.name.as_slice()) && !tag.self_closing {
                    unseen = Some(tag.name.to_vec());
                }
            }
            Token::EndTag(tag) if unseen.as_deref() == Some(tag.name.as_slice()) => unseen = None,
            Token::String(text) if unseen.is_none() => out.extend(text.value.as_slice()),
            _ => {}
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The text of a part of a Word file: what stands in an element `t`, except where a change moved it away and where it
/// says again what an older program cannot show.
fn part(xml: &str) -> String {
    let (mut out, mut gone, mut in_text) = (String::new(), 0, false);
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap_or("").rsplit(':').next().unwrap_or("");
        let (closes, empty) = (tag.starts_with('/'), tag.ends_with('/'));
        match name {
            "moveFrom" | "del" | "Fallback" if !empty => gone += if closes { -1 } else { 1 },
            "t" => in_text = !closes && !empty,
            _ => {}
        }
        if in_text && name == "t" && gone == 0 {
            let text = ["&lt;<", "&gt;>", "&quot;\"", "&apos;'", "&amp;&"].iter().fold(text.to_owned(), |t, r| {
                let at = r.find(';').unwrap_or(0) + 1;
                t.replace(&r[..at], &r[at..])
            });
            out += &text;
        }
    }
    out
}

fn word(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let wanted =
        |n: &str| n.starts_with("word/") && ["document.xml", "header", "footer", "footnotes.xml", "endnotes.xml"].iter().any(|k| n[5..].starts_with(k));
    let names: Vec<String> = zip.file_names().flatten().map(std::borrow::Cow::into_owned).filter(|n| wanted(n)).collect();
    let mut out = String::new();
    for name in names {
        let mut xml = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
        out += &part(&xml);
    }
    out
}

fn shown(bytes: &[u8], got: &Extracted) -> String {
    let decoded = || encoding_rs::Encoding::for_label(got.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned();
    match got.format {
        Format::Html => page(&decoded()),
        Format::Docx => word(bytes),
        _ => decoded(),
    }
}

/// What is neither in the text nor told; and what is told although the text has it, in whose shade a loss could hide.
fn lost(shown: &str, got: &Extracted) -> (usize, usize) {
    let (fewer, told) = (fewer(shown, &got.text), common::told_chars(&got.diagnostics));
    (fewer.saturating_sub(told), told.saturating_sub(fewer))
}

#[test]
fn every_visible_character_of_the_originals_is_in_the_text_or_told() {
    let Some(folder) = common::shared().map(|s| s.join("corpus/raw")).filter(|f| f.is_dir()) else {
        eprintln!("SKIPPED: no original files; set GONGWEN_SHARED to hold the reader against them");
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 50, "the corpus holds its original files");
    let (mut all, mut failed, mut shade) = (0, Vec::new(), 0);
    println!("{:<6} {:<6} {:>8} {:>8} {:>6} {:>6} {:>6}", "file", "format", "shown", "not read", "told", "lost", "shade");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let got = extract(&bytes, &Options::new().file_name(name.as_str())).unwrap();
        let shown = shown(&bytes, &got);
        let count = shown.chars().filter(|c| is_shown(*c)).count();
        assert!(count > 50, "{name}: the simple reader finds its text");
        let (lost, over) = lost(&shown, &got);
        let (fewer, told) = (fewer(&shown, &got.text), common::told_chars(&got.diagnostics));
        println!("{:<6} {:<6} {count:>8} {fewer:>8} {told:>6} {lost:>6} {over:>6}", &name[..5], got.format.as_str());
        all += count;
        shade += over;
        if lost > 0 {
            failed.push((name, lost));
        }
    }
    println!("{all} characters shown, {shade} told and in the text all the same");
    assert!(failed.is_empty(), "characters that are neither in the text nor told: {failed:?}");
    assert_eq!(shade, 0, "told and in the text all the same: in their shade a loss could hide");
}

/// The count itself finds what is lost.
#[test]
fn the_count_finds_a_loss() {
    let html = "<title>题</title><p>全年办件&lt;9&gt;件</p><script>x</script><p style='display:none'>看不见</p><input type=submit value=查询><input type=hidden value=y>";
    assert_eq!(page(html), "全年办件<9>件看不见查询");
    let got = extract(html.as_bytes(), &Options::new().format(Format::Html)).unwrap();
    assert_eq!((fewer(&page(html), &got.text), lost(&page(html), &got)), (3, (0, 0)));
    assert_eq!(lost(&page(&html.replace("办件", "办件三千")), &got), (2, 0));
    let xml = "<w:p><w:r><w:t>甲&amp;乙</w:t><w:tab/></w:r><w:moveFrom><w:r><w:t>丙</w:t></w:r></w:moveFrom><w:instrText>丁</w:instrText><a:t xml:space=\"preserve\"> 戊</a:t></w:p>";
    assert_eq!(part(xml), "甲&乙 戊");
}
